"""What is offered as the nearest where a city's document holds nothing for certain, and where nothing is offered."""

import pytest

from tests.chains.visitor import Visitor, provisions


@pytest.mark.parametrize(
    ("said", "provision"),
    [
        ("南京 编标准花了好多精力，市里犒劳不", ("nanjing-measures", "1/3")),
        ("南京 商标被人抢注了，有没有地方帮着处理", ("nanjing-measures", "1/3")),
    ],
)
def test_the_nearest_is_told_as_no_more_than_that(visitor: Visitor, said: str, provision: tuple[str, str]) -> None:
    reply = visitor.say(said)
    assert "没有找到直接写这件事的。最接近的是" in reply.text and "换个说法再问我" in reply.text
    assert provisions(reply) == {provision}
    assert not reply.abstained


def test_of_what_is_not_in_force_that_is_said_first(visitor: Visitor) -> None:
    reply = visitor.say("淮安 商标被人抢注了，有没有地方帮着处理")
    assert reply.text.startswith("先说清楚") and "已经到期" in reply.text


def test_the_nearest_can_be_asked_on(visitor: Visitor) -> None:
    visitor.say("南京 编标准花了好多精力，市里犒劳不")
    assert "市市场监管局" in visitor.say("找谁").text


@pytest.mark.parametrize("said", ["南京企业食堂有补贴吗", "连云港发不发算力券", "南京公积金今年最多能贷多少"])
def test_nothing_is_offered_that_is_not_near(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and not reply.citations


def test_what_else_is_near_can_be_tapped(visitor: Visitor) -> None:
    offered = visitor.say("南京 编标准花了好多精力，市里犒劳不").suggestions
    assert offered[-1] == "我们能申请什么"
    for title in offered[:-1]:
        assert not visitor.say(title).abstained
