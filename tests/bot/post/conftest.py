"""An office with a fake platform, whose clock stands still until it is moved."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.office import Office
from bot.settings import Settings
from tests.bot.fake_platform import FakePlatform, Later, platform_of
from tests.bot.fakes import NOW, FakeAssistant
from tests.bot.post.flow import open_office


@pytest.fixture
def clock() -> Later:
    return Later(NOW)


@pytest_asyncio.fixture
async def office(settings: Settings, assistant: FakeAssistant, clock: Later) -> AsyncIterator[Office]:
    office = await open_office(settings, assistant, clock)
    yield office
    await office.close()


@pytest.fixture
def platform(office: Office) -> FakePlatform:
    return platform_of(office)
