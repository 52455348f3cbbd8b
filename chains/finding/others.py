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
from chains.language.understanding import Understanding, subject_words
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
_HALF = re.compile(r"[\u4e00-\u9fff]{2}")
_NEARLY, _HOLDS, _AS_MUCH, _SEVERAL = 0.6, 0.4, 0.7, 2


def others_than_told(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """除了展会还有什么找客户的, 其他帮卖货的: what else is about that; None where nothing else is."""
    if not conversation.focus:
        return None
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
