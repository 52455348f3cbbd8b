"""The queue of review: who looks at what next, what they think of it, and that they took it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import distinct, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.review.flags import Flag
from bot.review.items import Item, item_of, lock_item, reviews_of, settle_item, standing_reviews
from bot.review.verdicts import Judgement, Review, Standing, Verdict
from bot.store.database import Database
from bot.store.tables import review_items, reviews

LEASE_MINUTES = 10


class NoSuchItem(LookupError):
    """The item does not exist, or no longer: the person has had it erased."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a review: where the item is now, and who else judged it since this reviewer opened it."""

    review_id: int
    standing: Standing
    meanwhile: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many items wait, and since when the oldest does."""

    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many items wait, and since when: in all, and by flag, of which an item may have several."""

    count: int
    since: datetime | None
    flags: Mapping[Flag, Waiting]


class Queue:
    """The items of one database as reviewers take them. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, reviewer: str, now: datetime, after: int | None = None) -> Item | None:
        """The item that this reviewer looks at next, leased to them; None if nothing waits for them.

        It is the one that they hold already, if any; with `after` the next one behind that, which they give back.
        Nobody gets an item that another holds, or that they have judged themselves.
        """
        async with self._database.write() as connection:
            start = None
            if after is not None:
                start = await lock_item(connection, after)
                await _release(connection, reviewer, after)
            found = await self._next(connection, reviewer, now, start)
            if found is None and start is not None:
                found = await self._next(connection, reviewer, now, None)
            if found is None:
                return None
            await _lease(connection, found, reviewer, now)
            return await lock_item(connection, found)

    async def _next(self, connection: AsyncConnection, reviewer: str, now: datetime, after: Item | None) -> int | None:
        is_free = or_(review_items.c.leased_until.is_(None), review_items.c.leased_until <= now)
        is_mine = (review_items.c.leased_by == reviewer) & (review_items.c.leased_until > now)
        judged = exists().where(reviews.c.item_id == review_items.c.id, reviews.c.reviewer == reviewer)
        waiting = select(review_items.c.id).where(review_items.c.place.is_not(None))
        order = (review_items.c.place, review_items.c.id)
        if after is None:
            held = waiting.where(is_mine).order_by(*order).limit(1)
            if (found := (await connection.execute(held)).scalar()) is not None:
                return int(found)
        query = waiting.where(is_free, ~judged).order_by(*order).limit(1).with_for_update(skip_locked=True)
        if after is not None and after.place is not None:
            query = query.where(tuple_(*order) > tuple_(after.place, after.id))
        found = (await connection.execute(query)).scalar()
        return int(found) if found is not None else None

    async def lease(self, item_id: int, reviewer: str, now: datetime) -> bool:
        """Take an item by name, or hold it on; False if another holds it."""
        async with self._database.write() as connection:
            return await _lease(connection, item_id, reviewer, now)

    async def give_back(self, item_id: int, reviewer: str) -> None:
        async with self._database.write() as connection:
            await _release(connection, reviewer, item_id)

    async def judge(self, item_id: int, reviewer: str, given: Judgement, now: datetime, seen: int = 0) -> Judged:
        """Keep what a reviewer thinks; `seen` is the newest review that they could know of. Raises NoSuchItem.

        Two who judge the same item at once are both kept; the second is told of the first.
        """
        async with self._database.write() as connection:
            item = await lock_item(connection, item_id)
            if item is None:
                raise NoSuchItem(str(item_id))
            before = await standing_reviews(connection, item_id)
            review_id = await _write(connection, item_id, reviewer, now, given)
            standing = await settle_item(connection, item)
        meanwhile = tuple(review for review in before if review.id > seen and review.reviewer != reviewer)
        return Judged(review_id, standing, meanwhile)

    async def undo(self, reviewer: str, now: datetime) -> int | None:
        """Take back this reviewer's last judgement that stands: its item, leased to them again; None if none does."""
        mine = select(reviews).where(reviews.c.reviewer == reviewer).order_by(reviews.c.id.desc()).limit(100)
        async with self._database.write() as connection:
            rows = (await connection.execute(mine)).all()
            undone = {row.undoes for row in rows}
            last = next((row for row in rows if row.verdict is not None and row.id not in undone), None)
            if last is None:
                return None
            item = await lock_item(connection, last.item_id)
            assert item is not None
            await _write(connection, item.id, reviewer, now, None, undoes=last.id)
            await settle_item(connection, item)
            await _lease(connection, item.id, reviewer, now)
            return item.id

    async def reviews(self, item_id: int) -> list[Review]:
        """The reviews of an item that hold, the first first."""
        async with self._database.read() as connection:
            return await standing_reviews(connection, item_id)

    async def doubles(self) -> list[tuple[Verdict, Verdict]]:
        """First and second verdicts of the items that two people or more have judged."""
        query = select(reviews).order_by(reviews.c.item_id, reviews.c.id)
        several = (
            select(reviews.c.item_id).group_by(reviews.c.item_id).having(func.count(distinct(reviews.c.reviewer)) > 1)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query.where(reviews.c.item_id.in_(several)))).all()
        held = (reviews_of(list(of_item)) for _, of_item in groupby(rows, key=lambda row: row.item_id))
        return [(r[0].judgement.verdict, r[1].judgement.verdict) for r in held if len(r) > 1]

    async def backlog(self) -> Backlog:
        """What waits to be looked at."""
        waiting = select(review_items.c.kinds, func.count(), func.min(review_items.c.at))
        query = waiting.where(review_items.c.place.is_not(None)).group_by(review_items.c.kinds)
        rows = await self._database.read_at_once(lambda connection: connection.execute(query).all())
        found: dict[Flag, Waiting] = {}
        for kinds, n, since in rows:
            for flag in map(Flag, kinds.split()):
                known = found.get(flag)
                found[flag] = Waiting(known.count + n, min(known.since, since)) if known else Waiting(n, since)
        oldest_first = sorted(found.items(), key=lambda pair: pair[1].since)
        return Backlog(sum(n for _, n, _ in rows), min((since for *_, since in rows), default=None), dict(oldest_first))

    async def item(self, item_id: int) -> Item | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(review_items).where(review_items.c.id == item_id))).first()
            return item_of(row) if row else None


async def _lease(connection: AsyncConnection, item_id: int, reviewer: str, now: datetime) -> bool:
    is_free = or_(
        review_items.c.leased_until.is_(None), review_items.c.leased_until <= now, review_items.c.leased_by == reviewer
    )
    mine = update(review_items).where(review_items.c.id == item_id, is_free)
    until = now + timedelta(minutes=LEASE_MINUTES)
    return (await connection.execute(mine.values(leased_by=reviewer, leased_until=until))).rowcount == 1


async def _release(connection: AsyncConnection, reviewer: str, item_id: int) -> None:
    mine = update(review_items).where(review_items.c.id == item_id, review_items.c.leased_by == reviewer)
    await connection.execute(mine.values(leased_by=None, leased_until=None))


async def _write(
    connection: AsyncConnection,
    item_id: int,
    reviewer: str,
    now: datetime,
    given: Judgement | None,
    undoes: int | None = None,
) -> int:
    values = {"item_id": item_id, "reviewer": reviewer, "at": now, "undoes": undoes}
    values |= {"verdict": None, "reasons": "[]", "severity": None, "comment": "", "corrected": "", "seconds": None}
    if given is not None:
        values |= given.model_dump(mode="json") | {"reasons": json.dumps(given.reasons)}
    kept = await connection.execute(insert(reviews).values(values).returning(reviews.c.id))
    return int(kept.scalar_one())
