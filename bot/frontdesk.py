"""What a delivery from a platform asks for, and the sheets that answer it. It keeps nothing by itself.

Words go to the reception like any other message; here is what people do beside talking: tap, tick, look up a clause,
join a channel, have their data erased.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SHANGHAI, Clock, today
from bot.messages import (
    MAX_CHARACTERS,
    STAFF,
    Action,
    Button,
    Delivery,
    IncomingMessage,
    Kind,
    OutgoingMessage,
    Sheet,
    Tap,
)
from bot.reception import AnswerFailed, NotOffered, Reception
from bot.rendering import LIFECYCLE_WORDS, marked_provision, read_choice, read_citation, sheet_of
from bot.store.database import Consequence
from bot.store.mail import Mail, StoredDelivery, Waiting
from bot.store.people import (
    CODE_MINUTES,
    Contact,
    People,
    forget,
    leave,
    link,
    lose,
    serve_elsewhere,
    staff_of,
    tell_contacts,
)
from bot.text import readable
from chains.prompting import read_data, texts, wording
from chains.reply import Citation, Reply
from knowledge.document import Lifecycle
from knowledge.profile import NONE

if TYPE_CHECKING:
    from chains.assistant import Assistant

_MOST_TRIES = 5
_TRIES_HOURS = 1
_ERASE, _LINK = "erase", "link"
_BACK = "back"
_FEW = 4
_REASONS = ("amount", "verdict", "misheard", "not_found", "other")
_WHO_ANSWERS = frozenset({"with_staff"})


class ContactState(BaseModel):
    """What the front desk remembers of a contact between two deliveries.

    `shown` is the id of the answer shown last, `ticked` what is ticked of its checklist, `buttons` those that stood
    under the last sheet, `confirming` what waits for a yes, `tries` when codes were tried.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    shown: str = ""
    ticked: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    confirming: str = ""
    tries: tuple[datetime, ...] = ()
    refused: bool = False


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


class FrontDesk:
    """Attends to deliveries, one of a contact at a time. Attending twice to the same one comes to the same."""

    def __init__(
        self,
        reception: Reception,
        people: People,
        mail: Mail,
        assistant: Callable[[], Awaitable["Assistant"]],
        clock: Clock,
        public_url: str = "",
    ) -> None:
        self._reception = reception
        self._people = people
        self._mail = mail
        self._assistant = assistant
        self._clock = clock
        self._public_url = public_url.rstrip("/")

    async def attend(self, stored: StoredDelivery) -> Attended:
        """Raises StoreUnavailable, and whatever goes wrong unforeseen."""
        delivery = stored.delivery
        assert delivery is not None, "a delivery that is done is not attended to"
        contact = await self._people.meet(delivery.channel, delivery.address, self._clock())
        is_new = not contact.state
        visit = _Visit(stored.id, delivery, contact, _read_state(contact.state))
        if stored.state is Waiting.REFUSED:
            return self._refuse(visit)
        attended = await self._attend(replace(visit, state=visit.state.model_copy(update={"refused": False})))
        return _introduced(attended) if is_new and delivery.kind is not Kind.JOINED else attended

    async def _attend(self, visit: "_Visit") -> Attended:
        delivery = visit.delivery
        match delivery.kind:
            case Kind.TAP if delivery.tap is not None:
                return await self._tap(visit, delivery.tap)
            case Kind.JOINED:
                return await self._join(visit)
            case Kind.LEFT:
                return self._lose(visit)
            case Kind.TEXT | Kind.VOICE if delivery.text.strip():
                return await self._hear(visit)
            case Kind.PICTURE | Kind.FILE if delivery.text.strip():
                return _prefixed(await self._hear(visit), wording("desk.only_words"))
            case Kind.EDITED if delivery.text.strip():
                return _prefixed(await self._hear(visit), wording("desk.edited"))
            case _ if delivery.tap is not None:
                return visit.hinting(wording("desk.stale"))
            case Kind.TEXT | Kind.TAP | Kind.EDITED:
                return visit.saying(wording("desk.other"))
            case kind:
                return visit.saying(wording(f"desk.{kind.value}"))

    def _refuse(self, visit: "_Visit") -> Attended:
        """Too many at once: said honestly, and once."""
        sheets = () if visit.state.refused else (Sheet(text=wording("desk.too_many")),)
        return Attended(visit.contact, visit.state.model_copy(update={"refused": True}), sheets)

    def _lose(self, visit: "_Visit") -> Attended:
        contact_id, now = visit.contact.id, self._clock()

        async def gone(connection: AsyncConnection) -> None:
            await lose(connection, contact_id, now)

        return replace(visit, also=gone).attended()

    async def _join(self, visit: "_Visit") -> Attended:
        """Greets who is new or has come back; some platforms tell of every time that somebody looks in."""
        code, contact = _read_code(visit.delivery.text), visit.contact
        if code:
            asked = await self._ask_to_link(visit, code)
            return asked if contact.state else _introduced(asked)
        if contact.state and contact.unreachable_at is None:
            return visit.attended()
        return visit.saying(wording("desk.greeting") + "\n" + wording("desk.privacy"))

    def leave_to_staff(self, attended: Attended, channel: str) -> Attended:
        """What is told instead where the platform's own staff serve a person from now on: they cannot call us back."""
        assert attended.contact is not None and attended.contact.conversation_id is not None
        conversation_id, now = attended.contact.conversation_id, self._clock()
        ours, theirs = wording("talk.human_meanwhile"), wording("desk.with_their_staff")

        async def serve(connection: AsyncConnection) -> None:
            await serve_elsewhere(connection, conversation_id, channel, now)

        told = _changed(attended, lambda sheet: sheet.text.replace(ours, theirs))
        sheets = tuple(sheet.model_copy(update={"suggestions": ()}) for sheet in told.sheets)
        return replace(told, sheets=sheets, also=serve)

    # --- words

    async def _hear(self, visit: "_Visit") -> Attended:
        text = visit.delivery.text
        plain = _plain(text)
        kept = await self._mail.kept(visit.delivery.channel, visit.delivery.address)
        if kept and plain in _commands()["kept"]:
            return visit.attended()  # what was kept goes out with this, and that is the answer
        if len(text) > MAX_CHARACTERS:
            return visit.saying(wording("desk.too_long"))
        if visit.state.confirming and (answered := await self._confirm_in_words(visit, plain)):
            return answered
        if answered := await self._obey(visit, plain):
            return answered
        marker = read_citation(text)
        if marker is not None and visit.state.shown:
            return await self._cite(visit, visit.state.shown, marker)
        return await self._choose_in_words(visit, text) or await self._say(visit, text)

    async def _confirm_in_words(self, visit: "_Visit", plain: str) -> Attended | None:
        button = _button_meant(visit.state.buttons, plain)
        if (button and button.action is Action.CONFIRM) or plain in _commands()["agree"]:
            return await self._confirm(visit, visit.state.confirming)
        if button or plain in _commands()["decline"]:
            return self._dismiss(visit)
        return None

    async def _obey(self, visit: "_Visit", plain: str) -> Attended | None:
        command = next((name for name, words in _commands().items() if plain in words), None)
        if code := _read_code(visit.delivery.text):
            if plain != code or await self._people.look_up_code(code, self._clock()):
                return await self._ask_to_link(visit, code)
            return None
        match command:
            case "start":
                return visit.saying(wording("desk.greeting") + "\n" + wording("desk.privacy"))
            case "help":
                return visit.saying(wording("desk.help"))
            case "sources":
                return visit.saying(await self._sources())
            case "profile" | "restart" | "human" | "delete":
                return await self._say(visit, texts("desk_says")[command])
            case "link":
                return await self._issue_code(visit)
            case "unlink":
                return await self._unlink(visit)
            case _:
                return None

    async def _choose_in_words(self, visit: "_Visit", text: str) -> Attended | None:
        """Numbers and labels: the options of the question asked last, then the buttons under the last sheet."""
        contact = visit.contact
        question = await self._reception.pending(contact.conversation_id) if contact.conversation_id else None
        choice = read_choice(question, text, more=len(visit.state.buttons))
        if choice is not None and choice.complaint:
            return visit.saying(choice.complaint)
        if choice is not None and choice.ids:
            return await self._send(visit, "", choice.ids)
        number = choice.beyond if choice else 0
        button = visit.state.buttons[number - 1] if number else _button_meant(visit.state.buttons, _plain(text))
        if button is None:
            return None
        return await self._tap(visit, Tap(action=button.action, about=visit.state.shown, value=button.value))

    async def _say(self, visit: "_Visit", text: str) -> Attended:
        return await self._send(visit, text, ())

    async def _send(self, visit: "_Visit", text: str, choices: tuple[str, ...]) -> Attended:
        """Words or choices go to the reception; what comes back is shown, and acted on where it asks for that."""
        contact = await self._with_conversation(visit.contact)
        visit = replace(visit, contact=contact)
        assert contact.conversation_id is not None
        ticket = await self._people.ticket_of(contact.conversation_id)
        if ticket is not None and ticket.taken_by == staff_of(contact.channel):
            # The platform's staff have finished: what they still serve does not reach us.
            done = Reply(text=wording("desk.staff_done"), outcome=STAFF)
            await self._reception.say(contact.conversation_id, done, author=ticket.taken_by, ends=True)
        try:
            answer = await self._reception.receive(
                IncomingMessage(contact.conversation_id, text, choices, delivery_id=visit.inbox_id)
            )
        except NotOffered:
            return visit.hinting(wording("desk.stale"))
        except AnswerFailed:
            return visit.saying(wording("desk.failed"))
        reply = answer.reply
        sheet = sheet_of(answer)
        state = ContactState(shown=answer.message_id, tries=visit.state.tries)
        match reply.outcome:
            case outcome if outcome in _WHO_ANSWERS:
                return visit.attended(*visit.receipts())  # staff answer; we keep quiet
            case "erasure":
                return await self._ask_to_erase(visit)
            case "profile":
                sheet = sheet_of(answer, beside=await self._held(contact))
        return Attended(contact, state, (*visit.receipts(), sheet), handed_over=reply.outcome == "handed_over")

    async def _with_conversation(self, contact: Contact) -> Contact:
        if contact.conversation_id is not None:
            return contact
        opened = await self._reception.open(contact.channel)
        await self._people.attach(contact.id, opened.id)
        return replace(contact, conversation_id=opened.id)

    # --- taps

    async def _tap(self, visit: "_Visit", tap: Tap) -> Attended:
        match tap.action:
            case Action.CHOOSE if visit.is_shown(tap.about):
                return await self._send(visit, "", (tap.value,))
            case Action.TICK if visit.is_shown(tap.about):
                return await self._tick(visit, tap)
            case Action.SUBMIT if visit.is_shown(tap.about):
                if not visit.state.ticked:
                    return visit.hinting(wording("desk.nothing_ticked"))
                return await self._send(visit, "", visit.state.ticked)
            case Action.CHOOSE | Action.TICK | Action.SUBMIT:
                return visit.hinting(wording("desk.stale"))
            case Action.CITE:
                marker = int(tap.value) if tap.value.isdecimal() and len(tap.value) < 4 else 0
                return await self._cite(visit, tap.about, marker)
            case Action.SAY:
                words = await self._suggested(visit, tap)
                return await self._say(visit, words) if words else visit.hinting(wording("desk.stale"))
            case Action.HELPFUL | Action.UNHELPFUL | Action.REASON:
                return await self._rate(visit, tap)
            case Action.CONFIRM:
                return await self._confirm(visit, tap.value)
            case Action.DISMISS:
                return self._dismiss(visit)

    async def _tick(self, visit: "_Visit", tap: Tap) -> Attended:
        answer = await self._answer(visit, visit.state.shown)
        question = answer.reply.question if answer else None
        if answer is None or question is None or tap.value not in {option.id for option in question.options}:
            return visit.hinting(wording("desk.stale"))
        ticked = _toggled(visit.state.ticked, tap.value)
        state = visit.state.model_copy(update={"ticked": ticked})
        update = {"text": "", "ticked": ticked, "replaces": tap.shown, "receipt": tap.receipt}
        sheet = sheet_of(answer).model_copy(update=update)
        return Attended(visit.contact, state, (sheet,) if tap.shown else ())

    async def _suggested(self, visit: "_Visit", tap: Tap) -> str:
        if tap.value == _BACK:
            return texts("desk_says")[_BACK]
        answer = await self._answer(visit, tap.about)
        suggestions = answer.reply.suggestions if answer else ()
        index = int(tap.value) if tap.value.isdecimal() and len(tap.value) < 3 else len(suggestions)
        return suggestions[index] if index < len(suggestions) else ""

    async def _rate(self, visit: "_Visit", tap: Tap) -> Attended:
        answer = await self._answer(visit, tap.about)
        if answer is None:
            return visit.hinting(wording("desk.stale"))
        reason = tap.value if tap.action is Action.REASON and tap.value in _REASONS else None
        helpful = tap.action is Action.HELPFUL
        await self._people.rate(answer.message_id, helpful, reason, self._clock())
        if helpful or reason:
            return visit.hinting(wording("desk.thanks"))
        labels = texts("desk_buttons")
        buttons = tuple(Button(action=Action.REASON, value=name, label=labels[name]) for name in _REASONS)
        why = Sheet(text=wording("desk.why"), message_id=answer.message_id, buttons=buttons)
        state = visit.state.model_copy(update={"shown": answer.message_id, "buttons": buttons})
        return Attended(visit.contact, state, (*visit.receipts(), why))

    async def _cite(self, visit: "_Visit", about: str, marker: int) -> Attended:
        answer = await self._answer(visit, about)
        citations = answer.reply.citations if answer else ()
        found = next((c for c in citations if c.marker == marker), None)
        if found is None:
            return visit.hinting(wording("desk.no_citation", marker=str(marker)))
        return visit.saying(await self._provision(found))

    async def _provision(self, citation: Citation) -> str:
        """The provision with the quote in bold, and where it can be read whole."""
        library = (await self._assistant()).library
        words = marked_provision(citation, library)
        says_where = bool(citation.label) and words.lstrip("*").startswith(citation.label)
        place = "" if says_where else " ".join(part for part in (citation.label, citation.heading) if part)
        lifecycle = LIFECYCLE_WORDS[Lifecycle(citation.lifecycle)]
        head = wording("desk.provision", title=citation.document_title, place=place, lifecycle=lifecycle)
        lines = [head, words]
        if self._public_url:
            lines.append(f"{self._public_url}/documents/{citation.document_id}#{citation.provision}")
        return "\n".join(lines)

    async def _answer(self, visit: "_Visit", beginning: str) -> OutgoingMessage | None:
        if visit.contact.conversation_id is None or not beginning:
            return None
        return await self._reception.read_answer(visit.contact.conversation_id, beginning)

    # --- what is held, and its end

    async def _held(self, contact: Contact) -> str:
        assert contact.conversation_id is not None
        messages = await self._reception.messages(contact.conversation_id)
        day = contact.created_at.astimezone(SHANGHAI).date()
        things = [wording("desk.held_since", day=day.isoformat(), count=str(len(messages)))]
        holders = await self._people.contacts_of(contact.conversation_id)
        if len(holders) > 1:
            names = "、".join(dict.fromkeys(texts("channels")[c.channel] for c in holders))
            things.append(wording("desk.held_channels", channels=names))
        if await self._people.subscription(contact.conversation_id):
            things.append(wording("desk.held_subscription"))
        if await self._people.ticket_of(contact.conversation_id):
            things.append(wording("desk.held_ticket"))
        return wording("desk.held", things="；".join(things))

    async def _ask_to_erase(self, visit: "_Visit") -> Attended:
        conversation_id = visit.contact.conversation_id
        holders = await self._people.contacts_of(conversation_id) if conversation_id else []
        others = wording("desk.erase_others") if len(holders) > 1 else ""
        return self._ask(visit, wording("desk.erase_ask", others=others), _ERASE, "erase", "keep")

    def _ask(self, visit: "_Visit", text: str, confirming: str, yes: str, no: str) -> Attended:
        """A yes or no that is asked before something is done for good."""
        labels = texts("desk_buttons")
        buttons = (
            Button(action=Action.CONFIRM, value=confirming, label=labels[yes]),
            Button(action=Action.DISMISS, value=confirming, label=labels[no]),
        )
        state = visit.state.model_copy(update={"confirming": confirming, "buttons": buttons})
        return Attended(visit.contact, state, (*visit.receipts(), Sheet(text=text, buttons=buttons)))

    async def _confirm(self, visit: "_Visit", what: str) -> Attended:
        if what != visit.state.confirming:
            return visit.hinting(wording("desk.stale"))
        if what == _ERASE:
            return self._erase(visit)
        return await self._link(visit, what.removeprefix(f"{_LINK}:"))

    def _dismiss(self, visit: "_Visit") -> Attended:
        if not visit.state.confirming:
            return visit.hinting(wording("desk.stale"))
        said = "desk.erase_kept" if visit.state.confirming == _ERASE else "desk.link_kept"
        done = replace(visit, state=visit.state.model_copy(update={"confirming": "", "buttons": ()}))
        return done.saying(wording(said))

    def _erase(self, visit: "_Visit") -> Attended:
        channel, address, inbox_id = visit.delivery.channel, visit.delivery.address, visit.inbox_id

        async def erase(connection: AsyncConnection) -> None:
            await forget(connection, channel, address, but=inbox_id)

        sheets = (*visit.receipts(), Sheet(text=wording("desk.erased")))
        return Attended(None, ContactState(), sheets, also=erase)

    # --- one enterprise, several channels

    async def _issue_code(self, visit: "_Visit") -> Attended:
        contact = await self._with_conversation(visit.contact)
        assert contact.conversation_id is not None
        code = await self._people.issue_code(contact.conversation_id, self._clock())
        return replace(visit, contact=contact).saying(wording("desk.link_code", code=code, minutes=str(CODE_MINUTES)))

    async def _ask_to_link(self, visit: "_Visit", code: str) -> Attended:
        now = self._clock()
        tries = tuple(t for t in visit.state.tries if t > now - timedelta(hours=_TRIES_HOURS))
        if len(tries) >= _MOST_TRIES:
            return visit.saying(wording("desk.link_tries"))
        visit = replace(visit, state=visit.state.model_copy(update={"tries": (*tries, now)}))
        conversation_id = await self._people.look_up_code(code, now)
        if conversation_id is None:
            return visit.saying(wording("desk.link_void"))
        if conversation_id == visit.contact.conversation_id:
            return visit.saying(wording("desk.link_same"))
        labels = await self._reception.labels(conversation_id)
        facts = wording("desk.link_facts", facts=" · ".join(labels[:_FEW])) if labels else ""
        return self._ask(visit, wording("desk.link_ask", facts=facts), f"{_LINK}:{code}", "link", "no_link")

    async def _link(self, visit: "_Visit", code: str) -> Attended:
        now, contact = self._clock(), visit.contact
        conversation_id = await self._people.look_up_code(code, now)
        if conversation_id is None:
            return visit.saying(wording("desk.link_void"))
        told = Sheet(text=wording("desk.link_told", channel=texts("channels")[contact.channel]))

        async def join(connection: AsyncConnection) -> None:
            await tell_contacts(connection, conversation_id, [told], now)
            await link(connection, contact.id, code, now)

        state = ContactState(tries=visit.state.tries)
        sheets = (*visit.receipts(), Sheet(text=wording("desk.linked")))
        return Attended(contact, state, sheets, also=join)

    async def _unlink(self, visit: "_Visit") -> Attended:
        """Who began the conversation sends the others away; anybody else leaves."""
        contact = visit.contact
        conversation_id = contact.conversation_id
        if conversation_id is None:
            return visit.saying(wording("desk.not_linked"))
        began = await self._reception.channel_of(conversation_id)
        others = [c for c in await self._people.contacts_of(conversation_id) if c.id != contact.id]
        if began == contact.channel:
            if not others:
                return visit.saying(wording("desk.not_linked"))
            leaving, said = others, "desk.unlinked_others"
        else:
            leaving, said = [contact], "desk.unlinked"
        now, told = self._clock(), Sheet(text=wording("desk.unlinked_told"))

        async def part(connection: AsyncConnection) -> None:
            for other in leaving:
                await leave(connection, other, [] if other.id == contact.id else [told], now)

        return replace(visit, also=part).saying(wording(said))

    # --- what can be looked up

    async def _sources(self) -> str:
        library = (await self._assistant()).library
        day = today(self._clock)
        lines = [wording("desk.sources")]
        for document in library.documents.values():
            until = document.record.effective_to
            values = {
                "title": document.record.title,
                "lifecycle": LIFECYCLE_WORDS[document.lifecycle(day)],
                "until": _spoken(until.date) if until else "",
            }
            lines.append(wording("desk.source_until" if until else "desk.source", **values))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Visit:
    """One delivery being attended to."""

    inbox_id: str
    delivery: Delivery
    contact: Contact
    state: ContactState
    also: Consequence | None = None

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

    def is_shown(self, about: str) -> bool:
        """Whether a tap is about the answer shown last."""
        return bool(about) and self.state.shown.startswith(about)


def _introduced(attended: Attended) -> Attended:
    """The first answer says in one sentence what becomes of a person's data, before it asks for any."""
    return _changed(attended, lambda sheet: _with_paragraph(sheet, wording("desk.privacy")))


def _prefixed(attended: Attended, words: str) -> Attended:
    return _changed(attended, lambda sheet: f"{words}\n\n{sheet.text}")


def _changed(attended: Attended, text_of: Callable[[Sheet], str]) -> Attended:
    """The same with other words on the first sheet that says something."""
    first = next((i for i, s in enumerate(attended.sheets) if s.text and not s.receipt), None)
    if first is None:
        return attended
    sheets = list(attended.sheets)
    sheets[first] = sheets[first].model_copy(update={"text": text_of(sheets[first])})
    return replace(attended, sheets=tuple(sheets))


def _with_paragraph(sheet: Sheet, words: str) -> str:
    """The sheet's text and a paragraph more: before the question that it ends with, before all if buttons follow."""
    if sheet.buttons:
        return f"{words}\n\n{sheet.text}"
    asked = sheet.question.text if sheet.question and sheet.text.endswith(sheet.question.text) else ""
    said = sheet.text.removesuffix(asked).rstrip()
    return "\n\n".join(part for part in (said, words, asked) if part)


def _toggled(ticked: Sequence[str], option: str) -> tuple[str, ...]:
    """Tick or untick an option; 都没有 goes with no other."""
    if option in ticked:
        return tuple(t for t in ticked if t != option)
    return (NONE,) if option == NONE else (*(t for t in ticked if t != NONE), option)


@cache
def _commands() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in read_data("lexicon")["commands"].items()}


@cache
def _code_pattern() -> re.Pattern[str]:
    return re.compile(read_data("lexicon")["link_code"], re.IGNORECASE)


def _read_code(text: str) -> str:
    found = _code_pattern().fullmatch(_plain(text))
    return found[1] if found else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("。.!！“”\"'").lower()


def _button_meant(buttons: Sequence[Button], plain: str) -> Button | None:
    """The button whose number or label a message is."""
    if plain.isdecimal() and len(plain) < 3 and 1 <= int(plain) <= len(buttons):
        return buttons[int(plain) - 1]
    return next((button for button in buttons if button.label.lower() == plain), None)


def _read_state(state: str) -> ContactState:
    try:
        return ContactState.model_validate_json(state) if state else ContactState()
    except ValidationError:  # written by another version
        return ContactState()


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
