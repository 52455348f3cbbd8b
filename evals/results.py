"""What a judged case leaves behind: checks, tallies, verdicts, and the conversation itself, kept line by line."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import Split
from evals.clients import Said

Record = TypeVar("Record", bound=BaseModel)


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(_Kept):
    """One thing that was looked at; `detail` says what was wrong, or what was found."""

    name: str
    passed: bool
    detail: str = ""


class TurnRecord(_Kept):
    """What was said, what came back, and what staff would see beside it."""

    said: str
    choices: tuple[str, ...] = ()
    reply: Mapping[str, Any] | None = None
    seconds: float = 0.0
    trace: Mapping[str, Any] | None = None


class Verdict(_Kept):
    """A support's gold (alternatives joined by `|`) and what was got."""

    support: str
    gold: str
    got: str
    right: bool
    false_eligible: bool


class CaseResult(_Kept):
    id: str
    suite: str
    kind: str
    group: str
    split: Split = "work"
    note: str = ""
    not_covered: str = ""
    error: str = ""
    checks: tuple[Check, ...] = ()
    tallies: Mapping[str, tuple[int, int]] = {}
    values: Mapping[str, float] = {}
    verdicts: tuple[Verdict, ...] = ()
    turns: tuple[TurnRecord, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.error and all(check.passed for check in self.checks)

    @property
    def failures(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.passed)


@dataclass(slots=True)
class Judgement:
    """Gathers what is found while one case is judged."""

    checks: list[Check] = field(default_factory=list)
    tallies: dict[str, tuple[int, int]] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    turns: list[TurnRecord] = field(default_factory=list)
    not_covered: str = ""

    def check(self, name: str, passed: bool, detail: str = "") -> None:
        self.checks.append(Check(name=name, passed=passed, detail=detail))

    def tally(self, name: str, hits: int, total: int) -> None:
        """Adds to a share that is summed over all cases."""
        if total:
            before = self.tallies.get(name, (0, 0))
            self.tallies[name] = (before[0] + hits, before[1] + total)

    def heard(self, text: str, choices: tuple[str, ...], said: Said) -> None:
        self.turns.append(
            TurnRecord(said=text, choices=choices, reply=said.raw, seconds=said.seconds, trace=said.trace)
        )


def add_line(file: Path, record: BaseModel) -> None:
    """Appends a record as one line of JSON, on a line of its own even after one that a kill cut short."""
    with file.open("a+b") as out:
        if out.seek(0, os.SEEK_END):
            out.seek(-1, os.SEEK_END)
            if out.read() != b"\n":
                out.write(b"\n")
        out.write(record.model_dump_json().encode() + b"\n")


def read_lines(file: Path, kind: type[Record]) -> Iterator[Record]:
    """Every whole line; one that a kill cut short is passed over."""
    if not file.exists():
        return
    for line in file.read_bytes().split(b"\n"):
        try:
            yield kind.model_validate_json(line)
        except ValidationError:
            continue
