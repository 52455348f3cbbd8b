"""The first message of somebody who never spoke to us: where the firm is, what it holds, and what it asks for."""

import pytest

from chains.language.understanding import understand
from tests.chains.visitor import Visitor, profile, statuses


def told(text: str) -> dict[str, object]:
    return {slot: fact.value for slot, fact in understand(text).facts.items()}


# Of several sites, the firm is where it is registered and pays its taxes.


@pytest.mark.parametrize(
    ("opening", "city", "district"),
    [
        ("我在盐城有个加工点，公司呢注册在南京六合，小巨人，奖金给吗", "nanjing", "六合区"),
        ("仓库放在句容，总部跟车间都在南京栖霞，小巨人头一次评上", "nanjing", "栖霞区"),
        ("两个厂，一个在句容一个在江宁，执照和纳税都在南京", "nanjing", None),
        ("总部和车间在南京六合，扬中那边只有个仓库", "nanjing", "六合区"),
        ("厂房在扬中，执照是镇江京口的，小巨人头回", "zhenjiang", "京口区"),
        ("总部苏州，南京这边是全资子公司，独立法人，省专", "nanjing", None),
        ("玄武区的南京省专，算力券能领不", "nanjing", "玄武区"),
        ("隔壁厂只有省级，南京江宁这边，我们是小巨人，能拿吗", "nanjing", "江宁区"),
        ("总部在上海，南京这边是分公司，小巨人", "other", None),
        ("我们公司注册在淮安，厂在盐城，省专", "huaian", None),
    ],
)
def test_a_firm_is_where_its_seat_is(opening: str, city: str, district: str | None) -> None:
    heard = told(opening)
    assert (heard["city"], heard.get("district")) == (city, district)


# Whose it is.


@pytest.mark.parametrize(
    "opening",
    [
        "小巨人是母公司的，我们子公司是省专，都在南京秦淮",
        "总部南京秦淮，合肥另有个研发分公司。总部这家是省专，白名单能进吗",
        "我们的平台是自己建的，不是参与别人家的，南京秦淮省专",
        "国际国家的标准都没参加过，南京秦淮的专精特新",
    ],
)
def test_what_the_firm_itself_holds_is_heard_beside_others(opening: str) -> None:
    heard = told(opening)
    assert (heard["city"], heard["district"], heard["tiers"]) == ("nanjing", "秦淮区", ("provincial",))


def test_a_standard_denied_takes_no_title_away() -> None:
    assert told("我们有个团标，南京的专精特新，国际国家的标准都没参加过")["tiers"] == ("provincial",)


def test_customers_told_of_as_many_leave_what_follows_to_the_firm() -> None:
    heard = told("南京省专，客户全在国内，从来没做过进出口，也没在海关备过案")
    assert heard["foreign_trade"] == "no"


@pytest.mark.parametrize(
    ("opening", "slot", "value"),
    [
        ("国家关键核心技术攻关，我们公司就是承担单位，南京省专", "key_technology_project", "yes"),
        ("国家关键核心技术攻关，我们是给承担单位做配套的，南京省专", "key_technology_project", None),
        ("隔壁承担了国家关键核心技术攻关，我们接了个任务给他们加工", "key_technology_project", None),
        ("攻关是省里的，不是国家的，南京省专", "key_technology_project", "no"),
        ("中试平台是几家一起弄的，我们是建设方之一，南京省专", "pilot_platform", "yes"),
        ("算力都是自己机房的，没租过也没买过，南京省专", "buys_computing", "no"),
        ("今年被命名为国家中小企业公共服务示范平台，南京的", "service_platform", "yes"),
        ("2019年被命名为国家中小企业公共服务示范平台，南京的", "service_platform", "no"),
        ("算力我们自己买服务器跑，南京省专", "buys_computing", "no"),
        ("我们自己买算力的，南京省专", "buys_computing", "yes"),
        ("贷款还有两年才到期，南京省专", "needs_refinancing", "no"),
        ("大模型是调用别人家的接口，没自己备案，南京省专", "genai_filed", "no"),
        ("首台套装备我们自己去年认上的，厂在海州", "first_set_product", "yes"),
        ("没有进出口权，都是外贸公司代理出去的，南京省专", "foreign_trade", "no"),
        ("国资去年退出了，现在纯民营，南京省专", "ownership", "private"),
        ("还没有专精特新，只是入了创新型，南京", "tiers", ("innovative",)),
    ],
)
def test_what_it_does_is_heard_in_strangers_words(opening: str, slot: str, value: object) -> None:
    assert told(opening).get(slot) == value


# What is asked for.


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [
        (
            "我们南京小巨人，不是首次，复核过的。小巨人奖励还有吗？C类人才呢？",
            {"nanjing-little-giant-award", "nanjing-talent-class-c"},
        ),
        (
            "我们是南京的单项冠军，头回评上。单项冠军奖励、技改放宽门槛能占几样",
            {"nanjing-champion-award", "nanjing-technical-upgrade"},
        ),
        ("我们厂在南京栖霞，头一回上了国家制造业单项冠军的名单，奖励有我们一份吗", {"nanjing-champion-award"}),
    ],
)
def test_an_award_called_by_its_title_is_answered_beside_the_rest(
    visitor: Visitor, opening: str, wanted: set[str]
) -> None:
    reply = visitor.say(opening)
    assert wanted <= statuses(reply).keys()
    assert "还有一些没有列出" not in reply.text


def test_what_an_answer_asks_besides_is_looked_up(visitor: Visitor) -> None:
    reply = visitor.says("南京的，小巨人，今年首次", "民营，下月有笔贷款要过桥，我们也做出口，转贷、AEO两样帮看下")
    assert statuses(reply).keys() >= {"nanjing-refinancing-fund", "nanjing-aeo"}
    assert "还有一些没有列出" not in reply.text


# In a talk: what is named beside does not move the firm, and what is told of it does.


@pytest.mark.parametrize(
    ("talk", "city"),
    [
        (("盐城小巨人奖多少", "南京的跟我有啥关系"), "yancheng"),
        (("盐城小巨人奖多少", "南京的跟我有啥关系", "我盐城的啊大哥"), "yancheng"),
        (("扬州的公司，但是在镇江有个分厂", "分厂在镇江注册的，独立法人，是小巨人"), "zhenjiang"),
        (("我公司在苏州，有啥补贴", "我们在淮安还有个子公司，是专精特新"), "huaian"),
        (("我们是小巨人，前年在无锡评的，后来搬过来", "搬到南京来的，在栖霞"), "nanjing"),
    ],
)
def test_the_firm_stays_where_it_is_said_to_be(visitor: Visitor, talk: tuple[str, ...], city: str) -> None:
    assert profile(visitor.says(*talk))["city"] == city


def test_what_is_asked_for_a_title_takes_it_from_nobody(visitor: Visitor) -> None:
    reply = visitor.says("盐城的，创新型，想建研发中心", "那有没有我们创新型能用的")
    assert profile(reply)["tiers"] == ("innovative",)


def test_what_another_firm_of_ones_own_is_changes_nothing(visitor: Visitor) -> None:
    reply = visitor.says("省专，民营，贷款下个月到期，南京", "国企能用吗 我另一家是国企")
    assert profile(reply)["ownership"] == "private"


def test_what_is_heard_of_a_district_places_nobody(visitor: Visitor) -> None:
    assert "district" not in profile(visitor.says("淮安的 小巨人有奖励吗", "我听说淮安区给钱"))


def test_a_project_of_national_level_is_looked_up_as_what_it_is(visitor: Visitor) -> None:
    reply = visitor.say("南京，我们搞攻关项目的，国家级的，给多少")
    assert set(statuses(reply)) == {"nanjing-key-technology"}
    reply = visitor.say("我说的是关键核心技术攻关 不是小巨人")
    assert "没有记" not in reply.text


def test_who_will_not_forge_is_answered(visitor: Visitor) -> None:
    story = "同学让我写他们公司名字先领着，我说那不是造假嘛，我们南京省专，博士租房补贴能上浮吗"
    assert statuses(visitor.say(story)) == {"nanjing-graduate-rent": "ineligible"}


def test_the_question_is_of_what_was_told_last(visitor: Visitor) -> None:
    reply = visitor.says("镇江单项冠军", "今年第一次，奖金有没有份，快说")
    assert reply.question is not None
    assert reply.question.slot == "district"


@pytest.mark.parametrize(
    "said", ["盐城大丰，光伏支架", "南京浦口 软件外包", "镇江，汽配", "盐城阜宁，环保滤料，四十人", "镇江丹阳眼镜片"]
)
def test_a_place_and_what_is_made_there_open_with_what_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "overview" and "city" in profile(reply)


@pytest.mark.parametrize("said", ["盐城 人才", "南京 租房补贴", "淮安，担保费", "南京 微电网", "连云港，数字化改造"])
def test_a_place_and_what_is_wished_there_open_with_that(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "information"
