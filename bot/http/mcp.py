"""The address `/mcp`: lets callers to the tools, which are loaded with the first call."""

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.http.doors import Doors
from bot.http.keys import Keys
from bot.office import Office

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

PATH = "/mcp"


class ToolDoor:
    """An ASGI application. No call knows of another: several processes may serve the same caller."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._doors = Doors(office)
        self._keys = Keys(office.settings)
        self.route = Route(PATH, self, methods=["POST"])  # nothing is told unasked: no line is held open
        self._opening = asyncio.Lock()
        self._open = asyncio.Event()
        self._closing = asyncio.Event()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self.route  # for the metrics and the limit
        request = Request(scope)
        self._keys.caller(request)
        self._doors.pass_address(request)
        await (await self._ready()).asgi_app(scope, receive, send)

    async def _ready(self) -> "StreamableHTTPSessionManager":
        async with self._opening:
            if self._manager is None:
                self._manager = await asyncio.to_thread(self._build)
                # What runs has to be left by the task that entered it.
                self._running = asyncio.create_task(self._run(self._manager))
        await self._open.wait()
        return self._manager

    def _build(self) -> "StreamableHTTPSessionManager":
        from mcp.server.transport_security import TransportSecuritySettings

        from bot.channels.mcp import build_server

        server = build_server(self._office.assistant, self._office.clock)
        # Who calls, from where and how much has been checked at the door.
        settings = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(stateless_http=True, json_response=True, transport_security=settings)
        return server.session_manager

    async def _run(self, manager: "StreamableHTTPSessionManager") -> None:
        async with manager.run():
            self._open.set()
            await self._closing.wait()

    async def close(self) -> None:
        if self._running is not None:
            self._closing.set()
            await self._running
