"""Another city's policies: whose firms they are for, and what is asked of them beside one's own."""

import pytest

from tests.chains.visitor import Visitor, first, profile, provisions

AWARD = "nanjing-little-giant-award"


@pytest.mark.parametrize(
    "said",
    ["南京的跟我有啥关系", "你说的南京关我们什么事", "南京那是人家的", "能用南京的政策吗", "外地企业能申请南京的吗"],
)
def test_another_city_s_policies_are_said_to_be_for_its_own_firms(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们在盐城，省专", "首贷贴息是什么", said)
    assert first(reply.text).startswith("南京") and "只给南京的企业" in first(reply.text)
    assert profile(reply)["city"] == "yancheng"
    assert not any(f.status == "eligible" for f in reply.findings)


def test_a_city_that_was_only_asked_of_is_no_seat_once_it_is_said_to_be_of_no_concern(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励多少", "南京跟我们没关系")
    assert "只给南京的企业" in reply.text and profile(reply).get("city") is None
    assert reply.question is not None and reply.question.slot == "city"


def test_what_is_asked_after_that_is_asked_of_one_s_own_city(visitor: Visitor) -> None:
    reply = visitor.says("盐城小巨人奖励多少", "南京的跟我有啥关系", "那有啥能给小巨人的")
    assert "100" not in reply.text and profile(reply)["city"] == "yancheng"


@pytest.mark.parametrize("said", ["我盐城的啊大哥", "我盐城的呀老哥", "我们是盐城的，师傅"])
def test_who_is_called_out_to_is_no_place_s_matter(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖励多少", "首次的，能拿吗", said)
    assert profile(reply)["city"] == "yancheng"


@pytest.mark.parametrize("said", ["我们盐城的，省专，南京有什么", "我们盐城的，省专，南京有哪些支持"])
def test_what_another_city_has_is_told_as_supposed_with_what_was_noted(visitor: Visitor, said: str) -> None:
    reply = visitor.says(said)
    assert "记下了：盐城 · 省级专精特新" in reply.text and "假如企业在南京" in reply.text
    assert profile(reply)["city"] == "yancheng"


def test_an_award_of_another_city_asked_amid_one_s_own_list_is_told(visitor: Visitor) -> None:
    reply = visitor.says("盐城的", "南京小巨人多少")
    assert "100万元" in reply.text and "用不上" in reply.text


@pytest.mark.parametrize("said", ["南京的，南京的政策我们能用吗", "南京的，市里的政策我们能用吗"])
def test_one_s_own_city_is_no_other(visitor: Visitor, said: str) -> None:
    assert "只给南京的企业" not in visitor.says(said).text


def test_what_a_city_goes_by_is_asked_of_another_as_the_support_that_holds_it(visitor: Visitor) -> None:
    reply = visitor.says("账款拖欠 南京有什么", "条例里规定多少天付", "淮安也有这条吗")
    assert ("huaian-plan-2023-2025", "3/4") in provisions(reply)
