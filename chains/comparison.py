"""Turns that compare: which is higher, from figures of the same sense alone; and all sums. None is computed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from chains import verdicts
from chains.clauses import pattern
from chains.compared import asks_difference, cities_of, goes_on, groups_of, is_bare, titles_in
from chains.eligibility import CITY, Status
from chains.prompting import texts, wording
from chains.retrieval import content, core, without_help
from chains.stated import Group, Item, all_awards, own_first, sums_of, unstated_of, written
from chains.talk import say_unsaid, suggestions
from chains.turn import Context, Draft, Outcome
from chains.understanding import subject_words
from chains.validity import draft_notices, lifecycle_lines, together
from chains.whereabouts import find_places
from knowledge.figures import read_figures
from knowledge.profile import Fact, Source
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_ELSEWHERE = re.compile(r"(?:别的|其他|其它|另外)的?(?:城市|市|地方)")
_EACH = re.compile(r"各|每一?项|分别|有没有|写了多少|有[^，。；]{0,5}的(?:吗|么|没有?)")
# 能拿的钱有哪些: of all that is stated, what the enterprise may have.
_OF_ONESELF = re.compile(r"[能可]以?(?:够)?(?:拿|领|得|享受|申请)|[拿领]得到|我们")
# What an enterprise is, whatever it does.
_OF_ANY_FIRM = {CITY, "district", "tiers", "ownership", "size"}
# What stands around a thing where cities are asked of it: 和融资有, 上市服务, 拖欠账款条款.
_AROUND = re.compile(r"^[和跟与同有能给]+|(?:(?<=..)(?:服务|条款|条文|内容|规定|要求|[有的和呢吗])+)$")
# 政策哪个好, 政策差在哪; and who moves from one to the other.
_WHICH_IS_BETTER = re.compile(
    r"(?:哪[个边里家]|谁)(?:的|家)?(?:城?市)?(?:的)?(?:政策|补贴|支持|扶持|优惠|待遇)?(?:更|最|比较)?(?:好|强|优惠|给力|划算)"
    r"|(?:政策|补贴|支持|扶持|优惠)(?:上)?(?:有)?(?:什么|啥|哪些)?(?:差(?:在哪|多少|别|异)?|区别|不同|不一样|对比|比较)"
)
_MOVES = re.compile(r"政策|补贴|支持|扶持|优惠|搬|迁|注册|公司|企业|厂子?|对比|比较?|一下|哪里|大")
_A_WORD, _TWO = 2, 2
_FEW_REFUSED, _FEW_TALKED = 2, 3


def compare(context: Context) -> Draft | None:
    """Which is higher, that they are the same, or why they cannot be compared; then each in a line."""
    heard = context.heard
    if heard.has_orders:
        return None
    if draft := _side_by_side(context):
        return draft
    if not (pattern("compares").search(heard.text) or goes_on(context)):
        return None
    cities = cities_of(context)
    if not cities:
        return None
    names_one = titles_in(heard.text) or context.finder.named(heard.text)
    if len(cities) == 1 and pattern("top_of_all").search(heard.text) and not names_one:
        unknown = dict.fromkeys(place.city.name for place in heard.foreign_places)
        groups = [replace(all_awards(context, cities[0]), not_held=tuple(unknown))]
    else:
        groups = list(groups_of(context, cities))
    if len(cities) > 1 and groups and titles_in(heard.text) and not any(g.items for g in groups):
        return _nowhere(context, groups)
    groups = [g for g in groups if g.items and len(g.names) > 1]
    if not any(len(g.items) > 1 for g in groups) and (draft := _compare_words(context, cities)):
        return draft
    with_figures = any(item.value is not None for group in groups for item in group.items)
    asks_how_much = len(cities) > 1 and pattern("rewards").search(heard.text) is not None
    enough = (asks_difference(heard.text) or is_bare(heard.text)) and sum(len(g.items) for g in groups) > 1
    if not groups and heard.foreign_places and is_bare(heard.text):
        names = "、".join(dict.fromkeys(place.city.name for place in heard.foreign_places))
        return say_unsaid(context, wording("compare.not_held", names=names))
    if not groups or not (with_figures or asks_how_much or enough):
        return _ask_what(context) if is_bare(heard.text) and context.before.focus and not heard.cities else None
    return _draft(context, groups, [line for group in groups for line in _lines(heard.text, group)])


def _side_by_side(context: Context) -> Draft | None:
    """南京和盐城政策哪个好: what gives money in each of two cities, where nothing else is named to compare."""
    heard = context.heard
    rest = _WHICH_IS_BETTER.sub(" ", heard.text)
    for place, _, _ in find_places(heard.text):
        rest = rest.replace(place.name, " ")
    unknown = tuple(dict.fromkeys(place.city.name for place in heard.foreign_places))
    if not _WHICH_IS_BETTER.search(heard.text) or not heard.cities or len((*heard.cities, *unknown)) < _TWO:
        return None
    if titles_in(heard.text) or context.finder.named(heard.text) or len(core(_MOVES.sub(" ", rest))) >= _A_WORD:
        return None
    lines = [wording("compare.at_large")]
    groups: list[Group] = []
    for city in heard.cities:
        stated = sums_of(context, city)
        unstated = unstated_of(context, city)
        groups += [stated, replace(stated, items=unstated)]
        lines += [*_without_sums(stated.missing), *_sum_lines(context, stated, apart=False), *_given(unstated)]
    lines += [wording("compare.not_held", names="、".join(unknown))] if unknown else []
    return _draft(context, groups, lines)


def _compare_words(context: Context, cities: Sequence[str]) -> Draft | None:
    """绿色工厂有啥不一样: what several cities that are named say of it, be it a target here and a support there."""
    text = context.heard.text
    if len(context.heard.cities) < 2 or titles_in(text) or pattern("rewards").search(text):
        return None
    group = written(context, cities, _thing_named(text))
    return _draft(context, [group], _where_lines(group)) if group.items else None


def list_cities(context: Context) -> Draft | None:
    """哪几个市有海外仓: what each city's document says of a thing that is named, and which name it nowhere."""
    heard = context.heard
    asks = pattern("which_cities").search(heard.text) and len(heard.cities) != 1
    if not asks or context.answered or heard.has_orders:
        return None
    cities = heard.cities if len(heard.cities) > 1 else tuple(served_cities())
    if titles_in(heard.text) and any(pattern(name).search(heard.text) for name in ("rewards", "aims")):
        groups = [group for group in groups_of(context, cities) if group.items]
    else:
        what = _thing_named(heard.text)
        groups = [group for group in [written(context, cities, what)] if len(what) >= _A_WORD and group.items]
    of_awards = _AWARD.search(heard.text) is not None
    lines = [line for group in groups for line in _where_lines(group, of_awards=of_awards)]
    return _draft(context, groups, lines) if groups else None


_AWARD = re.compile(r"奖|补贴|补助|资助|贴息|给钱|有钱")


def _thing_named(text: str) -> str:
    """The thing that is asked of in several cities: 绿色工厂 of 哪几个市有绿色工厂."""
    for name in ("which_cities", "compares", "every_city"):
        text = pattern(name).sub(" ", text)
    return _AROUND.sub("", content(without_help(subject_words(text))).replace(" ", ""))


def _where_lines(group: Group, *, of_awards: bool = False) -> list[str]:
    """What each city says of a thing; first that none gives an award for it, where awards are asked for."""
    cities, what = {item.city for item in group.items}, group.what.upper()
    head = wording("compare.written", what=what, count=len(cities))
    if of_awards and not any(_AWARD.search(item.entry.quote) for item in group.items):
        head = wording("compare.no_award", what=what)
    lines = [head, *_rows(group.items)]
    return [*lines, wording("compare.not_found", names="、".join(group.missing))] if group.missing else lines


def _ask_what(context: Context) -> Draft:
    """Which two are meant, where only one was talked of."""
    lines = (wording("compare.with_what"),)
    return Draft(Outcome.INTERVIEW, context.conversation, lines, question=context.standing)


def list_sums(context: Context) -> Draft | None:
    """Every sum that the documents state: 真金白银写了数字的都有哪几项; that there is none, where there is none."""
    heard = context.heard
    told = heard.without_facts
    asked = pattern("stated_sums").sub(" ", told)
    if asked == told or context.answered or heard.has_orders or heard.foreign_places:
        return None
    if not (pattern("at_large").search(heard.text) or _EACH.search(heard.text)):
        return None
    if titles_in(told) or _names_a_thing(context, asked):
        return None
    cities = _cities_meant(context)
    own = context.conversation.profile[CITY]
    if _ELSEWHERE.search(heard.text) and own:
        cities = tuple(city for city in served_cities() if city != own)
    groups = [sums_of(context, city) for city in cities or served_cities()]
    stated = [group for group in groups if not group.missing]
    if not stated:
        return _no_sums(context, groups)
    of_oneself = _OF_ONESELF.search(heard.text) is not None
    refused: list[Item] = []
    if of_oneself:
        refused = [item for group in stated for item in group.items if _is_refused(context, item)]
        stated = [replace(g, items=tuple(i for i in g.items if i not in refused)) for g in stated]
    lines = [line for group in stated for line in _sum_lines(context, group, apart=of_oneself)]
    lines += _refused_lines(context, refused)
    missing = [name for group in groups for name in group.missing]
    return _draft(context, stated, [*lines, *_without_sums(missing)])


# 区里给不给钱: of the district, and not of the city.
_OF_A_DISTRICT = re.compile(r"区[里级]")


def list_awards(context: Context, noted: Sequence[str] = ()) -> Draft | None:
    """What gives money in a city, with a sum or without: 镇江有哪些奖励, 淮安有没有钱拿, 省专能拿多少钱.

    Of the enterprise's own city it is what the enterprise may have; what it may not is named apart.
    """
    heard = context.heard
    if context.answered or heard.has_orders or heard.foreign_places or not _asks_for_awards(context):
        return None
    asked = pattern("awards_at_large").sub(" ", pattern("money_at_large").sub(" ", heard.without_facts))
    cities = _cities_meant(context)
    of_district = _OF_A_DISTRICT.search(heard.text) and any("区级" in e.title for e in context.subject.supports[:1])
    if not cities or of_district or _names_a_thing(context, asked):
        return None
    groups: list[Group] = []
    lines = [*noted]
    ruled_out = 0
    for city in cities:
        stated = sums_of(context, city)
        refused = [item for item in stated.items if _is_refused(context, item)]
        stated = replace(stated, items=tuple(item for item in stated.items if item not in refused))
        unstated = [item for item in unstated_of(context, city) if not _is_refused(context, item)]
        groups += [stated, replace(stated, items=tuple(unstated))]
        lines += _without_sums(stated.missing) + _sum_lines(context, stated)
        lines += _refused_lines(context, refused)
        ruled_out += len(refused)
        lines += _given(unstated)
    draft = _draft(context, groups, lines)
    stated_anywhere = any(item.value is not None for group in groups for item in group.items)
    return draft if stated_anywhere or ruled_out else replace(draft, outcome=Outcome.SILENT, abstained=True)


def _names_a_thing(context: Context, asked: str) -> bool:
    """Whether a message that asks for sums or awards names one of them in the words that are left."""
    names = core(without_help(subject_words(pattern("lists_all").sub(" ", asked))))
    return len(names) >= _A_WORD or bool(context.finder.named(context.heard.without_facts))


def _cities_meant(context: Context) -> tuple[str, ...]:
    own = str(context.conversation.profile[CITY] or "")
    return context.heard.cities or ((own,) if own in served_cities() else ()) or context.conversation.focus_cities[:1]


# 钱方面呢, 哪条跟钱有关: whatever was talked of.
_IN_THAT_FIELD = re.compile(r"方面|[有相]关")


def asks_the_same(context: Context) -> bool:
    """淮安的呢, after all the money that some city gives: only a city is named."""
    heard, focus = context.heard, context.before.focus
    rest = core(subject_words(heard.text))
    return len(heard.cities) == 1 and not rest and len(focus) > _FEW_TALKED and context.before.facets == ("amount",)


def _asks_for_awards(context: Context) -> bool:
    """Whether a message asks what money a city gives, or which awards it has, and not what one firm can have of all."""
    heard = context.heard
    if asks_the_same(context):
        return True
    if {"little_giant", "champion"} & set(titles_in(heard.text)) or set(heard.facts) - _OF_ANY_FIRM:
        return False  # 小巨人能拿多少钱, 承担了攻关能拿多少: there is one award that is meant
    if money := pattern("money_at_large").search(heard.text):
        in_general = context.before.broad or not context.before.focus or bool(heard.cities)
        return in_general or _IN_THAT_FIELD.search(money.group()) is not None
    of_firm = heard.speaks_of_self or heard.facts
    return bool(heard.cities) and not of_firm and pattern("awards_at_large").search(heard.text) is not None


def _is_refused(context: Context, item: Item) -> bool:
    """Whether the enterprise cannot have a support of its city: by what it is, or what the message says of it."""
    support, conversation = item.entry.support, context.conversation
    if support is None or conversation.profile[CITY] != item.city:
        return False
    titles = titles_in(context.heard.text)
    # 南京专精特新有什么奖励: in general the word says no level.
    if titles and (titles != ("provincial",) or "省" in context.heard.text):
        conversation = conversation.with_facts({"tiers": Fact(titles, Source.INFERRED)})
    return replace(context, conversation=conversation).assess(support).otherwise is Status.INELIGIBLE


def _refused_lines(context: Context, refused: Sequence[Item]) -> list[str]:
    """What the enterprise cannot have: a few with the reason, more by their names."""
    findings = [context.assess(item.entry.support) for item in refused if item.entry.support is not None]
    if not findings or len(findings) > _FEW_REFUSED or any(f.otherwise is not Status.INELIGIBLE for f in findings):
        return [wording("compare.refused", names="、".join(item.name for item in refused))] if refused else []
    return [line for finding in findings for line in verdicts.verdict_lines(context.words, finding, brief=True)[:1]]


def _no_sums(context: Context, groups: Sequence[Group]) -> Draft:
    """That no sum is stated, and what is given all the same."""
    missing = [name for group in groups for name in group.missing]
    documents = [d for d in context.library.documents.values() if city_name(d.city) in missing]
    cities = dict.fromkeys(d.city for d in documents)
    items = [item for city in cities for item in unstated_of(context, city)]
    return Draft(
        Outcome.SILENT,
        context.conversation.with_focus((i.entry.key for i in items), cities),
        (*lifecycle_lines(context.words, documents), *_without_sums(missing), *_given(items)),
        findings=context.findings_of(tuple(i.entry for i in items)),
        question=context.standing,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def _given(items: Sequence[Item]) -> list[str]:
    names = "、".join(dict.fromkeys(city_name(item.city) for item in items))
    return [wording("compare.unstated", names=names), *_rows(items)] if items else []


def _without_sums(names: Sequence[str]) -> list[str]:
    return [wording("compare.no_sums", names="、".join(names))] if names else []


def _nowhere(context: Context, groups: Sequence[Group]) -> Draft:
    """No city has what is compared."""
    lines = tuple(wording("compare.nowhere", names="、".join(g.missing), what=g.what) for g in groups)
    offers = suggestions("broad")
    return Draft(
        Outcome.SILENT, context.conversation, lines, question=context.standing, abstained=True, suggestions=offers
    )


def _sum_lines(context: Context, group: Group, *, apart: bool = True) -> list[str]:
    """What is given, the largest first, and apart from it what is only lent; `apart` also what one is known to suit."""
    lent = [i for i in group.items if i.entry.support is not None and i.entry.support.kind is Kind.FINANCE]
    given = [i for i in group.items if i not in lent]
    own, open_ = own_first(context, given) if apart else ([], given)
    lines: list[str] = []
    if own:
        lines += [wording("compare.sums_own", what=group.what, count=len(given)), *_rows(own)]
        lines += [wording("compare.sums_open"), *_rows(open_)] if open_ else []
        given = []
    for key, items in (("compare.sums", given), ("compare.lent", lent)):
        lines += [wording(key, what=group.what, count=len(items))] if items else []
        lines += _rows(items)
    return lines


def _rows(items: Iterable[Item]) -> list[str]:
    return [wording("compare.row", name=i.name, text=i.text, mark=i.mark) for i in items]


def _draft(context: Context, groups: Sequence[Group], told: Iterable[str]) -> Draft:
    entries = [item.entry for group in groups for item in group.items]
    documents = [context.library.documents[entry.document_id] for entry in entries]
    lines = [*together(context.words, documents), *told, *draft_notices(context.words, documents)]
    focus = tuple(dict.fromkeys(e.key for e in entries if e.key))
    cities = dict.fromkeys(item.city for group in groups for item in group.items)
    conversation = context.conversation.with_focus(focus, cities)
    supports = tuple(dict.fromkeys(e for e in entries if e.support is not None))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(dict.fromkeys(lines)),
        findings=context.findings_of(supports),
        question=context.standing,
        suggestions=suggestions("can_we", "broad") if supports else suggestions("broad"),
    )


def _lines(text: str, group: Group) -> list[str]:
    lower = pattern("lower").search(text) is not None
    by_sense = _by_sense(group.items)
    main = max(by_sense.values(), key=len, default=[])
    main = sorted(main, key=lambda item: item.value or Decimal(0), reverse=not lower)
    lines = [wording("compare.head", what=group.what, verdict=_verdict(group, by_sense, main, lower))]
    rest = [item for item in group.items if item not in main]
    if len(main) > 1 and len(by_sense) > 1:
        lines.append(wording("compare.aside"))
        above = [i for i in rest if i.value is not None and not lower and i.value > (main[0].value or 0)]
        lines += [
            wording("compare.above", name=i.name, value=_told(i)) for i in above if i.sense[0] == main[0].sense[0]
        ]
    lines += _rows((*main, *rest))
    if group.missing:
        lines.append(wording("compare.missing", names="、".join(group.missing)))
    if group.absent:
        lines.append(wording("compare.absent", names="、".join(group.absent)))
    if group.not_held:
        lines.append(wording("compare.not_held", names="、".join(group.not_held)))
    return lines


def _by_sense(items: Iterable[Item]) -> Mapping[tuple[str, ...], list[Item]]:
    """Items that have a figure, by what it counts."""
    found: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        if item.value is not None:
            found.setdefault(item.sense, []).append(item)
    return found


def _verdict(group: Group, by_sense: Mapping[tuple[str, ...], list[Item]], main: Sequence[Item], lower: bool) -> str:
    """Which is the higher, from figures of the same sense alone."""
    with_figure = [item for items in by_sense.values() for item in items]
    if not with_figure and any(f.kind == "money" for item in group.items for f in read_figures(item.text)):
        return wording("compare.several" if len(group.items) > 1 else "compare.alone", name=group.items[0].name)
    if not with_figure:
        return wording("compare.none")
    if len(with_figure) == 1:
        return wording("compare.one", name=with_figure[0].name, value=_told(with_figure[0]))
    if len(main) < 2:
        values = "，".join(f"{item.name}{_told(item)}" for item in with_figure)
        return wording("compare.different", values=values)
    top = [item for item in main if item.value == main[0].value]
    counts = main[0].sense[0] == "number"
    more = texts("compare")[("fewer" if counts else "lower") if lower else ("many" if counts else "high")]
    if len(top) == len(main):
        values = "，".join(f"{item.name}{_told(item)}" for item in main)
        alike = len({item.bounds for item in main}) > 1
        return wording("compare.alike" if alike else "compare.equal", values=values)
    if len(top) > 1:
        value = top[0].words + "".join(item.mark for item in top)
        return wording("compare.tie_top", names="、".join(i.name for i in top), more=more, value=value)
    if len(main) == 2:
        second = f"{main[1].name}{_told(main[1])}"
        return wording("compare.more", name=top[0].name, more=more, first=_told(top[0]), second=second)
    return wording("compare.most", name=top[0].name, more=more, value=_told(top[0]))


def _told(item: Item) -> str:
    return f"{item.words}{item.mark}"
