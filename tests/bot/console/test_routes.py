"""Every route of the console, as the application itself lists them, against everybody who could come."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from bot.console.console import LOGIN, Console
from bot.console.cookies import Cookies
from bot.console.rooms import open_console
from bot.office import Office
from bot.settings import Settings
from bot.store.staff import Role
from bot.store.tables import audit, staff_sessions
from tests.bot.rows import rows_of

from .conftest import HTML, MovableClock, Staff, Worker

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOBODY = {"GET /console/login", "HEAD /console/login", "POST /console/login"}


def routes(settings: Settings) -> Iterator[tuple[str, str, Role | None]]:
    """Method, address and role of every route; what stands in braces is filled with something that is not there."""
    console = open_console(Office(settings))
    for route in console.router.routes:
        assert isinstance(route, APIRoute)
        address = route.path
        for name, parameter in route.param_convertors.items():
            suffix = ":path" if type(parameter).__name__ == "PathConvertor" else ""
            address = address.replace(f"{{{name}{suffix}}}", "987654321")
        for method in sorted(route.methods or ()):
            yield method, address, console._rooms[route.endpoint].needs


def is_turned_away(response: httpx.Response) -> bool:
    """Whether somebody who is not signed in got nothing: asked to sign in, or told that they would have to."""
    to_login = response.status_code == 303 and response.headers["location"].startswith(f"{LOGIN}?next=")
    return to_login or response.status_code == 401


async def send(worker: Worker, method: str, address: str, **more: object) -> httpx.Response:
    data = {"csrf": worker.csrf} if method == "POST" else None
    return await worker.client.request(method, address, data=data, headers=HTML, **more)  # type: ignore[arg-type]


async def test_only_signing_in_is_open_to_everybody(settings: Settings) -> None:
    opened = {f"{method} {address}" for method, address, needs in routes(settings) if needs is None}
    assert opened == NOBODY
    assert len(list(routes(settings))) > 10


async def test_a_room_that_does_not_say_what_it_needs_cannot_be_opened(office: Office) -> None:
    console = Console(office)
    with pytest.raises(TypeError, match="the role it needs"):
        console.router.get("/console/backdoor")(lambda: "hello")
    assert isinstance(console.router, APIRouter)


async def test_nobody_gets_in_without_a_session(settings: Settings, staff: Staff) -> None:
    stranger = staff.stranger()
    before = await rows_of(staff.office, audit)
    for method, address, needs in routes(settings):
        if needs is not None:
            assert is_turned_away(await send(stranger, method, address)), (method, address)
            script = await stranger.client.request(method, address)
            assert script.status_code == 401, (method, address)
    assert await rows_of(staff.office, audit) == before


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_gets_as_far_as_their_role_and_no_further(role: Role, settings: Settings, staff: Staff) -> None:
    worker = await staff.seat(role.value)
    before = await rows_of(staff.office, audit)
    for method, address, needs in routes(settings):
        if needs is None or address == "/console/logout":
            continue
        response = await send(worker, method, address)
        if role.includes(needs):
            assert response.status_code != 403 and not is_turned_away(response), (method, address)
            assert response.status_code < 500, (method, address)
            before = await rows_of(staff.office, audit)
        else:
            assert response.status_code == 403, (method, address)
            assert method == "HEAD" or "没有权限" in response.text
            assert await rows_of(staff.office, audit) == before, (method, address)


async def test_methods_that_a_route_does_not_declare_do_nothing(settings: Settings, staff: Staff) -> None:
    admin = await staff.seat("admin")
    declared = {(method, address) for method, address, _ in routes(settings)}
    before = await rows_of(staff.office, audit)
    for address in {address for _, address in declared}:
        for method in METHODS:
            if (method, address) not in declared:
                response = await send(admin, method, address)
                assert response.status_code in (404, 405), (method, address)
    assert await rows_of(staff.office, audit) == before


async def test_a_disabled_account_and_an_expired_session_open_nothing(
    settings: Settings, staff: Staff, clock: MovableClock
) -> None:
    disabled, idle, old = [await staff.seat(name) for name in ("admin", "editor", "reviewer")]
    await staff.accounts.disable("admin", by="@test", at=clock())
    clock.move(minutes=29)
    await old.get("/console")
    clock.move(minutes=1)
    for worker in (disabled, idle):
        for method, address, needs in routes(settings):
            if needs is not None:
                assert is_turned_away(await send(worker, method, address)), (method, address)
    assert (await old.get("/console")).status_code == 200
    for _ in range(24):
        clock.move(minutes=29)
        await old.get("/console")
    for method, address, needs in routes(settings):
        if needs is not None:
            assert is_turned_away(await send(old, method, address)), (method, address)


FORGED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "no token": ({}, {}),
    "another token": ({"csrf": "0" * 64}, {}),
    "an empty token": ({"csrf": ""}, {}),
    "letters that are no token": ({"csrf": "令牌"}, {}),
    "a form on another site": ({"csrf": "right"}, {"origin": "http://evil.example"}),
    "a form in a sandbox": ({"csrf": "right"}, {"origin": "null"}),
    "a request that says it is cross-site": ({"csrf": "right"}, {"sec-fetch-site": "cross-site"}),
    "a request from a neighbouring site": ({"csrf": "right"}, {"sec-fetch-site": "same-site"}),
}


async def test_a_change_that_did_not_come_from_our_page_is_not_made(settings: Settings, staff: Staff) -> None:
    admin = await staff.seat("admin")
    before = await rows_of(staff.office, audit), await rows_of(staff.office, staff_sessions)
    changes = [address for method, address, _ in routes(settings) if method == "POST"]
    for fault, (fields, headers) in FORGED.items():
        data = {name: admin.csrf if value == "right" else value for name, value in fields.items()}
        for address in changes:
            response = await admin.client.post(address, data=data, headers={**HTML, **headers})
            assert response.status_code == 403, (fault, address)
    assert (await rows_of(staff.office, audit), await rows_of(staff.office, staff_sessions)) == before


async def test_the_token_of_another_session_does_not_do(staff: Staff) -> None:
    admin, other = await staff.seat("admin"), await staff.seat("admin")
    response = await admin.client.post("/console/audit/verify", data={"csrf": other.csrf}, headers=HTML)
    assert response.status_code == 403


async def test_our_own_origin_and_a_token_in_a_header_do(staff: Staff) -> None:
    admin = await staff.seat("admin")
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin", "X-CSRF-Token": admin.csrf}
    assert (await admin.client.post("/console/audit/verify", headers=headers)).status_code == 200


async def test_every_page_forbids_what_it_does_not_need(settings: Settings, staff: Staff) -> None:
    for worker in (staff.stranger(), await staff.seat("viewer"), await staff.seat("admin")):
        for method, address, _ in routes(settings):
            if address == "/console/logout":
                continue
            headers = (await send(worker, method, address)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy, (method, address)
            assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy, (method, address)
            assert headers["referrer-policy"] == "same-origin" and headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"


async def test_what_is_not_there_is_not_there_for_everybody_and_says_nothing_to_strangers(staff: Staff) -> None:
    viewer = await staff.seat("viewer")
    response = await viewer.get("/console/no/such/room")
    assert response.status_code == 404 and "没有这一页" in response.text
    assert is_turned_away(await staff.stranger().get("/console/no/such/room"))


async def test_navigation_shows_the_rooms_that_one_may_enter(staff: Staff) -> None:
    assert 'href="/console/audit"' in (await (await staff.seat("admin")).get("/console")).text
    assert 'href="/console/audit"' not in (await (await staff.seat("editor")).get("/console")).text


async def test_a_cookie_of_the_wrong_kind_opens_nothing(staff: Staff, settings: Settings) -> None:
    stranger = staff.stranger()
    for token in ("", "x", "0" * 43, "' OR 1=1 --", "%00"):
        stranger.client.cookies.set(Cookies("", "127.0.0.1").session, token)
        assert is_turned_away(await stranger.get("/console"))
