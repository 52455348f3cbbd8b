"""Requests and answers as OpenAI's clients know them: the wire shapes, and an answer written into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt

from bot.http.shapes import ReplyBody
from bot.messages import OutgoingMessage
from bot.rendering import sheet_of
from bot.text import mend
from chains.citation import MARK
from chains.prompting import read_data, wording
from chains.reply import Question

MODEL = "huiqi"
_EXAMPLE = (1, 3)
_BULLET = re.compile(r"^\s*[-*·•]\s+")
_ITEM = re.compile(r"- |\d{1,2}\. ")
_WITH_STAFF = frozenset({"handed_over", "with_staff"})
_ERASURE = "erasure"


def say(key: str, /, **values: str) -> str:
    """A text of the section `completions` in `channels.yaml`."""
    return cast(str, read_data("channels")["completions"][key]).format(**values)


class _Asked(BaseModel):
    """What clients send beside what is read here has no effect: there is no model to be tuned."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Words = Annotated[str, BeforeValidator(lambda given: mend(given) if isinstance(given, str) else given)]


class Part(_Asked):
    """A piece of a message; only text is read."""

    type: str
    text: Words | None = None


class ChatMessage(_Asked):
    """Only what the user says is heard: what others say is neither an order nor a fact."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Words | tuple[Part, ...] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, tuple):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""

    @property
    def has_other_parts(self) -> bool:
        return isinstance(self.content, tuple) and any(part.type != "text" for part in self.content)


class StreamOptions(_Asked):
    include_usage: StrictBool | None = None


class ResponseFormat(_Asked):
    type: Literal["text"]


class NewCompletion(_Asked):
    """The whole conversation, oldest message first; the last one is the user's and is answered.

    `user` tells the people apart for whom one program asks.
    """

    model: Annotated[str, Field(min_length=1, max_length=200)]
    messages: Annotated[tuple[ChatMessage, ...], Field(min_length=1)]
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[StrictInt, Field(ge=1, le=1)] | None = None
    user: Annotated[Words, Field(max_length=500)] | None = None
    response_format: ResponseFormat | None = None


class UrlCitation(_Told):
    """`start_index` and `end_index` are those of the mark in the text."""

    url: str
    title: str
    start_index: int
    end_index: int


class Annotation(_Told):
    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class AnswerMessage(_Told):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: tuple[Annotation, ...] = ()


class Choice(_Told):
    index: Literal[0] = 0
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(_Told):
    """Counted in characters of what the user said and what was answered: there are no tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(_Told):
    """`huiqi` is the whole reply with its findings, profile and question; null where there was only a hint."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: tuple[Choice, ...]
    usage: Usage
    huiqi: ReplyBody | None


class ModelView(_Told):
    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: str = MODEL


class ModelList(_Told):
    object: Literal["list"] = "list"
    data: tuple[ModelView, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as a chat window shows it: text with marks and numbered options, and what the marks stand for."""

    text: str
    annotations: tuple[Annotation, ...] = ()
    reply: ReplyBody | None = None

    def told_after(self, characters: int) -> "Written":
        """The same where so many characters were told before: the marks stand that much later."""
        moved = [
            one.model_copy(
                update={"start_index": one.start_index + characters, "end_index": one.end_index + characters}
            )
            for one in (annotation.url_citation for annotation in self.annotations)
        ]
        return replace(self, annotations=tuple(Annotation(url_citation=one) for one in moved))


def write(answer: OutgoingMessage, unasked: tuple[str, ...], hints: tuple[str, ...], base: str) -> Written:
    """`unasked` and `hints` stand before the answer; `base` is where documents are read."""
    reply = answer.reply
    asked = _asked(reply.question, reply.text)
    text = sheet_of(answer).text.removesuffix(reply.question.text if reply.question else "")
    if reply.outcome == _ERASURE:
        text = text.replace(wording("talk.delete"), say("erase", id=answer.conversation_id))
    if reply.outcome in _WITH_STAFF:
        text = f"{text}\n{say('staff_later')}"
    text = laid_out("\n".join((text, *asked)))
    before = opening(unasked, hints)
    cited = {citation.marker: citation for citation in reply.citations}
    annotations = tuple(
        Annotation(
            url_citation=UrlCitation(
                url=f"{base}/documents/{citation.document_id}#{citation.provision}",
                title=f"{citation.document_title} {citation.label}{citation.heading}".strip(),
                start_index=len(before) + found.start(),
                end_index=len(before) + found.end(),
            )
        )
        for found in MARK.finditer(text)
        if (citation := cited.get(int(found[1])))
    )
    return Written(before + text, annotations, ReplyBody.model_validate_json(answer.body))


def opening(unasked: tuple[str, ...], hints: tuple[str, ...]) -> str:
    """What stands before an answer."""
    return "".join(f"{words}\n\n" for words in (*unasked, *hints))


def laid_out(text: str) -> str:
    """The same as whole Markdown, in which a line break alone is none and a list ends with a blank line.

    What is made of the first lines of a text is the beginning of what is made of the whole.
    """
    lines = [_BULLET.sub("- ", line) for line in text.split("\n") if line.strip()]
    breaks = ["\n" if _ITEM.match(line) and _ITEM.match(following) else "\n\n" for line, following in pairwise(lines)]
    return "".join(part for pair in zip(lines, [*breaks, ""], strict=True) for part in pair)


def _asked(question: Question | None, said: str) -> tuple[str, ...]:
    """What is asked, unless that was said already, and the options by number."""
    if question is None:
        return ()
    lines = [f"{number}. {option.label}" for number, option in enumerate(question.options, start=1)]
    example = " ".join(str(n) for n in _EXAMPLE if n <= len(lines))
    hint = say("choose_several", example=example) if question.multiple else say("choose_one")
    is_said = question.text in said.removesuffix(question.text)
    return ("" if is_said else question.text, *lines, hint if lines else "")


def completion(id: str, created: int, asked: NewCompletion, written: Written) -> Completion:
    message = AnswerMessage(content=written.text, annotations=written.annotations)
    choices = (Choice(message=message),)
    return Completion(id=id, created=created, choices=choices, usage=usage(asked, written), huiqi=written.reply)


def usage(asked: NewCompletion, written: Written) -> Usage:
    read = sum(len(message.text) for message in asked.messages if message.role == "user")
    return Usage(prompt_tokens=read, completion_tokens=len(written.text), total_tokens=read + len(written.text))


@dataclass(frozen=True, slots=True)
class Chunks:
    """An answer as a stream: who speaks, the text in pieces, then what goes with it."""

    id: str
    created: int
    with_usage: bool

    def speaker(self) -> dict[str, Any]:
        return self._chunk({"role": "assistant", "content": ""})

    def text(self, piece: str) -> dict[str, Any]:
        return self._chunk({"content": piece})

    def rest(self, whole: Completion) -> Iterator[dict[str, Any]]:
        told = whole.model_dump(mode="json")
        yield self._chunk({"annotations": told["choices"][0]["message"]["annotations"]})
        yield self._chunk({}, "stop", huiqi=told["huiqi"])
        if self.with_usage:
            yield {**self._head, "choices": [], "usage": told["usage"]}

    @property
    def _head(self) -> dict[str, Any]:
        return {"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None = None, **more: Any) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        rest = {"usage": None} if self.with_usage else {}
        return {**self._head, "choices": [choice], **rest, **more}
