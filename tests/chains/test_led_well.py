"""What follows a verdict or a list: what else there is, what to do, sighs, doubts, going back, totals, summaries."""

import pytest

from tests.chains.visitor import Visitor, first, statuses

VOUCHER, FUND = "nanjing-computing-voucher", "nanjing-refinancing-fund"
REFUSED = "南京建邺，创新型中小企业，算力券能领吗"


# What else there is.


@pytest.mark.parametrize(
    "said",
    [
        "那到底有啥是我们能办的",
        "那有没有别的",
        "都不行啊，有没有不要求专精特新的",
        "还有什么我们能申请的",
        "那有什么是我们用得上的",
    ],
)
def test_what_else_there_is_after_a_refusal_is_all_that_is_open(visitor: Visitor, said: str) -> None:
    reply = visitor.says(REFUSED, said)
    assert reply.outcome == "overview"
    assert "百场万企" in reply.text and "算力券" not in reply.text


def test_what_a_kind_of_firm_can_have_is_all_that_is_open_to_a_firm_of_that_kind(visitor: Visitor) -> None:
    reply = visitor.says("南京的国企，省专，转贷基金能用吗", "那国企有什么能办的")
    assert reply.outcome == "overview" and "转贷" not in reply.text


def test_what_another_kind_of_firm_can_have_is_not_told_of_ones_own(visitor: Visitor) -> None:
    assert visitor.says("南京的国企，省专，转贷基金能用吗", "那民企有什么能办的").outcome != "overview"


def test_what_else_there_is_of_a_thing_is_not_all_that_is_open(visitor: Visitor) -> None:
    assert visitor.says(REFUSED, "有没有别的贷款能办").outcome != "overview"


@pytest.mark.parametrize("said", ["那除了钱还有什么", "不给钱的支持还有哪些", "除了奖金之外还能有什么好处"])
def test_what_there_is_besides_money_is_the_rest_of_the_list(visitor: Visitor, said: str) -> None:
    visitor.say("镇江京口的小巨人，首次获评")
    reply = visitor.say(said)
    assert reply.outcome == "overview"
    assert "万元" not in reply.text and "培训" in reply.text


@pytest.mark.parametrize("said", ["没批下来之前呢", "评上之前能拿什么"])
def test_before_a_title_is_held_is_told_what_is_open_without_it(visitor: Visitor, said: str) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", said)
    assert reply.outcome == "overview" and "百场万企" in reply.text


@pytest.mark.parametrize("said", ["批下来以后呢", "那通过之后能拿什么"])
def test_once_the_title_in_view_is_held_is_told_what_it_adds(visitor: Visitor, said: str) -> None:
    reply = visitor.says("公司在南京，正在申请省专，想先了解能拿什么", said)
    assert reply.outcome == "what_if" and "省级专精特新" in reply.text and "融资白名单" in reply.text
    assert "tiers" not in reply.profile


# What is to be done about a refusal.


@pytest.mark.parametrize(
    "said", ["那怎么办", "也不行啊", "唉，那没戏了", "有什么办法补救吗", "卡在哪里", "那就没份了？"]
)
def test_a_sigh_at_a_refusal_is_answered_with_the_way_and_what_is_open(visitor: Visitor, said: str) -> None:
    reply = visitor.says(REFUSED, said)
    assert "评上省级专精特新" in first(reply.text) or "评上省级专精特新" in reply.text
    assert statuses(reply)[VOUCHER] == "ineligible" and "百场万企" in reply.text


def test_the_list_told_after_a_refusal_is_asked_on_by_its_places(visitor: Visitor) -> None:
    reply = visitor.says(REFUSED, "那怎么办", "第一个找谁")
    assert "拖欠" in reply.text and "责任单位" in reply.text


@pytest.mark.parametrize("said", ["怎么办理", "那怎么申请"])
def test_how_a_support_is_applied_for_is_no_sigh(visitor: Visitor, said: str) -> None:
    assert "没有写办理流程" in visitor.says(REFUSED, said).text
