"""Processes that are started, killed and told to stop by the drills, and what their database says."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot import serving
from bot.office import Office

STOPS_WITHIN_S = 20
_WAITING = (
    "SELECT 1 FROM inbox WHERE state != 'done' UNION ALL SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending')"
)

Rows = list[tuple[object, ...]]


class Nursery:
    """Starts processes that serve a folder. A start costs no imports: they are forked from one that has them."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self._folder = folder
        self._process = process

    async def start(self, home: str, port: int) -> int:
        """The number of a new process that serves on a port and calls home."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{home} {port}\n".encode())
        return int(await self._process.stdout.readline())

    async def stop(self, child: int) -> list[str]:
        """Tells a process to stop and waits until it has. What it did wrong in that: too late, a send half done."""
        begun, complaints = time.monotonic(), []
        os.kill(child, signal.SIGTERM)
        while lives(child):
            await asyncio.sleep(0.01)
            if time.monotonic() - begun > STOPS_WITHIN_S:
                complaints.append("a process did not stop in time")
                os.kill(child, signal.SIGKILL)
        if rows(self._folder, "SELECT 1 FROM outbox WHERE state = 'sending'"):
            complaints.append("a process stopped in the middle of a send")
        return complaints


@asynccontextmanager
async def nursery(folder: Path, *options: str) -> AsyncIterator[Nursery]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.drill", "--nursery", str(folder), *options,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        await process.stdout.readline()  # its imports are no part of a start
        yield Nursery(folder, process)
    finally:
        process.kill()
        await process.wait()


def fork_on_demand(folder: Path, serve: Callable[[Path, str, int], None]) -> None:
    """Forks a process on every line `home port`, and says its number."""
    import bot.channels.telegram.calls  # noqa: F401
    import tests.bot.fakes  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        home, port = line.split()
        child = os.fork()
        if child == 0:
            try:
                serve(folder, home, int(port))
            finally:
                os._exit(0)
        print(child, flush=True)


def serve_on(port: int, office: Office) -> None:
    """Serves until told to stop."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(256)
    asyncio.run(serving.serve_office(office, listening, lambda _: None))


def rows(folder: Path, query: str) -> Rows:
    connection = sqlite3.connect(folder / "huiqi.db", timeout=10)
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


def is_settled(folder: Path) -> bool:
    """Whether nothing waits any more to be answered or sent."""
    return not rows(folder, _WAITING)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
