"""The difference between the corpus that is served and another one, which is uploaded; what is uploaded is not kept."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import File, Form, Response, UploadFile

from bot.clock import today
from bot.console.console import Console, Seated
from bot.console.gate import Seat
from bot.intake import refusal_of
from bot.office import SHIPPED_CORPUS, corpus_folder
from bot.store.staff import Role
from knowledge.intake.bundle import MOST_BYTES, unpack
from knowledge.intake.limits import Refusal, Refused
from knowledge.library import InvalidCorpus, Library, load_library

if TYPE_CHECKING:
    from chains.difference import Difference

_MOST_FINDINGS: Final = 200
_MOST_PROBLEMS: Final = 100


def versions_room(console: Console) -> None:
    one_at_a_time = asyncio.Semaphore(1)

    @console.get("/versions", Role.VIEWER, menu="版本差别")
    async def versions(seat: Seated) -> Response:
        return asked(seat)

    @console.get("/versions/shipped", Role.VIEWER)
    async def from_shipped(seat: Seated) -> Response:
        """What the corpus of the settings has become since the one that came with the program."""
        async with one_at_a_time:
            found = await asyncio.to_thread(difference_between, None, console.office.library())
        return told(seat, found)

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
            return asked(seat, [refusal_of(refused)])
        except InvalidCorpus as error:
            return asked(seat, error.problems[:_MOST_PROBLEMS])
        return told(seat, found)

    def asked(seat: Seat, problems: Sequence[str] = ()) -> Response:
        has_own = console.office.settings.corpus is not None
        return console.page(seat, "versions.html", 422 if problems else 200, problems=problems, has_own=has_own)

    def told(seat: Seat, found: "Difference") -> Response:
        from bot.differences import label, shown, tell_finding, tell_findings

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

    def difference_from(data: bytes, is_whole: bool) -> "Difference":
        if len(data) > MOST_BYTES:
            raise Refused(Refusal.TOO_LARGE, f"> {MOST_BYTES}")
        with TemporaryDirectory(prefix="huiqi-versions-") as made:
            folder = Path(made) / "corpus"
            folder.mkdir()
            if not is_whole:
                shutil.copytree(corpus_folder(console.office.settings), folder, dirs_exist_ok=True)
            unpack(data, folder)
            return difference_between(console.office.library(), load_library(folder))

    def difference_between(old: Library | None, new: Library) -> "Difference":
        """Without an old one, from the one that was shipped."""
        from bot.differences import read_profiles
        from chains.difference import compare

        return compare(old or load_library(SHIPPED_CORPUS), new, read_profiles(None), today(console.office.clock))
