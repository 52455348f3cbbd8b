"""Places are heard by the names people use, never in everyday words, and a name that two cities have is asked."""

import pytest

from chains.language.places import find_places
from tests.chains.visitor import Visitor, profile


def heard(text: str) -> list[str]:
    return [place.city.name for place, _, _ in find_places(text)]


@pytest.mark.parametrize(
    "text",
    [
        "环保检查会影响水平吗",
        "产品销往例如东南亚",
        "比如东部地区的企业",
        "我们做沿海安全设备",
        "出海门槛高不高",
        "股东台账怎么做",
        "放射阳性检测",
        "发扬中国制造",
        "一句容易懂的话",
        "提高港口效率",
        "长江都市圈",
        "新兴化工企业",
        "创新北斗应用",
        "今年大丰收",
        "五六合一的证照",
    ],
)
def test_an_everyday_word_is_no_place(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("我们在海安", ["南通"]),
        ("响水的厂子", ["盐城"]),
        ("我们如东的", ["南通"]),
        ("厂在东台，做机械", ["盐城"]),
        ("句容那边", ["镇江"]),
        ("广东东海岸", ["广东"]),
        ("在南通通州", ["南通", "南通"]),
        ("徐州铜山的企业", ["徐州", "徐州"]),
        ("我们在江阴，不在昆山", ["无锡", "苏州"]),
        ("南京鼓楼区", ["南京", "南京"]),
        ("徐州的鼓楼", ["徐州", "徐州"]),
        ("我们在鼓楼", []),
    ],
)
def test_a_place_is_heard_in_its_city(text: str, cities: list[str]) -> None:
    assert heard(text) == cities


@pytest.mark.parametrize(
    ("place", "city"),
    [
        ("昆山", "苏州"),
        ("江阴", "无锡"),
        ("张家港", "苏州"),
        ("南通通州", "南通"),
        ("徐州铜山", "徐州"),
        ("如皋", "南通"),
    ],
)
def test_a_city_without_a_document_is_named_and_nothing_is_asked(place: str, city: str, visitor: Visitor) -> None:
    reply = visitor.say(f"我们在{place}")
    assert f"没有{city}的" in reply.text
    assert "南京、盐城、淮安、连云港、镇江" in reply.text
    assert reply.question is None


def test_a_name_that_two_cities_have_is_asked(visitor: Visitor) -> None:
    reply = visitor.say("我们在鼓楼区，能申请什么")
    assert "鼓楼区在南京、徐州都有" in reply.text
    assert reply.question is not None
    assert reply.question.slot == "city"
    assert profile(visitor.say("南京")) == {"city": "nanjing", "district": "鼓楼区"}


def test_a_name_that_two_cities_have_is_settled_by_the_city_known(visitor: Visitor) -> None:
    visitor.say("我们公司在南京")
    assert profile(visitor.say("在鼓楼区，省级专精特新")) == {
        "city": "nanjing",
        "district": "鼓楼区",
        "tiers": ("provincial",),
    }


@pytest.mark.parametrize(
    ("text", "district"),
    [("我们在镇江，在高新区", "高新区"), ("盐城的，在经开区", "经开区"), ("我们在丹阳，在经开区", "丹阳市")],
)
def test_a_zone_that_every_city_has_is_that_of_the_city_named(text: str, district: str, visitor: Visitor) -> None:
    assert profile(visitor.say(text))["district"] == district


def test_a_zone_without_a_city_is_kept_until_the_city_is_told(visitor: Visitor) -> None:
    reply = visitor.say("我们在高新区，能申请什么")
    assert reply.question is not None
    assert reply.question.slot == "city"
    assert profile(visitor.say("镇江")) == {"city": "zhenjiang", "district": "高新区"}


def test_the_city_without_a_document_keeps_its_name(visitor: Visitor) -> None:
    assert "没有苏州的" in visitor.says("我们在昆山", "小巨人有奖励吗").text
