"""微信客服: news is kept, what it tells of is fetched before the cursor moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.wecom import WeCom
from bot.messages import Action, Kind, Sheet, Tap
from bot.settings import Settings
from tests.bot.fakes import CITY
from tests.bot.wechat.conftest import House, served
from tests.bot.wechat.fake_wechat import KF, START, Clock, FakePlatform
from tests.bot.wechat.phones import WeComPhone

pytestmark = pytest.mark.asyncio
LI = f"k:{KF}:wm-li"
ID = "0123456789abcdef"


@asynccontextmanager
async def running(service: CustomerService) -> AsyncIterator[None]:
    task = asyncio.create_task(service.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def held(house: House, name: str) -> AsyncIterator[None]:
    """As if another process were at it; waits until it is free."""
    while True:
        async with house.database.hold(name) as mine:
            if mine:
                yield
                return
        await asyncio.sleep(0.01)


async def tell(member: WeComPhone, platform: FakePlatform) -> None:
    response = await member.bring_news(platform.announce())
    assert (response.status_code, response.content) == (200, b"")


async def arrived(house: House, count: int) -> list[str]:
    """The words of what stands in the inbox, once it is so many."""
    async with asyncio.timeout(60):
        while await house.mailroom.inbox.count_waiting() < count:
            await asyncio.sleep(0.02)
    return [delivery.text for delivery in await house.inbox()]


async def test_news_is_acknowledged_at_once_and_fetched_then(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    id = platform.customer_writes("wm-li", content="我们能申请什么")
    await tell(member, platform)
    assert member.seconds[-1] < 1 and platform.calls == []
    assert await wecom.service.fetch(KF)
    [delivery] = await house.inbox()
    assert (delivery.channel, delivery.address, delivery.kind) == ("wecom_service", LI, Kind.TEXT)
    assert (delivery.text, delivery.delivery_id, delivery.sent_at) == ("我们能申请什么", f"k:{id}", START)
    assert platform.calls[0][1]["token"] == platform.news[KF] and platform.calls[0][1]["limit"] == 1000


async def test_all_pages_are_fetched_in_the_order_in_which_people_wrote(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.page = 3
    for number in range(10):
        platform.customer_writes("wm-li", content=str(number))
    await tell(member, platform)
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == [str(number) for number in range(10)]
    platform.customer_writes("wm-li", content="10")
    await tell(member, platform)
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == ["10"]
    assert platform.paths().count("kf/sync_msg") == 5


async def test_without_news_nothing_is_fetched(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.customer_writes("wm-li", content="1")
    await tell(member, platform)
    assert await wecom.service.fetch(KF) and await wecom.service.fetch(KF)
    assert platform.paths() == ["kf/sync_msg"]


@pytest.mark.parametrize("fault", ["cut", -1, "not json", 45009])
async def test_a_fetch_that_fails_is_made_again_and_loses_nothing(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House, fault: int | str
) -> None:
    platform.page = 2
    for number in range(5):
        platform.customer_writes("wm-li", content=str(number))
    await tell(member, platform)
    platform.faults = [fault]
    async with running(wecom.service):
        assert await arrived(house, 5) == ["0", "1", "2", "3", "4"]


async def test_what_was_announced_before_a_crash_is_fetched_after_the_next_start(
    member: WeComPhone, platform: FakePlatform, house: House, settings: Settings, clock: Clock
) -> None:
    platform.customer_writes("wm-li", content="第一句")
    await tell(member, platform)
    clock.go_on(hours=1)  # the token of the news is good for ten minutes only
    reborn = WeCom(settings, house.mailroom, house.notes, house.database, clock)
    await reborn.open()
    async with running(reborn.service):
        assert await arrived(house, 1) == ["第一句"]
    assert "token" not in platform.calls[0][1]
    await reborn.close()


async def test_what_came_while_we_were_away_is_fetched_at_the_start_though_no_news_reached_us(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House, settings: Settings, clock: Clock
) -> None:
    platform.customer_writes("wm-li", content="第一句")
    await tell(member, platform)
    await wecom.service.fetch(KF)
    await house.inbox()
    platform.customer_writes("wm-li", content="第二句")
    reborn = WeCom(settings, house.mailroom, house.notes, house.database, clock)
    await reborn.open()
    async with running(reborn.service):
        assert await arrived(house, 1) == ["第二句"]
    await reborn.close()


async def test_a_crash_between_the_inbox_and_the_cursor_gives_nobody_two_answers(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.customer_writes("wm-li", content="1")
    platform.customer_writes("wm-li", content="2")
    await tell(member, platform)
    await wecom.service.fetch(KF)
    await house.notes.remove(f"wecom.service.cursor.{KF}")
    await house.notes.remove(f"wecom.service.done.{KF}")
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == ["1", "2"]


async def test_news_while_a_fetch_is_running_is_not_missed(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.customer_writes("wm-li", content="1")
    await tell(member, platform)
    async with running(wecom.service):
        assert await arrived(house, 1) == ["1"]
        async with held(house, f"wecom.service.{KF}"):
            assert not await wecom.service.fetch(KF)
            platform.customer_writes("wm-li", content="2")
            await tell(member, platform)
            await asyncio.sleep(0.1)
            assert await house.mailroom.inbox.count_waiting() == 0
        assert await arrived(house, 1) == ["2"]


async def test_a_token_that_is_refused_is_left_out(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.customer_writes("wm-li", content="1")
    await member.bring_news("ENCwrong")
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == ["1"]


async def test_the_history_of_an_account_from_before_us_is_left_alone(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House, clock: Clock
) -> None:
    platform.customer_writes("wm-li", content="前天的话")
    clock.go_on(hours=40)
    platform.customer_writes("wm-li", content="今天的话")
    await tell(member, platform)
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == ["今天的话"]


async def test_one_account_in_trouble_does_not_hold_up_another(
    member: WeComPhone, wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    await member.bring_news(platform.announce("wk-a"), "wk-a")
    platform.customer_writes("wm-li", account="wk-b", content="乙")
    await member.bring_news(platform.announce("wk-b"), "wk-b")
    platform.faults = [95017]
    async with running(wecom.service):
        assert await arrived(house, 1) == ["乙"]


@pytest.mark.parametrize(
    ("msgtype", "content", "kind", "text"),
    [
        ("image", {"media_id": "m"}, Kind.PICTURE, ""),
        ("voice", {"media_id": "m"}, Kind.VOICE, ""),
        ("video", {"media_id": "m"}, Kind.PICTURE, ""),
        ("file", {"media_id": "m"}, Kind.FILE, ""),
        ("link", {"title": "公告", "url": "u"}, Kind.FILE, "公告"),
        ("location", {"name": "江北新区", "latitude": 32.0}, Kind.LOCATION, "江北新区"),
        ("merged_msg", {"title": "聊天记录"}, Kind.FORWARDED, ""),
        ("business_card", {"userid": "u"}, Kind.OTHER, ""),
    ],
)
async def test_messages_are_delivered_as_what_they_are(
    wecom: WeCom, platform: FakePlatform, house: House, msgtype: str, content: dict[str, Any], kind: Kind, text: str
) -> None:
    platform.customer_writes("wm-li", msgtype, **content)
    await wecom.service.hear_of_news(KF, platform.announce())
    await wecom.service.fetch(KF)
    [delivery] = await house.inbox()
    assert (delivery.kind, delivery.text) == (kind, text)


async def test_a_menu_comes_back_as_a_tap(wecom: WeCom, platform: FakePlatform, house: House) -> None:
    platform.hear("wm-li")
    [parcel] = wecom.service.render(Sheet(text="好的。", message_id=ID, question=CITY), LI)
    await wecom.service.send(parcel)
    [menu] = platform.people["wm-li"].shown
    id, label = menu.menu[1]
    platform.customer_writes("wm-li", content=label, menu_id=id)
    await wecom.service.hear_of_news(KF, platform.announce())
    await wecom.service.fetch(KF)
    [delivery] = await house.inbox()
    assert (delivery.kind, delivery.text) == (Kind.TAP, "2 盐城")
    assert delivery.tap == Tap(action=Action.CHOOSE, about="01234567", value="yancheng")


async def test_above_a_menu_stands_no_more_than_it_may_hold(wecom: WeCom) -> None:
    [short] = wecom.service.render(Sheet(text="好" * 300, message_id=ID, question=CITY), LI)
    [long] = wecom.service.render(Sheet(text="好" * 400, message_id=ID, question=CITY), LI)
    assert "menu" in short and "menu" not in long


async def test_what_others_wrote_and_what_cannot_be_read_is_passed_over(
    wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.put(KF, "wm-li", origin=5, msgtype="text", text={"content": "人工的话"}, servicer_userid="zhangsan")
    platform.put(KF, "", origin=3, msgtype="text", text={"content": "没有名字"})
    platform.put(KF, "wm-li", origin=3, msgtype="text", text=None)
    platform.put(KF, "wm-li", origin=3, msgtype="text", text={"content": "没有时间"}, send_time="soon")
    platform.put(KF, "wm-li", origin=3, msgtype="text", text={"content": "没有那一天"}, send_time=10**15)
    platform.put(KF, "w" * 200, origin=3, msgtype="text", text={"content": "名字太长"})
    platform.put(KF, "wm-li", origin=4, msgtype="event", event="none")
    failed = {"event_type": "msg_send_fail", "external_userid": "wm-li", "fail_type": 4}
    platform.put(KF, "wm-li", origin=4, msgtype="event", event=failed)
    platform.customer_writes("wm-li", content="你好")
    await wecom.service.hear_of_news(KF, platform.announce())
    await wecom.service.fetch(KF)
    assert [delivery.text for delivery in await house.inbox()] == ["", "你好"]


async def test_a_whole_talk(wecom: WeCom, platform: FakePlatform, house: House, clock: Clock) -> None:
    async with served(wecom) as client, running(wecom.service):
        member = WeComPhone(client, clock)
        platform.customer_writes("wm-li", content="你好")
        await tell(member, platform)
        assert await arrived(house, 1) == ["你好"]
        for parcel in wecom.service.render(Sheet(text="您在哪个市？", message_id=ID, question=CITY), LI):
            await wecom.service.send(parcel)
        [menu] = platform.people["wm-li"].shown
        platform.customer_writes("wm-li", content=menu.menu[0][1], menu_id=menu.menu[0][0])
        await tell(member, platform)
        assert await arrived(house, 1) == ["1 南京"]
