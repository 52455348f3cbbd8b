"""What a message calls by its name: that which was told, or what is called alike and was not."""

import re
from collections.abc import Sequence

from chains.finding.entries import Entry
from chains.finding.matching import A_NAME, A_WORD, is_mere_title
from chains.finding.meant import Subject
from chains.finding.naming import (
    content,
    core,
    core_words,
    longest_run,
    without_help,
)
from chains.finding.retrieval import Finder
from chains.language.normalise import plain

MOST, MUCH = 6, 6
# 除了这个还有啥贷: what the same provision has besides.
BESIDES = re.compile(
    r"^(?:那|然后)?(?:文件|稿子|原文|这一?条|里面)(?:里面?|上|中|里头)?还(?:有|点|列|写|提|讲|说|举)了?名?到?(?:哪些|什么|啥|哪几[个种样])"
    r"|^(?:那|然后)?(?:除了?(?:[这那]一?[个项种条]|它)?(?:以外|之外)?|再?往上)[，,\s]*(?:[你这那]们?[里边]?)?(?:还|都)(?:会|要|能)?"
    r"(?:有|[叫说讲列数点]得?出|评选?|认定?|办|搞|发|帮[忙助]?(?:申?报)?|推荐?|支持)(?:没有)?(?:什么|啥|哪些|别的|其他的?)*"
)
# 除了这个还有啥贷: others that are called so.
_BESIDES_IT = re.compile(r"^那?除了?[这那它此][^，。；\s]{0,3}?(?:以外|之外|外)?[，,\s]*(?=还|有|别的|其他)")
_OF_OTHERS = re.compile(r"别的|其他的?|什么样?|啥|哪些|[能可以]+")
# 贴息呢: a name, and nothing that is asked of it.
ONLY_NAMED = re.compile(r"^[^，。；\s]{2,8}[呢嘞][?？]?$")
# 是靠什么试点, 是哪家集团在里面出力: a thing of which the name is asked.
_THING_ASKED = re.compile(r"(?:什么|啥|(?P<name>哪一?[个家]))(?P<thing>[\u4e00-\u9fff]{2,4})")
_ITS_NAME_ENDS = r"(?=[、，。；”）和及]|$)"
ITS_SUBJECT = 0.75
OF_ANY_HELP = {"补贴", "补助", "奖励", "奖金", "资金", "资助", "支持", "企业", "申请", "申报"}


def besides_it(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """The supports of the provision of what was told, without that, which have in their words what a text names.

    Where it names nothing, those whose titles end as what was told: 除了这个还评什么, after a 认定.
    """
    named = without_help(core_words(re.split(r"[，。；\s]", BESIDES.sub("", text))[0]))
    others = [e for e in _beside(focus, finder) if e.support]
    if named:
        return tuple(e for e in others if finder.own_coverage(named, e.key) >= ITS_SUBJECT)[:MOST]
    ends = {e.title[-A_WORD:] for e in focus}
    return tuple([e for e in others if e.title[-A_WORD:] in ends] or others)[:MOST]


def thing_asked_of_it(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """是靠什么试点, 是哪家集团: the fact beside what was told with the thing whose name is asked, if that lacks it."""
    asked = _THING_ASKED.search(text)
    if asked is None or asked["thing"][:A_WORD] in plain("".join(e.title + e.quote for e in focus)):
        return ()
    thing = re.compile(re.escape(asked["thing"][:A_WORD]) + (_ITS_NAME_ENDS if asked["name"] else ""))
    return tuple(e for e in _beside(focus, finder) if e.support is None and thing.search(e.quote))[:1]


def _beside(told: Sequence[Entry], finder: Finder) -> list[Entry]:
    """What else stands in the provisions of what was told."""
    places = {(e.document_id, e.provision) for e in told}
    return [e for e in finder.entries if (e.document_id, e.provision) in places and e not in told]


def called_so(named: str, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """上市给奖励吗, after 上市 and 职称: those of several that were told whose title has, or is, what is named."""
    called = tuple(e for e in focus if named == plain(e.title) or (len(named) == A_WORD and named in plain(e.title)))
    return called if 0 < len(called) < len(focus) <= MOST else ()


def is_called(entry: Entry, name: str) -> bool:
    """Whether a support's title or one of its lay names holds a name."""
    names = (entry.title, *entry.support.aliases) if entry.support else ()
    return any(name in plain(n).replace(f"{name}后", "") for n in names)  # 博士 is no 博士后


def called_by(clause: str, focus: Sequence[Entry]) -> Entry | None:
    """The one of several told of whose title a clause has a name's length in common, and more than of the others."""
    runs = sorted(((len(longest_run(clause, plain(e.title))), -i) for i, e in enumerate(focus)), reverse=True)
    (most, place), (next_most, _) = runs[0], runs[1]
    return focus[-place] if most >= A_NAME and most > next_most else None


def called_instead(named: str, alone: Subject, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """贴息呢, after another loan of the same sentence: what is called so by itself, where nothing told is."""
    if len(named) < A_WORD or len(alone.cities) != 1 or any(is_called(entry, named) for entry in focus):
        return ()
    called = tuple(entry for entry in alone.entries if is_called(entry, named))
    return called if called[:1] == alone.entries[:1] else ()


def called_alike(text: str, alone: Subject, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """绿色通道管哪几样, after one of several: what was told and is called so, where what is found has little more."""
    if not alone.entries or alone.entries[0] in focus:
        return ()
    shared = {entry: longest_run(text, plain(entry.title)) for entry in focus}
    longest = max(map(len, shared.values()))
    if longest < max(A_NAME, *(len(longest_run(text, plain(entry.title))) for entry in alone.entries)):
        return ()
    words = content(text)
    least = ITS_SUBJECT * finder.coverage(words, alone.entries[0].key)
    called = (e for e, run in shared.items() if len(run) == longest and not is_mere_title(run))
    return tuple(entry for entry in called if finder.coverage(words, entry.key) >= least)


def called_rather(text: str, alone: Subject, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """买设备能拿奖补吗, after 贴息: of the same provision, what is called so where nothing that was told is."""
    best = alone.entries[0] if alone.entries else None
    if best is None or best.support is None or best in focus:
        return ()
    if any((best.document_id, best.provision) != (e.document_id, e.provision) or e.support is None for e in focus):
        return ()
    called, told = (plain("".join(e.title for e in entries)) for entries in ((best,), focus))
    pairs = {text[i : i + A_WORD] for i in range(len(text) - 1)} - OF_ANY_HELP
    own, theirs = (
        (p for p in pairs if p in called and p not in told),
        (p for p in pairs if p in told and p not in called),
    )
    return (best,) if any(own) and not any(theirs) else ()


def others_called(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """除了这个还有啥贷: the other supports of that document and kind that are called so."""
    besides = _BESIDES_IT.match(text)
    name = core(_OF_OTHERS.sub(" ", text[besides.end() :])) if besides else ""
    kinds = {entry.support.kind for entry in focus if entry.support}
    same = (e for e in finder.entries if e.document_id == focus[0].document_id and e not in focus)
    return tuple(e for e in same if e.support and e.support.kind in kinds and name and is_called(e, name))[:MOST]
