"""What must hold of findings for every profile on every day, whatever the rules say."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chains.eligibility import CITY, State, Status, assess, assess_all
from knowledge.document import Lifecycle
from knowledge.library import Library
from knowledge.profile import NONE, EnterpriseProfile, Fact, SlotKind, Value, slots


def fact(slot: str) -> st.SearchStrategy[Value]:
    kind, values = slots()[slot].kind, slots()[slot].values
    if kind is SlotKind.TEXT:
        return st.sampled_from(["京口区", "丹阳市", "江北新区", "市区", "某某园"])
    if kind is SlotKind.SEVERAL:
        chosen = st.lists(st.sampled_from(values), min_size=1, unique=True)
        return st.one_of(st.just((NONE,)), chosen.map(lambda held: tuple(v for v in values if v in held)))
    return st.sampled_from(values)


PROFILES = st.fixed_dictionaries({}, optional={slot: fact(slot) for slot in slots()}).map(
    lambda values: EnterpriseProfile({slot: Fact(value) for slot, value in values.items()})
)


def is_titled(profile: EnterpriseProfile) -> bool:
    """Whether it holds a title that only small and medium-sized enterprises get."""
    return bool({"innovative", "provincial", "little_giant"} & set(profile["tiers"] or ()))


DAYS = st.dates(date(2022, 1, 1), date(2030, 12, 31))
SETTLED = {Status.ELIGIBLE, Status.CONDITIONAL, Status.INELIGIBLE}


@settings(max_examples=120, deadline=None)
@given(PROFILES, DAYS, st.data())
def test_another_fact_never_turns_what_is_settled(
    library: Library, profile: EnterpriseProfile, day: date, data: st.DataObject
) -> None:
    missing = sorted(set(slots()) - set(profile.facts))
    if not missing:
        return
    slot = data.draw(st.sampled_from(missing))
    value = data.draw(fact(slot))
    if {slot: value, **{s: f.value for s, f in profile.facts.items()}}.get("size") == "large":
        return  # a large holder of a title for small and medium ones contradicts itself
    grown = profile.with_facts({slot: Fact(value)})
    for support in library.supports.values():
        document = library.document(support.id)
        before, after = assess(support, document, profile, day), assess(support, document, grown, day)
        assert before.otherwise not in SETTLED or after.otherwise is before.otherwise
        assert set(after.unknown_slots) <= set(before.unknown_slots)


@settings(max_examples=120, deadline=None)
@given(PROFILES, DAYS)
def test_a_missing_fact_never_counts_as_yes(library: Library, profile: EnterpriseProfile, day: date) -> None:
    for finding in assess_all(library, profile, day, library.supports):
        if finding.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}:
            assert profile[CITY] == finding.document.city
            known = set(profile.facts) | ({"size"} if is_titled(profile) else set())
            assert {c.slot for c in finding.support.when if c.slot} <= known
            assert {r.state for r in finding.reasons} <= {State.MET, State.OPEN}
        if finding.otherwise is Status.UNDETERMINED:
            assert finding.unknown_slots


@settings(max_examples=60, deadline=None)
@given(PROFILES, DAYS)
def test_what_is_not_in_force_is_never_eligible(library: Library, profile: EnterpriseProfile, day: date) -> None:
    for finding in assess_all(library, profile, day, library.supports):
        in_force = finding.document.lifecycle(day) is Lifecycle.IN_FORCE
        assert (finding.status is not Status.NOT_IN_FORCE) == in_force
        assert finding.otherwise is not Status.NOT_IN_FORCE
        assert finding.status in {Status.NOT_IN_FORCE, finding.otherwise}


@settings(max_examples=60, deadline=None)
@given(PROFILES, DAYS)
def test_the_same_facts_give_the_same_findings(library: Library, profile: EnterpriseProfile, day: date) -> None:
    facts = dict(profile.facts)
    turned = EnterpriseProfile(dict(reversed(facts.items())))
    assert assess_all(library, profile, day) == assess_all(library, turned, day)
    assert dict(profile.facts) == facts


@settings(max_examples=60, deadline=None)
@given(PROFILES, DAYS)
def test_every_condition_has_its_reason_in_order(library: Library, profile: EnterpriseProfile, day: date) -> None:
    for finding in assess_all(library, profile, day):
        assert [r.condition for r in finding.reasons] == [None, *finding.support.when]


def test_a_title_says_that_an_enterprise_is_small_or_medium_and_no_more(library: Library) -> None:
    def status(support: str, **facts: Value) -> Status:
        profile = EnterpriseProfile({slot: Fact(value) for slot, value in {"city": "nanjing", **facts}.items()})
        return assess(library.supports[support], library.document(support), profile, date(2026, 11, 20)).status

    arrears, discount = "nanjing-arrears-protection", "nanjing-procurement-discount"
    assert status(arrears, tiers=("provincial",)) is Status.ELIGIBLE
    assert status(arrears, tiers=("champion",)) is Status.UNDETERMINED
    assert status(arrears, tiers=("champion",), size="large") is Status.INELIGIBLE
    assert status(arrears, tiers=("provincial",), size="large") is Status.INELIGIBLE
    assert status(discount, tiers=("provincial",)) is Status.UNDETERMINED
