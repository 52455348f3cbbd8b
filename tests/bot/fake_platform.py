"""A messaging platform in memory, that behaves as it is told: what it delivers, what it takes, how sends end."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, Platform, Standing
from bot.clock import Clock
from bot.messages import Action, Delivery, Kind, Sheet, Tap
from bot.office import Office, Serve
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.notes import Notes


class FakePlatform:
    """One message for a sheet, or one for each line with `by_line`. `endings` are raised one after the other."""

    def __init__(self, mailroom: Mailroom, clock: Clock, name: str = "telegram") -> None:
        self.name = name
        self.pace = Pace(per_second=10_000, between=0)
        self.passive_seconds = 0.0
        self.by_line = False
        self.mailroom = mailroom
        self.clock = clock
        self.endings: deque[BaseException | None] = deque()
        self.sent: list[tuple[str, Sheet]] = []
        self.parcels: list[Parcel] = []
        self.allowed = True
        self.most = 1_000_000
        self.has_staff = False
        self.progress: list[str] = []
        self.handed_over: list[str] = []
        self._number = 0

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        body = {"to": address, "sheet": sheet.model_dump_json()}
        if not self.by_line:
            return [body]
        return [{**body, "line": line} for line in sheet.text.split("\n") if line]

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return None if "plain" in parcel else {**parcel, "plain": True}

    def unfinished(self, parcel: Parcel) -> Parcel:
        return {**parcel, "unfinished": True}

    def may_send(self, standing: Standing, now: datetime) -> bool:
        return self.allowed and standing.sent_since < self.most

    async def send(self, parcel: Parcel) -> str:
        ending = self.endings.popleft() if self.endings else None
        if ending is not None:
            raise ending
        self.parcels.append(parcel)
        self.sent.append((str(parcel["to"]), Sheet.model_validate(json.loads(str(parcel["sheet"])))))
        return str(len(self.sent))

    async def show_progress(self, address: str, so_far: str) -> None:
        self.progress.append(address)

    async def hand_over(self, address: str) -> bool:
        self.handed_over.append(address)
        return self.has_staff

    async def open(self) -> None:
        return None

    async def close(self) -> None:
        return None

    def routes(self) -> Sequence[Route]:
        return ()

    async def run(self) -> None:
        return None

    # --- what a test does

    def delivery(self, address: str, text: str = "", **more: object) -> Delivery:
        self._number += 1
        number = more.pop("number", self._number)
        values: dict[str, object] = {
            "channel": self.name,
            "delivery_id": f"d{number}",
            "identity": f"m{number}",
            "address": address,
            "place": f"{number:020d}",
            "sent_at": self.clock(),
            "kind": Kind.TEXT,
            "text": text,
        }
        return Delivery.model_validate(values | more)

    async def deliver(self, address: str, text: str = "", **more: object) -> None:
        await self.mailroom.accept(self.delivery(address, text, **more))


class Phone:
    """Somebody on the platform: says things and reads what comes back."""

    def __init__(self, platform: FakePlatform, address: str = "ann") -> None:
        self.platform = platform
        self.address = address

    @property
    def shown(self) -> list[Sheet]:
        return [sheet for address, sheet in self.platform.sent if address == self.address]

    async def say(self, text: str, **more: object) -> Sheet:
        """The last sheet that came of it."""
        return (await self.sheets_for(text, **more))[-1]

    async def tap(self, action: Action, value: str = "", about: str = "") -> list[Sheet]:
        """What came of tapping a button under the last answer."""
        answer = next((s.message_id for s in reversed(self.shown) if s.message_id), "")
        tap = Tap(action=action, about=about or answer[:8], value=value, shown="77", receipt="q1")
        return await self.sheets_for("", kind=Kind.TAP, tap=tap)

    async def sheets_for(self, text: str, **more: object) -> list[Sheet]:
        before = len(self.shown)
        await self.platform.deliver(self.address, text, **more)
        await settled(self.platform)
        return self.shown[before:]


async def settled(platform: FakePlatform, seconds: float = 60) -> None:
    """Wait until everything that was delivered is answered and sent, or set aside."""
    mail = platform.mailroom
    async with asyncio.timeout(seconds):
        while await mail.inbox.count_waiting() or await mail.outbox.count_unsent():
            await asyncio.sleep(0.02)


class Later:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def serving(*names: str, make: Callable[[FakePlatform], None] = lambda _: None) -> Serve:
    """Serve fake platforms of these names."""

    def serve(
        settings: Settings, mailroom: Mailroom, notes: Notes, database: Database, clock: Clock
    ) -> dict[str, Platform]:
        platforms: dict[str, Platform] = {}
        for name in names:
            platform = platforms[name] = FakePlatform(mailroom, clock, name)
            make(platform)
        return platforms

    return serve


def platform_of(office: Office, name: str = "telegram") -> FakePlatform:
    platform = office.platforms[name]
    assert isinstance(platform, FakePlatform)
    return platform
