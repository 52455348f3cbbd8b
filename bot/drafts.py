"""Drafts of documents that were taken in, kept in the data directory until somebody throws them away."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

from bot.intake import report
from knowledge.flags import FlagKind

if TYPE_CHECKING:
    from knowledge.ingest import Draft

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_ABOUT, _PACKED = "about.json", "draft.zip"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptRow(_Kept):
    """A proposed row, as the page shows it."""

    provision: str
    heading: str
    quote: str
    kind: str
    strength: str
    amount: str
    conditions: tuple[str, ...]


class KeptFlag(_Kept):
    kind: FlagKind
    words: str


class KeptDraft(_Kept):
    """What the console tells of a draft; the folder itself is in its archive."""

    key: str
    id: str
    title: str
    origin: str
    by: str
    at: datetime
    todos: int
    report: tuple[str, ...]
    flags: tuple[KeptFlag, ...]
    rows: tuple[KeptRow, ...]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts in a folder, each under a key of its own; keys are made here and nothing else names a file."""

    folder: Path

    def keep(self, draft: "Draft", origin: str, by: str, at: datetime) -> KeptDraft:
        key = secrets.token_hex(16)
        kept = KeptDraft(
            key=key,
            id=draft.id,
            title=str(draft.record["title"]),
            origin=origin,
            by=by,
            at=at,
            todos=draft.todos,
            report=tuple(report(draft, draft.id)),
            flags=tuple(KeptFlag(kind=flag.kind, words=flag.words) for flag in draft.flags),
            rows=_rows(draft),
        )
        place = self.folder / key
        place.mkdir(parents=True)
        (place / _PACKED).write_bytes(draft.as_zip())
        (place / _ABOUT).write_text(kept.model_dump_json(), encoding="utf-8")
        return kept

    def all(self) -> Sequence[KeptDraft]:
        """All drafts, latest first."""
        if not self.folder.is_dir():
            return []
        found = [draft for place in self.folder.iterdir() if (draft := self.find(place.name)) is not None]
        return sorted(found, key=lambda draft: draft.at, reverse=True)

    def find(self, key: str) -> KeptDraft | None:
        place = self._place(key)
        if place is None:
            return None
        try:
            return KeptDraft.model_validate(json.loads((place / _ABOUT).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def packed(self, key: str) -> bytes | None:
        place = self._place(key)
        return (place / _PACKED).read_bytes() if place is not None and (place / _PACKED).is_file() else None

    def discard(self, key: str) -> None:
        place = self._place(key)
        if place is None:
            return
        for name in (_ABOUT, _PACKED):
            (place / name).unlink(missing_ok=True)
        if place.is_dir():
            place.rmdir()

    def _place(self, key: str) -> Path | None:
        return self.folder / key if _KEY.fullmatch(key) else None


def _rows(draft: "Draft") -> tuple[KeptRow, ...]:
    headings = {p.path: f"{p.label}{p.heading}" for p in draft.provisions}
    return tuple(
        KeptRow(
            provision=row.provision,
            heading=headings[row.provision],
            quote=row.quote,
            kind=row.values["kind"],
            strength=row.values["strength"],
            amount=_amount(row.values["benefit"].get("amount_cny")),
            conditions=tuple(condition["text"] for condition in row.values["when"]),
        )
        for row in draft.rows
    )


def _amount(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "")
