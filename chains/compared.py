"""What a question compares: cities by one support or target, or several supports of one city. It tells no verdict."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains import targets
from chains.answer import tight
from chains.clauses import pattern, value_patterns
from chains.eligibility import CITY
from chains.prompting import texts, wording
from chains.retrieval import Entry, core
from chains.turn import Context
from knowledge.figures import Figure, read_figures
from knowledge.library import Library
from knowledge.profile import slots
from knowledge.regions import OTHER, city_name, served_cities
from knowledge.support import Kind, Support
from knowledge.target import Target

_TIERS = "tiers"
_DEPTH, _BRIEF = 12, 12
_SAME_THING = 0.6
_ABOUT_IT = 0.2
_FEW = 4
_A_WORD = 2
# Facts of the enterprise that an award for a title may ask for besides the title.
_OF_AN_AWARD = frozenset({_TIERS, "first_recognition", "district"})
_TOGETHER = re.compile(r"比|[和跟与同]|区别|差|一样|哪|谁")
_GIVES = re.compile(r"[奖补]|资助")
# 哪个市: of all cities; 两个比一下: of the last two.
_OF_CITIES, _TWO = re.compile(r"[市城]|地方|各地"), re.compile(r"[两俩]")
_DIFFERENT = re.compile(r"区别|不同|差别|差异|不一样|一样")
_BOUND_BEFORE, _BOUND_AFTER = re.compile(r"(?:超过|不高于|不低于|高于|突破)\s*$"), re.compile(r"以上|左右|以下|以内")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things compared: its name, the words that are quoted, its figure, and what the figure counts.

    Items are comparable where `sense` is the same. `mark` is made when the item is; `entry` is remembered as talked of.
    """

    name: str
    text: str
    mark: str
    value: Decimal | None
    words: str
    sense: tuple[str, ...]
    bounds: frozenset[str]
    entry: Entry
    city: str


@dataclass(frozen=True, slots=True)
class Group:
    """What is compared with each other, under one head; `missing` are cities that have no such thing.

    `absent` are things that the one city does not have, `not_held` cities without a document.
    """

    what: str
    items: tuple[Item, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...] = ()
    not_held: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What is compared with each other, whether or not there is something to say of it."""
        return frozenset((*(item.name for item in self.items), *self.missing, *self.absent, *self.not_held))


def asks_difference(text: str) -> bool:
    """Whether a message asks how things differ: 有什么区别."""
    return _DIFFERENT.search(text) is not None


def cities_of(context: Context) -> tuple[str, ...]:
    """The cities that are compared, or the one whose supports are."""
    heard, conversation = context.heard, context.conversation
    own = str(conversation.profile[CITY] or "")
    talked = conversation.focus_cities
    known = tuple(c for c in ((own,) if own and own != OTHER else ()))
    if len(heard.cities) > 1:
        return heard.cities
    if heard.cities:
        city = heard.cities[0]
        others = [c for c in (*talked, *known) if c != city] if _TOGETHER.search(heard.text) else []
        return (*dict.fromkeys(others), city) if others and not _things(context) else heard.cities
    if len(lately := _lately_alike(context)) > 1:
        return lately
    if pattern("top_of_all").search(heard.text):
        return known[:1] or talked[:1]
    if pattern("those").search(heard.text) and len(lately := _talked_of(context)) > 1:
        return lately
    if pattern("every_city").search(heard.text) and not _things(context):
        if len(talked) > 1 and is_bare(heard.text):
            return talked
        return tuple(served_cities())
    if len(talked) > 1:
        return talked
    return known or talked or (tuple(served_cities()) if _things(context) else ())


def is_bare(text: str) -> bool:
    """哪个市多, 跟南京比呢: a comparison of what was talked of, which names nothing."""
    for name in ("compares", "every_city", "those"):
        text = pattern(name).sub(" ", text)
    return len(core(text)) < _A_WORD


def _talked_of(context: Context) -> tuple[str, ...]:
    """The cities that were talked of lately: 这三个里头哪个最高."""
    return tuple(dict.fromkeys(entry.city for entry in _trail(context)))


def _trail(context: Context) -> list[Entry]:
    """What was talked of lately, the last at the end."""
    return [context.finder.by_key[key] for key in context.before.trail if key in context.finder.by_key]


def _lately_alike(context: Context) -> tuple[str, ...]:
    """The cities of which the same was talked of, where a message names nothing: 镇江呢, then 哪个高."""
    text = context.heard.text
    if not is_bare(text) or _OF_CITIES.search(text):
        return ()
    talked = _trail(context)
    focus = [e for e in talked if e.key in context.before.focus]
    if not focus or not (before := [e for e in talked if e not in focus]) or before[-1].city == focus[0].city:
        return ()
    cities = tuple(dict.fromkeys(e.city for e in talked if any(_is_alike(context, e, now) for now in focus)))
    return cities[-2:] if _TWO.search(text) else cities


def _is_alike(context: Context, one: Entry, other: Entry) -> bool:
    """Whether two entries tell of the same thing: they aim at the same, or are the same kind of support."""
    if one.support is None or other.support is None:
        return bool(_measures(context, one) & _measures(context, other))
    same = _kind_of(one.support.id) == _kind_of(other.support.id)
    return same or _alike(context, one.city, other.support) == one.support


def _measures(context: Context, entry: Entry) -> frozenset[str]:
    return frozenset(row.measure for row in targets.targets_of(context.library, entry))


def titles_in(text: str) -> tuple[str, ...]:
    """The titles that a question names, in order."""
    found: dict[str, int] = {}
    for value, regex in value_patterns()[_TIERS]:
        if value in slots()[_TIERS].values and (match := regex.search(text)):
            found[value] = min(found.get(value, match.start()), match.start())
    return tuple(sorted(found, key=lambda value: found[value]))


def _things(context: Context) -> bool:
    """Whether two titles or two supports are named, so that they are compared within a city."""
    return len(titles_in(context.heard.text)) > 1 or len(_named(context)) > 1


def _named(context: Context) -> list[list[str]]:
    """The supports that a question names, those together that the same words name."""
    places: dict[int, list[str]] = {}
    for key, place in context.finder.named_at(context.heard.text).items():
        places.setdefault(place, []).append(key)
    return [keys for _, keys in sorted(places.items())]


def _kind_of(support_id: str) -> str:
    """What a support is, its city left out: `<city>-<what>`."""
    return support_id.partition("-")[2]


def goes_on(context: Context) -> bool:
    """那单项冠军呢, after the awards of several cities were compared: the same of another title."""
    heard, talked = context.heard, context.before.focus[:1]
    award = bool(talked) and talked[0] in context.library.supports
    several = len(context.before.focus_cities) > 1 and not heard.cities
    return (
        award
        and several
        and len(heard.text) <= _BRIEF
        and heard.text.rstrip("?？").endswith("呢")
        and bool(titles_in(heard.text))
    )


def groups_of(context: Context, cities: Sequence[str]) -> Iterator[Group]:
    text = context.heard.text
    rewards = pattern("rewards").search(text) is not None or goes_on(context)
    titles = titles_in(text)
    things = _named(context)
    aims = pattern("aims").search(text) is not None
    if len(titles) > 1 and asks_difference(text) and not aims:
        rewards = True  # 小巨人跟省专有啥区别: not how many of each a plan aims at
    if not rewards and (aims or _leads_to_target(context, cities)):
        measures = list(titles) or _measures_here(context, cities) or [m for m in (_measure(context, cities),) if m]
        yield from _arranged(context, [_targets_group(context, cities, m) for m in measures], cities)
        return
    if rewards and titles and len(things) <= len(titles):
        yield from _arranged(context, [_awards(context, cities, t, things) for t in titles], cities)
        return
    if not things and not context.heard.cities and is_bare(text):
        things = _talked_of_here(context, cities)
    if not things and (first := _first_support(context, cities)):
        things = [[first.key]]
    rows = [_thing(context, cities, keys) for keys in things[:_FEW]]
    has_figure = rewards or any(i.value is not None for row in rows for i in row.items)
    if not has_figure and len(things) < 2 and (measure := _measure(context, cities)):
        # 示范工厂谁多: the support gives no figure, but the document aims at one.
        rows = [_targets_group(context, cities, measure)]
    yield from _arranged(context, rows, cities)


def _talked_of_here(context: Context, cities: Sequence[str]) -> list[list[str]]:
    """哪个奖得多: the several supports of one city that were talked of, in the last turn or one after the other."""
    supports = context.library.supports
    talked = [k for k in context.conversation.focus if k in supports]
    if len(talked) == 1:
        talked = [e.key for e in _trail(context) if e.support is not None]
        last = [context.library.document(k).city for k in talked[-2:]]
        talked = talked[-2:] if len(set(last)) == 1 else []
    here = [k for k in talked if context.library.document(k).city in cities[:1]]
    return (
        [[key] for key in here]
        if len(here) > 1 and len({context.library.document(k).city for k in talked}) == 1
        else []
    )


def _measures_here(context: Context, cities: Sequence[str]) -> list[str]:
    """The two measures that were talked of one after the other in one city: 小巨人目标, 单项冠军目标呢, 哪个多."""
    last = _trail(context)[-2:]
    if not is_bare(context.heard.text) or len(cities) > 1 or {e.city for e in last} != set(cities):
        return []
    found = [measure for entry in last for measure in _measures(context, entry)]
    return found if len(found) == len(last) > 1 else []


def _awards(context: Context, cities: Sequence[str], tier: str, named: Sequence[Sequence[str]]) -> Group:
    """The award for a title in each city, or what goes by its name there."""
    supports = context.library.supports
    others = [supports[key] for keys in named for key in keys if supports[key].kind is Kind.AWARD]
    found: list[Support | None] = []
    for city in cities:
        here = [s for s in others if context.library.document(s.id).city == city and not _is_for_a_title(s)]
        found.append(_award(context.library, city, tier) or next(iter(here), None))
    return _group(context, cities, _award_name(tier), found)


def all_awards(context: Context, city: str) -> Group:
    """What gives money in a city, the largest first: fixed sums before what is only capped."""
    supports = [s for s in context.library.supports.values() if context.library.document(s.id).city == city]
    given = [s for s in supports if s.benefit.amount_cny is not None and s.kind in {Kind.AWARD, Kind.FUNDING}]
    given.sort(key=lambda s: (s.benefit.is_cap, -(s.benefit.amount_cny or 0)))
    items = tuple(_named_by_itself(_of_support(context, s, city)) for s in given)
    return Group(wording("compare.all_of", city=city_name(city)), items, ())


def sums_of(context: Context, city: str) -> Group:
    """Every support of a city that states a sum, the largest first, fixed or capped.

    Where none does, those that give money without saying how much; their items have no value.
    """
    supports = [s for s in context.library.supports.values() if context.library.document(s.id).city == city]
    stated = [(max(sums), s) for s in supports if (sums := _sums(s))]
    stated.sort(key=lambda pair: -pair[0])
    unstated = [(None, s) for s in supports if s.kind in {Kind.AWARD, Kind.FUNDING} and _GIVES.search(s.benefit.quote)]
    items = [replace(_named_by_itself(_of_support(context, s, city)), value=value) for value, s in stated or unstated]
    missing = () if stated else (city_name(city),)
    return Group(wording("compare.all_of", city=city_name(city)), tuple(items), missing)


def _sums(support: Support) -> list[Decimal]:
    """The sums of money that are a support's own."""
    benefit = support.benefit
    if benefit.amount_cny is not None:
        return [Decimal(benefit.amount_cny)]
    return [f.value for f in read_figures(benefit.quote) if f.kind == "money"]


def _thing(context: Context, cities: Sequence[str], keys: Sequence[str]) -> Group:
    """One named thing in each city: what gives a figure stands for it."""
    supports = [context.library.supports[key] for key in keys]
    like = next((s for s in supports if _figure(s) is not None), supports[0])
    found: list[Support | None] = []
    for city in cities:
        here = [s for s in supports if context.library.document(s.id).city == city]
        same = context.library.supports.get(f"{city}-{_kind_of(like.id)}")
        found.append(same or next(iter(here), None) or _alike(context, city, like))
    return _group(context, cities, like.title, found)


def _arranged(context: Context, rows: Sequence[Group], cities: Sequence[str]) -> Iterator[Group]:
    """Several things are compared within a city, each by its name, unless cities are named; one thing by cities."""
    if len(rows) < 2 or len(context.heard.cities) > 1:
        places = dict.fromkeys(place.city.name for place in context.heard.foreign_places)
        yield from (replace(row, not_held=tuple(places)) for row in rows)
        return
    for city in cities:
        items = tuple(_named_by_itself(item) for row in rows for item in row.items if item.city == city)
        if items:
            absent = tuple(row.what for row in rows if not any(item.city == city for item in row.items))
            yield Group(wording("compare.within", city=city_name(city)), items, (), absent)


def _named_by_itself(item: Item) -> Item:
    return replace(item, name=item.entry.title)


def _leads_to_target(context: Context, cities: Sequence[str]) -> bool:
    focus = [context.finder.by_key[k] for k in context.conversation.focus if k in context.finder.by_key]
    entries = focus if focus and is_bare(context.heard.text) else context.subject.entries
    return bool(entries) and entries[0].support is None and _measure(context, cities) is not None


def _measure(context: Context, cities: Sequence[str]) -> str | None:
    """The measure that a question is about: that of the best fact which has one."""
    entries = [e for e in context.subject.entries if e.support is None]
    if is_bare(context.heard.text):
        focus = [context.finder.by_key[k] for k in context.conversation.focus if k in context.finder.by_key]
        entries = [e for e in focus or entries if e.support is None]
    else:
        matches = context.finder.search(context.heard.text, cities, _DEPTH)
        entries += [m.entry for m in matches if m.entry.support is None and m.coverage >= _ABOUT_IT]
    for entry in entries:
        rows = targets.targets_of(context.library, entry)
        if len({row.measure for row in rows}) == 1:
            return rows[0].measure
    return None


def _targets_group(context: Context, cities: Sequence[str], measure: str) -> Group:
    items: list[Item] = []
    missing: list[str] = []
    for city in cities:
        found = [
            (document.id, row)
            for document in context.library.documents.values()
            if document.city == city
            for row in context.library.targets.get(document.id, ())
            if row.measure == measure
        ]
        items += [_of_target(context, document_id, row, city) for document_id, row in found]
        if not found:
            missing.append(city_name(city))
    return Group(targets.measure_name(measure), tuple(i for i in items if i.mark), tuple(missing))


def _of_target(context: Context, document_id: str, row: Target, city: str) -> Item:
    document = context.library.documents[document_id]
    mark = context.words.citations.cite(document, row.provision, row.quote)
    figure = row.value
    assert figure is not None  # the table is refused otherwise
    sense = (figure.kind, row.basis or "", row.per or "")
    bounded = _bounded(row.quote, figure)
    words = wording("compare.of", words=bounded, basis=row.basis) if row.basis else bounded
    return Item(
        name=city_name(city),
        text=tight(row.quote),
        mark=mark,
        value=figure.value,
        words=tight(words),
        sense=sense,
        bounds=frozenset(bounded.split(figure.words)),
        entry=_entry_of(context, document_id, row),
        city=city,
    )


def _entry_of(context: Context, document_id: str, row: Target) -> Entry:
    """The fact that tells of a target, to be remembered as talked of."""
    near = [
        e
        for e in context.finder.entries
        if e.document_id == document_id and e.provision == row.provision and e.support is None
    ]
    holding = sorted((e for e in near if row in targets.targets_of(context.library, e)), key=lambda e: len(e.quote))
    known = next(iter(holding), None)
    title = targets.measure_name(row.measure)
    city = context.library.documents[document_id].city
    return known or Entry("", city, document_id, row.provision, title, row.quote, None, ())


def _first_support(context: Context, cities: Sequence[str]) -> Entry | None:
    """The support that a question is about: one that gives a figure before one that does not."""
    found = [e for e in context.subject.entries if e.support is not None]
    if is_bare(context.heard.text):
        talked = [e for e in _trail(context) if e.support is not None and e.key in context.before.focus]
        if talked:
            return talked[0]
    if found and found[0].support is not None and _figure(found[0].support) is not None:
        return found[0]
    matches = context.finder.search(context.heard.text, cities, _DEPTH)
    found += [m.entry for m in matches if m.entry.support is not None and m.coverage >= _ABOUT_IT]
    with_figure = [e for e in found if e.support is not None and _figure(e.support) is not None]
    return next(iter((*with_figure[:1], *found)), None)


def _award(library: Library, city: str, tier: str) -> Support | None:
    """A city's award for holding a title, and nothing else besides."""
    for support in library.supports.values():
        wanted = {t for c in support.when for t in c.includes_any}
        asked = {c.slot for c in support.when if c.slot is not None}
        own = library.document(support.id).city == city and support.kind is Kind.AWARD
        if own and wanted == {tier} and asked <= _OF_AN_AWARD:
            return support
    return None


def _is_for_a_title(support: Support) -> bool:
    return bool({t for c in support.when for t in c.includes_any} & {"champion", "little_giant"})


def _award_name(tier: str) -> str:
    return wording("compare.award", title=texts(_TIERS)[tier])


def _alike(context: Context, city: str, like: Support) -> Support | None:
    """What goes by the title of a support in another city."""
    for match in context.finder.search(like.title, (city,), 3):
        found = match.entry.support
        alike = found is not None and found.kind is like.kind and match.named
        if alike and match.coverage >= _SAME_THING:
            return found
    return None


def _group(context: Context, cities: Sequence[str], what: str, found: Iterable[Support | None]) -> Group:
    items: list[Item] = []
    missing: list[str] = []
    for city, support in zip(cities, found, strict=True):
        if support is None:
            missing.append(city_name(city))
        else:
            items.append(_of_support(context, support, city))
    return Group(what, tuple(items), tuple(missing))


def _of_support(context: Context, support: Support, city: str) -> Item:
    document = context.library.document(support.id)
    benefit = support.benefit
    mark = context.words.citations.cite(document, support.provision, benefit.quote)
    figure = _figure(support)
    entry = context.finder.by_key[support.id]
    text = tight(benefit.text)
    if figure is None:
        return Item(city_name(city), text, mark, None, "", (), frozenset(), entry, city)
    cap = texts("compare")["cap"] if benefit.is_cap else ""
    sense = (figure.kind, str(benefit.is_cap), benefit.period or "")
    return Item(
        city_name(city), text, mark, figure.value, cap + tight(figure.words), sense, frozenset(), entry, city
    )  # fmt: skip


def _figure(support: Support) -> Figure | None:
    """The one sum or rate that a support gives."""
    benefit = support.benefit
    figures = read_figures(benefit.quote)
    if benefit.amount_cny is not None:
        return next((f for f in figures if f.kind == "money" and f.value == benefit.amount_cny), None)
    rates = [f for f in figures if f.kind == "rate"]
    return rates[0] if len(rates) == 1 else None


def _bounded(quote: str, figure: Figure) -> str:
    """A figure with the words that bound it: 超过5%, 20家以上."""
    before, after = _BOUND_BEFORE.search(quote[: figure.start]), _BOUND_AFTER.match(quote[figure.end :])
    return f"{before.group().strip() if before else ''}{figure.words}{after.group() if after else ''}"
