"""The audit log as admins read it: filtered, checked, taken out as a table."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from bot.clock import SHANGHAI
from bot.console.console import HEADERS, Console, Seated
from bot.console.sheets import csv_head, csv_line
from bot.store.audit import Action, Entry, Filter
from bot.store.staff import Role
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
        return console.page(seat, "audit_verified.html", verified=await console.journal.verify())

    @console.post("/audit/export", Role.ADMIN)
    async def export(seat: Seated, who: Word = "", action: Word = "", since: Word = "", until: Word = "") -> Response:
        wanted = _filter(who, action, since, until)
        asked = " ".join(part for part in (who, action, since, until) if part)
        await console.journal.record(seat.name, Action.EXPORTED, "audit", asked)
        named = {"Content-Disposition": 'attachment; filename="audit.csv"'}
        return StreamingResponse(lines(wanted), media_type="text/csv; charset=utf-8", headers={**HEADERS, **named})

    async def lines(wanted: Filter) -> AsyncIterator[str]:
        yield csv_head(_COLUMNS)
        async for entry in console.journal.all(wanted):
            yield csv_line(_cells(entry))


def _cells(entry: Entry) -> tuple[object, ...]:
    action = read_data("console")["actions"].get(entry.action, entry.action)
    at = entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    return (entry.sequence, at, entry.who, action, entry.object, entry.reason, entry.hash)


def _filter(who: str, action: str, since: str, until: str) -> Filter:
    """Days are those of Asia/Shanghai, the last one included; a day that is none is not asked for."""
    last = _day(until)
    return Filter(who, action, _day(since), last + timedelta(days=1) if last else None)


def _day(given: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(given), time(), SHANGHAI)
    except ValueError:
        return None
