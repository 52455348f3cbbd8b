"""All documents, supports and known questions, loaded together or not at all.

A corpus is a folder of folders: adding a policy never touches code. What is wrong is named as
`file:line: row: problem`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.document import Document, DocumentRecord
from knowledge.figures import amounts, figure_values, read_figures
from knowledge.flags import find_flags
from knowledge.layout import lay_out
from knowledge.origin import Origin
from knowledge.regions import cities, served_cities
from knowledge.support import Condition, KnownQuestions, Support
from knowledge.target import Target
from knowledge.written import Row, line_of, open_points, parse_yaml, problems_of

Model = TypeVar("Model", bound=BaseModel)

SOURCE, RECORD, SUPPORTS, QUESTIONS = "source.txt", "document.yaml", "supports.yaml", "questions.yaml"
TARGETS, ORIGIN = "targets.yaml", "intake.yaml"


class InvalidCorpus(ValueError):
    """The corpus was refused; `problems` are lines `file:line: row: what is wrong`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Library:
    """What the corpus holds. Documents and supports keep the order of the folders and files."""

    documents: Mapping[str, Document]
    supports: Mapping[str, Support]
    document_of: Mapping[str, str]
    questions: Mapping[str, tuple[KnownQuestions, ...]]
    targets: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)

    def document(self, support_id: str) -> Document:
        return self.documents[self.document_of[support_id]]

    @cached_property
    def version(self) -> str:
        """A hash of all that is known: it changes when any text, row or question does."""
        digest = sha256()
        for document in self.documents.values():
            digest.update(document.text.encode() + document.record.model_dump_json().encode())
        for support in self.supports.values():
            digest.update(support.model_dump_json().encode())
        for entries in self.questions.values():
            for entry in entries:
                digest.update(entry.model_dump_json().encode())
        for rows in self.targets.values():
            for row in rows:
                digest.update(row.model_dump_json().encode())
        return digest.hexdigest()[:12]

    @cached_property
    def rules_version(self) -> str:
        """A hash of the rules table: it changes when any of its rows does."""
        digest = sha256()
        for support in self.supports.values():
            digest.update(support.model_dump_json().encode())
        return digest.hexdigest()[:12]

    @cached_property
    def published(self) -> frozenset[tuple[str, Decimal]]:
        """Dates and document numbers that the list of documents publishes."""
        found: set[tuple[str, Decimal]] = set()
        for document in self.documents.values():
            record = document.record
            dates = [d.date for d in (record.issued, record.effective_from, record.effective_to) if d]
            dates += [n.date for n in record.notices]
            for day in dates:
                found |= {("date", Decimal(day.strftime("%Y%m%d"))), ("number", Decimal(day.year))}
            texts = (record.title, record.short_title, record.number or "", *(n.text for n in record.notices))
            found |= figure_values("\n".join(texts))
        return frozenset(found)


def load_library(corpus: Path) -> Library:
    """Read and check a corpus folder. Raises InvalidCorpus with every problem found."""
    problems: list[str] = []
    documents: dict[str, Document] = {}
    supports: dict[str, Support] = {}
    document_of: dict[str, str] = {}
    questions: dict[str, tuple[KnownQuestions, ...]] = {}
    targets: dict[str, tuple[Target, ...]] = {}
    if not corpus.is_dir():
        raise InvalidCorpus([f"{corpus}: no such folder"])
    for folder in sorted(p for p in corpus.iterdir() if p.is_dir() and not p.name.startswith(".")):
        reader = _FolderReader(folder)
        document = reader.read_document()
        if document is not None:
            documents[document.id] = document
            for support in reader.read_supports(document, taken=supports):
                supports[support.id] = support
                document_of[support.id] = document.id
            questions[document.id] = tuple(reader.read_questions(document))
            targets[document.id] = tuple(reader.read_targets(document))
            reader.check_standing(document, targets[document.id])
            reader.check_flags()
            reader.check_nothing_is_overlooked(document)
        else:
            reader.report_what_is_open()
        problems += reader.problems
    if problems:
        raise InvalidCorpus(problems)
    return Library(documents, supports, document_of, questions, targets)


class _FolderReader:
    """Reads one document's folder and collects what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._supports: list[Support] = []
        self._facts: set[str] = set()
        self._undecided: set[str] = set()

    def _report(self, file: str, line: int, row: str, problem: str) -> None:
        self.problems.append(f"{self.folder.name}/{file}:{line}: {row}: {problem}")

    def read_document(self) -> Document | None:
        source = self.folder / SOURCE
        if not source.is_file():
            self._report(SOURCE, 1, self.folder.name, "the file is missing")
            return None
        record = self._read_record()
        if record is None:
            return None
        try:
            layout = lay_out(source.read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            self._report(SOURCE, 1, record.id, str(error))
            return None
        if not layout.text:
            self._report(SOURCE, 1, record.id, "the text is empty")
        document = Document(record, layout.text, {p.path: p for p in layout.provisions})
        if len(document.provisions) != len(layout.provisions):
            seen = [p.path for p in layout.provisions]
            doubled = sorted({p for p in seen if seen.count(p) > 1})
            self._report(SOURCE, 1, record.id, f"provisions are numbered twice: {', '.join(doubled)}")
        for name in ("issued", "effective_from", "effective_to"):
            dated = getattr(record, name)
            if dated is not None and dated.quote not in document.text:
                self._report(RECORD, 1, name, f"quote not in the document: “{dated.quote}”")
            printed = {f.value for f in read_figures(dated.quote) if f.kind == "date"} if dated is not None else set()
            if dated is not None and printed and Decimal(dated.date.strftime("%Y%m%d")) not in printed:
                self._report(RECORD, 1, name, f"{dated.date} is not the date of its quote: “{dated.quote}”")
        if record.jurisdiction not in served_cities():
            problem = f"no city {record.jurisdiction}; cities are {', '.join(served_cities())}"
            self._report(RECORD, 1, "jurisdiction", problem)
        for path in record.facts_only:
            if path not in document.provisions:
                self._report(RECORD, 1, "facts_only", f"no provision {path}")
        return document

    def _read_record(self) -> DocumentRecord | None:
        path = self.folder / RECORD
        try:
            values, node = parse_yaml(path.read_text(encoding="utf-8"))
            if self._reportopen_points(RECORD, node, self.folder.name):
                return None
            record = DocumentRecord.model_validate(values)
        except FileNotFoundError:
            self._report(RECORD, 1, self.folder.name, "the file is missing")
        except yaml.MarkedYAMLError as error:
            self._report(RECORD, line_of(error), self.folder.name, str(error.problem))
        except ValidationError as error:
            for problem in problems_of(error):
                self._report(RECORD, 1, self.folder.name, problem)
        except ValueError as error:  # another encoding, a date that does not exist
            self._report(RECORD, 1, self.folder.name, str(error))
        else:
            if record.id != self.folder.name:
                self._report(RECORD, 1, record.id, f"the folder is named {self.folder.name}")
            return record
        return None

    def _rows(self, file: str) -> Iterator[Row]:
        path = self.folder / file
        try:
            values, node = parse_yaml(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._report(file, 1, self.folder.name, "the file is missing")
            return
        except yaml.MarkedYAMLError as error:
            self._report(file, line_of(error), self.folder.name, str(error.problem))
            return
        except ValueError as error:
            self._report(file, 1, self.folder.name, str(error))
            return
        if values is None:
            return
        if not isinstance(values, list) or not isinstance(node, yaml.SequenceNode):
            self._report(file, 1, self.folder.name, "the file is a list of rows")
            return
        for value, item in zip(values, node.value, strict=True):
            line = item.start_mark.line + 1
            if not isinstance(value, dict):
                self._report(file, line, self.folder.name, "a row is a mapping")
                continue
            if self._reportopen_points(file, item, str(value.get("id", self.folder.name))):
                self._undecided.add(str(value.get("provision")))
            else:
                yield Row(value, line, {str(k.value): k.start_mark.line + 1 for k, _ in item.value})

    def _reportopen_points(self, file: str, node: yaml.Node | None, row: str) -> bool:
        """Whether something is still to be decided; each is named, and the row is not read any further."""
        todos = list(open_points(node, set()))
        for key, line, left in todos:
            self._report(file, line, row, f"{key} is still to be decided: {left}")
        return bool(todos)

    def _parse(self, file: str, row: Row, name: str, model: type[Model]) -> Model | None:
        try:
            return model.model_validate(row.values)
        except ValidationError as error:
            for problem in problems_of(error):
                key = problem.split(".")[0].split(":")[0]
                self._report(file, row.lines.get(key, row.line), name, problem)
        return None

    def read_supports(self, document: Document, taken: Mapping[str, Support]) -> list[Support]:
        for row in self._rows(SUPPORTS):
            name = str(row.values.get("id", "row without id"))
            support = self._parse(SUPPORTS, row, name, Support)
            if support is None:
                continue
            if support.id in taken or support.id in {s.id for s in self._supports}:
                self._report(SUPPORTS, row.line, name, "this id is already used")
                continue
            for key, problem in _supportproblems_of(support, document):
                self._report(SUPPORTS, row.lines.get(key, row.line), name, problem)
            self._supports.append(support)
        return self._supports

    def read_questions(self, document: Document) -> Iterator[KnownQuestions]:
        known = {s.id for s in self._supports}
        for row in self._rows(QUESTIONS):
            name = str(row.values.get("support") or row.values.get("topic") or "row without support or topic")
            entry = self._parse(QUESTIONS, row, name, KnownQuestions)
            if entry is None:
                continue
            if entry.support is not None and entry.support not in known:
                self._report(QUESTIONS, row.line, name, "no such support in this document")
            if entry.provision is not None and entry.quote is not None:
                self._facts.add(entry.provision)
                if document.locate(entry.quote, entry.provision) is None:
                    problem = _not_there(document, entry.provision, entry.quote)
                    self._report(QUESTIONS, row.lines.get("quote", row.line), name, problem)
            yield entry

    def read_targets(self, document: Document) -> Iterator[Target]:
        """The rows of `targets.yaml`; a document that aims at nothing has no such file."""
        if not (self.folder / TARGETS).is_file():
            return
        for row in self._rows(TARGETS):
            name = str(row.values.get("measure", "row without measure"))
            target = self._parse(TARGETS, row, name, Target)
            if target is None:
                continue
            for key, problem in _targetproblems_of(target, document):
                self._report(TARGETS, row.lines.get(key, row.line), name, problem)
            yield target

    def check_standing(self, document: Document, targets: Iterable[Target]) -> None:
        """What no authority has published promises nothing: it has no supports and sets no targets."""
        if document.record.official:
            return
        problem = "the document is not official: it holds facts alone; take the row out, or set official: true"
        for support in self._supports:
            self._report(SUPPORTS, 1, support.id, problem)
        for target in targets:
            self._report(TARGETS, 1, target.measure, problem)

    def report_what_is_open(self) -> None:
        """A draft whose record is not finished is told at once what else is not."""
        for file in (SUPPORTS, QUESTIONS, TARGETS):
            if (self.folder / file).is_file():
                for _ in self._rows(file):
                    pass
        if (self.folder / SOURCE).is_file():
            self.check_flags()

    def check_flags(self) -> None:
        """What may be an order to a machine needs a person's yes in `intake.yaml`, as does all that is listed there."""
        accepted: set[tuple[str, str]] = set()
        path = self.folder / ORIGIN
        if path.is_file():
            try:
                values, node = parse_yaml(path.read_text(encoding="utf-8"))
                if self._reportopen_points(ORIGIN, node, self.folder.name):
                    return
                accepted = {(flag.kind.value, flag.words) for flag in Origin.model_validate(values).flags}
            except yaml.MarkedYAMLError as error:
                self._report(ORIGIN, line_of(error), self.folder.name, str(error.problem))
            except ValidationError as error:
                for problem in problems_of(error):
                    self._report(ORIGIN, 1, self.folder.name, problem)
            except ValueError as error:
                self._report(ORIGIN, 1, self.folder.name, str(error))
        try:
            text = (self.folder / SOURCE).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return  # named when the document is read
        for flag in find_flags(text):
            if (flag.kind.value, flag.words) not in accepted:
                problem = f"flagged as {flag.kind.value}: “{flag.words}”; take it out, or accept it in {ORIGIN}"
                self._report(SOURCE, 1, self.folder.name, problem)

    def check_nothing_is_overlooked(self, document: Document) -> None:
        covered = {s.provision for s in self._supports} | set(document.record.facts_only) | self._undecided
        for path, provision in document.provisions.items():
            bare = document.words(path).strip().removeprefix(provision.label).strip(" 。\n") == provision.heading
            if path not in covered and not bare:
                self._report(SUPPORTS, 1, path, "provision with neither a support nor a mark in facts_only")


def _supportproblems_of(support: Support, document: Document) -> Iterator[tuple[str, str]]:
    if support.provision not in document.provisions:
        yield "provision", f"no provision {support.provision}"
        return
    words = document.words(support.provision)
    benefit = support.benefit
    if document.locate(benefit.quote, support.provision) is None:
        yield "benefit", _not_there(document, support.provision, benefit.quote)
    if benefit.amount_cny is not None and benefit.amount_cny not in amounts(benefit.quote):
        yield "benefit", f"amount_cny {benefit.amount_cny} does not stand in its quote: “{benefit.quote}”"
    quoted = {(f.kind, f.value) for f in read_figures(benefit.quote)}
    for figure in read_figures(benefit.text):
        if (figure.kind, figure.value) not in quoted:
            yield "benefit", f"“{figure.words}” does not stand in the quote: “{benefit.quote}”"
    for condition in support.when:
        yield from _conditionproblems_of(condition, support, document)
    for department in support.departments:
        if department not in words:
            yield "departments", f"{department} is not named in provision {support.provision}"


def _conditionproblems_of(condition: Condition, support: Support, document: Document) -> Iterator[tuple[str, str]]:
    path = condition.provision or support.provision
    if document.locate(condition.quote, path) is None:
        yield "when", _not_there(document, path, condition.quote)
    if condition.within and condition.within not in {city.urban for city in cities()}:
        yield "when", f"no region {condition.within}"


def _targetproblems_of(target: Target, document: Document) -> Iterator[tuple[str, str]]:
    if document.locate(target.quote, target.provision) is None:
        yield "quote", _not_there(document, target.provision, target.quote)
    if target.value is None:
        yield "quote", f"not one figure to compare: “{target.quote}”"
    if target.basis is not None and document.locate(target.basis, target.provision) is None:
        yield "basis", _not_there(document, target.provision, target.basis)
    if target.by is None:
        return
    if document.locate(target.by.quote, target.by.provision) is None:
        yield "by", _not_there(document, target.by.provision, target.by.quote)
    if Decimal(target.by.year) not in {f.value for f in read_figures(target.by.quote)}:
        yield "by", f"{target.by.year} is not the year of its quote: “{target.by.quote}”"


def _not_there(document: Document, path: str, quote: str) -> str:
    if path not in document.provisions:
        return f"no provision {path}"
    elsewhere = [p for p in document.provisions if document.locate(quote, p)]
    hint = f" (it stands in {', '.join(elsewhere)})" if elsewhere else ""
    return f"quote not in provision {path}: “{quote}”{hint}"
