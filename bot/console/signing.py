"""Signing in and out. Whoever guesses is slowed down; who has signed in with a browser before is not, by strangers."""

import asyncio
from typing import Annotated, Final

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.console import HEADERS, HOME, LOGIN, Console, Seated
from bot.console.gate import csrf_of, local_path
from bot.digest import hash_of
from bot.store.audit import NOBODY, Action
from bot.store.staff import DEVICE_DAYS, Account, Role, plain_name
from bot.store.tries import LoginTries

FREE_PER_ACCOUNT: Final = 5
FREE_PER_ADDRESS: Final = 30  # an office is one address
_LONGEST = 200

Field = Annotated[str, Form()]


def signing_room(console: Console) -> None:
    gate, clock = console.gate, console.office.clock
    at_once = asyncio.Semaphore(2)  # trying a password takes 64 MB

    @console.get("/login", needs=None)
    async def ask(request: Request, next: str = HOME, expired: bool = False, changed: bool = False) -> Response:
        if request.state.seat is not None:
            return RedirectResponse(local_path(next), 303, HEADERS)
        was_here = gate.cookies(request).device in request.cookies
        return show(request, next, why="changed" if changed else "expired" if expired and was_here else "")

    @console.post("/login", needs=None)
    async def sign_in(request: Request, name: Field = "", password: Field = "", next: Field = HOME) -> Response:
        now = clock()
        account = await console.accounts.find(name) if len(name) <= _LONGEST else None
        cookies = gate.cookies(request)
        device = request.cookies.get(cookies.device, "")
        known = await console.accounts.knows_device(account.id if account else 0, device, now)
        counted = _counted(name, request, device if known else "")
        tries = LoginTries(console.office.database)
        if wait := await tries.begin(counted, now):
            return show(request, next, name, 429, "wait", wait)
        if not await fits(account, password):
            who = account.name if account else NOBODY
            await console.journal.record(who, Action.LOGIN_FAILED, f"staff:{who}")
            return show(request, next, name, 401, "wrong")
        assert account is not None
        await tries.take_back(counted, now)
        old = request.cookies.get(cookies.session, "")
        tokens = await console.accounts.begin(account, old, device if known else "", now)
        if tokens is None:
            return show(request, next, name, 401, "wrong")
        await console.accounts.forget_old(gate.idle, now)
        await tries.forget_old(now)
        response = RedirectResponse(local_path(next), 303, HEADERS)
        cookies.keep(response, cookies.session, tokens[0])
        cookies.keep(response, cookies.device, tokens[1], DEVICE_DAYS * 24 * 3600)
        cookies.drop(response, cookies.before)
        return response

    async def fits(account: Account | None, password: str) -> bool:
        from bot.console.passwords import is_right

        usable = account is not None and account.disabled_at is None
        async with at_once:
            return await asyncio.to_thread(is_right, password, account.password_hash if account and usable else None)

    def show(request: Request, next: str, name: str = "", status: int = 200, why: str = "", wait: int = 0) -> Response:
        cookies, before = gate.cookies(request), gate.before(request)
        shown = {"token": csrf_of(before), "next": local_path(next), "name": name[:40], "why": why, "wait": wait}
        response = console.page(None, "login.html", status, **shown, secure=cookies.are_secure)
        cookies.keep(response, cookies.before, before)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    @console.post("/logout", Role.VIEWER)
    async def sign_out(seat: Seated) -> Response:
        await console.accounts.end(seat.session, clock())
        response = RedirectResponse(LOGIN, 303, HEADERS)
        seat.cookies.drop(response, seat.cookies.session)
        return response


def _counted(name: str, request: Request, known_device: str) -> dict[str, int]:
    """What a try counts for: the account and the address, or, with a browser known to the account, that alone."""
    if known_device:
        return {f"device:{hash_of(known_device)}": FREE_PER_ACCOUNT}
    address = request.client.host if request.client else ""
    return {f"account:{plain_name(name)[:_LONGEST]}": FREE_PER_ACCOUNT, f"address:{address}": FREE_PER_ADDRESS}
