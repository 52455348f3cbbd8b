"""The rooms where a correction becomes something better: proposing from a review, and a second person who decides."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from fastapi import Form, Request, Response
from pydantic import ValidationError

from bot.clock import SHANGHAI
from bot.console.console import Console, Missing, Seated
from bot.console.reviewing import ITEMS, labels
from bot.review.evidence import reply_of
from bot.review.items import Item
from bot.review.proposals import BODIES, AlreadyDecided, Body, Kind, Proposals, SamePerson, State
from bot.review.queue import Queue
from bot.store.conversations import USER
from bot.store.staff import Role
from chains.model.masking import mask

PROPOSALS: Final = "/console/proposals"

Text = Annotated[str, Form(max_length=8000)]


def proposing_room(console: Console) -> None:
    @console.get("/proposals", Role.VIEWER, menu="提议")
    async def proposals(seat: Seated, state: str = State.PROPOSED) -> Response:
        wanted = State(state) if state in set(State) else State.PROPOSED
        found = await _proposals(console).all(wanted)
        return console.page(seat, "proposals.html", labels=labels(), found=found, state=wanted, states=list(State))

    @console.post("/proposals/{proposal_id}/decide", Role.EDITOR)
    async def decide(request: Request, seat: Seated, proposal_id: int, accept: Text = "") -> Response:
        accepted = accept == "yes"
        try:
            await _proposals(console).decide(proposal_id, seat.name, console.office.clock(), accept=accepted)
        except SamePerson:
            return console.go(request, PROPOSALS, "自己提的要由另一个人确认。")
        except AlreadyDecided:
            return console.go(request, PROPOSALS, "这条提议已经有人处理过了。")
        said = "已确认，下次 huiqi export proposals 会写进文件。" if accepted else "没有采纳。"
        return console.go(request, PROPOSALS, said)

    @console.get("/items/{item_id}/propose", Role.REVIEWER)
    async def fill(seat: Seated, item_id: int, kind: str = Kind.CASE) -> Response:
        return await show(seat, item_id, kind)

    @console.post("/items/{item_id}/propose", Role.REVIEWER)
    async def propose(request: Request, seat: Seated, item_id: int, kind: Text = "") -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        form["document_id"] = console.office.library().document_of.get(form.get("support_id", ""), "")
        if kind not in set(Kind) or await Queue(console.office.database).item(item_id) is None:
            raise Missing
        try:
            body = _body(Kind(kind), form)
        except ValidationError as error:
            return await show(seat, item_id, kind, form, _complaint(error))
        await _proposals(console).propose(item_id, body, seat.name, console.office.clock())
        return console.go(request, f"{ITEMS}/{item_id}", "已提议，等第二个人确认。", f"propose-{item_id}-{kind}")

    async def show(
        seat: Seated, item_id: int, kind: str, given: Mapping[str, str] | None = None, problem: str = ""
    ) -> Response:
        item = await Queue(console.office.database).item(item_id)
        if item is None or kind not in set(Kind):
            raise Missing
        library = console.office.library()
        return console.page(
            seat,
            "propose.html",
            422 if problem else 200,
            labels=labels(),
            item=item,
            kind=kind,
            kinds=list(Kind),
            given=given or await _beginning(console, item),
            problem=problem,
            supports={support.id: support.title for support in library.supports.values()},
        )


async def _beginning(console: Console, item: Item) -> dict[str, str]:
    """What a proposal begins with: what was said up to the answer, what was known, what the answer cited."""
    office = console.office
    messages = [m for m in await office.reception.messages(item.conversation_id) if not m.author]
    place = next((n for n, m in enumerate(messages) if m.id == item.question_id), len(messages) - 1)
    asked = [mask(m.text) for m in messages[: place + 1] if m.role == USER]
    answer = next((m for m in messages if m.id == item.answer_id), None)
    reply = reply_of(answer) if answer else None
    day = reply.as_of if reply and reply.as_of else item.at.astimezone(SHANGHAI).date().isoformat()
    cited = dict.fromkeys(f"{c.document_id} {c.provision}" for c in reply.citations) if reply else {}
    known = [f"{slot}={_value(entry.value)}" for slot, entry in reply.profile.items()] if reply else []
    return {
        "as_of": day,
        "turns": "\n".join(asked),
        "profile": "\n".join(known),
        "provisions": "\n".join(cited),
        "question": asked[-1] if asked else "",
        "support_id": item.touched.supports[0] if item.touched.supports else "",
    }


def _body(kind: Kind, form: Mapping[str, str]) -> Body:
    """What was filled in, as its kind wants it. Raises ValidationError."""
    given: dict[str, object] = {name: form.get(name, "") for name in BODIES[kind].model_fields}
    if kind is Kind.CASE:
        given |= {
            "turns": _lines(form, "turns"),
            "profile": dict(line.partition("=")[::2] for line in _lines(form, "profile")),
            "provisions": [tuple(line.split(None, 1)) for line in _lines(form, "provisions")],
            "must": [line.split() for line in _lines(form, "must")],
            "must_not": _lines(form, "must_not"),
            "abstain": form.get("abstain") == "yes",
        }
    return BODIES[kind].model_validate(given)


def _lines(form: Mapping[str, str], name: str) -> Sequence[str]:
    return [line.strip() for line in form.get(name, "").splitlines() if line.strip()]


def _complaint(error: ValidationError) -> str:
    """What is to be put right, in words."""
    fields = {
        "as_of": "日期",
        "turns": "问题",
        "provisions": "应引用的条款（每行：文件编号 条款编号）",
        "document_id": "支持事项",
        "support_id": "支持事项",
        "question": "问法",
        "word": "词",
        "spelling": "写法",
        "note": "批注",
    }
    names = [fields.get(str(one["loc"][0]), str(one["loc"][0])) for one in error.errors() if one["loc"]]
    if not names:
        return "要写明应引用的条款和必须说到的话；资料里没有的，勾上“应当说没有”。"
    return f"请改好：{'、'.join(dict.fromkeys(names))}。"


def _value(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _proposals(console: Console) -> Proposals:
    return Proposals(console.office.database)
