"""Looks at the rows of a table, as staff with a database shell would."""

from typing import Any

from sqlalchemy import Row, Table, select

from bot.office import Office


async def rows_of(office: Office, table: Table) -> list[Row[Any]]:
    async with office.database.read() as connection:
        return list(await connection.execute(select(table)))


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """All but the index of words, which each database keeps in its own way."""
    return kind != "table" or not str(name).startswith("review_words")
