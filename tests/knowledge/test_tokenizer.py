"""What a text becomes for keyword search."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.tokenizer import terms


def test_chinese_gives_characters_and_pairs() -> None:
    assert sorted(terms("算力券")) == sorted(["算", "力", "券", "算力", "力券"])


def test_a_single_character_stands_alone() -> None:
    assert terms("券") == ["券"]


@pytest.mark.parametrize(
    ("text", "whole", "pair"),
    [
        ("AEO认证", "aeo", "aeo认"),
        ("C类", "c", "c类"),
        ("C 类人才", "c", "c类"),
        ("提高至20%", "20%", "至20%"),
        ("给予 20 万元", "20", "20万"),
        ("5G网络", "5g", "5g网"),
        ("不超过 4.5%", "4.5%", "过4.5%"),
    ],
)
def test_words_and_numbers_stay_whole_and_pair_with_the_chinese_beside_them(text: str, whole: str, pair: str) -> None:
    assert whole in terms(text)
    assert pair in terms(text)


def test_a_blank_between_a_number_and_chinese_makes_no_difference() -> None:
    assert terms("给予 20 万元奖励") == terms("给予20万元奖励")


@pytest.mark.parametrize("text", ["（AEO）认证", "AEO，认证", "小，巨"])
def test_punctuation_keeps_neighbours_apart(text: str) -> None:
    assert not {"aeo认", "小巨"} & set(terms(text))


def test_two_latin_words_make_no_pair() -> None:
    assert terms("machine learning") == ["machine", "learning"]


def test_width_and_case_make_no_difference() -> None:
    assert terms("ＡＥＯ　２０％ Ｃ类") == terms("aeo 20% c类")


def test_the_round_zero_of_chinese_years_is_chinese() -> None:
    assert "二〇" in terms("二〇二五年")


def test_other_scripts_are_words() -> None:
    assert terms("서울 Москва ソフト") == ["서울", "москва", "ソフト"]


def test_characters_beyond_the_basic_plane_are_chinese_too() -> None:
    assert "𠮷野" in terms("𠮷野家")


@pytest.mark.parametrize(
    "text",
    ["", " ", "，。！", "\x00", "\ud800", "\u0301" * 2000, "👨‍👩‍👧‍👦" * 300],
    ids=["empty", "blank", "punctuation", "NUL", "lone surrogate", "combining marks", "emoji"],
)
def test_what_holds_no_word_holds_no_term(text: str) -> None:
    assert terms(text) == []


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_at_all_has_terms_that_are_never_empty(text: str) -> None:
    assert all(terms(text)) or terms(text) == []


@pytest.mark.parametrize("unit", ["好", "a", "1.", "a 好", "\u0301\u0323", " ", "1%", "é", "\u1112\u1161\u11ab"])
def test_the_time_grows_with_the_length_and_not_with_its_square(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.perf_counter()
    terms(text)
    assert time.perf_counter() - started < 1.5, "0.1 s is usual; a square law would take minutes"
