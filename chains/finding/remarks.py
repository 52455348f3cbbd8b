"""What a message is that asks of no policy and tells of no firm: thanks, a sigh, a doubt, who is speaking here.

Naive Bayes over characters, their pairs and how a message begins and ends: the sayings of `prompts/remarks.yaml` by
kind, against what people ask and tell besides, the known questions of the corpus and what is asked of others.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt
from typing import Any

from chains.finding.counted import Counted, features
from chains.prompting import every_text, read_data

# How many sayings what all kinds have in common counts for in each.
_COMMON = 3.0


class Remarks:
    """Tells remarks by kind. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the questions that the corpus answers."""
        data: Mapping[str, Any] = read_data("remarks")
        outside: Mapping[str, Mapping[str, Sequence[str]]] = read_data("outside")
        sayings: Mapping[str, Sequence[str]] = {kind: row["says"] for kind, row in data["remarks"].items()}
        self.means: Mapping[str, str] = {k: row["means"] for k, row in data["remarks"].items() if "means" in row}
        self._kinds = {kind: _counted(says) for kind, says in sayings.items()}
        self._all = _counted(text for says in sayings.values() for text in says)
        self._beside = [_counted(texts) for texts in (known, every_text(data["beside"]))]
        self._others = _counted(text for by in outside.values() for texts in by.values() for text in texts)
        self._likeliest = lru_cache(maxsize=512)(self._of_kinds)

    def likeliest(self, text: str) -> tuple[str, float]:
        """The kind that a message is most like, and by how much it is one rather than none."""
        return self._likeliest(text)

    def _of_kinds(self, text: str) -> tuple[str, float]:
        found = self._known_of(text)
        beside = max(_likeness(found, known) for known in (*self._beside, self._others))
        of_kinds = {kind: sum(log(self._chance(t, kind)) for t in found) for kind in self._kinds}
        kind = max(of_kinds, key=of_kinds.__getitem__)
        return kind, ((_likeness(found, self._all) + of_kinds[kind]) / 2 - beside) / sqrt(len(found) or 1)

    def _known_of(self, text: str) -> list[str]:
        counted = (self._all, self._others, *self._beside)
        return [term for term in features(text) if any(term in known.counts for known in counted)]

    def _chance(self, term: str, kind: str) -> float:
        counted = self._kinds[kind]
        return (counted.counts.get(term, 0) + _COMMON * self._all.chance(term)) / (counted.texts + _COMMON)


def _counted(texts: Iterable[str]) -> Counted:
    return Counted.of(texts, features)


def _likeness(found: Iterable[str], known: Counted) -> float:
    return sum(log(known.chance(term)) for term in found)
