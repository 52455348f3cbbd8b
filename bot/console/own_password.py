"""Changing one's own password: the old one is asked for, and everybody who used it has to sign in again."""

import asyncio
from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from bot.console.console import HEADERS, LOGIN, Console, Seated
from bot.console.signing import FREE_PER_ACCOUNT
from bot.store.staff import Role
from bot.store.tries import LoginTries

Field = Annotated[str, Form()]


def password_room(console: Console) -> None:
    clock = console.office.clock

    @console.get("/password", Role.VIEWER)
    async def ask(seat: Seated) -> Response:
        return console.page(seat, "password.html", problem="")

    @console.post("/password", Role.VIEWER)
    async def change(seat: Seated, old: Field = "", new: Field = "", again: Field = "") -> Response:
        from bot.console.passwords import WeakPassword, hash_password, is_right

        now, key = clock(), f"account:{seat.name}"
        tries = LoginTries(console.office.database)
        if wait := await tries.begin({key: FREE_PER_ACCOUNT}, now):
            return console.page(seat, "password.html", 429, problem=f"试得太多了，请 {wait} 秒后再试")
        if not await asyncio.to_thread(is_right, old, seat.session.account.password_hash):
            return console.page(seat, "password.html", 422, problem="现在的密码不对")
        await tries.take_back([key], now)
        if new != again:
            return console.page(seat, "password.html", 422, problem="两次输的新密码不一样")
        try:
            password_hash = await asyncio.to_thread(hash_password, new)
        except WeakPassword as weak:
            return console.page(seat, "password.html", 422, problem=str(weak))
        await console.accounts.change_password(seat.name, password_hash, by=seat.name, at=now)
        return RedirectResponse(f"{LOGIN}?changed=1", 303, HEADERS)
