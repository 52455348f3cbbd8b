"""A topic is answered with all that its provision gives, in another city with that of its own document."""

import pytest

from tests.chains.visitor import Visitor, provisions, statuses

FUND = "nanjing-refinancing-fund"


@pytest.mark.parametrize(
    ("first", "city", "provision"),
    [("盐城融资有哪些产品可以用", "那淮安呢", "2/7"), ("盐城融资有哪些产品可以用", "连云港呢", "2/7")],
)
def test_a_topic_is_answered_from_another_citys_provision_on_it(
    first: str, city: str, provision: str, visitor: Visitor
) -> None:
    reply = visitor.says(first, city)
    assert {path for _, path in provisions(reply)} == {provision}
    assert not reply.abstained


@pytest.mark.parametrize(
    ("first", "city"),
    [
        ("南京转贷基金额度多少", "镇江呢"),
        ("南京转贷基金额度多少", "淮安呢"),
        ("APEC商务卡南京可以走快办是吧", "连云港能不能也这么办"),
        ("南京大学生租房补多少", "盐城呢"),
        ("淮安担保费率多少", "南京呢"),
    ],
)
def test_a_thing_asked_for_by_its_name_has_no_analogue(first: str, city: str, visitor: Visitor) -> None:
    assert visitor.says(first, city).abstained


@pytest.mark.parametrize(
    ("said", "provisions", "named"),
    [
        ("南京人才方面有啥政策", {"5/13"}, ["C 类人才", "订单班", "租房补贴", "专项人才政策"]),
        ("盐城金融这块都有哪些", {"4/10"}, ["首贷贴息", "产业基金", "上市"]),
        ("连云港知识产权方面有什么帮助", {"2/5"}, ["专利", "海外"]),
        ("镇江在人才上有什么扶持", {"3/4/16"}, ["人才"]),
    ],
)
def test_a_topic_is_answered_with_everything_its_provision_gives(
    visitor: Visitor, said: str, provisions: set[str], named: list[str]
) -> None:
    reply = visitor.say(said)
    assert {c.provision for c in reply.citations} == provisions
    assert [name for name in named if name not in reply.text] == []


def test_what_a_topic_lists_can_be_asked_on_by_its_place(visitor: Visitor) -> None:
    reply = visitor.says("南京融资方面有哪些支持", "第二个找谁")
    assert list(statuses(reply)) == [FUND]
