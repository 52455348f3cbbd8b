"""The rules table to read and check: every support, and each beside the text of its provision. Changes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Query, Response

from bot.clock import today
from bot.console.console import Console, Missing, Seated
from bot.console.marking import Piece, mark_quotes
from bot.store.staff import Role
from chains.prompting import read_data
from knowledge.document import Document, Lifecycle, Provision
from knowledge.library import Library
from knowledge.regions import city_name
from knowledge.support import Condition, Kind, Strength, Support

Word = Annotated[str, Query(max_length=60)]


@dataclass(frozen=True, slots=True)
class Row:
    """A support as the table shows it."""

    support: Support
    document: Document
    lifecycle: Lifecycle

    @property
    def city(self) -> str:
        return city_name(self.document.city)

    @property
    def provision(self) -> Provision:
        return self.document.provisions[self.support.provision]


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision that a row quotes, with its quotes marked."""

    provision: Provision
    pieces: tuple[Piece, ...]


# Rows stand in the order of the texts unless another is asked for; what has no sum comes last.
_SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "title": lambda row: row.support.title,
    "city": lambda row: (row.document.city, row.document.id),
    "kind": lambda row: list(Kind).index(row.support.kind),
    "strength": lambda row: list(Strength).index(row.support.strength),
    "amount": lambda row: -(row.support.benefit.amount_cny or 0),
}


def table_room(console: Console) -> None:
    @console.get("/table", Role.VIEWER, menu="规则表")
    async def table(
        seat: Seated,
        document: Word = "",
        kind: Word = "",
        strength: Word = "",
        lifecycle: Word = "",
        text: Word = "",
        sort: Word = "",
    ) -> Response:
        library = console.office.library()
        asked = {
            "document": document, "kind": kind, "strength": strength, "lifecycle": lifecycle, "text": text, "sort": sort
        }  # fmt: skip
        rows = _rows(console, library)
        chosen = _sorted([row for row in rows if _fits(row, asked)], sort)
        return console.page(
            seat, "table.html", rows=chosen, total=len(rows), asked=asked, documents=library.documents, corpus=_words()
        )

    @console.get("/table/{support_id}", Role.VIEWER)
    async def one(seat: Seated, support_id: str) -> Response:
        library = console.office.library()
        support = library.supports.get(support_id)
        if support is None:
            raise Missing
        document = library.document(support_id)
        row = Row(support, document, document.lifecycle(today(console.office.clock)))
        beside = [
            other
            for other in library.supports.values()
            if other.provision == support.provision and library.document_of[other.id] == document.id
        ]
        return console.page(
            seat,
            "support.html",
            row=row,
            passages=_passages(support, document),
            beside=beside,
            test=_test,
            corpus=_words(),
        )


def _words() -> Any:
    return read_data("corpus")


def _rows(console: Console, library: Library) -> list[Row]:
    on = today(console.office.clock)
    lifecycles = {document.id: document.lifecycle(on) for document in library.documents.values()}
    documents = {support.id: library.document(support.id) for support in library.supports.values()}
    return [Row(s, documents[s.id], lifecycles[documents[s.id].id]) for s in library.supports.values()]


def _fits(row: Row, asked: Mapping[str, str]) -> bool:
    support = row.support
    plain = {"document": row.document.id, "kind": support.kind, "strength": support.strength}
    if any(asked[name] and asked[name] != value for name, value in plain.items()):
        return False
    if asked["lifecycle"] and asked["lifecycle"] != row.lifecycle:
        return False
    words = " ".join((support.id, support.title, *support.aliases, support.benefit.quote, *support.departments))
    return asked["text"].strip().lower() in words.lower()


def _sorted(rows: Sequence[Row], sort: str) -> list[Row]:
    return sorted(rows, key=_SORTS[sort]) if sort in _SORTS else list(rows)


def _passages(support: Support, document: Document) -> list[Passage]:
    """The provisions that a row quotes, its own first."""
    quotes: dict[str, list[tuple[str, str]]] = {support.provision: [("内容", support.benefit.quote)]}
    for number, condition in enumerate(support.when, start=1):
        path = condition.provision or support.provision
        quotes.setdefault(path, []).append((f"条件 {number}", condition.quote))
    return [
        Passage(document.provisions[path], mark_quotes(document.words(path), named)) for path, named in quotes.items()
    ]


def _test(condition: Condition) -> str:
    """What a condition asks of the profile, as it stands in the table."""
    if condition.open or condition.slot is None:
        return "由主管部门认定"
    values = [v for v in (condition.is_, *condition.in_, *condition.includes_any, condition.within) if v]
    return f"{condition.slot} = {' / '.join(values)}"
