"""Deliveries are kept before they are acknowledged, and known again; what answers one may be its response."""

import asyncio

import pytest

from bot.messages import Kind
from bot.office import Office
from bot.post.mailroom import MOST_WAITING
from bot.settings import Settings
from bot.store import database as store
from bot.store.database import StoreUnavailable
from bot.store.inbox import Waiting
from bot.store.tables import inbox
from chains.prompting import wording
from tests.bot.fake_platform import FakePlatform, Later, platform_of
from tests.bot.fakes import FakeAssistant
from tests.bot.post.flow import answers, flow, until
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


async def test_a_delivery_that_comes_five_times_is_answered_once(clock: Later, platform: FakePlatform) -> None:
    for _ in range(5):
        await platform.deliver("ann", "甲", number=1)
    await flow(clock, platform)
    clock.pass_by(hours=25)
    await platform.deliver("ann", "甲", number=1)
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]


async def test_a_message_under_another_number_is_the_same_message(clock: Later, platform: FakePlatform) -> None:
    await platform.deliver("ann", "甲", number=1)
    await platform.deliver("ann", "甲", number=1, delivery_id="another")
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]


async def test_a_flood_gets_one_honest_sentence(clock: Later, platform: FakePlatform, assistant: FakeAssistant) -> None:
    for n in range(MOST_WAITING + 5):
        await platform.deliver("ann", f"话{n}", number=n + 1)
    await flow(clock, platform)
    assert len(answers(platform)) == MOST_WAITING
    refusals = [sheet for _, sheet in platform.sent if "太快" in sheet.text]
    assert len(refusals) == 1
    assert len(assistant.heard) == MOST_WAITING


async def test_when_too_many_wait_in_all_whoever_comes_is_told_so_at_once_and_nothing_of_it_is_kept(
    clock: Later, platform: FakePlatform, office: Office, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.mailroom.MOST_WAITING_IN_ALL", 2)
    for address in ("ann", "bob", "cid", "dan"):
        await platform.deliver(address, "慢慢来")
    await platform.deliver("eve", kind=Kind.JOINED)
    clock.pass_by(seconds=1)
    await until(lambda: len(platform.sent) == 3)  # while nobody else has been answered
    said = {address: sheet.text for address, sheet in platform.sent}
    assert said["cid"] == said["dan"] == wording("desk.overloaded") and said["eve"] != said["cid"]
    refused = [row for row in await rows_of(office, inbox) if row.address == ""]
    assert [(row.payload, row.place, row.state) for row in refused] == [("", "", Waiting.DONE)] * 2
    assistant.gate.set()
    await flow(clock, platform)
    assert [len(answers(platform, address)) for address in ("ann", "bob", "cid", "dan")] == [1, 1, 0, 0]
    await platform.deliver("cid", "再来")
    await flow(clock, platform)
    assert answers(platform, "cid") == ["第1次回答“再来”"]


async def test_the_sentence_of_those_who_are_too_many_can_be_the_response(
    clock: Later, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.mailroom.MOST_WAITING_IN_ALL", 0)
    platform = platform_of(office, "wechat")
    stored = await platform.mailroom.accept(platform.delivery("bob", "甲"))
    found = await platform.mailroom.wait_for_answer(stored, 0)
    assert found is not None and found.sheet is not None and found.sheet.text == wording("desk.overloaded")
    await flow(clock, platform)
    assert platform.sent == []


async def test_an_answer_may_be_given_as_the_response_and_again_when_it_is_asked_for_again(
    clock: Later, office: Office
) -> None:
    platform = platform_of(office, "wechat")
    platform.passive_seconds = 4.5
    delivery = platform.delivery("bob", "甲")
    stored = await platform.mailroom.accept(delivery)
    clock.pass_by(seconds=1)
    platform.mailroom.woken.set()
    found = await platform.mailroom.wait_for_answer(stored, 5)
    assert found is not None and found.sheet is not None and "第1次回答“甲”" in found.sheet.text
    await flow(clock, platform)
    again = await platform.mailroom.wait_for_answer(await platform.mailroom.accept(delivery), 0)
    assert again is not None and (again.sheet, again.given) == (found.sheet, 0)
    assert platform.sent == []


async def test_an_answer_that_comes_too_late_for_the_response_is_sent(clock: Later, office: Office) -> None:
    platform = platform_of(office, "wechat")
    platform.passive_seconds = 4.5
    stored = await platform.mailroom.accept(platform.delivery("bob", "甲"))
    assert await platform.mailroom.wait_for_answer(stored, 0.05) is None
    await flow(clock, platform)
    assert len(platform.sent) == 1
    assert await platform.mailroom.wait_for_answer(stored, 0) is None


async def test_what_cannot_be_kept_is_not_acknowledged(
    platform: FakePlatform, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = await store.open_database(settings.database_url)
    async with blocker.write():
        monkeypatch.setattr(store, "WAIT_SECONDS", 0)
        with pytest.raises(StoreUnavailable):
            await platform.deliver("ann", "甲")
    assert await rows_of(office, inbox) == []
    await blocker.close()


async def test_what_waits_too_long_to_be_kept_is_not_acknowledged_nor_kept_later(
    clock: Later, platform: FakePlatform, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.database.write():
        first = asyncio.create_task(platform.deliver("ann", "甲"))
        await asyncio.sleep(0.05)  # its transaction waits for ours
        monkeypatch.setattr("bot.post.mailroom.WAIT_SECONDS", 0.01)
        with pytest.raises(StoreUnavailable):
            await platform.deliver("ann", "乙")
    await first
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]
