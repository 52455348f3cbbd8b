"""Policy documents and their provisions, and what a document is worth on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Lifecycle(StrEnum):
    """What a document is on a given day in Asia/Shanghai."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPEALED = "repealed"


class Dated(BaseModel):
    """A date and the words of the document that it rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    quote: str


class Repeal(BaseModel):
    """The day from which a document no longer holds, and where that is published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    source: str


class Notice(BaseModel):
    """What is publicly known about a document but not in it; told as a notice, never cited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    source: str
    date: date
    topics: tuple[str, ...] = ()


class DocumentRecord(BaseModel):
    """The contents of `document.yaml`. A field that the text does not give is left out.

    What is not `official`, published by no authority, holds facts alone and is told where no official text answers.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    short_title: str
    jurisdiction: str
    issuer: str | None = None
    number: str | None = None
    issued: Dated | None = None
    draft: bool = False
    official: bool = True
    effective_from: Dated | None = None
    effective_to: Dated | None = None
    repealed: Repeal | None = None
    repeals: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    facts_only: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered piece of a document; `start` and `end` are character offsets in its clean text."""

    path: str
    label: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document: its record, its clean text and the provisions that tile that text."""

    record: DocumentRecord
    text: str
    provisions: Mapping[str, Provision]

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def city(self) -> str:
        return self.record.jurisdiction

    def lifecycle(self, on: date) -> Lifecycle:
        """The lifecycle on a day in Asia/Shanghai; first and last days count as in force."""
        record = self.record
        if record.repealed and on >= record.repealed.date:
            return Lifecycle.REPEALED
        if record.draft:
            return Lifecycle.DRAFT
        if record.effective_to and on > record.effective_to.date:
            return Lifecycle.EXPIRED
        if record.effective_from and on < record.effective_from.date:
            return Lifecycle.NOT_YET
        return Lifecycle.IN_FORCE

    def words(self, path: str) -> str:
        """The text of one provision, without its sub-provisions."""
        provision = self.provisions[path]
        return self.text[provision.start : provision.end]

    def locate(self, quote: str, path: str) -> tuple[int, int] | None:
        """Where a quote stands verbatim within a provision, as offsets in the document's text."""
        provision = self.provisions.get(path)
        if provision is None or not quote:
            return None
        start = self.text.find(quote, provision.start, provision.end)
        return (start, start + len(quote)) if start >= 0 else None
