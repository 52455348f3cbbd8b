"""Turns that compare: which is higher, from figures of the same sense alone; and all sums. None is computed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from chains.finding.followup import same_in, titles_named
from chains.finding.matching import is_award
from chains.finding.naming import core, names_nothing
from chains.finding.rounds import last_told
from chains.language.clauses import pattern, value_patterns
from chains.language.places import find_places
from chains.language.question_words import facets_of
from chains.prompting import texts, wording
from chains.steps.compared import (
    asks_difference,
    cities_of,
    goes_on,
    groups_of,
    is_bare,
    titles_in,
)
from chains.steps.each_city import talks_of_cities, thing_named, where_lines
from chains.steps.retelling import retold, to_be_compared
from chains.steps.stated import Group, Item, all_awards, same_thing, sums_of, unstated_of, written
from chains.steps.sums import asks_for_money
from chains.steps.sums_told import draft_of, given, nowhere, rows, sum_lines, without_sums
from chains.steps.talk import say_unsaid
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.figures import how_many_firms, read_figures
from knowledge.regions import city_name, served_cities

# 政策哪个好, 政策差在哪; and who moves from one to the other.
_WHICH_IS_BETTER = re.compile(
    r"(?:哪[个边里家]|谁)(?:的|家)?(?:城?市)?(?:的)?(?:政策|补贴|支持|扶持|优惠|待遇)?(?:更|最|比较)?(?:好|强|优惠|给力|划算)"
    r"|哪[个边里家](?:的|家)?(?:城?市)?的?(?:政策|补贴|补助|奖励|支持|扶持|优惠)(?:给得?|更|最|比较)*(?:多|高|大)"
    r"|(?:政策|补贴|支持|扶持|优惠)(?:上)?(?:有)?(?:什么|啥|哪些)?(?:差(?:在哪|多少|别|异)?|区别|不同|不一样|对比|比较)"
)
# 跟镇江的白名单一样吗: of what was told as well.
_OF_BOTH = re.compile(r"(?:跟|和|与|同)[^，。；]{2,14}(?:一样|一回事|比|相比|有(?:什么|啥)?(?:区别|不同|不一样)|差别)")
# 跟南京的比: what is set against what was told.
_AGAINST = re.compile(r"[跟和与同]|相?比(?:起来|较)?|[那这]|的")
# 南京和镇江哪个给的多: two cities and nothing else.
_GIVES_MORE = re.compile(r"哪[个边里家](?:城?市)?(?:的)?(?:给|奖|补|发)(?:得|的)?(?:更|最|比较)?(?:多|高|大)")
# 南京和镇江差多少, 跟镇江比怎么样: two cities and nothing else, where nothing was talked of.
_HOW_THEY_DIFFER = re.compile(
    r"(?:有(?:多大|什么|啥))?差(?:多少|在哪里?|距|别|异)|区别|不同|不一样|(?:相?比(?:较|起来)?|对比)(?:[，\s]*(?:怎么样|如何|哪个好|呢))?$|哪[个边里家]?(?:更|最)?(?:友好|大方|舍得)"
    r"|哪[个边里家](?:城?市)?(?:给|奖|补)[得的]?(?:钱)?(?:更|最|比较)?[多高](?:一?[点些])?"
)
# 哪个快, 哪个好办: what no document says of two things.
_UNSAID_OF_TWO = re.compile(
    r"哪(?:一?[个项边样种条]|边)?(?:来得|办得|批得|下来得?)?(?:更|最|比较|要)?(?P<what>快|省事|省心|容易|简单|好办|方便|靠谱|稳当?|好批|好过|好申请|好拿|难|麻烦|慢)"
)
_WHETHER_ONE = re.compile(
    r"(?:不是|是不是|是|算)(?:同)?一(?:个|项|回|码|种|样)(?:东西|事情?|意思|政策)?(?:吗|么|吧|不|[?？]|$)|是不是(?:同)?一(?:个|项|回|码)|不是一个吧"
)
_OF_EACH = re.compile(r"分别|各自?(?![地种项位类])")
_MOVES = re.compile(r"考虑|打算|准备|计划|政策|补贴|支持|扶持|优惠|搬|迁|注册|公司|企业|厂子?|对比|比较?|一下|哪里|大")
_A_WORD, _TWO = 2, 2


def compare(context: Context) -> Draft | None:
    """Which is higher, that they are the same, or why they cannot be compared; then each in a line."""
    heard = context.heard
    if heard.has_orders:
        return None
    context = _of_the_title_asked(_without_the_firm(context))
    heard = context.heard
    if draft := _side_by_side(context):
        return draft
    if draft := _named_there(context) or _of_two(context):
        return draft
    if not (pattern("compares").search(heard.text) or goes_on(context) or asks_of_each(context)):
        return None
    if context.before.broad and asks_for_money(context):
        return None  # 哪笔钱最大, after all that there is
    cities = cities_of(context)
    if not cities:
        return None
    names_one = titles_in(heard.text) or context.finder.named(heard.text)
    if len(cities) == 1 and pattern("top_of_all").search(heard.text) and not names_one:
        unknown = dict.fromkeys(place.city.name for place in heard.foreign_places)
        groups = [replace(all_awards(context, cities[0]), not_held=tuple(unknown))]
    else:
        groups = [_of_more_cities(context, group, cities) for group in groups_of(context, cities)]
    if len(cities) > 1 and groups and titles_in(heard.text) and not any(g.items for g in groups):
        return nowhere(context, groups)
    groups = [g for g in groups if g.items and len(g.names) > 1]
    if not any(len(g.items) > 1 for g in groups) and (draft := _compare_words(context, cities)):
        return draft
    with_figures = any(item.value is not None for group in groups for item in group.items)
    asks_how_much = len(cities) > 1 and (pattern("rewards").search(heard.text) is not None or goes_on(context))
    of_several = len(heard.cities) > 1 and not titles_in(heard.text)
    enough = of_several or asks_difference(heard.text) or is_bare(heard.text)
    enough = enough and sum(len(g.items) for g in groups) > 1
    if not groups and heard.foreign_places and is_bare(heard.text):
        names = "、".join(dict.fromkeys(place.city.name for place in heard.foreign_places))
        return say_unsaid(context, wording("compare.not_held", names=names))
    if not groups or not (with_figures or asks_how_much or enough):
        return _as_told(context) if is_bare(heard.text) and context.before.focus else None
    lines: list[str] = []
    near: list[Group] = []
    for group in groups:
        alike = _nearest(context, group)
        told = [name for name in group.missing if name not in {city_name(i.city) for g in alike for i in g.items}]
        counted = any(how_many_firms(item.text) for other in alike for item in other.items)
        lines += _lines(heard.text, replace(group, missing=_with_their_state(context, told)), near=counted)
        for other in alike:
            lines += [wording("compare.nearest", names=city_name(other.items[0].city)), *rows(other.items)]
        near += alike
    return draft_of(context, [*groups, *near], lines)


def _without_the_firm(context: Context) -> Context:
    """连云港省专，和南京比职称哪个好: the clause that compares, beside one that only says what the firm is."""
    heard = context.heard
    clauses = [clause for clause in re.split(r"[，。；！？?]+", heard.text) if clause.strip()]
    comparing = [clause for clause in clauses if pattern("compares").search(clause)]
    of_both = len(comparing) == 1 and len(clauses) >= _TWO and len(heard.cities) >= _TWO
    if not of_both or titles_in(comparing[0]) or is_bare(comparing[0]):
        return context  # 我是小巨人，镇江和南京哪边给的多: of that title
    rest = "，".join(clause for clause in clauses if clause not in comparing)
    for _, title in value_patterns()["tiers"]:
        rest = title.sub(" ", rest)
    return replace(context, heard=replace(heard, text=comparing[0])) if names_nothing(rest) else context


def _with_their_state(context: Context, names: Sequence[str]) -> tuple[str, ...]:
    """淮安（已到期）: cities whose documents have nothing of it, each with the state where none of them is in force."""
    official = [d for d in context.library.documents.values() if d.record.official]
    found = [(city_name(d.city), d.lifecycle(context.words.as_of)) for d in official]
    well = {name for name, lifecycle in found if lifecycle is Lifecycle.IN_FORCE}
    states = {name: texts("state_of_missing").get(lifecycle.value, "") for name, lifecycle in found if name not in well}
    return tuple(f"{name}{states.get(name, '')}" for name in names)


def _of_the_title_asked(context: Context) -> Context:
    """别的市呢 哪个市给得多, after that a city writes of no sum for 小巨人: of the award for that title."""
    heard, before, finder = context.heard, context.before, context.finder
    if titles_in(heard.text) or not is_bare(heard.text) or not pattern("rewards").search(heard.text):
        return context
    told = [finder.by_key[key] for key in before.focus if key in finder.by_key]
    named = [name for key in before.wish if key in finder.by_key for name in titles_named(finder.by_key[key].title)]
    titles = tuple(dict.fromkeys(before.titles if told else named))
    if len(titles) != 1 or any(e.support is None or is_award(e) for e in told):
        return context
    return replace(context, heard=replace(heard, text=f"{titles[0]}奖励，{heard.text}"))


def _nearest(context: Context, group: Group) -> list[Group]:
    """南京有租房补贴，淮安呢: what was found of a city that has not the very same, in its own words."""
    if titles_in(context.heard.text) or not group.items:
        return []
    found: list[Group] = []
    supports, finder = context.subject.supports, context.finder
    for city in (city for city in served_cities() if city_name(city) in group.missing):
        same = [e for e in supports if e.city == city]
        like = same_in(city, supports[0], context.heard, finder) if supports and not same else None
        same += [like] if like is not None and like.support is not None and how_many_firms(like.quote) else []
        items = [item for entry in same for item in same_thing(context, (city,), entry, (entry,)).items]
        found += [Group(group.what, tuple(items), ())] if items else []
    return found


def asks_of_each(context: Context) -> bool:
    """南京小巨人给多少，镇江小巨人给多少: what each of several cities gives for one title, whoever asks."""
    heard = context.heard
    of_cities = len(heard.cities) > 1 and len(titles_in(heard.text)) == 1
    clauses = [c for c in re.split(r"[，。；！？?\s]+", heard.text) if "amount" in facets_of(c)]
    of_city = [c for c in clauses if any(find_places(c))]
    of_each = _OF_EACH.search(heard.text) is not None or (len(of_city) > 1 and all(titles_in(c) for c in of_city))
    of_firm = any(pattern("self").search(c) for c in clauses)
    return of_cities and bool(clauses) and of_each and not of_firm and heard.asks


def _of_more_cities(context: Context, group: Group, cities: Sequence[str]) -> Group:
    """几家企业摊一个服务专员: the support that each city has, where only some aim at a number of something near it."""
    like = next(iter(context.subject.supports), None)
    if like is None or not group.missing or len(context.heard.cities) < _TWO or titles_in(context.heard.text):
        return group
    same = same_thing(context, cities, like)
    return group if same.missing else replace(same, not_held=group.not_held)


def _of_two(context: Context) -> Draft | None:
    """跟白名单比哪个快, 白名单和转贷是一回事吗: of two supports what no document compares, or that they are two."""
    heard, text = context.heard, context.heard.text
    unsaid, same = _UNSAID_OF_TWO.search(text), _WHETHER_ONE.search(text)
    if not (unsaid or same) or context.answered or titles_in(text) or heard.foreign_places:
        return None
    finder = context.finder
    own = (*context.before.focus_cities, *heard.cities, str(context.conversation.profile["city"] or ""))
    named = [finder.by_key[key] for key in finder.named(text) if not any(own) or finder.by_key[key].city in own]
    lately = [entry for entry in reversed(last_told(context.before, finder, _TWO)) if entry.support is not None]
    found = [] if context.subject.is_follow_up or lately else list(context.subject.supports[:_TWO])
    told = tuple(dict.fromkeys((*named[:_TWO], *lately, *found)))[:_TWO]
    if len(told) < _TWO or (named and same and len(named) < _TWO and not lately):
        return None
    told = tuple(reversed(told)) if len(named) < _TWO else told
    if unsaid is not None:
        return retold(context, told, wording("compare.unsaid", what=unsaid["what"]))
    return retold(context, told, wording("compare.are_two"))


def _side_by_side(context: Context) -> Draft | None:
    """南京和盐城政策哪个好: what gives money in each of two cities, where nothing else is named to compare."""
    heard = context.heard
    talked = set(context.before.focus) - set(context.before.listed)
    differ = _WHICH_IS_BETTER if talked else _HOW_THEY_DIFFER
    weighs_two = len(heard.cities) >= _TWO and not talked and _GIVES_MORE.search(heard.text) is not None
    rest = differ.sub(" ", _WHICH_IS_BETTER.sub(" ", _GIVES_MORE.sub(" ", heard.text)))
    for place, _, _ in find_places(heard.text):
        rest = rest.replace(place.name, " ")
    unknown = tuple(dict.fromkeys(place.city.name for place in heard.foreign_places))
    own = context.before.profile["city"]
    both = (
        heard.cities if len((*heard.cities, *unknown)) > 1 or own not in served_cities() else (str(own), *heard.cities)
    )
    if not (weighs_two or any(regex.search(heard.text) for regex in (_WHICH_IS_BETTER, differ))):
        return None
    if not (heard.cities or unknown) and is_bare(_WHICH_IS_BETTER.sub(" ", heard.text)) and talks_of_cities(context):
        return _as_told(context)  # 那到底哪边好, after what each of two cities has
    if draft := _of_the_same_there(context, rest):
        return draft
    if pattern("every_city").search(heard.text) and not (heard.cities or unknown):
        both = tuple(served_cities())
        rest = pattern("every_city").sub(" ", rest)
    if not both or len({*both, *unknown}) < _TWO:
        return None
    if titles_in(heard.text) or context.finder.named(heard.text) or len(core(_MOVES.sub(" ", rest))) >= _A_WORD:
        return None
    lines = [wording("compare.at_large")]
    groups: list[Group] = []
    for city in both:
        stated = sums_of(context, city)
        unstated = unstated_of(context, city) if len(both) == _TWO else ()
        groups += [stated, replace(stated, items=unstated)]
        lines += [*without_sums(stated.missing), *sum_lines(context, stated, apart=False), *given(unstated)]
    lines += [wording("compare.not_held", names="、".join(unknown))] if unknown else []
    return draft_of(context, groups, lines)


def _of_the_same_there(context: Context, rest: str) -> Draft | None:
    """跟南京的比哪个给力, after what another city has of one thing: that thing in both."""
    cities, finder = context.heard.cities, context.finder
    told = [finder.by_key[key] for key in context.before.focus if key in finder.by_key]
    supports = [entry for entry in told if entry.support is not None and entry.key not in context.before.listed]
    named = core(_AGAINST.sub(" ", _MOVES.sub(" ", rest)))
    if len(cities) != 1 or not supports or supports[0].city == cities[0] or len(named) >= _A_WORD:
        return None
    there = [entry for entry in context.subject.entries if entry.city == cities[0]]
    group = same_thing(context, (supports[0].city, cities[0]), supports[0], (*supports, *there))
    return draft_of(context, [group], _lines(context.heard.text, group)) if len(group.items) >= _TWO else None


def _named_there(context: Context) -> Draft | None:
    """那跟镇江的白名单一样吗, after that of 南京: what is named there beside what was told here, of the same matter."""
    heard, finder = context.heard, context.finder
    told = [finder.by_key[key].support for key in context.before.focus[:1] if key in finder.by_key]
    there = [e for e in context.subject.supports[:1] if heard.cities == (e.city,)]
    if not there or not told or told[0] is None or _OF_BOTH.search(heard.text) is None:
        return None
    here, other = finder.by_key[told[0].id], there[0].support
    if here.city == there[0].city or other is None or not set(told[0].matters) & set(other.matters):
        return None
    group = same_thing(context, (here.city, there[0].city), here, (here, there[0]))
    return draft_of(context, [group], _lines(heard.text, group))


def _compare_words(context: Context, cities: Sequence[str]) -> Draft | None:
    """绿色工厂有啥不一样: what several cities that are named say of it, be it a target here and a support there."""
    text = context.heard.text
    if len(cities) < _TWO or is_bare(text) or titles_in(text) or pattern("rewards").search(text):
        return None
    group = written(context, cities, thing_named(text))
    return draft_of(context, [group], where_lines(group)) if group.items else None


def _as_told(context: Context) -> Draft | None:
    """有啥不一样, after this and that: each in its own words; which two are meant, where only one was talked of."""
    if titles_in(context.heard.text) or context.finder.named(context.heard.text):
        return None
    if told := to_be_compared(context):
        return retold(context, told, *([wording("compare.as_told")] if len(told) > 1 else []))
    if context.heard.cities:
        return None
    lines = (wording("compare.with_what"),)
    return Draft(Outcome.INTERVIEW, context.conversation, lines, question=context.standing)


def _lines(text: str, group: Group, *, near: bool = False) -> list[str]:
    """`near` where another city writes a number of something like it."""
    lower = pattern("lower").search(text) is not None
    by_sense = _by_sense(group.items)
    main = max(by_sense.values(), key=len, default=[])
    main = sorted(main, key=lambda item: item.value or Decimal(0), reverse=not lower)
    lines = [wording("compare.head", what=group.what, verdict=_verdict(text, group, by_sense, main, lower, near=near))]
    rest = [item for item in group.items if item not in main]
    if len(main) > 1 and len(by_sense) > 1:
        lines.append(wording("compare.aside"))
        above = [i for i in rest if i.value is not None and not lower and i.value > (main[0].value or 0)]
        lines += [
            wording("compare.above", name=i.name, value=_told(i)) for i in above if i.sense[0] == main[0].sense[0]
        ]
    lines += rows((*main, *rest))
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


def _verdict(
    text: str,
    group: Group,
    by_sense: Mapping[tuple[str, ...], list[Item]],
    main: Sequence[Item],
    lower: bool,
    *,
    near: bool,
) -> str:
    """Which is the higher, from figures of the same sense alone."""
    with_figure = [item for items in by_sense.values() for item in items]
    if not with_figure and not group.missing and _WHETHER_ALIKE.search(text):
        return wording("compare.all_write")
    if not with_figure and any(f.kind == "money" for item in group.items for f in read_figures(item.text)):
        return wording("compare.several" if len(group.items) > 1 else "compare.alone", name=group.items[0].name)
    if not with_figure:
        return wording("compare.none")
    if len(with_figure) == 1:
        return wording(
            "compare.unlike" if near else "compare.one", name=with_figure[0].name, value=_told(with_figure[0])
        )
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


# 两边一样吗, 几家企业配一个: not which gives more.
_WHETHER_ALIKE = re.compile(r"一样|同样|[几多]少?[家个名]")


def _told(item: Item) -> str:
    return f"{item.words}{item.mark}"
