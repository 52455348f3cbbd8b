"""Paragraphs of the corpus at hand while an answer is being written: searched by words, told with where they stand."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import Query, Response
from fastapi.responses import JSONResponse

from bot.channels.pages import PARAGRAPH, lead
from bot.clock import today
from bot.console.console import Console, Seated
from bot.rendering import LIFECYCLE_WORDS
from bot.store.staff import Role
from knowledge.document import Document, Lifecycle, Provision
from knowledge.library import Library

_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it stands in its document; `words` are what is put into an answer."""

    title: str
    place: str
    lifecycle: str
    in_force: bool
    quote: str
    words: str
    address: str


class Passages:
    """All paragraphs of one library; built once, read-only afterwards."""

    def __init__(self, library: Library) -> None:
        from knowledge.index import KeywordIndex  # slow to load: not before somebody searches

        self.library = library
        self._places = [
            (document, provision, match.span())
            for document in library.documents.values()
            for provision in document.provisions.values()
            for match in PARAGRAPH.finditer(document.text, provision.start, provision.end)
            if match.end() > lead(document, provision)  # a heading alone says nothing
        ]
        self._index = KeywordIndex.build([_searched(*place) for place in self._places])

    def search(self, words: str, on: date) -> list[Passage]:
        """The paragraphs that fit best, those in force first."""
        found = [_passage(*self._places[entry.position], on) for entry in self._index.search(words, _MOST)]
        return sorted(found, key=lambda passage: not passage.in_force)


def citing_room(console: Console) -> None:
    kept: list[Passages] = []  # those of the library that is served now

    @console.get("/passages", Role.VIEWER)
    async def passages(seat: Seated, q: Annotated[str, Query(max_length=100)] = "") -> Response:
        library = console.office.library()
        if not kept or kept[0].library is not library:
            kept[:] = [await asyncio.to_thread(Passages, library)]
        found = kept[0].search(q, today(console.office.clock)) if q.strip() else []
        return JSONResponse([asdict(passage) for passage in found])


def _searched(document: Document, provision: Provision, span: tuple[int, int]) -> str:
    return f"{document.record.short_title} {provision.heading}\n{document.text[slice(*span)]}"


def _passage(document: Document, provision: Provision, span: tuple[int, int], on: date) -> Passage:
    lifecycle = document.lifecycle(on)
    quote = document.text[slice(*span)]
    place = " ".join(part for part in (provision.label, provision.heading) if part)
    in_force = lifecycle is Lifecycle.IN_FORCE
    state = "" if in_force else f"，{LIFECYCLE_WORDS[lifecycle]}"
    return Passage(
        title=document.record.short_title,
        place=place,
        lifecycle=LIFECYCLE_WORDS[lifecycle],
        in_force=in_force,
        quote=quote,
        words=f"「{quote}」（《{document.record.title}》{provision.label}{state}）",
        address=f"/documents/{document.id}?mark={span[0]}-{span[1]}#{provision.path}",
    )
