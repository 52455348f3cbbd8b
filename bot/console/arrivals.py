"""Documents that arrive: turned into drafts, downloaded, thrown away. None of it goes live by itself."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import File, Form, Request, Response, UploadFile

from bot.console.console import HEADERS, HOME, Console, Missing, Seated
from bot.console.gate import Seat
from bot.drafts import Drafts, KeptDraft
from bot.intake import Intake, refusal_of
from bot.office import corpus_folder
from bot.store.audit import Action
from bot.store.staff import Role
from chains.prompting import read_data
from knowledge.intake.limits import LIMITS, Refusal, Refused

if TYPE_CHECKING:
    from knowledge.ingest import Draft

_ARRIVALS: Final = f"{HOME}/arrivals"


def arrivals_room(console: Console) -> None:
    settings = console.office.settings
    drafts = Drafts(settings.data_dir / "drafts")
    one_at_a_time = asyncio.Semaphore(1)

    @console.get("/arrivals", Role.EDITOR, menu="收文")
    async def arrivals(seat: Seated) -> Response:
        return listed(seat)

    @console.post("/arrivals", Role.EDITOR)
    async def take(
        request: Request,
        seat: Seated,
        file: Annotated[UploadFile | None, File()] = None,
        address: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        try:
            draft, origin = await taken(file, address.strip())
        except Refused as refused:
            return listed(seat, refusal_of(refused))
        kept = await asyncio.to_thread(drafts.keep, draft, origin, seat.name, console.office.clock())
        await console.journal.record(seat.name, Action.DOCUMENT_TAKEN, f"draft:{kept.id}", origin[:200])
        return console.go(request, f"{_ARRIVALS}/{kept.key}", "已收进来，请看下面的报告")

    def listed(seat: Seat, problem: str = "") -> Response:
        shown = {"drafts": drafts.all(), "hosts": settings.ingest_hosts, "problem": problem}
        return console.page(seat, "arrivals.html", 422 if problem else 200, **shown)

    async def taken(file: UploadFile | None, address: str) -> "tuple[Draft, str]":
        intake = Intake(corpus_folder(settings), settings.ingest_hosts, console.office.clock)
        async with one_at_a_time:
            if file is not None and file.filename:
                data = await file.read(LIMITS.most_bytes + 1)
                return await asyncio.to_thread(intake.take_bytes, file.filename, data, file.filename), file.filename
            if "://" in address:
                return await asyncio.to_thread(intake.take, address), address
        raise Refused(Refusal.BAD_ADDRESS if address else Refusal.EMPTY, address[:80])

    @console.get("/arrivals/{key}", Role.EDITOR)
    async def draft(seat: Seated, key: str) -> Response:
        words = {"corpus": read_data("corpus"), "flag_words": read_data("intake")["flags"]}
        return console.page(seat, "arrival.html", draft=find(key), **words)

    @console.get("/arrivals/{key}/draft.zip", Role.EDITOR)
    async def fetched(seat: Seated, key: str) -> Response:
        kept, packed = find(key), drafts.packed(key)
        if packed is None:
            raise Missing
        await console.journal.record(seat.name, Action.DRAFT_FETCHED, f"draft:{kept.id}")
        named = {"Content-Disposition": f'attachment; filename="{kept.id}.zip"'}
        return Response(packed, media_type="application/zip", headers={**HEADERS, **named})

    @console.post("/arrivals/{key}/discard", Role.EDITOR)
    async def discard(request: Request, seat: Seated, key: str) -> Response:
        kept = find(key)
        drafts.discard(key)
        await console.journal.record(seat.name, Action.DRAFT_DISCARDED, f"draft:{kept.id}")
        return console.go(request, _ARRIVALS, "草稿已丢弃")

    def find(key: str) -> KeptDraft:
        kept = drafts.find(key)
        if kept is None:
            raise Missing
        return kept
