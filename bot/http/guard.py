"""Stands before every route: bounded bodies, safe headers, one line in the log, metrics, no traceback to anyone."""

import asyncio
import logging
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.http.problems import OPENAI, RETRY_SECONDS, Kind, refusal_of, stopping, too_large
from bot.metrics import Metrics

log = logging.getLogger("huiqi.access")

_METHODS = {"GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH"}
_LONGEST_PATH = 200
MAX_BODY_BYTES = 64 * 1024
# A delivery holds the message that it answers as well, with every character escaped.
MAX_DELIVERY_BYTES = 128 * 1024
# Other programs send the whole conversation with every message.
MAX_HISTORY_BYTES = 1024 * 1024
_DELIVERIES = ("/telegram/", "/wechat/", "/wecom/")
# What staff may upload, with room for the form around it; who they are is asked before any of it is read.
_FORM = 64 * 1024
_UPLOADS = {"/console/arrivals": 20 * 1024 * 1024 + _FORM, "/console/versions": 4 * 1024 * 1024 + _FORM}


class Guard:
    """An ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        request_id = secrets.token_hex(8)
        status = 0

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), scope["path"], request_id, status)
            await send(message)

        try:
            if _announces_too_much(scope):
                await too_large(_most_bytes(scope)).response(scope["path"])(scope, receive, send_safely)
            else:
                await self.app(scope, _at_most(receive, _most_bytes(scope)), send_safely)
        except asyncio.CancelledError:  # we are stopping: what was accepted is answered after the next start
            if status != 0:
                raise
            await stopping().response(scope["path"])(scope, receive, send_safely)
        except Exception as error:
            log.exception("request failed", extra={"event": {"request": request_id}})
            if status == 0:
                await refusal_of(error).response(scope["path"])(scope, receive, send_safely)
        finally:
            self._record(scope, request_id, status, time.perf_counter() - begun)

    def _record(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.count_request(method, _route(scope), status, seconds)
        event = {
            "request": request_id,
            "address": scope["client"][0] if scope["client"] else "",
            "method": method,
            "path": scope["path"][:_LONGEST_PATH],
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        log.info("request", extra={"event": event})


def _announces_too_much(scope: Scope) -> bool:
    length = Headers(scope=scope).get("content-length", "0")
    return length.isdecimal() and (len(length) > 10 or int(length) > _most_bytes(scope))


def _most_bytes(scope: Scope) -> int:
    if scope["method"] == "POST" and scope["path"] in _UPLOADS:
        return _UPLOADS[scope["path"]]
    if scope["path"].startswith(OPENAI):
        return MAX_HISTORY_BYTES
    return MAX_DELIVERY_BYTES if scope["path"].startswith(_DELIVERIES) else MAX_BODY_BYTES


def _at_most(receive: Receive, most: int) -> Receive:
    """The body as it comes, until it is too much: it need not say beforehand how long it is."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise HTTPException(Kind.TOO_LARGE.status, too_large(most).detail)
        return message

    return counted


def _route(scope: Scope) -> str:
    """The route's pattern, so that ids and typing errors make no labels."""
    return str(getattr(scope.get("route"), "path", "")) or "other"


def _add_headers(headers: MutableHeaders, path: str, request_id: str, status: int) -> None:
    headers["X-Request-Id"] = request_id
    if status == Kind.UNAVAILABLE.status:
        headers.setdefault("Retry-After", RETRY_SECONDS)
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    if path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-store")
