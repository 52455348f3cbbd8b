"""A visitor who talks to the assistant as a manager would, and checks every reply against its sources."""

import asyncio
import re
from collections.abc import Mapping
from datetime import date
from math import prod

from chains.assistant import Assistant, Turn
from chains.citation import MARK, markers
from chains.conversation import Conversation
from chains.language.facts import read_facts
from chains.language.normalise import normalise
from chains.reply import FindingView, Reply
from knowledge.library import Library

TODAY = date(2026, 11, 20)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNTED = re.compile(r"(?:共|另有|其余|还有)\s*\d+\s*[项条个]")
_WORKED_OUT = re.compile(r"(?P<terms>[\d元×+个月]+)=(?P<total>\d+)元")


class Visitor:
    """One conversation. `say` sends a message or taps and returns the reply, once it has been checked."""

    def __init__(self, assistant: Assistant, as_of: date = TODAY) -> None:
        self._assistant = assistant
        self.conversation: Conversation = assistant.begin(as_of)
        self.said: list[str] = []
        self.turn: Turn | None = None

    def say(self, text: str = "", *choices: str) -> Reply:
        self.said.append(text)
        self.turn = asyncio.run(self._assistant.answer(self.conversation, text, choices))
        self.conversation = self.turn.conversation
        check(self.turn.reply, self._assistant.library, self.said)
        return self.turn.reply

    def says(self, *texts: str) -> Reply:
        """Several messages; the last reply."""
        return [self.say(text) for text in texts][-1]


def check(reply: Reply, library: Library, said: list[str]) -> None:
    """Quotes verbatim, marks and citations one to one, each figure shown, the question answerable, markers known."""
    for citation in reply.citations:
        document = library.documents[citation.document_id]
        assert document.text[citation.start : citation.end] == citation.quote
        assert document.locate(citation.quote, citation.provision) is not None
    known = {c.marker: c for c in reply.citations}
    assert set(markers(reply.text)) == set(known), reply.text
    assert list(known) == list(range(1, len(known) + 1))
    published = _published(library)
    own = set(_numbers(normalise("\n".join(said))))
    for line in reply.text.split("\n"):
        quoted = {n for mark in markers(line) for n in _numbers(known[mark].quote)}
        bare = _WORKED_OUT.sub(_left_of_sum, _COUNTED.sub("", MARK.sub("", line)))
        assert set(_numbers(bare)) <= quoted | own | published, line
    if reply.question is not None:
        ids = [o.id for o in reply.question.options]
        assert ids
        assert len(set(ids)) == len(ids)
        assert all(o.label for o in reply.question.options)
    for finding in reply.findings:
        assert set(finding.markers) <= set(known)
        assert {r.marker for r in finding.reasons} - {None} <= set(known)
    assert reply.text.strip()
    assert not re.search(r"[{}]|\bNone\b|\[\d*$", reply.text)


def _numbers(text: str) -> list[str]:
    return [n.lstrip("0") or "0" for n in _NUMBER.findall(text.replace(",", ""))]


def _left_of_sum(match: re.Match[str]) -> str:
    """The sums of the text that a sum rests on, where it is worked out rightly; all of it where it is not."""
    terms = [[int(n) for n in _NUMBER.findall(term)] for term in match["terms"].split("+")]
    is_right = sum(prod(term) for term in terms) == int(match["total"])
    return " ".join(str(term[0]) for term in terms) if is_right else match.group()


def _published(library: Library) -> set[str]:
    texts = []
    for document in library.documents.values():
        record = document.record
        dates = [d.date for d in (record.issued, record.effective_from, record.effective_to) if d]
        dates += [n.date for n in record.notices]
        texts += [record.title, record.short_title, record.number or "", *(n.text for n in record.notices)]
        texts += [f"{d.year} {d.month} {d.day}" for d in dates]
    return set(_numbers("\n".join(texts)))


def statuses(reply: Reply) -> Mapping[str, str]:
    return {f.support_id: f.status for f in reply.findings}


def finding(reply: Reply, support: str) -> FindingView:
    return next(f for f in reply.findings if f.support_id == support)


def provisions(reply: Reply) -> set[tuple[str, str]]:
    return {(c.document_id, c.provision) for c in reply.citations}


def profile(reply: Reply) -> dict[str, object]:
    return {slot: entry.value for slot, entry in reply.profile.items()}


def first(text: str) -> str:
    """The first line that is no notice on the document."""
    return next(line for line in text.split("\n") if not line.startswith(("先说清楚", "（", "记下了")))


def noted(text: str) -> dict[str, object]:
    """What a message by itself states of the firm, by slot."""
    return {slot: fact.value for slot, fact in read_facts(normalise(text)).facts.items()}
