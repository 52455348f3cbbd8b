"""The same figure is read from every form in which people write it, and a word that is no figure is none."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import amounts, chinese_number, read_figures
from tests.knowledge.forms import ABOUT, FORMS, HARD, MISREAD, WORDS


def reading(text: str) -> list[tuple[str, Decimal]]:
    return [(f.kind, f.value) for f in read_figures(text)]


@pytest.mark.parametrize(("form", "kind", "value"), FORMS, ids=[f"{form} is {value}" for form, _, value in FORMS])
def test_a_form_has_its_value(form: str, kind: str, value: Decimal) -> None:
    assert reading(f"给予{form}，") == [(kind, value)]


@pytest.mark.parametrize(
    ("form", "meant"),
    [
        *(pytest.param(f, m, id=f) for f, m in HARD),
        *(pytest.param(f, m, marks=pytest.mark.xfail(strict=True, reason=why), id=f) for f, m, why in MISREAD),
    ],
)
def test_a_form_that_is_hard_to_read_has_its_value(form: str, meant: list[tuple[str, int | Decimal]]) -> None:
    assert reading(form) == [(kind, Decimal(value)) for kind, value in meant]


@pytest.mark.parametrize("form", ABOUT)
def test_an_approximate_sum_is_no_exact_figure(form: str) -> None:
    assert reading(f"投了{form}") == []


def test_by_all_means_is_no_sum() -> None:
    assert reading("千万别忘了报送材料") == []


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_no_figure(word: str) -> None:
    assert reading(f"请{word}，") == []


@pytest.mark.parametrize("form", [form for form, _, _ in FORMS])
def test_a_figure_knows_where_it_stands(form: str) -> None:
    text = f"市里给予{form}的支持"
    assert all(text[f.start : f.end] == f.words for f in read_figures(text))


def test_figures_come_in_the_order_of_the_text() -> None:
    text = "到2025年，分别给予300万元、100万元奖励，比例不超过20%，有效期至2028年12月31日，限三名"
    assert [f.words for f in read_figures(text)] == ["2025年", "300万元", "100万元", "20%", "2028年12月31日"]


def test_a_date_that_does_not_exist_is_no_date() -> None:
    assert not [f for f in read_figures("2028年13月40日") if f.kind == "date"]


def test_amounts_are_the_sums_in_yuan() -> None:
    assert amounts("分别给予300万元、100万元奖励，20家企业，4%，0.5元") == {3_000_000, 1_000_000}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("二百五", 250),
        ("二百五十", 250),
        ("一千零一", 1001),
        ("两千五百", 2500),
        ("三点五", "3.5"),
        ("零点二", "0.2"),
        ("二〇二五", 2025),
        ("贰仟", 2000),
        ("一百一十一", 111),
    ],
)
def test_a_chinese_number_has_its_value(words: str, value: int | str) -> None:
    assert chinese_number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "点", "三点", "专精", "十点十", "一点五点六"])
def test_what_is_no_chinese_number_has_no_value(words: str) -> None:
    assert chinese_number(words) is None


DIGITS = "零一二三四五六七八九"


def spelt(number: int) -> str:
    """1 to 9999 in Chinese numerals."""
    found, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            found += ("零" if zero else "") + DIGITS[digit] + name
        zero = bool(found) and digit == 0
    return found


@given(st.integers(1, 9999))
def test_every_number_in_chinese_numerals_is_read_back(number: int) -> None:
    assert reading(f"给予{spelt(number)}万元奖励") == [("money", Decimal(number * 10_000))]


@given(st.integers(1, 9999), st.sampled_from(["", " "]), st.sampled_from(["万元", "万", "亿元"]))
def test_every_number_in_digits_is_read_back(number: int, blank: str, unit: str) -> None:
    scale = 100_000_000 if unit.startswith("亿") else 10_000
    assert reading(f"给予{number}{blank}{unit}奖励") == [("money", Decimal(number * scale))]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    found = read_figures(text)
    assert all(text[f.start : f.end] == f.words for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
