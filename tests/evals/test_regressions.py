"""A regression that is planted on purpose breaks the gates of the house, with its cases named."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

import chains.eligibility as eligibility
from chains.bootstrap import CORPUS, build_assistant
from chains.eligibility import Reason, State, Status
from evals.cases import SUITES, Suite, kind_of, load_suite
from evals.clients import InProcessClient, Said, Talk
from evals.contract import Reply
from evals.gates import breaches, load_gates
from evals.measures import measure
from evals.runner import judge
from knowledge.library import InvalidCorpus, load_library


class WrongAmount(InProcessClient):
    """Says 120 where a row says 100."""

    async def begin(self, as_of: date) -> Talk:  # type: ignore[override]
        return _Misquoting(await super().begin(as_of))


class _Misquoting:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
        said = await self._talk.say(text, choices)
        raw = {**said.raw, "text": str(said.raw["text"]).replace("100万元", "120万元")}
        return Said(Reply.model_validate(raw), said.seconds, raw, said.trace)


def of_kind(kind: str) -> Suite:
    return load_suite(SUITES / "sample").only(lambda case: kind_of(case) == kind)


async def broken_gates(suite: Suite, client: InProcessClient) -> list[str]:
    """What a run of a suite breaks; how long it takes is the gate's to say, which runs by itself."""
    catalogue = await client.catalogue()
    results = [await judge(case, suite.name, client, catalogue) for case in suite.cases]
    measures = measure(results, seed=1)
    measured = {m.name for m in measures}
    gates = {name: gate for name, gate in load_gates("sample").items()}
    gates = {name: gate for name, gate in gates.items() if name in measured and not name.startswith("latency")}
    assert gates
    return breaches(gates, measures, results)


@pytest.mark.parametrize("kind", ["questions", "profiles"])
async def test_nothing_is_broken_before(kind: str) -> None:
    assert await broken_gates(of_kind(kind), InProcessClient(build_assistant())) == []


async def test_a_wrong_amount_breaks_the_gate_on_figures_and_names_the_cases() -> None:
    broken = await broken_gates(of_kind("questions"), WrongAmount(build_assistant()))
    assert any("replies_without_unsupported_figures" in line and "涉及：" in line for line in broken)


async def test_an_unknown_that_is_dropped_is_a_false_eligible(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_unknowns(reasons: Sequence[Reason]) -> Status:
        states = {reason.state for reason in reasons} - {State.UNKNOWN}
        return Status.INELIGIBLE if State.UNMET in states else Status.ELIGIBLE

    monkeypatch.setattr(eligibility, "_combine", without_unknowns)
    broken = await broken_gates(of_kind("profiles"), InProcessClient(build_assistant()))
    assert any(line.startswith("误判可申请：") for line in broken)


def test_a_wrong_amount_in_the_table_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    copytree(CORPUS, tmp_path / "corpus")
    table = tmp_path / "corpus" / "nanjing-measures" / "supports.yaml"
    rows = table.read_text(encoding="utf-8")
    wrong = rows.replace("text: 首次获评的，给予 100 万元奖励", "text: 首次获评的，给予 120 万元奖励")
    assert wrong != rows
    table.write_text(wrong, encoding="utf-8")
    with pytest.raises(InvalidCorpus, match="120"):
        load_library(tmp_path / "corpus")
