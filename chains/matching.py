"""One search of the entries, and which of its matches a message means: in its cities, or that there are none."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chains.clauses import pattern, value_patterns
from chains.facts import fact_patterns
from chains.normalise import plain
from chains.retrieval import Entry, Finder, Match, content, core, names_nothing
from chains.whereabouts import find_places
from knowledge.figures import Figure, read_figures
from knowledge.support import Kind, Support

# How much of a question's telling terms an entry must contain to be taken for its answer; less is enough for one that
# stands far above all others, or that scores high.
ENOUGH = 0.34
_ENOUGH_ALONE = 0.3
_FAR_ABOVE = 2.0
# A question in other words than the document's shares few terms with it, but then many of the entry's known questions:
# measured on the suites, right entries score above this and foreign questions below.
ENOUGH_SCORE, _LEAST, _TOGETHER = 60.0, 0.14, 1.5
_CLEARLY = 0.55
_SAME_PROVISION = 0.55
_SEVERAL = 0.7
_LESS_HERE = 0.5
_NAMED = 0.45
_OTHER_CITY = 0.8
_ANSWERS = 0.6
_ITEM = 0.6
# An entry that holds the whole subject of a question is meant before one that matches its other words a little better.
_WHOLE, _MOST_OF_IT, _ABOUT_AS_WELL, _AS_NEAR = 0.95, 0.5, 0.8, 0.9
A_NAME, A_WORD = 3, 2
_LAST = 10_000
_RESPONSIBLE = "责任单位"
_SEVERAL_WORDS = re.compile(r"是[^，。；]{1,8}还是[^，。；]{2,}|两个|[都分]别?(?:能|发|可以|拿)|以及|还有|[三四五两]项")
_HELPLESS = re.compile(r"补贴|补助|奖励|奖金|资金|政策|支持|扶持|优惠|资助|[补奖]")
_LISTS = re.compile(
    r"、|(?:^|[，。\s])一个.{2,}[，。\s]一个|[这那][两二三几][个项]|[两二三][项条样](?!目)|另外|也想|一[块起]|分别"
)
_WHICH = re.compile(r"哪[几些两三四五六七八九十]+[个条项类家样]?|点名|名单|叫(?:什么|啥)名|提到?了?(?:什么|啥)")
_WITH_AWARDS, _SEVERAL_TITLES = frozenset({"champion", "little_giant"}), 2
_MONEY = re.compile(r"[奖补]|资助|\d\s*[万亿]?元")
_AN_AWARD = re.compile(r"(?:奖|奖励|补贴)$")
_AIM = re.compile(r"目标|指标")
_A_YEAR = re.compile(r"到?(?:20)?\d\d年[底末]?")
# 要有多少小巨人, 小巨人要达到几家: a title is counted, nothing of it.
_TITLES = r"(?:国家级?|省级?|制造业)*(?:的)?(?:小巨人|单项冠军|省专|专精特新(?:中小)?|创新型(?:中小)?|创小)(?:企业)?"
_COUNTED_TITLE = re.compile(
    rf"(?:多少|几)(?:[家个户]|来家)?(?P<after>{_TITLES})(?:出?来|企业|吗|呢|啊|的?目标)*(?:$|[，。；？?\s])"
    rf"|(?P<before>{_TITLES})(?:的|库|总|到?20?\d\d年底?)*(?:(?:要|得|想|争取|预计|计划|打算|目标|搞|弄|培育|达到|有|是|数量)+(?:多少|几)[家个户]?|(?:一共)?(?:多少|几)(?:[家个户]|来家))(?:出?来|吗|呢|啊)*(?:$|[，。；？?\s])"
)
# 省专直接奖30万, 单项冠军能拿300万: the award for a title, whatever sum it is said to be.
_TITLES_AWARD = re.compile(
    r"(?P<title>小巨人|单项冠军|省专)(?:企业)?(?:的|都|也|就|一次性|直接|首次|首评|评上|能|可以|给|拿|领|发|补)*(?:奖|(?=\d+万))"
)
_KIND_OF = {"rate": {"rate"}, "count": {"number"}, "amount": {"money", "rate"}}


@dataclass(frozen=True, slots=True)
class Subject:
    """Entries that a message is about, best first; `missing_in` is the city asked about whose document has none.

    `elsewhere` is what another city has instead; `asked` is what is asked of an entry, by its key, where a message asks
    other things of each; `words` are those that ask, where a message tells much besides; `trace` is for staff.
    """

    entries: tuple[Entry, ...] = ()
    missing_in: str | None = None
    elsewhere: Entry | None = None
    cities: tuple[str, ...] = ()
    is_follow_up: bool = False
    words: str = ""
    trace: tuple[tuple[str, float, float], ...] = ()
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_clear(self) -> bool:
        """Whether most of what the message says stands in the best entry."""
        return bool(self.trace) and self.trace[0][2] >= _CLEARLY

    @property
    def supports(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.support is not None)


@dataclass(frozen=True, slots=True)
class Search:
    """One message's search: what is asked, and how its matches are judged."""

    finder: Finder
    text: str
    facets: tuple[str, ...]
    titles: frozenset[str]

    def matches(self, cities: Iterable[str] = ()) -> tuple[Match, ...]:
        """Matches best first; those for another title than the one named stand back, those that answer come first."""
        found = [m for m in self._found(cities) if not self.is_for_another_title(m.entry)]
        found = self._of_the_title_counted(self._that_hold_what_is_counted(found))
        if "department" not in self.facets and found and found[0].entry.quote.startswith(_RESPONSIBLE):
            # 三个城市的职称政策: a support that holds as much of the question comes before who is responsible for it.
            subject = core(self.text)
            least = self.finder.own_coverage(subject, found[0].entry.key)
            held = (m for m in found if m.entry.support and self.finder.own_coverage(subject, m.entry.key) >= least > 0)
            if first := next(held, None):
                found.remove(first)
                found.insert(0, first)
        called = next((m for m in found if m.named and m.score >= _AS_NEAR * found[0].score), None)
        if called is not None and not found[0].named and found[0].core_coverage < _MOST_OF_IT:
            # 外贸公司能搞AEO不: what is called by its name before what other words of the question stand in.
            found.remove(called)
            found.insert(0, called)
        if not found or not _is_enough(found, in_city=bool(cities)):
            others = self.finder.search(self.text, cities, official=False)
            found = list(others) if others and _is_enough(others) else found
        if not found:
            return ()
        best = found[0]
        # 融资这一块是哪些单位在管: of two that are as near, the one that holds more of the subject.
        near = max((m for m in found if m.score >= _AS_NEAR * best.score), key=lambda m: m.core_coverage)
        if best.core_coverage < ENOUGH <= best.coverage and near.core_coverage >= 2 * best.core_coverage:
            found.remove(near)
            found.insert(0, near)
            best = near
        if best.core_coverage < _MOST_OF_IT:
            # 上市要几家: what holds the whole subject comes before what only counts something.
            whole = [m for m in found if m.core_coverage >= _WHOLE and m.score >= _ABOUT_AS_WELL * best.score]
            whole.sort(key=lambda m: not self.answers(m.entry))
            if whole:
                found.remove(whole[0])
                found.insert(0, whole[0])
                best = found[0]
        if _WHICH.search(self.text) and not _is_a_list(best.entry):
            # 点名了哪三条: who asks for names is told the list, not how many there are.
            close = [m for m in found if m.score >= _ABOUT_AS_WELL * best.score and _is_a_list(m.entry)]
            if close and best.entry.support is close[0].entry.support:
                found.remove(close[0])
                found.insert(0, close[0])
                best = close[0]
        if self.asks_for_award and best.entry.support is None and not _MONEY.search(best.entry.quote):
            # 淮安小巨人奖多少: how many firms there are is no award.
            awards = [m for m in found if _is_award(m.entry) and m.coverage >= best.coverage]
            if awards:
                found.remove(awards[0])
                found.insert(0, awards[0])
                best = found[0]
        if not self.answers(best.entry):
            close = [m for m in found if m.score >= _ANSWERS * best.score and m.coverage >= 0.8 * best.coverage]
            better = [m for m in close if self.answers(m.entry) and m.entry.support is None]
            if better:
                found.remove(better[0])
                found.insert(0, better[0])
        return tuple(found)

    def _found(self, cities: Iterable[str]) -> tuple[Match, ...]:
        """What the words find; 专利有奖励吗 what 专利 finds, where the 奖励 alone led to something else."""
        found = self.finder.search(self.text, cities)
        award = _TITLES_AWARD.search(self.text) if len(self.titles) < _SEVERAL_TITLES else None
        if award and found and not found[0].named and not self._is_for_other_titles(found[0].entry):
            called = self.finder.search(f"{award['title']}奖励", cities)
            return called if called and called[0].named and _is_award(called[0].entry) else found
        rest = _HELPLESS.sub(" ", self.text)
        if (
            rest == self.text
            or self.asks_for_award
            or not found
            or found[0].named
            or found[0].core_coverage >= ENOUGH
            or self.titles
        ):
            return found
        apart = self.finder.search(rest, cities)
        return apart if apart and apart[0].core_coverage >= _WHOLE else found

    def _is_for_other_titles(self, entry: Entry) -> bool:
        """Whether an entry is the award for 小巨人 or 单项冠军, and neither is named: 省专给100万是真的吗."""
        if self.titles or entry.support is None or not _is_award(entry):
            return False
        return bool(titles_of(entry.support) & _WITH_AWARDS)

    def _that_hold_what_is_counted(self, found: Sequence[Match]) -> list[Match]:
        """Of a target asked for by what it counts (目标要多少家上市), the matches that hold that; all if none does."""
        counted = core(_AIM.sub(" ", self.text)) if "count" in self.facets and _AIM.search(self.text) else ""
        if len(counted) < A_WORD:
            return list(found)
        return [m for m in found if self.finder.coverage(counted, m.entry.key) >= _LEAST] or list(found)

    def _of_the_title_counted(self, found: Sequence[Match]) -> list[Match]:
        """要有多少小巨人, 想弄出几家单项冠军: how many there shall be of a title comes first."""
        counted = _COUNTED_TITLE.search(self.text)
        rest = _AIM.sub(" ", _A_YEAR.sub(" ", _COUNTED_TITLE.sub(" ", self.text)))
        words = counted["before"] or counted["after"] if counted and names_nothing(rest) else ""
        measures = {value for value, regex in value_patterns()["tiers"] if words and regex.search(words)}
        told = {m.entry.key for m in found if measures & self.finder.counts(m.entry.key)}
        named = [replace(m, named=True) for m in found if m.entry.key in told]
        return [*named, *(m for m in found if m.entry.key not in told)]

    def is_for_another_title(self, entry: Entry) -> bool:
        """Whether an entry is the award for 小巨人 or 单项冠军, and the message names the other alone."""
        if len(self.titles) != 1 or entry.support is None:
            return False
        wanted = titles_of(entry.support)
        exclusive = wanted & _WITH_AWARDS
        return bool(exclusive) and exclusive == wanted and not self.titles & wanted

    @property
    def asks_for_award(self) -> bool:
        return pattern("title_award").search(self.text) is not None

    @property
    def wants_figure(self) -> bool:
        return any(facet in _KIND_OF for facet in self.facets)

    def answers(self, entry: Entry) -> bool:
        """Whether an entry's words hold a figure of the kind that is asked for, if one is."""
        if not self.wants_figure:
            return True
        kinds = set().union(*(_KIND_OF.get(f, set()) for f in self.facets))
        if entry.support is None and "amount" in self.facets:
            kinds.add("number")
        return any(f.kind in kinds for f in read_figures(entry.quote) if not _is_year(f))


def titles_of(support: Support) -> set[str]:
    """The titles that a support asks for, any of which will do."""
    return {t for c in support.when for t in c.includes_any}


def _is_award(entry: Entry) -> bool:
    return entry.support is not None and entry.support.kind is Kind.AWARD


def _is_a_list(entry: Entry) -> bool:
    return entry.quote.count("、") > 1


def _is_year(figure: Figure) -> bool:
    return figure.unit in {"年", ""} and 1900 <= figure.value <= 2100


# 中型企业行不行, 要是明年算中型了呢, 2025年呢: what is asked of a kind of enterprise, or of another year.
_ABOUT_A_KIND = re.compile(
    r"^(?:省|国家|市)级|20\d{2}年?的?|算|行不?行|可不?可以|能不能|能吗|可以吗|要是|如果|假如|万一|刚刚?|拿到?了?|再?[上高下低]一?[档级]|一?档|[那这]一?[档级类种头块]|评[上的]|获评|首次|今年|明年|后年|以后|将来|变|成|了|(?<!人)才(?:行|能|有)?"
)


def is_mere_title(words: str) -> bool:
    """省专呢, 国企能用吗: a kind of enterprise, not a subject."""
    for regex in fact_patterns():
        words = regex.sub("", words)
    return len(_ABOUT_A_KIND.sub("", words)) < 2


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
            or not _is_enough(matches, in_city=True)
            or _is_better_elsewhere(matches[0], best)
        ):
            missing = missing or city
            elsewhere = elsewhere or (best.entry if best and best.coverage >= _CLEARLY else None)
            continue
        meant = with_neighbours(search, matches)
        entries += meant if len(cities) == 1 else (matches[0].entry, *_to_its_end(matches))
    if not entries:
        return Subject(missing_in=missing, elsewhere=elsewhere, cities=tuple(cities), trace=tuple(trace))
    return Subject(tuple(entries), cities=tuple(cities), trace=tuple(trace))


def _is_enough(matches: Sequence[Match], *, in_city: bool = False) -> bool:
    """Whether the best match holds enough of what was asked, or stands far above all of other provisions.

    Where the city is known, the question is about its document more likely than not: less will do.
    """
    best = matches[0]
    if not best.named and not best.core_coverage:
        return False
    if in_city and best.coverage >= _LEAST and best.score / ENOUGH_SCORE + best.coverage / ENOUGH >= _TOGETHER:
        return True
    if in_city and best.core_coverage >= _WHOLE and best.coverage >= _LEAST:
        return True
    if best.coverage >= ENOUGH or best.named:
        return True
    if best.score >= ENOUGH_SCORE and best.coverage >= _LEAST:
        return True
    others = [m for m in matches if m.entry.provision != best.entry.provision]
    return best.coverage >= _ENOUGH_ALONE and bool(others) and best.score >= _FAR_ABOVE * others[0].score


def _is_better_elsewhere(here: Match, best: Match) -> bool:
    """Whether what was asked stands clearly more in another city's document."""
    if here.entry.city == best.entry.city or (here.named and here.score >= 0.5 * best.score):
        return False
    if here.core_coverage >= _WHOLE and here.coverage >= ENOUGH:
        return False  # 南京有上市奖励吗: what holds the whole subject is what there is of it
    return here.score < _LESS_HERE * best.score and best.coverage - here.coverage > 0.2


def anywhere(search: Search) -> Subject:
    matches = search.matches()
    if not matches or not _is_enough(matches):
        return Subject(trace=trace_of(matches))
    best = matches[0]
    entries = list(with_neighbours(search, matches))
    seen = {best.entry.city: None}
    for match in matches:
        alike = (match.entry.support is None) == (best.entry.support is None)
        if match.entry.city not in seen and alike and match.score >= _OTHER_CITY * best.score:
            seen[match.entry.city] = None
            entries.append(match.entry)
    return Subject(tuple(entries), cities=tuple(seen), trace=trace_of(matches))


def _asks_several(text: str) -> bool:
    # 怎么弄、找谁、多少钱: several questions of one thing.
    things = [piece for piece in text.split("、") if len(_HELPLESS.sub("", core(piece))) >= A_WORD]
    asked = len(re.findall(r"[？?]|吗|呢", text))
    return asked > 1 or len(things) > 1 or _SEVERAL_WORDS.search(text) is not None


def with_neighbours(search: Search, matches: Sequence[Match]) -> tuple[Entry, ...]:
    """The best entry, and what else of its city was meant as well.

    A clear fact stands alone with its neighbours; otherwise those named beside it, and, where a message asks about
    several things, those that match about as well; last, those of the same provision.
    """
    best = matches[0]
    here = [m for m in matches if m.entry.city == best.entry.city]
    if best.entry.support is not None:
        least = _SEVERAL if _asks_several(search.text) else 2.0
        meant = [m for m in here if m.entry.support and (m.score >= least * best.score or _is_named(search, m, best))]
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
        and (search.answers(m.entry) or bool(read_figures(m.entry.quote)))
        and not _repeats(m.entry, best.entry)
        and ("department" in search.facets or not m.entry.quote.startswith(_RESPONSIBLE))
    ]
    return tuple(dict.fromkeys((best.entry, *longer, *(m.entry for m in same[:2]))))


def _of_each_title(search: Search, best: Entry) -> tuple[Entry, ...]:
    """小巨人和单项冠军的奖励: the awards of a provision for each of the titles that a message names."""
    if (
        len(search.titles) < 2
        or not _is_award(best)
        or best.support is None
        or not search.titles & titles_of(best.support)
    ):
        return ()
    same = (e for e in search.finder.entries if (e.document_id, e.provision) == (best.document_id, best.provision))
    return tuple(e for e in same if e.support and _is_award(e) and search.titles & titles_of(e.support))


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
        for match in search.finder.search(item, (city,), 1):
            if match.entry.support is not None and match.coverage >= (_NAMED if match.named else _ITEM):
                found.append(match.entry)
    return tuple(found)


def _to_its_end(matches: Sequence[Match]) -> list[Entry]:
    """The supports that tell the sentence of the best match to its end."""
    best = matches[0]
    return [m.entry for m in matches[1:] if _tells_on(m.entry, best.entry) and m.score >= _NAMED * best.score]


def _tells_on(entry: Entry, best: Entry) -> bool:
    """Whether a support's sentence is that of the best one and goes on after it."""
    same = (entry.document_id, entry.provision) == (best.document_id, best.provision) and entry.support is not None
    return same and entry.quote != best.quote and entry.quote.startswith(best.quote)


def _repeats(entry: Entry, best: Entry) -> bool:
    """Whether an entry tells nothing that the best one does not."""
    return entry.quote in best.quote or (entry.support is None and best.quote in entry.quote)


def _is_named(search: Search, match: Match, best: Match) -> bool:
    """Whether a support is meant by its name: it weighs something, or stands in a row with another (AEO和转贷)."""
    support = match.entry.support
    if not match.named or support is None:
        return False
    names = "|".join(re.escape(plain(name)) for name in (support.title, *support.aliases))
    in_a_row = re.search(rf"(?:[、和跟与及]|还有)(?:{names})|(?:{names})(?:[、和跟与及]|还有)", search.text)
    return match.score >= _NAMED * best.score or in_a_row is not None


def trace_of(matches: Sequence[Match]) -> tuple[tuple[str, float, float], ...]:
    return tuple((m.entry.key, round(m.score, 2), round(m.coverage, 2)) for m in matches[:5])
