"""Work that goes on beside other work: for many addresses at once, and for each one thing after the other."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress

log = logging.getLogger("huiqi.postoffice")

LOOK_SECONDS = 1.0  # what another process left is found by looking

Address = tuple[str, str]  # a channel, and somebody there
Work = Coroutine[None, None, None]


class Tasks:
    """Work under way, at most one piece for an address. `ended` is set whenever one has come to its end."""

    def __init__(self, ended: asyncio.Event) -> None:
        self._ended = ended
        self._tasks: dict[Address, asyncio.Task[bool]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, address: Address) -> bool:
        return address in self._tasks

    def start(self, address: Address, work: Work) -> None:
        """Begin with an address that has no work under way."""
        task = self._tasks[address] = asyncio.create_task(is_done(work))

        def end(_: asyncio.Task[bool]) -> None:
            del self._tasks[address]
            self._ended.set()

        task.add_done_callback(end)

    async def close(self, patience: float) -> None:
        """Wait for what is under way, `patience` seconds at most, and stop the rest."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks.values(), timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def is_done(work: Work) -> bool:
    """Whether work came to its end; what goes wrong unforeseen is logged."""
    try:
        await work
    except Exception:
        log.exception("the post office was interrupted")
        return False
    return True


async def wait_for(sign: asyncio.Event, seconds: float = LOOK_SECONDS) -> None:
    """Wait until a sign is given, not longer than some seconds, and take it down."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await sign.wait()
    sign.clear()
