"""An application served on the loopback, for clients that want a real address."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from bot.channels.web import create_app
from bot.office import Office


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The address of an office's application; it opens the office by itself."""
    config = uvicorn.Config(create_app(office.settings, office), port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
