"""Characters typed for others of the same sound put right within names: 小快清准 → 小快轻准, 首代贴息 → 首贷贴息.

A character is put right only where it stands in a run that sounds like part of a name of the corpus, where it was never
written beside its neighbours in anything that is known, and where the name fixes it: amid the run, or at its end where
a name ends. So a word of one's own is left alone, however like a name it sounds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cached_property, lru_cache
from itertools import pairwise

from chains.language.normalise import plain

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# What names are made of: 的 only joins them.
_NAME = re.compile(r"[^\W的a-z\d]+")
# How many characters of a name a run must sound like, the longest first; two sound like words of any kind.
_LENGTHS = (5, 4, 3)


class Homophones:
    """Puts characters of the same sound right by names that are known; built on first use, read-only afterwards."""

    def __init__(self, names: Iterable[str], texts: Iterable[str]) -> None:
        """`names` are what is put right to; `texts` are whatever people are known to write, right as it is."""
        self._given = (tuple(names), tuple(texts))

    def put_right(self, text: str) -> str:
        """The text, as long as before, with the characters of its names."""
        return _CHINESE.sub(lambda run: self._put_right(run.group()), text)

    def _put_right(self, run: str) -> str:
        foreign = [a + b not in self._pairs for a, b in pairwise(run)]  # at i: what stands between i and i + 1
        if not any(foreign):
            return run
        written = list(run)
        for size in _LENGTHS:
            for start in range(len(run) - size + 1):
                heard = run[start : start + size]
                if not any(foreign[start : start + size - 1]) or heard != "".join(written[start : start + size]):
                    continue
                for name in self._by_sound.get(_sounds(heard), ()):
                    wrong = [i for i in range(size) if name[i] != heard[i]]
                    fixed = 0 not in wrong and (size - 1 not in wrong or name in self._ends)
                    strange = all(all(foreign[max(0, start + i - 1) : start + i + 1]) for i in wrong)
                    if 0 < len(wrong) <= size // 2 and fixed and strange:
                        written[start : start + size] = name
                        break
        return "".join(written)

    @cached_property
    def _names(self) -> Set[str]:
        return {part for name in self._given[0] for part in _NAME.findall(plain(name))}

    @cached_property
    def _ends(self) -> Set[str]:
        return {name[-size:] for name in self._names for size in _LENGTHS}

    @cached_property
    def _pairs(self) -> Set[str]:
        """The pairs of characters that were written before."""
        known = (*self._names, *(run for text in self._given[1] for run in _CHINESE.findall(plain(text))))
        return {a + b for run in known for a, b in pairwise(run)}

    @cached_property
    def _by_sound(self) -> Mapping[tuple[str, ...], list[str]]:
        """Parts of names by how they sound."""
        parts = {name[i : i + n] for name in self._names for n in _LENGTHS for i in range(len(name) - n + 1)}
        found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for part in sorted(parts):
            found[_sounds(part)].append(part)
        return found


def _sounds(text: str) -> tuple[str, ...]:
    return tuple(_sound(char) for char in text)


@lru_cache(maxsize=10_000)
def _sound(char: str) -> str:
    """How a character is mostly read, without its tone."""
    from pypinyin import Style, pinyin

    return str(pinyin(char, style=Style.NORMAL)[0][0])
