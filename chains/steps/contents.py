"""Turns that ask of a document itself: what it, or a part of it, consists of; who issued it, under which number.

八大工程是哪八个, 这份计划分哪几块; 文号是多少，谁印发的.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.naming import core, without_help
from chains.language.clauses import pattern
from chains.language.places import find_places
from chains.language.question_words import facets_of, subject_words
from chains.prompting import read_data, wording
from chains.steps import provisions, sums
from chains.steps.talk import suggestions
from chains.telling import answer
from chains.telling.validity import lifecycle_lines, validity_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Document, Provision
from knowledge.figures import chinese_number

_NUMERAL = r"(?<!第)[一二三四五六七八九十两]{1,3}|(?<!\d)\d{1,2}(?!\d)"
_HOW_MANY = rf"(?:(?<!哪)(?P<number>{_NUMERAL})|几|哪些|多少)\s*[大个项]?\s*(?:什么|啥)?(?P<kind>%s)"
# 一条一条念给我听: no number of them.
_ONE_BY_ONE = re.compile(r"一([条项个章块])一?\1")
_ASKS_LIST = re.compile(
    rf"(?:哪|(?<![第\d]))(?:些|几|{_NUMERAL})[大个项条点块]?|分别|各自?|(?:叫|是|有|包括|包含|列|写|讲|分|说|提)(?:的|了|出来?|成|到)?(?:些)?(?:什么|啥)?"
    r"|满打满算|拢共|通共|从头到尾|来着|(?:做|列|编)个?目录|(?:老板|领导|会计|同事)(?:问|要)[^，。；]*|麻烦|把|我?[答说讲]不上来"
    r"|什么|啥|名[字称]|全部|所有|一[下遍共]|总共|列|数|念|发|给|告诉|讲|说|全|都|里[头面边]?|要?实施|重点|清单|内容"
    r"|(?:一?[个项条样]?都?)?(?:别|不要?|不能|莫)(?:少|漏|落下?|拉下|省略)(?:掉|了)?|(?:培育)?三年(?:行动)?计划|行动计划|专精特新|若干措施|征求意见稿?|文件|计划|措施|办法|方案|政策|[这那]份|[的呢吗啊呀吧]"
)
_WHICH = re.compile(rf"哪(?:些|几|{_NUMERAL})|几|(?:有|是|包括|包含|叫)(?:的|些)?(?:什么|啥)|分别|列")
# What the parts of any document are called, and its provisions where they are numbered through all of it.
_CHAPTERS = ("个?部分", "板块|(?<![给奖补发拿领]几)块(?![钱儿]|[^，。；]{0,3}[拿领申报办享])", "章", "方面")
# 有哪些大类: the widest division that tells what a document gives; of a plan, what its tasks are divided into.
_CLASSES, _TOO_FEW = "大?类别|大类|(?<!一)类(?![人企型])", 3
_RUNNING = ("条(?:措施)?(?!件)", "措施")
_OF_A_DOCUMENT = re.compile(r"文|计划|措施|办法|方案|通知|政策|这份|那份|稿")
# 有没有奖，由谁来发: what is given out, not a document.
# 小巨人和单项冠军加在一块多少钱: no 块 of a document.
_ADDED = re.compile(r"加[在到]?一块")
_GIVES = re.compile(r"奖|补[贴助]|钱|资金|券")
# 镇江的三年行动计划: a document that is named, and nothing asked of it.
_NAMED_ALONE = re.compile(
    r"(?:[市的\s]|[这那](?:份|个)|专精特新(?:中小)?(?:企业)?|(?:梯度)?培育|高质量发展|三年)*"
    r"(?:行动计划|计划|若干措施|措施|办法|方案|(?:政策)?文件|征求意见稿)(?:呢|吧|啊|讲讲|说说|介绍(?:一?下)?)*[?？。]?"
)
# 盐城那个文件主要讲什么, 概括一下淮安的文件: what a document is about, in all; and what may be said around it.
_GIST = re.compile(
    r"(?:讲|说|写|规定|包[含括])(?:了|的)?(?:是|些)*(?:什么|啥|哪些)|(?:大概|大致|主要|基本|核心)(?:的)?内容|大意|要点|概[括要]|总结|梗概"
)
_AROUND_ITS_GIST = re.compile(
    rf"{_OF_A_DOCUMENT.pattern}|专精特新|[那这][个份]|里[面头]?|内容|件|征求意见|三年|行动|若干|主要|大概|大致|到底|整个|整份|介绍|讲讲|说说|讲|说"
    r"|[给帮跟][我咱]|麻烦|请|一?下|看看|[都市的了呢吧啊吗就是我]"
)
_FOR_EXAMPLE = re.compile(r"[，。；\s]?(?:比如|例如|譬如|像)[^，。；]*")
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
_A_KIND = 2
_WHEN = "日期"
_MOST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands side by side in a document, within `parent`; directly in the document where that is None.

    `kinds` are patterns of what they are called.
    """

    document: Document
    parent: Provision | None
    items: tuple[Provision, ...]
    kinds: tuple[str, ...]

    @property
    def are_chapters(self) -> bool:
        return self.parent is None and "/" not in self.items[0].path


@dataclass(frozen=True, slots=True)
class _Asked:
    """Parts that are asked for, in which words, and how many there are said to be (0 if nothing is said)."""

    parts: _Parts
    words: str
    number: int

    @property
    def fits(self) -> bool:
        return self.number in {0, len(self.parts.items)}


def tell_parts(context: Context) -> Draft | None:
    """Each of them by its number and heading, with the words that print it; a wrong number is put right."""
    heard = context.heard
    if context.answered or heard.has_orders or heard.foreign_places or set(heard.facts) - {CITY}:
        return None
    if _ADDED.search(heard.text):
        return None
    documents = provisions.documents_asked(context)
    besides = ""
    if documents:
        found = [asked for d in documents if (asked := _asked(d, heard.text))]
        found, besides = (found, "") if found else _in_a_clause(documents, heard.text)
    else:
        everywhere = (_asked(d, heard.text) for d in context.library.documents.values())
        found = [asked for asked in everywhere if asked and asked.fits and asked.parts.parent]
    if not 0 < len(found) <= _MOST_DOCUMENTS:
        return None
    lines: list[str] = []
    for asked in found:
        lines += lifecycle_lines(context.words, [asked.parts.document])
        lines += _lines(context, asked)
    of_rest = sums.list_sums(replace(context, heard=replace(heard, text=besides))) if besides else None
    lines += of_rest.lines if of_rest else ()
    conversation = context.conversation.with_focus((), dict.fromkeys(a.parts.document.city for a in found))
    parts = tuple((found[0].parts.document.id, p.path) for p in found[0].parts.items) if len(found) == 1 else ()
    conversation = conversation.model_copy(update={"parts": parts})
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(dict.fromkeys(lines)),
        question=context.standing,
        suggestions=suggestions("broad"),
    )


# 一共几个方面, 分哪几块: a clause that asks for parts, whatever the others ask.
_OF_PARTS = re.compile(r"[几多哪][^，。；]{0,3}(?:方面|块|部分|章|大类|板块|篇|节)|怎么分")


def _in_a_clause(documents: Sequence[Document], text: str) -> tuple[list[_Asked], str]:
    """写汇报用，政策一共几个方面，哪些给钱: the parts that a clause asks for by itself, and the clauses besides."""
    clauses = [c for c in _BETWEEN_CLAUSES.split(_FOR_EXAMPLE.sub("", text)) if c]
    for clause in filter(_OF_PARTS.search, clauses):
        found = [asked for d in documents if (asked := _asked(d, clause)) and asked.parts.are_chapters]
        if found:
            return found, "，".join(c for c in clauses if c != clause)
    return [], ""


def tell_imprint(context: Context) -> Draft | None:
    """A document's number, who issued it and when, as far as these are asked; what its text does not name is said."""
    heard = context.heard
    if context.answered or heard.has_orders or heard.foreign_places or _GIVES.search(heard.text):
        return None
    if context.before.focus and not heard.cities and not _OF_A_DOCUMENT.search(heard.text):
        return None
    rows = [row for row in read_data("lexicon")["imprint"] if re.search(row["match"], heard.text)]
    # 写材料要引用，告诉我文号: what is only told besides does not matter.
    clauses = [pattern("wanted_for").sub("", clause) for clause in re.split(r"[，。；！？?]", heard.text)]
    left = "，".join(c for c in clauses if pattern("question").search(c) or any(re.search(r["match"], c) for r in rows))
    holds = [
        c for c in left.split("，") if facets_of(c) == ("validity",) and not any(re.search(r["match"], c) for r in rows)
    ]
    left = "，".join(c for c in left.split("，") if c not in holds)
    for row in rows:
        left = re.sub(row["match"], " ", left)
    documents = provisions.documents_asked(context)
    for name in sorted({n for d in documents for n in d.record.names}, key=len, reverse=True):
        left = left.replace(name, " ")  # 连云港那个培育计划是哪年出的
    if not documents or not any(row["opens"] for row in rows) or not _asks_only(left, " "):
        return None
    lines: list[str] = []
    told: list[Entry] = []
    for document in documents:
        facts = [e for e in context.finder.entries if e.document_id == document.id and e.support is None]
        found = {row["name"]: [e for e in facts if e.title in row["topics"]] for row in rows}
        lines += lifecycle_lines(context.words, [document])
        for entry in (e for entries in found.values() for e in entries):
            lines += answer.fact_lines(context.words, entry, (), heard.text)
            told.append(entry)
        if missing := "、".join(name for name, entries in found.items() if not entries):
            lines.append(wording("contents.no_imprint", document=document.record.short_title, what=missing))
            lines += validity_lines(context.words, document) if _WHEN in missing and not holds else []
        lines += validity_lines(context.words, document) if holds else []
    return Draft(
        Outcome.INFORMATION if told else Outcome.SILENT,
        context.conversation.with_focus((e.key for e in told), dict.fromkeys(d.city for d in documents)),
        tuple(lines),
        question=context.standing,
        suggestions=suggestions("broad"),
        abstained=not told,
    )


def _asked(document: Document, text: str) -> _Asked | None:
    """The parts that a message asks for, if it asks for nothing else: those that a heading names before others."""
    found = [asked for parts in _parts_of(document) if (asked := _named(parts, text)) and _asks_only(text, asked.words)]
    return min(found, key=lambda asked: (not asked.fits, asked.parts.parent is None), default=None)


def _named(parts: _Parts, text: str) -> _Asked | None:
    if parts.are_chapters and (place := next(iter(find_places(text)), None)):
        alone = _NAMED_ALONE.fullmatch(text[place[2] :])
        if alone and not text[: place[1]].strip():
            return _Asked(parts, alone.group(), 0)
        rest = f"{text[: place[1]]} {text[place[2] :]}"
        of_it = _OF_A_DOCUMENT.search(rest) or "内容" in rest
        if of_it and _GIST.search(rest) and not re.search(r"\w", _AROUND_ITS_GIST.sub("", _GIST.sub("", rest))):
            return _Asked(parts, text, 0)
    if parts.parent is not None and parts.parent.heading in text and _WHICH.search(text):
        return _Asked(parts, parts.parent.heading, 0)
    match = re.search(_HOW_MANY % "|".join(parts.kinds), text)
    if match is None or not without_help(match["kind"]) or _tells_of_oneself(text, match.start()):
        return None  # 有哪些支持 asks for no chapter; 我们有一条处罚记录 tells of none
    said = "0" if _ONE_BY_ONE.search(text) else match["number"] or "0"
    number = int(said) if said.isdecimal() else int(chinese_number(said) or 0)
    return None if number == 1 else _Asked(parts, match.group(), number)  # 信用有一条处罚记录: of no document


def _tells_of_oneself(text: str, at: int) -> bool:
    """我们信用好像有一条处罚记录，还行吗: whether the clause at a place tells of the firm and asks nothing."""
    start = max((m.end() for m in _BETWEEN_CLAUSES.finditer(text, 0, at)), default=0)
    clause = _BETWEEN_CLAUSES.split(text[start:], 1)[0]
    return bool(pattern("self").search(clause)) and not pattern("question").search(clause)


def _asks_only(text: str, words: str) -> bool:
    asked = " ".join(pattern("wanted_for").sub("", clause) for clause in _BETWEEN_CLAUSES.split(text))
    return len(core(_ASKS_LIST.sub(" ", subject_words(asked.replace(words, " "))))) < _A_KIND


def _parts_of(document: Document) -> Iterator[_Parts]:
    """What stands side by side in a document, and what it is called; what its classes are may be called so."""
    found = list(_divisions(document))
    chapters = [parts for parts in found if parts.are_chapters]
    within = [parts for parts in found if parts.parent is not None]
    classes = chapters if not within or any(len(p.items) > _TOO_FEW for p in chapters) else within
    widest = max(classes, key=lambda parts: len(parts.items), default=None)
    for parts in found:
        yield replace(parts, kinds=(*parts.kinds, _CLASSES)) if parts is widest else parts


def _divisions(document: Document) -> Iterator[_Parts]:
    for parent in document.provisions.values():
        items = tuple(provisions.children(document, parent.path))
        if parent.heading and len(items) > 1:
            # 重点任务 and its 八大工程 go by the last words of their headings: 任务, 工程.
            kinds = {parent.heading[-_A_KIND:]}
            endings = {item.heading[-_A_KIND:] for item in items}
            kinds |= endings if len(endings) == 1 else set()
            yield _Parts(document, parent, items, tuple(sorted(re.escape(kind) for kind in kinds)))
    chapters = tuple(provisions.chapters(document))
    depth = provisions.running_depth(document)
    if depth is None:
        yield _Parts(document, None, chapters, (*_CHAPTERS, *_RUNNING))
        return
    yield _Parts(document, None, chapters, _CHAPTERS)
    paths = sorted((p for p in provisions.numbered(document) if len(p) == depth), key=lambda p: p[-1])
    items = tuple(document.provisions["/".join(map(str, p))] for p in paths)
    yield _Parts(document, None, items, _RUNNING)


def _lines(context: Context, asked: _Asked) -> list[str]:
    parts = asked.parts
    show = provisions.part_line if parts.are_chapters else provisions.item_line
    head = [] if asked.fits else [wording("contents.not_so_many", asked=asked.words)]
    return [*head, _head(context, parts), *(show(context, parts.document, item) for item in parts.items)]


def _head(context: Context, parts: _Parts) -> str:
    """How many there are: in the document's words where it counts them itself."""
    document, count = parts.document, len(parts.items)
    name = document.record.short_title
    if parts.parent is None:
        return wording("contents.chapters" if parts.are_chapters else "contents.items", document=name, count=count)
    counts = re.compile(rf"[^，。；：\n]*(?:{_HOW_MANY % '|'.join(parts.kinds)})[^，。；：\n]*")
    for provision in document.provisions.values():
        for match in counts.finditer(document.words(provision.path)):
            if chinese_number(match["number"] or "") == count:
                quote = match.group().strip()
                mark = context.words.citations.cite(document, provision.path, quote)
                return wording("contents.counted", document=name, words=tight(quote), mark=mark)
    part = provisions.linked(context, document, parts.parent)
    return wording("contents.of_part", document=name, part=part, count=count)
