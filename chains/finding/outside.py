"""Whether a message is like what is asked of others (社保, 年报, 快递) and unlike whatever the documents are asked for.

A logistic regression over characters, their pairs and how a message begins and ends tells the questions of
`prompts/outside.yaml`, and those of `prompts/unheld.yaml` (supports that no document of the corpus has: 稳岗返还), from
the known questions of the corpus, what people ask of it in words of their own (`prompts/inside.yaml`), the words of its
provisions and what is said or asked on in any talk. Naive Bayes tells of which kind they are, and by how much a support
that no document has is meant. Learnt when first asked, in about a second.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Any

from chains.finding.counted import Counted, features
from chains.finding.logistic import Logistic
from chains.finding.naming import without_places
from chains.language.normalise import plain
from chains.prompting import every_text, read_data
from knowledge.tokenizer import terms

_UNHELD = "unheld"


class Outside:
    """Tells messages that are none of the assistant's business, by kind. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the texts that the corpus holds or is asked for in; what is said in any talk is no one else's."""
        said: Mapping[str, Any] = read_data("remarks")
        in_talk = [*every_text((said["beside"], *(row["says"] for row in said["remarks"].values())))]
        known = [*known, *in_talk]
        asked: Mapping[str, Mapping[str, Sequence[str]]] = read_data("outside")
        supports: Mapping[str, Sequence[str]] = read_data("unheld")
        asked_on = every_text([row["says"] for row in read_data("asked_on").values()])
        others, ours = every_text((asked, supports)), (*known, *asked_on, *every_text(read_data("inside")))
        self._others = Logistic.learnt(map(_bare, others), map(_bare, ours), features)
        self._known = Counted.of(known)
        kinds = {**asked, _UNHELD: supports}
        self._kinds = {kind: Counted.of(text for texts in by.values() for text in texts) for kind, by in kinds.items()}
        self._all = Counted.together(self._kinds.values())
        self._with_known = Counted.together((self._all, self._known))
        self._unheld_or_known = Counted.together((self._kinds[_UNHELD], self._known))

    def likeness(self, text: str) -> float:
        """The log of the odds that a normalised message without places is asked of others."""
        return self._others.score(text)

    def kind(self, text: str) -> str | None:
        """The kind of what a normalised message is most like, a name of `outside` in the replies; None for a support.

        That is one which no document has.
        """
        likeness = self._likeness(text, self._all, self._with_known)
        told = [term for term in likeness if term in self._all.counts]
        found = {
            kind: sum(likeness[term] * asked.counts.get(term, 0) / self._all.counts[term] for term in told)
            for kind, asked in self._kinds.items()
        }
        likeliest = max(found, key=found.__getitem__)
        return None if likeliest == _UNHELD else likeliest

    def unheld(self, text: str) -> float:
        """By how much a normalised message is like what is asked of supports that no document has."""
        likeness = self._likeness(text, self._kinds[_UNHELD], self._unheld_or_known)
        return sum(likeness.values()) / sqrt(len(set(terms(text))) or 1)

    def _likeness(self, text: str, others: Counted, both: Counted) -> Mapping[str, float]:
        """How much likelier each term is in what is asked of others; terms that are known in neither tell nothing."""
        told = (term for term in set(terms(text)) if term in both.counts)
        return {term: log(others.expected(term, both)) - log(self._known.expected(term, both)) for term in told}


def _bare(text: str) -> str:
    return without_places(plain(text))
