"""Turns about a city's sums that name none of its supports: the greatest, one that was heard of, why another got more.

最多的一笔是多少，给谁的; 听说有五百万; 同行拿了三百万凭什么我们一百万.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY, Finding
from chains.finding.matching import titles_of
from chains.language.clauses import pattern
from chains.language.sums_said import is_own
from chains.prompting import texts, wording
from chains.steps.compared import titles_in
from chains.steps.stated import Group, Item, awards_for, is_lent, own_award, sums_of
from chains.steps.sums import asks_for_money, names_more
from chains.steps.sums_told import draft_of, rows
from chains.telling import answer, verdicts
from chains.turn import Context, Draft
from knowledge.figures import Figure, read_figures
from knowledge.regions import served_cities
from knowledge.support import Support

# 有五百万, 发500万: a sum is said to be given, and nothing else; and that there is none: 就是没有五百万呗.
_GIVEN = re.compile(r"(?:有|没|给|发|奖|拿|领|补)[^，。；\d]{0,8}$")
_NONE_GIVEN = re.compile(r"没有?(?:这|那|什么|啥)?$")
_WHETHER = re.compile(r"有没有|[吗么吧呗嘛不?？]|是不是|真假|[对是]不[对是]|还是没")
# 是不是因为这个: a reason is put to be confirmed.
_BECAUSE = re.compile(r"(?:是不是|难道|就是|是)?(?:因为|由于|原因|缘故)[^。；]*(?:[吗么吧呗?？]|$)|是不是因为")
_WHY = re.compile(r"为(?:什么|啥|何)|凭(?:什么|啥)|怎么(?!办|样|申|拿|领|报)|咋(?!办|样|申|拿|领|报)|干嘛")
_TWO = 2


def tell_greatest(context: Context) -> Draft | None:
    """南京最多的一笔是多少 给谁的: the greatest sum and its conditions; of a limit also the greatest that is fixed."""
    heard, city = context.heard, _city(context)
    if (
        not pattern("greatest_sum").search(heard.text)
        or city is None
        or context.answered
        or heard.has_orders
        or heard.foreign_places
    ):
        return None
    if titles_in(heard.text) or context.finder.named(heard.text) or pattern("which_cities").search(heard.text):
        return None
    if context.before.broad and asks_for_money(context):
        return None  # 哪笔钱最大, after all that there is: the list of what the firm may have
    least = pattern("lower").search(heard.text) is not None
    items = [item for item in sums_of(context, city).items if not is_lent(item)]
    ordered = sorted(items, key=lambda i: i.value or 0, reverse=not least)
    return _told(context, ordered, wording("sums.least" if least else "sums.greatest")) if ordered else None


def tell_sum_put(context: Context) -> Draft | None:
    """听说南京给企业五百万, 就是没有五百万呗: what gives that sum; that nothing does, and what the greatest is."""
    heard, city = context.heard, _city(context)
    said = [f for f in read_figures(heard.text) if f.kind == "money"]
    if len(said) != 1 or city is None or context.answered or heard.has_orders or heard.foreign_places or heard.as_of:
        return None
    if not _is_put_at_large(context, said[0]) or context.finder.asks_others(heard.text) > 0:
        return None  # 听会计讲一个人一年能抵九千块的税
    items = sums_of(context, city).items
    if one := _of_one_told(context, city):
        if context.heard.cities or context.subject.entries:
            return None  # the sum is held against what it gives
        items = tuple(item for item in items if item.entry.key == one.id)
    if giving := [item for item in items if item.value == said[0].value]:
        return _told(context, giving, wording("sums.that_sum"))
    denied = _NONE_GIVEN.search(heard.text[: said[0].start]) and not re.search("有没有", heard.text)
    ordered = list(items) if one else [item for item in items if not is_lent(item)]
    key = "sums.right_none" if denied else "sums.not_that_sum"
    then = wording("sums.it_says" if one else "sums.greatest")
    return _told(context, ordered, f"{wording(key)}{then}") if ordered else None


def tell_why_more(context: Context) -> Draft | None:
    """同行拿了三百万，我们小巨人凭什么一百万; 他是单项冠军，是不是因为这个: that the sums go with the titles."""
    heard, city = context.heard, _city(context)
    puts, asks_why = _BECAUSE.search(heard.text), _WHY.search(heard.text)
    if city is None or not (puts or asks_why) or context.answered or heard.has_orders:
        return None
    awards = _awards_meant(context, city)
    if len({support.benefit.amount_cny for support in awards}) < _TWO:
        return None
    group = sums_of(context, city)
    keys = {support.id for support in awards}
    told = tuple(item for item in group.items if item.entry.key in keys)
    head = wording("sums.because_yes" if puts and not asks_why else "sums.because")
    unsaid = wording("sums.no_reason", mark=told[0].mark)
    return draft_of(context, [replace(group, items=told)], [head, *rows(told), unsaid])


def _city(context: Context) -> str | None:
    """The one city whose sums are meant: the one that is named, one's own, or the one talked of."""
    own, named = str(context.conversation.profile[CITY] or ""), context.heard.cities
    if len(named) > 1:
        return None
    found = [entry.city for entry in context.subject.entries[:1]]  # 我同行在南京拿了三百万
    return next(iter((*named, *((own,) if own in served_cities() else ()), *context.before.focus_cities, *found)), None)


def _of_one_told(context: Context, city: str) -> Support | None:
    """The one thing that was told last, where it gives a sum."""
    told = [context.library.supports[key] for key in context.before.focus if key in context.library.supports]
    gives = len(told) == 1 and bool(told[0].benefit.amount_cny) and context.library.document(told[0].id).city == city
    return told[0] if gives else None


def _is_put_at_large(context: Context, said: Figure) -> bool:
    """Whether a sum is said to be given, and nothing is named that gives it."""
    heard, text = context.heard, context.heard.text
    hearsay = pattern("hearsay").search(text) is not None
    if (
        is_own(said, text)
        or not (_GIVEN.search(text[: said.start]) or hearsay)
        or not (_WHETHER.search(text) or hearsay)
    ):
        return False
    if set(heard.facts) - {CITY, "district"} or set(heard.facets) - {"amount", "what"} or heard.speaks_of_self:
        return False
    if "can_get" in heard.intents:
        return False
    names = titles_in(text) or context.finder.named(text) or names_more(context, text.replace(said.words, " "))
    return not names


def _awards_meant(context: Context, city: str) -> list[Support]:
    """The awards for titles that a message sets against each other: of the sums and titles it says, or told last."""
    titles = (*titles_in(context.heard.text), *(context.conversation.profile["tiers"] or ()))
    named = [award for title in titles if (award := own_award(context.library, city, title))]
    sums = {f.value for f in read_figures(context.heard.text) if f.kind == "money"}
    here = [s for tier in texts("tiers") for s in awards_for(context.library, city, tier) if len(titles_of(s)) == 1]
    said = [s for s in here if s.benefit.amount_cny in sums]
    told = [s for s in here if s.id in context.before.focus]
    return list({s.id: s for s in (*named, *said, *told) if s.benefit.amount_cny}.values())


def _told(context: Context, items: Sequence[Item], head: str) -> Draft:
    """The first of some items after a head, with its conditions; of a limit the first that is none; what is refused."""
    first = items[0]
    same = [item for item in items if item.value == first.value]
    told, lines = list(same), [head, *rows(same)]
    findings = [_finding(context, item) for item in same]
    lines += [line for f in findings for line in answer.condition_lines(context.words, f, told=f.support.benefit.text)]
    fixed = next((item for item in items if not _is_cap(item)), None)
    if _is_cap(first) and fixed is not None:
        lines += [wording("sums.fixed"), *rows([fixed])]
        told.append(fixed)
    if context.conversation.profile["tiers"]:
        ruled_out = [f for item in told if verdicts.is_ruled_out(f := _finding(context, item))]
        lines += [line for f in ruled_out for line in verdicts.refusal(context.words, f)[:1]]
    return draft_of(context, [Group("", tuple(told), ())], lines)


def _finding(context: Context, item: Item) -> Finding:
    assert item.entry.support is not None  # a sum of a city is a support's
    return context.assess(item.entry.support)


def _is_cap(item: Item) -> bool:
    return item.entry.support is not None and item.entry.support.benefit.is_cap
