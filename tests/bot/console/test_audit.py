"""The audit log: what it remembers, and that nobody can change it unseen."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.clock import today
from bot.office import Office
from bot.store.audit import NOBODY, Action, Entry, Filter, Journal, record
from bot.store.database import StoreUnavailable
from bot.store.tables import audit
from bot.weekly import PARTS, sum_up
from chains.prompting import read_data
from tests.bot.fakes import NOW, start_talk
from tests.bot.rows import rows_of

from .conftest import MovableClock, Staff

FORGERIES = {
    "a reason rewritten": "UPDATE audit SET reason = '核对电话' WHERE sequence = 5",
    "another name": "UPDATE audit SET who = '李工' WHERE sequence = 5",
    "another time": "UPDATE audit SET at = '2026-11-19 00:00:00.000000' WHERE sequence = 5",
    "a row removed": "DELETE FROM audit WHERE sequence = 5",
    "the first row removed": "DELETE FROM audit WHERE sequence = 1",
    "the last row removed": "DELETE FROM audit WHERE sequence = 9",
    "everything removed": "DELETE FROM audit",
    "two rows exchanged": "UPDATE audit SET sequence = CASE sequence WHEN 5 THEN 106 ELSE 105 END "
    "WHERE sequence IN (5, 6); UPDATE audit SET sequence = sequence - 100 WHERE sequence > 100",
    "a row put in at the end": "INSERT INTO audit SELECT 10, at, who, action, object, reason, hash "
    "FROM audit WHERE sequence = 9",
    "a row removed and those after it moved up": "DELETE FROM audit WHERE sequence = 5; "
    "UPDATE audit SET sequence = sequence - 1 WHERE sequence > 5",
}
NAMED = {
    "the first row removed": "第 1 条不见了",
    "the last row removed": "第 9 条不见了",
    "everything removed": "第 1 到 9 条不见了",
    "a row removed": "第 5 条不见了",
    "a row put in at the end": "第 10 条",
}


async def fill(office: Office, count: int = 9) -> Journal:
    journal = Journal(office.database, office.clock)
    for number in range(1, count + 1):
        await journal.record("王工", Action.REVEALED, f"message:{number}", f"理由{number}")
    return journal


async def forge(office: Office, statements: str) -> None:
    """As somebody with the database in their hands would: the triggers are taken off first."""
    async with office.database.write() as connection:
        for trigger in ("audit_no_update", "audit_no_delete"):
            await connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        for statement in statements.split("; "):
            await connection.execute(text(statement))


async def test_an_untouched_log_is_found_so(office: Office) -> None:
    journal = await fill(office)
    verified = await journal.verify()
    assert verified.flaws == () and verified.count == 9
    assert verified.last_hash == (await rows_of(office, audit))[-1].hash


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forgery_is_found_and_the_row_is_named(forgery: str, office: Office) -> None:
    journal = await fill(office)
    await forge(office, FORGERIES[forgery])
    flaws = (await journal.verify()).flaws
    assert flaws and NAMED.get(forgery, "第 5 条") in flaws[0]


async def test_an_edited_row_with_its_hash_made_anew_is_found_by_the_next(office: Office) -> None:
    journal = await fill(office)
    await forge(office, "UPDATE audit SET reason = 'x', hash = 'f' WHERE sequence = 5")
    assert "第 5 条对不上" in (await journal.verify()).flaws[0]
    assert "第 6 条对不上" in (await journal.verify()).flaws[1]


@pytest.mark.parametrize("change", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
async def test_the_database_refuses_to_change_it(change: str, office: Office) -> None:
    await fill(office, 2)
    with pytest.raises((StoreUnavailable, IntegrityError), match="append only"):
        async with office.database.write() as connection:
            await connection.execute(text(change))


async def test_what_was_not_done_is_not_remembered(office: Office) -> None:
    journal = await fill(office, 2)
    with pytest.raises(RuntimeError, match="on second thoughts"):
        async with office.database.write() as connection:
            await record(connection, "王工", Action.EXPORTED, "audit", at=NOW)
            raise RuntimeError("on second thoughts")
    assert len(await rows_of(office, audit)) == 2
    assert (await journal.verify()).flaws == ()


async def test_no_personal_data_goes_in(office: Office) -> None:
    journal = Journal(office.database, office.clock)
    await journal.record("王工", Action.REVEALED, "message:13800138000", "回拨 13800138000，" + "长" * 500)
    [row] = await rows_of(office, audit)
    assert "13800138000" not in str(row) and len(row.reason) == 400
    assert (await journal.verify()).flaws == ()


async def test_a_filter_finds_by_person_action_and_day(office: Office, clock: MovableClock) -> None:
    journal = await fill(office, 2)
    clock.move(days=1)
    await journal.record("李工", Action.EXPORTED, "audit")

    async def found(**wanted: object) -> list[Entry]:
        return await journal.page(Filter(**wanted), None, 10)  # type: ignore[arg-type]

    assert [entry.sequence for entry in await found()] == [3, 2, 1]
    assert [entry.sequence for entry in await found(who="李工")] == [3]
    assert [entry.sequence for entry in await found(actions=("revealed",))] == [2, 1]
    assert [entry.sequence for entry in await found(since=NOW + timedelta(hours=1))] == [3]
    assert [entry.sequence for entry in await found(before=NOW + timedelta(hours=1))] == [2, 1]
    assert [entry.sequence for entry in await journal.page(Filter(), 3, 1)] == [2]


async def test_an_admin_reads_checks_and_takes_it_out(staff: Staff) -> None:
    await Journal(staff.office.database, staff.office.clock).record("王工", Action.REVEALED, "message:1", "=1+1")
    admin = await staff.seat("admin")
    page = (await admin.get("/console/audit?action=revealed")).text
    assert "查看原文" in page and "message:1" in page and "添加人员</td>" not in page
    checked = (await admin.post("/console/audit/verify")).text
    assert "都和写入时一样" in checked
    export = await admin.post("/console/audit/export?action=revealed")
    assert export.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    [head, line] = list(csv.reader(io.StringIO(export.text.removeprefix("\ufeff"))))
    assert head[3] == "做了什么" and line[3:6] == ["查看原文", "message:1", "'=1+1"]
    assert (await rows_of(staff.office, audit))[-1].action == "exported"


async def test_a_forged_log_is_told_on_the_page(staff: Staff) -> None:
    admin = await staff.seat("admin")
    await forge(staff.office, "DELETE FROM audit WHERE sequence = 2")
    assert "第 2 条不见了" in (await admin.post("/console/audit/verify")).text


async def test_a_broken_log_stands_on_every_page_until_it_is_found_whole(staff: Staff) -> None:
    viewer, admin = await staff.seat("viewer"), await staff.seat("admin")
    alarm = read_data("console")["alarm"]
    await staff.office.nightly.once()
    assert alarm not in (await viewer.get("/console")).text
    await forge(staff.office, "UPDATE audit SET who = 'admin' WHERE sequence = 2")
    await staff.office.nightly.once()
    for page in ("/console", "/console/table", "/console/no-such-page"):
        assert alarm in (await viewer.get(page)).text
    assert alarm not in (await staff.stranger().get("/console/login")).text
    await forge(staff.office, "UPDATE audit SET who = '@test' WHERE sequence = 2")
    assert "都和写入时一样" in (await admin.post("/console/audit/verify")).text
    assert alarm not in (await viewer.get("/console")).text


# --- the week


async def busy_week(office: Office, clock: MovableClock) -> Journal:
    """One thing that is too old, then a week with something of each kind; `clock` is at its last day."""
    journal = Journal(office.database, clock)
    await journal.record("王工", Action.REVEALED, "message:0", "上周的事")
    clock.move(days=7)
    for who, number in (("王工", 1), ("李工", 2), ("王工", 3)):
        await journal.record(who, Action.REVEALED, f"message:{number}", f"核对电话{number}")
    await journal.record("李工", Action.EXPORTED, "items", "12 条 csv")
    await journal.record("@person", Action.ERASED, "erasure:AB12CD34", "web")
    for _ in range(3):
        await journal.record(NOBODY, Action.LOGIN_FAILED, "staff:")
    await journal.record("@terminal", Action.ACCOUNT_ROLE, "staff:李工", "editor")
    await journal.record("王工", Action.TICKET_TAKEN, "ticket:1")
    return journal


async def test_a_week_is_summed_up_by_kind_and_person(office: Office, clock: MovableClock) -> None:
    journal = await busy_week(office, clock)
    week = await sum_up(journal, today(clock), await journal.verify())
    assert (week.first, week.last) == (date(2026, 11, 21), date(2026, 11, 27))
    assert {name: dict(part.counts) for name, part in week.parts.items()} == {
        "reveals": {"李工": 1, "王工": 2},
        "exports": {"李工": 1},
        "erasures": {"@person": 1},
        "failures": {"": 3},
        "accounts": {"@terminal": 1},
    }
    assert [entry.reason for entry in week.parts["reveals"].entries] == ["核对电话2", "核对电话1", "核对电话3"]
    before = await sum_up(journal, week.first - timedelta(days=1), week.verified)
    assert [entry.reason for entry in before.parts["reveals"].entries] == ["上周的事"]


async def test_every_reveal_stands_in_the_week_with_its_reason(staff: Staff) -> None:
    talk = await start_talk(staff.stranger().client)
    reviewer, admin = await staff.seat("reviewer"), await staff.seat("admin")
    for number in range(20):
        await talk.say(f"回电1380013{number:04}")
    said = [m["message_id"] for m in (await talk.read()).json()["messages"] if m["role"] == "user"]
    for number, message_id in enumerate(said):
        shown = await reviewer.post(f"/console/messages/{message_id}/reveal", reason=f"回访第{number}位")
        assert shown.status_code == 200
    page = (await admin.get("/console/audit/week")).text
    assert "reviewer 20 次" in page and "都和写入时一样" in page
    assert all(f"回访第{number}位" in page and f"message:{id}" in page for number, id in enumerate(said))
    assert (await reviewer.get("/console/audit/week")).status_code == 403


async def test_the_page_of_another_week_says_that_the_log_is_broken(staff: Staff) -> None:
    admin = await staff.seat("admin")
    await forge(staff.office, "DELETE FROM audit WHERE sequence = 2")
    page = (await admin.get("/console/audit/week?until=2026-11-01")).text
    assert "2026-10-26 到 2026-11-01" in page and "第 2 条不见了" in page
    assert (await admin.get("/console/audit/week?until=nonsense")).status_code == 200


async def test_the_week_tells_how_the_log_was_found_the_last_time(staff: Staff) -> None:
    admin = await staff.seat("admin")
    await staff.office.nightly.once()
    await forge(staff.office, "DELETE FROM audit WHERE sequence = 2")
    assert "都和写入时一样" in (await admin.get("/console/audit/week")).text
    assert "第 2 条不见了" in (await admin.post("/console/audit/verify")).text
    assert "第 2 条不见了" in (await admin.get("/console/audit/week")).text


def test_every_part_of_the_week_has_its_words() -> None:
    assert list(read_data("console")["week"]) == list(PARTS)


def test_every_action_has_its_words() -> None:
    assert set(read_data("console")["actions"]) == {action.value for action in Action}
