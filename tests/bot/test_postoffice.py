"""Deliveries are kept before they are acknowledged, answered once and in order; sheets are sent once and in order."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.channels.platform import NotPermitted, Pace, SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable
from bot.messages import Kind
from bot.office import Office
from bot.post.mailroom import MOST_WAITING
from bot.post.postoffice import _LANES, SETTLE_SECONDS, PostOffice, _Pacer, settles_in
from bot.settings import Settings
from bot.store import database as store
from bot.store.database import StoreUnavailable
from bot.store.inbox import Inbox, StoredDelivery, Waiting
from bot.store.outbox import Outbox, Sending
from bot.store.tables import inbox, outbox
from chains.prompting import wording
from tests.bot.fake_platform import FakePlatform, Later, platform_of, serving
from tests.bot.fakes import NOW, FakeAssistant
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


@pytest.fixture
def clock() -> Later:
    return Later(NOW)


@pytest_asyncio.fixture
async def office(settings: Settings, assistant: FakeAssistant, clock: Later) -> AsyncIterator[Office]:
    office = await open_office(settings, assistant, clock)
    yield office
    await office.close()


async def open_office(settings: Settings, assistant: FakeAssistant, clock: Later) -> Office:
    office = Office(settings, build=lambda: assistant, clock=clock, serve=serving("telegram", "wechat"))
    await office.open()
    await office.assistant()
    return office


@pytest.fixture
def platform(office: Office) -> FakePlatform:
    return platform_of(office)


async def flow(clock: Later, platform: FakePlatform) -> None:
    """Let everything come to its end, with time passing by."""
    async with asyncio.timeout(20):
        mail = platform.mailroom
        while await mail.inbox.count_waiting() or await mail.outbox.count_unsent():
            clock.pass_by(seconds=1)
            platform.mailroom.woken.set()
            await asyncio.sleep(0.05)


def answers(platform: FakePlatform, address: str = "ann") -> list[str]:
    return [s.text[s.text.index("第") :].split("。")[0] for a, s in platform.sent if a == address and "第" in s.text]


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


async def test_who_waits_for_a_slow_answer_holds_up_nobody(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant
) -> None:
    for number in range(3 * _LANES):
        await platform.deliver(f"slow{number}", "慢慢来")
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=1)
    await until(lambda: answers(platform) == ["第1次回答“甲”"], seconds=20)
    assistant.gate.set()
    await flow(clock, platform)
    assert {address for address, _ in platform.sent} == {f"slow{n}" for n in range(3 * _LANES)} | {"ann"}


async def test_while_we_are_busy_no_more_are_attended_to_and_who_waits_is_shown_that_we_are_at_it(
    clock: Later, platform: FakePlatform, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(_: PostOffice) -> bool:
        return False

    monkeypatch.setattr(PostOffice, "_has_leisure", busy)
    for number in range(_LANES):
        await platform.deliver(f"slow{number}", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: len(assistant.heard) == _LANES)
    await platform.deliver("ann", "甲")
    clock.pass_by(seconds=2)
    await until(lambda: "ann" in platform.progress)
    assert answers(platform) == [] and len(assistant.heard) == _LANES
    assistant.gate.set()
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]


async def test_signs_of_life_come_no_faster_than_the_platform_takes_them(
    clock: Later, platform: FakePlatform, office: Office, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.postoffice._SLOW_SECONDS", 0.01)
    monkeypatch.setattr("bot.post.postoffice._LEISURE_SECONDS", 0.01)
    pacer = _Pacer(Pace(per_second=0.001, between=0))
    office._post._hint_pacers["telegram"] = pacer  # type: ignore[union-attr]
    for number in range(3):
        await platform.deliver(f"slow{number}", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: len(assistant.heard) == 3 and len(platform.progress) == 1)
    assistant.gate.set()
    await flow(clock, platform)
    assert len(platform.progress) == 1


async def test_we_have_leisure_unless_something_holds_up_the_loop_or_many_wait_to_write(office: Office) -> None:
    post = office._post
    assert post is not None
    async with asyncio.timeout(20):
        while not await post._has_leisure():  # other programs hold us up as well
            pass
    looking = asyncio.create_task(post._has_leisure())
    await asyncio.sleep(0)
    time.sleep(0.05)
    assert not await looking
    async with office.database.write():
        waiting = asyncio.create_task(office.database.prove_writable())
        await asyncio.sleep(0)
        assert not await post._has_leisure()
    await waiting


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
    clock: Later, platform: FakePlatform, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.post.postoffice._SWEEP_SECONDS", 0.05)

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
    restarted = asyncio.create_task(office._post._sweep())  # type: ignore[union-attr]
    clock.pass_by(seconds=61)
    await flow(clock, platform)
    restarted.cancel()
    [row] = await rows_of(office, outbox)
    assert (row.state, row.doubtful, len(platform.sent)) == (Sending.SENT, True, 2)


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
    monkeypatch.setattr("bot.post.postoffice._MOST_ATTEMPTS", 4)
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
        first = asyncio.create_task(platform.deliver("ann", "甲"))  # its transaction waits for ours
        mailroom = platform.mailroom
        await until(lambda: mailroom._keeping is not None and not mailroom._arriving)
        monkeypatch.setattr("bot.post.mailroom.WAIT_SECONDS", 0.01)
        with pytest.raises(StoreUnavailable):
            await platform.deliver("ann", "乙")
    await first
    await flow(clock, platform)
    assert answers(platform) == ["第1次回答“甲”"]


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
    monkeypatch.setattr("bot.post.postoffice._SLOW_SECONDS", 0.1)
    await platform.deliver("ann", "慢慢来")
    clock.pass_by(seconds=1)
    await until(lambda: platform.progress == ["ann"])
    assistant.gate.set()
    await flow(clock, platform)
    assert len(platform.sent) == 1


async def test_the_words_of_a_delivery_are_forgotten_when_it_is_done(
    clock: Later, platform: FakePlatform, office: Office
) -> None:
    await platform.deliver("ann", "我的电话是13800138000")
    await flow(clock, platform)
    [delivery] = await rows_of(office, inbox)
    [sheet] = await rows_of(office, outbox)
    assert (delivery.payload, sheet.body) == ("", "")


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


async def test_a_picture_a_place_or_a_voice_gets_a_sensible_sentence(clock: Later, platform: FakePlatform) -> None:
    kinds = (Kind.PICTURE, Kind.FILE, Kind.LOCATION, Kind.VOICE, Kind.FORWARDED, Kind.OTHER)
    for kind in kinds:
        await platform.deliver("ann", kind=kind)
    await flow(clock, platform)
    assert len({sheet.text for _, sheet in platform.sent}) == len(kinds)


async def until(holds: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)
