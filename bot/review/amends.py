"""Writing to a person who was told something wrong, on the channels where they are; whether it has arrived."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.messages import STAFF
from bot.reception import Reception
from bot.review.items import Item
from bot.store.database import Database
from bot.store.outbox import Sending
from bot.store.tables import amends, messages, outbox
from chains.prompting import wording
from chains.reply import Reply


class Arrival(StrEnum):
    """How it stands with what was said."""

    DELIVERED = "delivered"
    ON_ITS_WAY = "on_its_way"
    WHEN_THEY_WRITE = "when_they_write"  # the platform lets us write only after the person has written again
    WHEN_THEY_LOOK = "when_they_look"  # on the web it stands in the conversation
    UNREACHABLE = "unreachable"


_ARRIVALS: Mapping[str, Arrival] = {
    Sending.WAITING: Arrival.ON_ITS_WAY,
    Sending.SENDING: Arrival.ON_ITS_WAY,
    Sending.SENT: Arrival.DELIVERED,
    Sending.KEPT: Arrival.WHEN_THEY_WRITE,
    Sending.UNREACHABLE: Arrival.UNREACHABLE,
    Sending.FAILED: Arrival.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Amend:
    message_id: str
    item_id: int
    said_by: str
    said_at: datetime
    text: str
    arrival: Arrival


class Amends:
    """What people were told because an answer was wrong."""

    def __init__(self, database: Database, reception: Reception, clock: Clock) -> None:
        self._database = database
        self._reception = reception
        self._clock = clock

    async def write(self, item: Item, text: str, by: str) -> None:
        """Raises NoSuchConversation."""
        message_id = secrets.token_hex(16)
        reply = Reply(text=wording("desk.staff", text=text), outcome=STAFF)
        values = {"message_id": message_id, "item_id": item.id, "said_by": by, "said_at": self._clock()}

        async def remember(connection: AsyncConnection) -> None:
            await connection.execute(insert(amends).values(values))

        await self._reception.say(item.conversation_id, reply, by, remember, message_id=message_id)

    async def all(self, item_id: int | None = None, *, undelivered: bool = False) -> list[Amend]:
        """What was written because of an item, or of any; the oldest first."""
        query = select(amends, messages.c.text).join(messages, messages.c.id == amends.c.message_id)
        if item_id is not None:
            query = query.where(amends.c.item_id == item_id)
        if undelivered:
            query = query.where(amends.c.delivered_at.is_(None))
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(amends.c.said_at))).all()
            sent = select(outbox.c.message_id, outbox.c.state).where(
                outbox.c.message_id.in_([row.message_id for row in rows])
            )
            states = {str(row.message_id): str(row.state) for row in await connection.execute(sent)}
        return [
            Amend(
                message_id=row.message_id,
                item_id=row.item_id,
                said_by=row.said_by,
                said_at=row.said_at,
                text=row.text,
                arrival=Arrival.DELIVERED if row.delivered_at else _arrival(states.get(row.message_id)),
            )
            for row in rows
        ]


def _arrival(state: str | None) -> Arrival:
    return _ARRIVALS[state] if state is not None else Arrival.WHEN_THEY_LOOK
