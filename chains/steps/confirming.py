"""Turns that put several sums to be confirmed, or what lies between two of them: which are the documents'.

Also what is said of another city's document beside a question: 南京小巨人给一百万是吧，那淮安给多少.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains.finding.alone import what_is_told
from chains.finding.entries import Entry
from chains.finding.matching import titles_of
from chains.finding.naming import core, without_help
from chains.finding.retrieval import Finder
from chains.finding.rounds import how_many, last_told
from chains.language.clauses import pattern
from chains.language.of_cities import as_told, is_put
from chains.language.places import find_places, served
from chains.language.question_words import subject_words
from chains.language.sums_said import is_own
from chains.prompting import texts, wording
from chains.steps.compared import titles_in
from chains.steps.retelling import retold
from chains.steps.stated import awards_for
from chains.telling.figures_claimed import CONFIRMS, claim_lines
from chains.telling.words import tight, with_limits
from chains.turn import Context, Draft, Outcome
from knowledge.figures import Figure, read_figures
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind, Support

_TWO, _OF_IT = 2, 0.5
# 老板说, 听人讲, 文件不就是: words around what is claimed.
_SAID = re.compile(
    r"[^，。；\s]{0,3}(?:听说|听[^，。；]{0,2}[说讲]|[说讲]|据说)|怎么不是|凭什么|这个?数|文件|不就是|[最高封顶上限和给奖]"
)
_WHETHER = re.compile(r"[吗么吧嘛?？]|是不是|对不对|不就是|明明")
# 差250万, 多给了200万: what lies between two sums.
_BETWEEN = re.compile(r"(?:相?差|多|少|高|低)(?:出|拿|给|奖|了|就是|就|的是|着|个|整整|足足|是)*$")
# 两个数都对, 这三个金额没错吧: all that was told, without saying the sums.
_ALL_RIGHT = re.compile(
    r"(?:[两俩二三几仨]个?|这些|那些|都)(?:数字?|金额|钱数|数目)*[^，。；\d]{0,3}(?:都|全)?(?:是|算)?(?:对|没错|准|说的没错)(?!比|照|接|外|方|手|象)"
)

# 那一百万的那个不是吗, 30万不是给我们的吗: a sum is taken for what was told.
_IS_IT_NOT = re.compile(r"(?:不是|是不是)[^，。；]{0,8}[吗么吧不?？]*$|[对是]吗[?？]?$|对不对[?？]?$")

_ANSWERS = frozenset(
    {Outcome.VERDICT, Outcome.INTERVIEW, Outcome.OVERVIEW, Outcome.INFORMATION, Outcome.SILENT, Outcome.WHAT_IF}
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sum that is put, with the cities and titles named right before it."""

    value: Decimal
    cities: tuple[str, ...]
    titles: tuple[str, ...]
    before: str


def confirm(context: Context) -> Draft | None:
    """南京300万、镇江50万是不是真的, 差250万对吧: told as right where each sum stands for what is named."""
    heard = context.heard
    if context.answered or heard.has_orders or heard.as_of is not None:
        return None
    if "stacking" in heard.facets:
        return None  # 100万拿过了，300万是不是只补差额
    figures = [f for f in read_figures(heard.text) if f.kind == "money"]
    if not figures:
        return _all_right(context)
    between = [f for f in figures if _BETWEEN.search(heard.text[: f.start])]
    if len(figures) == len(between) == 1 and CONFIRMS.search(heard.text):
        return _between_two(context, between[0])
    claims = _claims(heard.text, [f for f in figures if not is_own(f, heard.text)])
    if len({claim.value for claim in claims}) < _TWO or not (
        CONFIRMS.search(heard.text) or _WHETHER.search(heard.text)
    ):
        return None
    entries = _sums_meant(context, claims)
    standing = [next((e for e in entries if _stands(claim, e, context.finder)), None) for claim in claims]
    told = tuple(dict.fromkeys(entry for entry in standing if entry is not None))
    if len(told) == len(claims):
        return retold(context, told, wording("premise.right_all"))
    others = tuple(e for e in context.subject.supports if e in entries and e not in told)
    if not told or not others or None not in standing:
        return None
    return retold(context, (*told, *others), wording("premise.right_in_part"))


def _claims(text: str, figures: Sequence[Figure]) -> list[_Claim]:
    """The sums of a text, each with what is named since the one before it: 南京单项冠军300万，镇江50万."""
    claims: list[_Claim] = []
    begin = 0
    cities: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    for figure in figures:
        before = text[begin : figure.start]
        cities = served(place for place, _, _ in find_places(before)) or cities
        titles = titles_in(before) or titles
        claims.append(_Claim(figure.value, cities, titles, before))
        begin = figure.end
    return claims


def _stands(claim: _Claim, entry: Entry, finder: Finder) -> bool:
    """Whether a support gives the sum that is claimed, in the city, for the title and for the thing named with it."""
    support = entry.support
    if support is None or support.benefit.amount_cny != claim.value:
        return False
    of_title = not claim.titles or bool(set(claim.titles) & titles_of(support))
    if not of_title or (claim.cities and entry.city not in claim.cities):
        return False
    if titles_in(claim.before):
        return True
    if named := finder.named(claim.before, claim.cities):
        return entry.key in named
    thing = without_help(core(_SAID.sub(" ", subject_words(claim.before))))
    return len(thing) < _TWO or finder.coverage(thing, entry.key) >= _OF_IT


def _sums_meant(context: Context, claims: Sequence[_Claim]) -> list[Entry]:
    """The supports with a sum that a message is about: awards it names, what was found for it, and what was told."""
    lately = last_told(context.before, context.finder)
    places = {(city, title) for claim in claims for city in claim.cities for title in claim.titles}
    named = [s.id for city, title in sorted(places) for s in awards_for(context.library, city, title)]
    awards = (context.finder.by_key[key] for key in named)
    entries = dict.fromkeys((*context.subject.supports, *awards, *reversed(lately)))
    return [entry for entry in entries if _has_sum(entry.support)]


def _has_sum(support: Support | None) -> bool:
    return support is not None and support.benefit.amount_cny is not None


def _all_right(context: Context) -> Draft | None:
    """两个数都对，你承认吗, right after several sums: that they stand in the documents as they were told."""
    text, named = context.heard.text, context.finder.named(context.heard.text)
    if not _ALL_RIGHT.search(text) or not (how_many(text) or "都" in text) or named or context.heard.cities:
        return None
    told = tuple(e for e in last_told(context.before, context.finder, _TWO) if _has_sum(e.support))
    return retold(context, told, wording("premise.as_written")) if len(told) >= _TWO else None


def _between_two(context: Context, claimed: Figure) -> Draft | None:
    """那还是南京高，差250万对吧: whether two sums that were told lie so far apart; of limits nobody knows."""
    lately = [e for e in last_told(context.before, context.finder, _TWO) if _has_sum(e.support)]
    found = [e for e in context.subject.supports if _has_sum(e.support)]
    told = tuple(dict.fromkeys((*lately, *(found if len(lately) < _TWO else ()))))
    named, cities = set(titles_in(context.heard.text)), {entry.city for entry in told}
    if not set(context.heard.cities) <= cities or any(e.support and not named <= titles_of(e.support) for e in told):
        return None  # 单项冠军差250万吧, after another title
    supports = [entry.support for entry in told if entry.support is not None]
    if len(supports) != _TWO or any(s.benefit.period != supports[0].benefit.period for s in supports):
        return None
    sums = sorted((s.benefit.amount_cny or 0 for s in supports), reverse=True)
    if any(s.benefit.is_cap for s in supports):
        key = "premise.between_caps"
    else:
        key = "premise.between" if sums[0] - sums[1] == claimed.value else "premise.not_between"
    return retold(context, told, wording(key))


def with_what_others_say(context: Context, draft: Draft) -> Draft:
    """The answer for the city that is asked of, after what is right or wrong of what was said of another's document.

    Cities without a document here that are asked of beside it are named; what is asked of others besides is declined.
    """
    if draft.outcome not in _ANSWERS:
        return draft
    if kind := context.heard.of_others:
        draft = replace(draft, lines=(*draft.lines, wording(f"outside.{kind}")))
    lines = [line for told in context.heard.told_of_others for line in _of_another_city(context, told)]
    lines += _sum_given_elsewhere(context, draft)
    if of_sum := _sum_of_another(context, draft):
        draft = replace(draft, lines=(*draft.lines, *of_sum))
    told = "".join(draft.lines)
    names = [name for name in context.heard.not_held if name not in told]
    if names:
        lines.append(wording("beside.not_held", names="、".join(names)))
    return replace(draft, lines=(*lines, *draft.lines)) if lines else draft


def _sum_of_another(context: Context, draft: Draft) -> list[str]:
    """听说淮安给小巨人奖一百万: whose document writes the sum that is said of a city which does not write it."""
    heard, titles = context.heard, titles_in(context.heard.text)
    said = [f for f in read_figures(heard.text) if f.kind == "money" and not is_own(f, heard.text)]
    if len(said) != 1 or len(heard.cities) != 1 or len(titles) != 1 or heard.told_of_others:
        return []
    city, value = heard.cities[0], said[0].value
    if any(s.benefit.amount_cny == value for s in awards_for(context.library, city, titles[0])):
        return []
    for other in served_cities():
        for support in awards_for(context.library, other, titles[0]) if other != city else ():
            if support.benefit.amount_cny == value:
                return [wording("beside.sum_of", city=city_name(other), here=city_name(city))]
    return []


def _sum_given_elsewhere(context: Context, draft: Draft) -> list[str]:
    """那一百万的那个不是吗, of what a city gives without a sum: which other city's document gives that sum."""
    heard, told = context.heard, [f for f in draft.findings if f.support.id in draft.conversation.focus]
    said = [f for f in read_figures(heard.text) if f.kind == "money" and not is_own(f, heard.text)]
    here = {finding.document.city for finding in told}
    stated = any(f.support.benefit.amount_cny for f in told)
    if stated or len(said) != 1 or len(here) != 1 or set(heard.cities) - here or not _IS_IT_NOT.search(heard.text):
        return []
    city, supports = here.pop(), context.library.supports.values()
    giving = [s for s in supports if s.benefit.amount_cny == said[0].value and s.kind is Kind.AWARD]
    cities = dict.fromkeys(context.library.document(support.id).city for support in giving)
    if not cities or city in cities:
        return []
    names = "、".join(city_name(other) for other in cities)
    return [wording("beside.not_that_sum", city=names, here=city_name(city))]


def _of_another_city(context: Context, told: str) -> list[str]:
    """Of what is put to be confirmed what the document says; of what is only told that it is wrong, if it is."""
    said, entry = as_told(told), what_is_told(told, context.finder)
    if entry is None:
        named = served(place for place, _, _ in find_places(told))
        not_there = is_put(told) and any(regex.search(said) for regex in (pattern("rewards"), pattern("aims")))
        return [wording("beside.none", city=city_name(city)) for city in named if not_there]
    heads = claim_lines((entry,), said if CONFIRMS.search(said) else wording("beside.put", said=said), context.finder)
    claimed = {f.value for f in read_figures(said) if f.kind in {"money", "rate"} or f.unit}
    if claimed and claimed <= {f.value for f in read_figures(entry.quote)}:
        heads = [wording("premise.right")]  # 500家省专, of 600家…500家…200家
    if not is_put(told) and (not heads or heads[0] == wording("premise.right")):
        return []
    document = context.library.documents[entry.document_id]
    mark = context.words.citations.cite(document, entry.provision, entry.quote)
    text = with_limits(entry.support) if entry.support else f"“{tight(entry.quote)}”"
    state = texts("elsewhere_now").get(document.lifecycle(context.words.as_of).value, "")
    head = heads[0] if heads else wording("beside.told")
    return [wording("beside.head", city=city_name(entry.city), head=head, text=text, mark=mark, state=state)]
