"""What a message is about: which supports or facts, of which city; or that the corpus does not hold it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.conversation import Conversation
from chains.retrieval import Entry, Finder, Match, content
from chains.understanding import Understanding, facet_words

# How much of a question's telling terms an entry must contain to be taken for its answer.
_ENOUGH = 0.34
_CLEARLY = 0.55
_SAME_PROVISION = 0.72
_OTHER_CITY = 0.8
_REFERS = re.compile(r"^(?:那|这)|呢[?？。]?$|嘞|那边|这个|那个|这项|那项|它|同样|类似|上面|前面|刚才|第[一二三四五]个|也(?:有|是|能|可)")


@dataclass(frozen=True, slots=True)
class Subject:
    """Entries that a message is about, best first; `missing_in` is the city asked about whose document has none.

    `elsewhere` is what another city has instead; `trace` is for staff.
    """

    entries: tuple[Entry, ...] = ()
    missing_in: str | None = None
    elsewhere: Entry | None = None
    cities: tuple[str, ...] = ()
    is_follow_up: bool = False
    trace: tuple[tuple[str, float, float], ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether most of what the message says stands in the best entry."""
        return bool(self.trace) and self.trace[0][2] >= _CLEARLY

    @property
    def supports(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries if e.support is not None)


def find_subject(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """Search in the light of what was talked about before; the city filters after the search, never before."""
    focus = tuple(finder.by_key[k] for k in conversation.focus if k in finder.by_key)
    core = content(facet_words().sub(" ", heard.text)).replace(" ", "")
    refers = bool(_REFERS.search(heard.text))
    if focus and (ordinal := _ordinal(heard.text)) is not None and ordinal < len(focus):
        return Subject((focus[ordinal],), cities=(focus[ordinal].city,), is_follow_up=True)
    if focus and (len(core) < 2 or (refers and len(core) < 3)):
        return _follow_up(heard, core, focus, finder)
    own_city = conversation.profile["city"]
    if heard.cities:
        return _in_cities(heard.text, heard.cities, finder, asked_for=True)
    preferred = str(own_city) if own_city else next(iter(conversation.focus_cities), None)
    if preferred:
        found = _in_cities(heard.text, (preferred,), finder, asked_for=False)
        if found.entries or not found.elsewhere:
            return found
        return _anywhere(heard.text, finder) if found.missing_in is None else found
    return _anywhere(heard.text, finder)


def _ordinal(text: str) -> int | None:
    match = re.search(r"第([一二三四五六七八1-8])(?:个|项|条)", text)
    return "一二三四五六七八12345678".index(match.group(1)) % 8 if match and len(text) <= 20 else None


def _follow_up(heard: Understanding, core: str, focus: Sequence[Entry], finder: Finder) -> Subject:
    cities = heard.cities or tuple(dict.fromkeys(e.city for e in focus))
    same_city = all(e.city in cities for e in focus) and len(cities) == len({e.city for e in focus})
    if same_city and len(core) < 2:
        return Subject(tuple(focus), cities=cities, is_follow_up=True)
    first = focus[0]
    matches = finder.search(f"{first.title} {first.quote[:40]} {core}", cities)
    good = [m for m in matches if _likeness(m, first, finder) >= 0.5]
    if not good:
        if same_city:
            return Subject(tuple(focus), cities=cities, is_follow_up=True)
        return Subject(missing_in=cities[0], elsewhere=first, cities=cities, is_follow_up=True, trace=_trace(matches))
    return Subject(_with_neighbours(good), cities=cities, is_follow_up=True, trace=_trace(matches))


def _likeness(match: Match, first: Entry, finder: Finder) -> float:
    return finder.coverage(content(first.title), match.entry.key)


def _in_cities(text: str, cities: Sequence[str], finder: Finder, *, asked_for: bool) -> Subject:
    everywhere = finder.search(text)
    entries: list[Entry] = []
    trace: list[tuple[str, float, float]] = []
    missing: str | None = None
    elsewhere: Entry | None = None
    for city in cities:
        matches = finder.search(text, (city,))
        trace += _trace(matches)
        best = everywhere[0] if everywhere else None
        if not matches or best is None or _is_better_elsewhere(matches[0], best):
            missing = missing or city
            elsewhere = elsewhere or (best.entry if best and best.coverage >= _CLEARLY else None)
            continue
        entries += _with_neighbours(matches, several=_asks_several(text))
    if entries:
        return Subject(tuple(entries), cities=tuple(cities), trace=tuple(trace))
    if not asked_for and elsewhere is not None:
        return Subject(elsewhere=elsewhere, cities=tuple(cities), trace=tuple(trace))
    return Subject(missing_in=missing, elsewhere=elsewhere, cities=tuple(cities), trace=tuple(trace))


def _is_better_elsewhere(here: Match, best: Match) -> bool:
    """Whether what was asked is not in this city's document: little of it is there, or clearly more elsewhere."""
    if here.named and here.score >= 0.5 * best.score:
        return False
    if here.coverage < _ENOUGH:
        return True
    return best.entry.city != here.entry.city and here.score < 0.6 * best.score and best.coverage - here.coverage > 0.2


def _anywhere(text: str, finder: Finder) -> Subject:
    matches = finder.search(text)
    if not matches or (matches[0].coverage < _ENOUGH and not matches[0].named):
        return Subject(trace=_trace(matches))
    best = matches[0]
    entries = list(_with_neighbours(matches, several=_asks_several(text)))
    others = [m for m in matches if m.entry.city != best.entry.city and m.score >= _OTHER_CITY * best.score]
    seen = {best.entry.city}
    for match in others:
        if match.entry.city not in seen and (match.entry.support is None) == (best.entry.support is None):
            seen.add(match.entry.city)
            entries.append(match.entry)
    return Subject(tuple(entries), cities=tuple(seen), trace=_trace(matches))


def _asks_several(text: str) -> bool:
    return len(re.findall(r"[？?]|吗|呢", text)) > 1 or re.search(r"两个|[都分]别?(?:能|发|可以|拿)|以及|还有", text) is not None


def _with_neighbours(matches: Sequence[Match], *, several: bool = False) -> tuple[Entry, ...]:
    """The best entry, those named beside it, and those of the same provision that match about as well.

    Where a message asks about several things, those that match about as well count wherever they stand.
    """
    best = matches[0]
    named = [m for m in matches if m.named and m.score >= 0.45 * best.score]
    if len(named) >= 2:
        return tuple(m.entry for m in named[:6])
    if several and best.entry.support is not None:
        close = [m for m in matches if m.score >= _SAME_PROVISION * best.score and m.entry.support is not None]
        if len(close) > 1:
            return tuple(m.entry for m in close[:4])
    same = [
        m
        for m in matches[1:]
        if (m.entry.document_id, m.entry.provision) == (best.entry.document_id, best.entry.provision)
        and m.score >= _SAME_PROVISION * best.score
    ]
    return (best.entry, *(m.entry for m in same[:2]))


def _trace(matches: Sequence[Match]) -> tuple[tuple[str, float, float], ...]:
    return tuple((m.entry.key, round(m.score, 2), round(m.coverage, 2)) for m in matches[:5])
