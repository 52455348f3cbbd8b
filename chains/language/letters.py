"""Abbreviations whose letters were spoken and written as Chinese characters: 诶伊欧 is AEO, 艾皮伊西 APEC."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from chains.prompting import read_data

_FIRST, _LAST = 0x4E00, 0x9FFF
_LETTERS = re.compile("(?<![a-z])[a-z]{3,4}(?![a-z])")
_CHINESE = re.compile("[\u4e00-\u9fff]")
# A vowel with its tone, and without.
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔù", "aaaaeeeeiiiioooouuuu")


def in_letters(text: str) -> str:
    """A plain text with such abbreviations in letters; only those that documents or their readers are known to use."""
    pattern, words = _spoken()
    spoken = pattern.sub(
        lambda found: words[found.lastindex or 0] if _CHINESE.search(found.group()) else found.group(), text
    )
    return _LETTERS.sub(lambda found: _put_in_order().get("".join(sorted(found.group())), found.group()), spoken)


@cache
def _put_in_order() -> Mapping[str, str]:
    """The abbreviations that documents use, by their letters: apce is apec."""
    return {"".join(sorted(word)): word for word in map(str, read_data("lexicon")["spoken_letters"]["in_order"])}


@cache
def _spoken() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What the abbreviations look like letter by letter, longest first, and each by the number of its group."""
    data = read_data("lexicon")["spoken_letters"]
    words = sorted(map(str, data["words"]), key=len, reverse=True)
    said: dict[str, list[list[str]]] = {k: [str(way).split() for way in v] for k, v in data["names"].items()}
    characters = _characters({syllable for ways in said.values() for way in ways for syllable in way})
    letters = {letter: _either(letter, ways, characters) for letter, ways in said.items()}
    parts = ("".join(letters[letter] for letter in word) for word in words)
    return re.compile("|".join(f"({part})" for part in parts)), ("", *words)


def _either(letter: str, ways: Sequence[Sequence[str]], characters: Mapping[str, str]) -> str:
    spoken = ("".join(f"[{characters[syllable]}]" for syllable in way) for way in ways)
    return f"(?:(?<![a-z]){letter}(?![a-z])|{'|'.join(spoken)})"


def _characters(syllables: set[str]) -> Mapping[str, str]:
    """The characters that may be read as each of some syllables."""
    from pypinyin.constants import PINYIN_DICT

    found: defaultdict[str, str] = defaultdict(str)
    for code, readings in PINYIN_DICT.items():
        if not _FIRST <= code <= _LAST:
            continue
        for syllable in syllables.intersection(readings.translate(_TONES).split(",")):
            found[syllable] += chr(code)
    return found
