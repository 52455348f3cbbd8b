"""With a model the service streams what is verified, keeps what it cost, and stands when the model does not."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.channels import web
from bot.channels.web import create_app
from bot.checkup import try_embedding, try_model
from bot.office import Office, caps_of, model_of
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.ledger import Caps, StoredLedger
from bot.store.tables import model_calls
from chains.prompting import wording
from evals.model_answers import honest
from evals.model_server import FakeModelServer, Scripted
from tests.bot.fakes import NOW, BareSettings, Talk, start_talk
from tests.bot.rows import rows_of
from tests.bot.stores import with_store

ASKED = "南京小巨人奖多少钱，什么时候截止"


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("chains.model.llm._FIRST_WAIT", 0.02)


@asynccontextmanager
async def served(tmp_path: Path, server: FakeModelServer, **more: Any) -> AsyncIterator[tuple[Office, Talk]]:
    settings: Settings = BareSettings(
        HUIQI_DATA_DIR=with_store(tmp_path / "var"),
        OPENAI_MODEL="m",
        OPENAI_BASE_URL=server.base_url,
        OPENAI_API_KEY=SecretStr("sk-x"),
        **more,
    )
    office = Office(settings, clock=lambda: NOW)
    await office.open()
    await office.assistant()
    transport = httpx.ASGITransport(create_app(office.settings, office))
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test", timeout=30) as client:
        yield office, await start_talk(client)
    await office.close()


async def events(talk: Talk, text: str) -> list[tuple[str, dict[str, Any]]]:
    answer = await talk.client.post(
        f"/api/v1/conversations/{talk.id}/messages",
        json={"text": text},
        headers={**talk.headers, "Accept": "text/event-stream"},
    )
    found = []
    for block in answer.text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":") and ": " in line)
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


async def test_the_pieces_that_are_streamed_are_the_text_of_the_reply(tmp_path: Path) -> None:
    with FakeModelServer(answer=honest) as server:
        async with served(tmp_path, server) as (_, talk):
            told = await events(talk, ASKED)
    deltas = [data["text"] for name, data in told if name == "delta"]
    assert "".join(deltas) == told[-1][1]["text"] and told[-1][0] == "reply"
    assert "具体可以问市工信局" in told[-1][1]["text"]


async def test_a_stream_that_is_taken_up_again_goes_on_where_it_was_lost(tmp_path: Path) -> None:
    with FakeModelServer(answer=honest) as server:
        async with served(tmp_path, server) as (_, talk):
            address = f"/api/v1/conversations/{talk.id}/messages"
            body = {"text": ASKED, "client_message_id": "m1"}
            headers = {**talk.headers, "Accept": "text/event-stream"}
            first = await talk.client.post(address, json=body, headers=headers)
            ids = [line.removeprefix("id: ") for line in first.text.split("\n") if line.startswith("id: ")]
            whole = json.loads(first.text.split("event: reply\ndata: ")[1].split("\n")[0])["text"]
            assert len(ids) > 3
            for heard in ids:
                again = await talk.client.post(address, json=body, headers={**headers, "Last-Event-ID": heard})
                rest = "".join(json.loads(d)["text"] for d in re.findall(r"event: delta\ndata: (.+)", again.text))
                assert whole[: int(heard)] + rest == whole


async def test_a_chat_window_reads_each_sentence_once_it_is_known_to_be_true(tmp_path: Path) -> None:
    said: list[str] = []
    asked_by_then: list[int] = []

    async def receive() -> dict[str, Any]:
        if not said:
            said.append("")
            asked = {"model": "huiqi", "messages": [{"role": "user", "content": ASKED}], "stream": True}
            return {"type": "http.request", "body": json.dumps(asked).encode(), "more_body": False}
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(event: Any) -> None:
        for found in re.findall(r'"content": ("(?:[^"\\]|\\.)*")', event.get("body", b"").decode()):
            said.append(json.loads(found))
            asked_by_then.append(len(server.requests))

    def slowly(request: dict[str, Any]) -> Scripted:
        return Scripted(honest(request).content, delay=0.4, pace=0.01)

    with FakeModelServer(answer=slowly) as server:
        async with served(tmp_path, server) as (office, talk):
            headers = [(b"host", b"127.0.0.1:8000"), (b"content-type", b"application/json")]
            scope = {"type": "http", "method": "POST", "path": "/v1/chat/completions", "query_string": b""}
            more = {"headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "scheme": "http"}
            await create_app(office.settings, office)({**scope, **more}, receive, send)
            body = {"model": "huiqi", "messages": [{"role": "user", "content": ASKED}]}
            whole = await talk.client.post("http://127.0.0.1:8000/v1/chat/completions", json=body)
    pieces = [piece for piece in said if piece]
    assert "100万元奖励[1]" in pieces[0] and asked_by_then[said.index(pieces[0]) - 1] == 0
    assert len(pieces) > 2 and asked_by_then[-1] == 1
    assert "".join(pieces) == whole.json()["choices"][0]["message"]["content"]


async def test_who_sees_nothing_for_long_is_told_that_the_answer_is_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "CHECKING_SECONDS", 0.05)
    slow: Callable[[dict[str, Any]], Scripted] = lambda _: Scripted('{"facts": []}', delay=0.6)  # noqa: E731
    with FakeModelServer(answer=slow) as server:
        async with served(tmp_path, server) as (_, talk):
            told = await events(talk, "阿巴阿巴阿巴阿巴")
    assert told[0] == ("status", {"text": wording("model.checking")})
    assert told[-1][0] == "reply"


async def test_without_the_model_everything_is_answered_and_the_service_says_it_is_degraded(tmp_path: Path) -> None:
    with FakeModelServer(Scripted(status=500)) as server:
        async with served(tmp_path, server) as (office, talk):
            for _ in range(3):
                reply = (await talk.say(ASKED)).json()
                assert "100万元" in reply["text"] and reply["notes"] == [wording("model.unavailable")]
            assert len(server.requests) <= 9
            state, problems = await office.check_health()
            assert state == "degraded" and "model" in problems[0]


async def test_the_trace_tells_staff_what_the_model_was_asked_and_said(tmp_path: Path) -> None:
    with FakeModelServer(answer=honest) as server:
        async with served(tmp_path, server) as (office, talk):
            await talk.say(ASKED)
            [trace] = [json.loads(m.trace) for m in await office.reception.messages(talk.id) if m.trace]
    [call] = trace["model"]
    assert call["purpose"] == "write" and call["version"] >= 1 and "【答】" in call["reply"] and ASKED in call["said"]
    assert {"understand", "compose", "write", "verify"} <= trace["steps"].keys()
    assert any(passage["used"] for passage in trace["passages"])


async def test_a_person_s_share_of_the_model_ends_and_the_answers_go_on(tmp_path: Path) -> None:
    with FakeModelServer(answer=honest) as server:
        async with served(tmp_path, server, HUIQI_MODEL_TOKENS_PER_PERSON=2500) as (_, talk):
            replies = [(await talk.say(ASKED)).json() for _ in range(3)]
            other = await start_talk(talk.client)
            another = (await other.say(ASKED)).json()
        assert len(server.requests) == 2
    assert replies[0]["notes"] == [] == another["notes"]
    assert all("100万元" in r["text"] and r["notes"] for r in replies[1:])


async def test_nothing_in_the_ledger_tells_who_it_was(tmp_path: Path) -> None:
    with FakeModelServer(answer=honest) as server:
        async with served(tmp_path, server) as (office, talk):
            await talk.say(ASKED)
            [row] = await rows_of(office, model_calls)
    assert row.tokens == 1050 and talk.id not in row.person


async def test_caps_hold_when_many_ask_at_once(tmp_path: Path) -> None:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    ledger = StoredLedger(database, Caps(tokens_per_day=1000), lambda: NOW)
    entries = await asyncio.gather(*(ledger.reserve(f"p{n}", 300) for n in range(10)))
    assert sum(entry is not None for entry in entries) == 3
    first = next(entry for entry in entries if entry is not None)
    await ledger.settle(first, 10, 0)
    assert await ledger.reserve("p", 300) is not None
    await database.close()


async def test_money_is_capped_for_the_day_and_in_all(tmp_path: Path) -> None:
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    for caps in (Caps(yuan_per_day=1, price_in=1, price_out=9), Caps(yuan_in_all=1, price_in=1, price_out=9)):
        ledger = StoredLedger(database, caps, lambda: NOW)
        entry = await ledger.reserve("p", 90_000)
        assert entry is not None and await ledger.reserve("p", 90_000) is None
        await ledger.settle(entry, 0, 0)
    await database.close()


def test_no_model_is_built_where_none_is_named(tmp_path: Path) -> None:
    settings = BareSettings(HUIQI_DATA_DIR=tmp_path)
    assert model_of(settings) is None and caps_of(settings).tokens_per_day == 5_000_000


@pytest.mark.parametrize(
    ("server", "fine", "words"),
    [
        (FakeModelServer(answer=lambda _: Scripted('{"facts": []}')), True, "按 JSON Schema"),
        (FakeModelServer(answer=lambda _: Scripted("好。")), False, "结构化输出：不行"),
        (FakeModelServer(Scripted(status=401)), False, "OPENAI_API_KEY"),
        (FakeModelServer(Scripted('{"facts": []}'), refuses=("response_format", "tools")), True, "靠提示词约束"),
    ],
)
async def test_the_doctor_says_what_works_with_the_model(server: FakeModelServer, fine: bool, words: str) -> None:
    with server:
        settings = BareSettings(OPENAI_MODEL="m", OPENAI_BASE_URL=server.base_url)
        tried = await try_model(settings)
    assert all(one.fine for one in tried) is fine
    assert any(words in one.text for one in tried)


async def test_the_doctor_says_that_an_embedding_cannot_be_had() -> None:
    settings = BareSettings(OPENAI_EMBEDDING_MODEL="e", OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    [tried] = await try_embedding(settings)
    assert not tried.fine and "只用关键词" in tried.text
    assert await try_model(settings) == []
