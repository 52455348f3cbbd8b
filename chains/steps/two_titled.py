"""Turns that tell of two firms of one city by their titles: what each gets for its own, apart.

两家公司一个单项冠军一个小巨人分别能拿多少; 都是首次 and 合起来一共多少 go on with both. Nothing is added up.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from chains.eligibility import CITY, Finding, assess
from chains.interview import question_about
from chains.language.clauses import filled, pattern
from chains.prompting import fact_label, wording
from chains.steps.compared import titles_in
from chains.steps.stated import awards_for
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact, Source
from knowledge.regions import served_cities

_TWO, _TIERS, _FIRST = 2, "tiers", "first_recognition"
_ONE = re.compile(r"(?:另外?)?一[家个](?!多少|[^，。；]{0,2}给)")
_OF_FIRMS = re.compile(r"[两俩2](?:家|个(?:公司|企业|厂))|一家[^，。；]*[，。；\s]*(?:另外?)?一家")
_BOTH_NEW = re.compile(filled(r"(?:都|全)(?:算|属于)?(?:是)?(?:今年)?(?:<first>|首[评获])"))
# 合起来一共多少, 一共四百万对吧, 分别能拿多少, 前提是首次对吗: of both, where both were told last.
_OF_BOTH = re.compile(
    r"(?:合|加)(?:起来|一起|到?一块)|一共|总共|合计|拢共|分别|各(?:自|家|拿|能|给)|两家|两个?(?:都|公司|企业)|[都得要]?(?:是|要)?首次"
)
_OF_A_SUM = re.compile(r"(?:合|加)(?:起来|一起|到?一块)|一共|总共|合计|拢共")
_NEVER, _BRIEF = re.compile(r"不是|不算|没"), 16


def tell_two_titled(context: Context) -> Draft | None:
    """What each of two firms gets for its title, judged by what is told of it."""
    heard, before = context.heard, context.before
    if heard.has_orders or heard.foreign_places or len(heard.cities) > 1:
        return None
    new = _BOTH_NEW.search(heard.text) if not _NEVER.search(heard.text) else None
    first = {_FIRST: Fact("yes", Source.STATED, new.group())} if new else {}
    if titles := _titles_apart(heard.text):
        city = next(iter(heard.cities), str(before.profile[CITY] or ""))
        where: dict[str, Fact] = {CITY: Fact(city, Source.STATED, city)}
        firms = [where | {_TIERS: Fact((title,), Source.STATED, title)} | first for title in titles]
    elif _goes_on(context, first):
        firms = [{**facts, **first} for facts in (before.earlier, before.facts)]
    else:
        return None
    told = [_judged(context, facts) for facts in firms]
    if any(not findings for _, findings in told):
        return None
    kept = before.restarted().with_goal((), broad=True).with_facts(firms[1])
    kept = kept.model_copy(update={"several": True, "earlier": firms[0], "warned": before.warned})
    findings = [finding for _, of_firm in told for finding in of_firm]
    kept = kept.with_focus([f.support.id for f in findings], (str(firms[0][CITY].value),))
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    lines += [wording("sift.titled_apart")] if _OF_A_SUM.search(heard.text) else []
    for (within, of_firm), facts in zip(told, firms, strict=True):
        lines.append(wording("sift.titled", title=fact_label(_TIERS, facts[_TIERS])))
        for finding in of_firm:
            lines += verdicts.verdict_lines(within.words, finding, brief=True)
    question = None if all(_FIRST in facts for facts in firms) else question_about(_FIRST)
    return Draft(
        Outcome.INFORMATION, kept, tuple(lines), tuple(findings), question=question, suggestions=suggestions("proof")
    )


def _titles_apart(text: str) -> tuple[str, ...]:
    """The two titles of which one firm is told to hold the one and another the other: 一家小巨人一家省专."""
    if not _OF_FIRMS.search(text):
        return ()
    held = [titles_in(piece) for piece in _ONE.split(text)[1:]]
    apart = [titles[0] for titles in held if len(titles) == 1]
    return tuple(apart) if len(held) == len(apart) == _TWO == len(set(apart)) else ()


def _goes_on(context: Context, first: Mapping[str, Fact]) -> bool:
    """Whether both firms were told of last, and a message asks of both or tells that both titles are new."""
    heard, before = context.heard, context.before
    if not before.earlier or _TIERS not in before.earlier or _TIERS not in before.facts or heard.cities:
        return False
    if heard.facts.keys() - {_FIRST} or (heard.facts and not first):
        return False
    talked = {f.support.id for facts in (before.earlier, before.facts) for f in _judged(context, facts)[1]}
    asks = pattern("question").search(heard.text) or pattern("asks_total").search(heard.text) or "对" in heard.text
    of_both = _OF_BOTH.search(heard.text) is not None and len(heard.text) <= _BRIEF and bool(asks)
    return talked == set(before.focus) and (bool(first) or of_both)


def _judged(context: Context, facts: Mapping[str, Fact]) -> tuple[Context, list[Finding]]:
    """The awards of a city for the one title of a firm, judged by the facts of that firm alone."""
    firm = context.before.restarted().with_facts(facts)
    words = replace(context.words, profile=firm.profile)
    city, titles = str(firm.profile[CITY]), firm.profile[_TIERS] or ()
    if city not in served_cities() or len(titles) != 1:
        return context, []
    awards = awards_for(context.library, city, titles[0])
    exact = [s for s in awards if s.benefit.amount_cny] or awards
    found = [assess(s, context.library.document(s.id), firm.profile, context.words.as_of) for s in exact]
    return replace(context, conversation=firm, words=words), found
