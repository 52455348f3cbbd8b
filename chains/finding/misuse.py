"""Whether a message asks for help with deceit: a certificate to be touched up, books to be made smaller for a subsidy.

Naive Bayes over characters and their pairs: `prompts/misuse.yaml`, what is asked for by those who mean to deceive
against what honest people ask in like words, the known questions, and what is asked of others or said in any talk. A
word of deceit must stand in the message as well, so that nobody is taken for a cheat by the manner of speaking alone.
"""

from collections.abc import Iterable, Mapping
from math import log, sqrt
from typing import Any

from chains.finding.outside import Counted
from chains.finding.remarks import features
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.prompting import every_text, read_data

# By how much a message must be like what cheats ask: of the suites' 7,100 questions that a document answers none lies
# above it and has a word of deceit. So far below, whatever its words, it is an honest one: of their frauds none is.
_LIKE, _UNLIKE = 2.3, -1.0
# What is longer tells a story, in which others' words stand as well.
_LONGEST = 50


class Misuse:
    """Tells who asks for help with deceit. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the texts that the corpus holds or is asked for in."""
        own: Mapping[str, Any] = read_data("misuse")
        others = (every_text(read_data(name)) for name in ("remarks", "outside", "unheld"))
        self._asks = _counted(every_text(own["asks"]))
        self._beside = [_counted(texts) for texts in (every_text(own["beside"]), known, *others)]
        self._all = Counted.together((self._asks, *self._beside))

    def is_asked(self, text: str) -> bool:
        """Whether a normalised message asks for help with deceit."""
        said = pattern("whether_true").sub(" ", text)
        if len(said) > _LONGEST or pattern("deceit_refused").search(said):
            return False
        return pattern("deceit").search(said) is not None and self.likeness(said) > _LIKE

    def is_honest(self, text: str) -> bool:
        """我怕填错了算虚报: whether a normalised message is what honest people ask, whatever its words."""
        return self.likeness(text) < _UNLIKE

    def likeness(self, text: str) -> float:
        """By how much a message is like what cheats ask rather than like anything else."""
        found = [term for term in features(text) if term in self._all.counts]
        beside = max(self._expectation(found, known) for known in self._beside)
        return (self._expectation(found, self._asks) - beside) / sqrt(len(found) or 1)

    def _expectation(self, found: Iterable[str], known: Counted) -> float:
        return sum(log(known.expected(term, self._all)) for term in found)


def _counted(texts: Iterable[str]) -> Counted:
    return Counted.of((plain(text) for text in texts), features)
