"""Brings what platforms delivered to the front desk and takes its sheets to the platforms.

Deliveries of one address are attended to one at a time and in order; sheets to one address are sent one at a time and
in order. What a dead process left is taken up: a delivery that was kept is answered, and a sheet that was under way is
sent again, marked as perhaps sent twice.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.channels.platform import (
    NotPermitted,
    Pace,
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
from bot.desk.frontdesk import FrontDesk
from bot.desk.visit import Attended, ContactState
from bot.messages import Sheet
from bot.post.mailroom import Mailroom
from bot.store.database import Database, StoreUnavailable
from bot.store.inbox import Inbox, StoredDelivery
from bot.store.outbox import TOO_FAST, Outbox, Sending, StoredSheet
from bot.store.people import People
from chains.prompting import wording

log = logging.getLogger("huiqi.postoffice")

SETTLE_SECONDS = 0.2  # deliveries that overtook each other on the way are put in order again
_MOST_SETTLING_SECONDS = 1.5
_LANES = 8  # addresses attended to at once, as long as that keeps us busy
_MOST_LANES = 256  # when those who have the others only wait, as for a model
_LEISURE_SECONDS = 0.2
_SENDS = 20  # sheets under way at once
_BREATH_SECONDS = 0.02
_LOOK_SECONDS = 1.0  # what another process left is found by looking
_SWEEP_SECONDS = 30.0
_LOST_SECONDS = 60.0  # a send that takes longer was cut off
_TRIES = 3
_PASSIVE_GRACE = 1.0
_SLOW_SECONDS = 2.0
_MOST_ATTEMPTS = 40
_LONGEST_PAUSE = 300.0
_MOST_ADDRESSES = 10_000

Address = tuple[str, str]
Work = Coroutine[None, None, None]


class _Pacer:
    """When the next message may go, to all and to each address; seconds of the event loop's clock."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._next_at = 0.0
        self._next_to: dict[str, float] = {}

    def reserve(self, address: str, now: float) -> float:
        """Take the next place: the seconds until then."""
        at = max(now, self._next_at, self._next_to.get(address, 0.0))
        self._next_at = max(now, self._next_at) + 1 / self._pace.per_second
        if len(self._next_to) > _MOST_ADDRESSES:
            self._next_to = {a: t for a, t in self._next_to.items() if t > now}
        self._next_to[address] = at + self._pace.between
        return at - now

    def pause(self, seconds: float, now: float) -> None:
        self._next_at = max(self._next_at, now + seconds)


class PostOffice:
    """The two workers of a process. Several processes may serve one database, where that can be shared."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        outbox: Outbox,
        people: People,
        mailroom: Mailroom,
        desk: FrontDesk,
        platforms: Mapping[str, Platform],
        clock: Clock,
        count: Callable[[str], None],
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._outbox = outbox
        self._people = people
        self._mailroom = mailroom
        self._desk = desk
        self._platforms = dict(platforms)
        self._clock = clock
        self._count = count
        self._outgoing = asyncio.Event()
        self._lanes: dict[Address, asyncio.Task[bool]] = {}
        self._sends: dict[Address, asyncio.Task[bool]] = {}
        self._loops: list[asyncio.Task[None]] = []
        self._pacers = {name: _Pacer(platform.pace) for name, platform in self._platforms.items()}
        self._hint_pacers = {name: _Pacer(platform.pace) for name, platform in self._platforms.items()}
        self._hints: set[asyncio.Task[None]] = set()
        self._closing = False

    async def open(self) -> None:
        """Take up what was left and begin to work. Raises StoreUnavailable."""
        if not self._database.is_shared:
            await self._outbox.release(self._clock(), self._clock())  # nobody else can have them
        for platform in self._platforms.values():
            await platform.open()
        works = [self._take_in, self._comfort, self._send_out, self._sweep]
        works += [platform.run for platform in self._platforms.values()]
        self._loops = [asyncio.create_task(self._keep_at(work)) for work in works]
        self._mailroom.woken.set()  # what was left is taken up at once
        self._outgoing.set()

    async def close(self, patience: float) -> None:
        """Take nothing more in, finish what is under way, and stop."""
        self._closing = True
        for loop in self._loops:
            loop.cancel()
        for hint in self._hints:
            hint.cancel()
        await asyncio.gather(*self._loops, *self._hints, return_exceptions=True)
        under_way = [*self._lanes.values(), *self._sends.values()]
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=patience)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for platform in self._platforms.values():
            await platform.close()

    async def _keep_at(self, work: Callable[[], Work]) -> None:
        """Work that ends by itself or with the service; what goes wrong unforeseen is begun again."""
        while not await self._done(work()):
            await asyncio.sleep(_LOOK_SECONDS)

    async def _done(self, work: Work) -> bool:
        try:
            await work
        except Exception:
            log.exception("the post office was interrupted")
            return False
        return True

    # --- in

    async def _take_in(self) -> None:
        pause = _LOOK_SECONDS
        while True:
            await _wait_for(self._mailroom.woken, pause)
            self._mailroom.woken.clear()
            pause = _LOOK_SECONDS
            room = _LANES - len(self._lanes)
            if room <= 0:
                pause = _LEISURE_SECONDS
                if not await self._has_leisure():
                    continue  # the first that ends wakes us
                room = min(_LANES, _MOST_LANES - len(self._lanes))
            for address in [address for address, _ in await self._without_lane()][: max(room, 0)]:
                self._start(self._lanes, address, self._attend_all(address))
            await asyncio.sleep(_BREATH_SECONDS)

    async def _has_leisure(self) -> bool:
        """Whether nothing keeps us busy for a while: then whoever is attended to waits for something else, as a model.

        What keeps us busy shows in an event loop that is late, and in a line before the database.
        """
        now = asyncio.get_running_loop().time
        until = now() + _LEISURE_SECONDS
        while (begun := now()) < until:
            await asyncio.sleep(_BREATH_SECONDS)
            if now() - begun > 2 * _BREATH_SECONDS or self._database.is_crowded:
                return False
        return True

    async def _comfort(self) -> None:
        """Whoever waits for a lane is given a sign of life as soon as whoever has one and waits for an answer."""
        comforted: set[Address] = set()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            waiting = await self._without_lane() if len(self._lanes) >= _LANES else []
            comforted &= {address for address, _ in waiting}
            for address, since in waiting:
                if address not in comforted and (self._clock() - since).total_seconds() >= _LOOK_SECONDS:
                    comforted.add(address)
                    hint = asyncio.create_task(self._hint(address))
                    self._hints.add(hint)
                    hint.add_done_callback(self._hints.discard)

    async def _hint(self, address: Address) -> None:
        channel, place = address
        await asyncio.sleep(self._until_hint(channel, place))
        if address not in self._lanes:
            await self._platforms[channel].show_progress(place, "")

    def _until_hint(self, channel: str, address: str) -> float:
        """Seconds until a sign of life may be given: they keep a platform's pace, beside what is sent."""
        return self._hint_pacers[channel].reserve(address, asyncio.get_running_loop().time())

    async def _without_lane(self) -> list[tuple[Address, datetime]]:
        """Whom nobody attends to, and since when they wait, the longest waiting first."""
        try:
            waiting = await self._inbox.addresses_waiting()
        except StoreUnavailable:
            return []
        return [(a, since) for a, since in waiting if a not in self._lanes and a[0] in self._platforms]

    def _start(self, under_way: dict[Address, asyncio.Task[bool]], address: Address, work: Work) -> None:
        task = asyncio.create_task(self._done(work))
        under_way[address] = task

        def done(_: asyncio.Task[bool]) -> None:
            under_way.pop(address, None)
            self._mailroom.woken.set()
            self._outgoing.set()

        task.add_done_callback(done)

    async def _attend_all(self, address: Address) -> None:
        channel, place = address
        async with self._database.hold(f"lane:{channel}:{place}") as mine:
            while mine and not self._closing:
                stored = await self._inbox.next_delivery(channel, place)
                if stored is None:
                    return
                newest = await self._inbox.newest(channel, place) or stored.received_at
                if (unsettled := settles_in(stored.received_at, newest, self._clock())) > 0:
                    await asyncio.sleep(unsettled)
                elif not await self._attend(stored, self._platforms[channel]):
                    return

    async def _attend(self, stored: StoredDelivery, platform: Platform) -> bool:
        """Attend to one delivery; False if it has to wait."""
        assert stored.delivery is not None
        try:
            await self._keep_what_was_not_sent(stored, platform)
            attended = await self._handed_over(await self._attended(stored, platform), stored, platform)
        except StoreUnavailable:
            await asyncio.sleep(_LOOK_SECONDS)
            return False
        except Exception:
            log.exception("could not attend to a delivery", extra={"event": {"inbox": stored.id}})
            if await self._inbox.fail_once(stored) < _TRIES:
                await asyncio.sleep(_LOOK_SECONDS)
                return False
            attended = await self._apology(stored)
        now = self._clock()
        due = now
        if platform.passive_seconds:
            due = max(now, stored.received_at + timedelta(seconds=platform.passive_seconds + _PASSIVE_GRACE))
        contact = attended.contact
        finished = await self._inbox.finish(
            stored,
            now,
            attended.sheets,
            contact_id=contact.id if contact else None,
            contact_state=attended.state.model_dump_json(),
            not_before=due,
            also=attended.also,
        )
        self._mailroom.tell_answered(stored.id)
        self._outgoing.set()
        if finished:
            self._count(f"{platform.name}.answered")
            await self._wipe_traces(attended)
        return True

    async def _keep_what_was_not_sent(self, stored: StoredDelivery, platform: Platform) -> None:
        """What failed so far, or came too late for a response where no message may be sent, goes with this answer."""
        assert stored.delivery is not None
        channel, address = stored.delivery.channel, stored.delivery.address
        await self._outbox.keep_failed(channel, address)
        if platform.passive_seconds and not await self._may_send(channel, address, platform):
            await self._outbox.keep(channel, address, self._clock() + timedelta(seconds=_PASSIVE_GRACE))

    async def _attended(self, stored: StoredDelivery, platform: Platform) -> Attended:
        assert stored.delivery is not None
        told: list[str] = []
        attending = asyncio.create_task(self._desk.attend(stored, told.append))
        shown: str | None = None
        has_place = False
        try:
            waited = (self._clock() - stored.received_at).total_seconds()
            pause = max(_SLOW_SECONDS - waited, _LEISURE_SECONDS)
            while not (await asyncio.wait((attending,), timeout=pause))[0]:
                pause, so_far = _SLOW_SECONDS, "".join(told)
                if so_far == shown:
                    continue
                if not has_place and (seconds := self._until_hint(platform.name, stored.delivery.address)) > 0:
                    has_place, pause = True, seconds
                    continue
                await platform.show_progress(stored.delivery.address, so_far)
                has_place, shown = False, so_far
            return await attending
        finally:
            attending.cancel()

    async def _apology(self, stored: StoredDelivery) -> Attended:
        assert stored.delivery is not None
        contact = await self._people.meet(stored.delivery.channel, stored.delivery.address, self._clock())
        return Attended(contact, ContactState(), (Sheet(text=wording("desk.failed")),))

    async def _handed_over(self, attended: Attended, stored: StoredDelivery, platform: Platform) -> Attended:
        """Platforms with staff of their own hear of it before the person does: what is said then depends on that.

        Asked twice, after a crash, they answer the same.
        """
        assert stored.delivery is not None
        if not attended.handed_over or not await platform.hand_over(stored.delivery.address):
            return attended
        return self._desk.leave_to_staff(attended, platform.name)

    async def _wipe_traces(self, attended: Attended) -> None:
        if attended.contact is None:
            with suppress(StoreUnavailable):
                await self._database.wipe_traces()

    # --- out

    async def _send_out(self) -> None:
        while True:
            await _wait_for(self._outgoing, _LOOK_SECONDS)
            self._outgoing.clear()
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
                    work = self._send(sheet_id, self._platforms[channel])
                    self._start(self._sends, (channel, address), work)

    async def _send(self, sheet_id: int, platform: Platform) -> None:
        stored = await self._outbox.claim(sheet_id, self._clock())
        if stored is None:
            return
        if stored.passive and stored.parts >= len(self._parcels(stored, platform)):
            await self._outbox.acknowledge(sheet_id, stored.parts, self._clock(), last=True)
            self._count(f"{platform.name}.sent")
            return
        if not await self._may_send(stored.channel, stored.address, platform):
            await self._outbox.set_aside(sheet_id, Sending.KEPT, self._clock(), "the platform's rules")
            return
        now = asyncio.get_running_loop().time
        try:
            await self._send_parts(stored, platform)
        except TooFast as error:
            pacer = self._pacers[platform.name]
            if error.everyone:
                pacer.pause(error.seconds, now())
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
        parcels = self._parcels(stored, platform)
        parts = stored.parts
        if parts >= len(parcels):
            await self._outbox.acknowledge(stored.id, parts, self._clock(), last=True)
        while parts < len(parcels):
            if stored.sheet is not None and not stored.sheet.receipt:
                await self._wait_for_turn(platform, stored.address)
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

    async def _wait_for_turn(self, platform: Platform, address: str) -> None:
        seconds = self._pacers[platform.name].reserve(address, asyncio.get_running_loop().time())
        if seconds > 0:
            await asyncio.sleep(seconds)

    @staticmethod
    def _parcels(stored: StoredSheet, platform: Platform) -> Sequence[Parcel]:
        return platform.render(stored.sheet, stored.address) if stored.sheet else ()

    async def _may_send(self, channel: str, address: str, platform: Platform, besides: int = 0) -> bool:
        """Whether a message may be sent, `besides` those of a sheet under way."""
        contact = await self._people.contact(channel, address)
        if contact is None or contact.heard_at is None:
            return True  # somebody who has just been forgotten at their own wish is told so
        sent = await self._outbox.sent_since(channel, address, contact.heard_at)
        return platform.may_send(Standing(contact.heard_at, sent + besides), self._clock())

    async def _again(self, stored: StoredSheet, error: str) -> None:
        """Try a sheet that was not taken again after a while; not for ever: then it waits for the person to write."""
        if stored.attempts + 1 >= _MOST_ATTEMPTS:
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

    # --- housekeeping

    async def _sweep(self) -> None:
        while True:
            with suppress(StoreUnavailable):
                now = self._clock()
                await self._outbox.release(now, now - timedelta(seconds=_LOST_SECONDS))
                await self._inbox.forget_old(now)
                await self._outbox.forget_old(now)
            await asyncio.sleep(_SWEEP_SECONDS)


def settles_in(received_at: datetime, newest: datetime, now: datetime) -> float:
    """Seconds until a delivery is attended to: one that was sent before may still be on its way.

    While more come from the same address that is more likely, but a delivery does not wait long.
    """
    waited, quiet = (now - received_at).total_seconds(), (now - newest).total_seconds()
    return min(SETTLE_SECONDS - quiet, max(SETTLE_SECONDS, _MOST_SETTLING_SECONDS) - waited)


async def _wait_for(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _pause(attempts: int) -> float:
    """Seconds until the next attempt: longer each time, and not all at the same moment."""
    return min(2.0**attempts, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)
