"""Passages of documents ↔ [1] marks. A mark stands for one verbatim quote."""

import re
from collections.abc import Iterable
from datetime import date

from chains.reply import Citation
from knowledge.document import Document

MARK = re.compile(r"\[(\d{1,2})\]")


class Citations:
    """The quotes of one reply, numbered as they are first used."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self._found: dict[tuple[str, int, int], Citation] = {}

    def cite(self, document: Document, path: str, quote: str) -> str:
        """The mark `[n]` of a quote in a provision; empty where it does not stand there."""
        place = document.locate(quote, path)
        if place is None:
            return ""
        key = (document.id, *place)
        if key not in self._found:
            provision = document.provisions[path]
            self._found[key] = Citation(
                marker=len(self._found) + 1,
                document_id=document.id,
                document_title=document.record.title,
                provision=path,
                label=provision.label,
                heading=provision.heading,
                quote=quote,
                start=place[0],
                end=place[1],
                lifecycle=document.lifecycle(self.as_of).value,
            )
        return f"[{self._found[key].marker}]"

    def number(self, document: Document, path: str, quote: str) -> int | None:
        """The number of a quote that has been cited already."""
        place = document.locate(quote, path)
        citation = self._found.get((document.id, *place)) if place else None
        return citation.marker if citation else None

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._found.values())


def markers(text: str) -> tuple[int, ...]:
    return tuple(int(m.group(1)) for m in MARK.finditer(text))


class Renumbering:
    """Numbers the marks of a text anew in the order in which they come; a mark of no citation is taken out."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._known = {c.marker: c for c in citations}
        self.numbers: dict[int, int] = {}

    def of(self, text: str) -> str:
        """The next piece of the text."""
        return MARK.sub(self._renumbered, text)

    @property
    def used(self) -> tuple[Citation, ...]:
        """The citations of the text so far, in their new order."""
        return tuple(self._known[old].model_copy(update={"marker": new}) for old, new in self.numbers.items())

    def _renumbered(self, found: re.Match[str]) -> str:
        old = int(found.group(1))
        return f"[{self.numbers.setdefault(old, len(self.numbers) + 1)}]" if old in self._known else ""


def keep_used(text: str, citations: Iterable[Citation]) -> tuple[str, tuple[Citation, ...], dict[int, int]]:
    """Drops citations that no mark uses and numbers the rest anew in the order of the text."""
    renumbering = Renumbering(citations)
    return renumbering.of(text), renumbering.used, renumbering.numbers
