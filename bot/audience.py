"""Those who wait for one answer: they hear its pieces as they come, and once they are all gone the model may stop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from chains.model.listener import Listener

PATIENCE_SECONDS = 10.0  # how long an answer waits for somebody who lost the connection


class Audience(Listener):
    """`told` are the pieces so far: whoever comes late hears them from the start. `followers` hear each as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.followers: list[Callable[[str], None]] = []
        self._news = asyncio.Event()
        self._present = 0
        self._leaving: asyncio.TimerHandle | None = None

    def tell(self, text: str) -> None:
        self.told.append(text)
        self._news.set()
        for follow in self.followers:
            follow(text)

    @contextmanager
    def attended(self) -> Iterator[None]:
        """Somebody waits. When the last one goes, the audience is gone after a while."""
        self._present += 1
        if self._leaving is not None:
            self._leaving.cancel()
        try:
            yield
        finally:
            self._present -= 1
            if not self._present:
                self._leaving = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self.gone.set)

    async def pieces(self, answer: "asyncio.Future[Any]", seconds: float) -> AsyncIterator[str | None]:
        """Each piece as it comes, until there is an answer; None after `seconds` without one."""
        given = 0
        while True:
            for piece in self.told[given:]:
                given += 1
                yield piece
            if answer.done():
                return
            self._news.clear()
            news = asyncio.ensure_future(self._news.wait())
            try:
                done, _ = await asyncio.wait((answer, news), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            finally:
                news.cancel()
            if not done:
                yield None


def nobody() -> Audience:
    """The audience of a question that was left from before a crash, or is gone through again: no model is asked."""
    empty = Audience()
    empty.gone.set()
    return empty
