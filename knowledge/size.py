"""Micro, small, medium or large by headcount, yearly turnover and industry: 工信部联企业〔2011〕300号."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Measures:
    """Headcount in persons, turnover and assets in 10,000 yuan; None where not known."""

    staff: Decimal | None = None
    turnover: Decimal | None = None
    assets: Decimal | None = None


@cache
def industries() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load((Path(__file__).parent / "sizes.yaml").read_text(encoding="utf-8")))


def classify(industry: str, measures: Measures) -> str | None:
    """The size, or None where the standard needs a measure that is missing.

    Who misses one lower limit of a class falls to the class below, so a single low measure can already decide.
    """
    limits = _limits(industry)
    if not limits:
        return None
    possible = [_class_by(getattr(measures, name), bounds) for name, bounds in limits.items()]
    known = [p for p in possible if p is not None]
    if len(known) == len(possible) or (known and min(known) == 0):
        return SIZES[min(known)]
    return None


def measures_of(industry: str) -> tuple[str, ...]:
    """The measures that the standard needs of an industry; none where it is not in it."""
    return tuple(_limits(industry))


def _limits(industry: str) -> dict[str, list[float]]:
    return next((row["limits"] for row in industries() if row["industry"] == industry), {})


def _class_by(value: Decimal | None, bounds: list[float]) -> int | None:
    if value is None:
        return None
    return sum(value >= Decimal(str(bound)) for bound in bounds)
