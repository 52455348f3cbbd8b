"""What a document aims at, found from what a question is about; and what it says of the years and spans asked about."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chains.finding.entries import Entry
from chains.language.clauses import pattern
from chains.prompting import texts, wording
from chains.telling.words import Words
from knowledge.document import Document
from knowledge.figures import read_figures
from knowledge.library import Library
from knowledge.target import Target

_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)\s*年?(?!\s*\d{1,2}\s*月)")
_SPAN = re.compile(r"20\d{2}\s*年?\s*(?:-|—|–|~|～|到|至)+\s*20\d{2}\s*年?")
_RELATIVE = {"前年": -2, "去年": -1, "今年": 0, "本年度": 0, "明年": 1, "后年": 2}
# 今年评上的: the year of an act, none that is asked about.
_OF_AN_ACT = re.compile(r"(?:[^，。；\s]{0,4})(?:评|获|认定|首次|刚|头一|新评|成立|注册)")


def targets_of(library: Library, entry: Entry) -> tuple[Target, ...]:
    """The rows that stand in an entry's quote, or around it."""
    rows = library.targets.get(entry.document_id, ())
    near = [t for t in rows if t.provision == entry.provision]
    return tuple(t for t in near if t.quote in entry.quote or entry.quote in t.quote)


def years_asked(text: str, as_of: date) -> Mapping[int, str]:
    """The years that a question is about, as it says them; a span such as 2023-2025 is that of the plan and none."""
    spared = _SPAN.sub(lambda m: " " * len(m.group()), text)
    found = [(m.start(), int(m.group(1)), wording("target.year", year=m.group(1))) for m in _YEAR.finditer(spared)]
    for word, ahead in _RELATIVE.items():
        for match in re.finditer(word, text):
            if not _OF_AN_ACT.match(text[match.end() :]):
                found.append((match.start(), as_of.year + ahead, word))
    return {year: word for _, year, word in sorted(found)}


def _without_figure(text: str, as_of: date, targets: Iterable[Target], document: Document) -> tuple[str, ...]:
    """The years asked about for which no row has a figure, as the question says them."""
    record = document.record
    last = record.effective_to.date.year if record.effective_to else None
    given = {t.by.year if t.by else last for t in targets if t.per is None}
    return tuple(words for year, words in years_asked(text, as_of).items() if year not in given)


def year_lines(words: Words, entries: Sequence[Entry], text: str) -> list[str]:
    """That a document gives no figure for the year or the span that is asked about, and for which it does."""
    lines: list[str] = []
    for document_id in dict.fromkeys(e.document_id for e in entries):
        document = words.library.documents[document_id]
        own = [e for e in entries if e.document_id == document_id and e.support is None]
        rows = [row for e in own for row in targets_of(words.library, e)]
        if rows:
            lines += _of_document(words, document, rows, text)
    return lines


def _of_document(words: Words, document: Document, rows: Sequence[Target], text: str) -> list[str]:
    row = rows[0]
    each_year = pattern("each_year").search(text) is not None
    by_year = any(r.per is not None for r in rows)
    missing = _without_figure(text, words.as_of, rows, document)
    if missing and not (by_year and each_year):
        return [wording("target.no_year", asked="、".join(missing), given=given_span(words, document, row))]
    if row.per is not None and pattern("in_all").search(text):
        return [wording("target.no_total")]
    if not by_year and each_year:
        return [wording("target.no_single_year", given=given_span(words, document, row))]
    return []


def given_span(words: Words, document: Document, row: Target) -> str:
    """For when a figure is meant, in a few words with the mark of what says so."""
    if row.per is not None:
        return wording("target.each_year")
    if row.by is not None:
        mark = words.citations.cite(document, row.by.provision, row.by.quote)
        return wording("target.until", year=row.by.year, mark=mark)
    record = document.record
    if record.effective_to is not None and read_figures(record.effective_to.quote):
        path = next((p for p in document.provisions if document.locate(record.effective_to.quote, p)), "")
        mark = words.citations.cite(document, path, record.effective_to.quote)
        return wording("target.of_the_term", year=record.effective_to.date.year, mark=mark)
    return wording("target.undated")


def measure_name(measure: str) -> str:
    return texts("measures")[measure]
