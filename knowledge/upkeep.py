"""What needs a look in the corpus: provisions without a row, what runs out soon, notices. Pure; changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.document import Document, Notice, Provision
from knowledge.library import Library

HORIZONS = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Bare:
    """A provision that no row of the table stands under; `is_told` if a person has marked it as holding facts alone."""

    document: Document
    provision: Provision
    is_told: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A document that runs out, and in how many days; its last day is day 0."""

    document: Document
    last_day: date
    days: int

    @property
    def horizon(self) -> int:
        """The least of 30, 60, 90 days within which it ends."""
        return next(horizon for horizon in HORIZONS if self.days <= horizon)


def bare_provisions(library: Library) -> Iterator[Bare]:
    """Provisions without a row, in the order of the texts."""
    for document in library.documents.values():
        covered = {s.provision for s in library.supports.values() if library.document_of[s.id] == document.id}
        for path, provision in document.provisions.items():
            if path not in covered:
                yield Bare(document, provision, path in document.record.facts_only)


def endings(library: Library, on: date, within: int = HORIZONS[-1]) -> tuple[Ending, ...]:
    """Documents in force whose last day comes within so many days, soonest first; a repeal ends one as well."""
    found: list[Ending] = []
    for document in library.documents.values():
        record = document.record
        lasts = [record.effective_to.date] if record.effective_to else []
        lasts += [record.repealed.date - timedelta(days=1)] if record.repealed else []
        if lasts and not record.draft and on <= min(lasts) <= on + timedelta(days=within):
            found.append(Ending(document, min(lasts), (min(lasts) - on).days))
    return tuple(sorted(found, key=lambda ending: ending.last_day))


def notices(library: Library) -> Iterator[tuple[Document, Notice]]:
    """What is publicly known of documents beside their text, latest first."""
    told = [(document, notice) for document in library.documents.values() for notice in document.record.notices]
    yield from sorted(told, key=lambda pair: pair[1].date, reverse=True)
