"""A pretended office: the conversation contract with canned replies, and faults on request."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.channels.pages import pages_router
from knowledge.document import Document
from knowledge.library import Library

from .answers import Answers
from .shelf import TODAY, shelf


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one message: a status, a wait before the answer, or a stream cut after n characters."""

    status: int = 0
    retry_after: str | None = None
    seconds: float = 0
    cut_after: int | None = None


@dataclass(slots=True)
class FakeOffice:
    """Conversations in memory. `faults` are used up one per message; `received` tells what came, tries included."""

    library: Library = field(default_factory=shelf)
    faults: deque[Fault] = field(default_factory=deque)
    received: list[dict[str, Any]] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    history_fails: bool = False
    erasure_fails: bool = False
    streams: bool = True
    names_deliveries: bool = True

    def begin(self) -> dict[str, str]:
        id_, token = secrets.token_urlsafe(8), secrets.token_urlsafe(8)
        self.conversations[id_] = {"token": token, "messages": [], "replies": {}, "profile": {}}
        return {"id": id_, "token": token}

    def knows(self, id_: str, request: Request) -> bool:
        held = self.conversations.get(id_)
        return held is not None and request.headers.get("authorization") == f"Bearer {held['token']}"

    def answer(self, id_: str, message: dict[str, Any]) -> dict[str, Any]:
        held = self.conversations[id_]
        delivery = message["client_message_id"]
        if delivery not in held["replies"]:
            reply = Answers(self.library).to(message["text"], tuple(message.get("choices") or ()))
            body = {**reply.model_dump(mode="json"), "conversation_id": id_, "message_id": secrets.token_hex(4)}
            self.accepted.append(message["text"] or "+".join(message["choices"]))
            at = datetime.now(UTC).isoformat()
            held["messages"] += [
                {**message, "message_id": secrets.token_hex(4), "role": "user", "at": at},
                {"message_id": body["message_id"], "role": "assistant", "text": body["text"], "at": at, "reply": body},
            ]
            held["replies"][delivery] = body
            held["profile"] = body["profile"]
        return held["replies"][delivery]  # type: ignore[no-any-return]


def office_app(office: FakeOffice) -> FastAPI:
    app = FastAPI()
    app.include_router(pages_router(lambda: office.library, lambda: TODAY))

    @app.post("/api/v1/conversations", status_code=201)
    def begin() -> dict[str, str]:
        return office.begin()

    @app.get("/api/v1/conversations/{id_}")
    def history(id_: str, request: Request) -> Response:
        if office.history_fails:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        held = office.conversations[id_]
        hidden = set() if office.names_deliveries else {"client_message_id"}
        messages = [{key: m[key] for key in m.keys() - hidden} for m in held["messages"]]
        return JSONResponse({"id": id_, "as_of": TODAY.isoformat(), "profile": held["profile"], "messages": messages})

    @app.delete("/api/v1/conversations/{id_}")
    def erase(id_: str, request: Request) -> Response:
        if office.erasure_fails:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        del office.conversations[id_]
        return Response(status_code=204)

    @app.post("/api/v1/conversations/{id_}/messages")
    async def hear(id_: str, request: Request) -> Response:
        message = await request.json()
        office.received.append(message)
        fault = office.faults.popleft() if office.faults else Fault()
        await asyncio.sleep(fault.seconds)
        if fault.status:
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else None
            return Response(status_code=fault.status, headers=headers)
        if not office.knows(id_, request):
            return Response(status_code=401)
        reply = office.answer(id_, message)
        if office.streams and "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(_stream(reply, fault.cut_after), media_type="text/event-stream")
        return JSONResponse(reply)

    @app.get("/api/v1/documents")
    def documents() -> list[dict[str, Any]]:
        return [_record(document) for document in office.library.documents.values()]

    @app.get("/api/v1/documents/{id_}")
    def document(id_: str) -> Response:
        found = office.library.documents.get(id_)
        if found is None:
            return Response(status_code=404)
        provisions = [
            {"provision": p.path, "label": p.label, "heading": p.heading, "start": p.start, "end": p.end}
            for p in found.provisions.values()
        ]
        return JSONResponse({**_record(found), "text": found.text, "provisions": provisions})

    return app


async def _stream(reply: dict[str, Any], cut_after: int | None) -> AsyncIterator[str]:
    text: str = reply["text"]
    yield ": keep-alive\n\n"
    for at in range(0, len(text), 12):
        if cut_after is not None and at >= cut_after:
            return
        yield f"event: delta\ndata: {json.dumps({'text': text[at : at + 12]})}\n\n"
        await asyncio.sleep(0.01)
    yield f"event: reply\ndata: {json.dumps(reply)}\n\n"


def _record(document: Document) -> dict[str, Any]:
    return {"id": document.id, "title": document.record.title, "lifecycle": document.lifecycle(TODAY).value}
