"""A database with inbox and outbox, the platforms behind the loopback, and the channels between them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request, Response

from bot.channels.wechat.official import OfficialAccount
from bot.channels.wechat.wecom import WeCom
from bot.messages import Delivery, Sheet
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database, StoreUnavailable, open_database
from bot.store.inbox import Inbox
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from tests.bot.fakes import BareSettings
from tests.bot.stores import sqlite_url, with_store
from tests.bot.wechat.fake_wechat import (
    AES_KEY,
    AGENT_ID,
    APP_ID,
    APP_SECRET,
    APP_TOKEN,
    CORP_ID,
    CORP_SECRET,
    CORP_TOKEN,
    Clock,
    FakePlatform,
)
from tests.bot.wechat.phones import WeChatPhone, WeComPhone


@dataclass
class House:
    """What stands behind the channels, and somebody who answers: by a function, or not at all."""

    database: Database
    mailroom: Mailroom
    notes: Notes
    clock: Clock

    async def inbox(self) -> list[Delivery]:
        """Everything that waits, address by address, in the order in which it was sent."""
        found = []
        for (channel, address), _ in await self.mailroom.inbox.addresses_waiting():
            while (stored := await self.mailroom.inbox.next_delivery(channel, address)) is not None:
                assert stored.delivery is not None
                found.append(stored.delivery)
                await self.mailroom.inbox.finish(stored, self.clock())
        return found

    async def answer(self, reply: Callable[[Delivery], list[Sheet]]) -> None:
        """Answer everything that waits, as the worker does."""
        for (channel, address), _ in await self.mailroom.inbox.addresses_waiting():
            stored = await self.mailroom.inbox.next_delivery(channel, address)
            if stored is not None and stored.delivery is not None:
                await self.mailroom.inbox.finish(stored, self.clock(), reply(stored.delivery))
                self.mailroom.tell_answered(stored.id)

    @asynccontextmanager
    async def answering(self, reply: Callable[[Delivery], list[Sheet]]) -> AsyncIterator[None]:
        """Somebody who answers whatever comes in, as soon as it does."""
        over = False

        async def keep_answering() -> None:
            while not over:
                await self.mailroom.woken.wait()
                self.mailroom.woken.clear()
                await self.answer(reply)

        worker = asyncio.create_task(keep_answering())
        try:
            yield
        finally:
            over = True
            self.mailroom.woken.set()
            await worker


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    database = await open_database(sqlite_url(tmp_path))
    mailroom = Mailroom(Inbox(database), Outbox(database), clock)
    yield House(database, mailroom, Notes(database), clock)
    await database.close()


@pytest_asyncio.fixture
async def platform(clock: Clock) -> AsyncIterator[FakePlatform]:
    async with FakePlatform(clock) as platform:
        yield platform


@pytest.fixture
def settings(platform: FakePlatform, tmp_path: Path) -> Settings:
    return settings_for(platform.url, tmp_path)


def settings_for(url: str, folder: Path, *, aes_key: str | None = AES_KEY) -> Settings:
    given = {
        "HUIQI_DATA_DIR": with_store(folder / "var"),
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": APP_SECRET,
        "WECHAT_TOKEN": APP_TOKEN,
        "WECHAT_ENCODING_AES_KEY": aes_key,
        "WECHAT_API_URL": url,
        "WECOM_CORP_ID": CORP_ID,
        "WECOM_AGENT_ID": AGENT_ID,
        "WECOM_SECRET": CORP_SECRET,
        "WECOM_TOKEN": CORP_TOKEN,
        "WECOM_ENCODING_AES_KEY": AES_KEY,
        "WECOM_API_URL": url,
    }
    return BareSettings.model_validate(given)


@pytest_asyncio.fixture
async def account(settings: Settings, house: House) -> AsyncIterator[OfficialAccount]:
    account = OfficialAccount(settings, house.mailroom, house.notes, house.database, house.clock)
    account.response_seconds = 1.0
    await account.open()
    yield account
    await account.close()


@pytest_asyncio.fixture
async def wecom(settings: Settings, house: House) -> AsyncIterator[WeCom]:
    wecom = WeCom(settings, house.mailroom, house.notes, house.database, house.clock)
    await wecom.open()
    yield wecom
    await wecom.close()


@asynccontextmanager
async def served(*channels: OfficialAccount | WeCom) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application with nothing in it but the callbacks."""
    app = FastAPI(openapi_url=None, telemetry={"tracing": False, "metrics": False, "logs": False})

    @app.exception_handler(StoreUnavailable)
    async def unavailable(_: Request, __: Exception) -> Response:
        return Response(status_code=503)

    for channel in channels:
        app.router.routes.extend(channel.routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        yield client


@pytest_asyncio.fixture
async def phone(account: OfficialAccount, clock: Clock) -> AsyncIterator[WeChatPhone]:
    async with served(account) as client:
        yield WeChatPhone(client, clock)


@pytest_asyncio.fixture
async def member(wecom: WeCom, clock: Clock) -> AsyncIterator[WeComPhone]:
    async with served(wecom) as client:
        yield WeComPhone(client, clock)
