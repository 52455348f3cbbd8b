"""The list of what was asked and answered: filters in the address, filters kept by name, tables to take away."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Form, Request, Response
from fastapi.responses import StreamingResponse

from bot.clock import SHANGHAI
from bot.console.console import HEADERS, Console, Seated
from bot.console.reviewing import ITEMS, labels
from bot.console.sheets import csv_head, csv_line, json_line
from bot.review.search import PAGE, Filter, Found, Listing
from bot.store.audit import Action
from bot.store.staff import Role
from chains.masking import mask

_PIECE: Final = 500
_LONGEST_NAME: Final = 60
_COLUMNS: Final = (
    "编号",
    "时间",
    "渠道",
    "城市",
    "问题",
    "回答",
    "结局",
    "标记",
    "复核",
    "判断",
    "引用的条款",
    "毫秒",
    "语料版本",
    "规则版本",
    "话术版本",
    "模型",
)

Word = Annotated[str, Form(max_length=4000)]


def listing_room(console: Console) -> None:
    @console.get("/items", Role.VIEWER, menu="对话")
    async def items(request: Request, seat: Seated, before: int | None = None) -> Response:
        wanted, listing = _filter(request.url.query), Listing(console.office.database)
        page = await listing.page(wanted, before)
        library = console.office.library()
        return console.page(
            seat,
            "items.html",
            labels=labels(),
            found=page.found,
            wanted=wanted,
            address=wanted.address,
            here=_here(wanted, before),
            older=_here(wanted, page.before) if page.before is not None else "",
            newest=_here(wanted, None) if before is not None else "",
            saved=await listing.saved(),
            supports={support.id: support.title for support in library.supports.values()},
            documents={document.id: document.record.short_title for document in library.documents.values()},
            now=console.office.clock(),
            size=PAGE,
        )

    @console.post("/filters", Role.REVIEWER)
    async def save(request: Request, seat: Seated, name: Word = "", address: Word = "") -> Response:
        wanted, named = _filter(address), " ".join(name.split())[:_LONGEST_NAME]
        if not named:
            return console.go(request, _here(wanted, None), "给筛选起个名字才能保存。")
        await Listing(console.office.database).save(named, wanted, seat.name, console.office.clock())
        return console.go(request, _here(wanted, None), f"已保存筛选“{named}”。")

    @console.post("/filters/drop", Role.REVIEWER)
    async def drop(request: Request, seat: Seated, name: Word = "", address: Word = "") -> Response:
        await Listing(console.office.database).drop(name)
        return console.go(request, _here(_filter(address), None), f"已去掉筛选“{name[:_LONGEST_NAME]}”。")

    @console.post("/export", Role.REVIEWER)
    async def export(
        seat: Seated, address: Word = "", form: Word = "csv", item: Annotated[list[int] | None, Form()] = None
    ) -> Response:
        wanted, kind = _filter(address), "jsonl" if form == "jsonl" else "csv"
        what = f"{len(item)} 条勾选的" if item else (wanted.address or "全部")
        await console.journal.record(seat.name, Action.EXPORTED, "items", what)
        media = "application/jsonl" if kind == "jsonl" else "text/csv"
        named = {"Content-Disposition": f'attachment; filename="huiqi-items.{kind}"'}
        lines = _jsonl(console, wanted, item) if kind == "jsonl" else _csv(console, wanted, item)
        return StreamingResponse(lines, media_type=f"{media}; charset=utf-8", headers={**HEADERS, **named})


async def _csv(console: Console, wanted: Filter, chosen: Sequence[int] | None) -> AsyncIterator[str]:
    yield csv_head(_COLUMNS)
    async for found in _all(console, wanted, chosen):
        yield csv_line(list(_record(found).values()))


async def _jsonl(console: Console, wanted: Filter, chosen: Sequence[int] | None) -> AsyncIterator[str]:
    async for found in _all(console, wanted, chosen):
        yield json_line(dict(zip(_COLUMNS, _record(found).values(), strict=True)))


async def _all(console: Console, wanted: Filter, chosen: Sequence[int] | None) -> AsyncIterator[Found]:
    """Those that were ticked, or all that the filter lets through, a piece at a time."""
    listing = Listing(console.office.database)
    if chosen:
        for found in await listing.those(chosen[:_PIECE]):
            yield found
        return
    before: int | None = None
    while True:
        page = await listing.page(wanted, before, _PIECE)
        for found in page.found:
            yield found
        if page.before is None:
            return
        before = page.before


def _record(found: Found) -> dict[str, object]:
    """What leaves the console, personal data hidden; in the order of the columns."""
    item, said = found.item, labels()
    words = said.words
    return {
        "id": item.id,
        "at": item.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        "channel": said.channels.get(item.channel, item.channel),
        "city": said.cities.get(item.city, item.city),
        "question": mask(found.question),
        "answer": mask(found.answer),
        "outcome": words["outcomes"].get(item.outcome, item.outcome),
        "flags": "、".join(words["flags"][one.flag] for one in item.flags),
        "stage": words["stages"][item.stage],
        "verdict": words["verdicts"][item.verdict] if item.verdict else "",
        "provisions": "、".join(item.touched.provisions),
        "milliseconds": item.milliseconds,
        "corpus": item.corpus,
        "rules": item.rules,
        "prompts": item.prompts,
        "model": item.model,
    }


def _filter(query: str) -> Filter:
    return Filter.read(parse_qsl(query[:4000]))


def _here(wanted: Filter, before: int | None) -> str:
    place = urlencode({"before": before}) if before is not None else ""
    query = "&".join(part for part in (wanted.address, place) if part)
    return ITEMS + (f"?{query}" if query else "")
