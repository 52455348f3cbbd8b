"""Long texts in pieces: nothing lost, nothing too long, nothing cut that is one thing."""

import re
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pieces import MOST_UNITS, pieces, units_of

_WOMAN, _FLAG, _THUMB, _ACUTE = "\U0001f469\u200d\U0001f4bb", "\U0001f1e8\U0001f1f3", "\U0001f44d\U0001f3fd", "e\u0301"
_ONE_THING = re.compile(rf"\[\d{{1,3}}\]|\d+(?:[.,]\d+)*|{_WOMAN}|{_FLAG}|{_THUMB}|{_ACUTE}")
_WORDS = st.sampled_from(
    ["企业", "奖励", "100万元", "2026年", "12,000.50", "[1]", "[12]", "[3][4]", "。", "；", "，", "\n", "\n\n", " ",
     "😀", _WOMAN, _FLAG, _THUMB, _ACUTE, "𠮷", "APEC", "https://a.example/b?c=1", "（", "）", "”", "50%", "第3条"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, max_size=400).map("".join).map(lambda t: re.sub(r"(?<=\d)[.,](?=\d{4})", "，", t))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.integers(min_value=64, max_value=300))
def test_pieces_are_the_text_again_and_fit_and_cut_nothing_that_is_one_thing(text: str, most: int) -> None:
    found = pieces(text, most)
    assert "".join(found) == text
    assert all(units_of(piece) <= most for piece in found)
    cuts = set(accumulate(map(len, found[:-1])))
    for match in _ONE_THING.finditer(text):
        if units_of(match[0]) <= most:
            assert not cuts & set(range(match.start() + 1, match.end())), match[0]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=600), st.integers(min_value=2, max_value=40))
def test_no_text_at_all_is_lost_or_too_long(text: str, most: int) -> None:
    found = pieces(text, most)
    assert "".join(found) == text
    assert all(units_of(piece) <= most for piece in found)


def test_a_text_that_fits_stays_whole() -> None:
    assert pieces("字" * MOST_UNITS) == ["字" * MOST_UNITS]
    assert pieces("") == [""]


def test_length_is_counted_as_telegram_counts() -> None:
    assert units_of("😀") == 2
    assert [units_of(piece) for piece in pieces("😀" * 2049)] == [4096, 2]


def test_a_cut_comes_between_paragraphs_before_lines_and_between_sentences_before_clauses() -> None:
    assert pieces("甲" * 50 + "\n\n" + "乙" * 20 + "\n" + "丙" * 50, 100)[0] == "甲" * 50 + "\n\n"
    assert pieces("甲" * 70 + "。" + "乙" * 20 + "，" + "丙" * 50, 100)[0] == "甲" * 70 + "。"


def test_a_mark_stays_with_what_it_shows() -> None:
    first, second = pieces("甲" * 95 + "乙[12]。丙" * 10, 100)
    assert first.endswith("甲")
    assert second.startswith("乙[12]。")


def test_a_figure_stays_with_its_unit() -> None:
    assert pieces("甲" * 97 + "20 万元" + "乙" * 50, 100)[0] == "甲" * 97


def test_a_comma_in_a_number_is_no_place_for_a_cut() -> None:
    assert pieces("甲" * 90 + "12,000" + "乙" * 50, 100)[0] == "甲" * 90 + "12,000" + "乙" * 4


def test_a_number_longer_than_a_message_is_cut_after_all() -> None:
    assert [len(piece) for piece in pieces("1" * 250, 100)] == [100, 100, 50]
