"""What a firm has had already, told by its sum (三百万那个我们拿过了), and of what a first is that was told."""

import re
from collections.abc import Mapping
from dataclasses import replace

from chains.anothers import is_of_another
from chains.conversation import Conversation
from chains.finding.matching import titles_of
from chains.language.clauses import pattern
from chains.language.firsts import tells_which_first
from chains.language.understanding import Understanding
from chains.taken_back import PARTS
from knowledge.figures import read_figures
from knowledge.profile import Fact, Source
from knowledge.support import Support

_TIERS, _FIRST, _PLATFORM = "tiers", "first_recognition", "service_platform"
# 初次轻微违法: a first that is no recognition's; and what names one.
_AN_EVENT, _OF_A_TITLE = re.compile(r"[初首]次[^，。；]{0,4}违"), re.compile(r"评|认定|获|称号|小巨人|冠军|入选")
_WITH_AWARDS = frozenset({"champion", "little_giant"})
_HAD = re.compile(
    r"(?<![没不])(?<!没有)(?:拿|领|得|给|发)(?:到)?(?:手|过)了?(?!没|[吗么?？])|已经?到(?:手|账)|(?:拿|领)到了(?!没|[吗么?？])"
)


def with_what_was_had(
    conversation: Conversation, heard: Understanding, supports: Mapping[str, Support]
) -> Understanding:
    """三百万那个我们拿过了: who has had what is given once for the title held, named by its sum, got that before."""
    held = set(conversation.profile[_TIERS] or ())
    if _FIRST in heard.facts or _TIERS in heard.facts or is_of_another(heard):
        return heard
    told = [part for part in PARTS.split(heard.text) if _HAD.search(part)]
    given = [s for s in supports.values() if told and any(c.slot == _FIRST for c in s.when)]
    once = {s.benefit.amount_cny: titles_of(s) & held for s in given}
    for part in told:
        if any(pattern(name).search(part) for name in ("others", "another", "hearsay")):
            continue  # 隔壁那家100万拿过了
        titles = [once.get(int(f.value)) for f in read_figures(part) if f.kind == "money"]
        if of := next((t for t in titles if t), None):
            facts = {**heard.facts, _FIRST: Fact("no", Source.STATED, part, of=tuple(of))}
            return replace(heard, reading=replace(heard.reading, facts=facts))
    return heard


def without_the_first_of_another(
    conversation: Conversation, heard: Understanding, supports: Mapping[str, Support]
) -> Understanding:
    """今年首次获评, after the award for a platform, 第一次, after a first offence: of that, and of no title."""
    talked_of = [supports[key] for key in conversation.focus if key in supports]
    first = heard.facts.get(_FIRST)
    if first is None:
        return heard
    told = heard.facts.get(_TIERS)
    # 小巨人 第一次: of that title, which has an award.
    of_title = (told is not None and not _WITH_AWARDS.isdisjoint(told.value)) or _OF_A_TITLE.search(first.words)
    of_event = bool(talked_of) and all(_AN_EVENT.search(s.title + s.benefit.text) for s in talked_of)
    if (of_event and not of_title) or tells_which_first(heard.text):
        return _without_the_first(heard)
    of_platform = bool(talked_of) and all({c.slot for c in s.when} == {_PLATFORM} for s in talked_of)
    answers = _FIRST in conversation.pending_slots
    of_another = of_platform and not answers and not {_TIERS, _PLATFORM} & heard.facts.keys()
    return _without_the_first(heard) if of_another else heard


def _without_the_first(heard: Understanding) -> Understanding:
    facts = {slot: fact for slot, fact in heard.facts.items() if slot != _FIRST}
    return replace(heard, reading=replace(heard.reading, facts=facts))
