"""An office in a temporary folder with a fake assistant in it, and a client at its door."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.channels.web import create_app
from bot.office import Office
from bot.settings import Settings
from tests.bot.fakes import NOW, BareSettings, FakeAssistant, Talk, start_talk
from tests.bot.stores import with_store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return BareSettings(HUIQI_DATA_DIR=with_store(tmp_path / "var"))


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest_asyncio.fixture
async def office(settings: Settings, assistant: FakeAssistant) -> AsyncIterator[Office]:
    office = Office(settings, build=lambda: assistant, clock=lambda: NOW)
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest_asyncio.fixture
async def client(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(office.settings, office))
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        yield client


@pytest_asyncio.fixture
async def talk(client: httpx.AsyncClient) -> Talk:
    return await start_talk(client)
