"""Does a reply say only what its citations and findings say? Drops what is not shown; knows no wording."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chains.citation import MARK, markers
from chains.reply import Citation
from knowledge.document import Document
from knowledge.figures import figure_values, read_figures
from knowledge.library import Library

_COUNTS = re.compile(r"(?:共|另有|其余|还有|列出|这|前)\s*\d+\s*[项条个]")
_PROMISES = re.compile(r"(?:一定|肯定|必然|保证|包|绝对)(?:能|可以|会)?(?:拿到|通过|获批|批|下来|成功|给)")


@dataclass(frozen=True, slots=True)
class Checked:
    """What may be shown, and what was dropped and why (for staff)."""

    text: str
    dropped: tuple[tuple[str, str], ...]


def verify(text: str, citations: Iterable[Citation], library: Library, said: str) -> Checked:
    """Drop each line that holds a figure without a quote, a mark without a citation, or a promise.

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
        plain = _COUNTS.sub("", MARK.sub("", line))
        bare = [f for f in read_figures(plain) if (f.kind, f.value) not in quoted | own | public]
        if bare:
            dropped.append((line, f"unsupported_number {bare[0].words}"))
        elif _PROMISES.search(plain):
            dropped.append((line, "promise"))
        else:
            kept.append(line)
    return Checked(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(), tuple(dropped))


def _is_verbatim(citation: Citation, document: Document | None) -> bool:
    return document is not None and document.text[citation.start : citation.end] == citation.quote
