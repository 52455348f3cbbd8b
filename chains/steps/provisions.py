"""Turns that name a provision by its number (第六条, 二（六）): its words, or that there is none of this number."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chains.eligibility import CITY
from chains.finding.naming import core
from chains.language.question_words import subject_words
from chains.prompting import wording
from chains.steps.talk import suggestions
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Document, Provision
from knowledge.figures import chinese_number
from knowledge.regions import city_name, served_cities

_N = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
_PART = rf"第?(?P<part>{_N})\s*(?:章|个?部分|大[点块条]|板块|[、,，])?\s*"
_SUB = rf"(?:的?第?[(（]?(?P<sub>{_N})[)）]?(?:小?点|款|项|条|[.、])?)?"
_REFERENCE = re.compile(
    rf"(?:{_PART})?(?:第?[(（](?P<bracketed>{_N})[)）](?:条|款|项|点)?|第(?P<item>{_N})(?:小?条|款|项|点)){_SUB}"
)
_CHAPTER = re.compile(rf"第(?P<part>{_N})(?:章|个?部分|大[点块条]|板块)")
_NAMES_A_PROVISION = re.compile(r"[条章款点]|部分")
_LIST_PLACE = re.compile(r"第[一二三四五六七八1-8](?:项|条|点)")
_PLACE = re.compile(rf"第({_N})[个项条大]?(?:工程|行动|任务|措施|部分|方面|点)?(?=[呢讲说写是的有都具要里]|$)")
_ASKS_TEXT = re.compile(
    r"(?:都|主要|具体|到底|大概)?(?:讲|写|说|规定|提到|包括|是|有)(?:的|了|过|着)?(?:些)?(?:什么|啥|哪些|怎么(?:写|说|讲|规定))(?:内容|东西|意思)?"
    r"|怎么(?:写|说|讲|规定)的?|(?:具体|全部|完整|详细)?(?:内容|原文|全文|条文|条款)|(?:贴|发|念|给我?|看|查|读)(?:一下|看看|看|出来)?|具体|详细"
    r"|那个|这个|那份|文件|政策|措施|计划|办法|里面?|[的呢吗啊呀嘞讲写说]"
)
_LONGEST = 320
_MOST_LISTED = 12
_FEW = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """Numbers as they are said: a part, an item (0 for a whole part), and a piece of it; 0 where nothing is said."""

    part: int
    item: int
    sub: int
    bracketed: bool
    words: str

    @property
    def numbers(self) -> tuple[int, ...]:
        return (self.part, self.item, self.sub, int(self.bracketed))


def quote(context: Context) -> Draft | None:
    """The provision that a message names by number, in the document of the city named or known."""
    heard, before = context.heard, context.before
    if context.answered or heard.has_orders or heard.foreign_places:
        return None
    if draft := _of_the_parts(context):
        return draft
    reference = read_reference(heard.text)
    if reference is None:
        if not before.reference or not heard.cities or core(subject_words(heard.text)):
            return None
        part, item, sub, bracketed = before.reference
        reference = Reference(part, item, sub, bool(bracketed), "")
    elif _is_of_a_list(context) or not (
        _NAMES_A_PROVISION.search(reference.words) or _asks_only(heard.text, reference)
    ):
        return None
    documents = documents_asked(context)
    if not documents:
        if not any(_find(document, reference) for document in context.library.documents.values()):
            nowhere = (wording("provision.nowhere"),)
            return Draft(Outcome.SILENT, context.conversation, nowhere, question=context.standing, abstained=True)
        return _ask_city(context, reference) if _asks_only(heard.text, reference) else None
    found = [(document, _find(document, reference)) for document in documents]
    if any(paths for _, paths in found) and reference.words and not _asks_only(heard.text, reference):
        return None
    lines: list[str] = []
    told: list[tuple[Document, str]] = []
    for document, paths in found:
        if paths:
            lines += lifecycle_lines(context.words, [document])
        if len(paths) == 1:
            lines += _lines(context, document, document.provisions[paths[0]])
            told.append((document, paths[0]))
        elif paths:
            lines += _choice(context, document, paths, reference)
        else:
            lines += _none_such(context, document, reference)
    keys = [e.key for d, path in told for e in context.finder.entries if (e.document_id, e.provision) == (d.id, path)]
    conversation = context.conversation.with_focus(keys[:_FEW], dict.fromkeys(d.city for d in documents))
    conversation = conversation.model_copy(update={"reference": (), "in_order": ()})  # 第五条: no place in a list
    offers = suggestions("department", "broad") if told else suggestions("broad")
    return Draft(
        Outcome.INFORMATION if any(paths for _, paths in found) else Outcome.SILENT,
        conversation,
        tuple(lines),
        question=context.standing,
        abstained=not any(paths for _, paths in found),
        suggestions=offers,
    )


def _of_the_parts(context: Context) -> Draft | None:
    """第二个讲什么, after the parts of a document were listed: the words of that part."""
    parts, place = context.before.parts, _PLACE.search(context.heard.text)
    if not parts or place is None or context.heard.cities:
        return None
    number = _number(place.group(1))
    if not 0 < number <= len(parts):
        return None
    document = context.library.documents.get(parts[number - 1][0])
    provision = document.provisions.get(parts[number - 1][1]) if document else None
    if document is None or provision is None:
        return None
    lines = [*lifecycle_lines(context.words, [document]), *_lines(context, document, provision)]
    keys = [e.key for e in context.finder.entries if (e.document_id, e.provision) == (document.id, provision.path)]
    conversation = context.conversation.with_focus(keys[:_FEW], (document.city,))
    conversation = conversation.model_copy(update={"parts": parts})
    offers = suggestions("department", "broad")
    return Draft(Outcome.INFORMATION, conversation, tuple(lines), question=context.standing, suggestions=offers)


def read_reference(text: str) -> Reference | None:
    """The provision that a message names, if it names just one."""
    found = list(_REFERENCE.finditer(text))
    if len(found) > 1:
        return None
    if found:
        said = found[0].groupdict()
        item = said["bracketed"] or said["item"]
        if not _number(item):
            return None
        numbers = [_number(said["part"]), _number(item), _number(said["sub"])]
        return Reference(numbers[0], numbers[1], numbers[2], said["bracketed"] is not None, found[0].group().strip())
    if match := _CHAPTER.search(text):
        return Reference(_number(match["part"]), 0, 0, False, match.group())
    return None


def _number(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdigit() else int(chinese_number(text) or 0)


def _is_of_a_list(context: Context) -> bool:
    """第二条, where several supports were just listed: the second of them, unless a document's words are asked for."""
    text = context.heard.text
    asks_text = re.search(r"讲|写|规定|内容|原文|条文|文件|措施|计划", text) is not None
    before = context.before
    listed = bool(before.in_order) and (len(before.focus) > 1 or bool(before.listed))
    return listed and not asks_text and not context.heard.cities and _LIST_PLACE.search(text) is not None


def _asks_only(text: str, reference: Reference) -> bool:
    """Whether nothing else is asked than what the provision says."""
    rest = _ASKS_TEXT.sub(" ", subject_words(text.replace(reference.words, " ")))
    return len(core(rest)) < 2


def documents_asked(context: Context) -> list[Document]:
    """The documents of the cities named, or of the one known or talked of."""
    heard, conversation = context.heard, context.conversation
    own = conversation.profile[CITY]
    cities = heard.cities or ((str(own),) if own in served_cities() else ()) or conversation.focus_cities[:1]
    return [d for city in cities for d in context.library.documents.values() if d.city == city and d.record.official]


def numbered(document: Document) -> list[tuple[int, ...]]:
    """The paths of a document's numbered provisions, the opening left out."""
    paths = [tuple(int(n) for n in p.split("/")) for p in document.provisions if re.fullmatch(r"[\d/]+", p)]
    return [path for path in paths if path != (0,)]


def running_depth(document: Document) -> int | None:
    """The depth at which provisions are numbered through the whole document, if they are: 第十一条 is one of these."""
    paths = numbered(document)
    for depth in sorted({len(p) for p in paths if len(p) > 1}, reverse=True):
        here = [p for p in paths if len(p) == depth]
        goes_on = len({p[:-1] for p in here}) > 1
        if goes_on and sorted(p[-1] for p in here) == list(range(1, len(here) + 1)):
            return depth
    return None


def _find(document: Document, reference: Reference) -> list[str]:
    """The provisions that a reference can mean."""
    paths = numbered(document)
    running = running_depth(document)
    found: list[tuple[int, ...]]
    if not reference.item:
        found = [p for p in paths if len(p) == 1 and p[0] == reference.part]
    elif reference.bracketed and not reference.part:
        found = [p for p in paths if p[-1] == reference.item and "（" in _label(document, p)]
    elif reference.part:
        inside = [p for p in paths if len(p) > 1 and p[0] == reference.part]
        found = [p for p in inside if p[-1] == reference.item and len(p) == 2]
        found = found or [p for p in inside if p[-1] == reference.item and len(p) == running]
    else:
        depth = running or 2
        found = [p for p in paths if len(p) == depth and p[-1] == reference.item]
    if reference.sub:
        within = [p for p in paths for q in found if p[:-1] == q and p[-1] == reference.sub]
        found = within or ([] if any(p[:-1] == q for p in paths for q in found) else found)
    return ["/".join(map(str, p)) for p in found]


def _label(document: Document, path: Sequence[int]) -> str:
    return _full_width(document.provisions["/".join(map(str, path))].label)


def _full_width(label: str) -> str:
    return label.replace("(", "（").replace(")", "）")


def _lines(context: Context, document: Document, provision: Provision) -> list[str]:
    """A provision in its own words; of a chapter, what stands in it."""
    whole = document.words(provision.path).strip()
    mark = context.words.citations.cite(document, provision.path, whole)
    place = wording("provision.head", document=document.record.short_title, name=name_of(provision))
    inside = children(document, provision.path)
    body = tight(re.sub(r"\s*\n\s*", " ", whole.removeprefix(provision.label).strip().removeprefix(provision.heading)))
    body = body.lstrip("。 ")
    lines = [f"{place}{mark}"]
    if body:
        shown = _opening(body)
        lines.append(wording("provision.words", words=shown, mark=mark))
        if shown != body:
            lines.append(wording("provision.cut", mark=mark))
    if inside:
        lines.append(wording("provision.contains"))
        lines += [item_line(context, document, child) for child in inside[:_MOST_LISTED]]
    return lines


def name_of(provision: Provision) -> str:
    """The number and heading of a provision as they are printed."""
    return tight(f"{_full_width(provision.label)}{provision.heading}")


def children(document: Document, path: str) -> list[Provision]:
    """What stands directly within a provision."""
    return [p for p in document.provisions.values() if p.path.rpartition("/")[0] == path]


def _opening(body: str) -> str:
    """The sentences from the beginning that fit into a telephone's screen."""
    if len(body) <= _LONGEST:
        return body
    end = max(body.rfind(mark, 0, _LONGEST) for mark in "。；")
    return body[: end + 1] if end > 0 else body[:_LONGEST]


def item_line(context: Context, document: Document, provision: Provision) -> str:
    """A provision as one of a list: its number, its heading and the mark of the words that print them."""
    return wording("provision.listed", name=linked(context, document, provision))


def linked(context: Context, document: Document, provision: Provision) -> str:
    """The number and heading of a provision, with the mark of the words that print them."""
    opening = document.words(provision.path).strip().split("\n")[0]
    start = opening.find(provision.heading)
    words = opening[: start + len(provision.heading)] if start >= 0 else opening
    mark = context.words.citations.cite(document, provision.path, words)
    return f"{name_of(provision)}{mark}"


def _choice(context: Context, document: Document, paths: Iterable[str], reference: Reference) -> list[str]:
    """Items are numbered anew in each part: which of them is meant."""
    lines = [wording("provision.which", city=city_name(document.city))]
    for path in paths:
        part = document.provisions[path.split("/")[0]]
        item = linked(context, document, document.provisions[path])
        lines.append(wording("provision.of_part", part=name_of(part), item=item))
    return lines


def _none_such(context: Context, document: Document, reference: Reference) -> list[str]:
    """That there is no provision of this number, and from where to where they go."""
    lines = [wording("provision.none", city=city_name(document.city))]
    depth = running_depth(document)
    if depth is not None and reference.item:
        paths = sorted((p for p in numbered(document) if len(p) == depth), key=lambda p: p[-1])
        ends = [document.provisions["/".join(map(str, p))] for p in (paths[0], paths[-1])]
        first, last = (linked(context, document, end) for end in ends)
        return [*lines, wording("provision.range", first=first, last=last)]
    show = part_line if reference.item else item_line
    return [*lines, *(show(context, document, chapter) for chapter in chapters(document))]


def chapters(document: Document) -> list[Provision]:
    """The parts that a document is divided into."""
    return [p for p in document.provisions.values() if re.fullmatch(r"[1-9]\d*", p.path)]


def part_line(context: Context, document: Document, chapter: Provision) -> str:
    """A part with the numbers that stand in it; figures are left out, since no quote would show them."""
    line, inside = item_line(context, document, chapter), children(document, chapter.path)
    if not inside or re.search(r"\d", inside[0].label):
        return line
    first, last = _full_width(inside[0].label), _full_width(inside[-1].label)
    return wording("provision.part_range", part=line, first=first, last=last)


def _ask_city(context: Context, reference: Reference) -> Draft:
    conversation = context.conversation.model_copy(update={"reference": reference.numbers})
    taps = tuple(wording("provision.tap", city=city.name, asked=reference.words) for city in served_cities().values())
    lines = (wording("provision.ask_city", asked=reference.words),)
    return Draft(Outcome.INTERVIEW, conversation, lines, question=context.standing, suggestions=taps)
