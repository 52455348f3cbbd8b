"""Which other programs may call: those with a key, or, where none is set, those on this machine."""

import hmac
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection

from bot.digest import hash_of
from bot.http.problems import Kind, Refusal
from bot.settings import Settings

_THIS_MACHINE = "localhost"
# A proxy on this machine speaks for people elsewhere.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_CHALLENGE = {"WWW-Authenticate": "Bearer"}

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="ApiKey",
    description="One of HUIQI_API_KEYS; where none is set, none is needed on the machine itself.",
)

# For the description alone: `Keys.caller` reads the header itself, also where there is no route.
ShowsKey = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


class Keys:
    """Tells callers apart. A page of another site is never one, whatever name it came by (DNS rebinding)."""

    def __init__(self, settings: Settings) -> None:
        self._keys = tuple(hash_of(key) for key in settings.api_keys)
        self._home = urlsplit(settings.public_url or "").hostname

    def caller(self, connection: HTTPConnection) -> str:
        """Who calls, by a name that gives no key away. Raises Refusal."""
        self._refuse_other_sites(connection)
        if not self._keys:
            if not _is_from_here(connection):
                way_out = "没有设 HUIQI_API_KEYS，只有本机的程序能调用 (no keys are set: only programs on this machine)"
                raise Refusal(Kind.NO_KEY, way_out, headers=_CHALLENGE)
            return _THIS_MACHINE
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        given = hash_of(key.strip())
        # Every key is compared, so that the time tells nothing.
        known = [expected for expected in self._keys if hmac.compare_digest(expected, given)]
        if scheme.lower() != "bearer" or not known:
            raise Refusal(Kind.NO_KEY, "需要密钥：Authorization: Bearer … (an API key is needed)", headers=_CHALLENGE)
        return given

    def _refuse_other_sites(self, connection: HTTPConnection) -> None:
        origin = connection.headers.get("origin")
        if origin is None:
            return
        site = _hostname(origin)
        if site is None or not (_is_loopback(site) or site == self._home):
            raise Refusal(Kind.FORBIDDEN, "别的网站的页面不能调用 (no calls from pages of other sites)")


def _is_from_here(connection: HTTPConnection) -> bool:
    """From this machine, and asked for by its own name: a page elsewhere may give its name our address."""
    asked = _hostname(f"//{connection.headers.get('host', '')}")
    came_from = connection.client.host if connection.client else ""
    is_forwarded = any(name in connection.headers for name in _FORWARDED)
    return _is_loopback(came_from) and asked is not None and _is_loopback(asked) and not is_forwarded


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == _THIS_MACHINE
