"""Logistic regression over the terms that stand in a text: which of two sets of examples a message is rather one of.

Learnt from the examples themselves when first asked, in a fraction of a second and the same each time: what people
add to a list of examples tells at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_ROUNDS, _STEP, _HELD_BACK, _TINY = 60, 0.7, 0.01, 1e-6
# The examples that are looked for are few beside the others: each counts for so many.
_FOR_EACH = 2.0

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights of terms; `places` is where each stands among them, without those that one example alone has."""

    split: Callable[[str], Iterable[str]]
    places: dict[str, int]
    weights: _Floats
    bias: float

    @classmethod
    def learnt(cls, yes: Iterable[str], no: Iterable[str], split: Callable[[str], Iterable[str]]) -> "Logistic":
        """What tells the texts of `yes` from those of `no`, each taken apart by `split`."""
        chosen, others = ([tuple(dict.fromkeys(split(text))) for text in texts] for texts in (yes, no))
        places = _places((*chosen, *others))
        held = [[places[term] for term in terms if term in places] for terms in (*chosen, *others)]
        wanted = np.concatenate([np.ones(len(chosen)), np.zeros(len(others))])
        weights, bias = _descend(held, wanted, len(places))
        return cls(split, places, weights, bias)

    def score(self, text: str) -> float:
        """The log of the odds that a text is one of the first set, as far as its terms tell."""
        found = [self.places[term] for term in dict.fromkeys(self.split(text)) if term in self.places]
        return float(self.weights[found].sum() / np.sqrt(len(found) or 1) + self.bias)


def _places(examples: Iterable[Iterable[str]]) -> dict[str, int]:
    counts = Counter(term for terms in examples for term in terms)
    return {term: place for place, term in enumerate(term for term, count in counts.items() if count > 1)}


def _descend(held: Sequence[Sequence[int]], wanted: _Floats, terms: int) -> tuple[_Floats, float]:
    """Weights and bias after a fixed number of rounds of gradient descent, its steps shortened as they add up."""
    lengths = np.array([len(places) for places in held])
    rows, places = np.repeat(np.arange(len(held)), lengths), np.fromiter((i for each in held for i in each), dtype=int)
    shares = (1 / np.sqrt(np.maximum(lengths, 1)))[rows]
    worth = np.where(wanted > 0, _FOR_EACH, 1.0)
    weights, walked, bias, bias_walked = np.zeros(terms), np.full(terms, _TINY), 0.0, _TINY
    for _ in range(_ROUNDS):
        odds = np.bincount(rows, shares * weights[places], len(held)) + bias
        wrong = worth * (1 / (1 + np.exp(-odds)) - wanted)
        slope = np.bincount(places, shares * wrong[rows], terms) + _HELD_BACK * weights
        walked += slope**2
        weights -= _STEP * slope / np.sqrt(walked)
        bias_walked += wrong.sum() ** 2
        bias -= _STEP * wrong.sum() / np.sqrt(bias_walked)
    return weights, float(bias)
