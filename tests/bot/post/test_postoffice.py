"""What a process left is taken up by the next, and what was lost on the way is found; what is done is forgotten."""

import asyncio

import pytest

from bot.office import Office
from bot.settings import Settings
from bot.store.database import StoreUnavailable
from bot.store.outbox import Sending
from bot.store.tables import inbox, outbox
from tests.bot.fake_platform import FakePlatform, Later, platform_of
from tests.bot.fakes import FakeAssistant
from tests.bot.post.flow import answers, flow, open_office, until
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


async def test_what_was_kept_before_a_crash_is_answered_after_it(
    settings: Settings, assistant: FakeAssistant, clock: Later
) -> None:
    first = await open_office(settings, assistant, clock)
    platform = platform_of(first)
    await platform.deliver("ann", "还在吗")
    await first.close()  # before anything settled: nothing was attended to
    assert platform.sent == []
    clock.pass_by(seconds=5)
    second = await open_office(settings, assistant, clock)
    await flow(clock, platform_of(second))
    assert answers(platform_of(second)) == ["第1次回答“还在吗”"]
    await second.close()


async def test_a_send_that_was_cut_by_a_crash_is_made_again_and_marked(
    settings: Settings, assistant: FakeAssistant, clock: Later
) -> None:
    first = await open_office(settings, assistant, clock)
    platform = platform_of(first)
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    text = platform.sent[0][1].text
    [row] = await rows_of(first, outbox)
    async with first.database.write() as connection:  # as if the process had died while the message was on its way
        body = platform.sent[0][1].model_dump_json()
        lost = outbox.update().values(state=Sending.SENDING, claimed_at=clock(), body=body, parts=0)
        await connection.execute(lost)
    await first.close()
    second = await open_office(settings, assistant, clock)
    await flow(clock, platform_of(second))
    assert [sheet.text for _, sheet in platform_of(second).sent] == [text]
    [row] = await rows_of(second, outbox)
    assert (row.doubtful, row.state) == (True, Sending.SENT)
    await second.close()


async def test_a_send_that_could_not_be_noted_is_made_again_without_a_restart(
    settings: Settings, assistant: FakeAssistant, clock: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.postoffice.SWEEP_SECONDS", 0.05)
    office = await open_office(settings, assistant, clock)
    platform = platform_of(office)

    async def locked(*_: object, **__: object) -> None:
        raise StoreUnavailable("locked")

    with monkeypatch.context() as broken:
        for writing in ("acknowledge", "put_back"):
            broken.setattr(platform.mailroom.outbox, writing, locked)
        await platform.deliver("ann", "甲")
        clock.pass_by(seconds=1)
        await until(lambda: len(platform.sent) == 1)
        await asyncio.sleep(0.1)
    [row] = await rows_of(office, outbox)
    assert row.state == Sending.SENDING
    clock.pass_by(seconds=61)
    await flow(clock, platform)
    [row] = await rows_of(office, outbox)
    assert (row.state, row.doubtful, len(platform.sent)) == (Sending.SENT, True, 2)
    await office.close()


async def test_the_words_of_a_delivery_are_forgotten_when_it_is_done(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    await platform.deliver("ann", "我的电话是13800138000")
    await flow(clock, platform)
    [delivery] = await rows_of(office, inbox)
    [sheet] = await rows_of(office, outbox)
    assert (delivery.payload, sheet.body) == ("", "")
