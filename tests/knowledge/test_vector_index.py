"""Entries are found by meaning, and a vector index that cannot serve says so."""

import json
import math
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from langchain_core.embeddings import Embeddings

import knowledge.index
from knowledge.index import IndexUnavailable, KeywordIndex, VectorIndex, as_retriever, openai_embeddings
from tests.knowledge.entries import POLICIES, positions


class LetterCounts(Embeddings):
    """Texts with the same letters in the same numbers have the same vector."""

    def __init__(self) -> None:
        self.embedded = 0

    def embed_query(self, text: str) -> list[float]:
        vector = [0.001] * 64
        for letter in text:
            vector[ord(letter) % 64] += 1
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return [self.embed_query(text) for text in texts]


class Unreachable(LetterCounts):
    def embed_query(self, text: str) -> list[float]:
        raise ConnectionError("no embedding today")


class Nonsense(LetterCounts):
    def embed_query(self, text: str) -> list[float]:
        return [math.nan] * 64


class OtherLength(LetterCounts):
    def embed_query(self, text: str) -> list[float]:
        return [1.0, 2.0]


class LosesTexts(LetterCounts):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return super().embed_documents(texts)[:-1]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(
    directory: Path, embeddings: Embeddings, texts: Sequence[str] = POLICIES, model: str = "letters"
) -> VectorIndex:
    return VectorIndex.open(texts, embeddings, model=model, directory=directory)


def archive_of(directory: Path) -> Path:
    [archive] = directory.iterdir()
    return archive


def test_the_nearest_entry_comes_first_with_its_cosine(directory: Path) -> None:
    index = opened(directory, LetterCounts())
    best, second, *_ = index.search(POLICIES[3], 5)
    assert best.position == 3
    assert best.score == pytest.approx(1, abs=1e-4)
    assert second.score < best.score
    index.close()


def test_more_than_all_entries_are_all_entries(directory: Path) -> None:
    index = opened(directory, LetterCounts())
    assert sorted(positions(index.search("算力券", 100))) == [0, 1, 2, 3, 4]
    assert index.search("算力券", 0) == index.search(" ", 5) == ()
    index.close()


def test_more_entries_than_one_batch_holds_keep_their_positions(directory: Path) -> None:
    texts = ["a" * (number % 25) + "b" * (number // 25) + "c" for number in range(600)]
    index = opened(directory, LetterCounts(), texts)
    for number in (0, 255, 256, 599):
        assert index.search(texts[number], 1)[0].position == number
    index.close()


def test_no_texts_make_an_index_that_finds_nothing(directory: Path) -> None:
    index = opened(directory, LetterCounts(), [])
    assert index.search("算力券", 3) == ()
    index.close()


def test_what_was_embedded_once_is_not_embedded_again(directory: Path) -> None:
    embeddings = LetterCounts()
    opened(directory, embeddings).close()
    index = opened(directory, embeddings)
    assert embeddings.embedded == len(POLICIES)
    assert index.search(POLICIES[1], 1)[0].position == 1
    index.close()


def test_two_processes_worth_of_indexes_may_be_open_at_once(directory: Path) -> None:
    first, second = opened(directory, LetterCounts()), opened(directory, LetterCounts())
    assert first.search(POLICIES[2], 5) == second.search(POLICIES[2], 5)
    first.close()
    assert second.search(POLICIES[2], 1)[0].position == 2
    second.close()


@pytest.mark.parametrize(
    ("texts", "model"),
    [((*POLICIES[:-1], "新的条款"), "letters"), (POLICIES, "other-letters"), (POLICIES[:-1], "letters")],
)
def test_another_text_or_model_is_another_version(directory: Path, texts: Sequence[str], model: str) -> None:
    embeddings = LetterCounts()
    opened(directory, embeddings).close()
    stale = archive_of(directory)
    index = opened(directory, embeddings, texts, model)
    assert embeddings.embedded == len(POLICIES) + len(texts)
    assert archive_of(directory) != stale
    assert index.search(texts[-1], 1)[0].position == len(texts) - 1
    index.close()


@pytest.mark.parametrize("share", [0, 0.05, 0.3, 0.5, 0.7, 0.95])
def test_flipped_bytes_are_noticed_and_built_anew(directory: Path, share: float) -> None:
    opened(directory, LetterCounts()).close()
    archive = archive_of(directory)
    content = bytearray(archive.read_bytes())
    at = int(share * len(content))
    content[at : at + 40] = bytes(byte ^ 0xFF for byte in content[at : at + 40])
    archive.write_bytes(content)

    embeddings = LetterCounts()
    index = opened(directory, embeddings)
    assert embeddings.embedded == len(POLICIES)
    assert index.search(POLICIES[3], 1)[0].position == 3
    index.close()


@pytest.mark.parametrize("kept", [0, 100, -1])
def test_a_truncated_archive_is_built_anew(directory: Path, kept: int) -> None:
    opened(directory, LetterCounts()).close()
    archive = archive_of(directory)
    archive.write_bytes(archive.read_bytes()[:kept])
    embeddings = LetterCounts()
    opened(directory, embeddings).close()
    assert embeddings.embedded == len(POLICIES)


def test_a_deleted_archive_is_built_anew(directory: Path) -> None:
    opened(directory, LetterCounts()).close()
    archive_of(directory).unlink()
    opened(directory, LetterCounts()).close()
    assert archive_of(directory).stat().st_size > 0


def test_damage_to_the_archive_does_not_reach_an_open_index(directory: Path) -> None:
    index = opened(directory, LetterCounts())
    archive_of(directory).write_bytes(b"")
    assert index.search(POLICIES[0], 1)[0].position == 0
    index.close()
    with pytest.raises(IndexUnavailable):
        index.search(POLICIES[0], 1)


@pytest.mark.parametrize("embeddings", [Unreachable(), LosesTexts(), Nonsense()])
def test_an_embedding_that_fails_while_building_leaves_nothing_behind(directory: Path, embeddings: Embeddings) -> None:
    with pytest.raises(IndexUnavailable):
        opened(directory, embeddings)
    assert not directory.exists()


@pytest.mark.parametrize("embeddings", [Unreachable(), Nonsense(), OtherLength()])
def test_an_embedding_that_fails_while_searching_is_a_typed_failure(directory: Path, embeddings: Embeddings) -> None:
    opened(directory, LetterCounts()).close()
    index = opened(directory, embeddings)
    with pytest.raises(IndexUnavailable):
        index.search("算力券", 3)
    index.close()


def test_a_directory_that_cannot_be_written_is_a_typed_failure(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a directory")
    with pytest.raises(IndexUnavailable):
        opened(occupied, LetterCounts())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    port = free_port()
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                try:
                    with urlopen(f"{url}/api/v2/heartbeat", timeout=1):
                        break
                except OSError:
                    time.sleep(0.1)
            yield url, server
        finally:
            server.kill()


def test_a_chroma_server_serves_until_it_is_down(
    chroma_server: tuple[str, "subprocess.Popen[bytes]"], directory: Path
) -> None:
    url, server = chroma_server
    embeddings = LetterCounts()

    def on_server() -> VectorIndex:
        return VectorIndex.open(POLICIES, embeddings, model="letters", directory=directory, url=url)

    on_server().close()
    index = on_server()
    assert index.search(POLICIES[3], 1)[0].position == 3
    assert embeddings.embedded == len(POLICIES)
    assert not directory.exists()

    server.kill()
    server.wait()
    with pytest.raises(IndexUnavailable):
        index.search(POLICIES[3], 1)
    with pytest.raises(IndexUnavailable):
        on_server()
    index.close()


def test_a_server_that_never_answers_is_not_waited_for(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge.index, "_PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(IndexUnavailable):
            VectorIndex.open(POLICIES, LetterCounts(), model="letters", directory=directory, url=url)
    assert time.monotonic() - started < 5


class EmbeddingServer(BaseHTTPRequestHandler):
    """Answers like an OpenAI-compatible server that knows neither token ids nor base64, and takes ten texts at most."""

    asked: list[list[str]]

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [request["input"]] if isinstance(request["input"], str) else request["input"]
        self.asked.append(texts)
        fits = (
            len(texts) <= 10 and request["encoding_format"] == "float" and all(isinstance(text, str) for text in texts)
        )
        rows = [
            {"object": "embedding", "index": i, "embedding": LetterCounts().embed_query(t)} for i, t in enumerate(texts)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = json.dumps({"object": "list", "data": rows, "model": request["model"], "usage": usage}).encode()
        self.send_response(200 if fits else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_an_openai_compatible_server_gets_texts_ten_at_a_time(directory: Path) -> None:
    EmbeddingServer.asked = []
    texts = [f"第{number}条{'甲' * number}" for number in range(23)]
    with ThreadingHTTPServer(("127.0.0.1", 0), EmbeddingServer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        embeddings = openai_embeddings(
            "some-model", api_key="key", base_url=f"http://127.0.0.1:{server.server_port}/v1"
        )
        index = opened(directory, embeddings, texts)
        assert index.search(texts[17], 1)[0].position == 17
        index.close()
        server.shutdown()
    assert EmbeddingServer.asked == [texts[:10], texts[10:20], texts[20:], [texts[17]]]


@pytest.mark.parametrize("kind", ["keyword", "vector"])
def test_an_index_is_a_langchain_retriever(directory: Path, kind: str) -> None:
    index = KeywordIndex.build(POLICIES) if kind == "keyword" else opened(directory, LetterCounts())
    documents = as_retriever(index, POLICIES, k=2).invoke("算力券")
    assert documents[0].page_content == POLICIES[0]
    assert documents[0].metadata["position"] == 0
    assert [document.metadata["score"] for document in documents] == [e.score for e in index.search("算力券", 2)]
    if isinstance(index, VectorIndex):
        index.close()
