"""The list of review: a filter that lives in an address, and the items that it finds, newest first, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import bindparam, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SHANGHAI
from bot.review.index import label, matching, sought
from bot.review.items import Item, item_of
from bot.review.verdicts import Stage
from bot.store.database import Database
from bot.store.tables import messages, review_items, saved_filters

PAGE = 50
_LAST = 2**31 - 1  # beyond the number of any item
# What can be filtered by several values at a time: any of them fits. Each is the kind of a label.
KINDS = (
    "channel",
    "city",
    "outcome",
    "status",
    "stage",
    "verdict",
    "reason",
    "flag",
    "lifecycle",
    "slow",
    "support",
    "provision",
    "document",
    "reviewer",
    "corpus",
    "rules",
    "prompts",
    "model",
)
_Values = tuple[str, ...]
_ALL = "SELECT id FROM review_items WHERE id >= :lower AND id < :upper ORDER BY id DESC LIMIT :most"
_COUNT = "SELECT count(*), max({key}) FROM {table} WHERE {condition} AND {key} >= :lower AND {key} < :upper"
# FTS5 walks its lists from the newest on and stops when it has enough.
_BY_FTS5 = """SELECT rowid FROM review_words WHERE {condition} AND rowid >= :lower AND rowid < :upper
ORDER BY rowid DESC LIMIT :most"""
# A GIN index knows no order, and going through the rows from the newest on finds what is old or rare late. So the
# last ones are gone through first; if these have not enough, the index tells all that fit, which are few then.
_RECENT = 10_000
_BY_NUMBER = """SELECT item_id FROM review_words WHERE item_id >= :lower AND item_id < :upper AND {condition}
ORDER BY item_id DESC LIMIT :most"""
_BY_GIN = """WITH fitting AS MATERIALIZED (SELECT item_id FROM review_words WHERE {condition})
SELECT item_id FROM fitting WHERE item_id >= :lower AND item_id < :upper ORDER BY item_id DESC LIMIT :most"""


class Filter(BaseModel):
    """What the list is narrowed to. `words` are looked for in question and answer; days are those of Asia/Shanghai."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel: _Values = ()
    city: _Values = ()
    outcome: _Values = ()
    status: _Values = ()
    stage: _Values = ()
    verdict: _Values = ()
    reason: _Values = ()
    flag: _Values = ()
    lifecycle: _Values = ()
    slow: _Values = ()
    support: _Values = ()
    provision: _Values = ()
    document: _Values = ()
    reviewer: _Values = ()
    corpus: _Values = ()
    rules: _Values = ()
    prompts: _Values = ()
    model: _Values = ()
    words: str = Field(default="", max_length=100)
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The filter of a query string; what is empty, unknown or no date is passed over."""
        given: dict[str, Any] = {}
        for name, value in pairs:
            value = value.strip()[:100]
            if not value:
                continue
            if name in KINDS:
                given[name] = (*given.get(name, ()), value)
            elif name == "words":
                given[name] = value
            elif name in ("since", "until"):
                given[name] = _day(value)
        return cls(**given)

    @property
    def address(self) -> str:
        """The query string that reads as this filter; the same for the same filter."""
        pairs = [(name, value) for name in KINDS for value in getattr(self, name)]
        pairs += [(name, str(getattr(self, name))) for name in ("words", "since", "until") if getattr(self, name)]
        return urlencode(pairs)

    @property
    def groups(self) -> list[list[str]]:
        """Words and labels of the index: an item fits that has one of each group."""
        by_label = [[label(kind, value) for value in getattr(self, kind)] for kind in KINDS]
        return [group for group in by_label if group] + [[word] for word in sought(self.words)]


@dataclass(frozen=True, slots=True)
class Found:
    """An item of the list with what was said."""

    item: Item
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, the newest first; the next one begins before `before`, if there is one."""

    found: tuple[Found, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    name: str
    address: str
    saved_by: str
    saved_at: datetime


class Listing:
    """The items of one database as a list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, wanted: Filter, before: int | None = None, most: int = PAGE) -> Page:
        """Items that a filter lets through, from the newest, or from behind the item `before`."""
        async with self._database.read() as connection:
            ids = await self._ids(connection, wanted, before, most + 1)
            found = await _read(connection, ids[:most])
        return Page(found, ids[most - 1] if len(ids) > most else None)

    async def those(self, item_ids: Sequence[int]) -> tuple[Found, ...]:
        """Items by their numbers, the newest first; those that do not exist are passed over."""
        async with self._database.read() as connection:
            return await _read(connection, sorted(set(item_ids), reverse=True))

    async def count(self, wanted: Filter) -> tuple[int, int]:
        """How many items a filter lets through, and the number of the newest of them."""
        async with self._database.read() as connection:
            values = await _bounds(connection, wanted)
            query = _COUNT.format(table="review_items", key="id", condition="TRUE")
            if groups := wanted.groups:
                dialect = connection.dialect.name
                condition, values["match"] = matching(dialect, groups)
                key = "rowid" if dialect == "sqlite" else "item_id"
                query = _COUNT.format(table="review_words", key=key, condition=condition)
            count, newest = (await connection.execute(text(query), values)).one()
        return count, newest or 0

    async def asked(self, wanted: Filter, most: int) -> list[tuple[int, str]]:
        """The numbers and questions of the items that a filter lets through, the newest first."""
        asked = select(review_items.c.id, messages.c.text).join(messages, messages.c.id == review_items.c.question_id)
        async with self._database.read() as connection:
            ids = await self._ids(connection, wanted, None, most)
            query = asked.where(review_items.c.id.in_(bindparam("ids", expanding=True)))
            rows = await connection.execute(query.order_by(review_items.c.id.desc()), {"ids": ids})
            return [(row.id, row.text) for row in rows]

    async def of_conversation(self, conversation_id: str) -> list[Item]:
        query = select(review_items).where(review_items.c.conversation_id == conversation_id)
        async with self._database.read() as connection:
            return [item_of(row) for row in await connection.execute(query.order_by(review_items.c.id))]

    async def waiting(self) -> Mapping[str, int]:
        """How many items wait at each stage."""
        waiting = (Stage.FIRST, Stage.SECOND, Stage.THIRD)
        query = select(review_items.c.stage, func.count()).where(review_items.c.stage.in_(waiting))
        async with self._database.read() as connection:
            rows = await connection.execute(query.group_by(review_items.c.stage))
            return {str(stage): int(count) for stage, count in rows}

    async def _ids(self, connection: AsyncConnection, wanted: Filter, before: int | None, most: int) -> list[int]:
        values = await _bounds(connection, wanted) | {"most": most}
        values["upper"] = min(values["upper"], before or _LAST)
        groups = wanted.groups
        if not groups:
            return await _numbers(connection, _ALL, values)
        condition, values["match"] = matching(connection.dialect.name, groups)
        if connection.dialect.name == "sqlite":
            return await _numbers(connection, _BY_FTS5.format(condition=condition), values)
        newest = (await connection.execute(text("SELECT max(item_id) FROM review_words"))).scalar() or 0
        recent = max(values["lower"], min(values["upper"], newest + 1) - _RECENT)
        found = await _numbers(connection, _BY_NUMBER.format(condition=condition), values | {"lower": recent})
        if len(found) == most or recent == values["lower"]:
            return found
        return await _numbers(connection, _BY_GIN.format(condition=condition), values)

    # --- saved filters

    async def saved(self) -> list[SavedFilter]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(saved_filters).order_by(saved_filters.c.name))
            return [SavedFilter(**row._mapping) for row in rows]

    async def save(self, name: str, wanted: Filter, by: str, at: datetime) -> None:
        """Keep a filter under a name; one that has the name already is replaced."""
        values = {"name": name, "address": wanted.address, "saved_by": by, "saved_at": at}
        async with self._database.write() as connection:
            await connection.execute(delete(saved_filters).where(saved_filters.c.name == name))
            await connection.execute(insert(saved_filters).values(values))

    async def drop(self, name: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(saved_filters).where(saved_filters.c.name == name))


async def _numbers(connection: AsyncConnection, query: str, values: Mapping[str, Any]) -> list[int]:
    return [int(found) for found in (await connection.execute(text(query), values)).scalars()]


async def _bounds(connection: AsyncConnection, wanted: Filter) -> dict[str, Any]:
    """The numbers between which the items of a filter's days lie, the upper one excluded."""
    lower = await _first_since(connection, wanted.since) if wanted.since else 0
    upper = await _first_since(connection, wanted.until + timedelta(days=1)) if wanted.until else _LAST
    return {"lower": lower, "upper": upper}


async def _first_since(connection: AsyncConnection, day: date) -> int:
    """The first item of a day or later: items are numbered in the order of their time."""
    begin = datetime.combine(day, time.min, SHANGHAI)
    query = select(review_items.c.id).where(review_items.c.at >= begin).order_by(review_items.c.at).limit(1)
    return (await connection.execute(query)).scalar() or _LAST


async def _read(connection: AsyncConnection, ids: Sequence[int]) -> tuple[Found, ...]:
    chosen = select(review_items).where(review_items.c.id.in_(bindparam("ids", expanding=True)))
    rows = (await connection.execute(chosen.order_by(review_items.c.id.desc()), {"ids": list(ids)})).all()
    items = [item_of(row) for row in rows]
    said = [part for item in items for part in (item.question_id, item.answer_id) if part]
    query = select(messages.c.id, messages.c.text).where(messages.c.id.in_(bindparam("said", expanding=True)))
    texts = {row.id: row.text for row in await connection.execute(query, {"said": said})}
    return tuple(Found(item, texts.get(item.question_id, ""), texts.get(item.answer_id or "", "")) for item in items)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
