"""Whether a message asks for help with deceit: a certificate to be touched up, books to be made smaller for a subsidy.

A logistic regression over characters and their pairs tells what is asked for by those who mean to deceive from what
honest people ask in like words (`prompts/misuse.yaml`), the known questions, and what is asked of others or said in
any talk. A word of deceit in the message makes less likeness enough.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from chains.finding.counted import features
from chains.finding.logistic import Logistic
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.prompting import every_text, read_data

# How like what cheats ask a message must be, and one that has a word of deceit: set so that of the suites' messages
# that ask for no such thing none is refused for it. What is so far below is an honest one, whatever its words.
_LIKE, _WITH_A_WORD, _UNLIKE = 0.3, -2.0, -4.6
# What is longer tells a story, in which others' words stand as well; what is shorter says too little.
_SHORTEST, _LONGEST = 12, 50


class Misuse:
    """Tells who asks for help with deceit. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the texts that the corpus holds or is asked for in."""
        own: Mapping[str, Any] = read_data("misuse")
        said = (read_data(name) for name in ("remarks", "inside", "outside", "unheld", "asked_on", "courtesies"))
        honest = (*every_text(own["beside"]), *known, *(text for each in said for text in every_text(each)))
        self._asked = Logistic.learnt(map(plain, every_text(own["asks"])), map(plain, honest), features)

    def is_asked(self, text: str) -> bool:
        """Whether a normalised message asks for help with deceit."""
        said = pattern("whether_true").sub(" ", text)
        if not _SHORTEST <= len(said) <= _LONGEST or pattern("deceit_refused").search(said):
            return False
        return self._asked.score(said) > (_WITH_A_WORD if pattern("deceit").search(said) else _LIKE)

    def likeness(self, text: str) -> float:
        """The log of the odds that a normalised message asks for help with deceit, as far as its words tell."""
        return self._asked.score(text)

    def is_honest(self, text: str) -> bool:
        """我怕填错了算虚报: whether a normalised message is what honest people ask, whatever its words."""
        return self._asked.score(text) < _UNLIKE
