"""Chinese text made comparable: full width, white space, thousands separators, sentences."""

import re
import unicodedata

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_EMPHASIS = re.compile(r"\*\*|__|`")
MARKER = re.compile(r"\[(\d{1,3})\]")


def normalise(text: str) -> str:
    """Half width, without white space, Markdown emphasis and thousands separators."""
    plain = unicodedata.normalize("NFKC", _EMPHASIS.sub("", text))
    return _THOUSANDS.sub("", re.sub(r"\s+", "", plain))


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def contains(text: str, wanted: str) -> bool:
    """Whether normalised `text` has `wanted`; a leading figure is not found inside a longer one."""
    needle = normalise(wanted)
    if not needle:
        return False
    if needle[0].isdigit():
        return re.search(r"(?<![\d.])" + re.escape(needle), text) is not None
    return needle in text


def matches(text: str, wanted: str) -> bool:
    """Like `contains`, or a search for the pattern after `re:`."""
    if wanted.startswith("re:"):
        return re.search(wanted[3:], text) is not None
    return contains(text, wanted)
