"""What follows a verdict or a list: what else there is, what to do, sighs, doubts, going back, totals, summaries."""

import pytest

from tests.chains.visitor import Visitor, first, statuses

VOUCHER, FUND = "nanjing-computing-voucher", "nanjing-refinancing-fund"
REFUSED = "南京建邺，创新型中小企业，算力券能领吗"


# What else there is.


@pytest.mark.parametrize(
    "said",
    [
        "那到底有啥是我们能办的",
        "那有没有别的",
        "都不行啊，有没有不要求专精特新的",
        "还有什么我们能申请的",
        "那有什么是我们用得上的",
    ],
)
def test_what_else_there_is_after_a_refusal_is_all_that_is_open(visitor: Visitor, said: str) -> None:
    reply = visitor.says(REFUSED, said)
    assert reply.outcome == "overview"
    assert "百场万企" in reply.text and "算力券" not in reply.text


def test_what_a_kind_of_firm_can_have_is_all_that_is_open_to_a_firm_of_that_kind(visitor: Visitor) -> None:
    reply = visitor.says("南京的国企，省专，转贷基金能用吗", "那国企有什么能办的")
    assert reply.outcome == "overview" and "转贷" not in reply.text


def test_what_another_kind_of_firm_can_have_is_not_told_of_ones_own(visitor: Visitor) -> None:
    assert visitor.says("南京的国企，省专，转贷基金能用吗", "那民企有什么能办的").outcome != "overview"


def test_what_else_there_is_of_a_thing_is_not_all_that_is_open(visitor: Visitor) -> None:
    assert visitor.says(REFUSED, "有没有别的贷款能办").outcome != "overview"


@pytest.mark.parametrize("said", ["那除了钱还有什么", "不给钱的支持还有哪些", "除了奖金之外还能有什么好处"])
def test_what_there_is_besides_money_is_the_rest_of_the_list(visitor: Visitor, said: str) -> None:
    visitor.say("镇江京口的小巨人，首次获评")
    reply = visitor.say(said)
    assert reply.outcome == "overview"
    assert "万元" not in reply.text and "培训" in reply.text


@pytest.mark.parametrize("said", ["没批下来之前呢", "评上之前能拿什么"])
def test_before_a_title_is_held_is_told_what_is_open_without_it(visitor: Visitor, said: str) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", said)
    assert reply.outcome == "overview" and "百场万企" in reply.text


@pytest.mark.parametrize("said", ["批下来以后呢", "那通过之后能拿什么"])
def test_once_the_title_in_view_is_held_is_told_what_it_adds(visitor: Visitor, said: str) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", said)
    assert reply.outcome == "what_if" and "省级专精特新" in reply.text and "融资白名单" in reply.text
    assert "tiers" not in reply.profile


# What is to be done about a refusal.


@pytest.mark.parametrize(
    "said", ["那怎么办", "也不行啊", "唉，那没戏了", "有什么办法补救吗", "卡在哪里", "那就没份了？"]
)
def test_a_sigh_at_a_refusal_is_answered_with_the_way_and_what_is_open(visitor: Visitor, said: str) -> None:
    reply = visitor.says(REFUSED, said)
    assert "评上省级专精特新" in first(reply.text) or "评上省级专精特新" in reply.text
    assert statuses(reply)[VOUCHER] == "ineligible" and "百场万企" in reply.text


def test_the_list_told_after_a_refusal_is_asked_on_by_its_places(visitor: Visitor) -> None:
    reply = visitor.says(REFUSED, "那怎么办", "第一个找谁")
    assert "百场万企" in reply.text and "责任单位" in reply.text


@pytest.mark.parametrize("said", ["怎么办理", "那怎么申请"])
def test_how_a_support_is_applied_for_is_no_sigh(visitor: Visitor, said: str) -> None:
    assert "没有写办理流程" in visitor.says(REFUSED, said).text


# What was told is doubted, is an aim, costs something.


@pytest.mark.parametrize("said", ["没有奖励？真的吗", "真的没有啊", "确定没有奖励吗", "一分钱都没有？"])
def test_what_was_told_not_to_be_there_stays_so_when_it_is_doubted(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港的小巨人奖多少", said)
    assert reply.abstained and "连云港的文件里没有" in reply.text and "100万元" not in reply.text


def test_another_city_is_told_to_have_no_award_when_an_award_was_asked_for(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人首次奖励多少", "那盐城呢")
    assert reply.abstained and "盐城的文件里没有" in reply.text


@pytest.mark.parametrize("said", ["那是硬性的吗", "达不到会取消资格吗", "我们才3%", "我们只有3.5%够不够", "必须做到吗"])
def test_an_aim_asked_on_as_a_condition_is_told_to_be_none(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江研发投入的目标是多少", said)
    assert "不是申报条件" in reply.text and "4%以上" in reply.text


def test_an_aim_asked_for_as_a_condition_is_no_verdict_on_a_support(visitor: Visitor) -> None:
    reply = visitor.say("盐城 省专 研发投入5%要达到吗")
    assert "不是申报条件" in reply.text and not reply.findings


def test_a_figure_of_ones_own_beside_a_support_that_is_asked_for_is_no_aim(visitor: Visitor) -> None:
    assert "yancheng-aeo" in statuses(visitor.say("盐城小巨人研发投入只有5%，能申请AEO吗"))


@pytest.mark.parametrize("said", ["一分钱不花？", "真的要收费吗", "那是免费的吗"])
def test_what_of_the_costs_is_left_open_is_said(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的转贷基金怎么回事", said)
    assert first(reply.text).startswith("文件没有写：“零成本”包括哪些费用")


# Going back, and several things at once.


@pytest.mark.parametrize("said", ["回到刚才算力那个，找谁", "前面说的算力券归谁管", "一开始问的算力那项找哪个部门"])
def test_what_was_talked_of_before_is_returned_to_by_a_loose_name(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京省专，民营，算力券能领吗", "好的谢谢", "那转贷呢", said)
    assert list(statuses(reply)) == [VOUCHER] and "责任单位" in reply.text


def test_a_name_that_nothing_talked_of_has_is_looked_up(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，民营，算力券能领吗", "那转贷呢", "刚才说的不管了，AEO找谁")
    assert "nanjing-aeo" in statuses(reply)


def test_each_of_two_things_that_are_told_is_judged(visitor: Visitor) -> None:
    found = statuses(visitor.say("我们在南京，省专，算力一直在买，AEO正在弄"))
    assert found[VOUCHER] == "eligible" and found["nanjing-aeo"] == "undetermined"


def test_what_is_told_beside_an_answer_is_judged_as_well(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，AEO想办一个", "转贷用不着，参编过两个国家标准")
    assert statuses(reply)["nanjing-standards-award"] == "eligible"


# A title for the first time, and another place.


def test_a_title_for_the_first_time_asks_for_its_award(visitor: Visitor) -> None:
    reply = visitor.say("我们单项冠军，第一次拿到")
    assert "300万元" in reply.text and "50万元" in reply.text and reply.question is not None
    reply = visitor.say("那镇江呢")
    assert list(statuses(reply)) == ["zhenjiang-champion-award"]


def test_a_city_without_such_an_award_says_so_and_tells_what_it_has(visitor: Visitor) -> None:
    reply = visitor.says("小巨人首次评上", "盐城的")
    assert "没有写给国家级专精特新“小巨人”的奖励" in reply.text and reply.outcome == "overview"


@pytest.mark.parametrize(
    ("said", "then"), [("那丹阳呢", "不符合"), ("扬中可以吗", "不符合"), ("那丹徒呢", "条件都符合；现在不能申请")]
)
def test_another_district_after_a_list_is_judged_for_what_turns_on_it(visitor: Visitor, said: str, then: str) -> None:
    reply = visitor.says("镇江京口的小巨人，首次", said)
    assert list(statuses(reply)) == ["zhenjiang-little-giant-award"]
    assert any(f"按{whose}的情况：{then}" in reply.text for whose in ("您", "它"))


def test_another_district_is_the_same_where_nothing_turns_on_it(visitor: Visitor) -> None:
    assert "还是上面这些" in visitor.says("镇江的省专", "那丹阳呢").text


# At the end.


def test_a_summary_tells_what_is_known_and_how_each_thing_stands(visitor: Visitor) -> None:
    visitor.says("南京的国企，省专，转贷基金能用吗", "算力一直在买，算力券呢")
    reply = visitor.say("最后帮我总结一下吧")
    assert "您的情况：南京" in reply.text
    assert statuses(reply) == {VOUCHER: "eligible", FUND: "ineligible"}


@pytest.mark.parametrize("said", ["帮我总结下", "捋一捋"])
def test_a_summary_of_nothing_asks_for_the_city(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).question is not None


def test_a_total_for_oneself_after_one_support_is_of_all_and_no_sum_is_made(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，民营，参与过国家标准，算力券能领吗", "那我总共能拿多少")
    assert "没有写加起来是多少" in reply.text and "50万元" in reply.text


# How it speaks: what was said a moment ago is not said again, and shorter where that is asked for.


@pytest.mark.parametrize("said", ["说人话", "太长了", "一句话说清楚", "简短点说"])
def test_who_wants_it_shorter_gets_one_line(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的转贷基金怎么回事", said)
    assert "要满足" not in reply.text and "6000万元" in reply.text and len(reply.text.split("\n")) == 2


def test_who_does_not_understand_gets_it_with_the_conditions(visitor: Visitor) -> None:
    assert "要满足" in visitor.says("南京的转贷基金怎么回事", "没看懂").text


@pytest.mark.parametrize("said", ["就告诉我多少", "只说能给多少钱"])
def test_who_wants_the_sum_alone_gets_no_conditions(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江小巨人奖励什么条件", said)
    assert "30万元" in reply.text and "要满足" not in reply.text and "文件没有写" not in reply.text


def test_conditions_told_a_moment_ago_are_not_told_with_every_answer(visitor: Visitor) -> None:
    visitor.say("南京建邺，创新型中小企业，算力券能领吗")
    assert "要满足" not in visitor.say("一张能抵多少").text
    assert "要满足" in visitor.say("要什么条件").text


def test_a_draft_is_told_in_full_once_and_in_a_few_words_after(visitor: Visitor) -> None:
    opening = visitor.say("盐城省专，AEO能办吗").text.split("\n")
    assert "不是正式文件" in opening[0] and "已于2025年10月31日发布" in opening[1]
    assert len(opening[0]) + len(opening[1]) < 118
    later = visitor.say("要多久").text.split("\n")
    assert later[0] == "（盐城的文件是征求意见稿，不是正式文件。）" and "282" not in "".join(later)


@pytest.mark.parametrize("said", ["这文件正式出来了吗", "正式文件啥时候的"])
def test_whether_a_draft_has_become_final_is_told_with_what_is_known(visitor: Visitor, said: str) -> None:
    assert "已于2025年10月31日发布" in visitor.says("盐城省专，AEO能办吗", said).text


def test_whom_to_ask_for_something_new_is_told_once_and_when_it_is_asked_for(visitor: Visitor) -> None:
    assert "是否有新的办法" in visitor.say("淮安担保费率多少").text
    assert "是否有新的办法" not in visitor.say("能担保多少").text
    assert "是否有新的办法" in visitor.say("那现在还有吗").text


# What was asked goes on.


@pytest.mark.parametrize("said", ["淮安", "那淮安呢", "淮安的"])
def test_a_city_named_after_all_the_money_is_asked_for_its_money(visitor: Visitor, said: str) -> None:
    reply = visitor.says("有没有能给钱的", said)
    assert "没有哪一项奖励、资助或补贴写了金额" in reply.text and "资金奖补" in reply.text


def test_the_money_of_all_that_there_is_is_a_list_of_sums(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的，有什么政策", "那钱呢")
    assert "按金额从大到小" in reply.text


def test_the_money_of_one_support_is_its_own(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励什么条件", "那钱呢")
    assert list(statuses(reply)) == ["nanjing-little-giant-award"]


def test_a_sum_that_the_district_is_said_to_give_is_not_confirmed_by_another_award(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的，有什么政策", "那钱呢", "区里面说是给20万 真的吗")
    assert "大模型" not in reply.text and "nanjing-district-provincial-award" in statuses(reply)


@pytest.mark.parametrize("said", ["那现在去申请还给吗", "现在补申请可以吗"])
def test_whether_what_is_over_can_still_be_had_is_answered_first(visitor: Visitor, said: str) -> None:
    assert visitor.says("镇江小巨人首次奖励多少", said).text.startswith("现在不能申请")


def test_what_is_denied_is_not_told(visitor: Visitor) -> None:
    reply = visitor.says("我想给员工申请南京的人才房，我们是小巨人", "不是租房补贴，是买房")
    assert "租房补贴" not in reply.text


def test_a_place_in_a_list_may_be_called_a_kind(visitor: Visitor) -> None:
    reply = visitor.says("买设备的贷款淮安有没有", "第二种说说")
    assert list(statuses(reply)) == ["huaian-receivables-ip-pledge"]


def test_a_city_that_has_the_award_never_says_that_it_has_not(visitor: Visitor) -> None:
    reply = visitor.says("我们单项冠军，第一次拿到，能拿多少钱", "镇江", "说错了，是南京")
    assert "没有写给" not in reply.text and "nanjing-champion-award" in statuses(reply)


@pytest.mark.parametrize("said", ["淮安专精特新上市企业要达到几家", "镇江研发投入强度要做到多少"])
def test_how_much_an_aim_is_asks_for_no_condition(visitor: Visitor, said: str) -> None:
    assert "不是申报条件" not in visitor.say(said).text


def test_trade_that_is_only_told_beside_a_wish_adds_nothing(visitor: Visitor) -> None:
    reply = visitor.say("淮安做出口的，想去一带一路国家弄个公共海外仓 支不支持我们这种")
    assert list(statuses(reply)) == ["huaian-overseas-warehouse"]


def test_what_is_known_from_outside_is_told_again_where_it_is_asked_for(visitor: Visitor) -> None:
    visitor.say("AEO认证南京支持的吧")
    assert "282" not in visitor.say("找哪个部门").text
    assert "282" in visitor.say("认定现在按哪个令来").text


def test_support_for_something_now_written_is_not_whether_it_is_over(visitor: Visitor) -> None:
    reply = visitor.says("淮安引进人才有哪些补贴和职称支持", "住房补贴和生活补贴这些能落实吗")
    assert not reply.text.startswith("现在不能申请")


def test_who_applies_directly_asks_for_more_than_one_thing(visitor: Visitor) -> None:
    assert "急需紧缺人才的范围" in visitor.say("淮安紧缺人才能不能直接报中级职称，高级怎么弄").text


# One thing is asked for: what is told beside it leads to no question.


@pytest.mark.parametrize(
    "said",
    [
        "冠军的300万我能拿吗？我们是南京的国家小巨人，单项冠军没评过",
        "我们南京的，省专精特新，小巨人今年没评上。那100万还有戏没",
        "要上一条八千万的新线，南京省专，技改那个放宽的门槛轮得到我们不",
        "总部在南京鼓楼，厂在盐城，省专，问南京的APEC卡和银行白名单",
        "每个月租算力烧二十几万，南京省级专精特新，那券给不给我",
        "单项冠军这300万，我们是南京的小巨人，能拿吗",
        "那个给中试的200万，我们南京省专有份没，没建过中试",
    ],
)
def test_what_was_not_asked_for_is_not_asked_about(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).question is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("小巨人奖励和大模型备案奖励一起问下，我们是南京的小巨人，首次", "genai_filed"),
        ("国家攻关资助、中试平台资助我们能拿吗，南京省专，攻关承担了", "pilot_platform"),
        ("冠军的300万我能拿吗，我们是南京的国家单项冠军", "first_recognition"),
    ],
)
def test_what_was_asked_for_is_asked_about(visitor: Visitor, said: str, asked: str) -> None:
    question = visitor.say(said).question
    assert question is not None
    assert question.slot == asked
