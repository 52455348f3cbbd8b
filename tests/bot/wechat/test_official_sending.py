"""The official account: what is sent later, and how it goes wrong."""

import json
import traceback
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.platform import (
    NotPermitted,
    SendFailed,
    SendUnknown,
    Standing,
    TooFast,
    Unacceptable,
    Unreachable,
)
from bot.channels.wechat.official import RIGHT_NOTE, OfficialAccount
from bot.messages import Action, Button, Delivery, Sheet
from bot.store.outbox import Sending
from tests.bot.fakes import CITY
from tests.bot.wechat.conftest import House, settings_for
from tests.bot.wechat.fake_wechat import START, Clock, FakePlatform
from tests.bot.wechat.phones import WeChatPhone

pytestmark = pytest.mark.asyncio
ID = "0123456789abcdef"


def echo(delivery: Delivery) -> list[Sheet]:
    return [Sheet(text=f"**听到**：{delivery.text}")]


async def test_an_answer_is_sent_later_and_read(account: OfficialAccount, platform: FakePlatform) -> None:
    platform.hear("oLi-1")
    for parcel in account.render(Sheet(text="**可以申请** 融资白名单[1]"), "oLi-1"):
        assert await account.send(parcel)
    assert platform.shown("oLi-1") == ["可以申请 融资白名单[1]"]


async def test_a_single_choice_is_sent_as_a_menu_and_plainly_where_there_are_none(
    account: OfficialAccount, platform: FakePlatform
) -> None:
    platform.hear("oLi-1")
    button = Button(action=Action.SAY, value="转人工", label="转人工")
    [parcel] = account.render(Sheet(text="好的。", message_id=ID, question=CITY, buttons=(button,)), "oLi-1")
    assert json.loads(json.dumps(parcel)) == parcel
    await account.send(parcel)
    [menu] = platform.people["oLi-1"].shown
    assert (menu.text, menu.tail) == ("好的。\n\n您在哪个市？", "也可以回复数字")
    assert menu.menu[0] == ("o:01234567:nanjing", "1 南京") and menu.menu[2] == ("y:01234567:转人工", "3 转人工")
    platform.takes_menus = False
    with pytest.raises(Unacceptable):
        await account.send(parcel)
    plainer = account.plainer(parcel)
    assert plainer is not None and account.plainer(plainer) is None
    await account.send(plainer)
    assert platform.shown("oLi-1")[1].endswith("1 南京\n2 盐城\n3 转人工\n回复数字或直接说")


async def test_after_five_messages_or_two_days_nothing_more_may_be_sent(
    account: OfficialAccount, platform: FakePlatform, clock: Clock
) -> None:
    platform.hear("oLi-1")
    [parcel] = account.render(Sheet(text="好"), "oLi-1")
    for sent in range(5):
        assert account.may_send(Standing(START, sent), clock())
        await account.send(parcel)
    assert not account.may_send(Standing(START, 5), clock())
    with pytest.raises(NotPermitted):
        await account.send(parcel)
    platform.hear("oLi-1")
    clock.go_on(hours=48)
    assert not account.may_send(Standing(START, 0), clock())
    with pytest.raises(NotPermitted):
        await account.send(parcel)


async def test_that_the_account_lacks_the_right_is_remembered_for_a_day(
    account: OfficialAccount, platform: FakePlatform, house: House, clock: Clock, settings: object
) -> None:
    platform.hear("oLi-1")
    platform.has_right = False
    [parcel] = account.render(Sheet(text="好"), "oLi-1")
    with pytest.raises(NotPermitted, match="48001"):
        await account.send(parcel)
    assert await house.notes.read(RIGHT_NOTE, clock()) == "no"
    assert not account.may_send(Standing(START, 0), clock())
    clock.go_on(hours=25)
    assert account.may_send(Standing(clock() - timedelta(hours=1), 0), clock())


async def test_another_process_reads_that_the_right_is_lacking(
    account: OfficialAccount, house: House, clock: Clock
) -> None:
    await house.notes.write(RIGHT_NOTE, "no")
    assert account.may_send(Standing(START, 0), clock())
    await account.open()
    assert not account.may_send(Standing(START, 0), clock())


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (45015, NotPermitted),
        (45047, NotPermitted),
        (40003, Unreachable),
        (43004, Unreachable),
        (45009, TooFast),
        (45011, TooFast),
        (-1, SendFailed),
        (99999, SendFailed),
        (44002, Unacceptable),
        (40007, Unacceptable),
        (45002, Unacceptable),
        ("cut", SendUnknown),
        ("done, then cut", SendUnknown),
        ("hang", SendUnknown),
        ("not json", SendUnknown),
        ("http 500", SendFailed),
        ("http 502", SendFailed),
        ("http 504", SendUnknown),
        ("http 503", SendFailed),
        ("http 404", SendFailed),
        ("http 429", TooFast),
    ],
)
async def test_what_goes_wrong_is_told_as_what_it_means(
    account: OfficialAccount, platform: FakePlatform, fault: int | str, meaning: type[Exception]
) -> None:
    await account.close()
    account._api.total_seconds = 0.5
    await account.open()
    platform.hear("oLi-1")
    [parcel] = account.render(Sheet(text="好"), "oLi-1")
    platform.faults = [fault]
    with pytest.raises(meaning) as told:
        await account.send(parcel)
    assert "token-" not in "".join(traceback.format_exception(told.value))
    await account.send(parcel)


async def test_a_platform_that_is_not_there_was_not_reached(house: House, tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:9", tmp_path)
    account = OfficialAccount(settings, house.mailroom, house.notes, house.database, house.clock)
    await account.open()
    [parcel] = account.render(Sheet(text="好"), "oLi-1")
    with pytest.raises(SendFailed):
        await account.send(parcel)
    await account.close()


async def test_a_whole_turn_by_customer_service_message(
    phone: WeChatPhone, house: House, account: OfficialAccount, platform: FakePlatform
) -> None:
    account.response_seconds = 0.1
    platform.hear(phone.openid)
    assert await phone.say("你好") == ""
    await house.answer(echo)
    [(id, _, address)] = await house.mailroom.outbox.due([account.name], house.clock(), 10)
    stored = await house.mailroom.outbox.claim(id, house.clock())
    assert stored is not None and stored.sheet is not None
    for parcel in account.render(stored.sheet, address):
        await account.send(parcel)
    await house.mailroom.outbox.acknowledge(id, 1, house.clock(), last=True)
    assert platform.shown(phone.openid) == ["听到：你好"]
    assert stored.state is Sending.WAITING and not stored.passive
