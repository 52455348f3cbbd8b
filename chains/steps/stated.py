"""What the documents state of one thing, as rows to be held against each other: awards, sums, supports, targets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chains.eligibility import Finding, State, Status, state_given
from chains.finding.entries import Entry
from chains.finding.followup import same_in
from chains.language.clauses import pattern
from chains.prompting import texts, wording
from chains.telling import targets
from chains.telling.words import pairs, tight, with_limits
from chains.turn import Context
from knowledge.figures import Figure, read_figures
from knowledge.library import Library
from knowledge.profile import NONE, Fact
from knowledge.regions import city_name
from knowledge.support import Brings, Kind, Support
from knowledge.target import Target

_TIERS = "tiers"
_SAME_THING = 0.6
# How much of a thing's name the words of an entry must hold; of what the best of all holds, and of what the best of
# its city holds.
_WRITTEN, _AS_MUCH, _NEARLY = 0.5, 0.7, 0.9
_DEPTH, _ROWS = 12, 2
_RESPONSIBLE = "责任单位"
# Facts of the enterprise that an award for a title may ask for besides the title.
OF_AN_AWARD = frozenset({_TIERS, "first_recognition", "district"})
_GIVES, _SUBSIDY = re.compile(r"[奖补]|资助"), re.compile(r"补[贴助]|贴息")
_BOUND_BEFORE, _BOUND_AFTER = re.compile(r"(?:超过|不高于|不低于|高于|突破)\s*$"), re.compile(r"以上|左右|以下|以内")

# 没有写免罚情形: what the short form of a support says to be left out.
_LEFT_OUT = re.compile(r"没有写(?P<what>[^，。；]+)")


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


def kind_of(support_id: str) -> str:
    """What a support is, its city left out: `<city>-<what>`."""
    return support_id.partition("-")[2]


def awards(
    context: Context, cities: Sequence[str], tier: str, named: Sequence[Sequence[str]], *, wider: bool = False
) -> Group:
    """The award for a title in each city, or what goes by its name there; `wider` that for lesser titles as well."""
    supports = context.library.supports
    others = [supports[key] for keys in named for key in keys if supports[key].kind is Kind.AWARD]
    found: list[Support | None] = []
    for city in cities:
        here = [s for s in others if context.library.document(s.id).city == city and not _is_for_a_title(s)]
        lesser = awards_for(context.library, city, tier) if wider else []
        found.append(own_award(context.library, city, tier) or next(iter((*here, *lesser)), None))
    return _group(context, cities, _award_name(tier), found)


def all_awards(context: Context, city: str) -> Group:
    """What gives money in a city, the largest first: fixed sums before what is only capped."""
    given = [
        s for s in _of_city(context, city) if s.benefit.amount_cny is not None and s.kind in {Kind.AWARD, Kind.FUNDING}
    ]
    given.sort(key=lambda s: (s.benefit.is_cap, -(s.benefit.amount_cny or 0)))
    items = tuple(named_by_itself(_of_support(context, s, city)) for s in given)
    return Group(wording("compare.all_of", city=city_name(city)), items, ())


def sums_of(context: Context, city: str) -> Group:
    """Every support of a city that states a sum, the largest first, fixed or capped; last what is only lent."""
    stated = [(max(sums), s) for s in _of_city(context, city) if (sums := _sums(s))]
    stated.sort(key=lambda pair: (pair[1].kind is Kind.FINANCE, -pair[0]))
    items = tuple(replace(named_by_itself(_of_support(context, s, city)), value=value) for value, s in stated)
    return Group(wording("compare.all_of", city=city_name(city)), items, () if stated else (city_name(city),))


def is_lent(item: Item) -> bool:
    return item.entry.support is not None and item.entry.support.kind is Kind.FINANCE


def own_first(context: Context, items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items whose conditions the enterprise is known to meet, and the others; no own while its titles are unknown.

    What is not in force is taken as if it were.
    """
    profile = context.conversation.profile
    own: list[Item] = []
    for item in items if profile[_TIERS] else ():
        support = item.entry.support
        suits = support is not None and context.assess(support).otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}
        own += [item] if suits else []
    return own, [item for item in items if item not in own]


def unstated_of(context: Context, city: str) -> tuple[Item, ...]:
    """What gives money in a city without saying how much; the items have no value."""
    given = [s for s in _of_city(context, city) if not _sums(s) and _gives(s)]
    return tuple(replace(named_by_itself(_of_support(context, s, city)), value=None) for s in given)


def gives_money(support: Support) -> bool:
    """Whether a support is money that is given, and not lent, with or without a sum."""
    return _gives(support) or (bool(_sums(support)) and support.kind is not Kind.FINANCE)


def _of_city(context: Context, city: str) -> list[Support]:
    return [s for s in context.library.supports.values() if context.library.document(s.id).city == city]


def _gives(support: Support) -> bool:
    of_its_kind = support.kind in {Kind.AWARD, Kind.FUNDING} and _GIVES.search(support.benefit.quote)
    return bool(of_its_kind) or (support.brings is Brings.MONEY and _SUBSIDY.search(support.title) is not None)


def _sums(support: Support) -> list[Decimal]:
    """The sums of money that are a support's own."""
    benefit = support.benefit
    if benefit.amount_cny is not None:
        return [Decimal(benefit.amount_cny)]
    return [f.value for f in read_figures(benefit.quote) if f.kind == "money"]


def thing(context: Context, cities: Sequence[str], keys: Sequence[str]) -> Group:
    """One named thing in each city: what gives a figure stands for it."""
    supports = [context.library.supports[key] for key in keys]
    like = next((s for s in supports if figure_of(s) is not None), supports[0])
    found: list[Support | None] = []
    for city in cities:
        here = [s for s in supports if context.library.document(s.id).city == city]
        same = context.library.supports.get(f"{city}-{kind_of(like.id)}")
        found.append(same or next(iter(here), None) or alike(context, city, like))
    return _group(context, cities, like.title, found)


def written(context: Context, cities: Sequence[str], what: str) -> Group:
    """What each city's document says of a thing in words of its own, a few rows a city; `missing` name it nowhere."""
    finder, held = context.finder, dict[str, float]()
    for city in cities:
        found = [m.entry for m in finder.search(what, (city,), _DEPTH) if not m.entry.quote.startswith(_RESPONSIBLE)]
        held |= {entry.key: finder.own_coverage(what, entry.key) for entry in found}
    best = max(held.values(), default=0.0)
    items: list[Item] = []
    missing: list[str] = []
    for city in cities:
        here = [finder.by_key[key] for key in held if finder.by_key[key].city == city]
        least = max(_WRITTEN, _AS_MUCH * best, _NEARLY * max((held[e.key] for e in here), default=0.0))
        here = [entry for entry in here if held[entry.key] >= least and not _leaves_out(entry, what)]
        # A sentence is told once, whoever may have it before what the document only says.
        told = {entry.quote: entry for entry in reversed(here)}
        rows = sorted(told.values(), key=lambda e: (e.support is None, here.index(e)))
        rows = [entry for entry in rows if entry.support is not None or rows[0].support is None][:_ROWS]
        items += [_in_words(context, entry, apart=len(rows) > 1) for entry in rows]
        missing += [] if rows else [city_name(city)]
    return Group(what, tuple(items), tuple(missing))


def same_thing(context: Context, cities: Sequence[str], like: Entry, known: Sequence[Entry] = ()) -> Group:
    """What each city has of the same as an entry, in words of its own; `missing` have nothing of it.

    What is `known` to be the same is told.
    """
    found: list[Entry] = []
    beside = () if context.heard.cities else context.subject.entries
    for city in cities:
        if itself := next((entry for entry in known if entry.city == city), None):
            found.append(itself)
            continue
        direct = next((entry for entry in beside if entry.city == city), None)
        same = like if like.city == city else same_in(city, like, context.heard, context.finder) or direct
        found += [same] if same is not None else []
    items = tuple(_in_words(context, entry, apart=False) for entry in found)
    told = {entry.city for entry in found}
    title = min((entry.title for entry in found), key=len, default=like.title) if known else like.title
    return Group(title, items, tuple(city_name(city) for city in cities if city not in told))


def _leaves_out(entry: Entry, what: str) -> bool:
    """没有写免罚情形, of 免罚: whether the short form of a support says that the document leaves a thing out."""
    left_out = _LEFT_OUT.search(entry.support.benefit.text) if entry.support else None
    return left_out is not None and bool(pairs(what) & pairs(left_out["what"]))


def _in_words(context: Context, entry: Entry, *, apart: bool) -> Item:
    mark = context.words.citations.cite(context.library.documents[entry.document_id], entry.provision, entry.quote)
    name = city_name(entry.city) + (f" · {entry.title}" if apart else "")
    text = with_limits(entry.support) if entry.support else tight(entry.quote)
    return Item(name, text, mark, None, "", (), frozenset(), entry, entry.city)


def named_by_itself(item: Item) -> Item:
    return replace(item, name=item.entry.title)


def targets_group(context: Context, cities: Sequence[str], measure: str) -> Group:
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


def own_award(library: Library, city: str, tier: str) -> Support | None:
    """A city's award for holding a title, and nothing else besides."""
    for support in library.supports.values():
        wanted = {t for c in support.when for t in c.includes_any}
        asked = {c.slot for c in support.when if c.slot is not None}
        own = library.document(support.id).city == city and support.kind is Kind.AWARD
        if own and wanted == {tier} and asked <= OF_AN_AWARD:
            return support
    return None


def awards_for(library: Library, city: str, tier: str) -> list[Support]:
    """The awards of a city that whoever holds a title may have, with nothing else asked for but that it is new."""
    found: list[Support] = []
    for support in library.supports.values():
        titles = [c for c in support.when if c.includes_any]
        own = library.document(support.id).city == city and support.kind is Kind.AWARD
        of_it = all(c.slot in OF_AN_AWARD for c in support.when if c.slot is not None)
        if own and titles and of_it and all(state_given(c, (tier,)) is State.MET for c in titles):
            found.append(support)
    return found


def lacks_award(context: Context, kind: Mapping[str, Fact]) -> bool:
    """南京创新型中小企业有没有奖: whether the award of a title is asked for that a city has none for."""
    city = str(next(iter(context.heard.cities), context.conversation.profile["city"] or ""))
    asks = pattern("title_award").search(context.heard.text) is not None and kind.keys() == {"tiers"}
    return asks and not any(awards_for(context.library, city, tier) for tier in kind["tiers"].value)


def awards_instead(within: Context, findings: tuple[Finding, ...], tiers: Sequence[str]) -> tuple[Finding, ...]:
    """Of awards found where money is asked for, those for the titles that are meant, the largest first."""
    city, titles = str(within.conversation.profile["city"] or ""), [tier for tier in tiers if tier != NONE]
    if not titles or any(f.support.kind is not Kind.AWARD or f.document.city != city for f in findings):
        return findings  # 搬到南京或者镇江，哪边给小巨人奖励多
    awards = {s.id: s for title in dict.fromkeys(titles) for s in awards_for(within.library, city, title)}
    told = sorted(awards.values(), key=lambda s: -(s.benefit.amount_cny or 0))
    told = [support for support in told if support.benefit.amount_cny] or told
    return tuple(within.assess(support) for support in told) or findings


def _is_for_a_title(support: Support) -> bool:
    return bool({t for c in support.when for t in c.includes_any} & {"champion", "little_giant"})


def _award_name(tier: str) -> str:
    return wording("compare.award", title=texts(_TIERS)[tier])


def alike(context: Context, city: str, like: Support) -> Support | None:
    """What goes by the title of a support in another city."""
    for match in context.finder.search(like.title, (city,), 3):
        found = match.entry.support
        of_its_name = found is not None and found.kind is like.kind and match.named
        if of_its_name and match.coverage >= _SAME_THING:
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
    figure = figure_of(support)
    entry = context.finder.by_key[support.id]
    text = tight(benefit.text)
    if figure is None:
        return Item(city_name(city), text, mark, None, "", (), frozenset(), entry, city)
    cap = texts("compare")["cap"] if benefit.is_cap else ""
    sense = (figure.kind, str(benefit.is_cap), benefit.period or "")
    return Item(
        city_name(city), text, mark, figure.value, cap + tight(figure.words), sense, frozenset(), entry, city
    )  # fmt: skip


def figure_of(support: Support) -> Figure | None:
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
