"""What a message is about: which supports or facts, of which city; or that the corpus does not hold it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chains.asked import questions_of, things_asked, what_asks, without_references
from chains.clauses import pattern
from chains.conversation import Conversation
from chains.facts import fact_patterns
from chains.normalise import plain
from chains.retrieval import Entry, Finder, Match, content, core
from chains.understanding import Understanding, facets_of, subject_words
from knowledge.figures import Figure, read_figures

# How much of a question's telling terms an entry must contain to be taken for its answer; less is enough for one that
# stands far above all others, or that scores high.
_ENOUGH = 0.34
_ENOUGH_ALONE = 0.3
_FAR_ABOVE = 2.0
# A question in other words than the document's shares few terms with it, but then many of the entry's known questions:
# measured on the suites, right entries score above this and foreign questions below.
_ENOUGH_SCORE, _LEAST, _TOGETHER = 60.0, 0.14, 1.5
_CLEARLY = 0.55
_OF_ITS_OWN = 0.5
_FEW = 3
_FITS = 0.3
_MORE = 0.1
_SAME_PROVISION = 0.55
_SEVERAL = 0.7
_LESS_HERE = 0.5
_NAMED = 0.45
_OTHER_CITY = 0.8
_ANSWERS = 0.6
_ITEM = 0.6
_A_NAME = 3
# What another city has instead: measured, analogues lie above both, other supports below.
_LIKE, _LIKE_TITLE = 0.2, 0.3
_SEVERAL_WORDS = re.compile(r"两个|[都分]别?(?:能|发|可以|拿)|以及|还有|[三四五两]项")
_HELPLESS, _A_WORD = re.compile(r"补贴|补助|奖励|奖金|资金|政策|支持|扶持|优惠|资助|[补奖]"), 2
_LISTS = re.compile(r"、|[这那][两二三几][个项]|[两二三][项条样](?!目)|另外|也想|一[块起]|分别")
_OF_EACH = re.compile(r"分别|[都各](?=是|有|要|能|给|找|归|怎|多|什|啥|由|该)")
_MOST = 4
_KIND_OF = {"rate": {"rate"}, "count": {"number"}, "amount": {"money", "rate"}}


@dataclass(frozen=True, slots=True)
class Subject:
    """Entries that a message is about, best first; `missing_in` is the city asked about whose document has none.

    `elsewhere` is what another city has instead; `asked` is what is asked of an entry, by its key, where a message asks
    other things of each; `trace` is for staff.
    """

    entries: tuple[Entry, ...] = ()
    missing_in: str | None = None
    elsewhere: Entry | None = None
    cities: tuple[str, ...] = ()
    is_follow_up: bool = False
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
class _Search:
    """One message's search: what is asked, and how its matches are judged."""

    finder: Finder
    text: str
    facets: tuple[str, ...]
    titles: frozenset[str]

    def matches(self, cities: Iterable[str] = ()) -> tuple[Match, ...]:
        """Matches best first; those for another title than the one named stand back, those that answer come first."""
        found = [m for m in self.finder.search(self.text, cities) if not self._is_for_another_title(m.entry)]
        if not found or not _is_enough(found, in_city=bool(cities)):
            others = self.finder.search(self.text, cities, official=False)
            found = list(others) if others and _is_enough(others) else found
        if not found:
            return ()
        best = found[0]
        if not self.answers(best.entry):
            close = [m for m in found if m.score >= _ANSWERS * best.score and m.coverage >= 0.8 * best.coverage]
            better = [m for m in close if self.answers(m.entry) and m.entry.support is None]
            if better:
                found.remove(better[0])
                found.insert(0, better[0])
        return tuple(found)

    def _is_for_another_title(self, entry: Entry) -> bool:
        if len(self.titles) != 1 or entry.support is None:
            return False
        wanted = {t for c in entry.support.when for t in c.includes_any}
        exclusive = wanted & {"champion", "little_giant"}
        return bool(exclusive) and exclusive == wanted and not self.titles & wanted

    def answers(self, entry: Entry) -> bool:
        """Whether an entry's words hold a figure of the kind that is asked for, if one is."""
        kinds = set().union(*(_KIND_OF.get(f, set()) for f in self.facets))
        if not kinds:
            return True
        if entry.support is None and "amount" in self.facets:
            kinds.add("number")
        return any(f.kind in kinds for f in read_figures(entry.quote) if not _is_year(f))


def _is_year(figure: Figure) -> bool:
    return figure.unit == "年" and 1900 <= figure.value <= 2100


def find_subject(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """Search in the light of what was talked about before; the city filters after the search, never before."""
    heard = without_references(heard)
    if several := _several(heard, conversation, finder):
        return several
    for part in what_asks(heard):
        if len(core(subject_words(part.text))) >= _A_NAME:
            alone = _find(part, conversation, finder)
            if alone.entries and alone.trace and alone.trace[0][2] >= _ENOUGH:
                return alone
    return _find(heard, conversation, finder)


def _several(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """What a message of several questions is about, each looked up by itself; None unless each finds its own.

    订单班怎么弄？另外成果能不能先用后付; 目标多少家，服务专员怎么配.
    """
    parts = questions_of(heard)
    if len(parts) > 1 and (found := _each_its_own(parts, heard, conversation, finder, 2)):
        return found
    parts = things_asked(heard)
    whole = _find(heard, conversation, finder) if len(parts) > 1 else Subject()
    if not whole.entries:
        return None
    if all(_holds(whole, part, finder) for part in parts):
        return _in_turn(whole, parts, finder) if len(whole.supports) > 1 and not _OF_EACH.search(heard.text) else None
    return _each_its_own(parts, heard, conversation, finder, 1)


def _in_turn(whole: Subject, parts: Sequence[Understanding], finder: Finder) -> Subject:
    """The entries of a message in the order in which it asks for them, each with what is asked of it."""
    words = [content(part.text) for part in parts]

    def place(entry: Entry) -> int:
        return max(range(len(parts)), key=lambda i: (finder.coverage(words[i], entry.key), -i))

    entries = tuple(sorted(whole.entries, key=place))
    return replace(whole, entries=entries, asked={e.key: facets_of(parts[place(e)].text) for e in entries})


def _holds(subject: Subject, part: Understanding, finder: Finder) -> bool:
    """Whether what was found for a whole message answers one part of it."""
    words = content(part.text)
    return any(finder.coverage(words, entry.key) >= _OF_ITS_OWN for entry in subject.entries)


def _each_its_own(
    parts: Sequence[Understanding], heard: Understanding, conversation: Conversation, finder: Finder, most: int
) -> Subject | None:
    found = [_find(part, conversation, finder) for part in parts]
    if any(not one.entries or not one.trace or one.trace[0][2] < _OF_ITS_OWN for one in found):
        return None
    entries = dict.fromkeys(entry for one in found for entry in one.entries[:most])
    if len(entries) < len(parts):
        return None
    cities = dict.fromkeys(city for one in found for city in one.cities)
    trace = tuple(one.trace[0] for one in found)
    asked: dict[str, tuple[str, ...]] = {}
    for part, one in zip(parts, found, strict=True):
        facets = heard.facets if _OF_EACH.search(heard.text) else facets_of(part.text) or heard.facets
        for entry in one.entries[:most]:
            asked.setdefault(entry.key, facets)
    return Subject(tuple(entries)[:_MOST], cities=tuple(cities), trace=trace, asked=asked)


def _find(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    focus = tuple(finder.by_key[k] for k in conversation.focus if k in finder.by_key)
    search = _Search(finder, heard.text, heard.facets, _titles(heard.text))
    if focus and (ordinal := _ordinal(heard.text)) is not None and ordinal < len(focus):
        return Subject((focus[ordinal],), cities=(focus[ordinal].city,), is_follow_up=True)
    if focus and heard.as_of is not None and not heard.cities and len(focus) <= _FEW:
        return Subject(focus, cities=tuple(e.city for e in focus), is_follow_up=True)
    named = core(heard.text)
    refers = 0 < len(focus) <= _FEW
    names_award = pattern("title_award").search(heard.text) is not None
    if refers and not names_award and (len(named) < 2 or _is_mere_title(named)):
        return _follow_up(search, heard, focus, named)
    if refers and not names_award and _asks_for_oneself(heard):
        return _follow_up(replace(search, text=focus[0].title), heard, focus, "")
    alone = _by_itself(search, heard, conversation)
    if refers and not names_award and not _stands_alone(alone):
        moved = bool(heard.cities) and not {e.city for e in focus} & set(heard.cities)
        own = finder.coverage(content(heard.text), focus[0].key)
        names_more = bool(alone.trace) and alone.trace[0][1] >= _ENOUGH_SCORE and alone.trace[0][2] > own + _MORE
        if alone.entries and not moved and names_more:
            return alone
        again = _follow_up(search, heard, focus, named) if moved else _continuation(search, heard, focus)
        return again if again is not None and again.entries else alone
    return alone


def _by_itself(search: _Search, heard: Understanding, conversation: Conversation) -> Subject:
    """What a message is about if nothing was said before but the city."""
    if heard.cities:
        return _in_cities(search, heard.cities)
    own_city = conversation.profile["city"]
    if own_city:
        return _in_cities(search, (str(own_city),))
    if conversation.focus_cities:
        found = _in_cities(search, conversation.focus_cities[:1])
        if found.entries or found.elsewhere is None:
            return found
    return _anywhere(search)


def _stands_alone(subject: Subject) -> bool:
    """Whether a message names its subject itself, so that nothing before it is needed."""
    return bool(subject.entries) and bool(subject.trace) and subject.trace[0][2] >= _OF_ITS_OWN


# 中型企业行不行, 要是明年算中型了呢, 2025年呢: what is asked of a kind of enterprise, or of another year.
_ABOUT_A_KIND = re.compile(
    r"^(?:省|国家|市)级|20\d{2}年?的?|算|行不?行|可不?可以|能不能|能吗|可以吗|要是|如果|假如|万一|今年|明年|后年|以后|将来|变|成|了"
)


def _is_mere_title(words: str) -> bool:
    """省专呢, 国企能用吗: a kind of enterprise, not a subject."""
    for regex in fact_patterns():
        words = regex.sub("", words)
    return len(_ABOUT_A_KIND.sub("", words)) < 2


def _asks_for_oneself(heard: Understanding) -> bool:
    """我们是省级专精特新，做出口，能拿吗: what the enterprise is and whether it can; no subject is named."""
    if "can_get" not in heard.intents or not heard.facts:
        return False
    left = heard.text
    for fact in heard.facts.values():
        left = left.replace(fact.words, " ") if fact.words else left
    return len(core(subject_words(left)).replace(" ", "")) < _A_WORD


def _titles(text: str) -> frozenset[str]:
    return frozenset(t for t, word in (("little_giant", "小巨人"), ("champion", "单项冠军")) if word in text)


def _ordinal(text: str) -> int | None:
    match = re.search(r"第([一二三四五六七八1-8])(?:个|项|条)", text)
    return "一二三四五六七八12345678".index(match.group(1)) % 8 if match and len(text) <= 20 else None


def _follow_up(search: _Search, heard: Understanding, focus: Sequence[Entry], named: str) -> Subject:
    """那镇江呢, 这个找谁, 省专呢: the same subject, perhaps in another city or for another kind of enterprise."""
    cities = heard.cities or tuple(dict.fromkeys(e.city for e in focus))
    moved = not all(e.city in cities for e in focus) or len(cities) != len({e.city for e in focus})
    first = focus[0]
    if not moved and not named and _Search(search.finder, "", heard.facets, search.titles).answers(first):
        return Subject(tuple(focus), cities=cities, is_follow_up=True)
    wider = _Search(search.finder, f"{first.title} {heard.text}", heard.facets, search.titles)
    matches = wider.matches(cities)
    if moved:
        itself = next((m.score for m in search.finder.search(first.title, (first.city,)) if m.entry == first), 0.0)
        alike = [m for m in matches if search.finder.coverage(first.title, m.entry.key) >= _LIKE_TITLE]
        matches = tuple(m for m in alike if m.score >= _LIKE * itself)
    if matches:
        return Subject(_with_neighbours(wider, matches), cities=cities, is_follow_up=True, trace=_trace(matches))
    if moved:
        return Subject(missing_in=cities[0], elsewhere=first, cities=cities, is_follow_up=True)
    return Subject(tuple(focus), cities=cities, is_follow_up=True)


def _continuation(search: _Search, heard: Understanding, focus: Sequence[Entry]) -> Subject | None:
    """A message in vague words that fits what was talked about before, if it does."""
    first = focus[0]
    if (
        not heard.facets
        and "can_get" not in heard.intents
        and search.finder.coverage(content(heard.text), first.key) < _FITS
    ):
        return None
    cities = heard.cities or (first.city,)
    wider = _Search(search.finder, f"{first.title} {heard.text}", heard.facets, search.titles)
    matches = wider.matches(cities)
    if not matches:
        return None
    places = {(e.document_id, e.provision) for e in focus}
    if (matches[0].entry.document_id, matches[0].entry.provision) not in places:
        return None
    return Subject((matches[0].entry,), cities=tuple(cities), is_follow_up=True, trace=_trace(matches))


def _in_cities(search: _Search, cities: Sequence[str]) -> Subject:
    everywhere = search.matches()
    entries: list[Entry] = []
    trace: list[tuple[str, float, float]] = []
    missing: str | None = None
    elsewhere: Entry | None = None
    for city in cities:
        matches = search.matches((city,))
        trace += _trace(matches)
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
        meant = _with_neighbours(search, matches)
        entries += meant if len(cities) == 1 else meant[:1]
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
    if in_city and best.coverage >= _LEAST and best.score / _ENOUGH_SCORE + best.coverage / _ENOUGH >= _TOGETHER:
        return True
    if best.coverage >= _ENOUGH or best.named:
        return True
    if best.score >= _ENOUGH_SCORE and best.coverage >= _LEAST:
        return True
    others = [m for m in matches if m.entry.provision != best.entry.provision]
    return best.coverage >= _ENOUGH_ALONE and bool(others) and best.score >= _FAR_ABOVE * others[0].score


def _is_better_elsewhere(here: Match, best: Match) -> bool:
    """Whether what was asked stands clearly more in another city's document."""
    if here.entry.city == best.entry.city or (here.named and here.score >= 0.5 * best.score):
        return False
    return here.score < _LESS_HERE * best.score and best.coverage - here.coverage > 0.2


def _anywhere(search: _Search) -> Subject:
    matches = search.matches()
    if not matches or not _is_enough(matches):
        return Subject(trace=_trace(matches))
    best = matches[0]
    entries = list(_with_neighbours(search, matches))
    seen = {best.entry.city}
    for match in matches:
        alike = (match.entry.support is None) == (best.entry.support is None)
        if match.entry.city not in seen and alike and match.score >= _OTHER_CITY * best.score:
            seen.add(match.entry.city)
            entries.append(match.entry)
    return Subject(tuple(entries), cities=tuple(seen), trace=_trace(matches))


def _asks_several(text: str) -> bool:
    # 怎么弄、找谁、多少钱: several questions of one thing.
    things = [piece for piece in text.split("、") if len(_HELPLESS.sub("", core(piece))) >= _A_WORD]
    asked = len(re.findall(r"[？?]|吗|呢", text))
    return asked > 1 or len(things) > 1 or _SEVERAL_WORDS.search(text) is not None


def _with_neighbours(search: _Search, matches: Sequence[Match]) -> tuple[Entry, ...]:
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
        entries = tuple(dict.fromkeys((*(m.entry for m in meant), *listed)))
        if len(entries) > 1:
            return entries[:6]
    same = [
        m
        for m in here[1:]
        if (m.entry.document_id, m.entry.provision) == (best.entry.document_id, best.entry.provision)
        and m.score >= _SAME_PROVISION * best.score
        and (search.answers(m.entry) or bool(read_figures(m.entry.quote)))
        and not _repeats(m.entry, best.entry)
        and ("department" in search.facets or not m.entry.quote.startswith("责任单位"))
    ]
    return (best.entry, *(m.entry for m in same[:2]))


def _listed(search: _Search, city: str) -> tuple[Entry, ...]:
    """The supports of an enumeration (小巨人奖励、标准奖励、APEC绿色通道), each looked up by itself."""
    if not _LISTS.search(search.text):
        return ()
    found: list[Entry] = []
    for item in re.split(r"[、，。；？！]|以及|还有|另外|[和跟与](?!我|你|谁|哪)", search.text):
        words = content(item)
        if not _A_NAME <= len(words) <= 16 or _is_mere_title(words):
            continue
        for match in search.finder.search(item, (city,), 1):
            if match.entry.support is not None and match.coverage >= (_NAMED if match.named else _ITEM):
                found.append(match.entry)
    return tuple(found)


def _repeats(entry: Entry, best: Entry) -> bool:
    """Whether an entry tells nothing that the best one does not."""
    return entry.quote in best.quote or (entry.support is None and best.quote in entry.quote)


def _is_named(search: _Search, match: Match, best: Match) -> bool:
    """Whether a support is meant by its name: it weighs something, or stands in a row with another (AEO和转贷)."""
    support = match.entry.support
    if not match.named or support is None:
        return False
    names = "|".join(re.escape(plain(name)) for name in (support.title, *support.aliases))
    in_a_row = re.search(rf"(?:[、和跟与及]|还有)(?:{names})|(?:{names})(?:[、和跟与及]|还有)", search.text)
    return match.score >= _NAMED * best.score or in_a_row is not None


def _trace(matches: Sequence[Match]) -> tuple[tuple[str, float, float], ...]:
    return tuple((m.entry.key, round(m.score, 2), round(m.coverage, 2)) for m in matches[:5])
