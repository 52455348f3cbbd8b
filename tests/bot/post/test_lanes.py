"""Deliveries are attended to in the order in which they were sent; whoever waits holds up nobody and sees it."""

import asyncio
import random
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.channels.platform import Pace
from bot.office import Office
from bot.post.lanes import LANES, SETTLE_SECONDS, has_leisure, settles_in
from bot.settings import Settings
from bot.store.database import Database, StoreUnavailable
from bot.store.inbox import Inbox, StoredDelivery
from tests.bot.fake_platform import FakePlatform, Later, platform_of
from tests.bot.fakes import NOW, FakeAssistant
from tests.bot.post.flow import answers, flow, open_office, until

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("seed", range(5))
async def test_what_overtook_is_put_in_order(seed: int, clock: Later, platform: FakePlatform) -> None:
    deliveries = [platform.delivery("ann", f"话{n}", number=n) for n in range(1, 11)]
    random.Random(seed).shuffle(deliveries)
    for delivery in deliveries:
        await platform.mailroom.accept(delivery)
    await flow(clock, platform)
    assert answers(platform) == [f"第{n}次回答“话{n}”" for n in range(1, 11)]


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.1, 0.15])
async def test_messages_that_come_in_disorder_one_by_one_are_put_in_order_too(gap: float) -> None:
    for seed in range(200):
        places = random.Random(seed).sample(range(8), 8)
        came = {place: NOW + timedelta(seconds=gap * n) for n, place in enumerate(places)}
        assert [place for place, _ in attended_in_turn(came)] == sorted(came)


async def test_nobody_waits_long_for_what_may_have_been_overtaken() -> None:
    assert attended_in_turn({1: NOW}) == [(1, NOW + timedelta(seconds=SETTLE_SECONDS))]
    came = {place: NOW + timedelta(seconds=0.1 * place) for place in range(100)}
    waits = [(at - came[place]).total_seconds() for place, at in attended_in_turn(came)]
    assert max(waits) < 2


def attended_in_turn(came: dict[int, datetime]) -> list[tuple[int, datetime]]:
    """The places of deliveries that came at these moments, and when each is attended to, if that takes no time."""
    now, left, done = min(came.values()), dict(came), []
    while left:
        waiting = {place: at for place, at in left.items() if at <= now}
        if not waiting:
            now = min(left.values())
            continue
        first = min(waiting)
        if (wait := settles_in(waiting[first], max(waiting.values()), now)) > 0:
            now += timedelta(seconds=wait)
            continue
        done.append((first, now))
        del left[first]
    return done


async def test_an_answer_that_was_made_is_sent_before_that_to_what_came_later_though_sent_earlier(
    clock: Later, platform: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Inbox.finish

    async def cut(self: Inbox, stored: StoredDelivery, *given: Any, **more: Any) -> None:
        monkeypatch.setattr(Inbox, "finish", whole)
        await platform.mailroom.accept(platform.delivery("ann", "话1", number=1))
        raise StoreUnavailable("cut between the answer and its sheets")

    monkeypatch.setattr(Inbox, "finish", cut)
    await platform.deliver("ann", "话2", number=2)
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“话2”", "第2次回答“话1”"]


async def test_two_messages_at_once_are_both_answered_in_order(clock: Later, platform: FakePlatform) -> None:
    sent = [platform.deliver(address, f"话{n}", number=n + i * 2) for i, address in enumerate("ab") for n in (1, 2)]
    await asyncio.gather(*sent)
    await flow(clock, platform)
    for address in "ab":
        assert answers(platform, address) == ["第1次回答“话1”", "第2次回答“话2”"]


async def test_who_waits_for_a_slow_answer_holds_up_nobody(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant
) -> None:
    for number in range(3 * LANES):
        await platform.deliver(f"slow{number}", "慢慢来")
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=1)
    await until(lambda: answers(platform) == ["第1次回答“甲”"], seconds=20)
    assistant.gate.set()
    await flow(clock, platform)
    assert {address for address, _ in platform.sent} == {f"slow{n}" for n in range(3 * LANES)} | {"ann"}


async def test_while_we_are_busy_no_more_are_attended_to_and_who_waits_is_shown_that_we_are_at_it(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(_: Database) -> bool:
        return False

    monkeypatch.setattr("bot.post.lanes.has_leisure", busy)
    for number in range(LANES):
        await platform.deliver(f"slow{number}", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: len(assistant.heard) == LANES)
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=2)
    await until(lambda: "ann" in platform.progress)
    assert answers(platform) == [] and len(assistant.heard) == LANES
    assistant.gate.set()
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]


async def test_signs_of_life_come_no_faster_than_the_platform_takes_them(
    settings: Settings, assistant: FakeAssistant, clock: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.lanes.SLOW_SECONDS", 0.01)
    monkeypatch.setattr("bot.post.lanes.LEISURE_SECONDS", 0.01)
    office = await open_office(settings, assistant, clock, Pace(per_second=0.001, between=0))
    platform = platform_of(office)
    for number in range(3):
        await platform.deliver(f"slow{number}", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: len(assistant.heard) == 3 and len(platform.progress) == 1)
    assistant.gate.set()
    while await platform.mailroom.inbox.count_waiting():
        await asyncio.sleep(0.02)
    assert len(platform.progress) == 1
    await office.close(patience=0)


async def test_we_have_leisure_unless_something_holds_up_the_loop_or_many_wait_to_write(office: Office) -> None:
    async with asyncio.timeout(60):
        while not await has_leisure(office.database):  # other programs hold us up as well
            pass
    looking = asyncio.create_task(has_leisure(office.database))
    await asyncio.sleep(0)
    time.sleep(0.05)
    assert not await looking
    async with office.database.write():
        waiting = asyncio.create_task(office.database.prove_writable())
        await asyncio.sleep(0)
        assert not await has_leisure(office.database)
    await waiting


async def test_a_delivery_that_always_fails_is_apologised_for_and_the_next_is_answered(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant
) -> None:
    await platform.deliver("ann", "出错了")
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    assert "抱歉" in platform.sent[0][1].text
    assert answers(platform)[-1].endswith("“乙”")


async def test_while_an_answer_takes_long_the_person_sees_that_we_are_at_it(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.lanes.SLOW_SECONDS", 0.1)
    await platform.deliver("ann", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: platform.progress == ["ann"])
    assistant.gate.set()
    await flow(clock, platform)
    assert len(platform.sent) == 1
