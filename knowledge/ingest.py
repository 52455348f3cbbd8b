"""A document that arrives becomes a draft folder, for an editor to finish. Nothing goes live by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import yaml

from knowledge.document import Provision
from knowledge.flags import Flag, FlagKind, find_flags, plainest, shorten
from knowledge.intake.apart import read_apart
from knowledge.intake.limits import LIMITS, Limits
from knowledge.intake.reading import Extract
from knowledge.intake.record import propose_record
from knowledge.intake.rows import ProposedRow, propose_rows
from knowledge.layout import CLOSING, OPENING, Layout, lay_out
from knowledge.library import ORIGIN, QUESTIONS, RECORD, SOURCE, SUPPORTS
from knowledge.regions import served_cities
from knowledge.written import TODO


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft folder that is not written yet, and what was found on the way. `text` is clean, `provisions` tile it."""

    id: str
    files: Mapping[str, str]
    record: Mapping[str, Any]
    text: str
    provisions: tuple[Provision, ...]
    rows: tuple[ProposedRow, ...]
    flags: tuple[Flag, ...]

    @property
    def without_row(self) -> tuple[Provision, ...]:
        """Provisions for which nothing was proposed and which are no mere headings: a person decides what they are."""
        facts = self.record["facts_only"]
        covered = {row.provision for row in self.rows}
        return tuple(p for p in self.provisions if p.path not in covered and p.path not in facts)

    @property
    def todos(self) -> int:
        """How many values an editor still has to decide."""
        return sum(text.count(f"{TODO} ") for text in self.files.values())

    def write(self, folder: Path) -> Path:
        """The folder, made in `folder`. Raises FileExistsError rather than write over one that is there."""
        target = folder / self.id
        target.mkdir(parents=True)
        for name, text in self.files.items():
            (target / name).write_text(text, encoding="utf-8")
        return target

    def as_zip(self) -> bytes:
        """The folder as an archive."""
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as archive:
            for name, text in self.files.items():
                archive.writestr(f"{self.id}/{name}", text)
        return written.getvalue()


def ingest(
    name: str,
    data: bytes,
    *,
    origin: str,
    received: date,
    taken: Sequence[str] = (),
    limits: Limits = LIMITS,
) -> Draft:
    """The draft of a document; `name` tells its kind, `taken` are the ids in use. Raises Refused."""
    extract = read_apart(name, data, limits)
    layout = lay_out(extract.text)
    record = propose_record(layout, tuple(taken))
    city = served_cities().get(str(record["jurisdiction"]))
    rows = propose_rows(layout.text, layout.provisions, record["id"], city.name if city else "")
    record = {**record, "facts_only": _facts_only(layout, rows)}
    flags = _flags(extract)
    came = {"origin": origin, "received": received, "sha256": sha256(data).hexdigest(), "flags": _to_accept(flags)}
    files = {
        SOURCE: extract.text,
        RECORD: _dump(record),
        SUPPORTS: _supports(rows, layout),
        QUESTIONS: "[]\n",
        ORIGIN: _dump(came),
    }
    return Draft(record["id"], files, record, layout.text, layout.provisions, rows, flags)


def _flags(extract: Extract) -> tuple[Flag, ...]:
    hidden = (Flag(FlagKind(one.kind), shorten(plainest(one.words))) for one in extract.hidden)
    return tuple(dict.fromkeys((*find_flags(extract.text), *hidden)))


def _to_accept(flags: tuple[Flag, ...]) -> list[dict[str, str]]:
    accepted = f"{TODO} 谁看过、为什么可以留"
    return [{"kind": flag.kind.value, "words": flag.words, "accepted": accepted} for flag in flags]


def _facts_only(layout: Layout, rows: Sequence[ProposedRow]) -> list[str]:
    """What surely holds no support: the opening, the end, and headings over other provisions."""
    covered = {row.provision for row in rows}
    paths = [p.path for p in layout.provisions]
    above = {path.rpartition("/")[0] for path in paths}
    return [path for path in paths if path not in covered and (path in (OPENING, CLOSING) or path in above)]


def _supports(rows: Sequence[ProposedRow], layout: Layout) -> str:
    if not rows:
        return "[]\n"
    headings = {p.path: " ".join(f"{p.label}{p.heading}".split()) for p in layout.provisions}
    pieces: list[str] = []
    last = ""
    for row in rows:
        if row.provision != last:
            pieces.append(f"# {row.provision} {headings[row.provision]}\n")
            last = row.provision
        pieces.append(_dump([dict(row.values)]))
    return "".join(pieces)


class _Dumper(yaml.SafeDumper):
    """Writes each value where it belongs, without references to another place."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _dump(values: object) -> str:
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=None)
