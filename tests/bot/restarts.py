"""A process told to stop again and again under load: does anybody see more of it than “in a moment, please”?

Run by hand: `python -m tests.bot.drill --restarts 50`. People talk over the web, saying again under the same number
what was not answered, and over Telegram's webhook; both outlive every restart and count what they were told.
"""

import asyncio
import itertools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.office import Office
from chains.assistant import Turn
from chains.conversation import Conversation
from tests.bot.fakes import BareSettings, FakeAssistant
from tests.bot.nursery import Nursery, free_port, is_settled, lives, nursery, rows, serve_on
from tests.bot.telegram.fake_api import TOKEN, FakeBotApi

TALKERS = 10  # on the web, a turn a second each
CHATS = 30
CHAT_TURNS_A_SECOND = 10
_SECRET = "a-secret-of-the-drill"


class Unhurried(FakeAssistant):
    """Takes its time, so that a stop always meets turns under way."""

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        await asyncio.sleep(0.05)
        return await super().answer(conversation, text, choices, **more)


def serve(folder: Path, api_url: str, port: int) -> None:
    """The whole service with a small assistant, until it is told to stop."""
    settings = BareSettings.model_validate(
        {
            "HUIQI_DATA_DIR": folder,
            "HUIQI_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api_url,
            "TELEGRAM_WEBHOOK_SECRET": _SECRET,
        }
    )
    serve_on(port, Office(settings, build=Unhurried))


@dataclass
class Count:
    """What happened."""

    restarts: int = 0
    seconds: float = 0.0
    web_turns: int = 0
    chat_turns: int = 0
    said_again: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    slowest_stop: float = 0.0
    complaints: list[str] = field(default_factory=list)


class Restarts:
    """Those who talk, and who restarts."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._port = free_port()
        self._api = FakeBotApi()
        self._said: dict[int, list[str]] = {chat: [] for chat in range(1, CHATS + 1)}
        self._over = asyncio.Event()
        self._child = 0
        self.count = Count()

    async def run(self, restarts: int) -> Count:
        await self._api.start()
        try:
            async with nursery(self._folder, "--restarting") as children:
                await self._restart(children, restarts)
        finally:
            if self._child and lives(self._child):
                os.kill(self._child, signal.SIGKILL)
            await self._api.stop()
        self._check()
        return self.count

    async def _restart(self, children: Nursery, restarts: int) -> None:
        """As whoever deploys does: one process after another, each told to stop once it is up."""
        self._child = await children.start(self._api.url, self._port)
        begun = time.monotonic()
        talking = [asyncio.create_task(self._talk(number)) for number in range(TALKERS)]
        talking.append(asyncio.create_task(self._chat()))
        for _ in range(restarts):
            await asyncio.sleep(self._random.uniform(0.3, 1.0))
            await self._stop(children)
            self._child = await children.start(self._api.url, self._port)
            self.count.restarts += 1
        self._over.set()
        await asyncio.wait_for(asyncio.gather(*talking), 60)
        self.count.seconds = time.monotonic() - begun
        await self._settle()
        await self._stop(children)

    async def _stop(self, children: Nursery) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(30):
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(f"http://127.0.0.1:{self._port}/readyz") as response:
                        if response.status == 200:
                            break
                await asyncio.sleep(0.02)
        begun = time.monotonic()
        self.count.complaints += await children.stop(self._child)
        self.count.slowest_stop = max(self.count.slowest_stop, time.monotonic() - begun)

    # --- over the web

    async def _talk(self, number: int) -> None:
        """One person: the next thing is said once the last was answered, in the same words and once."""
        base = f"http://127.0.0.1:{self._port}/api/v1/conversations"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as session:
            opened = await self._until_taken(session, base, {})
            session.headers["Authorization"] = f"Bearer {opened['token']}"
            address = f"{base}/{opened['id']}/messages"
            for turn in itertools.count(1):
                if self._over.is_set():
                    break
                said = {"text": f"话{turn}。", "client_message_id": f"{number}-{turn}"}
                reply = await self._until_taken(session, address, said)
                if not reply["text"].startswith(f"第{turn}次回答“话{turn}。”"):
                    self.count.complaints.append(f"{number} said its {turn}. thing and heard: {reply['text'][:40]}")
                if self._random.random() < 0.2 and await self._until_taken(session, address, said) != reply:
                    self.count.complaints.append(f"{number} heard something else when it said the same again")
                self.count.web_turns += 1
                await asyncio.sleep(self._random.uniform(0.8, 1.2))
            kept = (await self._until_taken(session, f"{base}/{opened['id']}"))["messages"]
            if len(kept) != 2 * (turn - 1):
                self.count.complaints.append(f"{number} said {turn - 1} things, {len(kept)} messages are kept")

    async def _until_taken(
        self, session: aiohttp.ClientSession, address: str, body: dict[str, str] | None = None
    ) -> dict[str, Any]:
        method = "GET" if body is None else "POST"
        while True:
            try:
                async with session.request(method, address, json=body) as response:
                    self.count.statuses[response.status] += 1
                    if response.status in (200, 201):
                        taken: dict[str, Any] = await response.json()
                        return taken
                    if response.status != 503 or "Retry-After" not in response.headers:
                        self.count.complaints.append(f"{response.status}: {(await response.text())[:80]}")
            except (aiohttp.ClientError, TimeoutError):
                pass  # nobody at home between two processes
            self.count.said_again += 1
            await asyncio.sleep(0.05)

    # --- over Telegram

    async def _chat(self) -> None:
        for number in itertools.count(1):
            if self._over.is_set():
                return
            chat = 1 + number % CHATS
            self._said[chat].append(f"话{number}。")
            self._api.push_text(chat, f"话{number}。")
            self.count.chat_turns += 1
            await asyncio.sleep(1 / CHAT_TURNS_A_SECOND)

    async def _settle(self) -> None:
        """Until everything was brought and nothing waits any more."""
        async with asyncio.timeout(300):
            while self._api.unconfirmed or not is_settled(self._folder):
                await asyncio.sleep(0.1)

    def _check(self) -> None:
        for chat, said in self._said.items():
            heard = [shown.text for shown in self._api.chat(chat)]
            due = [f"第{turn}次回答“{words}”" for turn, words in enumerate(said, start=1)]
            answers = [text[: text.index("”") + 1] for text in heard if text.startswith("第")]
            if answers != due:
                self.count.complaints.append(f"chat {chat} was to hear {due} and heard {answers}")
        if rows(self._folder, "SELECT 1 FROM outbox WHERE doubtful = 1"):
            self.count.complaints.append("a send was cut off")
