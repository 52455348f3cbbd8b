"""How many of what there were: the counts of each day, channel and city, kept in step with the items they count.

A count has a name: `turns`, `talks` (conversations that began), `outcome:silent`, `flag:lapsed`, `verdict:wrong`,
and `step:compose:120`, answers whose step took 120 ms at most. Times are kept by few bounds, a quarter apart, so that
a day has few of them. A conversation begins before its city is known: `talks` of a city tell nothing.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Row, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SHANGHAI
from bot.review.periods import Period
from bot.store.database import Database
from bot.store.tables import tallies

if TYPE_CHECKING:
    from bot.review.items import Item

UNFOUND = "flag:abstained"
WHOLE = "whole"  # the name of the time that all steps took together
_BOUNDS = (12, 16, 20, 25, 32, 40, 50, 63, 80, 100)
Cell = tuple[date, str, str]
_MAKE = text(
    "INSERT INTO tallies (day, channel, city, counts) VALUES (:day, :channel, :city, '{}') ON CONFLICT DO NOTHING"
).bindparams(bindparam("day", type_=Date))


@dataclass(frozen=True, slots=True)
class Volumes:
    """The counts of a period: all of them, those of each day, and the turns of each channel and city."""

    counts: Counter[str] = field(default_factory=Counter)
    days: dict[date, Counter[str]] = field(default_factory=dict)
    channels: Counter[str] = field(default_factory=Counter)
    cities: Counter[str] = field(default_factory=Counter)

    def of(self, kind: str) -> list[tuple[str, int]]:
        """The counts of `outcome`, `flag` or `verdict`, the largest first."""
        found = Counter({name.partition(":")[2]: n for name, n in self.counts.items() if name.startswith(f"{kind}:")})
        return found.most_common()

    def times(self) -> dict[str, Counter[int]]:
        """How often each step took how many milliseconds."""
        found: dict[str, Counter[int]] = {}
        for name, n in self.counts.items():
            if name.startswith("step:"):
                _, step, milliseconds = name.split(":")
                found.setdefault(step, Counter())[int(milliseconds)] += n
        return found


def cell_of(item: "Item") -> Cell:
    return item.at.astimezone(SHANGHAI).date(), item.channel, item.city


def counts_of(item: "Item") -> Counter[str]:
    """What one item adds to the counts of its cell."""
    found = Counter(["turns", f"outcome:{item.outcome}"])
    found.update(f"flag:{flag}" for flag in {one.flag for one in item.flags})
    if item.begins:
        found["talks"] = 1
    if item.verdict is not None:
        found[f"verdict:{item.verdict}"] = 1
    if item.answer_id is not None:
        times = {**item.steps, WHOLE: item.milliseconds}
        found.update(f"step:{step}:{bound(took)}" for step, took in times.items())
    return found


def bound(milliseconds: int) -> int:
    """The least bound that is not below: 0, 1, 2 … 10, 12, 16, 20, 25, 32, 40, 50, 63, 80, 100, 120, 160 …"""
    if milliseconds <= 10:
        return milliseconds
    scale = 1
    while milliseconds > 100 * scale:
        scale *= 10
    return next(step * scale for step in _BOUNDS if step * scale >= milliseconds)


def quantile(times: Counter[int], share: float) -> int | None:
    """The least time within which this share of all lies; None of none."""
    left = -int(-share * times.total() // 1)  # rounded up
    for milliseconds, n in sorted(times.items()):
        left -= n
        if left <= 0:
            return milliseconds
    return None


async def tally(connection: AsyncConnection, before: Sequence["Item"], after: Sequence["Item"]) -> None:
    """Count items as they are now, and no longer as they were: part of the transaction that changes them.

    It comes after everything that a transaction locks, and takes cells in one order, so that none wait in a circle.
    """
    changes: dict[Cell, Counter[str]] = {}
    for item in after:
        changes.setdefault(cell_of(item), Counter()).update(counts_of(item))
    for item in before:
        changes.setdefault(cell_of(item), Counter()).subtract(counts_of(item))
    for cell, change in sorted(changes.items()):
        if any(change.values()):
            await _add(connection, cell, change)


async def _add(connection: AsyncConnection, cell: Cell, change: Counter[str]) -> None:
    day, channel, city = cell
    here = (tallies.c.day == day) & (tallies.c.channel == channel) & (tallies.c.city == city)
    held = select(tallies.c.counts).where(here).with_for_update()
    kept = (await connection.execute(held)).scalar()
    if kept is None:
        await connection.execute(_MAKE, {"day": day, "channel": channel, "city": city})
        kept = (await connection.execute(held)).scalar_one()
    counts = Counter(json.loads(kept))
    counts.update(change)
    left = {name: n for name, n in sorted(counts.items()) if n}
    await connection.execute(update(tallies).where(here).values(counts=json.dumps(left)))


async def volumes(database: Database, period: Period) -> Volumes:
    query = select(tallies).where(tallies.c.day.between(period.since, period.until))
    for column, values in ((tallies.c.channel, period.channel), (tallies.c.city, period.city)):
        if values:
            query = query.where(column.in_(values))
    rows = await database.read_at_once(lambda connection: connection.execute(query).all())
    return await asyncio.to_thread(_summed, rows)


def _summed(rows: Iterable[Row[Any]]) -> Volumes:
    found = Volumes()
    for row in rows:
        counts = json.loads(row.counts)
        found.counts.update(counts)
        found.channels[row.channel] += counts.get("turns", 0)
        found.cities[row.city] += counts.get("turns", 0)
        day = found.days.setdefault(row.day, Counter())
        day.update({name: counts.get(name, 0) for name in ("turns", "talks", UNFOUND)})
    return found
