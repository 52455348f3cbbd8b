"""How much of a question stands in an entry: in its own text, and in the few known questions nearest to it."""

import pytest

from chains.retrieval import Entry, Finder
from knowledge.library import Library


@pytest.fixture(scope="module")
def finder(library: Library) -> Finder:
    return Finder(library)


def with_many_questions(finder: Finder) -> Entry:
    return max(finder.entries, key=lambda entry: len(entry.questions))


def test_a_title_and_a_known_question_stand_in_their_entry_whole(finder: Finder) -> None:
    entry = with_many_questions(finder)
    assert finder.coverage(entry.title, entry.key) == pytest.approx(1)
    assert all(finder.coverage(question, entry.key) == pytest.approx(1) for question in entry.questions)


def test_known_questions_are_no_words_of_the_text(finder: Finder) -> None:
    entry = with_many_questions(finder)
    assert finder.own_coverage(entry.title, entry.key) == pytest.approx(1)
    assert min(finder.own_coverage(question, entry.key) for question in entry.questions) < 0.5


def test_a_little_of_every_question_is_not_the_whole(finder: Finder) -> None:
    entry = with_many_questions(finder)
    assert len(entry.questions) > 8
    assert finder.own_coverage("".join(entry.questions), entry.key) < 1
    assert finder.coverage("".join(entry.questions), entry.key) < 1


@pytest.mark.parametrize("words", ["", "，。", "饕餮"])
def test_what_no_entry_has_is_covered_by_none(finder: Finder, words: str) -> None:
    assert {finder.coverage(words, entry.key) for entry in finder.entries[:20]} == {0.0}
