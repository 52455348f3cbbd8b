"""What was noted and is taken back: denied, not meant, never said, or said of another; and what stands in its place."""

import re
from collections.abc import Mapping
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.language.answering import is_not_yet, names_a_fact, retracts
from chains.language.clauses import pattern
from chains.language.firsts import tells_which_first
from chains.language.understanding import Understanding
from chains.prompting import read_data
from knowledge.profile import NONE, Fact
from knowledge.regions import city_name

_TIERS, _DISTRICT, _FIRST = "tiers", "district", "first_recognition"
_PLACE = frozenset({CITY, _DISTRICT})
PARTS = re.compile(r"[，。；！…\s]+")


def retracted(conversation: Conversation, facts: Mapping[str, Fact], heard: Understanding) -> tuple[str, ...]:
    """刚才那个省级是我瞎说的, 说错了，我们不是民营: what was told, is not meant, and has nothing in its place.

    What is named, or what was told last where nothing is.
    """
    if complaint := "，".join(p for p in PARTS.split(heard.text) if pattern("wrongly_noted").search(p)):
        return _noted_wrongly(conversation, complaint, heard)
    if tells_which_first(heard.text):
        return (_FIRST,) if _FIRST in conversation.facts else ()
    takes_back = retracts(heard.text)
    if not (takes_back or heard.reading.is_correction):
        return ()
    gone: list[str] = []
    for slot, fact in conversation.facts.items():
        words = _words_of(slot, fact)
        denied = rf"(?<![问说要讲]的)(?:不是|没有?|不算)(?:什么|啥|国家?)?(?:{words})|(?:{words})[^，。；]{{0,5}}不算"
        gone += [slot] if re.search(words if takes_back else denied, heard.text) else []
    if takes_back and not gone:
        gone = [slot for slot in conversation.told if slot not in {CITY, _DISTRICT}]
    lost = {*gone, *((_FIRST,) if _TIERS in gone else ())}
    return tuple(slot for slot in lost if slot not in facts)


def _noted_wrongly(conversation: Conversation, complaint: str, heard: Understanding) -> tuple[str, ...]:
    """我没说我不是首次, 你乱记: the slots complained of by name, or else those told last, if nothing is put right."""
    denied = heard.reading.denied
    known = conversation.facts.items()
    named = [slot for slot, fact in known if re.search(_words_of(slot, fact, none=True), complaint)]
    if {"champion", "little_giant"} & set(denied) and set(denied) < set(conversation.profile[_TIERS] or ()):
        named = [slot for slot in named if slot != _TIERS] or [_TIERS]
    if named or heard.facts or names_a_fact(heard.text):
        return tuple(named)
    return tuple(s for s in conversation.told if s in conversation.facts)


def _words_of(slot: str, fact: Fact, *, none: bool = False) -> str:
    """A pattern of the words that touch on a fact, however it was told; none match where there are none."""
    if slot in _PLACE:
        return re.escape(city_name(str(fact.value)) if slot == CITY else str(fact.value)) if none else r"(?!)"
    by_value = read_data("lexicon")["touches"].get(slot, {})
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    told = [by_value.get(value) or by_value.get("any") for value in values if none or value != NONE]
    return "|".join(f"(?:{words})" for words in told if words) or r"(?!)"


def without_denied_titles(conversation: Conversation, facts: dict[str, Fact], heard: Understanding) -> Conversation:
    """小巨人不算我们的, after it was noted: the titles that are denied go, and what was told of them with the last."""
    known = conversation.facts.get(_TIERS)
    denied = heard.reading.denied
    said = pattern("before_a_title").sub(" ", heard.text)
    told_now = _TIERS in conversation.told and any(p.strip() and is_not_yet(p) for p in PARTS.split(said))
    if known is not None and _TIERS in facts and denied & set(known.value):
        return conversation.without_facts(_FIRST)
    if known is None or known.value == (NONE,) or _TIERS in facts or not (told_now or denied & set(known.value)):
        return conversation
    left = tuple(t for t in known.value if t not in denied) if denied else ()
    if left:
        facts[_TIERS] = replace(known, value=left)
        return conversation
    return conversation.without_facts(_TIERS, _FIRST)
