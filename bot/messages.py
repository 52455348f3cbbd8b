"""What every channel speaks: what came in, what is to be shown, and what a platform said of it. No platform's words."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from chains.reply import Citation, Question, Reply

MAX_CHARACTERS = 2000  # of one message
STAFF = "staff"  # the outcome of what staff say
NOTICE = "notice"  # the outcome of what subscribers are told unasked


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What a person said or tapped. `delivery_id` is the sender's own id: the same one twice is the same message.

    `instead_of` is that of a message which this one words anew.
    """

    conversation_id: str
    text: str
    choices: tuple[str, ...] = ()
    delivery_id: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """An answer as it was stored. `body` is the exact JSON that every repetition of the same message gets again."""

    conversation_id: str
    message_id: str
    body: str

    @property
    def reply(self) -> Reply:
        fields = json.loads(self.body)
        return Reply.model_validate({k: v for k, v in fields.items() if k in Reply.model_fields})


class Kind(StrEnum):
    """What a platform delivered. Who has RETURNED can be written to again, and says so themselves right after."""

    TEXT = "text"
    TAP = "tap"
    VOICE = "voice"
    PICTURE = "picture"
    FILE = "file"
    LOCATION = "location"
    EDITED = "edited"
    FORWARDED = "forwarded"
    JOINED = "joined"
    LEFT = "left"
    RETURNED = "returned"
    OTHER = "other"


class Action(StrEnum):
    """What a button does. Its value: an option, a marker, a reason or a confirmation; see `Tap`."""

    CHOOSE = "o"
    TICK = "t"
    SUBMIT = "s"
    CITE = "c"
    SAY = "y"
    HELPFUL = "g"
    UNHELPFUL = "b"
    REASON = "r"
    CONFIRM = "k"
    DISMISS = "x"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tap(_Record):
    """A tapped button. `about` is the beginning of the id of the message it stood under; `shown` names what the
    platform can change in place, `receipt` what it wants answered."""

    action: Action
    about: str = ""
    value: str = ""
    shown: str = ""
    receipt: str = ""


class Delivery(_Record):
    """What a platform brought, once it is known to be genuine.

    `delivery_id` is the platform's number of this delivery, `identity` names the message itself: the same message
    may come under several numbers. `address` is where answers go. `place` sorts the deliveries of one address, as
    text, in the order in which they were sent. `corrects` names the message that an edit words anew: by its
    identity, and once it is kept by the id of its row in the inbox. `quote` is what an answer points to where several
    people talk.
    """

    channel: str
    delivery_id: str
    identity: str | None = None
    address: str
    place: str
    sent_at: datetime
    kind: Kind
    text: str = ""
    tap: Tap | None = None
    corrects: str | None = None
    quote: str = ""


class Button(_Record):
    """A button beside those of the question: what it does and what stands on it."""

    action: Action
    value: str
    label: str


class Sheet(_Record):
    """One thing to be shown to a person; a platform turns it into one or more messages of its own.

    `text` is light Markdown with citation marks. `message_id` is that of the answer, which taps refer to; `ticked`
    are options of a checklist. With `replaces` a message that stands there already is changed in place: its text, or
    its buttons alone where `text` is empty. With `receipt` a tap is answered; a sheet that has nothing but a receipt
    and a text shows that as a hint that passes. `quote` names the message that it answers, where that is to be seen.
    """

    text: str
    message_id: str = ""
    citations: tuple[Citation, ...] = ()
    question: Question | None = None
    ticked: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    takes_feedback: bool = False
    replaces: str = ""
    quote: str = ""
    receipt: str = ""
