"""Runs the web application on an address of its own, until it is told to stop."""

import asyncio
import errno
import socket
from collections.abc import Callable

import uvicorn

from bot.channels.web import create_app
from bot.office import Office
from bot.settings import Settings
from knowledge.library import InvalidCorpus

PATIENCE_SECONDS = 20


class AddressInUse(RuntimeError):
    """The address cannot be listened on; the message is one line and says the way out."""


def listen(settings: Settings) -> socket.socket:
    """A socket on the address of the settings. Raises AddressInUse."""
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise AddressInUse(f"HUIQI_HOST：这台机器上没有地址 {host!r}") from None
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            way_out = f"换一个端口：HUIQI_PORT={port + 1 if port < 65535 else 0} huiqi serve，或先停掉占用它的程序"
            raise AddressInUse(f"端口 {port} 已被占用。{way_out}") from None
        raise AddressInUse(f"不能在 {host}:{port} 上监听：{error.strerror}。用 HUIQI_HOST、HUIQI_PORT 换一个") from None
    return listening


async def serve(settings: Settings, listening: socket.socket, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. Raises UnusableDatabase, and InvalidCorpus if there is nothing to serve."""
    office = Office(settings)
    await office.open()
    config = uvicorn.Config(
        create_app(settings, office),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        lifespan="on",
    )
    server = uvicorn.Server(config)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    watching = asyncio.create_task(_watch(server, office, lambda: tell(f"惠企已启动，请打开 http://{shown}:{port}/")))
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    if not watching.cancelled() and isinstance(failure := watching.exception(), InvalidCorpus):
        raise failure


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
