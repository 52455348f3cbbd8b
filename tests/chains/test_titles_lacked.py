"""Titles that are said not to be held, while those that are held are not known."""

import pytest

from chains.eligibility import Status, assess
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact
from tests.chains.visitor import TODAY, Visitor, finding, first, profile

AWARD, RECOMMENDS = "nanjing-little-giant-award", "yancheng-talent-recommendation"
DISTRICT = "nanjing-district-provincial-award"


@pytest.mark.parametrize(
    "said",
    [
        ("南京，我们不是小巨人，小巨人奖励能拿吗",),
        ("南京，小巨人奖励我们能拿吗", "我们不是小巨人"),
        ("南京，小巨人奖励我们能拿吗", "不是小巨人"),
        ("南京，小巨人奖励我们能拿吗", "没评上小巨人"),
    ],
)
def test_what_only_a_title_gives_is_refused_to_whoever_says_not_to_hold_it(
    visitor: Visitor, said: tuple[str, ...]
) -> None:
    reply = visitor.says(*said)
    assert finding(reply, AWARD).status == "ineligible"
    assert "不是国家级小巨人" in reply.text and "tiers" not in profile(reply)


def test_a_title_that_is_told_after_is_noted_instead(visitor: Visitor) -> None:
    reply = visitor.says("南京，我们不是小巨人，小巨人奖励能拿吗", "是省专")
    assert profile(reply)["tiers"] == ("provincial",) and finding(reply, AWARD).status == "ineligible"


@pytest.mark.parametrize("said", ["别把我们当小巨人", "别再把我们记成小巨人了", "不要算成小巨人"])
def test_a_title_that_is_not_to_be_noted_is_none_that_answers(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，小巨人奖多少", said)
    assert "tiers" not in profile(reply)


@pytest.mark.parametrize("said", ["别把我们当小巨人，早摘了", "说错了，不是小巨人"])
def test_a_title_that_was_noted_goes_where_it_is_denied(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的，我们是小巨人", said)
    assert "tiers" not in profile(reply) and "不再记：国家级小巨人" in first(reply.text) + reply.text


def test_a_title_lacked_settles_only_what_asks_for_that_title_alone(library: Library, visitor: Visitor) -> None:
    reply = visitor.says("我们盐城的，不是小巨人也不是单项冠军，能举荐人才吗")
    assert finding(reply, RECOMMENDS).otherwise == "ineligible"
    known = EnterpriseProfile({"city": Fact("nanjing")}, ("little_giant",))
    states = {s: assess(library.supports[s], library.document(s), known, TODAY).status for s in (AWARD, DISTRICT)}
    assert states[AWARD] is Status.INELIGIBLE and states[DISTRICT] is not Status.INELIGIBLE
