"""A reply in the parts that channels show: numbered options, findings by status, plain or light text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chains.reply import FindingView, Question
from knowledge.document import Lifecycle

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

_NOT_FIRST = set("，。、；：？！）】」』”’》〉…％,.;:?!)]}%")
_NOT_LAST = set("（【「『“‘《〈([{")

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^(\s*)[-*]\s+")
_HEADING = re.compile(r"^#{1,6}\s+")
_NUMBERS = re.compile(r"\s*\d{1,2}(?:[\s,，、;；和]+\d{1,2})*\s*[。.]?\s*")
_CITATION = re.compile(r"\s*(?:引用|依据|/引用|/cite)\s*[\[［【]?(\d{1,3})[\]］】]?\s*|\s*[\[［【](\d{1,3})[\]］】]\s*")


@dataclass(frozen=True, slots=True)
class Choice:
    """Options picked by number, or what is wrong with the numbers."""

    ids: tuple[str, ...] = ()
    complaint: str = ""


def read_choice(question: Question | None, words: str) -> Choice | None:
    """The options that numbers name (1 · 2 3 · 1,3); None for free words."""
    if question is None or not question.options or not _NUMBERS.fullmatch(words):
        return None
    numbers = list(dict.fromkeys(int(n) for n in re.findall(r"\d+", words)))
    last = len(question.options)
    strange = [n for n in numbers if not 1 <= n <= last]
    if strange:
        return Choice(complaint=f"没有第 {strange[0]} 项，可选 1 到 {last}，也可以直接说")
    if len(numbers) > 1 and not question.multiple:
        return Choice(complaint="这一题只能选一项")
    return Choice(tuple(question.options[n - 1].id for n in numbers))


def read_citation(words: str) -> int | None:
    """The marker in 引用 1, [1] and the like; None for anything else."""
    match = _CITATION.fullmatch(words)
    return int(match[1] or match[2]) if match else None


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
