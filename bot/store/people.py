"""Who talks to us: contacts on platforms, tickets for staff, codes that link channels, subscriptions, feedback."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digest import hash_of
from bot.messages import Sheet
from bot.review.items import erase_items, flag_disliked
from bot.store.audit import PERSON, Action, record
from bot.store.database import Consequence, Database
from bot.store.ledger import person_of
from bot.store.outbox import queue
from bot.store.tables import (
    contacts,
    conversations,
    feedback,
    inbox,
    link_codes,
    messages,
    model_calls,
    notes,
    outbox,
    subscriptions,
    tickets,
)

CODE_MINUTES = 10
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another
_CODE_LENGTH = 6
BY_PERSON = "person"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at an address of a platform. `state` is the front desk's, as JSON; empty at first contact."""

    id: str
    channel: str
    address: str
    conversation_id: str | None
    state: str
    created_at: datetime
    heard_at: datetime | None
    unreachable_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A conversation that staff were asked to take over; open until `closed_at`."""

    id: int
    conversation_id: str
    opened_at: datetime
    taken_by: str | None
    taken_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who wants to be told of changes; `findings` is JSON of what they know, see `bot/notices.py`."""

    conversation_id: str
    since: datetime
    findings: str
    told_at: datetime


class People:
    """Contacts and what belongs to them, of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- contacts

    async def meet(self, channel: str, address: str, at: datetime) -> Contact:
        """The contact at an address, made at the first word; it can be reached, for it has just written.

        `unreachable_at` tells since when it could not be reached before.
        """
        query = _at(channel, address)

        def greet(connection: Connection) -> Contact:
            before = connection.execute(query).first()
            if before is None:
                values = {"id": secrets.token_hex(16), "channel": channel, "address": address, "state": ""}
                connection.execute(insert(contacts).values(**values, created_at=at, heard_at=at))
                return _contact(connection.execute(query).one())
            heard = update(contacts).where(contacts.c.id == before.id)
            connection.execute(heard.values(heard_at=at, unreachable_at=None))
            return replace(_contact(before), heard_at=at)

        for _ in range(2):
            try:
                return await self._database.write_at_once(greet)
            except IntegrityError:
                continue  # another process met them at the same moment
        raise RuntimeError("a contact appeared and vanished")

    async def contact(self, channel: str, address: str) -> Contact | None:
        query = _at(channel, address)
        row = await self._database.read_at_once(lambda connection: connection.execute(query).first())
        return _contact(row) if row else None

    async def contacts_of(self, conversation_id: str) -> list[Contact]:
        """Everybody who holds a conversation, first come first."""
        query = select(contacts).where(contacts.c.conversation_id == conversation_id).order_by(contacts.c.created_at)
        async with self._database.read() as connection:
            return [_contact(row) for row in await connection.execute(query)]

    async def attach(self, contact_id: str, conversation_id: str | None) -> None:
        """Let a contact hold a conversation, or none."""
        async with self._database.write() as connection:
            mine = contacts.c.id == contact_id
            await connection.execute(update(contacts).where(mine).values(conversation_id=conversation_id))

    # --- tickets

    async def open_tickets(self) -> list[Ticket]:
        """Tickets that wait for staff or are being served, the oldest first."""
        query = select(tickets).where(tickets.c.closed_at.is_(None)).order_by(tickets.c.id)
        async with self._database.read() as connection:
            return [_ticket(row) for row in await connection.execute(query)]

    async def ticket(self, ticket_id: int) -> Ticket | None:
        async with self._database.read() as connection:
            row = (await connection.execute(select(tickets).where(tickets.c.id == ticket_id))).first()
            return _ticket(row) if row else None

    async def ticket_of(self, conversation_id: str) -> Ticket | None:
        """The open ticket of a conversation."""
        query = select(tickets).where(tickets.c.conversation_id == conversation_id, tickets.c.closed_at.is_(None))
        row = await self._database.read_at_once(lambda connection: connection.execute(query).first())
        return _ticket(row) if row else None

    async def take(self, ticket_id: int, staff: str, at: datetime, also: Consequence) -> bool:
        """Whether a ticket is now this person's: not if somebody else has it, or it is closed.

        `also` happens with it, if it was nobody's before.
        """
        is_open = (tickets.c.id == ticket_id) & tickets.c.closed_at.is_(None)
        free = update(tickets).where(is_open, tickets.c.taken_by.is_(None))
        async with self._database.write() as connection:
            if (await connection.execute(free.values(taken_by=staff, taken_at=at))).rowcount == 1:
                await also(connection)
                return True
            mine = select(tickets.c.id).where(is_open, tickets.c.taken_by == staff)
            return (await connection.execute(mine)).first() is not None

    async def release(self, ticket_id: int, also: Consequence) -> bool:
        """Whether a ticket that somebody had waits for anybody again; `also` happens with it."""
        taken = update(tickets).where(
            tickets.c.id == ticket_id, tickets.c.closed_at.is_(None), tickets.c.taken_by.is_not(None)
        )
        async with self._database.write() as connection:
            if (await connection.execute(taken.values(taken_by=None, taken_at=None))).rowcount == 0:
                return False
            await also(connection)
            return True

    # --- links between channels

    async def issue_code(self, conversation_id: str, at: datetime) -> str:
        """A code with which another channel joins a conversation, once, within minutes; an older one is void."""
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
        async with self._database.write() as connection:
            stale = (link_codes.c.conversation_id == conversation_id) | (link_codes.c.expires_at <= at)
            await connection.execute(delete(link_codes).where(stale))
            expires_at = at + timedelta(minutes=CODE_MINUTES)
            values = {"code_hash": hash_of(code.upper()), "conversation_id": conversation_id, "expires_at": expires_at}
            await connection.execute(insert(link_codes).values(values))
        return code

    async def look_up_code(self, code: str, at: datetime) -> str | None:
        """The conversation that a code opens; None if there is no such code, or no longer."""
        query = select(link_codes.c.conversation_id).where(
            link_codes.c.code_hash == hash_of(code.upper()), link_codes.c.expires_at > at
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar()

    async def part(self, conversation_id: str, told: Sheet, at: datetime) -> None:
        """Every contact lets go of a conversation and is told so; a code that is still valid is void."""
        held = select(contacts).where(contacts.c.conversation_id == conversation_id)
        async with self._database.write() as connection:
            for row in (await connection.execute(held)).all():
                contact = _contact(row)
                await leave(connection, contact, () if contact.unreachable_at else (told,), at)
            await connection.execute(delete(link_codes).where(link_codes.c.conversation_id == conversation_id))

    # --- subscriptions

    async def subscriptions(self) -> list[Subscription]:
        async with self._database.read() as connection:
            rows = await connection.execute(select(subscriptions).order_by(subscriptions.c.since))
            return [Subscription(**row._mapping) for row in rows]

    async def subscription(self, conversation_id: str) -> Subscription | None:
        query = select(subscriptions).where(subscriptions.c.conversation_id == conversation_id)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
            return Subscription(**row._mapping) if row else None

    # --- feedback

    async def rate(self, message_id: str, helpful: bool, reason: str | None, at: datetime) -> None:
        """What a person thinks of an answer; said again it replaces what was said before."""
        async with self._database.write() as connection:
            await connection.execute(delete(feedback).where(feedback.c.message_id == message_id))
            values = {"message_id": message_id, "helpful": helpful, "reason": reason, "at": at}
            await connection.execute(insert(feedback).values(values))
            await flag_disliked(connection, message_id, not helpful, reason or "")


def staff_of(channel: str) -> str:
    """Who serves a ticket that a platform's own staff have taken."""
    return f"@{channel}"


# --- parts of larger transactions


async def open_ticket(connection: AsyncConnection, conversation_id: str, at: datetime) -> None:
    """A ticket for a conversation, unless one is open."""
    is_open = (tickets.c.conversation_id == conversation_id) & tickets.c.closed_at.is_(None)
    if (await connection.execute(select(tickets.c.id).where(is_open))).first() is None:
        await connection.execute(insert(tickets).values(conversation_id=conversation_id, opened_at=at))


async def serve_elsewhere(connection: AsyncConnection, conversation_id: str, channel: str, at: datetime) -> None:
    """The staff of a platform serve a person there, with its own tools."""
    is_open = (tickets.c.conversation_id == conversation_id) & tickets.c.closed_at.is_(None)
    await connection.execute(update(tickets).where(is_open).values(taken_by=staff_of(channel), taken_at=at))


async def close_ticket(connection: AsyncConnection, conversation_id: str, by: str, at: datetime) -> None:
    is_open = (tickets.c.conversation_id == conversation_id) & tickets.c.closed_at.is_(None)
    await connection.execute(update(tickets).where(is_open).values(closed_at=at, closed_by=by))


async def keep_subscription(connection: AsyncConnection, conversation_id: str, findings: str, at: datetime) -> None:
    """Subscribe a conversation, or remember what it has been told now."""
    mine = subscriptions.c.conversation_id == conversation_id
    values = {"findings": findings, "told_at": at}
    if (await connection.execute(update(subscriptions).where(mine).values(values))).rowcount == 0:
        await connection.execute(insert(subscriptions).values(conversation_id=conversation_id, since=at, **values))


async def refresh_subscription(
    connection: AsyncConnection, conversation_id: str, version: str, findings: str, at: datetime
) -> None:
    """Remember another profile of a subscriber, unless they still have to be told of another corpus first."""
    mine = subscriptions.c.conversation_id == conversation_id
    known = (await connection.execute(select(subscriptions.c.findings).where(mine))).scalar()
    if known is not None and json.loads(known)["version"] == version:
        await connection.execute(update(subscriptions).where(mine).values(findings=findings, told_at=at))


async def end_subscription(connection: AsyncConnection, conversation_id: str) -> None:
    await connection.execute(delete(subscriptions).where(subscriptions.c.conversation_id == conversation_id))


async def link(connection: AsyncConnection, contact_id: str, code: str, at: datetime) -> None:
    """Let a contact hold the conversation of a code, which is used up; nothing happens if the code is void.

    What the contact held alone before is erased, and that is remembered: it has now another one.
    """
    valid = (link_codes.c.code_hash == hash_of(code.upper())) & (link_codes.c.expires_at > at)
    conversation_id = (await connection.execute(select(link_codes.c.conversation_id).where(valid))).scalar()
    if conversation_id is None:
        return
    await connection.execute(delete(link_codes).where(valid))
    old = (await connection.execute(select(contacts.c.conversation_id).where(contacts.c.id == contact_id))).scalar()
    held = select(conversations.c.channel).where(conversations.c.id == old).with_for_update()
    began = (await connection.execute(held)).scalar()
    joined = update(contacts).where(contacts.c.id == contact_id)
    await connection.execute(joined.values(conversation_id=conversation_id))
    if old is not None and began is not None and old != conversation_id:
        holders = select(func.count()).where(contacts.c.conversation_id == old)
        if (await connection.execute(holders)).scalar() == 0:
            await erase_conversations(connection, [old])
            await remember_erasure(connection, new_receipt(), PERSON, began, at)


async def lose(connection: AsyncConnection, contact_id: str, at: datetime) -> None:
    """A contact has gone: it cannot be written to until it writes again."""
    gone = update(contacts).where(contacts.c.id == contact_id)
    await connection.execute(gone.values(unreachable_at=at))


async def leave(connection: AsyncConnection, contact: Contact, sheets: Sequence[Sheet], at: datetime) -> None:
    """A contact holds its conversation no longer; it may be told so."""
    left = update(contacts).where(contacts.c.id == contact.id)
    await connection.execute(left.values(conversation_id=None, state="{}"))
    await queue(connection, sheets, channel=contact.channel, address=contact.address, contact_id=contact.id, at=at)


async def forget(connection: AsyncConnection, channel: str, address: str, but: str = "") -> None:
    """Erase a contact with all that it wrote and was to be told, its conversation and what hangs on that.

    Others who hold the conversation lose it too. A delivery that was known stays known, by its hash alone; the one
    whose id is `but` is left to be finished.
    """
    row = (await connection.execute(_at(channel, address))).first()
    if row is None:
        return
    if row.conversation_id is not None:
        await erase_conversations(connection, [row.conversation_id], but)
    await _erase_mail(connection, channel, address, but)
    await connection.execute(delete(contacts).where(contacts.c.id == row.id))


async def erase_conversations(connection: AsyncConnection, conversation_ids: Sequence[str], but: str = "") -> int:
    """Erase conversations, all that hangs on them, and those who hold them with their mail: how many messages.

    Things are locked in the order in which answers and reviews lock them: first conversations, then messages, then
    items, and their counts at the end.
    """
    locked = select(conversations.c.id).where(conversations.c.id.in_(conversation_ids)).order_by(conversations.c.id)
    await connection.execute(locked.with_for_update())
    held = contacts.c.conversation_id.in_(conversation_ids)
    for holder in (await connection.execute(select(contacts.c.channel, contacts.c.address).where(held))).all():
        await _erase_mail(connection, holder.channel, holder.address, but)
    await connection.execute(delete(contacts).where(held))
    mine = messages.c.conversation_id.in_(conversation_ids)
    await connection.execute(delete(feedback).where(feedback.c.message_id.in_(select(messages.c.id).where(mine))))
    gone = await connection.execute(delete(messages).where(mine))
    known = notes.c.value.in_(conversation_ids)  # what their histories are known by
    await connection.execute(delete(notes).where(known))
    spent = model_calls.c.person.in_([person_of(conversation_id) for conversation_id in conversation_ids])
    await connection.execute(update(model_calls).where(spent).values(person=""))
    for table in (tickets, link_codes, subscriptions):
        await connection.execute(delete(table).where(table.c.conversation_id.in_(conversation_ids)))
    await erase_items(connection, conversation_ids)
    await connection.execute(delete(conversations).where(conversations.c.id.in_(conversation_ids)))
    return gone.rowcount


def new_receipt() -> str:
    """The number under which an erasure is remembered; it tells nothing of what was erased."""
    return secrets.token_hex(4).upper()


async def remember_erasure(connection: AsyncConnection, receipt: str, who: str, channel: str, at: datetime) -> None:
    """Remember that somebody's data were erased at their wish, as the last step of the transaction that does it."""
    await record(connection, who, Action.ERASED, f"erasure:{receipt}", channel, at=at)


async def tell_contacts(
    connection: AsyncConnection, conversation_id: str, sheets: Sequence[Sheet], at: datetime
) -> list[str]:
    """Queue sheets for everybody who holds a conversation and can be reached: their channels."""
    query = select(contacts).where(contacts.c.conversation_id == conversation_id, contacts.c.unreachable_at.is_(None))
    told = []
    for row in (await connection.execute(query.order_by(contacts.c.created_at))).all():
        await queue(connection, sheets, channel=row.channel, address=row.address, contact_id=row.id, at=at)
        told.append(str(row.channel))
    return told


async def _erase_mail(connection: AsyncConnection, channel: str, address: str, but: str) -> None:
    written = (inbox.c.channel == channel) & (inbox.c.address == address) & (inbox.c.id != but)
    done = {"address": "", "payload": "", "place": "", "state": "done"}
    await connection.execute(update(inbox).where(written).values(done))
    await connection.execute(delete(outbox).where(outbox.c.channel == channel, outbox.c.address == address))


def _at(channel: str, address: str) -> Select[tuple[object, ...]]:
    return select(contacts).where(contacts.c.channel == channel, contacts.c.address == address)


def _contact(row: Row[tuple[object, ...]]) -> Contact:
    return Contact(**row._mapping)


def _ticket(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(**row._mapping)
