"""What came of the answers of a period: why they were wrong, opinions of people, how long people waited for staff."""

import asyncio
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select

from bot.review.items import holding
from bot.review.periods import Period
from bot.review.verdicts import Verdict, kappa
from bot.store.database import Database
from bot.store.tables import conversations, feedback, review_items, reviews, tickets


@dataclass(frozen=True, slots=True)
class Judged:
    """Why answers of a period were wrong, as (reason, verdict) of those who judged as it holds, and how far two agree.

    `doubles` are the answers that two people judged, `agreed` those of them on which they did alike.
    """

    reasons: Counter[tuple[str, str]]
    doubles: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Thumbs:
    """What people thought of the answers of a period; `reasons` are those of who was not helped."""

    up: int
    down: int
    reasons: Counter[str]


@dataclass(frozen=True, slots=True)
class Handovers:
    """How long those waited who asked for staff in a period; `left` were back with the assistant before anybody came.

    `waiting` are those for whom nobody has come, of any period; the `longest` has waited so long by now.
    """

    opened: int
    taken: int
    left: int
    middle: timedelta | None
    most: timedelta | None  # of 95 in a hundred
    waiting: int
    longest: timedelta | None


async def judged(database: Database, period: Period) -> Judged:
    item, review = review_items.c, reviews.c
    telling = (
        select(review.item_id)
        .where(review.at >= period.begin)  # a review comes after its answer
        .group_by(review.item_id)
        .having(
            or_(
                func.max(func.length(review.reasons)) > len("[]"),
                func.min(review.reviewer) != func.max(review.reviewer),
            )
        )
        .subquery()
    )
    query = (
        select(review.id, review.item_id, review.reviewer, review.undoes, review.verdict, review.reasons)
        .add_columns(item.verdict.label("held"))
        .join(review_items, item.id == review.item_id)
        .where(review.item_id.in_(select(telling)), item.at >= period.begin, item.at < period.end, *_narrowed(period))
    )
    rows = await database.read_at_once(lambda connection: connection.execute(query).all())
    return await asyncio.to_thread(_judged, rows)


def _judged(rows: Sequence[Row[Any]]) -> Judged:
    reasons, doubles = Counter[tuple[str, str]](), list[tuple[Verdict, Verdict]]()
    in_order = sorted(rows, key=itemgetter(1, 0))
    for _, of_item in groupby(in_order, key=itemgetter(1)):
        held = holding(list(of_item))
        if len(held) > 1:
            doubles.append((Verdict(held[0].verdict), Verdict(held[1].verdict)))
        if held and (verdict := held[0].held) is not None:
            given = {reason for row in held if row.verdict == verdict for reason in json.loads(row.reasons)}
            reasons.update((reason, verdict) for reason in given)
    agreed = sum(first == second for first, second in doubles)
    return Judged(reasons, len(doubles), agreed, kappa(doubles))


async def thumbs(database: Database, period: Period) -> Thumbs:
    item = review_items.c
    query = select(feedback.c.helpful, feedback.c.reason, func.count())
    query = query.join(review_items, item.answer_id == feedback.c.message_id)
    query = query.where(item.at >= period.begin, item.at < period.end, *_narrowed(period))
    query = query.group_by(feedback.c.helpful, feedback.c.reason)
    rows = await database.read_at_once(lambda connection: connection.execute(query).all())
    reasons = Counter({reason or "": n for helpful, reason, n in rows if not helpful})
    return Thumbs(sum(n for helpful, _, n in rows if helpful), reasons.total(), reasons)


async def handovers(database: Database, period: Period, now: datetime) -> Handovers:
    """By channel where the period is narrowed to some; a ticket has no city."""
    ticket = tickets.c
    asked = select(ticket.opened_at, ticket.taken_at, ticket.closed_at)
    if period.channel:
        asked = asked.join(conversations, conversations.c.id == ticket.conversation_id)
        asked = asked.where(conversations.c.channel.in_(period.channel))
    opened = asked.where(ticket.opened_at >= period.begin, ticket.opened_at < period.end)
    alone = asked.where(ticket.taken_at.is_(None), ticket.closed_at.is_(None))
    rows = await database.read_at_once(lambda connection: connection.execute(opened).all())
    waiting = await database.read_at_once(lambda connection: connection.execute(alone).all())
    waits = sorted(row.taken_at - row.opened_at for row in rows if row.taken_at is not None)
    return Handovers(
        opened=len(rows),
        taken=len(waits),
        left=sum(row.taken_at is None and row.closed_at is not None for row in rows),
        middle=_at(waits, 0.5),
        most=_at(waits, 0.95),
        waiting=len(waiting),
        longest=max((now - row.opened_at for row in waiting), default=None),
    )


def _at(waits: Sequence[timedelta], share: float) -> timedelta | None:
    return waits[math.ceil(share * len(waits)) - 1] if waits else None


def _narrowed(period: Period) -> list[ColumnElement[bool]]:
    columns: list[tuple[Any, tuple[str, ...]]] = [
        (review_items.c.channel, period.channel),
        (review_items.c.city, period.city),
    ]
    return [column.in_(values) for column, values in columns if values]
