"""The console's pages: each is registered here with the role it needs, shown within one layout, or refused in words."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment
from starlette.exceptions import HTTPException

from bot.channels.pages import CONTENT_SECURITY_POLICY, templates
from bot.clock import SHANGHAI
from bot.console.gate import Gate, NotAllowed, NotOurForm, NotSignedIn, Said, Seat, csrf_of, local_path
from bot.http.problems import Kind, Refusal
from bot.office import NotReady, Office
from bot.store.audit import Journal
from bot.store.database import StoreUnavailable
from bot.store.staff import Role, StaffAccounts
from chains.model.masking import mask
from chains.prompting import read_data

log = logging.getLogger("huiqi.console")

HOME: Final = "/console"
LOGIN: Final = "/console/login"
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY + "; require-trusted-types-for 'script'",
    "Referrer-Policy": "same-origin",  # with none at all, browsers would not say where a form was sent from
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_READ: Final = ["GET", "HEAD"]

Endpoint = Callable[..., Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Room:
    """A page or action of the console; `needs` is None where nobody has to be signed in, `menu` its place there."""

    path: str
    method: str
    needs: Role | None
    menu: str = ""
    wakes: bool = True


class Missing(Exception):
    """What was asked for is not there; also what somebody may not know to be there."""


def seat_of(request: Request) -> Seat:
    seat: Seat = request.state.seat
    return seat


Seated = Annotated[Seat, Depends(seat_of)]


class Console:
    """The registry of rooms. A room that does not say what it needs cannot be registered."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.gate = Gate(office.settings)
        self.rooms: list[Room] = []
        self._rooms: dict[Endpoint, Room] = {}
        self.router = APIRouter(include_in_schema=False, route_class=self._route_class())

    @cached_property
    def accounts(self) -> StaffAccounts:
        return StaffAccounts(self.office.database)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self.office.database, self.office.clock)

    # --- registering

    def get(
        self, path: str, needs: Role | None, menu: str = "", *, wakes: bool = True
    ) -> Callable[[Endpoint], Endpoint]:
        """A page at `/console` + path. With `menu` it stands in the navigation of those who may see it.

        What a script asks by itself, again and again, does not `wake`: it keeps nobody signed in.
        """
        return self._register(Room(HOME + path, "GET", needs, menu, wakes), _READ)

    def post(self, path: str, needs: Role | None, **more: Any) -> Callable[[Endpoint], Endpoint]:
        """A change: its form carries the CSRF token, or the request does in a header."""
        return self._register(Room(HOME + path, "POST", needs), ["POST"], **more)

    def _register(self, room: Room, methods: list[str], **more: Any) -> Callable[[Endpoint], Endpoint]:
        def register(endpoint: Endpoint) -> Endpoint:
            self.rooms.append(room)
            self._rooms[endpoint] = room
            self.router.add_api_route(room.path, endpoint, methods=methods, response_model=None, **more)
            return endpoint

        return register

    def _route_class(self) -> type[APIRoute]:
        console = self

        class Guarded(APIRoute):
            """Asks who is there before anything else of the request is looked at."""

            def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
                serve = super().get_route_handler()
                if self.endpoint not in console._rooms:
                    raise TypeError(
                        f"{self.path}: register it with Console.get or Console.post, with the role it needs"
                    )
                room = console._rooms[self.endpoint]

                async def guarded(request: Request) -> Response:
                    return await console._serve(request, room, serve)

                return guarded

        return Guarded

    async def _serve(self, request: Request, room: Room, serve: Callable[[Request], Awaitable[Response]]) -> Response:
        seat: Seat | None = None
        try:
            now = self.office.clock()
            if room.needs is None:
                seat = await self.gate.seat(request, self.accounts, now)
                await self.gate.check_form(request, seat.csrf if seat else csrf_of(self.gate.before(request)))
            else:
                seat = await self.gate.admit(request, room.needs, self.accounts, now, wakes=room.wakes)
            request.state.seat = seat
            response = await serve(request)
        except NotSignedIn:
            return self._ask_to_sign_in(request)
        except NotAllowed as refused:
            return self._refuse(request, refused.seat, 403, "forbidden", needs=refused.needs)
        except NotOurForm:
            return self._refuse(request, seat, 403, "not_our_form")
        except Missing:
            return self._refuse(request, seat, 404, "missing")
        except RequestValidationError:
            return self._refuse(request, seat, 422, "invalid")
        except HTTPException as error:
            return self._refuse(request, seat, error.status_code, "missing" if error.status_code == 404 else "invalid")
        except (StoreUnavailable, NotReady):
            return self._refuse(request, seat, 503, "unavailable")
        except Exception:
            log.exception("console failed", extra={"event": {"room": room.path}})
            return self._refuse(request, seat, 500, "broken")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def close(self) -> None:
        """No room comes after this one: whatever else is asked for is not there, and is told to staff alone."""

        @self.get("/{rest:path}", Role.VIEWER)
        async def missing(rest: str) -> Response:
            raise Missing

        del self.rooms[-1]

    # --- answering

    def page(self, seat: Seat | None, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page within the layout, for whoever is there."""
        shown = {"seat": seat, "menu": self._menu(seat), "words": read_data("console"), **values}
        shown["flaws"] = self.office.nightly.flaws if seat else ()
        html = _templates().get_template(f"console/{template}").render(**shown)
        response = HTMLResponse(html, status, HEADERS)
        if seat and seat.said:
            seat.cookies.drop(response, seat.cookies.said)
        return response

    def go(self, request: Request, to: str, said: str = "", draft: str = "") -> RedirectResponse:
        """Go on to another page after a change; it says what was done, and forgets the draft of it."""
        response = RedirectResponse(to, 303, HEADERS)
        if said or draft:
            self.gate.tell_next(response, request, Said(said, draft))
        return response

    def _menu(self, seat: Seat | None) -> list[Room]:
        return [room for room in self.rooms if seat and room.menu and room.needs and seat.may(room.needs)]

    def _refuse(self, request: Request, seat: Seat | None, status: int, why: str, **values: object) -> Response:
        if not wants_page(request):
            return _problem(status)
        return self.page(seat, "refused.html", status, why=why, **values)

    def _ask_to_sign_in(self, request: Request) -> Response:
        """A page asks for log-in and comes back; a script is told so, and keeps what it has."""
        if not wants_page(request):
            return _problem(401)
        here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        if request.method not in _READ:
            came_from = urlsplit(request.headers.get("referer", ""))
            here = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path or HOME
        return RedirectResponse(f"{LOGIN}?next={quote(here, safe='/')}&expired=1", 303, HEADERS)


@cache
def _templates() -> Environment:
    environment = templates().overlay()
    environment.filters = environment.filters | {
        "masked": mask,
        "moment": lambda at: at.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S"),
        "lasted": _lasted,
        "ours": local_path,
        "query": lambda asked: urlencode({name: value for name, value in asked.items() if value}),
    }
    return environment


def _lasted(span: timedelta) -> str:
    """不到 1 分钟, 12 分钟, 3 小时 5 分, 2 天"""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return "不到 1 分钟"
    if minutes < 60:
        return f"{minutes} 分钟"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours < 48 else f"{hours // 24} 天"


def wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _problem(status: int) -> Response:
    """The same for a script."""
    kind = next((kind for kind in Kind if kind.status == status), Kind.MALFORMED)
    detail = {401: "需要登录工作台", 403: "没有这个权限，或页面已过期，请刷新后再试"}
    refusal = Refusal(kind, detail.get(status, kind.title)).response("/console")
    refusal.headers.update(HEADERS)
    return refusal
