"""`huiqi export proposals`, as whoever keeps the project runs it: from the database into files that pass the gates."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.messages import IncomingMessage
from bot.office import Office
from bot.review.proposals import CaseBody, NoteBody, Proposals, QuestionBody, WordBody
from bot.review.search import Filter, Listing
from chains.prompting import PROMPTS
from evals.cases import load_suite
from knowledge.library import load_library
from tests.bot.fakes import NOW, BareSettings, FakeAssistant

ROOT = PROMPTS.parent
SUPPORT = {"document_id": "nanjing-measures", "support_id": "nanjing-little-giant-award"}
CASE = CaseBody(
    as_of=NOW.date(),
    turns=("我们是南京的", "小巨人奖励能拿多少"),
    provisions=(("nanjing-measures", "2/5"),),
    must=(("100万",),),
)
QUESTION = QuestionBody(**SUPPORT, question="小巨人的彩头有多少")
WORD = WordBody(word="算力券", spelling="算里券")
NOTE = NoteBody(**SUPPORT, note="有人问是否含复核通过的企业")
DECLINED = QuestionBody(**SUPPORT, question="没有人采纳的问法")
WAITING = QuestionBody(**SUPPORT, question="还没有人看的问法")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's files beside a database with proposals in it, of which four were accepted."""
    for name in ("HUIQI_CORPUS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "project"
    for part in ("bot", "chains", "evals", "knowledge", "prompts"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    asyncio.run(propose(tmp_path / "var"))
    return copy


async def propose(data: Path) -> None:
    office = Office(BareSettings(HUIQI_DATA_DIR=data), build=FakeAssistant, clock=lambda: NOW)
    await office.open()
    opened = await office.reception.open("web")
    await office.reception.receive(IncomingMessage(opened.id, "小巨人奖多少"))
    [found] = (await Listing(office.database).page(Filter())).found
    kept = Proposals(office.database)
    for body, accept in (
        (CASE, True),
        (QUESTION, True),
        (WORD, True),
        (NOTE, True),
        (DECLINED, False),
        (WAITING, None),
    ):
        number = await kept.propose(found.item.id, body, "小王", NOW)
        if accept is not None:
            await kept.decide(number, "小李", NOW, accept=accept)
    await office.close()


def written(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_what_two_people_accepted_becomes_files_that_pass_the_gates(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written(project)
    assert main(["export", "proposals", "project"]) == 0
    told = capsys.readouterr().out.splitlines()
    after = written(project)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "evals/suites/reviewed/questions.yaml",
        "knowledge/corpus/nanjing-measures/questions.yaml",
        "knowledge/corpus/nanjing-measures/supports.yaml",
        "prompts/lexicon.yaml",
    }
    assert sorted(told) == sorted(f"已写入 {name}" for name in changed)
    everything = b"".join(after.values()).decode(errors="replace")
    assert "没有人采纳的问法" not in everything and "还没有人看的问法" not in everything

    for gate in (("bot", "check"), ("evals", "check")):
        run(project, "-m", *gate)
    library = load_library(project / "knowledge" / "corpus")
    assert any(QUESTION.question in entry.questions for entry in library.questions["nanjing-measures"])
    suite = load_suite(project / "evals" / "suites" / "reviewed")
    assert suite.problems == () and [case.proposed_by for case in suite.cases] == ["小王"]
    heard = "from chains.language.normalise import normalise; print(normalise('算里券多少钱'))"
    assert "算力券多少钱" in run(project, "-c", heard)


def run(project: Path, *arguments: str) -> str:
    """What the copy of the project prints; it has to end well."""
    done = subprocess.run([sys.executable, *arguments], cwd=project, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_second_export_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "proposals", "project"]) == 0
    before = written(project)
    capsys.readouterr()
    assert main(["export", "proposals", "project"]) == 0
    assert capsys.readouterr().out == "没有新确认的提议\n"
    assert written(project) == before


def test_what_has_no_place_in_the_files_is_named_and_the_rest_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = project / "knowledge" / "corpus" / "nanjing-measures" / "supports.yaml"
    rules.write_text("[]\n", encoding="utf-8")
    assert main(["export", "proposals", "project"]) == 1
    told = capsys.readouterr()
    assert "nanjing-little-giant-award" in told.err and told.err.startswith("提议 4：")
    assert len(told.out.splitlines()) == 3


@pytest.mark.parametrize("where", [(), ("nowhere",)])
def test_without_a_folder_it_says_what_it_needs(
    where: tuple[str, ...], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "proposals", *where]) == 2
    assert "huiqi export proposals 目录" in capsys.readouterr().err
