"""What else there is than what was told: 除了展会还有什么找客户的, 银行那边还有没有别的贷款, 光是气价.

Others are of the provision that was talked of, where it holds as much of what is named as any other does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from chains.conversation import Conversation
from chains.finding.alone import award_titles
from chains.finding.asked import left_out, of_others
from chains.finding.called import ITS_SUBJECT, is_called
from chains.finding.entries import Entry
from chains.finding.followup import OF_ANY_HEADING, titles_named
from chains.finding.matching import A_NAME, A_WORD, Search, is_award
from chains.finding.meant import Subject, trace_of
from chains.finding.naming import core, in_their_words, longest_run, without_help
from chains.finding.retrieval import Finder, Match
from chains.finding.told import FEW
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.question_words import subject_words
from chains.language.understanding import Understanding
from knowledge.support import Kind

# 别的公司, 其他部门: others of which none is a support.
_NO_SUPPORT = r"都|也|全|不|暂|就|人|家|公司|企业|厂|城?市|地方|部门|单位|称号|资质|条件|要求|材料|问题"
# 用能成本上还有其他办法没有, 知识产权上没别的了吗: others, asked for after the words that say of what.
_ELSE = re.compile(
    rf"(?:还?有没有|还有(?:没有)?|还能|没有?|有)(?:些|点|个)?(?:什么|啥|哪些)?(?:其[他它]|别的|另外的)(?!{_NO_SUPPORT})的?"
    r"|(?:其[他它]|别的)(?=[^，。；？?\s]{0,6}没有?了?(?:吗|么|[？?]))"
)
# 光是气价？, 光展会啊: what was told is not all that is asked for.
_NOT_ALL = re.compile(
    r"(?:^|(?<=[，。；？?\s]))(?:就|光|只)(?:是|有)?(?P<but>[\u4e00-\u9fff]{2,6}?)(?:[啊呀吗么]|而已)*(?:[？?\s，。]|$)"
)
# 除了奖金，土地、贷款、人才; 土地贷款这些: the things that are asked for in a row.
_ROW = re.compile(
    r"(?P<row>(?:[\u4e00-\u9fff]{2,4}、)+[\u4e00-\u9fff]{2,4}?)(?=$|[，。；？?\s能有可给都这那呢])|(?P<run>(?:[\u4e00-\u9fff]{2}){2,4})(?=这些|什么的|之类|这类)"
)
_LEAVES_OUT = re.compile(r"(?:除|撇|抛)(?:了|开|去|掉)?[^，。；\s]{1,10}?(?:以外|之外|外)?[，,\s]+")
# 除了奖补还有别的方式吗: words for help of any kind.
_WAYS = re.compile(r"方式|办法|渠道|途径|手段|路子|法子|形式|内容|条件|要求")
# 除了小巨人，别的牌子也发钱吗: titles and recognitions that an award is given for.
_OTHER_TITLES = re.compile(r"(?:别的|其[他它]|另外的?|哪些|什么|啥)(?:牌子?|称号|资质|名头|头衔|荣誉|企业|公司)")
_RECOGNISED, _OF_ITS_SEAT = {"tiers", "service_platform"}, {"first_recognition", "city", "district", None}
_GIVES = re.compile(r"[奖补]|钱|现金|资助")
_OF_MONEY, _GIVEN = re.compile(r"资金|补[助贴]|奖[补励金]|[给拿领]钱"), frozenset({Kind.AWARD, Kind.FUNDING})
# 还有别的展吗, 跨境电商园区我知道的，还有别的吗.
_MORE_OF_IT = re.compile(
    r"还?有(?:没有)?(?:什么|啥)?(?:别的|其[他它]的?)(?P<kind>(?:(?![吗么没不了])[\u4e00-\u9fff]){1,2})?(?:没有?|吗|么|不)?[?？]?$"
)
_KNOWN = re.compile(
    r"(?P<thing>[^，。；！？\s]{2,10}?)(?:这一?[个块]|那一?[个块])?我?们?(?:都|已经|就)?(?:知道|晓得|清楚|了解|有数|听过|问过)(?:的|了)?[，,\s]*$"
)
# 除了住的还补些啥: what is given besides.
_BUT = re.compile(
    r"^那?除了?(?P<but>[^，。；\s]{1,6}?)(?:的|以外|之外|外)*[，,\s]*(?:还|都|另外)(?:能|可以|会)*[给补发奖](?:点|些|了)?(?:啥|什么|哪些)"
)
_KNOWN_OF_IT = 0.5
_HALF = re.compile(r"[\u4e00-\u9fff]{2}")
_NEARLY, _HOLDS, _AS_MUCH, _SEVERAL = 0.6, 0.4, 0.7, 2


def others_than_told(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """除了展会还有什么找客户的, 其他帮卖货的: what else is about that; None where nothing else is."""
    if not conversation.focus:
        # 除了花果山英才，还有个培训人才的计划: what is named is left out, though nothing was told before.
        city = heard.cities or conversation.focus_cities[:1]
        called = [e.key for e in finder.entries if e.city in city and is_called(e, left_out(heard.text) or "，")]
        return others_than_told(heard, conversation.with_focus(called, city), finder) if called else None
    found = _others_named(heard, conversation, finder)
    if found is not None or heard.cities:
        return found
    told = tuple(finder.by_key[key] for key in conversation.focus if key in finder.by_key)
    others = _of_that_kind(heard.text, told, finder) if len(told) <= FEW else ()
    return Subject(others, cities=(others[0].city,), is_follow_up=True) if others else None


def _of_that_kind(text: str, told: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """还有别的展吗: what is called so, or what was told where that tells of several things.

    园区我知道的，还有别的吗: what stands beside it in the provision.
    """
    if besides := _given_besides(text, told, finder):
        return besides
    asked = _MORE_OF_IT.search(text)
    if asked is None or not told or any(entry.support is None for entry in told):
        return ()
    kind, before = asked["kind"] or "", _KNOWN.search(text[: asked.start()])
    here = [e for e in finder.entries if e.support and e.document_id == told[0].document_id and e not in told]
    if kind and any(kind in plain(entry.title + entry.quote) for entry in told):
        matters = {matter for e in told if e.support for matter in e.support.matters}
        alike = (e for e in here if e.support and (len(kind) >= A_WORD or matters & set(e.support.matters)))
        others = [e for e in alike if is_called(e, kind)]  # 展 is a part of 发展 as well
        lists = any("、" in entry.quote for entry in told)
        return tuple(others)[:FEW] or (tuple(told) if lists else ())
    known = before["thing"] if before and not kind else ""
    if not known or all(finder.own_coverage(core(known), entry.key) < _KNOWN_OF_IT for entry in told):
        return ()
    places = {entry.provision for entry in told}
    return tuple(entry for entry in here if entry.provision in places)[:FEW]


def _given_besides(text: str, told: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """除了住的还补些啥, after help with housing: what money the same provision gives to the same."""
    but = _BUT.search(text)
    if but is None or not any(but["but"] in plain(entry.title + entry.quote) for entry in told):
        return ()
    places = {(entry.document_id, entry.provision) for entry in told}
    beside = (e for e in finder.entries if e.support and (e.document_id, e.provision) in places and e not in told)
    given = [e for e in beside if _OF_MONEY.search(e.title)]
    return tuple(e for e in given if any(len(longest_run(plain(e.title), plain(t.title))) >= A_NAME for t in told))[
        :FEW
    ]


def _others_named(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """What else is about a matter that a message names; None where it names none or nothing else is."""
    city = heard.cities or conversation.focus_cities[:1]
    if row := _in_a_row(heard.text, city, finder):
        return Subject(row, cities=tuple(city), is_follow_up=True)
    asked, out = besides(heard), entries_left_out(heard.text, conversation, finder)
    if awards := _awards_for_other_titles(heard.text, city, out, finder):
        return Subject(awards, cities=tuple(city), is_follow_up=True, words=heard.text)
    if asked is None:
        return None
    told = tuple(finder.by_key[key] for key in conversation.focus if key in finder.by_key)
    if _OF_MONEY.search(asked.text) and (given := _given_for_it(asked, city, told, finder)):
        return Subject(given, cities=tuple(city), is_follow_up=True)
    if not _names(asked.text):
        return None
    if any(entry.key in finder.named(asked.text) for entry in out):
        return None  # 我要别的绿色的 绿色工厂什么的
    matches = Search(finder, asked.text, asked.facets, award_titles(asked.text)).matches(city)
    others = [m for m in matches if m.entry not in out and m.entry.support and m.coverage >= _HOLDS]
    most = max((m.coverage for m in matches if m.entry in out), default=0.0)
    if not others or others[0].coverage < _AS_MUCH * most:
        return None  # 除了专利，商标有人管吗, after a help with patents and brands
    # 银行方面有没有别的绿色通道: what holds much less of that is of something else.
    alike = [m for m in others if m.coverage >= _AS_MUCH * others[0].coverage]
    near = [m for m in alike if m.score >= _NEARLY * others[0].score]
    entries = tuple(m.entry for m in _of_its_provision(near, told) or near)
    return Subject(entries[:FEW], cities=tuple(city), is_follow_up=True, trace=trace_of(others))


def _awards_for_other_titles(text: str, city: Sequence[str], out: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """除了小巨人 还有别的牌子也发钱的吗: the other awards that a city gives for a title or a recognition."""
    named = titles_named(left_out(text))
    if not named or not _OTHER_TITLES.search(text) or not _GIVES.search(text):
        return ()
    given = (e for e in finder.entries if e.city in city and is_award(e) and e not in out)
    slots = ((e, {c.slot for c in e.support.when}) for e in given if e.support)
    of_titles = (e for e, asked in slots if asked & _RECOGNISED and asked <= _RECOGNISED | _OF_ITS_SEAT)
    return tuple(e for e in of_titles if not any(name in plain(e.title) for name in named))


def entries_left_out(text: str, conversation: Conversation, finder: Finder) -> tuple[Entry, ...]:
    """What a message asks for others than: of what was told, what it names so (除了碳足迹), else what was told last."""
    named = left_out(text)
    trail = [finder.by_key[key] for key in (*conversation.trail, *conversation.focus) if key in finder.by_key]
    if not named:
        return tuple(finder.by_key[key] for key in conversation.focus if key in finder.by_key)
    return tuple(e for e in trail if is_called(e, named) or finder.own_coverage(named, e.key) >= ITS_SUBJECT)


def besides(heard: Understanding) -> Understanding | None:
    """用能成本上还有其他办法没有: the words that say of what others are asked for; None where none are."""
    asked = of_others(heard)
    if asked is not None and _names(subject_words(asked.text)):
        return asked
    if _ELSE.search(heard.text) is None or not (heard.asks or pattern("question").search(heard.text)):
        return None
    rest = _ELSE.sub(" ", _NOT_ALL.sub(" ", _LEAVES_OUT.sub(" ", heard.text)))
    return replace(heard, text=rest) if _names(rest) or _OF_MONEY.search(rest) else None


def _names(words: str) -> bool:
    return len(_WAYS.sub("", without_help(core(words)))) >= A_WORD


def _in_a_row(text: str, city: Sequence[str], finder: Finder) -> tuple[Entry, ...]:
    """除了奖金，土地、贷款、人才能享受哪几样: what is called by each of the names; none unless several find theirs."""
    leaves_out = _LEAVES_OUT.search(text)
    row = _ROW.search(text, leaves_out.end()) if leaves_out else None
    if row is None:
        return ()
    names = row["row"].split("、") if row["row"] else _HALF.findall(row["run"])
    found = [entry for name in names if (entry := _called(name, city, finder)) is not None]
    return tuple(dict.fromkeys(found)) if len(found) >= _SEVERAL else ()


def _called(name: str, city: Sequence[str], finder: Finder) -> Entry | None:
    """The support of a city that a name finds first, where it is called so or holds it in its own words."""
    matches = [m.entry for m in finder.search(name, city) if m.entry.support]
    called = (entry for entry in matches if is_called(entry, name))
    holding = (entry for entry in matches if finder.own_coverage(in_their_words(name), entry.key) >= ITS_SUBJECT)
    return next(chain(called, holding), None)


def _given_for_it(
    asked: Understanding, city: Sequence[str], told: Sequence[Entry], finder: Finder
) -> tuple[Entry, ...]:
    """资金上还有别的补助吗, after a free diagnosis: the money that is given for the matter of what was told."""
    matter = plain(OF_ANY_HEADING.sub(" ", told[0].title)) if told else ""
    matches = Search(finder, f"{matter} {asked.text}", asked.facets, frozenset()).matches(city)
    given = [m for m in matches if m.entry.support and m.entry.support.kind in _GIVEN and m.entry not in told]
    own = [m for m in given if len(longest_run(matter, plain(m.entry.title)).strip()) >= A_NAME]
    return tuple(m.entry for m in own if m.score >= _NEARLY * own[0].score)[:FEW]


def _of_its_provision(matches: Sequence[Match], told: Sequence[Entry]) -> list[Match]:
    places = {(entry.document_id, entry.provision) for entry in told}
    return [m for m in matches if (m.entry.document_id, m.entry.provision) in places]
