"""Failed log-ins of the last hour, and how long the next try has to wait. It knows keys, no names and no passwords."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import login_tries

WINDOW = timedelta(hours=1)
SLOW_TRIES = 15  # after those that cost nothing, as many as fit into the window
_FIRST_WAIT, _LONGEST_WAIT = 10, 320
_TRIES_TO_WRITE = 5


class LoginTries:
    """Counts tries in the database, so that neither a restart nor a second process begins anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, free: Mapping[str, int], at: datetime) -> int:
        """0 if a try may be made now (it counts as failed until it is taken back), else the seconds to wait.

        `free` gives the keys that the try counts for, each with the number of failures that cost nothing.
        """
        for _ in range(_TRIES_TO_WRITE):
            try:
                async with self._database.write() as connection:
                    return await _begin(connection, free, at)
            except IntegrityError:
                continue  # another process wrote the same key for the first time at the same moment
        return _FIRST_WAIT

    async def take_back(self, keys: Collection[str], at: datetime) -> None:
        """The try that began then was no failure; those before it stay what they are."""
        async with self._database.write() as connection:
            for key in sorted(keys):
                left = [time for time in await _failures(connection, key) if time != at]
                values = {"times": _written(left)}
                await connection.execute(update(login_tries).where(login_tries.c.key == _hash(key)).values(values))


async def forget_tries(connection: AsyncConnection, key: str) -> None:
    await connection.execute(delete(login_tries).where(login_tries.c.key == _hash(key)))


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


async def _begin(connection: AsyncConnection, free: Mapping[str, int], at: datetime) -> int:
    await connection.execute(delete(login_tries).where(login_tries.c.last_at <= at - WINDOW))
    known = {key: await _failures(connection, key) for key in sorted(free)}
    wait = max(seconds_to_wait(known[key], free[key], at) for key in free)
    if wait:
        return wait
    for key, failures in known.items():
        values = {"times": _written([time for time in (*failures, at) if time > at - WINDOW]), "last_at": at}
        mine = update(login_tries).where(login_tries.c.key == _hash(key))
        if (await connection.execute(mine.values(values))).rowcount == 0:
            await connection.execute(insert(login_tries).values(key=_hash(key), **values))
    return 0


async def _failures(connection: AsyncConnection, key: str) -> list[datetime]:
    query = select(login_tries.c.times).where(login_tries.c.key == _hash(key)).with_for_update()
    times = (await connection.execute(query)).scalar()
    return [datetime.fromisoformat(time) for time in json.loads(times)] if times else []


def _written(times: Sequence[datetime]) -> str:
    return json.dumps([time.isoformat() for time in times])


def _seconds(wait: timedelta) -> int:
    return max(0, -(-wait // timedelta(seconds=1)))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
