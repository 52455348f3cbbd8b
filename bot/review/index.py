"""The index of review items: words of question and answer, and labels such as `channel:web`. It decides nothing.

A word of the text is a run of Latin letters and digits, or two neighbouring characters of any other script, so that
企业 is found in 小微企业; the last character of a run stands alone as well. Words never hold a colon, labels always do.
SQLite keeps them in an FTS5 table, PostgreSQL in a tsvector with a GIN index; both find the newest first.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_UNSAFE = re.compile(r"[\x00-\x2c;-@\[-^`{-\x7f\s]")  # all of ASCII but letters, digits and - . / : _
_LONGEST_WORD = 40
_SQLITE = """CREATE VIRTUAL TABLE review_words
USING fts5(words, detail = none, columnsize = 0, tokenize = "ascii tokenchars '-./:_'")"""
_POSTGRES = (
    """CREATE TABLE review_words (
    item_id integer PRIMARY KEY REFERENCES review_items (id) ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX ix_review_words ON review_words USING gin (words)",
)


def create_index(connection: Connection) -> None:
    """Part of a migration."""
    statements = (_SQLITE,) if connection.dialect.name == "sqlite" else _POSTGRES
    for statement in statements:
        connection.exec_driver_sql(statement)


def label(kind: str, value: str) -> str:
    """A label of an item, in a form that no word of a text has."""
    return f"{kind}:{_UNSAFE.sub('_', value.lower())[:80]}"


def words_of(*texts: str) -> set[str]:
    """The words of texts, to be kept in the index."""
    return {word for given in texts for run in _runs(given) for word in _split(run)}


def sought(given: str) -> list[str]:
    """The words that a search asks for; one that ends with `*` is a beginning."""
    found: dict[str, None] = {}
    for run in _runs(given):
        if run.isascii() or len(run) == 1:
            found[f"{run}*"] = None
        else:
            found.update(dict.fromkeys(a + b for a, b in pairwise(run)))
    return list(found)


async def index_item(connection: AsyncConnection, item_id: int, words: Iterable[str]) -> None:
    """Keep the words and labels of an item that has none yet."""
    if connection.dialect.name == "sqlite":
        query, value = "INSERT INTO review_words (rowid, words) VALUES (:id, :words)", " ".join(sorted(words))
        await connection.execute(text(query), {"id": item_id, "words": value})
    else:
        query = "INSERT INTO review_words (item_id, words) VALUES (:id, array_to_tsvector(CAST(:words AS text[])))"
        await connection.execute(text(query), {"id": item_id, "words": sorted(words)})


async def drop_items(connection: AsyncConnection, item_ids: Sequence[int]) -> None:
    key = "rowid" if connection.dialect.name == "sqlite" else "item_id"
    for item_id in item_ids:
        await connection.execute(text(f"DELETE FROM review_words WHERE {key} = :id"), {"id": item_id})


def matching(dialect: str, groups: Sequence[Sequence[str]]) -> tuple[str, str]:
    """What finds items that have a word of each group: the condition on the index, and the value of its `:match`."""
    if dialect == "sqlite":
        parts = (" OR ".join(_fts5(word) for word in group) for group in groups)
        return "review_words MATCH :match", " AND ".join(f"({part})" for part in parts)
    parts = (" | ".join(_tsquery(word) for word in group) for group in groups)
    return "words @@ CAST(:match AS tsquery)", " & ".join(f"({part})" for part in parts)


def _fts5(word: str) -> str:
    return f'"{word.removesuffix("*")}"' + ("*" if word.endswith("*") else "")


def _tsquery(word: str) -> str:
    return f"'{word.removesuffix('*')}'" + (":*" if word.endswith("*") else "")


def _runs(given: str) -> Iterator[str]:
    yield from _RUN.findall(unicodedata.normalize("NFKC", given).lower())


def _split(run: str) -> Iterator[str]:
    if run.isascii():
        yield run[:_LONGEST_WORD]
        return
    for first, second in pairwise(run):
        yield first + second
    yield run[-1]
