"""The audit log as admins read it: filtered, checked, summed up by the week, taken out as a table."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import Query, Response

from bot.clock import SHANGHAI, today
from bot.console.console import Console, Seated
from bot.console.exporting import Source
from bot.console.sheets import csv_head, csv_line
from bot.store.audit import Action, Entry, Filter
from bot.store.exports import Wanted
from bot.store.staff import Role
from bot.weekly import sum_up
from chains.prompting import read_data

_PAGE: Final = 50
_COLUMNS: Final = ("序号", "时间", "谁", "做了什么", "对象", "理由", "指纹")

Word = Annotated[str, Query(max_length=40)]


def journal_room(console: Console) -> None:
    @console.get("/audit", Role.ADMIN, menu="审计")
    async def audit(
        seat: Seated, who: Word = "", action: Word = "", since: Word = "", until: Word = "", before: int | None = None
    ) -> Response:
        wanted = _filter(who, action, since, until)
        entries = await console.journal.page(wanted, before, _PAGE + 1)
        return console.page(
            seat,
            "audit.html",
            entries=entries[:_PAGE],
            older=entries[_PAGE - 1].sequence if len(entries) > _PAGE else None,
            people=await console.journal.people(),
            actions=list(Action),
            asked={"who": who, "action": action, "since": since, "until": until},
        )

    @console.post("/audit/verify", Role.ADMIN)
    async def verify(seat: Seated) -> Response:
        return console.page(seat, "audit_verified.html", verified=await console.office.nightly.verify())

    @console.get("/audit/week", Role.ADMIN)
    async def week(seat: Seated, until: Word = "") -> Response:
        asked = _day(until)
        last = asked.date() if asked else today(console.office.clock)
        nightly = console.office.nightly
        found = await sum_up(console.journal, last, nightly.verified or await nightly.verify())
        return console.page(seat, "week.html", week=found, earlier=found.first - timedelta(days=1))


def exported_audit(console: Console) -> Source:
    """The audit log as it leaves the console."""

    async def count(query: str) -> tuple[int, int]:
        return await console.journal.count(_asked(query))

    async def lines(wanted: Wanted) -> AsyncIterator[str]:
        yield csv_head(_COLUMNS)
        async for entry in console.journal.all(_asked(wanted.query)):
            if entry.sequence > wanted.last:
                return
            yield csv_line(_cells(entry))

    return Source(Role.ADMIN, "audit", count, lines)


def _asked(query: str) -> Filter:
    given = dict(parse_qsl(query))
    return _filter(*(given.get(name, "") for name in ("who", "action", "since", "until")))


def _cells(entry: Entry) -> tuple[object, ...]:
    action = read_data("console")["actions"].get(entry.action, entry.action)
    at = entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return (entry.sequence, at, entry.who, action, entry.object, entry.reason, entry.hash)


def _filter(who: str, action: str, since: str, until: str) -> Filter:
    """Days are those of Asia/Shanghai, the last one included; a day that is none is not asked for."""
    last = _day(until)
    return Filter(who, (action,) if action else (), _day(since), last + timedelta(days=1) if last else None)


def _day(given: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(given), time(), SHANGHAI)
    except ValueError:
        return None
