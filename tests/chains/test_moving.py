"""A move of the firm is supposed, and what it would bring there is told; nobody moves by it."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

# A move.


@pytest.mark.parametrize("said", ["迁到丹徒", "总部挪到京口", "把注册地改到润州行不行", "总部迁过去", "挪到市区呢"])
def test_a_move_into_town_is_supposed_and_not_noted(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们在丹阳，国家级小巨人，有奖励吗", said)
    assert reply.outcome == "what_if" and "假如" in reply.text and "30万元" in reply.text
    assert profile(reply)["district"] == "丹阳市"


def test_a_move_to_the_city_talked_of_last_is_meant(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，小巨人", "淮安的担保费率是多少", "那把总部迁过去呢")
    assert "假如淮安" in reply.text and profile(reply)["city"] == "nanjing"


def test_a_move_to_a_city_without_a_document_is_told_to_be_unknown(visitor: Visitor) -> None:
    assert visitor.says("我们在南京", "要是搬到苏州呢").outcome == "other_city"


@pytest.mark.parametrize("said", ["南京的分公司能单独申报吗", "母公司是小巨人，南京子公司能用它的称号吗"])
def test_firms_of_a_group_are_told_not_to_be_written_of(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有写" in reply.text and not reply.findings


# A place that was supposed a while ago is meant by 那边 and by the move, whatever was talked of since.


@pytest.mark.parametrize(
    ("told", "asked", "sum_", "there"),
    [
        ("我们现在在南京，打算迁到镇江润州区", "迁过去以后在那边首次认定，是多少", "30万元", "镇江、润州区"),
        ("我们在盐城，想把厂搬到南京江宁", "搬过去之后在那边头一回评上小巨人，给多少", "100万元", "南京、江宁区"),
        ("我们在南京，打算迁到镇江", "那边小巨人奖多少", "30万元", "镇江"),
    ],
)
def test_there_is_where_one_means_to_move(visitor: Visitor, told: str, asked: str, sum_: str, there: str) -> None:
    visitor.says(told, "南京小巨人首次给多少")
    reply = visitor.say(asked)
    assert reply.text.count("假如") == 1 and there in reply.text and sum_ in reply.text


def test_a_move_rules_out_what_the_place_does(visitor: Visitor) -> None:
    reply = visitor.says("我们在淮安，准备迁到镇江句容", "搬到那边再评小巨人，有钱吗")
    assert statuses(reply) and "现在不符合" in reply.text and "句容" in reply.text


@pytest.mark.parametrize(
    "talk",
    [
        (
            "苏州的公司，打算搬到南京或者镇江，哪边给小巨人奖励多",
            "我公司现在在苏州，我说的是假如搬过去！南京100万，镇江是多少",
        ),
        ("无锡的，要是搬去南京，小巨人100万能拿吗", "我说假如搬过去呢，镇江小巨人能拿多少"),
    ],
)
def test_who_supposes_a_move_is_not_told_that_he_is_not_there(visitor: Visitor, talk: tuple[str, ...]) -> None:
    reply = visitor.says(*talk)
    assert "假如" in reply.text and "镇江" in reply.text and "30万元" in reply.text
    assert "您的情况：苏州" not in reply.text and "您的情况：无锡" not in reply.text


def test_a_city_without_an_award_is_told_of_to_who_would_move_there(visitor: Visitor) -> None:
    reply = visitor.say("我们在徐州，要是搬到盐城，小巨人给多少")
    assert "盐城的文件里没有写给国家级专精特新“小巨人”的奖励" in reply.text and "可以申请" not in reply.text


@pytest.mark.parametrize(
    ("talk", "own"),
    [
        (("我们在南京", "镇江小巨人奖多少", "那边单项冠军呢"), "50万元"),
        (("我们在南京，想搬到镇江", "我们现在南京的算力券能领吗"), "算力券"),
    ],
)
def test_there_is_what_was_talked_of_and_here_is_here(visitor: Visitor, talk: tuple[str, ...], own: str) -> None:
    reply = visitor.says(*talk)
    assert own in reply.text and "假如" not in reply.text
