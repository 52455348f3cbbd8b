"""What stands around a message and is none of it: greetings, thanks, fillers, who had it asked, why, in what hurry.

Whatever reads a message meets it without these, so that a question means the same however it is put. Naive Bayes over
a clause's characters, their pairs and its edges tells them from what asks or tells: `prompts/courtesies.yaml` against
the clauses of known questions, of what is asked of others and of what is said in any talk.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from math import log, sqrt
from typing import Any

from chains.finding.counted import Counted, features
from chains.language.answering import begins_with_answer, takes_leave
from chains.language.clauses import instructs, pattern
from chains.language.normalise import plain
from chains.language.pinyin import examples
from chains.language.understanding import Understanding, understand
from chains.prompting import read_data

# By how much a clause has to be like a courtesy rather than anything else, or is one surely; how long it may be.
_LIKE, _SURELY, _LONGEST = 1.5, 3.0, 24
_MARK = re.compile(r"[，。！!？?、；;：:…—\s~～,.]+")
_SAYS_SOMETHING = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2}")
_REFERS = re.compile(
    r"^(?:[我你您](?:刚才?|前面|上面)?[问说讲指要]的|那|再?回到|[说回]回?头?说|刚才|刚刚|上面|前面)|第[一二三四]|[呢嘞]$|\d"
)
# What a clause may be meant for and yet be a courtesy; by which patterns of the lexicon none is one, or a doubtful one.
_MANNERS = {"greeting", "ok", "thanks", "trust", "useless", "about", "come_back"}
_MATTERS = ("correction", "another", "hypothesis", "unsure")
_MAY_MATTER = ("question", "trouble", "others", "compares", "nothing_else", "getting", "wish")


class Courtesies:
    """Leaves courtesies out of messages. Built once, read-only afterwards."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are the questions that the corpus answers."""
        own: Mapping[str, Sequence[str]] = read_data("courtesies")
        outside: Mapping[str, Mapping[str, Sequence[str]]] = read_data("outside")
        sets = (
            known,
            chain.from_iterable(read_data("remarks")["beside"].values()),
            chain.from_iterable(chain.from_iterable(by.values()) for by in outside.values()),
            chain.from_iterable(read_data("unheld").values()),
            (*own["matters"], *examples(read_data("lexicon"))),
        )
        self._around = _counted(own["around"])
        self._others = [_counted(texts) for texts in sets]
        self._others.append(Counted.together(self._others))
        self._all = Counted.together((self._around, self._others[-1]))

    def left_out_of(self, text: str, *, waits: bool = False) -> str:
        """你好，想请教一下，小巨人奖多少？谢谢: what is asked; the whole text where it says nothing else.

        `waits` where a question was put, so that a bare 嗯 is its answer.
        """
        asked = text
        while (less := self._without_one(asked, waits)) != asked:
            if not _SAYS_SOMETHING.search(less):
                return text
            asked = less
        return text if asked != text and (takes_leave(text) or self._is_of_talk(asked)) else asked

    def likeness(self, clause: str) -> float:
        """By how much a clause is like what stands around a message rather than like anything else."""
        found = [term for term in features(clause) if term in self._all.counts]
        around = self._expectation(found, self._around)
        return (around - max(self._expectation(found, known) for known in self._others)) / sqrt(len(found) or 1)

    def _without_one(self, text: str, waits: bool) -> str:
        """A text without the first or the last of its clauses, or the words before it, that are a courtesy."""
        first = _MARK.search(text.lstrip())
        if first and first.start() and self._is_one(text.lstrip()[: first.start()], waits):
            return text.lstrip()[first.end() :]
        *_, last = (None, *_MARK.finditer(text.rstrip("，。！!～~、；… ")))
        if last and self._is_one(text[last.end() :], waits):
            return text[: last.start()] + ("？" if re.search(r"[?？]", last.group()) else "")
        return _joined().sub("", text, 1)

    def _is_of_talk(self, clause: str) -> bool:
        """你好, of 你好，谢谢: what says nothing without the courtesy beside it."""
        return self._is_one(clause) or bool(understand(clause).intents & _MANNERS)

    def _is_one(self, clause: str, waits: bool = False) -> bool:
        clause = _MARK.sub("", clause)
        if not 0 < len(clause) <= _LONGEST or _REFERS.search(clause) or (waits and begins_with_answer(clause)):
            return False
        if (likeness := self.likeness(clause)) <= _LIKE:
            return False
        heard = understand(clause)
        return not (_matters(heard) or (likeness <= _SURELY and _may_matter(heard)))

    def _expectation(self, found: Iterable[str], known: Counted) -> float:
        return sum(log(known.expected(term, self._all)) for term in found)


def _matters(heard: Understanding) -> bool:
    """Whether a clause tells of a firm, orders, corrects or supposes something."""
    told = heard.facts or heard.cities or heard.foreign_places or heard.told_of_others
    ordered = heard.outside or heard.hostile or heard.has_orders or instructs(heard.text)
    return bool(told or ordered or heard.intents - _MANNERS) or _any_of(_MATTERS, heard.text)


def _may_matter(heard: Understanding) -> bool:
    """Whether a clause asks something, or sounds as if it told of a firm."""
    return bool(heard.facets) or _any_of(_MAY_MATTER, heard.text)


def _any_of(names: Iterable[str], text: str) -> bool:
    return any(pattern(name).search(text) for name in names)


def _counted(texts: Iterable[str]) -> Counted:
    return Counted.of((clause for text in texts for clause in _MARK.split(plain(text)) if clause), features)


@cache
def _joined() -> re.Pattern[str]:
    """What may stand before a message without a mark between."""
    rows: Sequence[Mapping[str, Any]] = read_data("courtesies")["joined"]
    return re.compile(rf"^\s*(?:{'|'.join(row['match'] for row in rows)})[，：:\s]*")
