"""What was embedded once is kept, a cut build goes on where it stopped, and a query is not waited for."""

import time
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from knowledge.vectors import KeptEmbeddings, count_kept

TEXTS = [f"第{number}条" for number in range(25)]


class Counting(Embeddings):
    """Counts what it is asked; fails, slows down or changes its length on request."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails_after = 1000
        self.seconds = 0.0
        self.length = 4

    def embed_query(self, text: str) -> list[float]:
        time.sleep(self.seconds)
        self.asked.append(text)
        return [1.0 + len(text)] * self.length

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if "" in texts or len(self.asked) >= self.fails_after:
            raise ConnectionError("no more today")
        return [self.embed_query(text) for text in texts]


@pytest.fixture
def model() -> Counting:
    return Counting()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vectors" / "vectors.db"


def kept(model: Counting, file: Path, name: str = "m") -> KeptEmbeddings:
    return KeptEmbeddings(model, model, model=name, file=file, query_seconds=0.2)


def test_a_changed_corpus_pays_for_its_changed_texts_alone(model: Counting, file: Path) -> None:
    first = kept(model, file).embed_documents(TEXTS)
    model.asked.clear()
    again = kept(model, file).embed_documents([*TEXTS[:-1], "新的一条"])
    assert again[:-1] == first[:-1]
    assert model.asked == ["新的一条"]


def test_a_build_that_was_cut_goes_on_where_it_stopped(model: Counting, file: Path) -> None:
    model.fails_after = 20
    with pytest.raises(ConnectionError):
        kept(model, file).embed_documents(TEXTS)
    assert count_kept(file, "m", TEXTS) == 20
    model.fails_after = 1000
    assert len(kept(model, file).embed_documents(TEXTS)) == len(TEXTS)
    assert sorted(model.asked) == sorted(TEXTS), "each was paid for once"


def test_another_model_has_vectors_of_its_own(model: Counting, file: Path) -> None:
    kept(model, file).embed_documents(TEXTS)
    assert count_kept(file, "other", TEXTS) == 0
    kept(model, file, "other").embed_documents(TEXTS)
    assert len(model.asked) == 2 * len(TEXTS)


def test_vectors_of_another_length_are_all_made_anew(model: Counting, file: Path) -> None:
    kept(model, file).embed_documents(TEXTS)
    model.length = 8
    with pytest.raises(ValueError, match="length"):
        kept(model, file).embed_documents([*TEXTS, "新的一条"])
    vectors = kept(model, file).embed_documents([*TEXTS, "新的一条"])
    assert {len(vector) for vector in vectors} == {8}


def test_an_empty_text_has_a_vector_too(model: Counting, file: Path) -> None:
    assert len(kept(model, file).embed_documents(["甲", "", " "])) == 3
    assert count_kept(file, "m", ["甲", "", " "]) == 3


def test_a_query_is_asked_once_and_not_waited_for(model: Counting, file: Path) -> None:
    embeddings = kept(model, file)
    assert embeddings.embed_query("算力券") == embeddings.embed_query("算力券")
    assert model.asked == ["算力券"]
    model.seconds = 1.0
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        embeddings.embed_query("转贷基金")
    assert time.monotonic() - begun < 0.8
    model.seconds = 0.0
    assert embeddings.embed_query("转贷基金")
