"""How fast messages may go: no faster than a platform takes them."""

import asyncio
import time
from collections.abc import Callable

from bot.channels.platform import Pace

_MOST_ADDRESSES = 10_000


class Pacer:
    """When the next message may go, to all and to each address."""

    def __init__(self, pace: Pace, now: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._now = now
        self._next_at = 0.0
        self._next_to: dict[str, float] = {}

    def reserve(self, address: str) -> float:
        """Take the next place: the seconds until then."""
        now = self._now()
        at = max(now, self._next_at, self._next_to.get(address, 0.0))
        self._next_at = max(now, self._next_at) + 1 / self._pace.per_second
        if len(self._next_to) > _MOST_ADDRESSES:
            self._next_to = {a: t for a, t in self._next_to.items() if t > now}
        self._next_to[address] = at + self._pace.between
        return at - now

    async def wait_for_turn(self, address: str) -> None:
        """Take the next place, and wait until then."""
        if (seconds := self.reserve(address)) > 0:
            await asyncio.sleep(seconds)

    def pause(self, seconds: float) -> None:
        """Nothing goes to anybody for so long."""
        self._next_at = max(self._next_at, self._now() + seconds)
