"""How one comes to hold a title, and titles that no document gives anything for."""

import pytest

from tests.chains.visitor import Visitor, first, profile, provisions

GIANT, CHAMPION = "nanjing-little-giant-award", "nanjing-champion-award"


# Titles themselves.


@pytest.mark.parametrize(
    "said",
    [
        "小巨人的认定标准有哪些",
        "想评省专要具备什么条件",
        "单项冠军怎么申报",
        "申报创新型企业需要哪些材料",
        "怎样才能拿到小巨人称号",
        "省专的有效期是几年",
        "小巨人到期要重新认定吗",
        "单项冠军复核没通过怎么办",
    ],
)
def test_how_a_title_is_come_by_is_not_written(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained
    assert first(reply.text).startswith("怎样评上")
    assert provisions(reply) == {("huaian-plan-2023-2025", "2/1"), ("lianyungang-plan-2023-2025", "2/1")}


@pytest.mark.parametrize(
    "said",
    [
        "江宁的小厂，去年做了三千万，四十个人，能评专精特新吗",
        "盐城做水泵的，年产值2亿，120人，够评小巨人吗",
        "我是小公司，营收800万，南京，怎么才能评上省专",
    ],
)
def test_the_size_that_is_told_before_it_makes_it_no_other_question(visitor: Visitor, said: str) -> None:
    assert "怎样评上" in visitor.say(said).text.split("\n")[0]


def test_a_plan_that_goes_by_rules_points_to_them(visitor: Visitor) -> None:
    assert "《优质中小企业梯度培育管理实施细则》" in visitor.say("淮安省专怎么评").text
    assert not visitor.say("南京小巨人认定条件").citations


@pytest.mark.parametrize("said", ["营收要多少", "研发占比要求呢", "到哪里报", "几年复核一次"])
def test_what_is_asked_on_of_a_title_is_not_written_either(visitor: Visitor, said: str) -> None:
    assert first(visitor.says("小巨人申报条件有哪些", said).text).startswith("怎样评上小巨人")


@pytest.mark.parametrize(
    "talk",
    [
        ["南京小巨人奖励的条件"],
        ["南京小巨人奖励", "小巨人要满足什么条件"],
        ["南京省专怎么申请算力券"],
        ["小巨人申报条件", "南京算力券怎么领"],
    ],
)
def test_the_conditions_of_a_support_are_not_those_of_a_title(visitor: Visitor, talk: list[str]) -> None:
    assert "怎样评上" not in visitor.says(*talk).text


@pytest.mark.parametrize("said", ["南京高新技术企业奖励多少", "瞪羚企业有补贴吗", "淮安科技型中小企业给多少钱"])
def test_a_title_that_no_document_gives_anything_for_is_given_nothing(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained
    assert not reply.findings
    assert "没有写给" in reply.text


@pytest.mark.parametrize("said", ["我们是高新技术企业，也是南京的省专，有什么补贴", "高新技术企业能领南京的算力券吗"])
def test_such_a_title_beside_another_question_does_not_decide_it(visitor: Visitor, said: str) -> None:
    assert not visitor.say(said).abstained


def test_a_figure_that_the_document_gives_is_told_after_how_a_title_is_won(visitor: Visitor) -> None:
    reply = visitor.says("盐城", "想升省专有什么要求", "研发费用要多少比例")
    assert not reply.abstained and "4%、5%、6%" in reply.text


@pytest.mark.parametrize("said", ["那省级专精特新要满足什么", "小巨人得达到什么才行", "评省专得具备哪些东西"])
def test_what_a_title_takes_is_asked_of_the_title(visitor: Visitor, said: str) -> None:
    visitor.say("镇江的，我们什么都没评过")
    reply = visitor.say(said)
    assert "没有写：认定条件" in reply.text and profile(reply)["tiers"] == ("none",)


@pytest.mark.parametrize("said", ["我就想知道先评啥后评啥", "那先评个啥容易点"])
def test_what_to_be_recognised_as_first_is_told_by_the_order_of_titles(visitor: Visitor, said: str) -> None:
    visitor.say("淮安的，啥资质没有")
    assert "创新型中小企业—专精特新中小企业" in visitor.say(said).text


@pytest.mark.parametrize("said", ["那评到什么牌子才管", "要哪一级才行", "得是什么资质才能用"])
def test_which_title_it_takes_is_asked_of_what_was_told(visitor: Visitor, said: str) -> None:
    visitor.says("我们淮安的，创新型中小企业", "担保费那个顶管不管我们")
    assert "专精特新企业（省级及以上）" in visitor.say(said).text
