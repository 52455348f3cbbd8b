"""Who may come in: the cookie of a session, the role that a page needs, and proof that a form is one of ours."""

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.console.cookies import Cookies
from bot.settings import Settings
from bot.store.staff import Role, Session, StaffAccounts

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
    cookies: Cookies
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


class Gate:
    """Stands before every page of the console."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle = timedelta(minutes=settings.staff_idle_minutes)
        self._at_most = timedelta(hours=settings.staff_hours)
        self._public_host = urlsplit(settings.public_url or "").netloc

    def cookies(self, request: Request) -> Cookies:
        return Cookies(self._settings.public_url or "", request.url.hostname or "")

    @property
    def idle(self) -> timedelta:
        return self._idle

    async def admit(
        self, request: Request, needs: Role, accounts: StaffAccounts, at: datetime, *, wakes: bool = True
    ) -> Seat:
        """The one who asks. Raises NotSignedIn, NotAllowed, NotOurForm."""
        seat = await self.seat(request, accounts, at, wakes=wakes)
        if seat is None:
            raise NotSignedIn
        if not seat.may(needs):
            raise NotAllowed(seat, needs)
        await self.check_form(request, seat.csrf)
        return seat

    async def seat(self, request: Request, accounts: StaffAccounts, at: datetime, *, wakes: bool = True) -> Seat | None:
        cookies = self.cookies(request)
        token = request.cookies.get(cookies.session, "")
        session = await accounts.session(token, self._idle, self._at_most, at, wakes=wakes)
        if session is None:
            return None
        said = _read_said(request.cookies.get(cookies.said, ""), token)
        return Seat(session, cookies, csrf_of(token), request.url.path, said)

    async def check_form(self, request: Request, expected: str) -> None:
        """A change comes from a page of ours and carries its token. Raises NotOurForm."""
        if request.method in _SAFE:
            return
        if not self._is_from_here(request):
            raise NotOurForm
        given = request.headers.get(CSRF_HEADER) or (await request.form()).get(CSRF_FIELD)
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
            raise NotOurForm

    def tell_next(self, response: Response, request: Request, said: Said) -> None:
        """Let the next page say something."""
        cookies = self.cookies(request)
        cookies.keep(response, cookies.said, _written(said, request.cookies.get(cookies.session, "")))

    def before(self, request: Request) -> str:
        """What marks the browser of somebody who is not signed in yet; new if there is none."""
        return request.cookies.get(self.cookies(request).before, "") or secrets.token_urlsafe(32)

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
