"""What goes over the wire: the bodies of requests and responses, exactly as OpenAPI tells them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StrictBool, WithJsonSchema

from bot.messages import MAX_CHARACTERS
from bot.text import mend
from chains.reply import BenefitView, Citation, FindingView, ProfileEntry, Reply
from knowledge.document import Document, Lifecycle, Provision
from knowledge.profile import MAX_TEXT, NONE, UNKNOWN, Slot, SlotKind, slots
from knowledge.support import Condition, Support

MAX_CHOICES = 50

FeedbackReason = Literal["amount", "verdict", "misheard", "not_found", "other"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _mended(given: object) -> object:
    return mend(given) if isinstance(given, str) else given


def _day(given: object) -> object:
    if given is None or isinstance(given, date):
        return given
    if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise ValueError("应为 YYYY-MM-DD 形式的日期，例如 2026-11-20")


_Mended = BeforeValidator(_mended)

Text = Annotated[str, Field(max_length=MAX_CHARACTERS), _Mended]
Day = Annotated[date, BeforeValidator(_day)]
OptionId = Annotated[str, Field(min_length=1, max_length=100), _Mended]
DeliveryId = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"), _Mended]


class NewConversation(_Shape):
    """`as_of` is the day for which every verdict of the conversation holds; today in Asia/Shanghai by default."""

    as_of: Day | None = None


class OpenedConversation(_Shape):
    id: str
    token: str
    as_of: date


class NewMessage(_Shape):
    """A message: free text, or options of the question asked last, or both."""

    text: Text = ""
    choices: Annotated[tuple[OptionId, ...], Field(max_length=MAX_CHOICES)] | None = None
    client_message_id: DeliveryId | None = None


class ReplyBody(Reply):
    """The answer to a message."""

    conversation_id: str
    message_id: str


class MessageView(_Shape):
    """`author` is null for the assistant, a name for staff, `notice` for a reminder."""

    message_id: str
    role: Literal["user", "assistant"]
    text: str
    at: datetime
    author: str | None = None
    client_message_id: str | None = None
    choices: tuple[str, ...] = ()
    reply: ReplyBody | None = None


class ConversationView(_Shape):
    """`with_staff` says that staff serve the conversation: the assistant keeps quiet meanwhile."""

    id: str
    as_of: date
    profile: Mapping[str, ProfileEntry]
    with_staff: bool
    messages: tuple[MessageView, ...]


class NewLink(_Shape):
    """A code with which one other channel joins the conversation, once, until `expires_at`."""

    code: str
    expires_at: datetime


class LinkView(_Shape):
    """A channel that holds the conversation; `since` is when it was first heard of there."""

    channel: str
    since: datetime


class NewFeedback(_Shape):
    """What a person thinks of an answer; a reason is only kept of one that did not help."""

    helpful: StrictBool
    reason: FeedbackReason | None = None


class NoticeView(_Shape):
    text: str
    source: str
    date: date


class ProvisionView(_Shape):
    """A piece of the document's text: `text[start:end]`."""

    provision: str
    label: str
    heading: str
    start: int
    end: int


class DocumentView(_Shape):
    """A policy document as of a day."""

    id: str
    title: str
    short_title: str
    jurisdiction: str
    number: str | None
    issuer: str | None
    issued: date | None
    lifecycle: Lifecycle
    effective_from: date | None
    effective_to: date | None
    notices: tuple[NoticeView, ...]


class WholeDocument(DocumentView):
    text: str
    provisions: tuple[ProvisionView, ...]


class ConditionView(_Shape):
    """A test of one slot, or (`open`) words that only the authority can judge."""

    text: str
    quote: str
    provision: str
    slot: str | None
    test: dict[str, str | tuple[str, ...]] | None
    open: bool


class SupportBenefit(BenefitView):
    quote: str


class SupportView(_Shape):
    """A row of the rules table."""

    support_id: str
    title: str
    aliases: tuple[str, ...]
    document_id: str
    jurisdiction: str
    provision: str
    kind: str
    strength: str
    conditions: tuple[ConditionView, ...]
    benefit: SupportBenefit
    open_points: tuple[str, ...]
    departments: tuple[str, ...]


def _profile_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _slot_schema(slot) for name, slot in slots().items()},
    }


def _slot_schema(slot: Slot) -> dict[str, Any]:
    """The values of a slot; `unknown`, null and leaving it out are the same."""
    unknown: list[dict[str, Any]] = [{"type": "null"}, {"const": [UNKNOWN]}]
    match slot.kind:
        case SlotKind.TEXT:
            inner = r"[^<>\u0000-\u001f]"
            edge = r"[^<>\s\u0000-\u001f]"
            words = {"type": "string", "pattern": rf"^\s*{edge}({inner}{{0,{MAX_TEXT - 2}}}{edge})?\s*$"}
            return {"anyOf": [words, *unknown]}
        case SlotKind.SEVERAL:
            some = {"type": "array", "items": {"type": "string", "enum": list(slot.values)}}
            none = {"type": "array", "items": {"const": NONE}}
            one = {"type": "string", "enum": [*slot.values, NONE, UNKNOWN]}
            return {"anyOf": [some, none, one, *unknown]}
        case _:
            return {"anyOf": [{"type": "string", "enum": [*slot.values, UNKNOWN]}, *unknown]}


ProfileInput = Annotated[dict[str, JsonValue], WithJsonSchema(_profile_schema())]


class NewScreening(_Shape):
    """A profile, slot by slot, and the day for which it is judged."""

    profile: ProfileInput
    as_of: Day | None = None


class Screening(_Shape):
    as_of: date
    findings: tuple[FindingView, ...]


class CitedScreening(Screening):
    """The findings with the words they rest on, by marker."""

    citations: tuple[Citation, ...]


class Explained(_Shape):
    """One verdict: each reason's marker leads to the words that state the condition."""

    as_of: date
    finding: FindingView
    citations: tuple[Citation, ...]


class FoundPassage(_Shape):
    """A support or a fact and its words; `coverage` is the share of what was looked for that stands in it."""

    title: str
    support_id: str | None
    coverage: float
    citation: Citation


class Passages(_Shape):
    as_of: date
    passages: tuple[FoundPassage, ...]


class DocumentList(_Shape):
    as_of: date
    documents: tuple[DocumentView, ...]


class ReadDocument(_Shape):
    as_of: date
    document: WholeDocument


class ReadProvision(_Shape):
    """A piece of a document: `start` and `end` are its place in the whole text."""

    as_of: date
    document_id: str
    document_title: str
    lifecycle: Lifecycle
    provision: str
    label: str
    heading: str
    text: str
    start: int
    end: int


class Health(_Shape):
    status: Literal["ok"] = "ok"


class Readiness(_Shape):
    """`degraded` serves on with what it last had; `problems` say why."""

    status: Literal["ready", "degraded", "starting", "unavailable"]
    problems: tuple[str, ...] = ()


def document_view(document: Document, on: date) -> DocumentView:
    return DocumentView.model_validate(_document_fields(document, on))


def whole_document(document: Document, on: date) -> WholeDocument:
    provisions = tuple(_provision_view(p) for p in document.provisions.values())
    return WholeDocument(**_document_fields(document, on), text=document.text, provisions=provisions)


def _document_fields(document: Document, on: date) -> dict[str, Any]:
    record = document.record
    dated = {"issued": record.issued, "effective_from": record.effective_from, "effective_to": record.effective_to}
    return {
        "id": record.id,
        "title": record.title,
        "short_title": record.short_title,
        "jurisdiction": record.jurisdiction,
        "number": record.number,
        "issuer": record.issuer,
        "lifecycle": document.lifecycle(on),
        "notices": tuple(NoticeView(text=n.text, source=n.source, date=n.date) for n in record.notices),
        **{name: value.date if value else None for name, value in dated.items()},
    }


def _provision_view(provision: Provision) -> ProvisionView:
    return ProvisionView(
        provision=provision.path,
        label=provision.label,
        heading=provision.heading,
        start=provision.start,
        end=provision.end,
    )


def support_view(support: Support, document: Document) -> SupportView:
    return SupportView(
        support_id=support.id,
        title=support.title,
        aliases=support.aliases,
        document_id=document.id,
        jurisdiction=document.city,
        provision=support.provision,
        kind=support.kind,
        strength=support.strength,
        conditions=tuple(_condition_view(c, support) for c in support.when),
        benefit=SupportBenefit.model_validate(support.benefit.model_dump()),
        open_points=support.open_points,
        departments=support.departments,
    )


def _condition_view(condition: Condition, support: Support) -> ConditionView:
    tests = {
        "is": condition.is_,
        "in": condition.in_,
        "includes_any": condition.includes_any,
        "within": condition.within,
    }
    test = {name: value for name, value in tests.items() if value}
    return ConditionView(
        text=condition.text,
        quote=condition.quote,
        provision=condition.provision or support.provision,
        slot=condition.slot,
        test=test or None,
        open=condition.open,
    )
