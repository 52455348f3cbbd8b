"""An answer in a model's words, held sentence by sentence against its data. What it leaves out is said from data."""

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from chains.citation import MARK, markers
from chains.model.allowance import Allowance, ModelUnavailable
from chains.model.claims import Evidence, covered, fault_of
from chains.model.llm import LanguageModel
from chains.prompting import Messages, fill_messages
from knowledge.figures import figure_values

_BEGINS = "【答】"
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S)
_SENTENCE = re.compile(r"[^。！？；!?\n]*[。！？；!?\n]+[”」』）)*]*(?:\s*\[\d{1,2}\])*(?:[。；]?)")
_TRAILING_MARK = re.compile(r"\s*\[\d{0,2}$|\s*$")
_LONGEST = 160  # characters of a sentence
_MOST = 8  # sentences
_SAID = 0.62  # of a point's pairs: then a model's sentence has said it
_REPEATED = 0.85
_LEAK = 8  # characters of the instructions in a row
_NAMES = re.compile(r"[“\"][^”\"]{2,40}[”\"]|[^、，。；：是由和向与找问\s]{1,6}(?:局|委|厅|中心|办公室)")


@dataclass(slots=True)
class Written:
    """What came of it: `lines` to show in order, what was dropped and why, whether the rules were contradicted."""

    lines: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def disagreements(self) -> list[str]:
        """Sentences that spoke against the rules' verdicts or took a wrong figure, for staff."""
        return [sentence for sentence, fault in self.dropped if fault == "against_rules"]


class Leaked(RuntimeError):
    """The answer repeats its instructions: none of it is shown."""


class Writer:
    """Puts points into a model's words."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def write(
        self,
        question: str,
        said: Sequence[str],
        points: Sequence[str],
        evidence: Evidence,
        allowance: Allowance,
        tell: Callable[[str], None],
    ) -> Written:
        """The lines that say `points`; `tell` hears each as soon as it is known to be true.

        Where the model fails, what is left is said in the words of the points themselves. Raises nothing.
        """
        written = Written()
        prompt = _prompt(question, said, points, evidence)
        try:
            async with aclosing(_sentences(self._model.write("write", prompt, allowance))) as sentences:
                async for sentence in sentences:
                    if _leaks(sentence, prompt.system):
                        raise Leaked
                    self._take(sentence, said, points, evidence, written, tell)
                    if len(written.lines) >= _MOST:
                        break
        except ModelUnavailable:
            pass
        except Leaked:
            allowance.calls[-1].error = "leak"
            written.dropped.append((allowance.calls[-1].reply[:_LONGEST], "leak"))
        for point in points:
            if left := _left_unsaid(point, written.lines):
                written.lines.append(left)
                tell(left)
        return written

    def _take(
        self,
        sentence: str,
        said: Sequence[str],
        points: Sequence[str],
        evidence: Evidence,
        written: Written,
        tell: Callable[[str], None],
    ) -> None:
        fault = "too_long" if len(sentence) > _LONGEST else fault_of(sentence, evidence)
        if fault is None and covered(sentence, "\n".join((*said, *written.lines))) >= _REPEATED:
            fault = "repeated"
        if fault is not None:
            written.dropped.append((sentence[:_LONGEST], fault))
            return
        written.lines.append(sentence)
        tell(sentence)


def _prompt(question: str, said: Sequence[str], points: Sequence[str], evidence: Evidence) -> Messages:
    wanted = dict.fromkeys(n for line in (*said, *points) for n in markers(line))
    passages = [f"[{n}] {c.label}{c.heading}：{c.quote}" for n, c in sorted(evidence.citations.items()) if n in wanted]
    return fill_messages(
        "write", question=question, said="\n".join(said), points="\n".join(points), passages="\n".join(passages)
    )


async def _sentences(stream: AsyncGenerator[str]) -> AsyncGenerator[str]:
    """Whole sentences of an answer as it comes, each with the marks after it; reasoning and preambles are left out."""
    buffer, begun = "", False
    async with aclosing(stream):
        async for piece in stream:
            buffer += piece
            if not begun:
                answer = _THOUGHT.sub("", buffer)
                if _BEGINS not in answer or "<think" in answer:
                    continue
                begun, buffer = True, answer.partition(_BEGINS)[2]
            whole, buffer = _cut(buffer)
            for sentence in whole:
                yield sentence
    if not begun:
        buffer = _THOUGHT.sub("", buffer).rpartition("</think>")[2].partition("<think")[0]
    whole, _ = _cut(buffer + "\n")
    for sentence in whole:
        yield sentence


def _cut(buffer: str) -> tuple[list[str], str]:
    """The whole sentences of a buffer and what is left. A mark that may still come keeps its sentence back."""
    found, at = [], 0
    for match in _SENTENCE.finditer(buffer):
        if match.end() == len(buffer) and not buffer.endswith("\n"):
            break
        if not match.group().endswith("\n") and _TRAILING_MARK.fullmatch(buffer[match.end() :]):
            break
        found.append(match.group())
        at = match.end()
    return [tidy for sentence in found if (tidy := _tidy(sentence))], buffer[at:]


def _tidy(sentence: str) -> str:
    """One line: marks stand at its end, list signs are gone."""
    plain = re.sub(r"^[\s\-•*·#>]+|\s+$", "", sentence.replace("\n", " "))
    marks = "".join(f"[{n}]" for n in dict.fromkeys(markers(plain)))
    words = MARK.sub("", plain).strip().rstrip("。；;，")
    return f"{words}{marks}" if re.search(r"[\u4e00-\u9fff\w]", words) else ""


def _left_unsaid(point: str, lines: Sequence[str]) -> str:
    """What of a point no line has said: nothing, the point, or those of its parts that are missing."""
    if not lines:
        return point
    head, colon, rest = point.partition("：")
    parts = re.split(r"(?<=\])；", rest) if colon else []
    if len(parts) > 1:
        missing = [part for part in parts if not _is_said(part, lines)]
        return f"{head}：{'；'.join(missing)}" if missing else ""
    return "" if _is_said(point, lines) else point


def _is_said(part: str, lines: Sequence[str]) -> bool:
    """Whether lines that cite the same say a part: its figures and names all, and most of its words."""
    marks = set(markers(part))
    near = "\n".join(line for line in lines if not marks or marks & set(markers(line)))
    if marks - set(markers(near)):
        return False
    if figure_values(MARK.sub("", part)) - figure_values(MARK.sub("", near)):
        return False
    if any(name not in near for name in _NAMES.findall(part)):
        return False
    return covered(part, near) >= _SAID


def _leaks(sentence: str, instructions: str) -> bool:
    plain = re.sub(r"\s", "", MARK.sub("", sentence))
    told = re.sub(r"\s", "", instructions)
    return any(plain[i : i + _LEAK] in told for i in range(len(plain) - _LEAK + 1))
