"""OpenAI's chat completions: any chat window that speaks them can put Huiqi behind it. No model answers here."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from bot.audience import Audience
from bot.histories import Accepted, Histories
from bot.http.completion import (
    MODEL,
    Chunks,
    Completion,
    ModelList,
    ModelView,
    NewCompletion,
    Written,
    completion,
    laid_out,
    opening,
    say,
    write,
)
from bot.http.doors import Doors, json_only
from bot.http.keys import Keys, ShowsKey
from bot.http.problems import JSON, Kind, Offender, Refusal, openai_error, refusal_of
from bot.messages import MAX_CHARACTERS, OutgoingMessage
from bot.office import Office
from bot.store.notes import Notes
from bot.text import sentences

PING_SECONDS = 10.0
EVENT_STREAM = "text/event-stream"
_ERROR = {"content": {JSON: {"schema": {"$ref": "#/components/schemas/OpenAIError"}}}}
# Each is `chat.completion.chunk` as JSON, the last one `[DONE]`.
_CHUNK = {"type": "object", "required": ["data"], "properties": {"data": {"type": "string"}}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    **{
        kind.status: {"description": kind.title, **_ERROR}
        for kind in (Kind.MALFORMED, Kind.NO_KEY, Kind.FORBIDDEN, Kind.TOO_LARGE, Kind.MEDIA_TYPE, Kind.TOO_MANY)
    },
    Kind.NO_MODEL.status: {"description": Kind.NO_MODEL.title, **_ERROR},
    "default": {"description": Kind.INTERNAL.title, **_ERROR},
}


def completions_router(office: Office) -> APIRouter:
    """Everything under `/v1`."""
    router = APIRouter(prefix="/v1", responses=_ERRORS)
    doors, keys = Doors(office), Keys(office.settings)

    def admit(request: Request, _: ShowsKey) -> str:
        caller = keys.caller(request)
        doors.pass_address(request)
        return caller

    Caller = Annotated[str, Depends(admit)]

    def view() -> ModelView:
        return ModelView(created=int(office.clock().timestamp()))

    @router.get("/models")
    async def models(caller: Caller) -> ModelList:
        return ModelList(data=(view(),))

    @router.get("/models/{model}")
    async def model(caller: Caller, model: str) -> ModelView:
        _check_model(model)
        return view()

    @router.post(
        "/chat/completions",
        response_model=Completion,
        responses={200: {"content": {EVENT_STREAM: {"itemSchema": _CHUNK}}}},
        dependencies=[Depends(json_only)],
    )
    async def complete(caller: Caller, asked: NewCompletion, request: Request) -> Response:
        """The answer to the last message; the rest of the conversation is found again, or gone through once more."""
        _check_model(asked.model)
        said = _said(asked)

        def before_replay(count: int) -> None:
            for _ in range(count):  # each of them is answered as one that is sent
                doors.pass_address(request)

        histories = Histories(office.reception, Notes(office.database), office.clock)
        accepted = await histories.accept(f"{caller}\n{asked.user or ''}", said, before_replay)
        audience = office.reception.audience(accepted.question) if accepted.question else Audience()
        hints = (say("only_words"),) if asked.messages[-1].has_other_parts else ()
        answer = asyncio.ensure_future(_answer(histories, accepted, hints, _base(office, request)))
        created = int(office.clock().timestamp())
        id = f"chatcmpl-{accepted.question.id if accepted.question else 'hint'}"
        if asked.stream:
            stream = _events(answer, audience, opening(accepted.unasked, hints), id, created, asked)
            return StreamingResponse(stream, media_type=EVENT_STREAM)
        return Response(completion(id, created, asked, await answer).model_dump_json(), media_type=JSON)

    return router


async def _answer(histories: Histories, accepted: Accepted, hints: tuple[str, ...], base: str) -> Written:
    if accepted.question is None:
        return Written("\n\n".join((*hints, accepted.complaint)))
    outgoing: OutgoingMessage = await histories.answer(accepted.question)
    return write(outgoing, accepted.unasked, hints, base)


def _check_model(model: str) -> None:
    if model != MODEL:
        offender = Offender(name="model", detail=model)
        raise Refusal(
            Kind.NO_MODEL, f"没有这个模型：{model[:80]}；只有 {MODEL} (the only model is {MODEL})", [offender]
        )


def _said(asked: NewCompletion) -> list[str]:
    """What the user has said, in order. Raises Refusal for a last message that cannot be answered."""
    at = f"messages.{len(asked.messages) - 1}"
    last = asked.messages[-1]
    if last.role != "user":
        raise _wrong(f"{at}.role", "最后一条须是用户说的 (the last message must be the user's)")
    if not last.text.strip():
        missing = "只看得了文字，这里没有文字 (there is no text in it)" if last.has_other_parts else "不能为空 (empty)"
        raise _wrong(f"{at}.content", missing)
    if len(last.text) > MAX_CHARACTERS:
        too_long = f"最多 {MAX_CHARACTERS} 字，这里有 {len(last.text)} 字，请缩短或分几次发"
        raise _wrong(f"{at}.content", too_long, Kind.TOO_LONG)
    return [message.text for message in asked.messages if message.role == "user" and message.text.strip()]


def _wrong(name: str, detail: str, kind: Kind = Kind.INVALID) -> Refusal:
    return Refusal(kind, f"{name}：{detail}", [Offender(name=name, detail=detail)])


def _base(office: Office, request: Request) -> str:
    return (office.settings.public_url or str(request.base_url)).rstrip("/")


async def _events(
    answer: asyncio.Future[Written], audience: Audience, before: str, id: str, created: int, asked: NewCompletion
) -> AsyncIterator[bytes]:
    """Chunks and `[DONE]`, or one error: each sentence once it is known to be true, what is left with the answer.

    Comments keep the line open while nothing comes.
    """
    chunks = Chunks(id, created, bool(asked.stream_options and asked.stream_options.include_usage))
    told, sent = "", ""
    try:
        yield KEEPALIVE_COMMENT
        async for piece in audience.pieces(answer, PING_SECONDS):
            if piece is None:
                yield KEEPALIVE_COMMENT
                continue
            told += piece
            if not sent:
                yield _event(chunks.speaker())
            so_far = before + laid_out(told)
            yield _event(chunks.text(so_far[len(sent) :]))
            sent = so_far
        written = answer.result()
    except Exception as error:
        yield format_sse_event(data_str=openai_error(refusal_of(error)).model_dump_json())
        return
    finally:
        answer.cancel()
    if not sent:
        yield _event(chunks.speaker())
    left = written.text[len(sent) :]
    if not written.text.startswith(sent):  # a line told may still be dropped: then the whole comes after it
        left = f"\n\n{written.text}"
        written = written.told_after(len(sent) + 2)
    for piece in sentences(left):
        yield _event(chunks.text(piece))
    for chunk in chunks.rest(completion(id, created, asked, written)):
        yield _event(chunk)
    yield format_sse_event(data_str="[DONE]")


def _event(chunk: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(chunk, ensure_ascii=False))
