"""Whether a message is like what is asked of others (社保, 年报, 快递) and unlike whatever the documents are asked for.

Naive Bayes over characters and their pairs: the questions of `prompts/outside.yaml` by kind, against the known
questions of the corpus and the words of its provisions. Learnt when first asked, in a fraction of a second.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from chains.prompting import read_data
from knowledge.tokenizer import terms

_UNSEEN = 0.5
# Measured on the suites' opening messages: of 267 that are none of the assistant's business 161 lie above this, of
# 2,567 that the documents answer 8, all of which name a place or what an entry is called.
_LIKE = 1.75


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many of some texts each term stands."""

    texts: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], split: Callable[[str], Iterable[str]] = terms) -> "Counted":
        counted = [set(split(text)) for text in texts]
        return cls(len(counted), Counter(term for text in counted for term in text))

    def chance(self, term: str) -> float:
        return (self.counts.get(term, 0) + _UNSEEN) / (self.texts + 2 * _UNSEEN)

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.texts + other.texts, Counter(self.counts) + Counter(other.counts))


class Outside:
    """Tells messages that are none of the assistant's business, by kind. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the texts that the corpus holds or is asked for in."""
        self._known = Counted.of(known)
        asked: Mapping[str, Mapping[str, Sequence[str]]] = read_data("outside")
        self._kinds = {kind: Counted.of(text for texts in by.values() for text in texts) for kind, by in asked.items()}
        self._outside = sum(self._kinds.values(), Counted(0, {}))

    def kind(self, text: str) -> str | None:
        """The kind of what a normalised message asks, a name of `outside` in the replies; None where it may be ours."""
        found = set(terms(text))
        likeness = {term: self._likeness(term) for term in found if self._holds(term)}
        if sum(likeness.values()) / sqrt(len(found) or 1) <= _LIKE:
            return None
        return max(self._kinds, key=lambda kind: sum(likeness[t] * self._share(t, kind) for t in likeness))

    def _holds(self, term: str) -> bool:
        return term in self._outside.counts or term in self._known.counts

    def _likeness(self, term: str) -> float:
        return log(self._outside.chance(term)) - log(self._known.chance(term))

    def _share(self, term: str, kind: str) -> float:
        """Of the questions with a term, the share that are of a kind."""
        return self._kinds[kind].counts.get(term, 0) / max(1, self._outside.counts.get(term, 0))
