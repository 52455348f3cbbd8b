"""Who says what the firm does and how large it is, and asks for whatever there is, gets what there is."""

import itertools

import pytest

from tests.chains.visitor import Visitor

PLACES = ("南京江宁", "镇江丹阳", "盐城", "淮安涟水", "连云港海州")
FIRMS = (
    *("做碳纤维的", "食品厂", "搞新能源的", "生物医药公司", "做软件的", "做化工新材料的", "模具厂", "物流公司"),
    *("做芯片设计", "种业公司", "印刷厂", "检测机构", "做环保设备的", "不锈钢制品厂", "眼镜厂", "工业设计公司"),
    *("大数据公司", "卖水产的", "给汽车厂做配套", "开饭店的"),
)
BESIDES = ("", "，50个人", "，刚成立两年", "，规模不大", "，去年营收三千万")
WISHES = ("有什么补贴", "想要点支持", "有啥政策", "能申请啥", "要补贴", "有什么扶持没有", "看看能报哪些")
FORMS = (
    "我们是{place}{firm}{beside}，{wish}",
    "你好，我这边{place}，{firm}{beside}，{wish}？",
    "{wish}，我们{place}的，{firm}{beside}",
)
# Each firm with another place, size, wish and form, so that all pairs of neighbours are met.
OPENINGS = [
    FORMS[i % 3].format(place=PLACES[i % 5], firm=firm, beside=BESIDES[(i + turn) % 5], wish=WISHES[(i * 3 + turn) % 7])
    for turn, (i, firm) in itertools.product(range(3), enumerate(FIRMS))
]


@pytest.mark.parametrize("said", OPENINGS)
def test_whatever_a_firm_makes_it_is_told_all_that_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome in {"overview", "interview"} and len(reply.findings) > 1, reply.text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("我们是南京搞新能源的，50个人，想用算力券", "算力券"),
        ("连云港海州模具厂，刚成立两年，想上市，有政策吗", "上市"),
        ("你好，我这边盐城，做食品的，规模不大，想出国参展", "展会"),
        ("淮安的，生物医药公司，客户拖欠货款，帮不帮忙", "账款"),
    ],
)
def test_what_it_wishes_is_looked_for_and_not_what_it_makes(visitor: Visitor, said: str, title: str) -> None:
    assert title in visitor.say(said).text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("镇江绿色工厂要建多少个", "绿色工厂"),
        ("南京做碳足迹有补贴吗", "碳足迹"),
        ("盐城搞绿色工厂有补贴没有", "绿色工厂"),
        ("我们新材料算首批次的，南京支持申报不", "首批次"),
    ],
)
def test_what_the_documents_speak_of_is_no_trade(visitor: Visitor, said: str, title: str) -> None:
    assert title in visitor.say(said).text


@pytest.mark.parametrize(
    "said",
    [
        "南京的政策给我看看",
        "淮安政策",
        "看看南京的政策",
        "镇江企业补贴",
        "补贴怎么申请 南京",
        "给我讲讲盐城的政策",
        "连云港的惠企政策",
    ],
)
def test_who_speaks_of_help_and_names_nothing_gets_all_that_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome in {"overview", "interview"} and len(reply.findings) > 1, reply.text


def test_a_city_told_after_what_was_asked_of_all_is_answered_of_that_city(visitor: Visitor) -> None:
    visitor.say("请问专精特新怎么申请")
    assert "南京的文件没有写" in visitor.say("南京").text


def test_how_one_becomes_such_a_firm_is_asked_of_the_title(visitor: Visitor) -> None:
    visitor.say("我是南京的，做软件的")
    assert "怎样评上" in visitor.say("怎么变成专精特新").text


def test_a_trade_told_later_is_noted_and_the_list_is_not_told_again(visitor: Visitor) -> None:
    visitor.say("我是南京的")
    said = visitor.say("做软件的").text
    assert "软件和信息技术服务业" in said and "还是上面这些" in said


def test_a_headcount_alone_is_understood_and_what_else_a_size_takes_is_said(visitor: Visitor) -> None:
    visitor.say("我是南京的，做软件的")
    reply = visitor.say("30个人")
    assert "营业收入" in reply.text and reply.question is not None and reply.question.slot == "size"
