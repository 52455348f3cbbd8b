"""Voice messages that tell a story: which clause speaks of one's own firm and of now, which of others or the past."""

import pytest

from chains.language.understanding import understand
from tests.chains.visitor import Visitor, profile, statuses

GIANT, CHAMPION = "nanjing-little-giant-award", "nanjing-champion-award"


def told(text: str) -> dict[str, object]:
    return {slot: fact.value for slot, fact in understand(text).facts.items()}


# Another's firm.


@pytest.mark.parametrize(
    "story",
    [
        "我们南京六合做阀门的省专，我堂哥的厂人家去年评上小巨人了，天天跟我显摆，我们能拿那个奖励吗",
        "我们南京六合做阀门的省专，同一栋楼里还有一家单项冠军，我们能拿什么奖励",
        "我们南京六合做阀门的省专，有家小巨人也是今年的，不过那是别人家，我们能拿什么奖励",
        "我们老板认识几个小巨人的老板，我们自己是省专，南京六合做阀门的，能拿什么奖励",
        "我们是南京六合做阀门的省专，听别的公司小巨人讲他们自己评职称，我们能不能也自己评",
        "去年想收购常州那家小巨人，没谈成，我们自己还是省专，南京六合做阀门，有什么奖励",
        "老东家是常州的小巨人，我们现在这个是南京六合的省专，做阀门，有什么奖励",
    ],
)
def test_the_titles_and_places_of_another_firm_are_not_noted(story: str) -> None:
    assert told(story) == {"city": "nanjing", "district": "六合区", "tiers": ("provincial",)}


def test_what_another_firm_has_is_not_taken_from_or_given_to_ones_own() -> None:
    story = "我们南京六合的省专，货一大半发到越南，隔壁公司已经是AEO了快得很，我们还没有，能申请吗"
    assert told(story)["foreign_trade"] == "yes"
    bought = "我们在南京建邺做翻译软件，省专，听群里有人说算力券好，他们家每月都买算力，我们能领算力券吗"
    assert "buys_computing" not in told(bought)


def test_the_city_of_anothers_firm_is_not_the_one_asked_about(visitor: Visitor) -> None:
    reply = visitor.say("我们是做齿轮的，今年头一次评上小巨人，扬州那边我舅子的厂说他们有奖，我就问我们能不能拿")
    assert reply.question is not None and reply.question.slot == "city"
    reply = visitor.say("在南京，舅子那个才是扬州")
    assert profile(reply)["city"] == "nanjing"
    assert statuses(reply)[GIANT] == "eligible"


def test_hearsay_of_an_award_gives_no_title(visitor: Visitor) -> None:
    reply = visitor.say("公司在南京鼓楼，做仪表，我们老板在外面开会听说小巨人首次评上有奖励，让我问下我们够不够格")
    assert not {"tiers", "first_recognition"} & profile(reply).keys()
    assert "eligible" not in statuses(reply).values()


# The past, and what is so now.


@pytest.mark.parametrize(
    ("story", "facts"),
    [
        (
            "原先我们是国有控股，前年改制完了现在全是私人股东，南京江宁的省专",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",), "ownership": "private"},
        ),
        (
            "我们公司刚成立那会儿在常州，后来搬到南京江宁，省专",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",)},
        ),
        (
            "我以前在盐城一家小巨人上班，今年跳槽到南京江宁这家公司，这边是省专",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",)},
        ),
        (
            "我们南京江宁的省专，小巨人去年报了没评上",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",)},
        ),
        (
            "母公司是外资的不过我们这边是民营控股，南京江宁，省专",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",), "ownership": "private"},
        ),
    ],
)
def test_what_was_so_once_gives_way_to_what_is_so_now(story: str, facts: dict[str, object]) -> None:
    assert told(story) == facts


def test_where_a_firm_was_before_is_not_where_it_is(visitor: Visitor) -> None:
    reply = visitor.say("我们做衬板的，省专，早年在泰州开过分公司后来关了，中级职称自主评审试点能申请不")
    assert reply.outcome != "other_city"
    assert "city" not in profile(reply)


def test_a_loan_repaid_before_says_nothing_of_one_that_is_not_known() -> None:
    story = "公司南京六合的，民营，省专，以前有笔贷款早还清了，现在有没有要过桥的得问会计，转贷基金我们行不行"
    assert "needs_refinancing" not in told(story)


def test_a_lower_level_held_before_takes_nothing_from_the_higher_one() -> None:
    story = "我们在南京办孵化器，今年头一次评上国家中小企业公共服务示范平台，去年拿的是省级的，这个奖励能拿吗"
    assert told(story)["service_platform"] == "yes"
    assert told("我们有个公共服务示范平台，省级的").get("service_platform") != "yes"


# Answers with a tail.


def test_an_answer_ends_as_people_end_it(visitor: Visitor) -> None:
    reply = visitor.says("南京高淳民营，贷款下个月到期，转贷基金能申请吗", "就创新型那个，省里的还没评上呢")
    assert profile(reply)["tiers"] == ("innovative",)
    assert statuses(reply)["nanjing-refinancing-fund"] == "ineligible"


def test_a_distance_from_the_town_is_no_place_in_town(visitor: Visitor) -> None:
    reply = visitor.says("镇江的，今年首次认定单项冠军，奖励能领吗", "扬中的，离市区还有点路")
    assert profile(reply)["district"] == "扬中市"


# What states nothing.


@pytest.mark.parametrize(
    ("before", "said", "slot"),
    [
        ("镇江丹阳，小巨人", "所以迁到丹徒就有30万？", "district"),
        ("镇江丹阳，小巨人", "那我们把总部迁南京能拿100万不", "city"),
        ("镇江丹阳，小巨人", "那我们搬南京行不行哈哈", "city"),
        ("南京小巨人，奖励能拿吗", "首次，去年7月评的，当时在镇江", "city"),
        ("镇江京口，单项冠军，首次认定", "那就是白搭呗，镇江现在啥都没有", "tiers"),
        ("南京省专", "那意思就是我们啥都没有", "tiers"),
    ],
)
def test_a_what_if_the_past_and_an_opinion_change_nothing(visitor: Visitor, before: str, said: str, slot: str) -> None:
    known = profile(visitor.say(before))[slot]
    assert profile(visitor.say(said))[slot] == known


@pytest.mark.parametrize(
    ("asked", "said", "slot"),
    [
        ("南京省专，AEO能申请吗", "不用了 太虚了", "foreign_trade"),
        ("南京标准奖励能拿吗", "不是标准 人才！", "leads_standard"),
        ("我们南京的小巨人，单项冠军，奖励能拿吗", "我们还没评上 就是问问", "first_recognition"),
    ],
)
def test_what_leaves_a_question_is_no_answer_to_it(visitor: Visitor, asked: str, said: str, slot: str) -> None:
    assert slot not in profile(visitor.says(asked, said))


@pytest.mark.parametrize(
    "asked",
    [
        "南京的小巨人 单项冠军 各奖多少 钱谁发",
        "那我们算民营还是外资",
        "镇江的小巨人资格今年复核没过，之前的30万要不要退",
    ],
)
def test_a_question_states_nothing(asked: str) -> None:
    assert not told(asked).keys() & {"tiers", "ownership", "first_recognition"}


def test_whoever_owes_the_firm_money_is_not_judged(visitor: Visitor) -> None:
    reply = visitor.say("客户欠我们钱两年了，国企，咋办")
    assert "那家企业" not in reply.text


# Two titles and one 首次.


@pytest.mark.parametrize(
    "story",
    [
        "南京，单项冠军今年首次获评，小巨人是2022年评的，两个奖励能拿吗",
        "南京，单项冠军是第一次，小巨人不是，两个奖励能拿吗",
        "南京，单项冠军（今年第一次）+小巨人（去年，已领），奖励能拿吗",
    ],
)
def test_a_first_time_said_of_one_title_is_not_that_of_the_other(visitor: Visitor, story: str) -> None:
    found = statuses(visitor.say(story))
    assert found[CHAMPION] == "eligible"
    assert found[GIANT] in {"undetermined", "ineligible"}


def test_what_was_had_for_a_title_is_not_had_again(visitor: Visitor) -> None:
    found = statuses(visitor.say("南京，去年拿过小巨人的钱了，今年评上单项冠军，还能再拿300万吗"))
    assert (found[CHAMPION], found[GIANT]) == ("undetermined", "ineligible")
    reply = visitor.say("单项冠军是第一次 小巨人不是")
    assert "首次获评（制造业单项冠军）、不是首次获评（国家级小巨人）" in reply.text
    assert (statuses(reply)[CHAMPION], statuses(reply)[GIANT]) == ("eligible", "ineligible")


def test_more_told_of_one_title_leaves_the_other(visitor: Visitor) -> None:
    reply = visitor.says("我们南京的，小巨人和单项冠军都有，奖励能拿吗", "小巨人去年评的 钱拿了")
    assert set(profile(reply)["tiers"]) == {"little_giant", "champion"}  # type: ignore[call-overload]
