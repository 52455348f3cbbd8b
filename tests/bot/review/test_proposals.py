"""What is proposed is decided by another, and written into the files as they are kept."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from bot.review.proposals import (
    AlreadyDecided,
    CaseBody,
    NoteBody,
    Proposal,
    Proposals,
    QuestionBody,
    SamePerson,
    State,
    WordBody,
)
from bot.review.writing import write_proposals
from chains.prompting import PROMPTS
from evals.cases import load_suite
from knowledge.library import load_library
from tests.bot.fakes import NOW
from tests.bot.review.conftest import Desk

CORPUS = PROMPTS.parent / "knowledge" / "corpus"
CASE = CaseBody(
    as_of=date(2026, 11, 20),
    turns=("我们是南京的", "小巨人奖励能拿多少"),
    profile={"city": "nanjing"},
    provisions=(("nanjing-measures", "2/5"),),
    must=(("100万", "一百万"),),
    must_not=("1000万",),
)
QUESTION = QuestionBody(
    document_id="nanjing-measures", support_id="nanjing-little-giant-award", question="小巨人的彩头：“现在”有多少？"
)
WORD = WordBody(word="算力券", spelling="算里券")
NEW_WORD = WordBody(word="技改", spelling="计改")
NOTE = NoteBody(
    document_id="nanjing-measures",
    support_id="nanjing-little-giant-award",
    note="有人问\n是否含复核通过的 # 企业",
)


def accepted(*bodies: CaseBody | QuestionBody | WordBody | NoteBody) -> list[Proposal]:
    kinds: Mapping[type, str] = {CaseBody: "case", QuestionBody: "question", WordBody: "word", NoteBody: "note"}
    return [
        Proposal(n, 7, kinds[type(body)], body, State.ACCEPTED, "小王", NOW, "小李", NOW)  # type: ignore[arg-type]
        for n, body in enumerate(bodies, start=1)
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the files that proposals are written into."""
    shutil.copytree(CORPUS, tmp_path / "knowledge" / "corpus")
    (tmp_path / "prompts").mkdir()
    shutil.copy(PROMPTS / "lexicon.yaml", tmp_path / "prompts")
    return tmp_path


async def test_who_proposes_does_not_decide_and_what_is_decided_stays_so(desk: Desk) -> None:
    item, kept = await desk.flagged(), Proposals(desk.database)
    number = await kept.propose(item.id, WORD, "小王", desk.now)
    with pytest.raises(SamePerson):
        await kept.decide(number, "小王", desk.now, accept=True)
    await kept.decide(number, "小李", desk.now, accept=True)
    with pytest.raises(AlreadyDecided):
        await kept.decide(number, "小张", desk.now, accept=False)
    [proposal] = await kept.all(State.ACCEPTED)
    assert (proposal.body, proposal.proposed_by, proposal.decided_by) == (WORD, "小王", "小李")
    assert await kept.all(item_id=item.id) == [proposal]


async def test_proposals_of_an_erased_conversation_are_gone(desk: Desk) -> None:
    item, kept = await desk.flagged(), Proposals(desk.database)
    await kept.propose(item.id, CASE, "小王", desk.now)
    await desk.reception.erase(item.conversation_id)
    assert await kept.all() == []


def test_a_case_says_what_is_expected() -> None:
    with pytest.raises(ValidationError):
        CaseBody(as_of=date(2026, 11, 20), turns=("问",))
    with pytest.raises(ValidationError):
        CaseBody(as_of=date(2026, 11, 20), turns=("问",), provisions=(("nanjing-measures", "2/5"),))
    assert CaseBody(as_of=date(2026, 11, 20), turns=("问",), abstain=True).must == ()


def test_the_files_pass_the_gates_and_hold_what_was_accepted(project: Path) -> None:
    before = load_library(project / "knowledge" / "corpus")
    changed, problems = write_proposals(accepted(CASE, QUESTION, WORD, NEW_WORD, NOTE), project)
    assert problems == []
    assert changed == [
        "evals/suites/reviewed/questions.yaml",
        "knowledge/corpus/nanjing-measures/questions.yaml",
        "prompts/lexicon.yaml",
        "knowledge/corpus/nanjing-measures/supports.yaml",
    ]
    after = load_library(project / "knowledge" / "corpus")
    assert after.rules_version == before.rules_version, "a note changes no rule"
    entries = [e for e in after.questions["nanjing-measures"] if e.support == QUESTION.support_id]
    assert QUESTION.question in entries[0].questions
    suite = load_suite(project / "evals" / "suites" / "reviewed")
    assert suite.problems == ()
    [case] = suite.cases
    assert (case.proposed_by, case.accepted_by) == ("小王", "小李")
    lexicon = yaml.safe_load((project / "prompts" / "lexicon.yaml").read_text(encoding="utf-8"))
    assert lexicon["spellings"]["算力券"][-1] == "算里券"
    assert lexicon["spellings"]["技改"] == ["计改"]
    rules = (project / "knowledge" / "corpus" / "nanjing-measures" / "supports.yaml").read_text(encoding="utf-8")
    assert (
        "（2026-11-20，小王 提出，小李 确认）：有人问 是否含复核通过的 # 企业\n- id: nanjing-little-giant-award\n"
        in rules
    )


def test_writing_again_changes_nothing(project: Path) -> None:
    everything = accepted(CASE, QUESTION, WORD, NEW_WORD, NOTE)
    write_proposals(everything, project)
    before = {file: file.read_bytes() for file in project.rglob("*.yaml")}
    assert write_proposals(everything, project) == ([], [])
    assert before == {file: file.read_bytes() for file in project.rglob("*.yaml")}


def test_an_empty_folder_gets_the_files_that_can_stand_alone(tmp_path: Path) -> None:
    changed, problems = write_proposals(accepted(CASE, QUESTION, WORD, NOTE), tmp_path)
    assert len(changed) == 3
    assert problems == ["提议 4：nanjing-measures/supports.yaml 里没有 nanjing-little-giant-award"]
    [row] = yaml.safe_load((tmp_path / "knowledge/corpus/nanjing-measures/questions.yaml").read_text(encoding="utf-8"))
    assert row == {"support": QUESTION.support_id, "questions": [QUESTION.question]}
