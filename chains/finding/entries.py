"""What questions lead to: the supports and the facts of a library, and the texts that they are searched by."""

from collections.abc import Iterator
from dataclasses import dataclass

from chains.language.normalise import plain
from knowledge.library import Library
from knowledge.support import KnownQuestions, Support


@dataclass(frozen=True, slots=True)
class Entry:
    """A support, or a fact of a provision, as something that questions lead to."""

    key: str
    city: str
    document_id: str
    provision: str
    title: str
    quote: str
    support: Support | None
    questions: tuple[str, ...]
    official: bool = True


def entry_texts(library: Library) -> list[str]:
    """The texts that all entries are indexed by, in the order of the entries."""
    return [entry_text(entry, library) for entry in entries_of(library)]


def entry_text(entry: Entry, library: Library) -> str:
    """What an entry is indexed by: its names, its words in the document, and the questions it answers."""
    return "\n".join((own_text(entry, library), *(plain(question) for question in entry.questions)))


def own_text(entry: Entry, library: Library) -> str:
    """An entry's names and its words in the document."""
    heading = library.documents[entry.document_id].provisions[entry.provision].heading
    parts = [entry.title, entry.quote, heading]
    if entry.support is not None:
        parts += [*entry.support.aliases, entry.support.benefit.text, *(c.text for c in entry.support.when)]
    return plain("\n".join(parts))


def entries_of(library: Library) -> Iterator[Entry]:
    """The entries of a library, those of official documents first."""
    for document in sorted(library.documents.values(), key=lambda d: not d.record.official):
        known: dict[str, list[str]] = {}
        facts: list[KnownQuestions] = []
        for row in library.questions[document.id]:
            if row.support is not None:
                known.setdefault(row.support, []).extend(row.questions)
            else:
                facts.append(row)
        for support in library.supports.values():
            if library.document_of[support.id] == document.id:
                yield Entry(
                    support.id, document.city, document.id, support.provision, support.title,
                    support.benefit.quote, support, tuple(known.get(support.id, ())),
                )  # fmt: skip
        for number, fact in enumerate(facts):
            yield Entry(
                f"{document.id}#{number}", document.city, document.id, fact.provision or "", fact.topic or "",
                fact.quote or "", None, fact.questions, document.record.official,
            )  # fmt: skip
