"""A list or all that a city offers, asked on: what is refused, the highest, caps, a total, one's own first."""

import re

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import Visitor, first, profile, provisions, statuses

GIANT, CHAMPION = "nanjing-little-giant-award", "nanjing-champion-award"


# A list that was told, asked on.


def test_the_highest_of_a_list_is_that_of_the_list(visitor: Visitor) -> None:
    reply = visitor.says("南京写了金额的都列出来", "那哪个最高")
    assert first(reply.text).startswith("**国家关键核心技术攻关资助写的数最大**")
    assert "300万元" in reply.text


def test_caps_and_what_is_given_once_are_taken_from_the_list(visitor: Visitor) -> None:
    caps = visitor.says("南京写了金额的都列出来", "哪些是上限").text
    assert "1000万元" in caps and "200万元" in caps and "50万元" in caps and "300万元" not in caps
    assert provisions(visitor.say("哪些是一次性的")) == {("nanjing-measures", "3/8")}


@pytest.mark.parametrize("said", ["一共多少", "两项加起来多少钱", "总共能拿多少"])
def test_a_total_is_not_stated(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖多少", "单项冠军呢", said)
    assert first(reply.text).startswith("文件没有写加起来是多少")
    assert "300万元" in reply.text and "100万元" in reply.text


def test_a_total_asked_at_large_is_of_the_citys_sums(visitor: Visitor) -> None:
    reply = visitor.say("南京这些奖全部加起来最多多少钱")
    assert first(reply.text).startswith("文件没有写加起来是多少")
    assert "6000" not in reply.text


def test_the_total_of_one_support_is_its_own(visitor: Visitor) -> None:
    assert "加起来" not in visitor.says("南京转贷基金有多少额度", "一年总共多少额度").text


def test_the_total_of_a_target_is_none_of_money(visitor: Visitor) -> None:
    assert "加起来" not in visitor.say("淮安小巨人三年一共多少家").text


@pytest.mark.parametrize("said", ["不能的有哪些", "哪些不能享受", "有哪些拿不到"])
def test_what_is_refused_is_listed_with_the_reason(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们是南京的省专，中型企业", said)
    assert first(reply.text) == "**不符合**"
    assert set(statuses(reply).values()) == {"ineligible"}
    assert "要求是小型或微型企业" in reply.text


def test_what_is_refused_answers_no_question_that_waits(visitor: Visitor) -> None:
    assert "foreign_trade" not in profile(visitor.says("我们是盐城的省专", "不能申请的有哪些"))


def test_what_the_authority_decides_is_listed(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省专", "哪些要部门认定")
    assert set(statuses(reply).values()) == {"conditional"}


@pytest.mark.parametrize(("one", "other", "path"), [("第六条", "第五条", "2/5"), ("第十二条", "那第一条呢", "1/1")])
def test_another_provision_asked_on_is_no_place_in_a_list(visitor: Visitor, one: str, other: str, path: str) -> None:
    reply = visitor.says(f"南京{one}写了什么", other)
    assert provisions(reply) == {("nanjing-measures", path)}


def test_a_place_in_a_list_is_still_one(visitor: Visitor) -> None:
    assert "订单班" in first(visitor.says("南京人才方面有什么支持", "第二条").text)


# One's own sums, and a total.


def test_what_one_is_known_to_suit_comes_first_and_the_rest_apart(visitor: Visitor) -> None:
    lines = visitor.says("南京 小巨人 首次", "能领多少").text.split("\n")
    rest = lines.index("还要确认条件的：")
    assert lines[0].endswith("其中您符合条件的：")
    assert any("“小巨人”企业奖励" in line for line in lines[:rest])
    assert not any("1000万元" in line for line in lines[:rest])


@pytest.mark.parametrize("asked", ["一共多少钱", "两个加起来500万吧", "各是多少"])
def test_the_awards_of_two_titles_lead_a_total(visitor: Visitor, asked: str) -> None:
    lines = visitor.says("南京 单项冠军和小巨人都是首次", asked).text.split("\n")
    assert ["300万元" in lines[1], "100万元" in lines[2]] == [True, True]
    assert ("文件没有写加起来是多少" in lines[0]) is (asked != "各是多少")


def test_a_total_leaves_out_what_was_refused(visitor: Visitor) -> None:
    visitor.says("想问中试平台和标准奖励", "南京 省专", "没有参与国家标准")
    rows = [line for line in visitor.say("一共最多能拿多少").text.split("\n") if line.startswith("·")]
    assert rows
    assert not any("标准奖励" in row for row in rows)


def test_all_sums_of_a_city_stay_in_order_of_size(visitor: Visitor) -> None:
    text = visitor.says("南京 小巨人 首次", "南京写了金额的都列出来").text
    assert "按金额从大到小" in text
    assert "您符合条件" not in text


# Whom to ask for what was listed.


@pytest.mark.parametrize("asked", ["找谁", "这些都找哪个部门", "分别归谁管"])
def test_whom_to_ask_for_a_list_names_those_responsible_for_each_once(visitor: Visitor, asked: str) -> None:
    listed = visitor.says("南京省专能申请哪些")
    reply = visitor.say(asked)
    assert "市税务局" in reply.text and "市商务局" in reply.text
    assert len([line for line in reply.text.split("\n") if "市商务局" in line]) == 1
    titles = re.findall(r"^· ([^：\[]+)", listed.text, re.MULTILINE)
    assert len(titles) > 3 and all(title in reply.text for title in titles)


def test_whom_to_ask_for_one_thing_that_is_named_is_not_asked_of_the_list(visitor: Visitor) -> None:
    reply = visitor.says("南京省专能申请哪些", "算力券找谁")
    assert provisions(reply) == {("nanjing-measures", "3/8")}


@pytest.mark.parametrize(
    "said", ["南京哪些不需要称号也能申请", "南京的，还有什么是没评上称号也能报的", "南京不看资质的有哪些"]
)
def test_what_asks_for_no_title_is_listed(visitor: Visitor, assistant: Assistant, said: str) -> None:
    reply, supports = visitor.say(said), assistant.library.supports
    assert len(reply.findings) > 5
    assert not any(c.slot == "tiers" for f in reply.findings for c in supports[f.support_id].when)


def test_one_of_such_a_list_is_asked_on_of(visitor: Visitor) -> None:
    reply = visitor.says("南京哪些不需要称号也能申请", "我们能申请第一个吗")
    assert "百场万企" in first(reply.text) and "没有直接写" not in reply.text
