"""What is asked with a word of its own (影响吗, 够不够, 也算吗, 一共多少) is answered in the first line."""

import re
from collections.abc import Sequence

import pytest

from tests.chains.visitor import Visitor, first

BUYS = "南京省专，准备买算力，算力券能领吗"
REFINANCES = "南京民企省专，有笔贷款下个月到期，转贷基金能用吗"


def answer_to(visitor: Visitor, *said: str) -> str:
    return first(re.sub(r"^改好了.*\n", "", visitor.says(*said).text))


# Whether it matters.


@pytest.mark.parametrize("said", ["我们是国企 影响吗", "我们外资的有没有影响", "老板是私企 碍事不", "没有出口影响大吗"])
def test_what_no_condition_looks_at_is_said_not_to_matter(visitor: Visitor, said: str) -> None:
    assert answer_to(visitor, BUYS, said).startswith("不影响，文件的条件里不看")


def test_what_a_condition_looks_at_is_said_to_matter(visitor: Visitor) -> None:
    line = answer_to(visitor, REFINANCES, "改制了，现在是国企，有影响吗")
    assert line.startswith("有影响，文件要求是民营企业")


def test_what_meets_a_condition_is_said_not_to_matter(visitor: Visitor) -> None:
    line = answer_to(visitor, "南京省专，有笔贷款下个月到期，转贷基金能用吗", "我们是民营的，影响吗")
    assert line.startswith("不影响，这一条您符合：是民营企业")


def test_what_was_told_before_is_not_what_is_asked_of(visitor: Visitor) -> None:
    text = visitor.says("南京小巨人奖励多少", "我们是小巨人，公司以前改过一次名，这个有没有影响").text
    assert "不影响" not in text


def test_what_influence_something_has_is_no_such_question(visitor: Visitor) -> None:
    assert "不影响" not in visitor.says(BUYS, "算力券对我们招人有帮助吗").text


# Sums: what is wanted is no claim, and lies within what may be borrowed or not.


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("老板要借3000万够不够", "3000万元在文件写的6000万元以内"),
        ("我们想周转八百万超不超额度", "八百万元在文件写的6000万元以内"),
        ("打算借9000万，够吗", "9000万元超过了文件写的6000万元"),
    ],
)
def test_what_one_wants_to_borrow_is_held_against_the_limit(visitor: Visitor, said: str, word: str) -> None:
    text = visitor.says(REFINANCES, said).text
    assert first(text).startswith(word)
    assert "不是这个数" not in text


def test_another_sum_than_the_text_has_is_still_put_right(visitor: Visitor) -> None:
    assert answer_to(visitor, "南京小巨人奖励50万对吗").startswith("不是这个数")


def test_what_is_spent_is_no_claim_of_a_sum(visitor: Visitor) -> None:
    text = visitor.says("南京省专参与建设中试平台有多少", "我们投了500万，是不是就能拿200万").text
    assert first(text).startswith("不一定，文件写的是“最高”")


def test_whether_an_investment_counts_is_not_answered_with_a_share(visitor: Visitor) -> None:
    text = visitor.say("我们南京的小巨人，打算投3000万换产线，这算不算重大").text
    assert "文件没有写：补助比例" not in text


# An average, a limit, a list, a word.


@pytest.mark.parametrize("said", ["这1%是每笔都不能超过吗", "那单笔收我们1.8%是不是收多了"])
def test_an_average_is_said_to_be_one(visitor: Visitor, said: str) -> None:
    assert answer_to(visitor, "淮安政府性担保的担保费率多少", said).startswith("不能这么说：文件写的是“平均”")


@pytest.mark.parametrize(
    ("opening", "said", "word"),
    [
        ("南京省专小型企业，政府采购有什么优惠", "那20%是直接便宜20%吗", "“上限”"),
        ("南京制定国家标准奖励多少", "主导一个就拿满50万是吧", "“最高”"),
    ],
)
def test_a_limit_is_no_certain_sum(visitor: Visitor, opening: str, said: str, word: str) -> None:
    line = answer_to(visitor, opening, said)
    assert line.startswith("不一定") and word in line


def test_a_fixed_sum_is_not_called_a_limit(visitor: Visitor) -> None:
    assert "不一定" not in visitor.say("南京小巨人是直接给100万吗").text


@pytest.mark.parametrize("said", ["消防罚的也算吗", "安全生产方面的算不算", "环保检查也包括吗"])
def test_what_stands_in_a_list_is_said_to_count(visitor: Visitor, said: str) -> None:
    assert answer_to(visitor, "淮安包容审慎监管是什么", said).startswith("算，文件写了")


def test_what_stands_in_no_list_is_not_said_to_count(visitor: Visitor) -> None:
    assert not answer_to(visitor, "淮安包容审慎监管是什么", "税务罚的也算吗").startswith("算")


@pytest.mark.parametrize("said", ["发明专利算不算主导国家标准", "参编的国标算不算"])
def test_what_is_only_compared_with_a_list_is_not_said_to_count(visitor: Visitor, said: str) -> None:
    assert not answer_to(visitor, "南京制定标准奖励多少", said).startswith("算，")


def test_how_much_at_most_is_no_question_of_whether(visitor: Visitor) -> None:
    assert "不一定" not in visitor.say("南京合伙建中试平台，顶格能补多少").text


def test_what_is_told_in_passing_is_not_said_to_be_unsaid(visitor: Visitor) -> None:
    text = visitor.say("南京省专，跟几家高校一起建了中试平台，材料也准备好了，补助能报不").text
    assert not any(word in text for word in ("没有写数量", "没有写能不能叠加", "没有写申报材料"))


def test_each_lesser_standard_that_is_named_is_said_not_to_count(visitor: Visitor) -> None:
    line = answer_to(visitor, "南京省专，主导过国际标准，标准奖励能拿吗", "企标有，团标也有几个，算不算")
    assert line.startswith("“企标”“团标”不算")


def test_a_word_that_the_text_does_not_explain_is_said_to_be_unexplained(visitor: Visitor) -> None:
    assert answer_to(visitor, "南京小巨人奖励多少", "首次到底是什么意思").startswith("文件没有解释“首次”")


def test_a_word_that_the_text_explains_in_brackets_is_not_called_unexplained(visitor: Visitor) -> None:
    text = visitor.say("盐城帮企业主导制定标准，什么叫主导").text
    assert "没有解释" not in text and "第一起草人" in text


def test_what_the_text_has_no_word_of_is_said_so(visitor: Visitor) -> None:
    assert answer_to(visitor, "镇江小巨人奖励多少", "有没有复核的规定").startswith("文件里没有提到“复核”")


@pytest.mark.parametrize(("said", "is_limited"), [("我们七个副总都能列吗", True), ("我们两个副总都能列吗", False)])
def test_more_than_the_text_takes_cannot_all_count(visitor: Visitor, said: str, is_limited: bool) -> None:
    text = visitor.says("南京的小巨人，C类人才怎么认", said).text
    assert ("不能都算，文件写的是“限三名”" in text) is is_limited
    assert "叠加" not in text


def test_a_title_that_comes_first_is_said_to_be_needed(visitor: Visitor) -> None:
    line = answer_to(visitor, "南京省专能拿100万吗", "想拿这个 先评小巨人是吧")
    assert line.startswith("要。文件的条件：是国家专精特新“小巨人”企业")


def test_a_sum_for_something_else_is_not_for_the_title(visitor: Visitor) -> None:
    line = answer_to(visitor, "省专在南京能拿50万，对吗")
    assert line.startswith("不是评上省级专精特新就有的，还要主导或参与制定")


# What is left unsaid comes first, and under its right name.


def test_how_many_is_answered_with_the_open_point(visitor: Visitor) -> None:
    card = "南京省专，APEC卡能办吗"
    for said in ("一个公司能办几张啊，我们要去四个人", "两个人一起办行吗"):
        text = visitor.says(card, said).text
        assert first(text).startswith("文件没有写：每家企业能办几张")
        assert "叠加" not in text


def test_a_fine_that_was_paid_is_asked_back(visitor: Visitor) -> None:
    assert answer_to(visitor, "淮安初次轻微违法免罚", "罚款交了能要回来吗").startswith("文件没有写要不要退回")


def test_whether_one_signs_up_oneself_is_said_to_be_open(visitor: Visitor) -> None:
    assert answer_to(visitor, "镇江参加博览会要自己报名吗").startswith("文件没有写办理流程")


def test_an_opening_line_stands_before_the_words_it_opens(visitor: Visitor) -> None:
    lines = visitor.says("南京参与建设中试平台有多少", "200万是上限还是固定，什么时候到账").text.split("\n")
    at = next(i for i, line in enumerate(lines) if line.endswith("（“最高”）："))
    assert lines[at + 1].startswith("**参与建设中试平台资助**")


def test_firm_or_product_is_an_open_point(visitor: Visitor) -> None:
    assert answer_to(visitor, "镇江单项冠军50万是给企业还是给产品").startswith("文件没有写：按企业还是按产品算")


# Names that are for us alone.


@pytest.mark.parametrize(
    ("said", "label"),
    [
        (["盐城那份文件是正式的吗"], "文件名称和征求意见稿状态"),
        (["南京融资支持归哪些部门管"], "融资支持的责任单位"),
        (["盐城省级的有没有融资产品"], "融资产品清单："),
        (["南京的措施有效期到哪天"], "有效期：“"),
    ],
)
def test_the_name_of_a_fact_is_not_told_where_its_words_say_it(
    visitor: Visitor, said: Sequence[str], label: str
) -> None:
    assert label not in visitor.says(*said).text


def test_an_aim_keeps_its_name(visitor: Visitor) -> None:
    assert "目标" in visitor.say("淮安创新型中小企业目标多少家").text


# Whether what may be given can be counted on; what a name means; what no document compares.

PILOT = "我们是南京省专精特新，建了中试线，中试的钱能拿多少"


@pytest.mark.parametrize("said", ["那先把200万写进明年预算行不行", "能不能先当收入入账", "老板想列入今年利润 可以吗"])
def test_a_limit_is_not_to_be_counted_on(visitor: Visitor, said: str) -> None:
    text = visitor.says(PILOT, said).text
    assert "不要写死：文件写的是“最高”" in text and "批不批由主管部门定" in text


@pytest.mark.parametrize("said", ["这100万能先算进今年利润吗", "我们想提前花掉 行不行"])
def test_a_sum_is_not_in_hand_before_it_is_granted(visitor: Visitor, said: str) -> None:
    assert "不要写死：这个数文件写了" in visitor.says("南京小巨人首次，100万能拿吗", said).text


@pytest.mark.parametrize("said", ["那100万什么时候能打到公司账上", "研发预算三百万够吗", "营业收入怎么算"])
def test_what_only_sounds_like_it_is_no_such_question(visitor: Visitor, said: str) -> None:
    assert "不要写死" not in visitor.says("南京小巨人首次，100万能拿吗", said).text


@pytest.mark.parametrize(
    ("city", "said", "word"),
    [("淮安出口企业关税能晚点交吗", "啥叫汇总征税", "汇总征税"), ("盐城有啥好贷款", "那设备担是个啥", "设备担")],
)
def test_a_name_that_the_document_only_prints_is_said_to_be_unexplained(
    visitor: Visitor, city: str, said: str, word: str
) -> None:
    assert f"文件没有解释“{word}”是什么意思" in visitor.says(city, said).text


def test_what_it_is_is_told_where_the_document_says_it(visitor: Visitor) -> None:
    assert "没有解释" not in visitor.say("南京的算力券是什么").text


@pytest.mark.parametrize(
    ("said", "word"), [("跟融资白名单比哪个快", "哪个更快"), ("白名单和转贷基金哪个好办", "哪个更好办")]
)
def test_what_no_document_compares_is_said(visitor: Visitor, said: str, word: str) -> None:
    text = visitor.says(REFINANCES, said).text
    assert answer_line(text).startswith(f"文件没有写{word}") and "融资白名单" in text and "转贷基金" in text


@pytest.mark.parametrize("said", ["白名单和转贷是一个东西吗", "不是一个吧 白名单和转贷基金"])
def test_two_supports_are_said_to_be_two(visitor: Visitor, said: str) -> None:
    assert answer_line(visitor.says(REFINANCES, said).text).startswith("不是一项，是两项")


def answer_line(text: str) -> str:
    return text.split("\n")[0]


@pytest.mark.parametrize("said", ["就想知道摊位费 一万八 报不报", "报不报一句话", "摊位费到底补不补"])
def test_what_is_left_open_is_said_first_in_other_words_too(visitor: Visitor, said: str) -> None:
    text = visitor.says("镇江扬中 小型企业 想参加广交会", said).text
    assert text.split("\n")[1].startswith("文件没有写：有没有展位费补贴")


@pytest.mark.parametrize("said", ["那我换家担保公司行不行", "换个银行可以吗"])
def test_what_comes_of_another_provider_is_not_said(visitor: Visitor, said: str) -> None:
    told = visitor.says("淮安 我们是小巨人 融资担保费收多少", said).text
    assert f"{said.removeprefix('那')}”，写的是" in told


@pytest.mark.parametrize("said", ["有没有上市奖励", "有没有上市奖励 别的城市都给几百万"])
def test_what_is_asked_for_and_not_written_is_named(visitor: Visitor, said: str) -> None:
    text = visitor.says("盐城 省专 想上市 有人辅导吗", said).text
    assert "文件没有写上市奖励，写的是" in text or "没有写奖励或补贴，写的是" in text


def test_how_long_is_asked_beside_an_answer(visitor: Visitor) -> None:
    assert "文件没有写期限" in visitor.says("镇江句容 想拿地扩厂房", "省专 二十亩 要多久").text


def test_that_all_is_refused_is_said_in_one_word(visitor: Visitor) -> None:
    text = visitor.says("淮安 想贷款 没称号 没有资质", "码上贷我们能用吗", "总之我啥都弄不了是吧").text
    assert text.split("\n")[1].startswith("是，这一项按您现在的情况不符合")


def test_whether_a_title_would_be_enough_is_answered(visitor: Visitor) -> None:
    told = ("淮安 什么资质都没有 码上贷我们能用吗", "那我评上创新型就行了吗")
    assert "还是不行" in visitor.says(*told).text
    assert "还是不行" not in visitor.says(*told, "那评上省专就可以了吧").text


@pytest.mark.parametrize("said", ["省专的话多了哪些", "评上省专比创小多了哪些"])
def test_what_a_title_adds_is_listed(visitor: Visitor, said: str) -> None:
    text = visitor.says("南京溧水 创新型中小企业 电费能便宜吗", said).text
    assert text.startswith("假如省级专精特新") and "融资白名单" in text and "100万" not in text


# A kind of answer that is not what was heard.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("我问的时间，不是数量", "文件没有写申报时间、兑现时间"),
        ("我问的是时间", "文件没有写申报时间、兑现时间"),
        ("不是问期限，是问部门", "责任单位：市市场监管局"),
        ("我没问部门，我问多久", "文件没有写期限"),
        ("主要想问材料啊", "文件没有写申报材料"),
        ("我说的是条件", "要满足："),
    ],
)
def test_a_correction_of_the_kind_alone_is_asked_of_what_was_told(visitor: Visitor, said: str, told: str) -> None:
    reply = visitor.says("南京栖霞，参与了国家标准，省级专精特新，能拿多少奖励", "那个什么时候给，一年几次", said)
    assert told in reply.text
    assert {c.provision for c in reply.citations} <= {"3/9", "0", "1/1"} or "50万" in reply.text
    assert "废止" not in reply.text and "有效期" not in reply.text


@pytest.mark.parametrize("said", ["不是民营，是国企", "我说的是小巨人，不是省专"])
def test_a_correction_of_the_firm_is_still_one(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京民企省专，有笔贷款下个月到期，转贷基金能用吗", said)
    assert "国有" in reply.text or "小巨人" in reply.text


@pytest.mark.parametrize(
    "said",
    ["怎么才给这么点", "凭啥只给首次的", "为啥这么少", "为什么要首次才给", "咋就一百万"],
)
def test_why_it_is_so_much_is_said_to_be_unwritten(visitor: Visitor, said: str) -> None:
    assert answer_to(visitor, "南京小巨人奖励多少", said).startswith("为什么这么定，文件没有写")


@pytest.mark.parametrize("said", ["怎么才能拿到", "怎么给，给多少", "这个怎么算，奖多少", "为什么不符合"])
def test_how_and_how_much_are_no_questions_for_a_reason(visitor: Visitor, said: str) -> None:
    assert "为什么这么定" not in visitor.says("南京小巨人奖励多少", said).text


@pytest.mark.parametrize(
    "said", ["是去年评的，今年才知道，还能领不", "2023年评的小巨人还给不给", "前年认定的，现在还能申请吗"]
)
def test_which_years_count_is_said_to_be_unwritten(visitor: Visitor, said: str) -> None:
    assert "适用于哪些年度的获评" in visitor.says("南京小巨人奖励多少", said).text.split("**")[0]


@pytest.mark.parametrize(
    "said", ["要是标准没评上专精特新之前就发布了呢", "如果评上之前我们就参与了呢", "还没评上以前标准就做完了，算不算"]
)
def test_what_came_before_a_title_denies_no_title(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京六合的，参与起草了国家标准，省级专精特新，有奖励吗", said)
    assert "文件没有写哪个要在前" in reply.text and "不符合" not in reply.text
    assert reply.profile["tiers"].value == ("provincial",)


@pytest.mark.parametrize(
    "said",
    [
        ["南京省级专精特新，大模型备案正在办，备案奖励能拿吗"],
        ["南京省级专精特新，大模型备案有奖励吗", "还没备完，材料刚递上去"],
        ["南京省级专精特新，大模型备案奖励我们能领吗", "还没备案，在走流程"],
    ],
)
def test_what_is_under_way_is_told_to_fit_once_it_is_done(visitor: Visitor, said: list[str]) -> None:
    reply = visitor.says(*said)
    assert "等完成生成式人工智能大模型备案手续之后，就符合这一条" in reply.text
    assert "可以申请" not in reply.text


def test_what_is_not_begun_is_told_no_such_thing(visitor: Visitor) -> None:
    assert "之后，就符合" not in visitor.says("南京省级专精特新，没做大模型备案，备案奖励能拿吗").text


def test_what_a_firm_deals_in_is_no_question_for_papers(visitor: Visitor) -> None:
    assert "申报材料" not in visitor.say("连云港东海县，硅材料，准备上市，政府能帮啥").text
    assert "没有写申报材料" in visitor.say("做硅材料的，上市辅导要交什么材料").text


@pytest.mark.parametrize(
    ("begun", "said", "point"),
    [
        ("镇江，想找大企业做配套，你们能介绍吗", "我们是做铝合金型材的，对接活动啥时候有", "活动时间"),
        ("淮安有科技需求走访吗", "啥时候搞", "走访时间"),
        ("连云港海外知识产权培训有吗", "几月份开", "培训时间"),
    ],
)
def test_when_it_is_held_is_said_to_be_unwritten(visitor: Visitor, begun: str, said: str, point: str) -> None:
    assert f"文件没有写：{point}" in visitor.says(begun, said).text.split("**")[0]
