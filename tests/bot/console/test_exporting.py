"""Few rows leave the console at once; many only with an admin's yes who did not ask, once, in time, remembered."""

import asyncio
import csv
import io
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.messages import IncomingMessage
from bot.office import Office
from bot.settings import Settings
from bot.store.exports import HOURS_TO_DECIDE, HOURS_TO_FETCH, Exports, NotOpen, Wanted, What
from bot.store.staff import Role
from bot.store.tables import audit, exports, review_items, saved_filters
from tests.bot.fakes import BareSettings
from tests.bot.rows import rows_of
from tests.bot.stores import with_store

from .conftest import MovableClock, Staff, Worker

ASKING = {"what": "items", "query": "channel=web", "form": "csv", "reason": "季度抽查准确率"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return BareSettings(HUIQI_DATA_DIR=with_store(tmp_path / "var"), HUIQI_EXPORT_ALONE=3)


@pytest_asyncio.fixture
async def asker(staff: Staff) -> Worker:
    await staff.hire("chief", Role.ADMIN)
    for number in range(5):
        await ask(staff.office, f"第{number}问")
    return await staff.seat("reviewer")


async def ask(office: Office, text: str) -> None:
    opened = await office.reception.open("web")
    await office.reception.receive(IncomingMessage(opened.id, text))


def questions(response: httpx.Response) -> list[str]:
    assert response.headers["content-type"].startswith("text/csv")
    return [row[4] for row in list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))[1:]]


async def told(worker: Worker, response: httpx.Response) -> str:
    assert response.status_code == 303, response.text
    return (await worker.get(response.headers["location"])).text


async def actions(office: Office) -> list[tuple[str, str, str]]:
    rows = await rows_of(office, audit)
    return [(row.who, row.action, row.object) for row in rows if row.action.startswith("export")]


async def test_a_few_rows_leave_at_once_and_are_remembered(staff: Staff, asker: Worker) -> None:
    few = await asker.post("/console/export", form="csv", address="words=第3")
    assert questions(few) == ["第3问"]
    assert await actions(staff.office) == [("reviewer", "exported", "items")]
    assert "第3" not in str(await rows_of(staff.office, audit)), "what was looked for may be somebody's words"


async def test_many_rows_take_a_reason_another_admin_and_leave_once(staff: Staff, asker: Worker) -> None:
    refused = await asker.post("/console/export", form="csv", address="channel=web")
    assert "content-disposition" not in refused.headers and "对话记录 5 条" in refused.text
    assert "另一位管理员批准" in await told(asker, await asker.post("/console/exports", **ASKING))
    assert "下载（一次）" not in (await asker.get("/console/exports")).text
    assert "过了时间" in await told(asker, await asker.post("/console/exports/1/fetch"))
    admin = await staff.seat("admin")
    page = (await admin.get("/console/exports")).text
    assert "季度抽查准确率" in page and "/console/items?channel=web" in page
    await admin.post("/console/exports/1/decide", approve="yes")
    await ask(staff.office, "批准以后才来的")
    assert "下载（一次）" in (await asker.get("/console/exports")).text
    assert questions(await asker.post("/console/exports/1/fetch")) == [f"第{n}问" for n in range(4, -1, -1)]
    assert "下载过" in await told(asker, await asker.post("/console/exports/1/fetch"))
    assert await actions(staff.office) == [
        ("reviewer", "export_asked", "export:1"),
        ("admin", "export_approved", "export:1"),
        ("reviewer", "exported", "items"),
    ]
    assert [row.query for row in await rows_of(staff.office, exports)] == [""]


async def test_nobody_approves_what_they_asked_for_themselves(staff: Staff, asker: Worker) -> None:
    admin, chief = await staff.seat("admin"), await staff.seat("chief")
    await admin.post("/console/exports", **ASKING)
    assert "要由另一位管理员批准" in await told(admin, await admin.post("/console/exports/1/decide", approve="yes"))
    assert "过了时间" in await told(admin, await admin.post("/console/exports/1/fetch"))
    await chief.post("/console/exports/1/decide", approve="yes")
    assert len(questions(await admin.post("/console/exports/1/fetch"))) == 5


async def test_less_than_an_admin_does_not_approve(staff: Staff, asker: Worker) -> None:
    await asker.post("/console/exports", **ASKING)
    editor = await staff.seat("editor")
    assert (await editor.post("/console/exports/1/decide", approve="yes")).status_code == 403
    assert "季度抽查" not in (await editor.get("/console/exports")).text, "others' requests are for admins"


async def test_what_was_declined_is_not_given(staff: Staff, asker: Worker) -> None:
    await asker.post("/console/exports", **ASKING)
    admin = await staff.seat("admin")
    await admin.post("/console/exports/1/decide", approve="no")
    assert "过了时间" in await told(admin, await admin.post("/console/exports/1/decide", approve="yes"))
    assert "过了时间" in await told(asker, await asker.post("/console/exports/1/fetch"))
    assert "没有批准" in (await asker.get("/console/exports")).text


async def test_only_who_asked_takes_it(staff: Staff, asker: Worker) -> None:
    await asker.post("/console/exports", **ASKING)
    await (await staff.seat("admin")).post("/console/exports/1/decide", approve="yes")
    for name in ("editor", "admin"):
        other = await staff.seat(name)
        assert "过了时间" in await told(other, await other.post("/console/exports/1/fetch"))


@pytest.mark.parametrize("late", ["a request", "an approval"])
async def test_both_lapse(late: str, staff: Staff, asker: Worker, clock: MovableClock) -> None:
    await asker.post("/console/exports", **ASKING)
    if late == "a request":
        clock.move(hours=HOURS_TO_DECIDE)
    await (await staff.seat("admin")).post("/console/exports/1/decide", approve="yes")
    if late == "an approval":
        clock.move(hours=HOURS_TO_FETCH)
    asker = await staff.seat("reviewer")
    assert "过了时间" in await told(asker, await asker.post("/console/exports/1/fetch"))
    assert '<td class="short">过了时间' in (await asker.get("/console/exports")).text


async def test_many_small_ones_are_a_large_one(staff: Staff, asker: Worker, clock: MovableClock) -> None:
    for number in ("1", "2", "3"):
        assert len(questions(await asker.post("/console/export", item=number))) == 1
    for number in ("1", "4"):
        assert "另一位管理员批准" in (await asker.post("/console/export", item=number)).text
    editor = await staff.seat("editor")
    assert len(questions(await editor.post("/console/export", item="4"))) == 1
    clock.move(hours=24, seconds=1)
    asker = await staff.seat("reviewer")
    assert len(questions(await asker.post("/console/export", item="4"))) == 1


async def test_ticked_rows_are_asked_for_by_their_numbers(staff: Staff, asker: Worker) -> None:
    page = (await asker.client.post("/console/export", data={"csrf": asker.csrf, "item": ["1", "2", "4", "5"]})).text
    assert "对话记录 4 条" in page and 'value="item=1&amp;item=2&amp;item=4&amp;item=5"' in page
    await asker.post("/console/exports", **ASKING | {"query": "item=1&item=2&item=4&item=5"})
    await (await staff.seat("admin")).post("/console/exports/1/decide", approve="yes")
    assert questions(await asker.post("/console/exports/1/fetch")) == ["第4问", "第3问", "第1问", "第0问"]


async def test_no_more_leaves_than_was_asked_for_though_more_fits_by_then(staff: Staff, asker: Worker) -> None:
    office = staff.office
    answers = [row.answer_id for row in await rows_of(office, review_items)]
    await office.people.rate(answers[0], False, "amount", office.clock())
    await office.people.rate(answers[4], False, "amount", office.clock())
    await asker.post("/console/exports", **ASKING | {"query": "flag=disliked"})
    await (await staff.seat("admin")).post("/console/exports/1/decide", approve="yes")
    await office.people.rate(answers[2], False, "amount", office.clock())
    assert len(questions(await asker.post("/console/exports/1/fetch"))) == 2


async def test_the_audit_log_is_an_admins_and_takes_another_one(staff: Staff, asker: Worker) -> None:
    admin, chief = await staff.seat("admin"), await staff.seat("chief")
    assert "审计记录" in (await admin.post("/console/audit/export")).text
    for what in ("audit", "passwords"):
        refused = await asker.post("/console/exports", **ASKING | {"what": what, "query": ""})
        assert refused.status_code == (403 if what == "audit" else 404)
    await admin.post("/console/exports", **ASKING | {"what": "audit", "query": "action=login"})
    await chief.post("/console/exports/1/decide", approve="yes")
    taken = list(csv.reader(io.StringIO((await admin.post("/console/exports/1/fetch")).text)))
    assert {row[3] for row in taken[1:]} == {"登录"}


async def test_a_request_without_a_reason_is_sent_back(staff: Staff, asker: Worker) -> None:
    refused = await asker.post("/console/exports", **ASKING | {"reason": " 看 "})
    assert refused.status_code == 422 and "要写明用途" in refused.text and "channel=web" in refused.text
    assert await rows_of(staff.office, exports) == []


async def test_two_at_once_do_not_pass_where_one_would(office: Office) -> None:
    kept, wanted = Exports(office.database), Wanted(What.ITEMS, "", "csv", 2, 5)
    passed = await asyncio.gather(*(kept.take_alone(wanted, "王工", 3, office.clock()) for _ in range(5)))
    assert sum(passed) == 1


async def test_one_that_is_fetched_twice_at_once_leaves_once(office: Office) -> None:
    kept, wanted = Exports(office.database), Wanted(What.ITEMS, "", "csv", 9, 9)
    number = await kept.ask(wanted, "王工", "季度抽查", office.clock())
    await kept.decide(number, "李工", office.clock(), approve=True)
    taken = await asyncio.gather(
        *(kept.fetch(number, "王工", office.clock()) for _ in range(5)), return_exceptions=True
    )
    assert [type(one) for one in taken].count(NotOpen) == 4 and wanted in taken


async def test_a_filter_with_personal_data_in_it_is_not_kept_for_others(staff: Staff, asker: Worker) -> None:
    said = await told(asker, await asker.post("/console/filters", name="某人", address="words=13800138000"))
    assert "不能保存" in said
    assert await rows_of(staff.office, saved_filters) == []
