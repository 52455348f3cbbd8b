"""What a message adds to what is known of the enterprise, and what of it does not go with what was said before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.compared import titles_in
from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.interview import question_about
from chains.pending import is_not_yet, puts_right
from chains.reply import Question
from chains.understanding import Understanding, inferred_place
from knowledge.profile import NONE, Fact, SlotKind, Source, slots
from knowledge.regions import city_name

_TIERS, _DISTRICT = "tiers", "district"
_CHAMPION, _FIRST, _TRADE = "champion", "first_recognition", "foreign_trade"
_ONLY = re.compile(r"[只就才仅没不未]|(?<!说)是(?!20|[去今前]年|首次|第一|头)|现在|目前|还在")
_OF_A_YEAR = re.compile(r"(?:20\d\d年|前年|[前大]几年)[^，。；]{0,6}(?:第一次|首次|头一[次回])")


def learn(
    conversation: Conversation, heard: Understanding, chosen: Mapping[str, Fact], declined: Sequence[str]
) -> Conversation:
    """The conversation with the facts that a message states, that its taps chose, and what was left open."""
    facts = {**heard.facts, **chosen}
    known = conversation.facts
    _settle_titles(facts, known, heard)
    _settle_first(facts, known, heard)
    trade, registered = facts.get(_TRADE), known.get(_TRADE)
    if trade and registered and trade.value == "no" and "海关" in registered.words and "海关" not in trade.words:
        del facts[_TRADE]  # 海关备案了, and then 还没出过口: registered is enough
    _presume_place(facts, known, heard)
    if CITY not in facts and CITY in known and city_name(str(known[CITY].value)) in heard.reading.not_in:
        conversation = conversation.without_facts(CITY, _DISTRICT)  # 刚才说错了，我们不是南京的
    asks_first = conversation.pending is not None and conversation.pending.slot == _FIRST
    if asks_first and is_not_yet(heard.text) and _TIERS not in facts:
        conversation = conversation.without_facts(_TIERS, _FIRST)  # 我们还没评上, asked whether it is the first time
    moved = CITY in facts and conversation.profile[CITY] not in (None, facts[CITY].value)
    if moved and _DISTRICT not in facts:
        conversation = conversation.without_facts(_DISTRICT)
    update = {"industry": heard.reading.industry or conversation.industry, "kinds": (), "told": tuple(facts)}
    conversation = conversation.model_copy(update=update)
    return conversation.with_facts(facts, (*declined, *heard.reading.declined))


def question_answered(conversation: Conversation, text: str) -> Question | None:
    """The question that a message may answer: the one asked last, or anew that of the one yes or no told last.

    不对 注册过, 说错了，没买: what takes back what was told is no yes or no to what is asked since.
    """
    pending = conversation.pending
    if not puts_right(text):
        return pending
    told = [slot for slot in conversation.told if slots()[slot].kind is SlotKind.YES_NO]
    if len(told) == 1:
        return question_about(told[0])
    asks_yes_no = pending is not None and pending.slot in slots() and slots()[pending.slot].kind is SlotKind.YES_NO
    return None if asks_yes_no else pending


def _settle_titles(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """A champion stays one where others are denied, and a title of the other kind stands beside what is held."""
    said, before = facts.get(_TIERS), known.get(_TIERS)
    if said is None or before is None:
        return
    if said.value == (NONE,) and said.source is Source.INFERRED and _CHAMPION in before.value:
        del facts[_TIERS]  # 不是小巨人，也不是省专
    elif set(said.value) < set(before.value) and not heard.reading.is_correction and not _ONLY.search(heard.text):
        del facts[_TIERS]  # 小巨人是去年评的: more is told of one that is held
    elif _comes_on_top(said, before, heard):
        both = {*before.value, *said.value}
        facts[_TIERS] = replace(said, value=tuple(t for t in slots()[_TIERS].values if t in both))


def _comes_on_top(said: Fact, before: Fact, heard: Understanding) -> bool:
    """今年单项冠军也下来了: a champion's title stands beside the ladder's, unless one is put in place of the other."""
    titles = (set(said.value), set(before.value))
    beside = {_CHAMPION} in titles and not any(NONE in t for t in titles) and not titles[0] & titles[1]
    return beside and not heard.reading.is_correction and not titles[1] & set(titles_in(heard.text))


def _settle_first(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """Whether a title is new is held for that title; what is held for years is not new because it once was."""
    first, before = facts.get(_FIRST), known.get(_FIRST)
    if first and before and (first.value, before.value) == ("yes", "no") and _OF_A_YEAR.search(heard.text):
        del facts[_FIRST]  # 复核通过了, and then 2021年第一次评的
        return
    contrary = first and before and (first.value, before.value) == ("no", "yes")
    if first and before and contrary and first.of and before.of and set(first.of).isdisjoint(before.of):
        facts[_FIRST] = replace(before, not_of=first.of)  # 小巨人的钱拿过了, after 单项冠军是第一次
        return
    titles = facts.get(_TIERS, known.get(_TIERS))
    if first and titles is not None and len(titles.value) == 1 and set(first.of) >= set(titles.value):
        facts[_FIRST] = replace(first, of=())
    if not (first or before) or titles is None or len(titles.value) < 2:
        return
    if before is not None and not before.of and _TIERS in known:
        before = replace(before, of=tuple(known[_TIERS].value))  # 单项冠军也拿到了: it was said of the title before
    held = frozenset(titles.value)
    earlier = frozenset(before.of if before is not None else ()) & held
    if first is None:
        assert before is not None
        facts[_FIRST] = replace(before, of=_but_all(earlier, titles))
        return
    named = frozenset(titles_in(heard.text)) & held
    said = frozenset(first.of) & held or (named if len(named) == 1 else held - earlier or held)
    if before is not None and before.value == first.value:
        said |= earlier
    facts[_FIRST] = replace(first, of=_but_all(said, titles))


def _but_all(some: frozenset[str], titles: Fact) -> tuple[str, ...]:
    """Some titles in the order held; none where they are all."""
    return tuple(t for t in titles.value if t in some) if some < frozenset(titles.value) else ()


def _presume_place(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """The place that a question is about is taken for the enterprise's as long as it has told none."""
    presumed = inferred_place(heard)
    city = known.get(CITY)
    is_loose = city is None or (city.source is Source.INFERRED and _DISTRICT not in known)
    if CITY in facts or not presumed or not (is_loose or city is None or city.value == presumed[CITY].value):
        return
    for slot, fact in presumed.items():
        before = known.get(slot)
        if slot not in facts and (before is None or before.source is Source.INFERRED):
            facts[slot] = fact
