"""What is behind the doors: the database, the assistant and the reception, opened together at start."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.clock import Clock, system_clock
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.database import Database, StoreUnavailable, open_database
from knowledge.library import Library

if TYPE_CHECKING:
    from chains.assistant import Assistant

log = logging.getLogger("huiqi.office")

Build = Callable[[], "Assistant"]


class NotReady(RuntimeError):
    """The assistant is still being built."""


class Office:
    """One process's database, assistant and reception. The assistant is built beside the first requests."""

    def __init__(self, settings: Settings, build: Build | None = None, clock: Clock = system_clock) -> None:
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics()
        self._build = build or (lambda: build_assistant(settings))
        self._database: Database | None = None
        self._reception: Reception | None = None
        self._building: asyncio.Task[Assistant] | None = None
        self._resuming: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Raises UnusableDatabase. Opening twice is opening once."""
        if self._database is not None:
            return
        self._database = await open_database(self.settings.database_url)
        self._reception = Reception(
            Conversations(self._database), self.assistant, self.clock, self.metrics.count_answer
        )
        self._building = asyncio.create_task(asyncio.to_thread(self._build))
        self._resuming = asyncio.create_task(self._resume(self._reception))

    async def close(self) -> None:
        if self._database is None or self._reception is None or self._resuming is None:
            return
        await self._reception.close()
        self._resuming.cancel()
        with suppress(asyncio.CancelledError):
            await self._resuming
        await self._database.close()
        self._database = None

    @property
    def reception(self) -> Reception:
        assert self._reception is not None, "the office is not open"
        return self._reception

    async def assistant(self) -> "Assistant":
        """The assistant, waited for if need be. Raises InvalidCorpus if it could not be built."""
        assert self._building is not None, "the office is not open"
        return await asyncio.shield(self._building)

    def library(self) -> Library:
        """The corpus as it is served now. Raises NotReady while it is still being read."""
        if self._building is None or not self._building.done():
            raise NotReady("the corpus is still being read")
        return self._building.result().library

    async def check_health(self) -> tuple[str, tuple[str, ...]]:
        """ready, degraded, starting or unavailable, and why."""
        assert self._database is not None, "the office is not open"
        try:
            await self._database.prove_writable()
        except StoreUnavailable as error:
            return "unavailable", (f"database: {error}",)
        if self._building is None or not self._building.done():
            return "starting", ()
        failure = self._building.exception()
        if failure is not None:
            return "unavailable", tuple(str(failure).splitlines())
        problems = tuple(getattr(self._building.result(), "problems", ()))
        return ("degraded" if problems else "ready"), problems

    async def _resume(self, reception: Reception) -> None:
        try:
            await self.assistant()
            resumed = await reception.resume()
        except Exception:
            log.exception("could not take up what was left unanswered")
            return
        if resumed:
            log.info("took up what was left unanswered", extra={"event": {"conversations": resumed}})


def build_assistant(settings: Settings) -> "Assistant":
    """The assistant that the settings describe. Raises InvalidCorpus. Takes seconds."""
    from chains import bootstrap

    return bootstrap.build_assistant(corpus=settings.corpus or bootstrap.CORPUS)
