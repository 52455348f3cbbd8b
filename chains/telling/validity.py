"""Whether and until when a document holds, on the day and on the day that is asked of, as lines of an answer."""

import re
from collections.abc import Iterable, Sequence

from chains.finding.entries import Entry
from chains.prompting import texts, wording
from chains.telling.words import Words, day, tight
from knowledge.document import Document, Lifecycle
from knowledge.regions import city_name
from knowledge.support import Support

_FROM = re.compile(r"自[^，。；\s]{2,12}起(?:施行|实施|执行|生效)")
# 从什么时候起算施行: from when something holds.
FROM_WHEN = re.compile(
    r"(?:哪一?天|几[月号]|什么时候|啥时候|何时)(?:(?:起|开始)|[^，。；]{0,3}(?:施行|实施|生效|执行))"
    r"|(?:起|开始)算?(?:生效|执行|施行|实施)"
)
_FORMER = re.compile(r"[旧老]|以前|原来|原先|从前")
# 2021年出过一份措施, 21年的老政策; and not 2021年评的小巨人，这文件还管用吗.
_CAME_OUT, _A_RUN = r"[^，。；评获认定拿成]{0,14}?(?:文件|措施|方案|政策|办法|通知|老版|旧版|那[份套版])", 6


def lifecycle_lines(words: Words, documents: Iterable[Document], *, topics: Sequence[str] = ()) -> list[str]:
    """What must be said first of documents that are not in force on the day, with the notices known."""
    lines: list[str] = []
    for document in dict.fromkeys(d.id for d in documents):
        lines += _lifecycle(words, words.library.documents[document], topics)
    return lines


def together(words: Words, documents: Iterable[Document]) -> list[str]:
    """In one line, which of several cities' documents are not in force on the day."""
    states: dict[Lifecycle, dict[str, None]] = {}
    for document in documents:
        states.setdefault(document.lifecycle(words.as_of), {})[city_name(document.city)] = None
    expired = "、".join((*states.get(Lifecycle.EXPIRED, ()), *states.get(Lifecycle.REPEALED, ())))
    draft = "、".join(states.get(Lifecycle.DRAFT, ()))
    if expired and draft:
        return [wording("compare.lifecycle_both", expired=expired, draft=draft)]
    if expired:
        return [wording("compare.lifecycle", expired=expired)]
    return [wording("compare.lifecycle_draft", draft=draft)] if draft else []


def draft_notices(words: Words, documents: Iterable[Document]) -> list[str]:
    """What is known of those that are drafts from outside their texts."""
    drafts = (d for d in documents if d.lifecycle(words.as_of) is Lifecycle.DRAFT)
    return [line for document in drafts for line in notice_lines(words, document)]


def _lifecycle(words: Words, document: Document, topics: Sequence[str]) -> list[str]:
    record = document.record
    lifecycle = document.lifecycle(words.as_of)
    lines: list[str] = []
    if not record.official:
        lines.append(wording("lifecycle.unofficial", document=record.short_title))
    if tells_day(words, document):
        told = _on_day(words, document)
        is_well = lifecycle is document.lifecycle(words.citations.as_of) is Lifecycle.IN_FORCE
        lines.append(told if is_well else wording("lifecycle.first", words=told))
    elif document.id in words.warned and lifecycle in {Lifecycle.EXPIRED, Lifecycle.DRAFT}:
        if not words.asks_whether:
            return [wording(f"lifecycle.{lifecycle.value}_again", city=city_name(document.city))]
        end = day(record.effective_to.date) if record.effective_to else ""
        return [wording(f"lifecycle.{lifecycle.value}_refused", document=record.short_title, date=end)]
    elif lifecycle is Lifecycle.EXPIRED and record.effective_to:
        lines.append(wording("lifecycle.expired", document=record.short_title, date=day(record.effective_to.date)))
    elif lifecycle is Lifecycle.DRAFT:
        lines.append(wording("lifecycle.draft", document=record.short_title))
    elif lifecycle is Lifecycle.REPEALED:
        lines.append(wording("lifecycle.repealed", document=record.short_title))
    elif lifecycle is Lifecycle.NOT_YET and record.effective_from:
        lines.append(wording("lifecycle.not_yet", document=record.short_title, date=day(record.effective_from.date)))
    lines += notice_lines(words, document) if lines else []
    about = [n for n in record.notices if set(n.topics) & set(topics) and n.date <= words.as_of]
    return [*lines, *(wording("lifecycle.notice", text=n.text) for n in about)]


def _end_mark(words: Words, document: Document) -> str:
    """The mark of the words that say until when a document holds."""
    end = document.record.effective_to
    quotes = (words.citations.cite(document, path, end.quote) for path in document.provisions) if end else ()
    return next((mark for mark in quotes if mark), "")


def tells_term(document: Document, entry: Entry) -> bool:
    """Whether an entry of a document is the fact that tells until when it holds."""
    end = document.record.effective_to
    return entry.support is None and end is not None and tight(end.quote) in tight(entry.quote)


def tells_day(words: Words, document: Document) -> bool:
    """Whether another day is asked of, and it matters for a document: a draft is one on any day."""
    return bool(words.day) and document.lifecycle(words.as_of) is not Lifecycle.DRAFT


def _on_day(words: Words, document: Document) -> str:
    """What a document is on the day that is asked of, and today where that differs."""
    then, now = document.lifecycle(words.as_of), document.lifecycle(words.citations.as_of)
    end = document.record.effective_to
    mark = _end_mark(words, document)
    is_last = end is not None and end.date == words.as_of and re.search(r"[日号天]", words.day) is not None
    is_open = document.record.effective_from is None and words.as_of < words.citations.as_of
    key = "no_start" if is_open and then is Lifecycle.IN_FORCE else "last_day" if is_last else then.value
    parts = [texts("lifecycle_then")[key]]
    parts += [texts("lifecycle_now")[now.value]] if now is not then or key == "no_start" else []
    until = wording("lifecycle.until", date=day(end.date), mark=mark) if end else ""
    name = document.record.short_title
    return wording("lifecycle.on_day", day=words.day, document=name, told="；".join(parts), until=until)


def notice_topics(supports: Iterable[Support]) -> tuple[str, ...]:
    """The topics of notices that matter to these supports."""
    return tuple({t for s in supports for t in ("aeo",) if t in s.id.split("-")})


def validity_lines(words: Words, document: Document) -> list[str]:
    """Until when a document holds, with the words that say so."""
    record = document.record
    lifecycle = document.lifecycle(words.as_of)
    if lifecycle is Lifecycle.DRAFT:
        mark = words.citations.cite(document, "0", "（征求意见稿）")
        lines = [wording("lifecycle.draft_is", document=record.short_title, mark=mark), *notice_lines(words, document)]
        return lines if record.effective_to else [*lines, wording("lifecycle.no_end")]
    if record.effective_to is None:
        return [wording("lifecycle.in_force", document=record.short_title)]
    mark = _end_mark(words, document)
    if lifecycle is Lifecycle.IN_FORCE:
        key = "lifecycle.last_day" if record.effective_to.date == words.as_of else "lifecycle.in_force_until"
    else:
        key = "lifecycle.was_expired"
    lines = [wording(key, document=record.short_title, date=day(record.effective_to.date), mark=mark)]
    if words.day:
        lines = [_on_day(words, document)]
    if lifecycle is Lifecycle.EXPIRED:
        lines += [*notice_lines(words, document), wording("lifecycle.ask", city=city_name(document.city))]
    return lines


def begin_lines(words: Words, document: Document) -> list[str]:
    """From when a document holds, in its own words; that it does not say so where it does not."""
    for path in document.provisions:
        if match := _FROM.search(document.words(path)):
            mark = words.citations.cite(document, path, match.group())
            return [wording("lifecycle.begins", quote=tight(match.group()), mark=mark)]
    return [wording("lifecycle.no_begin", document=document.record.short_title)]


def former_named(document: Document, text: str) -> list[str]:
    """The numbers of documents that a document repeals which a message names by number, by year, by a title of theirs.

    2021年出过一份措施; 加快发展专精特新的那个: six characters of a title that nothing else in the document has.
    """
    whole = re.sub(r"\s", "", document.text)
    found: list[str] = []
    for number in document.record.repeals:
        year = "".join(re.findall(r"〔(\d{4})〕", number))
        of_year = re.search(rf"(?:{year}|(?<!\d){year[2:]})年{_CAME_OUT}", text) if year else None
        sentence = next((part for part in whole.split("。") if number in part), "")
        others = whole.replace(sentence, "")
        titles = re.findall(r"[〈《]([^〈《〉》]+)[〉》]", sentence)
        runs = {title[i : i + _A_RUN] for title in titles for i in range(len(title) - _A_RUN + 1)}
        if number.rpartition("〕")[2] in text or of_year or any(run in text and run not in others for run in runs):
            found.append(number)
    return found


def repealed_lines(words: Words, entry: Entry, text: str, *, asked_on: bool) -> list[str]:
    """That a former document no longer holds, where an entry's words repeal it and a question is about it.

    `asked_on` where that entry was talked of before.
    """
    document = words.library.documents[entry.document_id]
    gone = [number for number in document.record.repeals if number in re.sub(r"\s", "", entry.quote)]
    if not asked_on and not _FORMER.search(text):
        gone = [number for number in gone if number in former_named(document, text)]
    mark = words.citations.cite(document, entry.provision, entry.quote) if gone else ""
    return [wording("lifecycle.gone", number=n, document=document.record.short_title, mark=mark) for n in gone]


def notice_lines(words: Words, document: Document) -> list[str]:
    """What is known of a document from outside its text, with the word that it is from outside."""
    told = [n.text for n in document.record.notices if not n.topics and n.date <= words.as_of]
    if document.lifecycle(words.as_of) is not Lifecycle.DRAFT:
        return [wording("lifecycle.notice", text=text) for text in told]
    return [wording("lifecycle.issued", text=text.rstrip("。"), city=city_name(document.city)) for text in told]
