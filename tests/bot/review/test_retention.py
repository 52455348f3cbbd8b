"""What nobody has used for a long time is gone from every place, and what is kept longer says nothing of people."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Delivery, Kind
from bot.review.amends import Amends
from bot.review.items import lock_item
from bot.review.proposals import NoteBody, Proposals, QuestionBody
from bot.review.search import Filter
from bot.review.tallies import tally
from bot.review.verdicts import Judgement, Verdict
from bot.store.audit import AT_TERMINAL, Action, Journal
from bot.store.conversations import Conversations
from bot.store.database import Database, open_database
from bot.store.exports import Exports, Wanted, What
from bot.store.inbox import Inbox, Most
from bot.store.ledger import Caps, StoredLedger, person_of
from bot.store.notes import Notes
from bot.store.people import erase_conversations, keep_subscription, open_ticket
from bot.store.retention import Retention, Swept
from bot.store.tables import audit, contacts, conversations, exports, messages, metadata, model_calls, review_items
from tests.bot.review.conftest import Desk, on_both_databases

CANARY = "金丝雀企业13800138000"
DAYS = 365
# What stays when every person is gone: nothing in it is about one.
STAYS = {"audit", "audit_start", "audit_end", "model_calls", "tallies"}

pytestmark = on_both_databases


def retention_of(desk: Desk, days: int = DAYS, audit_days: int = 180) -> Retention:
    return Retention(desk.database, desk.clock, days, audit_days)


async def leave_traces(desk: Desk) -> str:
    """Somebody whose words stand everywhere that words can stand: their conversation."""
    now = desk.now
    contact = await desk.people.meet("telegram", CANARY, now)
    talk = await desk.open("telegram")
    await desk.people.attach(contact.id, talk)
    trace = {"dropped": [["这一句", CANARY]], "heard": CANARY}
    answer = await desk.ask(CANARY, talk, text=f"您说{CANARY}", abstained=True, trace=trace)
    item = await desk.last()
    judgement = Judgement(verdict=Verdict.WRONG, comment=CANARY, corrected=CANARY)
    await desk.queue.judge(item.id, "小王", judgement, now)
    await desk.people.rate(answer.message_id, False, "amount", now)
    places = {"document_id": "nanjing-measures", "support_id": "nanjing-little-giant-award"}
    for body in (QuestionBody(**places, question=CANARY), NoteBody(**places, note=CANARY)):
        await Proposals(desk.database).propose(item.id, body, "小王", now)
    await Amends(desk.database, desk.reception, desk.clock).write(item, CANARY, "小王")
    await desk.people.issue_code(talk, now)
    async with desk.database.write() as connection:
        await open_ticket(connection, talk, now)
        await keep_subscription(connection, talk, f'{{"version": "1", "of": "{CANARY}"}}', now)
        state = update(contacts).where(contacts.c.id == contact.id)
        await connection.execute(state.values(state=CANARY))
    delivery = Delivery(
        channel="telegram",
        delivery_id=CANARY,
        identity=CANARY,
        address=CANARY,
        place="1",
        sent_at=now,
        kind=Kind.TEXT,
        text=CANARY,
    )
    await Inbox(desk.database).accept([delivery], now, Most(20, 20, ""))
    await Notes(desk.database).write("history:of-theirs", talk)
    await StoredLedger(desk.database, Caps(), desk.clock).reserve(talk, 10)
    await desk.listing.save("他们", Filter(words=CANARY), "小王", now)
    wanted = Wanted(What.ITEMS, f"words={quote(CANARY)}", "csv", 500, item.id)
    await Exports(desk.database).ask(wanted, "小王", "核对", now)
    await desk.people.meet("wechat", f"{CANARY}-没说过话", now)
    return talk


async def tables_with(database: Database, words: str) -> set[str]:
    """The tables in which words stand, as they are or as an address spells them."""
    found = set()
    async with database.read() as connection:
        for name in (*metadata.tables, "review_words"):
            for row in await connection.execute(text(f"SELECT * FROM {name}")):
                if any(spelled in str(tuple(row)) for spelled in (words, quote(words))):
                    found.add(name)
    return found


async def filled(database: Database) -> set[str]:
    counts = {}
    async with database.read() as connection:
        for name, table in metadata.tables.items():
            counts[name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    return {name for name, count in counts.items() if count}


def files_with(folder: Path, words: str) -> list[str]:
    spelled = (words.encode(), quote(words).encode())
    return [file.name for file in folder.rglob("*") if file.is_file() and any(s in file.read_bytes() for s in spelled)]


async def test_nothing_of_what_is_overdue_is_left_anywhere(desk: Desk, tmp_path: Path, kind: str) -> None:
    talk = await leave_traces(desk)
    assert await tables_with(desk.database, CANARY) >= {
        "messages", "contacts", "inbox", "outbox", "subscriptions", "review_items", "reviews", "proposals",
        "saved_filters", "exports",
    }  # fmt: skip
    desk.now += timedelta(days=DAYS, minutes=1)
    assert await retention_of(desk).sweep(prunes=True) == Swept(conversations=1, contacts=1, entries=1)
    assert await filled(desk.database) <= STAYS
    for words in (CANARY, talk, person_of(talk)):
        assert await tables_with(desk.database, words) == set()
        assert kind == "postgres" or files_with(tmp_path, words) == []


async def test_erasing_one_conversation_finds_every_copy_of_it(desk: Desk, tmp_path: Path, kind: str) -> None:
    talk = await leave_traces(desk)
    other = await desk.open()
    await desk.ask("我们在南京", other)
    erased = await Conversations(desk.database).erase(talk, AT_TERMINAL, desk.now)
    assert erased is not None and erased.messages == 3
    by_staff_or_others = {"saved_filters", "exports", "contacts"}
    assert await tables_with(desk.database, CANARY) == by_staff_or_others, "what staff look for, who else has written"
    for words in (talk, person_of(talk)):
        assert await tables_with(desk.database, words) == set()
        assert kind == "postgres" or files_with(tmp_path, words) == []
    assert await desk.found() == ["我们在南京"]
    async with desk.database.read() as connection:
        assert (await connection.execute(select(contacts.c.channel))).scalars().all() == ["wechat"]
        entry = (await connection.execute(select(audit).order_by(audit.c.sequence.desc()))).first()
    assert entry is not None
    assert (entry.who, entry.object, entry.reason) == ("@terminal", f"erasure:{erased.receipt}", "telegram")


async def test_what_was_used_since_stays_whole(desk: Desk) -> None:
    old, recent = await leave_traces(desk), await desk.open()
    await desk.ask("我们在南京", recent)
    desk.now += timedelta(days=DAYS - 1)
    assert await retention_of(desk).sweep(prunes=True) == Swept(0, 0, 1)
    await desk.ask("还在吗", recent)
    desk.now += timedelta(days=2)
    await retention_of(desk).sweep(prunes=True)
    assert [m.text for m in await desk.reception.messages(recent) if m.role == "user"] == ["我们在南京", "还在吗"]
    assert await desk.found() == ["还在吗", "我们在南京"]
    assert await desk.reception.messages(old) == []


@pytest.mark.parametrize("sign", ["a message that failed", "a tap on a platform"])
async def test_any_sign_of_a_person_keeps_their_conversation(sign: str, desk: Desk) -> None:
    talk = await leave_traces(desk)
    desk.now += timedelta(days=DAYS - 1)
    if sign == "a tap on a platform":
        await desk.people.meet("telegram", CANARY, desk.now)
    else:
        async with desk.database.write() as connection:
            await connection.execute(update(messages).where(messages.c.sequence == 0).values(at=desk.now))
    desk.now += timedelta(days=2)
    await retention_of(desk).sweep(prunes=True)
    assert len(await desk.reception.messages(talk)) == 3


async def test_with_no_limit_everything_stays(desk: Desk) -> None:
    await leave_traces(desk)
    before = await filled(desk.database)
    desk.now += timedelta(days=10 * DAYS)
    assert await retention_of(desk, days=0).sweep(prunes=False) == Swept(0, 0, 0)
    assert await filled(desk.database) == before - {"link_codes"}


async def test_how_many_were_erased_is_remembered_without_saying_who(desk: Desk) -> None:
    for number in range(45):
        await desk.ask(f"{CANARY}第{number}问")
    desk.now += timedelta(days=DAYS, minutes=1)
    swept = await retention_of(desk).sweep(prunes=True)
    assert swept is not None and swept.conversations == 45
    async with desk.database.read() as connection:
        rows = (await connection.execute(select(audit).where(audit.c.action == Action.EXPIRED))).all()
    assert sum(int(row.reason) for row in rows) == 45
    assert {(row.who, row.object) for row in rows} == {("@service", "conversations")}


async def test_a_sweep_that_was_interrupted_is_taken_up_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        await desk.ask(f"第{number}问")
    desk.now += timedelta(days=DAYS, minutes=1)
    calls = 0

    async def killed(*given: object) -> int:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise asyncio.CancelledError
        return await erase_conversations(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.store.retention.erase_conversations", killed)
    with pytest.raises(asyncio.CancelledError):
        await retention_of(desk).sweep(prunes=True)
    async with desk.database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(conversations))).scalar() == 30
    monkeypatch.undo()
    assert await retention_of(desk).sweep(prunes=True) == Swept(30, 0, 0)
    assert await filled(desk.database) <= STAYS
    assert (await Journal(desk.database, desk.clock).verify()).flaws == ()


async def test_of_several_processes_one_sweeps_and_the_chain_stays_one(desk: Desk, kind: str) -> None:
    for number in range(50):
        await desk.ask(f"第{number}问")
    desk.now += timedelta(days=DAYS, minutes=1)
    url = desk.database._engine.url.render_as_string(hide_password=False)
    other = await open_database(url)
    there = Retention(other, desk.clock, DAYS, 180)
    swept = await asyncio.gather(retention_of(desk).sweep(prunes=True), there.sweep(prunes=True))
    await other.close()
    assert sum(one.conversations for one in swept if one is not None) == 50
    assert kind == "sqlite" or None in swept
    assert (await Journal(desk.database, desk.clock).verify()).flaws == ()


async def test_an_erasure_waits_for_an_answer_that_is_being_kept(desk: Desk) -> None:
    talk, kept = await desk.open("web"), Conversations(desk.database)
    await desk.ask("一问", talk)
    item, conversation = await desk.last(), await kept.find(talk)
    assert conversation is not None
    begun = asyncio.Event()

    async def follow(connection: AsyncConnection) -> None:
        begun.set()
        await asyncio.sleep(0.3)
        await lock_item(connection, item.id)

    answering = asyncio.create_task(kept.change(conversation, conversation.state, desk.now, follow))
    await begun.wait()
    erased = await kept.erase(talk, AT_TERMINAL, desk.now)
    assert await answering and erased is not None and erased.messages == 2
    assert await filled(desk.database) <= STAYS


async def test_a_sweep_waits_for_a_verdict_on_one_of_what_it_erases(desk: Desk) -> None:
    await desk.ask("一问")
    desk.now += timedelta(seconds=1)
    await desk.ask("二问")
    item = await desk.last()
    desk.now += timedelta(days=DAYS, minutes=1)
    begun = asyncio.Event()

    async def judge() -> None:
        async with desk.database.write() as connection:
            held = await lock_item(connection, item.id)
            assert held is not None
            begun.set()
            await asyncio.sleep(0.3)
            await tally(connection, [held], [replace(held, verdict=Verdict.WRONG)])
            changed = update(review_items).where(review_items.c.id == held.id)
            await connection.execute(changed.values(verdict=Verdict.WRONG))

    judging = asyncio.create_task(judge())
    await begun.wait()
    assert await retention_of(desk).sweep(prunes=True) == Swept(2, 0, 0)
    await judging
    assert await filled(desk.database) <= STAYS


async def test_who_spent_what_is_forgotten_the_day_after_and_the_sum_stays(desk: Desk) -> None:
    ledger = StoredLedger(desk.database, Caps(), desk.clock)
    await ledger.reserve("somebody", 10)
    await retention_of(desk).sweep(prunes=True)
    kept = await costs(desk)
    assert [(person, tokens) for person, tokens in kept] == [(person_of("somebody"), 10)]
    desk.now += timedelta(days=1)
    await retention_of(desk).sweep(prunes=True)
    assert await costs(desk) == [("", 10)]


async def costs(desk: Desk) -> list[tuple[str, int]]:
    async with desk.database.read() as connection:
        rows = await connection.execute(select(model_calls.c.person, model_calls.c.tokens))
        return [(row.person, row.tokens) for row in rows]


async def test_a_request_to_export_that_lapsed_no_longer_says_what_was_looked_for(desk: Desk) -> None:
    wanted = Wanted(What.ITEMS, f"words={CANARY}", "csv", 500, 1)
    await Exports(desk.database).ask(wanted, "小王", "核对", desk.now)
    for hours, query in ((71, wanted.query), (1, "")):
        desk.now += timedelta(hours=hours)
        await retention_of(desk).sweep(prunes=True)
        async with desk.database.read() as connection:
            assert (await connection.execute(select(exports.c.query))).scalar() == query


# --- the audit log


async def entries(desk: Desk, count: int) -> Journal:
    journal = Journal(desk.database, desk.clock)
    for number in range(1, count + 1):
        await journal.record("王工", Action.REVEALED, f"message:{number}", f"理由{number}")
        desk.now += timedelta(days=1)
    return journal


async def test_entries_go_when_they_are_old_enough_and_the_chain_still_holds(desk: Desk) -> None:
    journal = await entries(desk, 200)
    for kept in (180, 180):
        swept = await retention_of(desk).sweep(prunes=True)
        verified = await journal.verify()
        assert verified.flaws == ()
        async with desk.database.read() as connection:
            oldest = (await connection.execute(select(func.min(audit.c.at)))).scalar()
        assert oldest is not None and desk.now - oldest <= timedelta(days=kept)
        assert swept is not None and swept.entries in (20, 1) and verified.count in (181, 182)
        desk.now += timedelta(days=1)


async def test_nothing_goes_before_its_time(desk: Desk) -> None:
    journal = await entries(desk, 3)
    desk.now += timedelta(days=177)
    assert await retention_of(desk).sweep(prunes=True) == Swept(0, 0, 0)
    assert (await journal.verify()).count == 3


def also_cut(sequence: int) -> list[str]:
    return [
        f"UPDATE audit_start SET sequence = {sequence}, hash = (SELECT hash FROM audit WHERE sequence = {sequence})",
        f"DELETE FROM audit WHERE sequence <= {sequence}",
    ]


FORGERIES: dict[str, Callable[[], list[str]]] = {
    "the beginning moved on and more cut off": lambda: also_cut(10),
    "the beginning moved back": lambda: ["UPDATE audit_start SET sequence = 0"],
    "another seal at the beginning": lambda: ["UPDATE audit_start SET hash = 'f'"],
    "no beginning": lambda: ["DELETE FROM audit_start"],
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_beginning_that_was_forged_is_found(forgery: str, desk: Desk) -> None:
    journal = await entries(desk, 20)
    desk.now += timedelta(days=166)
    await retention_of(desk).sweep(prunes=True)
    assert (await journal.verify()).flaws == ()
    async with desk.database.write() as connection:
        for statement in FORGERIES[forgery]():
            await connection.execute(text(statement))
    assert (await journal.verify()).flaws != ()


async def test_a_log_that_was_tampered_with_is_not_cut(desk: Desk) -> None:
    await entries(desk, 5)
    desk.now += timedelta(days=400)
    assert await retention_of(desk).sweep(prunes=False) == Swept(0, 0, 0)
    async with desk.database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(audit))).scalar() == 5
