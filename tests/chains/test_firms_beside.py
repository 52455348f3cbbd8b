"""A firm beside one's own, a title still to come, a thing only named: none of it is noted of the firm that asks."""

from collections.abc import Mapping

import pytest

from chains.language.understanding import understand
from tests.chains.visitor import Visitor, profile


def _told(said: str) -> Mapping[str, object]:
    return {slot: fact.value for slot, fact in understand(said, None).facts.items()}


def test_another_firm_of_the_owner_changes_nothing(visitor: Visitor) -> None:
    visitor.say("微型企业 8个人 南京玄武区 省专 投标能加分不")
    reply = visitor.say("老板还有个公司 中型的 也省专 那个能扣吗")
    assert "它的情况：中型企业" in reply.text
    assert profile(reply)["size"] == "micro"


def test_a_branch_elsewhere_moves_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("淮安清江浦 省专，职称怎么弄", "我们南京那个是分厂不是单独公司")
    assert profile(reply)["city"] == "huaian"


def test_a_sister_firm_in_another_city_is_looked_at_by_itself(visitor: Visitor) -> None:
    reply = visitor.says("泰州的企业能拿什么", "哦对了 我们泰州的兄弟公司在盐城 小巨人 它能拿啥")
    assert reply.outcome == "what_if"
    assert "盐城" in reply.text


def test_two_firms_told_in_one_breath_are_each_told(visitor: Visitor) -> None:
    reply = visitor.say("我两家公司 一家南京浦口省专 一家淮安清江浦小巨人 各能拿啥")
    assert "**南京 · 浦口区 · 省级专精特新**" in reply.text
    assert "**淮安 · 清江浦区 · 国家级小巨人**" in reply.text
    assert profile(reply)["city"] == "nanjing"
    other = visitor.say("淮安那家呢")
    assert (profile(other)["city"], profile(other)["tiers"]) == ("huaian", ("little_giant",))


def test_a_title_still_to_come_takes_none_away(visitor: Visitor) -> None:
    reply = visitor.says("我们创新型中小企业 南京的", "省专在报了 年底公示")
    assert profile(reply)["tiers"] == ("innovative",)


def test_a_title_that_is_only_supposed_is_not_held(visitor: Visitor) -> None:
    reply = visitor.says("南京江宁 省专，小巨人那100万怎么拿", "那评上小巨人几年内要去领")
    assert profile(reply)["tiers"] == ("provincial",)


@pytest.mark.parametrize(
    "said",
    [
        "南京申请中试平台资助，需要递交哪些材料、几份？",
        "淮安揭榜比拼立项的攻关项目，资助上限是多少",
    ],
)
def test_what_a_question_names_is_noted_of_nobody(said: str) -> None:
    assert _told(said) == {}


def test_a_trader_without_a_title_still_trades() -> None:
    told = _told("我们外贸公司没评专精特新")
    assert told.get("foreign_trade") != "no"
    assert told["tiers"] == ("none",)


@pytest.mark.parametrize("said", ["南京省专 算力券能用吗", "南京小巨人 奖励能拿吗", "盐城省专 AEO能弄吗"])
def test_a_blank_parts_what_a_comma_would(said: str) -> None:
    assert _told(said) == _told(said.replace(" ", "，"))


def test_a_loan_due_some_time_on_is_one_that_is_due() -> None:
    assert _told("贷款也有 年后到期") == {"needs_refinancing": "yes"}


def test_a_district_that_is_of_its_city_is_not_denied(visitor: Visitor) -> None:
    visitor.say("丹阳的 小巨人 今年刚下来 奖金多少呀")
    reply = visitor.say("丹阳不是镇江的吗 凭啥不算")
    assert profile(reply)["city"] == "zhenjiang"
    assert "不算镇江市区" in visitor.say("我问的是我丹阳的为什么不算市区").text


def test_a_fact_that_only_lacks_another_is_followed_up(visitor: Visitor) -> None:
    reply = visitor.says("南京六合，省级专精特新，有什么我能用的", "贷款年底到期，愁死了")
    assert "nanjing-refinancing-fund" in {finding.support_id for finding in reply.findings}
    assert "转贷基金" in reply.text
    assert reply.question is not None
    assert reply.question.slot == "ownership"
