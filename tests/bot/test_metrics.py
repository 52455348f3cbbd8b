"""What those who watch over the service are told, in the text format of Prometheus."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.messages import IncomingMessage
from bot.metrics import Metrics
from bot.office import Office
from bot.reception import AnswerFailed
from bot.settings import Settings
from bot.store.ledger import Caps, StoredLedger
from bot.store.people import open_ticket
from tests.bot.console.conftest import MovableClock
from tests.bot.fakes import FakeAssistant

_SAMPLE = re.compile(r'(huiqi_[a-z_]+)(\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? (\d+(?:\.\d+)?)')


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest_asyncio.fixture
async def office(settings: Settings, assistant: FakeAssistant, clock: MovableClock) -> AsyncIterator[Office]:
    office = Office(settings, build=lambda: assistant, clock=clock)
    await office.open()
    await office.assistant()
    yield office
    await office.close()


def samples(text: str) -> dict[str, float]:
    """Every sample by its name and labels; each line is one or tells of a family that comes after it."""
    found: dict[str, float] = {}
    told: set[str] = set()
    for line in text.splitlines():
        if line.startswith("# "):
            told.add(line.split()[2])
            continue
        match = _SAMPLE.fullmatch(line)
        assert match, line
        assert match[1] in told or re.sub("_(bucket|sum|count)$", "", match[1]) in told, line
        assert match[1] + (match[2] or "") not in found, line
        found[match[1] + (match[2] or "")] = float(match[3])
    return found


async def read(office: Office) -> dict[str, float]:
    return samples(office.metrics.text(await office.waiting()))


async def test_messages_are_counted_by_channel_outcome_and_flag(office: Office) -> None:
    web, wechat = [(await office.reception.open(channel)).id for channel in ("web", "wechat")]
    for text in ("你好", "我要投诉"):
        await office.reception.receive(IncomingMessage(web, text))
    with pytest.raises(AnswerFailed):
        await office.reception.receive(IncomingMessage(wechat, "出错了"))
    found = await read(office)
    assert found['huiqi_turns_total{channel="web"}'] == 2 and found['huiqi_turns_total{channel="wechat"}'] == 1
    assert found['huiqi_conversations_total{channel="web"}'] == 1
    assert found['huiqi_answers_total{outcome="answered"}'] == 2
    assert found['huiqi_answers_total{outcome="failed"}'] == 1
    assert found['huiqi_flags_total{flag="complaint"}'] == found['huiqi_flags_total{flag="failed"}'] == 1


async def test_a_message_that_is_sent_again_counts_once(office: Office, assistant: FakeAssistant) -> None:
    conversation = (await office.reception.open("web")).id
    with pytest.raises(AnswerFailed):
        await office.reception.receive(IncomingMessage(conversation, "出错了"))
    [question] = await office.reception.messages(conversation)
    with pytest.raises(AnswerFailed):
        await office.reception.answer(question)
    assistant.broken = False
    await office.reception.answer(question)
    found = await read(office)
    assert found['huiqi_turns_total{channel="web"}'] == found['huiqi_conversations_total{channel="web"}'] == 1
    assert found['huiqi_flags_total{flag="failed"}'] == 1
    assert found['huiqi_answers_total{outcome="failed"}'] == 2
    assert found['huiqi_answers_total{outcome="answered"}'] == 1


async def test_what_waits_is_told_with_its_age(office: Office, clock: MovableClock) -> None:
    conversation = (await office.reception.open("web")).id
    empty = await read(office)
    assert empty["huiqi_reviews_waiting"] == empty["huiqi_handovers_waiting"] == 0
    await office.reception.receive(IncomingMessage(conversation, "我要投诉"))
    async with office.database.write() as connection:
        await open_ticket(connection, conversation, clock())
    clock.move(minutes=10)
    await office.reception.receive(IncomingMessage(conversation, "还要投诉"))
    found = await read(office)
    assert found["huiqi_reviews_waiting"] == found['huiqi_reviews_waiting_flagged{flag="complaint"}'] == 2
    assert found['huiqi_reviews_oldest_seconds{flag="complaint"}'] == 600
    assert (found["huiqi_handovers_waiting"], found["huiqi_handovers_oldest_seconds"]) == (1, 600)
    [ticket] = await office.people.open_tickets()

    async def nothing(_: object) -> None:
        pass

    await office.people.take(ticket.id, "甲", clock(), nothing)
    assert (await read(office))["huiqi_handovers_waiting"] == 0


async def test_calls_of_models_are_counted_with_what_they_cost(office: Office, clock: MovableClock) -> None:
    ledger = StoredLedger(office.database, Caps(price_in=1, price_out=4), clock, office.metrics.count_call)
    for _ in range(2):
        entry = await ledger.reserve("某人", 5000)
        assert entry is not None
        await ledger.settle(entry, 1000, 250)
    found = await read(office)
    assert found["huiqi_model_calls_total"] == 2
    assert found['huiqi_model_tokens_total{direction="in"}'] == 2000
    assert found['huiqi_model_tokens_total{direction="out"}'] == 500
    assert found["huiqi_model_yuan_total"] == pytest.approx(0.004)


async def test_each_step_of_an_answer_is_timed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant = await office.assistant()
    usual = assistant.answer

    async def timed(*given: object, **more: object) -> object:
        turn = await usual(*given, **more)  # type: ignore[arg-type]
        return type(turn)(turn.conversation, turn.reply, turn.trace | {"steps": {"compose": 0.3, "verify": 0.002}})

    monkeypatch.setattr(assistant, "answer", timed)
    await office.reception.receive(IncomingMessage((await office.reception.open("web")).id, "你好"))
    found = await read(office)
    assert found['huiqi_step_seconds_bucket{step="compose",le="0.25"}'] == 0
    assert found['huiqi_step_seconds_bucket{step="compose",le="0.5"}'] == 1
    assert found['huiqi_step_seconds_sum{step="verify"}'] == pytest.approx(0.002)
    assert found['huiqi_step_seconds_count{step="verify"}'] == 1


async def test_without_a_database_what_was_counted_is_told_all_the_same() -> None:
    metrics = Metrics()
    metrics.count_request("GET", "/healthz", 200, 0.001)
    found = samples(metrics.text(None))
    assert found['huiqi_requests_total{method="GET",route="/healthz",status="200"}'] == 1
    assert not any("waiting" in name for name in found)
