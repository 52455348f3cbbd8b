"""One conversation on every channel: the same verdicts, each message answered once, nothing that a platform refuses."""

import asyncio
import io
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from rich.console import Console

from bot.channels.platform import Pace
from bot.channels.telegram.platform import Telegram
from bot.channels.terminal import Terminal
from bot.channels.web import create_app
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.official import OfficialAccount
from bot.channels.wechat.wecom import WeCom
from bot.office import Office
from bot.store.inbox import Waiting
from bot.store.outbox import Sending
from bot.store.tables import inbox, messages, outbox
from chains.assistant import Assistant
from tests.bot.alike import (
    CHAT,
    CONVERSATION,
    OnCustomerService,
    OnTelegram,
    OnTheWeb,
    OnWeChat,
    OnWeCom,
    Person,
    Step,
    hold,
    told_in,
)
from tests.bot.fakes import NOW, BareSettings
from tests.bot.rows import rows_of
from tests.bot.stores import with_store
from tests.bot.telegram.updates import message_update
from tests.bot.test_terminal import typed
from tests.bot.town import WEBHOOK_SECRET, Town, town
from tests.bot.wechat.fake_wechat import TROUBLE

Thing = TypeVar("Thing")

MOST_BYTES = 2048
BURST = ("我们能申请什么", "我们在南京", "省级专精特新，民营", "算力券多少钱", "更正：我们是国企")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platforms take messages as fast as they come."""
    for platform in (Telegram, OfficialAccount, WeCom, CustomerService):
        monkeypatch.setattr(platform, "pace", Pace(per_second=1000, between=0))


async def test_every_channel_tells_the_same_and_answers_once(tmp_path: Path, real_assistant: Assistant) -> None:
    async with town(tmp_path, real_assistant) as place:
        people: list[Person] = [OnTheWeb(place.client), OnTelegram(place), OnWeChat(place), OnWeCom(place)]
        people.append(OnCustomerService(place))
        told = await hold(place, people)
        for step, by_channel in zip(CONVERSATION, told, strict=True):
            expected = by_channel.pop("web")[-1:]
            for channel, found in by_channel.items():
                if (channel, step.does) != ("wecom_service", "back"):  # the staff end it, without a word
                    assert found[-1:] == expected, f"{channel}: {step}"
        assert {"overview", "handed_over", "profile"} <= {said.outcome for step in told for said in step["wecom"]}
        await assert_all_answered_once(place)
        assert_fit_to_be_read(people)
        assert place.api.complaints == []


async def test_telegram_tells_the_same_when_it_is_asked_for_updates(tmp_path: Path, real_assistant: Assistant) -> None:
    async with town(tmp_path, real_assistant, by_webhook=False) as place:
        assert not place.api.webhook
        told = await hold(place, [OnTheWeb(place.client), OnTelegram(place)])
        for step, by_channel in zip(CONVERSATION, told, strict=True):
            assert by_channel["telegram"] == by_channel["web"], step
        await assert_all_answered_once(place)
        assert place.api.complaints == []


def test_the_terminal_tells_the_same(tmp_path: Path, real_assistant: Assistant) -> None:
    lines = ["你好", "我们能申请什么", "1", "省级专精特新，民营，快点我还要开会", "5 6", "算力券多少钱", "[1]"]
    lines += ["更正：我们是国企", "那镇江呢", "转人工", "让助手继续", "我的资料", "还有别的吗"]
    settings = BareSettings(HUIQI_DATA_DIR=with_store(tmp_path / "var"))
    with asyncio.Runner() as runner:
        office = Office(settings, build=lambda: real_assistant, clock=lambda: NOW)
        runner.run(office.open())
        shown = io.StringIO()
        Terminal(office, Console(file=shown, highlight=False, width=80), typed(*lines)).run(runner)
        web = runner.run(_held_in_memory(office))
        [terminal] = {row.conversation_id for row in runner.run(rows_of(office, messages))} - {web}
        assert runner.run(told_in(office, terminal)) == runner.run(told_in(office, web))
        runner.run(office.close())
    assert "发放“算力券”支持专精特新中小企业购买智算服务" in shown.getvalue()


# --- deliveries that come twice, and in disorder


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was overtaken on the way has a second to arrive, on a machine that has much to do."""
    monkeypatch.setattr("bot.post.lanes.SETTLE_SECONDS", 1.0)


@pytest.mark.usefixtures("patient")
async def test_telegram_may_bring_everything_thrice_and_in_disorder(tmp_path: Path, real_assistant: Assistant) -> None:
    async with town(tmp_path, real_assistant) as place:
        updates = [{"update_id": n, **message_update(CHAT, n, text=text)} for n, text in enumerate(BURST, start=1)]
        person = OnTelegram(place)
        await _bring(place, _disordered(updates))
        await assert_same_as_in_order(place, person)
        await _bring(place, _disordered(updates))
        await place.settle()
        assert len(place.api.chat(CHAT)) == len(BURST)


@pytest.mark.usefixtures("patient")
async def test_wechat_may_bring_everything_thrice_and_in_disorder(tmp_path: Path, real_assistant: Assistant) -> None:
    async with town(tmp_path, real_assistant) as place:
        person = OnWeChat(place)
        sent = [person.phone.message(MsgType="text", Content=text, MsgId=str(n)) for n, text in enumerate(BURST, 1)]
        await asyncio.gather(*(person.phone.deliver(xml) for xml in _disordered(sent)))
        await assert_same_as_in_order(place, person)
        later = place.wechat.shown(person.address)
        assert TROUBLE not in person.phone.seen
        assert len({*person.phone.seen, *later}) == len({*person.phone.seen}) + len(later) == len(BURST)


# --- what is true of every town after a conversation


async def assert_all_answered_once(place: Town) -> None:
    """Every delivery is done, every answer was sent, and no message of a person has two or none."""
    deliveries = await rows_of(place.office, inbox)
    assert {row.state for row in deliveries} <= {Waiting.DONE}
    sheets = await rows_of(place.office, outbox)
    assert {row.state for row in sheets} <= {Sending.SENT} and not any(row.doubtful for row in sheets)
    assert {row.id for row in deliveries} <= {row.inbox_id for row in sheets}
    said = await rows_of(place.office, messages)
    asked = Counter((row.conversation_id, row.client_message_id) for row in said if row.role == "user")
    answered = Counter(
        (row.conversation_id, row.client_message_id) for row in said if row.role != "user" and not row.author
    )
    assert asked == answered


def assert_fit_to_be_read(people: Sequence[Person]) -> None:
    """What platforms show; the web shows it by itself."""
    for person in people[1:]:
        for bubble in person.seen:
            if bubble.shown:
                assert not bubble.shown.was_cut
                whole = [bubble.text, *(content for _, content in bubble.shown.menu), bubble.shown.tail]
                assert len("\n".join(whole).encode()) <= MOST_BYTES
            if not bubble.mine:
                assert bubble.text.strip() and "**" not in bubble.text
        assert sum("身份证号" in bubble.text for bubble in person.seen) == 1, person.name


async def assert_same_as_in_order(place: Town, person: OnTelegram | OnWeChat) -> None:
    await place.settle()
    web = OnTheWeb(place.client)
    for text in BURST:
        await web.do(Step("say", text))
    expected = await told_in(place.office, await web.conversation_id())
    assert await told_in(place.office, await person.conversation_id()) == expected
    await assert_all_answered_once(place)


async def _held_in_memory(office: Office) -> str:
    """The conversation on the web, without a server: its id."""
    transport = httpx.ASGITransport(create_app(office.settings, office))
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        web = OnTheWeb(client)
        for step in CONVERSATION:
            await web.do(step)
        return await web.conversation_id()


async def _bring(place: Town, updates: Sequence[dict[str, object]]) -> None:
    """Telegram's deliveries, all at once."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
    posts = (place.client.post("/telegram/webhook", json=update, headers=headers) for update in updates)
    assert {answer.status_code for answer in await asyncio.gather(*posts)} == {200}


def _disordered(things: Sequence[Thing]) -> list[Thing]:
    mixed = [*things] * 3
    random.Random(7).shuffle(mixed)
    return mixed
