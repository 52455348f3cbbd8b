"""The floor and the best policy, on a table small enough to work out by hand."""

from datetime import date

import pytest

from chains.bootstrap import CORPUS
from evals.cases import SUITES, DialogueCase, load_suite
from evals.optimal import Facts, Goal, Interview, best_policy, floor, moves
from knowledge.library import Library, load_library

AS_OF = date(2026, 11, 20)
GIANT: Facts = {"city": "nanjing", "tiers": ("little_giant",), "first_recognition": "yes"}
INNOVATIVE: Facts = {"city": "nanjing", "tiers": ("innovative",), "first_recognition": "yes"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(CORPUS)


@pytest.fixture
def award(library: Library) -> Goal:
    return Goal(library, ("nanjing-little-giant-award",), AS_OF)


def test_who_qualifies_must_show_every_fact_and_who_does_not_only_one(award: Goal) -> None:
    assert floor(award, GIANT) == 3
    assert floor(award, INNOVATIVE) == 1
    assert floor(award, GIANT, stated=["city", "tiers"]) == 1


def test_the_best_policy_asks_first_what_tells_the_enterprises_apart(award: Goal) -> None:
    assert best_policy(award, [GIANT, INNOVATIVE]) == 2.0
    assert best_policy(award, [GIANT]) == 3.0


def test_yes_no_facts_may_be_asked_in_one_tap() -> None:
    assert frozenset({"genai_filed", "foreign_trade"}) in moves(["genai_filed", "foreign_trade", "city"])


def test_our_interview_is_never_below_the_floor(award: Goal) -> None:
    for facts in (GIANT, INNOVATIVE):
        assert Interview(award, facts).count() >= floor(award, facts)


@pytest.mark.parametrize("suite", ["sample", "own"])
def test_the_floors_written_in_a_suite_are_those_found_by_search(library: Library, suite: str) -> None:
    for case in load_suite(SUITES / suite).cases:
        if isinstance(case, DialogueCase):
            facts = {slot: value for slot, value in case.facts.items() if value != "unknown"}
            goal = Goal(library, case.goal, case.as_of)
            assert floor(goal, facts, {*case.stated, *case.derivable}) == case.floor, case.id
