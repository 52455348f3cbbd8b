"""What a message asks on of what was told, put in plain words: 边个部门负责㗎, 我跑哪个门去问 → 归哪个部门管.

People ask for the office, the amount or the way to apply in endless words that name nothing. Naive Bayes over
characters, their pairs and how a message begins and ends tells them by matter: the sayings of `prompts/asked_on.yaml`
against the known questions of the corpus and whatever is said or asked besides.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Any

from chains.finding.counted import Counted, features
from chains.language.normalise import plain
from chains.prompting import every_text, read_data

# How many sayings what all matters have in common counts for in each.
_COMMON = 3.0


class AskedOn:
    """Tells what is asked on of what was told. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the questions that the corpus answers."""
        rows: Mapping[str, Mapping[str, Any]] = read_data("asked_on")
        said = read_data("remarks")
        self._put: Mapping[str, str] = {matter: row["put"] for matter, row in rows.items()}
        self._matters = {matter: _counted((row["put"], *row["says"])) for matter, row in rows.items()}
        self._on = Counted.together(self._matters.values())
        others: Sequence[Iterable[str]] = (
            known,
            said["beside"]["tells"],
            every_text([row["says"] for row in said["remarks"].values()]),
            every_text(read_data("outside")),
            every_text(read_data("unheld")),
        )
        self._others = [_counted(texts) for texts in others]
        self._all = Counted.together((self._on, *self._others))

    def matter(self, text: str) -> tuple[str, float]:
        """What a normalised message is likeliest to ask on, put plainly, and by how much it asks on at all."""
        all_found = features(text)
        found = [term for term in all_found if term in self._all.counts]
        beside = max(self._expectation(found, known) for known in self._others)
        likeness = (self._expectation(found, self._on) - beside) / sqrt(len(all_found) or 1)
        of_matters = {matter: self._of_matter(found, counted) for matter, counted in self._matters.items()}
        return self._put[max(of_matters, key=of_matters.__getitem__)], likeness

    def _of_matter(self, found: Sequence[str], counted: Counted) -> float:
        share = log(counted.texts / self._on.texts)
        common = ((counted.counts.get(t, 0) + _COMMON * self._on.chance(t)) / (counted.texts + _COMMON) for t in found)
        return share + sum(map(log, common))

    def _expectation(self, found: Iterable[str], known: Counted) -> float:
        return sum(log(known.expected(term, self._all)) for term in found)


def _counted(texts: Iterable[str]) -> Counted:
    return Counted.of((plain(text) for text in texts), features)
