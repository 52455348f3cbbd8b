"""Who asked for it is told what changed for them: they alone, once, and with the words of the document."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.channels.wechat.layout import lay_out
from bot.messages import Kind, OutgoingMessage
from bot.notices import Notified, notify
from bot.office import Office
from bot.rendering import sheet_of
from bot.settings import Settings
from bot.store.tables import subscriptions
from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from chains.reply import Reply
from tests.bot.fake_platform import Later, Phone, platform_of, serving, settled
from tests.bot.rows import rows_of
from tests.conftest import CORPUS

pytestmark = pytest.mark.asyncio
START = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Later:
    return Later(START)


@pytest_asyncio.fixture
async def office(settings: Settings, real_assistant: Assistant, clock: Later) -> AsyncIterator[Office]:
    office = Office(settings, build=lambda: real_assistant, clock=clock, serve=serving("telegram"))
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest.fixture
def changed_corpus(tmp_path: Path) -> Path:
    """The corpus after an amendment: the award for the filing of a model is 30 万 now."""
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS, folder)
    source, table = folder / "nanjing-measures" / "source.txt", folder / "nanjing-measures" / "supports.yaml"
    words = source.read_text(encoding="utf-8")
    source.write_text(words.replace("给予 20 万元一次性奖励", "给予 30 万元一次性奖励"), encoding="utf-8")
    head, row, rest = table.read_text(encoding="utf-8").partition("- id: nanjing-genai-filing-award")
    amended, end, after = rest.partition("- id: ")
    amended = amended.replace("20 万元", "30 万元").replace("200000", "300000")
    table.write_text(head + row + amended + end + after, encoding="utf-8")
    return folder


class Flow:
    """Somebody who talks while time passes."""

    def __init__(self, office: Office, clock: Later, address: str) -> None:
        self.phone = Phone(platform_of(office), address)
        self.clock = clock

    async def says(self, *words: str) -> None:
        for text in words:
            await self.phone.platform.deliver(self.phone.address, text)
            await self.rest()

    async def rest(self) -> None:
        for _ in range(400):
            mail = self.phone.platform.mailroom
            self.clock.pass_by(seconds=1)
            self.phone.platform.mailroom.woken.set()
            if not await mail.inbox.count_waiting() and not await mail.outbox.count_unsent():
                return
            await asyncio.sleep(0.02)
        await settled(self.phone.platform, 1)


async def run(office: Office, clock: Later, assistant: Assistant, *, only_look: bool = False) -> list[Notified]:
    return await notify(assistant, office.people, office.reception, clock, only_look=only_look)


async def test_nothing_changed_and_nobody_hears_anything(
    office: Office, clock: Later, real_assistant: Assistant
) -> None:
    await Flow(office, clock, "ann").says("我们在南京，省级专精特新", "有新政策提醒我")
    assert await run(office, clock, real_assistant) == []


async def test_an_amended_document_is_told_to_those_whom_it_touches_and_once(
    office: Office, clock: Later, real_assistant: Assistant, changed_corpus: Path
) -> None:
    ann, bob, eve = (Flow(office, clock, name) for name in ("ann", "bob", "eve"))
    await ann.says("我们在南京，省级专精特新，完成了大模型备案", "有新政策提醒我")
    await bob.says("我们在盐城，省级专精特新", "有新政策提醒我")
    await eve.says("我们在南京，省级专精特新，完成了大模型备案")
    amended = build_assistant(corpus=changed_corpus)
    looked = await run(office, clock, amended, only_look=True)
    told = await run(office, clock, amended)
    await ann.rest()
    assert [n.text for n in looked] == [n.text for n in told] and len(told) == 1
    notice = ann.phone.shown[-1]
    assert "30万元" in notice.text and "取消提醒" in notice.text
    assert notice.citations[0].quote in (changed_corpus / "nanjing-measures" / "source.txt").read_text(encoding="utf-8")
    assert all("30万元" not in sheet.text for flow in (bob, eve) for sheet in flow.phone.shown)
    assert await run(office, clock, amended) == []


@pytest.mark.parametrize("words", ["2", "第二个", "取消提醒"])
async def test_a_notice_is_called_off_by_a_number_whatever_was_asked_before(
    words: str, office: Office, clock: Later, real_assistant: Assistant, changed_corpus: Path
) -> None:
    flow = Flow(office, clock, "ann")
    await flow.says("我们在南京，省级专精特新，完成了大模型备案", "有新政策提醒我")
    await flow.says("我们能申请什么")
    await run(office, clock, build_assistant(corpus=changed_corpus))
    await flow.rest()
    assert [button.label for button in flow.phone.shown[-1].buttons] == ["我们能申请什么", "取消提醒"]
    await flow.says(words)
    assert flow.phone.shown[-1].text.startswith("好，不再提醒")
    assert await rows_of(office, subscriptions) == []
    await flow.says("2")
    assert "不再提醒" not in flow.phone.shown[-1].text


async def test_a_notice_is_called_off_by_a_tap(
    office: Office, clock: Later, real_assistant: Assistant, changed_corpus: Path
) -> None:
    flow = Flow(office, clock, "ann")
    await flow.says("我们在南京，省级专精特新，完成了大模型备案", "有新政策提醒我")
    await run(office, clock, build_assistant(corpus=changed_corpus))
    await flow.rest()
    tap = {"action": "y", "about": flow.phone.shown[-1].message_id[:8], "value": "1", "shown": "", "receipt": ""}
    await flow.phone.platform.deliver("ann", "取消提醒", kind=Kind.TAP, tap=tap)
    await flow.rest()
    assert await rows_of(office, subscriptions) == []


async def test_a_notice_is_a_menu_where_there_are_menus_and_has_numbers_everywhere() -> None:
    reply = Reply(text="您要的提醒", suggestions=("我们能申请什么", "取消提醒"), outcome="notice")
    [page] = lay_out(sheet_of(OutgoingMessage("c", "0123456789abcdef", reply.model_dump_json())))
    assert [(entry.id, entry.content) for entry in page.menu] == [
        ("y:01234567:0", "1 我们能申请什么"),
        ("y:01234567:1", "2 取消提醒"),
    ]
    assert page.text.endswith("1 我们能申请什么\n2 取消提醒\n回复数字")


async def test_a_plan_that_ends_is_told_on_the_day_after(
    office: Office, clock: Later, real_assistant: Assistant
) -> None:
    clock.now = datetime(2025, 12, 31, 4, 0, tzinfo=UTC)
    flow = Flow(office, clock, "ann")
    await flow.says("我们在镇江市区京口区，首次认定的国家级小巨人", "有新政策提醒我")
    assert await run(office, clock, real_assistant) == []
    clock.now = datetime(2025, 12, 31, 16, 0, 1, tzinfo=UTC)
    [notified] = await run(office, clock, real_assistant)
    assert "已经到期" in notified.text and "不能再照此申请" in notified.text
    assert await run(office, clock, real_assistant) == []


async def test_what_one_says_oneself_is_no_change(office: Office, clock: Later, real_assistant: Assistant) -> None:
    flow = Flow(office, clock, "ann")
    await flow.says("我们在南京，省级专精特新", "有新政策提醒我", "更正：我们是国家级小巨人")
    assert await run(office, clock, real_assistant) == []


async def test_what_changed_before_one_said_more_is_still_told(
    office: Office, clock: Later, real_assistant: Assistant, changed_corpus: Path
) -> None:
    flow = Flow(office, clock, "ann")
    await flow.says("我们在南京，省级专精特新，完成了大模型备案", "有新政策提醒我")
    office._rebuilt = amended = build_assistant(corpus=changed_corpus)
    await flow.says("我们是民营企业")
    assert [("30万元" in n.text) for n in await run(office, clock, amended)] == [True]


async def test_who_called_it_off_hears_nothing(
    office: Office, clock: Later, real_assistant: Assistant, changed_corpus: Path
) -> None:
    flow = Flow(office, clock, "ann")
    await flow.says("我们在南京，省级专精特新，完成了大模型备案", "有新政策提醒我", "取消提醒")
    assert await rows_of(office, subscriptions) == []
    assert await run(office, clock, build_assistant(corpus=changed_corpus)) == []
