"""Who may come in: the cookie of a session, the role that a page needs, and proof that a form is one of ours."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.settings import Settings
from bot.store.staff import DEVICE_DAYS, Role, Session, StaffAccounts

CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
_SAFE: Final = {"GET", "HEAD"}
_OUR_SITES: Final = {"same-origin", "none"}


class NotSignedIn(Exception):
    """Nobody, or nobody any more, is signed in."""


class NotAllowed(Exception):
    """The role is not enough for the page."""

    def __init__(self, seat: "Seat", needs: Role) -> None:
        super().__init__(needs.value)
        self.seat = seat
        self.needs = needs


class NotOurForm(Exception):
    """A change that was not asked for on one of our pages, as far as can be told."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the next page tells: one sentence, and the draft that has been handed in."""

    text: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of staff at one request."""

    session: Session
    csrf: str
    path: str
    said: Said | None = None

    @property
    def name(self) -> str:
        return self.session.account.name

    @property
    def role(self) -> Role:
        return self.session.account.role

    def may(self, role: Role) -> bool:
        return self.role.includes(role)


class Cookies:
    """The console's cookies, for this address of the service.

    They are `Secure`, and bound to the host, unless the service is served as plain http to this machine alone.
    """

    def __init__(self, settings: Settings) -> None:
        self.are_secure = not _is_plain_loopback(settings)
        prefix = "__Host-" if self.are_secure else ""
        self.session = f"{prefix}huiqi_staff"
        self.device = f"{prefix}huiqi_device"
        self.before = f"{prefix}huiqi_before"  # whoever is not signed in yet
        self.said = f"{prefix}huiqi_said"

    def keep(self, response: Response, name: str, value: str, seconds: int | None = None) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self.are_secure, httponly=True, samesite="lax"
        )

    def drop(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self.are_secure, httponly=True, samesite="lax")


class Gate:
    """Stands before every page of the console."""

    def __init__(self, settings: Settings) -> None:
        self.cookies = Cookies(settings)
        self._idle = timedelta(minutes=settings.staff_idle_minutes)
        self._at_most = timedelta(hours=settings.staff_hours)
        self._public_host = urlsplit(settings.public_url or "").netloc

    @property
    def idle(self) -> timedelta:
        return self._idle

    async def admit(self, request: Request, needs: Role, accounts: StaffAccounts, at: datetime) -> Seat:
        """The one who asks. Raises NotSignedIn, NotAllowed, NotOurForm."""
        seat = await self.seat(request, accounts, at)
        if seat is None:
            raise NotSignedIn
        if not seat.may(needs):
            raise NotAllowed(seat, needs)
        await self.check_form(request, seat.csrf)
        return seat

    async def seat(self, request: Request, accounts: StaffAccounts, at: datetime) -> Seat | None:
        token = request.cookies.get(self.cookies.session, "")
        session = await accounts.session(token, self._idle, self._at_most, at)
        if session is None:
            return None
        said = _read_said(request.cookies.get(self.cookies.said, ""), token)
        return Seat(session, csrf_of(token), request.url.path, said)

    async def check_form(self, request: Request, expected: str) -> None:
        """A change comes from a page of ours and carries its token. Raises NotOurForm."""
        if request.method in _SAFE:
            return
        if not self._is_from_here(request):
            raise NotOurForm
        given = request.headers.get(CSRF_HEADER) or (await request.form()).get(CSRF_FIELD)
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
            raise NotOurForm

    def let_in(self, response: Response, token: str, device: str) -> None:
        self.cookies.keep(response, self.cookies.session, token)
        self.cookies.keep(response, self.cookies.device, device, DEVICE_DAYS * 24 * 3600)
        self.cookies.drop(response, self.cookies.before)

    def tell_next(self, response: Response, request: Request, said: Said) -> None:
        """Let the next page say something."""
        token = request.cookies.get(self.cookies.session, "")
        self.cookies.keep(response, self.cookies.said, _written(said, token))

    def before(self, request: Request) -> str:
        """What marks the browser of somebody who is not signed in yet; new if there is none."""
        return request.cookies.get(self.cookies.before, "") or secrets.token_urlsafe(32)

    def _is_from_here(self, request: Request) -> bool:
        """Browsers say where a form was; one that says nothing has to know the token all the same."""
        site = request.headers.get("sec-fetch-site")
        if site is not None and site not in _OUR_SITES:
            return False
        origin = request.headers.get("origin")
        if origin is None:
            return True
        host = urlsplit(origin).netloc
        return bool(host) and host in (request.headers.get("host", ""), self._public_host)


def csrf_of(token: str) -> str:
    """What a form must carry; whoever knows it does not know the token of the session."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()


def local_path(given: str) -> str:
    """Where to go after log-in: a page of the console, whatever was asked for."""
    parts = urlsplit(given)
    is_ours = parts.path == "/console" or parts.path.startswith("/console/")
    is_plain = not parts.scheme and not parts.netloc and given.isprintable() and "\\" not in given
    return given if is_ours and is_plain and not parts.path.startswith("/console/log") else "/console"


def _is_plain_loopback(settings: Settings) -> bool:
    if settings.public_url:
        address = urlsplit(settings.public_url)
        return address.scheme == "http" and _is_loopback(address.hostname or "")
    return _is_loopback(settings.host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _written(said: Said, token: str) -> str:
    body = urlsafe_b64encode(json.dumps([said.text, said.draft]).encode()).decode()
    return f"{body}.{_mac(body, token)}"


def _read_said(cookie: str, token: str) -> Said | None:
    body, _, mac = cookie.partition(".")
    if not body or not hmac.compare_digest(mac.encode(), _mac(body, token).encode()):
        return None
    text, draft = json.loads(urlsafe_b64decode(body))
    return Said(text, draft)


def _mac(body: str, token: str) -> str:
    return hmac.new(token.encode(), b"said:" + body.encode(), sha256).hexdigest()
