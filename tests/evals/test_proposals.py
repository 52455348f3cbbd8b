"""A conversation becomes a case only through two people, and what is wrong with it is said."""

import argparse
import io
import json
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from evals.cases import load_suite
from evals.proposals import NoSuchConversation, accept, add, propose
from evals.run import BAD_CASES, OK

CITED = {"document_id": "huaian-plan-2023-2025", "provision": "2/7", "lifecycle": "expired"}
RECORD = {
    "id": "c1b12533895c",
    "as_of": "2026-11-20",
    "messages": [
        {"role": "user", "text": "淮安担保费率多少", "reply": None},
        {"role": "assistant", "text": "不高于1%", "reply": {"citations": [CITED, CITED], "abstained": False}},
        {"role": "user", "text": "那连云港呢", "reply": None},
        {"role": "assistant", "text": "没有找到", "reply": {"citations": [], "abstained": True}},
    ],
}
EXPORT = [json.dumps({"id": "another"}), "", json.dumps(RECORD, ensure_ascii=False)]


def given(**values: object) -> argparse.Namespace:
    return argparse.Namespace(**values)


def adding(by: str = "王", reply: int | None = 1) -> argparse.Namespace:
    return given(conversation="c1b12533895c", reply=reply, by=by, export=io.StringIO("\n".join(EXPORT)))


def silent() -> Console:
    return Console(file=io.StringIO(), width=200)


def said(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_proposal_holds_what_was_said_up_to_the_reply_and_what_it_cited() -> None:
    case = propose(EXPORT, "c1b12533895c", 1, "王")
    assert (case["turns"], case["as_of"]) == (["淮安担保费率多少"], "2026-11-20")
    assert case["expect"]["provisions"] == [["huaian-plan-2023-2025", "2/7"]]
    assert case["expect"]["not_in_force"] is True
    assert propose(EXPORT, "c1b12533895c", None, "王")["expect"]["abstain"] is True


@pytest.mark.parametrize(("conversation", "reply"), [("c1b12533895c", 3), ("nowhere", None)])
def test_a_conversation_or_reply_that_is_not_there_is_named(conversation: str, reply: int | None) -> None:
    with pytest.raises(NoSuchConversation, match=conversation):
        propose(EXPORT, conversation, reply, "王")


def test_a_proposal_is_written_once_and_can_be_read_as_a_suite(tmp_path: Path) -> None:
    assert add(adding(), silent(), tmp_path) == OK
    assert add(adding(by="赵"), silent(), tmp_path) == BAD_CASES
    suite = load_suite(tmp_path / "proposed")
    assert ([case.id for case in suite.cases], suite.problems) == (["conv-c1b12533-1"], ())


def with_gold_read(folder: Path) -> None:
    """What a person adds after reading the document."""
    [file] = (folder / "proposed").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("must: []", "must: [[1%]]"), encoding="utf-8")


async def test_gold_that_nobody_read_is_not_accepted(tmp_path: Path) -> None:
    add(adding(), silent(), tmp_path)
    console = silent()
    assert await accept(given(id="conv-c1b12533-1", by="李", yes=True), console, tmp_path) == BAD_CASES
    assert "must" in said(console)
    assert not (tmp_path / "reviewed").exists()


async def test_nobody_accepts_a_proposal_of_their_own(tmp_path: Path) -> None:
    add(adding(), silent(), tmp_path)
    console = silent()
    assert await accept(given(id="conv-c1b12533-1", by="王", yes=True), console, tmp_path) == BAD_CASES
    assert "另一个人" in said(console)
    assert not (tmp_path / "reviewed").exists()


async def test_an_accepted_proposal_moves_into_the_reviewed_suite(tmp_path: Path) -> None:
    add(adding(), silent(), tmp_path)
    with_gold_read(tmp_path)
    console = silent()
    assert await accept(given(id="conv-c1b12533-1", by="李", yes=True), console, tmp_path) == OK
    assert "担保费率不高于" in said(console).replace(" ", "")
    [case] = load_suite(tmp_path / "reviewed").cases
    assert (case.proposed_by, case.accepted_by) == ("王", "李")
    assert list((tmp_path / "proposed").iterdir()) == []


async def test_a_proposal_whose_gold_does_not_exist_stays_where_it_is(tmp_path: Path) -> None:
    add(adding(), silent(), tmp_path)
    [file] = (tmp_path / "proposed").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("2/7", "9/9"), encoding="utf-8")
    console = silent()
    assert await accept(given(id="conv-c1b12533-1", by="李", yes=True), console, tmp_path) == BAD_CASES
    assert "huaian-plan-2023-2025 has no provision 9/9" in said(console)
    assert file.exists()


def test_a_proposal_that_nobody_accepted_does_not_count_in_a_suite(tmp_path: Path) -> None:
    row = propose(EXPORT, "c1b12533895c", 1, "王")
    (tmp_path / "questions.yaml").write_text(yaml.safe_dump([row], allow_unicode=True), encoding="utf-8")
    suite = load_suite(tmp_path)
    assert suite.cases == ()
    assert "accepted by nobody" in suite.problems[0]
