"""What models have cost, kept across starts and processes, and the caps that stop calls. It calls no model."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, today
from bot.digest import hash_of
from bot.store.database import Database
from bot.store.tables import model_calls


@dataclass(frozen=True, slots=True)
class Caps:
    """What may be spent, 0 for no limit: tokens, and yuan at a price for a million tokens read or written."""

    tokens_per_person: int = 0  # a day
    tokens_per_day: int = 0
    yuan_per_day: float = 0.0
    yuan_in_all: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0

    def micro_yuan(self, tokens_in: int, tokens_out: int) -> int:
        """What tokens cost, in millionths of a yuan."""
        return round(tokens_in * self.price_in + tokens_out * self.price_out)


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls of a day cost: tokens read and written, yuan."""

    day: date
    calls: int
    tokens: int
    yuan: float


async def spending(database: Database, since: date, until: date) -> list[Spent]:
    """What models cost on each day from one to another, days without a call left out."""
    day = model_calls.c.day
    sums = func.count(), func.sum(model_calls.c.tokens), func.sum(model_calls.c.micro_yuan)
    query = select(day, *sums).where(day.between(since, until)).group_by(day).order_by(day)
    rows = await database.read_at_once(lambda connection: connection.execute(query).all())
    return [Spent(day, calls, int(tokens), int(micro_yuan) / 1_000_000) for day, calls, tokens, micro_yuan in rows]


def _count_nothing(tokens_in: int, tokens_out: int, micro_yuan: int) -> None:
    """For those who do not watch."""


class StoredLedger:
    """The ledger of one database. A call is entered at its highest cost before it is made, and corrected after."""

    def __init__(
        self, database: Database, caps: Caps, clock: Clock, count: Callable[[int, int, int], None] = _count_nothing
    ) -> None:
        """`count` is told of each call that was made: tokens read, tokens written, millionths of a yuan."""
        self._database = database
        self._count = count
        self._caps = caps
        self._clock = clock

    async def reserve(self, person: str, tokens: int) -> int | None:
        """An entry for a call of at most so many tokens; None where a cap would be passed."""
        day, whose = today(self._clock), person_of(person)
        cost = self._caps.micro_yuan(tokens, tokens)
        async with self._database.write() as connection:
            of_day = select(func.coalesce(func.sum(model_calls.c.tokens), 0)).where(model_calls.c.day == day)
            of_person = of_day.where(model_calls.c.person == whose)
            spent = select(func.coalesce(func.sum(model_calls.c.micro_yuan), 0))
            caps = self._caps
            for cap, more, query in (
                (caps.tokens_per_person, tokens, of_person),
                (caps.tokens_per_day, tokens, of_day),
                (caps.yuan_per_day * 1_000_000, cost, spent.where(model_calls.c.day == day)),
                (caps.yuan_in_all * 1_000_000, cost, spent),
            ):
                if cap and await _number(connection, query) + more > cap:
                    return None
            entry = insert(model_calls).values(day=day, person=whose, tokens=tokens, micro_yuan=cost)
            key = (await connection.execute(entry)).inserted_primary_key
            return key[0] if key else None

    async def settle(self, entry: int, tokens_in: int, tokens_out: int) -> None:
        """What the call did use."""
        cost = self._caps.micro_yuan(tokens_in, tokens_out)
        async with self._database.write() as connection:
            row = update(model_calls).where(model_calls.c.id == entry)
            await connection.execute(row.values(tokens=tokens_in + tokens_out, micro_yuan=cost))
        self._count(tokens_in, tokens_out, cost)


def person_of(person: str) -> str:
    """How the ledger calls somebody."""
    return hash_of(person)[:32]


async def _number(connection: AsyncConnection, query: Select[int]) -> int:
    return (await connection.execute(query)).scalar_one()
