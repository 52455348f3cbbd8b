"""Turns that tell of several firms at once: what each city's document has of what they ask in common, a line each.

客户三家，一家在句容，一家淮阴区，一家高淳，都想搞绿色工厂. No firm is judged until it is told of by itself; what was
asked of all stays asked of the next.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.eligibility import CITY, Finding, Status, assess_all
from chains.finding.entries import Entry
from chains.finding.matching import is_award, titles_of
from chains.finding.naming import core
from chains.language.clauses import pattern
from chains.language.places import find_places
from chains.language.understanding import understand
from chains.prompting import texts, wording
from chains.steps.compared import titles_in
from chains.steps.dialogue import proceed
from chains.steps.each_city import thing_named, where_lines
from chains.steps.noted import labels, noted_lines
from chains.steps.order import best_first, ranked
from chains.steps.overview import listed
from chains.steps.stated import Group, awards, sums_of, written
from chains.steps.sums import no_sums
from chains.steps.sums_told import draft_of, rows
from chains.steps.talk import suggestions
from chains.telling import answer
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.profile import slots
from knowledge.regions import city_name, served_cities

_TWO, _A_WORD, _OF_IT = 2, 2, 0.5
_PARTS = re.compile(r"[，。；：！？?\s]+")
_MONEY = re.compile(r"多少|奖|补[贴助]|钱|几万")
# 一家南京浦口省专，另一家在淮安: where the words on one of them begin.
_ONE_OF_THEM = re.compile(r"(?:另外?|还有|再)?一[家个](?:公司|企业|厂子?)?[在是叫]?(?!共)")
# 淮安那家是省专 南京那家没称号: each by its city.
_THE_ONE_IN = re.compile(
    rf"(?=(?:{'|'.join(c.name for c in served_cities().values())})(?:市)?(?:那|这)(?:一?[家个]|边))"
)
_AT_LARGE, _FEW, _TIERS = frozenset({"broad", "can_get"}), 3, "tiers"
# 客户三家, 手上两家: how many there are, and whose.
_HOW_MANY = re.compile(r"[两二三四五六七八九几\d]家|客户|代账|手上|名下|一家|代理记账|会计")


def tell_common(context: Context) -> Draft | None:
    """What each of the cities has of what is asked for all of the firms, where that is told and no more is needed."""
    heard = context.heard
    if not heard.reading.several or len(heard.cities) < _TWO or not heard.asks or heard.foreign_places:
        return None
    fresh = context.before.restarted().model_copy(update={"several": True, "warned": context.before.warned})
    within = replace(context, conversation=fresh)
    groups, lines = _of_titles(within) or _of_a_thing(within) or ([], [])
    if not groups:
        return None
    keys = tuple(dict.fromkeys(item.entry.key for group in groups for item in group.items if item.entry.key))
    draft = draft_of(within, groups, [*lines, wording("interview.one_by_one")])
    supports = [key for key in keys if key in context.library.supports]
    kept = draft.conversation.with_goal(supports).model_copy(update={"common": keys})
    return replace(draft, conversation=kept, findings=(), question=None)


def tell_each(context: Context) -> Draft | None:
    """一家南京浦口省专，一家淮安清江浦小巨人，各能拿啥: what there is for each of two firms with their titles."""
    text, before = context.heard.text, context.before
    by_city = _THE_ONE_IN.split(text)[1:]
    parts = [part.strip("，。；、 ") for part in (by_city if len(by_city) == _TWO else _ONE_OF_THEM.split(text)[1:])]
    wishes = context.heard.intents & _AT_LARGE or (before.several and not context.heard.asks)
    if len(parts) != _TWO or not wishes or context.finder.named(text):
        return None
    told = [dict(understand(f"我们{part}", today=context.words.as_of).facts) for part in parts]
    if not all(_TIERS in facts and CITY in facts and facts[CITY].value in served_cities() for facts in told):
        return None
    lines, findings = list[str](), list[Finding]()
    for facts in told:
        profile = before.restarted().with_facts(facts).profile
        every = ranked(assess_all(context.library, profile, context.words.as_of))
        fitting = best_first([f for f in every if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}], profile)
        open_ones = best_first([f for f in every if f.otherwise is Status.UNDETERMINED], profile)
        first = [f for f in open_ones if f.support.benefit.amount_cny and titles_of(f.support)][:1]
        lines.append(wording("interview.firm", facts=labels(facts)))
        lines += lifecycle_lines(context.words, [f.document for f in every[:1]])
        lines += listed(replace(context.words, profile=profile), [*fitting[:_FEW], *first])
        findings += [*fitting[:_FEW], *first]
    fresh = before.restarted().with_facts(told[0]).with_goal((), broad=True)
    fresh = fresh.model_copy(update={"earlier": told[1], "warned": before.warned})
    lines.append(wording("interview.firms_apart", other=city_name(str(told[1][CITY].value))))
    return Draft(
        Outcome.OVERVIEW, fresh.with_focus((f.support.id for f in findings), ()), tuple(lines), tuple(findings),
        suggestions=suggestions("gap", "proof"),
    )  # fmt: skip


def go_on_with_one(context: Context) -> Draft | None:
    """第一家栖霞的，今年刚评上的小巨人, after what was asked for all: the same, judged for the firm that is told of."""
    heard, before, common = context.heard, context.before, context.before.common
    city = str(context.conversation.profile[CITY] or "")
    if not before.several or not common or city not in served_cities() or not heard.facts:
        return None
    if before.profile[CITY] is not None or heard.reading.several or len(heard.cities) > 1:
        return None
    if heard.asks and not _asks_the_same(context, common):
        return None
    here = [entry for entry in _entries(context, common) if entry.city == city]
    noted = noted_lines(context)
    if supports := [entry.key for entry in here if entry.support is not None]:
        return proceed(replace(context, conversation=context.conversation.with_goal(supports)), noted)
    titles = {
        title
        for entry in _entries(context, common)
        if is_award(entry) and entry.support
        for title in titles_of(entry.support)
    }
    if not here and titles and (stated := sums_of(context, city)).missing:
        title = "、".join(texts("tiers")[title] for title in slots()["tiers"].values if title in titles)
        return no_sums(context, [stated], (*noted, wording("silent.award", city=city_name(city), title=title)))
    documents = [d for d in context.library.documents.values() if d.city == city and d.record.official]
    lines = [*lifecycle_lines(context.words, documents), *noted]
    if not here:
        lines.append(wording("silent.besides", names=city_name(city)))
    for entry in here:
        lines += answer.fact_lines(context.words, entry, (), heard.text)
    lines += [wording("target.no_award")] if here else [wording("silent.contact")]
    kept = context.conversation.with_focus((entry.key for entry in here), (city,))
    outcome = Outcome.INFORMATION if here else Outcome.SILENT
    return Draft(outcome, kept, tuple(dict.fromkeys(lines)), abstained=not here)


def _entries(context: Context, common: Sequence[str]) -> list[Entry]:
    return [context.finder.by_key[key] for key in common if key in context.finder.by_key]


def _asks_the_same(context: Context, common: Sequence[str]) -> bool:
    """也是问绿色工厂: whether what is asked names what was asked for all, or nothing."""
    parts = [p for p in _PARTS.split(context.heard.text) if pattern("question").search(p) or "问" in p]
    thing = thing_named(" ".join(parts)) if parts else ""
    held = context.finder.coverage
    return len(core(thing)) < _A_WORD or any(
        held(thing, key) >= _OF_IT for key in common if key in context.finder.by_key
    )


def _of_titles(context: Context) -> tuple[list[Group], list[str]] | None:
    """小巨人，分别能拿多少钱: the award of each city for the title that is told of its firm, or of all of them."""
    heard = context.heard
    asking = [part for part in _PARTS.split(heard.text) if pattern("question").search(part)]
    if not any(_MONEY.search(part) for part in asking) or _thing(heard.text):
        return None
    held = _titles_told(heard.text)
    if any(city not in held for city in heard.cities):
        return None
    by_title: dict[str, list[str]] = {}
    for city in heard.cities:
        by_title.setdefault(held[city], []).append(city)
    groups = [awards(context, cities, title, (), wider=True) for title, cities in by_title.items()]
    lines: list[str] = []
    for group in groups:
        lines += [wording("compare.of_award", what=group.what), *rows(group.items)]
        lines += [wording("silent.besides", names="、".join(group.missing))] if group.missing else []
    return (groups, lines) if any(group.items for group in groups) else None


def _of_a_thing(context: Context) -> tuple[list[Group], list[str]] | None:
    """都想搞绿色工厂，哪家有补贴: what each city's document says of it."""
    thing = _thing(context.heard.text)
    group = written(context, context.heard.cities, thing) if thing else None
    if group is None or not group.items:
        return None
    return [group], where_lines(group, of_awards=_MONEY.search(context.heard.text) is not None)


def _thing(text: str) -> str:
    """What is asked of all the firms, in the clauses that tell of none of them."""
    parts = (p for p in _PARTS.split(text) if p and not _HOW_MANY.search(p) and not any(find_places(p)))
    rest = " ".join(part for part in parts if not titles_in(part))
    thing = thing_named(_WISH.sub(" ", rest))
    return thing if len(core(thing)) >= _A_WORD else ""


# 都想搞绿色工厂，哪家有补贴: what stands around the thing.
_WISH = re.compile(
    r"哪一?家|[都也全](?=想|要|在|打算|准备)|想要?|打算|准备|[搞做建弄办评申报]|有没有|有|分别|各自?|能|可以|拿到?|领到?|多少|钱"
)


def _titles_told(text: str) -> Mapping[str, str]:
    """The highest title that is told of the firm of each city; one that is told of no city is of all."""
    order = slots()["tiers"].values
    by_city: dict[str, str] = {}
    of_all, city = "", ""
    cities: list[str] = []
    for part in _PARTS.split(text):
        places = [place.city.slot for place, _, _ in find_places(part, text)]
        titles = sorted(titles_in(part), key=order.index)
        city = places[0] if len(places) == 1 else "" if places or "都" in part or "全" in part else city
        cities += [place for place in places if place]
        if titles and city:
            by_city[city] = titles[-1]
        elif titles:
            of_all = titles[-1]
    return {city: by_city.get(city, of_all) for city in cities if by_city.get(city, of_all)}
