"""The inbox and the outbox: what platforms delivered, what is still to be shown. Nothing is taken or given twice."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Integer, Row, and_, cast, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Delivery, Sheet
from bot.store.database import Consequence, Database, StoreUnavailable
from bot.store.tables import contacts, inbox, outbox

KEPT_DAYS = 7  # how long a delivery is known again
_ASKED_AGAIN_SECONDS = 60
_ACCEPT_TRIES = 5
_EARLIER = outbox.alias()


class Waiting(StrEnum):
    """How it stands with a delivery."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  # too many at once: it is answered by one honest sentence


class Sending(StrEnum):
    """How it stands with a sheet."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"  # the platform lets us write only after the person has written again
    UNREACHABLE = "unreachable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """A row of the inbox."""

    id: str
    state: Waiting
    attempts: int
    received_at: datetime
    delivery: Delivery | None  # forgotten once it is done


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """A row of the outbox; `parts` of its messages have been acknowledged."""

    id: int
    channel: str
    address: str
    contact_id: str | None
    inbox_id: str | None
    sheet: Sheet | None  # forgotten once it was sent, but for passive ones that may be asked for again
    state: Sending
    parts: int
    attempts: int
    doubtful: bool
    passive: bool
    given: int  # which of its messages was the response to a delivery
    sent_at: datetime | None


class Mail:
    """The inbox and outbox of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- inbox

    async def accept(
        self, deliveries: Sequence[Delivery], at: datetime, most_waiting: int
    ) -> list[tuple[StoredDelivery, bool]]:
        """Keep deliveries, all or none, and tell of each whether it is new.

        Beyond `most_waiting` of one address they are kept without their words, to be refused in good order.
        """
        for _ in range(_ACCEPT_TRIES):
            try:
                async with self._database.write(urgent=True) as connection:
                    return await _accept(connection, deliveries, at, most_waiting)
            except IntegrityError:
                continue  # another process took one of them at the same moment: now it is known
        raise StoreUnavailable("another process keeps taking the same deliveries")

    async def addresses_waiting(self) -> list[tuple[str, str]]:
        """Channel and address of everybody with a delivery that is not done, the longest waiting first."""
        query = (
            select(inbox.c.channel, inbox.c.address)
            .where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
            .group_by(inbox.c.channel, inbox.c.address)
            .order_by(func.min(inbox.c.received_at))
        )
        async with self._database.read() as connection:
            return [(row.channel, row.address) for row in await connection.execute(query)]

    async def next_delivery(self, channel: str, address: str) -> StoredDelivery | None:
        """The first delivery of an address that is not done, in the order in which they were sent."""
        query = (
            select(inbox)
            .where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
            .where(inbox.c.channel == channel, inbox.c.address == address)
            .order_by(inbox.c.place)
            .limit(1)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
            return _delivery(row) if row else None

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
            # What was kept until the person would write again goes first.
            held_back = (outbox.c.channel == delivery.channel) & (outbox.c.address == delivery.address)
            again = {"state": Sending.WAITING, "inbox_id": stored.id, "not_before": due, "queued_at": at}
            again |= {"passive": False}
            await connection.execute(update(outbox).where(held_back, outbox.c.state == Sending.KEPT).values(again))
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
        async with self._database.read() as connection:
            query = select(func.count()).where(inbox.c.state.in_((Waiting.WAITING, Waiting.REFUSED)))
            return (await connection.execute(query)).scalar() or 0

    async def count_unsent(self) -> int:
        """How many sheets are waiting or under way."""
        async with self._database.read() as connection:
            query = select(func.count()).where(outbox.c.state.in_((Sending.WAITING, Sending.SENDING)))
            return (await connection.execute(query)).scalar() or 0

    async def forget_old(self, now: datetime) -> None:
        """Drop what was done long ago: nobody delivers it again."""
        before = now - timedelta(days=KEPT_DAYS)
        asked_again = now - timedelta(seconds=_ASKED_AGAIN_SECONDS)
        async with self._database.write() as connection:
            given = (outbox.c.state == Sending.SENT) & outbox.c.passive & (outbox.c.sent_at < asked_again)
            await connection.execute(delete(outbox).where(given, outbox.c.contact_id.is_(None)))
            await connection.execute(update(outbox).where(given, outbox.c.body != "").values(body=""))
            await connection.execute(delete(inbox).where(inbox.c.state == Waiting.DONE, inbox.c.done_at < before))
            over = (Sending.SENT, Sending.UNREACHABLE, Sending.FAILED)
            await connection.execute(delete(outbox).where(outbox.c.state.in_(over), outbox.c.queued_at < before))

    # --- outbox

    async def add(
        self, sheets: Sequence[Sheet], channel: str, address: str, contact_id: str | None, at: datetime
    ) -> None:
        """Queue sheets that answer no delivery."""
        async with self._database.write() as connection:
            await queue(connection, sheets, channel=channel, address=address, contact_id=contact_id, at=at)

    async def due(self, channels: Collection[str], now: datetime, most: int) -> list[tuple[int, str, str]]:
        """Id, channel and address of sheets that may be sent now, the oldest first: one to an address, in order."""
        blocked = exists().where(
            _EARLIER.c.channel == outbox.c.channel,
            _EARLIER.c.address == outbox.c.address,
            _EARLIER.c.id < outbox.c.id,
            _EARLIER.c.state.in_((Sending.WAITING, Sending.SENDING)),
        )
        query = (
            select(outbox.c.id, outbox.c.channel, outbox.c.address)
            .where(outbox.c.state == Sending.WAITING, outbox.c.not_before <= now, ~blocked)
            .where(outbox.c.channel.in_(channels))
            .order_by(outbox.c.id)
            .limit(most)
        )
        async with self._database.read() as connection:
            return [(row.id, row.channel, row.address) for row in await connection.execute(query)]

    async def claim(self, sheet_id: int, now: datetime) -> StoredSheet | None:
        """Take a sheet to send it; None if somebody else has taken it."""
        async with self._database.write() as connection:
            free = select(outbox).where(outbox.c.id == sheet_id, outbox.c.state == Sending.WAITING)
            row = (await connection.execute(free.with_for_update(skip_locked=True))).first()
            if row is None:
                return None
            await connection.execute(
                update(outbox)
                .where(outbox.c.id == sheet_id)
                .values(state=Sending.SENDING, claimed_at=now, attempts=outbox.c.attempts + 1)
            )
            return _sheet(row)

    async def claim_passive(self, inbox_id: str, now: datetime) -> StoredSheet | None:
        """The first sheet that answers a delivery, to be given as the response to it: for the first time, or again
        when the platform asks again. None while there is none, or when it went another way.

        What is to be given is its message number `given`.
        """
        async with self._database.write() as connection:
            query = select(outbox).where(outbox.c.inbox_id == inbox_id).order_by(outbox.c.id).limit(1)
            row = (await connection.execute(query.with_for_update())).first()
            if row is None or not (row.passive or row.state == Sending.WAITING):
                return None
            if row.passive:
                return _sheet(row)
            values = {"passive": True, "parts": row.parts + 1, "given": row.parts, "claimed_at": now, "not_before": now}
            await connection.execute(update(outbox).where(outbox.c.id == row.id).values(values))
            return replace(_sheet(row), given=row.parts)

    async def acknowledge(self, sheet_id: int, parts: int, now: datetime, *, last: bool) -> None:
        """A message of a sheet has arrived; with the last one the sheet is done and its words are forgotten.

        Those of a passive one are forgotten a little later: the platform may ask for it again.
        """
        async with self._database.write() as connection:
            mine = outbox.c.id == sheet_id
            await connection.execute(update(outbox).where(mine).values(parts=parts))
            if last:
                sent = {"state": Sending.SENT, "sent_at": now, "error": None}
                await connection.execute(update(outbox).where(mine).values(sent))
                spoken = mine & outbox.c.passive.is_(False)
                await connection.execute(delete(outbox).where(spoken, outbox.c.contact_id.is_(None)))
                await connection.execute(update(outbox).where(spoken).values(body=""))

    async def put_back(
        self, sheet_id: int, not_before: datetime, error: str, *, doubtful: bool = False, charged: bool = True
    ) -> None:
        """Try a sheet again later; `doubtful` if the message under way has perhaps arrived."""
        values: dict[str, object] = {"state": Sending.WAITING, "not_before": not_before, "error": error[:200]}
        if doubtful:
            values["doubtful"] = True
        if not charged:
            values["attempts"] = outbox.c.attempts - 1
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(outbox.c.id == sheet_id).values(values))

    async def set_aside(self, sheet_id: int, state: Sending, now: datetime, error: str = "") -> None:
        """A sheet that cannot be sent (now, or ever); when nobody can be reached, the rest is dropped as well."""
        async with self._database.write() as connection:
            row = (await connection.execute(select(outbox).where(outbox.c.id == sheet_id))).one()
            values: dict[str, object] = {"state": state, "error": error[:200]}
            if state is not Sending.KEPT:
                values["body"] = ""
            mine = outbox.c.id == sheet_id
            if state is Sending.UNREACHABLE:
                same = (outbox.c.channel == row.channel) & (outbox.c.address == row.address)
                mine = or_(mine, and_(same, outbox.c.state.in_((Sending.WAITING, Sending.KEPT))))
                reached = (contacts.c.channel == row.channel) & (contacts.c.address == row.address)
                await connection.execute(update(contacts).where(reached).values(unreachable_at=now))
            await connection.execute(update(outbox).where(mine).values(values))

    async def keep(self, channel: str, address: str, before: datetime) -> None:
        """Set aside what was to be sent to an address by a moment: it waits for the person to write again."""
        waiting = (outbox.c.channel == channel) & (outbox.c.address == address) & (outbox.c.state == Sending.WAITING)
        late = waiting & outbox.c.passive.is_(False) & (outbox.c.not_before <= before)
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(late).values(state=Sending.KEPT, error="too late"))

    async def is_followed(self, sheet: StoredSheet) -> bool:
        """Whether more sheets wait to be given after one."""
        query = select(func.count()).where(
            outbox.c.inbox_id == sheet.inbox_id, outbox.c.id > sheet.id, outbox.c.state == Sending.WAITING
        )
        async with self._database.read() as connection:
            return bool((await connection.execute(query)).scalar())

    async def kept(self, channel: str, address: str) -> list[StoredSheet]:
        """Sheets that wait for the person to write again."""
        query = (
            select(outbox)
            .where(outbox.c.channel == channel, outbox.c.address == address, outbox.c.state == Sending.KEPT)
            .order_by(outbox.c.id)
        )
        async with self._database.read() as connection:
            return [_sheet(row) for row in await connection.execute(query)]

    async def sent_since(self, channel: str, address: str, since: datetime) -> int:
        """How many messages were sent to an address since a moment, but for those given as a response."""
        query = select(func.coalesce(func.sum(outbox.c.parts - cast(outbox.c.passive, Integer)), 0)).where(
            outbox.c.channel == channel,
            outbox.c.address == address,
            outbox.c.state == Sending.SENT,
            outbox.c.sent_at >= since,
        )
        async with self._database.read() as connection:
            return int((await connection.execute(query)).scalar() or 0)

    async def release(self, now: datetime, claimed_before: datetime) -> int:
        """Take back what was under way when a process died: nobody knows whether it arrived. How many there were."""
        lost = (outbox.c.state == Sending.SENDING) & (outbox.c.claimed_at <= claimed_before)
        async with self._database.write() as connection:
            found = await connection.execute(
                update(outbox).where(lost).values(state=Sending.WAITING, doubtful=True, not_before=now)
            )
            return found.rowcount


async def _accept(
    connection: AsyncConnection, deliveries: Sequence[Delivery], at: datetime, most_waiting: int
) -> list[tuple[StoredDelivery, bool]]:
    names = [_names(delivery) for delivery in deliveries]
    known = await _known(connection, {name for both in names for name in both if name})
    waiting = await _count_waiting(connection, {delivery.address for delivery in deliveries})
    accepted: list[tuple[StoredDelivery, bool]] = []
    rows = []
    for delivery, (key, identity) in zip(deliveries, names, strict=True):
        found = known.get(key) or (known.get(identity) if identity else None)
        if found is not None:
            accepted.append((found, False))
            continue
        place = (delivery.channel, delivery.address)
        waiting[place] += 1
        state = Waiting.REFUSED if waiting[place] > most_waiting else Waiting.WAITING
        kept = delivery.model_copy(update={"text": ""}) if state is Waiting.REFUSED else delivery
        stored = StoredDelivery(secrets.token_hex(16), state, 0, at, kept)
        known[key] = stored
        if identity:
            known[identity] = stored
        accepted.append((stored, True))
        rows.append(
            {
                "id": stored.id,
                "channel": delivery.channel,
                "address": delivery.address,
                "key": key,
                "identity": identity,
                "place": delivery.place,
                "payload": kept.model_dump_json(),
                "state": state,
                "attempts": 0,
                "received_at": at,
            }
        )
    if rows:
        await connection.execute(insert(inbox), rows)
    return accepted


def _names(delivery: Delivery) -> tuple[str, str | None]:
    """The hashes by which a delivery and its message are known again."""
    identity = hash_of("message", delivery.channel, delivery.identity) if delivery.identity is not None else None
    return hash_of("delivery", delivery.channel, delivery.delivery_id), identity


async def _known(connection: AsyncConnection, names: Collection[str]) -> dict[str, StoredDelivery]:
    query = select(inbox).where(or_(inbox.c.key.in_(names), inbox.c.identity.in_(names)))
    found: dict[str, StoredDelivery] = {}
    for row in (await connection.execute(query)).all():
        stored = _delivery(row)
        found |= {name: stored for name in (row.key, row.identity) if name}
    return found


async def _count_waiting(connection: AsyncConnection, addresses: Collection[str]) -> Counter[tuple[str, str]]:
    query = (
        select(inbox.c.channel, inbox.c.address, func.count())
        .where(inbox.c.state == Waiting.WAITING, inbox.c.address.in_(addresses))
        .group_by(inbox.c.channel, inbox.c.address)
    )
    return Counter({(channel, address): n for channel, address, n in (await connection.execute(query)).all()})


def hash_of(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


async def queue(
    connection: AsyncConnection,
    sheets: Sequence[Sheet],
    *,
    channel: str,
    address: str,
    contact_id: str | None,
    at: datetime,
    inbox_id: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Put sheets into the outbox, as a part of a larger transaction."""
    for sheet in sheets:
        await connection.execute(
            insert(outbox).values(
                channel=channel,
                address=address,
                contact_id=contact_id,
                inbox_id=inbox_id,
                body=sheet.model_dump_json(),
                state=Sending.WAITING,
                parts=0,
                attempts=0,
                doubtful=False,
                passive=False,
                queued_at=at,
                not_before=not_before or at,
            )
        )


def _delivery(row: Row[tuple[object, ...]]) -> StoredDelivery:
    payload = Delivery.model_validate_json(row.payload) if row.payload else None
    return StoredDelivery(row.id, Waiting(row.state), row.attempts, row.received_at, payload)


def _sheet(row: Row[tuple[object, ...]]) -> StoredSheet:
    return StoredSheet(
        id=row.id,
        channel=row.channel,
        address=row.address,
        contact_id=row.contact_id,
        inbox_id=row.inbox_id,
        sheet=Sheet.model_validate_json(row.body) if row.body else None,
        state=Sending(row.state),
        parts=row.parts,
        attempts=row.attempts,
        doubtful=row.doubtful,
        passive=row.passive,
        given=row.given,
        sent_at=row.sent_at,
    )
