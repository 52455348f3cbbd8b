"""A sheet as the plain text that WeChat shows, in as few messages as its limits allow. Makes no call."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from bot.messages import Action, Sheet, Tap
from bot.rendering import LIFECYCLE_WORDS, bold_runs
from bot.text import readable, sentences
from chains.prompting import read_data
from chains.reply import Citation
from knowledge.document import Lifecycle

MAX_BYTES = 2048
MOST_PAGE_BYTES = MAX_BYTES - 96  # leaves room to say that there is more
MOST_ENTRIES = 9
_MOST_ID_BYTES = 64
_MOST_ENTRY_BYTES = 128
_ABOUT = 8

_EXAMPLE = (1, 3, 5)
_BLANK = "\n\n"
# What is never cut: citation marks with what they stand behind, numbers with their unit, Latin words.
_WHOLE = re.compile(r"(?:\[\d{1,3}\])+|\d[\d.,:%％—–～~／/\-]*[ ]?[万亿千百]{0,2}[元年月日号项条家个人名倍]?|[!-~]+")
_LIST_HEAD = re.compile(r"^\*\*([^*\n]+)\*\*$(?=\n[-*·] )", re.MULTILINE)
_NOT_FIRST = frozenset("，。、；：？！）】」』”’》〉…％,.;:?!)]}%[")
_NOT_LAST = frozenset("（【「『“‘《〈([{")
_LONGEST_WHOLE = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu that can be tapped: what comes back, and what stands there."""

    id: str
    content: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message. `text` is whole by itself; where there is a `menu`, `head` and `tail` stand around it instead."""

    text: str
    head: str = ""
    menu: tuple[Entry, ...] = ()
    tail: str = ""


def say(key: str, /, **values: str) -> str:
    """A text of the section `wechat` in `channels.yaml`."""
    return cast(str, read_data("channels")["wechat"][key]).format(**values)


def lay_out(sheet: Sheet, limit: int = MAX_BYTES) -> list[Page]:
    """The messages of a sheet, none longer than `limit` bytes; none at all where it has nothing to say."""
    told = _joined((plain(_without_question(sheet)), _citations(sheet.citations)), _BLANK)
    choices = _Choices.of(sheet)
    after = _suggestions(sheet)
    pieces = split(told, limit)
    if choices is None:
        return [Page(piece) for piece in _appended(pieces, after, _BLANK, limit)]
    asked = _joined((choices.ask, *choices.lines, choices.hint), "\n")
    last = _joined((asked, after), "\n")
    if pieces and _fits(_joined((pieces[-1], last), _BLANK), limit):
        above = pieces.pop()
    elif _fits(last, limit):
        above = ""
    else:
        return [Page(piece) for piece in (*pieces, *split(last, limit))]
    whole = _joined((above, last), _BLANK)
    head = _joined((above, choices.ask), _BLANK)
    if not choices.menu or not head:
        return [*map(Page, pieces), Page(whole)]
    tail = _joined((say("choose_tapped"), after), "\n")
    return [*map(Page, pieces), Page(whole, head, choices.menu, tail)]


def plain(text: str) -> str:
    """Light Markdown without its marks; bullets become dots, the bold line above a list stands in brackets."""
    headed = _LIST_HEAD.sub(r"【\1】", readable(text))
    return "\n".join(map(_plain_line, headed.split("\n"))).strip("\n")


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` bytes: between lines, else sentences, else words; no number is cut."""
    pieces: list[str] = []
    rest = text.strip("\n")
    while rest:
        end = _cut(rest, limit)
        piece = rest[:end].strip("\n")
        if piece:
            pieces.append(piece)
        rest = rest[end:].lstrip("\n")
    return pieces


def read_menu_id(id: str) -> Tap | None:
    """What was tapped; None for an id that is none of ours."""
    action, _, rest = id.partition(":")
    about, colon, value = rest.partition(":")
    if not colon or action not in {known.value for known in Action}:
        return None
    return Tap(action=Action(action), about=about, value=value)


def size(text: str) -> int:
    return len(text.encode())


@dataclass(frozen=True, slots=True)
class _Choices:
    """What can be chosen by number: options first, then buttons."""

    ask: str
    lines: tuple[str, ...]
    hint: str
    menu: tuple[Entry, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> "_Choices | None":
        question = sheet.question
        rows: list[tuple[Action, str, str, bool]] = []
        if question is not None:
            rows += [(Action.CHOOSE, o.id, o.label, o.id in sheet.ticked) for o in question.options]
        rows += [(button.action, button.value, button.label, False) for button in sheet.buttons]
        ask = ""
        if question is not None and question.text not in _without_question(sheet):
            ask = plain(question.text)
        if not rows:
            return cls(ask, (), "", ()) if ask else None
        labels = [f"{number} {'✓ ' * ticked}{_one_line(label)}" for number, (_, _, label, ticked) in enumerate(rows, 1)]
        if question is not None and question.multiple:
            return cls(ask, tuple(labels), say("choose_several", example=_example(len(rows))), ())
        hint = say("choose_one" if question is not None and question.options else "choose_button")
        entries = tuple(
            Entry(f"{action.value}:{sheet.message_id[:_ABOUT]}:{value}", label)
            for (action, value, _, _), label in zip(rows, labels, strict=True)
        )
        return cls(ask, tuple(labels), hint, entries if _is_offered(entries) else ())


def _without_question(sheet: Sheet) -> str:
    """The text; where it ends with the question that stands above the options, without that."""
    return sheet.text.removesuffix(sheet.question.text).rstrip() if sheet.question else sheet.text


def _is_offered(entries: Sequence[Entry]) -> bool:
    return len(entries) <= MOST_ENTRIES and all(
        size(entry.id) <= _MOST_ID_BYTES and size(entry.content) <= _MOST_ENTRY_BYTES for entry in entries
    )


def _example(count: int) -> str:
    numbers = [number for number in _EXAMPLE if number <= count]
    return " ".join(map(str, numbers if len(numbers) > 1 else range(1, count + 1)))


def _citations(citations: Sequence[Citation]) -> str:
    """A line for each document: its title once, its places with their marks."""
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document_id, []).append(citation)
    if not by_document:
        return ""
    lines = [say("citations", list=_cited(cited)) for cited in by_document.values()]
    return "\n".join([*lines, say("open_citation", marker=str(citations[0].marker))])


def _cited(citations: Sequence[Citation]) -> str:
    """The title, then each place once, with all the marks that lead there."""
    first = citations[0]
    title = readable(first.document_title).replace("《", "〈").replace("》", "〉")
    marks: dict[str, str] = {}
    for citation in citations:
        marks[_place(citation)] = marks.get(_place(citation), "") + f"[{citation.marker}]"
    (place, markers), *others = marks.items()
    head = f"{markers}《{title}》{place}{_standing(first)}"
    return " · ".join([head, *(f"{markers}{place}" for place, markers in others)])


def _place(citation: Citation) -> str:
    return _one_line(citation.label or citation.heading).replace("(", "（").replace(")", "）")


def _standing(citation: Citation) -> str:
    lifecycle = Lifecycle(citation.lifecycle)
    return "" if lifecycle is Lifecycle.IN_FORCE else f"（{LIFECYCLE_WORDS[lifecycle]}）"


def _suggestions(sheet: Sheet) -> str:
    """What else could be asked, where nothing is asked of the person, and the text does not say it already."""
    new = [_one_line(words) for words in sheet.suggestions if f"“{words}”" not in sheet.text]
    return say("suggestions", texts=" / ".join(new)) if new and sheet.question is None else ""


def _plain_line(line: str) -> str:
    words = "".join(run for run, _ in bold_runs(line))
    return words.replace("• ", "· ", 1) if words.lstrip().startswith("• ") else words


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())


def _joined(parts: Iterable[str], between: str) -> str:
    return between.join(part for part in parts if part)


def _fits(text: str, limit: int) -> bool:
    return size(text) <= limit


def _appended(pieces: list[str], more: str, between: str, limit: int) -> list[str]:
    if not more:
        return pieces
    if pieces and _fits(_joined((pieces[-1], more), between), limit):
        return [*pieces[:-1], _joined((pieces[-1], more), between)]
    return [*pieces, *split(more, limit)]


def _cut(text: str, limit: int) -> int:
    """Where the first piece ends."""
    most = _characters(text, limit)
    if most == len(text):
        return most
    line = text.rfind("\n", 0, most + 1)
    if line >= most // 2:
        return line
    end = 0
    for sentence in sentences(text[: most + _LONGEST_WHOLE]):
        if end + len(sentence) > most:
            break
        end += len(sentence)
    if end >= most // 2:
        return end
    return _between_words(text, most) or max(end, line) or most


def _characters(text: str, limit: int) -> int:
    """How many characters have at most `limit` bytes."""
    return len(text[:limit].encode()[:limit].decode(errors="ignore"))


def _between_words(text: str, most: int) -> int:
    """The last place up to `most` at which nothing is torn apart; 0 if there is none in the second half."""
    torn = {
        place
        for whole in _WHOLE.finditer(text[: most + _LONGEST_WHOLE])
        if whole.end() - whole.start() <= _LONGEST_WHOLE
        for place in range(whole.start() + 1, whole.end())
    }
    for place in range(most, most // 2, -1):
        before, after = text[place - 1], text[place]
        if place in torn or after in _NOT_FIRST or before in _NOT_LAST or unicodedata.category(after).startswith("M"):
            continue
        return place
    return 0
