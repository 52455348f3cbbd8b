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
from knowledge.flags import Flag
from knowledge.intake.apart import propose_apart
from knowledge.intake.limits import LIMITS, Limits
from knowledge.intake.proposal import Proposal
from knowledge.intake.rows import ProposedRow
from knowledge.library import ORIGIN, QUESTIONS, RECORD, SOURCE, SUPPORTS
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
        return sum(text.count(f"{TODO} ") for name, text in self.files.items() if name != SOURCE)

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
    made = propose_apart(name, data, taken, limits)
    record = _with_days(made.record)
    came = {"origin": origin, "received": received, "sha256": sha256(data).hexdigest(), "flags": _to_accept(made.flags)}
    files = {
        SOURCE: made.source,
        RECORD: _dump(record),
        SUPPORTS: _supports(made),
        QUESTIONS: "[]\n",
        ORIGIN: _dump(came),
    }
    return Draft(record["id"], files, record, made.text, made.provisions, made.rows, made.flags)


def _with_days(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record whose dates are days again, as YAML writes them without quotes."""
    return {
        key: {**value, "date": date.fromisoformat(value["date"])} if isinstance(value, dict) else value
        for key, value in record.items()
    }


def _to_accept(flags: tuple[Flag, ...]) -> list[dict[str, str]]:
    accepted = f"{TODO} 谁看过、为什么可以留"
    return [{"kind": flag.kind.value, "words": flag.words, "accepted": accepted} for flag in flags]


def _supports(made: Proposal) -> str:
    if not made.rows:
        return "[]\n"
    headings = {p.path: " ".join(f"{p.label}{p.heading}".split()) for p in made.provisions}
    pieces: list[str] = []
    last = ""
    for row in made.rows:
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
