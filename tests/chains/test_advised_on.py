"""What comes next, what counts and whom it binds: asked after something was told."""

import pytest

from tests.chains.visitor import Visitor


@pytest.mark.parametrize(
    "asked", ["创新型去哪申报", "创新型中小企业难评吗", "我去评创新型得多久啊", "小巨人哪个部门申报"]
)
def test_how_a_title_is_come_by_is_no_question_of_a_support(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京建邺 没称号", "大模型备案有20万吗", asked)
    assert reply.abstained
    assert reply.text.startswith("怎样评上")
    assert reply.findings == ()


def test_which_title_comes_first_is_of_their_order(visitor: Visitor) -> None:
    text = visitor.says("南京 没称号", "那我们先评个啥 最快的路子").text
    assert "先评哪个、再评哪个，南京的文件没有写" in text


def test_the_next_step_after_a_list_is_one_step(visitor: Visitor) -> None:
    reply = visitor.says("盐城大丰的 没称号", "嗯 那下一步我该干啥")
    assert "**第一步**：向盐城市工信局要正式文件" in reply.text
    assert len(reply.findings) == 1


@pytest.mark.parametrize("asked", ["去年评的 这文件管得到去年的吗", "所以到底管不管去年评的嘛", "是2025年评的算不算"])
def test_whether_an_earlier_year_counts_is_left_open(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京 小巨人 首次", asked)
    assert reply.text.startswith("2025年评上的算不算，文件没有写")


def test_a_title_of_this_year_is_not_doubted(visitor: Visitor) -> None:
    assert "算不算" not in visitor.say("南京的，今年首次评上小巨人，有100万吗").text


def test_what_to_say_at_the_counter_is_told(visitor: Visitor) -> None:
    reply = visitor.says("淮安 担保费优惠到1个点以内 有这回事吧", "算了 那你说我现在去办担保该怎么讲")
    assert reply.text.startswith("可以照这样问")


@pytest.mark.parametrize("asked", ["工信局打电话叫我们做数字化三级 这个是强制的么", "数字化三级是不是必须做的"])
def test_an_aim_is_said_not_to_bind(visitor: Visitor, asked: str) -> None:
    text = visitor.says("盐城射阳 省专", asked).text
    assert "没有写必须做" in text
    assert "联系电话" not in text


def test_what_others_decide_is_not_denied_to_the_firm(visitor: Visitor) -> None:
    reply = visitor.says("南京 贸易公司 没称号 做出口的", "那AEO呢 我们能搞吗")
    assert "由海关按它的规定定" in reply.text


def test_a_criterion_left_to_the_authority_is_not_promised_with_the_title(visitor: Visitor) -> None:
    text = visitor.says("南京 没称号", "我们刚被罚过还能进那个正面清单吗").text
    assert "还要由主管部门认定：污染物排放量小、环境风险低" in text
    assert "就符合这一条" not in text


def test_what_cannot_be_got_back_from_a_debtor_is_no_refund(visitor: Visitor) -> None:
    text = visitor.says("南京 有个国企欠我们货款两年了 你们管不管", "没来回跑啊 就是货款要不回来").text
    assert "要不要退回" not in text
    assert "让您来回跑" not in text


def test_how_long_approval_takes_is_not_how_long_the_money_is_lent(visitor: Visitor) -> None:
    text = visitor.says("南京省专 民营 有笔贷款要还了 转贷能用吗", "最快几天能批下来").text
    assert "审批要多久" in text.split("\n")[0]


def test_all_firms_that_may_use_it_are_no_heap_of_supports(visitor: Visitor) -> None:
    assert "叠加" not in visitor.say("南京那个六千万的转贷，民营专精特新都能用？").text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("镇江到25年专精特新要多少家上市", "突破15家"),
        ("镇江的文件对上市有啥支持", "突破15家"),
        ("那APCE卡 南京能办吗", "APEC商务旅行卡"),
    ],
)
def test_it_is_found_however_it_is_typed(visitor: Visitor, asked: str, told: str) -> None:
    assert told in visitor.say(asked).text


@pytest.mark.parametrize(
    ("asked", "told"),
    [("盐城省专一年研发要投多少", "4%、5%、6%"), ("连云港一年研发要投多少", "超过5%")],
)
def test_how_much_goes_into_research_is_a_share(visitor: Visitor, asked: str, told: str) -> None:
    assert told in visitor.say(asked).text


def test_what_is_asked_of_a_row_is_told_of_that_row(visitor: Visitor) -> None:
    text = visitor.says("盐城要求苗子企业研发费用占到营收多少", "小巨人库那一档是几个点").text
    assert "4%、5%、6%" in text
    assert "没有写比例" not in text


def test_a_word_of_stress_names_nothing(visitor: Visitor) -> None:
    assert "突破15家" in visitor.says("镇江挂牌专精特新板要多少家", "真正上市的呢").text


def test_how_far_two_titles_are_apart_is_told_by_their_ladder(visitor: Visitor) -> None:
    text = visitor.say("小巨人和省专到底差在哪 我搞不清").text
    assert text.startswith("这几个称号一级接一级")
    assert "梯度培育体系" in text


def test_what_is_not_meant_is_not_asked_of(visitor: Visitor) -> None:
    text = visitor.says("盐城省专 有几个研发机构要求", "不是机构数量 是研发费用占比").text
    assert "没有写数量" not in text
    assert "4%、5%、6%" in text
