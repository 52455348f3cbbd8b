"""A reception over a database of each kind, with a fake assistant that says what a test wants it to say."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
import pytest_asyncio

from bot.messages import IncomingMessage, OutgoingMessage
from bot.reception import AnswerFailed, Reception
from bot.review.items import Draws, Item
from bot.review.queue import Queue
from bot.review.search import Filter, Listing
from bot.store.conversations import Conversations
from bot.store.database import Database, open_database
from bot.store.people import People
from chains.assistant import Turn
from chains.conversation import Conversation
from tests.bot.fakes import NOW, FakeAssistant
from tests.bot.stores import sqlite_url
from tests.postgres import NoPostgres, postgres


class ScriptedAssistant(FakeAssistant):
    """Answers as a test says: the fields of its reply and its trace are overlaid, if only for the next answer."""

    def __init__(self) -> None:
        super().__init__()
        self.reply: dict[str, Any] = {}
        self.trace: dict[str, Any] = {}

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        turn = await super().answer(conversation, text, choices, **more)
        reply = turn.reply.model_copy(update=self.reply)
        return replace(turn, reply=reply, trace=turn.trace | {"seconds": 0.25} | self.trace)


@dataclass
class Desk:
    """Everything that a test of review needs, over one database; `draws` are what chance gives, 0.99 once used up."""

    database: Database
    assistant: ScriptedAssistant
    now: datetime = NOW
    draws: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def build() -> FakeAssistant:
            return self.assistant

        draws = Draws(0.05, 0.10, lambda: self.draws.pop(0) if self.draws else 0.99)
        self.reception = Reception(Conversations(self.database), build, self.clock, lambda _: None, draws=draws)
        self.people = People(self.database)
        self.queue = Queue(self.database)
        self.listing = Listing(self.database)

    def clock(self) -> datetime:
        return self.now

    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    async def open(self, channel: str = "web") -> str:
        return (await self.reception.open(channel, date(2026, 11, 20))).id

    async def ask(self, said: str, /, conversation: str = "", channel: str = "web", **reply: Any) -> OutgoingMessage:
        """One question of somebody, answered; with `trace` that is what the assistant noted."""
        self.assistant.trace = reply.pop("trace", {})
        self.assistant.reply = reply
        return await self.reception.receive(IncomingMessage(conversation or await self.open(channel), said))

    async def fail(self, text: str = "出错了吗") -> str:
        """One question that could not be answered: its conversation."""
        conversation = await self.open()
        with pytest.raises(AnswerFailed):
            await self.reception.receive(IncomingMessage(conversation, text))
        return conversation

    async def flagged(self, said: str = "算力券多少钱", /, **reply: Any) -> Item:
        """One answer that somebody has to look at: not answered, or as the reply says."""
        await self.ask(said, **(reply or {"abstained": True}))
        return await self.last()

    async def last(self) -> Item:
        return (await self.listing.page(Filter())).found[0].item

    async def found(self, **wanted: Any) -> list[str]:
        """The questions of the items that a filter lets through."""
        return [found.question for found in (await self.listing.page(Filter(**wanted))).found]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    try:
        with postgres() as url:
            yield url
    except NoPostgres as missing:
        if os.environ.get("CI"):
            pytest.fail(f"NOT TESTED: {missing}")
        pytest.skip(f"NOT TESTED: {missing}")


async def _on_sqlite(folder: Path, _: pytest.FixtureRequest) -> tuple[str, Callable[[], Awaitable[None]]]:
    async def drop() -> None:
        pass

    return sqlite_url(folder), drop


async def _on_postgres(folder: Path, request: pytest.FixtureRequest) -> tuple[str, Callable[[], Awaitable[None]]]:
    server: str = request.getfixturevalue("server")
    name = f"huiqi_{os.getpid()}_{abs(hash(str(folder)))}"
    admin = await asyncpg.connect(server)
    await admin.execute(f'CREATE DATABASE "{name}"')

    async def drop() -> None:
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await admin.close()

    return f"postgresql+asyncpg://{server.partition('://')[2].rsplit('/', 1)[0]}/{name}", drop


@pytest.fixture
def kind() -> str:
    """SQLite, unless a test asks for both."""
    return "sqlite"


on_both_databases = pytest.mark.parametrize("kind", ["sqlite", "postgres"])


@pytest_asyncio.fixture
async def database(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    url, drop = await (_on_sqlite if kind == "sqlite" else _on_postgres)(tmp_path, request)
    database = await open_database(url)
    yield database
    await database.close()
    await drop()


@pytest_asyncio.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    desk = Desk(database, ScriptedAssistant())
    yield desk
    await asyncio.wait_for(desk.reception.close(5), 5)
