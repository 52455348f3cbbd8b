"""Errors as problem details (RFC 9457), under `/v1/` as OpenAI's clients read them: what went wrong, in words."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from bot.office import NotReady
from bot.reception import AnswerFailed, NotAdmitted, NotOffered
from bot.store.conversations import DeliveryConflict, NoSuchConversation
from bot.store.database import StoreUnavailable
from bot.text import readable

MEDIA_TYPE = "application/problem+json"
JSON = "application/json"
_NAME_LENGTH = 80

RETRY_SECONDS = "5"  # after which what could not be served is worth a try, where nothing else is known
OPENAI = "/v1/"  # under it errors have the shape that OpenAI's clients read


class Kind(Enum):
    """The closed list of what can go wrong: status, code, title."""

    MALFORMED = (400, "malformed", "请求读不懂")
    UNAUTHORIZED = (401, "unauthorized", "凭证不对")
    NO_KEY = (401, "invalid-api-key", "密钥不对")
    FORBIDDEN = (403, "forbidden", "不能从那里调用")
    NOT_FOUND = (404, "not-found", "没有这个地址")
    NO_MODEL = (404, "model-not-found", "没有这个模型")
    METHOD = (405, "method-not-allowed", "这个地址不支持这种请求")
    CONFLICT = (409, "conflict", "同一编号的消息内容不同")
    TOO_LARGE = (413, "too-large", "请求太大")
    MEDIA_TYPE = (415, "media-type", "只接受 application/json")
    INVALID = (422, "invalid", "内容不合要求")
    TOO_LONG = (422, "string-above-max-length", "文字太长")
    UNKNOWN_OPTION = (422, "unknown-option", "没有这个选项")
    TOO_MANY = (429, "too-many", "请求太多")
    INTERNAL = (500, "internal", "服务出错")
    UNAVAILABLE = (503, "unavailable", "暂时无法受理")

    @property
    def status(self) -> int:
        return self.value[0]

    @property
    def code(self) -> str:
        return self.value[1]

    @property
    def title(self) -> str:
        return self.value[2]


class Offender(BaseModel):
    """One part of the request that is at fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    detail: str


class Problem(BaseModel):
    """The body of every error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Offender, ...] = ()


class OpenAIFault(BaseModel):
    """What went wrong; `param` is the part of the request at fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str
    type: str
    param: str | None
    code: str


class OpenAIError(BaseModel):
    """The body of every error under `/v1/`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    error: OpenAIFault


class Refusal(Exception):
    """A request that is not served; raised anywhere below a route."""

    def __init__(
        self, kind: Kind, detail: str, errors: Sequence[Offender] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def response(self, path: str) -> Response:
        """As who asked under this path reads it."""
        if path.startswith(OPENAI):
            return Response(openai_error(self).model_dump_json(), _openai_status(self.kind), self.headers, JSON)
        problem = Problem(
            type=f"urn:huiqi:problem:{self.kind.code}",
            title=self.kind.title,
            status=self.kind.status,
            detail=readable(self.detail),
            errors=tuple(
                Offender(name=readable(e.name)[:_NAME_LENGTH], detail=readable(e.detail)) for e in self.errors
            ),
        )
        return Response(problem.model_dump_json(), self.kind.status, self.headers, MEDIA_TYPE)


def openai_error(refusal: Refusal) -> OpenAIError:
    """A refusal in the shape that OpenAI's clients read."""
    match _openai_status(refusal.kind):
        case 401:
            type_ = "authentication_error"
        case 429:
            type_ = "rate_limit_error"
        case status if status >= 500:
            type_ = "server_error"
        case _:
            type_ = "invalid_request_error"
    offender = readable(refusal.errors[0].name)[:_NAME_LENGTH] if refusal.errors else None
    code = refusal.kind.code.replace("-", "_")
    return OpenAIError(error=OpenAIFault(message=readable(refusal.detail), type=type_, param=offender, code=code))


def _openai_status(kind: Kind) -> int:
    """OpenAI's clients know a request that cannot be served by 400 alone."""
    return Kind.MALFORMED.status if kind.status in (Kind.CONFLICT.status, Kind.INVALID.status) else kind.status


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The problems of a route as OpenAPI describes them."""
    schema = {"$ref": "#/components/schemas/Problem"}
    described: dict[int | str, dict[str, Any]] = {}
    for kind in (*kinds, Kind.MALFORMED, Kind.TOO_LARGE, Kind.INTERNAL, Kind.UNAVAILABLE):
        described.setdefault(kind.status, {"description": kind.title, "content": {MEDIA_TYPE: {"schema": schema}}})
    return described


def refusal_of(error: Exception) -> Refusal:
    """What a person is told of an error of ours; what is not foreseen is told as a fault of the service."""
    match error:
        case Refusal():
            return error
        case NotOffered():
            offered = "、".join(error.offered) or "没有可选的（上一条没有提问）"
            errors = [Offender(name="choices", detail=f"没有选项 {given}") for given in error.given]
            return Refusal(Kind.UNKNOWN_OPTION, f"没有这个选项：{'、'.join(error.given)}。可选：{offered}", errors)
        case DeliveryConflict():
            return Refusal(Kind.CONFLICT, "这个 client_message_id 已用于另一条内容不同的消息")
        case NotAdmitted() | NoSuchConversation():
            challenge = {"WWW-Authenticate": "Bearer"}
            return Refusal(Kind.UNAUTHORIZED, "需要这个对话自己的凭证（Authorization: Bearer …）", headers=challenge)
        case StoreUnavailable():
            return Refusal(Kind.UNAVAILABLE, "暂时无法受理，请稍后再试", headers={"Retry-After": RETRY_SECONDS})
        case NotReady():
            return Refusal(Kind.UNAVAILABLE, "正在启动，请稍后再试", headers={"Retry-After": "1"})
        case _:
            return Refusal(Kind.INTERNAL, "服务出错了，请稍后再试")


def problem_schemas() -> dict[str, Any]:
    """The schemas that `documented` refers to, by name."""
    schemas: dict[str, Any] = {}
    for model in (Problem, OpenAIError):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= {**schema.pop("$defs"), model.__name__: schema}
    return schemas


def stopping() -> Refusal:
    return Refusal(Kind.UNAVAILABLE, "正在重启，请稍后用同一编号重发", headers={"Retry-After": "2"})


def too_large(most_bytes: int) -> Refusal:
    return Refusal(Kind.TOO_LARGE, f"请求体不能超过 {most_bytes // 1024} KiB")


def tell_problems(app: FastAPI, missing_page: Callable[[], Response]) -> None:
    """Make every error of the application a problem; people who took a wrong turn get a page."""

    async def ours(request: Request, error: Exception) -> Response:
        return refusal_of(error).response(request.url.path)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _from_validation(error).response(request.url.path)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and _is_for_people(request):
            return missing_page()
        refusal = _from_http(error)
        refusal.headers.update(error.headers or {})
        return refusal.response(request.url.path)

    for kind in (
        Refusal,
        NotOffered,
        DeliveryConflict,
        NotAdmitted,
        NoSuchConversation,
        StoreUnavailable,
        NotReady,
        AnswerFailed,
    ):
        app.add_exception_handler(kind, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _is_for_people(request: Request) -> bool:
    return not request.url.path.startswith(("/api/", OPENAI)) and "text/html" in request.headers.get("accept", "")


def _from_http(error: HTTPException) -> Refusal:
    match error.status_code:
        case 400:
            return Refusal(Kind.MALFORMED, "请求体不是可读的 JSON")
        case 404:
            return Refusal(Kind.NOT_FOUND, "这里没有内容，请核对地址")
        case 405:
            return Refusal(Kind.METHOD, "这个地址不支持这种请求方法")
        case 413:
            return Refusal(Kind.TOO_LARGE, error.detail)
        case _:
            return refusal_of(error)


def _from_validation(error: RequestValidationError) -> Refusal:
    found = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return Refusal(Kind.MALFORMED, "请求体不是合法的 JSON")
    offenders = [Offender(name=_name(e["loc"]), detail=sentence_of(e)) for e in found[:20]]
    first = offenders[0]
    return Refusal(Kind.INVALID, f"{first.name}：{first.detail}", offenders)


def _name(location: Sequence[str | int]) -> str:
    inner = location[1:] if location[:1] in (("body",), ("query",), ("path",), ("header",)) else location
    return ".".join(str(part) for part in inner) or "body"


def sentence_of(error: Mapping[str, Any]) -> str:
    """One complaint of pydantic's in plain Chinese."""
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            given = len(error["input"])
            return f"最多 {context['max_length']} 字，这里有 {given} 字，请缩短或分几次发"
        case "string_too_short" | "too_short":
            return "不能为空"
        case "too_long":
            return f"最多 {context['max_length']} 项"
        case "greater_than_equal":
            return f"最小 {context['ge']}"
        case "less_than_equal":
            return f"最大 {context['le']}"
        case "literal_error" | "enum":
            return f"只能是 {context['expected']}"
        case "int_type" | "int_parsing" | "int_from_float":
            return "应为整数"
        case "bool_type":
            return "应为 true 或 false"
        case "missing":
            return "缺少这一项"
        case "extra_forbidden":
            return "没有这一项"
        case "string_type":
            return "应为文字"
        case "tuple_type" | "list_type":
            return "应为列表"
        case "dict_type" | "model_attributes_type" | "model_type":
            return "应为 JSON 对象"
        case "value_error":
            return str(context["error"])
        case _:
            return str(error["msg"])
