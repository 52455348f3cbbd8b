"""Shows one message as it was written, to those who say why; who did so is remembered."""

from typing import Annotated

from fastapi import Form, Response
from sqlalchemy import select

from bot.console.console import Console, Missing, Seated
from bot.store.audit import Action, record
from bot.store.staff import Role
from bot.store.tables import messages

SHORTEST_REASON = 4

Reason = Annotated[str, Form(max_length=200)]


def revealing_room(console: Console) -> None:
    @console.post("/messages/{message_id}/reveal", Role.REVIEWER)
    async def reveal(seat: Seated, message_id: str, reason: Reason = "", back: Annotated[str, Form()] = "") -> Response:
        async with console.office.database.write() as connection:
            row = (await connection.execute(select(messages).where(messages.c.id == message_id))).first()
            if row is None:
                raise Missing
            why = reason.strip()
            if len(why) < SHORTEST_REASON:
                return console.page(seat, "reveal.html", 422, message=row, shown=False, back=back)
            now = console.office.clock()
            await record(connection, seat.name, Action.REVEALED, f"message:{message_id}", why, at=now)
        return console.page(seat, "reveal.html", message=row, shown=True, back=back)
