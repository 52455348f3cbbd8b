"""A reply in the parts that channels show: numbered options, findings by status, plain or light text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.messages import NOTICE, Action, Button, OutgoingMessage, Sheet
from chains.reply import Citation, FindingView, Question
from knowledge.document import Lifecycle
from knowledge.library import Library

STATUS_WORDS = {
    "eligible": "可以申请",
    "conditional": "原则上可以，要主管部门认定",
    "undetermined": "还差几个情况才能确定",
    "ineligible": "不符合",
    "not_in_force": "文件不在有效期内",
}
STATE_WORDS = {"met": "符合", "unmet": "不符合", "unknown": "还不知道", "open": "由主管部门认定"}
LIFECYCLE_WORDS = {
    Lifecycle.IN_FORCE: "现行",
    Lifecycle.DRAFT: "征求意见稿",
    Lifecycle.NOT_YET: "尚未施行",
    Lifecycle.EXPIRED: "已届满",
    Lifecycle.REPEALED: "已废止",
}

_MOST_AROUND = 700  # characters of a provision on a phone

_NOT_FIRST = set("，。、；：？！）】」』”’》〉…％,.;:?!)]}%")
_NOT_LAST = set("（【「『“‘《〈([{")

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^(\s*)[-*]\s+")
_HEADING = re.compile(r"^#{1,6}\s+")
_NUMBER = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_PICK = rf"(?:第\s*{_NUMBER}\s*[个项条]?|{_NUMBER})"
_NUMBERS = re.compile(rf"(?:我?选)?\s*{_PICK}(?:[\s,、;和跟及+]+{_PICK})*\s*[吧了啦]?[。.!]?")
_CHINESE = {"十": 10, "十一": 11, "十二": 12} | {c: i for i, c in enumerate("一二三四五六七八九", start=1)}
_BETWEEN_LABELS = re.compile(r"[\s,、;和跟及+]+")
_CITATION = re.compile(r"\s*(?:引用|依据|/引用|/cite)\s*[\[［【]?(\d{1,3})[\]］】]?\s*|\s*[\[［【](\d{1,3})[\]］】]\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    """Options picked by number or label, or what is wrong with the numbers; `beyond` counts on after the options."""

    ids: tuple[str, ...] = ()
    complaint: str = ""
    beyond: int = 0


def read_choice(question: Question | None, words: str, more: int = 0) -> Choice | None:
    """The options that numbers or labels name (1 · １ · 第一个 · 选2和3 · 1,3 · 南京); None for free words.

    `more` things to choose stand after the options, numbered on.
    """
    options = question.options if question else ()
    plain = unicodedata.normalize("NFKC", words).strip()
    labels = {_label(option.label): option.id for option in options}
    # A tapped line of a menu comes as it was shown: 1 南京.
    labels |= {f"{number} {_label(option.label)}": option.id for number, option in enumerate(options, start=1)}
    named = [_label(piece) for piece in _BETWEEN_LABELS.split(plain)]
    if _label(plain) in labels:
        return Choice((labels[_label(plain)],))
    if question and question.multiple and all(name in labels for name in named):
        return Choice(tuple(dict.fromkeys(labels[name] for name in named)))
    last = len(options) + more
    if not last or not _NUMBERS.fullmatch(plain):
        return None
    found = re.findall(_NUMBER, plain)
    numbers = list(dict.fromkeys(int(n) if n.isdecimal() else _CHINESE[n] for n in found))
    strange = [n for n in numbers if not 1 <= n <= last]
    if strange:
        return Choice(complaint=f"没有第 {strange[0]} 项，可选 1 到 {last}，也可以直接说")
    if len(numbers) > 1 and not (question and question.multiple):
        return Choice(complaint="这一题只能选一项")
    if numbers[0] > len(options):
        return Choice(beyond=numbers[0] - len(options))
    return Choice(tuple(options[n - 1].id for n in numbers if n <= len(options)))


def names_numbers(words: str) -> bool:
    """Whether a message is nothing but numbers to choose by: 1 3 5, 选1."""
    return _NUMBERS.fullmatch(unicodedata.normalize("NFKC", words).strip()) is not None


def _label(words: str) -> str:
    return words.strip("“”\"'☐☑。.!? ").lower()


def read_citation(words: str) -> int | None:
    """The marker in 引用 1, [1] and the like; None for anything else."""
    match = _CITATION.fullmatch(words)
    return int(match[1] or match[2]) if match else None


def sheet_of(message: OutgoingMessage, beside: str = "") -> Sheet:
    """An answer as platforms show it, with a few words `beside` it: the question stands in the text.

    What follows from a notice is one tap, or one number, away: its suggestions are buttons.
    """
    reply = message.reply
    says = tuple(Button(action=Action.SAY, value=str(i), label=words) for i, words in enumerate(reply.suggestions))
    text = "\n".join([reply.text, *reply.notes, beside]).strip()
    if reply.question and reply.question.text not in text:
        text = f"{text}\n\n{reply.question.text}".strip()
    return Sheet(
        text=text,
        message_id=message.message_id,
        citations=reply.citations,
        question=reply.question,
        suggestions=() if reply.outcome == NOTICE else reply.suggestions,
        buttons=says if reply.outcome == NOTICE else (),
        takes_feedback=bool(reply.citations),
    )


def marked_provision(citation: Citation, library: Library, most: int = _MOST_AROUND) -> str:
    """The provision's own words with the quote in bold, as light Markdown; a long one is cut around the quote.

    The quote alone if the document is gone.
    """
    document = library.documents.get(citation.document_id)
    if document is None or citation.provision not in document.provisions:
        return _bold(citation.quote)
    words = document.words(citation.provision).rstrip()
    first = document.provisions[citation.provision].start
    start, end = citation.start - first, citation.end - first
    before, after = words[:start], words[end:]
    if len(words) > most:
        room = max(most - (end - start), 0) // 2
        before = f"……{before[-room:]}" if len(before) > room else before
        after = f"{after[:room]}……" if len(after) > room else after
    return before + _bold(words[start:end]) + after


def _bold(words: str) -> str:
    return "\n".join(f"**{line}**" if line.strip() else line for line in words.split("\n"))


def by_status(findings: Iterable[FindingView]) -> dict[str, list[FindingView]]:
    """Findings under their status, best first; a status without findings is left out."""
    found = list(findings)
    groups = {status: [f for f in found if f.status == status] for status in STATUS_WORDS}
    return {status: group for status, group in groups.items() if group}


def bold_runs(line: str) -> Iterator[tuple[str, bool]]:
    """A line of light Markdown as runs of text, bold or not; bullets become dots."""
    line = _BULLET.sub(r"\1• ", line)
    if _HEADING.match(line):
        yield _HEADING.sub("", line).replace("**", ""), True
        return
    end = 0
    for match in _BOLD.finditer(line):
        yield line[end : match.start()], False
        yield match[1], True
        end = match.end()
    yield line[end:], False


def line_breaks(text: str, width: int) -> list[int]:
    """Offsets at which a line of `width` cells is broken: between Chinese characters, not within Latin words.

    No line begins with a closing mark or ends with an opening one, as far as that can be had.
    """
    breaks: list[int] = []
    start = used = 0
    for place, character in enumerate(text):
        cells = cells_of(character)
        if used + cells > width and place > start:
            candidates = range(place, max(start, place - width // 2), -1)
            start = next((i for i in candidates if _may_break(text, i)), place)
            breaks.append(start)
            used = sum(map(cells_of, text[start:place]))
        used += cells
    return breaks


def cells_of(character: str) -> int:
    """How many cells of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()
