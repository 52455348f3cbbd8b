"""A town: an office with every door open, and the platforms before it.

The office is wired as in production; only the addresses of the platforms point to the loopback.
"""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import uvicorn

from bot.channels.web import create_app
from bot.office import Office
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from chains.assistant import Assistant
from tests.bot.fakes import BareSettings
from tests.bot.telegram.fake_api import TOKEN, FakeBotApi
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

WEBHOOK_SECRET = "s3cret_S3CRET-0123456789"
_LOOK = 0.02


class Ticking(Clock):
    """Time that goes on by itself, and further when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = time.monotonic()

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._begun)


@dataclass(slots=True)
class Town:
    """The office that serves, the platforms that it serves on."""

    office: Office
    api: FakeBotApi
    wechat: FakePlatform
    clock: Ticking
    client: httpx.AsyncClient

    async def settle(self, seconds: float = 60) -> None:
        """Wait until everything that was brought is answered and sent, or set aside."""
        inbox, outbox = Inbox(self.office.database), Outbox(self.office.database)
        async with asyncio.timeout(seconds):
            while self.api.unconfirmed or await inbox.count_waiting() or await outbox.count_unsent():
                await asyncio.sleep(_LOOK)


@asynccontextmanager
async def town(folder: Path, assistant: Assistant, *, by_webhook: bool = True, **more: object) -> AsyncIterator[Town]:
    """A served office with all platforms; Telegram brings its updates or is asked for them."""
    clock, api = Ticking(), FakeBotApi()
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with FakePlatform(clock) as wechat, httpx.AsyncClient(base_url=url, timeout=30) as client:
        await api.start()
        given = everything_set(folder, api.url, wechat.url) | {"HUIQI_PUBLIC_URL": url} | more
        if not by_webhook:
            del given["TELEGRAM_WEBHOOK_SECRET"]
        office = Office(BareSettings.model_validate(given), build=lambda: assistant, clock=clock)
        server = uvicorn.Server(
            uvicorn.Config(create_app(office.settings, office), log_config=None, proxy_headers=False, lifespan="on")
        )
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await api.until(lambda: server.started and bool(api.webhook or api.fetchers), 30)
            await office.assistant()
            yield Town(office, api, wechat, clock, client)
        finally:
            await client.aclose()
            server.should_exit = True
            await serving
            await api.stop()


def everything_set(folder: Path, telegram_url: str, wechat_url: str) -> dict[str, object]:
    """The settings of an office with every platform."""
    return {
        "HUIQI_DATA_DIR": folder / "var",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram_url,
        "TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": APP_SECRET,
        "WECHAT_TOKEN": APP_TOKEN,
        "WECHAT_ENCODING_AES_KEY": AES_KEY,
        "WECHAT_API_URL": wechat_url,
        "WECOM_CORP_ID": CORP_ID,
        "WECOM_AGENT_ID": AGENT_ID,
        "WECOM_SECRET": CORP_SECRET,
        "WECOM_TOKEN": CORP_TOKEN,
        "WECOM_ENCODING_AES_KEY": AES_KEY,
        "WECOM_API_URL": wechat_url,
    }
