"""What a message adds to what is known: two titles, and which of them is new."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

GIANT, CHAMPION, VOUCHER = "nanjing-little-giant-award", "nanjing-champion-award", "nanjing-computing-voucher"
TRADE, FILING = "nanjing-aeo", "nanjing-genai-filing-award"


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
