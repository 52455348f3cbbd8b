"""Finds the stored conversation that a history belongs to. It holds nothing in memory and answers nothing itself.

Other programs keep no conversation with us: with every message they send all that was said before. What a person has
said, in order, is a bookmark; it lies in the stored conversation and moves on with every message. So a history that
goes on finds its conversation, and only the new message is answered. A history that nobody knows – edited, or too
old – opens a conversation of its own, in which it is answered once more.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.messages import MAX_CHARACTERS, IncomingMessage, OutgoingMessage
from bot.reception import Reception
from bot.rendering import Choice, read_choice
from bot.store.conversations import USER, NoSuchConversation, StoredMessage
from bot.store.notes import Notes

CHANNEL = "api"
MOST_REPLAYED = 40  # messages; what was said before them is not known any more, which never counts as a yes
_KEPT = timedelta(days=30)
_SENT_AGAIN = timedelta(minutes=10)  # until then the same history is the same request, sent again
_SWEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The message that a history ends with, in its conversation; or what is wrong with the number in it.

    `unasked` is what staff or a notice said since the answer before.
    """

    question: StoredMessage | None
    complaint: str = ""
    unasked: tuple[str, ...] = ()


class Histories:
    """Takes histories in, for callers who are told apart by name."""

    def __init__(self, reception: Reception, notes: Notes, clock: Clock) -> None:
        self._reception = reception
        self._notes = notes
        self._clock = clock
        self._swept: datetime | None = None

    async def accept(self, caller: str, said: Sequence[str], before_replay: Callable[[int], None]) -> Accepted:
        """Keep the last message of a history; from here on it will be answered, once.

        `before_replay` is told how many messages have to be answered again, and may refuse.
        """
        mark = _mark(caller, said)
        conversation_id = await self._known(caller, said, mark)
        if conversation_id is None:
            conversation_id = await self._begin(said, mark, before_replay)
        try:
            return await self._accept(conversation_id, said[-1], mark)
        except NoSuchConversation:  # erased since
            return await self._accept(await self._begin(said, mark, before_replay), said[-1], mark)

    async def answer(self, question: StoredMessage) -> OutgoingMessage:
        return await self._reception.answer(question)

    async def _known(self, caller: str, said: Sequence[str], mark: str) -> str | None:
        now = self._clock()
        answered = await self._notes.read(mark, now)
        if answered is not None:
            question = _find(await self._reception.messages(answered), mark)
            if question is None or now - question.at < _SENT_AGAIN:
                return answered
            await self._notes.remove(mark)
        if len(said) == 1:
            return None
        return await self._notes.rename(_mark(caller, said[:-1]), mark, now + _KEPT)

    async def _begin(self, said: Sequence[str], mark: str, before_replay: Callable[[int], None]) -> str:
        before = [text for text in said[:-1] if len(text) <= MAX_CHARACTERS][-MOST_REPLAYED:]
        before_replay(len(before))
        now = self._clock()
        if self._swept is None or now - self._swept > _SWEPT:
            self._swept = now
            await self._notes.forget_expired(now)
        opened = await self._reception.open(CHANNEL, said=before)
        await self._notes.write(mark, opened.id, now + _KEPT)
        return opened.id

    async def _accept(self, conversation_id: str, text: str, mark: str) -> Accepted:
        question = _find(await self._reception.messages(conversation_id), mark)
        if question is None:
            choice = read_choice(await self._reception.pending(conversation_id), text) or Choice()
            if choice.complaint:
                return Accepted(None, choice.complaint)
            words = "" if choice.ids else text
            question = await self._reception.accept(IncomingMessage(conversation_id, words, choice.ids, mark))
        messages = await self._reception.messages(conversation_id)
        return Accepted(question, unasked=_unasked_before(messages, question))


def _mark(caller: str, said: Sequence[str]) -> str:
    """The name of a history: that of its beginning and one message more, so that no two read the same."""
    digest = hashlib.sha256(caller.encode())
    for text in said:
        digest = hashlib.sha256(digest.digest() + text.encode())
    return f"history:{digest.hexdigest()}"


def _find(messages: Sequence[StoredMessage], mark: str) -> StoredMessage | None:
    return next((m for m in messages if m.role == USER and m.client_message_id == mark), None)


def _unasked_before(messages: Sequence[StoredMessage], question: StoredMessage) -> tuple[str, ...]:
    found: list[str] = []
    for message in reversed([m for m in messages if m.sequence < question.sequence]):
        if message.author is None:
            break
        found.append(message.text)
    return tuple(reversed(found))
