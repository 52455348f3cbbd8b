"""Runs the web application on an address of its own, until it is told to stop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from bot.channels.web import create_app
from bot.memory import keep_what_is_loaded
from bot.office import Office
from bot.settings import Settings
from knowledge.library import InvalidCorpus

# Told to stop, a process has 20 seconds in all: one half to give the answers that somebody waits for, the other to
# finish what is sent and written.
PATIENCE_SECONDS = 10


class _Server(uvicorn.Server):
    """Stops in good order on SIGINT and SIGTERM, and that is all there is to it: the signal is not raised again."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


async def serve(settings: Settings, listening: socket.socket, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. Raises UnusableDatabase, and InvalidCorpus if there is nothing to serve."""
    await serve_office(Office(settings), listening, tell)


async def serve_office(office: Office, listening: socket.socket, tell: Callable[[str], None]) -> None:
    """The same for an office that is set up already."""
    app = create_app(office.settings, office)
    await office.open()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        lifespan="on",
    )
    server = _Server(config)
    watching = asyncio.create_task(_watch(server, office, lambda: tell(f"惠企已启动，请打开 {_url(listening)}")))
    await server.serve(sockets=[listening])
    watching.cancel()
    [outcome] = await asyncio.gather(watching, return_exceptions=True)
    if isinstance(outcome, InvalidCorpus):
        raise outcome


async def _watch(server: uvicorn.Server, office: Office, announce: Callable[[], None]) -> None:
    """Say when people can come; stop the server if there is nothing to serve."""
    while not server.started:
        await asyncio.sleep(0.02)
    announce()
    try:
        await office.assistant()
    except Exception:
        server.should_exit = True
        raise
    keep_what_is_loaded()


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
