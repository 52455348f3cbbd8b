"""A city's greatest sum, one that was heard of, why another got more; and who presses gets the answer first."""

import pytest

from tests.chains.visitor import Visitor, first, provisions

UNTITLED = "南京的，没有任何称号"
GUARANTEE = "淮安担保费率多少"


# Sums of a city, where none of its supports is named.


@pytest.mark.parametrize(
    "talk",
    [
        ["我们在南京", "那最大的一笔给谁，多少钱"],
        ["南京发得最多的那一笔归哪种企业"],
        [UNTITLED, "南京APEC卡能办吗", "行吧，那最多的一笔有多少"],
    ],
)
def test_the_greatest_sum_is_told_with_whom_it_is_for(visitor: Visitor, talk: list[str]) -> None:
    told = visitor.says(*talk).text
    assert told.index("1000万元") < told.index("300万元")
    assert "承担国家关键核心技术攻关任务" in told and "不是定数" in told


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("听人讲南京给企业八百万，真有这事吗", "没有，文件里没有写这个数"),
        ("南京有没有奖两百万的", "有，写这个数的是"),
        ("南京到底有没有三千万的补贴", "没有，文件里没有写这个数"),
        ("南京没有七百万这一笔对吧", "对，文件里没有写这个数"),
    ],
)
def test_a_sum_that_was_heard_of_is_there_or_is_not(visitor: Visitor, said: str, answer: str) -> None:
    reply = visitor.say(said)
    assert first(reply.text).startswith(answer) and reply.citations


@pytest.mark.parametrize("said", ["我们投了三百万买设备，能给多少", "南京转贷有没有六千万", "南京小巨人能拿三百万吗"])
def test_a_sum_of_ones_own_or_of_a_thing_named_is_none_at_large(visitor: Visitor, said: str) -> None:
    assert "这个数的是" not in visitor.say(said).text and "文件里没有写这个数" not in visitor.says(said).text


@pytest.mark.parametrize(
    "talk",
    [
        ["同行在南京领了三百万，我们小巨人怎么才一百万"],
        ["镇江单项冠军五十万，小巨人三十万，凭什么差这么多"],
        ["南京单项冠军为什么三百万，小巨人给多少", "为啥他们比我们小巨人多"],
    ],
)
def test_why_another_got_more_is_told_by_the_titles(visitor: Visitor, talk: list[str]) -> None:
    told = visitor.says(*talk).text
    assert "称号不同，数就不同" in told and "为什么差这么多，文件没有写" in told


def test_a_right_sum_is_not_denied_of_what_was_told_last(visitor: Visitor) -> None:
    talk = (
        "南京栖霞区的，主导了国家标准，能奖多少",
        "我们没有称号",
        "南京的中小企业服务平台奖多少",
        "那五十万咋才能拿到",
    )
    reply = visitor.says(*talk)
    assert "不是这个数" not in reply.text and ("nanjing-measures", "1/3") in provisions(reply)


# Who presses gets the answer first.


@pytest.mark.parametrize(
    ("talk", "answer"),
    [
        (["盐城给小巨人发钱吗，你就说有还是没有"], "没有。盐城的文件里没有写给国家级专精特新“小巨人”的奖励"),
        (["淮安有服务专员吗", "我们省专，到底给不给派，来句准话"], "现在没有：文件已经不在执行；当时写的也是“力争”"),
        (["连云港想建海外仓", "那就是一分钱都没有，对不对"], "对，文件没有写金额"),
        (["连云港省专，智改数转有奖补吗", "合着什么补贴都没有是不是"], "不是，文件写了"),
        ([UNTITLED, "那现在就是啥钱都没有，对吧"], "对，照您说过的情况"),
        (["南京小巨人，首次评上的", "敢情一分钱没有呗"], "不是，按您说过的情况"),
        ([GUARANTEE, "还能再谈低一点吗，比如0.6%"], "文件没有写更低的数"),
        ([GUARANTEE, "专精特新才有是吧"], "是，文件要求"),
        (["南京租房补贴博士多少", "2400是总共的还是另外加的"], "不是另外加的"),
        (["镇江扬中的小巨人，30万能拿吗", "扬中不归镇江的吗"], "扬中市算镇江市的"),
    ],
)
def test_who_presses_gets_yes_no_or_unwritten_first(visitor: Visitor, talk: list[str], answer: str) -> None:
    assert first(visitor.says(*talk).text).startswith(answer)


def test_what_was_not_answered_is_answered(visitor: Visitor) -> None:
    reply = visitor.says("淮安小巨人，评职称有绿色通道吗", "户口的问题你还没答呢")
    assert first(reply.text).startswith(("文件里没有提到“户口”", "关于户口，文件没有写"))
    assert provisions(reply) == {("huaian-plan-2023-2025", next(p for _, p in provisions(reply)))}


def test_whom_to_ask_is_told_again_where_it_is_asked(visitor: Visitor) -> None:
    assert "可以问镇江市工信局" in visitor.says("镇江新进规企业给多少奖补", "行，那我找谁问").text


def test_what_to_ask_an_office_comes_from_what_is_left_open(visitor: Visitor) -> None:
    told = visitor.says("南京小巨人，首次，100万能领吗", "去工信局问的话该问哪些").text
    assert told.startswith("可以照这样问") and "兑现时间" in told


# No promise where nothing can be had, or it is not written whether.


@pytest.mark.parametrize(
    "said",
    ["连云港省专，想建海外仓，我们能申请吗", "镇江市区的小巨人，首次，30万能领吗", "盐城省专，上市培育库我们能进吗"],
)
def test_the_last_line_of_an_ended_plan_or_a_draft_is_no_promise(visitor: Visitor, said: str) -> None:
    status = next(line for line in visitor.say(said).text.split("\n") if "按您的情况" in line)
    assert status.endswith("现在不能申请。") and "可以申请" not in status and "原则上可以" not in status


@pytest.mark.parametrize(
    "talk",
    [
        ["南京省专，去年被环保罚过，能进正面清单吗"],
        ["南京省专，我们信用有一条处罚记录，抽查能少吗"],
        ["镇江市区单项冠军", "首次的，刚公示还没发文，50万能申请吗"],
    ],
)
def test_what_no_text_settles_is_not_said_to_fit(visitor: Visitor, talk: list[str]) -> None:
    told = visitor.says(*talk).text
    assert "先别当成符合" in told and "原则上可以" not in told and "您符合" not in told


@pytest.mark.parametrize("said", ["南京省专，没有处罚记录，抽查能少吗", "南京省专，没被处罚过，能少抽查吗"])
def test_who_was_never_fined_is_told_as_before(visitor: Visitor, said: str) -> None:
    told = visitor.say(said).text
    assert "先别当成符合" not in told and "原则上可以" in told


def test_what_was_done_before_a_title_is_no_promise(visitor: Visitor) -> None:
    talk = ("南京，我们主导了一项国标", "没有称号", "等评上省专以后能补领吗")
    told = visitor.says(*talk).text
    assert "文件没有写哪个要在前" in told and "可以申请" not in told
