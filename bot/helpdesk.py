"""Conversations that people asked staff to take over: who waits, what was said, answering, giving back."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.messages import STAFF
from bot.reception import Reception
from bot.store.audit import Action, record
from bot.store.conversations import StoredMessage
from bot.store.database import Consequence
from bot.store.people import People, Ticket
from chains.prompting import wording
from chains.reply import Reply


class NoSuchTicket(RuntimeError):
    """There is no open ticket of this number; the message is one line and says what to do."""


class TakenByAnother(RuntimeError):
    """Somebody else serves the ticket; the message is one line and names them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open ticket as a list shows it; `facts` are what is known of the enterprise, in a few words each."""

    ticket: Ticket
    channel: str
    facts: tuple[str, ...]
    last_words: str


class Helpdesk:
    """What staff do with tickets, from the command line or from anywhere else."""

    def __init__(self, reception: Reception, people: People, clock: Clock) -> None:
        self._reception = reception
        self._people = people
        self._clock = clock

    async def waiting(self) -> list[Waiting]:
        """Open tickets, the longest waiting first."""
        return [await self._waiting(ticket) for ticket in await self._people.open_tickets()]

    async def read(self, number: int) -> tuple[Waiting, list[StoredMessage]]:
        """A ticket and its whole conversation. Raises NoSuchTicket."""
        ticket = await self._ticket(number)
        return await self._waiting(ticket), await self._reception.messages(ticket.conversation_id)

    async def take(self, number: int, staff: str) -> None:
        """Raises NoSuchTicket, and TakenByAnother."""
        await self._ticket(number)
        also = self._remembering(staff, Action.TICKET_TAKEN, number)
        if not await self._people.take(number, staff, self._clock(), also):
            holder = (await self._ticket(number)).taken_by
            raise TakenByAnother(f"转人工单 {number} 由 {holder} 处理中；要接手，请先让对方交还")

    async def release(self, number: int, staff: str, *, whoever_has_it: bool = False) -> None:
        """Let a ticket wait for anybody again. Raises NoSuchTicket, and TakenByAnother unless told otherwise."""
        holder = (await self._ticket(number)).taken_by
        if holder not in (None, staff) and not whoever_has_it:
            raise TakenByAnother(f"转人工单 {number} 由 {holder} 处理中；只有本人或管理员能放回等待")
        await self._people.release(number, self._remembering(staff, Action.TICKET_RELEASED, number))

    async def answer(self, number: int, text: str, staff: str) -> None:
        """Write to the person on every channel of the conversation. Raises NoSuchTicket, TakenByAnother."""
        await self.take(number, staff)
        ticket = await self._ticket(number)
        reply = Reply(text=wording("desk.staff", text=text), outcome=STAFF)
        also = self._remembering(staff, Action.TICKET_ANSWERED, number)
        await self._reception.say(ticket.conversation_id, reply, author=staff, also=also)

    async def close(self, number: int, staff: str) -> None:
        """Give the conversation back to the assistant, and say so. Raises NoSuchTicket, TakenByAnother."""
        await self.take(number, staff)
        ticket = await self._ticket(number)
        reply = Reply(text=wording("desk.staff_done"), outcome=STAFF)
        also = self._remembering(staff, Action.TICKET_CLOSED, number)
        await self._reception.say(ticket.conversation_id, reply, author=staff, also=also, ends=True)

    def _remembering(self, staff: str, action: Action, number: int) -> Consequence:
        at = self._clock()

        async def remember(connection: AsyncConnection) -> None:
            await record(connection, staff, action, f"ticket:{number}", at=at)

        return remember

    async def _ticket(self, number: int) -> Ticket:
        ticket = await self._people.ticket(number)
        if ticket is None or ticket.closed_at is not None:
            raise NoSuchTicket(f"没有等待处理的转人工单 {number}；huiqi tickets 列出全部")
        return ticket

    async def _waiting(self, ticket: Ticket) -> Waiting:
        messages = await self._reception.messages(ticket.conversation_id)
        last = next((m for m in reversed(messages) if m.role == "user"), None)
        return Waiting(
            ticket=ticket,
            channel=await self._reception.channel_of(ticket.conversation_id) or "",
            facts=await self._reception.labels(ticket.conversation_id),
            last_words=last.text if last else "",
        )
