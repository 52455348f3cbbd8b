"""The outbox: what is still to be shown on platforms, sheet by sheet; what was perhaps given twice is marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Integer, Row, and_, cast, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Sheet
from bot.store.database import Database
from bot.store.tables import amends, contacts, outbox

_KEPT_DAYS = 7
_ASKED_AGAIN_SECONDS = 60
TOO_FAST = "too fast"  # why a sheet waits that the platform would take later
_EARLIER = outbox.alias()


class Sending(StrEnum):
    """How it stands with a sheet."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"  # it could not be sent, or may not be before the person has written again
    UNREACHABLE = "unreachable"
    FAILED = "failed"


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


class Outbox:
    """The sheets of one database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        found = await self._database.read_at_once(lambda connection: connection.execute(query).all())
        return [(row.id, row.channel, row.address) for row in found]

    async def claim(self, sheet_id: int, now: datetime) -> StoredSheet | None:
        """Take a sheet to send it; None if somebody else has taken it."""
        free = select(outbox).where(outbox.c.id == sheet_id, outbox.c.state == Sending.WAITING)
        taken = update(outbox).where(outbox.c.id == sheet_id)
        values = {"state": Sending.SENDING, "claimed_at": now, "attempts": outbox.c.attempts + 1}

        def take(connection: Connection) -> StoredSheet | None:
            row = connection.execute(free.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            connection.execute(taken.values(values))
            return _sheet(row)

        return await self._database.write_at_once(take)

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
        mine = outbox.c.id == sheet_id
        spoken = mine & outbox.c.passive.is_(False)
        sent = {"state": Sending.SENT, "sent_at": now, "error": None} if last else {}

        def note(connection: Connection) -> None:
            if last:
                shown = select(outbox.c.message_id).where(mine).scalar_subquery()
                connection.execute(update(amends).where(amends.c.message_id == shown).values(delivered_at=now))
            connection.execute(update(outbox).where(mine).values({"parts": parts, **sent}))
            if last:
                connection.execute(delete(outbox).where(spoken, outbox.c.contact_id.is_(None)))
                connection.execute(update(outbox).where(spoken).values(body=""))

        await self._database.write_at_once(note)

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

    async def keep_failed(self, channel: str, address: str) -> None:
        """Set aside what was tried and is to be tried again: the person writes, and it goes with what answers that.

        Not what the platform itself has put off.
        """
        waiting = (outbox.c.channel == channel) & (outbox.c.address == address) & (outbox.c.state == Sending.WAITING)
        failed = waiting & outbox.c.passive.is_(False) & (outbox.c.attempts > 0) & (outbox.c.error != TOO_FAST)
        query = select(outbox.c.id).where(failed).limit(1)
        if await self._database.read_at_once(lambda connection: connection.execute(query).first()) is None:
            return
        async with self._database.write() as connection:
            await connection.execute(update(outbox).where(failed).values(state=Sending.KEPT))

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
        found = await self._database.read_at_once(lambda connection: connection.execute(query).all())
        return [_sheet(row) for row in found]

    async def sent_since(self, channel: str, address: str, since: datetime) -> int:
        """How many messages were sent to an address since a moment, but for those given as a response."""
        query = select(func.coalesce(func.sum(outbox.c.parts - cast(outbox.c.passive, Integer)), 0)).where(
            outbox.c.channel == channel,
            outbox.c.address == address,
            outbox.c.state == Sending.SENT,
            outbox.c.sent_at >= since,
        )
        return int(await self._database.read_at_once(lambda connection: connection.execute(query).scalar()) or 0)

    async def release(self, now: datetime, claimed_before: datetime) -> int:
        """Take back what was under way when a process died: nobody knows whether it arrived; it was no attempt.

        Returns how many there were.
        """
        lost = (outbox.c.state == Sending.SENDING) & (outbox.c.claimed_at <= claimed_before)
        values = {"state": Sending.WAITING, "doubtful": True, "not_before": now, "attempts": outbox.c.attempts - 1}
        async with self._database.write() as connection:
            found = await connection.execute(update(outbox).where(lost).values(values))
            return found.rowcount

    async def count_unsent(self) -> int:
        """How many sheets are waiting or under way."""
        async with self._database.read() as connection:
            query = select(func.count()).where(outbox.c.state.in_((Sending.WAITING, Sending.SENDING)))
            return (await connection.execute(query)).scalar() or 0

    async def forget_old(self, now: datetime) -> None:
        """Drop what was sent long ago, and the words of responses that no platform asks for any more."""
        asked_again = now - timedelta(seconds=_ASKED_AGAIN_SECONDS)
        async with self._database.write() as connection:
            given = (outbox.c.state == Sending.SENT) & outbox.c.passive & (outbox.c.sent_at < asked_again)
            await connection.execute(delete(outbox).where(given, outbox.c.contact_id.is_(None)))
            await connection.execute(update(outbox).where(given, outbox.c.body != "").values(body=""))
            over = outbox.c.state.in_((Sending.SENT, Sending.UNREACHABLE, Sending.FAILED))
            before = now - timedelta(days=_KEPT_DAYS)
            await connection.execute(delete(outbox).where(over, outbox.c.queued_at < before))


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
        row = row_of(
            sheet,
            channel=channel,
            address=address,
            contact_id=contact_id,
            inbox_id=inbox_id,
            at=at,
            not_before=not_before or at,
        )
        await connection.execute(insert(outbox).values(row))


def row_of(
    sheet: Sheet,
    *,
    channel: str,
    address: str,
    contact_id: str | None,
    inbox_id: str | None,
    at: datetime,
    not_before: datetime,
) -> dict[str, object]:
    """The row of a sheet that is to be sent."""
    return {
        "channel": channel,
        "address": address,
        "contact_id": contact_id,
        "inbox_id": inbox_id,
        "body": sheet.model_dump_json(),
        "message_id": sheet.message_id or None,
        "state": Sending.WAITING,
        "parts": 0,
        "attempts": 0,
        "doubtful": False,
        "passive": False,
        "queued_at": at,
        "not_before": not_before,
    }


async def queue_kept(
    connection: AsyncConnection, channel: str, address: str, inbox_id: str, at: datetime, not_before: datetime
) -> None:
    """What was kept until the person would write again answers the delivery that has come, before all else."""
    mine = (outbox.c.channel == channel) & (outbox.c.address == address) & (outbox.c.state == Sending.KEPT)
    again = {"state": Sending.WAITING, "inbox_id": inbox_id, "not_before": not_before, "queued_at": at}
    await connection.execute(update(outbox).where(mine).values(again | {"passive": False, "attempts": 0}))


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
