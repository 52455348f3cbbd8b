"""The thread of a talk: what was told is meant until another thing is named, and what was asked until it is told."""

import pytest

from tests.chains.visitor import Visitor, first, profile, provisions, statuses

GIANT, CHAMPION, PLATFORM = (
    "nanjing-little-giant-award",
    "nanjing-champion-award",
    "nanjing-service-platform-award",
)
SUMS = "帮我把南京的奖励金额列个表"


# What was told is meant.


@pytest.mark.parametrize("asked", ["那我们1.8%算违规吗", "收我们2%算不算违规啊"])
def test_a_word_that_stands_in_another_provision_by_chance_does_not_lead_there(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("淮安的，担保费现在收我们1.8%，是不是收多了", "我们是省级专精特新", asked)
    assert set(statuses(reply)) == {"huaian-guarantee-fee"}


def test_of_a_list_of_one_topic_the_nearest_is_meant(visitor: Visitor) -> None:
    visitor.say("我们在盐城大丰区，省级专精特新，想问一下人才这块有没有什么补贴或者引进人才那种")
    reply = visitor.say("一个博士能给多少")
    assert provisions(reply) == {("yancheng-measures-draft", "2/6")}
    assert "没有写金额" in reply.text


@pytest.mark.parametrize("asked", ["打算上市的又怎么扶", "那APEC卡呢"])
def test_what_a_message_calls_by_its_name_is_no_guess(visitor: Visitor, asked: str) -> None:
    before = visitor.say("盐城那个稿子里，给专精特新点了哪些贷款产品")
    assert not set(statuses(visitor.say(asked))) & set(statuses(before))


def test_the_next_sentence_of_what_was_told_is_no_other_subject(visitor: Visitor) -> None:
    reply = visitor.says("镇江，消防来查头一回出毛病", "问题不大，答应马上改", "改完还罚不")
    assert "不予行政处罚" in reply.text


def test_this_thing_is_the_thing_that_was_told(visitor: Visitor) -> None:
    reply = visitor.says("南京有一对一的上市服务吗", "这服务一年收费多少")
    assert provisions(reply) == {("nanjing-measures", "2/6")}


@pytest.mark.parametrize("asked", ["我问的是有没有奖金，钱", "有没有钱"])
def test_help_of_any_kind_is_asked_of_what_was_told(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("连云港有没有小巨人奖励", asked)
    assert provisions(reply) == {("lianyungang-plan-2023-2025", "2/1")}


def test_a_title_with_a_topic_names_the_topic(visitor: Visitor) -> None:
    reply = visitor.says("南京单项冠军 首次获评，奖多少", "单项冠军的话还有什么人才方面的")
    assert ("nanjing-measures", "5/13") in provisions(reply)


# A sum that was printed.


def test_a_sum_means_what_gives_it_and_not_what_it_stands_beside(visitor: Visitor) -> None:
    reply = visitor.says("南京，小巨人，奖金多少", "是第一次", "300万那个呢 我们能不能再冲")
    assert statuses(reply) == {CHAMPION: "ineligible"}


def test_a_sum_of_a_list_means_all_that_give_it(visitor: Visitor) -> None:
    reply = visitor.says(SUMS, "100万的那个要什么条件")
    assert set(statuses(reply)) == {GIANT, PLATFORM}


def test_a_title_chooses_among_those_that_give_a_sum(visitor: Visitor) -> None:
    reply = visitor.says(SUMS, "我看表里有100万的那个，是不是也要小巨人")
    assert set(statuses(reply)) == {GIANT}


def test_a_sum_of_ones_own_names_nothing(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券", "我们投了300万那个项目能算吗")
    assert set(statuses(reply)) == {"nanjing-computing-voucher"}


# A list by what it asks for.


def test_a_list_is_told_by_the_title_that_it_asks_for(visitor: Visitor) -> None:
    reply = visitor.says(SUMS, "这里面哪些要小巨人才行")
    assert set(statuses(reply)) == {GIANT, "nanjing-graduate-rent"}


def test_those_that_a_lesser_title_is_enough_for_are_told_too(visitor: Visitor) -> None:
    reply = visitor.says(SUMS, "那哪几个要省专")
    assert GIANT not in statuses(reply) and "nanjing-genai-filing-award" in statuses(reply)


# The question that is open.


def test_a_question_of_nothing_is_asked_of_the_thing_named_next(visitor: Visitor) -> None:
    reply = visitor.says("材料要准备哪些 流程是啥 几天能办好", "算力券的")
    assert "没有写申报材料、办理流程" in reply.text


def test_a_question_of_nothing_is_asked_of_the_city_named_next(visitor: Visitor) -> None:
    visitor.say("到什么时候截止")
    for said, city in (("我在镇江", "镇江"), ("那之后还有没有", "镇江"), ("连云港呢", "连云港")):
        text = first(visitor.say(said).text)
        assert text.startswith(city) and "已经到期" in text
    assert profile(visitor.say("好的"))["city"] == "zhenjiang"


@pytest.mark.parametrize("said", ["南京的小巨人，民营", "南京 有什么政策"])
def test_who_tells_more_than_a_place_is_not_held_to_the_question(visitor: Visitor, said: str) -> None:
    reply = visitor.says("到什么时候截止", said)
    assert len(reply.findings) > 1


# What was stated.


def test_a_fact_bears_on_what_was_told_last(visitor: Visitor) -> None:
    visitor.says("南京省专，能办APEC卡吗", "好的 那AEO我们要是没出口过能办不")
    reply = visitor.say("我们有进口的，设备从德国买")
    assert statuses(reply) == {"nanjing-aeo": "eligible"}


def test_what_is_put_right_in_one_breath_is_a_statement(visitor: Visitor) -> None:
    visitor.says("淮安担保费是多少", "我们是省专")
    reply = visitor.say("行，我们是初创型？不是，是创新型中小企业，刚才说错了")
    assert set(statuses(reply)) == {"huaian-guarantee-fee"} and "不符合" in reply.text
    assert set(statuses(visitor.say("所以1.8%那个 我们创新型的不在范围里对吧"))) == {"huaian-guarantee-fee"}


# What is written and was denied.


def test_that_no_award_is_written_comes_first(visitor: Visitor) -> None:
    assert first(visitor.say("连云港有没有小巨人奖励").text).startswith("没有写奖励")


@pytest.mark.parametrize("asked", ["孩子上学能不能照顾一下，公司高管的，外地来的", "孩子上学能不能照顾"])
def test_what_a_city_has_in_other_words_is_kept_until_the_city_is_told(visitor: Visitor, asked: str) -> None:
    reply = visitor.says(asked, "我们在南京浦口")
    assert set(statuses(reply)) == {"nanjing-district-talent-policy"}


@pytest.mark.parametrize("asked", ["区里会不会再给一点，我们在江宁", "区里还有吗 我们在江北新区", "园区里也给吗"])
def test_what_the_district_gives_is_another_award(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京小巨人奖励多少", asked)
    assert set(statuses(reply)) == {"nanjing-district-provincial-award"}


@pytest.mark.parametrize("asked", ["企业所得税优惠 研发加计扣除有吗", "c类人才有啥待遇，能落户吗 给多少钱"])
def test_what_stands_in_the_documents_is_no_private_matter(visitor: Visitor, asked: str) -> None:
    assert visitor.say(asked).outcome != "outside"


@pytest.mark.parametrize("asked", ["公积金怎么提取", "个税怎么报", "南京 我们公司的社保比例是多少"])
def test_private_matters_are_still_declined(visitor: Visitor, asked: str) -> None:
    assert visitor.say(asked).outcome == "outside"


@pytest.mark.parametrize("asked", ["高企算不算专精特新", "我们是高企 能不能算专精特新", "科技型中小企业算专精特新吗"])
def test_another_title_is_told_to_be_none_of_these(visitor: Visitor, asked: str) -> None:
    assert "没有写" in first(visitor.say(asked).text)
    assert "梯度培育体系" in visitor.turn.reply.text  # type: ignore[union-attr]


def test_who_asks_for_whatever_there_is_for_his_firm_names_no_trade(visitor: Visitor) -> None:
    reply = visitor.say("我是南京这边做检测的小公司 还没评上专精特新 有我能申请的吗")
    assert reply.outcome == "overview"


# Asked on of one's own award, and of a document.


@pytest.mark.parametrize("asked", ["奖多少快点说", "首次评上的奖多少钱"])
def test_the_sum_asked_after_all_that_there_is_is_of_ones_own_title(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("镇江润州区的", "国家小巨人第一次认定", asked)
    assert set(statuses(reply)) == {"zhenjiang-little-giant-award"}


def test_words_of_everyday_talk_ask_on(visitor: Visitor) -> None:
    reply = visitor.says("南京那个融资白名单", "然后呢 进了能咋样 说人话")
    assert "绿色通道" in reply.text


def test_the_day_under_a_document_is_told(visitor: Visitor) -> None:
    assert "2023年5月18日" in visitor.says("淮安那个三年计划文号是啥", "通知落款是哪天").text


def test_who_tells_the_city_and_asks_is_answered(visitor: Visitor) -> None:
    reply = visitor.says("又来检查", "淮安的 头一回犯小错 危害不大 罚不罚撒")
    assert set(statuses(reply)) == {"huaian-first-violation"}


@pytest.mark.parametrize("asked", ["我们实际就租了5万块的gpu 能退多少", "我们买了二十万的算力 能补多少"])
def test_what_is_stated_means_what_was_told_and_turns_on_it(visitor: Visitor, asked: str) -> None:
    visitor.says("南京算力券多少钱一张，省专，在租算力", "那可以跟大模型备案奖一起领吗")
    assert set(statuses(visitor.say(asked))) == {"nanjing-computing-voucher"}


@pytest.mark.parametrize(
    ("asked", "department"),
    [
        ("想用高校开放许可的专利，南京是哪两个局在管这块？", "市市场监管局"),
        ("南京首批次新材料，问工信还是财政", "市财政局"),
    ],
)
def test_which_offices_are_asked_for_in_other_words(visitor: Visitor, asked: str, department: str) -> None:
    assert department in visitor.say(asked).text


# What corrects an answer is taken by what it names.

SCHOOL = "连云港 引进一个博士 孩子上学怎么解决"


@pytest.mark.parametrize(
    ("before", "corrects", "meant"),
    [
        (SCHOOL, "我说的是看病 医疗那块 你怎么还是上学", "lianyungang-talent-medical"),
        (SCHOOL, "你弄错了吧 我问的是买房", "lianyungang-talent-housing"),
        (SCHOOL, "不是这个，我问的是买房", "lianyungang-talent-housing"),
        ("南京小巨人有多少奖金", "我问的是算力券，怎么又是奖金", "nanjing-computing-voucher"),
        ("南京小巨人有多少奖金", "又答错了 我是问房租补贴", "nanjing-graduate-rent"),
        ("淮安创新型能申请什么", "电脑技能培训啊师傅 不是这些", "huaian-digital-skills-training"),
        ("盐城的人才补贴有什么", "我问首贷贴息 你别老说人才", "yancheng-first-loan-discount"),
    ],
)
def test_who_says_what_he_means_is_told_of_that_alone(visitor: Visitor, before: str, corrects: str, meant: str) -> None:
    reply = visitor.says(before, corrects)
    assert set(statuses(reply)) == {meant}
    assert reply.text.startswith("刚才答偏了")


@pytest.mark.parametrize(
    "said", ["我问的是有没有奖金，钱", "我问你呢", "我说的是真的", "不对，我是小型企业", "说错了，公司在南京"]
)
def test_what_names_no_other_thing_is_no_such_correction(visitor: Visitor, said: str) -> None:
    assert "答偏" not in visitor.says("连云港有没有小巨人奖励", said).text


def test_the_health_of_people_is_no_part_of_another_word(visitor: Visitor) -> None:
    assert set(statuses(visitor.says(SCHOOL, "那就医呢"))) == {"lianyungang-talent-medical"}


# What is summed up to be confirmed tells nothing of the firm.


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("连云港人才购房有什么", "合着都要省专以上是吧"),
        ("盐城首贷贴息有吗", "敢情非得省专才行啊"),
        ("南京转贷基金多少", "所以只有民营的能用是吧"),
        ("南京转贷基金多少", "总之国企不行对吧"),
        ("南京小巨人奖多少", "说来说去都得是首次的呗"),
    ],
)
def test_what_was_told_said_back_in_short_is_not_noted(visitor: Visitor, before: str, said: str) -> None:
    first_told = statuses(visitor.say(before))
    reply = visitor.say(said)
    assert not profile(reply).keys() & {"tiers", "ownership", "first_recognition"}
    assert set(statuses(reply)) == set(first_told)


def test_what_is_said_of_oneself_is_noted_though_it_sums_up(visitor: Visitor) -> None:
    assert profile(visitor.says("南京算力券怎么领", "所以我们是省专就行对吧"))["tiers"] == ("provincial",)


@pytest.mark.parametrize("said", ["合着一样都没有", "总之我啥都弄不了是吧", "说来说去啥都拿不上呗"])
def test_who_sums_up_that_there_is_nothing_hears_what_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.says("淮安没房子抵押怎么贷款", "我们什么称号都没有", said)
    assert "能对上的有" in reply.text
    assert reply.text.count("现在不符合") == 1


# A district, a time and another firm of the city ask on of what was told.


@pytest.mark.parametrize("asked", ["我们在京口区 京口区自己给不给", "扬中自己还另外给吗", "句容也一样吧"])
def test_a_district_named_alone_is_asked_of_what_was_told(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("镇江的 刚进规 给奖多少", asked)
    assert set(statuses(reply)) == {"zhenjiang-scale-up-award"}


@pytest.mark.parametrize("asked", ["那现在这钱还有没有", "现在还有吗", "我问现在还有没有 别老说如果"])
def test_whether_there_is_still_something_is_told_by_the_term(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("连云港技改贷款贴息多少", asked)
    assert set(statuses(reply)) == {"lianyungang-digital-interest-subsidy"}
    assert first(reply.text).startswith("现在不能申请")


# Others than what was told; all of a list; one thing within another.


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("盐城碳足迹有什么支持", "除了碳足迹还有哪些绿色方面的", "yancheng-carbon-footprint"),
        ("盐城碳足迹有什么支持", "我们是省专 除了这个碳足迹 还有啥绿色的", "yancheng-carbon-footprint"),
        ("镇江想参加广交会", "除了展会还有什么帮我们找客户的", "zhenjiang-exhibitions"),
        ("镇江想参加广交会", "镇江其他帮卖货的有没有", "zhenjiang-exhibitions"),
    ],
)
def test_others_than_what_was_told_leave_it_out(visitor: Visitor, before: str, asked: str, told: str) -> None:
    reply = visitor.says(before, asked)
    assert statuses(reply)
    assert told not in statuses(reply)


@pytest.mark.parametrize("asked", ["一共有几项 全部念一遍", "把全部能申请的都列出来", "一条一条都给我念出来"])
def test_all_of_a_list_is_told_with_how_many_there_are(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京建邺区，省级专精特新，能申请什么", asked)
    many = reply.text.count("\n· ")
    assert f"共 {many} 项" in reply.text
    assert many > 20


def test_the_rest_of_a_list_is_what_was_not_told(visitor: Visitor) -> None:
    before = visitor.say("盐城 小巨人 能申请什么")
    rest = visitor.say("剩下的也念完")
    told = {line for line in before.text.split("\n") if line.startswith("· ")}
    assert not {line.split("[")[0] for line in told} & {line.split("[")[0] for line in rest.text.split("\n")}


def test_the_list_of_before_goes_on_after_something_else(visitor: Visitor) -> None:
    reply = visitor.says("连云港 创新型中小企业 能申请什么", "展会呢", "展会就算了 最开始那个单子还有别的吗")
    assert reply.text.split("\n")[1] == "接着上面的："


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("南京融资白名单怎么申请", "贷款快到期的那个 也是白名单里的吗"),
        ("南京 APEC卡怎么弄", "AEO是不是也在APEC卡那个里头"),
    ],
)
def test_of_two_things_apart_it_is_said_that_they_are_two(visitor: Visitor, before: str, asked: str) -> None:
    reply = visitor.says(before, asked)
    assert "不是一项" in reply.text
    assert len(statuses(reply)) == 2


def test_what_is_wanted_without_a_title_is_told_to_be_for_titles(visitor: Visitor) -> None:
    reply = visitor.says("淮安 数字技能培训", "有没有不要称号的培训")
    assert "没有找到不要称号的" in reply.text


def test_several_that_one_condition_is_against_are_told_together(visitor: Visitor) -> None:
    reply = visitor.says("淮安没房子抵押怎么贷款", "我们什么称号都没有")
    assert len(statuses(reply)) > 1
    assert reply.text.count("现在不符合") == 1
    assert "文件没有写" not in reply.text


def test_what_a_firm_is_not_puts_nothing_aside(visitor: Visitor) -> None:
    reply = visitor.says("南京 大模型备案有奖励没", "我们不是专精特新 只是高新企业 也给吗")
    assert statuses(reply) == {"nanjing-genai-filing-award": "ineligible"}


def test_one_word_of_a_topic_for_another_lists_what_there_is(visitor: Visitor) -> None:
    reply = visitor.says("连云港展会有什么支持", "我说的是出口 海外那块有啥")
    assert {"lianyungang-exhibitions", "lianyungang-overseas-warehouse"} == set(statuses(reply))


@pytest.mark.parametrize("said", ["你搞混了", "你弄反了", "你记岔了 南京那个厂 省专 在南京"])
def test_who_says_that_all_was_mixed_up_answers_no_question(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们公司在盐城，省专，有什么能申请", said)
    assert "foreign_trade" not in profile(reply)


def test_what_was_told_leaves_open_is_asked_of_it(visitor: Visitor) -> None:
    reply = visitor.says("镇江句容 想拿地扩厂房", "能便宜吗 地价")
    assert set(statuses(reply)) == {"zhenjiang-land-priority"}
    assert "文件没有写：地价" in reply.text


def test_whom_to_ask_is_told_before_the_city_is_known(visitor: Visitor) -> None:
    assert "责任单位" in visitor.say("算力券归哪个局管啊 我打了几个电话都说不归他们").text


def test_the_award_for_ones_title_is_meant_beside_what_is_told(visitor: Visitor) -> None:
    reply = visitor.says("镇江单项冠军", "今年头一回，奖金有没有份，痛快点")
    assert set(statuses(reply)) == {"zhenjiang-champion-award"}
