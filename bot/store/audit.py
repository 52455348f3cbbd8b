"""The audit log: who did what to what, and why. Rows are only added, each sealed by the one before; no message text.

Old rows go from its beginning, which is moved on and remembered in the log itself.
"""

import hashlib
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.store.database import Database
from bot.store.tables import audit, audit_end, audit_start
from chains.model.masking import mask

AT_TERMINAL = "@terminal"  # who works on the command line of the machine itself
BY_ITSELF = "@service"  # what the service does by the clock
PERSON = "@person"  # whom the data are about
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
    EXPORT_ASKED = "export_asked"
    EXPORT_APPROVED = "export_approved"
    EXPORT_DECLINED = "export_declined"
    ERASED = "erased"
    EXPIRED = "expired"
    PRUNED = "pruned"
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
    """How the chain stands: `count` rows are kept, `flaws` name each that is not as it was written."""

    count: int
    last_hash: str
    flaws: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are asked for; what is empty or None is any. `since` and `before` bound the time."""

    who: str = ""
    actions: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None


async def record(
    connection: AsyncConnection, who: str, action: Action, object: str, reason: str = "", *, at: datetime
) -> None:
    """Remember an action in the transaction that does it, as its last step: both are kept, or neither.

    `object` names a thing by its kind and id (message:4f…); personal data in a reason is masked.
    """
    last = await take_turn(connection)
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


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What the log says of itself at one moment: the entry before its beginning, the last one, the last one's seal."""

    begins: int
    base: str
    last: int
    end: int
    seal: str


async def take_turn(connection: AsyncConnection) -> Row[Any]:
    """Where the log ends. One after another: whoever comes next waits here until this transaction has ended."""
    return (await connection.execute(select(audit_end).with_for_update())).one()


class Journal:
    """The audit log of one database."""

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

    async def count(self, wanted: Filter) -> tuple[int, int]:
        """How many entries there are, and the number of the newest of them."""
        query = select(func.count(), func.coalesce(func.max(audit.c.sequence), 0)).where(*_conditions(wanted))
        async with self._database.read() as connection:
            count, last = (await connection.execute(query)).one()
        return count, last

    async def people(self) -> list[str]:
        """Everybody whom the log names."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(audit.c.who).distinct().order_by(audit.c.who))
            return [row.who for row in rows]

    async def verify(self) -> Verified:
        """Go along the whole chain and name every row that was edited, removed, put in or moved."""
        while True:
            bounds = await self._bounds()
            verified = await self._walk(bounds)
            if (await self._bounds()).begins == bounds.begins:
                return verified  # else old entries went in the meantime

    async def prune(self, before: datetime) -> int:
        """Drop the entries from before a moment: how many. That it was done is the newest entry."""
        later = select(func.min(audit.c.sequence)).where(audit.c.at >= before)
        async with self._database.write() as connection:
            end = await take_turn(connection)
            begins = int((await connection.execute(select(audit_start.c.sequence))).scalar_one())
            kept = (await connection.execute(later)).scalar()
            last = int(end.sequence) if kept is None else kept - 1
            if last <= begins:
                return 0
            seal = (await connection.execute(select(audit.c.hash).where(audit.c.sequence == last))).scalar_one()
            await connection.execute(update(audit_start).values(sequence=last, hash=seal))
            await connection.execute(delete(audit).where(audit.c.sequence <= last))
            await record(connection, BY_ITSELF, Action.PRUNED, _up_to(last), at=self._clock())
        return last - begins

    async def _walk(self, bounds: "_Bounds") -> Verified:
        flaws: list[str] = []
        count, expected, previous = 0, bounds.begins + 1, bounds.base
        pruned = _up_to(0)
        async with aclosing(self.all(Filter())) as entries:
            async for entry in entries:
                if entry.sequence > bounds.last:
                    break  # written meanwhile
                count += 1
                missing = range(expected, entry.sequence)
                if missing:
                    flaws.append(_missing(missing))
                elif _seal(entry, previous) != entry.hash:
                    flaws.append(f"第 {entry.sequence} 条对不上：它或它前一条被改过、换过位置")
                if entry.action == Action.PRUNED:
                    pruned = entry.object
                expected, previous = entry.sequence + 1, entry.hash
        if pruned != _up_to(bounds.begins):
            flaws.append(f"记录从第 {bounds.begins + 1} 条开始，和最后一次到期清理对不上")
        if (bounds.end, bounds.seal) != (expected - 1, previous):
            cut = range(expected, bounds.end + 1)
            flaws.append(_missing(cut) if cut else f"第 {expected - 1} 条不是最后写入的那一条")
        return Verified(count, previous, tuple(flaws))

    async def _bounds(self) -> "_Bounds":
        last_written = select(func.coalesce(func.max(audit.c.sequence), 0)).scalar_subquery().label("last")
        begins = select(audit_start.c.sequence).scalar_subquery().label("begins")
        base = select(audit_start.c.hash).scalar_subquery().label("base")
        end = select(func.max(audit_end.c.sequence)).scalar_subquery().label("end")
        seal = select(func.max(audit_end.c.hash)).scalar_subquery().label("seal")
        async with self._database.read() as connection:
            found = (await connection.execute(select(last_written, begins, base, end, seal))).one()
        return _Bounds(found.begins or 0, found.base or _START, found.last, found.end or 0, found.seal or "")

    async def _entries(self, query: Select[tuple[object, ...]]) -> list[Entry]:
        async with self._database.read() as connection:
            return [_entry(row) for row in await connection.execute(query)]


def _conditions(wanted: Filter) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(audit.c.who == wanted.who)
    if wanted.actions:
        found.append(audit.c.action.in_(wanted.actions))
    if wanted.since:
        found.append(audit.c.at >= wanted.since)
    if wanted.before:
        found.append(audit.c.at < wanted.before)
    return found


def _missing(gap: range) -> str:
    return f"第 {gap[0]} 条不见了" if len(gap) == 1 else f"第 {gap[0]} 到 {gap[-1]} 条不见了"


def _up_to(sequence: int) -> str:
    """What is remembered of a log that now begins after an entry."""
    return f"audit:{sequence}"


def _content(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__ if name != "hash"}


def _seal(entry: Entry, previous: str) -> str:
    """The hash over the one before and everything that the entry says."""
    content = _content(entry) | {"at": entry.at.astimezone(UTC).isoformat()}
    said = [previous, *content.values()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**row._mapping)
