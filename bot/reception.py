"""The one door: an incoming message, its conversation, the assistant, the stored answer.

A message is kept before it is answered and answered exactly once, in the order in which it was accepted; whoever
waits for the answer may go away meanwhile.
"""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.audience import Audience, nobody
from bot.clerk import Clerk, instead_of, labels_of, noting, outgoing_of, state_of, taken_back
from bot.clock import Clock, today
from bot.digest import hash_of
from bot.hours import ServiceHours
from bot.messages import NOTICE, IncomingMessage, OutgoingMessage, Sheet
from bot.rendering import sheet_of
from bot.replay import replay
from bot.review.items import USUAL_DRAWS, Draws, Kept, keep_answered, keep_failed
from bot.store.audit import PERSON
from bot.store.conversations import (
    Conversations,
    Erased,
    NoSuchConversation,
    StoredConversation,
    StoredMessage,
)
from bot.store.database import Consequence
from bot.store.people import (
    BY_PERSON,
    close_ticket,
    end_subscription,
    keep_subscription,
    open_ticket,
    refresh_subscription,
    tell_contacts,
)
from chains.conversation import Conversation
from chains.prompting import fact_label
from chains.reply import Question, Reply
from knowledge.profile import EnterpriseProfile

if TYPE_CHECKING:
    from chains.assistant import Assistant, Turn

log = logging.getLogger("huiqi.reception")

_NOBODY = hash_of("")


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
        count: Callable[[Kept], None],
        hours: ServiceHours = ServiceHours(),  # noqa: B008 — frozen
        draws: Draws = USUAL_DRAWS,
    ) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._clock = clock
        self._count = count
        self._clerk = Clerk(clock, hours)
        self._draws = draws
        self._desks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._audiences: WeakValueDictionary[str, Audience] = WeakValueDictionary()
        self._promises: dict[str, asyncio.Future[StoredMessage]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def open(self, channel: str, as_of: date | None = None, said: Sequence[str] = ()) -> Opened:
        """A new conversation. What was `said` in it elsewhere is answered again, in order, and kept with it.

        Nothing follows from that a second time, but staff are told of somebody who waits for them.
        """
        assistant = await self._assistant()
        day = as_of or today(self._clock)
        opened = Opened(secrets.token_hex(16), secrets.token_urlsafe(32), day)
        now = self._clock()
        state, kept = await replay(assistant, assistant.begin(day), opened.id, said, self._clerk)

        async def follow(connection: AsyncConnection) -> None:
            if state.with_staff:
                await open_ticket(connection, opened.id, now)

        await self._conversations.create(
            StoredConversation(
                id=opened.id,
                token_hash=hash_of(opened.token),
                channel=channel,
                as_of=day,
                pinned=as_of is not None,
                state=state.model_dump_json(),
                revision=0,
                created_at=now,
                updated_at=now,
            ),
            kept,
            follow,
        )
        return opened

    async def admit(self, conversation_id: str, token: str) -> StoredConversation:
        """The conversation that the token opens. Raises NotAdmitted, in the same time for unknown ids."""
        conversation = await self._conversations.find(conversation_id)
        expected = conversation.token_hash if conversation else _NOBODY
        fits = hmac.compare_digest(expected, hash_of(token))
        if conversation is None or not fits:
            raise NotAdmitted(conversation_id)
        return conversation

    async def accept(self, message: IncomingMessage) -> StoredMessage:
        """Keep a message; from here on it will be answered. Raises NoSuchConversation, DeliveryConflict."""
        return await self._conversations.accept(self._clerk.question(message))

    async def answer(self, question: StoredMessage) -> OutgoingMessage:
        """The one answer to an accepted message. Raises NotOffered, AnswerFailed, NoSuchConversation."""
        known = await self._conversations.answer_to(question)
        if known is not None:
            return outgoing_of(known)
        with self.audience(question).attended():
            promise = self._promises.get(question.id)
            if promise is None:
                promise = self._promises[question.id] = asyncio.get_running_loop().create_future()
                promise.add_done_callback(lambda done: done.cancelled() or done.exception())
                self._start(self._keep_promise(question, promise))
            return outgoing_of(await asyncio.shield(promise))

    def audience(self, question: StoredMessage) -> Audience:
        """Those who wait for the answer to a question, to hear it while it is made."""
        found = self._audiences.get(question.id)
        if found is None:
            found = self._audiences[question.id] = Audience()
        return found

    async def receive(self, message: IncomingMessage, tell: Callable[[str], None] | None = None) -> OutgoingMessage:
        """Accepts and answers; `tell` hears the answer while it is made, where it takes a while."""
        question = await self.accept(message)
        audience = self.audience(question)
        if tell is not None:
            audience.followers.append(tell)
        return await self.answer(question)

    async def messages(self, conversation_id: str) -> list[StoredMessage]:
        return await self._conversations.messages(conversation_id)

    async def pending(self, conversation_id: str) -> Question | None:
        """The question that waits for an answer in a conversation."""
        conversation = await self._conversations.find(conversation_id)
        if conversation is None:
            return None
        return state_of(conversation).pending

    async def labels(self, conversation_id: str) -> tuple[str, ...]:
        """What is known of the enterprise of a conversation, in a few plain words each."""
        conversation = await self._conversations.find(conversation_id)
        if conversation is None:
            return ()
        facts = state_of(conversation).facts
        return tuple(fact_label(slot, fact) for slot, fact in facts.items())

    async def profile(self, conversation_id: str) -> EnterpriseProfile | None:
        """What is known of the enterprise of a conversation; None if there is no such conversation."""
        conversation = await self._conversations.find(conversation_id)
        return state_of(conversation).profile if conversation else None

    async def channel_of(self, conversation_id: str) -> str | None:
        """The channel on which a conversation began."""
        conversation = await self._conversations.find(conversation_id)
        return conversation.channel if conversation else None

    async def read_answer(self, conversation_id: str, beginning: str) -> OutgoingMessage | None:
        """The answer of a conversation whose id begins so; None if there is none."""
        found = await self._conversations.message_starting(conversation_id, beginning)
        return outgoing_of(found) if found is not None and found.reply else None

    async def last_notice(self, conversation_id: str, before: str) -> OutgoingMessage | None:
        """The notice that is the last thing said before a delivery; None if it was something else."""
        last = await self._conversations.last_said(conversation_id, before)
        said = outgoing_of(last) if last is not None and last.reply else None
        return said if said is not None and said.reply.outcome == NOTICE else None

    async def say(
        self,
        conversation_id: str,
        reply: Reply,
        author: str,
        also: Consequence | None = None,
        *,
        ends: bool = False,
        message_id: str | None = None,
    ) -> OutgoingMessage:
        """Say something unasked, as `author`, on every channel that holds the conversation.

        `also` happens in the same transaction; with `ends` the assistant takes the conversation back from staff.
        Raises NoSuchConversation.
        """
        while True:
            conversation = await self._conversations.find(conversation_id)
            if conversation is None:
                raise NoSuchConversation(conversation_id)
            state = state_of(conversation)
            after = state.model_copy(update={"with_staff": False}) if ends else state
            said = self._clerk.message(conversation_id, reply, author, message_id)
            sheet = sheet_of(outgoing_of(said))

            async def follow(connection: AsyncConnection, sheet: Sheet = sheet, at: datetime = said.at) -> None:
                if ends:
                    await close_ticket(connection, conversation_id, author, at)
                if also is not None:
                    await also(connection)
                await tell_contacts(connection, conversation_id, [sheet], at)

            if await self._conversations.say(said, conversation, after.model_dump_json(), follow):
                return outgoing_of(said)

    async def erase(self, conversation_id: str) -> Erased | None:
        """Erase a conversation for good at the wish of its person; None if it is unknown."""
        return await self._conversations.erase(conversation_id, PERSON, self._clock())

    async def resume(self) -> int:
        """Answer what was accepted and not answered before a crash: the number of conversations."""
        waiting = await self._conversations.waiting()
        for conversation_id in waiting:
            await self._answer_all(conversation_id)
        return len(waiting)

    async def close(self, patience: float) -> None:
        """Let the answers under way be finished."""
        if self._running:
            await asyncio.wait(self._running, timeout=patience)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        """Work that goes on even if nobody waits for it any more."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _keep_promise(self, question: StoredMessage, promise: asyncio.Future[StoredMessage]) -> None:
        """See a promise through; one that was given anew meanwhile, for a question sent again, is another's to keep."""
        try:
            if question.failed_at is not None:
                await self._conversations.retry(question)
            await self._answer_all(question.conversation_id)
            if self._promises.get(question.id) is promise:  # answered before the promise was given, or erased since
                known = await self._conversations.answer_to(question)
                if self._promises.get(question.id) is promise:
                    self._settle(question, known or NoSuchConversation(question.conversation_id))
        except Exception as error:
            if self._promises.get(question.id) is promise:
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
        conversation = self._dated(conversation)
        known = state = state_of(conversation).model_copy(update={"as_of": conversation.as_of})
        if instead_of(question):
            state = taken_back(known, question, await self._conversations.messages(conversation.id))
        try:
            assistant = await self._assistant()
            listener = self._audiences.get(question.id) or nobody()
            turn = await assistant.answer(state, question.text, choices, person=conversation.id, listener=listener)
            turn = noting(turn, known, state)
        except UnknownOption as error:
            await self._conversations.refuse(question)
            self._settle(question, NotOffered(error.given, error.offered))
            return
        except Exception:
            log.exception("answer failed", extra={"event": {"question": question.id}})
            await self._set_aside(conversation, question, state)
            self._settle(question, AnswerFailed(question.id))
            return
        question = replace(question, text=question.text or labels_of(state, choices))
        answer = self._clerk.answer(question, turn)
        after = turn.conversation.model_dump_json()
        kept: list[Kept] = []
        follow = self._consequence(conversation, question, answer, turn, known, assistant, kept.append)
        if await self._conversations.answer(question, answer, conversation, after, follow):
            self._count(kept[-1])
            self._settle(question, answer)

    def _dated(self, conversation: StoredConversation) -> StoredConversation:
        """A conversation is held as of today, unless it was opened for a day of its own."""
        return conversation if conversation.pinned else replace(conversation, as_of=today(self._clock))

    async def _set_aside(self, conversation: StoredConversation, question: StoredMessage, state: Conversation) -> None:
        """Keep that a question could not be answered, for it to be sent again and for staff to look at."""
        now, city = self._clock(), str(state.profile["city"] or "")

        kept: list[Kept] = []

        async def follow(connection: AsyncConnection) -> None:
            kept.append(await keep_failed(connection, conversation, question, city, now, self._draws))

        await self._conversations.fail(question, now, follow)
        self._count(kept[-1])

    def _consequence(
        self,
        conversation: StoredConversation,
        question: StoredMessage,
        answer: StoredMessage,
        turn: "Turn",
        before: Conversation,
        assistant: "Assistant",
        keep: Callable[[Kept], None],
    ) -> Consequence:
        """What has to be kept together with an answer: what staff review, a ticket for staff, a subscription.

        `keep` is given the item of the answer.
        """
        from chains.turn import Outcome

        now, after, outcome = self._clock(), turn.conversation, turn.reply.outcome

        async def follow(connection: AsyncConnection) -> None:
            given = turn.reply, turn.trace, assistant.library
            keep(await keep_answered(connection, conversation, question, answer, *given, self._draws))
            match outcome:
                case Outcome.HANDED_OVER:
                    await open_ticket(connection, conversation.id, now)
                case Outcome.HANDED_BACK:
                    await close_ticket(connection, conversation.id, BY_PERSON, now)
                case Outcome.SUBSCRIBED:
                    known = assistant.known(after.profile, after.as_of)
                    await keep_subscription(connection, conversation.id, known.model_dump_json(), now)
                case Outcome.UNSUBSCRIBED:
                    await end_subscription(connection, conversation.id)
                case _ if after.facts != before.facts:
                    known = assistant.known(after.profile, after.as_of)
                    body = known.model_dump_json()
                    await refresh_subscription(connection, conversation.id, known.version, body, now)

        return follow

    def _settle(self, question: StoredMessage, outcome: StoredMessage | Exception) -> None:
        promise = self._promises.pop(question.id, None)
        if promise is None:
            return
        if isinstance(outcome, Exception):
            promise.set_exception(outcome)
        else:
            promise.set_result(outcome)
