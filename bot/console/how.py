"""How it goes, for a stretch of days: how much is asked, what is not found, how good, how fast, what it costs."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request, Response

from bot.clock import today
from bot.console.charts import Columns, columns
from bot.console.console import Console, Seated
from bot.console.reviewing import ITEMS, labels
from bot.office import Office, embedding_of
from bot.review.figures import handovers, judged, thumbs
from bot.review.likeness import clusters
from bot.review.periods import CHOICES, Period
from bot.review.queue import Queue
from bot.review.search import Filter, Listing
from bot.review.tallies import UNFOUND, Volumes, quantile, volumes
from bot.store.ledger import Spent, spending
from bot.store.staff import Role
from chains.prompting import prompts_version, read_data
from knowledge.library import Library
from knowledge.upkeep import endings

HERE: Final = "/console/how"
_MOST_ASKED: Final = 600
_MOST_CLUSTERS: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of shares; `find` is the query string of the items that it counts, if there is one."""

    name: str
    count: int
    find: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a step took, in milliseconds: half of the answers at most so long, and 95 in a hundred."""

    step: str
    middle: int
    most: int


def how_room(console: Console) -> None:
    office = console.office

    @console.get("/how", Role.VIEWER, menu="运行情况")
    async def how(request: Request, seat: Seated) -> Response:
        now, on = office.clock(), today(office.clock)
        period = Period.read(parse_qsl(request.url.query[:4000]), on)
        library, database = office.library(), office.database
        volume = await volumes(database, period)
        unfound = Filter(
            flag=("abstained",), channel=period.channel, city=period.city, since=period.since, until=period.until
        )
        asked = await Listing(database).asked(unfound, _MOST_ASKED)
        alike = await asyncio.to_thread(clusters, asked)
        spent = await spending(database, period.since, period.until)
        paces = _paces(volume)
        return console.page(
            seat,
            "how.html",
            here=HERE,
            items=ITEMS,
            labels=labels(),
            period=period,
            choices=[(days, replace(period, days=days).address) for days in CHOICES],
            volume=volume,
            turns=volume.counts["turns"],
            unfound=volume.counts[UNFOUND],
            verdicts=Counter(dict(volume.of("verdict"))),
            daily=_daily(volume, period),
            tables=_tables(volume, period),
            asked=len(asked),
            clusters=alike[:_MOST_CLUSTERS],
            fewer=len(alike) - _MOST_CLUSTERS,
            thumbs=await thumbs(database, period),
            judged=await judged(database, period),
            backlog=await Queue(database).backlog(),
            handovers=await handovers(database, period, now),
            paces=paces,
            slowest=max((pace.most for pace in paces), default=0) or 1,
            spent=spent,
            costs=_costs(spent, period),
            library=library,
            lifecycles=_lifecycles(library, on),
            endings=endings(library, on),
            prompts=prompts_version(),
            problems=office.problems,
            vectors=await asyncio.to_thread(_vectors, office, library),
            corpus=read_data("corpus"),
            now=now,
        )


def _daily(volume: Volumes, period: Period) -> Columns:
    days = [volume.days.get(day, Counter[str]()) for day in period.each_day]
    return columns([(day["turns"], day[UNFOUND]) for day in days])


def _costs(spent: Iterable[Spent], period: Period) -> Columns:
    tokens = {one.day: one.tokens for one in spent}
    return columns([(tokens.get(day, 0), 0) for day in period.each_day])


def _tables(volume: Volumes, period: Period) -> Mapping[str, list[Row]]:
    """Channels, cities, outcomes and flags, the commonest first."""
    said = labels()
    named = {
        "channel": (volume.channels.most_common(), said.channels),
        "city": (volume.cities.most_common(), said.cities),
        "outcome": (volume.of("outcome"), said.words["outcomes"]),
        "flag": (volume.of("flag"), said.words["flags"]),
    }

    def row(kind: str, value: str, count: int, names: Mapping[str, str]) -> Row:
        return Row(names.get(value, value) or "没说", count, period.items((kind, value)) if value else "")

    return {
        kind: [row(kind, value, count, names) for value, count in counted if count]
        for kind, (counted, names) in named.items()
    }


def _paces(volume: Volumes) -> list[Pace]:
    """The steps in their order; those that no answer took are left out."""
    times = volume.times()
    found = []
    for step in labels().words["steps"]:
        middle, most = quantile(times.get(step, Counter()), 0.5), quantile(times.get(step, Counter()), 0.95)
        if middle is not None and most is not None:
            found.append(Pace(step, middle, most))
    return found


def _lifecycles(library: Library, on: date) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for document in library.documents.values():
        lifecycle = document.lifecycle(on).value
        found[lifecycle] = found.get(lifecycle, 0) + 1
    return found


def _vectors(office: Office, library: Library) -> tuple[int, int] | None:
    """How many entries of the corpus have a vector, and how many there are; None without a model of vectors."""
    embedding = embedding_of(office.settings)
    if embedding is None:
        return None
    from chains.bootstrap import count_vectors

    return count_vectors(embedding, library)
