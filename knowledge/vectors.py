"""Vectors of texts, kept by model and text: what was embedded once is not paid for again. It searches nothing."""

import hashlib
import logging
import sqlite3
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

log = logging.getLogger("huiqi.vectors")

_BATCH = 10  # texts in one call: what some servers take at most, and what a cut loses at most
_QUERIES = 512
_BLANK = "无"  # servers refuse an empty text
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text))"


class KeptEmbeddings(Embeddings):
    """An embedding model whose vectors of documents are kept in a file, and of queries in memory.

    Documents are embedded a few at a time and kept at once: a build that was cut goes on where it stopped, and a
    changed corpus pays for its changed texts alone. A query waits `query_seconds` at most, then it fails.
    """

    def __init__(
        self, building: Embeddings, asking: Embeddings, *, model: str, file: Path, query_seconds: float = 1.5
    ) -> None:
        self._building = building
        self._asking = asking
        self._model = model
        self._file = file
        self._query_seconds = query_seconds
        self._threads = ThreadPoolExecutor(4, "huiqi-query")
        self._query = lru_cache(_QUERIES)(self._ask)

    def embed_query(self, text: str) -> list[float]:
        """Raises TimeoutError, and whatever the model raises; a failure is not remembered."""
        return list(self._query(text))

    def _ask(self, text: str) -> tuple[float, ...]:
        return tuple(self._threads.submit(self._asking.embed_query, text).result(self._query_seconds))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        given = [text if text.strip() else _BLANK for text in texts]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file)) as kept:
            kept.execute(_TABLE)
            missing = [text for text in dict.fromkeys(given) if self._read(kept, text) is None]
            for start in range(0, len(missing), _BATCH):
                self._embed(kept, missing[start : start + _BATCH])
                done = min(start + _BATCH, len(missing))
                log.info("vectors", extra={"event": {"done": done, "of": len(missing), "known": len(given)}})
            found = [self._read(kept, text) for text in given]
        vectors = [vector for vector in found if vector is not None]
        if len(vectors) < len(given):
            raise ValueError("the model's vectors have changed their length: they are all embedded anew")
        return vectors

    def _embed(self, kept: sqlite3.Connection, texts: Sequence[str]) -> None:
        vectors = self._building.embed_documents(list(texts))
        lengths = {len(vector) for vector in vectors}
        if len(vectors) != len(texts) or len(lengths) != 1:
            raise ValueError(f"{len(vectors)} vectors of lengths {sorted(lengths)} for {len(texts)} texts")
        [length] = lengths
        with kept:
            # The same name may come to stand for another model: vectors of two lengths cannot be compared.
            other = "DELETE FROM vectors WHERE model = ? AND length(vector) != ?"
            kept.execute(other, (self._model, length * array("f").itemsize))
            rows = [(self._model, _hash(text), array("f", v).tobytes()) for text, v in zip(texts, vectors, strict=True)]
            kept.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def _read(self, kept: sqlite3.Connection, text: str) -> list[float] | None:
        query = "SELECT vector FROM vectors WHERE model = ? AND text = ?"
        row = kept.execute(query, (self._model, _hash(text))).fetchone()
        if row is None:
            return None
        vector = array("f")
        vector.frombytes(row[0])
        return vector.tolist()


def count_kept(file: Path, model: str, texts: Sequence[str]) -> int:
    """How many of some texts have their vectors already. Asks no model."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as kept:
        kept.execute(_TABLE)
        rows = kept.execute("SELECT text FROM vectors WHERE model = ?", (model,))
        known = {text for (text,) in rows}
    return sum(_hash(text if text.strip() else _BLANK) in known for text in texts)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
