"""How answers judge and compare: the direct answer first, who is entitled, each city's state by its own name."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions, statuses

GIANT = "nanjing-little-giant-award"


def lines(text: str, *openings: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith(openings)]


# Which cities have a thing.


@pytest.mark.parametrize(
    ("asked", "has", "has_not"),
    [
        ("哪些市的文件写到政府采购", ("南京", "淮安", "连云港", "镇江"), "盐城"),
        ("有几个市写了防范拖欠账款", ("南京", "盐城", "淮安", "连云港"), "镇江"),
        ("绿色工厂哪几个地方支持", ("南京", "盐城", "镇江"), "淮安、连云港"),
        ("哪个市写了海外仓", ("淮安", "连云港"), "南京、盐城、镇江"),
        ("哪个城市给发算力券", ("南京",), "盐城、淮安、连云港、镇江"),
    ],
)
def test_each_city_that_has_a_thing_is_told_and_those_that_have_it_not(
    asked: str, has: tuple[str, ...], has_not: str, visitor: Visitor
) -> None:
    text = visitor.say(asked).text
    told = [line.partition("**")[2].partition("**")[0].partition(" ")[0] for line in lines(text, "· ")]
    assert tuple(dict.fromkeys(told)) == has
    assert f"没有找到有关内容的：{has_not}。" in text
    assert "文件没有写数量" not in text


@pytest.mark.parametrize("asked", ["镇江要建多少个市级绿色工厂", "连云港有多少家省级专精特新的目标"])
def test_how_many_of_one_city_is_answered_of_that_city(asked: str, visitor: Visitor) -> None:
    assert len({document for document, _ in provisions(visitor.say(asked))}) == 1


def test_what_differs_is_told_of_both_cities_be_it_a_target_or_a_support(visitor: Visitor) -> None:
    reply = visitor.say("镇江跟盐城的绿色工厂有什么不同")
    assert provisions(reply) == {("yancheng-measures-draft", "3/9"), ("zhenjiang-plan-2023-2025", "3/3/13")}


def test_cities_that_aim_at_a_title_are_told_with_their_figures(visitor: Visitor) -> None:
    text = visitor.say("哪几个市有单项冠军的目标").text
    assert [line[4:6] for line in lines(text, "· **")] == ["淮安", "连云", "镇江"]


def test_targets_are_put_in_order(visitor: Visitor) -> None:
    text = visitor.say("各市的单项冠军目标排个序").text
    assert [line[4:6] for line in lines(text, "· **")] == ["镇江", "连云", "淮安"]


def test_no_sum_is_denied_above_a_sum(visitor: Visitor) -> None:
    text = visitor.say("租房补贴哪个市更高").text
    assert "没有金额" not in text and "只有南京写了这一项" in text


def test_a_plan_that_is_over_is_named_where_another_city_comes_first(visitor: Visitor) -> None:
    text = visitor.say("南京和连云港评职称分别有哪些规定").text
    assert "连云港的计划已经到期" in text.split("\n")[0]
    assert "下面是" not in text.split("\n")[0]


# What is taken for granted.


@pytest.mark.parametrize(
    "asked", ["复核过了的小巨人还能拿南京那笔奖吗", "南京小巨人奖能领两次吗", "南京小巨人奖每年都发吗"]
)
def test_what_is_for_the_first_time_is_not_given_again(asked: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert "只给首次的" in reply.text and "文件没有写期限" not in reply.text
    assert "eligible" not in statuses(reply).values()


@pytest.mark.parametrize("asked", ["南京小巨人首次能拿多少", "南京小巨人复核没过，奖金要退吗"])
def test_who_asks_for_no_second_time_is_not_told_of_it(asked: str, visitor: Visitor) -> None:
    assert "只给首次的" not in visitor.say(asked).text


def test_a_sum_of_stated_sums_is_not_denied(visitor: Visitor) -> None:
    text = visitor.say("镇江市区，小巨人和单项冠军都是首次，一共给80万吧").text
    assert "不是这个数" not in text
    assert "下面几项加起来的数" in text


def test_a_sum_that_is_none_is_denied(visitor: Visitor) -> None:
    text = visitor.say("南京小巨人和单项冠军都首次，一共给500万吧").text
    assert "不是这个数" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("南京硕士租房补贴任何公司都有吗", "不是，文件有条件"),
        ("南京价格扣除40%？", "不是这个数"),
        ("盐城AEO有30万？", "文件没有写金额"),
        ("南京中试平台补800万？", "不是这个数"),
    ],
)
def test_a_wrong_premise_is_answered_before_the_text(asked: str, said: str, visitor: Visitor) -> None:
    assert said in visitor.say(asked).text


def test_a_relief_that_is_for_everybody_is_not_said_to_be_for_some_firms(visitor: Visitor) -> None:
    assert "不是，文件有条件" not in visitor.say("淮安首违免罚所有企业都适用吗").text


def test_what_is_left_open_comes_before_the_verdict(visitor: Visitor) -> None:
    text = visitor.say("南京单项冠军，本科生补几个钱").text
    assert text.index("本科生是否上浮") < text.index("按写了的条件符合")


def test_which_firms_are_meant_is_no_question_of_ones_own(visitor: Visitor) -> None:
    reply = visitor.say("连云港哪些企业能参加专精特新板挂牌")
    assert reply.outcome == "information"
    assert "按您的情况" not in reply.text and "要满足" in reply.text


# A draft.


@pytest.mark.parametrize("asked", ["盐城设备担是什么", "盐城那份正式出了没", "盐城的措施什么时候施行"])
def test_a_draft_is_told_without_contradiction(asked: str, visitor: Visitor) -> None:
    text = visitor.say(asked).text
    assert "还没有正式施行" not in text
    assert text.count("2025年10月31日") == 1
    assert "征求意见稿" in text and "正式文件我这里没有收录" in text


def test_a_draft_is_told_in_brief_the_second_time(visitor: Visitor) -> None:
    assert "2025年10月31日" not in visitor.says("盐城设备担是什么", "那专精特新贷呢").text


# Who is entitled.


@pytest.mark.parametrize(
    "asked",
    [
        "盐城用能空间先给谁",
        "南京有没有租房的补贴",
        "镇江技改项目有没有优先",
        "南京国产工业操作系统支持吗",
        "南京融资白名单怎么列入",
    ],
)
def test_who_is_entitled_is_told(asked: str, visitor: Visitor) -> None:
    assert lines(visitor.say(asked).text, "要满足：")


@pytest.mark.parametrize("asked", ["淮安头一次轻微违法罚不罚", "镇江有没有四群八链活动"])
def test_nothing_is_said_where_nobody_is_left_out(asked: str, visitor: Visitor) -> None:
    assert not lines(visitor.say(asked).text, "要满足：", "文件没有写专门的")


def test_what_the_authority_decides_is_told_in_a_line(visitor: Visitor) -> None:
    text = visitor.say("南京自己评职称要什么条件").text
    assert text.count("没有写具体标准") == 1


# No more than is asked.


@pytest.mark.parametrize("asked", ["南京小巨人奖归哪个部门管", "淮安融资这块由谁负责", "盐城经开区由谁负责推进"])
def test_departments_are_named_once(asked: str, visitor: Visitor) -> None:
    text = visitor.say(asked).text
    assert len([line for line in text.split("\n") if "责任单位：" in line]) == 1


def test_whether_a_document_is_over_is_answered_first(visitor: Visitor) -> None:
    assert "目前还在执行" in visitor.say("南京措施已经过期了吧").text.split("\n")[0]


def test_every_document_is_told_where_it_is_asked_which_are_over(visitor: Visitor) -> None:
    assert len({document for document, _ in provisions(visitor.say("哪几个市的计划过期了"))}) == 5


def test_another_tier_of_a_figure_is_no_fact_of_the_enterprise(visitor: Visitor) -> None:
    reply = visitor.says("盐城研发费用占营收的比重，创小的定多少", "小巨人库的那一档")
    assert "6%" in reply.text and "tiers" not in reply.profile


def test_an_answer_that_asks_of_another_city_is_answered_there(visitor: Visitor) -> None:
    reply = visitor.says("南京硕士租房补贴多少", "我们公司在淮安，专精特新，引进人才有哪些补贴")
    assert ("huaian-plan-2023-2025", "3/3") in provisions(reply)


# What is put to be confirmed is told to be so, not so, or not written.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("镇江，安监来查，头一回", "是消防的问题，灭火器过期", "这个钱肯定不罚吗"), "不能打包票"),
        (("南京小巨人奖多少", "是不是必须首次"), "要。文件的条件：首次获评"),
        (("淮安职称有什么照顾，我们是省专", "那就直接评上中级吗"), "不等于直接评上"),
        (("南京，小型企业，货款要不回来", "对方是国企也行吗"), "欠款方是哪类单位有没有分别"),
        (("南京政府采购有啥优惠，小微企业", "那普通小微企业扣多少"), "没有称号的企业怎么算，文件没有写"),
        (("淮安，省专，有出口，海关有什么培训", "要钱吗"), "收不收费"),
        (("淮安小巨人有没有奖", "那一百万的那个不是吗"), "不是，淮安的文件没有写这个数"),
        (("淮安小巨人有没有奖", "我们洪泽的 也一样吗"), "一样，文件没有分区县来写"),
        (("南京，省专，大模型备案了有奖吗", "要是省专没复核上还给不给"), "取消以后还算不算，文件没有写"),
        (("南京单项冠军和小巨人分别奖多少", "合计四百万对吧"), "加起来的数，文件是分开写的"),
        (("镇江小巨人，丹阳的，30万能拿吗", "文件写了市区？那丹阳不算市区吗"), "丹阳市不算镇江市区"),
    ],
)
def test_what_is_put_is_confirmed_denied_or_told_to_be_unwritten(
    said: tuple[str, ...], told: str, visitor: Visitor
) -> None:
    assert told in visitor.says(*said).text


@pytest.mark.parametrize(
    "said",
    [
        ("南京政府采购有啥优惠，小微企业", "我们没称号", "那评上了呢，能扣到几成"),
        ("南京，没称号，区里有啥奖", "拿到省专以后区里给奖吗"),
        ("南京，没有资质，算力券我们能领吗", "等评上了一张多少钱"),
    ],
)
def test_a_title_that_is_to_come_is_not_answered_with_a_refusal(said: tuple[str, ...], visitor: Visitor) -> None:
    reply = visitor.says(*said)
    assert "现在不符合" not in reply.text and "评上省级专精特新之后" in reply.text


def test_a_title_that_is_not_held_is_refused_as_before(visitor: Visitor) -> None:
    assert "**现在不符合**" in visitor.says("南京，没有资质，算力券我们能领吗", "我们没评上，能领吗").text


def test_a_title_that_is_put_as_a_condition_is_not_the_firms(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.says("南京小巨人能拿多少", "要先评上小巨人对吧"))


def test_a_district_that_is_only_heard_of_is_not_the_firms(visitor: Visitor) -> None:
    assert "district" not in profile(visitor.says("淮安的 小巨人有奖励吗", "我听说清江浦区给钱"))


@pytest.mark.parametrize("said", ["那小巨人直接给多少", "小巨人到底给多少钱"])
def test_how_many_firms_there_shall_be_is_no_award(said: str, visitor: Visitor) -> None:
    reply = visitor.says("我们淮安的", "小巨人", said)
    assert "26家" not in reply.text and "资金奖补" in reply.text
