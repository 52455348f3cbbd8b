"""From a text as published to clean text and the provisions that tile it. Knows layout, not any one document.

Only white space, page furniture and Markdown marks are removed; no word is changed. Provisions are named by the
path of printed ordinals, every printed level included: `2/6`, `3/4/15`, `2/9/1`; the text before the first number
is `0`, closing text that belongs to no numbered provision is `end`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from knowledge.document import Provision

OPENING = "0"
CLOSING = "end"

_DIGITS = "〇零一二三四五六七八九"
_NUMERAL = "[〇零一二三四五六七八九十百]+"
_LEVELS: tuple[tuple[str, str], ...] = (
    ("part", rf"第({_NUMERAL})编(?=\s|$)"),
    ("chapter", rf"第({_NUMERAL})章(?=\s|$|[^，。；])"),
    ("section", rf"第({_NUMERAL})节(?=\s|$|[^，。；])"),
    ("article", rf"第({_NUMERAL})条(?![、，。；之第款项规的和或至及所])"),
    ("heading", rf"({_NUMERAL})(?:[、．.]|[ \t\u3000]+(?=\S))"),
    ("item", rf"[（(]({_NUMERAL})[)）](?!项|款|条|目|中)"),
    ("number", r"(\d{1,3})(?:[.．](?!\d)|、)"),
    ("subnumber", r"[（(](\d{1,3})[)）](?!项|款|条|目)"),
)
_RANK = {name: rank for rank, (name, _) in enumerate(_LEVELS)}
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _LEVELS)
_BARE_HEADING = re.compile(rf"{_NUMERAL}[ \t\u3000]+\S")
_SENTENCE_END = tuple("。！？；：:;!?")
_CLOSERS = "”’」』）)〕]》】"
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?")
_MARKS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|^#{1,6}\s+|`{1,3}", re.MULTILINE)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_CLOSING_LINE = re.compile(
    r"本(?:措施|办法|意见|规定|条例|细则|计划|方案|政策|通知|若干措施|实施意见)[^。]{0,30}(?:施行|实施|执行|有效|解释)"
    r"|抄\s*送|附\s*件[:：]|附[:：]|（此件.{2,8}）|\(此件.{2,8}\)"
)
_DATE_LINE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_LIST_DASH = re.compile(r"[—–-]{2}|[•●▪◆■]")
_HEADING_MAX = 30


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    full: bool


@dataclass(frozen=True, slots=True)
class _Mark:
    level: str
    number: int
    label: str
    rest: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Clean text and the provisions that tile it, in the order of the text."""

    text: str
    provisions: tuple[Provision, ...]


def lay_out(source: str) -> Layout:
    """Clean a published text and find its provisions."""
    paragraphs = _paragraphs(_lines(source))
    text = "\n".join(paragraphs)
    return Layout(text, tuple(_provisions(paragraphs, len(text))))


def _lines(source: str) -> list[_Line]:
    plain = _MARKS.sub("", _INVISIBLE.sub("", source.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")))
    stripped = [line.strip() for line in plain.split("\n")]
    kept = [line for line in stripped if line and not _PAGE_NUMBER.fullmatch(line)]
    long = [len(line) for line in kept if len(line) >= 15]
    width = median(long) if long else 0
    # In a text broken by its page layout most lines are equally long; a shorter one ends its paragraph.
    wrapped = bool(long) and sum(abs(n - width) <= 3 for n in long) >= 0.6 * len(long)
    return [_Line(line, wrapped and len(line) >= width - 3) for line in kept]


def _paragraphs(lines: Iterable[_Line]) -> list[str]:
    found: list[str] = []
    previous: _Line | None = None
    numbers = _Numbers()
    for line in lines:
        mark = numbers.read(line.text)
        # After a full line without the end of a sentence, a number out of sequence belongs to that sentence.
        goes_on = previous is not None and previous.full and not _ends_sentence(previous.text)
        if mark is not None and goes_on and not numbers.is_next(mark):
            mark = None
        starts_anew = (
            previous is None
            or mark is not None
            or _LIST_DASH.match(line.text)
            or _CLOSING_LINE.match(line.text)
            or (_ends_sentence(previous.text) and not previous.full)
            or _stands_alone(found[-1], previous, line)
        )
        if starts_anew:
            found.append(line.text)
        else:
            found[-1] += _joint(found[-1], line.text) + line.text
        if mark is not None:
            numbers.accept(mark)
        previous = line
    return found


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS + " ").endswith(_SENTENCE_END) or bool(
        re.search(r"[。！？；](?:[（(〔][^（(〔]*[)）〕])$", text)
    )


def _stands_alone(paragraph: str, previous: _Line, line: _Line) -> bool:
    """A heading, a title or a signature is a line of its own: it has no sentence and is not broken by layout."""
    if _ends_sentence(paragraph) or previous.full:
        return False
    if re.search(r"[，、,“《（(—-]$", previous.text) or _closes_open_bracket(paragraph, line.text):
        return False
    if _DATE_LINE.fullmatch(line.text) or _DATE_LINE.fullmatch(previous.text):
        return True
    has_sentence = re.search(r"[。；，,]", paragraph) is not None
    return not has_sentence


def _closes_open_bracket(paragraph: str, following: str) -> bool:
    opened = sum(paragraph.count(c) for c in "（(《“")
    closed = sum(paragraph.count(c) for c in "）)》”")
    return opened > closed


def _joint(left: str, right: str) -> str:
    return " " if left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha() and right[:1].isalpha() else ""


class _Numbers:
    """Tells a printed ordinal from a number that happens to begin a line: ordinals come in sequence."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def read(self, line: str) -> _Mark | None:
        for level, pattern in _PATTERNS:
            match = pattern.match(line)
            if not match:
                continue
            if level == "heading" and _BARE_HEADING.match(line) and (len(line) > _HEADING_MAX or "。" in line):
                continue
            number = _value(match.group(1))
            last = self._last.get(level, 0)
            if number == 1 or number == last + 1 or (level in {"chapter", "article"} and number > last):
                return _Mark(level, number, match.group(0).strip(), line[match.end() :].strip())
        return None

    def is_next(self, mark: _Mark) -> bool:
        return mark.number == self._last.get(mark.level, 0) + 1

    def accept(self, mark: _Mark) -> None:
        self._last[mark.level] = mark.number
        # Lower levels may begin again or run on: both are in sequence.


def _value(numeral: str) -> int:
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    total = 0
    for part, unit in re.findall(rf"([{_DIGITS}]?)(百|十|$)", numeral):
        digit = _DIGITS.index(part) - 1 if part else 0
        digit = 0 if part in ("〇", "零") else digit
        total += digit if unit == "" else (digit or 1) * (100 if unit == "百" else 10)
    return total


def _provisions(paragraphs: list[str], length: int) -> Iterator[Provision]:
    numbers = _Numbers()
    stack: list[_Mark] = []
    current, label, heading, start, offset = OPENING, "", "", 0, 0
    for paragraph in paragraphs:
        mark = numbers.read(paragraph)
        closing = mark is None and stack and current != CLOSING and _CLOSING_LINE.match(paragraph)
        if mark is not None and current != CLOSING:
            numbers.accept(mark)
            while stack and _RANK[stack[-1].level] >= _RANK[mark.level]:
                stack.pop()
            stack.append(mark)
        if (mark is not None and current != CLOSING) or closing:
            if offset > start:
                yield Provision(current, label, heading, start, offset)
            start = offset
            current, label, heading = (
                (CLOSING, "", "")
                if mark is None
                else ("/".join(str(m.number) for m in stack), mark.label, _heading(mark))
            )
        offset += len(paragraph) + 1
    yield Provision(current, label, heading, start, length)


def _heading(mark: _Mark) -> str:
    """The title printed after an ordinal: up to the first full stop, if it is as short as titles are."""
    first = re.split(r"[。：:]", mark.rest, maxsplit=1)[0].strip()
    return first if len(first) <= _HEADING_MAX and not re.search(r"[，；]", first) else ""
