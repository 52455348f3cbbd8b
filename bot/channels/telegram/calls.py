"""Calls the Bot API through aiogram, and tells in the post office's words how a call ended. Imported when it opens."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteWebhook,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    Response,
    SendChatAction,
    SendMessage,
    SendMessageDraft,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import Update
from aiohttp import ClientConnectorError, ClientTimeout, ConnectionTimeoutError, InvalidURL
from pydantic import ValidationError

from bot.channels.platform import GATEWAY_TIMEOUT, SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable
from bot.channels.telegram.endings import Conflict, Moved, NoSuchMethod, Refused
from bot.channels.telegram.reading import ALLOWED_UPDATES, NotAnUpdate, bare, load_json

log = logging.getLogger("huiqi.telegram")

SECONDS = 20.0
_CONNECT_SECONDS = 8.0

_NO_SUCH_CHAT = (
    "chat not found", "user not found", "peer_id_invalid", "chat was deactivated", "chat_write_forbidden",
    "not enough rights to send", "no rights to send", "user is deactivated", "chat_restricted",
)  # fmt: skip
_DONE_ALREADY = (
    "message is not modified", "query is too old", "query id is invalid", "message to edit not found",
    "message can't be edited", "message_id_invalid",
)  # fmt: skip


class _GetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates with each update as it came: one that is not understood must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0
    allowed_updates: list[str]


_METHODS: Mapping[str, type[TelegramMethod[Any]]] = {
    method.__api_method__: method
    for method in (
        AnswerCallbackQuery,
        DeleteMessage,
        DeleteWebhook,
        EditMessageReplyMarkup,
        EditMessageText,
        GetMe,
        _GetUpdates,
        SendChatAction,
        SendMessage,
        SendMessageDraft,
        SetMyCommands,
        SetWebhook,
    )
}

# pydantic remembers a generic model for as long as somebody holds it: built once, not with every answer.
_RESPONSES = [Response[method.__returning__] for method in _METHODS.values()]  # type: ignore[name-defined]


class _Session(AiohttpSession):
    """Tells the failures of a server by their status: the words of one that stands before it are no JSON."""

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        if status_code == GATEWAY_TIMEOUT:
            raise TelegramNetworkError(method=method, message=f"HTTP {status_code}") from TimeoutError()
        if status_code >= 500:
            raise TelegramServerError(method=method, message=f"HTTP {status_code}")
        return super().check_response(bot, method, status_code, content)


class Calls:
    """The Bot API for one token. What is raised never holds the token, nor an address that does."""

    def __init__(self, token: str, base_url: str | None) -> None:
        server = TelegramAPIServer.from_base(base_url) if base_url else PRODUCTION
        self._bot = Bot(token, _Session(api=server, json_loads=load_json))
        self._is_refused = False

    async def call(self, method: str, parameters: Mapping[str, object], seconds: float = SECONDS) -> Any:
        """The result of a call; None where there was nothing left to do. Raises what `Platform.send` may raise."""
        try:
            request = _METHODS[method].model_validate(dict(parameters))
        except (KeyError, ValidationError):
            raise Unacceptable(f"{method}: not a call of the Bot API") from None
        limit = ClientTimeout(total=seconds, sock_connect=min(_CONNECT_SECONDS, seconds))
        try:
            # The session hands the limit to aiohttp as it is, which takes more than the seconds aiogram speaks of.
            result = await self._bot.session(self._bot, request, timeout=cast(int, limit))
        except (AiogramError, OSError, UnicodeError) as error:
            ending = self._ending(error, method)
        else:
            self._is_refused = False
            return result
        if isinstance(ending, Exception):
            raise ending
        return ending

    async def updates(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """What has come since an offset, waited for if there is nothing."""
        given = {"timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            given["offset"] = offset
        found: list[dict[str, Any]] = await self.call("getUpdates", given, seconds + SECONDS)
        return found

    def update(self, raw: Mapping[str, Any]) -> Update:
        """An update as aiogram understands it, if need be with no more than can be answered. Raises NotAnUpdate."""
        for given in (raw, bare(raw)):
            with suppress(ValidationError):
                return Update.model_validate(given)
        raise NotAnUpdate("not an update")

    async def close(self) -> None:
        await self._bot.session.close()

    def _ending(self, error: Exception, method: str) -> Any:
        """How a failed call ended: an exception to be raised, or the result if it was done all the same."""
        words = _description(error)
        told = f"{method}: {type(error).__name__}: {words}".replace(self._bot.token, "…")[:200]
        match error:
            case TelegramRetryAfter():
                return TooFast(error.retry_after)
            case TelegramMigrateToChat():
                return Moved(error.migrate_to_chat_id)
            case TelegramUnauthorizedError():
                self._warn_of_refusal()
                return Refused(told)
            case TelegramForbiddenError():
                return Unreachable(told)
            case TelegramEntityTooLarge():
                return Unacceptable(told)
            case TelegramBadRequest():
                return _ending_of_bad_request(words, told, method)
            case TelegramNotFound():
                return NoSuchMethod(told)
            case TelegramConflictError():
                return Conflict(told)
            case ClientDecodeError() if isinstance(error.data, dict) and error.data.get("ok") is True:
                return error.data.get("result")
            case TelegramNetworkError() if isinstance(error.__cause__, _NOT_CONNECTED):
                return SendFailed(told)
            case TelegramServerError():
                return SendFailed(told)
            case TelegramNetworkError() | ClientDecodeError() | OSError() | UnicodeError():
                return SendUnknown(told) if method == "sendMessage" else SendFailed(told)
            case TelegramAPIError() if words.lower().startswith("too many requests"):
                return TooFast(1.0)
            case _:
                return Unacceptable(told)

    def _warn_of_refusal(self) -> None:
        if not self._is_refused:
            log.warning("telegram does not take the token")
        self._is_refused = True


_NOT_CONNECTED = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)


def _ending_of_bad_request(words: str, told: str, method: str) -> Exception | None:
    said = words.lower()
    if method != "sendMessage" and any(reason in said for reason in _DONE_ALREADY):
        return None
    if any(reason in said for reason in _NO_SUCH_CHAT):
        return Unreachable(told)
    return Unacceptable(told)


def _description(error: Exception) -> str:
    """What the server said; of a broken connection only the kind, since more could name the address of the call."""
    match error:
        case TelegramNetworkError():
            return type(error.__cause__).__name__
        case TelegramAPIError():
            return error.message.split("\n")[0]
        case _:
            return ""
