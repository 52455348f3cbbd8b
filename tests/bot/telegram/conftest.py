"""A bot with a real inbox behind it and a Bot API on the loopback before it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.channels.telegram.platform import Rhythm, Telegram
from bot.messages import Delivery
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.inbox import Inbox
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from bot.store.tables import inbox
from tests.bot.fakes import NOW, BareSettings
from tests.bot.stores import sqlite_url
from tests.bot.telegram.fake_api import TOKEN, FakeBotApi

QUICK = Rhythm(poll=30, first_wait=0.02, longest_wait=0.05, other_process=0.05)


@dataclass(slots=True)
class Brought:
    """What has been kept of what came."""

    database: Database

    async def deliveries(self) -> list[Delivery]:
        async with self.database.read() as connection:
            rows = await connection.execute(select(inbox.c.payload).order_by(inbox.c.place))
            return [Delivery.model_validate_json(row.payload) for row in rows]

    async def texts(self) -> list[str]:
        return [delivery.text for delivery in await self.deliveries()]


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    fake = FakeBotApi()
    await fake.start()
    yield fake
    await fake.stop()


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url(tmp_path))
    yield opened
    await opened.close()


@pytest.fixture
def kept(database: Database) -> Brought:
    return Brought(database)


def settings_for(api_url: str, **more: str) -> Settings:
    return BareSettings(TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api_url, **more)  # type: ignore[arg-type]


def telegram_for(settings: Settings, database: Database, rhythm: Rhythm = QUICK) -> Telegram:
    mailroom = Mailroom(Inbox(database), Outbox(database), clock=lambda: NOW)
    return Telegram(settings, mailroom, Notes(database), database, rhythm)


@pytest_asyncio.fixture
async def telegram(api: FakeBotApi, database: Database) -> AsyncIterator[Telegram]:
    """A bot that asks for updates; it is not opened."""
    bot = telegram_for(settings_for(api.url), database)
    yield bot
    await bot.close()
