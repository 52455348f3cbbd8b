"""What is done once a day in the serving process, and how loudly a broken audit log is told."""

import asyncio
import logging
from argparse import Namespace
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from bot import nightly
from bot.channels.web import create_app
from bot.commands import retain
from bot.messages import IncomingMessage
from bot.office import Office
from bot.settings import Settings
from bot.store.audit import Action, Journal
from bot.store.database import Database, StoreUnavailable
from bot.store.tables import audit, conversations
from tests.bot.fakes import NOW, FakeAssistant
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


async def leave(office: Office) -> None:
    """Something from more than a year ago."""
    opened = await office.reception.open("web")
    await office.reception.receive(IncomingMessage(opened.id, "我们在南京"))
    for number in range(3):
        await Journal(office.database, office.clock).record("王工", Action.REVEALED, f"message:{number}", "核对电话")


async def forge(office: Office) -> None:
    async with office.database.write() as connection:
        await connection.execute(text("DROP TRIGGER audit_no_update"))
        await connection.execute(text("UPDATE audit SET reason = '没什么' WHERE sequence = 2"))


class Calendar:
    """A clock that stands still until a year goes by."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move_a_year(self) -> None:
        self.now += timedelta(days=366)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest_asyncio.fixture
async def office(settings: Settings, calendar: Calendar) -> AsyncIterator[Office]:
    office = Office(settings, build=FakeAssistant, clock=calendar)  # its own first round comes after any of these
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that starts from now on begins with its round."""
    monkeypatch.setattr(nightly, "_FIRST_SECONDS", 0.2)


@asynccontextmanager
async def another_process(office: Office, clock: Calendar) -> AsyncIterator[Office]:
    other = Office(office.settings, build=FakeAssistant, clock=clock)
    await other.open()
    try:
        yield other
    finally:
        await other.close()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("at_once")
async def test_the_serving_process_erases_by_itself_what_is_overdue(settings: Settings, calendar: Calendar) -> None:
    office = Office(settings, build=FakeAssistant, clock=calendar)
    await office.open()
    await office.assistant()
    await leave(office)
    await office.close()
    calendar.move_a_year()

    async with another_process(office, calendar) as later:

        async def is_done() -> bool:
            return [row.action for row in await rows_of(later, audit)] == ["expired", "pruned"]

        await until(is_done)
        assert await rows_of(later, conversations) == []


async def test_a_broken_log_is_told_in_the_log_the_metrics_and_the_health(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await leave(office)
    transport = httpx.ASGITransport(create_app(office.settings, office))
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        await office.nightly.once()
        assert "huiqi_audit_flaws 0" in (await client.get("/metrics")).text
        assert (await client.get("/readyz")).json()["status"] == "ready"
        await forge(office)
        with caplog.at_level(logging.ERROR):
            await office.nightly.once()
        assert "the audit log is broken" in caplog.text
        assert "huiqi_audit_flaws 1" in (await client.get("/metrics")).text
        readiness = (await client.get("/readyz")).json()
        assert readiness["status"] == "degraded" and "audit" in readiness["problems"][0]


async def test_a_broken_log_is_kept_as_it_is_while_people_are_erased(office: Office, calendar: Calendar) -> None:
    await leave(office)
    await forge(office)
    calendar.move_a_year()
    swept = await office.nightly.once()
    assert swept is not None and (swept.conversations, swept.entries) == (1, 0)
    assert [row.sequence for row in await rows_of(office, audit)] == [1, 2, 3, 4]


async def test_a_broken_log_is_told_at_the_terminal_though_another_process_erases(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await leave(office)
    await forge(office)

    @asynccontextmanager
    async def elsewhere(self: Database, name: str) -> AsyncIterator[bool]:
        yield False

    monkeypatch.setattr(Database, "hold", elsewhere)
    assert await asyncio.to_thread(retain, office.settings, Namespace()) == 1
    told = capsys.readouterr().err
    assert "另一个进程正在清理" in told and "第 2 条对不上" in told


@pytest.mark.usefixtures("at_once")
async def test_a_database_that_cannot_be_reached_is_tried_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "_AGAIN_SECONDS", 0.01)
    calls = []

    async def once(self: nightly.Nightly) -> None:
        calls.append(self)
        if len(calls) < 3:
            raise StoreUnavailable("locked")

    monkeypatch.setattr(nightly.Nightly, "once", once)

    async def are_three() -> bool:
        return len(calls) == 3

    await until(are_three)
