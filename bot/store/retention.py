"""Erases what nobody has used for a long time, in the way in which people have it erased themselves."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, Update, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SHANGHAI, Clock
from bot.store.audit import BY_ITSELF, Action, Journal, record
from bot.store.database import Database
from bot.store.exports import is_lapsed
from bot.store.people import erase_conversations, forget
from bot.store.tables import (
    contacts,
    conversations,
    exports,
    inbox,
    link_codes,
    messages,
    model_calls,
    notes,
    outbox,
    saved_filters,
)

_AT_ONCE = 20  # so many are erased in one transaction: who writes meanwhile waits for no more

# Erases some of what is overdue: how many, 0 once there is nothing left.
_Step = Callable[[AsyncConnection, datetime], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Swept:
    """What is gone: conversations, contacts who held none, entries of the audit log."""

    conversations: int
    contacts: int
    entries: int


class Retention:
    """How long things are kept in one database: `days` for what people said, 0 for ever; `audit_days` for the log."""

    def __init__(self, database: Database, clock: Clock, days: int, audit_days: int) -> None:
        self._database = database
        self._clock = clock
        self._days = days
        self._audit_days = audit_days

    async def sweep(self, *, prunes: bool) -> Swept | None:
        """Erase what is overdue; None while another process does. If it is interrupted, the next one goes on.

        The log is cut only with `prunes`: never one that was tampered with.
        """
        async with self._database.hold("retention") as ours:
            if not ours:
                return None
            now = self._clock()
            talks = people = entries = 0
            if self._days:
                before = now - timedelta(days=self._days)
                talks = await self._repeat(_erase_some, "conversations", before)
                people = await self._repeat(_forget_some, "contacts", before)
                await self._carry_out(_old(before))
            await self._carry_out(_over(now))
            if prunes:
                entries = await Journal(self._database, self._clock).prune(now - timedelta(days=self._audit_days))
            await self._database.wipe_traces()
        return Swept(talks, people, entries)

    async def _repeat(self, step: _Step, what: str, before: datetime) -> int:
        """A few at a time, each few with what is remembered of them."""
        count = 0
        while True:
            async with self._database.write() as connection:
                gone = await step(connection, before)
                if gone == 0:
                    return count
                await record(connection, BY_ITSELF, Action.EXPIRED, what, str(gone), at=self._clock())
            count += gone

    async def _carry_out(self, statements: Sequence[Delete | Update]) -> None:
        async with self._database.write() as connection:
            for statement in statements:
                await connection.execute(statement)


async def _erase_some(connection: AsyncConnection, before: datetime) -> int:
    """Conversations in which nobody has said anything, or done anything on a platform, since a moment."""
    said = exists().where(messages.c.conversation_id == conversations.c.id, messages.c.at >= before)
    heard = exists().where(contacts.c.conversation_id == conversations.c.id, contacts.c.heard_at >= before)
    unused = select(conversations.c.id).where(conversations.c.updated_at < before, ~said, ~heard)
    some = unused.order_by(conversations.c.updated_at).limit(_AT_ONCE).with_for_update(of=conversations)
    ids = list((await connection.execute(some)).scalars())
    # Whoever wrote before we had them to ourselves keeps theirs.
    still = list((await connection.execute(unused.where(conversations.c.id.in_(ids)))).scalars())
    await erase_conversations(connection, still)
    return len(still)


async def _forget_some(connection: AsyncConnection, before: datetime) -> int:
    """Contacts who hold no conversation and have not been heard since a moment."""
    last = func.coalesce(contacts.c.heard_at, contacts.c.created_at)
    silent = select(contacts.c.channel, contacts.c.address).where(contacts.c.conversation_id.is_(None), last < before)
    some = silent.order_by(contacts.c.id).limit(_AT_ONCE)
    found = (await connection.execute(some.with_for_update())).all()
    for contact in found:
        await forget(connection, contact.channel, contact.address)
    return len(found)


def _old(before: datetime) -> list[Delete | Update]:
    """What else may hold words or addresses of people."""
    return [
        delete(inbox).where(inbox.c.received_at < before),
        delete(outbox).where(outbox.c.queued_at < before),
        delete(exports).where(exports.c.asked_at < before),
        delete(saved_filters).where(saved_filters.c.saved_at < before, saved_filters.c.address.contains("words=")),
    ]


def _over(now: datetime) -> list[Delete | Update]:
    """What has served its purpose."""
    today = now.astimezone(SHANGHAI).date()
    return [
        delete(link_codes).where(link_codes.c.expires_at <= now),
        delete(notes).where(notes.c.expires_at <= now),
        update(exports).where(is_lapsed(now), exports.c.query != "").values(query=""),
        update(model_calls).where(model_calls.c.day < today, model_calls.c.person != "").values(person=""),
    ]
