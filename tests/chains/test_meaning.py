"""Search by meaning: it may come later, fail and come back; words serve meanwhile."""

import time
from datetime import date

import pytest

from chains.assistant import Assistant
from chains.finding import meaning
from chains.finding.entries import entry_texts
from chains.finding.meaning import MeaningIndex
from chains.finding.retrieval import Finder
from knowledge.index import IndexUnavailable, ScoredEntry
from knowledge.library import Library


class NearestIs:
    """A vector index that always finds the same entry nearest, until it is told to fail."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.broken = False

    def search(self, query: str, k: int) -> tuple[ScoredEntry, ...]:
        if self.broken:
            raise IndexUnavailable("the server is gone")
        return (ScoredEntry(self.position, 0.9),)


def settled(index: MeaningIndex) -> tuple[ScoredEntry, ...]:
    for _ in range(100):
        if found := index.search("算力", 3):
            return found
        time.sleep(0.01)
    return ()


def test_what_is_nearest_in_meaning_is_found_once_the_index_stands() -> None:
    index = MeaningIndex(lambda: NearestIs(7))  # type: ignore[arg-type,return-value]
    assert settled(index) == (ScoredEntry(7, 0.9),)


def test_an_index_that_cannot_be_opened_finds_nothing() -> None:
    def broken() -> NearestIs:
        raise IndexUnavailable("no such server")

    index = MeaningIndex(broken)  # type: ignore[arg-type]
    assert settled(index) == ()


def test_an_index_that_fails_is_opened_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_RETRY_SECONDS", 0.0)
    nearest = NearestIs(3)
    index = MeaningIndex(lambda: nearest)  # type: ignore[arg-type,return-value]
    assert settled(index)
    nearest.broken = True
    assert index.search("算力", 3) == ()
    nearest.broken = False
    assert settled(index) == (ScoredEntry(3, 0.9),)


async def test_an_assistant_with_vectors_answers_with_the_same_verdicts(library: Library, assistant: Assistant) -> None:
    texts = entry_texts(library)
    nearest = NearestIs(next(i for i, text in enumerate(texts) if "转贷基金" in text))
    with_vectors = Assistant(library, Finder(library, nearest))
    question = "我们在南京，省级专精特新，买算力，算力券能领吗"
    replies = [
        (await each.answer(each.begin(date(2026, 11, 20)), question)).reply for each in (assistant, with_vectors)
    ]
    assert [(f.support_id, f.status) for f in replies[0].findings] == [("nanjing-computing-voucher", "eligible")]
    assert replies[0].findings == replies[1].findings
