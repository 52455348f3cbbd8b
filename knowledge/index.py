"""Find entries by keyword or by meaning; what an entry is, and whether it may be shown, the caller knows.

Keywords always serve. Vectors come only with an embedding model that the operator configured: of 57,940 articles of law
a locally computed vector (LSA) put fewer of the right ones among its first ten than keywords (.266 against .439, see
`evals/benchmarks/retrieval.py`). So without a model none is opened, and neither chromadb nor LangChain is imported.
"""

import hashlib
import os
import tempfile
import weakref
import zipfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, cast
from urllib.parse import urlsplit
from urllib.request import urlopen

import numpy as np
import numpy.typing as npt

from knowledge.tokenizer import terms

if TYPE_CHECKING:
    from chromadb.api.client import AdminClient, Client
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from langchain_core.retrievers import BaseRetriever

_K1, _B = 1.2, 0.75  # BM25: tuning them gained nothing
_MIDDLING = 2.4  # the rarity (idf) that damping leaves as it is
_COMMON = 1 / 8  # a term in more than this share of the entries is kept as a full row: adding it is one vector addition
_BATCH = 256  # entries embedded and stored at a time
_PATIENCE = 10.0  # seconds to wait for a Chroma server


class IndexUnavailable(RuntimeError):
    """The vector index cannot serve now (server down, damaged files, embedding failed): search by keyword instead."""


@dataclass(frozen=True, slots=True)
class ScoredEntry:
    """An entry by its position in the texts that the index was built from; a higher score is a better match."""

    position: int
    score: float


class Searchable(Protocol):
    """What both indexes offer: the best `k` entries, best first."""

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]: ...


class KeywordIndex:
    """BM25 over characters and pairs of characters, with every term's weight computed beforehand.

    Read-only once built, so any number of threads may search at once. A term that the query repeats counts once.
    """

    def __init__(
        self,
        size: int,
        vocabulary: Mapping[str, int],
        starts: npt.NDArray[np.int64],
        entries: npt.NDArray[np.int32],
        weights: npt.NDArray[np.float32],
    ) -> None:
        """`entries[starts[t]:starts[t + 1]]` are the entries with term `t`, ascending; `weights` runs beside them."""
        self._size = size
        self._vocabulary = vocabulary
        frequency = np.diff(starts)
        self._idf = _idf(frequency, size)
        self._unseen_idf = float(_idf(np.zeros(1, np.int64), size)[0])
        common = frequency > max(1, size * _COMMON)
        self._rows: dict[int, npt.NDArray[np.float32]] = {}
        for term in np.flatnonzero(common).tolist():
            row = np.zeros(size, np.float32)
            row[entries[starts[term] : starts[term + 1]]] = weights[starts[term] : starts[term + 1]]
            self._rows[term] = row
        rare = np.repeat(~common, frequency)
        self._entries = entries[rare].astype(np.intp)  # NumPy indexes by intp: converted once, not in every search
        self._weights = weights[rare]
        self._starts: list[int] = np.concatenate([[0], np.cumsum(np.where(common, 0, frequency))]).tolist()

    @classmethod
    def build(cls, texts: Sequence[str], *, damping: float = 1.0) -> Self:
        """Index the texts; the position of a text is the position of its entry.

        `damping` is the exponent (0 to 1) that Chinese terms' rarity is raised to, 1 for none. A Chinese word is met in
        each of its characters and pairs, all of them rare where one is; a Latin word is met once and weighs in full.
        """
        vocabulary: defaultdict[str, int] = defaultdict()
        vocabulary.default_factory = vocabulary.__len__
        term_ids, counts, distinct, lengths = array("i"), array("f"), array("i"), array("i")
        for text in texts:
            frequencies = Counter(terms(text))
            term_ids.extend([vocabulary[term] for term in frequencies])
            counts.extend(frequencies.values())
            distinct.append(len(frequencies))
            lengths.append(frequencies.total())
        vocabulary.default_factory = None

        size, length = len(texts), np.asarray(lengths, np.float32)
        term, count = np.asarray(term_ids, np.int32), np.asarray(counts, np.float32)
        entry = np.repeat(np.arange(size, dtype=np.int32), np.asarray(distinct, np.int32))
        frequency = np.bincount(term, minlength=len(vocabulary))
        saturation = _K1 * (1 - _B + _B * length / max(1.0, length.mean())) if size else length
        weight = count + saturation.astype(np.float32)[entry]
        np.divide(count, weight, out=weight)
        weight *= ((_K1 + 1) * _rarity(vocabulary, _idf(frequency, size), damping))[term]
        order = np.argsort(term, kind="stable")
        return cls(size, vocabulary, np.concatenate([[0], np.cumsum(frequency)]), entry[order], weight[order])

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]:
        """The best `k` entries that share a term with the query; equal scores stand in the order of the texts."""
        scores = self.scores(query)
        best = _best(scores, k)
        return tuple(
            ScoredEntry(position, score) for position, score in zip(best.tolist(), scores[best].tolist(), strict=True)
        )

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """The score of every text, by position; 0 for one that shares no term with the query."""
        scores = np.zeros(self._size, np.float32)
        for term in dict.fromkeys(terms(query)):
            known = self._vocabulary.get(term)
            if known is None:
                continue
            if (row := self._rows.get(known)) is not None:
                scores += row
            else:
                start, end = self._starts[known], self._starts[known + 1]
                scores[self._entries[start:end]] += self._weights[start:end]  # a term lists an entry once
        return scores

    def idf(self, term: str) -> float:
        """How much a term tells (natural logarithm, above 0); one that no entry has tells most."""
        known = self._vocabulary.get(term)
        return self._unseen_idf if known is None else float(self._idf[known])


def _idf(frequency: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.float32]:
    return np.log1p((size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)


def _rarity(vocabulary: Iterable[str], idf: npt.NDArray[np.float32], damping: float) -> npt.NDArray[np.float32]:
    is_latin = np.fromiter((term.isascii() for term in vocabulary), bool, len(idf))
    return np.where(is_latin, idf, _MIDDLING * (idf / _MIDDLING) ** damping).astype(np.float32)


def _best(scores: npt.NDArray[np.float32], k: int) -> npt.NDArray[np.intp]:
    """Positions of the `k` highest scores above 0, best first, ties in ascending order."""
    if k <= 0:
        return np.zeros(0, np.intp)
    beyond = len(scores) - k
    least = np.partition(scores, beyond)[beyond] if beyond > 0 else 0
    candidates = np.flatnonzero((scores >= least) & (scores > 0))
    return candidates[np.lexsort((candidates, -scores[candidates]))][:k]


class VectorIndex:
    """A Chroma collection of the texts' embeddings, found or built by `open`; every failure is `IndexUnavailable`.

    The collection is a cache, named after the embedding model and the texts: another model or another text is
    another collection. Embedded, it rests as one sealed archive in the data directory, and each process opens a copy of
    its own: chromadb changes its files on reading, is not safe across processes, and crashes the process on a damaged
    file, so the checksums of the archive have to be right before chromadb sees a byte. A damaged archive is built anew.
    """

    def __init__(self, store: "Chroma", size: int, resources: ExitStack) -> None:
        self._store = store
        self._size = size
        self.close = weakref.finalize(self, resources.close)

    @classmethod
    def open(
        cls, texts: Sequence[str], embeddings: "Embeddings", *, model: str, directory: Path, url: str = ""
    ) -> "VectorIndex":
        """The index of the texts, on the Chroma server at `url` or, without one, from the archive in `directory`."""
        name = _name(model, texts)
        if url:
            return cls._on_server(texts, embeddings, name, url)
        archive = directory / f"{name}.zip"
        try:
            return cls._sealed(archive, embeddings, len(texts))
        except IndexUnavailable:
            with _typed_failure("build"):
                _build(archive, texts, embeddings)
            return cls._sealed(archive, embeddings, len(texts))

    @classmethod
    def _sealed(cls, archive: Path, embeddings: "Embeddings", size: int) -> "VectorIndex":
        with _typed_failure("open"), ExitStack() as resources:
            place = resources.enter_context(
                tempfile.TemporaryDirectory(prefix="huiqi-vectors-", ignore_cleanup_errors=True)
            )
            with zipfile.ZipFile(archive) as sealed:
                sealed.extractall(place)
            client = _embedded(place)
            resources.callback(client.close)
            store = _store(client, archive.stem, embeddings)
            _expect(store, size)
            return cls(store, size, resources.pop_all())

    @classmethod
    def _on_server(cls, texts: Sequence[str], embeddings: "Embeddings", name: str, url: str) -> "VectorIndex":
        """Collections of other versions are left alone: another process may be serving from them."""
        with _typed_failure("open"), ExitStack() as resources:
            store = _store(_connected(url, resources), name, embeddings)
            if _count(store) != len(texts):
                _fill(store, texts)
            _expect(store, len(texts))
            return cls(store, len(texts), resources.pop_all())

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]:
        """The `k` entries nearest in meaning; the score is the cosine of the angle to the query."""
        if min(k, self._size) <= 0 or not query.strip():
            return ()
        with _typed_failure("search"):
            found = self._store.similarity_search_with_score(query, min(k, self._size))
            entries = [ScoredEntry(int(document.id or ""), 1 - distance) for document, distance in found]
            if not all(0 <= entry.position < self._size and np.isfinite(entry.score) for entry in entries):
                raise ValueError("entries or scores that cannot be")
        return tuple(sorted(entries, key=lambda entry: (-entry.score, entry.position)))


@contextmanager
def _typed_failure(step: str) -> Iterator[None]:
    try:
        yield
    except (IndexUnavailable, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # chromadb's compiled core panics with an error that is no Exception
        raise IndexUnavailable(f"vector index, {step}: {type(error).__name__}: {error}") from error


def _name(model: str, texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in (model, *texts):
        content = part.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"huiqi-{digest.hexdigest()[:32]}"


def _build(archive: Path, texts: Sequence[str], embeddings: "Embeddings") -> None:
    """Embed all texts and seal the collection; archives of other versions go, whoever reads one has a copy."""
    with tempfile.TemporaryDirectory(prefix="huiqi-vectors-", ignore_cleanup_errors=True) as place:
        client = _embedded(place)
        try:
            _fill(_store(client, archive.stem, embeddings), texts)
        finally:
            client.close()
        archive.parent.mkdir(parents=True, exist_ok=True)
        unfinished = archive.with_suffix(".part")
        with zipfile.ZipFile(unfinished, "w") as sealed:
            for file in sorted(path for path in Path(place).rglob("*") if path.is_file()):
                sealed.write(file, file.relative_to(place))
        os.replace(unfinished, archive)
    for other in archive.parent.glob("huiqi-*.zip"):
        if other != archive:
            other.unlink(missing_ok=True)


def _fill(store: "Chroma", texts: Sequence[str]) -> None:
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        store.add_texts(batch, ids=[str(position) for position in range(start, start + len(batch))])


def _count(store: "Chroma") -> int:
    return len(store.get(include=[])["ids"])


def _expect(store: "Chroma", size: int) -> None:
    if (count := _count(store)) != size:
        raise ValueError(f"{count} entries instead of {size}")


def _store(client: "Client", name: str, embeddings: "Embeddings") -> "Chroma":
    from langchain_chroma import Chroma

    return Chroma(name, embeddings, client=client, collection_configuration={"hnsw": {"space": "cosine"}})


def _embedded(place: str) -> "Client":
    import chromadb
    from chromadb.config import Settings

    return cast("Client", chromadb.PersistentClient(place, Settings(anonymized_telemetry=False)))


def _connected(url: str, resources: ExitStack) -> "Client":
    import chromadb
    from chromadb.api.fastapi import FastAPI
    from chromadb.config import Settings

    with urlopen(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_PATIENCE):
        pass  # asked first because the client, until told otherwise below, waits for ever
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    settings = Settings(anonymized_telemetry=False)
    client = cast("Client", chromadb.HttpClient(parts.hostname or "", port, ssl=secure, settings=settings))
    for part in (client, cast("AdminClient", client._admin_client)):  # closing it leaves the connections of both open
        session = cast("FastAPI", part._server)._session
        session.timeout = _PATIENCE
        resources.callback(session.close)
    resources.callback(client.close)
    return client


def openai_embeddings(
    model: str, *, api_key: str, base_url: str, seconds: float = _PATIENCE, retries: int = 1
) -> "Embeddings":
    """An OpenAI-compatible embedding model: texts go out as text, ten at a time, and no tokenizer file is fetched.

    A call takes `seconds` at most and is made again `retries` times, not before the server's Retry-After.
    """
    from langchain_openai import OpenAIEmbeddings
    from pydantic import SecretStr

    return OpenAIEmbeddings(
        model=model,
        api_key=SecretStr(api_key),
        base_url=base_url or None,
        check_embedding_ctx_length=False,
        chunk_size=10,
        timeout=seconds,
        max_retries=retries,
        model_kwargs={"encoding_format": "float"},
    )


def as_retriever(index: Searchable, texts: Sequence[str], *, k: int = 10) -> "BaseRetriever":
    """An index as LangChain's retriever: documents with the entry's text, and `position` and `score` as metadata."""
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever

    class IndexRetriever(BaseRetriever):
        def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
            return [
                Document(texts[entry.position], metadata={"position": entry.position, "score": entry.score})
                for entry in index.search(query, k)
            ]

    return IndexRetriever()
