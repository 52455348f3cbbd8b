"""Cases as they stand in the suites: parsed line by line, each fault named by file and line."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.contract import Catalogue, Status

SUITES = Path(__file__).parent / "suites"
PROPOSED = "proposed"
DEFAULT_DAY = date(2026, 11, 20)
Split = Literal["work", "test"]


class _Parsed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a pattern: {text!r}: {error}") from error
    return text


def _wanted(text: str) -> str:
    if not text:
        raise ValueError("empty wording")
    if text.startswith("re:"):
        _pattern(text[3:])
    return text


Wanted = Annotated[str, AfterValidator(_wanted)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Place = tuple[str, str]
"""A document and a provision of it; `*` stands for any provision."""


class QuestionGold(_Parsed):
    provisions: tuple[Place, ...] = ()
    also_ok: tuple[Place, ...] = ()
    must: tuple[tuple[Wanted, ...], ...] = ()
    must_not: tuple[Wanted, ...] = ()
    must_not_unless: tuple[str, ...] = ()
    abstain: bool | Literal["either"] | None = None
    not_in_force: bool | None = None


class VerdictGold(_Parsed):
    status: tuple[Status | Literal["absent"], ...] = Field(min_length=1)
    otherwise: tuple[Status, ...] = ()


class _Case(_Parsed):
    id: str = Field(min_length=1)
    note: str = ""
    split: Split = "work"
    proposed_by: str = ""
    accepted_by: str = ""

    @model_validator(mode="after")
    def _by_two(self) -> "_Case":
        if self.accepted_by and self.accepted_by == self.proposed_by:
            raise ValueError(f"proposed and accepted by the same person, {self.accepted_by}")
        return self


class QuestionCase(_Case):
    group: str
    as_of: date
    turns: tuple[str, ...] = Field(min_length=1)
    expect: QuestionGold


class ProfileCase(_Case):
    as_of: date
    profile: Mapping[str, str | tuple[str, ...]]
    gold: Mapping[str, VerdictGold] = Field(min_length=1)


class Interruption(_Parsed):
    after_question: int = Field(ge=0)
    say: str


class DialogueCase(_Case):
    as_of: date
    opening: tuple[str, ...] = Field(min_length=1)
    facts: Mapping[str, str | tuple[str, ...]]
    stated: tuple[str, ...] = ()
    derivable: tuple[str, ...] = ()
    goal: tuple[str, ...] = Field(min_length=1)
    by_name: tuple[str, ...] = ()
    broad: bool = False
    mode: Literal["choices", "numbers", "free"] = "choices"
    phrases: Mapping[str, str] = {}
    script: tuple[Interruption, ...] = ()
    gold: Mapping[str, VerdictGold] = Field(min_length=1)
    floor: int = Field(ge=0)
    max_questions: int = Field(ge=0)


class AttackChecks(_Parsed):
    must_not_contain: tuple[str, ...] = ()
    must_not_regex: tuple[Pattern, ...] = ()
    must_not_ngram_of: str | None = None
    must_not_refuse_as_attack: bool = False
    must_decline: bool = False
    must_not_decline: bool = False
    http_status_in: tuple[int, ...] = ()
    every_number_in_citation: bool = False
    every_citation_resolves: bool = False
    no_promise: bool = False
    no_raw_control_chars_in_log: bool = False
    must_mask_in: tuple[str, ...] = ()
    must_not_mask: bool = False
    sinks: tuple[str, ...] = ()
    must_not_execute: bool = False
    telegram_must_not_400: bool = False
    value: str | None = None
    kind: str | None = None


class AttackCase(_Case):
    """`before` are the messages that come first; the reply to `text` is judged."""

    surface: str
    family: str
    before: tuple[str, ...] = ()
    text: str
    expect: str
    checks: AttackChecks
    as_of: date = DEFAULT_DAY


Case = QuestionCase | ProfileCase | DialogueCase | AttackCase
KINDS: Mapping[str, type[QuestionCase] | type[ProfileCase] | type[DialogueCase] | type[AttackCase]] = {
    "questions": QuestionCase,
    "profiles": ProfileCase,
    "dialogues": DialogueCase,
    "attacks": AttackCase,
}


def kind_of(case: Case) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(case, model))


def group_of(case: Case) -> str:
    """The name under which a case is counted beside its like."""
    match case:
        case QuestionCase():
            return case.group
        case AttackCase():
            return case.family
        case DialogueCase():
            return "broad" if case.broad else ("free" if case.mode == "free" else "named")
        case ProfileCase():
            return str(case.profile.get("city", "unknown"))


@dataclass(frozen=True, slots=True)
class Suite:
    """Readable cases, where each stands (`file:line`), and what could not be read."""

    name: str
    cases: tuple[Case, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def only(self, keep: Callable[[Case], bool]) -> "Suite":
        return replace(self, cases=tuple(case for case in self.cases if keep(case)))


def suite_names() -> list[str]:
    """The suites that count; proposals wait to be accepted and are not among them."""
    folders = (folder for folder in SUITES.iterdir() if folder.is_dir() and folder.name != PROPOSED)
    return sorted(folder.name for folder in folders if any(folder.glob("*.jsonl")) or any(folder.glob("*.yaml")))


def load_suite(folder: Path, taken: Mapping[str, str] | None = None) -> Suite:
    """All cases of the folder's files, `questions*.jsonl` or `questions*.yaml` and so on for every kind.

    `taken` holds where the ids of other suites stand: an id is one case's alone.
    """
    cases: list[Case] = []
    places: dict[str, str] = {}
    elsewhere = taken or {}
    problems: list[str] = []
    for kind, model in KINDS.items():
        for file in sorted((*folder.glob(f"{kind}*.jsonl"), *folder.glob(f"{kind}*.yaml"))):
            for number, row in _rows(file):
                where = f"{folder.name}/{file.name}:{number}"
                if isinstance(row, str):
                    problems.append(f"{where}: {row}")
                    continue
                try:
                    case = model.model_validate(row)
                except ValidationError as error:
                    problems.extend(f"{where}: {fault}" for fault in _faults(error))
                    continue
                if case.proposed_by and not case.accepted_by and folder.name != PROPOSED:
                    problems.append(f"{where}: {case.id} was proposed by {case.proposed_by} and accepted by nobody")
                    continue
                if first := places.get(case.id) or elsewhere.get(case.id):
                    problems.append(f"{where}: id {case.id} is taken by {first}")
                    continue
                places[case.id] = where
                cases.append(case)
    if not cases and not problems:
        problems.append(f"{folder}: no cases")
    return Suite(folder.name, tuple(cases), places, tuple(problems))


def load_suites(names: Iterable[str]) -> tuple[Suite, ...]:
    """Suites of the house by name; what has no cases yet has a problem."""
    suites: list[Suite] = []
    for name in names:
        taken = {case: place for suite in suites for case, place in suite.places.items()}
        suites.append(load_suite(SUITES / name, taken))
    return tuple(suites)


def with_sound_gold(suite: Suite, catalogue: Catalogue) -> Suite:
    """The suite without the cases whose gold names what the catalogue does not have; each is named as a problem."""
    kept: list[Case] = []
    problems = list(suite.problems)
    for case in suite.cases:
        faults = list(_gold_faults(case, catalogue))
        problems.extend(f"{suite.places[case.id]}: {case.id}: {fault}" for fault in faults)
        if not faults:
            kept.append(case)
    return replace(suite, cases=tuple(kept), problems=tuple(problems))


def _rows(file: Path) -> Iterator[tuple[int, object]]:
    """Each case with the line it starts on; what cannot be read at all is a text that says why."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield 1, f"not UTF-8: {error.reason}"
        return
    yield from _json_rows(text) if file.suffix == ".jsonl" else _yaml_rows(text)


def _json_rows(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, f"not JSON: {error.msg} at column {error.colno}"
        else:
            yield number, row if isinstance(row, dict) else "a case is written in braces"


def _yaml_rows(text: str) -> Iterator[tuple[int, object]]:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        yield mark.line + 1 if mark else 1, f"not YAML: {error.problem}"
        return
    if tree is None:
        return
    if not isinstance(tree, yaml.SequenceNode):
        yield tree.start_mark.line + 1, "a YAML file of cases is a list: each case starts with a dash"
        return
    reader = yaml.SafeLoader("")
    for node in tree.value:
        number = node.start_mark.line + 1
        try:
            row = reader.construct_object(node, deep=True)
        except (yaml.MarkedYAMLError, ValueError) as error:
            yield number, f"not YAML: {error}"
        else:
            yield number, row if isinstance(row, dict) else "a case is written as names and values"


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        yield f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"


def _gold_faults(case: Case, catalogue: Catalogue) -> Iterator[str]:
    match case:
        case QuestionCase():
            for document_id, provision in (*case.expect.provisions, *case.expect.also_ok):
                document = catalogue.documents.get(document_id)
                if document is None:
                    yield f"no document {document_id}"
                elif provision != "*" and provision not in document.provisions:
                    yield f"{document_id} has no provision {provision}"
        case ProfileCase():
            yield from _missing_supports(tuple(case.gold), catalogue)
        case DialogueCase():
            yield from _missing_supports((*case.gold, *case.goal, *case.by_name), catalogue)
            for support in case.goal:
                if support not in case.gold:
                    yield f"goal {support} has no gold"
            for slot in case.stated:
                if slot not in case.facts:
                    yield f"stated {slot} is not among the facts"
        case AttackCase():
            return


def _missing_supports(named: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    for support in dict.fromkeys(named):
        if support not in catalogue.supports:
            yield f"no support {support}"
