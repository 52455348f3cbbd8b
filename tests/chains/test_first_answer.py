"""The first line answers: yes, no, or that the document leaves open the very thing that was asked."""

import pytest

from tests.chains.visitor import Visitor, first

PILOT = "参与建设中试平台资助"


# A document that is not in force.


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("连云港的企业，没称号，有什么政策", "说错了，有省专"),
        ("盐城的省专，能申请什么", "不对，是小巨人"),
        ("盐城的，都没有称号，有啥", "不好意思，我们是小巨人来着"),
    ],
)
def test_what_follows_from_a_correction_is_no_offer_of_a_plan_that_is_over(
    visitor: Visitor, known: str, said: str
) -> None:
    reply = visitor.says(known, said)
    consequences = [line for line in reply.text.split("\n") if line.startswith("因此")]
    assert consequences
    assert not any(line.endswith("可以申请。") for line in consequences)
    assert any("按文件的条件" in line for line in consequences)


def test_what_follows_from_a_correction_is_an_offer_where_the_document_is_in_force(visitor: Visitor) -> None:
    reply = visitor.says("南京的省专，能申请什么", "不对，是小巨人")
    assert any(line.startswith("因此") and line.endswith("可以申请。") for line in reply.text.split("\n"))


# What the document leaves open.


@pytest.mark.parametrize(
    ("topic", "asked", "point"),
    [
        ("南京C类人才", "三个人里含不含研发负责人", "三名是否连同技术研发负责人一起算"),
        ("南京技改补助", "8000万的项目算重大不", "多大的项目算重大技术改造"),
        ("南京标准奖励", "是每项都50万吗", "按项还是按企业算"),
        ("南京APEC卡", "拿到手要几个星期", "快多少天"),
        ("南京APEC卡", "要钱不", "费用"),
        ("南京APEC卡", "只能老板办还是员工也能办", "持卡人条件"),
        ("南京算力券", "买腾讯云的机时可以不", "哪些算力服务商可用"),
        ("南京租房补贴", "来的是研究生，本科生有没有呢", "本科生是否上浮"),
        ("连云港职称评定绿色通道", "副高级能走这个吗", "可申报的职称级别"),
    ],
)
def test_an_open_point_that_is_asked_for_is_the_first_line(
    visitor: Visitor, topic: str, asked: str, point: str
) -> None:
    line = first(visitor.says(topic, asked).text)
    assert line.startswith("文件没有写")
    assert point in line


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("南京小巨人奖励", "会不会上门核查"),
        ("南京小巨人奖励", "去年亏损能申请吗"),
        ("南京单项冠军奖励", "要刻公章吗"),
    ],
)
def test_what_the_document_has_no_word_of_is_said_so_in_the_words_asked(
    visitor: Visitor, topic: str, asked: str
) -> None:
    reply = visitor.says(topic, asked)
    assert first(reply.text).startswith(f"文件没有直接写“{asked}”")


@pytest.mark.parametrize("asked", ["真的吗", "靠谱吗", "要首次才行吗", "怎么申请", "国际标准也算吗", "首次是啥意思"])
def test_what_the_document_answers_or_nothing_is_named_in_is_not_said_to_be_left_out(
    visitor: Visitor, asked: str
) -> None:
    assert "没有直接写" not in visitor.says("南京小巨人奖励", asked).text


def test_another_case_of_what_was_told_is_named_where_the_document_has_it_not(visitor: Visitor) -> None:
    reply = visitor.says("南京研究生租房补贴", "发给公司还是发给个人", "国外回来的博士后呢")
    assert first(reply.text) == "文件里没有提到“博士后”，写的是："
    assert "发给企业还是个人" not in reply.text


def test_what_if_it_is_refused_is_no_question_of_the_procedure(visitor: Visitor) -> None:
    reply = visitor.says("南京政府采购扣除", "人家采购单位不肯给咋办")
    assert "办理流程" not in first(reply.text)
    assert "采购人" in first(reply.text)


def test_some_of_ones_people_are_not_counted(visitor: Visitor) -> None:
    assert "文件没有写数量" not in visitor.say("连云港省专，厂里几个技术员准备评职称").text


# Yes and no.


@pytest.mark.parametrize(
    ("topic", "asked", "answer"),
    [
        ("淮安担保费率", "给我报2.5%，算不算违规", "不能这么说"),
        ("淮安担保费率", "我记得是不超过3%", "不是这个数"),
        ("南京租房补贴", "硕士960是按年吗", "不是，文件写的是按月"),
        ("南京转贷基金", "不是光给小巨人的吧", "不只是“小巨人”"),
        ("南京政府采购扣除", "20%是固定的还是封顶", "文件写的是“上限”，不是定数"),
        ("南京中试平台", "最高200万没记错吧", "是的"),
        ("南京大模型备案奖励", "20万是吧", "是的"),
        ("南京中试平台", "跟研究所合着建，算不算参与", "文件没有写怎样才算“参与”"),
    ],
)
def test_what_is_put_as_yes_or_no_is_answered_first(visitor: Visitor, topic: str, asked: str, answer: str) -> None:
    assert first(visitor.says(topic, asked).text).startswith(answer)


def test_a_cap_is_not_confirmed_as_a_sum(visitor: Visitor) -> None:
    assert not first(visitor.says("南京中试平台", "200万对吧").text).startswith("是的")


# Sums of one's own.


@pytest.mark.parametrize("spent", ["我们准备投300万", "投了100万", "我们计划投入1000万", "建设费300万"])
def test_what_is_spent_does_not_choose_another_award(visitor: Visitor, spent: str) -> None:
    reply = visitor.says("建中试平台补多少", spent)
    assert PILOT in reply.text
    assert "单项冠军" not in reply.text and "小巨人" not in reply.text
    assert first(visitor.say("那最多200万封顶是吧").text).startswith("是的")


def test_what_is_wanted_does_not_choose_an_award_either(visitor: Visitor) -> None:
    assert "转贷基金" in visitor.says("转贷基金", "想借300万").text


# What all of it comes to.


@pytest.mark.parametrize(
    "asked",
    [
        "我们是南京的小巨人，今年首次评上，也是单项冠军首次，一共能拿多少钱",
        "南京小巨人和单项冠军，都是首次，奖励累计能有多少",
        "我公司南京的，单项冠军和小巨人第一次获评，统共能领几个钱",
    ],
)
def test_a_total_is_told_not_to_be_written_with_the_sums_one_can_have(visitor: Visitor, asked: str) -> None:
    text = visitor.say(asked).text
    assert "文件没有写加起来是多少" in text
    assert "300万元" in text and "100万元" in text


def test_where_two_titles_are_added_no_parts_of_a_document_are_counted(visitor: Visitor) -> None:
    assert "文件没有写加起来是多少" in visitor.say("南京小巨人和单项冠军加在一块是多少钱").text


@pytest.mark.parametrize(
    "said", ["南京小巨人被取消了，奖励要退吗", "南京单项冠军奖励要不要还", "镇江小巨人的奖金用退吗"]
)
def test_whether_it_has_to_be_given_back_is_not_written(visitor: Visitor, said: str) -> None:
    assert "文件没有写要不要退回" in visitor.say(said).text
