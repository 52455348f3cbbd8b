"""The titles that a clause names, and what it says of each: held, not held, wanted, doubted, another's or only named.

What says so are the cues of the lexicon (`titles`), each with its example. They are tried in their order, and the
first that fits decides: whether the words name a firm of their own right at all (小巨人奖励, 小巨人科技公司), whose
title it is, how sure who speaks is, whether it is denied, lost or still under way, whether it is only wanted, and
whether it is said to be held. What no cue decides is borne: named by the clause as what its firm is (南京小巨人想上市).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from chains.language.clauses import city_names, filled, is_negated, value_patterns
from chains.prompting import read_data
from knowledge.profile import NONE, slots

_NEAR = 40
_WHETHER = ("有没有", "有没有我们", "有没有咱们", "有没有给我们")
_AT_LARGE = "专精特新"
# 没有专精特新和小巨人: titles in a row are read as one.
_AND = re.compile(r"(?:企业|称号)?[、和跟与及或啊呀啦嘛]|(?:企业)?(?:以及|还有|也没有?)")
# What stands around a title and says nothing of it.
_BEFORE = re.compile(r"(?:[\"“”]|一?[个家]|国家级?|省级?|制造业|(?<![评拿获报到上定批升])的)+$")
_AFTER = re.compile(
    r"(?:中小)?(?:企业|公司)?[\"”]?(?:的(?=.))?(?:称号|资质|头衔|牌子?|资格|证(?:书|(?!明|实|券)))?[\"”]?(?:的(?=.))?"
)
_SHORT_TITLES = {
    "innovative": re.compile(r"创新型"),
    "provincial": re.compile(r"省(?:级|里|专|的)"),
    "little_giant": re.compile(r"小巨人|国家级|国家的"),
    "champion": re.compile(r"单项冠军|单冠"),
}


class Says(StrEnum):
    """What a clause says of a title: 我们是小巨人, 南京小巨人想上市, 正在评小巨人, 想评小巨人, 我没说是小巨人 …"""

    HELD = "held"
    BORNE = "borne"
    LACKED = "lacked"
    WANTED = "wanted"
    DOUBTED = "doubted"
    ANOTHERS = "anothers"
    DISOWNED = "disowned"
    UNSAID = "unsaid"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Mention:
    """Titles that stand in a row, as value → words; `cue` is the example of the cue that decided."""

    titles: Mapping[str, str]
    says: Says
    cue: str
    before: str
    after: str

    @property
    def is_none(self) -> bool:
        """什么资质都没有"""
        return NONE in self.titles


@dataclass(frozen=True, slots=True)
class _Cue:
    """What stands right before and after a title, before and after its clause; `of_none` for 什么资质都没有."""

    says: Says
    say: str
    words: re.Pattern[str]
    lead: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    then: re.Pattern[str]
    negated: bool
    of_none: bool

    def fits(self, words: str, lead: str, before: str, after: str, then: str, *, negated: bool, of_none: bool) -> bool:
        if self.of_none is not of_none or (self.negated and not negated) or not self.words.match(words):
            return False
        if not self.then.match(then):
            return False
        return bool(self.after.match(after) and self.before.search(before) and self.lead.search(lead))


@cache
def _cues() -> Sequence[_Cue]:
    rows: list[dict[str, Any]] = read_data("lexicon")["titles"]
    return [
        _Cue(
            Says(row["says"]),
            row["say"],
            re.compile(row.get("words", "")),
            re.compile(rf"(?:{filled(row.get('lead', ''))})$"),
            re.compile(rf"(?:{filled(row.get('before', ''))})$"),
            re.compile(filled(row.get("after", ""))),
            re.compile(row.get("then", "")),
            row.get("negated", False),
            row.get("of") == NONE,
        )
        for row in rows
    ]


@lru_cache(maxsize=4096)
def mentions(clause: str, lead: str = "", then: str = "", *, is_sure: bool = False) -> tuple[Mention, ...]:
    """The titles that a clause names; `lead` and `then` are what its message says before and after it.

    `is_sure` where who speaks says in the end that it is so (好像是省专吧，应该没错).
    """
    return tuple(_read(clause, row, lead, then, is_sure) for row in _rows(clause))


def _read(clause: str, row: Sequence[tuple[int, int, str]], lead: str, then: str, is_sure: bool) -> Mention:
    start, end = row[0][0], row[-1][1]
    titles = {value: clause[i:j] for i, j, value in row}
    before = _BEFORE.sub("", clause[max(0, start - _NEAR) : start])
    after = clause[end : end + _NEAR]
    negated = is_negated(clause, start) and not clause[:start].endswith(_WHETHER)  # 有没有我们创新型能用的
    if clause[start:end] == _AT_LARGE and not after and re.fullmatch(rf"{city_names()}市?", before):
        looked_up = _decided(clause[start:end], titles, lead, (before, then, then), negated, is_sure)
        if looked_up.says is Says.NAMED:
            return looked_up  # 盐城专精特新 培育库怎么进, and not 南京的专精特新，国家标准都没参加过
    return _decided(clause[start:end], titles, lead, (before, after, then), negated, is_sure)


def _decided(
    words: str, titles: Mapping[str, str], lead: str, around: tuple[str, str, str], negated: bool, is_sure: bool
) -> Mention:
    """What the first cue that fits says of titles in a row; `around` stands before, after, and in what follows."""
    before, after, then = around
    after = _AFTER.sub("", after, count=1)
    for cue in _cues():
        is_told = not (is_sure and cue.says is Says.DOUBTED)
        if is_told and cue.fits(words, lead, before, after, then, negated=negated, of_none=NONE in titles):
            return Mention(titles, cue.says, cue.say, before, after)
    return Mention(titles, Says.LACKED if NONE in titles else Says.BORNE, "", before, after)


def _rows(clause: str) -> Iterator[list[tuple[int, int, str]]]:
    """The titles of a clause as (start, end, value), those that stand in a row together."""
    taken: list[tuple[int, int, str]] = []
    for value, regex in value_patterns()["tiers"]:
        for match in regex.finditer(clause):
            if not any(match.start() < end and start < match.end() for start, end, _ in taken):
                taken.append((*match.span(), value))
    row: list[tuple[int, int, str]] = []
    for title in sorted(taken):
        follows = row and NONE not in (row[-1][2], title[2]) and _AND.fullmatch(clause[row[-1][1] : title[0]])
        if row and not follows:
            yield row
            row = []
        row.append(title)
    if row:
        yield row


def names_unheld(text: str) -> bool:
    """不是小巨人, 别把我们当小巨人: whether a text names a title that is not held, or not by who speaks."""
    return any(m.says in (Says.LACKED, Says.UNSAID, Says.DISOWNED, Says.ANOTHERS) for m in mentions(text))


def lacks_one(text: str) -> bool:
    """没评上小巨人: whether a title is said not to be held above which, or beside which, others may be."""
    lacked = {title for m in mentions(text) if m.says is Says.LACKED for title in m.titles}
    return bool(lacked) and not lacked & {NONE, "provincial", "innovative"}


def titles_in_short(text: str) -> tuple[str, ...]:
    """The titles that a few words may mean which answer which are held: 创新型, 省里, 国家的."""
    return tuple(value for value in slots()["tiers"].values if _SHORT_TITLES[value].search(text))
