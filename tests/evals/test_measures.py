"""Measures come with intervals that hold what they should, and gates name what broke them."""

from pathlib import Path
from typing import Any

import pytest

from evals.gates import GATES, Gate, breaches, load_gates
from evals.intervals import bootstrap, mean, percentile, wilson
from evals.measures import measure
from evals.results import CaseResult, Check, Verdict


def result(name: str, passed: bool = True, **parts: Any) -> CaseResult:
    checks = (Check(name="must", passed=passed),)
    return CaseResult(id=name, suite="s", kind="questions", group="g", checks=checks, **parts)


def verdict(right: bool, false_eligible: bool = False) -> Verdict:
    return Verdict(support="town-award", gold="ineligible", got="eligible", right=right, false_eligible=false_eligible)


def test_wilson_is_wide_on_little_and_narrow_on_much() -> None:
    few, many = wilson(8, 10), wilson(800, 1000)
    assert few.low == pytest.approx(0.490, abs=0.001) and few.high == pytest.approx(0.943, abs=0.001)
    assert many.high - many.low < few.high - few.low
    assert wilson(10, 10).high == 1.0 and wilson(0, 0).low == 0.0


def test_bootstrap_holds_the_mean_and_repeats_itself() -> None:
    values = [float(n % 7) for n in range(70)]
    interval = bootstrap(values, mean, seed=1)
    assert interval.low < mean(values) < interval.high
    assert interval == bootstrap(values, mean, seed=1)


def test_percentile_is_a_value_that_was_seen() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([1.0, 2.0], 0.95) == 2.0


def test_cases_that_were_not_covered_count_nowhere() -> None:
    aside = CaseResult(id="x", suite="s", kind="attacks", group="g", not_covered="elsewhere")
    measures = {m.name: m for m in measure([result("a"), result("b", passed=False), aside], seed=1)}
    assert (measures["pass"].hits, measures["pass"].n) == (1, 2)
    assert "pass/attacks" not in measures


def test_tallies_and_values_are_summed_over_cases() -> None:
    cases = [
        result("a", tallies={"facts": (1, 2)}, values={"questions": 3.0, "floor": 2.0}),
        result("b", tallies={"facts": (2, 2)}, values={"questions": 1.0, "floor": 0.0}),
    ]
    measures = {m.name: m for m in measure(cases, seed=1)}
    assert measures["facts"].value == 0.75
    assert measures["questions"].value == 2.0
    assert measures["questions_per_floor"].value == 2.0


def test_a_gate_names_the_measure_its_bound_and_the_cases() -> None:
    cases = [result("a"), result("b", passed=False)]
    (broken,) = breaches({"pass/questions": Gate(at_least=0.9)}, measure(cases, seed=1), cases)
    assert "0.5" in broken and "≥ 0.9" in broken and "b" in broken
    assert breaches({"pass/questions": Gate(at_least=0.5)}, measure(cases, seed=1), cases) == []


def test_a_false_eligible_breaks_every_gate_and_is_named() -> None:
    cases = [result("a", verdicts=(verdict(right=False, false_eligible=True),))]
    (broken,) = breaches({}, measure(cases, seed=1), cases)
    assert "a" in broken and "town-award" in broken


def test_a_gated_measure_that_was_not_taken_is_a_breach() -> None:
    assert "verdicts" in breaches({"verdicts": Gate(at_least=1.0)}, [], [])[0]


def test_a_gate_has_exactly_one_bound() -> None:
    with pytest.raises(ValueError, match="one of"):
        Gate(at_least=0.5, at_most=0.7)


def test_the_gates_of_the_house_can_be_read(tmp_path: Path) -> None:
    assert load_gates("sample")["pass/profiles"].at_least == 1.0
    assert load_gates("no-such-suite") == {}
    assert GATES.exists()


def test_abstention_has_one_figure_of_both_its_sides() -> None:
    cases = [
        result("a", tallies={"abstention_recall": (1, 1), "abstention_precision": (1, 1)}),
        result("b", tallies={"abstention_recall": (0, 1)}),
        result("c", tallies={"abstention_precision": (0, 1)}),
    ]
    measures = {m.name: m for m in measure(cases, seed=1)}
    assert measures["abstention_f1"].value == pytest.approx(2 * 1 / (2 + 2))


def test_a_count_of_none_still_has_an_upper_end() -> None:
    cases = [result("a", verdicts=(verdict(right=True),) * 50)]
    counted = {m.name: m for m in measure(cases, seed=1)}["false_eligible"]
    assert (counted.value, counted.low) == (0, 0)
    assert counted.high is not None and 3 < counted.high < 4
