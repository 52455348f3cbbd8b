"""Failed log-ins of the last hour, and how long the next try has to wait. It knows keys, no names and no passwords."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digest import hash_of
from bot.store.database import Database
from bot.store.tables import Moment, login_tries

WINDOW = timedelta(hours=1)
SLOW_TRIES = 15  # after those that cost nothing, as many as fit into the window
_FIRST_WAIT, _LONGEST_WAIT = 10, 320
_NEW_KEY = text("INSERT INTO login_tries (key, times, last_at) VALUES (:key, '[]', :at) ON CONFLICT DO NOTHING")
_NEW_KEY = _NEW_KEY.bindparams(bindparam("at", type_=Moment))


class LoginTries:
    """Counts tries in the database, so that neither a restart nor a second process begins anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, free: Mapping[str, int], at: datetime) -> int:
        """0 if a try may be made now (it counts as failed until it is taken back), else the seconds to wait.

        `free` gives the keys that the try counts for, each with the number of failures that cost nothing.
        """
        async with self._database.write() as connection:
            known = {key: await _failures(connection, key, at) for key in sorted(free)}
            wait = max(seconds_to_wait(failures, free[key], at) for key, failures in known.items())
            if not wait:
                for key, failures in known.items():
                    await _write(connection, key, [*failures, at], at)
        return wait

    async def take_back(self, keys: Collection[str], at: datetime) -> None:
        """The try that began then was no failure; those before it stay what they are."""
        async with self._database.write() as connection:
            for key in sorted(keys):
                failures = await _failures(connection, key, at)
                await _write(connection, key, [time for time in failures if time != at], at)

    async def forget_old(self, at: datetime) -> None:
        """Drop what no longer counts, but for what is being written just now."""
        old = select(login_tries.c.key).where(login_tries.c.last_at <= at - WINDOW).with_for_update(skip_locked=True)
        async with self._database.write() as connection:
            await connection.execute(delete(login_tries).where(login_tries.c.key.in_(old)))


async def forget_tries(connection: AsyncConnection, key: str) -> None:
    await connection.execute(delete(login_tries).where(login_tries.c.key == hash_of(key)))


def seconds_to_wait(failures: Sequence[datetime], free: int, at: datetime) -> int:
    """How long after these failures: nothing at first, then 10 s, 20 s … 320 s, and at last until an hour is over."""
    lately = sorted(time for time in failures if time > at - WINDOW)
    most = free + SLOW_TRIES
    if len(lately) >= most:
        return _seconds(lately[-most] + WINDOW - at)
    if len(lately) < free:
        return 0
    wait = min(_FIRST_WAIT * 2 ** (len(lately) - free), _LONGEST_WAIT)
    return max(0, _seconds(lately[-1] + timedelta(seconds=wait) - at))


async def _failures(connection: AsyncConnection, key: str, at: datetime) -> list[datetime]:
    """The failures of a key, which nobody else counts until this transaction has ended."""
    await connection.execute(_NEW_KEY, {"key": hash_of(key), "at": at})
    query = select(login_tries.c.times).where(login_tries.c.key == hash_of(key)).with_for_update()
    return [datetime.fromisoformat(time) for time in json.loads((await connection.execute(query)).scalar_one())]


async def _write(connection: AsyncConnection, key: str, failures: Sequence[datetime], at: datetime) -> None:
    times = json.dumps([time.isoformat() for time in failures if time > at - WINDOW])
    mine = update(login_tries).where(login_tries.c.key == hash_of(key))
    await connection.execute(mine.values(times=times, last_at=at))


def _seconds(wait: timedelta) -> int:
    return max(0, -(-wait // timedelta(seconds=1)))
