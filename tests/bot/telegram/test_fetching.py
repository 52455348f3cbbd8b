"""Long polling: each update is kept before Telegram hears that we have it; one process asks, and it never gives up."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.telegram.platform import Telegram
from bot.messages import Kind
from bot.store.database import Database, StoreUnavailable
from tests.bot.telegram.conftest import QUICK, Brought, settings_for, telegram_for
from tests.bot.telegram.fake_api import TOKEN, FakeBotApi, Misfortune, conflict, cut, server_error, too_fast
from tests.bot.telegram.updates import message_update

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def running(telegram: Telegram) -> AsyncIterator[asyncio.Task[None]]:
    await telegram.open()
    task = asyncio.create_task(telegram.run())
    try:
        yield task
    finally:
        begun = time.monotonic()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert time.monotonic() - begun < 3, "it did not stop at once"


async def until_kept(kept: Brought, texts: list[str]) -> None:
    for _ in range(500):
        if await kept.texts() == texts:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"kept: {await kept.texts()}")


async def test_importing_the_channel_does_not_import_aiogram() -> None:
    words = "import sys, bot.channels.telegram.platform; sys.exit(bool({'aiogram', 'aiohttp'} & set(sys.modules)))"
    assert (await asyncio.to_thread(subprocess.run, [sys.executable, "-c", words], check=False)).returncode == 0


async def test_opening_tells_telegram_who_we_are(telegram: Telegram, api: FakeBotApi) -> None:
    api.webhook = {"url": "https://old.example/"}
    api.push_text(5, "您好")
    await telegram.open()
    await telegram.open()
    await api.until(lambda: bool(api.commands))
    assert [c["command"] for c in api.commands] == ["start", "help", "profile", "restart", "sources", "human", "delete"]
    assert all(not c["description"].isascii() for c in api.commands)
    assert api.webhook == {}
    assert len(api.unconfirmed) == 1
    assert len(api.calls("getMe")) == 1


async def test_opening_sets_the_webhook_where_there_is_a_secret(api: FakeBotApi, database: Database) -> None:
    settings = settings_for(api.url, TELEGRAM_WEBHOOK_SECRET="s3cret", HUIQI_PUBLIC_URL="https://huiqi.example/")
    telegram = telegram_for(settings, database)
    await telegram.open()
    await api.until(lambda: bool(api.commands))
    await telegram.run()
    await telegram.close()
    assert api.webhook["url"] == "https://huiqi.example/telegram/webhook"
    assert api.webhook["secret_token"] == "s3cret"
    assert "callback_query" in api.webhook["allowed_updates"]
    assert not api.calls("getUpdates") and not api.calls("deleteWebhook")


async def test_a_webhook_that_somebody_else_has_set_up_is_left_alone(api: FakeBotApi, database: Database) -> None:
    telegram = telegram_for(settings_for(api.url, TELEGRAM_WEBHOOK_SECRET="s3cret"), database)
    await telegram.open()
    await api.until(lambda: bool(api.commands))
    await telegram.close()
    assert not api.calls("setWebhook") and not api.calls("deleteWebhook")


async def test_the_service_opens_and_closes_without_telegram(database: Database) -> None:
    telegram = telegram_for(settings_for("http://127.0.0.1:1"), database)
    begun = time.monotonic()
    async with running(telegram) as task:
        await asyncio.sleep(0.3)
        assert not task.done()
    await telegram.close()
    assert time.monotonic() - begun < 15


async def test_what_could_not_be_told_is_told_later(
    telegram: Telegram, api: FakeBotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.next("getMe", server_error(), server_error(), cut(arrives=False))
    api.next("setMyCommands", too_fast(0), server_error())
    with caplog.at_level(logging.INFO, "huiqi.telegram"):
        await telegram.open()
        await api.until(lambda: bool(api.commands))
        await api.until(lambda: "telegram knows about us" in caplog.messages)
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_a_call_that_a_server_does_not_know_keeps_nothing_else_from_being_done(
    method: str, telegram: Telegram, api: FakeBotApi, kept: Brought
) -> None:
    api.next(method, *[Misfortune(404, "Not Found: method not found")] * 1000)
    api.push_text(5, "您好")
    async with running(telegram):
        await until_kept(kept, ["您好"])
        await api.until(lambda: bool(api.commands))


async def test_a_webhook_that_is_in_the_way_is_waited_for(telegram: Telegram, api: FakeBotApi, kept: Brought) -> None:
    api.webhook = {"url": "https://old.example/"}
    api.next("deleteWebhook", server_error(), server_error())
    api.push_text(5, "您好")
    async with running(telegram):
        await until_kept(kept, ["您好"])
    assert api.webhook == {}


async def test_what_people_write_is_kept_in_order(telegram: Telegram, api: FakeBotApi, kept: Brought) -> None:
    api.push_text(5, "一")
    async with running(telegram):
        await until_kept(kept, ["一"])
        for text in ("二", "三"):
            api.push_text(5, text)
        await until_kept(kept, ["一", "二", "三"])
        await api.until(lambda: not api.unconfirmed)


async def test_nothing_is_confirmed_before_it_is_kept(
    telegram: Telegram, api: FakeBotApi, kept: Brought, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: object, *, urgent: bool = False) -> None:
        raise StoreUnavailable("the database is locked")

    async with running(telegram):
        await api.until(lambda: bool(api.calls("getUpdates")))
        with monkeypatch.context() as broken:
            broken.setattr(database, "write_at_once", locked)
            first = api.push_text(5, "您好")
            before = len(api.calls("getUpdates"))
            await api.until(lambda: len(api.calls("getUpdates")) > before + 3)
            assert [update["update_id"] for update in api.unconfirmed] == [first]
        await until_kept(kept, ["您好"])
        await api.until(lambda: not api.unconfirmed)


async def test_an_update_that_nobody_understands_does_not_hold_up_the_others(
    telegram: Telegram, api: FakeBotApi, kept: Brought
) -> None:
    api.push({"message": "not a message"})
    api.push({"message": message_update(5, 2, text="")["message"] | {"date": "never"}})
    api.push_text(5, "a\ud83db")
    api.push_text(5, "您好")
    async with running(telegram):
        await until_kept(kept, ["a�b", "您好"])


async def test_a_message_with_something_new_in_it_is_heard_all_the_same(
    telegram: Telegram, api: FakeBotApi, kept: Brought
) -> None:
    api.push_text(5, "您好", reply_to_message={"new": "shape"})
    api.push_text(5, "听说奖1000万", forward_origin={"type": "new"})
    async with running(telegram):
        await until_kept(kept, ["您好", ""])
    assert [delivery.kind for delivery in await kept.deliveries()] == [Kind.TEXT, Kind.OTHER]


async def test_trouble_is_told_once_and_never_ends_it(
    telegram: Telegram, api: FakeBotApi, kept: Brought, caplog: pytest.LogCaptureFixture
) -> None:
    api.next("getUpdates", *[server_error()] * 4, *[cut(arrives=False)] * 2, Misfortune(401, "Unauthorized"))
    api.next("getUpdates", too_fast(0), conflict(), Misfortune(200, body="<html>"), Misfortune(200, body='{"ok":true}'))
    api.push_text(5, "您好")
    with caplog.at_level(logging.INFO, "huiqi.telegram"):
        async with running(telegram):
            await until_kept(kept, ["您好"])
            await api.until(lambda: "telegram is fetched from" in caplog.messages)
    assert caplog.messages.count("telegram is not fetched from") < 9
    assert TOKEN not in caplog.text


async def test_numbers_may_start_anew(api: FakeBotApi, database: Database, kept: Brought) -> None:
    """After a quiet week Telegram goes on with any number, also with a lower one."""
    telegram = telegram_for(settings_for(api.url), database, replace(QUICK, poll=1))
    async with running(telegram):
        api.push_text(5, "二")
        await until_kept(kept, ["二"])
        await api.until(lambda: not api.unconfirmed)
        api.push({"update_id": 3, **message_update(5, 1000, text="一")})
        await until_kept(kept, ["一", "二"])
    await telegram.close()


async def test_one_process_asks_and_another_takes_over(
    telegram: Telegram, api: FakeBotApi, kept: Brought, database: Database
) -> None:
    other = telegram_for(settings_for(api.url), database)
    async with running(telegram) as first, running(other):
        await api.until(lambda: api.fetchers == 1)
        await asyncio.sleep(0.3)
        assert len(api.calls("getUpdates")) == 1
        first.cancel()
        await api.until(lambda: len(api.calls("getUpdates")) == 2)
        api.push_text(5, "您好")
        await until_kept(kept, ["您好"])
    await other.close()


async def test_an_endless_wait_ends_at_once_when_it_is_told_to(telegram: Telegram, api: FakeBotApi) -> None:
    async with running(telegram):
        await api.until(lambda: api.fetchers == 1)


async def test_a_tap_on_what_is_seen_arrives(telegram: Telegram, api: FakeBotApi, kept: Brought) -> None:
    parcel: dict[str, Any] = {
        "method": "sendMessage",
        "chat_id": "5",
        "text": "您在哪个市？",
        "reply_markup": {"inline_keyboard": [[{"text": "南京", "callback_data": "o:01234567:nanjing"}]]},
    }
    shown = await telegram.send(parcel)
    async with running(telegram):
        api.tap(5, "南京")
        await until_kept(kept, [""])
    [delivery] = await kept.deliveries()
    assert delivery.tap is not None
    assert (delivery.tap.value, delivery.tap.shown) == ("nanjing", shown)
