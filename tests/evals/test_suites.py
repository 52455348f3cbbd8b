"""What the suites hold together: every kind, every row of the table both ways, every headline condition alone."""

import re
import subprocess
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from chains.bootstrap import CORPUS
from chains.eligibility import State, assess
from evals.cases import Case, DialogueCase, ProfileCase, QuestionCase, VerdictGold, load_suites, suite_names
from evals.gates import GATES, Gate, fallen, read_gates
from evals.scorers.verdicts import ABSENT
from evals.wording import contains, normalise
from knowledge.library import Library, load_library
from knowledge.profile import read_profile

KINDS = {
    "support-detail",
    "fact-lookup",
    "colloquial",
    "cross-city",
    "lifecycle",
    "silent",
    "out-of-scope",
    "injection",
    "multi-turn",
}
CAN = {"eligible", "conditional"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(CORPUS)


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for suite in load_suites(suite_names()) for case in suite.cases)


def test_no_id_is_taken_twice_and_every_line_can_be_read() -> None:
    assert [problem for suite in load_suites(suite_names()) for problem in suite.problems] == []


def test_there_are_enough_cases_of_every_kind() -> None:
    questions = [case for case in cases() if isinstance(case, QuestionCase)]
    assert len(questions) >= 300
    assert {case.group for case in questions} >= KINDS
    assert sum(isinstance(case, ProfileCase) for case in cases()) >= 150
    assert sum(isinstance(case, DialogueCase) for case in cases()) >= 120


def test_a_good_part_of_every_kind_is_kept_for_testing() -> None:
    kept = Counter((type(case), case.split) for case in cases())
    for kind in (QuestionCase, ProfileCase):
        assert kept[kind, "test"] >= 0.4 * (kept[kind, "test"] + kept[kind, "work"])


def verdicts() -> dict[str, list[VerdictGold]]:
    found: dict[str, list[VerdictGold]] = defaultdict(list)
    for case in cases():
        if isinstance(case, ProfileCase | DialogueCase):
            for support, gold in case.gold.items():
                found[support].append(gold)
    return found


def test_every_row_of_the_table_is_had_once_and_refused_once(library: Library) -> None:
    gold = verdicts()
    never_had = [s for s in library.supports if not any(CAN & {*g.status, *g.otherwise} for g in gold[s])]
    never_refused = [s for s in library.supports if not any(_refused(g) for g in gold[s])]
    assert (never_had, never_refused) == ([], [])


def _refused(gold: VerdictGold) -> bool:
    return set(gold.status) <= {"ineligible", ABSENT} or set(gold.otherwise) == {"ineligible"}


def test_every_condition_of_every_headline_support_fails_alone_once(library: Library) -> None:
    alone: set[tuple[str, str]] = set()
    for case in cases():
        if not isinstance(case, ProfileCase):
            continue
        profile = read_profile(dict(case.profile))
        for name, gold in case.gold.items():
            support = library.supports[name]
            if not support.headline or not _refused(gold):
                continue
            reasons = assess(support, library.document(name), profile, case.as_of).reasons
            unmet = [reason.slot for reason in reasons if reason.state is State.UNMET]
            if len(unmet) == 1 and unmet[0] and all(r.state is not State.UNKNOWN for r in reasons):
                alone.add((name, unmet[0]))
    wanted = {
        (support.id, condition.slot)
        for support in library.supports.values()
        if support.headline
        for condition in support.when
        if condition.slot
    }
    assert wanted - alone == set()


@pytest.mark.parametrize("suite", ["own", "field", "open", "held"])
def test_what_a_question_wants_said_stands_in_the_provisions_that_it_names(library: Library, suite: str) -> None:
    astray = []
    [loaded] = load_suites([suite])
    for case in loaded.cases:
        if not isinstance(case, QuestionCase) or not case.expect.provisions or case.expect.abstain:
            continue
        named = [*case.expect.provisions, *case.expect.also_ok]
        text = normalise("\n".join(_text(library, document, provision) for document, provision in named))
        for wanted in case.expect.must:
            plain = [one for one in wanted if not one.startswith("re:")]
            if any(re.search(r"\d{2}", one) for one in plain) and not any(contains(text, one) for one in plain):
                astray.append((case.id, plain))
    assert astray == []


def _text(library: Library, document_id: str, provision: str) -> str:
    document = library.documents[document_id]
    record = document.record
    told = f"{record.title}\n{record.number}\n{record.effective_to and record.effective_to.date}"
    if provision == "*":
        return f"{told}\n{document.text}"
    place = document.provisions[provision]
    return f"{told}\n{document.text[place.start : place.end]}"


def test_a_lower_floor_or_a_higher_ceiling_is_named() -> None:
    before = {"s": {"a": Gate(at_least=0.9), "b": Gate(at_most=0.0), "c": Gate(at_least=0.5)}, "gone": {}}
    now = {"s": {"a": Gate(at_least=0.8), "b": Gate(at_most=0.1)}}
    assert [line.split(":")[0] for line in fallen(now, before)] == ["s a", "s b", "s c"]
    assert fallen(before, {"s": {"a": Gate(at_least=0.9)}}) == []


def test_no_floor_was_ever_lowered() -> None:
    here = GATES.parent
    listed = _git(here, "log", "--format=%H", "--", GATES.name)
    if not listed:
        pytest.skip("the history of the gates is not at hand")
    now = read_gates(GATES.read_text(encoding="utf-8"))
    for commit in listed.split():
        assert fallen(now, read_gates(_git(here, "show", f"{commit}:./{GATES.name}") or "suites: {}")) == [], commit


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, timeout=30)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
