"""Two people on platforms, an office with the real assistant, and staff."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.clock import system_clock
from bot.helpdesk import Helpdesk
from bot.office import Office
from bot.settings import Settings
from chains.assistant import Assistant
from tests.bot.fake_platform import Phone, platform_of, serving


@pytest_asyncio.fixture
async def office(settings: Settings, real_assistant: Assistant) -> AsyncIterator[Office]:
    names = ("telegram", "wechat", "wecom")
    office = Office(settings, build=lambda: real_assistant, clock=system_clock, serve=serving(*names))
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest.fixture(autouse=True)
def nothing_overtakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message comes after the other here: none has to be waited for."""
    monkeypatch.setattr("bot.post.lanes.SETTLE_SECONDS", 0.0)


@pytest.fixture
def phone(office: Office) -> Phone:
    return Phone(platform_of(office))


@pytest.fixture
def other(office: Office) -> Phone:
    return Phone(platform_of(office, "wechat"), "bob")


@pytest.fixture
def helpdesk(office: Office) -> Helpdesk:
    return Helpdesk(office.reception, office.people, system_clock)
