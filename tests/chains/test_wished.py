"""A wish that is named is not passed over: what is found of it, what comes near, or that nothing does."""

import pytest

from tests.chains.visitor import Visitor


@pytest.mark.parametrize(
    "said",
    [
        "我们是镇江的厂，想上新三板，有补贴吗",
        "我们是盐城的厂，想用算力，有补贴吗",
        "淮安的厂，想降电费，有什么政策",
        "我们是南京的厂，想培训员工",
    ],
)
def test_what_is_not_found_is_said_before_all_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "没有找到对应的条款" in reply.text and len(reply.findings) > 1


@pytest.mark.parametrize(
    ("said", "near"),
    [("我们是镇江的厂，想培训员工", "专精特新专题培训"), ("我们是镇江的厂，想上云，有什么政策", "上云")],
)
def test_what_comes_near_is_named_with_its_source(visitor: Visitor, said: str, near: str) -> None:
    reply = visitor.say(said)
    line = next(line for line in reply.text.split("\n") if "没有找到直接对应的条款" in line)
    assert near in line.partition("沾边的有")[2] and line.rstrip("。").endswith("]")


def test_a_wish_for_help_of_any_kind_is_none_of_its_own(visitor: Visitor) -> None:
    assert "条款" not in visitor.say("我们是镇江的厂，想申请点补贴").text


def test_what_is_found_by_itself_is_told_alone(visitor: Visitor) -> None:
    reply = visitor.say("我们是淮安的厂，想做技改")
    assert "技改" in reply.text and "没有找到" not in reply.text


@pytest.mark.parametrize(
    ("firm", "said", "found"),
    [
        ("淮安的小厂，啥称号都没有", "专利想快点审下来，要是评上专精特新了，市里能帮上啥", "快速审查"),
        ("镇江普通小厂", "想买块地扩厂，要是评上省专了能帮上什么", "优先供地"),
        ("盐城创新型", "想招几个博士，要是评上省专，有啥政策", "黄海明珠"),
    ],
)
def test_a_wish_beside_a_supposition_is_judged_by_itself(visitor: Visitor, firm: str, said: str, found: str) -> None:
    visitor.say(firm)
    reply = visitor.say(said)
    assert "假如省级专精特新" in reply.text and found in reply.text
    assert "还有一些没有列出" not in reply.text


@pytest.mark.parametrize("said", ["想把企业做大，要是评上小巨人有啥好处", "想把厂子办好，要是评上省专能享受啥"])
def test_a_wish_of_no_thing_leaves_a_supposition_at_large(visitor: Visitor, said: str) -> None:
    visitor.say("南京没有资质")
    assert visitor.say(said).text.count("\n· ") > 1
