"""What is done once a day beside serving: the audit log is verified, and what is overdue is erased."""

import asyncio
import logging
from collections.abc import Callable

from bot.clock import Clock
from bot.settings import Settings
from bot.store.audit import Journal, Verified
from bot.store.database import Database, StoreUnavailable
from bot.store.retention import Retention, Swept

Tell = Callable[[Verified], None]

log = logging.getLogger("huiqi.nightly")

_FIRST_SECONDS = 60.0  # after a start, when those who came first have been served
_SECONDS = 24 * 3600.0
_AGAIN_SECONDS = 600.0


class Nightly:
    """The daily work of one process. `verified` is how the audit log was found the last time, None before the first.

    Each process verifies for itself; of several only one erases at a time.
    """

    def __init__(self, journal: Journal, retention: Retention, tell: Tell) -> None:
        self.verified: Verified | None = None
        self._journal = journal
        self._retention = retention
        self._tell = tell

    @property
    def flaws(self) -> tuple[str, ...]:
        """What was wrong with the audit log the last time."""
        return self.verified.flaws if self.verified is not None else ()

    async def run(self) -> None:
        """Do it day after day, until this is cancelled."""
        await asyncio.sleep(_FIRST_SECONDS)
        while True:
            try:
                await self.once()
            except StoreUnavailable:
                log.warning("the daily work has to wait for the database")
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            except Exception:
                log.exception("the daily work failed")
            await asyncio.sleep(_SECONDS)

    async def once(self) -> Swept | None:
        """Verify, then erase; None while another process erases. Raises StoreUnavailable."""
        verified = await self.verify()
        swept = await self._retention.sweep(prunes=not verified.flaws)
        if swept is not None:
            gone = {"conversations": swept.conversations, "contacts": swept.contacts, "entries": swept.entries}
            log.info("erased what was overdue", extra={"event": gone})
        return swept

    async def verify(self) -> Verified:
        """How the audit log stands; a broken one is told loudly."""
        verified = self.verified = await self._journal.verify()
        self._tell(verified)
        if verified.flaws:
            log.error("the audit log is broken", extra={"event": {"flaws": len(verified.flaws)}})
        return verified


def nightly_of(settings: Settings, database: Database, clock: Clock, tell: Tell = lambda _: None) -> Nightly:
    """The daily work that the settings describe; `tell` hears how the audit log was found."""
    retention = Retention(database, clock, settings.retention_days, settings.audit_days)
    return Nightly(Journal(database, clock), retention, tell)
