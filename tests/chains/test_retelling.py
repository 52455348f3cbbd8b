"""What was told is told again, short; pointed at by its place; and compared, where no word names it."""

import pytest

from tests.chains.visitor import Visitor, first, provisions, statuses

GIANT, CHAMPION, PLATFORM = "nanjing-little-giant-award", "nanjing-champion-award", "nanjing-service-platform-award"
VOUCHER, GENAI, RENT = "nanjing-computing-voucher", "nanjing-genai-filing-award", "nanjing-graduate-rent"
AEO = "nanjing-aeo"


# Told again.


@pytest.mark.parametrize(
    "said",
    ["麻烦把上面两笔钱再发我一遍", "请把刚说的这俩浓缩成一段，我写进周报", "帮忙做个小结，会上要念", "整成两句话"],
)
def test_what_was_told_in_the_last_turns_is_told_again_in_a_line_each(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖多少钱", "大模型备案的奖励呢", said)
    assert provisions(reply) == {("nanjing-measures", "2/5"), ("nanjing-measures", "3/8")}
    assert "100万元" in reply.text and "20万元" in reply.text
    assert len(reply.text.split("\n")) == 2


@pytest.mark.parametrize("said", ["用一句大白话再讲一遍", "可否再说一遍，刚刚信号不好", "没看清，再发一下"])
def test_without_a_number_what_was_told_last_is_told_once_more(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖多少钱", "大模型备案的奖励呢", said)
    assert provisions(reply) == {("nanjing-measures", "3/8")}


def test_that_a_document_is_over_is_said_before_what_is_told_again(visitor: Visitor) -> None:
    reply = visitor.says("镇江小巨人奖励多少", "绿色工厂有奖吗", "帮我归纳成两句话，我贴到群里")
    assert "到期" in reply.text.split("\n")[0]
    assert "30万元" in reply.text and "50个" in reply.text


def test_several_cities_are_named_in_what_is_told_again(visitor: Visitor) -> None:
    reply = visitor.says("镇江小巨人奖多少", "南京小巨人奖多少", "两地的金额合在一起列给我")
    assert "**镇江 ·" in reply.text and "**南京 ·" in reply.text


def test_awards_that_are_counted_are_those_of_the_provision_beside_the_one_told(visitor: Visitor) -> None:
    reply = visitor.says("南京公共服务示范平台给多少", "三样奖金分别多少 列一下")
    assert set(statuses(reply)) == {GIANT, CHAMPION, PLATFORM}


def test_a_firm_that_holds_titles_has_their_awards_summed_up(visitor: Visitor) -> None:
    reply = visitor.says("我们是镇江的小巨人", "总结一下奖励，我发给老板")
    assert "30万元" in reply.text


@pytest.mark.parametrize(
    "said", ["列个申报材料清单", "再说具体点，怎么申请", "请再讲讲政府采购", "总结一下我能拿哪些", "再问一个，APEC卡呢"]
)
def test_what_asks_for_something_else_is_not_told_again(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖多少钱", said)
    assert not reply.text.startswith("· **国家专精特新“小巨人”企业奖励**")


def test_words_of_the_text_are_given_under_what_the_document_is(visitor: Visitor) -> None:
    reply = visitor.says("连云港上市目标多少家", "给我原话")
    assert "到期" in reply.text.split("\n")[0]


# Pointed at by its place.


@pytest.mark.parametrize(
    ("said", "meant"),
    [("中间那个多少钱", GENAI), ("最后一个呢", RENT), ("头一个要什么条件", VOUCHER), ("末尾那项呢", RENT)],
)
def test_a_place_is_one_in_the_row_that_was_asked_for(visitor: Visitor, said: str, meant: str) -> None:
    reply = visitor.says("我想问南京的算力券、大模型备案、租房补贴", said)
    assert set(statuses(reply)) == {meant}


def test_a_row_goes_as_the_message_named_it(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励和单项冠军奖励", "前者多少")
    assert set(statuses(reply)) == {GIANT}
    assert set(statuses(visitor.say("后者多少"))) == {CHAMPION}
    assert set(statuses(visitor.say("另一个呢"))) == {GIANT}


def test_two_places_may_be_of_one_entry(visitor: Visitor) -> None:
    reply = visitor.says("连云港要建智能车间、示范工厂、上云企业", "中间那个是几家")
    assert "1家" in reply.text
    assert "60家" in visitor.say("最后那个呢").text


def test_what_the_city_does_not_have_keeps_its_place(visitor: Visitor) -> None:
    reply = visitor.says("盐城的碳足迹、首台套、外国专家工作室都说下", "第二样归谁管")
    assert reply.abstained
    assert "外国专家工作室" in visitor.say("最后那样呢").text


def test_of_what_was_told_in_turn_the_one_before_is_meant(visitor: Visitor) -> None:
    visitor.says("南京AEO怎么办", "南京APEC卡呢")
    assert set(statuses(visitor.say("前面那个找谁"))) == {AEO}


def test_what_was_asked_first_is_the_first_told(visitor: Visitor) -> None:
    reply = visitor.says("淮安融资担保", "淮安职称", "最开始问的那个归谁管")
    assert "担保费" in reply.text


def test_a_place_is_answered_beside_a_fact_that_is_told(visitor: Visitor) -> None:
    reply = visitor.says("南京降成本 用气和用电", "第二项能干嘛 专精特新的")
    assert "电力批发市场" in reply.text


def test_the_words_of_what_is_pointed_at_are_shown(visitor: Visitor) -> None:
    reply = visitor.says("南京用地有什么支持", "用电呢", "刚才讲用地的那条原文给我看")
    assert "新增建设用地" in reply.text and "电力" not in reply.text


@pytest.mark.parametrize("said", ["最后一个问题，中试平台补多少", "上个月评上的能拿吗", "前一年评上的算不算"])
def test_a_time_or_a_question_is_no_place(visitor: Visitor, said: str) -> None:
    visitor.says("南京算力券", "南京大模型备案奖多少")
    assert set(statuses(visitor.say(said))) != {VOUCHER}


# Compared.


@pytest.mark.parametrize("said", ["有啥不一样", "区别在哪", "对照着说说", "措辞上有啥两样", "异同点讲讲"])
def test_what_was_told_of_two_cities_stands_side_by_side(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京用地有什么支持", "镇江用地有什么支持", said)
    assert {document for document, _ in provisions(reply)} == {"nanjing-measures", "zhenjiang-plan-2023-2025"}


def test_two_targets_that_were_told_are_compared(visitor: Visitor) -> None:
    reply = visitor.says("淮安关键工序数控化率要求多少", "镇江的", "两边对比下")
    assert "镇江更高" in reply.text and "65%" in reply.text and "50%" in reply.text


def test_one_thing_with_two_figures_is_told_with_both(visitor: Visitor) -> None:
    reply = visitor.says("南京租房补贴 博士和硕士", "差多少 各自是几块钱")
    assert "2400元" in reply.text and "960元" in reply.text


def test_who_names_one_of_two_cities_compares_what_was_told(visitor: Visitor) -> None:
    reply = visitor.says("盐城AEO", "南京AEO", "盐城比南京多做了些什么")
    assert "政策宣传" in reply.text
    assert {document for document, _ in provisions(reply)} == {"nanjing-measures", "yancheng-measures-draft"}


def test_another_title_is_compared_with_that_of_the_award_told(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励", "比单项冠军少多少")
    assert "300万元" in reply.text and "100万元" in reply.text


def test_one_thing_alone_is_not_compared(visitor: Visitor) -> None:
    assert "要和哪个比" in visitor.says("南京算力券", "有啥不一样").text


# Had together.


@pytest.mark.parametrize(
    "said", ["两个都能领吧", "一起拿行不行", "这俩能同时申请吗", "可以一块儿申请吗", "两样可以都要吗"]
)
def test_that_the_text_is_silent_on_both_together_is_said_of_both(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖励多少", "大模型备案的奖励呢", said)
    assert "叠加" in first(reply.text)
    assert "100万元" in reply.text and "20万元" in reply.text


@pytest.mark.parametrize("said", ["一共400万？", "两笔合起来400万吗", "所以总共就400万对吧", "俩加一块儿多少"])
def test_a_total_that_is_said_is_put_beside_each_sum(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖励多少", "单项冠军奖励呢", said)
    assert "没有写加起来" in reply.text
    assert "300万元" in reply.text and "100万元" in reply.text


# A thing of its own.


def test_firms_of_a_title_that_are_counted_are_no_follow_up(visitor: Visitor) -> None:
    reply = visitor.says("淮安连云港都有服务专员", "淮安小巨人目标多少家")
    assert "26家" in reply.text and "服务专员" not in reply.text


def test_what_a_thing_is_called_is_told_of_the_provision_that_calls_it_so(visitor: Visitor) -> None:
    reply = visitor.says("我想知道南京用地有没有照顾", "电呢", "刚刚说的用地 那个叫什么机制来着")
    assert "数据得地预评审" in reply.text


@pytest.mark.parametrize("said", ["一句话总结下刚才说的", "用两句话给我概括一下"])
def test_after_all_that_there_is_the_firm_is_summed_up(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京溧水的省专，能申请啥", said)
    assert reply.outcome != "unclear" and "省级专精特新" in reply.text and reply.citations
