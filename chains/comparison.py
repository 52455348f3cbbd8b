"""Turns that compare: which is higher, from figures of the same sense alone; and all sums. None is computed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from chains.clauses import pattern
from chains.compared import (
    asks_difference,
    cities_of,
    goes_on,
    groups_of,
    is_bare,
    other_cities,
    titles_in,
    without_other_cities,
)
from chains.declining import say_unsaid
from chains.followup import same_in
from chains.matching import is_award, titles_of
from chains.naming import content, core, without_help
from chains.prompting import texts, wording
from chains.retelling import retold, to_be_compared
from chains.retrieval import Entry
from chains.rounds import last_told
from chains.stated import OF_AN_AWARD, Group, Item, all_awards, awards, same_thing, sums_of, unstated_of, written
from chains.sums import asks_for_money, draft_of, given, nowhere, rows, sum_lines, without_sums
from chains.turn import Context, Draft, Outcome
from chains.understanding import subject_words
from chains.whereabouts import find_places
from knowledge.figures import read_figures
from knowledge.regions import city_name, served_cities

# What stands around a thing where cities are asked of it: 和融资有, 上市服务, 拖欠账款条款.
_AROUND = re.compile(r"^[和跟与同有能给]+|(?:(?<=..)(?:服务|条款|条文|内容|规定|要求|[有的和呢吗])+)$")
# 政策哪个好, 政策差在哪; and who moves from one to the other.
_WHICH_IS_BETTER = re.compile(
    r"(?:哪[个边里家]|谁)(?:的|家)?(?:城?市)?(?:的)?(?:政策|补贴|支持|扶持|优惠|待遇)?(?:更|最|比较)?(?:好|强|优惠|给力|划算)"
    r"|(?:政策|补贴|支持|扶持|优惠)(?:上)?(?:有)?(?:什么|啥|哪些)?(?:差(?:在哪|多少|别|异)?|区别|不同|不一样|对比|比较)"
)
# 南京和镇江差多少, 跟镇江比怎么样: two cities and nothing else, where nothing was talked of.
_HOW_THEY_DIFFER = re.compile(
    r"(?:有(?:多大|什么|啥))?差(?:多少|在哪里?|距|别|异)|区别|不同|不一样|(?:相?比(?:较|起来)?|对比)(?:[，\s]*(?:怎么样|如何|哪个好|呢))?$|哪[个边里家]?(?:更|最)?(?:友好|大方|舍得)"
)
# 哪个快, 哪个好办: what no document says of two things.
_UNSAID_OF_TWO = re.compile(
    r"哪(?:一?[个项边样种条]|边)?(?:来得|办得|批得|下来得?)?(?:更|最|比较|要)?(?P<what>快|省事|省心|容易|简单|好办|方便|靠谱|稳当?|好批|好过|好申请|好拿|难|麻烦|慢)"
)
_WHETHER_ONE = re.compile(
    r"(?:不是|是不是|是|算)(?:同)?一(?:个|项|回|码|种|样)(?:东西|事情?|意思|政策)?(?:吗|么|吧|不|[?？]|$)|是不是(?:同)?一(?:个|项|回|码)|不是一个吧"
)
_MOVES = re.compile(r"政策|补贴|支持|扶持|优惠|搬|迁|注册|公司|企业|厂子?|对比|比较?|一下|哪里|大")
_A_WORD, _TWO = 2, 2
# What is asked of the same thing in several cities that a line of each answers.
_OF_THE_SAME, _PLACE = frozenset({"amount", "count", "rate", "what", "scope"}), frozenset({"city", "district"})


def compare(context: Context) -> Draft | None:
    """Which is higher, that they are the same, or why they cannot be compared; then each in a line."""
    heard = context.heard
    if heard.has_orders:
        return None
    if draft := _side_by_side(context):
        return draft
    if draft := _of_two(context):
        return draft
    if not (pattern("compares").search(heard.text) or goes_on(context)):
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
    asks_how_much = len(cities) > 1 and pattern("rewards").search(heard.text) is not None
    of_several = len(heard.cities) > 1 and not titles_in(heard.text)
    enough = of_several or asks_difference(heard.text) or is_bare(heard.text)
    enough = enough and sum(len(g.items) for g in groups) > 1
    if not groups and heard.foreign_places and is_bare(heard.text):
        names = "、".join(dict.fromkeys(place.city.name for place in heard.foreign_places))
        return say_unsaid(context, wording("compare.not_held", names=names))
    if not groups or not (with_figures or asks_how_much or enough):
        return _as_told(context) if is_bare(heard.text) and context.before.focus else None
    return draft_of(context, groups, [line for group in groups for line in _lines(heard.text, group)])


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
    differ = _HOW_THEY_DIFFER if context.before.broad or not context.before.focus else _WHICH_IS_BETTER
    rest = differ.sub(" ", _WHICH_IS_BETTER.sub(" ", heard.text))
    for place, _, _ in find_places(heard.text):
        rest = rest.replace(place.name, " ")
    unknown = tuple(dict.fromkeys(place.city.name for place in heard.foreign_places))
    own = context.before.profile["city"]
    both = (
        heard.cities if len((*heard.cities, *unknown)) > 1 or own not in served_cities() else (str(own), *heard.cities)
    )
    if not any(regex.search(heard.text) for regex in (_WHICH_IS_BETTER, differ)):
        return None
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


def _compare_words(context: Context, cities: Sequence[str]) -> Draft | None:
    """绿色工厂有啥不一样: what several cities that are named say of it, be it a target here and a support there."""
    text = context.heard.text
    if len(context.heard.cities) < 2 or titles_in(text) or pattern("rewards").search(text):
        return None
    group = written(context, cities, _thing_named(text))
    return draft_of(context, [group], _where_lines(group)) if group.items else None


def list_cities(context: Context) -> Draft | None:
    """哪几个市有海外仓, 除了南京还有哪: what each city's document says of a thing, and which do not name it.

    The thing is named, or was talked of last.
    """
    heard, text = context.heard, context.heard.text
    others = other_cities(context)
    asks = any(pattern(name).search(text) for name in ("which_cities", "of_each_city")) and len(heard.cities) != 1
    if not (asks or others) or context.answered or heard.has_orders:
        return None
    cities = others or (heard.cities if len(heard.cities) > 1 else tuple(served_cities()))
    what = _thing_named(without_other_cities(text) if others else text)
    if titles_in(text) and any(pattern(name).search(text) for name in ("rewards", "aims")):
        groups = [group for group in groups_of(context, cities) if group.items or others]
    elif of_title := _award_like(context, what):
        groups = [awards(context, cities, of_title, ())]
    else:
        like = _like(context, what)
        found = [written(context, cities, what)] if len(what) >= _A_WORD else []
        found += [same_thing(context, cities, like)] if like is not None else []
        groups = sorted(found, key=lambda group: len(group.missing))[:1]
        groups = [group for group in groups if group.items or (others and like is not None)]
    if groups and not any(group.items for group in groups):
        return nowhere(context, groups, "compare.nowhere_else")
    of_awards, denies = _AWARD.search(text) is not None, _HAS_NOT.search(text) is not None
    lines = [line for group in groups for line in _where_lines(group, of_awards=of_awards, denies=denies)]
    return draft_of(context, groups, lines) if groups else None


def _award_like(context: Context, what: str) -> str | None:
    """The title that an award is for which is asked for, or was talked of: 除了南京还有哪."""
    like = _like(context, what) if not titles_in(context.heard.text) else None
    like = like or next(iter(context.subject.supports), None)
    held = sorted(titles_of(like.support)) if like is not None and like.support and is_award(like) else []
    asked = {condition.slot for condition in like.support.when} if like is not None and like.support else set()
    return held[0] if len(held) == 1 and asked <= OF_AN_AWARD else None


# 哪个市一分钱不给.
_HAS_NOT = re.compile(r"不给|不奖|不发|没有?(?:写|给|奖|提|这)|没有$")


def tell_each(context: Context) -> Draft | None:
    """百场万企，南京和盐城都有吗: the same thing of several cities that are named, each in a line."""
    heard, entries = context.heard, context.subject.entries
    asks = heard.asks and not heard.speaks_of_self and set(heard.facets) <= _OF_THE_SAME
    if not asks or len(heard.cities) < _TWO or context.answered or heard.has_orders or heard.facts.keys() - _PLACE:
        return None
    if not entries or len(entries) != len({entry.city for entry in entries}):
        return None
    if any(same_in(entry.city, entries[0], heard, context.finder) != entry for entry in entries[1:]):
        return None
    group = same_thing(context, heard.cities, entries[0])
    lines = _where_lines(replace(group, missing=()), all_of=not group.missing)
    lines += [wording("silent.besides", names="、".join(group.missing))] if group.missing else []
    return draft_of(context, [group], lines)


def _like(context: Context, what: str) -> Entry | None:
    """What a question of several cities is about: what was found for it, or was talked of where it names nothing."""
    if len(what) >= _A_WORD:
        return next(iter(context.subject.entries), None)
    talked = (context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key)
    return next(talked, context.subject.elsewhere)


_AWARD = re.compile(r"奖|补贴|补助|资助|贴息|给钱|有钱")


def _thing_named(text: str) -> str:
    """The thing that is asked of in several cities: 绿色工厂 of 哪几个市有绿色工厂."""
    for name in ("which_cities", "of_each_city", "compares", "every_city"):
        text = pattern(name).sub(" ", text)
    return _AROUND.sub("", content(without_help(subject_words(text))).replace(" ", ""))


def _where_lines(group: Group, *, of_awards: bool = False, denies: bool = False, all_of: bool = True) -> list[str]:
    """What each city says of a thing; first that none gives an award for it, where awards are asked for."""
    what = re.sub(r"[“”]", "", group.what.upper())
    names = "、".join(dict.fromkeys(city_name(item.city) for item in group.items))
    head = wording("compare.written_all" if all_of and not group.missing else "compare.written", what=what, names=names)
    if of_awards and not any(_AWARD.search(item.entry.quote) for item in group.items):
        head = wording("compare.no_award", what=what)
    lines = [head, *rows(group.items)]
    if denies and group.missing:
        return [wording("compare.has_not", what=what, names="、".join(group.missing)), *lines]
    return [*lines, wording("compare.not_found", names="、".join(group.missing))] if group.missing else lines


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


def _lines(text: str, group: Group) -> list[str]:
    lower = pattern("lower").search(text) is not None
    by_sense = _by_sense(group.items)
    main = max(by_sense.values(), key=len, default=[])
    main = sorted(main, key=lambda item: item.value or Decimal(0), reverse=not lower)
    lines = [wording("compare.head", what=group.what, verdict=_verdict(text, group, by_sense, main, lower))]
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
    text: str, group: Group, by_sense: Mapping[tuple[str, ...], list[Item]], main: Sequence[Item], lower: bool
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


# 两边一样吗, 几家企业配一个: not which gives more.
_WHETHER_ALIKE = re.compile(r"一样|同样|[几多]少?[家个名]")


def _told(item: Item) -> str:
    return f"{item.words}{item.mark}"
