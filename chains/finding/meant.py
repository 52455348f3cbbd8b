"""Which entries a message means among the matches of its search: in its cities, or that there are none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chains.finding.entries import Entry
from chains.finding.matching import (
    A_NAME,
    A_WORD,
    ENOUGH,
    HELPLESS,
    RESPONSIBLE,
    WHOLE,
    Search,
    is_award,
    is_enough,
    is_mere_title,
    titles_of,
)
from chains.finding.naming import content, core, core_words, longest_run, names_nothing, without_help
from chains.finding.retrieval import Match
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.places import find_places
from knowledge.figures import read_figures

_CLEARLY = 0.55
_SAME_PROVISION, _HOLDS_AS_MUCH, _MORE = 0.55, 0.6, 0.1
_SEVERAL = 0.7
_LESS_HERE = 0.5
_NAMED = 0.45
# What tells a sentence to its end scores so much of what begins it; the next of a list of names (首贷贴息…) less.
_SENTENCE = 0.5
_OTHER_CITY = 0.8
# How much of what is asked for a support, or a fact, of another city must hold to be named where it is missing.
_HALF, _NAMES = 0.5, 0.75
# How much of the name of another city's support what is found here must hold, where the name does not stand in the
# document: measured, right entries hold 0.6 and more, and others 0.5 and less.
_OF_ITS_NAME = 0.55
_ITEM, _OWN_ITEM, _ELSEWHERE = 0.6, 0.5, 0.8
_MARKS = re.compile(r"[（()）“”\s]")
_CLAUSES = re.compile(r"[，。；！？?]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_ASKS_WHICH = re.compile(r"哪一?[\u4e00-\u9fff]|什么|啥|多少|几")
_LAST = 10_000
_SEVERAL_WORDS = re.compile(
    r"是[^，。；]{1,8}还是[^，。；]{2,}|两个|[都分]别?(?:能|发|可以|拿)|以及|(?<=.{3})还有|[三四五两]项"
)
_LISTS = re.compile(
    r"、|(?:^|[，。\s])一个.{2,}[，。\s]一个|[这那][两二三几][个项]|[两二三][项条样](?!目)|另外|也想|一[块起]|分别"
)
_ENUMERATES = re.compile(r"(?<=([\u4e00-\u9fff]{2}))、(?=([\u4e00-\u9fff]{2}))")
_OF_A_FIELD = re.compile(r"(?:相关|有关|方面)的?[^，。；]{0,4}(?:哪些|什么|啥|都)")
# Things of one character.
_THINGS = "电水气热"
_AN_AWARD = re.compile(r"(?:奖|奖励|补贴)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Entries that a message is about, best first; `missing_in` is the city asked about whose document has none.

    `elsewhere` is what another city has instead; `asked` is what is asked of an entry, by its key, where a message asks
    other things of each, and `parts` the words in which it asks that; `words` are those that ask, where a message tells
    much besides; `trace` is for staff.
    """

    entries: tuple[Entry, ...] = ()
    missing_in: str | None = None
    elsewhere: Entry | None = None
    cities: tuple[str, ...] = ()
    is_follow_up: bool = False
    words: str = ""
    trace: tuple[tuple[str, float, float], ...] = ()
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def share(self) -> float:
        """How much of what the message says stands in the best entry; 0 where none was searched for."""
        return self.trace[0][2] if self.trace else 0.0

    @property
    def is_clear(self) -> bool:
        """Whether most of what the message says stands in the best entry."""
        return self.share >= _CLEARLY

    @property
    def supports(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.support is not None)


def in_cities(search: Search, cities: Sequence[str]) -> Subject:
    everywhere = search.matches()
    entries: list[Entry] = []
    trace: list[tuple[str, float, float]] = []
    missing: str | None = None
    elsewhere: Entry | None = None
    for city in cities:
        matches = search.matches((city,))
        trace += trace_of(matches)
        best = everywhere[0] if everywhere else None
        if (
            not matches
            or best is None
            or not is_enough(matches, in_city=True)
            or _is_better_elsewhere(matches[0], best)
            or _is_only_elsewhere(search, matches[0], cities)
            or search.is_of_another_kind(matches[0].entry)
        ):
            missing = missing or city
            elsewhere = elsewhere or _called_elsewhere(search, everywhere, city)
            continue
        meant = with_neighbours(search, matches)
        entries += meant if len(cities) == 1 else (matches[0].entry, *_to_its_end(matches))
    if not entries:
        return Subject(missing_in=missing, elsewhere=elsewhere, cities=tuple(cities), trace=tuple(trace))
    return Subject(tuple(entries), cities=tuple(cities), trace=tuple(trace))


def _called_elsewhere(search: Search, matches: Sequence[Match], city: str) -> Entry | None:
    """What another city has of a thing that is missing here: it is called so, or has most of it in its own text."""
    named = without_help(core_words(search.text))

    def holds(match: Match) -> bool:
        if match.named and match.coverage >= ENOUGH:
            return True
        least = _HALF if match.entry.support is not None else _NAMES
        is_one_word = len(named.replace(" ", "")) <= A_WORD  # 物流 stands in the name of some equipment
        own = search.finder.own_coverage(named, match.entry.key)
        return match.coverage >= _CLEARLY and not is_one_word and own >= least

    return next((m.entry for m in matches if m.entry.city != city and holds(m)), None)


def _is_better_elsewhere(here: Match, best: Match) -> bool:
    """Whether what was asked stands clearly more in another city's document."""
    if here.entry.city == best.entry.city or (here.named and here.score >= 0.5 * best.score):
        return False
    if here.core_coverage >= WHOLE and here.coverage >= ENOUGH:
        return False  # 南京有上市奖励吗: what holds the whole subject is what there is of it
    return here.score < _LESS_HERE * best.score and best.coverage - here.coverage > 0.2


def _is_only_elsewhere(search: Search, here: Match, cities: Sequence[str]) -> bool:
    """转贷资金 镇江有吗: whether only a support of another city is named, and what is found here has not that name."""
    finder, city = search.finder, here.entry.city
    called = finder.named(search.text)
    if not called or here.named or any(finder.by_key[key].city in cities for key in called):
        return False
    name = max((finder.name_at(search.text, key) for key in called), key=len)
    return finder.stands_in(name, city) < _HALF and finder.coverage(name, here.entry.key) < _OF_ITS_NAME


def anywhere(search: Search) -> Subject:
    matches = search.matches()
    if not matches or not is_enough(matches) or search.is_of_another_kind(matches[0].entry):
        return Subject(trace=trace_of(matches))
    best = matches[0]
    entries = list(with_neighbours(search, matches))
    seen = {best.entry.city: None}
    for match in matches:
        alike = (match.entry.support is None) == (best.entry.support is None)
        near = match.score >= _OTHER_CITY * best.score or match.coverage >= max(best.coverage, _SEVERAL)
        near = near and alike and not search.is_of_another_kind(match.entry)
        if match.entry.city not in seen and near:
            seen[match.entry.city] = None
            entries.append(match.entry)
    return Subject(tuple(entries), cities=tuple(seen), trace=trace_of(matches))


def _asks_several(text: str) -> bool:
    # 怎么弄、找谁、多少钱: several questions of one thing.
    things = [piece for piece in text.split("、") if len(HELPLESS.sub("", core(piece))) >= A_WORD]
    asked = len(re.findall(r"[？?]|吗|呢", text))
    return asked > 1 or len(things) > 1 or _SEVERAL_WORDS.search(text) is not None


def _without_its_lists(text: str, entry: Entry) -> str:
    """A text in which what an entry's own words enumerate is one thing: 环境、社会那套打分报告."""
    own = plain(entry.title + entry.quote)
    return _ENUMERATES.sub(lambda m: "" if f"{m[1]}、{m[2]}" in own else "、", text)


def with_neighbours(search: Search, matches: Sequence[Match]) -> tuple[Entry, ...]:
    """The best entry, and what else of its city was meant as well.

    A clear fact stands alone with its neighbours; otherwise those named beside it, and, where a message asks about
    several things, those that match about as well; last, those of the same provision.
    """
    here = _without_what_only_says_of_what(search, [m for m in matches if m.entry.city == matches[0].entry.city])
    best = here[0]
    if best.entry.support is not None:
        search = replace(search, text=_without_its_lists(search.text, best.entry))
        least = _SEVERAL if _asks_several(search.text) else 2.0
        meant = [
            m for m in here if m.entry.support and (_is_as_near(search, m, here, least) or _is_named(search, m, here))
        ]
        listed = _listed(search, best.entry.city)
        listed = listed or _of_each_title(search, best.entry)
        said = {**{e.key: i for i, e in enumerate(listed)}, **({} if listed else search.finder.named_at(search.text))}
        entries = sorted(dict.fromkeys((*(m.entry for m in meant), *listed)), key=lambda e: said.get(e.key, _LAST))
        if len(entries) > 1:
            return tuple(entries[:6])
    # 会不会上来就罚: who gets a term to put it right is not fined; a sentence is told to its end.
    longer = _to_its_end(here)
    same = [
        m
        for m in here[1:]
        if (m.entry.document_id, m.entry.provision) == (best.entry.document_id, best.entry.provision)
        and m.score >= _SAME_PROVISION * best.score
        and _holds_as_much(search, m, best)
        and (search.answers(m.entry) or bool(read_figures(m.entry.quote)))
        and not _repeats(m.entry, best.entry)
        and not (m.entry.support and best.entry.support is None and search.names_what_is_asked(best.entry))
        and ("department" in search.facets or not m.entry.quote.startswith(RESPONSIBLE))
    ]
    return tuple(dict.fromkeys((best.entry, *longer, *(m.entry for m in same[:2]))))


def _without_what_only_says_of_what(search: Search, matches: Sequence[Match]) -> list[Match]:
    """智改数转的免费诊断: without what the first word names by itself, where what both name is called by it as well."""
    named = {m.entry: search.finder.name_at(search.text, m.entry.key) for m in matches if m.named}

    def says_of_what(entry: Entry) -> bool:
        name = named.get(entry, "")
        wholes = ((other, n) for other, n in named.items() if name and n != name and name in plain(other.title))
        return any(re.search(rf"{re.escape(name)}的?{re.escape(whole)}", search.text) for _, whole in wholes)

    return [m for m in matches if not says_of_what(m.entry)] or list(matches)


def _holds_as_much(search: Search, match: Match, best: Match) -> bool:
    """Whether a support of the best one's provision is meant beside it: it holds about as much, or more of a clause.

    Any fact is; so is the award for a title that is named or held.
    """
    one, first = match.entry.support, best.entry.support
    if one is None or first is None or not (best.named or best.coverage >= _HALF):
        return True
    if is_award(match.entry) and search.titles & titles_of(one):
        return True
    if _OF_A_FIELD.search(search.text):
        return True  # 融资相关的有哪些
    if any(thing in search.text and thing in match.entry.title and thing not in best.entry.title for thing in _THINGS):
        return True  # 用气用电成本高
    own, other = (longest_run(search.text, plain(m.entry.title)) for m in (match, best))
    if len(own) >= max(len(other), A_NAME) and not is_mere_title(own):
        return True
    clauses = [c for c in _CLAUSES.split(search.text) if len(content(c)) >= A_WORD and not is_mere_title(core(c))]
    asking = [content(c) for c in clauses if any(pattern(name).search(c) for name in ("question", "wish"))]
    if any(_holds_more_of(search, clause, match, best) for clause in asking):
        return True  # 信用没出过问题，能不能少查我们几次，环保正面清单也想进
    # 能不能少交电费，一个月四十万: what is not called by its name, where the best is, shares words by chance.
    if best.named and not match.named and match.coverage < best.coverage + _MORE:
        return False
    named = [clause for clause in clauses if not names_nothing(clause)]
    return len(named) > 1 or match.coverage >= _HOLDS_AS_MUCH * best.coverage


def _holds_more_of(search: Search, clause: str, match: Match, best: Match) -> bool:
    """Whether most of a clause stands in one match, and less of it in the best."""
    here = search.finder.coverage(clause, match.entry.key)
    return here >= _HALF and here >= search.finder.coverage(clause, best.entry.key) + _MORE


def _has_its_word(item: str, entry: Entry) -> bool:
    """Whether the title of a support has a word of an item, but for those of help of any kind."""
    words = without_help(item)
    return any(words[i : i + A_WORD] in plain(entry.title) for i in range(len(words) - 1))


def _of_each_title(search: Search, best: Entry) -> tuple[Entry, ...]:
    """小巨人和单项冠军的奖励: the awards of a provision for each of the titles that a message names."""
    if (
        len(search.titles) < 2
        or not is_award(best)
        or best.support is None
        or not search.titles & titles_of(best.support)
    ):
        return ()
    same = (e for e in search.finder.entries if (e.document_id, e.provision) == (best.document_id, best.provision))
    return tuple(e for e in same if e.support and is_award(e) and search.titles & titles_of(e.support))


def _listed(search: Search, city: str) -> tuple[Entry, ...]:
    """The supports of an enumeration (小巨人奖励、标准奖励、APEC绿色通道), each looked up by itself."""
    if not _LISTS.search(search.text):
        return ()
    found: list[Entry] = []
    for item in re.split(r"[、，。；？！]|(?<=[，。\s])一个是?|以及|还有|另外|[和跟与](?!我|你|谁|哪)", search.text):
        words = content(item)
        for place, _, _ in find_places(words):
            words = words.replace(place.name, "")
        if not A_NAME <= len(words) <= 16 or (is_mere_title(words) and not _AN_AWARD.search(words)):
            continue
        thing = without_help(_ASKS_WHICH.sub(" ", item))
        named = "" if names_nothing(thing) else core(thing)
        for match in search.finder.search(item, (city,), 1):
            held = search.finder.own_coverage(named, match.entry.key)
            is_it = (
                match.named
                or _has_its_word(thing, match.entry)
                or (len(named) >= A_WORD and (held >= _OWN_ITEM or match.coverage >= WHOLE))
            )
            if match.entry.support is not None and is_it and match.coverage >= (_NAMED if match.named else _ITEM):
                found.append(match.entry)
    return tuple(found)


def _to_its_end(matches: Sequence[Match]) -> list[Entry]:
    """The supports that tell the sentence of the best match to its end."""
    best = matches[0]
    return [m.entry for m in matches[1:] if _tells_on(m.entry, best.entry) and m.score >= _SENTENCE * best.score]


def _tells_on(entry: Entry, best: Entry) -> bool:
    """Whether a support's sentence is that of the best one and goes on after it."""
    same = (entry.document_id, entry.provision) == (best.document_id, best.provision) and entry.support is not None
    return same and entry.quote != best.quote and entry.quote.startswith(best.quote)


def _repeats(entry: Entry, best: Entry) -> bool:
    """Whether an entry tells nothing that the best one does not."""
    return entry.quote in best.quote or (entry.support is None and best.quote in entry.quote)


def _is_as_near(search: Search, match: Match, here: Sequence[Match], least: float) -> bool:
    """Whether a match is about as near as the best: nearer still, where it stands in another provision."""
    best = here[0]
    least = least if _place(match) == _place(best) else max(least, _ELSEWHERE)
    return match.score >= least * best.score and not _says_no_more(search, match, here)


def _says_no_more(search: Search, match: Match, here: Sequence[Match]) -> bool:
    """做过首台套评职称加分不: whether the name of a support elsewhere stands in the title of a nearer one as well."""
    name = _MARKS.sub("", search.finder.name_at(search.text, match.entry.key)) if match.named else ""
    nearer = (m for m in here if _place(m) == _place(here[0]) != _place(match) and m.coverage > match.coverage)
    return bool(name) and any(name in _MARKS.sub("", plain(m.entry.title)) for m in nearer)


def _place(match: Match) -> tuple[str, str]:
    return match.entry.document_id, match.entry.provision


def _is_named(search: Search, match: Match, here: Sequence[Match]) -> bool:
    """Whether a support is meant by its name: it weighs something, or stands in a row with another (AEO和转贷)."""
    support = match.entry.support
    if not match.named or support is None or _says_no_more(search, match, here):
        return False
    if match.score >= _NAMED * here[0].score:
        return True
    names = "|".join(re.escape(plain(name)) for name in (support.title, *support.aliases))
    in_a_row = re.search(rf"(?:[、和跟与及]|还有)(?:{names})|(?:{names})(?:[、和跟与及]|还有)", search.text)
    return in_a_row is not None


def trace_of(matches: Sequence[Match]) -> tuple[tuple[str, float, float], ...]:
    return tuple((m.entry.key, round(m.score, 2), round(m.coverage, 2)) for m in matches[:5])
