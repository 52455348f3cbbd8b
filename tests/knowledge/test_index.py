"""Entries are found by keyword and by meaning, and a vector index that cannot serve says so."""

import json
import math
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

import knowledge.index
from knowledge.index import IndexUnavailable, KeywordIndex, ScoredEntry, VectorIndex, as_retriever, openai_embeddings
from knowledge.tokenizer import terms

POLICIES = (
    "发放算力券，支持企业购买智算服务",
    "对完成大模型备案手续的企业给予 20 万元一次性奖励",
    "支持企业申请成为海关经认证的经营者（AEO）",
    "将核心成员列为 C 类人才",
    "支持企业享受民营企业转贷基金",
)


def positions(entries: Sequence[ScoredEntry]) -> list[int]:
    return [entry.position for entry in entries]


def textbook_bm25(texts: Sequence[str], query: str) -> list[float]:
    """Okapi BM25 word for word, one text at a time; each distinct term of the query counts once."""
    counted = [Counter(terms(text)) for text in texts]
    mean = max(1.0, sum(counts.total() for counts in counted) / len(texts))
    scores = []
    for counts in counted:
        score = 0.0
        for term in set(terms(query)):
            having = sum(term in other for other in counted)
            idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
            score += idf * counts[term] * 2.2 / (counts[term] + 1.2 * (0.25 + 0.75 * counts.total() / mean))
        scores.append(score)
    return scores


SOME_TEXT = st.text("南京专精特新企业奖励，。 aeoC205%", max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.lists(SOME_TEXT, min_size=1, max_size=40), SOME_TEXT, st.integers(1, 50))
def test_ranking_and_scores_are_those_of_the_textbook(texts: list[str], query: str, k: int) -> None:
    expected = textbook_bm25(texts, query)
    found = KeywordIndex.build(texts).search(query, k)

    assert [entry.score for entry in found] == pytest.approx(sorted(filter(None, expected), reverse=True)[:k], abs=1e-4)
    assert [entry.score for entry in found] == pytest.approx(
        [expected[position] for position in positions(found)], abs=1e-4
    )
    assert list(found) == sorted(found, key=lambda entry: (-entry.score, entry.position))
    assert len(set(positions(found))) == len(found)


@settings(max_examples=100, deadline=None)
@given(st.lists(SOME_TEXT, min_size=1, max_size=40), SOME_TEXT)
def test_coverage_is_the_share_of_the_query_that_stands_in_the_entry(texts: list[str], query: str) -> None:
    index = KeywordIndex.build(texts)
    asked = set(terms(query))
    for position, text in enumerate(texts):
        held = sum(index.idf(term) for term in asked & set(terms(text)))
        assert index.coverage(query, position) == pytest.approx(held / sum(map(index.idf, asked)) if asked else 0)


@pytest.mark.parametrize(
    ("query", "position"), [("算力", 0), ("备案", 1), ("AEO认证", 2), ("c类", 3), ("转贷", 4), ("20万", 1)]
)
def test_two_character_words_are_found(query: str, position: int) -> None:
    assert positions(KeywordIndex.build(POLICIES).search(query, 1)) == [position]


def test_equal_entries_stand_in_the_order_of_the_texts() -> None:
    index = KeywordIndex.build(["奖励", "补贴", *["算力券"] * 50])
    assert positions(index.search("算力券", 10)) == list(range(2, 12))


def test_a_term_repeated_in_the_query_counts_once() -> None:
    index = KeywordIndex.build(POLICIES)
    assert index.search("算力", 5) == index.search("算力。算力。算力", 5)


def test_rarer_terms_tell_more_and_unseen_ones_most() -> None:
    index = KeywordIndex.build(POLICIES)
    assert 0 < index.idf("企业") < index.idf("算力") < index.idf("火箭")


def test_coverage_tells_an_absent_answer_from_a_present_one() -> None:
    index = KeywordIndex.build(POLICIES)
    assert index.coverage("企业算力券", 0) > 0.7
    best = index.search("企业火箭发射", 1)[0]
    assert best.score > 0
    assert index.coverage("企业火箭发射", best.position) < 0.4


@pytest.mark.parametrize(
    "query",
    ["", " ", "，。", "zzz", "饕餮", "\x00", "\ud800", "\u0301" * 2000],
    ids=["empty", "blank", "punctuation", "Latin", "Chinese", "NUL", "lone surrogate", "combining marks"],
)
def test_a_query_with_no_known_term_finds_nothing(query: str) -> None:
    index = KeywordIndex.build(POLICIES)
    assert index.search(query, 10) == ()
    assert index.coverage(query, 0) == 0


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_no_entries_gives_none(k: int) -> None:
    assert KeywordIndex.build(POLICIES).search("算力", k) == ()


@pytest.mark.parametrize("texts", [[], [""], ["。", "\ud800\x00"]], ids=["no texts", "an empty text", "no words"])
def test_nothing_to_index_is_an_index_that_finds_nothing(texts: list[str]) -> None:
    index = KeywordIndex.build(texts)
    assert index.search("算力券", 10) == ()
    assert index.idf("算力") > 0


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=())), max_size=8), st.text(st.characters(exclude_categories=()))
)
def test_no_text_whatever_breaks_it(texts: list[str], query: str) -> None:
    index = KeywordIndex.build(texts)
    for entry in index.search(query, 10):
        assert 0 < index.coverage(query, entry.position) <= 1 + 1e-6


def test_many_threads_find_what_one_finds() -> None:
    index = KeywordIndex.build([f"{text}第{number}条" for number in range(200) for text in POLICIES])
    expected = [index.search(text, 20) for text in POLICIES]
    differing: list[str] = []

    def search_again() -> None:
        for _ in range(50):
            differing.extend(t for t, e in zip(POLICIES, expected, strict=True) if index.search(t, 20) != e)

    threads = [threading.Thread(target=search_again) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert differing == []


def test_keywords_import_neither_chromadb_nor_langchain() -> None:
    program = (
        "import sys; from knowledge.index import KeywordIndex; KeywordIndex.build(['算力券']).search('算力', 1);"
        "print([name for name in sys.modules if name.startswith(('chromadb', 'langchain', 'openai'))])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True, timeout=60).strip() == "[]"


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
