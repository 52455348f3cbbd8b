"""What differs between two versions of the table and the corpus, and whose findings change. Pure; no model is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, TypeGuard

from pydantic import BaseModel

from chains.eligibility import Status, assess_all
from knowledge.document import Document
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile

TEXT = "text"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row or a record: its value then and now, None where it is not given.

    `benefit.text` is a field of a field, `when 2` the second of a list of rows, `text 1/3` the words of a provision.
    """

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A row or a document that is in both versions and not the same."""

    id: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or a document that is in one version alone."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What was added, removed and changed among rows or documents."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Profile:
    """A test profile, and the day for which it is asked where it has one of its own."""

    name: str
    profile: EnterpriseProfile
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status of a support; `otherwise` is what would hold if its document were in force."""

    status: Status
    otherwise: Status


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A support whose finding for a profile is another one; None where a version has no such support for it."""

    profile: str
    support_id: str
    title: str
    old: Verdict | None
    new: Verdict | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. `profiles` is how many were tried, `as_of` the day for those without their own."""

    documents: Changes
    supports: Changes
    findings: tuple[ChangedFinding, ...]
    profiles: int
    as_of: date

    @property
    def is_empty(self) -> bool:
        return self.documents.is_empty and self.supports.is_empty


def compare(old: Library, new: Library, profiles: Iterable[Profile], as_of: date) -> Difference:
    """Two versions, row by row and field by field, and the findings of the profiles that change."""
    tried = tuple(profiles)
    documents = _changes(
        {d.id: (d.record.title, _fields(d.record) | _texts(d)) for d in old.documents.values()},
        {d.id: (d.record.title, _fields(d.record) | _texts(d)) for d in new.documents.values()},
    )
    supports = _changes(
        {s.id: (s.title, _fields(s)) for s in old.supports.values()},
        {s.id: (s.title, _fields(s)) for s in new.supports.values()},
    )
    findings = tuple(change for one in tried for change in _changed_findings(old, new, one, one.as_of or as_of))
    return Difference(documents, supports, findings, len(tried), as_of)


def _fields(row: BaseModel) -> dict[str, Any]:
    return row.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _texts(document: Document) -> dict[str, str]:
    """The words of each provision, under `text` and its path."""
    return {f"{TEXT} {path}": document.words(path).strip() for path in document.provisions}


def _changes(old: Mapping[str, tuple[str, dict[str, Any]]], new: Mapping[str, tuple[str, dict[str, Any]]]) -> Changes:
    added = tuple(Entry(key, title) for key, (title, _) in new.items() if key not in old)
    removed = tuple(Entry(key, title) for key, (title, _) in old.items() if key not in new)
    changed: list[Changed] = []
    for key, (title, fields) in new.items():
        if key in old and (differing := tuple(_differing(old[key][1], fields))):
            changed.append(Changed(key, title, differing))
    return Changes(added, removed, tuple(changed))


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterable[FieldChange]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from (FieldChange(f"{name}.{c.name}", c.old, c.new) for c in _differing(before, after))
        elif _is_list_of_rows(before) and _is_list_of_rows(after):
            pairs = enumerate(zip_longest(before, after), start=1)
            yield from (FieldChange(f"{name} {number}", one, other) for number, (one, other) in pairs if one != other)
        elif before != after:
            yield FieldChange(name, before, after)


def _is_list_of_rows(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _changed_findings(old: Library, new: Library, one: Profile, as_of: date) -> Iterable[ChangedFinding]:
    before, after = _verdicts(old, one.profile, as_of), _verdicts(new, one.profile, as_of)
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            title = (new.supports.get(key) or old.supports[key]).title
            yield ChangedFinding(one.name, key, title, before.get(key), after.get(key))


def _verdicts(library: Library, profile: EnterpriseProfile, as_of: date) -> dict[str, Verdict]:
    return {f.support.id: Verdict(f.status, f.otherwise) for f in assess_all(library, profile, as_of)}
