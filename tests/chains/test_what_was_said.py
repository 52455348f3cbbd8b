"""What was said of the firm is held of it, all of it, and nothing else: no silence, no question, nobody else's fact."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

GIANT, CHAMPION, VOUCHER = "nanjing-little-giant-award", "nanjing-champion-award", "nanjing-computing-voucher"
TRADE, FILING = "nanjing-aeo", "nanjing-genai-filing-award"


# A fact that is typed while a list stands open.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("做点进出口", {"foreign_trade"}),
        ("我们租着算力", {"buys_computing"}),
        ("是头一回评上的", {"first_recognition"}),
        ("有出口，也参与建了中试平台", {"foreign_trade", "pilot_platform"}),
        ("大模型备案办好了，智算服务", {"genai_filed", "buys_computing"}),
    ],
)
def test_what_is_typed_beside_an_open_list_is_heard_and_no_more_is_said(
    visitor: Visitor, said: str, told: set[str]
) -> None:
    reply = visitor.says("南京的小巨人", said)
    known = profile(reply)
    assert {slot: known.get(slot) for slot in told} == dict.fromkeys(told, "yes")
    assert not [slot for slot, fact in reply.profile.items() if fact.source == "stated" and fact.value == "no"]
    assert "其余几项先按“没有”算" in reply.text


def test_the_verdict_after_a_typed_fact_asks_and_does_not_refuse(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的小巨人", "有外贸", "小巨人那100万能领不")
    assert statuses(reply)[GIANT] == "undetermined"
    assert reply.question is not None and reply.question.slot == "first_recognition"


@pytest.mark.parametrize("said", ["有出口，其余没有", "就有出口这一项", "只有出口", "8", "有出口 别的都没有"])
def test_who_says_that_there_is_nothing_else_has_answered_the_whole_list(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京小巨人", said))
    assert known["foreign_trade"] == "yes"
    assert {known[s] for s in ("buys_computing", "genai_filed", "first_recognition", "pilot_platform")} == {"no"}


def test_who_does_not_say_which_applies_denies_nothing(visitor: Visitor) -> None:
    assert "no" not in profile(visitor.says("南京小巨人", "有一个是跟大学合办的，其余没有")).values()


def test_what_comes_later_than_a_typed_fact_is_heard_as_well(visitor: Visitor) -> None:
    known = profile(visitor.says("南京小巨人", "有出口", "买算力", "有笔贷款要到期", "头一回评的"))
    said = ("foreign_trade", "buys_computing", "needs_refinancing", "first_recognition")
    assert {known[slot] for slot in said} == {"yes"}


@pytest.mark.parametrize(
    ("asked", "slot"), [("大模型备案那20万有我们的份吗", "genai_filed"), ("算力券能领吗", "buys_computing")]
)
def test_what_was_only_passed_over_is_asked_where_it_matters(visitor: Visitor, asked: str, slot: str) -> None:
    reply = visitor.says("南京小巨人", "有出口", asked)
    assert reply.question is not None and reply.question.slot == slot
    assert "不符合" not in reply.text


def test_putting_the_district_right_answers_no_question(visitor: Visitor) -> None:
    known = profile(visitor.says("镇江的小巨人 首次", "润州", "不对 是在句容"))
    assert known["district"] == "句容市"
    assert "first_set_product" not in known


@pytest.mark.parametrize("said", ["市区", "我们在市区", "城区的"])
def test_the_town_is_noted_while_something_else_is_asked(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("镇江 小巨人", said))["district"] == "市区"


# Questions, suppositions and others' facts.


@pytest.mark.parametrize("said", ["国企欠我们的", "有家央企拖着货款不给", "向国企催款催不动", "外企欠我们一百万"])
def test_who_owes_is_not_what_the_firm_is(visitor: Visitor, said: str) -> None:
    assert "ownership" not in profile(visitor.says("欠款收不回来怎么办 南京", said))


@pytest.mark.parametrize("said", ["我们是国企 私企欠我们钱", "我们国企欠银行的贷款到期了"])
def test_what_the_firm_is_stays_beside_a_debt(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said))["ownership"] == "state"


def test_the_parent_company_is_another_firm(visitor: Visitor) -> None:
    known = profile(visitor.says("我们公司在扬州", "我们的母公司在南京", "母公司是小巨人"))
    assert known == {"city": "other"}


@pytest.mark.parametrize("said", ["南京小巨人200万?", "盐城省专有奖？", "镇江单项冠军?"])
def test_a_title_that_is_asked_of_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


def test_a_question_mark_ends_only_its_own_clause(visitor: Visitor) -> None:
    known = profile(visitor.say("我们是南京的省专，算力券能领吗？民营的"))
    assert (known["tiers"], known["ownership"]) == (("provincial",), "private")


@pytest.mark.parametrize(
    "said",
    ["大型企业也能拿吗", "国企行不行", "小巨人可以吗", "不是专精特新能申请吗", "复核的有没有", "评了小巨人有什么好处"],
)
def test_whether_another_kind_may_changes_nothing_that_is_known(visitor: Visitor, said: str) -> None:
    before = profile(visitor.say("我们南京的省专 民营 中型企业"))
    assert profile(visitor.say(said)) == before


@pytest.mark.parametrize("said", ["我们是国企，能拿吗", "我们大型企业能拿吗"])
def test_whether_we_may_tells_what_we_are(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("转贷基金 南京", said))
    assert known.get("ownership") == "state" or known.get("size") == "large"


def test_a_title_still_to_come_is_not_held(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.say("我们后年才能评上省专 那会儿还有这些吗 南京"))


@pytest.mark.parametrize("said", ["我们今年才评上小巨人 南京", "南京 小巨人去年才评上"])
def test_a_title_that_came_late_is_held(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said))["tiers"] == ("little_giant",)


@pytest.mark.parametrize("said", ["扬中可以吗", "句容也能拿吗", "丹阳呢"])
def test_a_district_that_is_asked_of_is_not_the_firms(visitor: Visitor, said: str) -> None:
    assert "district" not in profile(visitor.says("镇江小巨人奖有多少", said))


@pytest.mark.parametrize(("said", "status"), [("句容也能拿吗", "ineligible"), ("丹徒的行不行", "undetermined")])
def test_what_is_asked_of_a_district_is_answered_for_it(visitor: Visitor, said: str, status: str) -> None:
    reply = visitor.says("镇江小巨人奖有多少", said)
    assert ("现在不符合" in reply.text) == (status == "ineligible")
    assert "不会记成您的" in reply.text


@pytest.mark.parametrize(
    "said", ["淮安一年想培育多少家创新型企业", "盐城打算建多大的小巨人库", "镇江想培养单项冠军吗？"]
)
def test_what_a_city_wishes_is_no_wish_of_a_firm(visitor: Visitor, said: str) -> None:
    assert not {"tiers", "size"} & set(profile(visitor.say(said)))


def test_a_document_that_is_looked_up_moves_nobody(visitor: Visitor) -> None:
    reply = visitor.says("淮安文号")
    assert reply.profile["city"].source == "inferred"
    assert profile(visitor.says("我们在盐城", "连云港文号"))["city"] == "yancheng"


# The word for all of them.


@pytest.mark.parametrize("said", ["帮领导打听下专精特新企业在盐城有啥政策", "请教一下专精特新企业在淮安有哪些支持"])
def test_the_word_for_all_titles_says_no_level(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


def test_asking_for_the_awards_of_all_titles_leaves_none_out(visitor: Visitor) -> None:
    reply = visitor.say("领导让我打听南京专精特新有哪些奖励")
    assert "300万元" in reply.text and "没有列进来" not in reply.text


def test_a_title_in_the_name_of_a_thing_is_not_held(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.say("盐城 专精特新 培育库是什么"))


# What is said in the briefest way.


@pytest.mark.parametrize(
    ("said", "city", "tier"),
    [
        ("盐城小巨人 想参展", "yancheng", "little_giant"),
        ("连云港省专 打算上市", "lianyungang", "provincial"),
        ("淮安省专想要贷款", "huaian", "provincial"),
        ("南京创新型 想租算力", "nanjing", "innovative"),
        ("镇江小巨人企业想引进人才", "zhenjiang", "little_giant"),
        ("南京小巨人 有博士要租房", "nanjing", "little_giant"),
    ],
)
def test_a_title_is_held_by_whoever_wishes_for_something(visitor: Visitor, said: str, city: str, tier: str) -> None:
    known = profile(visitor.say(said))
    assert (known["city"], known["tiers"]) == (city, (tier,))


def test_a_wish_is_answered_at_once(visitor: Visitor) -> None:
    assert statuses(visitor.say("南京省专 打算租gpu"))[VOUCHER] == "eligible"


@pytest.mark.parametrize("said", ["小巨人 数字化 几级", "南京小巨人 想问问奖多少", "南京 省专 名单"])
def test_what_is_only_looked_up_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


def test_a_factory_told_by_its_size_is_interviewed(visitor: Visitor) -> None:
    reply = visitor.say("六合的厂 四十个人 一年两千万 做模具")
    assert profile(reply)["size"] == "small"
    assert not reply.abstained


def test_who_is_registered_with_customs_trades(visitor: Visitor) -> None:
    reply = visitor.says("我们南京省专能办AEO吗", "刚登记了海关", "还没出过口")
    assert statuses(reply)[TRADE] == "eligible"


def test_a_no_to_something_else_denies_no_title(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.says("AEO我们能办吗 南京", "还没出过口"))


def test_an_answer_in_other_words_is_taken(visitor: Visitor) -> None:
    reply = visitor.says("服务平台那个奖 南京", "我们今年被评国家中小企业公共服务示范平台")
    assert statuses(reply)["nanjing-service-platform-award"] == "eligible"


def test_other_titles_denied_in_one_word_are_none(visitor: Visitor) -> None:
    known = profile(visitor.say("高企证书有 其他称号一律没有 南京的 大模型备案已通过"))
    assert (known["tiers"], known["genai_filed"]) == (("none",), "yes")


# Two titles.


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("南京的小巨人", "单项冠军今年也拿到了"),
        ("南京的单项冠军", "小巨人我们也是"),
        ("南京小巨人", "我们刚评上单项冠军"),
    ],
)
def test_a_champion_may_be_a_little_giant_too(visitor: Visitor, first: str, then: str) -> None:
    assert set(profile(visitor.says(first, then))["tiers"]) == {"little_giant", "champion"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("first", "then", "held"),
    [
        ("南京的单项冠军", "说错了，是小巨人", "little_giant"),
        ("南京的小巨人", "不是小巨人，是单项冠军", "champion"),
        ("南京的省专", "现在评上小巨人了", "little_giant"),
    ],
)
def test_a_title_put_in_place_of_another_stands_alone(visitor: Visitor, first: str, then: str, held: str) -> None:
    assert profile(visitor.says(first, then))["tiers"] == (held,)


# A place that is taken back.


@pytest.mark.parametrize("said", ["还想问常州…不是，江苏的股权交易中心专精特新板", "无锡 不对，职称自主评审"])
def test_a_place_taken_back_at_once_is_not_asked_of(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们在南京 民营 省专", said)
    assert not reply.abstained
    assert profile(reply)["city"] == "nanjing"


def test_the_city_after_one_that_is_taken_back_counts(visitor: Visitor) -> None:
    assert profile(visitor.say("我们在苏州，不对，在镇江 小巨人"))["city"] == "zhenjiang"


# A question that waits.


def test_who_asks_something_else_a_fourth_time_is_answered_and_asked_no_more(visitor: Visitor) -> None:
    reply = visitor.says("镇江省专", "补多少", "县里给还是市里给", "有展会吗", "镇江展览会")
    assert "先放着" not in reply.text and "博览会" in reply.text
    assert reply.question is None


# What is no answer to the question that waits.


@pytest.mark.parametrize(
    ("asked", "said", "slot", "value"),
    [
        ("南京省专 中试平台", "我们不主导，只是参与", "pilot_platform", "yes"),
        ("南京省专 中试平台", "不是自建，是跟大学共建", "pilot_platform", "yes"),
        ("南京省专 算力券", "不是买服务器，是租的算力", "buys_computing", "yes"),
        ("南京省专 算力券", "不是我们用，是客户用", "buys_computing", "no"),
        ("南京省专 算力券", "不买，就是问问", "buys_computing", "no"),
        ("南京省专 中试平台", "没参与，就是想了解", "pilot_platform", "no"),
        ("南京省专 中试平台", "我们不搞这个，是做软件的", "pilot_platform", None),
    ],
)
def test_what_stands_in_place_of_what_is_denied_is_the_answer(
    visitor: Visitor, asked: str, said: str, slot: str, value: str | None
) -> None:
    assert profile(visitor.says(asked, said)).get(slot) == value


@pytest.mark.parametrize("said", ["为啥没有", "怎么没有面额", "凭什么没有", "为什么不给"])
def test_why_there_is_none_is_no_answer(visitor: Visitor, said: str) -> None:
    assert "buys_computing" not in profile(visitor.says("南京省专 算力券", said))


@pytest.mark.parametrize("said", ["头一次评上的", "是第一次认定", "复核通过的"])
def test_when_a_title_came_answers_no_question_about_something_else(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江 小巨人", "丹阳", said)
    assert "first_recognition" in reply.profile
    told = reply.profile.get("first_set_product")
    assert told is None or (told.source, told.value) == ("inferred", "no")


@pytest.mark.parametrize("said", ["中试平台打算参与", "攻关我们还没参与"])
def test_what_is_said_of_another_thing_says_nothing_of_standards(visitor: Visitor, said: str) -> None:
    assert "leads_standard" not in profile(visitor.says("南京省专 标准奖励", said))


def test_a_standard_of_a_lower_level_says_nothing_of_a_higher_one(visitor: Visitor) -> None:
    assert "leads_standard" not in profile(visitor.say("南京省专 我们起草过团体标准"))
    assert profile(visitor.say("我们只参与过团标"))["leads_standard"] == "none"


# What expires.


@pytest.mark.parametrize(
    "said",
    ["南京小巨人证书年底到期", "南京省专，租约下个月到期", "我们南京的单项冠军到明年底到期", "aeo年底到期 南京省专"],
)
def test_a_title_or_a_contract_that_expires_is_no_loan(visitor: Visitor, said: str) -> None:
    assert "needs_refinancing" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    "said", ["南京省专 贷款年底到期", "南京省专，有笔钱下个月到期", "小巨人，银行那边合同月底到期 南京"]
)
def test_a_loan_that_expires_is_one(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said))["needs_refinancing"] == "yes"


# Questions about others, beside an open question.


@pytest.mark.parametrize("said", ["那小型呢", "那国企呢", "那小巨人呢"])
def test_what_is_asked_of_another_kind_is_not_noted(visitor: Visitor, said: str) -> None:
    before = profile(visitor.say("算力券 南京"))
    assert profile(visitor.say(said)) == before


def test_a_title_asked_of_in_another_city_is_not_held(visitor: Visitor) -> None:
    reply = visitor.says("南京技改补助门槛降多少", "镇江单项冠军可以吗")
    assert "tiers" not in profile(reply)
    assert "改好了" not in reply.text


def test_the_city_of_a_question_is_not_told_as_noted(visitor: Visitor) -> None:
    assert "记下了" not in visitor.says("南京和盐城的AEO有什么区别", "盐城现在能用吗").text


def test_a_branch_office_is_not_the_firm(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.says("我们在苏州", "那分公司是小巨人"))
    assert profile(visitor.say("我们是分公司，在南京，省专"))["tiers"] == ("provincial",)


def test_who_works_with_others_goes_on_to_speak_of_himself(visitor: Visitor) -> None:
    known = profile(visitor.say("我们和东南大学合作，盐城的省专，想建实验室"))
    assert (known["city"], known["tiers"]) == ("yancheng", ("provincial",))
    assert "tiers" not in profile(Visitor(visitor._assistant).say("我们和小巨人企业合作 南京"))


# Two titles, each new or not.


def test_what_is_new_of_one_title_says_nothing_of_another(visitor: Visitor) -> None:
    visitor.says("南京小巨人 复核通过的", "我们单项冠军是首次")
    assert statuses(visitor.say("单项冠军300万能拿吗"))[CHAMPION] == "eligible"
    assert statuses(visitor.say("小巨人奖励我们能拿吗"))[GIANT] == "undetermined"
    assert statuses(visitor.say("不是首次"))[GIANT] == "ineligible"
    assert statuses(visitor.say("单项冠军300万能拿吗"))[CHAMPION] != "eligible"


def test_a_title_that_comes_on_top_is_not_new_because_the_other_was(visitor: Visitor) -> None:
    visitor.says("南京的单项冠军 首次", "小巨人我们也是")
    assert statuses(visitor.say("小巨人奖励我们能拿吗"))[GIANT] == "undetermined"
    assert statuses(visitor.say("是首次"))[GIANT] == "eligible"
    assert statuses(visitor.say("单项冠军奖励我们能拿吗"))[CHAMPION] == "eligible"


def test_two_titles_that_are_both_new_are_both_new(visitor: Visitor) -> None:
    visitor.say("南京 单项冠军和小巨人都是首次")
    assert statuses(visitor.say("单项冠军奖励我们能拿吗"))[CHAMPION] == "eligible"
    assert statuses(visitor.say("小巨人奖励我们能拿吗"))[GIANT] == "eligible"


# Said facts that are kept.


@pytest.mark.parametrize(
    ("said", "tier", "first"),
    [
        ("盐城 首次小巨人", "little_giant", "yes"),
        ("浦口的首次单项冠军，多少钱", "champion", "yes"),
        ("第一次认定小巨人 镇江京口", "little_giant", "yes"),
        ("我们不是第一次评单项冠军 南京", "champion", "no"),
    ],
)
def test_whether_a_title_is_new_is_heard_before_it_as_well(visitor: Visitor, said: str, tier: str, first: str) -> None:
    known = profile(visitor.say(said))
    assert (known["tiers"], known["first_recognition"]) == ((tier,), first)


@pytest.mark.parametrize("said", ["首次小巨人奖多少 南京", "首次单项冠军给多少"])
def test_a_first_title_whose_award_is_asked_of_is_not_held(visitor: Visitor, said: str) -> None:
    assert "first_recognition" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ("订单班 南京 小巨人", "little_giant"),
        ("首版次 南京 创新型", "innovative"),
        ("专利保护 南京 省专", "provincial"),
        ("南京 省专 消防老来检查", "provincial"),
    ],
)
def test_a_title_that_stands_apart_from_a_topic_is_held(visitor: Visitor, said: str, tier: str) -> None:
    assert profile(visitor.say(said))["tiers"] == (tier,)


@pytest.mark.parametrize("said", ["镇江 小巨人 目标", "盐城 单项冠军 家数", "镇江 小巨人 30万", "淮安 小巨人 多少家"])
def test_a_title_of_which_something_is_looked_up_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


def test_filing_is_heard_and_filing_under_way_is_not_done(visitor: Visitor) -> None:
    assert profile(visitor.says("备案奖励 南京", "我们小巨人备案了"))["genai_filed"] == "yes"
    assert profile(visitor.says("大模型备案奖励 南京省专", "正在备案"))["genai_filed"] == "no"
    assert "genai_filed" not in profile(Visitor(visitor._assistant).say("南京省专 技改项目备案了"))


@pytest.mark.parametrize("said", ["我们啥都没有，刚注册 淮安", "南京 什么都没有 刚开张"])
def test_who_has_nothing_at_all_has_no_title(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said))["tiers"] == ("none",)


def test_nothing_of_a_list_denies_the_list_and_no_title(visitor: Visitor) -> None:
    known = profile(visitor.says("南京小巨人", "啥都没有"))
    assert (known["tiers"], known["foreign_trade"]) == (("little_giant",), "no")
