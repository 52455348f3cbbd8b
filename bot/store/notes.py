"""What a channel has to remember of its platform from one start to the next: tokens, cursors, rights."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.tables import notes


class Notes:
    """Named values, some of them with an end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, name: str, now: datetime) -> str | None:
        """The value of a name; None if there is none, or no longer."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(notes).where(notes.c.name == name))).first()
        return row.value if row and (row.expires_at is None or row.expires_at > now) else None

    async def write(self, name: str, value: str, expires_at: datetime | None = None) -> None:
        values = {"value": value, "expires_at": expires_at}
        mine = update(notes).where(notes.c.name == name).values(values)
        try:
            async with self._database.write() as connection:
                if (await connection.execute(mine)).rowcount == 0:
                    await connection.execute(insert(notes).values(name=name, **values))
        except IntegrityError:  # another process wrote the name for the first time at the same moment
            async with self._database.write() as connection:
                await connection.execute(mine)

    async def rename(self, name: str, to: str, expires_at: datetime) -> str | None:
        """Give a value another name; None if there was none, so that of several only one gets it."""
        mine = update(notes).where(notes.c.name == name).values(name=to, expires_at=expires_at)
        try:
            async with self._database.write() as connection:
                if (await connection.execute(mine)).rowcount == 0:
                    return None
                value = await connection.execute(select(notes.c.value).where(notes.c.name == to))
                return str(value.scalar_one())
        except IntegrityError:  # somebody else has taken that name
            return None

    async def forget_expired(self, now: datetime) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(notes).where(notes.c.expires_at < now))

    async def remove(self, name: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(notes).where(notes.c.name == name))
