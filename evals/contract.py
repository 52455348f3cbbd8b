"""The shapes of the conversation contract as an outsider sees them: added fields are ignored, dropped ones not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["eligible", "conditional", "ineligible", "undetermined", "not_in_force"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Citation(_Shape):
    marker: int
    document_id: str
    document_title: str
    provision: str
    label: str
    heading: str
    quote: str
    start: int
    end: int
    lifecycle: str


class Reason(_Shape):
    condition: str
    state: Literal["met", "unmet", "unknown", "open"]
    slot: str | None
    marker: int | None


class Benefit(_Shape):
    text: str
    amount_cny: float | None
    is_cap: bool
    period: Literal["once", "month", "year"] | None


class Finding(_Shape):
    support_id: str
    title: str
    document_id: str
    provision: str
    status: Status
    otherwise: Status | None = None
    benefit: Benefit
    reasons: tuple[Reason, ...]
    open_points: tuple[str, ...]
    departments: tuple[str, ...]
    markers: tuple[int, ...]

    @property
    def undecided_slots(self) -> frozenset[str]:
        """Slots on which the verdict still hangs."""
        if "undetermined" not in (self.status, self.otherwise):
            return frozenset()
        return frozenset(r.slot for r in self.reasons if r.state == "unknown" and r.slot)


class Option(_Shape):
    id: str
    label: str


class Question(_Shape):
    slot: str
    text: str
    options: tuple[Option, ...]
    multiple: bool


class ProfileEntry(_Shape):
    value: str | tuple[str, ...]
    label: str
    source: str


class Reply(_Shape):
    text: str
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    question: Question | None
    profile: Mapping[str, ProfileEntry]
    abstained: bool
    suggestions: tuple[str, ...]
    outcome: str | None = None

    def profile_values(self) -> dict[str, object]:
        return {
            slot: list(entry.value) if isinstance(entry.value, tuple) else entry.value
            for slot, entry in self.profile.items()
        }


class SentReply(Reply):
    """A reply as it goes over the wire."""

    conversation_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the service publishes it.

    `city` is the name of its city in Chinese; `published` all that its entry in the list says, as one text.
    """

    id: str
    title: str
    city: str
    lifecycle: str
    effective_to: date | None
    published: str
    text: str
    provisions: Mapping[str, tuple[int, int]]

    def lifecycle_on(self, day: date) -> str:
        if self.lifecycle in ("draft", "repealed"):
            return self.lifecycle
        return "expired" if self.effective_to and day > self.effective_to else "in_force"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the service says it knows: the ground on which gold and replies are checked."""

    documents: Mapping[str, DocumentView]
    supports: Mapping[str, str]
    """Support id to document id."""
