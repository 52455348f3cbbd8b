"""A corpus is loaded whole or refused whole, and what is wrong is named by file, line and row."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.library import InvalidCorpus, Library, load_library

CORPUS = Path(__file__).parents[2] / "knowledge" / "corpus"
TOWN = "yunxi-measures"

SOURCE = """\
云溪市支持中小企业发展若干措施

为支持中小企业发展，制定如下措施。

一、支持创新

（一）支持数字化。对专精特新中小企业数字化改造给予最高50万元资助，资助比例不超过20%。（责任单位：市工信局、市财政局）

（二）支持人才。鼓励企业引进人才，对小微企业给予每人每月1000元补贴。（责任单位：市人社局）

本措施自2026年1月1日起施行，有效期至2028年12月31日。
"""
RECORD = """\
id: yunxi-measures
title: 云溪市支持中小企业发展若干措施
short_title: 云溪市若干措施
jurisdiction: nanjing
effective_from: {date: 2026-01-01, quote: 自2026年1月1日起施行}
effective_to: {date: 2028-12-31, quote: 有效期至2028年12月31日}
facts_only: ["0", "1", end]
"""
SUPPORTS = """\
- id: yunxi-digital
  title: 数字化改造资助
  provision: 1/1
  kind: funding
  strength: grants
  when:
    - {slot: tiers, includes_any: [provincial], text: 是专精特新中小企业, quote: 专精特新中小企业}
  benefit:
    text: 最高50万元资助，不超过20%
    amount_cny: 500000
    is_cap: true
    period: once
    quote: 给予最高50万元资助，资助比例不超过20%
  departments: [市工信局, 市财政局]
- id: yunxi-talent
  title: 人才补贴
  provision: 1/2
  kind: talent
  strength: grants
  when:
    - {slot: size, in: [micro, small], text: 是小微企业, quote: 小微企业}
    - {slot: first_recognition, is: "yes", text: 首次, quote: 引进人才}
    - {open: true, text: 属于人才, quote: 人才}
  benefit: {text: 每月1000元, amount_cny: 1000, period: month, quote: 每人每月1000元补贴}
"""
QUESTIONS = """\
- support: yunxi-digital
  questions: [数字化改造补多少, 云溪数字化]
- support: yunxi-talent
  questions: [人才补贴怎么领]
- provision: end
  topic: 有效期
  quote: 有效期至2028年12月31日
  questions: [什么时候到期]
"""
FILES = {"source.txt": SOURCE, "document.yaml": RECORD, "supports.yaml": SUPPORTS, "questions.yaml": QUESTIONS}


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


def test_the_shipped_corpus_loads(library: Library) -> None:
    assert len(library.documents) == 5
    assert len(library.supports) > 150
    assert set(library.questions) == set(library.documents)


def test_the_small_corpus_loads(folder: Folder) -> None:
    library = load_library(folder.path.parent)
    assert list(library.documents) == [TOWN]
    assert list(library.supports) == ["yunxi-digital", "yunxi-talent"]
    assert library.document("yunxi-talent").id == TOWN


def spoilt(
    name: str, file: str, old: str, new: str, place: str, told: str, marks: tuple[pytest.MarkDecorator, ...] = ()
) -> object:
    return pytest.param(file, old, new, place, told, id=name, marks=marks)


def unsound(reason: str) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.xfail(strict=True, reason=reason),)


# What is wrong, in which file, what is written for what, the file, line and row named, and what is said of it.
MISTAKES = [
    spoilt("a bracket that never closes", "supports.yaml", "[micro, small]", "[micro, small", "supports.yaml:21: yunxi-measures", "expected ',' or ']'"),
    spoilt("a tab for a blank", "supports.yaml", "  title: 人才补贴", "\ttitle: 人才补贴", "supports.yaml:16: yunxi-measures", "'\\t'"),
    spoilt("a key without a colon", "document.yaml", "jurisdiction: nanjing", "jurisdiction nanjing", "document.yaml:5: yunxi-measures", "could not find expected ':'"),
    spoilt("a quotation mark that never closes", "questions.yaml", "topic: 有效期", 'topic: "有效期', "questions.yaml:9: yunxi-measures", "unexpected end of stream"),
    spoilt("a key twice", "supports.yaml", "  title: 人才补贴\n", "  title: 人才补贴\n  title: 别的\n", "supports.yaml:17: yunxi-talent", "title",
           unsound("a key written twice is not noticed; the last one wins")),
    spoilt("an unknown key of a support", "supports.yaml", "  title: 人才补贴", "  titel: 人才补贴", "supports.yaml:16: yunxi-talent", "titel"),
    spoilt("an unknown key of a condition", "supports.yaml", "{slot: size, in:", "{slot: size, among:", "supports.yaml:20: yunxi-talent", "among"),
    spoilt("an unknown key of a document", "document.yaml", "jurisdiction:", "city:", "document.yaml:1: yunxi-measures", "city"),
    spoilt("an unknown key of a question", "questions.yaml", "topic:", "subject:", "questions.yaml:6: row without support or topic", "subject"),
    spoilt("an unknown slot", "supports.yaml", "slot: tiers", "slot: titles", "supports.yaml:6: yunxi-digital", "unknown slot 'titles'"),
    spoilt("a value that the slot does not have", "supports.yaml", "[provincial]", "[province]", "supports.yaml:6: yunxi-digital", "no value 'province'"),
    spoilt("a size that does not exist", "supports.yaml", "[micro, small]", "[micro, tiny]", "supports.yaml:20: yunxi-talent", "no value 'tiny'"),
    spoilt("a bare yes", "supports.yaml", 'is: "yes"', "is: yes", "supports.yaml:20: yunxi-talent", "valid string"),
    spoilt("a bare no", "supports.yaml", 'is: "yes"', "is: no", "supports.yaml:20: yunxi-talent", "valid string"),
    spoilt("two tests in one condition", "supports.yaml", 'is: "yes"', 'is: "yes", in: ["no"]', "supports.yaml:20: yunxi-talent", "exactly one of"),
    spoilt("a condition without a test", "supports.yaml", ' is: "yes",', "", "supports.yaml:20: yunxi-talent", "exactly one of"),
    spoilt("an open condition with a slot", "supports.yaml", "{open: true,", "{open: true, slot: size,", "supports.yaml:20: yunxi-talent", "an open condition has no slot"),
    spoilt("includes_any on one choice", "supports.yaml", "slot: size, in:", "slot: size, includes_any:", "supports.yaml:20: yunxi-talent", "includes_any goes with slots of several"),
    spoilt("in on several values", "supports.yaml", "slot: tiers, includes_any:", "slot: tiers, in:", "supports.yaml:6: yunxi-digital", "includes_any goes with slots of several"),
    spoilt("within on what is no place", "supports.yaml", "slot: size, in: [micro, small]", "slot: size, within: 南京市区", "supports.yaml:20: yunxi-talent", "within goes with places"),
    spoilt("a region that is none", "supports.yaml", "slot: size, in: [micro, small]", "slot: district, within: 云溪市区", "supports.yaml:20: yunxi-talent", "云溪市区",
           unsound("within is not checked against the regions known: the condition could never be met")),
    spoilt("a quote that is not in the document", "supports.yaml", "quote: 每人每月1000元补贴", "quote: 每人每月补贴1000元", "supports.yaml:24: yunxi-talent", "quote not in provision 1/2"),
    spoilt("a quote with one other character", "supports.yaml", "quote: 小微企业", "quote: 小徽企业", "supports.yaml:20: yunxi-talent", "quote not in provision 1/2"),
    spoilt("a quote of another provision", "supports.yaml", "quote: 小微企业", "quote: 数字化改造", "supports.yaml:20: yunxi-talent", "it stands in 1/1"),
    spoilt("a condition quoted from a provision that does not exist", "supports.yaml", "quote: 小微企业", 'quote: 小微企业, provision: "7/1"', "supports.yaml:20: yunxi-talent", "no provision 7/1"),
    spoilt("ten times the amount", "supports.yaml", "amount_cny: 500000", "amount_cny: 5000000", "supports.yaml:8: yunxi-digital", "amount_cny 5000000 does not stand in its quote"),
    spoilt("万 read as 亿", "supports.yaml", "amount_cny: 500000", "amount_cny: 5000000000", "supports.yaml:8: yunxi-digital", "amount_cny 5000000000"),
    spoilt("an amount in 万元 for yuan", "supports.yaml", "amount_cny: 500000", "amount_cny: 50", "supports.yaml:8: yunxi-digital", "amount_cny 50 "),
    spoilt("an amount that is no number", "supports.yaml", "amount_cny: 500000", "amount_cny: 50万", "supports.yaml:8: yunxi-digital", "valid integer"),
    spoilt("a figure in the benefit that the quote does not have", "supports.yaml", "text: 最高50万元资助，不超过20%", "text: 最高50万元资助，不超过30%", "supports.yaml:8: yunxi-digital", "“30%” does not stand in the quote"),
    spoilt("a benefit's amount that the quote does not have", "supports.yaml", "text: 每月1000元", "text: 每月2000元", "supports.yaml:24: yunxi-talent", "does not stand in the quote"),
    spoilt("a period that does not exist", "supports.yaml", "period: month", "period: week", "supports.yaml:24: yunxi-talent", "'once', 'month' or 'year'"),
    spoilt("a kind that does not exist", "supports.yaml", "kind: talent", "kind: people", "supports.yaml:18: yunxi-talent", "kind"),
    spoilt("a strength that does not exist", "supports.yaml", "kind: talent\n  strength: grants", "kind: talent\n  strength: must", "supports.yaml:19: yunxi-talent", "strength"),
    spoilt("a department that the provision does not name", "supports.yaml", "[市工信局, 市财政局]", "[市工信局, 市商务局]", "supports.yaml:14: yunxi-digital", "市商务局 is not named in provision 1/1"),
    spoilt("an id twice", "supports.yaml", "id: yunxi-talent", "id: yunxi-digital", "supports.yaml:15: yunxi-digital", "already used"),
    spoilt("an id in capitals", "supports.yaml", "id: yunxi-talent", "id: Yunxi_Talent", "supports.yaml:15: Yunxi_Talent", "match pattern"),
    spoilt("a row without an id", "supports.yaml", "- id: yunxi-talent\n  title:", "- title:", "supports.yaml:15: row without id", "id: Field required"),
    spoilt("a row without a benefit", "supports.yaml", "  benefit: {text: 每月1000元, amount_cny: 1000, period: month, quote: 每人每月1000元补贴}\n", "", "supports.yaml:15: yunxi-talent", "benefit: Field required"),
    spoilt("a row that is a word", "supports.yaml", "- id: yunxi-digital", "- 支持\n- id: yunxi-digital", "supports.yaml:1: yunxi-measures", "a row is a mapping"),
    spoilt("a provision that does not exist", "supports.yaml", "provision: 1/2", "provision: 2/1", "supports.yaml:17: yunxi-talent", "no provision 2/1"),
    spoilt("a provision overlooked", "document.yaml", 'facts_only: ["0", "1", end]', 'facts_only: ["0", "1"]', "supports.yaml:1: end", "neither a support nor a mark"),
    spoilt("a mark for a provision that does not exist", "document.yaml", '"1", end]', '"1", "9", end]', "document.yaml:1: facts_only", "no provision 9"),
    spoilt("a folder named otherwise", "document.yaml", "id: yunxi-measures", "id: yunxi-plan", "document.yaml:1: yunxi-plan", "the folder is named yunxi-measures"),
    spoilt("a date whose quote is not there", "document.yaml", "有效期至2028年12月31日", "有效期至2029年12月31日", "document.yaml:1: effective_to", "quote not in the document"),
    spoilt("a date other than its quote", "document.yaml", "date: 2028-12-31", "date: 2029-12-31", "document.yaml:1: effective_to", "2029-12-31",
           unsound("a date is not compared with the date in its own quote")),
    spoilt("a date that does not exist", "document.yaml", "date: 2028-12-31", "date: 2028-02-30", "document.yaml:6: yunxi-measures", "day is out of range",
           unsound("a date that does not exist ends the loading with a bare ValueError")),
    spoilt("a jurisdiction that is no city", "document.yaml", "jurisdiction: nanjing", "jurisdiction: yunxi", "document.yaml:1: yunxi-measures", "yunxi",
           unsound("jurisdiction is not checked against the values of the slot city: no enterprise could ever match")),
    spoilt("a date that ends before it begins", "document.yaml", "{date: 2026-01-01, quote: 自2026年1月1日起施行}", "{date: 2030-01-01, quote: 2028年12月31日}", "document.yaml:1: effective_from", "2030",
           unsound("effective_from after effective_to is not noticed")),
    spoilt("questions for a support that does not exist", "questions.yaml", "support: yunxi-talent", "support: yunxi-people", "questions.yaml:3: yunxi-people", "no such support"),
    spoilt("an empty list of questions", "questions.yaml", "[人才补贴怎么领]", "[]", "questions.yaml:4: yunxi-talent", "at least 1 item"),
    spoilt("a fact whose quote is not there", "questions.yaml", "quote: 有效期至2028", "quote: 有效期至2029", "questions.yaml:7: 有效期", "quote not in provision end"),
    spoilt("a fact quoted from another provision", "questions.yaml", "quote: 有效期至2028年12月31日", "quote: 制定如下措施", "questions.yaml:7: 有效期", "it stands in 0"),
    spoilt("a fact without a topic", "questions.yaml", "  topic: 有效期\n", "", "questions.yaml:5: row without support or topic", "a provision with a topic and a quote"),
    spoilt("an entry for a support and a fact", "questions.yaml", "- support: yunxi-talent", "- support: yunxi-talent\n  topic: 人才", "questions.yaml:3: yunxi-talent", "a support or a fact, not both"),
    spoilt("a text whose numbers stand twice", "source.txt", "（二）支持人才。", "（一）支持人才。", "source.txt:1: yunxi-measures", "numbered twice: 1/1"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "told"), MISTAKES)
def test_a_mistake_is_named_by_file_line_and_row(
    file: str, old: str, new: str, place: str, told: str, folder: Folder
) -> None:
    folder.replace(file, old, new)
    problems = refused(folder)
    assert [p for p in problems if p.startswith(f"{TOWN}/{place}: ") and told in p], problems


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(file: str, folder: Folder) -> None:
    folder.drop(file)
    assert f"{TOWN}/{file}:1: {TOWN}: the file is missing" in refused(folder)


@pytest.mark.parametrize("file", ["supports.yaml", "questions.yaml"])
def test_a_file_that_is_no_list_is_refused(file: str, folder: Folder) -> None:
    (folder.path / file).write_text("rows: none\n", encoding="utf-8")
    assert f"{TOWN}/{file}:1: {TOWN}: the file is a list of rows" in refused(folder)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.xfail(strict=True, raises=UnicodeDecodeError, reason="a file in GBK ends the loading with a bare decoding error")
def test_a_file_in_another_encoding_is_named(file: str, folder: Folder) -> None:
    (folder.path / file).write_bytes(FILES[file].encode("gbk"))
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/{file}:1: ")]


def test_an_empty_record_is_refused(folder: Folder) -> None:
    (folder.path / "document.yaml").write_text("", encoding="utf-8")
    assert [p for p in refused(folder) if p.startswith(f"{TOWN}/document.yaml:1: ")]


@pytest.mark.xfail(strict=True, reason="an empty text is one empty provision, and nothing is said of it")
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


@pytest.mark.parametrize(("file", "old", "new"), [(m.values[0], m.values[1], m.values[2]) for m in MISTAKES if not m.marks])  # type: ignore[attr-defined]
def test_a_mended_corpus_loads_again(file: str, old: str, new: str, folder: Folder) -> None:
    folder.replace(file, old, new)
    refused(folder)
    (folder.path / file).write_text(FILES[file], encoding="utf-8")
    assert len(load_library(folder.path.parent).supports) == 2


CHANGES: list[Callable[[Folder], None]] = [
    lambda f: f.replace("source.txt", "制定如下措施", "制定以下措施"),
    lambda f: f.replace("document.yaml", "short_title: 云溪市若干措施", "short_title: 云溪若干措施"),
    lambda f: f.replace("document.yaml", "date: 2026-01-01", "date: 2026-01-02"),
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
