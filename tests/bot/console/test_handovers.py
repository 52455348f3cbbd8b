"""Hand-overs as staff attend to them, and what the person who waits hears."""

import pytest
import pytest_asyncio

from bot.console.handovers import LIST
from bot.helpdesk import Helpdesk
from bot.office import Office
from bot.store.audit import Action
from bot.store.people import open_ticket
from bot.store.staff import Role
from bot.store.tables import audit, tickets
from tests.bot.fakes import Talk, start_talk
from tests.bot.rows import rows_of

from .conftest import MovableClock, Staff

PHONE = "13800138000"


@pytest_asyncio.fixture
async def talk(staff: Staff) -> Talk:
    """Somebody who waits: one open ticket."""
    talk = await start_talk(staff.stranger().client)
    await talk.say(f"我的电话{PHONE}，转人工")
    async with staff.office.database.write() as connection:
        await open_ticket(connection, talk.id, staff.office.clock())
    return talk


async def actions(office: Office) -> list[tuple[str, str, str]]:
    return [(row.who, row.action, row.object) for row in await rows_of(office, audit) if "ticket" in row.action]


async def said(talk: Talk) -> list[str]:
    return [message["text"] for message in (await talk.read()).json()["messages"]]


async def test_the_list_tells_how_long_they_have_waited(staff: Staff, talk: Talk, clock: MovableClock) -> None:
    viewer = await staff.seat("viewer")
    clock.move(minutes=9)
    assert "9 分钟" in (await viewer.get(LIST)).text
    clock.move(minutes=1)
    assert '<strong class="late">10 分钟' in (await viewer.get(LIST)).text


async def test_personal_data_is_hidden_in_list_and_conversation(staff: Staff, talk: Talk) -> None:
    viewer, reviewer = await staff.seat("viewer"), await staff.seat("reviewer")
    for page in (await viewer.get(LIST), await viewer.get(f"{LIST}/1"), await reviewer.get(f"{LIST}/1")):
        assert PHONE not in page.text and "138******00" in page.text


async def test_a_number_at_the_edge_of_an_excerpt_is_hidden_too(staff: Staff) -> None:
    talk = await start_talk(staff.stranger().client)
    for length in (70, 72, 75):
        await talk.say("啊" * length + PHONE)
    async with staff.office.database.write() as connection:
        await open_ticket(connection, talk.id, staff.office.clock())
    page = (await (await staff.seat("viewer")).get(LIST)).text
    assert "1380013" not in page


async def test_taking_answering_and_giving_back_reach_the_person_and_are_remembered(staff: Staff, talk: Talk) -> None:
    reviewer = await staff.seat("reviewer")
    taken = await reviewer.post(f"{LIST}/1/take")
    assert taken.status_code == 303
    answered = await reviewer.post(f"{LIST}/1/answer", text="请直接问市工信局。\r\n<b>谢谢</b>")
    assert answered.headers["location"] == f"{LIST}/1"
    assert 'name="draft-done" content="handover-1"' in (await reviewer.get(f"{LIST}/1")).text
    assert "**工作人员**：请直接问市工信局。\n<b>谢谢</b>" in await said(talk)
    await reviewer.post(f"{LIST}/1/close")
    assert "工作人员已处理完" in (await said(talk))[-1]
    assert await actions(staff.office) == [
        ("reviewer", "ticket_taken", "ticket:1"),
        ("reviewer", "ticket_answered", "ticket:1"),
        ("reviewer", "ticket_closed", "ticket:1"),
    ]
    assert (await reviewer.get(f"{LIST}/1")).status_code == 404


async def test_a_ticket_that_somebody_has_is_nobody_elses(staff: Staff, talk: Talk) -> None:
    await staff.hire("李工", Role.REVIEWER)
    first, second = await staff.seat("reviewer"), await staff.seat("李工")
    await first.post(f"{LIST}/1/take")
    for action in ("take", "answer", "close", "release"):
        refused = await second.post(f"{LIST}/1/{action}", text="我也来")
        assert refused.status_code == 409 and "reviewer 处理中" in refused.text, action
    assert not any("我也来" in text for text in await said(talk))
    assert [action for _, action, _ in await actions(staff.office)] == ["ticket_taken"]
    assert (await (await staff.seat("admin")).post(f"{LIST}/1/release")).status_code == 303
    assert (await second.post(f"{LIST}/1/take")).status_code == 303
    assert [row.taken_by for row in await rows_of(staff.office, tickets)] == ["李工"]


async def test_an_answer_without_words_or_with_too_many_is_not_sent(staff: Staff, talk: Talk) -> None:
    reviewer = await staff.seat("reviewer")
    for text, told in (("  ", "还没有写答复"), ("长" * 2001, "最多 2000 字，现在 2001 字")):
        refused = await reviewer.post(f"{LIST}/1/answer", text=text)
        assert refused.status_code == 422 and told in refused.text
    assert await actions(staff.office) == []


async def test_looking_at_a_conversation_is_remembered_once_in_a_while(
    staff: Staff, talk: Talk, clock: MovableClock
) -> None:
    viewer = await staff.seat("viewer")
    for minutes in (0, 10, 10, 11):
        clock.move(minutes=minutes)
        await viewer.get(f"{LIST}/1")
    reads = [row for row in await rows_of(staff.office, audit) if row.action == Action.READ]
    assert [(row.who, row.object) for row in reads] == [("viewer", f"conversation:{talk.id}")] * 2


async def test_what_asks_by_itself_tells_of_news_and_keeps_nobody_signed_in(
    staff: Staff, talk: Talk, clock: MovableClock
) -> None:
    viewer = await staff.seat("viewer")
    before = (await viewer.get("/console/handovers/state")).json()
    await talk.say("还在吗")
    assert (await viewer.get("/console/handovers/state")).json() != before
    assert (await viewer.get("/console/handovers/1/state")).json() == {"state": "4"}
    for _ in range(29):
        clock.move(minutes=1)
        assert (await viewer.get("/console/handovers/state")).status_code == 200
    clock.move(minutes=1)
    assert (await viewer.client.get("/console/handovers/state")).status_code == 401


async def test_the_text_of_the_policies_is_at_hand_with_where_it_stands(staff: Staff) -> None:
    viewer = await staff.seat("viewer")
    [found, *_] = (await viewer.get("/console/passages?q=小巨人奖励")).json()
    assert found["quote"] == "首次获评的小巨人企业奖励100万元，由市工信局办理。"
    assert found["words"] == f"「{found['quote']}」（《关于促进专精特新中小企业高质量发展的若干措施》一、）"
    assert (found["lifecycle"], found["in_force"]) == ("现行", True)
    text = (await viewer.client.get(found["address"])).text
    assert f"<mark>{found['quote']}</mark>" in text
    assert (await viewer.get("/console/passages?q=")).json() == []
    assert (await viewer.get("/console/passages?q=zzzz")).json() == []


async def test_text_that_is_no_longer_in_force_says_so_in_the_answer_too(staff: Staff, clock: MovableClock) -> None:
    clock.move(days=800)
    [found, *_] = (await (await staff.seat("viewer")).get("/console/passages?q=小巨人奖励")).json()
    assert found["lifecycle"] == "已届满" and found["words"].endswith("一、，已届满）")


@pytest.mark.parametrize("number", ["0", "2", "99999999"])
async def test_a_ticket_that_is_not_there_is_missing_for_everybody(number: str, staff: Staff, talk: Talk) -> None:
    reviewer = await staff.seat("reviewer")
    assert (await reviewer.get(f"{LIST}/{number}")).status_code == 404
    for action in ("take", "answer", "close", "release"):
        assert (await reviewer.post(f"{LIST}/{number}/{action}", text="x")).status_code in (404, 422)


async def test_releasing_a_ticket_from_the_command_line_needs_its_holder(staff: Staff, talk: Talk) -> None:
    desk = Helpdesk(staff.office.reception, staff.office.people, staff.office.clock)
    await desk.take(1, "小李")
    await desk.take(1, "小李")
    assert await actions(staff.office) == [("小李", "ticket_taken", "ticket:1")]
