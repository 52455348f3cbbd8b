"""What is noted of the enterprise: a word counts for it only where its clause speaks of the enterprise and of that."""

import pytest

from tests.chains.visitor import Visitor, noted, profile, statuses

# Whom the firm deals with.


@pytest.mark.parametrize(
    "said",
    [
        "想给本地的国企供货，有什么门路",
        "打算进央企的供应链，淮安",
        "我们和国有银行有笔贷款，南京省专",
        "外资银行给的利率高，盐城省专",
        "给大型企业做代工，镇江小巨人",
        "我们厂房租在国企园区，南京省专",
        "政府国资基金看上我们了，淮安省专",
        "央企出的难题能去揭吗，我们是南京的省专",
        "老板从前在外企上班，厂子在盐城",
        "货卖给外资企业，连云港小巨人",
    ],
)
def test_what_another_is_says_nothing_of_the_firm(said: str) -> None:
    assert not noted(said).keys() & {"ownership", "size"}


@pytest.mark.parametrize(
    ("said", "owned"),
    [
        ("我们是国企，客户是民企", "state"),
        ("和国企一块攻关，我们民营，南京", "private"),
        ("大股东是国企，南京省专", "state"),
        ("我们是民营的，跟外企做生意", "private"),
        ("从国企改制成民营了，镇江", "private"),
        ("中外合资的厂，盐城", "foreign"),
        ("做进出口的民营小厂，淮安", "private"),
    ],
)
def test_what_the_firm_is_counts_beside_others(said: str, owned: str) -> None:
    assert noted(said)["ownership"] == owned


@pytest.mark.parametrize("said", ["供应商都是外企，盐城的省专", "和国企合作开发，盐城，省专"])
def test_after_whom_it_deals_with_a_firm_speaks_of_itself(said: str) -> None:
    assert noted(said) == {"city": "yancheng", "tiers": ("provincial",)}


@pytest.mark.parametrize(
    "said", ["银行就是不肯批贷款，镇江", "怎么也拿不到贷款，淮安省专", "没有哪家银行愿意贷款，盐城"]
)
def test_a_loan_that_is_refused_is_not_a_loan_that_is_not_there(said: str) -> None:
    assert "needs_refinancing" not in noted(said)


@pytest.mark.parametrize(("said", "due"), [("没有贷款要还", "no"), ("月底到期的贷款银行不肯续", "yes")])
def test_a_loan_that_is_there_or_not_is_noted(said: str, due: str) -> None:
    assert noted(f"我们{said}，南京省专")["needs_refinancing"] == due


# What was the first time, what is only called so, what is hoped for.


@pytest.mark.parametrize(
    "said", ["市监局来开罚单，头一回，镇江", "镇江小巨人，安监查出毛病，第一次", "甲方赖账，头一次，我们是淮安省专"]
)
def test_another_first_time_is_no_first_award(said: str) -> None:
    assert "first_recognition" not in noted(said)


@pytest.mark.parametrize("said", ["小巨人，民营，80人，首次", "第一次，南京小巨人", "单项冠军前几天公示了，头一次"])
def test_a_bare_first_beside_a_title_is_of_the_title(said: str) -> None:
    assert noted(said)["first_recognition"] == "yes"


@pytest.mark.parametrize(
    "said",
    [
        "我们公司叫小巨人机械，南京",
        "南京小巨人电子有限公司",
        "今年在评国家级小巨人，南京",
        "公司才开一年，能评创新型吗",
    ],
)
def test_a_name_or_a_title_on_its_way_is_no_title(said: str) -> None:
    assert "tiers" not in noted(said)


@pytest.mark.parametrize("said", ["我们想出口到越南，南京", "想找国外客户，盐城省专"])
def test_exports_hoped_for_are_no_exports(said: str) -> None:
    assert "foreign_trade" not in noted(said)


# What is said though it is asked.


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("南京小巨人能放宽门槛吗", "little_giant"),
        ("淮安的省专走得通吗", "provincial"),
        ("盐城省专能进培育库吗", "provincial"),
        ("镇江单项冠军用得上吗", "champion"),
    ],
)
def test_who_asks_whether_a_firm_of_a_city_may_is_one(said: str, title: str) -> None:
    assert noted(said)["tiers"] == (title,)


def test_what_is_asked_without_is_not_there(visitor: Visitor) -> None:
    reply = visitor.say("没有进出口权能办aeo吗，南京的省专")
    assert profile(reply)["foreign_trade"] == "no"
    assert set(statuses(reply).values()) == {"ineligible"}


@pytest.mark.parametrize(
    "said",
    [
        "什么专精特新牌子都没有",
        "啥专精特新资质都没评过",
        "什么小巨人的称号都没有",
        "没什么资质",
        "牌子一块没有",
    ],
)
def test_no_title_whatever_is_none(said: str) -> None:
    assert noted(f"{said}，南京")["tiers"] == ("none",)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("我们首批次材料想投保，连云港", "yes"),
        ("产品属于首台套，镇江", "yes"),
        ("这台设备是首台套没错", "yes"),
        ("我们的产品不是首台套", "no"),
        ("我们这台算首台套吗", None),
        ("想报首台套认定，镇江", None),
    ],
)
def test_a_first_set_is_had_in_other_words(said: str, held: str | None) -> None:
    assert noted(said).get("first_set_product") == held


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("写软件的，南京雨花", "雨花台区"),
        ("南京江北的，省专", "江北新区"),
        ("雨花石卖得好，南京", None),
        ("我们盐都那边的", "盐都区"),
    ],
)
def test_a_district_is_known_by_what_people_call_it(said: str, district: str | None) -> None:
    assert noted(said).get("district") == district


def test_a_city_and_district_that_are_asked_of_are_where_the_firm_is(visitor: Visitor) -> None:
    assert profile(visitor.say("盐城亭湖的能进绿色工厂库吗"))["district"] == "亭湖区"


def test_a_district_alone_is_asked_of_whoever_is_there(visitor: Visitor) -> None:
    assert "district" not in profile(visitor.say("丹阳可以吗"))


# How far a denial reaches.


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("南京小巨人，承担了国家关键核心技术攻关任务。国标国际标准都没参与过", "key_technology_project"),
        ("南京省专，有出口，标准没参与过", "foreign_trade"),
        ("南京省专，中试平台参与建了，职称没评过", "pilot_platform"),
    ],
)
def test_a_denial_of_another_thing_takes_nothing_back(said: str, slot: str) -> None:
    assert noted(said)[slot] == "yes"


def test_a_denial_without_another_thing_does() -> None:
    assert noted("南京省专，攻关任务承担过国家的，后来没参与了")["key_technology_project"] == "no"


@pytest.mark.parametrize("said", ["小巨人是首次的，单项冠军不是首次", "单项冠军是复核的，小巨人第一次"])
def test_a_first_of_one_title_is_of_that_title_alone(visitor: Visitor, said: str) -> None:
    reply = visitor.say(f"南京，我们{said}")
    found = statuses(reply)
    assert found["nanjing-little-giant-award"] == "eligible"
    assert found["nanjing-champion-award"] == "ineligible"


# What is only supposed, still to come, put right in the same breath, or told by what was done.


@pytest.mark.parametrize(
    "said",
    [
        "我们好像评了个省专，在南京，算力券能领吗",
        "南京的，可能是小巨人，技改门槛能放宽吗",
        "我们是专精特新，什么级别搞不清楚，南京，转贷基金能用吗",
        "南京的博士房补，公司大概是省专吧",
        "淮安，应该算是省专吧，担保费怎么收",
        "我们是省专还是国专记不清了，在镇江",
        "南京的，听说我们算专精特新了，还没看到公告，白名单能进吗",
    ],
)
def test_a_title_of_which_one_is_not_sure_is_asked(said: str) -> None:
    assert "tiers" not in noted(said)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("我们好像是省专吧，应该没错，在南京", ("provincial",)),
        ("不对，应该是省专，南京的", ("provincial",)),
        ("我们是省专，今年大概能收五千万", ("provincial",)),
        ("淮安的，手上只有创新型的牌子，省专年底才报", ("innovative",)),
        ("目前才是创新型中小企业，省级那个在报，还没批，淮安", ("innovative",)),
        ("创新型有了，省专下半年准备冲，盐城", ("innovative",)),
        ("淮安的，省专年底批下来的", ("provincial",)),
        ("南京，小巨人去年5月才拿的", ("little_giant",)),
        ("厂子在溧水，去年底评的省专精特新，南京的", ("provincial",)),
        ("明年要上一条大线，技改补助的门槛能松一松不，我们南京的国家单项冠军", ("champion",)),
        ("明年评上小巨人的话门槛能放宽吗，我们是南京的省专", ("provincial",)),
        ("母公司是小巨人，我们这家子公司单独注册在南京江宁，自己啥称号没有", ("none",)),
    ],
)
def test_the_title_held_today_is_noted(said: str, held: tuple[str, ...]) -> None:
    assert noted(said)["tiers"] == held


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("国家派的关键技术攻关我们扛了一个，在南京", "key_technology_project", "yes"),
        ("南京省专，国家的核心技术攻关落到我们头上一项", "key_technology_project", "yes"),
        ("国家的一个关键核心技术攻关任务，任务书盖的是我们的章", "key_technology_project", "yes"),
        ("省里的关键技术攻关任务，任务书盖的是我们的章", "key_technology_project", "no"),
        ("攻关资助一千万那个，我们承担的是市里的科技计划，南京小巨人", "key_technology_project", "no"),
        ("国家的攻关任务轮不到我们，南京省专", "key_technology_project", "no"),
        ("大模型备案还没过，哦不对，上周过了，南京省专", "genai_filed", "yes"),
        ("南京省专，大模型备案没批，啊不是，上个月批了", "genai_filed", "yes"),
        ("大模型备案已经过了，不对，那是算法备案，大模型的还在审，南京省专", "genai_filed", "no"),
        ("南京省专，算力我们没租，说错了，今年开始租了", "buys_computing", "yes"),
        ("我们今年新拿了国家中小企业公共服务示范平台的牌子，南京", "service_platform", "yes"),
        ("南京的，拿了省级公共服务示范平台的牌子", "service_platform", "no"),
        ("盐城省专，我们产品只在国内卖", "foreign_trade", "no"),
        ("镇江小巨人，我们全卖国内", "foreign_trade", "no"),
        ("有笔流贷下月十五到期，南京的，那个不要钱的过桥能用吗", "needs_refinancing", "yes"),
    ],
)
def test_what_is_done_put_right_or_of_a_lower_level_is_heard(said: str, slot: str, value: str) -> None:
    assert noted(said)[slot] == value


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("南京的省专，承担国家关键核心技术攻关任务给多少钱", "key_technology_project"),
        ("国家攻关任务我们能扛一个吗，南京省专", "key_technology_project"),
        ("镇江省专，国内生意不好做，想出口", "foreign_trade"),
        ("我们不只做国内生意，镇江省专", "foreign_trade"),
        ("明年要还的贷款有没有人帮忙，我们是南京省专", "buys_computing"),
    ],
)
def test_what_is_only_asked_or_meant_is_not_noted(said: str, slot: str) -> None:
    assert slot not in noted(said)


def test_a_task_of_ones_own_answers_the_question_of_the_state(visitor: Visitor) -> None:
    visitor.say("听说攻关给一千万，我们南京省专，够不够")
    assert profile(visitor.say("国家的任务没接过，都是自己立项"))["key_technology_project"] == "no"


@pytest.mark.parametrize(
    "said", ["盐城专精特新 培育库怎么进", "南京，评上小巨人给多少钱", "评上单项冠军有啥奖励，镇江"]
)
def test_a_title_that_only_names_what_is_asked_for_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("我们是南京专精特新 政策有哪些", "provincial"),
        ("我们去年评上小巨人给多少，南京", "little_giant"),
        ("南京省专 能申请啥", "provincial"),
    ],
)
def test_a_title_that_the_firm_is_said_to_have_is_held(visitor: Visitor, said: str, title: str) -> None:
    assert profile(visitor.say(said))["tiers"] == (title,)


@pytest.mark.parametrize("said", ["南京的省专 还没评上呢", "省专，还没评上呢"])
def test_a_title_that_is_said_in_the_next_breath_not_to_be_held_is_not(said: str) -> None:
    assert noted(said)["tiers"] == ("none",)


def test_whether_something_is_so_denies_nothing() -> None:
    assert noted("这个券是不是专精特新都发 我们江宁做门窗五金的省专 电脑都没几台")["tiers"] == ("provincial",)


def test_a_firm_shared_with_ones_family_is_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("转贷基金我们够得上不", "南京，省专", "有贷款要到期", "就我跟我老婆的 纯私人")
    assert statuses(reply)["nanjing-refinancing-fund"] == "eligible"
    assert "不会记成您的" in visitor.says("重新开始", "我老婆的厂是小巨人，在南京，能拿100万吗").text


def test_another_title_is_asked_on_of_a_count(visitor: Visitor) -> None:
    reply = visitor.says("淮安省级专精特新目标多少家", "再问一个，单项冠军")
    assert "4家" in reply.text and "tiers" not in profile(reply)
