"""The one place that speaks to a language model: seconds, retries, caps, circuit breaker. It decides nothing."""

import asyncio
import json
import logging
import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractContextManager, aclosing
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from chains.model.allowance import MOST_RETRIES, Allowance, Call, Ledger, ModelUnavailable
from chains.model.breaker import Breaker
from chains.prompting import Messages

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient

log = logging.getLogger("huiqi.model")

Shape = TypeVar("Shape", bound=BaseModel)

MOST_TOKENS = 900  # of one answer
_MOST_BYTES = 16_000  # of one answer, whatever the server counts as a token
_FIRST_WAIT = 0.4  # seconds before the first retry where the server names none
_LIST_S = 10.0
_KEPT = 6_000  # characters of a prompt or an answer in the trace
# How a server is held to a shape, best first; a server that refuses one is asked in the next.
_METHODS = ("json_schema", "function_calling", "json_mode", "plain")
_CAP_NAMES = ("max_tokens", "max_completion_tokens", "")
_REPAIR = "The answer above is not a JSON object of the shape asked for. Answer with that JSON object alone."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server and a model of it. A server that wants no key gets a word that is none."""

    model: str
    base_url: str = ""
    api_key: str = field(default="no-key", repr=False)


class LanguageModel:
    """One model of one server. Every failure is ModelUnavailable."""

    def __init__(self, endpoint: Endpoint, ledger: Ledger | None = None, breaker: Breaker | None = None) -> None:
        self.endpoint = endpoint
        self.breaker = breaker or Breaker()
        self._ledger = ledger
        self._method = 0
        self._counts_streams = True
        self._caps_by = 0
        self._client: tuple[asyncio.AbstractEventLoop, ChatOpenAI, DefaultAsyncHttpxClient] | None = None

    def load(self) -> None:
        """Loads the client's libraries, so that nobody's first question waits for them. Takes seconds."""
        import langchain_openai  # noqa: F401

    async def models(self) -> tuple[str, ...]:
        """The models that the server names. Raises ModelUnavailable."""
        try:
            listed = await self._model().root_async_client.models.list(timeout=_LIST_S)
            return tuple(model.id for model in listed.data)
        except Exception as error:
            raise ModelUnavailable(_reason(error), type(error).__name__) from error

    async def close(self) -> None:
        """Closes the connections; a later call opens new ones."""
        client, self._client = self._client, None
        if client is not None and client[0] is asyncio.get_running_loop():
            await client[2].aclose()

    async def write(self, purpose: str, prompt: Messages, allowance: Allowance) -> AsyncGenerator[str]:
        """The answer as it comes. A stream that breaks off raises ModelUnavailable after what came before."""
        call = self._begin(purpose, prompt, allowance)
        async with aclosing(self._paid(call, allowance, self._stream(_messages(prompt), call, allowance))) as pieces:
            async for piece in pieces:
                yield piece

    async def extract(self, purpose: str, prompt: Messages, shape: type[Shape], allowance: Allowance) -> Shape:
        """An answer of a given shape. The strictest way of asking for it that the server knows is remembered."""
        call = self._begin(purpose, prompt, allowance)
        found: list[Shape] = []

        async def ask() -> AsyncGenerator[str]:
            messages: list[BaseMessage] = [*_messages(prompt)]
            for is_repair in (False, True):
                answer = await self._shaped(messages, shape, call, allowance)
                call.reply = _text_of(answer)[:_KEPT]
                if read := _read(answer, shape):
                    found.append(read)
                    yield ""
                    return
                if not is_repair:
                    messages = [*messages, _assistant(_text_of(answer)), _user(_REPAIR)]
            raise ModelUnavailable("error_model_format")

        async for _ in self._paid(call, allowance, ask()):
            pass
        return found[0]

    def _begin(self, purpose: str, prompt: Messages, allowance: Allowance) -> Call:
        call = Call(
            purpose,
            prompt.name,
            prompt.version,
            self.endpoint.model,
            prompt.user[:_KEPT],
            len(prompt.system) + len(prompt.user),
        )
        allowance.calls.append(call)
        return call

    async def _paid(self, call: Call, allowance: Allowance, answer: AsyncGenerator[str]) -> AsyncGenerator[str]:
        """An answer within caps and behind the breaker; its cost is kept however it ends."""
        begun = monotonic()
        entry: int | None = None
        try:
            if allowance.left <= 0:
                raise ModelUnavailable("over_budget")
            if not self.breaker.lets_through():
                raise ModelUnavailable("circuit_open")
            if self._ledger is not None:
                entry = await self._ledger.reserve(allowance.person, call.size + MOST_TOKENS)
                if entry is None:
                    raise ModelUnavailable("over_cap")
            async with aclosing(answer):
                async for piece in answer:
                    yield piece
            self.breaker.succeeded()
        except ModelUnavailable as error:
            call.error = error.reason
            if error.reason in _FAULTS:
                self.breaker.failed()
            log.warning("model unavailable", extra={"event": {"reason": error.reason, "purpose": call.purpose}})
            raise
        except (asyncio.CancelledError, GeneratorExit):
            call.error = "cancelled"
            raise
        finally:
            call.seconds = round(monotonic() - begun, 3)
            if entry is not None and self._ledger is not None:
                used_in = call.tokens_in or (call.size if call.attempts else 0)
                await asyncio.shield(self._ledger.settle(entry, used_in, call.tokens_out or len(call.reply)))

    async def _stream(self, messages: "list[BaseMessage]", call: Call, allowance: Allowance) -> AsyncGenerator[str]:
        size = 0
        while True:
            call.attempts += 1
            finished = False
            stream = self._model().astream(messages, stream_usage=self._counts_streams, **self._capped)
            try:
                while True:
                    async with asyncio.timeout(max(allowance.left, 0.001)):
                        with _untraced():
                            chunk = await anext(stream, None)
                    if chunk is None:
                        break
                    finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                    _count(call, chunk)
                    text = str(chunk.text)
                    size += len(text.encode("utf-8", "surrogatepass"))
                    if size > _MOST_BYTES:
                        raise ModelUnavailable("too_long")
                    call.reply = (call.reply + text)[:_KEPT]
                    if text:
                        yield text
                if not finished:
                    raise ModelUnavailable("truncated" if size else "empty")
                if not size:
                    raise ModelUnavailable("empty")
                return
            except ModelUnavailable:
                raise
            except Exception as error:
                if size:
                    raise ModelUnavailable("timeout" if isinstance(error, TimeoutError) else "truncated") from error
                if _is_refused_option(error) and self._asks_for_less():
                    continue
                await self._wait_or_give_up(error, allowance)
            finally:
                await stream.aclose()  # type: ignore[attr-defined]

    async def _shaped(
        self, messages: "list[BaseMessage]", shape: type[BaseModel], call: Call, allowance: Allowance
    ) -> "AIMessage":
        while True:
            call.attempts += 1
            try:
                async with asyncio.timeout(max(allowance.left, 0.001)):
                    with _untraced():
                        answer: AIMessage = await self._held_to(shape).ainvoke(messages)
            except Exception as error:
                if _is_refused_option(error):
                    if self._method + 1 < len(_METHODS):
                        self._method += 1
                        continue
                    if self._asks_for_less():
                        self._method = 0
                        continue
                await self._wait_or_give_up(error, allowance)
                continue
            _count(call, answer)
            if len(_text_of(answer)) > _MOST_BYTES:
                raise ModelUnavailable("too_long")
            return answer

    def _held_to(self, shape: type[BaseModel]) -> Any:
        model, schema = self._model().bind(**self._capped), shape.model_json_schema()
        match _METHODS[self._method]:
            case "json_schema":
                held = {"type": "json_schema", "json_schema": {"name": shape.__name__, "schema": schema}}
                return model.bind(response_format=held)
            case "function_calling":
                return self._model().bind_tools([shape], tool_choice=shape.__name__).bind(**self._capped)
            case "json_mode":
                return model.bind(response_format={"type": "json_object"})
        return model

    @property
    def structured_by(self) -> str:
        """The way in which the server is held to a shape, as far as is known."""
        return _METHODS[self._method]

    @property
    def _capped(self) -> dict[str, Any]:
        """The cap of an answer, under the name that the server knows; most know the old one only."""
        name = _CAP_NAMES[self._caps_by]
        return {"extra_body": {name: MOST_TOKENS}} if name else {}

    def _asks_for_less(self) -> bool:
        """Leaves out, for good, one more thing that a server may not know; False if there is none left."""
        if self._counts_streams:
            self._counts_streams = False
        elif self._caps_by + 1 < len(_CAP_NAMES):
            self._caps_by += 1
        else:
            return False
        return True

    async def _wait_or_give_up(self, error: Exception, allowance: Allowance) -> None:
        """Waits before a retry. Raises ModelUnavailable where none is left, or none would help."""
        reason, named = _reason(error), _retry_after(error)
        if named is not None:
            self.breaker.hold(named)
        if reason not in _PASSING or allowance.retries <= 0:
            raise ModelUnavailable(reason, type(error).__name__) from error
        pause = _FIRST_WAIT * 2 ** (MOST_RETRIES - allowance.retries) * random.uniform(0.75, 1.25)
        wait = max(pause, named or 0.0)
        if wait >= allowance.left:
            raise ModelUnavailable(reason, "no time for a retry") from error
        allowance.retries -= 1
        if reason in _FAULTS:
            self.breaker.failed()
        await asyncio.sleep(wait)

    def _model(self) -> "ChatOpenAI":
        """A client of the running event loop: connections cannot change loops."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._client[0] is not loop:
            from langchain_openai import ChatOpenAI
            from openai import DefaultAsyncHttpxClient
            from pydantic import SecretStr

            connections = DefaultAsyncHttpxClient()
            client = ChatOpenAI(
                model=self.endpoint.model,
                base_url=self.endpoint.base_url or None,
                api_key=SecretStr(self.endpoint.api_key),
                temperature=0.2,
                max_retries=0,
                timeout=60,
                use_responses_api=False,
                http_async_client=connections,
                http_socket_options=(),
            )
            self._client = loop, client, connections
        return self._client[1]


# What may pass by itself, and what says that the server is in trouble.
_PASSING = frozenset({"rate_limited", "server_error", "unreachable"})
_FAULTS = frozenset({"server_error", "unreachable", "timeout", "truncated", "refused", "empty"})


def _reason(error: Exception) -> str:
    import openai

    match error:
        case TimeoutError() | openai.APITimeoutError():
            return "timeout"
        case openai.RateLimitError():
            return "rate_limited"
        case openai.InternalServerError():
            return "server_error"
        case openai.APIStatusError():
            return "refused"
        case openai.APIConnectionError():
            return "unreachable"
    return "error_model_format"


def _is_refused_option(error: Exception) -> bool:
    """Whether a server does not know something that it was asked for, rather than the model or the key."""
    import openai

    return isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError)


def _retry_after(error: Exception) -> float | None:
    """Seconds that the server asks to wait, given as a number or as a date."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    given = headers.get("retry-after", "").strip()
    if not given:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(given).timestamp() - time())
    except ValueError:
        return None


def _untraced() -> AbstractContextManager[None]:
    """No copy of what is said goes to a tracing service, whatever the environment says."""
    from langsmith import tracing_context

    return tracing_context(enabled=False)


def _count(call: Call, message: Any) -> None:
    if usage := message.usage_metadata:
        call.tokens_in += usage["input_tokens"]
        call.tokens_out += usage["output_tokens"]


def _messages(prompt: Messages) -> "list[BaseMessage]":
    from langchain_core.messages import SystemMessage

    return [SystemMessage(prompt.system), _user(prompt.user)]


def _user(text: str) -> "BaseMessage":
    from langchain_core.messages import HumanMessage

    return HumanMessage(text)


def _assistant(text: str) -> "BaseMessage":
    from langchain_core.messages import AIMessage

    return AIMessage(text)


def _text_of(answer: "AIMessage") -> str:
    called = [json.dumps(call["args"], ensure_ascii=False) for call in answer.tool_calls]
    called += [str(call["args"]) for call in answer.invalid_tool_calls]
    return "\n".join([str(answer.text), *called]).strip()


def _read(answer: "AIMessage", shape: type[Shape]) -> Shape | None:
    """The first object of the shape in an answer, whatever stands around it."""
    text = _text_of(answer).rpartition("</think>")[2]
    for value in _objects(text):
        try:
            return shape.model_validate(value)
        except ValidationError:
            continue
    return None


def _objects(text: str) -> Sequence[object]:
    decoder, found = json.JSONDecoder(), []
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(text, start)
            found.append(value)
        except RecursionError:
            break
        except ValueError:
            end = start + 1
        start = text.find("{", end)
    return found
