"""A process killed at random points under load: is anything that was accepted lost, is anything answered twice?

Run by hand: `python -m tests.bot.drill --kills 1000`. The platform lives in this process and outlives every kill: it
delivers again what was not acknowledged (and sometimes what was), in disorder, and counts the answers that arrive.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp
from aiohttp import web
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, Platform, SendFailed, SendUnknown, Standing
from bot.clock import Clock, system_clock
from bot.messages import Delivery, Kind, Sheet
from bot.office import Office
from bot.post.mailroom import MOST_WAITING, Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.notes import Notes
from chains.prompting import wording
from tests.bot import restarts
from tests.bot.nursery import Nursery, fork_on_demand, free_port, is_settled, nursery, rows, serve_on

ADDRESSES = 12
_MOST_OUTSTANDING = MOST_WAITING // 3  # of one address: what comes beyond MOST_WAITING is refused, and not lost
NAME = "telegram"
_KILLED_AT_START = 0.15
_TOLD_TO_STOP = 0.15
_START_SECONDS = 60.0  # what a start may take on the busiest machine


# --- the process that is killed


class DrillPlatform:
    """Takes deliveries on a route and sends over HTTP to the process that outlives the kills."""

    name = NAME
    pace = Pace(per_second=10_000, between=0)
    passive_seconds = 0.0

    def __init__(self, mailroom: Mailroom, home: str) -> None:
        self._mailroom = mailroom
        self._home = home
        self._session: aiohttp.ClientSession | None = None

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        return [{"to": address, "line": line} for line in sheet.text.split("\n") if line]

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return None

    def unfinished(self, parcel: Parcel) -> Parcel:
        return parcel

    def may_send(self, standing: Standing, now: datetime) -> bool:
        return True

    async def send(self, parcel: Parcel) -> str:
        assert self._session is not None
        try:
            async with self._session.post(f"{self._home}/send", json=dict(parcel)) as response:
                await response.read()
                return ""
        except aiohttp.ClientConnectorError as error:
            raise SendFailed(str(error)) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SendUnknown(str(error)) from error

    async def show_progress(self, address: str, so_far: str) -> None:
        return None

    async def hand_over(self, address: str) -> bool:
        return False

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))

    async def close(self) -> None:
        assert self._session is not None
        await self._session.close()

    async def run(self) -> None:
        return None

    def routes(self) -> Sequence[Route]:
        async def deliver(request: Request) -> Response:
            await self._mailroom.accept(Delivery.model_validate(await request.json()))
            return Response()

        return [Route("/drill", deliver, methods=["POST"])]


def serve(folder: Path, home: str, port: int) -> None:
    """The whole service with a small assistant, until it is killed or told to stop."""
    from tests.bot.fakes import BareSettings, FakeAssistant

    settings = BareSettings(HUIQI_DATA_DIR=folder, HUIQI_PORT=port)

    def platforms(_: Settings, mailroom: Mailroom, __: Notes, ___: Database, ____: Clock) -> dict[str, Platform]:
        return {NAME: DrillPlatform(mailroom, home)}

    serve_on(port, Office(settings, build=FakeAssistant, clock=system_clock, serve=platforms))


# --- the process that outlives the kills


@dataclass
class Count:
    """What happened."""

    kills: int = 0
    stops: int = 0
    messages: int = 0
    deliveries: int = 0
    answered: int = 0
    kept: int = 0
    twice: int = 0
    slowest_start: float = 0.0
    complaints: list[str] = field(default_factory=list)


class Drill:
    """The platform, the load and the killer."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._received: list[tuple[str, str]] = []
        self._unacknowledged: dict[int, Delivery] = {}
        self._acknowledged: dict[int, Delivery] = {}
        self._sent = Counter({f"a{number}": 0 for number in range(ADDRESSES)})
        self._next = 0
        self._kept: set[tuple[str, str]] = set()
        self.count = Count()

    async def run(self, kills: int) -> Count:
        app = web.Application()
        app.router.add_post("/send", self._receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        home = f"http://127.0.0.1:{runner.addresses[0][1]}"
        talking = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))
        try:
            async with nursery(self._folder) as children, talking as session:
                while self.count.kills < kills:
                    await self._once(children, session, home, killing=True)
                await self._once(children, session, home, killing=False)
        finally:
            await runner.cleanup()
        self._check()
        return self.count

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.json()
        await asyncio.sleep(self._random.uniform(0, 0.02))  # a send can be cut before and after it arrived
        self._received.append((body["to"], body["line"]))
        await asyncio.sleep(self._random.uniform(0, 0.02))
        return web.json_response({})

    async def _once(self, children: Nursery, session: aiohttp.ClientSession, home: str, *, killing: bool) -> None:
        port = free_port()
        begun = time.monotonic()
        child = await children.start(home, port)
        url = f"http://127.0.0.1:{port}"
        ready = asyncio.Event()
        load = asyncio.create_task(self._load(session, url, ready, begun, killing=killing))
        if killing:
            if self._random.random() < _KILLED_AT_START:
                await asyncio.sleep(self._random.uniform(0, 0.5))
            else:
                await _ready_or_failed(ready, load)
                await asyncio.sleep(self._random.uniform(0, 0.8))
            if self._random.random() < _TOLD_TO_STOP:
                self._note(await children.stop(child), was_ready=ready.is_set())
                self.count.stops += 1
            else:
                os.kill(child, signal.SIGKILL)
                self.count.kills += 1
            load.cancel()
            await asyncio.gather(load, return_exceptions=True)
            return
        await load
        await self._settle()
        while people := self._look_for_kept():
            # What was in doubt twice is promised for the next message: whoever waits for it writes again.
            await asyncio.gather(*(self._deliver(session, url, self._new(address)) for address in people))
            await self._settle()
        self._note(await children.stop(child), was_ready=True)

    def _note(self, complaints: list[str], *, was_ready: bool) -> None:
        """One that had not yet started may leave undone what the one before it was killed in."""
        self.count.complaints += complaints if was_ready else [c for c in complaints if "middle" not in c]

    async def _load(
        self, session: aiohttp.ClientSession, url: str, ready: asyncio.Event, begun: float, *, killing: bool
    ) -> None:
        while True:
            try:
                async with session.get(f"{url}/healthz") as response:
                    if response.status == 200:
                        break
            except (aiohttp.ClientError, TimeoutError):  # a busy machine may let the first request wait
                await asyncio.sleep(0.01)
        self.count.slowest_start = max(self.count.slowest_start, time.monotonic() - begun)
        ready.set()
        while killing or self._unacknowledged:
            batch = list(self._unacknowledged.values())[:8]
            if killing and (patient := self._with_few_outstanding()):
                batch += [self._new(self._random.choice(patient)) for _ in range(self._random.randint(1, 4))]
            again = self._random.sample(list(self._acknowledged.values()), min(2, len(self._acknowledged)))
            batch += again
            self._random.shuffle(batch)
            await asyncio.gather(*(self._deliver(session, url, delivery) for delivery in batch))
            await asyncio.sleep(0.02)

    def _with_few_outstanding(self) -> list[str]:
        answers = Counter(to for to, _ in {(to, line) for to, line in self._received if line.startswith("第")})
        return [to for to, sent in self._sent.items() if sent - answers[to] < _MOST_OUTSTANDING]

    def _look_for_kept(self) -> set[str]:
        """The addresses for which an answer is kept; what is kept comes after what was sent meanwhile."""
        found = rows(self._folder, "SELECT address, body FROM outbox WHERE state = 'kept'")
        lines = {(str(to), Sheet.model_validate_json(str(body)).text.split("\n")[0]) for to, body in found}
        self.count.kept += len(lines - self._kept)
        self._kept |= lines
        return {to for to, _ in lines}

    def _new(self, address: str) -> Delivery:
        self._next += 1
        self.count.messages += 1
        self._sent[address] += 1
        number = self._next
        delivery = Delivery(
            channel=NAME,
            delivery_id=f"u{number}",
            identity=f"m{number}",
            address=address,
            place=f"{number:020d}",
            sent_at=system_clock(),
            kind=Kind.TEXT,
            text=f"话{number}。",
        )
        self._unacknowledged[number] = delivery
        return delivery

    async def _deliver(self, session: aiohttp.ClientSession, url: str, delivery: Delivery) -> None:
        self.count.deliveries += 1
        # The same message may come under another number.
        number = int(delivery.place)
        sent = delivery
        if self._random.random() < 0.2:
            sent = delivery.model_copy(update={"delivery_id": f"{delivery.delivery_id}-{self._random.random()}"})
        try:
            async with session.post(f"{url}/drill", json=json.loads(sent.model_dump_json())) as response:
                if response.status == 200:
                    self._acknowledged[number] = delivery
                    self._unacknowledged.pop(number, None)
        except (aiohttp.ClientError, TimeoutError):
            pass

    async def _settle(self) -> None:
        """Until nothing is waiting any more, as the database says."""
        async with asyncio.timeout(120):
            while not is_settled(self._folder):
                await asyncio.sleep(0.1)

    def _check(self) -> None:
        complain = self.count.complaints.append
        arrived = Counter((to, line) for to, line in self._received if line.startswith("第"))
        for delivery in self._acknowledged.values():
            lines = [line for (to, line) in arrived if to == delivery.address and f"“{delivery.text}”" in line]
            if not lines:
                complain(f"lost: {delivery.text}")
            elif len(lines) > 1:
                complain(f"answered with different words: {lines}")
            else:
                self.count.answered += 1
        refused = Counter(to for to, line in self._received if line == wording("desk.too_many"))
        if refused:
            complain(f"was asked for more than is taken at once: {dict(refused)}")
        again = {line: times for line, times in arrived.items() if times > 1}
        self.count.twice = sum(again.values()) - len(again)
        doubtful = len(rows(self._folder, "SELECT 1 FROM outbox WHERE doubtful = 1"))
        if len(again) > doubtful:
            complain(f"{len(again)} messages arrived more than once, {doubtful} are marked: {list(again)[:5]}")
        for to in {to for to, _ in self._received}:
            first = list(dict.fromkeys(line for t, line in self._received if t == to and line.startswith("第")))
            turns = [int(line[1 : line.index("次")]) for line in first]
            in_time = [turn for turn, line in zip(turns, first, strict=True) if (to, line) not in self._kept]
            if in_time != sorted(in_time) or sorted(turns) != list(range(1, len(turns) + 1)):
                complain(f"{to} was not answered in order: {turns}")
        if rows(self._folder, "PRAGMA integrity_check") != [("ok",)]:
            complain("the database is damaged")
        pairs = rows(self._folder, "SELECT role, count(*) FROM messages GROUP BY role ORDER BY role")
        if len({count for _, count in pairs}) != 1:
            complain(f"questions and answers do not match: {pairs}")
        if self.count.slowest_start > 10:
            complain(f"a start took {self.count.slowest_start:.1f} s")


async def _ready_or_failed(ready: asyncio.Event, load: asyncio.Task[None]) -> None:
    """Until a process answers; what broke the load meanwhile, or a start without end, is raised."""
    waiting = asyncio.create_task(ready.wait())
    try:
        async with asyncio.timeout(_START_SECONDS):
            await asyncio.wait({waiting, load}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    if load.done():
        load.result()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--restarts", type=int, default=0, help="restart in good order instead of killing")
    parser.add_argument("--nursery", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--restarting", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.nursery:
        fork_on_demand(given.nursery, restarts.serve if given.restarting else serve)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        count: Count | restarts.Count
        if given.restarts:
            count = asyncio.run(restarts.Restarts(Path(folder), given.seed).run(given.restarts))
        else:
            count = asyncio.run(Drill(Path(folder), given.seed).run(given.kills))
    print(count)
    return 1 if count.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
