"""Situations: a profile in, findings out, for every row of the rules table."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chains.eligibility import Status, assess
from knowledge.library import Library
from knowledge.profile import read_profile

SITUATIONS = Path(__file__).parent
FILES = sorted(SITUATIONS.glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def verdict(status: Status, otherwise: Status) -> str:
    return f"{status.value}/{otherwise.value}" if status is Status.NOT_IN_FORCE else status.value


@pytest.mark.parametrize("case", CASES)
def test_a_situation_gives_its_findings(case: dict[str, Any], library: Library) -> None:
    profile = read_profile(case["profile"])
    as_of = case["as_of"] if isinstance(case["as_of"], date) else date.fromisoformat(case["as_of"])
    found = {}
    for support_id in case["findings"]:
        finding = assess(library.supports[support_id], library.document(support_id), profile, as_of)
        found[support_id] = verdict(finding.status, finding.otherwise)
    assert found == case["findings"]


def told() -> list[str]:
    cases = [case for file in FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return [support for case in cases for support in case["findings"]]


def test_every_support_stands_in_a_situation(library: Library) -> None:
    assert set(library.supports) - set(told()) == set()


def test_every_headline_support_stands_in_three_situations(library: Library) -> None:
    stands = told()
    assert [s.id for s in library.supports.values() if s.headline and stands.count(s.id) < 3] == []
