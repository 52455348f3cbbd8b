"""Verdicts are held to their gold; promising too much is told apart from every other fault."""

from datetime import date
from typing import Any

import pytest

from evals.cases import ProfileCase
from evals.results import CaseResult
from evals.runner import judge
from tests.evals.fakes import FakeClient, finding


async def judged(gold: dict[str, Any], *findings: dict[str, Any], city: str = "town") -> CaseResult:
    case = ProfileCase.model_validate(
        {"id": "p", "as_of": date(2026, 11, 20), "profile": {"city": city}, "gold": {"town-award": gold}}
    )
    client = FakeClient(findings=findings)
    return await judge(case, "suite", client, await client.catalogue())


@pytest.mark.parametrize(
    ("got", "gold", "right", "false_eligible"),
    [
        ("eligible", ["eligible"], True, False),
        ("undetermined", ["eligible", "undetermined"], True, False),
        ("ineligible", ["eligible"], False, False),
        ("eligible", ["ineligible"], False, True),
        ("conditional", ["undetermined"], False, True),
        ("eligible", ["conditional"], False, True),
        ("conditional", ["eligible"], False, False),
        ("eligible", ["not_in_force"], False, True),
    ],
)
async def test_a_status_against_its_gold(got: str, gold: list[str], right: bool, false_eligible: bool) -> None:
    (verdict,) = (await judged({"status": gold}, finding("town-award", got))).verdicts
    assert (verdict.right, verdict.false_eligible) == (right, false_eligible)


async def test_no_finding_is_absent() -> None:
    assert (await judged({"status": ["absent"]})).passed
    assert not (await judged({"status": ["eligible"]})).passed
    assert not (await judged({"status": ["absent"]}, finding("town-award", "ineligible"))).passed


async def test_otherwise_counts_for_what_is_not_in_force() -> None:
    gold = {"status": ["not_in_force"], "otherwise": ["ineligible"]}
    assert (await judged(gold, finding("town-award", "not_in_force", otherwise="ineligible"))).passed
    result = await judged(gold, finding("town-award", "not_in_force", otherwise="eligible"))
    assert result.verdicts[0].false_eligible


async def test_a_support_of_another_city_is_a_fault() -> None:
    result = await judged(
        {"status": ["eligible"]}, finding("town-award", "eligible"), finding("moon-award", "ineligible")
    )
    assert [check.name for check in result.failures] == ["foreign_city"]
