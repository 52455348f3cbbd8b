"""How much of a question stands in an entry, and that no document is found because it repeats what people ask."""

from datetime import date
from pathlib import Path

import pytest

from chains.assistant import Assistant
from chains.finding.entries import Entry
from chains.finding.retrieval import Finder
from chains.language.understanding import understand
from chains.prompting import wording
from evals.cases import SUITES, QuestionCase, load_suite
from knowledge.library import Library
from tests.chains.blockers import library_with_blockers
from tests.chains.visitor import Visitor

_ASKED = 50


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


# --- documents that want to be found


def asked_and_found(finder: Finder, city: str) -> dict[str, str]:
    """Fifty questions of the suites on a city's documents, and the entry that each finds first."""
    cases = [case for case in load_suite(SUITES / "own").cases + load_suite(SUITES / "field").cases]
    asked = [
        case.turns[0]
        for case in cases
        if isinstance(case, QuestionCase) and len(case.turns) == 1 and case.expect.provisions
        if {finder_city(finder, document) for document, _ in case.expect.provisions} == {city}
        if case.group != "injection"
    ]
    return {question: first(finder, question) for question in asked[:_ASKED]}


def finder_city(finder: Finder, document: str) -> str:
    return next(entry.city for entry in finder.entries if entry.document_id == document)


def first(finder: Finder, question: str) -> str:
    heard = understand(question)
    return finder.search(heard.text, heard.cities, 1)[0].entry.key


@pytest.mark.parametrize("repeats", [False, True])
@pytest.mark.parametrize("city", ["nanjing", "huaian"])
def test_what_is_not_official_never_stands_before_what_is(
    finder: Finder, tmp_path: Path, city: str, repeats: bool
) -> None:
    found = asked_and_found(finder, city)
    assert len(found) == _ASKED
    jammed = Finder(library_with_blockers(tmp_path, city, list(found), official=False, repeats=repeats))
    assert {question: first(jammed, question) for question in found} == found


def test_questions_alone_draw_next_to_nothing_to_a_document(finder: Finder, tmp_path: Path) -> None:
    found = asked_and_found(finder, "nanjing")
    jammed = Finder(library_with_blockers(tmp_path, "nanjing", list(found), official=True, repeats=False))
    kept = [question for question in found if first(jammed, question) == found[question]]
    assert len(kept) >= 0.98 * len(found)


async def test_what_is_not_official_is_told_with_a_warning_where_nothing_else_answers(
    finder: Finder, tmp_path: Path
) -> None:
    asked = "南京企业食堂的灶台改造怎么办"
    library = library_with_blockers(tmp_path, "nanjing", [asked], official=False, repeats=True)
    assistant = Assistant(library, Finder(library))
    turn = await assistant.answer(assistant.begin(date(2026, 11, 20)), asked)
    assert {citation.document_id for citation in turn.reply.citations} == {"blocker"}
    assert turn.reply.text.startswith(wording("lifecycle.unofficial", document="服务说明"))


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("到2025年底镇江要有多少小巨人", "50家"),
        ("淮安到2025年想弄出几家小巨人来", "26"),
        ("盐城要有多少省专", "500家"),
        ("连云港到25年要多少单项冠军", "5家"),
    ],
)
def test_a_title_that_is_counted_is_a_target_of_the_city(visitor: Visitor, said: str, figure: str) -> None:
    assert figure in visitor.say(said).citations[0].quote.replace(" ", "")


def test_what_is_counted_of_a_title_is_no_target_of_titles(visitor: Visitor) -> None:
    assert "50家" in visitor.say("盐城关键业务系统部署那个，涉及多少家小巨人").text


def test_what_is_called_by_its_name_comes_before_what_else_the_question_says(visitor: Visitor) -> None:
    assert ("nanjing-measures", "4/11") in {
        (c.document_id, c.provision) for c in visitor.say("外贸公司能搞AEO不").citations
    }
