"""Sheets are sent once and in order, at the platform's pace; what cannot be sent is tried again, or kept."""

import asyncio

import pytest

from bot.channels.platform import NotPermitted, SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable
from bot.office import Office
from bot.post.lanes import SETTLE_SECONDS
from bot.store.outbox import Outbox, Sending
from bot.store.tables import outbox
from tests.bot.fake_platform import FakePlatform, Later
from tests.bot.fakes import FakeAssistant
from tests.bot.post.flow import answers, flow, until
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


async def test_when_the_platform_asks_for_patience_it_gets_it(clock: Later, platform: FakePlatform) -> None:
    platform.endings.append(TooFast(30))
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=1)
    await until(lambda: not platform.endings)
    clock.pass_by(seconds=20)
    await asyncio.sleep(0.2)
    assert platform.sent == []
    await flow(clock, platform)
    assert len(platform.sent) == 1


async def test_a_message_that_is_not_taken_goes_out_plainer(clock: Later, platform: FakePlatform) -> None:
    platform.endings.append(Unacceptable("can't parse"))
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    assert [parcel.get("plain") for parcel in platform.parcels] == [True]


async def test_a_message_that_is_not_taken_at_all_is_set_aside_and_the_next_goes_out(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    platform.endings += [Unacceptable("no"), Unacceptable("no")]
    await platform.deliver("ann", "甲")
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    assert answers(platform) == ["第2次回答“乙”"]
    assert sorted(row.state for row in await rows_of(office, outbox)) == [Sending.FAILED, Sending.SENT]


async def test_a_failed_send_is_tried_again_and_keeps_its_place(clock: Later, platform: FakePlatform) -> None:
    platform.endings += [SendFailed("refused"), SendFailed("refused"), None]
    await platform.deliver("ann", "甲")
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”", "第2次回答“乙”"]


async def test_a_send_of_which_nobody_knows_is_made_again_once_and_then_with_the_next_message(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    platform.endings += [SendUnknown("cut")]
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    [row] = await rows_of(office, outbox)
    assert (row.doubtful, row.state, len(platform.sent)) == (True, Sending.SENT, 1)
    platform.endings += [SendFailed("refused"), SendUnknown("cut"), SendFailed("refused"), SendUnknown("cut")]
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    row = (await rows_of(office, outbox))[-1]
    assert (row.doubtful, row.state, row.body != "") == (True, Sending.KEPT, True)
    assert (len(platform.sent), len(platform.endings)) == (1, 0)
    await platform.deliver("ann", "丙")
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”", "第2次回答“乙”", "第3次回答“丙”"]


async def test_a_send_that_a_crash_cut_and_of_which_nobody_knows_then_is_made_once_more(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    body = platform.sent[0][1].model_dump_json()
    cut = outbox.update().values(state=Sending.SENDING, body=body, parts=0, claimed_at=clock())
    async with office.database.write() as connection:
        await connection.execute(cut)
    await Outbox(office.database).release(clock(), clock())
    platform.endings += [SendUnknown("slow")]
    await flow(clock, platform)
    [row] = await rows_of(office, outbox)
    assert (row.state, row.doubtful, len(platform.sent)) == (Sending.SENT, True, 2)


@pytest.mark.parametrize("ending", [SendFailed("down"), RuntimeError("unforeseen")])
async def test_however_long_a_platform_fails_the_answer_is_kept_for_the_next_message(
    ending: Exception, clock: Later, platform: FakePlatform, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.dispatch.MOST_ATTEMPTS", 4)
    platform.endings += [ending] * 10
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    [row] = await rows_of(office, outbox)
    assert (row.state, row.body != "") == (Sending.KEPT, True)
    platform.endings.clear()
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”", "第2次回答“乙”"]


async def test_what_failed_and_would_be_tried_later_goes_with_the_answer_to_the_next_message(
    clock: Later, platform: FakePlatform, office: Office, assistant: FakeAssistant
) -> None:
    platform.endings += [SendFailed("down")] * 8
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=1)
    await until(lambda: len(platform.endings) == 7)
    await platform.deliver("ann", "1")
    platform.endings.clear()
    clock.pass_by(seconds=SETTLE_SECONDS)
    platform.mailroom.woken.set()
    await until(lambda: len(platform.sent) == 1)  # though the time of its next try has not come
    assert answers(platform) == ["第1次回答“甲”"]
    assert assistant.heard == ["甲"]  # the 1 asked for it, and for nothing else


async def test_what_the_platform_has_put_off_is_not_sent_before_its_time_though_the_person_writes(
    clock: Later, platform: FakePlatform
) -> None:
    platform.endings += [SendFailed("down"), TooFast(600)]
    await platform.deliver("ann", "甲")
    while platform.endings:
        clock.pass_by(seconds=1)
        platform.mailroom.woken.set()
        await asyncio.sleep(0.05)
    await platform.deliver("ann", "乙")
    for _ in range(10):
        clock.pass_by(seconds=1)
        platform.mailroom.woken.set()
        await asyncio.sleep(0.05)
    assert await platform.mailroom.inbox.count_waiting() == 0 and platform.sent == []
    clock.pass_by(seconds=600)
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”", "第2次回答“乙”"]


async def test_who_has_blocked_us_is_left_alone_until_they_write_again(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    platform.endings.append(Unreachable("blocked"))
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    assert platform.sent == []
    contact = await office.people.contact("telegram", "ann")
    assert contact is not None and contact.unreachable_at is not None
    await platform.deliver("ann", "乙")
    await flow(clock, platform)
    assert answers(platform) == ["第2次回答“乙”"]
    contact = await office.people.contact("telegram", "ann")
    assert contact is not None and contact.unreachable_at is None


async def test_what_may_not_be_sent_is_kept_until_the_person_writes_again(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant
) -> None:
    platform.endings.append(NotPermitted("48 hours"))
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    assert platform.sent == []
    await platform.deliver("ann", "1")
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]
    assert assistant.heard == ["甲"]  # the 1 asked for what was kept, and for nothing else


async def test_a_long_sheet_that_was_cut_goes_on_where_it_stopped(clock: Later, platform: FakePlatform) -> None:
    platform.by_line = True
    platform.endings += [None, None, SendFailed("refused")]
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    lines = [str(parcel["line"]) for parcel in platform.parcels]
    assert len(lines) == len(set(lines)) >= 3


async def test_the_last_message_that_may_be_sent_says_how_to_come_by_the_rest(
    clock: Later, platform: FakePlatform
) -> None:
    platform.by_line, platform.most = True, 2
    await platform.deliver("ann", "甲")
    await flow(clock, platform)
    first = [(str(parcel["line"]), "unfinished" in parcel) for parcel in platform.parcels]
    assert [is_unfinished for _, is_unfinished in first] == [False, True]
    platform.most = 1_000_000
    await platform.deliver("ann", "1")
    await flow(clock, platform)
    lines = [str(parcel["line"]) for parcel in platform.parcels]
    assert len(lines) == len(set(lines)) > 2 and not any("unfinished" in parcel for parcel in platform.parcels[2:])
