"""Turns that ask what each of several cities has of one thing, or which of them has it: each in a line."""

import re
from dataclasses import replace

from chains.eligibility import CITY, Finding, Status, assess
from chains.finding.entries import Entry
from chains.finding.followup import same_in
from chains.finding.matching import is_award, titles_of
from chains.finding.naming import content, without_help
from chains.finding.rounds import last_told
from chains.language.clauses import pattern
from chains.language.firsts import MOVES
from chains.language.places import find_places
from chains.language.question_words import subject_words
from chains.prompting import wording
from chains.steps.compared import award_asked_before, groups_of, other_cities, titles_in, without_other_cities
from chains.steps.retelling import to_be_compared
from chains.steps.stated import OF_AN_AWARD, Group, awards, awards_for, same_thing, written
from chains.steps.sums_told import draft_of, nowhere, rows
from chains.steps.talk import suggestions
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.profile import NONE
from knowledge.regions import city_name, served_cities

_A_WORD, _TWO, _HALF = 2, 2, 0.5
# What stands around a thing where cities are asked of it: 和融资有, 上市服务, 拖欠账款条款.
_AROUND = re.compile(
    r"^(?:你?们|[和跟与同有能给都也，])+|，+$|(?:(?<=..)[是在出自]+$)|(?:(?<=..)(?:服务|条款|条文|内容|规定|要求|[有的和呢吗])+)$"
)
_OF_TWO_FIRMS = re.compile(
    r"(?:[这那]?[两俩]个?(?:家|公司|企业|厂|边)|两家)[^，。；]{0,6}(?:比|哪|谁|加|一共|总共|合计|分别|各)|(?:哪[一]?家|谁)[^，。；]{0,4}(?:多|高|拿得)"
)
# What is asked of the same thing in several cities that a line of each answers.
_OF_THE_SAME, _PLACE = frozenset({"amount", "count", "rate", "what", "scope"}), frozenset({"city", "district"})


def tell_both(context: Context) -> Draft | None:
    """两边都给吗: what was told of two cities, or of one and the same of one's own; which two, where only of one."""
    heard, before = context.heard, context.before
    if not pattern("of_both_cities").fullmatch(heard.text) or not before.focus or heard.cities or heard.has_orders:
        return None
    told = to_be_compared(context) if talks_of_cities(context) else last_told(before, context.finder, 1)[:1]
    own = str(before.profile[CITY] or "")
    cities = tuple(dict.fromkeys((*(entry.city for entry in told), *((own,) if own in served_cities() else ()))))
    if len(cities) < _TWO or not told:
        awards = (key for key in before.focus if key in context.finder.by_key and is_award(context.finder.by_key[key]))
        if len(tuple(awards)) >= _TWO:
            return None  # 两边分别能奖多少, after the awards for two titles
        lines = (wording("compare.with_what"),)
        return Draft(Outcome.INTERVIEW, context.conversation, lines, question=context.standing)
    group = same_thing(context, cities, told[0], told)
    return draft_of(context, [group], _lines_of_each(group))


def talks_of_cities(context: Context) -> bool:
    """Whether the same was told of several cities last."""
    return len({entry.city for entry in to_be_compared(context)}) > 1


def list_cities(context: Context) -> Draft | None:
    """哪几个市有海外仓, 除了南京还有哪: what each city's document says of a thing, and which do not name it.

    The thing is named, or was talked of last.
    """
    heard, text = context.heard, context.heard.text
    others = other_cities(context)
    own = heard.facts.get(CITY)
    of_own = len(heard.cities) == 1 and own is not None and own.value == heard.cities[0]
    of_own = of_own and _WHICH_CITY.search(text) is not None  # 我们盐城的，哪几个市有
    said = [meant.group() for name in ("which_cities", "of_each_city") if (meant := pattern(name).search(text))]
    # 去哪些地方建, of a firm whose city is known, asks of no cities.
    asks = any("市" in words or context.conversation.profile[CITY] is None for words in said)
    asks = asks and (len(heard.cities) != 1 or of_own)
    only_there = len(heard.cities) == 1 and _asks_whether_alone(text)
    if not (asks or others or only_there) or context.answered or heard.has_orders:
        return None
    cities = others or (heard.cities if len(heard.cities) > 1 else tuple(served_cities()))
    what = thing_named(without_other_cities(text) if others else _ALONE_THERE.sub(" ", text) if only_there else text)
    titles = titles_in(heard.without_facts)
    if len(titles) == 1 and pattern("rewards").search(text) and not pattern("aims").search(text):
        groups = [awards(context, cities, titles[0], ())]
    elif titles_in(text) and any(pattern(name).search(text) for name in ("rewards", "aims")):
        groups = [group for group in groups_of(context, cities) if group.items or others]
    elif of_title := award_asked_before(context) or _award_like(context, what):
        groups = [awards(context, cities, of_title, ())]
    else:
        of_cities = bool(others) or only_there or _WHICH_CITY.search(text) is not None
        like = _like(context, what) if of_cities or len(what) >= _A_WORD else None  # 鼓励我们去哪些地方建
        found = [written(context, cities, what)] if len(what) >= _A_WORD else []
        found += [_that_hold(context, what, same_thing(context, cities, like), like)] if like is not None else []
        groups = [min(found, key=lambda group: len(group.missing))] if found else []
        groups = groups if any(group.items for group in groups) else found[-1:] if others and like is not None else []
    if groups and not any(group.items for group in groups):
        return nowhere(context, groups, "compare.nowhere_else")
    of_awards, denies = _AWARD.search(text) is not None, _HAS_NOT.search(text) is not None
    lines = [line for group in groups for line in where_lines(group, of_awards=of_awards, denies=denies)]
    return draft_of(context, groups, lines) if groups else None


def _that_hold(context: Context, what: str, group: Group, like: Entry) -> Group:
    """What the cities have of the same, without what holds much less of the words that name it: 独角兽."""
    if len(what) < _A_WORD:
        return group
    held = context.finder.coverage
    least = _HALF * max((held(what, item.entry.key) for item in group.items), default=held(what, like.key))
    items = tuple(item for item in group.items if held(what, item.entry.key) >= least)
    gone = [city_name(item.city) for item in group.items if item not in items]
    order = [city_name(city) for city in served_cities()]
    return replace(group, items=items, missing=tuple(sorted((*group.missing, *gone), key=order.index)))


# 算力券是不是只有南京发.
_ALONE_THERE = re.compile(r"(?:是不是|难道|就)*(?:只有|仅有|光)")
_ALONE, _HAS_IT = (
    re.compile(r"(?:只有|仅有|光)$"),
    re.compile(r"^市?(?:这?一家|一个市|才|在|这边)*(?:有|给|发|写|奖|搞|弄)"),
)


def _asks_whether_alone(text: str) -> bool:
    """Whether no other city than the one that is named has something."""
    return any(_ALONE.search(text[:start]) and _HAS_IT.match(text[end:]) for _, start, end in find_places(text))


def _award_like(context: Context, what: str) -> str | None:
    """The title that an award is for which is asked for, or was talked of: 除了南京还有哪."""
    like = _like(context, what) if not titles_in(context.heard.text) else None
    like = like or next(iter(context.subject.supports), None)
    held = sorted(titles_of(like.support)) if like is not None and like.support and is_award(like) else []
    asked = {condition.slot for condition in like.support.when} if like is not None and like.support else set()
    return held[0] if len(held) == 1 and asked <= OF_AN_AWARD else None


_WHICH_CITY = re.compile(r"(?:哪[个些几]?个?|各|每个)(?:城?市)(?!场|区|民|级)")
# 哪个市一分钱不给.
_HAS_NOT = re.compile(r"不给|不奖|不发|没有?(?:写|给|奖|提|这)|没有$")


def tell_each(context: Context) -> Draft | None:
    """百场万企，南京和盐城都有吗: the same thing of several cities that are named, each in a line."""
    heard, entries = context.heard, context.subject.entries
    moves = MOVES.search(heard.text) is not None  # 去年在镇江拿过，今年迁到南京
    asks = heard.asks and not (heard.speaks_of_self or moves) and set(heard.facets) <= _OF_THE_SAME
    if not asks or len(heard.cities) < _TWO or context.answered or heard.has_orders or heard.facts.keys() - _PLACE:
        return None
    if not entries or len(entries) != len({entry.city for entry in entries}):
        return None
    first, counts = entries[0], context.finder.counts
    same = (same_in(entry.city, first, heard, context.finder) for entry in entries[1:])
    if any(a != b and not counts(b.key) & counts(first.key) for a, b in zip(same, entries[1:], strict=True)):
        return None
    group = same_thing(context, heard.cities, first, entries)
    return draft_of(context, [group], _lines_of_each(group))


def _lines_of_each(group: Group) -> list[str]:
    lines = where_lines(replace(group, missing=()), all_of=not group.missing)
    return [*lines, *([wording("silent.besides", names="、".join(group.missing))] if group.missing else [])]


def _like(context: Context, what: str) -> Entry | None:
    """What a question of several cities is about: what was found for it, or was talked of where it names nothing."""
    if len(what) >= _A_WORD:
        return next(iter(context.subject.entries), None)
    talked = (context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key)
    return next(talked, context.subject.elsewhere)


_AWARD = re.compile(r"奖|补贴|补助|资助|贴息|给钱|有钱")
# “7+3”那个说法出自哪个市, 金链行动是哪个城市提的.
_QUOTED = re.compile(r"“(?P<name>[^”]{2,12})”")
_A_SAYING = re.compile(r"(?:那个|这个)?(?:的?(?:说法|提法|叫法)|(?:先)?(?:提|喊)(?:出来?)?的)")


def thing_named(text: str) -> str:
    """The thing that is asked of in several cities: 绿色工厂 of 哪几个市有绿色工厂."""
    if (quoted := _QUOTED.search(text)) is not None:
        return quoted["name"]
    text = _A_SAYING.sub("", text)
    for name in ("which_cities", "of_each_city", "compares", "every_city"):
        text = pattern(name).sub(" ", text)
    return _AROUND.sub("", content(without_help(subject_words(text))).replace(" ", ""))


def where_lines(group: Group, *, of_awards: bool = False, denies: bool = False, all_of: bool = True) -> list[str]:
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


def tell_two_firms(context: Context) -> Draft | None:
    """两家比哪个多, 两家加起来呢, after one firm and another: what each gets for its titles, and that none is added."""
    heard, before = context.heard, context.before
    if not before.earlier or heard.cities or heard.facts or not _OF_TWO_FIRMS.search(heard.text):
        return None
    lines, findings, most = list[str](), list[Finding](), list[Finding]()
    for facts in (before.earlier, context.conversation.facts):
        profile = before.restarted().with_facts(facts).profile
        city, titles = str(profile[CITY]), [t for t in profile["tiers"] or () if t != NONE]
        awards = {s.id: s for title in titles for s in awards_for(context.library, city, title)}
        if city not in served_cities() or not titles:
            return None
        own = [assess(s, context.library.document(s.id), profile, context.words.as_of) for s in awards.values()]
        own = [finding for finding in own if finding.otherwise is not Status.INELIGIBLE]
        own = [finding for finding in own if finding.support.benefit.amount_cny] or own
        for finding in own:
            title, benefit = finding.support.title, tight(finding.support.benefit.text)
            mark = context.words.benefit_mark(finding)
            lines.append(wording("sift.firm", city=city_name(city), title=title, benefit=benefit, mark=mark))
        lines += [] if own else [wording("sift.firm_none", city=city_name(city))]
        findings += own
        most += sorted(own, key=_amount)[-1:]
    sums = {_amount(finding): finding for finding in most}
    if pattern("asks_total").search(heard.text):
        lines = [wording("sift.firms_apart"), *lines]
    elif len(sums) > 1 and all(sums):
        city = city_name(sums[max(sums)].document.city)
        lines = [wording("sift.firm_more", city=city), *lines]
    heads = lifecycle_lines(context.words, [f.document for f in findings])
    return Draft(
        Outcome.INFORMATION, context.conversation, tuple(dict.fromkeys((*heads, *lines))), tuple(findings),
        question=context.standing, suggestions=suggestions("gap", "proof"),
    )  # fmt: skip


def _amount(finding: Finding) -> int:
    return finding.support.benefit.amount_cny or 0
