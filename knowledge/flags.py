"""What in a text may be written for a machine: orders, fake ends, hidden characters. It flags; people decide."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

_AROUND, _LONGEST = 12, 80
# Zero-width and direction marks, variation selectors and tag characters; soft hyphens and joiners.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")


class FlagKind(StrEnum):
    """Why something was flagged."""

    ORDER = "order"
    END = "end"
    MARKUP = "markup"
    CODED = "coded"
    UNSEEN = "unseen"
    COMMENT = "comment"
    INVISIBLE = "invisible"
    ATTACHED = "attached"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something in a document that nobody may overlook, with the words around it in their plainest form."""

    kind: FlagKind
    words: str


@cache
def _patterns() -> Mapping[FlagKind, re.Pattern[str]]:
    rows = yaml.safe_load((Path(__file__).parent / "flags.yaml").read_text(encoding="utf-8"))
    return {FlagKind(kind): re.compile("|".join(f"(?:{one})" for one in written)) for kind, written in rows.items()}


def plainest(text: str) -> str:
    """A text as a reader takes it: one width, nothing invisible, no blanks that pull Chinese words apart."""
    return _BETWEEN_CHINESE.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).lower()


def find_flags(text: str) -> tuple[Flag, ...]:
    """What stands out in a text, in its order and each once."""
    return tuple(dict.fromkeys(_find(text)))


def _find(text: str) -> Iterator[Flag]:
    plain = plainest(text)
    found: list[tuple[int, Flag]] = []
    for kind, pattern in _patterns().items():
        found += [(m.start(), Flag(kind, _words(plain, m.start(), m.end()))) for m in pattern.finditer(plain)]
    yield from (flag for _, flag in sorted(found, key=lambda f: f[0]))
    # A mark at the very beginning of a file says how it is coded.
    unseen = _UNSEEN.findall(text.removeprefix("\ufeff"))
    if unseen:
        names = sorted({f"U+{ord(c):04X}" for c in unseen})
        yield Flag(FlagKind.UNSEEN, f"{len(unseen)} × {' '.join(names[:8])}")


def _words(plain: str, start: int, end: int) -> str:
    """The match and a few characters around it, on one line."""
    before = plain[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = plain[end : end + _AROUND].partition("\n")[0]
    return shorten(f"{before}{plain[start:end]}{after}")


def shorten(text: str) -> str:
    """A text on one line, cut where it grows long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
