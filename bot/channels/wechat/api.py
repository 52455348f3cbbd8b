"""JSON calls to WeChat and WeCom with a token that all processes share. What an error code means is the caller's."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.channels.platform import GATEWAY_TIMEOUT, SendFailed, SendUnknown, TooFast
from bot.clock import Clock
from bot.store.database import Database
from bot.store.notes import Notes

if TYPE_CHECKING:
    from aiohttp import ClientSession

log = logging.getLogger("huiqi.wechat")

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
_INVALID_URL = 40066
_STALE_TOKEN = {40001, 40014, 41001, 42001}
_EARLIER = 300  # seconds by which a token is renewed before its end
_OTHERS_FETCH = 0.2
_OTHERS_TRIES = 50
_SHOWN = 120

Json = Mapping[str, object]
Answer = dict[str, Any]


class Rejected(Exception):
    """The platform understood a call and said no."""

    def __init__(self, call: str, code: int, words: str = "") -> None:
        super().__init__(f"{call}: errcode {code} {words[:_SHOWN]}".strip())
        self.code = code


class NoSuchCall(SendFailed):
    """The platform does not know the address of a call, or not for its method."""


# Asks the platform for a token; the flag says that the one it gave before is no good, though not at its end.
FetchToken = Callable[["PlatformApi", bool], Awaitable[Answer]]


@dataclass(slots=True)
class PlatformApi:
    """Calls to one platform. `note` is the name under which the token is kept."""

    address: str
    note: str
    fetch_token: FetchToken
    notes: Notes
    database: Database
    clock: Clock
    connect_seconds: float = CONNECT_SECONDS
    total_seconds: float = TOTAL_SECONDS
    _session: "ClientSession | None" = field(default=None)

    async def open(self) -> None:
        import aiohttp

        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self.total_seconds, connect=self.connect_seconds)
            self._session = aiohttp.ClientSession(timeout=timeout)

    async def close(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def call(self, path: str, body: Json) -> Answer:
        """The platform's answer to a call with the token; a token that is over is renewed once.

        Raises Rejected, SendFailed, SendUnknown, TooFast.
        """
        token = await self._token()
        try:
            return await self.post(path, body, token)
        except Rejected as error:
            if error.code not in _STALE_TOKEN:
                raise
            log.info("the access token is no good, renewing it", extra={"event": {"note": self.note}})
        token = await self._token(instead_of=token)
        try:
            return await self.post(path, body, token)
        except Rejected as error:
            if error.code in _STALE_TOKEN:
                raise SendFailed(f"{error}, with a new token") from None
            raise

    async def post(self, path: str, body: Json, token: str = "") -> Answer:
        """One call. What it raises never tells the token."""
        query = {"access_token": token} if token else None
        return await self._ask("POST", path, query, json.dumps(body, ensure_ascii=False).encode(), token)

    async def get(self, path: str, query: Mapping[str, str]) -> Answer:
        return await self._ask("GET", path, query, None, "")

    async def _ask(
        self, method: str, path: str, query: Mapping[str, str] | None, body: bytes | None, token: str
    ) -> Answer:
        import aiohttp

        if self._session is None:
            raise SendFailed(f"{path}: not open")
        try:
            async with self._session.request(
                method,
                self.address.rstrip("/") + path,
                params=query,
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8"} if body is not None else None,
                allow_redirects=False,
            ) as response:
                status, words = response.status, await response.read()
        # The words of these errors may hold the address with the token in it: they are told by name alone.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendFailed(f"{path}: not connected, {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SendUnknown(f"{path}: {type(error).__name__}") from None
        return _read(path, status, words, token)

    async def _token(self, instead_of: str | None = None) -> str:
        """The token that is kept, or a new one, which only one process fetches. Raises as `call` does."""
        for _ in range(_OTHERS_TRIES):
            known = await self.notes.read(self.note, self.clock())
            if known is not None and known != instead_of:
                return known
            async with self.database.hold(self.note) as mine:
                if mine:
                    known = await self.notes.read(self.note, self.clock())
                    if known is not None and known != instead_of:
                        return known
                    return await self._renew(instead_of)
            await asyncio.sleep(_OTHERS_FETCH)
        raise SendFailed(f"{self.note}: somebody else is fetching it, and does not come back")

    async def _renew(self, instead_of: str | None) -> str:
        try:
            answer = await self.fetch_token(self, False)
            if instead_of is not None and answer.get("access_token") == instead_of:
                answer = await self.fetch_token(self, True)
            token, seconds = str(answer["access_token"]), int(answer["expires_in"])
        except (Rejected, SendUnknown) as error:
            raise SendFailed(f"no access token: {error}") from None
        except (KeyError, ValueError, TypeError):
            raise SendFailed("no access token in the answer") from None
        keep = seconds - _EARLIER if seconds > 2 * _EARLIER else seconds / 2
        await self.notes.write(self.note, token, self.clock() + timedelta(seconds=keep))
        return token


def _read(path: str, status: int, words: bytes, token: str) -> Answer:
    if status == 429:
        raise TooFast(60.0, everyone=True)
    if status in (404, 405):
        raise NoSuchCall(f"{path}: HTTP {status}")
    if status >= 400 and status != GATEWAY_TIMEOUT:
        raise SendFailed(f"{path}: HTTP {status}")
    try:
        answer = json.loads(words)
    except ValueError:
        answer = None
    if status != 200 or not isinstance(answer, dict):
        raise SendUnknown(f"{path}: HTTP {status}, and no answer in it")
    code = answer.get("errcode", 0)
    if code == _INVALID_URL:
        raise NoSuchCall(f"{path}: errcode {code}")
    if code:
        said = str(answer.get("errmsg", ""))
        raise Rejected(path, code if isinstance(code, int) else -1, said.replace(token, "…") if token else said)
    return answer
