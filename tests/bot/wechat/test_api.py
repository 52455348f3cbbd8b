"""The access token: fetched once for everybody, renewed before its end and when the platform says so."""

import asyncio
import logging
import traceback

import pytest

from bot.channels.platform import SendFailed
from bot.channels.wechat.official import TOKEN_NOTE, OfficialAccount
from bot.channels.wechat.wecom import WeCom
from bot.messages import Sheet
from bot.settings import Settings
from tests.bot.wechat.conftest import House
from tests.bot.wechat.fake_wechat import APP_SECRET, Clock, FakePlatform

pytestmark = pytest.mark.asyncio


async def send(account: OfficialAccount, platform: FakePlatform, text: str = "好") -> None:
    platform.hear("oLi-1")
    [parcel] = account.render(Sheet(text=text), "oLi-1")
    await account.send(parcel)


async def test_one_token_serves_many_messages_at_once(account: OfficialAccount, platform: FakePlatform) -> None:
    await asyncio.gather(*(send(account, platform, str(i)) for i in range(5)))
    assert platform.issued == 1 and len(platform.shown("oLi-1")) == 5


async def test_another_channel_object_finds_the_token_in_the_notes(
    account: OfficialAccount, platform: FakePlatform, house: House, settings: Settings
) -> None:
    await send(account, platform)
    other = OfficialAccount(settings, house.mailroom, house.notes, house.database, house.clock)
    await other.open()
    await send(other, platform)
    await other.close()
    assert platform.issued == 1


async def test_a_token_is_renewed_five_minutes_before_its_end(
    account: OfficialAccount, platform: FakePlatform, clock: Clock, house: House
) -> None:
    await send(account, platform)
    clock.go_on(seconds=7200 - 301)
    assert await house.notes.read(TOKEN_NOTE, clock()) is not None
    clock.go_on(seconds=2)
    assert await house.notes.read(TOKEN_NOTE, clock()) is None


async def test_a_token_that_is_over_is_renewed_and_the_message_arrives(
    account: OfficialAccount, platform: FakePlatform
) -> None:
    await send(account, platform)
    platform.forget_tokens()
    await asyncio.gather(*(send(account, platform, str(i)) for i in range(4)))
    assert platform.issued == 2 and len(platform.shown("oLi-1")) == 5


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_platform_that_takes_no_token_is_a_failure_and_no_loop(
    account: OfficialAccount, platform: FakePlatform, code: int
) -> None:
    platform.faults = [code, code]
    with pytest.raises(SendFailed, match=str(code)):
        await send(account, platform)
    assert len(platform.calls) == 2
    await send(account, platform)


async def test_the_same_bad_token_again_is_forced_to_be_a_new_one(
    account: OfficialAccount, platform: FakePlatform
) -> None:
    platform.faults = [40001]
    await send(account, platform)
    assert platform.issued == 2 and platform.shown("oLi-1") == ["好"]


@pytest.mark.parametrize("fault", [-1, 40125, 40164, "not json", "http 500"])
async def test_without_a_token_nothing_is_sent(
    account: OfficialAccount, platform: FakePlatform, fault: int | str
) -> None:
    platform.token_faults = [fault]
    with pytest.raises(SendFailed):
        await send(account, platform)
    assert platform.calls == []
    await send(account, platform)


@pytest.mark.parametrize("fault", ["http 404", "http 405", 40066])
async def test_a_platform_with_the_older_call_alone_gives_its_token_by_that(
    account: OfficialAccount, platform: FakePlatform, fault: int | str
) -> None:
    platform.token_faults = [fault]
    await send(account, platform)
    platform.token_faults = [fault]
    platform.forget_tokens()
    await send(account, platform)
    assert platform.issued == 2 and len(platform.shown("oLi-1")) == 2


async def test_while_somebody_else_fetches_the_token_we_wait_for_theirs(
    account: OfficialAccount, platform: FakePlatform, house: House
) -> None:
    async with house.database.hold(TOKEN_NOTE) as mine:
        assert mine
        sending = asyncio.create_task(send(account, platform))
        await asyncio.sleep(0.1)
        assert not sending.done() and platform.issued == 0
        platform.tokens["theirs"] = house.clock.now.replace(year=2027)
        await house.notes.write(TOKEN_NOTE, "theirs")
    await sending
    assert platform.issued == 0 and platform.shown("oLi-1") == ["好"]


async def test_wecom_and_its_customer_service_share_a_token(wecom: WeCom, platform: FakePlatform) -> None:
    platform.hear("wm1")
    [parcel] = wecom.render(Sheet(text="好"), "u:zhangsan")
    await wecom.send(parcel)
    [parcel] = wecom.service.render(Sheet(text="好"), "k:wk1:wm1")
    await wecom.service.send(parcel)
    assert platform.issued == 1


async def test_neither_token_nor_secret_is_in_the_log_or_in_an_error(
    account: OfficialAccount, platform: FakePlatform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # it tells every statement, which nobody else asks for
    told = []
    for fault in (40001, "cut", "hang", "not json", 45015, -1):
        await account.close()
        account._api.total_seconds = 0.3
        await account.open()
        platform.forget_tokens()
        platform.faults = [fault, fault]
        try:
            await send(account, platform)
        except Exception as error:
            told.append("".join(traceback.format_exception(error)))
    platform.token_faults = ["hang"]
    platform.forget_tokens()
    try:
        await send(account, platform)
    except SendFailed as error:
        told.append("".join(traceback.format_exception(error)))
    assert len(told) == 7
    for words in (*told, caplog.text):
        assert "token-" not in words and APP_SECRET not in words
