"""What is noted as a fact, and what an answer to an open question means."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

ON_THE_LIST = ("buys_computing", "genai_filed", "pilot_platform", "service_platform", "key_technology_project")


# One thing that is said while a list stands open.


@pytest.mark.parametrize("said", ["报关单位登记过的", "欠银行的款明年四月到期", "我们货卖到东南亚", "每个月出口几个柜"])
def test_one_thing_that_is_said_ticks_no_list(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，私企", said)
    assert "yes" in profile(reply).values()
    assert not [slot for slot in ON_THE_LIST if slot in profile(reply)]
    assert reply.question is not None and reply.question.slot == "checklist"


@pytest.mark.parametrize("said", ["货卖到东南亚，别的没有", "就有外贸这一样", "有出口，算力也租"])
def test_who_says_so_or_lists_several_has_answered_the_list(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京，省专，私企", said))
    assert known["foreign_trade"] == "yes"
    assert known["pilot_platform"] == "no"


# What is told in free words to the question that waits.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("省里的刚报上去", "还没批下来"),
        ("小巨人材料递上去了", "还没批下来"),
        ("原来是小巨人", "以前有"),
        ("高企", "不在下面这几种里"),
        ("瞪羚企业", "不在下面这几种里"),
    ],
)
def test_a_title_that_is_not_held_is_not_noted_and_what_is_held_is_asked(
    visitor: Visitor, said: str, told: str
) -> None:
    reply = visitor.says("南京的企业能拿什么", said)
    assert "tiers" not in profile(reply)
    assert told in reply.text
    assert reply.question is not None and reply.question.slot == "tiers"


@pytest.mark.parametrize("said", ["省级专精特新刚评下来", "省里的批下来了", "省级，国家级在报"])
def test_a_title_that_is_held_is_noted(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("南京的企业能拿什么", said))["tiers"] == ("provincial",)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("集体的", "other"),
        ("镇办的厂", "other"),
        ("老板个人的", "private"),
        ("我跟朋友合伙办的", "private"),
        ("国资参股，老板占大头", "private"),
        ("政府占大头", "state"),
    ],
)
def test_an_owner_is_known_by_free_words(visitor: Visitor, said: str, value: str) -> None:
    reply = visitor.says("南京，省专，贷款下月到期，转贷能用吗", said)
    assert profile(reply)["ownership"] == value


@pytest.mark.parametrize("said", ["半公半私", "一半国资一半私人", "镇里入股的", "有限责任公司"])
def test_owners_of_several_kinds_are_asked_who_holds_more(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，贷款下月到期，转贷能用吗", said)
    assert "ownership" not in profile(reply)
    assert "占大头" in reply.text


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("食品加工厂，四十来号人，一年营收两千多万，淮安的", "small"),
        ("我们机械厂两百多人，营收五六千万，在南京", "small"),
        ("在南京做模具的，几十号人，营收一千来万", "small"),
        ("南京电子厂，五百多人，营收两三个亿", "medium"),
    ],
)
def test_a_size_is_known_by_round_numbers(visitor: Visitor, said: str, size: str) -> None:
    assert profile(visitor.say(said))["size"] == size


@pytest.mark.parametrize("said", ["我们软件企业，十来个人，营收两三百万，在南京", "南京纺织厂，员工几百号，营收几千万"])
def test_a_round_number_that_could_be_of_two_sizes_tells_none(visitor: Visitor, said: str) -> None:
    assert "size" not in profile(visitor.say(said))


def test_small_and_micro_in_one_word_is_enough(visitor: Visitor) -> None:
    reply = visitor.says("南京政府采购价格扣除我们有份吗，省专", "小微企业")
    assert "小微企业" in reply.text
    assert statuses(reply)["nanjing-procurement-discount"] == "eligible"


@pytest.mark.parametrize("said", ["中小型企业", "规上企业"])
def test_a_word_for_several_sizes_is_asked_on(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京政府采购价格扣除我们有份吗，省专", said)
    assert "size" not in profile(reply)
    assert reply.question is not None and reply.question.slot == "size"
