"""Several processes over one PostgreSQL: the same promises as with one over SQLite."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.clock import system_clock
from bot.histories import Histories
from bot.messages import IncomingMessage
from bot.office import Office
from bot.settings import Settings
from bot.store.audit import Action, Journal
from bot.store.database import StoreUnavailable, open_database
from bot.store.exports import Exports, NotOpen, Wanted, What
from bot.store.notes import Notes
from bot.store.staff import Role, StaffAccounts
from bot.store.tables import audit, metadata, outbox
from bot.store.tries import LoginTries
from tests.bot.fake_platform import platform_of, serving, settled
from tests.bot.fakes import BareSettings, FakeAssistant
from tests.bot.rows import is_ours, rows_of
from tests.postgres import NoPostgres, postgres

pytestmark = pytest.mark.asyncio


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    try:
        with postgres() as url:
            yield url
    except NoPostgres as missing:
        if os.environ.get("CI"):
            pytest.fail(f"NOT TESTED: {missing}")
        pytest.skip(f"NOT TESTED: {missing}")


@pytest_asyncio.fixture
async def settings(server: str, tmp_path: Path) -> AsyncIterator[Settings]:
    """A database of its own."""
    name = f"huiqi_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    admin = await asyncpg.connect(server)
    await admin.execute(f'CREATE DATABASE "{name}"')
    url = server.rsplit("/", 1)[0] + f"/{name}"
    yield BareSettings(HUIQI_DATA_DIR=tmp_path / "var", DATABASE_URL=url)
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


@pytest_asyncio.fixture
async def offices(settings: Settings) -> AsyncIterator[list[Office]]:
    """Two of them, as two processes would be: nothing is shared but the database."""
    opened = []
    for _ in range(2):
        office = Office(settings, build=FakeAssistant, clock=system_clock, serve=serving("telegram"))
        await office.open()
        await office.assistant()
        opened.append(office)
    yield opened
    for office in opened:
        await office.close()


async def test_what_both_are_given_is_answered_once_and_in_order(offices: list[Office]) -> None:
    platforms = [platform_of(office) for office in offices]
    for number in range(1, 61):
        deliver = [platform.deliver(f"a{number % 5}", f"话{number}", number=number) for platform in platforms]
        await asyncio.gather(*deliver)
    await settled(platforms[0], 60)
    sent = [(to, _beginning(sheet.text)) for platform in platforms for to, sheet in platform.sent]
    expected = [(f"a{n % 5}", f"第{(n + 4) // 5}次回答“话{n}”") for n in range(1, 61)]
    assert Counter(sent) == Counter(expected)


def _beginning(text: str) -> str:
    return text[text.index("第") :].partition("。")[0]


async def test_a_message_that_both_take_is_answered_once(offices: list[Office]) -> None:
    opened = await offices[0].reception.open("web")
    message = IncomingMessage(opened.id, "你好呀", delivery_id="m1")
    answers = await asyncio.gather(*(office.reception.receive(message) for office in offices))
    assert len({answer.body for answer in answers}) == 1
    assert len(await offices[0].reception.messages(opened.id)) == 2


async def test_a_name_is_held_by_one_and_freed_when_it_dies(settings: Settings) -> None:
    first, second = await open_database(settings.database_url), await open_database(settings.database_url)
    async with first.hold("polling") as ours, second.hold("polling") as theirs:
        assert (ours, theirs) == (True, False)
    async with second.hold("polling") as theirs:
        assert theirs
        assert second._locks is not None
        await (await second._locks.get_raw_connection()).driver_connection.close()  # type: ignore[union-attr]
        async with first.hold("polling") as ours:
            assert ours
    await first.close()
    await second._engine.dispose()


async def test_a_send_that_a_dead_process_left_is_made_by_another(offices: list[Office]) -> None:
    first, second = (platform_of(office) for office in offices)
    await first.deliver("ann", "在吗")
    await settled(first)
    mail = second.mailroom
    [row] = await rows_of(offices[0], outbox)
    sheet = (first.sent + second.sent)[0][1]
    async with offices[0].database.write() as connection:
        lost = outbox.update().values(state="sending", claimed_at=row.queued_at, body=sheet.model_dump_json(), parts=0)
        await connection.execute(lost)
    assert await mail.outbox.release(system_clock(), system_clock()) == 1
    await settled(second)
    assert len(first.sent + second.sent) == 2
    assert [row.doubtful for row in await rows_of(offices[0], outbox)] == [True]


async def test_erasing_leaves_nothing(offices: list[Office]) -> None:
    opened = await offices[0].reception.open("web")
    await offices[1].reception.receive(IncomingMessage(opened.id, "我们是金丝雀企业"))
    erased = await offices[0].reception.erase(opened.id)
    assert erased is not None and erased.messages == 2
    assert await offices[1].reception.messages(opened.id) == []


async def test_a_history_that_goes_on_in_two_ways_at_once_goes_on_in_one_conversation_each(
    offices: list[Office],
) -> None:
    doors = [Histories(office.reception, Notes(office.database), office.clock) for office in offices]

    async def say(door: Histories, *said: str) -> str:
        accepted = await door.accept("a program", said, lambda _: None)
        assert accepted.question is not None
        return (await door.answer(accepted.question)).conversation_id

    first = await say(doors[0], "甲")
    both = await asyncio.gather(say(doors[0], "甲", "乙"), say(doors[1], "甲", "丙"))
    assert first in both and len(set(both)) == 2
    again = await asyncio.gather(*(say(door, "甲", "乙", "丁") for door in reversed(doors)))
    assert both[0] in again


async def test_the_migrations_lead_to_the_tables_as_they_are(offices: list[Office]) -> None:
    async with offices[0].database.read() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"include_name": is_ours}), metadata)
        )
    assert differences == []


async def test_what_staff_do_at_both_is_one_chain(offices: list[Office]) -> None:
    journals = [Journal(office.database, office.clock) for office in offices]
    doing = [journals[i % 2].record("王工", Action.REVEALED, f"message:{i}", f"理由{i}") for i in range(40)]
    await asyncio.gather(*doing)
    verified = await journals[0].verify()
    assert verified.count == 40 and verified.flaws == ()
    for change in ("UPDATE audit SET who = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(StoreUnavailable, match="append only"):
            async with offices[0].database.write() as connection:
                await connection.execute(text(change))
    async with offices[0].database.write() as connection:
        await connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        await connection.execute(audit.update().where(audit.c.sequence == 7).values(reason="别的理由"))
    assert (await journals[1].verify()).flaws == ("第 7 条对不上：它或它前一条被改过、换过位置",)


async def test_rows_taken_at_both_are_counted_together_and_an_approved_file_is_given_once(
    offices: list[Office],
) -> None:
    now, doors = system_clock(), [Exports(office.database) for office in offices]
    few, many = Wanted(What.ITEMS, "", "csv", 2, 9), Wanted(What.ITEMS, "", "csv", 9, 9)
    passed = await asyncio.gather(*(doors[i % 2].take_alone(few, "王工", 5, now) for i in range(8)))
    assert sum(passed) == 2
    number = await doors[0].ask(many, "王工", "季度抽查", now)
    decided = await asyncio.gather(
        doors[0].decide(number, "李工", now, approve=True),
        doors[1].decide(number, "张工", now, approve=True),
        return_exceptions=True,
    )
    assert sorted(map(str, map(type, decided))) == sorted(map(str, (type(None), NotOpen)))
    fetched = await asyncio.gather(*(doors[i % 2].fetch(number, "王工", now) for i in range(4)), return_exceptions=True)
    assert fetched.count(many) == 1
    assert (await Journal(offices[0].database, system_clock).verify()).flaws == ()


async def test_guesses_at_both_are_counted_together(offices: list[Office]) -> None:
    now = system_clock()
    asked = [LoginTries(offices[i % 2].database).begin({"account:a": 5, "address:b": 30}, now) for i in range(30)]
    waits = await asyncio.gather(*asked)
    assert sum(wait == 0 for wait in waits) == 5


async def test_who_is_signed_in_at_one_is_at_the_other_until_the_account_changes(offices: list[Office]) -> None:
    first, second = (StaffAccounts(office.database) for office in offices)
    now = system_clock()
    await first.add("王工", Role.EDITOR, "hash", by="@test", at=now)
    account = await second.find("王工")
    assert account is not None
    begun = await second.begin(account, "", "", now)
    assert begun is not None
    idle, hours = timedelta(minutes=30), timedelta(hours=12)
    session = await first.session(begun[0], idle, hours, now, wakes=True)
    assert session is not None and session.account == account
    await second.change_role("王工", Role.VIEWER, by="@test", at=now)
    assert await first.session(begun[0], idle, hours, now, wakes=True) is None
