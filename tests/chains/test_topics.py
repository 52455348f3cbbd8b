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


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("连云港省专，想问一下贴息", "一共有几样和智改有关的", "智能制造顾问"),
        ("连云港省专，想问一下贴息", "智改方面都有哪几样", "设备和业务系统上云"),
        ("镇江句容的机械厂，想买地扩厂，有政策吗", "扩厂用电用气呢", "合理用能需求"),
        ("你好", "盐城，用电有什么优惠", "用能空间"),
    ],
)
def test_a_topic_asked_after_another_is_found(visitor: Visitor, before: str, said: str, told: str) -> None:
    assert told in visitor.says(before, said).text


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("淮安专精特新，缺钱", "不算贷款，政府财政还有没有别的钱", "专精特新企业资金奖补"),
        ("淮安省专，给多少钱", "就没个准数吗", "没有哪一项奖励、资助或补贴写了金额"),
        ("淮安的计划到期了吗", "行，我跟老板说都过期了，让他问工信局，对不对", "已经到期"),
        ("你好", "你把南京的政策一条一条念给我听", "共 15 条"),
    ],
)
def test_what_is_left_or_put_together_is_told(visitor: Visitor, before: str, said: str, told: str) -> None:
    text = visitor.says(before, said).text
    assert told in text and "不一样" not in text


# What was asked is told, and nothing more.


def test_who_names_one_of_a_topic_is_not_told_all_of_it(visitor: Visitor) -> None:
    visitor.says("我们是小巨人，在南京江宁")
    reply = visitor.say("那技术负责人，人才方面能享受什么")
    assert list(statuses(reply)) == ["nanjing-talent-class-c"]


def test_that_a_topic_gives_no_money_is_said_without_the_list_once_more(visitor: Visitor) -> None:
    reply = visitor.says("连云港知识产权有哪些支持", "有没有知识产权的奖励或补贴")
    assert "没有写奖励或补贴" in reply.text and "布局建设" not in reply.text and "·" not in reply.text


@pytest.mark.parametrize("said", ["里面哪个适合我们，我们有专利", "这几个里头哪个最合适 我们手上有专利"])
def test_of_what_was_told_the_one_that_fits_is_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港跟贷款有关的写了什么", said)
    assert list(statuses(reply)) == ["lianyungang-special-loans"]


def test_which_fits_without_a_word_of_the_firm_tells_all_of_it(visitor: Visitor) -> None:
    assert len(statuses(visitor.says("连云港跟贷款有关的写了什么", "里面哪个适合我们"))) > 1


def test_one_sentence_of_two_supports_is_quoted_once(visitor: Visitor) -> None:
    text = visitor.say("连云港智改数转的奖补和贴息补多少").text
    assert text.count("只写了：") == 1 and "贴息补助" in text and "奖补比例" in text and "贴息比例" in text


def test_what_was_refused_is_not_refused_again_where_something_else_is_asked(visitor: Visitor) -> None:
    visitor.says("盐城创新型中小企业", "我们想做数字化改造")
    reply = visitor.say("要自己出钱吗")
    assert "现在不符合" not in reply.text and "小快轻准" in reply.text
    assert "软硬件一体化改造" in visitor.say("第二个要什么条件").text


@pytest.mark.parametrize("said", ["都说南京省专没有直接奖金，真的吗", "南京省级专精特新给不给奖金"])
def test_what_is_given_to_other_titles_is_left_out(visitor: Visitor, said: str) -> None:
    told = statuses(visitor.say(said)).keys()
    assert "nanjing-district-provincial-award" in told
    assert not told & {"nanjing-little-giant-award", "nanjing-champion-award", "nanjing-service-platform-award"}


def test_a_wrong_sum_for_a_title_is_still_set_right(visitor: Visitor) -> None:
    assert "nanjing-little-giant-award" in statuses(visitor.say("南京省专能拿小巨人那100万吗"))


def test_what_is_called_by_its_name_brings_along_nothing_that_is_not(visitor: Visitor) -> None:
    reply = visitor.say("电费能不能少交点，我们铸造厂一个月要四十万，溧水的")
    assert list(statuses(reply)) == ["nanjing-power-trading"]
