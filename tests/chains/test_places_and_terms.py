"""What is asked on of the paper itself: why it is over, from when it holds, where a place lies, who has no title."""

import pytest

from tests.chains.visitor import Visitor, statuses


@pytest.mark.parametrize(("before", "asked"), [("镇江小巨人奖励", "为什么说到期了"), ("盐城AEO", "为啥是征求意见稿")])
def test_why_a_document_is_not_in_force_is_answered_from_its_words(visitor: Visitor, before: str, asked: str) -> None:
    reply = visitor.says(before, asked)
    assert {c.provision for c in reply.citations} == {"0"}
    assert "依据如下" not in reply.text


# Where a place lies that a condition turns on.


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("为什么丹阳不算", "丹阳市不算镇江市区"),
        ("句容不是市区吗", "句容市不算镇江市区"),
        ("丹徒算市区吗", "丹徒区算镇江市区"),
        ("新区属于市区吗", "新区算镇江市区"),
        ("市区是指哪里", "文件只写了“市区”"),
    ],
)
def test_whether_a_place_is_in_the_urban_area_is_answered(visitor: Visitor, asked: str, begins: str) -> None:
    reply = visitor.says("镇江小巨人奖励多少", asked)
    assert begins in reply.text
    assert "没有列是哪些区" in reply.text and "30万" not in reply.text
    assert "district" not in reply.profile


def test_an_answer_to_where_the_firm_is_is_no_question_of_places(visitor: Visitor) -> None:
    reply = visitor.says("单项冠军镇江奖励多少 我们首次的", "就在市区")
    assert statuses(reply)["zhenjiang-champion-award"] == "not_in_force"
    assert reply.profile["district"].value == "市区"


# Whoever holds no title.


@pytest.mark.parametrize(
    "asked", ["要是没有专精特新能办吗", "没有专精特新能办吗", "不是专精特新可以吗", "没有称号的能申请不"]
)
def test_without_any_title_is_judged_and_not_stored(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京的小巨人，APEC卡能办吗", asked)
    assert reply.outcome == "what_if" and "现在不符合" in reply.text
    assert reply.profile["tiers"].value == ("little_giant",)


@pytest.mark.parametrize("said", ["南京的措施从哪天开始执行", "南京这份文件啥时候起生效"])
def test_from_when_a_document_holds_is_told_in_its_words(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "自公布之日起施行" in {c.quote for c in reply.citations}
    assert "2028年12月31日" in reply.text


def test_a_document_that_is_over_is_of_no_use_any_more(visitor: Visitor) -> None:
    reply = visitor.says("镇江那份计划到哪一年", "那就没用了")
    assert "已经到期" in reply.text and not reply.abstained


def test_which_of_two_titles_it_is_for_states_neither(visitor: Visitor) -> None:
    visitor.say("我们盐城的")
    assert "tiers" not in visitor.say("举荐权是单项冠军才能有 还是小巨人也行").profile
