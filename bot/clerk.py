"""Questions and answers in the form in which they are kept and sent. It keeps and sends nothing."""

import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.clock import Clock
from bot.digest import hash_of
from bot.hours import ServiceHours, opening_words
from bot.messages import IncomingMessage, OutgoingMessage
from bot.store.conversations import ASSISTANT, USER, StoredConversation, StoredMessage
from bot.text import readable
from chains.conversation import Conversation
from chains.language.normalise import normalise
from chains.prompting import fact_label, wording
from chains.reply import Reply

if TYPE_CHECKING:
    from chains.assistant import Turn

log = logging.getLogger("huiqi.reception")


class Clerk:
    """Writes messages down, with the time, and in which hours people can be had."""

    def __init__(self, clock: Clock, hours: ServiceHours) -> None:
        self._clock = clock
        self._hours = hours

    def question(self, message: IncomingMessage) -> StoredMessage:
        anew = {"instead_of": message.instead_of} if message.instead_of else {}
        raw = json.dumps({"text": message.text, "choices": list(message.choices)} | anew)
        return StoredMessage(
            id=secrets.token_hex(16),
            conversation_id=message.conversation_id,
            sequence=0,
            role=USER,
            text=readable(message.text),
            at=self._clock(),
            raw=raw,
            client_message_id=message.delivery_id,
            body_hash=hash_of(raw),
        )

    def message(
        self, conversation_id: str, reply: Reply, author: str | None = None, message_id: str | None = None
    ) -> StoredMessage:
        message_id = message_id or secrets.token_hex(16)
        ids = {"conversation_id": conversation_id, "message_id": message_id}
        return StoredMessage(
            id=message_id,
            conversation_id=conversation_id,
            sequence=0,
            role=ASSISTANT,
            text=reply.text,
            at=self._clock(),
            reply=json.dumps(ids | reply.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")),
            author=author,
        )

    def answer(self, question: StoredMessage, turn: "Turn") -> StoredMessage:
        return replace(
            self.message(question.conversation_id, self._told(turn.reply)),
            sequence=question.sequence + 1,
            trace=json.dumps(turn.trace, ensure_ascii=False, default=str),
            client_message_id=question.client_message_id,
        )

    def _told(self, reply: Reply) -> Reply:
        """What is handed over while nobody is there says when somebody will be."""
        from chains.turn import Outcome

        now = self._clock()
        if reply.outcome != Outcome.HANDED_OVER or self._hours.is_open(now):
            return reply
        opening = opening_words(self._hours.next_opening(now))
        told = wording("desk.after_hours", hours=self._hours.words, opening=opening)
        return reply.model_copy(update={"text": f"{reply.text}\n\n{told}"})


def is_with_staff(conversation: StoredConversation) -> bool:
    """Whether staff serve a conversation: the assistant keeps quiet meanwhile."""
    return state_of(conversation).with_staff


def state_of(conversation: StoredConversation) -> Conversation:
    try:
        return Conversation.model_validate_json(conversation.state)
    except ValidationError:  # written by another version: the thread is lost, the conversation goes on
        log.warning("state not readable, begun anew", extra={"event": {"conversation": conversation.id}})
        return Conversation(as_of=conversation.as_of)


def taken_back(state: Conversation, question: StoredMessage, said: Sequence[StoredMessage]) -> Conversation:
    """The state without what only earlier wordings told of the message that `question` words anew."""
    corrected = instead_of(question)
    earlier: list[str] = []
    elsewhere: list[str] = []
    for message in said:
        if message.role == USER and message.id != question.id:
            same = corrected in (message.client_message_id, instead_of(message))
            (earlier if same else elsewhere).append(normalise(message.text))
    return state.without_words("\n".join(earlier), but="\n".join(elsewhere))


def noting(turn: "Turn", known: Conversation, left: Conversation) -> "Turn":
    """A turn that says which facts were known, have been taken back and did not come again."""
    now = {*left.facts, *turn.conversation.facts}
    gone = [fact_label(slot, fact) for slot, fact in known.facts.items() if slot not in now]
    note = wording("desk.taken_back", facts=" · ".join(dict.fromkeys(gone)))
    return replace(turn, reply=turn.reply.model_copy(update={"notes": (*turn.reply.notes, note)})) if gone else turn


def instead_of(question: StoredMessage) -> str | None:
    """Which message a question words anew, by the id of its delivery."""
    found: str | None = json.loads(question.raw or "{}").get("instead_of")
    return found


def labels_of(state: Conversation, choices: tuple[str, ...]) -> str:
    """What was tapped, in the words that stood on the buttons."""
    labels = {option.id: option.label for option in state.pending.options} if state.pending else {}
    return "、".join(labels.get(choice, choice) for choice in choices)


def outgoing_of(answer: StoredMessage) -> OutgoingMessage:
    return OutgoingMessage(answer.conversation_id, answer.id, answer.reply or "{}")
