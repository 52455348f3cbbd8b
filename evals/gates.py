"""Gates: the floors and ceilings that a run must keep; a false eligible breaks any of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from evals.measures import Measure
from evals.results import CaseResult

GATES = Path(__file__).parent / "gates.yaml"


class Gate(BaseModel):
    """A bound on one measure, by its value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Gate":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a gate has one of at_least, at_most")
        return self

    @property
    def bound(self) -> str:
        return f"≥ {self.at_least}" if self.at_least is not None else f"≤ {self.at_most}"

    def holds(self, value: float) -> bool:
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0.0)


class _Gates(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    suites: Mapping[str, Mapping[str, Gate]]


def read_gates(text: str) -> Mapping[str, Mapping[str, Gate]]:
    """By suite. Raises pydantic's ValidationError."""
    return _Gates.model_validate(yaml.safe_load(text)).suites


def load_gates(suite: str, file: Path = GATES) -> Mapping[str, Gate]:
    return read_gates(file.read_text(encoding="utf-8")).get(suite, {})


def fallen(now: Mapping[str, Mapping[str, Gate]], before: Mapping[str, Mapping[str, Gate]]) -> list[str]:
    """Gates that ask for less than they did before, or are gone. A suite that is gone takes its gates with it."""
    lower = []
    for suite, gates in before.items():
        for name, old in gates.items() if suite in now else ():
            new = now[suite].get(name)
            if new is None:
                lower.append(f"{suite} {name}: gone, it was {old.bound}")
            elif (new.at_least or 0.0) < (old.at_least or 0.0) or (new.at_most or 0.0) > (old.at_most or 0.0):
                lower.append(f"{suite} {name}: {new.bound}, it was {old.bound}")
    return lower


def breaches(gates: Mapping[str, Gate], measures: Sequence[Measure], results: Sequence[CaseResult]) -> list[str]:
    """What fell below its floor, with the failing cases named. A gated measure that is missing is a breach."""
    by_name = {m.name: m for m in measures}
    broken = []
    for name, gate in gates.items():
        found = by_name.get(name)
        if found is None:
            broken.append(f"{name}：没有测得（要求 {gate.bound}）")
        elif not gate.holds(found.value):
            cases = "、".join(_failing(name, results)) or "—"
            broken.append(f"{found.label}（{name}）：{found.value:.4g}，要求 {gate.bound}；涉及：{cases}")
    for result in results:
        wrong = [f"{v.support}（应为 {v.gold}，判为 {v.got}）" for v in result.verdicts if v.false_eligible]
        if wrong:
            broken.append(f"误判可申请：{result.id}：{'、'.join(wrong)}")
    return broken


def _failing(name: str, results: Sequence[CaseResult]) -> list[str]:
    root, *scope = name.split("/")
    if root == "pass":
        return [r.id for r in results if not r.passed and [r.kind, r.group][: len(scope)] == scope]
    if root == "verdicts":
        return [r.id for r in results if any(not v.right for v in r.verdicts)]
    if any(name in r.tallies for r in results):
        return [r.id for r in results if r.tallies.get(name, (0, 0))[0] < r.tallies.get(name, (0, 0))[1]]
    return [r.id for r in results if r.values.get(name, 0) > 0]
