"""The rooms where answers are judged: the queue, one answer with its evidence, a verdict by one key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Form, Request, Response
from pydantic import ValidationError

from bot.console.console import Console, Missing, Seated
from bot.console.gate import Seat
from bot.console.markdown import render_markdown
from bot.review.amends import Amends
from bot.review.evidence import difference, evidence_of, reply_of
from bot.review.items import Item
from bot.review.proposals import Proposals
from bot.review.queue import NoSuchItem, Queue
from bot.review.search import Listing
from bot.review.verdicts import Judgement, Review, Stage, kappa
from bot.store.audit import Action
from bot.store.conversations import NoSuchConversation, StoredMessage
from bot.store.staff import Role
from chains.model.masking import mask
from chains.prompting import read_data, slot_wordings, texts

QUEUE: Final = "/console/review"
ITEMS: Final = "/console/items"
_OPEN_FINDINGS: Final = 3

Short = Annotated[str, Form(max_length=400)]
Long = Annotated[str, Form(max_length=20_000)]
Number = Annotated[int, Form()]


def reviewing_room(console: Console) -> None:
    @console.get("/review", Role.VIEWER, menu="复核")
    async def queue(seat: Seated) -> Response:
        doubles = await _queue(console).doubles()
        return console.page(
            seat,
            "review.html",
            labels=labels(),
            waiting=await Listing(console.office.database).waiting(),
            doubles=len(doubles),
            agreed=sum(first == second for first, second in doubles),
            kappa=kappa(doubles),
            amends=await _amends(console).all(undelivered=True),
        )

    @console.post("/review/next", Role.REVIEWER)
    async def take(request: Request, seat: Seated, after: Number = 0) -> Response:
        return await _go_on(console, request, seat, after=after or None)

    @console.post("/review/undo", Role.REVIEWER)
    async def undo(request: Request, seat: Seated) -> Response:
        item_id = await _queue(console).undo(seat.name, console.office.clock())
        if item_id is None:
            return console.go(request, QUEUE, "没有可以撤销的复核。")
        return console.go(request, f"{ITEMS}/{item_id}", "已撤销，请重新判断。")

    @console.get("/items/{item_id}", Role.VIEWER)
    async def read(seat: Seated, item_id: int, back: str = "") -> Response:
        item = await _item(console, item_id)
        await console.journal.record_reading(seat.name, f"conversation:{item.conversation_id}")
        return await _show(console, seat, item, back)

    @console.post("/items/{item_id}/verdict", Role.REVIEWER)
    async def judge(
        request: Request,
        seat: Seated,
        item_id: int,
        verdict: Short,
        reason: Annotated[list[str] | None, Form()] = None,
        severity: Short = "",
        comment: Annotated[str, Form(max_length=4000)] = "",
        corrected: Long = "",
        seconds: Short = "",
        seen: Number = 0,
        back: Short = "",
    ) -> Response:
        given = {
            "verdict": verdict,
            "reasons": reason or (),
            "comment": comment.strip(),
            "corrected": _plain(corrected),
        }
        given |= {name: value for name, value in (("severity", severity), ("seconds", seconds)) if value.isdecimal()}
        try:
            judgement = Judgement.model_validate(given)
        except ValidationError:
            return await _show(
                console, seat, await _item(console, item_id), back, status=422, problem="这个判断记不下来，请重新选"
            )
        now, held = console.office.clock(), await _item(console, item_id)
        try:
            judged = await _queue(console).judge(item_id, seat.name, judgement, now, seen)
        except NoSuchItem:
            raise Missing from None
        words = read_data("review")["verdicts"]
        said = f"已记下：{words[judgement.verdict]}。按 u 撤销。"
        if judged.meanwhile:
            told = "、".join(f"{r.reviewer} 判为“{words[r.judgement.verdict]}”" for r in judged.meanwhile)
            also = "，意见不一，会请第三个人看" if judged.standing.stage is Stage.THIRD else ""
            said = f"在您看的时候，{told}；您的判断也已记下（{words[judgement.verdict]}）{also}。"
        draft = f"review-{item_id}"
        if held.holder(now) == seat.name and not back:
            return await _go_on(console, request, seat, said, draft)
        return console.go(request, _address(item_id, back), said, draft)

    @console.post("/items/{item_id}/hold", Role.REVIEWER)
    async def hold(seat: Seated, item_id: int) -> Response:
        """Hold an item on while it is open: 204, or 409 when somebody else has it by now."""
        held = await _queue(console).lease(item_id, seat.name, console.office.clock())
        return Response(status_code=204 if held else 409)

    @console.post("/items/{item_id}/back", Role.REVIEWER)
    async def give_back(request: Request, seat: Seated, item_id: int) -> Response:
        await _queue(console).give_back(item_id, seat.name)
        return console.go(request, QUEUE, "已放回队列。")

    @console.post("/items/{item_id}/amend", Role.REVIEWER)
    async def amend(request: Request, seat: Seated, item_id: int, text: Long = "", back: Short = "") -> Response:
        item = await _item(console, item_id)
        if not _plain(text):
            return console.go(request, _address(item_id, back), "没有写要告诉用户的话，没有发送。")
        try:
            await _amends(console).write(item, _plain(text), seat.name)
        except NoSuchConversation:
            raise Missing from None
        await console.journal.record(seat.name, Action.AMENDED, f"conversation:{item.conversation_id}")
        return console.go(request, _address(item_id, back), "已写给用户，送达情况在本页可以看到。", f"amend-{item_id}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that pages of review share."""

    words: Mapping[str, Mapping[str, str]]
    channels: Mapping[str, str]
    cities: Mapping[str, str]
    facets: Mapping[str, str]


def labels() -> Labels:
    return Labels(read_data("review"), texts("channels"), slot_wordings()["city"].facts, texts("facets"))


async def _show(console: Console, seat: Seat, item: Item, back: str, status: int = 200, problem: str = "") -> Response:
    office = console.office
    messages = await office.reception.messages(item.conversation_id)
    items = await Listing(office.database).of_conversation(item.conversation_id)
    by_message = {message: one for one in items for message in (one.question_id, one.answer_id) if message}
    judged = await _queue(console).reviews(item.id)
    answer = next((message for message in messages if message.id == item.answer_id), None)
    is_blind = item.stage is Stage.SECOND and seat.name not in {review.reviewer for review in judged}
    mine = next((review for review in judged if review.reviewer == seat.name), None)
    now = office.clock()
    return console.page(
        seat,
        "item.html",
        status,
        labels=labels(),
        item=item,
        problem=problem,
        back=back,
        here=_address(item.id, back),
        said_all=[_said(message, by_message.get(message.id)) for message in messages],
        answer=answer,
        evidence=evidence_of(answer, office.library()) if answer else None,
        holder=item.holder(now),
        reviews=[] if is_blind else [(review, _changed(review, answer)) for review in judged],
        is_blind=is_blind,
        mine=mine,
        seen=max((review.id for review in judged), default=0),
        proposals=await Proposals(office.database).all(item_id=item.id),
        amends=await _amends(console).all(item.id),
        open_findings=_OPEN_FINDINGS,
    )


def _said(message: StoredMessage, item: Item | None) -> Mapping[str, object]:
    """A message as the person saw it."""
    reply = reply_of(message) if message.reply else None
    markers = [citation.marker for citation in reply.citations] if reply else []
    return {
        "message": message,
        "item": item,
        "html": render_markdown(mask(message.text), markers) if message.role == "assistant" else None,
        "reply": reply,
    }


def _changed(review: Review, answer: StoredMessage | None) -> object:
    corrected = review.judgement.corrected
    return difference(mask(answer.text if answer else ""), mask(corrected)) if corrected else ()


async def _go_on(
    console: Console, request: Request, seat: Seat, said: str = "", draft: str = "", after: int | None = None
) -> Response:
    item = await _queue(console).take(seat.name, console.office.clock(), after)
    if item is None:
        return console.go(request, QUEUE, f"{said}没有等您复核的了。", draft)
    return console.go(request, f"{ITEMS}/{item.id}", said, draft)


async def _item(console: Console, item_id: int) -> Item:
    item = await _queue(console).item(item_id) if item_id < 2**31 else None
    if item is None:
        raise Missing
    return item


def _plain(given: str) -> str:
    """A text as it was written: forms send line breaks in two characters."""
    return given.replace("\r\n", "\n").strip()


def _address(item_id: int, back: str) -> str:
    return f"{ITEMS}/{item_id}" + (f"?{urlencode({'back': back})}" if back else "")


def _queue(console: Console) -> Queue:
    return Queue(console.office.database)


def _amends(console: Console) -> Amends:
    return Amends(console.office.database, console.office.reception, console.office.clock)
