"""Sums put to be confirmed: each is checked against what is named with it, and nothing is denied that is right."""

import pytest

from tests.chains.visitor import Visitor, first

PILOT = ("我们是南京省专精特新，建了中试线", "中试平台 一共投了八百万 能拿多少")
BOTH = ("南京小巨人奖多少", "镇江的呢")
REFINANCES = "南京民企省专，有笔贷款下个月到期，转贷基金能用吗"


@pytest.mark.parametrize(
    "said",
    [
        "听人讲南京单项冠军给三百万 镇江给50万 是真的吗",
        "南京小巨人100万 单项冠军300万 对吧",
        "镇江小巨人30万，南京小巨人100万，没错吧",
        "南京攻关最高1000万 中试最高200万 备案20万 都对吗",
    ],
)
def test_several_sums_that_are_right_are_said_to_be(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "是的，这几个数都对" in text and "不是这个数" not in text


@pytest.mark.parametrize(
    "said",
    [
        "南京小巨人300万 单项冠军100万 对吧",
        "南京单项冠军50万 镇江300万 是真的吗",
        "南京单项冠军300万 镇江80万 对吧",
        "盐城单项冠军300万 镇江50万 对吧",
        "南京备案200万 中试20万 对吗",
        "南京小巨人100万 技改最高200万 是真的吗",
        "南京攻关50万 国标1000万 是吧",
    ],
)
def test_sums_of_the_wrong_title_or_city_are_not(visitor: Visitor, said: str) -> None:
    assert "都对" not in visitor.say(said).text


@pytest.mark.parametrize("said", ["怎么不是 文件不就是100万和30万吗", "那两个金额都没错是吧", "两个数都对 你承认吗"])
def test_what_was_told_of_two_is_confirmed_without_their_names(visitor: Visitor, said: str) -> None:
    text = visitor.says(*BOTH, said).text
    assert "对" in text and "100万元" in text and "30万元" in text and "不是这个数" not in text


@pytest.mark.parametrize(
    ("said", "begins"),
    [("两边差70万吧", "对，是这两个数相减"), ("那南京多70万对不对", "对，"), ("差50万是吧", "不是差这么多")],
)
def test_what_lies_between_two_sums_is_confirmed_or_not(visitor: Visitor, said: str, begins: str) -> None:
    text = visitor.says(*BOTH, said).text
    assert begins in text and "100万元" in text and "30万元" in text


@pytest.mark.parametrize("said", ["按30%算 就是240万 封顶200 对吧", "最高两百万 按投入的四成给 是吧"])
def test_a_limit_that_is_right_is_not_denied_for_what_stands_beside_it(visitor: Visitor, said: str) -> None:
    text = visitor.says(*PILOT, said).text
    assert "封顶的数没错" in text and "不是这个数" not in text and "比例" in text


def test_who_was_told_otherwise_is_told_that_it_is_right(visitor: Visitor) -> None:
    assert "是的，文件写的是" in visitor.says(*PILOT, "凭什么不是这个数 我按你说的200封顶").text


@pytest.mark.parametrize("said", ["中试平台封顶300对吧", "中试最高500万 是吧"])
def test_a_wrong_limit_is_denied(visitor: Visitor, said: str) -> None:
    assert "不是这个数" in visitor.says(*PILOT, said).text


@pytest.mark.parametrize("said", ["这两千万是不是不用付一分钱", "两千万用不用付利息", "我问的是那两千万要不要手续费"])
def test_what_is_asked_of_paying_claims_no_sum(visitor: Visitor, said: str) -> None:
    text = visitor.says(REFINANCES, said).text
    assert "不是这个数" not in text and "“零成本”包括哪些费用" in text.split("6000万元")[0]


def test_a_quota_that_is_wrong_is_still_denied(visitor: Visitor) -> None:
    assert first(visitor.say("南京转贷额度8000万对吧").text).startswith("不是这个数")


@pytest.mark.parametrize("said", ["单项冠军差250万吧", "跟盐城差70万吧"])
def test_what_lies_between_others_is_not_taken_from_what_was_told(visitor: Visitor, said: str) -> None:
    text = visitor.says(*BOTH, said).text
    assert "对，是这两个数相减" not in text and "不是差这么多" not in text
