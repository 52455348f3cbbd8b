"""The inbox: what platforms delivered. Nothing is taken twice, and what was taken is answered."""

import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.digest import hash_of
from bot.messages import Delivery, Kind, Sheet
from bot.store.database import Consequence, Database, StoreUnavailable
from bot.store.outbox import queue, queue_kept, row_of
from bot.store.tables import contacts, inbox, messages, outbox

_KEPT_DAYS = 7  # how long a delivery is known again
_ACCEPT_TRIES = 5
_REFUSED_AFTER = 1.0  # seconds that a channel has to fetch a refusal as its response
_NEVER_TOO_MANY = {Kind.JOINED, Kind.LEFT}


class Waiting(StrEnum):
    """How it stands with a delivery."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  # too many at once: it is answered by one honest sentence


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """A row of the inbox."""

    id: str
    state: Waiting
    attempts: int
    received_at: datetime
    delivery: Delivery | None  # forgotten once it is done


@dataclass(frozen=True, slots=True)
class Most:
    """How many deliveries may wait, and what is said to those beyond the most of all."""

    of_one: int
    of_all: int
    overloaded: str


class Inbox:
    """The deliveries of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(
        self, deliveries: Sequence[Delivery], at: datetime, most: Most
    ) -> list[tuple[StoredDelivery, bool]]:
        """Keep deliveries, all or none, and tell of each whether it is new.

        Beyond the most of one address they are kept without their words, to be refused in good order; beyond the most
        of all they are done at once, with a sheet that says so. A message that comes after its edit is as good as done:
        what it says now has been heard.
        """
        for _ in range(_ACCEPT_TRIES):
            try:
                return await self._database.write_at_once(
                    lambda connection: _accept(connection, deliveries, at, most), urgent=True
                )
            except IntegrityError:
                continue  # another process took one of them at the same moment: now it is known
        raise StoreUnavailable("another process keeps taking the same deliveries")

    async def addresses_waiting(self) -> list[tuple[tuple[str, str], datetime]]:
        """Channel and address of everybody with a delivery that is not done, and since when; the longest first."""
        since = func.min(inbox.c.received_at)
        query = (
            select(inbox.c.channel, inbox.c.address, since.label("since"))
            .where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
            .group_by(inbox.c.channel, inbox.c.address)
            .order_by(since)
        )
        found = await self._database.read_at_once(lambda connection: connection.execute(query).all())
        return [((row.channel, row.address), row.since) for row in found]

    async def next_delivery(self, channel: str, address: str) -> StoredDelivery | None:
        """The first delivery of an address that is not done, in the order in which they were sent.

        One whose question is in the conversation already was begun by a process that died, and comes before any that
        was sent earlier and came later: its answer has been made.
        """
        begun = exists().where(
            contacts.c.channel == channel,
            contacts.c.address == address,
            messages.c.conversation_id == contacts.c.conversation_id,
            messages.c.client_message_id == inbox.c.id,
        )
        query = (
            select(inbox)
            .where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
            .where(inbox.c.channel == channel, inbox.c.address == address)
            .order_by(begun.desc(), inbox.c.place)
            .limit(1)
        )
        row = await self._database.read_at_once(lambda connection: connection.execute(query).first())
        return _delivery(row) if row else None

    async def newest(self, channel: str, address: str) -> datetime | None:
        """When the last delivery of an address came that is not done."""
        mine = (inbox.c.channel == channel) & (inbox.c.address == address)
        is_waiting = inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED))
        query = select(func.max(inbox.c.received_at)).where(mine, is_waiting)
        return await self._database.read_at_once(lambda connection: connection.execute(query).scalar())

    async def finish(
        self,
        stored: StoredDelivery,
        at: datetime,
        sheets: Sequence[Sheet] = (),
        contact_id: str | None = None,
        contact_state: str = "",
        not_before: datetime | None = None,
        also: Consequence | None = None,
    ) -> bool:
        """A delivery is done, what answers it is in the outbox, and what follows has happened: all or nothing.

        False if it was done already. Its words are forgotten here; without a contact its address as well.
        """
        assert stored.delivery is not None
        delivery, due = stored.delivery, not_before or at
        async with self._database.write() as connection:
            values = {"state": Waiting.DONE, "done_at": at, "payload": ""}
            if contact_id is None:
                values |= {"address": "", "place": ""}
            mine = (inbox.c.id == stored.id) & (inbox.c.state != Waiting.DONE)
            if (await connection.execute(update(inbox).where(mine).values(values))).rowcount != 1:
                return False
            if also is not None:
                await also(connection)
            if contact_id is not None:
                known = update(contacts).where(contacts.c.id == contact_id)
                await connection.execute(known.values(state=contact_state))
            await queue_kept(connection, delivery.channel, delivery.address, stored.id, at, due)
            await queue(
                connection,
                sheets,
                channel=delivery.channel,
                address=delivery.address,
                contact_id=contact_id,
                inbox_id=stored.id,
                at=at,
                not_before=due,
            )
            return True

    async def fail_once(self, stored: StoredDelivery) -> int:
        """Count a failed attempt at a delivery: how many there were."""
        async with self._database.write() as connection:
            await connection.execute(update(inbox).where(inbox.c.id == stored.id).values(attempts=inbox.c.attempts + 1))
        return stored.attempts + 1

    async def count_waiting(self) -> int:
        """How many deliveries are not done."""
        query = select(func.count()).where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
        return await self._database.read_at_once(lambda connection: connection.execute(query).scalar()) or 0

    async def forget_old(self, now: datetime) -> None:
        """Drop what was done long ago: nobody delivers it again."""
        done = (inbox.c.state == Waiting.DONE) & (inbox.c.done_at < now - timedelta(days=_KEPT_DAYS))
        async with self._database.write() as connection:
            await connection.execute(delete(inbox).where(done))


def _accept(
    connection: Connection, deliveries: Sequence[Delivery], at: datetime, most: Most
) -> list[tuple[StoredDelivery, bool]]:
    names = [_names(delivery) for delivery in deliveries]
    channels = {delivery.channel for delivery in deliveries}
    corrected = {_identity(d.channel, d.corrects) for d in deliveries if d.corrects is not None}
    known = _known(connection, channels, corrected | {name for both in names for name in both if name})
    waiting = _count_waiting(connection, channels, {delivery.address for delivery in deliveries})
    in_all = connection.execute(select(func.count()).where(inbox.c.state == Waiting.WAITING)).scalar_one()
    accepted: list[tuple[StoredDelivery, bool]] = []
    rows, refusals = [], []
    for delivery, (key, identity) in zip(deliveries, names, strict=True):
        found = known.get(key) or (known.get(identity) if identity else None)
        if found is not None:
            accepted.append((found, False))
            continue
        place = (delivery.channel, delivery.address)
        if in_all >= most.of_all and delivery.kind not in _NEVER_TOO_MANY:
            state, kept = Waiting.DONE, None
        else:
            in_all += 1
            waiting[place] += 1
            state = Waiting.REFUSED if waiting[place] > most.of_one else Waiting.WAITING
            kept = delivery.model_copy(update={"text": ""}) if state is Waiting.REFUSED else delivery
        if delivery.corrects is not None and kept is not None and state is Waiting.WAITING:
            name = _identity(delivery.channel, delivery.corrects)
            if name not in known:
                known[name] = StoredDelivery(secrets.token_hex(16), Waiting.DONE, 0, at, None)
                rows.append(_row(known[name], delivery.channel, name, name))
            kept = kept.model_copy(update={"corrects": known[name].id})
        stored = StoredDelivery(secrets.token_hex(16), state, 0, at, kept)
        known[key] = stored
        if identity:
            known[identity] = stored
        accepted.append((stored, True))
        rows.append(_row(stored, delivery.channel, key, identity))
        if kept is None:
            refusals.append(_refusal(delivery, stored.id, at, most.overloaded))
    if rows:
        connection.execute(insert(inbox), rows)
    if refusals:
        connection.execute(insert(outbox), refusals)
    return accepted


def _row(stored: StoredDelivery, channel: str, key: str, identity: str | None) -> dict[str, object]:
    delivery = stored.delivery
    return {
        "id": stored.id,
        "channel": channel,
        "address": delivery.address if delivery else "",
        "key": key,
        "identity": identity,
        "place": delivery.place if delivery else "",
        "payload": delivery.model_dump_json() if delivery else "",
        "state": stored.state,
        "attempts": 0,
        "received_at": stored.received_at,
        "done_at": stored.received_at if stored.state is Waiting.DONE else None,
    }


def _refusal(delivery: Delivery, inbox_id: str, at: datetime, words: str) -> dict[str, object]:
    """What says that a delivery is not attended to: where it can be, as the response to it, else a moment later."""
    sheet = Sheet(text=words, receipt=delivery.tap.receipt if delivery.tap else "")
    return row_of(
        sheet,
        channel=delivery.channel,
        address=delivery.address,
        contact_id=None,
        inbox_id=inbox_id,
        at=at,
        not_before=at + timedelta(seconds=_REFUSED_AFTER),
    )


def _names(delivery: Delivery) -> tuple[str, str | None]:
    """The hashes by which a delivery and its message are known again."""
    identity = _identity(delivery.channel, delivery.identity) if delivery.identity is not None else None
    return hash_of("delivery", delivery.channel, delivery.delivery_id), identity


def _identity(channel: str, identity: str) -> str:
    return hash_of("message", channel, identity)


def _known(connection: Connection, channels: Collection[str], names: Collection[str]) -> dict[str, StoredDelivery]:
    """Each name with its channel, as the indexes are: else all deliveries of a week would be looked through."""
    of_channel = inbox.c.channel.in_(channels)
    query = select(inbox).where(
        or_(and_(of_channel, inbox.c.key.in_(names)), and_(of_channel, inbox.c.identity.in_(names)))
    )
    found: dict[str, StoredDelivery] = {}
    for row in (connection.execute(query)).all():
        stored = _delivery(row)
        found |= {name: stored for name in (row.key, row.identity) if name}
    return found


def _count_waiting(
    connection: Connection, channels: Collection[str], addresses: Collection[str]
) -> Counter[tuple[str, str]]:
    query = (
        select(inbox.c.channel, inbox.c.address, func.count())
        .where(inbox.c.state == Waiting.WAITING, inbox.c.channel.in_(channels), inbox.c.address.in_(addresses))
        .group_by(inbox.c.channel, inbox.c.address)
    )
    return Counter({(channel, address): n for channel, address, n in (connection.execute(query)).all()})


def _delivery(row: Row[tuple[object, ...]]) -> StoredDelivery:
    payload = Delivery.model_validate_json(row.payload) if row.payload else None
    return StoredDelivery(row.id, Waiting(row.state), row.attempts, row.received_at, payload)
