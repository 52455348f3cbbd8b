"""What needs a look is found: provisions without a row, what runs out, notices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.document import Document, Repeal
from knowledge.library import Library
from knowledge.upkeep import bare_provisions, endings, notices

LAST_DAY = date(2028, 12, 31)


def named(library: Library, on: date) -> list[tuple[str, int, int]]:
    return [(ending.document.id, ending.days, ending.horizon) for ending in endings(library, on)]


@pytest.mark.parametrize(
    ("days", "found"),
    [(91, []), (90, [90]), (61, [90]), (60, [60]), (31, [60]), (30, [30]), (1, [30]), (0, [30]), (-1, [])],
)
def test_a_document_is_told_in_the_least_of_30_60_90_days_that_holds_its_last_one(
    days: int, found: list[int], library: Library
) -> None:
    on = LAST_DAY - timedelta(days=days)
    assert [(name, left) for name, _, left in named(library, on)] == [
        ("nanjing-measures", horizon) for horizon in found
    ]


def with_record(library: Library, document_id: str, **changes: object) -> Library:
    document = library.documents[document_id]
    record = document.record.model_copy(update=changes)
    changed = Document(record, document.text, document.provisions)
    return replace(library, documents={**library.documents, document_id: changed})


def test_a_repeal_ends_a_document_as_well(library: Library) -> None:
    repealed = with_record(library, "nanjing-measures", repealed=Repeal(date=date(2026, 12, 1), source="x"))
    assert named(repealed, date(2026, 11, 20)) == [("nanjing-measures", 10, 30)]


def test_a_draft_does_not_run_out(library: Library) -> None:
    assert named(with_record(library, "nanjing-measures", draft=True), LAST_DAY) == []


def test_provisions_without_a_row_are_told_with_whether_anybody_looked(library: Library) -> None:
    found = {(bare.document.id, bare.provision.path): bare.is_told for bare in bare_provisions(library)}
    assert found["nanjing-measures", "0"]
    assert ("nanjing-measures", "2/5") not in found
    unseen = with_record(library, "nanjing-measures", facts_only=())
    assert not {(b.document.id, b.provision.path): b.is_told for b in bare_provisions(unseen)}["nanjing-measures", "0"]


def test_notices_come_latest_first(library: Library) -> None:
    told = list(notices(library))
    assert len(told) == sum(len(d.record.notices) for d in library.documents.values())
    assert [n.date for _, n in told] == sorted((n.date for _, n in told), reverse=True)
