"""The next question settles something, is never asked twice, and is read as it was answered."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chains.eligibility import CITY, Status, assess, assess_all
from chains.interview import next_question, read_choices
from chains.prompting import CHECKLIST
from chains.reply import Option, Question
from knowledge.library import Library
from knowledge.profile import NONE, UNKNOWN, EnterpriseProfile, Fact, SlotKind, Source, Value, read_profile, slots
from knowledge.regions import served_cities

TODAY = date(2026, 11, 20)
HEADLINES = ("nanjing-computing-voucher", "nanjing-refinancing-fund", "nanjing-aeo", "nanjing-little-giant-award")
CHECKS = ("foreign_trade", "genai_filed", "needs_refinancing")


def values(slot: str) -> tuple[Value, ...]:
    kind, named = slots()[slot].kind, slots()[slot].values
    if kind is SlotKind.TEXT:
        return ("市区", "丹阳市", "某某园")
    return ((NONE,), *((v,) for v in named)) if kind is SlotKind.SEVERAL else named


PROFILES = st.fixed_dictionaries({}, optional={s: st.sampled_from(values(s)) for s in slots()}).map(
    lambda given: EnterpriseProfile({slot: Fact(value) for slot, value in given.items()})
)
DECLINED = st.frozensets(st.sampled_from(sorted(slots())), max_size=6)


def ask(library: Library, supports: Iterable[str], declined: Iterable[str] = (), **facts: object) -> Question | None:
    profile = read_profile(facts)
    found = [assess(library.supports[s], library.document(s), profile, TODAY) for s in supports]
    return next_question(found, tuple(declined))


def asked_slots(question: Question) -> tuple[str, ...]:
    ids = tuple(o.id for o in question.options if o.id not in {NONE, UNKNOWN})
    return ids if question.slot == CHECKLIST else (question.slot,)


def checklist(*slots: str) -> Question:
    options = tuple(Option(id=i, label=i) for i in (*slots, NONE, UNKNOWN))
    return Question(slot=CHECKLIST, text="?", options=options, multiple=True)


def one_of(slot: str, *ids: str, multiple: bool = False) -> Question:
    return Question(slot=slot, text="?", options=tuple(Option(id=i, label=i) for i in ids), multiple=multiple)


TITLES = one_of("tiers", "provincial", "champion", NONE, multiple=True)


def verdicts(library: Library, profile: EnterpriseProfile, supports: Iterable[str]) -> list[object]:
    found = [assess(library.supports[s], library.document(s), profile, TODAY) for s in supports]
    return [(f.otherwise, f.unknown_slots) for f in found]


@pytest.mark.parametrize("supports", [HEADLINES, ("zhenjiang-little-giant-award",), ("yancheng-aeo", "nanjing-aeo")])
def test_the_city_is_asked_first(supports: tuple[str, ...], library: Library) -> None:
    question = ask(library, supports, tiers=["little_giant"])
    assert question is not None
    assert (question.slot, question.multiple) == (CITY, False)
    assert [o.id for o in question.options] == list(slots()[CITY].values)


def test_the_city_is_asked_first_of_a_broad_question(library: Library) -> None:
    question = next_question(assess_all(library, EnterpriseProfile(), TODAY))
    assert question is not None
    assert question.slot == CITY


def test_several_yes_no_facts_are_asked_in_one_tap(library: Library) -> None:
    question = ask(library, HEADLINES, city="nanjing", tiers=["little_giant"], ownership="private")
    assert question is not None
    assert (question.slot, question.multiple) == (CHECKLIST, True)
    assert set(asked_slots(question)) == {"buys_computing", "needs_refinancing", "foreign_trade", "first_recognition"}
    assert [o.id for o in question.options][-2:] == [NONE, UNKNOWN]


def test_a_single_yes_no_fact_is_asked_by_itself(library: Library) -> None:
    question = ask(library, ["nanjing-aeo"], city="nanjing", tiers=["provincial"])
    assert question is not None
    assert (question.slot, question.multiple) == ("foreign_trade", False)
    assert [o.id for o in question.options] == ["yes", "no", UNKNOWN]


def test_titles_may_be_ticked_together(library: Library) -> None:
    question = ask(library, ["nanjing-financing-whitelist"], city="nanjing")
    assert question is not None
    assert (question.slot, question.multiple) == ("tiers", True)
    assert [o.id for o in question.options] == [*slots()["tiers"].values, NONE, UNKNOWN]


def test_places_are_offered_where_the_place_decides(library: Library) -> None:
    facts = {"city": "zhenjiang", "tiers": ["champion"], "first_recognition": "yes"}
    question = ask(library, ["zhenjiang-champion-award"], **facts)
    assert question is not None
    assert question.slot == "district"
    assert [o.id for o in question.options] == ["市区", "丹阳市", "扬中市", "句容市", UNKNOWN]


def test_nothing_is_asked_once_all_is_settled(library: Library) -> None:
    assert ask(library, ["nanjing-aeo"], city="nanjing", tiers=["provincial"], foreign_trade="yes") is None
    assert ask(library, ["nanjing-aeo"], city="nanjing", tiers=["none"]) is None
    assert ask(library, ["nanjing-aeo"], city="other") is None
    assert next_question([]) is None


def test_what_is_open_to_the_authority_is_not_asked_of_the_enterprise(library: Library) -> None:
    assert ask(library, ["nanjing-title-self-review"], city="nanjing", tiers=["provincial"]) is None


def test_what_the_enterprise_does_not_know_is_not_asked_again(library: Library) -> None:
    assert ask(library, ["nanjing-aeo"], ["foreign_trade"], city="nanjing", tiers=["provincial"]) is None
    question = ask(library, HEADLINES, ["foreign_trade"], city="nanjing", tiers=["little_giant"], ownership="private")
    assert question is not None
    assert "foreign_trade" not in asked_slots(question)


@settings(max_examples=60, deadline=None)
@given(PROFILES, DECLINED, st.data())
def test_a_question_asks_what_is_neither_known_nor_declined_and_changes_a_verdict(
    library: Library, profile: EnterpriseProfile, declined: frozenset[str], data: st.DataObject
) -> None:
    goal = data.draw(st.lists(st.sampled_from(sorted(library.supports)), min_size=1, max_size=6, unique=True))
    found = [assess(library.supports[s], library.document(s), profile, TODAY) for s in goal]
    question = next_question(found, declined)
    if question is None:
        open_slots = {slot for f in found if f.otherwise is Status.UNDETERMINED for slot in f.unknown_slots}
        # A place that is known by name but not where it lies is nothing that asking could settle.
        assert open_slots <= declined | {"district"}
        return
    before = verdicts(library, profile, goal)
    for slot in asked_slots(question):
        assert slot not in declined
        assert slot not in profile.facts
        answers = [profile.with_facts({slot: Fact(value)}) for value in values(slot)]
        assert any(verdicts(library, answered, goal) != before for answered in answers), slot


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(served_cities())), st.data())
def test_a_whole_city_is_settled_in_a_handful_of_questions(library: Library, city: str, data: st.DataObject) -> None:
    profile, declined, count = EnterpriseProfile(), set[str](), 0
    while question := next_question(assess_all(library, profile, TODAY), declined):
        count += 1
        ids = [o.id for o in question.options]
        if question.slot == CITY:
            choices = [city]
        elif question.multiple:
            choices = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        else:
            choices = [data.draw(st.sampled_from(ids))]
        facts, unknown = read_choices(question, choices)
        assert facts or unknown
        profile, declined = profile.with_facts(facts), declined | set(unknown)
        assert count <= 8
    left = [f for f in assess_all(library, profile, TODAY) if f.otherwise is Status.UNDETERMINED]
    assert all(set(f.unknown_slots) <= declined for f in left)


def test_the_same_findings_give_the_same_question(library: Library) -> None:
    found = assess_all(library, read_profile({"city": "nanjing"}), TODAY)
    assert next_question(found) == next_question(tuple(reversed(found)))


# How answers are read.


def test_what_is_ticked_is_yes_and_what_is_not_is_no() -> None:
    facts, unknown = read_choices(checklist(*CHECKS), ["genai_filed"])
    assert ({s: f.value for s, f in facts.items()}, unknown) == (
        {"foreign_trade": "no", "genai_filed": "yes", "needs_refinancing": "no"},
        (),
    )


@pytest.mark.parametrize("choices", [[NONE], []])
def test_none_is_no_for_all(choices: list[str]) -> None:
    facts, unknown = read_choices(checklist(*CHECKS), choices)
    assert ({f.value for f in facts.values()}, set(facts), unknown) == ({"no"}, set(CHECKS), ())


def test_with_unknown_what_is_not_ticked_stays_unknown() -> None:
    facts, unknown = read_choices(checklist(*CHECKS), ["foreign_trade", UNKNOWN])
    assert ({s: f.value for s, f in facts.items()}, unknown) == (
        {"foreign_trade": "yes"},
        ("genai_filed", "needs_refinancing"),
    )


def test_unknown_alone_leaves_all_unknown() -> None:
    assert read_choices(checklist(*CHECKS), [UNKNOWN]) == ({}, CHECKS)


@pytest.mark.parametrize(
    ("question", "choices", "value"),
    [
        (one_of("ownership", "private", "state", UNKNOWN), ["state"], "state"),
        (one_of("foreign_trade", "yes", "no", UNKNOWN), ["no"], "no"),
        (one_of("leads_standard", "international", "national", NONE, UNKNOWN), [NONE], "none"),
        (one_of("district", "市区", "丹阳市", UNKNOWN), ["丹阳市"], "丹阳市"),
        (TITLES, ["provincial"], ("provincial",)),
        (TITLES, [NONE], ("none",)),
        (TITLES, ["champion", "provincial"], ("provincial", "champion")),
        (TITLES, ["champion", NONE], ("champion",)),
    ],
)  # fmt: skip
def test_a_choice_is_its_value(question: Question, choices: list[str], value: Value) -> None:
    facts, unknown = read_choices(question, choices)
    assert (facts[question.slot], unknown) == (Fact(value, Source.CHOSEN), ())


@pytest.mark.parametrize("slot", ["ownership", "tiers", "foreign_trade"])
def test_a_choice_of_unknown_declines_the_slot(slot: str) -> None:
    assert read_choices(one_of(slot, "yes", UNKNOWN, multiple=slot == "tiers"), [UNKNOWN]) == ({}, (slot,))
