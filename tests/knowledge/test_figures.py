"""The same figure is read from every form in which people write it, and a word that is no figure is none."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import amounts, chinese_number, read_figures


def reading(text: str) -> list[tuple[str, Decimal]]:
    return [(f.kind, f.value) for f in read_figures(text)]


MONEY = {
    20_000_000: (
        "2000万|2000 万|2000万元|２０００万|２０００万元|２０００ 万元|2,000万元|２，０００万元|20,000,000元|20000000元|两千万|二千万|两千万元|"
        "贰仟万|贰仟万元|贰仟萬元|2千万|2千万元|2千萬|0.2亿|0.2亿元|0.2 亿元|０.２亿|0.2億|零点二亿|2000w|2000W|2000万块"
    ),
    1_300_000: "130万|130万元|130 万元|1300千元|1300 千元|1,300千元|1300000元|1,300,000元|一百三十万|一百三十万元|壹佰叁拾万元|0.013亿|130w",
    3_000_000: "300万|300 万|300万元|300 万元|三百万|三百万元|叁佰万|叁佰万元|3百万|3百万元|3,000,000元|3000000元|３００万元|0.03亿|¥300万",
    1_000_000: "100万|100万元|100 万元|一百万|一百万元|壹佰万|壹佰万元|1百万|1,000千元|1000000元|1,000,000元|0.01亿|100w|１００万",
    500_000: "50万|50万元|50 万|50 万元|五十万|五十万元|伍拾万|伍拾万元|500000元|500,000元|500千元|50萬元|５０万元|50w|50W|50万块",
    200_000: "20万|20万元|20 万元|二十万|二十万元|贰拾万元|200000元|200,000元|200千元|２０万|20w",
    60_000_000: "6000万|6000万元|6000 万元|六千万|六千万元|陆仟万元|6千万|0.6亿|0.6亿元|60,000,000元|6,000万元|6000w",
    10_000_000: "1000万|1000万元|1,000万元|１，０００万元|一千万|一千万元|壹仟万元|1千万|0.1亿|10,000,000元",
    2400: "2400元|2400 元|2,400元|２４００元|二千四百元|两千四百元|贰仟肆佰元|2.4千元|2400块",
    960: "960元|960 元|九百六十元|玖佰陆拾元|９６０元|960块",
    150_000_000: "1.5亿|1.5亿元|一点五亿|一点五亿元|15000万|15000万元|１.５亿|1.5億",
    2_000_000_000: "20亿|20亿元|二十亿|二十亿元|贰拾亿元",
    1_050_000: "105万|105万元|一百零五万|一百零五万元|壹佰零伍万元",
    10_010_000: "1001万|1001万元|一千零一万|一千零一万元",
    12_000: "1.2万|1.2万元|1.2 万元|12000元|12,000元|一点二万元",
    100_000: "10万|10万元|十万|十万元|拾万元|100,000元",
}
RATES = {
    "20": "20%|20 %|２０％|２０%|20％|20个百分点|二十个百分点|百分之二十|百分之20",
    "4": "4%|４%|百分之四|百分之4|4个百分点",
    "3.5": "3.5%|３.５%|百分之3.5|3.5个百分点",
    "100": "100%|百分之百|百分之一百",
    "1": "1%|百分之一|1个百分点",
}
DATES = {
    20281231: "2028年12月31日|2028 年 12 月 31 日|2028-12-31|2028/12/31|2028.12.31|２０２８年１２月３１日|2028年12月31号",
    20230322: "2023年3月22日|2023年 3月 22日|2023-03-22|2023-3-22|2023/3/22|2023.03.22",
    20280229: "2028年2月29日|2028-02-29",
}
COUNTS = {
    300: "300家|300 家|３００家|三百家",
    58: "58人|58个人|五十八人|５８人",
    180: "180天|180 天|一百八十天",
    26: "26家|26 家|二十六家",
    2025: "2025年|２０２５年|二〇二五年|二零二五年",
}
FORMS = [
    *((form, "money", Decimal(value)) for value, forms in MONEY.items() for form in forms.split("|")),
    *((form, "rate", Decimal(value)) for value, forms in RATES.items() for form in forms.split("|")),
    *((form, "date", Decimal(value)) for value, forms in DATES.items() for form in forms.split("|")),
    *((form, "number", Decimal(value)) for value, forms in COUNTS.items() for form in forms.split("|")),
]

# Forms that are read as another value than a person reads: what they mean, and what is read instead.
MISREAD = [
    ("一亿五千万", [("money", 150_000_000)], "亿 and 万 are two sums"),
    ("1亿5000万元", [("money", 150_000_000)], "亿 and 万 are two sums"),
    ("2亿零300万", [("money", 203_000_000)], "亿 and 万 are two sums"),
    ("三万五", [("money", 35_000)], "what follows 万 is dropped"),
    ("三万五千元", [("money", 35_000)], "3 万 is read, and 5000 as another sum"),
    ("300万人民币", [("money", 3_000_000)], "万人 is taken for a count of people"),
    ("2万亿元", [("money", 2_000_000_000_000)], "万亿 is cut after 万"),
    ("1个亿", [("money", 100_000_000)], "个亿 is no scale: 1"),
    ("0.5个亿", [("money", 50_000_000)], "个亿 is no scale: 0.5"),
    ("3千", [("money", 3000)], "千 without 元 is no scale: 3"),
    ("5至10万元", [("money", 50_000), ("money", 100_000)], "the lower end of a span has no scale: 5"),
    ("5-10万", [("money", 50_000), ("money", 100_000)], "the lower end of a span has no scale: 5"),
    ("3‰", [("rate", Decimal("0.3"))], "3 ‰ is the same as 3 %"),
    ("千分之三", [("rate", Decimal("0.3"))], "not read"),
    ("百分之三点五", [("rate", Decimal("3.5"))], "what follows 点 is dropped: 3 %"),
    ("三成", [("rate", 30)], "not read"),
    ("20个点", [("rate", 20)], "个点 is a count of 20 pieces"),
    ("二〇二八年十二月三十一日", [("date", 20281231)], "a date in Chinese numerals is three numbers"),
    ("10 000 元", [("money", 10_000)], "blanks between thousands: 10 and 0"),
    ("1 000 万元", [("money", 10_000_000)], "blanks between thousands: 1 and 0"),
    ("-5%", [("rate", -5)], "the sign is dropped"),
    ("廿万元", [("money", 200_000)], "not read"),
]
# A sum that is only said about: no exact value may be read from it.
ABOUT = ["50多万", "600多万", "600余万元", "三四十万", "几十万", "数百万", "好几百万", "20多万元", "七八万", "十几万"]
READ_AS_EXACT = {"50多万", "600多万", "600余万元", "三四十万", "20多万元", "七八万"}

WORDS = (
    "三思而行、一次性、一对一、千方百计、万一、百般、十分、一些、一定、统一、一起、一般、一样、"
    "五花八门、一户一档、百场万企、十链百场千企、八大工程、零成本、独一无二、一直、第一、唯一、"
    "两化融合、三位一体、一带一路、四群八链、双十一、十全十美、一站式、百分百、零距离、二维码、第三方、"
    "万达、千岛湖、十堰、三亚、六合、五河、四川、两个都、一家、一个、一下、一点、有点、两者、十几、"
    "几十、一企一策、三首、两证合一、一类、二级、三资企业、万分、百强、十强、几百万、数十家"
).split("、")


@pytest.mark.parametrize(("form", "kind", "value"), FORMS, ids=[f"{form} is {value}" for form, _, value in FORMS])
def test_a_form_has_its_value(form: str, kind: str, value: Decimal) -> None:
    assert reading(f"给予{form}，") == [(kind, value)]


@pytest.mark.parametrize(
    ("form", "meant"),
    [pytest.param(f, m, marks=pytest.mark.xfail(strict=True, reason=why), id=f) for f, m, why in MISREAD],
)
def test_a_form_that_is_hard_to_read_has_its_value(form: str, meant: list[tuple[str, int | Decimal]]) -> None:
    assert reading(form) == [(kind, Decimal(value)) for kind, value in meant]


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(
            f, marks=pytest.mark.xfail(strict=True, reason="an approximate sum is read as an exact figure"), id=f
        )
        if f in READ_AS_EXACT
        else pytest.param(f, id=f)
        for f in ABOUT
    ],
)
def test_an_approximate_sum_is_no_exact_figure(form: str) -> None:
    assert reading(f"投了{form}") == []


@pytest.mark.xfail(strict=True, reason="千万 is read as ten millions")
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
    [("十", 10), ("十五", 15), ("二十", 20), ("一百零五", 105), ("二百五", 250), ("二百五十", 250), ("一千零一", 1001)]
    + [
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
