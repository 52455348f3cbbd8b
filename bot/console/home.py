"""Where one arrives: the rooms that one may enter."""

from fastapi import Response

from bot.console.console import Console, Seated
from bot.store.staff import Role


def home_room(console: Console) -> None:
    @console.get("", Role.VIEWER)
    async def home(seat: Seated) -> Response:
        return console.page(seat, "home.html")
