"""The difference between the corpus that is served and another one, which is uploaded; what is uploaded is not kept."""

import asyncio
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from fastapi import File, Form, Response, UploadFile

from bot.clock import today
from bot.console.console import Console, Seated
from bot.differences import label, read_profiles, shown, tell_finding, tell_findings
from bot.intake import refusal_of
from bot.office import corpus_folder
from bot.store.staff import Role
from chains.difference import Difference, compare
from knowledge.intake.bundle import MOST_BYTES, unpack
from knowledge.intake.limits import Refusal, Refused
from knowledge.library import InvalidCorpus, load_library

_MOST_FINDINGS: Final = 200
_MOST_PROBLEMS: Final = 100


def versions_room(console: Console) -> None:
    one_at_a_time = asyncio.Semaphore(1)

    @console.get("/versions", Role.VIEWER, menu="版本差别")
    async def versions(seat: Seated) -> Response:
        return console.page(seat, "versions.html", problems=[])

    @console.post("/versions", Role.EDITOR)
    async def difference(
        seat: Seated, file: Annotated[UploadFile | None, File()] = None, how: Annotated[str, Form()] = "added"
    ) -> Response:
        data = await file.read(MOST_BYTES + 1) if file is not None else b""
        try:
            if not data:
                raise Refused(Refusal.EMPTY)
            async with one_at_a_time:
                found = await asyncio.to_thread(difference_from, data, how == "whole")
        except Refused as refused:
            return console.page(seat, "versions.html", 422, problems=[refusal_of(refused)])
        except InvalidCorpus as error:
            return console.page(seat, "versions.html", 422, problems=error.problems[:_MOST_PROBLEMS])
        return console.page(
            seat,
            "difference.html",
            difference=found,
            findings=found.findings[:_MOST_FINDINGS],
            summary=tell_findings(found),
            tell=tell_finding,
            label=label,
            shown=shown,
        )

    def difference_from(data: bytes, is_whole: bool) -> Difference:
        if len(data) > MOST_BYTES:
            raise Refused(Refusal.TOO_LARGE, f"> {MOST_BYTES}")
        with TemporaryDirectory(prefix="huiqi-versions-") as made:
            folder = Path(made) / "corpus"
            folder.mkdir()
            if not is_whole:
                shutil.copytree(corpus_folder(console.office.settings), folder, dirs_exist_ok=True)
            unpack(data, folder)
            on = today(console.office.clock)
            return compare(console.office.library(), load_library(folder), read_profiles(None), on)
