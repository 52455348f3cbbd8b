"""What is kept, and that it is gone when it is erased."""

import asyncio
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import database as store
from bot.store.audit import PERSON
from bot.store.conversations import ASSISTANT, USER, Conversations, DeliveryConflict, StoredConversation, StoredMessage
from bot.store.database import HEAD, Database, StoreUnavailable, UnusableDatabase, open_database
from bot.store.tables import metadata
from tests.bot.rows import is_ours

pytestmark = pytest.mark.asyncio

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
CANARY = "金丝雀企业13800138000"


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'huiqi.db'}"


def conversation(id: str = "c1") -> StoredConversation:
    return StoredConversation(
        id=id,
        token_hash="0" * 64,
        channel="web",
        as_of=date(2026, 11, 20),
        state='{"note": "' + CANARY + '"}',
        revision=0,
        created_at=AT,
        updated_at=AT,
    )


def question(id: str = "q1", **more: object) -> StoredMessage:
    values = {"conversation_id": "c1", "sequence": 0, "role": USER, "text": CANARY, "raw": CANARY, "at": AT}
    return StoredMessage(**{"id": id, **values, **more})  # type: ignore[arg-type]


async def nothing(_: AsyncConnection) -> None:
    """What follows from an answer: nothing."""


async def test_the_migrations_lead_to_the_tables_as_they_are(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    async with database.read() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"include_name": is_ours}), metadata)
        )
    await database.close()
    assert differences == []
    folder = Path(store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


async def test_a_database_that_is_up_to_date_opens_again_with_what_it_had(tmp_path: Path) -> None:
    first = await open_database(url(tmp_path))
    await Conversations(first).create(conversation())
    await first.close()
    again = await open_database(url(tmp_path))
    kept = await Conversations(again).find("c1")
    await again.close()
    assert kept == conversation()


async def test_questions_and_answers_stand_in_the_order_in_which_they_were_accepted(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    kept = Conversations(database)
    await kept.create(conversation())
    accepted = [await kept.accept(question(f"q{i}")) for i in range(3)]
    answer = StoredMessage("a1", "c1", accepted[1].sequence + 1, ASSISTANT, "答", AT, reply="{}")
    assert await kept.answer(accepted[1], answer, conversation(), "{}", nothing)
    assert not await kept.answer(accepted[2], answer, conversation(), "{}", nothing)
    assert [m.id for m in await kept.messages("c1")] == ["q0", "q1", "a1", "q2"]
    waiting = await kept.next_question("c1")
    assert waiting is not None and waiting.id == "q0"
    await database.close()


async def test_a_delivery_is_kept_once_and_never_changed(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    kept = Conversations(database)
    await kept.create(conversation())
    first = await kept.accept(question("q1", client_message_id="m1", body_hash="same"))
    again = await kept.accept(question("q2", client_message_id="m1", body_hash="same"))
    assert first == again
    with pytest.raises(DeliveryConflict):
        await kept.accept(question("q3", client_message_id="m1", body_hash="other"))
    assert len(await kept.messages("c1")) == 1
    await database.close()


async def test_nothing_of_an_erased_conversation_is_left_in_any_file(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    kept = Conversations(database)
    for id in ("c1", "c2"):
        await kept.create(conversation(id))
        for i in range(20):
            await kept.accept(question(f"{id}q{i}", conversation_id=id))
    for id, is_left in (("c2", True), ("c1", False)):
        erased = await kept.erase(id, PERSON, AT)
        assert erased is not None and erased.messages == 20
        assert (CANARY.encode() in _all_bytes(tmp_path)) is is_left
    assert await kept.erase("c1", PERSON, AT) is None
    assert CANARY.encode() not in _all_bytes(tmp_path)
    await database.close()
    assert CANARY.encode() not in _all_bytes(tmp_path)


async def test_writers_wait_for_one_another(tmp_path: Path) -> None:
    database = await open_database(url(tmp_path))
    kept = Conversations(database)
    await kept.create(conversation())
    await asyncio.gather(*(kept.accept(question(f"q{i}")) for i in range(50)))
    sequences = [m.sequence for m in await kept.messages("c1")]
    await database.close()
    assert sequences == list(range(0, 100, 2))


async def test_a_lock_that_is_held_too_long_is_told_as_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.5)
    database = await open_database(url(tmp_path))
    other = sqlite3.connect(tmp_path / "huiqi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        await database.prove_writable()
    assert await Conversations(database).all() == []
    other.execute("ROLLBACK")
    other.close()
    await database.prove_writable()
    await database.close()


async def test_who_waits_in_line_for_a_lock_has_waited_for_it_when_their_turn_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(url(tmp_path))
    monkeypatch.setattr(store, "WAIT_SECONDS", 1.0)
    counted, given = store._milliseconds, list[float]()

    def count(left: float) -> int:
        given.append(left)
        return counted(left)

    monkeypatch.setattr(store, "_milliseconds", count)
    other = sqlite3.connect(tmp_path / "huiqi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = [database.prove_writable() for _ in range(4)]
    writing += [database.write_at_once(lambda connection: None) for _ in range(4)]
    ended = await asyncio.gather(*writing, return_exceptions=True)
    assert [type(end) for end in ended] == [StoreUnavailable] * 8
    assert given[0] > 0.9 and all(left < 0.6 for left in given[1:])
    assert counted(given[0]) == 500 and all(counted(left) <= 500 for left in given[1:])
    other.execute("ROLLBACK")
    other.close()
    await database.prove_writable()
    await database.close()


async def test_a_place_in_line_is_given_up_in_time_and_the_next_has_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(url(tmp_path))
    async with database.write():
        patient = asyncio.create_task(database.prove_writable())
        await asyncio.sleep(0)
        monkeypatch.setattr(store, "WAIT_SECONDS", 0.01)
        with pytest.raises(StoreUnavailable, match="wait to write"):
            await database.prove_writable()
        with pytest.raises(StoreUnavailable, match="wait to write"):
            await database.write_at_once(lambda connection: None, urgent=True)
        monkeypatch.setattr(store, "WAIT_SECONDS", 5.0)
    await patient
    await database.prove_writable()
    await database.close()


@pytest.mark.parametrize(("left", "waits"), [(5.0, 4500), (4.7, 4500), (4.4, 4000), (0.6, 500), (0.5, 0), (-0.1, 0)])
async def test_what_sqlite_waits_for_a_lock_ends_before_the_time_is_over(left: float, waits: int) -> None:
    assert store._milliseconds(left) == waits < max(left * 1000, 1)


async def test_a_disk_that_is_nearly_full_is_told_before_writes_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await open_database(url(tmp_path))
    await database.prove_writable()
    monkeypatch.setattr(store, "_LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(StoreUnavailable, match="full"):
        await database.prove_writable()
    await database.close()


async def test_a_damaged_file_is_refused_in_one_line_and_not_touched(tmp_path: Path) -> None:
    await _with_rows(tmp_path)
    file = tmp_path / "huiqi.db"
    whole = file.read_bytes()
    cut, garbage, flipped = whole[: len(whole) // 2], b"no database at all" * 500, bytearray(whole)
    flipped[4096:12288] = b"\xff" * 8192
    for damaged in (cut, garbage, bytes(flipped)):
        file.write_bytes(damaged)
        with pytest.raises(UnusableDatabase) as refused:
            await open_database(url(tmp_path))
        assert "\n" not in str(refused.value)
        assert "已损坏" in str(refused.value) and "mv" in str(refused.value)
        assert file.read_bytes() == damaged


async def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    await _with_rows(tmp_path)
    with sqlite3.connect(tmp_path / "huiqi.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(UnusableDatabase, match="9999"):
        await open_database(url(tmp_path))


async def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableDatabase, match="file"):
        await open_database(url(tmp_path / "file"))


async def test_a_postgresql_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(UnusableDatabase) as refused:
        await open_database("postgresql+asyncpg://huiqi:geheim@127.0.0.1:1/huiqi")
    assert "geheim" not in str(refused.value)
    assert "127.0.0.1" in str(refused.value)


async def _with_rows(folder: Path) -> None:
    database: Database = await open_database(url(folder))
    kept = Conversations(database)
    await kept.create(conversation())
    for i in range(50):
        await kept.accept(question(f"q{i}", text=CANARY * 20))
    await database.wipe_traces()
    await database.close()


def _all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
