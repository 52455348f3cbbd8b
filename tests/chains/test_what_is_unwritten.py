"""What the documents do not say: a thing that only another city has, an aim that is not set, a point left open."""

import pytest

from tests.chains.visitor import Visitor


def first_line(text: str) -> str:
    return next(line for line in text.split("\n") if not line.startswith(("（", "先说清楚", "记下了")))


# A thing that only another city has.


@pytest.mark.parametrize(
    "said",
    ["过桥资金 镇江给不给", "镇江有没有转贷的钱，我们是民企，贷款快到期了", "我厂要训练模型，镇江发算力券吗"],
)
def test_what_is_named_and_stands_in_another_citys_document_alone_is_told_to_be_missing(
    visitor: Visitor, said: str
) -> None:
    reply = visitor.say(said)
    assert reply.abstained and not reply.citations
    assert "南京的文件里有这一项" in reply.text


@pytest.mark.parametrize("asked", ["盐城也有专员吗", "那南京呢", "镇江给不给配专员"])
def test_no_neighbour_is_told_for_a_thing_that_another_city_has(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("连云港有服务专员是吧", asked)
    assert reply.abstained and not reply.citations


def test_what_two_cities_have_is_found_in_both(visitor: Visitor) -> None:
    reply = visitor.says("连云港有服务专员是吧", "淮安也有吗")
    assert not reply.abstained
    assert {c.document_id for c in reply.citations} == {"huaian-plan-2023-2025"}


def test_children_at_school_are_no_support_for_talents_at_large(visitor: Visitor) -> None:
    reply = visitor.say("盐城稿子里管不管骨干的小孩上公立小学")
    assert reply.abstained and not reply.citations and "文件没有写" in reply.text


def test_what_comes_nearest_is_told_with_the_silence(visitor: Visitor) -> None:
    reply = visitor.say("连云港硕士租房一个月补几百")
    assert "没有找到直接写这件事的" in reply.text


def test_insurance_for_exports_is_no_statement_of_trade(visitor: Visitor) -> None:
    reply = visitor.say("出口信保的保险费，南京给不给补一点")
    assert reply.abstained
    assert "foreign_trade" not in reply.profile


@pytest.mark.parametrize("asked", ["现在4090显卡市面上多少钱一张", "行，再推荐几家南京的烧烤"])
def test_prices_and_dinners_are_none_of_what_was_told(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京算力券怎么领", asked)
    assert reply.abstained and not reply.citations


# An aim that is not set.


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("南京准备培育多少家单项冠军", "单项冠军"),
        ("南京打算到2028年上市几家专精特新", "上市企业"),
        ("盐城要建几个千亿产业集群", "千亿产业集群"),
        ("南京专精特新一共多少家了", "专精特新"),
    ],
)
def test_an_aim_that_a_city_does_not_set_is_told_to_be_missing(visitor: Visitor, said: str, measure: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and not reply.citations
    assert "没有写" in reply.text and measure in reply.text


def test_how_many_of_another_city_is_not_answered_with_what_else_it_supports(visitor: Visitor) -> None:
    reply = visitor.says("连云港要建多少个智能车间", "南京想建几个")
    assert reply.abstained and "智能车间" in reply.text


def test_an_aim_that_is_set_is_told(visitor: Visitor) -> None:
    reply = visitor.say("南京数字化改造要推动多少家专精特新")
    assert not reply.abstained and "100家" in reply.text


def test_how_many_persons_of_a_firm_is_no_aim(visitor: Visitor) -> None:
    reply = visitor.says("C类人才什么意思", "我们南京的小巨人 一家能列几个人")
    assert not reply.abstained and "限三名" in reply.text


def test_the_same_aim_of_another_city_is_told_and_no_support_near_it(visitor: Visitor) -> None:
    reply = visitor.says("淮安户均发明专利要几件", "连云港呢，授权的")
    assert "5件" in reply.text


@pytest.mark.parametrize("said", ["小巨人淮安定的目标", "创新型中小企业镇江的目标"])
def test_a_title_with_its_aim_is_no_title_of_the_firm(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "tiers" not in reply.profile
    assert "家" in reply.text and "目标" in reply.text


# What was told not to be mentioned.


@pytest.mark.parametrize(
    ("opening", "asked"),
    [("盐城创小的培育库要建多少家", "小巨人那个库呢"), ("南京技改门槛放宽", "国家标准奖励呢")],
)
def test_what_stands_in_the_document_is_not_denied(visitor: Visitor, opening: str, asked: str) -> None:
    assert "没有提到" not in visitor.says(opening, asked).text


# An open point that is asked for by its word.


@pytest.mark.parametrize(
    ("opening", "asked", "point"),
    [
        ("南京硕士租房补贴", "要不要本地户口", "户籍"),
        ("南京硕士租房补贴", "往届的也算吗", "毕业年限"),
        ("南京硕士租房补贴", "申请是公司还是个人", "申请人"),
        ("南京中试平台资助", "投得少的话按投入给几成", "比例"),
        ("南京大模型备案奖励", "我们备案了三个模型，都给吗", "多个模型"),
        ("南京转贷基金", "能用的是哪几家银行", "哪些银行"),
        ("淮安科技副总", "薪水归谁给", "薪酬由谁承担"),
        ("南京标准奖励", "参与的跟主导的一样多吗", "各奖多少"),
        ("南京大模型备案奖励", "前年备的案也给吗", "哪些年度"),
    ],
)
def test_an_open_point_that_is_asked_for_is_told_first(visitor: Visitor, opening: str, asked: str, point: str) -> None:
    line = first_line(visitor.says(opening, asked).text)
    assert line.startswith("文件没有写") and point in line


def test_an_open_point_that_is_asked_for_is_not_among_those_left_out(visitor: Visitor) -> None:
    reply = visitor.say("镇江想参加广交会 政府组织不")
    assert "是否指广交会" in reply.text


def test_who_may_be_named_again_is_told_that_the_first_time_alone_counts(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人100万", "第二年再评上还给吗")
    assert first_line(reply.text).startswith("只给首次的")


def test_a_zone_that_is_asked_for_with_an_expectation_is_placed(visitor: Visitor) -> None:
    assert "高新区算镇江市区" in visitor.says("镇江小巨人30万", "高新区算市区吧").text


# What a message is about.


def test_duties_are_not_everything_that_a_city_offers(visitor: Visitor) -> None:
    reply = visitor.say("我们从德国进口一条产线，淮安在关税上有什么能用的政策")
    assert {c.provision for c in reply.citations} == {"2/8"}


def test_words_that_an_entry_enumerates_are_one_thing(visitor: Visitor) -> None:
    reply = visitor.say("外国客户要环境、社会方面的评价，南京鼓励这个吗")
    assert {c.provision for c in reply.citations} == {"3/9"}


def test_a_sum_asked_for_in_words_is_a_question(visitor: Visitor) -> None:
    reply = visitor.say("我们江宁的省级专精特新，区里具体给几万")
    assert {c.provision for c in reply.citations} == {"2/5"}


def test_state_firms_that_publish_their_needs_are_not_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("南京国企发布技术难题让小厂揭榜", "这归哪几家管")
    assert "ownership" not in reply.profile
    assert "国资委" in reply.text


def test_the_difference_between_two_awards_is_told_to_be_unwritten(visitor: Visitor) -> None:
    reply = visitor.say("南京小巨人100万拿过了，以后当上单项冠军，300万是不是只补差额")
    assert "没有写这几项能不能叠加" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "我是连云港做碳纤维的，想便宜点买软件",
        "镇江女企业家，有啥扶持",
        "我是女老板，在南京开了个公司，女企业家有照顾吗",
        "盐城我们想买绿电，绿证给补贴吗",
        "南京六合，想要租金补贴",
        "我司位于连云港徐圩新区，主营化工新材料，今年准备搞条中试线，政府给不给钱",
    ],
)
def test_what_no_document_has_is_said_in_a_line_whatever_the_firm_makes(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "silent" and "文件没有写" in reply.text


def test_what_is_left_open_of_the_past_is_told(visitor: Visitor) -> None:
    reply = visitor.say("我们大模型前年就备案了 南京这二十万往前追不追")
    assert "文件没有写：适用于哪些年度的备案" in reply.text


# A case that is not written of: what the text says, and no verdict.


@pytest.mark.parametrize(
    ("before", "said", "point"),
    [
        ("南京省专，小型，政府采购价格扣除我们能享受吗", "我们投的是工程类项目呢", "工程项目是否适用"),
        ("江宁的小巨人，招了两个硕士，租房补贴怎么给", "就是去年入职的算不算，行不行给句话", "哪些毕业生可以领"),
        ("南京单项冠军，C类人才怎么弄", "我们老总就管经营，董事长，能算那三个名额里头吗", "具体哪些人能列入"),
        ("南京单项冠军，C类人才怎么弄", "总经理助理算不算核心成员", "具体哪些人能列入"),
    ],
)
def test_a_case_that_is_not_written_of_gets_no_verdict(visitor: Visitor, before: str, said: str, point: str) -> None:
    told = visitor.says(before, said).text
    assert f"文件没有写：{point}" in told
    assert "可以申请" not in told and "原则上可以" not in told


@pytest.mark.parametrize("said", ["那我们能申请吗", "我们公司符合条件吗"])
def test_whether_the_firm_may_have_it_gets_its_verdict(visitor: Visitor, said: str) -> None:
    assert "可以申请" in visitor.says("南京单项冠军，C类人才怎么弄", "总经理助理算不算核心成员", said).text


@pytest.mark.parametrize("said", ["那货物类的算吗", "服务类呢"])
def test_what_is_written_is_not_said_to_be_missing(visitor: Visitor, said: str) -> None:
    assert "没有提到" not in visitor.says("南京省专，小型，政府采购价格扣除我们能享受吗", said).text


@pytest.mark.parametrize("said", ["能给到50万么", "50万能不能全拿到", "能给50万不"])
def test_a_cap_is_no_promise(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京省专，参与了国标，标准奖励有多少", said)
    assert reply.text.startswith("不一定，文件写的是“最高”")


def test_a_fixed_sum_is_not_called_a_cap(visitor: Visitor) -> None:
    assert "最高" not in visitor.say("南京小巨人，首次，能给100万不").text


# A firm without a title.


@pytest.mark.parametrize(
    "said", ["我在南京开火锅店的 有啥优惠没", "盐城开超市，啥也没评过，有啥补贴", "淮安小店，没评过任何东西，能申请啥"]
)
def test_what_names_no_firm_is_no_promise_to_a_firm_without_a_title(visitor: Visitor, said: str) -> None:
    told = visitor.say(said).text
    assert "主要是给专精特新企业的" in told and "没有写要称号的" in told
    assert "**可以申请**" not in told and "**按文件的条件符合**" not in told and "原则上可以" not in told


def test_what_a_firm_without_a_title_is_written_to_have_is_told_as_before(visitor: Visitor) -> None:
    told = visitor.say("南京中型企业，没资质，有啥").text
    assert told.index("**可以申请**") < told.index("没有写要称号的")


def test_a_titled_firm_is_told_as_before(visitor: Visitor) -> None:
    assert "没有写要称号的" not in visitor.say("南京省专，有啥").text


# A title of another year than the plan's.


@pytest.mark.parametrize(
    ("said", "within"),
    [
        ("镇江丹徒的小巨人，今年刚评上，首次，30万有吗", False),
        ("镇江市区单项冠军，2026年首次认定的，50万能拿吗", False),
        ("镇江市区小巨人，24年评上的，首次，30万还有吗", True),
    ],
)
def test_a_title_got_after_a_plan_ended_is_not_under_it(visitor: Visitor, said: str, within: bool) -> None:
    told = visitor.say(said).text
    assert ("还兑不兑付，文件没有写" in told) is within
    assert ("这份计划管不到" in told) is not within
    assert ("按您的情况：条件都符合；现在不能申请" in told) is within


def test_another_year_is_asked_of_the_award_that_was_told(visitor: Visitor) -> None:
    reply = visitor.says("镇江市区小巨人，30万有吗", "去年评上的，首次", "26年评上的呢")
    assert "这份计划管不到" in reply.text and "30万元" in reply.text


def test_a_year_says_nothing_of_a_document_that_holds(visitor: Visitor) -> None:
    told = visitor.say("南京小巨人，今年刚评上，首次，100万有吗").text
    assert "可以申请" in told and "管不到" not in told


# What no verdict answers.


@pytest.mark.parametrize(
    ("before", "said", "unsaid"),
    [
        ("扬中的，环保第一次罚了我三万", "我们是小巨人，罚款能退回来不", "文件没有写要不要退回"),
        ("镇江省专，头一回违规被罚了", "这钱能要回来吗", "文件没有写要不要退回"),
        ("淮安创新型，科技副总能请吗", "这人谁给发工资", "文件没有写：薪酬由谁承担"),
    ],
)
def test_what_no_verdict_answers_gets_none(visitor: Visitor, before: str, said: str, unsaid: str) -> None:
    told = visitor.says(before, said).text
    assert unsaid in told
    assert "可以申请" not in told and "原则上可以" not in told


@pytest.mark.parametrize("said", ["淮安小巨人，省里那个投资基金能投我们吗", "连云港省专，政府基金能拿不"])
def test_what_a_fund_is_to_do_is_nothing_to_apply_for(visitor: Visitor, said: str) -> None:
    told = visitor.say(said).text
    assert "没有写要企业申请" in told and "可以申请" not in told


def test_what_is_written_of_costs_keeps_its_verdict(visitor: Visitor) -> None:
    assert "条件都符合" in visitor.say("淮安省专，免费诊断真不收钱吗，我们能申请吗").text


# What is asked beside what the text says: who pays, which post, how much of it.


@pytest.mark.parametrize(
    ("topic", "asked", "point"),
    [
        ("淮安科技副总", "这个人的薪水谁来发", "薪酬由谁承担"),
        ("南京C类人才", "我们法人不懂技术，董事长能算进去吗", "具体哪些人能列入"),
        ("南京C类人才", "车间主任能列进去吗", "具体哪些人能列入"),
        ("南京电力批发市场交易", "要达到多大用电量才行", "用电量门槛"),
        ("南京C类人才", "评上C类人才给房子吗", "C 类人才有哪些待遇"),
        ("南京标准奖励", "国际的比国内的多吗", "国际标准和国家标准各奖多少"),
        ("南京转贷基金", "6000万是每家都6000万，还是全市一共6000万", "6000 万元是每家企业的还是合计的"),
    ],
)
def test_what_is_left_open_is_said_first_where_it_is_asked(
    visitor: Visitor, topic: str, asked: str, point: str
) -> None:
    line = first_line(visitor.says(topic, asked).text)
    assert line.startswith("文件没有写：") and point in line


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("盐城小巨人培育库有多少家", "这200家是计划的数还是真有这么多"),
        ("淮安智能车间目标", "现在已经有40个了吗"),
    ],
)
def test_a_number_to_be_reached_is_none_that_there_is(visitor: Visitor, topic: str, asked: str) -> None:
    assert first_line(visitor.says(topic, asked).text).startswith("写的是要做到的数")


def test_an_aim_that_is_put_rightly_is_no_question_of_what_there_is(visitor: Visitor) -> None:
    assert "现有的数" not in visitor.says("淮安智能车间目标", "目标是40个对吧").text


def test_what_a_cap_comes_to_is_not_certain(visitor: Visitor) -> None:
    line = first_line(visitor.says("南京的省专，参与了国家标准，标准奖励", "能拿到50万吗").text)
    assert line.startswith("不一定，文件写的是“最高”")


def test_what_is_asked_beside_an_answer_is_said_not_to_be_written(visitor: Visitor) -> None:
    text = visitor.says("镇江扬中的，环保罚了我们两万，第一次", "我们是小巨人，罚的钱能退回来不").text
    assert "文件没有写要不要退回" in text


def test_who_decides_is_no_question_of_certainty(visitor: Visitor) -> None:
    assert "不能打包票" not in visitor.says("镇江初次违法免罚", "免不免谁说了算").text


def test_what_a_group_of_firms_may_is_left_open_by_the_provision_that_was_told(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人首次奖100万", "牌子是下面子公司的，母公司能申请吗")
    assert reply.abstained and {c.provision for c in reply.citations} == {"2/5"}


@pytest.mark.parametrize("said", ["民营企业能申请吗，连云港的，做丝网", "合资企业可以申报吗，我们公司在镇江丹徒"])
def test_whether_such_owners_may_apply_at_all_is_told_of_the_city(visitor: Visitor, said: str) -> None:
    assert "没有哪一项的条件要看企业性质" in visitor.say(said).text


# Papers are not drawn up here.


@pytest.mark.parametrize(
    "said",
    [
        "替我们出具一份证明，说我厂已经是小巨人",
        "请给公司写个承诺书，拿去银行用",
        "你直接帮我起草一份申报材料吧",
        "我是老板，麻烦帮我做一份和园区的合同",
    ],
)
def test_papers_are_declined_kindly(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and not reply.citations and "不能代开、代写" in reply.text


@pytest.mark.parametrize(
    "said", ["南京算力券要开什么证明", "转贷基金要工信局给我们开一份证明吗", "帮我看看要准备哪些申报材料，南京的"]
)
def test_which_papers_are_wanted_is_a_question_of_ours(visitor: Visitor, said: str) -> None:
    assert "不能代开、代写" not in visitor.say(said).text
