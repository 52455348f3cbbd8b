"""What a document is worth on a day: first and last days count, a repeal and a draft come first."""

from datetime import date, timedelta

import pytest

from knowledge.document import Dated, Document, DocumentRecord, Lifecycle, Provision, Repeal
from knowledge.library import Library

TEXT = "措施\n一、奖励\n给予20万元奖励。\n二、其他\n给予20万元奖励。"
FIRST, SECOND = TEXT.index("一、"), TEXT.index("二、")


def document(**fields: object) -> Document:
    record = DocumentRecord(id="d", title="措施", short_title="措施", jurisdiction="nanjing", **fields)  # type: ignore[arg-type]
    provisions = [
        Provision("0", "", "", 0, FIRST),
        Provision("1", "一、", "奖励", FIRST, SECOND),
        Provision("2", "二、", "其他", SECOND, len(TEXT)),
    ]
    return Document(record, TEXT, {p.path: p for p in provisions})


def dated(day: str) -> Dated:
    return Dated(date=date.fromisoformat(day), quote="")


LIMITED = document(effective_from=dated("2026-01-01"), effective_to=dated("2028-12-31"))


@pytest.mark.parametrize(
    ("day", "lifecycle"),
    [
        ("2025-12-31", Lifecycle.NOT_YET),
        ("2026-01-01", Lifecycle.IN_FORCE),
        ("2028-02-29", Lifecycle.IN_FORCE),
        ("2028-12-30", Lifecycle.IN_FORCE),
        ("2028-12-31", Lifecycle.IN_FORCE),
        ("2029-01-01", Lifecycle.EXPIRED),
        ("2029-06-01", Lifecycle.EXPIRED),
    ],
)
def test_first_and_last_days_are_in_force(day: str, lifecycle: Lifecycle) -> None:
    assert LIMITED.lifecycle(date.fromisoformat(day)) is lifecycle


def test_a_period_that_ends_on_a_leap_day_is_over_on_the_first_of_march() -> None:
    leap = document(effective_to=dated("2028-02-29"))
    assert leap.lifecycle(date(2028, 2, 29)) is Lifecycle.IN_FORCE
    assert leap.lifecycle(date(2028, 3, 1)) is Lifecycle.EXPIRED


def test_a_document_without_dates_is_in_force_on_any_day() -> None:
    assert {document().lifecycle(day) for day in (date(1, 1, 1), date(2026, 11, 20), date(9999, 12, 31))} == {
        Lifecycle.IN_FORCE
    }


def test_a_repeal_holds_from_its_day() -> None:
    repealed = document(
        effective_to=dated("2028-12-31"), repealed=Repeal(date=date(2027, 6, 1), source="宁政办发〔2027〕1号")
    )
    assert repealed.lifecycle(date(2027, 5, 31)) is Lifecycle.IN_FORCE
    assert repealed.lifecycle(date(2027, 6, 1)) is Lifecycle.REPEALED
    assert repealed.lifecycle(date(2030, 1, 1)) is Lifecycle.REPEALED


def test_a_draft_is_a_draft_before_it_is_expired_or_not_yet_in_force() -> None:
    draft = document(draft=True, effective_from=dated("2026-01-01"), effective_to=dated("2028-12-31"))
    assert {draft.lifecycle(date(year, 6, 1)) for year in (2025, 2026, 2029)} == {Lifecycle.DRAFT}


def test_a_draft_that_was_withdrawn_is_repealed() -> None:
    assert (
        document(draft=True, repealed=Repeal(date=date(2026, 1, 1), source="")).lifecycle(date(2026, 1, 1))
        is Lifecycle.REPEALED
    )


@pytest.mark.parametrize(
    ("document_id", "last"),
    [
        ("nanjing-measures", date(2028, 12, 31)),
        ("huaian-plan-2023-2025", date(2025, 12, 31)),
        ("lianyungang-plan-2023-2025", date(2025, 12, 31)),
        ("zhenjiang-plan-2023-2025", date(2025, 12, 31)),
    ],
)
def test_a_shipped_document_holds_through_its_last_day(document_id: str, last: date, library: Library) -> None:
    shipped = library.documents[document_id]
    assert shipped.lifecycle(last) is Lifecycle.IN_FORCE
    assert shipped.lifecycle(last + timedelta(days=1)) is Lifecycle.EXPIRED


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 1), date(2026, 11, 20), date(2029, 1, 1)])
def test_the_text_of_yancheng_is_a_draft_on_any_day(day: date, library: Library) -> None:
    assert library.documents["yancheng-measures-draft"].lifecycle(day) is Lifecycle.DRAFT


@pytest.mark.parametrize(
    ("document_id", "issued"),
    [("huaian-plan-2023-2025", date(2023, 5, 18)), ("lianyungang-plan-2023-2025", date(2023, 3, 22))],
)
def test_a_plan_is_not_yet_in_force_before_it_is_issued(document_id: str, issued: date, library: Library) -> None:
    plan = library.documents[document_id]
    assert plan.lifecycle(issued - timedelta(days=1)) is Lifecycle.NOT_YET
    assert plan.lifecycle(issued) is Lifecycle.IN_FORCE


def test_a_quote_is_located_within_its_provision_alone() -> None:
    quote = "给予20万元奖励"
    places = [document().locate(quote, path) for path in ("1", "2")]
    assert [TEXT[a:b] for a, b in filter(None, places)] == [quote, quote]
    assert places[0] != places[1]


@pytest.mark.parametrize(
    ("quote", "path"),
    [("给予20万元奖励", "0"), ("给予30万元奖励", "1"), ("给予20万元奖励", "9"), ("", "1"), ("奖励。\n二、", "1")],
)
def test_a_quote_that_is_not_there_has_no_place(quote: str, path: str) -> None:
    assert document().locate(quote, path) is None
