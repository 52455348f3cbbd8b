"""Brings what platforms delivered to the front desk: of each address one delivery at a time and in order.

Whoever has to wait, for a lane or for an answer that takes long, is given a sign of life.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from bot.channels.platform import Platform
from bot.desk.frontdesk import FrontDesk
from bot.desk.visit import Attended
from bot.post.dispatch import Dispatch
from bot.post.mailroom import Mailroom
from bot.post.pacer import Pacer
from bot.post.tasks import LOOK_SECONDS, Address, Tasks, wait_for
from bot.store.database import Database, StoreUnavailable
from bot.store.inbox import StoredDelivery

log = logging.getLogger("huiqi.postoffice")

LANES = 8  # addresses attended to at once, as long as that keeps us busy
LEISURE_SECONDS = 0.2
SETTLE_SECONDS = 0.2  # deliveries that overtook each other on the way are put in order again
SLOW_SECONDS = 2.0
_MOST_LANES = 256  # when those who have the others only wait, as for a model
_MOST_SETTLING_SECONDS = 1.5
_BREATH_SECONDS = 0.02
_TRIES = 3


class Lanes:
    """Attends to what is in the inbox, to many addresses at once."""

    def __init__(
        self,
        database: Database,
        mailroom: Mailroom,
        desk: FrontDesk,
        dispatch: Dispatch,
        platforms: Mapping[str, Platform],
    ) -> None:
        self._database = database
        self._mailroom = mailroom
        self._inbox = mailroom.inbox
        self._clock = mailroom.clock
        self._desk = desk
        self._dispatch = dispatch
        self._platforms = platforms
        self._lanes = Tasks(mailroom.woken)
        self._pacers = {name: Pacer(platform.pace) for name, platform in platforms.items()}  # beside what is sent
        self._closing = False

    async def take_in(self) -> None:
        """Give lanes to those who wait, for as long as the service runs."""
        pause = LOOK_SECONDS
        while True:
            await wait_for(self._mailroom.woken, pause)
            pause = LOOK_SECONDS
            room = LANES - len(self._lanes)
            if room <= 0:
                pause = LEISURE_SECONDS
                if not await has_leisure(self._database):
                    continue  # the first that ends wakes us
                room = min(LANES, _MOST_LANES - len(self._lanes))
            for address in [address for address, _ in await self._without_lane()][: max(room, 0)]:
                self._lanes.start(address, self._attend_all(address))
            await asyncio.sleep(_BREATH_SECONDS)

    async def comfort(self) -> None:
        """Give whoever waits for a lane a sign of life as soon as whoever has one and waits for an answer."""
        comforted: set[Address] = set()
        async with asyncio.TaskGroup() as signs:
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                waiting = await self._without_lane() if len(self._lanes) >= LANES else []
                comforted &= {address for address, _ in waiting}
                for address, since in waiting:
                    if address not in comforted and (self._clock() - since).total_seconds() >= LOOK_SECONDS:
                        comforted.add(address)
                        signs.create_task(self._give_sign(address))

    async def close(self, patience: float) -> None:
        """Attend to nothing more, and finish what is being attended to, within `patience` seconds."""
        self._closing = True
        await self._lanes.close(patience)

    async def _give_sign(self, address: Address) -> None:
        channel, person = address
        await self._pacers[channel].wait_for_turn(person)
        if address not in self._lanes:
            await self._platforms[channel].show_progress(person, "")

    async def _without_lane(self) -> list[tuple[Address, datetime]]:
        """Whom nobody attends to, and since when they wait, the longest waiting first."""
        try:
            waiting = await self._inbox.addresses_waiting()
        except StoreUnavailable:
            return []
        return [(a, since) for a, since in waiting if a not in self._lanes and a[0] in self._platforms]

    async def _attend_all(self, address: Address) -> None:
        channel, person = address
        async with self._database.hold(f"lane:{channel}:{person}") as mine:
            while mine and not self._closing:
                stored = await self._inbox.next_delivery(channel, person)
                if stored is None:
                    return
                newest = await self._inbox.newest(channel, person) or stored.received_at
                if (unsettled := settles_in(stored.received_at, newest, self._clock())) > 0:
                    await asyncio.sleep(unsettled)
                elif not await self._attend(stored, self._platforms[channel], person):
                    return

    async def _attend(self, stored: StoredDelivery, platform: Platform, person: str) -> bool:
        """Attend to one delivery; False if it has to wait."""
        try:
            await self._dispatch.keep_unsent(platform.name, person)
            attended = await self._handed_over(await self._attended(stored, platform, person), platform, person)
        except StoreUnavailable:
            await asyncio.sleep(LOOK_SECONDS)
            return False
        except Exception:
            log.exception("could not attend to a delivery", extra={"event": {"inbox": stored.id}})
            if await self._inbox.fail_once(stored) < _TRIES:
                await asyncio.sleep(LOOK_SECONDS)
                return False
            attended = await self._desk.apologise(stored)
        contact = attended.contact
        finished = await self._inbox.finish(
            stored,
            self._clock(),
            attended.sheets,
            contact_id=contact.id if contact else None,
            contact_state=attended.state.model_dump_json(),
            not_before=self._dispatch.not_before(platform.name, stored.received_at),
            also=attended.also,
        )
        self._mailroom.tell_answered(stored.id)
        self._dispatch.wake()
        if finished:
            self._mailroom.count(f"{platform.name}.answered")
            await self._wipe_traces(attended)
        return True

    async def _attended(self, stored: StoredDelivery, platform: Platform, person: str) -> Attended:
        """What comes of a delivery; while that takes long, the person is shown what there is of the answer."""
        told: list[str] = []
        attending = asyncio.create_task(self._desk.attend(stored, told.append))
        shown: str | None = None
        has_turn = False
        try:
            waited = (self._clock() - stored.received_at).total_seconds()
            pause = max(SLOW_SECONDS - waited, LEISURE_SECONDS)
            while not (await asyncio.wait((attending,), timeout=pause))[0]:
                pause, so_far = SLOW_SECONDS, "".join(told)
                if so_far == shown:
                    continue
                if not has_turn and (seconds := self._pacers[platform.name].reserve(person)) > 0:
                    has_turn, pause = True, seconds
                    continue
                await platform.show_progress(person, so_far)
                has_turn, shown = False, so_far
            return await attending
        finally:
            attending.cancel()

    async def _handed_over(self, attended: Attended, platform: Platform, person: str) -> Attended:
        """Platforms with staff of their own hear of it before the person does: what is said then depends on that.

        Asked twice, after a crash, they answer the same.
        """
        if not attended.handed_over or not await platform.hand_over(person):
            return attended
        return self._desk.leave_to_staff(attended, platform.name)

    async def _wipe_traces(self, attended: Attended) -> None:
        if attended.contact is None:
            with suppress(StoreUnavailable):
                await self._database.wipe_traces()


async def has_leisure(database: Database) -> bool:
    """Whether nothing keeps us busy for a while: then whoever is attended to waits for something else, as a model.

    What keeps us busy shows in an event loop that is late, and in a line before the database.
    """
    now = asyncio.get_running_loop().time
    until = now() + LEISURE_SECONDS
    while (begun := now()) < until:
        await asyncio.sleep(_BREATH_SECONDS)
        if now() - begun > 2 * _BREATH_SECONDS or database.is_crowded:
            return False
    return True


def settles_in(received_at: datetime, newest: datetime, now: datetime) -> float:
    """Seconds until a delivery is attended to: one that was sent before may still be on its way.

    While more come from the same address that is more likely, but a delivery does not wait long.
    """
    waited, quiet = (now - received_at).total_seconds(), (now - newest).total_seconds()
    return min(SETTLE_SECONDS - quiet, max(SETTLE_SECONDS, _MOST_SETTLING_SECONDS) - waited)
