"""Turns that judge a firm that is not the speaker's: another's, of which he tells, or any of a kind. None is noted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY, Finding, State, Status, assess_all
from chains.finding.entries import Entry
from chains.finding.meant import Subject
from chains.finding.naming import names_nothing
from chains.language.firsts import MOVES
from chains.language.mentions import Says, mentions
from chains.language.understanding import as_ones_own, inferred_place
from chains.prompting import fact_label, texts, wording
from chains.steps import information, overview, sums, topics
from chains.steps.at_large import asks_for_everything
from chains.steps.compared import titles_in
from chains.steps.order import ranked
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.premise import premise_lines
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact, Source
from knowledge.regions import served_cities
from knowledge.support import Support

_MAX_VERDICTS, _FEW = 6, 3
_DECIDED = frozenset({State.MET, State.UNMET})
# 省专的呢: a kind that is named, and asks on what was asked before.
NAMED_ONLY = re.compile(r"[呢嘞][?？]?$")
# 那丹阳呢, 句容可以吗: of a place, and nothing named.
_OF_A_PLACE = re.compile(
    r"那?么?(?:在)?[\u4e00-\u9fff]{2,5}(?:那边|这边)?的?(?:企业|公司)?(?:呢|可以吗|行吗|行不行|能吗|也是吗|一样吗)[?？]?"
)
_DISTRICT, _FIRST, _TIERS = "district", "first_recognition", "tiers"
_CLAUSES = re.compile(r"[，。；！？?\s]+")


def head_of(supposed: Mapping[str, Fact]) -> str:
    """What is supposed, said back."""
    return wording("what_if.head", facts="、".join(fact_label(slot, fact) for slot, fact in supposed.items()))


def list_for_a_title(context: Context, noted: Sequence[str]) -> Draft | None:
    """整理一份淮安专精特新企业能享受的清单: all there is for whoever holds the title that is named, which is not noted.

    The interview goes on with what is known of the firm itself.
    """
    heard, held = context.heard, context.conversation.profile[_TIERS] or ()
    named = titles_in(heard.text)
    is_meant = len(named) == 1 and named[0] not in held and _TIERS not in heard.facts and not heard.reading.denied
    if not (is_meant and _are_firms(heard.text, named[0])) or context.conversation.profile[CITY] not in served_cities():
        return None
    title = {_TIERS: Fact((named[0],), Source.INFERRED)}
    own = context.conversation.with_goal((), broad=True)
    imagined = own.with_facts(title)
    words = replace(context.words, profile=imagined.profile)
    head = wording("what_if.kind", facts=fact_label(_TIERS, title[_TIERS]))
    told = overview.overview(replace(context, conversation=imagined, words=words), (*noted, head))
    kept = told.conversation.model_copy(update={"facts": own.facts, "supposed": title})
    return replace(told, conversation=kept, findings=ranked(context.in_play(own)), question=context.question_for(own))


def _are_firms(text: str, title: str) -> bool:
    """淮安专精特新企业有什么支持, 小巨人的好处: whether firms of a title are meant, and no 专精特新政策."""
    for clause in _CLAUSES.split(text):
        for mention in mentions(clause):
            words = mention.titles.get(title, "")
            by_name = words and (not words.startswith("专精特新") or words.endswith("企业"))
            if by_name and mention.says in (Says.BORNE, Says.HELD, Says.NAMED):
                return True
    return False


def of_another_told(context: Context) -> Subject | None:
    """老王是小巨人，也备案了; 他这次是第二次，那没有了吧: what was talked of, where it turns on what is told."""
    heard, supports = context.heard, context.library.supports
    if heard.facts or heard.speaks_of_self or (context.before.broad and not context.before.of_another):
        return None
    known = context.before.another
    told = {slot for slot, fact in heard.reading.told_of_another.items() if known.get(slot) != fact}
    focus = [context.finder.by_key[key] for key in context.before.focus if key in supports]
    found = context.subject.supports if context.before.others and not heard.asks else ()  # 他也备案了
    turning = tuple(e for e in dict.fromkeys((*focus, *found)) if told & {c.slot for c in supports[e.key].when})
    return Subject(turning, is_follow_up=True) if turning else None


def tell_of_another(context: Context) -> Draft | None:
    """他是江宁的, of whom was told before and nothing was asked: what is known of his firm."""
    heard, told = context.heard, context.heard.reading.told_of_another
    if not (told and heard.reading.only_others and context.before.others) or heard.asks or heard.facts or heard.facets:
        return None
    line = wording("what_if.told", facts="、".join(fact_label(slot, fact) for slot, fact in told.items()))
    return Draft(Outcome.TALK, context.conversation, (line,), question=context.standing)


def judge_another(context: Context, facts: Mapping[str, Fact]) -> Draft | None:
    """What holds for a firm that is not the speaker's. Nothing is remembered of it."""
    theirs = Conversation(as_of=context.conversation.as_of).with_facts(facts)
    words = replace(context.words, profile=theirs.profile)
    within = replace(context, conversation=theirs, words=words)
    is_here = CITY in facts and facts[CITY].value in served_cities()
    of_list = context.before.of_another and len(context.before.focus) > _FEW
    before = context.before.model_copy(update={"broad": True}) if of_list else context.before
    as_his = replace(within, before=before, heard=as_ones_own(context.heard))
    if is_here and sums.asks_for_money(as_his) and (awarded := sums.list_awards(as_his, [_head_of(facts)])):
        talked = awarded.conversation
        kept = _talking_of_another(context.conversation.with_focus(talked.focus, talked.focus_cities))
        told, own = _of_another(awarded.lines), tuple(context.assess(f.support) for f in awarded.findings)
        return replace(awarded, conversation=kept, lines=tuple(told), findings=own, question=context.standing)
    if under := {support.id for support in topics.of_topic(as_his)}:  # 她人才方面有啥
        context = context.with_subject(Subject(tuple(e for e in context.finder.entries if e.key in under)))
    everything = is_here and asks_for_everything(as_his)
    if is_here and names_nothing(as_his.heard.text):  # 那他要是在南京，有没有, after what another city has
        there = [entry for entry in context.subject.supports if entry.city == facts[CITY].value]
        everything = everything or of_list or not (context.subject.is_follow_up and there)
    if is_here and not context.heard.asks:  # 我老婆的公司在南京，也做食品, after what another city has
        everything = everything or all(e.city != facts[CITY].value for e in context.subject.supports)
    if not everything and not context.subject.supports:
        return None
    findings = overview.open_to(within) if everything else within.findings_of(context.subject.supports)[:_MAX_VERDICTS]
    awards = _all_but_the_first(within) if everything else ()
    lines = lifecycle_lines(words, [f.document for f in (*awards, *findings)])
    lines.append(_head_of(facts))
    if MOVES.search(context.heard.text) and any(r.slot == _FIRST for f in findings for r in f.reasons):
        lines.append(wording("what_if.first_elsewhere"))
    told = [*overview.listed(words, awards), *overview.listed(words, findings)] if everything else []
    for finding in findings if not everything else ():
        told += verdicts.verdict_lines(words, finding, brief=True)
    lines += _of_another(told)
    kept = context.conversation.with_focus(
        [f.support.id for f in (*awards, *findings)], dict.fromkeys(f.document.city for f in (*awards, *findings))
    )
    if everything and not context.conversation.goal:
        kept = kept.model_copy(update={"broad": True})  # 我自己在南京，省专, told next: all that there is for it
    mine = tuple(context.assess(f.support) for f in (*awards, *findings))
    offers = suggestions("broad")
    kept = _talking_of_another(kept)
    return Draft(Outcome.WHAT_IF, kept, tuple(lines), mine, question=context.standing, suggestions=offers)


def _talking_of_another(conversation: Conversation) -> Conversation:
    return conversation.model_copy(update={"of_another": True})


def _head_of(facts: Mapping[str, Fact]) -> str:
    return wording("what_if.another", facts="、".join(fact_label(slot, fact) for slot, fact in facts.items()))


def _all_but_the_first(context: Context) -> tuple[Finding, ...]:
    """The awards for what a firm holds of which only is not known whether it holds it for the first time."""
    found = ranked(assess_all(context.library, context.conversation.profile, context.words.as_of))
    left = (f for f in found if f.otherwise is Status.UNDETERMINED)
    return tuple(f for f in left if {r.slot for r in f.reasons if r.state not in _DECIDED} == {_FIRST})


def judge_kind(context: Context, facts: Mapping[str, Fact]) -> Draft | None:
    """What holds for any firm of a kind (中型企业能享受吗), where the documents turn on it. Nothing is remembered.

    A kind that is only named (省专呢) is judged where it is ruled out, is another than the speaker's own, or
    follows another that was judged; else it may ask of something else. What is known of the speaker's firm holds for
    the rest of it, unless the kind decides.
    """
    if set(facts) == {_DISTRICT} and context.before.broad and _OF_A_PLACE.fullmatch(context.heard.text):
        turn_on_it = _of_a_district(context, facts)
        if not turn_on_it:
            return _tell_the_same(context, facts)
        context = context.with_subject(replace(context.subject, entries=turn_on_it, is_follow_up=True))
    supports = context.subject.supports
    cities = {entry.city for entry in supports}
    held = set(context.conversation.profile["tiers"] or ())
    if len(cities) != 1 or (set(facts) == {"tiers"} and set(facts["tiers"].value) <= held):
        return None  # 单项冠军300万能拿吗, of a champion, supposes nothing
    context = context.without_asked_district() if _DISTRICT in facts else context
    city = cities.pop()
    theirs = Conversation(as_of=context.conversation.as_of).with_facts(
        {**inferred_place(context.heard), CITY: Fact(city, Source.INFERRED), **facts}
    )
    words = replace(context.words, profile=theirs.profile)
    findings = replace(context, conversation=theirs, words=words).findings_of(supports)
    bearing = [f for f in findings if any(r.slot in facts and r.state in _DECIDED for r in f.reasons)]
    own = context.conversation.facts
    instead = _DISTRICT in facts or any(slot in own and own[slot].value != facts[slot].value for slot in facts)
    names_only = NAMED_ONLY.search(context.heard.text) is not None
    asks_on = context.subject.is_follow_up and (instead or bool(facts.keys() & set(context.before.kinds)))
    of_district = _DISTRICT in facts and "validity" not in context.heard.facets
    asks_whether = asks_on or (not names_only and (context.subject.is_follow_up or of_district))
    refused = bool(bearing) and verdicts.is_ruled_out(bearing[0]) and (context.subject.is_follow_up or not names_only)
    if not bearing or not (asks_whether or refused):
        return None
    lines = lifecycle_lines(words, [f.document for f in bearing])
    bears = {r.slot for f in bearing for r in f.reasons} - {*facts, CITY}
    if not refused and instead and bears & own.keys() and context.conversation.profile[CITY] in (None, city):
        imagined = context.conversation.with_facts({CITY: Fact(city, Source.INFERRED), **facts})
        words = replace(context.words, profile=imagined.profile)
        within = replace(context, conversation=imagined, words=words)
        lines.append(head_of(facts))
        for finding in bearing[:_MAX_VERDICTS]:
            lines += verdicts.verdict_lines(words, within.assess(finding.support), brief=True)
    else:
        known = "、".join(fact_label(slot, fact) for slot, fact in theirs.facts.items() if slot != CITY)
        lines += premise_lines(context.words, bearing, context.heard.text)[0] if not refused else []
        lines.append(wording("what_if.kind", facts=known))
        for finding in bearing[:_MAX_VERDICTS]:
            lines += _of_another(verdicts.verdict_lines(words, finding, brief=True))
    context = information.leading_on(context, supports)
    kept = context.conversation.with_focus(
        [f.support.id for f in findings], dict.fromkeys(f.document.city for f in findings)
    ).model_copy(update={"kinds": tuple(facts)})
    mine = tuple(context.assess(f.support) for f in findings)
    offers = suggestions("can_we", "broad")
    return Draft(Outcome.WHAT_IF, kept, tuple(lines), mine, question=context.standing, suggestions=offers)


def _tell_the_same(context: Context, facts: Mapping[str, Fact]) -> Draft:
    """那丹阳呢, after all that there is, of which nothing turns on the district: that it is the same there."""
    context = context.without_asked_district()
    told = [context.library.document(key) for key in context.before.listed]
    known = "、".join(fact_label(slot, fact) for slot, fact in facts.items())
    lines = [*lifecycle_lines(context.words, told), wording("what_if.kind", facts=known), wording("broad.nothing_new")]
    offers = suggestions("more", "broad")
    return Draft(Outcome.WHAT_IF, context.conversation, tuple(lines), question=context.standing, suggestions=offers)


def _of_a_district(context: Context, facts: Mapping[str, Fact]) -> tuple[Entry, ...]:
    """The supports of one's city that turn on where the firm is, but for those that something else stands against."""
    there = replace(context, conversation=context.conversation.with_facts(facts))
    city = context.conversation.profile[CITY]
    here = [e for e in context.finder.entries if e.support and e.city == city and _turns_on_place(e.support)]
    findings = zip(here, there.findings_of(tuple(here)), strict=True)
    against = {e.key for e, f in findings if any(r.state is State.UNMET and r.slot != _DISTRICT for r in f.reasons)}
    return tuple(e for e in here if e.key not in against)


def _turns_on_place(support: Support) -> bool:
    return any(condition.within for condition in support.when)


def _of_another(lines: Sequence[str]) -> list[str]:
    """What is told of the person's own firm, told of another's."""
    told = list(lines)
    for own, their in texts("of_another").items():
        told = [line.replace(own, their) for line in told]
    return told
