"""Whether a message is like what is asked of others (社保, 年报, 快递) and unlike whatever the documents are asked for.

Naive Bayes over characters and their pairs: the questions of `prompts/outside.yaml` by kind, and those of
`prompts/unheld.yaml` (supports that no document of the corpus has: 稳岗返还), against the known questions of the
corpus, the words of its provisions and what is said in any talk. Learnt when first asked, in a fraction of a second.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

from chains.prompting import every_text, read_data
from knowledge.tokenizer import terms

_UNSEEN = 0.5
# So many texts say beforehand that a term is as frequent in one set as in both together: a word that stands once in the
# larger set is not therefore foreign to the smaller.
_BEFOREHAND = 300.0


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many of some texts each term stands."""

    texts: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], split: Callable[[str], Iterable[str]] = terms) -> "Counted":
        number, counts = 0, Counter[str]()
        for text in texts:
            number += 1
            counts.update(set(split(text)))
        return cls(number, counts)

    @classmethod
    def together(cls, counted: Iterable["Counted"]) -> "Counted":
        """The texts of several sets as one."""
        number, counts = 0, Counter[str]()
        for each in counted:
            number += each.texts
            counts.update(each.counts)
        return cls(number, counts)

    def chance(self, term: str) -> float:
        return (self.counts.get(term, 0) + _UNSEEN) / (self.texts + 2 * _UNSEEN)

    def expected(self, term: str, of_all: "Counted") -> float:
        """The same where what is seen in all texts is expected of these, until they show otherwise."""
        beforehand = _BEFOREHAND * of_all.counts[term] / of_all.texts
        return (self.counts.get(term, 0) + beforehand) / (self.texts + _BEFOREHAND)


class Outside:
    """Tells messages that are none of the assistant's business, by kind. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the texts that the corpus holds or is asked for in; what is said in any talk is no one else's."""
        said: Mapping[str, Any] = read_data("remarks")
        in_talk = (said["beside"], *(row["says"] for row in said["remarks"].values()))
        self._known = Counted.of((*known, *every_text(in_talk)))
        asked: Mapping[str, Mapping[str, Sequence[str]]] = read_data("outside")
        self._kinds = {kind: Counted.of(text for texts in by.values() for text in texts) for kind, by in asked.items()}
        self._outside = Counted.together(self._kinds.values())
        supports: Mapping[str, Sequence[str]] = read_data("unheld")
        self._unheld = Counted.of(text for texts in supports.values() for text in texts)
        self._with_known = tuple(Counted.together((others, self._known)) for others in (self._outside, self._unheld))

    def kind(self, text: str) -> tuple[str, float]:
        """The kind of what a normalised message is most like, a name of `outside` in the replies, and by how much."""
        found = set(terms(text))
        likeness = self._likeness(found, self._outside)
        kind = max(self._kinds, key=lambda kind: sum(likeness[t] * self._share(t, kind) for t in likeness))
        return kind, sum(likeness.values()) / sqrt(len(found) or 1)

    def unheld(self, text: str) -> float:
        """By how much a normalised message is like what is asked of supports that no document has."""
        found = set(terms(text))
        return sum(self._likeness(found, self._unheld).values()) / sqrt(len(found) or 1)

    def _likeness(self, found: Iterable[str], others: Counted) -> Mapping[str, float]:
        """How much likelier each term is in what is asked of others; terms that are known in neither tell nothing."""
        told = (term for term in found if term in others.counts or term in self._known.counts)
        both = self._with_known[others is self._unheld]
        return {term: log(others.expected(term, both)) - log(self._known.expected(term, both)) for term in told}

    def _share(self, term: str, kind: str) -> float:
        """Of the questions with a term, the share that are of a kind."""
        return self._kinds[kind].counts.get(term, 0) / max(1, self._outside.counts.get(term, 0))
