"""Does a reply say only what its citations and findings say? Drops what is not shown; knows no wording."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from chains.citation import MARK, markers
from chains.reply import Citation
from knowledge.document import Document
from knowledge.figures import chinese_number, figure_values, read_figures
from knowledge.library import Library

_COUNTS = re.compile(r"(?:共|另有|其余|还有|列出|这|前)\s*\d+\s*[项条个]")
_PROMISES = re.compile(r"(?:一定|肯定|必然|保证|包|绝对)(?:能|可以|会)?(?:拿到|通过|获批|批|下来|成功|给)")
# 960元×2+2400元×1=4320元: figures of the text times counts that were told, and what they come to.
_RECKONED = re.compile(r"(?P<sum>\d+元(?:×\d+(?:个月)?)*(?:\+\d+元(?:×\d+(?:个月)?)*)*)=(?P<total>\d+)元")
_COUNT = re.compile(r"\d+|[一二三四五六七八九十百]+|两")
_MONTHS_OF_A_YEAR = "12个月"


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be shown, and what was dropped and why (for staff)."""

    text: str
    dropped: tuple[tuple[str, str], ...]


def verify(text: str, citations: Iterable[Citation], library: Library, said: str) -> Checked:
    """Drop each line that holds a figure without a quote, a mark without a citation, or a promise.

    A sum that is worked out before the reader's eyes from quoted sums and counts that were told has its source in them.
    `said` are the person's own words in the conversation: their figures may be repeated.
    """
    known = {c.marker: c for c in citations if _is_verbatim(c, library.documents.get(c.document_id))}
    public = library.published
    own = figure_values(said)
    kept: list[str] = []
    dropped: list[tuple[str, str]] = []
    for line in text.split("\n"):
        missing = [n for n in markers(line) if n not in known]
        if missing:
            dropped.append((line, "mark without a verbatim quote"))
            continue
        quoted = {v for n in markers(line) for v in figure_values(known[n].quote)}
        plain = _without_sums(_COUNTS.sub("", MARK.sub("", line)), quoted, said)
        bare = [f for f in read_figures(plain) if (f.kind, f.value) not in quoted | own | public]
        if bare:
            dropped.append((line, f"unsupported_number {bare[0].words}"))
        elif _PROMISES.search(plain):
            dropped.append((line, "promise"))
        else:
            kept.append(line)
    return Checked(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(), tuple(dropped))


def _without_sums(line: str, quoted: set[tuple[str, Decimal]], said: str) -> str:
    """A line without the sums that are worked out in it rightly, from sums of its quotes and counts of the person."""
    counts = {str(chinese_number(words) if not words.isdigit() else int(words)) for words in _COUNT.findall(said)}

    def checked(match: re.Match[str]) -> str:
        total = 0
        for part in match["sum"].split("+"):
            amount, *factors = part.split("×")
            if ("money", Decimal(amount.rstrip("元"))) not in quoted:
                return match.group()
            if any(factor not in counts | {_MONTHS_OF_A_YEAR} for factor in factors):
                return match.group()
            total += prod(int(number.rstrip("元个月")) for number in (amount, *factors))
        return "" if total == int(match["total"]) else match.group()

    return _RECKONED.sub(checked, line)


def _is_verbatim(citation: Citation, document: Document | None) -> bool:
    return document is not None and document.text[citation.start : citation.end] == citation.quote
