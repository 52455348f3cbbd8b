"""What a delivery from a platform asks for, and the sheets that answer it. It keeps nothing by itself.

Words go to the reception like any other message; here is what people do beside talking: tap, tick, look up a clause,
join a channel, have their data erased.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, today
from bot.desk.lookups import provision_text, sources_text
from bot.desk.records import Records
from bot.desk.visit import Attended, ContactState, Visit, changed, introduced, prefixed, quoting, read_state
from bot.desk.words import button_meant, code_in, command_in, is_one_of, opinion_in
from bot.messages import (
    MAX_CHARACTERS,
    STAFF,
    Action,
    Button,
    IncomingMessage,
    Kind,
    OutgoingMessage,
    Sheet,
    Tap,
)
from bot.reception import AnswerFailed, NotOffered, Reception
from bot.rendering import names_numbers, read_choice, read_citation, sheet_of
from bot.store.inbox import StoredDelivery, Waiting
from bot.store.outbox import Outbox
from bot.store.people import People, lose, serve_elsewhere, staff_of
from chains.prompting import texts, wording
from chains.reply import Reply
from knowledge.library import Library
from knowledge.profile import NONE

if TYPE_CHECKING:
    from chains.assistant import Assistant

_BACK = "back"
_REASONS = ("amount", "verdict", "misheard", "not_found", "other")
_WHO_ANSWERS = frozenset({"with_staff"})


class FrontDesk:
    """Attends to deliveries, one of a contact at a time. Attending twice to the same one comes to the same."""

    def __init__(
        self,
        reception: Reception,
        people: People,
        outbox: Outbox,
        assistant: Callable[[], Awaitable["Assistant"]],
        clock: Clock,
        public_url: str = "",
    ) -> None:
        self._reception = reception
        self._people = people
        self._outbox = outbox
        self._assistant = assistant
        self._clock = clock
        self._records = Records(reception, people, clock)
        self._public_url = public_url.rstrip("/")

    async def attend(self, stored: StoredDelivery, tell: Callable[[str], None] | None = None) -> Attended:
        """`tell` hears the answer while it is made. Raises StoreUnavailable, and whatever goes wrong unforeseen."""
        delivery = stored.delivery
        assert delivery is not None, "a delivery that is done is not attended to"
        contact = await self._people.meet(delivery.channel, delivery.address, self._clock())
        visit = Visit(stored.id, delivery, contact, read_state(contact.state), tell=tell)
        if stored.state is Waiting.REFUSED:
            return self._refuse(visit)
        attended = await self._attend(replace(visit, state=visit.state.model_copy(update={"refused": False})))
        attended = introduced(attended) if visit.state.uninformed else attended
        return quoting(attended, delivery.quote) if delivery.quote else attended

    async def _attend(self, visit: Visit) -> Attended:
        delivery = visit.delivery
        match delivery.kind:
            case Kind.TAP if delivery.tap is not None:
                return await self._tap(visit, delivery.tap)
            case Kind.JOINED:
                return await self._join(visit)
            case Kind.LEFT:
                return self._lose(visit)
            case Kind.RETURNED:
                return visit.attended()
            case Kind.TEXT | Kind.VOICE if delivery.text.strip():
                return await self._hear(visit)
            case Kind.PICTURE | Kind.FILE if delivery.text.strip():
                return prefixed(await self._hear(visit), wording("desk.only_words"))
            case Kind.EDITED if delivery.text.strip():
                return prefixed(await self._hear(visit), wording("desk.edited"))
            case _ if delivery.tap is not None:
                return visit.hinting(wording("desk.stale"))
            case Kind.TEXT | Kind.TAP | Kind.EDITED:
                return visit.saying(wording("desk.other"))
            case kind:
                return visit.saying(wording(f"desk.{kind.value}"))

    def _refuse(self, visit: Visit) -> Attended:
        """Too many at once: said honestly, and once."""
        sheets = () if visit.state.refused else (Sheet(text=wording("desk.too_many")),)
        return Attended(visit.contact, visit.state.model_copy(update={"refused": True}), sheets)

    def _lose(self, visit: Visit) -> Attended:
        contact_id, now = visit.contact.id, self._clock()

        async def gone(connection: AsyncConnection) -> None:
            await lose(connection, contact_id, now)

        return replace(visit, also=gone).attended()

    async def _join(self, visit: Visit) -> Attended:
        """Greets who is new or has come back; some platforms tell of every time that somebody looks in."""
        visit, asked = await self._ask_to_link(visit)
        if asked:
            return asked
        contact = visit.contact
        if contact.state and contact.unreachable_at is None:
            return visit.attended()
        return visit.saying(wording("desk.greeting"))

    def leave_to_staff(self, attended: Attended, channel: str) -> Attended:
        """What is told instead where the platform's own staff serve a person from now on: they cannot call us back."""
        assert attended.contact is not None and attended.contact.conversation_id is not None
        conversation_id, now = attended.contact.conversation_id, self._clock()
        ours, theirs = wording("talk.human_meanwhile"), wording("desk.with_their_staff")

        async def serve(connection: AsyncConnection) -> None:
            await serve_elsewhere(connection, conversation_id, channel, now)

        told = changed(attended, lambda sheet: sheet.text.replace(ours, theirs))
        sheets = tuple(sheet.model_copy(update={"suggestions": ()}) for sheet in told.sheets)
        return replace(told, sheets=sheets, also=serve)

    async def apologise(self, stored: StoredDelivery) -> Attended:
        """What answers a delivery that cannot be attended to, whatever goes wrong with it."""
        assert stored.delivery is not None, "a delivery that is done is not attended to"
        contact = await self._people.meet(stored.delivery.channel, stored.delivery.address, self._clock())
        return Attended(contact, ContactState(), (Sheet(text=wording("desk.failed")),))

    # --- words

    async def _hear(self, visit: Visit) -> Attended:
        text = visit.delivery.text
        kept = await self._outbox.kept(visit.delivery.channel, visit.delivery.address)
        if kept and is_one_of("kept", text):
            return visit.attended()  # what was kept goes out with this, and that is the answer
        if len(text) > MAX_CHARACTERS:
            return visit.saying(wording("desk.too_long"))
        if visit.state.confirming and (answered := await self._confirm_in_words(visit, text)):
            return answered
        visit, asked = await self._ask_to_link(visit)
        if asked:
            return asked
        marker = read_citation(text)
        if marker is not None and visit.state.shown:
            return await self._cite(visit, visit.state.shown, marker)
        if answered := await self._obey(visit, text):
            return answered
        if answered := await self._choose_in_words(visit, text) or await self._gesture(visit, text):
            return answered
        return await self._say(visit, text)

    async def _confirm_in_words(self, visit: Visit, text: str) -> Attended | None:
        button = button_meant(visit.state.buttons, text)
        if (button and button.action is Action.CONFIRM) or is_one_of("agree", text):
            return await self._records.confirm(visit, visit.state.confirming)
        if button or is_one_of("decline", text):
            return self._records.dismiss(visit)
        return None

    async def _ask_to_link(self, visit: Visit) -> tuple[Visit, Attended | None]:
        """Asks whoever brings a code whether to link; only where the word for it stands with it must it be one."""
        found = code_in(visit.delivery.text)
        if found is None:
            return visit, None
        code, insists = found
        return await self._records.ask_to_link(visit, code, insists=insists)

    async def _obey(self, visit: Visit, text: str) -> Attended | None:
        """A command; what stands behind one that begins with a slash is for staff to read, or for nobody."""
        command, slashed = command_in(text)
        match command:
            case "start":
                return visit.saying(wording("desk.greeting"))
            case "help":
                return visit.saying(wording("desk.help"))
            case "sources":
                return visit.saying(sources_text(await self._library(), today(self._clock)))
            case "human":
                return await self._call_staff(visit, text.split(None, 1)[1:] if slashed else ())
            case "profile" | "restart" | "delete":
                return await self._say(visit, texts("desk_says")[command])
            case "link":
                return await self._records.issue_code(visit)
            case "unlink":
                return await self._records.unlink(visit)
            case None if slashed:
                return visit.saying(wording("desk.no_command"))
            case _:
                return None

    async def _call_staff(self, visit: Visit, words: Sequence[str]) -> Attended:
        """Staff are called, and find in the conversation what they are wanted for."""
        called = await self._say(visit, texts("desk_says")["human"])
        if called.contact is None or not words:
            return called
        beside = replace(visit, inbox_id=f"{visit.inbox_id}.words", contact=called.contact)
        return replace(called, sheets=(*called.sheets, *(await self._say(beside, words[0])).sheets))

    async def _choose_in_words(self, visit: Visit, text: str) -> Attended | None:
        """Numbers and labels: the options of the question asked last, then the buttons under the last sheet.

        Where a notice has come since, they are those below it.
        """
        question, shown, buttons = None, visit.state.shown, visit.state.buttons
        if conversation_id := visit.contact.conversation_id:
            if notice := await self._reception.last_notice(conversation_id, visit.inbox_id):
                shown, buttons = notice.message_id, sheet_of(notice).buttons
            else:
                question = await self._reception.pending(conversation_id)
        choice = read_choice(question, text, more=len(buttons))
        if choice is not None and choice.complaint:
            return visit.saying(choice.complaint)
        if choice is not None and choice.ids:
            return await self._send(visit, "", choice.ids)
        number = choice.beyond if choice else 0
        button = buttons[number - 1] if number else button_meant(buttons, text)
        if button is None:
            return None
        return await self._tap(visit, Tap(action=button.action, about=shown, value=button.value))

    async def _gesture(self, visit: Visit, text: str) -> Attended | None:
        """Numbers with nothing to choose, and thumbs; where staff serve, they are for staff to read."""
        conversation_id = visit.contact.conversation_id
        if conversation_id and await self._people.ticket_of(conversation_id):
            return None
        if names_numbers(text):
            return visit.saying(wording("desk.nothing_to_choose"))
        opinion = opinion_in(text)
        if opinion is None:
            return None
        if visit.state.shown:
            return await self._rate(visit, Tap(action=opinion, about=visit.state.shown))
        return visit.saying(wording("desk.thanks"))

    async def _say(self, visit: Visit, text: str) -> Attended:
        return await self._send(visit, text, ())

    async def _send(self, visit: Visit, text: str, choices: tuple[str, ...]) -> Attended:
        """Words or choices go to the reception; what comes back is shown, and acted on where it asks for that."""
        contact = await self._records.with_conversation(visit.contact)
        visit = replace(visit, contact=contact)
        assert contact.conversation_id is not None
        ticket = await self._people.ticket_of(contact.conversation_id)
        if ticket is not None and ticket.taken_by == staff_of(contact.channel):
            # The platform's staff have finished: what they still serve does not reach us.
            done = Reply(text=wording("desk.staff_done"), outcome=STAFF)
            await self._reception.say(contact.conversation_id, done, author=ticket.taken_by, ends=True)
        instead_of = visit.delivery.corrects
        message = IncomingMessage(contact.conversation_id, text, choices, visit.inbox_id, instead_of)
        try:
            answer = await self._reception.receive(message, visit.tell)
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
                return await self._records.ask_to_erase(visit)
            case "profile":
                sheet = sheet_of(answer, beside=await self._records.held(contact))
        return Attended(contact, state, (*visit.receipts(), sheet), handed_over=reply.outcome == "handed_over")

    # --- taps

    async def _tap(self, visit: Visit, tap: Tap) -> Attended:
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
            case Action.SAY if tap.value == _BACK and not visit.is_shown(tap.about):
                return visit.hinting(wording("desk.stale"))
            case Action.SAY:
                words = await self._suggested(visit, tap)
                return await self._say(visit, words) if words else visit.hinting(wording("desk.stale"))
            case Action.HELPFUL | Action.UNHELPFUL | Action.REASON:
                return await self._rate(visit, tap)
            case Action.CONFIRM:
                return await self._records.confirm(visit, tap.value)
            case Action.DISMISS:
                return self._records.dismiss(visit)

    async def _tick(self, visit: Visit, tap: Tap) -> Attended:
        answer = await self._answer(visit, visit.state.shown)
        question = answer.reply.question if answer else None
        if answer is None or question is None or tap.value not in {option.id for option in question.options}:
            return visit.hinting(wording("desk.stale"))
        ticked = _toggled(visit.state.ticked, tap.value)
        state = visit.state.model_copy(update={"ticked": ticked})
        update = {"text": "", "ticked": ticked, "replaces": tap.shown, "receipt": tap.receipt}
        sheet = sheet_of(answer).model_copy(update=update)
        return Attended(visit.contact, state, (sheet,) if tap.shown else ())

    async def _suggested(self, visit: Visit, tap: Tap) -> str:
        if tap.value == _BACK:
            return texts("desk_says")[_BACK]
        answer = await self._answer(visit, tap.about)
        suggestions = answer.reply.suggestions if answer else ()
        index = int(tap.value) if tap.value.isdecimal() and len(tap.value) < 3 else len(suggestions)
        return suggestions[index] if index < len(suggestions) else ""

    async def _rate(self, visit: Visit, tap: Tap) -> Attended:
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

    async def _cite(self, visit: Visit, about: str, marker: int) -> Attended:
        answer = await self._answer(visit, about)
        citations = answer.reply.citations if answer else ()
        found = next((c for c in citations if c.marker == marker), None)
        if found is None:
            return visit.hinting(wording("desk.no_citation", marker=str(marker)))
        return visit.saying(provision_text(found, await self._library(), self._public_url))

    async def _library(self) -> Library:
        return (await self._assistant()).library

    async def _answer(self, visit: Visit, beginning: str) -> OutgoingMessage | None:
        if visit.contact.conversation_id is None or not beginning:
            return None
        return await self._reception.read_answer(visit.contact.conversation_id, beginning)


def _toggled(ticked: Sequence[str], option: str) -> tuple[str, ...]:
    """Tick or untick an option; 都没有 goes with no other."""
    if option in ticked:
        return tuple(t for t in ticked if t != option)
    return (NONE,) if option == NONE else (*(t for t in ticked if t != NONE), option)
