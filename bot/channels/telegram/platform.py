"""Telegram as a platform: sends what the post office gives, brings what people write, by webhook or by asking."""

import asyncio
import hmac
import importlib
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.platform import Pace, Parcel, Standing, TooFast
from bot.channels.telegram.endings import ENDINGS, Conflict, Moved, NoSuchMethod
from bot.channels.telegram.reading import ALLOWED_UPDATES, Me, NotAnUpdate, load_json, needs_name, read_update
from bot.channels.telegram.rendering import TOPIC, place_of, plainer, render
from bot.channels.telegram.wording import wording
from bot.memory import keep_what_is_loaded
from bot.messages import Sheet
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.database import Database
from bot.store.notes import Notes
from chains.citation import MARK

if TYPE_CHECKING:
    from bot.channels.telegram.calls import Calls

log = logging.getLogger("huiqi.telegram")

WEBHOOK = "/telegram/webhook"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_HINT_SECONDS = 5.0  # how long a sign of life may take
_WORKING_DRAFT = 1
_MOST_OF_A_DRAFT = 4000  # characters


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long is waited for what, in seconds."""

    poll: int = 30
    first_wait: float = 1.0
    longest_wait: float = 60.0
    other_process: float = 5.0

    def wait(self, failures: int) -> float:
        """Longer each time, and never the same for two processes."""
        return float(min(self.longest_wait, self.first_wait * 2.0 ** min(failures, 20)) * random.uniform(0.5, 1.0))


class Telegram:
    """One bot. It works without Telegram being reachable: what it has to say of itself is said when it can be."""

    name = "telegram"
    pace = Pace(per_second=30, between=1)
    passive_seconds = 0.0

    def __init__(
        self, settings: Settings, mailroom: Mailroom, notes: Notes, database: Database, rhythm: Rhythm | None = None
    ) -> None:
        assert settings.telegram_bot_token is not None, "no token, no bot"
        self._token = settings.telegram_bot_token.get_secret_value()
        self._api_url = settings.telegram_api_url
        self._public_url = settings.public_url
        secret = settings.telegram_webhook_secret
        self._secret = secret.get_secret_value() if secret else None
        self._mailroom = mailroom
        self._notes = notes
        self._database = database
        self._rhythm = rhythm or Rhythm()
        self._me = Me(int(self._token.partition(":")[0]))
        self._note = f"telegram.{self._me.id}.name"
        self._loading: asyncio.Task[Calls] | None = None
        self._settling: asyncio.Task[None] | None = None
        self._may_fetch = asyncio.Event()
        self._has_drafts = True
        self._unfinished: dict[str, str] = {}  # by chat, the message in which an answer is shown as it grows

    # --- what the post office asks for

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        return render(sheet, address)

    def plainer(self, parcel: Parcel) -> Parcel | None:
        return plainer(parcel)

    def unfinished(self, parcel: Parcel) -> Parcel:
        return parcel

    def may_send(self, standing: Standing, now: datetime) -> bool:
        return True

    async def send(self, parcel: Parcel) -> str:
        """Make a call. A group that has become a supergroup is followed to its new id: it is the same people."""
        calls = await self._calls()
        method, parameters = _call_of(parcel)
        topic = f"{TOPIC}{parameters['message_thread_id']}" if "message_thread_id" in parameters else ""
        await self._take_back(calls, f"{parameters.get('chat_id', '')}{topic}")
        try:
            return _sent_id(await calls.call(method, parameters))
        except Moved as moved:
            return _sent_id(await calls.call(method, {**parameters, "chat_id": moved.chat_id}))

    async def open(self) -> None:
        """Returns at once; Telegram is told what it has to know as soon as it can be reached."""
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle())

    async def close(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            with suppress(asyncio.CancelledError):
                await self._settling
        if self._loading is not None:
            self._loading.cancel()
            with suppress(asyncio.CancelledError, ImportError):
                await (await self._loading).close()
        self._settling = self._loading = None

    # --- a sign of life

    async def show_progress(self, address: str, so_far: str) -> None:
        """Show an answer as far as it is known to be true. What goes wrong with that is nobody's concern."""
        text = escape(MARK.sub("", so_far).replace("**", ""), quote=False) if so_far else wording().working
        if await self._draft(address, _WORKING_DRAFT, text[:_MOST_OF_A_DRAFT]):
            return
        with suppress(*ENDINGS):
            calls = await self._calls()
            if so_far:
                await self._show_unfinished(calls, address, text[:_MOST_OF_A_DRAFT])
            else:
                await calls.call("sendChatAction", {**place_of(address), "action": "typing"}, _HINT_SECONDS)

    async def hand_over(self, address: str) -> bool:
        """Telegram need not know who serves a chat."""
        return False

    async def _draft(self, address: str, draft_id: int, html: str) -> bool:
        """Whether a draft was shown: there are none in groups, nor at older servers."""
        if not self._has_drafts or address.startswith("-"):
            return False
        draft = {"chat_id": address, "draft_id": draft_id, "text": html, "parse_mode": "HTML"}
        try:
            await (await self._calls()).call("sendMessageDraft", draft, _HINT_SECONDS)
        except NoSuchMethod:
            self._has_drafts = False
            return False
        except ENDINGS:
            return False
        return True

    async def _show_unfinished(self, calls: "Calls", address: str, html: str) -> None:
        """Where there are no drafts: a message that is edited as the answer grows, and taken back before it comes."""
        place, text = place_of(address), {"text": html, "parse_mode": "HTML"}
        if stands_there := self._unfinished.get(address):
            edited = {"chat_id": place["chat_id"], "message_id": int(stands_there), **text}
            await calls.call("editMessageText", edited, _HINT_SECONDS)
        elif sent := _sent_id(await calls.call("sendMessage", {**place, **text}, _HINT_SECONDS)):
            self._unfinished[address] = sent

    async def _take_back(self, calls: "Calls", address: str) -> None:
        if stands_there := self._unfinished.pop(address, None):
            with suppress(*ENDINGS):
                unfinished = {"chat_id": place_of(address)["chat_id"], "message_id": int(stands_there)}
                await calls.call("deleteMessage", unfinished, _HINT_SECONDS)

    # --- what Telegram brings

    def routes(self) -> Sequence[Route]:
        """The webhook, where there is a secret. What it says is known to be Telegram's by that secret alone."""
        if self._secret is None:
            return ()
        secret = self._secret.encode()

        async def take(request: Request) -> Response:
            given = [value.encode("latin-1") for value in request.headers.getlist(_SECRET_HEADER)]
            if len(given) != 1 or not hmac.compare_digest(given[0], secret):
                return Response(status_code=401)
            try:
                await self._take(load_json(await request.body()))
            except NotAnUpdate:
                return Response(status_code=400)
            except ENDINGS:  # we had to ask who we are, and could not
                return Response(status_code=503, headers={"Retry-After": "5"})
            return Response()

        return [Route(WEBHOOK, take, methods=["POST"])]

    async def run(self) -> None:
        """Ask for updates where there is no webhook; one process does, the others wait for it to end."""
        if self._secret is not None:
            return
        await self._may_fetch.wait()
        trouble = _Trouble("telegram waits for the database", "telegram waits no longer")
        while True:
            try:
                async with self._database.hold("telegram-polling") as is_ours:
                    trouble.is_over()
                    if is_ours:
                        await self._fetch()
            except Exception as error:
                await asyncio.sleep(trouble.wait(error, self._rhythm))
            await asyncio.sleep(self._rhythm.other_process * random.uniform(0.5, 1.0))

    async def _fetch(self) -> None:
        """Ask for updates until somebody else does. Each is kept before Telegram hears that we have it."""
        calls = await self._calls()
        offset: int | None = None
        trouble = _Trouble("telegram is not fetched from", "telegram is fetched from")
        while True:
            try:
                updates = await calls.updates(offset, self._rhythm.poll)
                for update in updates:
                    await self._take(update)
                    offset = int(update["update_id"]) + 1
                # Numbers start anew after a quiet week: all before the offset is settled, so it need not be said again.
                offset = offset if updates else None
                trouble.is_over()
            except Conflict as error:
                await asyncio.sleep(trouble.wait(error, self._rhythm))
                return
            except Exception as error:
                await asyncio.sleep(trouble.wait(error, self._rhythm))

    async def _take(self, raw: object) -> None:
        """Put an update into the inbox, if it is anything to us. Raises NotAnUpdate, StoreUnavailable.

        One that aiogram or we do not understand is passed over: it would only come again and again.
        """
        if not isinstance(raw, Mapping) or type(raw.get("update_id")) is not int or raw["update_id"] < 0:
            raise NotAnUpdate("no number")
        calls = await self._calls()
        try:
            update = calls.update(raw)
        except NotAnUpdate:
            log.warning("an update was not understood", extra={"event": {"update": raw["update_id"]}})
            return
        if needs_name(update, self._me):
            known = await self._notes.read(self._note, self._mailroom.clock())
            await self._learn_name(calls) if known is None else self._call_me(known)
        try:
            delivery = read_update(update, self._me, self._mailroom.clock())
        except Exception:
            log.exception("an update could not be read", extra={"event": {"update": raw["update_id"]}})
            return
        if delivery is not None:
            await self._mailroom.accept(delivery)

    # --- what Telegram has to know, and we of it

    async def _calls(self) -> "Calls":
        """The Bot API; aiogram takes seconds to import, so that happens once, beside everything else."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load())
        return await asyncio.shield(self._loading)

    async def _load(self) -> "Calls":
        module = await asyncio.to_thread(importlib.import_module, "bot.channels.telegram.calls")
        keep_what_is_loaded()
        calls: Calls = module.Calls(self._token, self._api_url)
        return calls

    async def _settle(self) -> None:
        """Each by itself: what a server refuses or does not know keeps nothing else from being told."""
        trouble = _Trouble("telegram cannot be told about us", "telegram knows about us")
        steps: list[Callable[[Calls], Awaitable[None]]]
        steps = [self._learn_name, self._say_how_to_deliver, self._show_menu]
        while steps:
            failed = {}
            for step in steps:
                try:
                    await step(await self._calls())
                except Exception as error:
                    failed[step] = error
            steps = [*failed]
            if failed:
                await asyncio.sleep(trouble.wait(next(iter(failed.values())), self._rhythm))
        trouble.is_over()

    async def _learn_name(self, calls: "Calls") -> None:
        name = (await calls.call("getMe", {})).username
        self._call_me(name)
        await self._notes.write(self._note, name)

    def _call_me(self, name: str) -> None:
        self._me = Me(self._me.id, name)

    async def _say_how_to_deliver(self, calls: "Calls") -> None:
        if self._secret is None:
            try:
                await calls.call("deleteWebhook", {"drop_pending_updates": False})
            finally:
                self._may_fetch.set()  # if there is a webhook all the same, a conflict will tell
        elif self._public_url is not None:
            webhook = {
                "url": self._public_url.rstrip("/") + WEBHOOK,
                "secret_token": self._secret,
                "allowed_updates": ALLOWED_UPDATES,
                "drop_pending_updates": False,
            }
            await calls.call("setWebhook", webhook)

    async def _show_menu(self, calls: "Calls") -> None:
        menu = [{"command": command, "description": words} for command, words in wording().commands.items()]
        await calls.call("setMyCommands", {"commands": menu})


class _Trouble:
    """Something that does not work just now: told once when it begins or changes, and once when it is over."""

    def __init__(self, told: str, told_after: str) -> None:
        self._told = told
        self._told_after = told_after
        self._reason = ""
        self._failures = 0

    def wait(self, error: Exception, rhythm: Rhythm) -> float:
        """How long to wait before the next try."""
        reason = str(error) if isinstance(error, ENDINGS) else type(error).__name__
        if reason != self._reason:
            log.warning(self._told, extra={"event": {"reason": reason}})
        self._reason = reason
        self._failures += 1
        return max(rhythm.wait(self._failures - 1), error.seconds if isinstance(error, TooFast) else 0)

    def is_over(self) -> None:
        if self._failures:
            log.info(self._told_after)
        self._reason, self._failures = "", 0


def _call_of(parcel: Parcel) -> tuple[str, dict[str, Any]]:
    return str(parcel["method"]), {name: value for name, value in parcel.items() if name != "method"}


def _sent_id(result: Any) -> str:
    """The id of the message that a call has sent or changed; empty if it has none."""
    found = result.get("message_id") if isinstance(result, Mapping) else getattr(result, "message_id", None)
    return "" if found is None else str(found)
