"""What answers the question that waits, and what is said beside it."""

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
    assert ("其余几项先按“没有”算" in reply.text) == (len(told) > 1)


def test_the_verdict_after_a_typed_fact_asks_and_does_not_refuse(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的小巨人", "有外贸", "小巨人那100万能领不")
    assert statuses(reply)[GIANT] == "undetermined"
    assert reply.question is not None and reply.question.slot == "first_recognition"


@pytest.mark.parametrize("said", ["有出口，其余没有", "就有出口这一项", "只有出口", "8", "有出口 别的都没有"])
def test_who_says_that_there_is_nothing_else_has_answered_the_whole_list(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京小巨人", said))
    assert known["foreign_trade"] == "yes"
    assert {known[s] for s in ("buys_computing", "genai_filed", "first_recognition", "pilot_platform")} == {"no"}


@pytest.mark.parametrize(
    ("city", "said", "told"),
    [
        ("镇江的 你好", "报人才计划 我们省专 能优先推一推伐", "重点人才计划"),
        ("我们镇江的", "要扩建没地方，专精特新拿地有什么照顾", "土地需求优先供地"),
        ("南京做阀门的", "省级专精特新，出国商务旅行卡好办伐", "APEC"),
    ],
)
def test_what_is_asked_beside_ones_title_is_what_is_told(visitor: Visitor, city: str, said: str, told: str) -> None:
    reply = visitor.says(city, said)
    assert reply.outcome == "verdict" and told in reply.text
    assert len({citation.provision for citation in reply.citations}) == 1


@pytest.mark.parametrize("said", ["省专 有什么照顾", "我们是省专，成立三年了"])
def test_a_title_told_with_no_thing_named_is_told_all_there_is(visitor: Visitor, said: str) -> None:
    assert visitor.says("镇江", said).outcome == "overview"


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
