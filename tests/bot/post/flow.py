"""An office with fake platforms, and how mail flows through it."""

import asyncio
from collections.abc import Callable

from bot.channels.platform import Pace
from bot.office import Office
from bot.settings import Settings
from tests.bot.fake_platform import FakePlatform, Later, serving
from tests.bot.fakes import FakeAssistant

UNHURRIED = Pace(per_second=10_000, between=0)


async def open_office(settings: Settings, assistant: FakeAssistant, clock: Later, pace: Pace = UNHURRIED) -> Office:
    def set_pace(platform: FakePlatform) -> None:
        platform.pace = pace

    served = serving("telegram", "wechat", make=set_pace)
    office = Office(settings, build=lambda: assistant, clock=clock, serve=served)
    await office.open()
    await office.assistant()
    return office


async def flow(clock: Later, platform: FakePlatform) -> None:
    """Let everything come to its end, with time passing by."""
    async with asyncio.timeout(60):
        mail = platform.mailroom
        while await mail.inbox.count_waiting() or await mail.outbox.count_unsent():
            clock.pass_by(seconds=1)
            platform.mailroom.woken.set()
            await asyncio.sleep(0.05)


def answers(platform: FakePlatform, address: str = "ann") -> list[str]:
    return [s.text[s.text.index("第") :].split("。")[0] for a, s in platform.sent if a == address and "第" in s.text]


async def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)
