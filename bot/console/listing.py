"""The list of what was asked and answered: filters in the address, filters kept by name, tables to take away."""

from collections.abc import AsyncIterator
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Form, Request, Response

from bot.clock import SHANGHAI
from bot.console.console import Console, Seated
from bot.console.exporting import Source
from bot.console.reviewing import ITEMS, labels
from bot.console.sheets import csv_head, csv_line, json_line
from bot.review.search import PAGE, Filter, Found, Listing
from bot.store.exports import Wanted
from bot.store.staff import Role
from chains.model.masking import mask

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
        if mask(wanted.words) != wanted.words:
            return console.go(request, _here(wanted, None), "找的字里有个人信息，这个筛选不能保存给别人看。")
        await Listing(console.office.database).save(named, wanted, seat.name, console.office.clock())
        return console.go(request, _here(wanted, None), f"已保存筛选“{named}”。")

    @console.post("/filters/drop", Role.REVIEWER)
    async def drop(request: Request, seat: Seated, name: Word = "", address: Word = "") -> Response:
        await Listing(console.office.database).drop(name)
        return console.go(request, _here(_filter(address), None), f"已去掉筛选“{name[:_LONGEST_NAME]}”。")


def exported_items(console: Console) -> Source:
    """Items as they leave the console: those that were ticked, or all that a filter lets through."""
    listing = Listing(console.office.database)

    async def count(query: str) -> tuple[int, int]:
        chosen = _ticked(query)
        if not chosen:
            return await listing.count(_filter(query))
        there = [found.item.id for found in await listing.those(chosen)]
        return len(there), max(there, default=0)

    async def lines(wanted: Wanted) -> AsyncIterator[str]:
        if wanted.form == "csv":
            yield csv_head(_COLUMNS)
        left = wanted.count
        async for found in rows(wanted):
            if left == 0:
                return  # more fits by now than was asked for
            left -= 1
            record = _record(found)
            yield csv_line(record) if wanted.form == "csv" else json_line(dict(zip(_COLUMNS, record, strict=True)))

    async def rows(wanted: Wanted) -> AsyncIterator[Found]:
        """A piece at a time; what has come since it was asked for is left out."""
        if chosen := _ticked(wanted.query):
            for found in await listing.those(chosen):
                yield found
            return
        before: int | None = wanted.last + 1
        while before is not None:
            page = await listing.page(_filter(wanted.query), before, _PIECE)
            for found in page.found:
                yield found
            before = page.before

    return Source(Role.REVIEWER, "huiqi-items", count, lines)


def _ticked(query: str) -> list[int]:
    numbers = [value for name, value in parse_qsl(query) if name == "item" and value.isdecimal()]
    return [int(number) for number in numbers[:_PIECE] if len(number) < 10]


def _record(found: Found) -> list[object]:
    """What leaves the console, personal data hidden; in the order of the columns."""
    item, said = found.item, labels()
    words = said.words
    return [
        item.id,
        item.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        said.channels.get(item.channel, item.channel),
        said.cities.get(item.city, item.city),
        mask(found.question),
        mask(found.answer),
        words["outcomes"].get(item.outcome, item.outcome),
        "、".join(words["flags"][one.flag] for one in item.flags),
        words["stages"][item.stage],
        words["verdicts"][item.verdict] if item.verdict else "",
        "、".join(item.touched.provisions),
        item.milliseconds,
        item.corpus,
        item.rules,
        item.prompts,
        item.model,
    ]


def _filter(query: str) -> Filter:
    return Filter.read(parse_qsl(query[:4000]))


def _here(wanted: Filter, before: int | None) -> str:
    place = urlencode({"before": before}) if before is not None else ""
    query = "&".join(part for part in (wanted.address, place) if part)
    return ITEMS + (f"?{query}" if query else "")
