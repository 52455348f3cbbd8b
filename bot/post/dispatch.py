"""Takes sheets to the platforms: one at a time to each address and in order, at the platform's pace."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.channels.platform import (
    NotPermitted,
    Parcel,
    Platform,
    SendFailed,
    SendUnknown,
    Standing,
    TooFast,
    Unacceptable,
    Unreachable,
)
from bot.clock import Clock
from bot.post.pacer import Pacer
from bot.post.tasks import Tasks, wait_for
from bot.store.database import StoreUnavailable
from bot.store.outbox import TOO_FAST, Outbox, Sending, StoredSheet
from bot.store.people import People

log = logging.getLogger("huiqi.postoffice")

MOST_ATTEMPTS = 40
PASSIVE_GRACE_SECONDS = 1.0  # for a response that is still on its way
_SENDS = 20  # sheets under way at once
_LONGEST_PAUSE = 300.0


class Dispatch:
    """Sends what is in the outbox, tries again what failed, and keeps back what is to wait for its person."""

    def __init__(
        self,
        outbox: Outbox,
        people: People,
        platforms: Mapping[str, Platform],
        clock: Clock,
        count: Callable[[str], None],
    ) -> None:
        self._outbox = outbox
        self._people = people
        self._platforms = platforms
        self._clock = clock
        self._count = count
        self._woken = asyncio.Event()
        self._sends = Tasks(self._woken)
        self._pacers = {name: Pacer(platform.pace) for name, platform in platforms.items()}

    async def run(self) -> None:
        """Send for as long as the service runs."""
        while True:
            await wait_for(self._woken)
            room = _SENDS - len(self._sends)
            if room <= 0:
                continue
            try:
                due = await self._outbox.due(list(self._platforms), self._clock(), _SENDS * 2)
            except StoreUnavailable:
                continue
            for sheet_id, channel, address in due:
                if (channel, address) not in self._sends and room > 0:
                    room -= 1
                    self._sends.start((channel, address), self._send(sheet_id, self._platforms[channel]))

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def close(self, patience: float) -> None:
        """Finish what is being sent, within `patience` seconds. Once `run` has been stopped, nothing more begins."""
        await self._sends.close(patience)

    def not_before(self, channel: str, received_at: datetime) -> datetime:
        """When what answers a delivery may be sent: not as long as it may be given as the response to it."""
        now, seconds = self._clock(), self._platforms[channel].passive_seconds
        if not seconds:
            return now
        return max(now, received_at + timedelta(seconds=seconds + PASSIVE_GRACE_SECONDS))

    async def keep_unsent(self, channel: str, address: str) -> None:
        """Keep what failed so far, or came too late for a response where no message may be sent.

        It goes with the answer to what the person has written now.
        """
        platform = self._platforms[channel]
        await self._outbox.keep_failed(channel, address)
        if platform.passive_seconds and not await self._may_send(channel, address, platform):
            await self._outbox.keep(channel, address, self._clock() + timedelta(seconds=PASSIVE_GRACE_SECONDS))

    async def _send(self, sheet_id: int, platform: Platform) -> None:
        stored = await self._outbox.claim(sheet_id, self._clock())
        if stored is None:
            return
        if stored.passive and stored.parts >= len(_parcels(stored, platform)):
            await self._outbox.acknowledge(sheet_id, stored.parts, self._clock(), last=True)
            self._count(f"{platform.name}.sent")
            return
        if not await self._may_send(stored.channel, stored.address, platform):
            await self._outbox.set_aside(sheet_id, Sending.KEPT, self._clock(), "the platform's rules")
            return
        try:
            await self._send_parts(stored, platform)
        except TooFast as error:
            if error.everyone:
                self._pacers[platform.name].pause(error.seconds)
            await self._put_back(stored, error.seconds, TOO_FAST, charged=False)
        except Unreachable as error:
            await self._outbox.set_aside(sheet_id, Sending.UNREACHABLE, self._clock(), str(error))
            self._count(f"{platform.name}.unreachable")
        except NotPermitted as error:
            await self._keep(stored, error.reason)
        except Unacceptable as error:
            log.error("a sheet was not taken", extra={"event": {"sheet": sheet_id, "channel": platform.name}})
            await self._outbox.set_aside(sheet_id, Sending.FAILED, self._clock(), str(error))
            self._count(f"{platform.name}.failed")
        except SendUnknown as error:
            self._count(f"{platform.name}.doubtful")
            await self._doubt(stored, str(error) or "unknown")
        except SendFailed as error:
            await self._again(stored, str(error) or "failed")
        except Exception:
            log.exception("a send went wrong", extra={"event": {"sheet": sheet_id, "channel": platform.name}})
            await self._doubt(stored, "unforeseen")

    async def _send_parts(self, stored: StoredSheet, platform: Platform) -> None:
        parcels = _parcels(stored, platform)
        parts = stored.parts
        if parts >= len(parcels):
            await self._outbox.acknowledge(stored.id, parts, self._clock(), last=True)
        while parts < len(parcels):
            if stored.sheet is not None and not stored.sheet.receipt:
                await self._pacers[platform.name].wait_for_turn(stored.address)
            parts += 1
            goes_on = parts < len(parcels)
            may_go_on = not goes_on or await self._may_send(
                stored.channel, stored.address, platform, parts - stored.parts
            )
            parcel = parcels[parts - 1] if may_go_on else platform.unfinished(parcels[parts - 1])
            try:
                await platform.send(parcel)
            except Unacceptable:
                plain = platform.plainer(parcel)
                if plain is None:
                    raise
                await platform.send(plain)
            await self._outbox.acknowledge(stored.id, parts, self._clock(), last=not goes_on)
            if not may_go_on:
                raise NotPermitted("the platform's rules")
        self._count(f"{platform.name}.sent")

    async def _may_send(self, channel: str, address: str, platform: Platform, besides: int = 0) -> bool:
        """Whether a message may be sent, `besides` those of a sheet under way."""
        contact = await self._people.contact(channel, address)
        if contact is None or contact.heard_at is None:
            return True  # somebody who has just been forgotten at their own wish is told so
        sent = await self._outbox.sent_since(channel, address, contact.heard_at)
        return platform.may_send(Standing(contact.heard_at, sent + besides), self._clock())

    async def _again(self, stored: StoredSheet, error: str) -> None:
        """Try a sheet that was not taken again after a while; not for ever: then it waits for the person to write."""
        if stored.attempts + 1 >= MOST_ATTEMPTS:
            await self._keep(stored, error)
        else:
            await self._put_back(stored, _pause(stored.attempts), error)

    async def _doubt(self, stored: StoredSheet, error: str) -> None:
        """Send a sheet that has perhaps arrived once more; in doubt again, it waits for the person to write.

        A send that a kill cut off is no attempt: two misfortunes must not keep an answer back.
        """
        if stored.doubtful and stored.attempts:
            await self._keep(stored, error)
        else:
            await self._put_back(stored, _pause(stored.attempts), error, doubtful=True)

    async def _put_back(
        self, stored: StoredSheet, seconds: float, error: str, *, doubtful: bool = False, charged: bool = True
    ) -> None:
        not_before = self._clock() + timedelta(seconds=seconds)
        await self._outbox.put_back(stored.id, not_before, error, doubtful=doubtful, charged=charged)

    async def _keep(self, stored: StoredSheet, error: str) -> None:
        await self._outbox.set_aside(stored.id, Sending.KEPT, self._clock(), error)
        self._count(f"{stored.channel}.kept")


def _parcels(stored: StoredSheet, platform: Platform) -> Sequence[Parcel]:
    return platform.render(stored.sheet, stored.address) if stored.sheet else ()


def _pause(attempts: int) -> float:
    """Seconds until the next attempt: longer each time, and not all at the same moment."""
    return min(2.0**attempts, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)
