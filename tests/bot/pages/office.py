"""A pretended office: the conversation contract with canned replies, and faults on request."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.channels.pages import pages_router
from chains.prompting import wording
from chains.reply import Reply
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
    history_seconds: float = 0
    looks: list[int] = field(default_factory=list)  # the status of each history asked for
    looking: int = 0
    most_looking: int = 0  # histories under way at once
    erasure_fails: bool = False
    links_fail: bool = False
    feedback_fails: bool = False
    feedback: list[tuple[str, bool, str | None]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    streams: bool = True

    def begin(self) -> dict[str, str]:
        id_, token = secrets.token_urlsafe(8), secrets.token_urlsafe(8)
        fresh: dict[str, Any] = {"messages": [], "replies": {}, "profile": {}, "with_staff": False, "links": []}
        self.conversations[id_] = {"token": token, **fresh}
        return {"id": id_, "token": token}

    def knows(self, id_: str, request: Request) -> bool:
        held = self.conversations.get(id_)
        return held is not None and request.headers.get("authorization") == f"Bearer {held['token']}"

    def answer(self, id_: str, message: dict[str, Any]) -> dict[str, Any]:
        held = self.conversations[id_]
        delivery = message["client_message_id"]
        if delivery not in held["replies"]:
            reply = self._turn(held, message)
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

    def _turn(self, held: dict[str, Any], message: dict[str, Any]) -> Reply:
        text = message["text"]
        if text == "转人工":
            held["with_staff"] = True
            return Reply(text=wording("talk.human"), outcome="handed_over", suggestions=("让助手继续",))
        if held["with_staff"] and text == "让助手继续":
            held["with_staff"] = False
            return Reply(text=wording("talk.handed_back"), outcome="handed_back")
        if held["with_staff"]:
            return Reply(text=wording("talk.with_staff"), outcome="with_staff", suggestions=("让助手继续",))
        return Answers(self.library).to(text, tuple(message.get("choices") or ()))

    def say(self, reply: Reply, author: str, *, ends: bool = False) -> str:
        """Something said unasked in the only conversation; the id of the message."""
        (held,) = self.conversations.values()
        body = {**reply.model_dump(mode="json"), "message_id": secrets.token_hex(4)}
        at = datetime.now(UTC).isoformat()
        kept = {"message_id": body["message_id"], "role": "assistant", "author": author, "at": at}
        held["messages"].append({**kept, "text": reply.text, "reply": body})
        held["with_staff"] = held["with_staff"] and not ends
        return str(body["message_id"])

    def say_as_staff(self, text: str) -> str:
        return self.say(Reply(text=wording("desk.staff", text=text), outcome="staff"), "王工")

    def give_back(self) -> str:
        return self.say(Reply(text=wording("desk.staff_done"), outcome="staff"), "王工", ends=True)


def office_app(office: FakeOffice) -> FastAPI:
    app = FastAPI()
    app.include_router(pages_router(lambda: office.library, lambda: TODAY))

    @app.post("/api/v1/conversations", status_code=201)
    def begin() -> dict[str, str]:
        return office.begin()

    @app.get("/api/v1/conversations/{id_}")
    async def history(id_: str, request: Request) -> Response:
        office.looking += 1
        office.most_looking = max(office.looking, office.most_looking)
        told = tell_history(id_, request)
        await asyncio.sleep(office.history_seconds)
        office.looking -= 1
        office.looks.append(told.status_code)
        return told

    def tell_history(id_: str, request: Request) -> Response:
        if office.history_fails:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        held = office.conversations[id_]
        told = {name: held[name] for name in ("profile", "with_staff", "messages")}
        etag = f'"{len(held["messages"])}-{held["with_staff"]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return JSONResponse({"id": id_, "as_of": TODAY.isoformat(), **told}, headers={"ETag": etag})

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

    @app.post("/api/v1/conversations/{id_}/messages/{message_id}/feedback")
    def rate(id_: str, message_id: str, request: Request, opinion: dict[str, Any]) -> Response:
        if office.feedback_fails:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        office.feedback.append((message_id, opinion["helpful"], opinion["reason"]))
        return Response(status_code=204)

    @app.post("/api/v1/conversations/{id_}/links")
    def issue_code(id_: str, request: Request) -> Response:
        if office.links_fail:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        office.codes.append(f"K7M4P{'XYZ'[len(office.codes) % 3]}")
        expires_at = datetime.now(UTC) + timedelta(minutes=10)
        return JSONResponse({"code": office.codes[-1], "expires_at": expires_at.isoformat()}, status_code=201)

    @app.get("/api/v1/conversations/{id_}/links")
    def links(id_: str, request: Request) -> Response:
        if not office.knows(id_, request):
            return Response(status_code=401)
        since = datetime.now(UTC).isoformat()
        return JSONResponse([{"channel": name, "since": since} for name in office.conversations[id_]["links"]])

    @app.delete("/api/v1/conversations/{id_}/links")
    def unlink(id_: str, request: Request) -> Response:
        if office.links_fail:
            return Response(status_code=500)
        if not office.knows(id_, request):
            return Response(status_code=401)
        office.conversations[id_]["links"].clear()
        return Response(status_code=204)

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
