"""The one door: an incoming message, its conversation, the assistant, the stored answer.

A message is kept before it is answered and answered exactly once, in the order in which it was accepted; whoever
waits for the answer may go away meanwhile.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from pydantic import ValidationError

from bot.clock import Clock, today
from bot.messages import IncomingMessage, OutgoingMessage
from bot.store.conversations import (
    ASSISTANT,
    USER,
    Conversations,
    NoSuchConversation,
    StoredConversation,
    StoredMessage,
)
from bot.text import readable
from chains.conversation import Conversation

if TYPE_CHECKING:
    from chains.assistant import Assistant, Turn

log = logging.getLogger("huiqi.reception")

_NOBODY = hashlib.sha256(b"").hexdigest()


class NotAdmitted(PermissionError):
    """The token is not that of the conversation, or there is no such conversation."""


class NotOffered(ValueError):
    """A choice that the question asked last does not offer; the message is not kept."""

    def __init__(self, given: tuple[str, ...], offered: tuple[str, ...]) -> None:
        super().__init__(f"{given} not in {offered}")
        self.given = given
        self.offered = offered


class AnswerFailed(RuntimeError):
    """The assistant raised something unexpected; the message stays stored and can be sent again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conversation; the token is told once and kept only as its hash."""

    id: str
    token: str
    as_of: date


class Reception:
    """Takes messages in and gives answers out, for every channel alike."""

    def __init__(
        self,
        conversations: Conversations,
        assistant: Callable[[], Awaitable["Assistant"]],
        clock: Clock,
        count: Callable[[str], None],
    ) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._clock = clock
        self._count = count
        self._desks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._promises: dict[str, asyncio.Future[StoredMessage]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def open(self, channel: str, as_of: date | None = None) -> Opened:
        assistant = await self._assistant()
        day = as_of or today(self._clock)
        opened = Opened(secrets.token_hex(16), secrets.token_urlsafe(32), day)
        now = self._clock()
        await self._conversations.create(
            StoredConversation(
                id=opened.id,
                token_hash=_hash(opened.token),
                channel=channel,
                as_of=day,
                state=assistant.begin(day).model_dump_json(),
                revision=0,
                created_at=now,
                updated_at=now,
            )
        )
        return opened

    async def admit(self, conversation_id: str, token: str) -> StoredConversation:
        """The conversation that the token opens. Raises NotAdmitted, in the same time for unknown ids."""
        conversation = await self._conversations.find(conversation_id)
        expected = conversation.token_hash if conversation else _NOBODY
        fits = hmac.compare_digest(expected, _hash(token))
        if conversation is None or not fits:
            raise NotAdmitted(conversation_id)
        return conversation

    async def accept(self, message: IncomingMessage) -> StoredMessage:
        """Keep a message; from here on it will be answered. Raises NoSuchConversation, DeliveryConflict."""
        raw = json.dumps({"text": message.text, "choices": list(message.choices)})
        question = StoredMessage(
            id=secrets.token_hex(16),
            conversation_id=message.conversation_id,
            sequence=0,
            role=USER,
            text=readable(message.text),
            at=self._clock(),
            raw=raw,
            client_message_id=message.delivery_id,
            body_hash=_hash(raw),
        )
        return await self._conversations.accept(question)

    async def answer(self, question: StoredMessage) -> OutgoingMessage:
        """The one answer to an accepted message. Raises NotOffered, AnswerFailed, NoSuchConversation."""
        known = await self._conversations.answer_to(question)
        if known is not None:
            return _outgoing(known)
        promise = self._promises.get(question.id)
        if promise is None:
            promise = self._promises[question.id] = asyncio.get_running_loop().create_future()
            promise.add_done_callback(lambda done: done.cancelled() or done.exception())
            self._start(self._keep_promise(question))
        return _outgoing(await asyncio.shield(promise))

    async def receive(self, message: IncomingMessage) -> OutgoingMessage:
        return await self.answer(await self.accept(message))

    async def messages(self, conversation_id: str) -> list[StoredMessage]:
        return await self._conversations.messages(conversation_id)

    async def erase(self, conversation_id: str) -> int | None:
        """Erase a conversation for good: the number of its messages, None if it is unknown."""
        return await self._conversations.erase(conversation_id)

    async def resume(self) -> int:
        """Answer what was accepted and not answered before a crash: the number of conversations."""
        waiting = await self._conversations.waiting()
        for conversation_id in waiting:
            await self._answer_all(conversation_id)
        return len(waiting)

    async def close(self, patience: float = 20) -> None:
        """Let the answers under way be finished."""
        if self._running:
            await asyncio.wait(self._running, timeout=patience)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Work that goes on even if nobody waits for it any more."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _keep_promise(self, question: StoredMessage) -> None:
        try:
            if question.failed_at is not None:
                await self._conversations.fail(question, None)
            await self._answer_all(question.conversation_id)
            if question.id in self._promises:  # answered before the promise was given, or erased since
                known = await self._conversations.answer_to(question)
                self._settle(question, known or NoSuchConversation(question.conversation_id))
        except Exception as error:
            self._settle(question, error)

    async def _answer_all(self, conversation_id: str) -> None:
        async with self._desks.setdefault(conversation_id, asyncio.Lock()):
            while question := await self._conversations.next_question(conversation_id):
                await self._answer_one(question)

    async def _answer_one(self, question: StoredMessage) -> None:
        """Answer a question and store it; one that cannot be answered is set aside, so that the next can be."""
        from chains.assistant import UnknownOption  # loaded with the assistant, beside the first requests

        conversation = await self._conversations.find(question.conversation_id)
        if conversation is None:
            return
        choices = tuple(json.loads(question.raw or "{}").get("choices", ()))
        try:
            assistant = await self._assistant()
            state = _state(conversation, assistant)
            turn = await assistant.answer(state, question.text, choices)
        except UnknownOption as error:
            await self._conversations.refuse(question)
            self._settle(question, NotOffered(error.given, error.offered))
            return
        except Exception:
            log.exception("answer failed", extra={"event": {"question": question.id}})
            await self._conversations.fail(question, self._clock())
            self._settle(question, AnswerFailed(question.id))
            return
        question = replace(question, text=question.text or _labels(state, choices))
        answer = self._written(question, turn)
        if await self._conversations.answer(question, answer, conversation, turn.conversation.model_dump_json()):
            self._count(turn.reply.outcome)
            self._settle(question, answer)

    def _written(self, question: StoredMessage, turn: "Turn") -> StoredMessage:
        message_id = secrets.token_hex(16)
        ids = {"conversation_id": question.conversation_id, "message_id": message_id}
        return StoredMessage(
            id=message_id,
            conversation_id=question.conversation_id,
            sequence=question.sequence + 1,
            role=ASSISTANT,
            text=turn.reply.text,
            at=self._clock(),
            reply=json.dumps(ids | turn.reply.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")),
            trace=json.dumps(turn.trace, ensure_ascii=False, default=str),
            client_message_id=question.client_message_id,
        )

    def _settle(self, question: StoredMessage, outcome: StoredMessage | Exception) -> None:
        promise = self._promises.pop(question.id, None)
        if promise is None:
            return
        if isinstance(outcome, Exception):
            promise.set_exception(outcome)
        else:
            promise.set_result(outcome)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _state(conversation: StoredConversation, assistant: "Assistant") -> Conversation:
    try:
        return Conversation.model_validate_json(conversation.state)
    except ValidationError:  # written by another version: the thread is lost, the conversation goes on
        log.warning("state not readable, begun anew", extra={"event": {"conversation": conversation.id}})
        return assistant.begin(conversation.as_of)


def _labels(state: Conversation, choices: tuple[str, ...]) -> str:
    """What was tapped, in the words that stood on the buttons."""
    labels = {option.id: option.label for option in state.pending.options} if state.pending else {}
    return "、".join(labels.get(choice, choice) for choice in choices)


def _outgoing(answer: StoredMessage) -> OutgoingMessage:
    return OutgoingMessage(answer.conversation_id, answer.id, answer.reply or "{}")
