"""Keeps the mail going between the platforms and the front desk, for as long as a process serves.

What a dead process left is taken up: a delivery that was kept is answered, and a sheet that was under way is sent
again, marked as perhaps sent twice.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from bot.channels.platform import Platform
from bot.desk.frontdesk import FrontDesk
from bot.post.dispatch import Dispatch
from bot.post.lanes import Lanes
from bot.post.mailroom import Mailroom
from bot.post.tasks import LOOK_SECONDS, Work, is_done
from bot.store.database import Database, StoreUnavailable
from bot.store.people import People

SWEEP_SECONDS = 30.0
_LOST_SECONDS = 60.0  # a send that takes longer was cut off


class PostOffice:
    """The workers of a process. Several processes may serve one database, where that can be shared."""

    def __init__(
        self,
        database: Database,
        people: People,
        mailroom: Mailroom,
        desk: FrontDesk,
        platforms: Mapping[str, Platform],
    ) -> None:
        self._database = database
        self._mailroom = mailroom
        self._platforms = platforms
        self._dispatch = Dispatch(mailroom.outbox, people, platforms, mailroom.clock, mailroom.count)
        self._lanes = Lanes(database, mailroom, desk, self._dispatch, platforms)
        self._loops: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Take up what was left and begin to work. Raises StoreUnavailable."""
        now = self._mailroom.clock()
        if not self._database.is_shared:
            await self._mailroom.outbox.release(now, now)  # nobody else can have them
        for platform in self._platforms.values():
            await platform.open()
        works = [self._lanes.take_in, self._lanes.comfort, self._dispatch.run, self._sweep]
        works += [platform.run for platform in self._platforms.values()]
        self._loops = [asyncio.create_task(_keep_at(work)) for work in works]
        self._mailroom.woken.set()  # what was left is taken up at once
        self._dispatch.wake()

    async def close(self, patience: float) -> None:
        """Take nothing more in, finish what is under way within `patience` seconds, and stop."""
        for loop in self._loops:
            loop.cancel()
        finishing = asyncio.gather(self._lanes.close(patience), self._dispatch.close(patience))
        await asyncio.gather(*self._loops, return_exceptions=True)
        await finishing
        for platform in self._platforms.values():
            await platform.close()

    async def _sweep(self) -> None:
        inbox, outbox = self._mailroom.inbox, self._mailroom.outbox
        while True:
            with suppress(StoreUnavailable):
                now = self._mailroom.clock()
                await outbox.release(now, now - timedelta(seconds=_LOST_SECONDS))
                await inbox.forget_old(now)
                await outbox.forget_old(now)
            await asyncio.sleep(SWEEP_SECONDS)


async def _keep_at(work: Callable[[], Work]) -> None:
    """Work that ends by itself or with the service; what goes wrong unforeseen is begun again."""
    while not await is_done(work()):
        await asyncio.sleep(LOOK_SECONDS)
