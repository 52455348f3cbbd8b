"""The audit log: who did what to what, and why. Rows are only added, each sealed by the one before; no message text."""

import hashlib
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store.database import Database
from bot.store.tables import audit, audit_end
from chains.masking import mask

AT_TERMINAL = "@terminal"  # who works on the command line of the machine itself
NOBODY = ""  # whoever gave a name that no account has
_START = "0" * 64
_PIECE = 1000
_SAME_READING = timedelta(minutes=30)
_OBJECT_LENGTH, _REASON_LENGTH = 200, 400


class Action(StrEnum):
    """What can be done that is worth remembering. Each has its words in `prompts/console.yaml`."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_ROLE = "account_role"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD = "password"
    READ = "read"
    REVEALED = "revealed"
    EXPORTED = "exported"
    DOCUMENT_TAKEN = "document_taken"
    DRAFT_FETCHED = "draft_fetched"
    DRAFT_DISCARDED = "draft_discarded"
    TICKET_TAKEN = "ticket_taken"
    TICKET_ANSWERED = "ticket_answered"
    TICKET_CLOSED = "ticket_closed"
    TICKET_RELEASED = "ticket_released"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log."""

    sequence: int
    at: datetime
    who: str
    action: str
    object: str
    reason: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How the chain stands: `flaws` name each row that is not as it was written."""

    count: int
    last_hash: str
    flaws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for; what is empty or None is any. `since` and `before` bound the time."""

    who: str = ""
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None


async def record(
    connection: AsyncConnection, who: str, action: Action, object: str, reason: str = "", *, at: datetime
) -> None:
    """Remember an action in the transaction that does it, as its last step: both are kept, or neither.

    `object` names a thing by its kind and id (message:4f…); personal data in a reason is masked.
    """
    # One after another: whoever comes next waits here until this transaction has ended.
    last = (await connection.execute(select(audit_end).with_for_update())).one()
    entry = Entry(
        sequence=last.sequence + 1,
        at=at,
        who=who,
        action=action.value,
        object=mask(object)[:_OBJECT_LENGTH],
        reason=mask(reason)[:_REASON_LENGTH],
        hash="",
    )
    seal = _seal(entry, last.hash)
    await connection.execute(insert(audit).values({**_content(entry), "hash": seal}))
    await connection.execute(update(audit_end).values(sequence=entry.sequence, hash=seal))


class Journal:
    """The audit log of one database, for reading."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def record(self, who: str, action: Action, object: str, reason: str = "") -> None:
        """Remember something that changes nothing else in the database."""
        async with self._database.write() as connection:
            await record(connection, who, action, object, reason, at=self._clock())

    async def record_reading(self, who: str, object: str) -> None:
        """Remember that somebody looked at something, once in a while for the same thing."""
        now = self._clock()
        same = (audit.c.who == who, audit.c.action == Action.READ.value, audit.c.object == mask(object))
        lately = select(audit.c.sequence).where(*same, audit.c.at > now - _SAME_READING)
        async with self._database.read() as connection:
            if (await connection.execute(lately.limit(1))).first() is not None:
                return
        await self.record(who, Action.READ, object)

    async def page(self, wanted: Filter, before_sequence: int | None, size: int) -> list[Entry]:
        """The latest entries first, those before a sequence number if one is given."""
        query = select(audit).where(*_conditions(wanted)).order_by(audit.c.sequence.desc()).limit(size)
        if before_sequence is not None:
            query = query.where(audit.c.sequence < before_sequence)
        return await self._entries(query)

    async def all(self, wanted: Filter) -> AsyncGenerator[Entry]:
        """Every entry, oldest first, a piece at a time."""
        done = 0
        while True:
            query = select(audit).where(*_conditions(wanted), audit.c.sequence > done)
            entries = await self._entries(query.order_by(audit.c.sequence).limit(_PIECE))
            for entry in entries:
                yield entry
            if len(entries) < _PIECE:
                return
            done = entries[-1].sequence

    async def people(self) -> list[str]:
        """Everybody whom the log names."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(audit.c.who).distinct().order_by(audit.c.who))
            return [row.who for row in rows]

    async def verify(self) -> Verified:
        """Go along the whole chain and name every row that was edited, removed, put in or moved."""
        flaws: list[str] = []
        count, expected, previous = 0, 1, _START
        last_written = select(func.coalesce(func.max(audit.c.sequence), 0)).scalar_subquery().label("last")
        async with self._database.read() as connection:
            found = (await connection.execute(select(audit_end, last_written))).one_or_none()
        end = (found.sequence, found.hash) if found else (0, "")
        last = found.last if found else 0
        async with aclosing(self.all(Filter())) as entries:
            async for entry in entries:
                if entry.sequence > last:
                    break  # written meanwhile
                count += 1
                missing = range(expected, entry.sequence)
                if missing:
                    flaws.append(_missing(missing))
                elif _seal(entry, previous) != entry.hash:
                    flaws.append(f"第 {entry.sequence} 条对不上：它或它前一条被改过、换过位置")
                expected, previous = entry.sequence + 1, entry.hash
        if end != (expected - 1, previous):
            cut = range(expected, end[0] + 1)
            flaws.append(_missing(cut) if cut else f"第 {expected - 1} 条不是最后写入的那一条")
        return Verified(count, previous, tuple(flaws))

    async def _entries(self, query: Select[tuple[object, ...]]) -> list[Entry]:
        async with self._database.read() as connection:
            return [_entry(row) for row in await connection.execute(query)]


def _conditions(wanted: Filter) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(audit.c.who == wanted.who)
    if wanted.action:
        found.append(audit.c.action == wanted.action)
    if wanted.since:
        found.append(audit.c.at >= wanted.since)
    if wanted.before:
        found.append(audit.c.at < wanted.before)
    return found


def _missing(gap: range) -> str:
    return f"第 {gap[0]} 条不见了" if len(gap) == 1 else f"第 {gap[0]} 到 {gap[-1]} 条不见了"


def _content(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__ if name != "hash"}


def _seal(entry: Entry, previous: str) -> str:
    """The hash over the one before and everything that the entry says."""
    content = _content(entry) | {"at": entry.at.astimezone(UTC).isoformat()}
    said = [previous, *content.values()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**row._mapping)
