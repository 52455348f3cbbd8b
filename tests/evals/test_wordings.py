"""The questions in words that the corpus does not use: each leads to a row, and none is known."""

import json

from evals.benchmarks import wordings
from knowledge.library import Library

ROWS = [json.loads(line) for line in wordings.ASKED.read_text(encoding="utf-8").splitlines()]


def test_every_question_was_written_to_a_row_that_stands_in_the_corpus(library: Library) -> None:
    facts = {(d, row.topic, row.quote) for d, rows in library.questions.items() for row in rows if row.quote}
    for row in ROWS:
        known = row["support"] in library.supports if "support" in row else False
        assert known or (row["document"], row.get("topic"), row.get("quote")) in facts, row


def test_none_of_them_is_a_known_question_of_its_document(library: Library) -> None:
    for document, rows in library.questions.items():
        known = {question for row in rows for question in row.questions}
        assert not known & {row["question"] for row in ROWS if row["document"] == document}
