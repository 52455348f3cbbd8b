"""Where the parts of a chart stand, in units of its view box. Templates draw them; it knows no colours and no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 180
_LEFT, _TOP, _BOTTOM = 44, 8, 20
_GAP = 0.25  # of the room of a column
_LABELS = 8


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a whole and, from its foot, a part of it; `y` and `part_y` are their upper ends."""

    x: float
    width: float
    y: float
    height: float
    part_y: float
    part_height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side; `lines` are (y, value) of the scale, `marks` are (x, number of the column) to be named."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    marks: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT


def columns(values: Sequence[tuple[float, float]]) -> Columns:
    """A chart of wholes and their parts, at least one of them; none is negative."""
    top = round_up(max(whole for whole, _ in values))
    room, high = (WIDTH - _LEFT) / len(values), HEIGHT - _TOP - _BOTTOM
    foot = HEIGHT - _BOTTOM

    def column(number: int, whole: float, part: float) -> Column:
        tall, inner = round(whole / top * high, 1), round(part / top * high, 1)
        x, wide = _LEFT + room * (number + _GAP / 2), room * (1 - _GAP)
        return Column(round(x, 2), round(wide, 2), foot - tall, tall, foot - inner, inner)

    every = -(-len(values) // _LABELS)
    return Columns(
        columns=tuple(column(number, *value) for number, value in enumerate(values)),
        lines=tuple((foot - high * share, int(top * share)) for share in (0, 0.5, 1)),
        marks=tuple((round(_LEFT + room * (n + 0.5), 1), n) for n in range(0, len(values), every)),
    )


def round_up(value: float) -> int:
    """The least of 2, 4, 6, 10, 20, 40, 60, 100 … that is not below."""
    scale = 1
    while True:
        for step in (2, 4, 6, 10):
            if step * scale >= value:
                return step * scale
        scale *= 10
