"""Taking rows out of the console: a few at once, many only if an admin agrees who did not ask for them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Form, Query, Request, Response
from fastapi.responses import StreamingResponse

from bot.console.console import HEADERS, HOME, Console, Missing, Seated
from bot.console.gate import NotAllowed, Seat
from bot.console.revealing import SHORTEST_REASON
from bot.store.exports import HOURS_TO_DECIDE, HOURS_TO_FETCH, Exports, NotOpen, SamePerson, Stage, Wanted, What
from bot.store.staff import Role

EXPORTS: Final = f"{HOME}/exports"
_MEDIA: Final = {"csv": "text/csv", "jsonl": "application/jsonl"}
_NOT_OPEN: Final = "这份申请已经有人处理过、下载过，或者过了时间。"

Word = Annotated[str, Form(max_length=8000)]
Asked = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: who may take them, how the file is called, how many a query finds and the newest's
    number, and the lines of the file."""

    needs: Role
    name: str
    count: Callable[[str], Awaitable[tuple[int, int]]]
    lines: Callable[[Wanted], AsyncIterator[str]]


def exporting_room(console: Console, sources: Mapping[What, Callable[[Console], Source]]) -> None:
    alone, clock = console.office.settings.export_alone, console.office.clock

    def kept() -> Exports:
        return Exports(console.office.database)

    @console.post("/export", Role.REVIEWER)
    async def items(
        seat: Seated, address: Word = "", form: Word = "csv", item: Annotated[list[int] | None, Form()] = None
    ) -> Response:
        query = urlencode([("item", number) for number in item]) if item else address
        return await take(seat, What.ITEMS, query, form)

    @console.post("/audit/export", Role.ADMIN)
    async def entries(
        seat: Seated, who: Asked = "", action: Asked = "", since: Asked = "", until: Asked = ""
    ) -> Response:
        asked = {"who": who, "action": action, "since": since, "until": until}
        return await take(seat, What.AUDIT, urlencode({name: value for name, value in asked.items() if value}), "csv")

    async def take(seat: Seat, what: What, query: str, form: str) -> Response:
        """The file at once, or the page that asks why it is wanted."""
        wanted = await count(seat, what, query, form)
        if await kept().take_alone(wanted, seat.name, alone, clock()):
            return file(wanted)
        return why(seat, wanted)

    async def count(seat: Seat, what: What, query: str, form: str) -> Wanted:
        source = sources[what](console)
        if not seat.may(source.needs):
            raise NotAllowed(seat, source.needs)
        return Wanted(what, query, form if form in _MEDIA else "csv", *await source.count(query))

    def why(seat: Seat, wanted: Wanted, problem: str = "") -> Response:
        shown = {"wanted": wanted, "alone": alone, "problem": problem, "to_fetch": HOURS_TO_FETCH}
        return console.page(seat, "export.html", 422 if problem else 200, **shown)

    def file(wanted: Wanted) -> Response:
        source = sources[wanted.what](console)
        named = {"Content-Disposition": f'attachment; filename="{source.name}.{wanted.form}"'}
        media = f"{_MEDIA[wanted.form]}; charset=utf-8"
        return StreamingResponse(source.lines(wanted), media_type=media, headers={**HEADERS, **named})

    @console.get("/exports", Role.REVIEWER, menu="导出")
    async def exports(seat: Seated) -> Response:
        found = await kept().asked(None if seat.may(Role.ADMIN) else seat.name)
        hours = {"to_decide": HOURS_TO_DECIDE, "to_fetch": HOURS_TO_FETCH}
        return console.page(seat, "exports.html", found=found, now=clock(), stages=Stage, alone=alone, **hours)

    @console.post("/exports", Role.REVIEWER)
    async def ask(
        request: Request, seat: Seated, what: Word = "", query: Word = "", form: Word = "csv", reason: Word = ""
    ) -> Response:
        if what not in list(What):
            raise Missing
        wanted, said = await count(seat, What(what), query, form), reason.strip()[:200]
        if len(said) < SHORTEST_REASON:
            return why(seat, wanted, f"要写明用途（至少 {SHORTEST_REASON} 个字），例如“季度抽查准确率”。")
        await kept().ask(wanted, seat.name, said, clock())
        return console.go(request, EXPORTS, "已提交。由另一位管理员批准后，在这里下载。")

    @console.post("/exports/{number}/decide", Role.ADMIN)
    async def decide(request: Request, seat: Seated, number: int, approve: Word = "") -> Response:
        try:
            await kept().decide(number, seat.name, clock(), approve=approve == "yes")
        except SamePerson:
            return console.go(request, EXPORTS, "您自己申请的，要由另一位管理员批准。")
        except NotOpen:
            return console.go(request, EXPORTS, _NOT_OPEN)
        return console.go(request, EXPORTS, "已批准。" if approve == "yes" else "没有批准。")

    @console.post("/exports/{number}/fetch", Role.REVIEWER)
    async def fetch(request: Request, seat: Seated, number: int) -> Response:
        try:
            asked = await kept().find(number)
            if asked is not None and not seat.may(sources[asked.wanted.what](console).needs):
                raise NotAllowed(seat, sources[asked.wanted.what](console).needs)
            return file(await kept().fetch(number, seat.name, clock()))
        except NotOpen:
            return console.go(request, EXPORTS, _NOT_OPEN)
