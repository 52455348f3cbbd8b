"""What staff take out of the console: a little each day alone, more only if somebody else agrees, and then once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audit import Action, record, take_turn
from bot.store.database import Database
from bot.store.tables import exports

HOURS_TO_DECIDE = 72
HOURS_TO_FETCH = 24
_DAY = timedelta(days=1)


class What(StrEnum):
    """What can be taken out."""

    ITEMS = "items"
    AUDIT = "audit"


class Stage(StrEnum):
    """How it stands with an export."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    FETCHED = "fetched"
    LAPSED = "lapsed"


class SamePerson(PermissionError):
    """Nobody approves what they asked for themselves."""


class NotOpen(RuntimeError):
    """The export does not wait for this any more, was never there, or is somebody else's."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows to be taken out: a query string that says which, up to the number `last`; `count` is how many there are."""

    what: What
    query: str
    form: str
    count: int
    last: int


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it is kept; its query is forgotten once it is settled."""

    id: int
    wanted: Wanted
    reason: str
    asked_by: str
    asked_at: datetime
    approved: bool | None
    decided_by: str | None
    decided_at: datetime | None
    fetched_at: datetime | None

    def stage(self, now: datetime) -> Stage:
        if self.fetched_at is not None:
            return Stage.FETCHED
        if self.approved is False:
            return Stage.DECLINED
        if self.decided_at is None:
            return Stage.ASKED if now < self.asked_at + timedelta(hours=HOURS_TO_DECIDE) else Stage.LAPSED
        return Stage.APPROVED if now < self.decided_at + timedelta(hours=HOURS_TO_FETCH) else Stage.LAPSED


class Exports:
    """The exports of one database. Every method is one transaction and remembers what was done in the audit log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_alone(self, wanted: Wanted, by: str, most: int, now: datetime) -> bool:
        """Whether somebody may take rows at once: with what they took alone in a day these are no more than `most`."""
        mine = (exports.c.asked_by == by) & exports.c.decided_by.is_(None) & exports.c.fetched_at.is_not(None)
        taken = select(func.coalesce(func.sum(exports.c.count), 0)).where(mine, exports.c.fetched_at > now - _DAY)
        async with self._database.write() as connection:
            await take_turn(connection)  # two at once do not pass where one would
            if wanted.count + (await connection.execute(taken)).scalar_one() > most:
                return False
            values = _values(wanted) | {"query": "", "reason": "", "asked_by": by, "asked_at": now, "fetched_at": now}
            await connection.execute(insert(exports).values(values))
            await record(connection, by, Action.EXPORTED, wanted.what, _told(wanted), at=now)
            return True

    async def ask(self, wanted: Wanted, by: str, reason: str, now: datetime) -> int:
        """Ask for rows that somebody else has to agree to: the number of the request."""
        values = _values(wanted) | {"reason": reason, "asked_by": by, "asked_at": now}
        async with self._database.write() as connection:
            kept = await connection.execute(insert(exports).values(values).returning(exports.c.id))
            number = int(kept.scalar_one())
            told = f"{_told(wanted)}：{reason}"
            await record(connection, by, Action.EXPORT_ASKED, f"export:{number}", told, at=now)
        return number

    async def decide(self, number: int, by: str, now: datetime, *, approve: bool) -> None:
        """Raises SamePerson, NotOpen."""
        async with self._database.write() as connection:
            asked = await _lock(connection, number)
            if asked is None or asked.stage(now) is not Stage.ASKED:
                raise NotOpen(str(number))
            if asked.asked_by == by:
                raise SamePerson(by)
            values: dict[str, object] = {"approved": approve, "decided_by": by, "decided_at": now}
            if not approve:
                values["query"] = ""
            await connection.execute(update(exports).where(exports.c.id == number).values(values))
            action = Action.EXPORT_APPROVED if approve else Action.EXPORT_DECLINED
            await record(connection, by, action, f"export:{number}", _told(asked.wanted), at=now)

    async def fetch(self, number: int, by: str, now: datetime) -> Wanted:
        """What may be taken out now, once, by whoever asked for it. Raises NotOpen."""
        async with self._database.write() as connection:
            asked = await _lock(connection, number)
            if asked is None or asked.asked_by != by or asked.stage(now) is not Stage.APPROVED:
                raise NotOpen(str(number))
            mine = update(exports).where(exports.c.id == number)
            await connection.execute(mine.values(fetched_at=now, query=""))
            told = f"export:{number} {_told(asked.wanted)}"
            await record(connection, by, Action.EXPORTED, asked.wanted.what, told, at=now)
        return asked.wanted

    async def find(self, number: int) -> Export | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(exports).where(exports.c.id == number))).first()
        return _export(row) if row else None

    async def asked(self, by: str | None, most: int = 100) -> list[Export]:
        """What was asked for by somebody, or by anybody; the newest first."""
        query = select(exports).where(or_(exports.c.decided_by.is_not(None), exports.c.fetched_at.is_(None)))
        if by is not None:
            query = query.where(exports.c.asked_by == by)
        async with self._database.read() as connection:
            return [_export(row) for row in await connection.execute(query.order_by(exports.c.id.desc()).limit(most))]


def is_lapsed(now: datetime) -> ColumnElement[bool]:
    """Which requests nobody can approve or fetch any more."""
    undecided = exports.c.decided_at.is_(None) & (exports.c.asked_at <= now - timedelta(hours=HOURS_TO_DECIDE))
    return undecided | (exports.c.decided_at <= now - timedelta(hours=HOURS_TO_FETCH))


async def _lock(connection: AsyncConnection, number: int) -> Export | None:
    row = (await connection.execute(select(exports).where(exports.c.id == number).with_for_update())).first()
    return _export(row) if row else None


def _told(wanted: Wanted) -> str:
    """What the log says of it: no words that were looked for, they may be somebody's."""
    plain = urlencode([(name, value) for name, value in parse_qsl(wanted.query) if name not in ("words", "item")])
    return " ".join(part for part in (f"{wanted.count} 条", wanted.form, plain) if part)


def _values(wanted: Wanted) -> dict[str, object]:
    return {name: getattr(wanted, name) for name in Wanted.__slots__}


def _export(row: Row[Any]) -> Export:
    values = dict(row._mapping)
    wanted = {name: values.pop(name) for name in Wanted.__slots__}
    return Export(**values, wanted=Wanted(**wanted | {"what": What(wanted["what"])}))
