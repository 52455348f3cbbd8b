"""Two versions of the corpus: what was added, removed, changed, and whose findings change with it."""

from dataclasses import replace
from datetime import date

from chains.difference import ChangedFinding, FieldChange, Profile, Verdict, compare
from chains.eligibility import Status
from knowledge.document import Document
from knowledge.layout import lay_out
from knowledge.library import Library
from knowledge.profile import read_profile
from knowledge.support import Support

TODAY = date(2026, 11, 20)
AWARD = "nanjing-champion-award"
CHAMPION = Profile("champion", read_profile({"city": "nanjing", "tiers": ["champion"], "first_recognition": "yes"}))
ELSEWHERE = Profile("elsewhere", read_profile({"city": "yancheng", "tiers": ["champion"]}))


def with_support(library: Library, support_id: str, **changes: object) -> Library:
    values = {**library.supports[support_id].model_dump(by_alias=True, exclude_defaults=True), **changes}
    return replace(library, supports={**library.supports, support_id: Support.model_validate(values)})


def without(library: Library, support_id: str) -> Library:
    return replace(library, supports={key: s for key, s in library.supports.items() if key != support_id})


def test_a_version_does_not_differ_from_itself(library: Library) -> None:
    difference = compare(library, library, [CHAMPION, ELSEWHERE], TODAY)
    assert difference.is_empty
    assert (difference.findings, difference.profiles) == ((), 2)


def test_a_row_that_is_added_and_one_that_is_removed_are_told(library: Library) -> None:
    smaller = without(library, AWARD)
    assert [entry.id for entry in compare(smaller, library, [], TODAY).supports.added] == [AWARD]
    assert [entry.id for entry in compare(library, smaller, [], TODAY).supports.removed] == [AWARD]


def test_a_row_that_is_changed_is_told_field_by_field(library: Library) -> None:
    benefit = library.supports[AWARD].benefit.model_dump() | {"amount_cny": 1_000_000}
    changed = compare(
        library, with_support(library, AWARD, benefit=benefit, kind="funding"), [], TODAY
    ).supports.changed
    assert [one.id for one in changed] == [AWARD]
    assert set(changed[0].fields) == {
        FieldChange("kind", "award", "funding"),
        FieldChange("benefit.amount_cny", 3_000_000, 1_000_000),
    }


def test_only_the_condition_that_changed_is_told(library: Library) -> None:
    when = [c.model_dump(by_alias=True, exclude_defaults=True) for c in library.supports[AWARD].when]
    changed = compare(library, with_support(library, AWARD, when=when[:1]), [], TODAY).supports.changed
    assert [(field.name, field.new) for field in changed[0].fields] == [("when 2", None)]


def test_the_findings_that_change_are_told_and_no_others(library: Library) -> None:
    when = [c.model_dump(by_alias=True, exclude_defaults=True) for c in library.supports[AWARD].when]
    new = with_support(library, AWARD, when=[{**when[0], "includes_any": ["little_giant"]}, when[1]])
    (change,) = compare(library, new, [CHAMPION, ELSEWHERE], TODAY).findings
    eligible, ineligible = (Verdict(s, s) for s in (Status.ELIGIBLE, Status.INELIGIBLE))
    assert change == ChangedFinding("champion", AWARD, library.supports[AWARD].title, eligible, ineligible)


def test_a_profile_of_another_day_is_asked_on_its_day(library: Library) -> None:
    past = replace(CHAMPION, as_of=date(2029, 1, 1))
    (change,) = compare(library, without(library, AWARD), [past], TODAY).findings
    assert change.old == Verdict(Status.NOT_IN_FORCE, Status.ELIGIBLE)
    assert change.new is None


def test_a_text_that_is_changed_is_told_by_its_provision(library: Library) -> None:
    document = library.documents["nanjing-measures"]
    layout = lay_out(document.text.replace("给予300万元、100万元奖励", "给予500万元、100万元奖励"))
    changed = Document(document.record, layout.text, {p.path: p for p in layout.provisions})
    new = replace(library, documents={**library.documents, document.id: changed})
    (one,) = compare(library, new, [], TODAY).documents.changed
    assert [field.name for field in one.fields] == ["text 2/5"]
    assert "500万元" in one.fields[0].new
