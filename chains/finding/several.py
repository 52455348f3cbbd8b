"""What a message of several questions is about, each looked up by itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.finding.alone import stands_alone
from chains.finding.called import ITS_SUBJECT
from chains.finding.entries import Entry
from chains.finding.followup import OF_ITS_OWN
from chains.finding.lookup import look_up
from chains.finding.matching import A_NAME, Search
from chains.finding.meant import Subject
from chains.finding.naming import content, core, names_nothing
from chains.finding.parts import counts, parts_asked, questions_of, things_asked, things_listed
from chains.finding.retrieval import Finder
from chains.finding.told import FEW
from chains.language.normalise import plain
from chains.language.question_words import facets_of
from chains.language.understanding import Understanding

_MOST, _SEVERAL, _AS_NEAR = 6, 2, 0.8
_OF_EACH = re.compile(r"分别|[都各](?=是|有|几|要|能|给|找|归|怎|多|什|啥|由|该)")
# 靠什么数据做的: what is asked for is not named.
_ASKED_FOR = re.compile(r"(?:靠|凭|用)?(?:什么|啥|哪些|哪种|哪类)[\u4e00-\u9fff]{2}")


def find_several(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """What a message of several questions is about, each looked up by itself; None unless each finds its own.

    订单班怎么弄？另外成果能不能先用后付; 目标多少家，服务专员怎么配.
    """
    if both := _both(heard, conversation, finder):
        return both
    if both := _told_and_another(heard, conversation, finder):
        return both
    parts = questions_of(heard)
    if len(parts) > 1 and (found := _each_its_own(parts, heard, conversation, finder, 2)):
        return found
    parts = things_asked(heard)
    whole = look_up(heard, conversation, finder) if len(parts) > 1 else Subject()
    if not whole.entries:
        return None
    if all(_holds(whole, part, finder) for part in parts):
        apart = _each_its_own(parts, heard, conversation, finder, 1)
        if apart and not {e.key for e in apart.entries} & {e.key for e in whole.entries}:
            return apart  # 省专要几家，小巨人要几家: what counts something else of both is not meant
        return _in_turn(whole, parts, finder) if len(whole.supports) > 1 and not _OF_EACH.search(heard.text) else None
    return _each_its_own(parts, heard, conversation, finder, 1)


def _told_and_another(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """最高多少钱，归哪几个局？另外AEO又是找谁: what was told, asked on of, and a thing called by its name beside it."""
    told = tuple(finder.by_key[key] for key in conversation.focus if key in finder.by_key)
    parts = [part for part in parts_asked(heard) if facets_of(part.text)]
    on = [part for part in parts if not finder.named(part.text) and names_nothing(part.text)]
    other = [part for part in parts if part not in on]
    found = [look_up(part, conversation.model_copy(update={"focus": ()}), finder) for part in other]
    if not on or len(other) != 1 or not 0 < len(told) <= FEW or heard.cities or not found[0].supports:
        return None
    named = found[0].supports[0]
    if named.key not in finder.named(other[0].text) or named in told or named.city not in {e.city for e in told}:
        return None
    asked = {e.key: tuple(dict.fromkeys(f for part in on for f in facets_of(part.text))) for e in told}
    asked[named.key] = facets_of(other[0].text)
    entries = (*told, named) if heard.text.find(on[0].text) < heard.text.find(other[0].text) else (named, *told)
    return Subject(entries, cities=(named.city,), trace=found[0].trace, asked=asked)


def _both(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """看病跟买房呢: what each of several bare names finds, where each finds its own."""
    found = [look_up(one, conversation, finder) for one in things_listed(heard)]
    apart = {one.entries[0]: one.cities for one in found if stands_alone(one) and not one.is_follow_up}
    if len(apart) < max(_SEVERAL, len(found)) or len(set(apart.values())) > 1:
        return None
    return Subject(tuple(apart), cities=found[0].cities, trace=tuple(one.trace[0] for one in found))


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
    return any(finder.coverage(words, entry.key) >= OF_ITS_OWN for entry in subject.entries)


def _each_its_own(
    parts: Sequence[Understanding], heard: Understanding, conversation: Conversation, finder: Finder, most: int
) -> Subject | None:
    looked_up = [(part, look_up(part, conversation, finder)) for part in parts]
    # 麻烦报三个数 asks nothing of its own, and 要什么级别 asks on of what was named before.
    looked_up = [(p, one) for p, one in looked_up if one.entries or facets_of(p.text)]
    looked_up = [(p, one) for p, one in looked_up if not one.entries or _names_its_own(p, one, finder)]
    looked_up = [(p, _beside_the_first(p, one, looked_up[:i], finder)) for i, (p, one) in enumerate(looked_up)]
    looked_up = [(p, one) for i, (p, one) in enumerate(looked_up) if not _asks_on_of(p, one, looked_up[:i], finder)]
    if len(looked_up) < _SEVERAL or any(not _finds_its_own(part, one, finder) for part, one in looked_up):
        return None
    parts, found = [part for part, _ in looked_up], [one for _, one in looked_up]
    entries = dict.fromkeys(entry for one in found for entry in one.entries[:most])
    if len(entries) < len(parts):
        return None
    cities = dict.fromkeys(city for one in found for city in one.cities)
    trace = tuple(row for one in found for row in one.trace[:1])
    asked: dict[str, tuple[str, ...]] = {}
    said: dict[str, str] = {}
    # 分别归哪管 is asked of all; 目标各几家？投入各百分之几？ each of its own.
    shared = _OF_EACH.search(heard.text) is not None and not all(_OF_EACH.search(part.text) for part in parts)
    for part, one in zip(parts, found, strict=True):
        facets = heard.facets if shared else facets_of(part.text) or heard.facets
        for entry in one.entries[:most]:
            asked.setdefault(entry.key, facets)
            said.setdefault(entry.key, heard.text if shared else part.text)
    return Subject(tuple(entries)[:_MOST], cities=tuple(cities), trace=trace, asked=asked, parts=said)


def _beside_the_first(
    part: Understanding, found: Subject, before: Sequence[tuple[Understanding, Subject]], finder: Finder
) -> Subject:
    """千亿级集群几个？占规上工业的份额要到多少？: of what matches as well, what stands in the same provision."""
    first = next((one.entries[0] for _, one in before if one.entries), None)
    if first is None or not found.entries or len(found.cities) != 1 or first.city not in found.cities:
        return found
    if finder.named(part.text, found.cities):
        return found  # 股权质押能帮忙吗？科技专项贷款、苏科贷呢
    asked = Search(finder, part.text, facets_of(part.text), frozenset())
    matches = asked.matches(found.cities)
    near = [m for m in matches if m.score >= _AS_NEAR * matches[0].score and asked.answers(m.entry)]
    beside = next(
        (m for m in near if (m.entry.document_id, m.entry.provision) == (first.document_id, first.provision)), None
    )
    if beside is None or beside.entry == first or matches[0].entry != found.entries[0]:
        return found
    return replace(found, entries=(beside.entry,), trace=((beside.entry.key, beside.score, beside.coverage),))


def _asks_on_of(
    part: Understanding, found: Subject, before: Sequence[tuple[Understanding, Subject]], finder: Finder
) -> bool:
    """APEC卡好办不，有绿色通道没: whether what was asked about before holds as much of a question as its own entry."""
    asked = Search(finder, part.text, facets_of(part.text), frozenset())
    if asked.wants_figure or (found.entries and asked.names_what_is_asked(found.entries[0])):
        return False
    words = content(part.text)
    here = [one.entries[0].key for _, one in before if one.entries and one.cities == found.cities]
    own = finder.coverage(words, found.entries[0].key) if found.entries else 1.0
    return any(finder.coverage(words, key) >= own for key in here)


def _names_its_own(part: Understanding, found: Subject, finder: Finder) -> bool:
    """Whether a question names a subject: in a word or two only if what it finds is called so, or it is counted."""
    named = core(_ASKED_FOR.sub("", part.text))
    return len(named) >= A_NAME or counts(part.text) or (len(named) > 1 and named in plain(found.entries[0].title))


def _finds_its_own(part: Understanding, found: Subject, finder: Finder) -> bool:
    """Whether what a question finds by itself holds most of it, or of the words of its subject, or its figure."""
    if found.is_follow_up and found.entries and counts(part.text):
        return True  # 小巨人几家？研发投入百分之几？ after the former
    if not found.entries or not found.trace:
        return False
    if found.share >= OF_ITS_OWN or finder.coverage(core(part.text), found.entries[0].key) >= ITS_SUBJECT:
        return True
    asked = Search(finder, part.text, facets_of(part.text), frozenset())
    return (asked.wants_figure and asked.answers(found.entries[0])) or asked.names_what_is_asked(found.entries[0])
