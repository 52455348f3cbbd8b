"""Somebody who hears an answer while it is made, and may go away. Nothing is told that is not yet verified."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class Listener:
    """Hears nothing and stays; whoever listens overrides `tell` and sets `gone`."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()

    def tell(self, text: str) -> None:
        """The next piece of the answer."""

    async def unless_gone(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """The result of some work; None, and the work is stopped, once nobody waits for it any more."""
        working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(self.gone.wait())
        try:
            await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            for task in (working, leaving):
                task.cancel()
            await asyncio.gather(working, leaving, return_exceptions=True)
