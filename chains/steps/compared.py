"""What a question compares: cities by one support or target, or several supports of one city. It tells no verdict."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.matching import titles_of
from chains.finding.naming import core, names_nothing, without_help
from chains.language.clauses import pattern, value_patterns
from chains.language.places import find_places, served
from chains.language.question_words import subject_words
from chains.prompting import wording
from chains.steps.stated import Group, alike, awards, figure_of, kind_of, named_by_itself, targets_group, thing
from chains.telling import targets
from chains.turn import Context
from knowledge.profile import Fact, slots
from knowledge.regions import OTHER, city_name, served_cities
from knowledge.support import Kind

_TIERS = "tiers"
_DEPTH, _BRIEF = 12, 12
_ABOUT_IT = 0.2
_FEW = 4
_A_WORD = 2
_TOGETHER = re.compile(r"比|[和跟与同]|区别|差|一样|哪|谁")
# 哪个市: of all cities; 两个比一下: of the last two.
# What a comparison of targets says besides the measure.
_NAMES_NONE = re.compile(r"谁|哪[个家边里]?|[跟和与同]|比|高|低|多|少|各|目标|数|企业|计划|差|分别")
_OF_CITIES, _TWO = re.compile(r"[市城]|地方|各地"), re.compile(r"[两俩]")
_DIFFERENT = re.compile(r"区别|不同|差别|差异|不一样|一样|差(?:在|到)(?:哪|什么|啥)")


def asks_difference(text: str) -> bool:
    """Whether a message asks how things differ: 有什么区别."""
    return _DIFFERENT.search(text) is not None


_WHICH_CITY = re.compile(r"哪一?[个座]?(?:城市|市|地方)")


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
        others = [c for c in talked if c != city] or [c for c in known if c != city]
        others = others if _TOGETHER.search(heard.text) else []
        return (*dict.fromkeys(others), city) if others and not _things(context) else heard.cities
    if len(lately := _lately_alike(context)) > 1:
        return lately
    if pattern("top_of_all").search(heard.text) and not _WHICH_CITY.search(heard.text):
        return known[:1] or talked[:1]
    if pattern("those").search(heard.text) and len(lately := _talked_of(context)) > 1:
        return lately
    if pattern("every_city").search(heard.text) and not _things(context):
        if len(talked) > 1 and is_bare(heard.text):
            return talked
        return tuple(served_cities())
    if len(talked) > 1:
        return talked
    if known and talked and known != talked and context.before.focus and is_bare(heard.text):
        return (*talked, *known)  # 差多少, after what another city than one's own has
    return known or talked or (tuple(served_cities()) if _things(context) else ())


# 除了南京还有哪个市, 别的市有没有, 还有哪些地方给.
_OTHER_CITIES = re.compile(
    r"(?:除了?|除开|撇开)(?P<but>[^，。；\s]{2,8}?)(?:以外|之外|外)?[，\s]*(?:还有?|别的?|其[他它余]|另外|哪)(?:有|的)?(?:[哪几四三]?[些个]{0,2}(?:城?市|地方)|哪[些个家里儿]?|谁)?"
    r"|(?:别的|其[他它余]的?|另外的?)(?:[几四三两]个)?(?:城?市(?!场)|地方)|还有(?:哪|别的|其[他它])(?:几?个|些)?(?:城?市(?!场)|地方)"
)


# 别的城市都给几百万
_TELLS = re.compile(r"(?:都|全|也)?(?:给|奖|补|发)[^，。；吗么不没呢多]{0,3}[\d几好][^，。；吗么呢]{0,4}[百千]?万")
_NOT_WANTED = re.compile(r"的?(?:数|那些)?(?:我|都|也|就)*(?:不要|别|甭|不用|不算|不管|不看|不问)")
_NOT_THOSE = re.compile(r"(?:别(?!的)|不要|甭|不用|不是)[^，。；\s]{0,4}$")


def other_cities(context: Context) -> tuple[str, ...]:
    """The cities besides one that is named, or was talked of, of which a message asks."""
    match = _OTHER_CITIES.search(context.heard.text)
    if match is None:
        return ()
    before, after = context.heard.text[: match.start()], context.heard.text[match.end() :]
    if _NOT_THOSE.search(before) or _NOT_WANTED.match(after) or _TELLS.match(after):
        return ()  # 我要淮安的数，别给成别的市; 别的城市都给几百万
    but = served(place for place, _, _ in find_places(match["but"] or ""))
    if match["but"] and not but:
        return ()  # 除了展会还有什么
    if any(start >= match.end() for _, start, _ in find_places(context.heard.text)):
        return ()  # 别的市呢 淮安
    own = str(context.conversation.profile[CITY] or "")
    but = but or (context.before.focus_cities if context.before.focus else (own,))
    return tuple(city for city in served_cities() if city not in but)


def without_other_cities(text: str) -> str:
    return _OTHER_CITIES.sub(" ", text)


# 措辞上有啥两样, 额度比一下: what any things are compared by.
_OF_ANYTHING = re.compile(
    r"措辞|写法|说法|内容|力度|额度|数[字目]|钱数?|金额|[讲说看][讲说看]|[给帮]我|相比之下|几?家|笔"
)


# 谁研发投入要求高: what a question which is higher is put with; the rest of it names a thing.
_WHICH_IS_MORE = re.compile(
    r"哪[些个家边座里]?|谁家?|城?市|地方|政策|补[贴助]|奖励|支持|金额|数额|力度|要求|门槛|条件|标准|优惠|待遇|划算|目标"
    r"|[的最更要定比较高多大低少好严松得给奖补拿领做弄能了呢啊些一点到有是钱数]"
)
_A_NAME = 3


def is_bare(text: str) -> bool:
    """哪个市多, 跟南京比呢: a comparison of what was talked of, which names nothing."""
    within = [match.group() for match in pattern("compares").finditer(text)]
    if any(len(_WHICH_IS_MORE.sub("", words)) >= _A_NAME for words in within if words[0] in "哪谁"):
        return False  # 谁的发明专利要求最高
    for name in ("compares", "every_city", "those"):
        text = pattern(name).sub(" ", text)
    return len(core(_OF_ANYTHING.sub(" ", text))) < _A_WORD


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
    same = kind_of(one.support.id) == kind_of(other.support.id)
    return same or alike(context, one.city, other.support) == one.support


def _measures(context: Context, entry: Entry) -> frozenset[str]:
    return frozenset(row.measure for row in targets.targets_of(context.library, entry))


_SUPPOSES = re.compile(r"如果|要是|假如|万一|搬|迁|挪|(?<=[搬迁挪])到|评上|拿到")


def names_titles_alone(context: Context, facts: Mapping[str, Fact]) -> bool:
    """如果搬到南京，省专给多少: whether a message names nothing beside what is supposed, and titles."""
    text = context.heard.text
    for words in (fact.words for fact in facts.values() if fact.words):
        text = text.replace(words, " ")
    return names_nothing(without_help(_SUPPOSES.sub("", text))) and not context.finder.named(context.heard.text)


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


# 两个都说下，我们是小巨人: of each of those that were talked of.
_OF_EACH_OF_THEM = re.compile(
    r"(?:那|就)?(?:[两俩](?:个|边|地|家)?(?:城?市)?)?(?:都|全)(?:要|想|得)?(?:问|说|讲|看|列|比|查|告诉)(?:一?[下说看讲比]|一遍)?(?:我)?(?:吧|呗|啊|嘛)?"
)


def goes_on(context: Context) -> bool:
    """那单项冠军呢, 两个都说下，我们是小巨人, after the awards of several cities: the same of another title."""
    heard, talked = context.heard, context.before.focus[:1]
    award = bool(talked) and talked[0] in context.library.supports
    several = len(context.before.focus_cities) > 1 and not heard.cities
    brief = len(heard.text) <= _BRIEF and heard.text.rstrip("?？").endswith("呢")
    both = any(_OF_EACH_OF_THEM.fullmatch(part) for part in re.split(r"[，。；！？?\s]+", heard.text))
    return award and several and (brief or both) and bool(titles_in(heard.text))


def groups_of(context: Context, cities: Sequence[str]) -> Iterator[Group]:
    text = context.heard.text
    rewards = pattern("rewards").search(text) is not None or goes_on(context)
    titles = titles_in(text)
    things = _named(context)
    if (before := award_asked_before(context)) and len(cities) > 1:
        rewards, titles = True, (before,)
    if not goes_on(context) and (other := _title_talked_of(context, titles)) and not context.heard.cities:
        rewards, titles = True, (other, *titles)  # 比单项冠军少多少, after the award for 小巨人
    aims = pattern("aims").search(text) is not None
    if len(titles) > 1 and asks_difference(text) and not aims:
        rewards = True  # 小巨人跟省专有啥区别: not how many of each a plan aims at
    if not rewards and (aims or _leads_to_target(context, cities)):
        measure = _measure(context, cities)
        # 专精特新企业研发投入强度的目标: the title says whose target it is, not which.
        named = [measure] if measure and _names_a_measure(text) else []
        found = [measure] if measure else []
        measures = named or list(titles) or _measures_here(context, cities) or found
        yield from _arranged(context, [targets_group(context, cities, m) for m in measures], cities)
        return
    if rewards and titles and len(things) <= len(titles):
        yield from _arranged(
            context, [awards(context, cities, t, things, wider=len(cities) > 1) for t in titles], cities
        )
        return
    if not things and not context.heard.cities and is_bare(text):
        things = _talked_of_here(context, cities)
    if not things and is_bare(text) and not context.before.focus and context.before.wish:
        things = [list(context.before.wish[:1])]  # 哪个市给得多, after what this city has not
    if not things and (first := _first_support(context, cities)):
        things = [[first.key]]
    rows = [thing(context, cities, keys) for keys in things[:_FEW]]
    has_figure = rewards or any(i.value is not None for row in rows for i in row.items)
    if not has_figure and len(things) < 2 and (measure := _measure(context, cities)):
        # 示范工厂谁多: the support gives no figure, but the document aims at one.
        rows = [targets_group(context, cities, measure)]
    yield from _arranged(context, rows, cities)


def _title_talked_of(context: Context, titles: Sequence[str]) -> str | None:
    """The title of the award that was talked of last, where a question names just another."""
    talked = context.library.supports.get(next(iter(context.before.focus), ""))
    held = sorted(titles_of(talked)) if talked is not None and talked.kind is Kind.AWARD else []
    return held[0] if len(held) == len(titles) == 1 and held[0] != titles[0] else None


def award_asked_before(context: Context) -> str | None:
    """哪个市给得多, 别的市呢, after 小巨人奖多少: the one title whose award was asked for."""
    before, text, supports = context.before, context.heard.text, context.library.supports
    if titles_in(text) or context.heard.cities or not is_bare(_OTHER_CITIES.sub(" ", text)):
        return None
    wished = [supports[key] for key in before.wish if key in supports and not before.focus]
    if wished and wished[0].kind is Kind.AWARD:  # 盐城小巨人奖多少: what another city gives was named
        return next(iter(sorted(titles_of(wished[0]))), None)
    named = {title for name in before.titles for title in titles_in(name)}
    talked = [supports[key] for key in before.focus if key in supports and key not in before.listed]
    if talked and talked[0].kind is Kind.AWARD:
        named &= set(titles_in(talked[0].title))
    return named.pop() if "amount" in before.facets and len(named) == 1 and talked else None


def _names_a_measure(text: str) -> bool:
    """Whether a question of targets names more than a title: 研发投入强度的目标."""
    return len(core(subject_words(_NAMES_NONE.sub(" ", pattern("aims").sub(" ", text))))) > _FEW - 1


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


def _arranged(context: Context, rows: Sequence[Group], cities: Sequence[str]) -> Iterator[Group]:
    """Several things are compared within a city, each by its name, unless cities are named; one thing by cities."""
    if len(rows) < 2 or len(context.heard.cities) > 1:
        places = dict.fromkeys(place.city.name for place in context.heard.foreign_places)
        yield from (replace(row, not_held=tuple(places)) for row in rows)
        return
    for city in cities:
        items = tuple(named_by_itself(item) for row in rows for item in row.items if item.city == city)
        if items:
            absent = tuple(row.what for row in rows if not any(item.city == city for item in row.items))
            yield Group(wording("compare.within", city=city_name(city)), items, (), absent)


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
        found = [m.entry for m in matches if m.entry.support is None and m.coverage >= _ABOUT_IT]
        # 五个市里谁的发明专利要求最高, after another measure: what is named goes before what was talked of
        entries = [*found, *entries] if context.subject.is_follow_up else [*entries, *found]
    for entry in entries:
        rows = targets.targets_of(context.library, entry)
        if len({row.measure for row in rows}) == 1:
            return rows[0].measure
    return None


def _first_support(context: Context, cities: Sequence[str]) -> Entry | None:
    """The support that a question is about: one that gives a figure before one that does not."""
    found = [e for e in context.subject.entries if e.support is not None]
    if is_bare(context.heard.text):
        talked = [e for e in _trail(context) if e.support is not None and e.key in context.before.focus]
        if talked:
            return talked[0]
    if found and found[0].support is not None and figure_of(found[0].support) is not None:
        return found[0]
    matches = context.finder.search(context.heard.text, cities, _DEPTH)
    found += [m.entry for m in matches if m.entry.support is not None and m.coverage >= _ABOUT_IT]
    with_figure = [e for e in found if e.support is not None and figure_of(e.support) is not None]
    return next(iter((*with_figure[:1], *found)), None)
