"""What the assistant says in one turn, in the shape that every channel and client reads."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.profile import Source


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Citation(_Part):
    """A verbatim quote: `text[start:end] == quote` on the document's clean text."""

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


class Reason(_Part):
    """One condition of a support and how it stands."""

    condition: str
    state: Literal["met", "unmet", "unknown", "open"]
    slot: str | None = None
    marker: int | None = None
    fact: str | None = None


class BenefitView(_Part):
    """What a support gives; `amount_cny` in yuan."""

    text: str
    amount_cny: int | None
    is_cap: bool
    period: Literal["once", "month", "year"] | None


class FindingView(_Part):
    """What is known of one support for one enterprise on one day."""

    support_id: str
    title: str
    document_id: str
    provision: str
    kind: str
    strength: str
    status: Literal["eligible", "conditional", "ineligible", "undetermined", "not_in_force"]
    otherwise: Literal["eligible", "conditional", "ineligible", "undetermined"] | None = None
    lifecycle: str
    benefit: BenefitView
    reasons: tuple[Reason, ...]
    open_points: tuple[str, ...]
    departments: tuple[str, ...]
    markers: tuple[int, ...] = ()


class Option(_Part):
    id: str
    label: str


class Question(_Part):
    """What is asked next: one slot, or `checklist` for several yes/no facts in one tap."""

    slot: str
    text: str
    options: tuple[Option, ...]
    multiple: bool


class ProfileEntry(_Part):
    value: str | tuple[str, ...]
    label: str
    source: Source


class Reply(_Part):
    """One answer. Where it is sent, the conversation's and the message's ids are added.

    `notes` are quiet lines about how the answer was made, not about what it says.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    findings: tuple[FindingView, ...] = ()
    question: Question | None = None
    profile: Mapping[str, ProfileEntry] = {}
    abstained: bool = False
    suggestions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outcome: str = "answered"
    as_of: str = ""
