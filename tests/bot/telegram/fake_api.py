"""A Bot API on the loopback: it checks what Telegram checks, shows what a person sees, misbehaves on request."""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.bot.telegram.checks import Complaint, checked_commands, checked_keyboard, checked_text
from tests.bot.telegram.updates import BOT_ID, USERNAME, chat_of, membership_update, message_update, tap_update

TOKEN = f"{BOT_ID}:AAEhBOweik6ad6PsWZOcVYlTAbuBi8Loo7w"

_POST_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in, and when."""

    method: str
    chat: str
    parameters: Mapping[str, Any]
    at: float


@dataclass(slots=True)
class Shown:
    """A message of the bot as the person sees it now."""

    message_id: int
    text: str
    keyboard: list[list[tuple[str, str]]] = field(default_factory=list)
    bold: tuple[str, ...] = ()
    edited: bool = False

    @property
    def labels(self) -> list[str]:
        return [label for row in self.keyboard for label, _ in row]

    def data(self, label: str) -> str:
        """What the button with a label sends."""
        return next(data for row in self.keyboard for said, data in row if said == label)


class Cut(Exception):
    """The connection is to be cut instead of an answer."""


@dataclass(frozen=True, slots=True)
class Misfortune:
    """What goes wrong with a call. With `arrives` the call has its effect first; `seconds` pass before the end."""

    status: int = 0  # 0: the connection is cut
    description: str = ""
    parameters: Mapping[str, int] = field(default_factory=dict)
    arrives: bool = False
    seconds: float = 0.0
    body: str | None = None  # instead of JSON
    location: str = ""  # where it sends the caller, with a body


def too_fast(seconds: int) -> Misfortune:
    return Misfortune(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def bad_request(words: str) -> Misfortune:
    return Misfortune(400, f"Bad Request: {words}")


def forbidden(words: str = "bot was blocked by the user") -> Misfortune:
    return Misfortune(403, f"Forbidden: {words}")


def conflict() -> Misfortune:
    return Misfortune(409, "Conflict: terminated by other getUpdates request")


def server_error(status: int = 502) -> Misfortune:
    return Misfortune(status, "Bad Gateway")


def cut(*, arrives: bool = True) -> Misfortune:
    return Misfortune(arrives=arrives)


def hang(seconds: float = 3600, *, arrives: bool = True) -> Misfortune:
    return Misfortune(arrives=arrives, seconds=seconds)


class FakeBotApi:
    """One bot's Bot API. `received` keeps every call in order, `chat(…)` shows what a person sees.

    Updates wait to be asked for; once a webhook is set they are brought there.
    """

    def __init__(self, token: str = TOKEN, username: str = USERNAME) -> None:
        self.token = token
        self.username = username
        self.url = ""
        self.received: list[Call] = []
        self.complaints: list[str] = []  # what was answered with 400
        self.toasts: list[tuple[str, str]] = []  # callback query id, text
        self.drafts: list[tuple[str, str]] = []  # chat, text
        self.webhook: Mapping[str, Any] = {}
        self.commands: list[Mapping[str, str]] = []
        self.fetchers = 0  # how many ask for updates at this moment
        self._chats: defaultdict[str, list[Shown]] = defaultdict(list)
        self._misfortunes: defaultdict[str, deque[Misfortune]] = defaultdict(deque)
        self._blocked: set[str] = set()
        self._updates: list[dict[str, Any]] = []
        self._changed = asyncio.Event()
        self._fetching: asyncio.Event | None = None
        self._update_ids = itertools.count(700_000_001)
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_000_000_000_000_000_001)
        self._queries: set[str] = set()
        self._runner: web.AppRunner | None = None
        self._posting: asyncio.Task[None] | None = None

    # --- the server

    async def start(self, port: int = 0) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}"
        self._posting = asyncio.create_task(self._post_updates())

    async def stop(self) -> None:
        if self._runner is None or self._posting is None:
            return
        self._posting.cancel()
        await asyncio.gather(self._posting, return_exceptions=True)
        runner, self._runner = self._runner, None
        self._changed.set()
        await runner.cleanup()

    # --- what a test does to it

    def next(self, method: str, *misfortunes: Misfortune) -> None:
        """The next calls of a method end like this, one after the other."""
        self._misfortunes[method].extend(misfortunes)

    def block(self, chat: int) -> None:
        self._blocked.add(str(chat))
        self.push(membership_update(chat, "member", "kicked"))

    def unblock(self, chat: int) -> None:
        self._blocked.discard(str(chat))
        self.push(membership_update(chat, "kicked", "member"))

    def push(self, update: Mapping[str, Any]) -> int:
        """Put an update in line for the bot: its number."""
        number = next(self._update_ids)
        self._updates.append({"update_id": number, **update})
        self._changed.set()
        return number

    def push_text(self, chat: int, text: str, **more: Any) -> int:
        """What a person says; more fields of the message as they are."""
        return self.push_message(chat, text=text, **more)

    def push_message(self, chat: int, **fields: Any) -> int:
        """Whatever a person sends."""
        return self.push(message_update(chat, next(self._message_ids), **fields))

    def push_tap(self, chat: int, message_id: int, data: str) -> int:
        """A tap on a button under a message of the bot."""
        query = str(next(self._query_ids))
        self._queries.add(query)
        return self.push(tap_update(chat, message_id, data, query))

    def tap(self, chat: int, label: str) -> int:
        """A tap on the last button with a label that the person sees."""
        for shown in reversed(self.chat(chat)):
            if label in shown.labels:
                return self.push_tap(chat, shown.message_id, shown.data(label))
        raise AssertionError(f"{label!r} is not on any button: {[m.labels for m in self.chat(chat)]}")

    # --- what a test sees of it

    def chat(self, chat: int | str) -> list[Shown]:
        """The bot's messages in a chat as the person sees them now."""
        return self._chats[str(chat)]

    def calls(self, method: str, chat: int | None = None) -> list[Call]:
        return [c for c in self.received if c.method == method and (chat is None or c.chat == str(chat))]

    @property
    def unconfirmed(self) -> list[dict[str, Any]]:
        """Updates that the bot has not yet said it has."""
        return self._updates

    async def until(self, is_so: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < deadline, f"it did not happen; received: {[c.method for c in self.received]}"
            await asyncio.sleep(0.01)

    # --- the calls

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        parameters = await _parameters(request)
        method = request.match_info["method"]
        self.received.append(Call(method, str(parameters.get("chat_id", "")), parameters, time.monotonic()))
        misfortune = self._misfortunes[method].popleft() if self._misfortunes[method] else None
        try:
            if request.match_info["token"] != self.token:
                raise Complaint(401, "Unauthorized")
            if misfortune is not None:
                await self._suffer(misfortune, method, parameters)
                if misfortune.body is not None:
                    headers = {"Location": misfortune.location} if misfortune.location else None
                    return web.Response(text=misfortune.body, status=misfortune.status, headers=headers)
            return _answer(200, {"ok": True, "result": await self._obey(method, parameters)})
        except Complaint as complaint:
            if complaint.status == 400:
                self.complaints.append(f"{method}: {complaint.description}")
            told = {"ok": False, "error_code": complaint.status, "description": complaint.description}
            if complaint.parameters:
                told["parameters"] = complaint.parameters
            return _answer(complaint.status, told)
        except Cut:
            assert request.transport is not None
            request.transport.close()
            return web.Response()

    async def _suffer(self, misfortune: Misfortune, method: str, parameters: Mapping[str, Any]) -> None:
        if misfortune.arrives:
            await self._obey(method, parameters)
        await asyncio.sleep(misfortune.seconds)
        if misfortune.body is not None:
            return
        if not misfortune.status:
            raise Cut
        raise Complaint(misfortune.status, misfortune.description, **misfortune.parameters)

    async def _obey(self, method: str, parameters: Mapping[str, Any]) -> Any:
        if str(parameters.get("chat_id", "")) in self._blocked:
            raise Complaint(403, "Forbidden: bot was blocked by the user")
        match method:
            case "getMe":
                return self._me()
            case "getUpdates":
                return await self._get_updates(parameters)
            case "sendMessage":
                return self._send(parameters)
            case "editMessageText" | "editMessageReplyMarkup":
                return self._edit(parameters, has_text=method == "editMessageText")
            case "deleteMessage":
                found = self._find(parameters["chat_id"], int(parameters["message_id"]))
                self._chats[str(parameters["chat_id"])].remove(found)
            case "answerCallbackQuery":
                return self._answer_query(parameters)
            case "setMyCommands":
                self.commands = checked_commands(parameters["commands"])
            case "setWebhook":
                self.webhook = parameters
            case "deleteWebhook":
                self.webhook = {}
            case "sendChatAction":
                pass
            case "sendMessageDraft":
                self._draft(parameters)
            case _:
                raise Complaint(404, "Not Found: method not found")
        return True

    def _me(self) -> dict[str, Any]:
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "惠企", "username": self.username}

    async def _get_updates(self, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self.webhook.get("url"):
            raise Complaint(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._fetching is not None:
            self._fetching.set()
        overtaken = self._fetching = asyncio.Event()
        offset = int(parameters.get("offset", 0))
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        allowed = set(parameters.get("allowed_updates") or ())
        deadline = time.monotonic() + int(parameters.get("timeout", 0))

        def found() -> list[dict[str, Any]]:
            wanted = (u for u in self._updates if not allowed or allowed & set(u))
            return [u for u in wanted if u["update_id"] >= offset]

        self.fetchers += 1
        try:
            while not found() and time.monotonic() < deadline and self._runner is not None:
                self._changed.clear()
                waiting = [asyncio.ensure_future(event.wait()) for event in (self._changed, overtaken)]
                await asyncio.wait(waiting, timeout=deadline - time.monotonic(), return_when=asyncio.FIRST_COMPLETED)
                for task in waiting:
                    task.cancel()
                if overtaken.is_set():
                    raise Complaint(409, "Conflict: terminated by other getUpdates request")
        finally:
            self.fetchers -= 1
            if self._fetching is overtaken:
                self._fetching = None
        return found()[:100]

    def _send(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        text, bold = checked_text(parameters)
        shown = Shown(next(self._message_ids), text, checked_keyboard(parameters), bold)
        self._chats[str(parameters["chat_id"])].append(shown)
        return self._message(parameters["chat_id"], shown)

    def _edit(self, parameters: Mapping[str, Any], *, has_text: bool) -> dict[str, Any]:
        shown = self._find(parameters["chat_id"], int(parameters["message_id"]))
        text, bold = checked_text(parameters) if has_text else (shown.text, shown.bold)
        keyboard = checked_keyboard(parameters)
        if (text, bold, keyboard) == (shown.text, shown.bold, shown.keyboard):
            raise Complaint(400, "Bad Request: message is not modified: specified new message content is the same")
        shown.text, shown.bold, shown.keyboard, shown.edited = text, bold, keyboard, True
        return self._message(parameters["chat_id"], shown)

    def _find(self, chat: object, message_id: int) -> Shown:
        for shown in self._chats[str(chat)]:
            if shown.message_id == message_id:
                return shown
        raise Complaint(400, "Bad Request: message to edit not found")

    def _answer_query(self, parameters: Mapping[str, Any]) -> bool:
        query, text = str(parameters["callback_query_id"]), str(parameters.get("text", ""))
        if len(text) > 200:
            raise Complaint(400, "Bad Request: MESSAGE_TOO_LONG")
        if query not in self._queries:
            raise Complaint(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(query)
        self.toasts.append((query, text))
        return True

    def _draft(self, parameters: Mapping[str, Any]) -> None:
        if str(parameters["chat_id"]).startswith("-") or int(parameters["draft_id"]) == 0:
            raise Complaint(400, "Bad Request: chat not found")
        self.drafts.append((str(parameters["chat_id"]), checked_text(parameters)[0]))

    def _message(self, chat: object, shown: Shown) -> dict[str, Any]:
        return {
            "message_id": shown.message_id,
            "date": int(time.time()),
            "chat": chat_of(int(str(chat))),
            "from": self._me(),
            "text": shown.text,
        }

    async def _post_updates(self) -> None:
        """Bring updates to the webhook, if there is one: each again and again until it is taken."""
        async with ClientSession() as session:
            while True:
                await asyncio.sleep(_POST_SECONDS)
                url = self.webhook.get("url")
                if not url or not self._updates:
                    continue
                headers = {"X-Telegram-Bot-Api-Secret-Token": str(self.webhook.get("secret_token", ""))}
                update = self._updates[0]
                with suppress(ClientError, TimeoutError):
                    async with session.post(url, data=json.dumps(update), headers=headers) as response:
                        if response.status == 200:
                            self._updates.remove(update)


def _answer(status: int, body: Mapping[str, Any]) -> web.Response:
    return web.Response(text=json.dumps(body), status=status, content_type="application/json")


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Fields as they were meant: what is JSON in a form is read as such, but for words."""
    if request.content_type == "application/json":
        return dict(await request.json())
    fields = {**request.query, **(await request.post())}
    told = ("reply_markup", "link_preview_options", "allowed_updates", "commands")
    return {name: json.loads(str(value)) if name in told else str(value) for name, value in fields.items()}
