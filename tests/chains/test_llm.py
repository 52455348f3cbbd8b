"""A model's server may fail in any way: what comes back is a whole answer or one typed failure, in the turn's time."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

import pytest
import pytest_asyncio
from pydantic import BaseModel

from chains.model.allowance import Allowance, Ledger, ModelUnavailable
from chains.model.breaker import Breaker
from chains.model.llm import Endpoint, LanguageModel
from chains.prompting import Messages
from evals.model_server import FakeModelServer, Scripted

PROMPT = Messages("write", 1, "照做。", "资料")


class Told(BaseModel):
    """A shape to ask for."""

    city: str


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("chains.model.llm._FIRST_WAIT", 0.02)


@pytest.fixture
def hand() -> Iterator[Hand]:
    yield Hand()


_opened: list[LanguageModel] = []


@pytest_asyncio.fixture(autouse=True)
async def closed() -> AsyncIterator[None]:
    yield
    while _opened:
        await _opened.pop().close()


def model_at(
    server: FakeModelServer | str, breaker: Breaker | None = None, ledger: Ledger | None = None
) -> LanguageModel:
    address = server if isinstance(server, str) else server.base_url
    _opened.append(LanguageModel(Endpoint("m", address, "sk-secret"), ledger, breaker))
    _opened[-1].load()
    return _opened[-1]


async def whole(model: LanguageModel, allowance: Allowance) -> str:
    return "".join([piece async for piece in model.write("write", PROMPT, allowance)])


def allowed(seconds: float = 20.0) -> Allowance:
    return Allowance.of("somebody", seconds)


async def test_an_answer_comes_in_pieces_with_its_cost_in_the_trace() -> None:
    allowance = allowed()
    with FakeModelServer(Scripted("可以申请算力券，责任单位是市工信局。")) as server:
        pieces = [piece async for piece in model_at(server).write("write", PROMPT, allowance)]
    assert "".join(pieces) == "可以申请算力券，责任单位是市工信局。" and len(pieces) > 1
    [call] = allowance.trace
    assert (call["tokens_in"], call["tokens_out"], call["error"], call["prompt"]) == (1000, 50, None, "write")
    assert [m["role"] for m in server.requests[0]["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("refuses", "cap"),
    [((), "max_tokens"), (("stream_options", "max_tokens"), "max_completion_tokens")],
)
async def test_an_answer_is_capped_under_the_name_that_the_server_knows(refuses: tuple[str, ...], cap: str) -> None:
    with FakeModelServer(Scripted("好。"), refuses=refuses) as server:
        assert await whole(model_at(server), allowed()) == "好。"
        assert server.requests[-1][cap] > 0


async def test_a_server_that_counts_no_streams_is_asked_without_and_that_is_remembered() -> None:
    with FakeModelServer(Scripted("好。"), refuses=("stream_options",)) as server:
        model = model_at(server)
        assert await whole(model, allowed()) == "好。"
        assert await whole(model, allowed()) == "好。"
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("scripted", "reason"),
    [
        (Scripted(status=401), "refused"),
        (Scripted(status=404), "refused"),
        (Scripted(""), "empty"),
        (Scripted(body="null"), "error_model_format"),
        (Scripted("好" * 200_000), "too_long"),
        (Scripted("南京市给予一百万元奖励。", cut=30), "truncated"),
    ],
)
async def test_what_is_no_answer_is_said_in_a_word(scripted: Scripted, reason: str) -> None:
    allowance = allowed()
    with FakeModelServer(scripted) as server, pytest.raises(ModelUnavailable) as failed:
        await whole(model_at(server), allowance)
    assert failed.value.reason == reason == allowance.error
    assert "sk-secret" not in str(failed.value)


async def test_a_server_that_cannot_be_reached_is_said_so() -> None:
    with pytest.raises(ModelUnavailable, match="unreachable"):
        await whole(model_at("http://127.0.0.1:9/v1"), allowed(2))


async def test_a_busy_server_is_asked_twice_more_at_most_and_as_late_as_it_wishes() -> None:
    begun = time.monotonic()
    with FakeModelServer(Scripted(status=429, headers={"Retry-After": "1"}), Scripted("好。")) as server:
        assert await whole(model_at(server), allowed()) == "好。"
    assert time.monotonic() - begun >= 1
    with FakeModelServer(Scripted(status=429)) as server:
        with pytest.raises(ModelUnavailable, match="rate_limited"):
            await whole(model_at(server), allowed())
        assert len(server.requests) == 3


async def test_retries_are_those_of_the_whole_turn() -> None:
    allowance = allowed()
    with FakeModelServer(Scripted(status=500)) as server:
        model = model_at(server)
        for _ in range(2):
            with pytest.raises(ModelUnavailable):
                await whole(model, allowance)
        assert len(server.requests) == 4


async def test_a_wait_beyond_the_time_of_the_turn_is_not_begun() -> None:
    begun = time.monotonic()
    with FakeModelServer(Scripted(status=429, headers={"Retry-After": "60"})) as server:
        model = model_at(server)
        with pytest.raises(ModelUnavailable, match="rate_limited"):
            await whole(model, allowed())
        with pytest.raises(ModelUnavailable, match="circuit_open"):
            await whole(model, allowed())
        assert len(server.requests) == 1
    assert time.monotonic() - begun < 3


async def test_silence_ends_with_the_time_of_the_turn_and_leaves_nothing_open() -> None:
    before = len(asyncio.all_tasks())
    with FakeModelServer(Scripted("晚了。", delay=30)) as server:
        model = model_at(server, Breaker(Hand()))
        begun = time.monotonic()
        for _ in range(3):
            with pytest.raises(ModelUnavailable, match="timeout"):
                await whole(model, allowed(0.2))
        assert time.monotonic() - begun < 3
        assert len(asyncio.all_tasks()) == before


async def test_five_failures_open_the_circuit_and_one_probe_in_fifteen_seconds_closes_it(hand: Hand) -> None:
    with FakeModelServer(*[Scripted(status=403)] * 5, Scripted("好。")) as server:
        model = model_at(server, Breaker(hand))
        for _ in range(5):
            with pytest.raises(ModelUnavailable, match="refused"):
                await whole(model, allowed())
        asked = len(server.requests)
        for _ in range(10):
            with pytest.raises(ModelUnavailable, match="circuit_open"):
                await whole(model, allowed())
        assert len(server.requests) == asked and model.breaker.is_open
        hand.now += 15.1
        assert await whole(model, allowed()) == "好。" and not model.breaker.is_open


def test_old_failures_do_not_open_the_circuit(hand: Hand) -> None:
    breaker = Breaker(hand)
    for _ in range(20):
        breaker.failed()
        hand.now += 8
    assert breaker.lets_through() and not breaker.is_open


def test_while_open_one_call_in_fifteen_seconds_is_let_through(hand: Hand) -> None:
    breaker = Breaker(hand)
    for _ in range(5):
        breaker.failed()
    through = 0
    for _ in range(600):
        hand.now += 0.1
        if breaker.lets_through():
            through += 1
            breaker.failed()
    assert through in (3, 4)


SHAPED = '{"city": "南京"}'


@pytest.mark.parametrize(
    ("refuses", "way", "answer"),
    [
        ((), "json_schema", Scripted(SHAPED)),
        (("response_format",), "function_calling", Scripted("", arguments={"city": "南京"})),
        (("response_format", "tools"), "plain", Scripted(f"好的：```json\n{SHAPED}\n```")),
    ],
)
async def test_a_server_is_held_to_a_shape_as_strictly_as_it_can_be(
    refuses: tuple[str, ...], way: str, answer: Scripted
) -> None:
    with FakeModelServer(answer, refuses=refuses) as server:
        model = model_at(server)
        assert await model.extract("hear", PROMPT, Told, allowed()) == Told(city="南京")
        asked = len(server.requests)
        assert await model.extract("hear", PROMPT, Told, allowed()) == Told(city="南京")
        assert len(server.requests) == asked + 1, "what the server knows is found out once"
    assert model.structured_by == way


async def test_a_wrong_shape_is_repaired_once() -> None:
    with FakeModelServer(Scripted('{"town": 1}'), Scripted(SHAPED)) as server:
        assert await model_at(server).extract("hear", PROMPT, Told, allowed()) == Told(city="南京")
        assert len(server.requests[1]["messages"]) == 4


MALFORMED = [
    "", "null", "[]", "{}", "{", '{"city"', '{"city": }', '{"city": null}', '{"city": 1}', '{"City": "南京"}',
    "城市是南京", "```json\n```", "<think>南京</think>", '<think>{"city": "南京"}</think>没有', "[1,2]", "true", "NaN",
    '{"city": ["南京"]}', '{"city": {"city": 1}}', "{" * 5000, '"{}"', "\x00",
    "\ufeff{}", "{'city': '南京'}", "city: 南京",
    "<city>南京</city>", "function()", "0", "好" * 20, "{}{}{}",
]  # fmt: skip


@pytest.mark.parametrize("content", MALFORMED)
async def test_no_malformed_answer_is_taken_for_one(content: str) -> None:
    with FakeModelServer(Scripted(content)) as server:
        with pytest.raises(ModelUnavailable, match="error_model_format"):
            await model_at(server).extract("hear", PROMPT, Told, allowed())
        assert len(server.requests) == 2


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", "<html>", json.dumps({"choices": []}), '{"choices": [null]}'])
async def test_no_malformed_body_raises_anything_else(body: str) -> None:
    with FakeModelServer(Scripted(body=body)) as server:
        with pytest.raises(ModelUnavailable):
            await model_at(server).extract("hear", PROMPT, Told, allowed())
        with pytest.raises(ModelUnavailable):
            await whole(model_at(server), allowed())


class Poor:
    """A ledger with so much left."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.settled: list[tuple[int, int]] = []

    async def reserve(self, person: str, tokens: int) -> int | None:
        self.calls -= 1
        return None if self.calls < 0 else self.calls

    async def settle(self, entry: int, tokens_in: int, tokens_out: int) -> None:
        self.settled.append((tokens_in, tokens_out))


async def test_a_cap_stops_calls() -> None:
    ledger = Poor(1)
    with FakeModelServer(Scripted("好。")) as server:
        model = model_at(server, ledger=ledger)
        await whole(model, allowed())
        with pytest.raises(ModelUnavailable, match="over_cap"):
            await whole(model, allowed())
        assert len(server.requests) == 1
    assert ledger.settled == [(1000, 50)]


async def test_a_call_that_is_given_up_is_paid_for_and_ends_at_the_server() -> None:
    ledger = Poor(1)
    with FakeModelServer(Scripted("好。" * 300, pace=0.02)) as server:
        model = model_at(server, ledger=ledger)
        stream: AsyncGenerator[str] = model.write("write", PROMPT, allowed())
        await anext(stream)
        await stream.aclose()
        for _ in range(100):
            if not server.open:
                break
            await asyncio.sleep(0.02)
        assert server.open == 0
    assert len(ledger.settled) == 1
