"""Cuts a text into pieces that fit a message: between paragraphs or sentences, never inside what is one thing."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

MOST_UNITS = 4096  # of UTF-16, as Telegram counts

# What is never cut: a citation mark, a number, a character drawn from several.
_WHOLE = (
    re.compile(r"\[\d{1,3}\]"),
    re.compile(r"\d+(?:[.,]\d+)*[%％‰]?"),
    re.compile(r".(?:\u200d.|[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff])+"),
    re.compile(r"[\U0001f1e6-\U0001f1ff]{2}"),
)
# What is cut only where nothing else can be: a word, a figure and its unit, a mark and what it stands behind.
_TOGETHER = (
    re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9@._/:+#&=?%~'-]*[A-Za-z0-9/])?"),
    re.compile(r"\d\s?[万亿千百]?(?:元|年|月|日|天|个|家|人|倍|项|条|级)"),
    re.compile(r"\d\s?[万亿千百]"),
    re.compile(r"\S?(?:\[\d{1,3}\])+[。！？；，、]?"),
)
# Where a cut is best: each is looked for only if there is none of the better ones.
_BORDERS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？；!?;]+[”’」』）】》)]*(?:\[\d{1,3}\])*"),
    re.compile(r"[，、：,:]"),
    re.compile(r"\s+"),
)


def pieces(text: str, most_units: int = MOST_UNITS) -> list[str]:
    """The text in pieces of at most `most_units` of UTF-16 (2 or more); joined they are the text again."""
    units = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
    if units[-1] <= most_units:
        return [text]
    whole = set(_inside(text, _WHOLE))
    together = whole | set(_inside(text, _TOGETHER))
    borders = [[m.end() for m in border.finditer(text) if m.end() not in together] for border in _BORDERS]
    found = []
    start = 0
    while units[-1] - units[start] > most_units:
        end = bisect_right(units, units[start] + most_units) - 1
        cut = _last_border(borders, (start + end) // 2, end) or _last_free(start, end, together, whole)
        found.append(text[start:cut])
        start = cut
    return [*found, text[start:]]


def units_of(text: str) -> int:
    """How long a text is as Telegram counts."""
    return sum(2 if character > "\uffff" else 1 for character in text)


def _inside(text: str, things: Sequence[re.Pattern[str]]) -> Iterator[int]:
    for thing in things:
        for match in thing.finditer(text):
            yield from range(match.start() + 1, match.end())


def _last_border(borders: Sequence[Sequence[int]], after: int, end: int) -> int | None:
    """The last place of the best kind in the second half of what fits."""
    for places in borders:
        last = bisect_right(places, end) - 1
        if last >= 0 and places[last] > after:
            return places[last]
    return None


def _last_free(start: int, end: int, *forbidden: set[int]) -> int:
    for places in forbidden:
        cut = next((place for place in range(end, start, -1) if place not in places), None)
        if cut is not None:
            return cut
    return max(end, start + 1)
