"""One delivery being attended to, what is remembered between two of them, and what comes of it. It asks nobody."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.messages import Action, Button, Delivery, Sheet
from bot.store.database import Consequence
from bot.store.people import Contact
from bot.text import readable
from chains.prompting import texts, wording


class ContactState(BaseModel):
    """What the front desk remembers of a contact between two deliveries.

    `shown` is the id of the answer shown last, `ticked` what is ticked of its checklist, `buttons` those that stood
    under the last sheet, `confirming` what waits for a yes, `tries` when codes were tried, `uninformed` whether they
    have still to be told what becomes of their data.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    shown: str = ""
    ticked: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    confirming: str = ""
    tries: tuple[datetime, ...] = ()
    refused: bool = False
    uninformed: bool = False


@dataclass(frozen=True, slots=True)
class Attended:
    """What answers a delivery; without a contact they have been forgotten.

    `also` happens in the transaction that keeps the answer.
    """

    contact: Contact | None
    state: ContactState
    sheets: tuple[Sheet, ...] = ()
    also: Consequence | None = None
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One delivery being attended to; `tell` hears the answer while it is made."""

    inbox_id: str
    delivery: Delivery
    contact: Contact
    state: ContactState
    also: Consequence | None = None
    tell: Callable[[str], None] | None = None

    def attended(self, *sheets: Sheet) -> Attended:
        return Attended(self.contact, self.state, sheets, self.also)

    def saying(self, text: str) -> Attended:
        return self.attended(*self.receipts(), Sheet(text=readable(text)))

    def hinting(self, text: str) -> Attended:
        """A hint that passes where a tap can be answered by one, a message elsewhere."""
        tap = self.delivery.tap
        return self.attended(Sheet(text=text, receipt=tap.receipt if tap else ""))

    def receipts(self) -> tuple[Sheet, ...]:
        """What tells the platform that a tap has been taken."""
        tap = self.delivery.tap
        return (Sheet(text="", receipt=tap.receipt),) if tap and tap.receipt else ()

    def asking(self, text: str, confirming: str, yes: str, no: str) -> Attended:
        """A yes or no that is asked before something is done for good; `yes` and `no` are keys of their labels."""
        labels = texts("desk_buttons")
        buttons = (
            Button(action=Action.CONFIRM, value=confirming, label=labels[yes]),
            Button(action=Action.DISMISS, value=confirming, label=labels[no]),
        )
        state = self.state.model_copy(update={"confirming": confirming, "buttons": buttons})
        return Attended(self.contact, state, (*self.receipts(), Sheet(text=text, buttons=buttons)))

    def is_shown(self, about: str) -> bool:
        """Whether a tap is about the answer shown last."""
        return bool(about) and self.state.shown.startswith(about)


def introduced(attended: Attended) -> Attended:
    """The first answer says in one sentence what becomes of a person's data, before it asks for any.

    A hint that passes is no answer: then the next one says it.
    """
    told = changed(attended, lambda sheet: _with_paragraph(sheet, wording("desk.privacy")))
    return replace(told, state=told.state.model_copy(update={"uninformed": told is attended}))


def prefixed(attended: Attended, words: str) -> Attended:
    return changed(attended, lambda sheet: f"{words}\n\n{sheet.text}")


def changed(attended: Attended, text_of: Callable[[Sheet], str]) -> Attended:
    """The same with other words on the first sheet that says something."""
    return _updated(attended, lambda sheet: {"text": text_of(sheet)})


def quoting(attended: Attended, message: str) -> Attended:
    """The same as an answer to one message of many."""
    return _updated(attended, lambda _: {"quote": message})


def _updated(attended: Attended, update: Callable[[Sheet], dict[str, str]]) -> Attended:
    first = next((i for i, s in enumerate(attended.sheets) if s.text and not s.receipt), None)
    if first is None:
        return attended
    sheets = list(attended.sheets)
    sheets[first] = sheets[first].model_copy(update=update(sheets[first]))
    return replace(attended, sheets=tuple(sheets))


def _with_paragraph(sheet: Sheet, words: str) -> str:
    """The sheet's text and a paragraph more: before the question that it ends with, before all if buttons follow."""
    if sheet.buttons:
        return f"{words}\n\n{sheet.text}"
    asked = sheet.question.text if sheet.question and sheet.text.endswith(sheet.question.text) else ""
    said = sheet.text.removesuffix(asked).rstrip()
    return "\n\n".join(part for part in (said, words, asked) if part)


def read_state(state: str) -> ContactState:
    try:
        return ContactState.model_validate_json(state) if state else ContactState(uninformed=True)
    except ValidationError:  # written by another version
        return ContactState()
