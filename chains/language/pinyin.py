"""Pinyin written out in characters: nanjing danxiang guanjun jiang duoshao → 南京单项冠军奖多少.

A sentence is read as the likeliest run of characters of these sounds, by how often one follows another in the words of
the corpus, in what managers are known to ask about it and in the lexicon's examples. What is read so badly that its
pairs were hardly ever written stays as it is: it is another language, a name or a brand.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chains.language.normalise import plain

# Words of Latin letters with blanks or marks between them: 'nanjing apec ka, guina ge bumen'.
_RUN = re.compile(r"[a-z][a-z' ,.?!，。？！]*[a-z]")
_WORD = re.compile(r"[a-z]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_SYLLABLE = 6
# A sentence of so many syllables is read as a whole; a word of so many among Chinese by itself, since two are found in
# words of any language (china).
_A_SENTENCE, _A_WORD = 5, 3
# The share of pairs that must have been written before: in a sentence, and in a word that stands among others.
_MOST, _ALL = 0.6, 1.0
_BY_PAIR, _RARE_READING = 0.9, -5.0
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class _Path:
    """The likeliest characters up to a place: their score and what came before the last of them."""

    score: float
    written: str


class PinyinReader:
    """Reads pinyin by texts that are known; built on first use, read-only afterwards."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    def write_out(self, text: str, *, answers: bool = False) -> str:
        """The text with its pinyin in characters; as it is where it has none. An answer to a question may be brief."""
        small = text.lower()
        if not _WORD.search(small) or len(text) != len(small):
            return text
        written: list[str] = []
        at = 0
        for run in _RUN.finditer(small):
            written += [
                text[at : run.start()],
                self._read_run(text[run.start() : run.end()], text[run.end() :][:1], brief=answers),
            ]
            at = run.end()
        return "".join((*written, text[at:]))

    def _read_run(self, run: str, after: str, *, brief: bool) -> str:
        """A run in characters; its last word together with the character `after` it: suanli券."""
        words = _WORD.findall(run.lower())
        read = [self._read(word) for word in words]
        syllables = sum(len(word) for word in read if word)
        if brief and all(read) and (short := self._read(" ".join(words).lower())) and self._seen(short) >= _ALL:
            return short
        if len(run) <= _LONGEST and syllables >= _A_SENTENCE and 2 * sum(map(bool, read)) > len(words):
            return self._as_sentence(run)
        known = {w: r for w, r in zip(words, read, strict=True) if len(r) >= _A_WORD and self._seen(r) >= _ALL}
        if _CHINESE.fullmatch(after) and len(read[-1]) == _A_WORD - 1 and self._seen(read[-1] + after) >= _ALL:
            known[words[-1]] = read[-1]
        return re.sub("[A-Za-z]+", lambda m: known.get(m.group().lower(), m.group()), run)

    def _as_sentence(self, run: str) -> str:
        """A run read as a whole: a blank within it parts syllables, a mark parts clauses."""
        clauses = re.split(r"([,.?!，。？！]+)", run)
        written = [self._clause(piece) if _WORD.search(piece.lower()) else piece for piece in clauses]
        whole = "".join(written)
        return whole if self._seen(whole) >= _MOST else run

    def _clause(self, clause: str) -> str:
        pieces: list[str] = []
        together = ""
        for word in clause.split():
            if self._read(word.lower()):
                together += f"{word.lower()} "
                continue
            pieces += [self._read(together) or together, word]
            together = ""
        return "".join((*pieces, self._read(together) or together))

    def _seen(self, written: str) -> float:
        """The share of the pairs of characters that were written before."""
        found = [a + b in self._pairs for run in _CHINESE.findall(written) for a, b in pairwise(run)]
        return sum(found) / len(found) if found else 0.0

    def _read(self, letters: str) -> str:
        """The likeliest characters for some letters (a blank ends a syllable); empty if they are no pinyin."""
        paths: list[dict[str, _Path]] = [{} for _ in range(len(letters) + 1)]
        paths[0][""] = _Path(0.0, "")
        for start in range(len(letters)):
            if not paths[start]:
                continue
            if letters[start] == " ":
                _keep(paths[start + 1], paths[start].items())
                continue
            for end in range(start + 1, min(len(letters), start + _LONGEST_SYLLABLE) + 1):
                for char, rarity in self._by_sound.get(letters[start:end], ()):
                    follow = ((path.score + self._follows(path.written, char), path) for path in paths[start].values())
                    score, before = max(follow, key=lambda pair: pair[0])
                    _keep(paths[end], [(char, _Path(score + rarity, before.written + char))])
        return max(paths[-1].values(), key=lambda path: path.score).written if paths[-1] else ""

    def _follows(self, before: str, char: str) -> float:
        """How likely a character is after what was written (natural logarithm): by its pair, and a little by itself."""
        alone = self._chars[char] / self._total
        pair = self._pairs.get(before[-1] + char, 0) / self._chars[before[-1]] if before else 0.0
        return math.log(_BY_PAIR * pair + (1 - _BY_PAIR) * alone)

    @cached_property
    def _runs(self) -> Sequence[str]:
        return [run for text in self._texts for run in _CHINESE.findall(plain(text))]

    @cached_property
    def _chars(self) -> Mapping[str, int]:
        return Counter("".join(self._runs))

    @cached_property
    def _total(self) -> int:
        return sum(self._chars.values())

    @cached_property
    def _pairs(self) -> Mapping[str, int]:
        return Counter(a + b for run in self._runs for a, b in pairwise(run))

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[tuple[str, float]]]:
        """The characters of a sound, each with what it loses where that is not how it is mostly read (的 as di)."""
        from pypinyin import Style, pinyin

        found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        for char in self._chars:
            for rank, sound in enumerate(pinyin(char, style=Style.NORMAL, heteronym=True)[0]):
                found[sound.replace("ü", "v")].append((char, _RARE_READING if rank else 0.0))
        return found


def _keep(paths: dict[str, _Path], found: Iterable[tuple[str, _Path]]) -> None:
    """Of the paths that end in the same character, the likelier."""
    for char, path in found:
        if char not in paths or paths[char].score < path.score:
            paths[char] = path


def examples(rows: object) -> Iterator[str]:
    """Every example of what people say in the data of the lexicon."""
    if isinstance(rows, dict):
        if isinstance(rows.get("say"), str):
            yield rows["say"]
        for value in rows.values():
            yield from examples(value)
    elif isinstance(rows, list):
        for value in rows:
            yield from examples(value)
