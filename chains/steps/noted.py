"""What is said back of the facts that were noted, and what follows from them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from chains.eligibility import CITY, Status
from chains.finding.asked import put_right
from chains.interview import weight
from chains.language.answering import names_a_fact
from chains.language.clauses import asks_us, pattern
from chains.language.firsts import tells_which_first
from chains.prompting import fact_label, lacks_label, wording
from chains.steps.order import ranked
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.reckoning import size_lacks
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact, Source

_MAX_CONSEQUENCES = 3
# 把我的资质改成省级的, 你给我改错了: what was noted is to be put right.
_TO_PUT_RIGHT = re.compile(r"(?:改|记|弄|搞|写|变|算|填)(?:错|成|为|回|得不对)|更正|纠正|改一?下|改过来")
_FIRST, _SIZE = "first_recognition", "size"
_PARTS = re.compile(r"[，。；！？?\s]+")

# 我开头说了是省专呀, 我不是说了我们是民营吗: what was told is told once more; and what may stand beside it.
_SAID_BEFORE = re.compile(
    r"^(?:喂|哎呀?|唉|不对?|[，。！\s])*(?:我们?|咱们?)?(?:不是|都|早就?|一?开始|开头|前面|上面|刚才?|刚刚|一直|明明|已经|就|也)+"
    r"(?:(?:跟|和)[你您])?(?:说|讲|告诉[你您]?|提)(?:过了?|了)(?:[好几两三]?[几多]?[次遍回])?"
)
_OF_NO_MATTER, _MORE = re.compile(r"我们?|咱们?|公司|[是的呀啊吗嘛呢了有在就哦吧，。！？?\s]"), re.compile(r".{2}")


def noted_lines(context: Context) -> list[str]:
    """What was heard of the enterprise in this message, said back in a line."""
    before, after = context.before.facts, context.conversation.facts
    new = {slot: fact for slot, fact in after.items() if slot not in before}
    changed = {slot: fact for slot, fact in after.items() if slot in before and before[slot].value != fact.value}
    asks_on = bool(context.before.focus) and context.heard.asks and context.conversation.city_is_only_asked_about
    if asks_on and not {**new, **changed}.keys() - {CITY}:
        new, changed = {}, {}  # 盐城现在能用吗: the city is that of the question
    complains = pattern("wrongly_noted").search(context.heard.text) is not None
    lines = _undone(context) if complains else []
    if changed and not complains:
        lines.append(wording("interview.corrected", facts=labels(changed)))
        tells_on = context.conversation.broad and CITY not in changed and not context.heard.asks
        lines += _consequences(context) if tells_on else []
    said = {slot: fact for slot, fact in new.items() if fact.source is Source.STATED or fact.value != "no"}
    lacked = [title for title in context.conversation.lacks if title not in context.before.lacks]
    lacked = [] if "tiers" in context.taken_back else lacked
    if said or lacked:
        told = [label for label in (labels(said), lacks_label(lacked) if lacked else "") if label]
        lines.append(wording("interview.noted", facts=" · ".join(told)))
        if guessed := [f"“{said[slot].words}”" for slot in said if slot in context.heard.reading.guessed]:
            lines.append(wording("interview.guessed", words="、".join(guessed)))
        if any(fact.source is Source.INFERRED and fact.value == "no" for fact in new.values()):
            lines.append(wording("interview.rest_no"))
    industry, measures = context.conversation.industry, context.conversation.measures
    of_the_trade = not new and industry != context.before.industry and not context.heard.asks
    if measures and _wants_size(context) and (of_the_trade or measures != context.before.measures):
        lines.append(size_lacks(industry, measures))
    elif of_the_trade:
        lines.append(wording("interview.industry", industry=industry))
    if context.taken_back and not complains:
        lines.append(wording("interview.taken_back", facts=labels(context.taken_back)))
    if context.conversation.profile[CITY] is None:
        each_once = {place.candidates: place for place in reversed(context.heard.reading.unclear)}
        lines += [
            wording("interview.which_city", place=place.name, cities="、".join(c.name for c in place.candidates))
            for place in reversed(each_once.values())
        ]
    if not said and set(context.conversation.declined) - set(context.before.declined):
        lines.append(wording("interview.declined"))
    return lines


def with_the_firm_turned_to(context: Context, draft: Draft) -> Draft:
    """丹阳那家呢: that it is looked at now, and that what is known of the one left is not lost, nor its own."""
    before = context.before
    if not before.turned:
        return draft
    firm, other = (
        "".join(fact_label(slot, known[slot]) for slot in (CITY, "district") if slot in known)
        for known in (before.facts, before.earlier)
    )
    return replace(draft, lines=(wording("interview.turned_to", firm=firm, other=other), *draft.lines))


def _wants_size(context: Context) -> bool:
    """Whether something that is talked of turns on the size, and it is not known."""
    supports = context.library.supports
    keys = (*context.conversation.goal, *context.before.focus, *(e.key for e in context.subject.supports))
    talked = (supports[key] for key in keys if key in supports)
    return _SIZE not in context.conversation.facts and any(c.slot == _SIZE for s in talked for c in s.when)


def not_noted(context: Context) -> Draft | None:
    """别把我们当小巨人，没评过, where nothing such is known: that it is not noted, and what is."""
    heard, known = context.heard, context.conversation.facts
    asked = context.before.pending.slot if context.before.pending else None
    names = context.finder.named(heard.text)  # 我说的是技术攻关，不是小巨人
    denies = (heard.reading.denied and asked != "tiers" and not names) or pattern("do_not_note").search(heard.text)
    puts_right = (denies and not heard.asks) or only_puts_right(heard.text)
    if not puts_right or heard.facts or heard.intents or not known or context.answered:
        return None
    if put_right(heard) is not None and context.subject.supports:
        return None  # 我说的是技术攻关，不是小巨人: another thing is asked of
    line = wording("interview.not_noted", facts=labels(known))
    return Draft(Outcome.TALK, context.conversation, (line,), question=context.standing)


def noted_already(context: Context) -> Draft | None:
    """把我的资质改成省级专精特新, of what is noted so: that it is, and nothing told over again.

    What is not put so, as a first recognition that was reviewed since, is said not to be, and why.
    """
    heard, before, known = context.heard, context.before.facts, context.conversation.facts
    asks = any(asks_us(part) for part in _PARTS.split(heard.text))
    if asks or not heard.facts or context.answered or not _TO_PUT_RIGHT.search(heard.text):
        return None
    if context.conversation.reviewed and _FIRST in heard.facts and _FIRST not in known:
        line = wording("interview.not_first")
    elif all(slot in before and slot in known and known[slot].value == before[slot].value for slot in heard.facts):
        line = wording("interview.already", facts=labels({slot: known[slot] for slot in heard.facts}))
    else:
        return None
    return Draft(Outcome.TALK, context.conversation, (line,), question=context.standing)


def only_puts_right(text: str) -> bool:
    """你怎么记成小巨人了, 我没说我是省专: whether a message asks nothing but why something was noted."""
    of_notes = [pattern(name) for name in ("why_noted", "wrongly_noted")]
    asking = (part for part in _PARTS.split(text) if pattern("question").search(part))
    is_of_notes = any(regex.search(text) for regex in of_notes)
    return is_of_notes and all(any(regex.search(part) for regex in of_notes) for part in asking)


def own_up(context: Context) -> Draft | None:
    """我没说我不是首次，你乱记: that it was noted wrongly and is undone, and what is known now."""
    wrongly = pattern("wrongly_noted").search(context.heard.text) and only_puts_right(context.heard.text)
    undone = _undone(context)
    if not wrongly and not (undone and tells_which_first(context.heard.text)):
        return None
    if context.conversation.facts.keys() - context.before.facts.keys() or (context.heard.facts and not undone):
        return None  # 没说没资质，我们是省专: goes on with what is told now
    lines = [*(undone or _nothing_wrong(context)), _known_now(context)]
    return Draft(Outcome.TALK, context.conversation, tuple(lines), question=context.standing)


def recall(context: Context) -> Draft | None:
    """我开头说了是省专呀: that what is told once more was noted, and what else is."""
    heard, known = context.heard, context.before.facts
    if not heard.facts or heard.facets or heard.intents or not _SAID_BEFORE.match(heard.text):
        return None
    if any(slot not in known or known[slot].value != fact.value for slot, fact in heard.facts.items()):
        return None
    if _MORE.search(_OF_NO_MATTER.sub("", _SAID_BEFORE.sub("", heard.without_facts))):
        return None  # 我说了是省专，那个20万呢
    told = wording("interview.known_already", facts=labels(heard.facts))
    draft = Draft(Outcome.TALK, context.conversation, (told, _known_now(context)), question=context.standing)
    return replace(draft, suggestions=() if draft.question else suggestions("broad", "gap"))


def _undone(context: Context) -> list[str]:
    """What was noted wrongly, and is known no longer or as it was before."""
    before, after = context.before.facts, context.conversation.facts
    gone = {slot: fact for slot, fact in before.items() if slot not in after}
    restored = {slot: after[slot] for slot in before if slot in after and after[slot].value != before[slot].value}
    lines = [wording("interview.owned_up", facts=labels(gone))] if gone else []
    return lines + ([wording("interview.owned_up_to", facts=labels(restored))] if restored else [])


def _nothing_wrong(context: Context) -> list[str]:
    """That what is complained of is not noted, or that it was of another's firm; else the question what is meant."""
    if context.before.another:
        return [wording("interview.not_yours")]
    named = names_a_fact(context.heard.text) or not context.before.facts
    return [wording("interview.never_noted" if named else "interview.which_wrong")]


def _known_now(context: Context) -> str:
    known = context.conversation.facts
    if context.conversation.city_is_only_asked_about:
        known = {slot: fact for slot, fact in known.items() if slot != CITY}
    return wording("interview.known_now", facts=labels(known)) if known else wording("interview.known_nothing")


def _consequences(context: Context) -> list[str]:
    """Which verdicts of an overview a correction changed, but for what is asked and so answered, the best first."""
    was = {f.support.id: f.otherwise for f in context.in_play(context.before)}
    asked = {entry.key for entry in context.subject.supports} if context.heard.asks else set()
    unsaid = (f for f in context.in_play(context.conversation) if f.support.id not in asked)
    settled = (f for f in unsaid if f.otherwise is not Status.UNDETERMINED)
    now = ranked(f for f in settled if was.get(f.support.id) != f.otherwise)
    lines: list[str] = []
    for finding in sorted(now, key=lambda f: -weight(f.support))[:_MAX_CONSEQUENCES]:
        title = finding.support.title
        if finding.otherwise is Status.INELIGIBLE:
            because = verdicts.refusal_reason(context.words, finding)
            lines.append(wording("interview.therefore_not", title=title, because=because))
        else:
            lines.append(wording("interview.therefore", title=title, status=verdicts.status_name(finding)))
    return lines


def labels(facts: Mapping[str, Fact]) -> str:
    shown = [fact_label(slot, fact) for slot, fact in facts.items()]
    return " · ".join(dict.fromkeys(shown))
