"""Who gets what next, and that nothing they do is lost."""

import asyncio

import pytest

from bot.review.queue import LEASE_MINUTES, NoSuchItem
from bot.review.search import Filter
from bot.review.verdicts import Judgement, Reason, Stage, Verdict
from bot.store.tables import reviews
from tests.bot.review.conftest import Desk, on_both_databases

pytestmark = on_both_databases

RIGHT = Judgement(verdict=Verdict.RIGHT)
WRONG = Judgement(
    verdict=Verdict.WRONG, reasons=(Reason.AMOUNT,), severity=3, comment="是 100 万", corrected="100 万元"
)


async def taken(desk: Desk, reviewer: str, after: int | None = None) -> int | None:
    item = await desk.queue.take(reviewer, desk.now, after)
    return item.id if item else None


async def test_the_riskiest_goes_first_then_the_oldest(desk: Desk) -> None:
    mild = await desk.flagged("问一")
    milder = await desk.flagged("问二")
    grave = await desk.flagged("问三", trace={"dropped": [["900 万", "figure"]]})
    assert [await taken(desk, name) for name in ("甲", "乙", "丙", "丁")] == [grave.id, mild.id, milder.id, None]


async def test_who_holds_an_item_gets_it_again_and_nobody_else_does_until_the_lease_runs_out(desk: Desk) -> None:
    item = await desk.flagged()
    assert await taken(desk, "甲") == await taken(desk, "甲") == item.id
    assert await taken(desk, "乙") is None
    held = await desk.queue.item(item.id)
    assert held is not None and held.holder(desk.now) == "甲"
    desk.wait(LEASE_MINUTES + 0.1)
    assert await taken(desk, "乙") == item.id
    assert not await desk.queue.lease(item.id, "甲", desk.now)


async def test_a_lease_is_renewed_while_an_item_is_open_and_can_be_given_back(desk: Desk) -> None:
    item = await desk.flagged()
    await taken(desk, "甲")
    desk.wait(LEASE_MINUTES - 1)
    assert await desk.queue.lease(item.id, "甲", desk.now)
    desk.wait(LEASE_MINUTES - 1)
    assert await taken(desk, "乙") is None
    await desk.queue.give_back(item.id, "乙")  # not theirs to give
    assert await taken(desk, "乙") is None
    await desk.queue.give_back(item.id, "甲")
    assert await taken(desk, "乙") == item.id


async def test_who_passes_an_item_over_gets_the_next_one_and_at_the_end_the_first_again(desk: Desk) -> None:
    first, second = await desk.flagged("问一"), await desk.flagged("问二")
    assert await taken(desk, "甲") == first.id
    assert await taken(desk, "甲", after=first.id) == second.id
    assert await taken(desk, "乙") == first.id
    await desk.queue.give_back(first.id, "乙")
    assert await taken(desk, "甲", after=second.id) == first.id


async def test_ten_who_ask_at_once_get_ten_items(desk: Desk) -> None:
    for number in range(10):
        await desk.flagged(f"问{number}")
    got = await asyncio.gather(*(taken(desk, f"第{n}人") for n in range(12)))
    found = [item for item in got if item is not None]
    assert len(found) == len(set(found)) >= 10 - got.count(None) + 2
    rest = [await taken(desk, f"后来{n}") for n in range(3)]
    assert len({*found, *(item for item in rest if item)}) == 10


async def test_a_verdict_settles_an_item_and_everything_that_was_given_is_kept(desk: Desk) -> None:
    item = await desk.flagged()
    judged = await desk.queue.judge(item.id, "甲", WRONG, desk.now)
    assert (judged.standing.stage, judged.meanwhile) == (Stage.DONE, ())
    [review] = await desk.queue.reviews(item.id)
    assert (review.reviewer, review.judgement) == ("甲", WRONG)
    assert await taken(desk, "乙") is None
    assert await desk.found(verdict=("wrong",), reason=("amount",), reviewer=("甲",)) == ["算力券多少钱"]


async def test_undoing_is_a_row_of_its_own_and_puts_the_item_back(desk: Desk) -> None:
    item = await desk.flagged()
    await desk.queue.judge(item.id, "甲", WRONG, desk.now)
    assert await desk.queue.undo("甲", desk.now) == item.id
    assert await desk.queue.reviews(item.id) == []
    async with desk.database.read() as connection:
        rows = (await connection.execute(reviews.select().order_by(reviews.c.id))).all()
    assert [(row.verdict, row.undoes) for row in rows] == [("wrong", None), (None, rows[0].id)]
    assert await taken(desk, "乙") is None, "it is leased to who took it back"
    assert await desk.found(verdict=("wrong",)) == []
    await desk.queue.judge(item.id, "甲", RIGHT, desk.now)
    assert await desk.found(verdict=("right",)) == ["算力券多少钱"]
    assert await desk.queue.undo("乙", desk.now) is None


async def test_undo_takes_back_one_judgement_after_another(desk: Desk) -> None:
    first, second = await desk.flagged("问一"), await desk.flagged("问二")
    for item in (first, second):
        await desk.queue.judge(item.id, "甲", RIGHT, desk.now)
    assert [await desk.queue.undo("甲", desk.now) for _ in range(3)] == [second.id, first.id, None]


async def test_a_second_look_is_anothers_and_is_blind(desk: Desk) -> None:
    desk.draws = [0.09]
    item = await desk.flagged()
    await desk.queue.judge(item.id, "甲", RIGHT, desk.now)
    assert await taken(desk, "甲") is None
    assert await desk.found(verdict=("right",)) == [], "a verdict is told when it holds"
    assert await taken(desk, "乙") == item.id
    judged = await desk.queue.judge(item.id, "乙", WRONG, desk.now, seen=10**6)
    assert judged.standing.stage is Stage.THIRD
    assert await taken(desk, "乙") is None
    assert await taken(desk, "丙") == item.id
    await desk.queue.judge(item.id, "丙", WRONG, desk.now)
    assert await desk.found(verdict=("wrong",)) == ["算力券多少钱"]
    assert await desk.queue.doubles() == [(Verdict.RIGHT, Verdict.WRONG)]


async def test_two_who_judge_at_once_are_both_kept_and_the_second_is_told(desk: Desk) -> None:
    item = await desk.flagged()
    first = await desk.queue.judge(item.id, "甲", RIGHT, desk.now, seen=0)
    second = await desk.queue.judge(item.id, "乙", WRONG, desk.now, seen=0)
    assert first.meanwhile == ()
    assert [review.reviewer for review in second.meanwhile] == ["甲"]
    assert second.standing.stage is Stage.THIRD
    assert len(await desk.queue.reviews(item.id)) == 2


async def test_an_erased_item_cannot_be_judged(desk: Desk) -> None:
    item = await desk.flagged()
    await desk.reception.erase(item.conversation_id)
    with pytest.raises(NoSuchItem):
        await desk.queue.judge(item.id, "甲", RIGHT, desk.now)
    assert (await desk.listing.page(Filter())).found == ()
