"""Judging answers in the console: what stands on the pages, what happens to what is sent, and that nothing is lost."""

import json
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.messages import IncomingMessage
from bot.office import Office
from bot.review.proposals import Proposals, State
from bot.review.queue import Queue
from bot.settings import Settings
from bot.store.audit import Action, Filter, Journal
from bot.store.tables import review_items, reviews
from tests.bot.fakes import BareSettings, FakeAssistant
from tests.bot.rows import rows_of
from tests.bot.stores import with_store

from .conftest import MovableClock, Staff, Worker

HOSTILE = "<img src=x onerror=alert(1)> **<b>粗</b>** [1](javascript:alert(1)) {{7*7}} =1+1"


async def told(worker: Worker, response: httpx.Response) -> tuple[str, httpx.Response]:
    """Where a change leads, and the page there."""
    assert response.status_code == 303, response.text
    return response.headers["location"], await worker.get(response.headers["location"])


async def ask(office: Office, *texts: str) -> str:
    """A conversation with some questions in it, the last of which is looked at: its answer did not help."""
    conversation = (await office.reception.open("web")).id
    for text in texts:
        answer = await office.reception.receive(IncomingMessage(conversation, text))
    await office.people.rate(answer.message_id, False, "amount", office.clock())
    return conversation


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Nothing is drawn by chance."""
    return BareSettings(HUIQI_DATA_DIR=with_store(tmp_path / "var"), HUIQI_REVIEW_SAMPLED=0, HUIQI_REVIEW_DOUBLED=0)


@pytest_asyncio.fixture
async def reviewer(staff: Staff) -> Worker:
    return await staff.seat("reviewer")


async def test_the_next_one_is_leased_and_shown_with_its_evidence(
    office: Office, staff: Staff, reviewer: Worker
) -> None:
    await ask(office, "小巨人奖多少钱")
    where, page = await told(reviewer, await reviewer.post("/console/review/next"))
    assert where == "/console/items/1"
    for words in (
        "用户点了“没帮上”",
        "小巨人奖多少钱",
        "您正在看",
        "首次获评的小巨人企业奖励100万元",
        "还差信息",
        "听懂了什么",
    ):
        assert words in page.text, words
    assert "<mark>首次获评的小巨人企业奖励100万元</mark>" in page.text
    other = await staff.seat("editor")
    assert "reviewer 正在看" in (await other.get(where)).text
    _, none = await told(other, await other.post("/console/review/next"))
    assert "没有等您复核的了" in none.text


async def test_a_verdict_goes_on_to_the_next_and_is_undone_by_one_key(office: Office, reviewer: Worker) -> None:
    for text in ("第一问", "第二问"):
        await ask(office, text)
    await reviewer.post("/console/review/next")
    where, page = await told(reviewer, await reviewer.post("/console/items/1/verdict", verdict="right", seconds="4"))
    assert where == "/console/items/2"
    assert "已记下：对" in page.text
    where, page = await told(reviewer, await reviewer.post("/console/review/undo"))
    assert where == "/console/items/1"
    assert await Queue(office.database).reviews(1) == []
    assert len(await rows_of(office, reviews)) == 2


async def test_everything_that_a_reviewer_gives_is_shown_again_with_the_difference(
    office: Office, reviewer: Worker
) -> None:
    await ask(office, "小巨人奖多少钱")
    given = {"reason": "amount", "severity": "3", "comment": "少了一个零", "corrected": "奖励 1000 万元。", "seen": "0"}
    where, page = await told(reviewer, await reviewer.post("/console/items/1/verdict", verdict="wrong", **given))
    assert where == "/console/items/1", "who came from the list stays there"
    for words in ("reviewer：错", "（重）", "金额", "少了一个零", "<ins>", "<del>"):
        assert words in page.text, words


async def test_of_two_who_judge_at_once_the_second_is_told_and_both_are_kept(
    office: Office, staff: Staff, reviewer: Worker
) -> None:
    await ask(office, "小巨人奖多少钱")
    editor = await staff.seat("editor")
    await reviewer.post("/console/items/1/verdict", verdict="right", seen="0")
    _, page = await told(editor, await editor.post("/console/items/1/verdict", verdict="wrong", seen="0"))
    assert "reviewer 判为“对”" in page.text and "会请第三个人看" in page.text
    assert len(await Queue(office.database).reviews(1)) == 2


async def test_a_verdict_that_is_none_is_refused_in_words_and_keeps_the_page(office: Office, reviewer: Worker) -> None:
    await ask(office, "小巨人奖多少钱")
    for fields in (
        {"verdict": "perfect"},
        {"verdict": "wrong", "reason": "mood"},
        {"verdict": "wrong", "severity": "9"},
    ):
        refused = await reviewer.post("/console/items/1/verdict", **fields)
        assert refused.status_code == 422
        assert "记不下来" in refused.text
    assert await rows_of(office, reviews) == []


async def test_an_item_is_held_on_until_somebody_else_has_it(
    office: Office, staff: Staff, reviewer: Worker, clock: MovableClock
) -> None:
    await ask(office, "小巨人奖多少钱")
    await reviewer.post("/console/review/next")
    assert (await reviewer.post("/console/items/1/hold")).status_code == 204
    clock.move(minutes=11)
    editor = await staff.seat("editor")
    await editor.post("/console/review/next")
    assert (await reviewer.post("/console/items/1/hold")).status_code == 409


async def test_a_failed_turn_can_be_read_and_judged(office: Office, reviewer: Worker, assistant: FakeAssistant) -> None:
    conversation = (await office.reception.open("web")).id
    question = await office.reception.accept(IncomingMessage(conversation, "出错了"))
    await office.reception.resume()
    assert (await office.reception.messages(conversation))[0].id == question.id
    page = await reviewer.get("/console/items/1")
    assert "没有答复成功" in page.text and "出错，没有答复" in page.text
    await told(reviewer, await reviewer.post("/console/items/1/verdict", verdict="harmful", reason="other"))


async def test_hostile_words_are_inert_on_every_page_and_in_every_table(office: Office, reviewer: Worker) -> None:
    await ask(office, HOSTILE)
    await reviewer.post("/console/items/1/verdict", verdict="wrong", comment=HOSTILE, corrected=HOSTILE)
    await reviewer.post("/console/filters", name=HOSTILE, address="words=<script>")
    pages = ["/console/items/1", "/console/items", "/console/items/1/propose?kind=question", "/console/review"]
    for path in pages:
        page = (await reviewer.get(path)).text
        assert "<img" not in page and "<b>" not in page and "<script>" not in page, path
        assert 'href="javascript' not in page, path
    table = (await reviewer.post("/console/export", form="csv")).text
    assert all(not cell.startswith("=") for line in table.splitlines() for cell in line.strip('"').split('","'))


async def test_personal_numbers_are_masked_in_lists_details_and_exports(office: Office, reviewer: Worker) -> None:
    await ask(office, "我的电话是13800138000，小巨人奖多少钱")
    for path in ("/console/items/1", "/console/items", "/console/items/1/propose"):
        page = (await reviewer.get(path)).text
        assert "小巨人奖" in page and "13800138000" not in page, path
    for form in ("csv", "jsonl"):
        exported = (await reviewer.post("/console/export", form=form)).text
        assert "138******00" in exported and "13800138000" not in exported


async def test_the_list_is_filtered_by_its_address_and_keeps_its_place(office: Office, reviewer: Worker) -> None:
    await ask(office, "算力券多少钱")
    await ask(office, "职称怎么评")
    page = (await reviewer.get("/console/items?words=算力&channel=web")).text
    assert "算力券多少钱" in page and "职称怎么评" not in page
    assert "back=%2Fconsole%2Fitems%3Fchannel%3Dweb%26words%3D" in page
    assert "没有符合的" in (await reviewer.get("/console/items?channel=wechat")).text
    assert (await reviewer.get("/console/items?since=nonsense&before=1&evil=1")).status_code == 200


async def test_a_filter_is_saved_under_a_name_for_everybody(office: Office, staff: Staff, reviewer: Worker) -> None:
    where, _ = await told(reviewer, await reviewer.post("/console/filters", name="网页出错", address="flag=failed"))
    assert where == "/console/items?flag=failed"
    viewer = await staff.seat("viewer")
    assert (
        '<a href="/console/items?flag=failed" title="reviewer 保存">网页出错</a>'
        in (await viewer.get("/console/items")).text
    )


async def test_what_is_ticked_is_exported_with_its_provisions_and_the_export_is_remembered(
    office: Office, reviewer: Worker
) -> None:
    for text in ("第一问", "第二问", "第三问"):
        await ask(office, text)
    lines = (await reviewer.post("/console/export", form="jsonl", item="2")).text.splitlines()
    [record] = [json.loads(line) for line in lines]
    assert (record["问题"], record["引用的条款"], record["标记"]) == (
        "第二问",
        "nanjing-measures/1",
        "用户点了“没帮上”",
    )
    whole = (await reviewer.post("/console/export", form="csv", address="words=第三")).text
    assert "第三问" in whole and "第一问" not in whole
    entries = await Journal(office.database, office.clock).page(Filter(actions=(Action.EXPORTED,)), None, 10)
    assert len(entries) == 2


async def test_a_proposal_is_decided_by_another_person_of_enough_rank(
    office: Office, staff: Staff, reviewer: Worker
) -> None:
    await ask(office, "我们在南京", "小巨人奖励能拿多少呀")
    form = (await reviewer.get("/console/items/2/propose?kind=question")).text
    assert "小巨人奖励能拿多少呀" in form and "nanjing-little-giant-award" in form
    given = {"kind": "question", "support_id": "nanjing-little-giant-award", "question": "小巨人奖励能拿多少呀"}
    await told(reviewer, await reviewer.post("/console/items/2/propose", **given))
    assert (await reviewer.post("/console/proposals/1/decide", accept="yes")).status_code == 403
    editor = await staff.seat("editor")
    await editor.post("/console/items/2/propose", **given)
    _, page = await told(editor, await editor.post("/console/proposals/2/decide", accept="yes"))
    assert "要由另一个人确认" in page.text
    await told(editor, await editor.post("/console/proposals/1/decide", accept="yes"))
    [accepted] = await Proposals(office.database).all(State.ACCEPTED)
    assert (accepted.proposed_by, accepted.decided_by) == ("reviewer", "editor")
    _, page = await told(editor, await editor.post("/console/proposals/1/decide", accept="no"))
    assert "已经有人处理过了" in page.text


async def test_a_proposal_that_says_too_little_is_sent_back_with_what_was_written(
    office: Office, reviewer: Worker
) -> None:
    await ask(office, "小巨人奖多少钱")
    given = {"kind": "case", "as_of": "2026-11-20", "turns": "小巨人奖多少钱", "provisions": "nanjing-measures 1"}
    refused = await reviewer.post("/console/items/1/propose", **given)
    assert refused.status_code == 422
    assert "必须说到的话" in refused.text and "小巨人奖多少钱" in refused.text
    assert (await reviewer.post("/console/items/1/propose", **given, must="100万 一百万")).status_code == 303
    for wrong in ({"as_of": "morgen"}, {"provisions": "nur-eins"}):
        assert (await reviewer.post("/console/items/1/propose", **{**given, "must": "一", **wrong})).status_code == 422


async def test_somebody_who_was_told_wrong_is_written_to(office: Office, reviewer: Worker) -> None:
    conversation = await ask(office, "小巨人奖多少钱")
    _, page = await told(reviewer, await reviewer.post("/console/items/1/amend", text="之前说错了，应当是 100 万元"))
    assert "用户打开网页就能看到" in page.text
    last = (await office.reception.messages(conversation))[-1]
    assert (last.author, "应当是 100 万元" in last.text) == ("reviewer", True)


async def test_a_second_look_shows_nothing_of_the_first(office: Office, staff: Staff, reviewer: Worker) -> None:
    await ask(office, "小巨人奖多少钱")
    async with office.database.write() as connection:
        await connection.execute(review_items.update().values(doubled=True))
    await reviewer.post("/console/items/1/verdict", verdict="wrong", comment="暗号零四零四")
    editor = await staff.seat("editor")
    for path in ("/console/items/1", "/console/items", "/console/items?words=暗号"):
        page = (await editor.get(path)).text
        assert "暗号零四" not in page and "verdict-word" not in page and "reviewer：" not in page, path
    assert "请您独立判断" in (await editor.get("/console/items/1")).text
    assert "暗号零四零四" in (await reviewer.get("/console/items/1")).text
