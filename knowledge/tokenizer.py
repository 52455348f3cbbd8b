"""Turn text into the terms of keyword search: characters and pairs of characters, not dictionary words."""

import re
import unicodedata
from operator import add

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:\.\d+)*%?")
_STRETCH = 512  # ordering a run of n combining marks takes n² steps: normalising by the stretch keeps any text linear


def terms(text: str) -> list[str]:
    """The terms of a text in reading order, with repetitions.

    Chinese gives every character and every pair of neighbours; a Latin word or a number is one term, with its percent
    sign (`20%`). Where the two touch, with or without a blank between, the word and the neighbouring character make
    a pair as well: `C 类` → `c`, `c类`, `类`.
    """
    found: list[str] = []
    text = _normalised(text)
    end, last, last_is_han = 0, "", False
    for piece in _PIECE.finditer(text):
        words, is_han = piece.group(), piece["han"] is not None
        if last and is_han != last_is_han and not text[end : piece.start()].strip():
            found.append(last + (words[0] if is_han else words))
        if is_han:
            found += words
            found += map(add, words, words[1:])
        else:
            found.append(words)
        end, last, last_is_han = piece.end(), words[-1] if is_han else words, is_han
    return found


def _normalised(text: str) -> str:
    stretches = (text[start : start + _STRETCH] for start in range(0, len(text), _STRETCH))
    return "".join(unicodedata.normalize("NFKC", stretch) for stretch in stretches).lower()
