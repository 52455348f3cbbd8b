"""A corpus is loaded whole or refused whole, and what is wrong is named by file, line and row."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.library import InvalidCorpus, Library, load_library
from knowledge.support import Brings, Kind
from tests.knowledge.mistakes import FILES, MISTAKES, RECORD, TOWN, Mistake

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"


@dataclass(frozen=True)
class Folder:
    """One document's folder, to be spoilt."""

    path: Path

    def replace(self, file: str, old: str, new: str, count: int = 1) -> None:
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text
        (self.path / file).write_text(text.replace(old, new, count), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        with (self.path / file).open("a", encoding="utf-8") as end:
            end.write(text)

    def drop(self, file: str) -> None:
        (self.path / file).unlink()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "corpus" / TOWN
    path.mkdir(parents=True)
    for name, text in FILES.items():
        (path / name).write_text(text, encoding="utf-8")
    return Folder(path)


def refused(folder: Folder) -> list[str]:
    with pytest.raises(InvalidCorpus) as refusal:
        load_library(folder.path.parent)
    return refusal.value.problems


def mistakes() -> list[object]:
    """Every mistake as a parameter."""
    return [pytest.param(m, id=m.name) for m in MISTAKES]


def test_the_shipped_corpus_loads(library: Library) -> None:
    assert len(library.documents) == 5
    assert len(library.supports) > 150
    assert set(library.questions) == set(library.documents)


def test_every_support_says_what_a_firm_has_of_it(library: Library) -> None:
    assert [s.id for s in library.supports.values() if "brings" not in s.model_fields_set] == []


def test_every_support_says_what_it_is_about(library: Library) -> None:
    assert [s.id for s in library.supports.values() if not s.matters] == []
    assert [s.id for s in library.supports.values() if len(set(s.matters)) < len(s.matters)] == []


def test_a_sum_and_an_award_are_money(library: Library) -> None:
    given = [s for s in library.supports.values() if s.kind in {Kind.AWARD, Kind.FUNDING} or s.benefit.amount_cny]
    assert {s.brings for s in given} == {Brings.MONEY}


def test_the_small_corpus_loads(folder: Folder) -> None:
    library = load_library(folder.path.parent)
    assert list(library.documents) == [TOWN]
    assert list(library.supports) == ["yunxi-digital", "yunxi-talent"]
    assert library.document("yunxi-talent").id == TOWN


@pytest.mark.parametrize("mistake", mistakes())
def test_a_mistake_is_named_by_file_line_and_row(mistake: Mistake, folder: Folder) -> None:
    folder.replace(mistake.file, mistake.old, mistake.new)
    problems = refused(folder)
    assert [p for p in problems if p.startswith(f"{TOWN}/{mistake.place}: ") and mistake.told in p], problems


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(file: str, folder: Folder) -> None:
    folder.drop(file)
    assert f"{TOWN}/{file}:1: {TOWN}: the file is missing" in refused(folder)


@pytest.mark.parametrize("file", ["supports.yaml", "questions.yaml"])
def test_a_file_that_is_no_list_is_refused(file: str, folder: Folder) -> None:
    (folder.path / file).write_text("rows: none\n", encoding="utf-8")
    assert f"{TOWN}/{file}:1: {TOWN}: the file is a list of rows" in refused(folder)


@pytest.mark.parametrize("file", FILES)
def test_a_file_in_another_encoding_is_named(file: str, folder: Folder) -> None:
    (folder.path / file).write_bytes(FILES[file].encode("gbk"))
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/{file}:1: ")]


def test_an_empty_record_is_refused(folder: Folder) -> None:
    (folder.path / "document.yaml").write_text("", encoding="utf-8")
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/document.yaml:1: ")]


def test_an_empty_text_is_refused(folder: Folder) -> None:
    (folder.path / "source.txt").write_text("", encoding="utf-8")
    folder.replace("document.yaml", ', "1", end]', "]")
    folder.replace("document.yaml", RECORD[RECORD.index("effective_from") : RECORD.index("facts_only")], "")
    for file in ("supports.yaml", "questions.yaml"):
        (folder.path / file).write_text("[]", encoding="utf-8")
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/source.txt:1: ")]


def test_a_support_of_two_documents_is_refused(folder: Folder) -> None:
    twin = Folder(folder.path.parent / "zunxi-measures")
    shutil.copytree(folder.path, twin.path)
    twin.replace("document.yaml", "id: yunxi-measures", "id: zunxi-measures")
    assert "zunxi-measures/supports.yaml:1: yunxi-digital: this id is already used" in refused(folder)


def test_a_corpus_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidCorpus, match="no such folder"):
        load_library(tmp_path / "nowhere")


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.replace("supports.yaml", "quote: 小微企业", "quote: 小企业")
    folder.replace("questions.yaml", "support: yunxi-talent", "support: yunxi-people")
    folder.replace("document.yaml", "自2026年1月1日起施行", "自2027年1月1日起施行")
    assert len({p.split(":")[0] for p in refused(folder)}) == 3


def test_a_bad_folder_keeps_the_good_ones_out(folder: Folder) -> None:
    bad = Folder(folder.path.parent / "bad-measures")
    shutil.copytree(folder.path, bad.path)
    bad.replace("supports.yaml", "yunxi-", "bad-", count=2)
    assert all(p.startswith("bad-measures/") for p in refused(folder))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.name)
def test_a_mended_corpus_loads_again(mistake: Mistake, folder: Folder) -> None:
    folder.replace(mistake.file, mistake.old, mistake.new)
    refused(folder)
    (folder.path / mistake.file).write_text(FILES[mistake.file], encoding="utf-8")
    assert len(load_library(folder.path.parent).supports) == 2


CHANGES: list[Callable[[Folder], None]] = [
    lambda f: f.replace("source.txt", "制定如下措施", "制定以下措施"),
    lambda f: f.replace("document.yaml", "short_title: 云溪市若干措施", "short_title: 云溪若干措施"),
    lambda f: f.append("document.yaml", "names: [云溪新政]\n"),
    lambda f: f.replace("supports.yaml", "title: 人才补贴", "title: 人才津贴"),
    lambda f: f.replace("supports.yaml", "period: month", "period: year"),
    lambda f: f.replace("questions.yaml", "云溪数字化", "云溪市数字化"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_version_changes_with_any_word(change: Callable[[Folder], None], folder: Folder) -> None:
    before = load_library(folder.path.parent).version
    change(folder)
    assert load_library(folder.path.parent).version != before


def test_the_version_stays_while_nothing_changes(folder: Folder) -> None:
    versions = {load_library(folder.path.parent).version for _ in range(3)}
    assert len(versions) == 1
    assert re.fullmatch(r"[0-9a-f]{12}", versions.pop())


def test_a_library_loaded_before_stays_as_it_was(folder: Folder) -> None:
    library = load_library(folder.path.parent)
    folder.replace("supports.yaml", "title: 人才补贴", "title: 人才津贴")
    assert library.supports["yunxi-talent"].title == "人才补贴"


def test_a_hidden_folder_is_no_document(folder: Folder) -> None:
    (folder.path.parent / ".backup").mkdir()
    assert list(load_library(folder.path.parent).documents) == [TOWN]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{measure: share, provision: 1/1, quote: 资助比例不超过30%}", "quote not in provision 1/1"),
        ("{measure: share, provision: 1/9, quote: 资助比例不超过20%}", "no provision 1/9"),
        ("{measure: share, provision: 1/1, quote: 给予最高50万元资助}", "not one figure to compare"),
        ("{measure: share, provision: 1/1, quote: 资助比例不超过20%, basis: 培育库}", "quote not in provision"),
        (
            "{measure: share, provision: 1/1, quote: 不超过20%, by: {year: 2027, provision: end, quote: 至2028年}}",
            "2027 is not the year",
        ),
        ("{measure: share, provision: 1/1, quote: 资助比例不超过20%, unit: 家}", "unit"),
    ],
)
def test_a_target_that_is_not_so_is_refused(row: str, told: str, folder: Folder) -> None:
    folder.append("targets.yaml", f"- {row}\n")
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/targets.yaml:1: share: ") and told in p]


def test_a_target_is_read_with_its_figure(folder: Folder) -> None:
    folder.append("targets.yaml", "- {measure: share, provision: 1/1, quote: 资助比例不超过20%}\n")
    (target,) = load_library(folder.path.parent).targets[TOWN]
    assert target.value is not None
    assert target.value.kind == "rate"
    assert int(target.value.value) == 20


def test_the_version_changes_with_a_target(folder: Folder) -> None:
    before = load_library(folder.path.parent).version
    folder.append("targets.yaml", "- {measure: share, provision: 1/1, quote: 资助比例不超过20%}\n")
    assert load_library(folder.path.parent).version != before


def test_a_known_question_is_not_served_for_a_clause_that_has_changed(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS, folder)
    library = load_library(folder)
    document, row = next((d, r) for d, rows in library.questions.items() for r in rows if r.quote)
    assert row.quote is not None
    source = folder / document / "source.txt"
    text = source.read_text(encoding="utf-8")
    changed = text.replace(row.quote, row.quote[:-1] + "（已调整）" + row.quote[-1])
    assert changed != text
    source.write_text(changed, encoding="utf-8")
    with pytest.raises(InvalidCorpus) as refused:
        load_library(folder)
    assert any(
        "questions.yaml" in problem and "quote not in provision" in problem for problem in refused.value.problems
    )


# What nobody applies for.

_ON_REQUEST = {"nanjing-power-trading", "zhenjiang-social-insurance-relief"}  # 参与交易, 缓缴


def test_what_authorities_do_of_themselves_is_nothing_to_apply_for() -> None:
    """Every row: relief is a practice but for what is asked for; no award, fund or recognition is one."""
    for support in load_library(CORPUS).supports.values():
        if support.kind is Kind.RELIEF:
            assert support.applied_for == (support.id in _ON_REQUEST), support.id
        if support.kind in {Kind.AWARD, Kind.FUNDING, Kind.CERTIFICATION, Kind.MARKET}:
            assert support.applied_for, support.id
        if not support.applied_for:
            assert support.benefit.amount_cny is None, support.id
            assert not re.search("申请|申报|申办|认定|给予.{0,6}(?:奖励|补贴|资助)", support.benefit.quote), support.id
