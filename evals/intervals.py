"""95 % intervals: Wilson for shares, bootstrap for means and percentiles."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

_Z = 1.959964
_RESAMPLES = 1000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def wilson(hits: int, total: int) -> Interval:
    if total == 0:
        return Interval(0.0, 1.0)
    share = hits / total
    scale = 1 + _Z**2 / total
    centre = (share + _Z**2 / (2 * total)) / scale
    spread = _Z * sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2)) / scale
    low = 0.0 if hits == 0 else centre - spread
    return Interval(low, 1.0 if hits == total else centre + spread)


def bootstrap(values: Sequence[T], statistic: Callable[[Sequence[T]], float], seed: int) -> Interval:
    """The percentile interval of a statistic over resampled values; the same seed gives the same interval."""
    chance = random.Random(seed)
    drawn = sorted(statistic(chance.choices(values, k=len(values))) for _ in range(_RESAMPLES))
    return Interval(drawn[int(0.025 * _RESAMPLES)], drawn[int(0.975 * _RESAMPLES)])


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
