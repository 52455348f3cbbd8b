"""Where channels hand in what platforms delivered: kept first, acknowledged then. Duplicates are known again."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.messages import Delivery
from bot.store.database import WAIT_SECONDS, StoreUnavailable
from bot.store.inbox import Inbox, Most, StoredDelivery, Waiting
from bot.store.outbox import Outbox, StoredSheet
from chains.prompting import wording

MOST_WAITING = 20  # deliveries of one address at once; what is beyond is refused by one honest sentence
MOST_WAITING_IN_ALL = 500  # of all addresses: as many as can be answered before it becomes pointless to wait
_MOST_AT_ONCE = 100
_LOOK_AGAIN = 0.5  # an answer that another process made is found by looking


@dataclass(slots=True)
class Mailroom:
    """The door for deliveries. `woken` is set whenever there is something to do."""

    inbox: Inbox
    outbox: Outbox
    clock: Clock
    count: Callable[[str], None] = lambda _: None
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[str, set[asyncio.Event]] = field(default_factory=dict)
    _arriving: list[tuple[Delivery, asyncio.Future[StoredDelivery]]] = field(default_factory=list)
    _keeping: asyncio.Task[None] | None = None

    async def accept(self, delivery: Delivery) -> StoredDelivery:
        """Keep a delivery; from here on it will be answered. What comes at the same time is kept in one transaction.

        Raises StoreUnavailable within WAIT_SECONDS: then it must not be acknowledged, so that the platform brings it
        again.
        """
        kept: asyncio.Future[StoredDelivery] = asyncio.get_running_loop().create_future()
        self._arriving.append((delivery, kept))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep())
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await kept
        except TimeoutError:
            raise StoreUnavailable("deliveries wait to be kept") from None

    async def _keep(self) -> None:
        while self._arriving:
            self._arriving = [(delivery, kept) for delivery, kept in self._arriving if not kept.done()]  # gone away
            batch, self._arriving = self._arriving[:_MOST_AT_ONCE], self._arriving[_MOST_AT_ONCE:]
            most = Most(MOST_WAITING, MOST_WAITING_IN_ALL, wording("desk.overloaded"))
            try:
                accepted = await self.inbox.accept([delivery for delivery, _ in batch], self.clock(), most)
            except Exception as error:
                for _, kept in batch:
                    if not kept.done():  # whoever brought it may have gone away
                        kept.set_exception(error)
                continue
            for (delivery, kept), (stored, is_new) in zip(batch, accepted, strict=True):
                self.count(f"{delivery.channel}.{'new' if is_new else 'again'}")
                if not kept.done():
                    kept.set_result(stored)
                if is_new and stored.state is Waiting.DONE:
                    self.count(f"{delivery.channel}.overloaded")
            if any(is_new for _, is_new in accepted):
                self.woken.set()

    async def wait_for_answer(self, stored: StoredDelivery, seconds: float) -> StoredSheet | None:
        """The first sheet that answers a delivery: its message number `given` is to be the response to it.

        None if it is not there in time, or was sent another way. Asked again, it is the same sheet.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        answered = asyncio.Event()
        self._waiting.setdefault(stored.id, set()).add(answered)
        try:
            while True:
                found = await self.outbox.claim_passive(stored.id, self.clock())
                if found is not None:
                    self.woken.set()
                    return found
                left = deadline - loop.time()
                if left <= 0 or answered.is_set():
                    return None
                with suppress(TimeoutError):
                    async with asyncio.timeout(min(_LOOK_AGAIN, left)):
                        await answered.wait()
        finally:
            self._waiting[stored.id].discard(answered)
            if not self._waiting[stored.id]:
                del self._waiting[stored.id]

    def tell_answered(self, inbox_id: str) -> None:
        """A delivery has been answered: whoever waits for it looks at once."""
        for answered in self._waiting.get(inbox_id, ()):
            answered.set()
