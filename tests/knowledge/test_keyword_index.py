"""Entries are found by keyword: the textbook's ranking, whatever the text."""

import math
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.index import KeywordIndex
from knowledge.tokenizer import terms
from tests.knowledge.entries import POLICIES, positions


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


@pytest.mark.parametrize(
    "query",
    ["", " ", "，。", "zzz", "饕餮", "\x00", "\ud800", "\u0301" * 2000],
    ids=["empty", "blank", "punctuation", "Latin", "Chinese", "NUL", "lone surrogate", "combining marks"],
)
def test_a_query_with_no_known_term_finds_nothing(query: str) -> None:
    index = KeywordIndex.build(POLICIES)
    assert index.search(query, 10) == ()


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
        assert entry.score > 0


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
