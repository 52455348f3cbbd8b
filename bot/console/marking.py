"""A text cut where quotes begin and end, so that a page can mark them. Overlapping quotes share their pieces."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the names of the quotes that it is part of."""

    text: str
    marks: tuple[str, ...]


def mark_quotes(text: str, quotes: Iterable[tuple[str, str]]) -> tuple[Piece, ...]:
    """The text in pieces; `quotes` are (name, words), of which each stands in the text once or more."""
    spans: list[tuple[int, int, str]] = []
    for name, words in quotes:
        start = text.find(words) if words else -1
        if start >= 0:
            spans.append((start, start + len(words), name))
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        inside = tuple(dict.fromkeys(name for left, right, name in spans if left <= start and end <= right))
        pieces.append(Piece(text[start:end], inside))
    return tuple(pieces)
