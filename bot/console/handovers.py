"""Hand-overs: who waits for a person and how long, their conversation, the answer, and giving it back."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Final

from fastapi import Form, Request, Response
from fastapi.responses import JSONResponse

from bot.console.console import Console, Missing, Seated
from bot.digest import hash_of
from bot.helpdesk import Helpdesk, NoSuchTicket, TakenByAnother, Waiting
from bot.messages import MAX_CHARACTERS
from bot.store.staff import Role
from chains.prompting import read_data, texts

LIST: Final = "/console/handovers"
_LONG = timedelta(minutes=10)

Text = Annotated[str, Form()]


def handovers_room(console: Console) -> None:
    office = console.office

    def helpdesk() -> Helpdesk:
        return Helpdesk(office.reception, office.people, office.clock)

    @console.get("/handovers", Role.VIEWER, menu="转人工")
    async def waiting(seat: Seated) -> Response:
        tickets = await helpdesk().waiting()
        return console.page(
            seat,
            "handovers.html",
            tickets=tickets,
            state=_state(tickets),
            now=office.clock(),
            is_long=_is_long,
            channels=texts("channels"),
            hours=office.settings.service_hours,
        )

    @console.get("/handovers/state", Role.VIEWER, wakes=False)
    async def state(seat: Seated) -> Response:
        """Changes with who waits and what they say: a page that is open asks now and then."""
        return JSONResponse({"state": _state(await helpdesk().waiting())})

    @console.get("/handovers/{number}", Role.VIEWER)
    async def read(seat: Seated, number: int) -> Response:
        return await show(seat, number)

    async def show(seat: Seated, number: int, problem: str = "", status: int = 200) -> Response:
        try:
            ticket, messages = await helpdesk().read(number)
        except NoSuchTicket:
            raise Missing from None
        await console.journal.record_reading(seat.name, f"conversation:{ticket.ticket.conversation_id}")
        return console.page(
            seat,
            "handover.html",
            status,
            waiting=ticket,
            ticket=ticket.ticket,
            messages=messages,
            state=len(messages),
            now=office.clock(),
            channels=texts("channels"),
            templates=read_data("staff_replies"),
            most=MAX_CHARACTERS,
            problem=problem,
        )

    @console.get("/handovers/{number}/state", Role.VIEWER, wakes=False)
    async def progress(seat: Seated, number: int) -> Response:
        try:
            _, messages = await helpdesk().read(number)
        except NoSuchTicket:
            raise Missing from None
        return JSONResponse({"state": str(len(messages))})

    async def change(
        request: Request, seat: Seated, number: int, work: Callable[[], Awaitable[None]], to: str, said: str, draft: str
    ) -> Response:
        try:
            await work()
        except NoSuchTicket:
            raise Missing from None
        except TakenByAnother as error:
            return await show(seat, number, str(error), 409)
        return console.go(request, to, said, draft)

    @console.post("/handovers/{number}/take", Role.REVIEWER)
    async def take(request: Request, seat: Seated, number: int) -> Response:
        here = f"{LIST}/{number}"
        return await change(request, seat, number, lambda: helpdesk().take(number, seat.name), here, "已接手", "")

    @console.post("/handovers/{number}/answer", Role.REVIEWER)
    async def answer(request: Request, seat: Seated, number: int, text: Text = "") -> Response:
        words = text.replace("\r\n", "\n").strip()
        if not words or len(words) > MAX_CHARACTERS:
            told = f"最多 {MAX_CHARACTERS} 字，现在 {len(words)} 字" if words else "还没有写答复"
            return await show(seat, number, told, 422)
        said = "已发到用户所在的渠道"
        return await change(
            request,
            seat,
            number,
            lambda: helpdesk().answer(number, words, seat.name),
            f"{LIST}/{number}",
            said,
            f"handover-{number}",
        )

    @console.post("/handovers/{number}/release", Role.REVIEWER)
    async def release(request: Request, seat: Seated, number: int) -> Response:
        async def work() -> None:
            await helpdesk().release(number, seat.name, whoever_has_it=seat.may(Role.ADMIN))

        return await change(request, seat, number, work, LIST, f"转人工单 {number} 已放回等待", "")

    @console.post("/handovers/{number}/close", Role.REVIEWER)
    async def close(request: Request, seat: Seated, number: int) -> Response:
        said = f"转人工单 {number} 已交还给助手，用户也知道了"
        return await change(
            request,
            seat,
            number,
            lambda: helpdesk().close(number, seat.name),
            LIST,
            said,
            f"handover-{number}",
        )


def _state(tickets: list[Waiting]) -> str:
    return hash_of(json.dumps([(one.ticket.id, one.ticket.taken_by, one.last_words) for one in tickets]))


def _is_long(since: datetime, now: datetime) -> bool:
    return now - since >= _LONG
