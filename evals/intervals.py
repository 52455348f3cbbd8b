"""95 % intervals: Wilson for shares, bootstrap for means and percentiles."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

_Z = 1.959964
_RESAMPLES = 1000


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


def bootstrap(values: npt.ArrayLike, statistic: Callable[[npt.NDArray[Any]], float], seed: int) -> Interval:
    """The percentile interval of a statistic over resampled rows; the same seed gives the same interval."""
    chance, rows = np.random.default_rng(seed), np.asarray(values)
    drawn = sorted(statistic(rows[chance.integers(0, len(rows), len(rows))]) for _ in range(_RESAMPLES))
    return Interval(drawn[int(0.025 * _RESAMPLES)], drawn[int(0.975 * _RESAMPLES)])


def mean(values: npt.ArrayLike) -> float:
    return float(np.asarray(values).mean())


def percentile(values: npt.ArrayLike, share: float) -> float:
    """Nearest-rank percentile."""
    given = np.asarray(values)
    rank = min(int(share * len(given)), len(given) - 1)
    return float(np.partition(given, rank)[rank])
