"""What stands beside an answer for those who check it: read off what was kept with it, nothing is worked out anew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.store.conversations import StoredMessage
from chains.prompting import slot_wordings
from chains.reply import Citation, Reply
from knowledge.library import Library

_LONGEST_BY_CHARACTER = 3000


class _Noted(BaseModel):
    """What a turn notes of itself; another version may note more or less."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class HeardFact(_Noted):
    value: Any = None
    words: str = ""


class NotedPassage(_Noted):
    key: str
    title: str = ""
    score: float | None = None
    used: bool = False


class ModelCall(_Noted):
    purpose: str = ""
    prompt: str = ""
    version: str | int = ""
    model: str = ""
    seconds: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    said: str = ""
    reply: str = ""
    error: str | None = ""


class Trace(_Noted):
    heard: str = ""
    facts: Mapping[str, HeardFact] = {}
    intents: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    dropped: tuple[tuple[str, ...], ...] = ()
    disagreements: tuple[str, ...] = ()
    passages: tuple[NotedPassage, ...] = ()
    model: tuple[ModelCall, ...] = ()
    steps: Mapping[str, float] = {}
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; `kind` tells what is to be seen of it."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A citation with its provision as it stands in the corpus now; the quote is marked, or is there no longer."""

    citation: Citation
    provision: tuple[Span, ...]

    @property
    def is_there(self) -> bool:
        return any(span.kind == "quote" for span in self.provision)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of how an answer came about."""

    reply: Reply
    trace: Trace
    citations: tuple[Shown, ...]

    def fact_of(self, slot: str | None) -> str:
        """What was known of a slot when the answer was given, in words."""
        known = self.reply.profile.get(slot or "")
        return known.label if known else ""

    def value_of(self, slot: str, value: object) -> str:
        """A value as people say it."""
        wording = slot_wordings().get(slot)
        values = value if isinstance(value, list) else [value]
        return "、".join(wording.facts.get(str(one), str(one)) if wording else str(one) for one in values)

    def name_of(self, slot: str | None) -> str:
        wording = slot_wordings().get(slot or "")
        return wording.name if wording else slot or ""


def evidence_of(answer: StoredMessage, library: Library) -> Evidence:
    reply = reply_of(answer)
    return Evidence(reply, _trace(answer.trace), tuple(_shown(citation, library) for citation in reply.citations))


def reply_of(message: StoredMessage) -> Reply:
    """The reply of a stored answer; its text alone if another version wrote the rest."""
    fields = json.loads(message.reply or "{}")
    try:
        return Reply.model_validate({name: value for name, value in fields.items() if name in Reply.model_fields})
    except ValidationError:
        return Reply(text=message.text)


def difference(before: str, after: str) -> tuple[Span, ...]:
    """What was changed in a text: runs that stayed, went (`gone`) or came (`new`)."""
    is_short = max(len(before), len(after)) <= _LONGEST_BY_CHARACTER
    old: Sequence[str] = before if is_short else before.splitlines(keepends=True)
    new: Sequence[str] = after if is_short else after.splitlines(keepends=True)
    spans = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            spans.append(Span("".join(old[a:b])))
            continue
        spans += [Span("".join(part), name) for part, name in ((old[a:b], "gone"), (new[c:d], "new")) if part]
    return tuple(spans)


def _trace(kept: str | None) -> Trace:
    try:
        return Trace.model_validate_json(kept or "{}")
    except ValidationError:
        return Trace()


def _shown(citation: Citation, library: Library) -> Shown:
    document = library.documents.get(citation.document_id)
    provision = document.provisions.get(citation.provision) if document else None
    if document is None or provision is None:
        return Shown(citation, ())
    text, start = document.text[provision.start : provision.end], provision.start
    begin, end = citation.start - start, citation.end - start
    if not 0 <= begin < end <= len(text) or text[begin:end] != citation.quote:
        return Shown(citation, (Span(text),))
    pieces = ((text[:begin], ""), (citation.quote, "quote"), (text[end:], ""))
    return Shown(citation, tuple(Span(piece, kind) for piece, kind in pieces if piece))
