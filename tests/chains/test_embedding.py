"""An embedding model over the loopback that dies, comes back and asks for patience; one that talks nonsense."""

import hashlib
import json
import random
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from chains.bootstrap import Embedding, _open, count_vectors
from chains.finding.entries import entry_texts
from chains.finding.meaning import MeaningIndex
from chains.finding.retrieval import Finder
from knowledge.index import IndexUnavailable, ScoredEntry
from knowledge.library import Library


class Server(ThreadingHTTPServer):
    """What the model was asked, and how it is to misbehave: statuses for the calls to come, seconds for each."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[str] = []
        self.statuses: list[int] = []
        self.dies_after = 10_000
        self.seconds = 0.0


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        texts = [texts] if isinstance(texts, str) else texts
        time.sleep(self.server.seconds)
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if len(self.server.asked) >= self.server.dies_after:
            status = 400
        if status == 200:
            self.server.asked += texts
        data = [{"object": "embedding", "index": i, "embedding": _noise(text)} for i, text in enumerate(texts)]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = json.dumps({"object": "list", "data": data, "model": "m", "usage": usage}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", "1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _noise(text: str) -> list[float]:
    drawn = random.Random(hashlib.sha256(text.encode()).hexdigest())
    return [drawn.gauss(0, 1) for _ in range(32)]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def embedding(server: Server, tmp_path: Path) -> Embedding:
    return Embedding("m", "key", f"http://127.0.0.1:{server.server_port}/v1", tmp_path / "vectors")


def test_a_build_that_failed_goes_on_and_pays_for_the_rest_alone(
    server: Server, embedding: Embedding, library: Library
) -> None:
    texts = entry_texts(library)[:40]
    server.dies_after = 20
    with pytest.raises(IndexUnavailable):
        _open(embedding, texts)
    server.dies_after, server.statuses = 10_000, [429]
    begun = time.monotonic()
    _open(embedding, texts).close()
    assert time.monotonic() - begun >= 1, "it asked for a second's patience"
    assert sorted(server.asked) == sorted(set(texts))
    _open(embedding, [*texts[1:], "新的一条"]).close()
    assert server.asked[-1] == "新的一条" and len(server.asked) == len(set(texts)) + 1
    done, of = count_vectors(embedding, library)
    assert 0 < done < of


def test_no_turn_waits_for_a_model_that_has_become_slow(server: Server, embedding: Embedding, library: Library) -> None:
    texts = entry_texts(library)[:10]
    index = MeaningIndex(lambda: _open(embedding, texts))
    until = time.monotonic() + 20
    while not index.search(texts[0], 1) and time.monotonic() < until:
        time.sleep(0.02)
    assert index.search(texts[0], 1)[0].position == 0
    server.seconds = 4.0
    begun = time.monotonic()
    assert index.search("贷款快到期了", 3) == ()
    assert time.monotonic() - begun < 3
    begun = time.monotonic()
    assert index.search("买算力", 3) == index.search(texts[0], 1) == ()
    assert time.monotonic() - begun < 0.1, "for a while it is not asked at all"


class Noise:
    """Finds anything, as a poor model would."""

    def __init__(self, size: int) -> None:
        self._size = size

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]:
        drawn = random.Random(hashlib.sha256(query.encode()).hexdigest())
        return tuple(ScoredEntry(position, 0.9) for position in drawn.sample(range(self._size), k))


def gold(finder: Finder) -> Mapping[str, str]:
    """Fifty known questions, spread over all entries, and the entry that each leads to by words."""
    asked = [(entry.questions[0], entry) for entry in finder.entries if entry.questions]
    step = len(asked) // 50
    return {question: finder.search(question)[0].entry.key for question, _ in asked[:: step or 1][:50]}


def share_of_same(finder: Finder, expected: Mapping[str, str]) -> float:
    same = sum(finder.search(question)[0].entry.key == key for question, key in expected.items())
    return same / len(expected)


def test_a_model_that_talks_nonsense_changes_no_first_place(library: Library) -> None:
    finder = Finder(library)
    expected = gold(finder)
    assert len(expected) == 50
    assert share_of_same(Finder(library, Noise(len(finder.entries))), expected) >= 0.98
