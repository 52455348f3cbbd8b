"""What is proposed for a document that arrives: record, rows, flags. Made in the process of `reader`, never in ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.document import Provision
from knowledge.flags import Flag, FlagKind, find_flags, plainest, shorten
from knowledge.intake.reading import Extract
from knowledge.intake.record import propose_record
from knowledge.intake.rows import ProposedRow, propose_rows
from knowledge.layout import CLOSING, OPENING, Layout, lay_out
from knowledge.regions import served_cities


@dataclass(frozen=True, slots=True)
class Proposal:
    """`source` is the text as it came, `text` is clean and tiled by the provisions; dates are ISO text."""

    source: str
    text: str
    record: Mapping[str, Any]
    provisions: tuple[Provision, ...]
    rows: tuple[ProposedRow, ...]
    flags: tuple[Flag, ...]


def propose(extract: Extract, taken: Sequence[str]) -> Proposal:
    """Everything that patterns find in a text; an id of `taken` is not given again."""
    layout = lay_out(extract.text)
    record = propose_record(layout, tuple(taken))
    city = served_cities().get(str(record["jurisdiction"]))
    rows = propose_rows(layout.text, layout.provisions, record["id"], city.name if city else "")
    record = {**record, "facts_only": _facts_only(layout, rows)}
    return Proposal(extract.text, layout.text, record, layout.provisions, rows, _flags(extract))


def _flags(extract: Extract) -> tuple[Flag, ...]:
    hidden = (Flag(FlagKind(one.kind), shorten(plainest(one.words))) for one in extract.hidden)
    return tuple(dict.fromkeys((*find_flags(extract.text), *hidden)))


def _facts_only(layout: Layout, rows: Sequence[ProposedRow]) -> list[str]:
    """What surely holds no support: the opening, the end, and headings over other provisions."""
    covered = {row.provision for row in rows}
    paths = [p.path for p in layout.provisions]
    above = {path.rpartition("/")[0] for path in paths}
    return [path for path in paths if path not in covered and (path in (OPENING, CLOSING) or path in above)]
