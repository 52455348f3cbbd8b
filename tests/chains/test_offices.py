"""Which office is asked of: whether it stands among those responsible is said first, of what was talked of."""

import pytest

from tests.chains.visitor import Visitor

FEES = "淮安的 研发费加计扣除里头 专利代理的钱能算进去不"
AWARD = "南京小巨人奖多少"


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("我直接问税务局行吧", "税务局在责任单位里"),
        ("这个归税务局管吧", "税务局在责任单位里"),
        ("科技局管不管", "责任单位里没有科技局，写的是"),
    ],
)
def test_an_office_that_is_named_is_looked_up(visitor: Visitor, said: str, begins: str) -> None:
    lines = visitor.says(FEES, said).text.split("\n")
    assert lines[1].startswith(begins)  # after the short word that the plan is over


def test_of_two_offices_both_are_told(visitor: Visitor) -> None:
    text = visitor.says(AWARD, "归财政局还是归工信局").text
    assert text.startswith("财政局、工信局都在责任单位里，文件没有写先找哪一家")


def test_an_office_that_no_city_names_is_not_among_them(visitor: Visitor) -> None:
    assert visitor.says(AWARD, "找公安局吗").text.startswith("责任单位里没有公安局")


def test_where_no_office_is_written_that_is_said(visitor: Visitor) -> None:
    text = visitor.says("镇江句容 省专 想拿地扩厂房", "我问的地是自然资源局管吧").text
    assert "文件没有写责任单位，归不归自然资源局管也没有写" in text


def test_which_of_two_belongs_to_an_office_is_told_of_each(visitor: Visitor) -> None:
    said = ("连云港智改数转贷款贴息有没有", "那引进海外博士团队呢", "这两个哪个归科技局管")
    lines = [line for line in visitor.says(*said).text.split("\n") if "科技局" in line]
    assert len(lines) == 2


@pytest.mark.parametrize("said", ["工信局说我们没份 是真的吗", "怎么办理", "归哪个部门管"])
def test_who_asks_otherwise_is_not_told_so(visitor: Visitor, said: str) -> None:
    assert "在责任单位里" not in visitor.says(AWARD, said).text
    assert "责任单位里没有" not in visitor.says(said).text


def test_an_office_is_no_owner(visitor: Visitor) -> None:
    reply = visitor.says("南京有客户拖了我们货款 我们是民营小型企业", "那国资委管不管")
    assert reply.profile["ownership"].value == "private" and "国资委在责任单位里" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "去办要多久",
        "老总办APEC卡要自己去办吗",
        "盐城有出口 每个月都有货柜出口海关认证有支持吗",
        "镇江有没有办法借用大学的仪器",
    ],
)
def test_no_other_words_are_taken_for_an_office(visitor: Visitor, said: str) -> None:
    text = visitor.says(AWARD, said).text
    assert "责任单位里没有" not in text and "归不归" not in text


# One of several.


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("淮安，客户拖欠我们货款大半年了，有人管吗", "七个部门我打哪个啊，你给我一个", "可以先问市工信局"),
        ("淮安，客户拖欠我们货款大半年了，有人管吗", "这么多单位，最该找哪个", "可以先问市工信局"),
        ("淮安省专，初次违法能不能不罚", "环保的事，到底哪个部门牵头", "对口的是市生态环境局"),
        ("连云港，车间智能化改造有奖补吗", "这么多局我找谁合适", "可以先问市工信局"),
    ],
)
def test_of_several_offices_one_is_named_to_ask_first(visitor: Visitor, before: str, said: str, told: str) -> None:
    text = visitor.says(before, said).text
    assert told in text and "没有写由哪个牵头" in text


def test_an_office_with_its_city_is_confirmed_of_what_was_told(visitor: Visitor) -> None:
    asked = ("连云港，车间智能化改造有奖补吗", "行，谢谢啊，连云港工信局是吧")
    assert "工信局在责任单位里" in visitor.says(*asked).text


def test_where_to_go_with_all_that_was_listed_is_told_of_each(visitor: Visitor) -> None:
    text = visitor.says("盐城，创新型中小企业", "评上省专以后呢，会多些啥", "这些要去哪个部门办").text
    assert "黄海金控" in text and "市人社局" in text and "不符合" not in text


@pytest.mark.parametrize("said", ["这个归哪个部门管", "科技局管不管", "具体流程怎么走"])
def test_the_office_of_one_support_is_told_as_before(visitor: Visitor, said: str) -> None:
    assert "没有写由哪个牵头" not in visitor.says("南京省专，算力券怎么回事", said).text


@pytest.mark.parametrize(
    "said",
    [
        "这么多部门到底哪个牵头",
        "那你说打给谁合适",
        "先找哪家",
        "我打哪个电话",
        "找哪个最快",
        "这么多我打哪个啊，你给我一个",
    ],
)
def test_no_lead_is_made_up_and_one_is_named_to_begin_with(visitor: Visitor, said: str) -> None:
    text = visitor.says(AWARD, "找哪个部门", said).text
    assert "没有写由哪个牵头" in text.split("\n")[0] and "可以先问市工信局" in text


def test_one_office_alone_needs_no_lead(visitor: Visitor) -> None:
    assert "牵头" not in visitor.says("南京大模型备案奖励多少", "哪个部门牵头").text


@pytest.mark.parametrize("said", ["那我们找灌云哪个局", "灌云县归什么部门", "在灌云找谁办"])
def test_of_a_district_no_office_is_made_up(visitor: Visitor, said: str) -> None:
    text = visitor.says("连云港灌云，我们小巨人，人才子女上学能解决不", said).text
    assert "灌云" in text and "由哪个部门办，文件没有写" in text


def test_who_is_responsible_is_told_once_and_the_verdict_not_again(visitor: Visitor) -> None:
    visitor.says("南京，民营，省级专精特新，有笔贷款快到期", "转贷基金能用吗")
    text = visitor.say("负责的是哪家，我直接过去").text
    assert text.count("紫金投资集团") == 1 and "您符合" not in text


def test_beside_a_verdict_the_offices_are_told_once(visitor: Visitor) -> None:
    visitor.says("南京的单项冠军，首次评上的，奖金怎么领")
    assert visitor.say("工厂在溧水，找市里领还是区里领").text.count("市财政局") == 1
