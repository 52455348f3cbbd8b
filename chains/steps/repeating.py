"""The same lines are not posted twice in a row: what is asked on of what was told is answered with what is asked.

Who names a thing that what was told does not hold gets the search; who asks what it does not say is told so in a line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zlib import crc32

from chains.conversation import Conversation
from chains.finding.asked import put_right
from chains.finding.asking_on import WHETHER_NEEDED
from chains.finding.entries import Entry
from chains.finding.followup import OF_ITS_OWN, titles_named
from chains.finding.matching import A_WORD, Search, is_mere_title
from chains.finding.meant import Subject
from chains.finding.naming import core_words, in_their_words, naming_words, without_help
from chains.finding.rounds import names_place
from chains.finding.subject import find_subject
from chains.finding.told import of_its_grade
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.prompting import texts, wording
from chains.turn import Context, Draft, Outcome
from knowledge.regions import city_name

_MARK, _BETWEEN_PARTS, _NAMED = re.compile(r"\[\d+\]"), re.compile(r"；"), "**"
# What tells nothing more of what was told a moment ago, by the opening of its wording.
_BESIDES = (
    (
        "support",
        (
            "conditions",
            "open_condition",
            "open_points",
            "ask_departments",
            "no_departments",
            "encourages",
            "may",
            "practice",
            "practised_by",
        ),
    ),
    ("verdict", ("met", "missing")),
    ("lifecycle", ("ask", "otherwise", "once_final")),
)
_BESIDE_AN_ANSWER = frozenset({key for _, keys in _BESIDES[:1] for key in keys} | {"ask"})
_OF_CONDITIONS = frozenset({"conditions", "open_condition", "met", "missing"})
_OPEN = "open_points"
_OF_OFFICES = frozenset({"ask_departments", "no_departments", "practised_by"})
_NARROWER = texts("facets")["scope"]
_TOLD = frozenset({Outcome.INFORMATION, Outcome.VERDICT, Outcome.INTERVIEW})
_ITS_OWN = 0.5
# 以什么方式给, 目标几家: words that are said of any thing.
_OF_ANY_THING = re.compile(r"目标|指标|方式|办法|渠道|途径|手段|内容|条件|要求")
_HOW_MANY, _WHETHER_WRITTEN = re.compile(r"几|多少"), re.compile(r"写了?[没吗么]|有没有[写说提]|[写说提]没[写说提]")


def digests(lines: Iterable[str]) -> tuple[str, ...]:
    """What is kept of the lines of a message, to know them again: no word of them can be read from it."""
    return tuple(dict.fromkeys(_digest(part) for line in lines for part in _parts(line)))


def tells_nothing_new(context: Context, draft: Draft) -> bool:
    """Whether a draft only tells the supports once more that the last message told, and nothing of the firm is new."""
    before, after = context.before.focus, draft.conversation.focus
    if draft.outcome not in _TOLD or _changes(context) or not before or not set(after) <= set(before):
        return False
    shown = [line for line in draft.lines if _MARK.search(line)]
    return (
        bool(shown)
        and not _answers_first(draft.lines, shown[0])
        and all(line.startswith(_NAMED) or _kind(line) or was_told(line, context.before) for line in shown)
    )


def tells_no_more(context: Context, draft: Draft) -> bool:
    """Whether a draft has no line but what the last message told, and what stands beside what is given."""
    told = (
        (line.startswith(_NAMED) and _MARK.search(line)) or _kind(line) or was_told(line, context.before)
        for line in draft.lines
    )
    return tells_nothing_new(context, draft) and all(told)


def named_besides(context: Context) -> Subject | None:
    """What a message finds by itself that is called so, where what was told holds no such word; None where nothing."""
    told, finder, heard = _told(context), context.finder, context.heard
    if titles_named(heard.text) or names_place(heard.text) or WHETHER_NEEDED.search(heard.text):
        return None
    if pattern("no_sum_said").search(heard.text) or pattern("must_it_be").search(heard.text):
        return None  # 合着没有补贴是吧
    if of_its_grade(heard.text, told):
        return None  # 再招个博士呢, after what is paid for one
    apart = context.conversation.model_copy(update={"focus": (), "wish": (), "trail": (), "rounds": ()})
    found = find_subject(heard, apart, finder)
    others = [entry for entry in found.entries if entry not in told]
    if not others or not found.trace:
        return None
    besides = "".join(word for word in _unheld(context, told) if not _OF_ANY_THING.search(word))
    if len(besides) >= A_WORD and finder.own_coverage(besides, others[0].key) >= _ITS_OWN:
        return replace(found, entries=tuple(others))
    known, named = _known(told), core_words(without_help(in_their_words(heard.text))).split()
    pairs = {word[i : i + A_WORD] for word in named for i in range(len(word) - 1)}
    pairs = {pair for pair in pairs if pair not in known and not _OF_ANY_THING.search(pair)}
    called = [entry for entry in others if any(pair in _name_of(entry) for pair in pairs)]
    share = {key: held for key, _, held in found.trace}
    called = [entry for entry in called if share.get(entry.key, 0.0) >= OF_ITS_OWN]
    return replace(found, entries=tuple(called)) if called else None


def without_what_was_told(context: Context, draft: Draft) -> Draft:
    """The draft without the conditions and open points that the last message told, where nothing asks for them."""
    if draft.outcome not in _TOLD:
        return draft
    draft = replace(draft, lines=tuple(_no_ballast(_silent_once(_quoted_once(draft.lines)))))
    draft = replace(draft, lines=tuple(_no_more_than_asked(context, draft.lines)))
    if _changes(context) or put_right(context.heard):
        return draft  # 我说的是转贷基金，不是电: told in full, whatever was told of it before
    told_before = [line for line in draft.lines if was_told(line, context.before) and _stands_beside(line, context)]
    lines = [line for line in draft.lines if line not in told_before or _answers_first(draft.lines, line)]
    if not any(_MARK.search(line) for line in lines):
        return draft
    told = _told(context)
    if told and context.before.retold and context.heard.asks and tells_nothing_new(context, draft):
        lines = [line for line in lines if _kind(line) != _OPEN]
        lines.append(_no_more(next((entry for entry in told if entry.key in draft.conversation.focus), told[0])))
    return replace(draft, lines=tuple(lines))


def _no_more_than_asked(context: Context, lines: Sequence[str]) -> Iterable[str]:
    """创新型够不够格你直说: what answers the question, and what it is said of, without what only stands beside it."""
    first = next((i for i, line in enumerate(lines) if line.startswith(_NAMED)), 0)
    opening = [line for line in lines[:first] if _MARK.search(line)]
    if not opening or not pattern("bluntly").search(context.heard.text):
        return lines
    return [line for i, line in enumerate(lines) if i < first or _kind(line) not in _BESIDE_AN_ANSWER]


def _answers_first(lines: Sequence[str], line: str) -> bool:
    """Whether a line on what is left open comes before what is told of the thing: it is what was asked."""
    first = next((i for i, other in enumerate(lines) if other.startswith(_NAMED)), len(lines))
    return _kind(line) == _OPEN and line in lines[:first]


def _quoted_once(lines: Sequence[str]) -> Sequence[str]:
    """文件没有写金额，只写了：…, of two supports of one sentence: quoted once, as far as the longer of them goes."""
    opening, middle = (part.split("}")[-1] for part in texts("support")["silent"].split("{")[:2])
    quoted = {line: _MARK.sub("", line).rstrip("。") for line in lines if line.startswith(opening) and middle in line}
    longer = {
        line: next((o for o, q in quoted.items() if o != line and q.startswith(quoted[line])), line) for line in quoted
    }
    return list(dict.fromkeys(longer.get(line, line) for line in lines))


def _silent_once(lines: Iterable[str]) -> Sequence[str]:
    """文件没有写金额, 文件没有写：申报时间、期限, of several things told together: each gap is said once.

    What is left open of one thing is said in one line, and of another by itself.
    """
    opening, open_points = (texts("support")[key].split("{")[0] for key in ("silent_too", _OPEN))
    said: set[str] = set()
    told: list[str] = []
    for line in lines:
        of_points = line.startswith(open_points)
        if not of_points and not (line.startswith(opening) and "：" not in line):
            said = said - _points_of(told) if line.startswith(_NAMED) else said
            said |= {_NARROWER} if line == wording("silent.asked_this") else set()
            told.append(line)
            continue
        head = open_points if of_points else opening
        marks, gaps = "".join(_MARK.findall(line)), _MARK.sub("", line.removeprefix(head)).split("、")
        new = [gap for gap in gaps if gap not in said]
        said |= set(gaps)
        if new and of_points and told and told[-1].startswith(open_points):
            before = told.pop()
            marks = "".join(dict.fromkeys(_MARK.findall(before + marks)))
            new = [*_MARK.sub("", before.removeprefix(head)).split("、"), *new]
        told += [head + "、".join(new) + marks] if new else []
    return told


def _points_of(lines: Iterable[str]) -> set[str]:
    """What lines say to be left open."""
    opening = texts("support")[_OPEN].split("{")[0]
    points = (_MARK.sub("", line.removeprefix(opening)) for line in lines if line.startswith(opening))
    return {point for line in points for point in line.split("、")}


def _no_ballast(lines: Sequence[str]) -> Sequence[str]:
    """证书过期了咋办, of three loans: that it is not written, and what they are, without what else is left open."""
    several = sum(line.startswith(_NAMED) for line in lines) > 1
    if wording("silent.asked_this") not in lines or not several:
        return lines
    return [line for line in lines if _kind(line) not in {*_OF_CONDITIONS, _OPEN}]


def _told(context: Context) -> tuple[Entry, ...]:
    """The entries told last."""
    by_key = context.finder.by_key
    return tuple(by_key[key] for key in context.before.focus if key in by_key)


def _no_more(told: Entry) -> str:
    """That the document says no more of what was told, and whom to ask."""
    names = told.support.departments if told.support else ()
    return wording("repeating.no_more", whom=next(iter(names), f"{city_name(told.city)}市工信局"))


def _is_held(context: Context, told: Sequence[Entry]) -> bool:
    """Whether what is asked stands in what was told: each word that is named does, or the figure asked for."""
    heard = context.heard
    search = Search(context.finder, heard.text, heard.facets, frozenset())
    if heard.facets or _HOW_MANY.search(heard.text):
        is_told = search.wants_figure and any(search.answers(entry) for entry in told)
        return is_told and not _unheld(context, told) and not _WHETHER_WRITTEN.search(heard.text)
    return bool(_named(heard.text)) and not _unheld(context, told)


def _unheld(context: Context, told: Sequence[Entry]) -> list[str]:
    """The words of a message that name a thing of which what was told has nothing."""
    known = _known(told)
    named = _named(context.heard.text)
    return [word for word in named if not any(word[i : i + A_WORD] in known for i in range(len(word) - 1))]


def _known(told: Sequence[Entry]) -> str:
    return plain("".join(part for entry in told for part in _words_of(entry)))


def _name_of(entry: Entry) -> str:
    return plain("".join((entry.title, *(entry.support.aliases if entry.support else ()))))


def _named(text: str) -> list[str]:
    words = naming_words(without_help(in_their_words(pattern("intention").sub(" ", text))))
    return [word for word in words if len(word) >= A_WORD and not is_mere_title(word)]


def _words_of(entry: Entry) -> Iterable[str]:
    support = entry.support
    yield from (entry.title, entry.quote, *entry.questions)
    if support is not None:
        yield from (support.benefit.text, *support.aliases, *support.open_points, *(c.text for c in support.when))


def _changes(context: Context) -> bool:
    """Whether the message tells something of the firm, so that what was told is judged anew."""
    return context.conversation.facts != context.before.facts


def was_told(line: str, before: Conversation) -> bool:
    """Whether the last message told all that a line tells."""
    return all(_digest(part) in before.said for part in _parts(line))


def _kind(line: str) -> str:
    """Which of the lines that stand beside what is given a line is; empty where it is none."""
    kinds = (key for group, keys in _BESIDES for key in keys if line.startswith(texts(group)[key].split("{")[0]))
    return next(kinds, "")


def _stands_beside(line: str, context: Context) -> bool:
    """Whether a line only stands beside what an answer tells, and is not what the message asks for."""
    heard = context.heard
    of_title = any(regex.search(heard.text) for _, regex in value_patterns()["tiers"])
    of_conditions = "conditions" in heard.facets or "can_get" in heard.intents or of_title
    kind = _kind(line)
    if kind in _OF_OFFICES and "department" in heard.facets:
        return False  # 那我找谁问
    if kind == _OPEN:
        leaves_it_open = any(heard.text[i : i + A_WORD] in line for i in range(len(heard.text) - 1))
        return not leaves_it_open and _is_held(context, _told(context))
    return bool(kind) and not (of_conditions and kind in _OF_CONDITIONS)


def _parts(line: str) -> Sequence[str]:
    """A line of several conditions, each by itself; any other as it is."""
    bare = _MARK.sub("", line).strip()
    return [part for part in _BETWEEN_PARTS.split(bare) if part]


def _digest(words: str) -> str:
    return f"{crc32(words.encode()):08x}"
