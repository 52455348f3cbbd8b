"""Choosing by number, asking for a clause, and lines as Chinese is set."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import Choice, bold_runs, by_status, cells_of, line_breaks, read_choice, read_citation
from bot.text import mend, readable, sentences
from tests.bot.fakes import CITY, NEEDS, finding


@pytest.mark.parametrize(
    ("words", "ids"),
    [("1", ("foreign_trade",)), ("2 1", ("genai_filed", "foreign_trade")), ("1,2", ("foreign_trade", "genai_filed")),
     ("1、3", ("foreign_trade", "none")), ("1，1", ("foreign_trade",)), (" 3。", ("none",))],
)  # fmt: skip
def test_numbers_pick_options(words: str, ids: tuple[str, ...]) -> None:
    assert read_choice(NEEDS, words) == Choice(ids)


@pytest.mark.parametrize("words", ["南京", "100万", "1个", "2026年", "", "我们有1 2两项"])
def test_words_are_words(words: str) -> None:
    assert read_choice(NEEDS, words) is None


def test_a_number_that_does_not_fit_is_told() -> None:
    assert "可选 1 到 2" in read_choice(CITY, "3").complaint  # type: ignore[union-attr]
    assert "只能选一项" in read_choice(CITY, "1 2").complaint  # type: ignore[union-attr]
    assert read_choice(None, "1") is None


@pytest.mark.parametrize("words", ["引用 12", "[12]", "引用[12]", "【12】", "引用12", "/引用 12", "/cite 12", "依据12"])
def test_a_clause_can_be_asked_for_in_many_ways(words: str) -> None:
    assert read_citation(words) == 12


@pytest.mark.parametrize("words", ["引用", "12", "引用第一条", "[12]是什么"])
def test_not_everything_asks_for_a_clause(words: str) -> None:
    assert read_citation(words) is None


def test_findings_stand_under_their_status_best_first() -> None:
    groups = by_status([finding("ineligible"), finding("eligible"), finding("ineligible")])
    assert {status: len(group) for status, group in groups.items()} == {"eligible": 1, "ineligible": 2}
    assert list(groups) == ["eligible", "ineligible"]


def test_light_markdown_becomes_runs() -> None:
    assert list(bold_runs("- **可以申请** 奖励[1]")) == [("• ", False), ("可以申请", True), (" 奖励[1]", False)]
    assert list(bold_runs("## 小结")) == [("小结", True)]


def test_lines_break_between_characters_and_not_before_a_full_stop() -> None:
    text = "首次获评的小巨人企业奖励，APEC travel 卡。"
    lines = _lines(text, 12)
    assert "".join(lines) == text
    assert not any(line[0] in "，。" for line in lines)
    assert any("APEC" in line for line in lines)


@given(st.text(max_size=200), st.integers(min_value=2, max_value=80))
def test_no_line_is_wider_than_the_window_and_nothing_is_lost(text: str, width: int) -> None:
    lines = _lines(text, width)
    assert "".join(lines) == text
    assert all(sum(map(cells_of, line)) <= width for line in lines)


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_becomes_readable(text: str) -> None:
    shown = readable(text)
    shown.encode()
    assert readable(shown) == shown
    assert not any(c in shown for c in "\x00\x1b\u202e\u200b\r")


@given(st.text("一。！；\n[1]", max_size=60))
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_marker_stays_with_its_sentence() -> None:
    assert sentences("奖励100万元。[1][2]\n由市工信局办理[3]") == ["奖励100万元。[1][2]\n", "由市工信局办理[3]"]


def test_halves_of_characters_are_mended_and_whole_ones_kept() -> None:
    assert mend("\ud83d\ude00 \ud800") == "😀 \ufffd"


def _lines(text: str, width: int) -> list[str]:
    breaks = [0, *line_breaks(text, width), len(text)]
    return [text[a:b] for a, b in pairwise(breaks)]
