"""What another city's documents give to a firm that is not there, and what is none of the assistant's business."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

# Another city than one's own.


@pytest.mark.parametrize("said", ["我们不是南京的，能用吗", "南京的我们能用不", "南京的呢，我们能拿吗"])
def test_what_another_city_gives_is_refused_where_it_is_asked_on(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港的小巨人", "南京采购扣多少", said)
    assert statuses(reply) == {"nanjing-procurement-discount": "ineligible"}
    assert "不符合" in reply.text and "可以申请" not in reply.text


def test_another_city_asked_on_is_asked_of_what_was_told_last(visitor: Visitor) -> None:
    reply = visitor.says("淮安的省专", "职称", "南京的呢")
    assert "nanjing-title-self-review" in statuses(reply)
    assert set(statuses(reply).values()) == {"ineligible"}


def test_one_of_a_list_asked_of_another_city_is_not_the_list(visitor: Visitor) -> None:
    reply = visitor.says("连云港的小巨人", "智改数转免费诊断", "南京的呢")
    assert reply.outcome != "overview"


@pytest.mark.parametrize("said", ["那南京的呢", "南京能申请什么", "南京有什么政策"])
def test_all_of_another_city_is_told_as_a_supposition(visitor: Visitor, said: str) -> None:
    reply = visitor.says("淮安的小巨人", said)
    assert "您的企业在淮安，现在都不符合" in reply.text and "假设" in reply.text
    assert "可以申请" not in reply.text and "C 类人才" in reply.text
    assert profile(reply)["city"] == "huaian"


def test_one_city_after_another_is_told_whole(visitor: Visitor) -> None:
    reply = visitor.says("连云港的小巨人", "镇江呢", "那南京的呢")
    assert reply.outcome == "overview" and "C 类人才" in reply.text
    assert "接着上面的" in visitor.say("还有别的吗").text


def test_what_a_move_would_open_is_not_told_as_what_is(visitor: Visitor) -> None:
    reply = visitor.says("我们扬州的小巨人", "那如果搬到南京呢")
    assert "假如南京" in reply.text and "可以申请" not in reply.text
    assert set(statuses(reply).values()) == {"ineligible"}


@pytest.mark.parametrize(
    "said",
    [
        "南京人才政策能给我们用吗",
        "南京小巨人奖励我们能拿吗",
        "南京民企转贷基金我们可以用吗",
        "南京企业的算力券我们能领吗",
    ],
)
def test_who_asks_for_what_another_city_gives_has_not_moved(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港的小巨人", said)
    assert profile(reply)["city"] == "lianyungang" and "ownership" not in profile(reply)
    assert set(statuses(reply).values()) == {"ineligible"}


@pytest.mark.parametrize("said", ["我们搬到南京了，能拿什么", "我们现在是南京企业了", "更正：我们是南京的"])
def test_who_says_that_it_has_moved_has(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("连云港的小巨人", said))["city"] == "nanjing"
