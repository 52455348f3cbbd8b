"""Yes and no to the interview's questions: what is so now before what was, what is plain before what is in passing."""

import re

import pytest

from chains.language.normalise import normalise
from chains.language.yes_no import Told, intends, polarity, read_yes_no
from chains.prompting import read_data
from knowledge.profile import SlotKind, slots

CUES = read_data("lexicon")["polarity"]
YES_NO = {s.slot for s in slots().values() if s.kind is SlotKind.YES_NO}


def read(slot: str, *clauses: str | Told, answers: bool = False) -> str | None:
    told = [c if isinstance(c, Told) else Told(c) for c in clauses]
    fact = read_yes_no(slot, told, answers=answers)
    return str(fact.value) if fact else None


@pytest.mark.parametrize("row", CUES, ids=lambda row: row["say"])
def test_a_cue_says_what_its_example_says(row: dict[str, str]) -> None:
    assert polarity(normalise(row["say"]), answers=True) == row["says"]


@pytest.mark.parametrize("name", ["lesser", "wanted", "beside", "cores"])
def test_the_words_of_a_slot_are_of_a_slot_that_is_asked_yes_or_no(name: str) -> None:
    rows = read_data("lexicon")[name]
    assert set(rows) <= YES_NO and all(re.compile(match) for match in rows.values())


def test_slots_with_rules_of_their_own_are_asked_yes_or_no() -> None:
    lexicon = read_data("lexicon")
    assert {*lexicon["plans_count"], *lexicon["one_is_enough"]} <= YES_NO


def test_what_was_once_yields_to_what_is_so_now() -> None:
    assert read("pilot_platform", "原来参与中试平台", "今年退股了", answers=True) == "no"
    assert read("foreign_trade", "以前没出口", "现在一半出口") == "yes"


def test_of_several_things_one_is_enough() -> None:
    assert read("foreign_trade", "产品没有出口", "但关键零件从德国进口") == "yes"


def test_an_intention_counts_where_the_contract_says_so() -> None:
    assert read("buys_computing", "明年打算买算力", answers=True) == "yes"
    assert read("pilot_platform", "明年想建个中试平台", answers=True) == "no"
    assert read("pilot_platform", "明年想建个中试平台") is None
    assert intends("打算申报") and not intends("没打算申报")


def test_another_s_doings_are_not_ones_own() -> None:
    theirs = Told("母公司承担国家攻关任务", own=False)
    assert read("key_technology_project", theirs) is None
    assert read("key_technology_project", theirs, "我们没有") == "no"


def test_what_is_given_to_others_states_nothing() -> None:
    assert read("key_technology_project", "承担关键核心技术攻关任务最高给1000万") is None


def test_a_project_of_the_province_is_none_of_the_state() -> None:
    assert read("key_technology_project", "不是国家的", "是省里的攻关项目", answers=True) == "no"
    assert read("key_technology_project", "不是省的", "是国家的", answers=True) == "yes"


def test_what_is_said_in_passing_yields_to_what_is_said_plainly() -> None:
    assert read("pilot_platform", "没有参与过", "中试都是送到外面做的", answers=True) == "no"
