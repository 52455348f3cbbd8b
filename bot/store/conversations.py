"""Conversations as they are stored: accepted messages, their one answer each, erasure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Consequence, Database, StoreUnavailable
from bot.store.people import erase_conversations, new_receipt, remember_erasure
from bot.store.tables import conversations, messages

USER = "user"
ASSISTANT = "assistant"
_ACCEPT_TRIES = 5
_ANSWER = messages.alias()


class NoSuchConversation(LookupError):
    """The conversation does not exist, or no longer."""


class DeliveryConflict(ValueError):
    """A delivery id was used before for another message of the conversation."""


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation; `state` is JSON and holds for the `revision` it was read with.

    A `pinned` one was opened for a day of its own; any other is always held as of today.
    """

    id: str
    token_hash: str
    channel: str
    as_of: date
    state: str
    revision: int
    created_at: datetime
    updated_at: datetime
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A question (`raw` is its JSON) or an answer (`reply` is its JSON, as it was sent)."""

    id: str
    conversation_id: str
    sequence: int
    role: str
    text: str
    at: datetime
    raw: str | None = None
    reply: str | None = None
    trace: str | None = None
    client_message_id: str | None = None
    body_hash: str | None = None
    failed_at: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """How many messages are gone, and the number under which that is remembered."""

    messages: int
    receipt: str


class Conversations:
    """The conversations of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(
        self,
        conversation: StoredConversation,
        said: Sequence[StoredMessage] = (),
        consequence: Consequence | None = None,
    ) -> None:
        """Keep a new conversation, with what was said in it already and what follows from that."""
        async with self._database.write() as connection:
            await connection.execute(insert(conversations).values(_values(conversation)))
            if said:
                await connection.execute(insert(messages), [_values(message) for message in said])
            if consequence is not None:
                await consequence(connection)

    async def find(self, conversation_id: str) -> StoredConversation | None:
        query = select(conversations).where(conversations.c.id == conversation_id)
        row = await self._database.read_at_once(lambda connection: connection.execute(query).first())
        return StoredConversation(**row._mapping) if row else None

    async def all(self) -> list[StoredConversation]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(conversations).order_by(conversations.c.created_at))
        return [StoredConversation(**row._mapping) for row in rows]

    async def accept(self, question: StoredMessage) -> StoredMessage:
        """Keep a question, or find it again by its delivery id; its sequence is given here.

        Raises NoSuchConversation, and DeliveryConflict for the same delivery id with another body.
        """
        for _ in range(_ACCEPT_TRIES):
            try:
                async with self._database.write() as connection:
                    return await _accept(connection, question)
            except IntegrityError:
                continue  # another process took the same place at the same moment
        raise StoreUnavailable("too many messages for one conversation at once")

    async def answer_to(self, question: StoredMessage) -> StoredMessage | None:
        query = select(messages).where(
            messages.c.conversation_id == question.conversation_id, messages.c.sequence == question.sequence + 1
        )
        return _message(await self._database.read_at_once(lambda connection: connection.execute(query).first()))

    async def next_question(self, conversation_id: str) -> StoredMessage | None:
        """The first accepted message that is neither answered nor failed."""
        query = (
            select(messages)
            .where(messages.c.conversation_id == conversation_id, _is_waiting())
            .order_by(messages.c.sequence)
            .limit(1)
        )
        return _message(await self._database.read_at_once(lambda connection: connection.execute(query).first()))

    async def waiting(self) -> list[str]:
        """Conversations with a message that was accepted and not answered."""
        async with self._database.read() as connection:
            found = await connection.execute(select(messages.c.conversation_id).where(_is_waiting()).distinct())
            return list(found.scalars())

    async def answer(
        self,
        question: StoredMessage,
        answer: StoredMessage,
        conversation: StoredConversation,
        state: str,
        consequence: Consequence,
    ) -> bool:
        """Keep an answer, the state after it, and what follows from it: all or nothing.

        False if the conversation has changed since it was read, or the question has been answered meanwhile.
        """
        try:
            async with self._database.write() as connection:
                if not await _change(connection, conversation, state, answer.at):
                    return False
                await connection.execute(insert(messages).values(_values(answer)))
                asked = update(messages).where(messages.c.id == question.id)
                await connection.execute(asked.values(text=question.text, failed_at=None))
                await consequence(connection)
                return True
        except IntegrityError:  # by another process
            return False

    async def say(
        self, message: StoredMessage, conversation: StoredConversation, state: str, consequence: Consequence
    ) -> bool:
        """Keep something that was said unasked, the state after it, and what follows: all or nothing.

        Its sequence is given here. False if the conversation has changed since it was read.
        """
        async with self._database.write() as connection:
            if not await _change(connection, conversation, state, message.at):
                return False
            await consequence(connection)
            sequence = await _next_sequence(connection, conversation.id) + 1
            await connection.execute(insert(messages).values(_values(message) | {"sequence": sequence}))
            return True

    async def change(
        self, conversation: StoredConversation, state: str, at: datetime, consequence: Consequence
    ) -> bool:
        """Keep another state and what follows from it. False if the conversation has changed since it was read."""
        async with self._database.write() as connection:
            if not await _change(connection, conversation, state, at):
                return False
            await consequence(connection)
            return True

    async def last_said(self, conversation_id: str, before: str) -> StoredMessage | None:
        """What was said last in a conversation, but for what the delivery `before` brought and was answered with."""
        other = messages.c.client_message_id.is_(None) | (messages.c.client_message_id != before)
        query = select(messages).where(messages.c.conversation_id == conversation_id, other)
        last = query.order_by(messages.c.sequence.desc()).limit(1)
        return _message(await self._database.read_at_once(lambda connection: connection.execute(last).first()))

    async def message_starting(self, conversation_id: str, beginning: str) -> StoredMessage | None:
        """The answer of a conversation whose id begins so."""
        query = select(messages).where(
            messages.c.conversation_id == conversation_id,
            messages.c.role == ASSISTANT,
            messages.c.id.startswith(beginning, autoescape=True),
        )
        async with self._database.read() as connection:
            return _message((await connection.execute(query.limit(1))).first()) if beginning else None

    async def refuse(self, question: StoredMessage) -> None:
        """Forget a question that turned out to be no valid one."""
        async with self._database.write() as connection:
            await connection.execute(delete(messages).where(messages.c.id == question.id))

    async def fail(self, question: StoredMessage, at: datetime, consequence: Consequence) -> None:
        """Set a question aside; it stays stored. `consequence` happens in the same transaction."""
        async with self._database.write() as connection:
            await connection.execute(update(messages).where(messages.c.id == question.id).values(failed_at=at))
            await consequence(connection)

    async def retry(self, question: StoredMessage) -> None:
        """Take a question up again that was set aside."""
        async with self._database.write() as connection:
            await connection.execute(update(messages).where(messages.c.id == question.id).values(failed_at=None))

    async def messages(self, conversation_id: str) -> list[StoredMessage]:
        async with self._database.read() as connection:
            query = select(messages).where(messages.c.conversation_id == conversation_id).order_by(messages.c.sequence)
            return [StoredMessage(**row._mapping) for row in await connection.execute(query)]

    async def erase(self, conversation_id: str, by: str, at: datetime) -> Erased | None:
        """Erase a conversation, its profile and its messages for good at somebody's wish; None if it is unknown."""
        receipt, held = new_receipt(), select(conversations.c.channel).where(conversations.c.id == conversation_id)
        async with self._database.write() as connection:
            channel = (await connection.execute(held.with_for_update())).scalar()
            if channel is None:
                return None
            count = await erase_conversations(connection, [conversation_id])
            await remember_erasure(connection, receipt, by, channel, at)
        await self._database.wipe_traces()
        return Erased(count, receipt)


async def _accept(connection: AsyncConnection, question: StoredMessage) -> StoredMessage:
    of_conversation = messages.c.conversation_id == question.conversation_id
    locked = select(conversations.c.id).where(conversations.c.id == question.conversation_id).with_for_update()
    if (await connection.execute(locked)).first() is None:
        raise NoSuchConversation(question.conversation_id)
    if question.client_message_id is not None:
        query = select(messages).where(
            of_conversation,
            messages.c.client_message_id == question.client_message_id,
            messages.c.role == USER,
        )
        known = _message((await connection.execute(query)).first())
        if known is not None:
            if known.body_hash != question.body_hash:
                raise DeliveryConflict(question.client_message_id)
            return known
    values = _values(question) | {"sequence": await _next_sequence(connection, question.conversation_id)}
    await connection.execute(insert(messages).values(values))
    return StoredMessage(**values)


async def _next_sequence(connection: AsyncConnection, conversation_id: str) -> int:
    query = select(func.max(messages.c.sequence)).where(messages.c.conversation_id == conversation_id)
    last = (await connection.execute(query)).scalar()
    return 0 if last is None else last // 2 * 2 + 2


async def _change(connection: AsyncConnection, conversation: StoredConversation, state: str, at: datetime) -> bool:
    changed = await connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation.id, conversations.c.revision == conversation.revision)
        .values(state=state, as_of=conversation.as_of, revision=conversation.revision + 1, updated_at=at)
    )
    return changed.rowcount == 1


def _is_waiting() -> ColumnElement[bool]:
    answered = exists().where(
        _ANSWER.c.conversation_id == messages.c.conversation_id, _ANSWER.c.sequence == messages.c.sequence + 1
    )
    return (messages.c.role == USER) & messages.c.failed_at.is_(None) & ~answered


def _values(record: StoredConversation | StoredMessage) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _message(row: Row[Any] | None) -> StoredMessage | None:
    return StoredMessage(**row._mapping) if row else None
