"""The web: conversations over JSON and server-sent events, with the pages and the catalogue beside them."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from bot.audience import Audience
from bot.channels.completions import completions_router
from bot.channels.pages import missing_page, pages_router
from bot.clerk import is_with_staff
from bot.clock import today
from bot.console.rooms import console_router
from bot.http.catalogue import catalogue_router
from bot.http.doors import Doors, json_only
from bot.http.guard import Guard
from bot.http.health import health_router
from bot.http.mcp import ToolDoor
from bot.http.problems import Kind, Refusal, documented, problem_schemas, refusal_of, tell_problems
from bot.http.shapes import (
    ConversationView,
    LinkView,
    MessageView,
    NewConversation,
    NewFeedback,
    NewLink,
    NewMessage,
    OpenedConversation,
    ReplyBody,
)
from bot.messages import IncomingMessage, OutgoingMessage, Sheet
from bot.office import Office
from bot.settings import Settings
from bot.store.conversations import USER, StoredConversation, StoredMessage
from bot.store.people import CODE_MINUTES
from bot.text import sentences
from chains.prompting import wording

PING_SECONDS = 10.0
CHECKING_SECONDS = 1.0  # until a person who sees nothing is told that the answer is being made
EVENT_STREAM = "text/event-stream"
_IS_COUNT = re.compile(r"[0-9]{1,6}")


class _Application(FastAPI):
    """Its description holds the shape of a problem, which no route returns by itself."""

    def openapi(self) -> dict[str, Any]:
        described = super().openapi()
        described["components"]["schemas"] |= problem_schemas()
        return described


def create_app(settings: Settings, office: Office | None = None) -> FastAPI:
    """The whole web application. It opens the office at start-up and closes it at the end."""
    office = office or Office(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await office.open()
        for platform in office.platforms.values():
            app.router.routes[:0] = platform.routes()
        yield
        await tools.close()
        await office.close()

    app = _Application(
        title="惠企 Huiqi",
        version="1",
        description="告诉企业能申请哪些政策支持，并给出原文依据。",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False},
    )
    tools = ToolDoor(office)
    tell_problems(app, missing_page)
    app.add_middleware(Guard, metrics=office.metrics)
    app.include_router(health_router(office))
    app.include_router(catalogue_router(office))
    app.include_router(conversations_router(office))
    app.include_router(completions_router(office))
    app.router.routes.append(tools.route)
    app.include_router(console_router(office))
    app.include_router(pages_router(office.library, lambda: today(office.clock)))
    return app


def conversations_router(office: Office) -> APIRouter:
    """Everything that is said and kept, what people think of it, and where else it goes on."""
    router = APIRouter(prefix="/api/v1/conversations")
    doors = Doors(office)
    Admitted = Annotated[StoredConversation, Depends(doors.admit)]

    @router.post(
        "",
        status_code=201,
        responses=documented(Kind.INVALID, Kind.MEDIA_TYPE, Kind.TOO_MANY),
        dependencies=[Depends(doors.pass_address), Depends(json_only)],
    )
    async def open_conversation(asked: NewConversation | None = None) -> OpenedConversation:
        opened = await office.reception.open("web", asked.as_of if asked else None)
        return OpenedConversation(id=opened.id, token=opened.token, as_of=opened.as_of)

    @router.get(
        "/{conversation_id}",
        response_model=ConversationView,
        responses=documented(Kind.UNAUTHORIZED) | {304: {"description": "Nothing new since the ETag given"}},
    )
    async def read_conversation(
        conversation: Admitted, response: Response, if_none_match: Annotated[str | None, Header()] = None
    ) -> ConversationView | Response:
        messages = await office.reception.messages(conversation.id)
        response.headers["ETag"] = state = _etag(conversation, messages)
        if if_none_match == state:
            return Response(status_code=304, headers={"ETag": state})
        return _view(conversation, messages)

    @router.delete("/{conversation_id}", status_code=204, responses=documented(Kind.UNAUTHORIZED))
    async def erase_conversation(conversation: Admitted) -> None:
        await office.reception.erase(conversation.id)

    @router.post(
        "/{conversation_id}/messages",
        response_model=ReplyBody,
        responses=documented(Kind.UNAUTHORIZED, Kind.CONFLICT, Kind.INVALID, Kind.MEDIA_TYPE, Kind.TOO_MANY)
        | {200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
        dependencies=[Depends(doors.pass_address), Depends(json_only)],
    )
    async def send_message(
        conversation: Admitted,
        sent: NewMessage,
        request: Request,
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> Response:
        """The whole reply as JSON; with `Accept: text/event-stream` its text in pieces first.

        The id of a piece counts the characters up to its end: who lost the line sends the message again, with its
        `client_message_id` and the last id as `Last-Event-ID`, and gets the rest.
        """
        doors.pass_conversation(conversation.id)
        message = IncomingMessage(conversation.id, sent.text, sent.choices or (), sent.client_message_id)
        question = await office.reception.accept(message)
        audience = office.reception.audience(question)
        answer = asyncio.ensure_future(office.reception.answer(question))
        if _wants_events(request):
            heard = int(last_event_id) if last_event_id and _IS_COUNT.fullmatch(last_event_id) else 0
            return StreamingResponse(_events(answer, audience, heard), media_type=EVENT_STREAM)
        outgoing = await answer
        return Response(outgoing.body, media_type="application/json")

    @router.post(
        "/{conversation_id}/messages/{message_id}/feedback",
        status_code=204,
        responses=documented(Kind.UNAUTHORIZED, Kind.NOT_FOUND, Kind.INVALID, Kind.MEDIA_TYPE, Kind.TOO_MANY),
        dependencies=[Depends(doors.pass_address), Depends(json_only)],
    )
    async def rate_answer(conversation: Admitted, message_id: str, thought: NewFeedback) -> None:
        """Said again it replaces what was said before."""
        doors.pass_conversation(conversation.id)
        messages = await office.reception.messages(conversation.id)
        if not any(message.id == message_id and message.reply for message in messages):
            raise Refusal(Kind.NOT_FOUND, "这段对话里没有这条回答")
        reason = None if thought.helpful else thought.reason
        await office.people.rate(message_id, thought.helpful, reason, office.clock())

    router.include_router(links_router(office, doors))
    return router


def links_router(office: Office, doors: Doors) -> APIRouter:
    """The channels on which a conversation goes on besides the web."""
    router = APIRouter(
        prefix="/{conversation_id}/links",
        responses=documented(Kind.UNAUTHORIZED, Kind.TOO_MANY),
        dependencies=[Depends(doors.pass_address)],
    )
    Admitted = Annotated[StoredConversation, Depends(doors.admit)]

    @router.post("", status_code=201)
    async def issue_code(conversation: Admitted) -> NewLink:
        """A code given before is void."""
        doors.pass_conversation(conversation.id)
        now = office.clock()
        code = await office.people.issue_code(conversation.id, now)
        return NewLink(code=code, expires_at=now + timedelta(minutes=CODE_MINUTES))

    @router.get("")
    async def list_links(conversation: Admitted) -> list[LinkView]:
        doors.pass_conversation(conversation.id)
        holders = await office.people.contacts_of(conversation.id)
        return [LinkView(channel=contact.channel, since=contact.created_at) for contact in holders]

    @router.delete("", status_code=204)
    async def unlink(conversation: Admitted) -> None:
        """Everybody else lets go of the conversation and is told so."""
        doors.pass_conversation(conversation.id)
        await office.people.part(conversation.id, Sheet(text=wording("desk.unlinked_told")), office.clock())

    return router


def _wants_events(request: Request) -> bool:
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
    return EVENT_STREAM in accepted


async def _events(answer: "asyncio.Future[OutgoingMessage]", audience: Audience, heard: int) -> AsyncIterator[bytes]:
    """`delta`s as they come and one `reply`, or one `error`. While nothing comes, `status` says so once, then comments
    keep the line open."""
    told, waited = "", False
    try:
        yield KEEPALIVE_COMMENT
        async for piece in audience.pieces(answer, min(PING_SECONDS, CHECKING_SECONDS)):
            if piece is not None:
                told += piece
                if len(told) > heard:
                    yield _delta(told[max(heard, len(told) - len(piece)) :], len(told))
            elif waited or told:
                yield KEEPALIVE_COMMENT
            else:
                waited = True
                yield _event("status", json.dumps({"text": wording("model.checking")}, ensure_ascii=False))
        body = answer.result().body
    except Exception as error:
        refusal = refusal_of(error)
        yield _event("error", json.dumps({"code": refusal.kind.code, "message": refusal.detail}, ensure_ascii=False))
        return
    finally:
        answer.cancel()
    text = json.loads(body)["text"]
    given = max(len(told), heard)
    for piece in sentences(text[given:]) if text.startswith(told) else ():
        given += len(piece)
        yield _delta(piece, given)
    yield _event("reply", body)


def _delta(text: str, until: int) -> bytes:
    data = json.dumps({"text": text}, ensure_ascii=False)
    return format_sse_event(event="delta", data_str=data, id=str(until))


def _event(name: str, data: str) -> bytes:
    return format_sse_event(event=name, data_str=data)


def _etag(conversation: StoredConversation, messages: list[StoredMessage]) -> str:
    """Changes with whatever is said, answered or given to staff."""
    last = messages[-1].id if messages else ""
    return f'"{conversation.revision}-{len(messages)}-{last}"'


def _view(conversation: StoredConversation, messages: list[StoredMessage]) -> ConversationView:
    views = tuple(_message_view(message) for message in messages)
    replies = [view.reply for view in views if view.reply and not view.author]  # staff know of no profile
    return ConversationView(
        id=conversation.id,
        as_of=conversation.as_of,
        profile=replies[-1].profile if replies else {},
        with_staff=is_with_staff(conversation),
        messages=views,
    )


def _message_view(message: StoredMessage) -> MessageView:
    return MessageView.model_validate(
        {
            "message_id": message.id,
            "role": message.role,
            "text": message.text,
            "at": message.at,
            "author": message.author,
            "client_message_id": message.client_message_id if message.role == USER else None,
            "choices": json.loads(message.raw)["choices"] if message.raw else (),
            "reply": json.loads(message.reply) if message.reply else None,
        }
    )
