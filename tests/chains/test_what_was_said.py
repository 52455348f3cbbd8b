"""What was said of the firm is held of it, all of it, and nothing else: no silence, no question, nobody else's fact."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

GIANT, CHAMPION, VOUCHER = "nanjing-little-giant-award", "nanjing-champion-award", "nanjing-computing-voucher"
TRADE, FILING = "nanjing-aeo", "nanjing-genai-filing-award"


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


# A place that is taken back.


@pytest.mark.parametrize("said", ["还想问常州…不是，江苏的股权交易中心专精特新板", "无锡 不对，职称自主评审"])
def test_a_place_taken_back_at_once_is_not_asked_of(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们在南京 民营 省专", said)
    assert not reply.abstained
    assert profile(reply)["city"] == "nanjing"


def test_the_city_after_one_that_is_taken_back_counts(visitor: Visitor) -> None:
    assert profile(visitor.say("我们在苏州，不对，在镇江 小巨人"))["city"] == "zhenjiang"


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


@pytest.mark.parametrize("said", ["刚才说错了 我们不是南京的", "我们不在南京"])
def test_a_city_that_is_denied_is_asked_for_anew(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们是南京的 省专", "能申请啥", said)
    assert "原来记的城市不算了" in reply.text
    assert "city" not in profile(reply)
    assert reply.question is not None and reply.question.slot == "city"


def test_a_city_that_is_denied_before_any_was_told_changes_nothing(visitor: Visitor) -> None:
    assert "不算了" not in visitor.say("我们不是南京的，有什么补贴").text


# Gaps and conditions once.


def test_what_is_left_open_is_said_in_one_line(visitor: Visitor) -> None:
    text = visitor.say("镇江句容，头一回被环保查，说要罚，怎么办").text
    assert text.count("文件没有写：") == 1


def test_of_several_things_that_leave_it_unsaid_no_more_is_told_than_what_they_are(visitor: Visitor) -> None:
    text = visitor.says("盐城，省专，利息能贴吗", "省专证书到期了，这几样还给用吗").text
    assert text.count("要满足") == 0


def test_a_condition_that_is_known_to_be_met_is_no_demand(visitor: Visitor) -> None:
    text = visitor.says("盐城，省专，能申请什么", "设备担是什么").text
    assert "您符合：是专精特新中小企业" in text and "要满足" not in text
    assert "要满足" in visitor.say("设备担的条件是什么").text


def test_a_rate_asked_after_a_rate_is_of_that(visitor: Visitor) -> None:
    text = visitor.says("淮安担保费率多少", "能不能给我们降到0.6%").text
    assert "不高于1%" in text and "没有找到" not in text
