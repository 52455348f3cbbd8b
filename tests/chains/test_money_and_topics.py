"""Questions for money or for a topic are answered with what the documents say of it, not with everything there is."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions, statuses

NANJING, HUAIAN, YANCHENG = "nanjing-measures", "huaian-plan-2023-2025", "yancheng-measures-draft"
LIANYUNGANG, ZHENJIANG = "lianyungang-plan-2023-2025", "zhenjiang-plan-2023-2025"


# A topic.


@pytest.mark.parametrize(
    ("said", "document", "provision"),
    [
        ("南京有啥融资方面的扶持", NANJING, "2/6"),
        ("淮安有哪些金融政策", HUAIAN, "2/7"),
        ("盐城有没有什么数字化转型补贴", YANCHENG, "3/8"),
        ("连云港有什么人才补贴吗", LIANYUNGANG, "3/3"),
        ("南京公司招人有什么支持", NANJING, "5/13"),
    ],
)
def test_a_topic_named_between_the_words_that_ask_is_listed(
    visitor: Visitor, said: str, document: str, provision: str
) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "information"
    assert provisions(reply) == {(document, provision)}
    assert len(reply.findings) > 1


def test_who_tells_of_the_enterprise_is_told_the_verdicts_on_the_topic(visitor: Visitor) -> None:
    reply = visitor.say("我们盐城的，去年评上省级专精特新，人才上有没有什么扶持政策")
    assert profile(reply)["tiers"] == ("provincial",)
    assert "yancheng-talent-plan" in statuses(reply) and "记下了" in reply.text


@pytest.mark.parametrize("said", ["南京有哪些支持", "镇江有什么好政策", "连云港有没有什么我们用得上的政策"])
def test_what_names_no_topic_still_asks_for_everything(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


def test_a_kind_of_help_that_no_document_names_is_not_found(visitor: Visitor) -> None:
    assert visitor.say("南京有什么宠物补贴").abstained


def test_conditions_asked_for_are_no_list_of_the_provisions(visitor: Visitor) -> None:
    assert "15 条" not in visitor.say("南京小巨人奖励有哪些条件").text
    assert "15 条" in visitor.say("南京那份措施有哪些条").text


# Money.


@pytest.mark.parametrize("said", ["镇江有什么奖励", "镇江补贴有哪些", "镇江有没有钱给"])
def test_awards_asked_for_at_large_are_those_of_the_document(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "50万元" in reply.text and "30万元" in reply.text
    assert provisions(reply) >= {(ZHENJIANG, "4/2")}
    assert "记下了" not in reply.text


@pytest.mark.parametrize("said", ["淮安有哪些奖励", "淮安究竟有没有钱拿"])
def test_awards_without_a_sum_are_told_where_no_sum_is_written(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有哪一项" in reply.text and "已经到期" in reply.text
    assert (HUAIAN, "3/2") in provisions(reply)


def test_what_a_firm_cannot_have_is_not_among_its_sums(visitor: Visitor) -> None:
    visitor.say("我们是南京的省级专精特新，民企")
    listed, _, refused = visitor.say("总共能拿多少钱").text.partition("没有列进来")
    assert all(sum_ in listed for sum_ in ("1000万元", "200万元", "50万元", "20万元"))
    assert "小巨人" not in listed and "小巨人" in refused


def test_a_title_named_in_the_question_counts_for_its_sums(visitor: Visitor) -> None:
    listed, _, refused = visitor.say("南京的省专能领多少钱").text.partition("没有列进来")
    assert "1000万元" in listed and "小巨人" not in listed and "小巨人" in refused


@pytest.mark.parametrize(
    ("said", "told", "untold"),
    [
        ("南京建中试平台最多能补多少", "200万元", "300万元"),
        ("南京小巨人能拿多少钱", "100万元", "1000万元"),
        ("南京算力券能拿多少", "算力券", "300万元"),
    ],
)
def test_the_sum_of_one_thing_is_no_list_of_all(visitor: Visitor, said: str, told: str, untold: str) -> None:
    reply = visitor.say(said)
    assert told in reply.text and untold not in reply.text


def test_the_largest_sum_is_named_though_it_is_only_a_cap(visitor: Visitor) -> None:
    reply = visitor.say("南京补得最多的是哪个")
    assert "300万元" in reply.text.split("\n")[0] and "数字更大的是国家关键核心技术攻关资助，最高1000万元" in reply.text
    assert "20万元" in visitor.say("给得最少的呢").text.split("\n")[0]


@pytest.mark.parametrize("said", ["哪种企业能领", "什么样的公司可以拿"])
def test_who_may_have_a_thing_asks_of_that_thing(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京算力券", said)
    assert set(statuses(reply)) == {"nanjing-computing-voucher"}


# Several cities.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("五个市省级专精特新的目标各是多少家", ("260家", "200家", "300家", "500家")),
        ("三个计划里智能车间目标分别是多少", ("40个", "10个", "50个")),
        ("各市的研发投入目标比较一下", ("超过5%", "超过4%", "4%以上")),
    ],
)
def test_a_figure_asked_of_each_city_is_told_of_all(visitor: Visitor, said: str, told: tuple[str, ...]) -> None:
    text = visitor.say(said).text
    assert all(figure in text for figure in told)
    assert text.count("先说清楚") == 1


def test_what_was_told_is_asked_on_of_another_city_and_is_not_everything(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券是什么", "连云港有没有这种补贴")
    assert reply.abstained and "算力券" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "我们在盐城亭湖 小巨人 能拿几十万吗",
        "盐城省专 能给点钱不",
        "盐城 我们想要现金 有没有",
        "盐城小巨人 到手能有现金吗",
    ],
)
def test_a_city_that_states_no_sum_is_said_to_state_none(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "没有哪一项奖励、资助或补贴写了金额" in text and "举荐权" not in text


@pytest.mark.parametrize(
    "said", ["盐城 绿色工厂给钱不", "盐城 想上市 给钱吗", "淮安大模型备案给20万吗", "盐城 招博士给多少钱"]
)
def test_who_names_a_thing_is_told_of_that(visitor: Visitor, said: str) -> None:
    assert "没有哪一项奖励、资助或补贴写了金额" not in visitor.say(said).text


def test_of_two_cities_compared_both_are_meant_still(visitor: Visitor) -> None:
    text = visitor.says("我们公司在盐城和南京都有厂 哪边政策好", "主要想要钱").text
    assert "盐城的文件里，没有哪一项" in text and "100万元" in text


# Money is not answered with an aim.


@pytest.mark.parametrize(
    "said",
    ["盐城东台的小巨人，政府一次给多少钱呀", "盐城小巨人给几个钱", "听人说有一百万，盐城的小巨人，一次性给多少钱"],
)
def test_who_asks_for_the_money_of_a_title_is_told_of_no_aim(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "没有写给国家级专精特新“小巨人”的奖励" in reply.text
    assert "%" not in reply.text and "200家" not in reply.text


def test_the_money_of_another_city_is_asked_on(visitor: Visitor) -> None:
    reply = visitor.says("盐城小巨人给多少钱", "那淮安呢，我们在那边也有一家小巨人")
    assert "资金奖补" in reply.text and "研发投入" not in reply.text


@pytest.mark.parametrize("said", ["连云港，没有称号，做药的，五十来个人", "盐城，什么牌子都没有，普通食品厂，三十人"])
def test_who_only_tells_of_a_firm_is_told_of_no_aim(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "overview" and profile(reply)["tiers"] == ("none",)


def test_an_aim_that_is_asked_for_is_told(visitor: Visitor) -> None:
    assert "4%" in visitor.say("淮安的研发投入目标是多少").text


@pytest.mark.parametrize("said", ["融资那块具体讲讲", "人才方面展开说说"])
def test_a_field_that_is_to_be_told_of_is_listed(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港有什么政策", said)
    assert reply.outcome == "information" and len(reply.findings) > 4


def test_who_asks_for_more_is_not_told_what_he_had(visitor: Visitor) -> None:
    reply = visitor.says("南京，小巨人首次，奖多少", "那除了这一百万，还有别的现金没")
    assert "小巨人”企业奖励" not in reply.text and "除了刚才说的" in reply.text
