"""What is kept of a person: told, shared between channels, erased. What is for good is asked twice."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import SHANGHAI, Clock
from bot.desk.visit import Attended, ContactState, Visit
from bot.messages import Sheet
from bot.reception import Reception
from bot.store.audit import PERSON
from bot.store.people import (
    CODE_MINUTES,
    Contact,
    People,
    forget,
    leave,
    link,
    new_receipt,
    remember_erasure,
    tell_contacts,
)
from chains.prompting import texts, wording

_MOST_TRIES = 5
_TRIES_HOURS = 1
_ERASE, _LINK = "erase", "link"
_FEW = 4


class Records:
    """The conversations of contacts: which they hold, with whom, and their end."""

    def __init__(self, reception: Reception, people: People, clock: Clock) -> None:
        self._reception = reception
        self._people = people
        self._clock = clock

    async def with_conversation(self, contact: Contact) -> Contact:
        if contact.conversation_id is not None:
            return contact
        opened = await self._reception.open(contact.channel)
        await self._people.attach(contact.id, opened.id)
        return replace(contact, conversation_id=opened.id)

    # --- what is held, and its end

    async def held(self, contact: Contact) -> str:
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

    async def ask_to_erase(self, visit: Visit) -> Attended:
        conversation_id = visit.contact.conversation_id
        holders = await self._people.contacts_of(conversation_id) if conversation_id else []
        others = wording("desk.erase_others") if len(holders) > 1 else ""
        return visit.asking(wording("desk.erase_ask", others=others), _ERASE, "erase", "keep")

    async def confirm(self, visit: Visit, what: str) -> Attended:
        if what != visit.state.confirming:
            return visit.hinting(wording("desk.stale"))
        if what == _ERASE:
            return self._erase(visit)
        return await self._link(visit, what.removeprefix(f"{_LINK}:"))

    def dismiss(self, visit: Visit) -> Attended:
        if not visit.state.confirming:
            return visit.hinting(wording("desk.stale"))
        said = "desk.erase_kept" if visit.state.confirming == _ERASE else "desk.link_kept"
        done = replace(visit, state=visit.state.model_copy(update={"confirming": "", "buttons": ()}))
        return done.saying(wording(said))

    def _erase(self, visit: Visit) -> Attended:
        channel, address, inbox_id = visit.delivery.channel, visit.delivery.address, visit.inbox_id
        receipt, now = new_receipt(), self._clock()

        async def erase(connection: AsyncConnection) -> None:
            await forget(connection, channel, address, but=inbox_id)
            await remember_erasure(connection, receipt, PERSON, channel, now)

        sheets = (*visit.receipts(), Sheet(text=wording("desk.erased", receipt=receipt)))
        return Attended(None, ContactState(), sheets, also=erase)

    # --- one enterprise, several channels

    async def issue_code(self, visit: Visit) -> Attended:
        contact = await self.with_conversation(visit.contact)
        assert contact.conversation_id is not None
        code = await self._people.issue_code(contact.conversation_id, self._clock())
        return replace(visit, contact=contact).saying(wording("desk.link_code", code=code, minutes=str(CODE_MINUTES)))

    async def ask_to_link(self, visit: Visit, code: str, *, insists: bool) -> tuple[Visit, Attended | None]:
        """What a code is answered with, and the visit with one try more: nobody tries many.

        Who only wrote something that looks like one, without `insists`, is not told that there is no such code.
        """
        now = self._clock()
        tries = tuple(t for t in visit.state.tries if t > now - timedelta(hours=_TRIES_HOURS))
        if len(tries) >= _MOST_TRIES:
            return visit, visit.saying(wording("desk.link_tries")) if insists else None
        visit = replace(visit, state=visit.state.model_copy(update={"tries": (*tries, now)}))
        conversation_id = await self._people.look_up_code(code, now)
        if conversation_id is None:
            return visit, visit.saying(wording("desk.link_void")) if insists else None
        if conversation_id == visit.contact.conversation_id:
            return visit, visit.saying(wording("desk.link_same"))
        labels = await self._reception.labels(conversation_id)
        facts = wording("desk.link_facts", facts=" · ".join(labels[:_FEW])) if labels else ""
        return visit, visit.asking(wording("desk.link_ask", facts=facts), f"{_LINK}:{code}", "link", "no_link")

    async def _link(self, visit: Visit, code: str) -> Attended:
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

    async def unlink(self, visit: Visit) -> Attended:
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
