"""The contract over HTTP, call by call."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from bot.channels import web
from bot.channels.web import create_app
from bot.clock import today
from bot.office import Office
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.database import Database, StoreUnavailable
from tests.bot.fakes import NOW, QUOTE, SECRET, TEXT, FakeAssistant, Talk, start_talk

pytestmark = pytest.mark.asyncio

PROBLEM = "application/problem+json"


async def test_a_conversation_starts_today_in_shanghai_unless_a_day_is_given(client: httpx.AsyncClient) -> None:
    opened = await client.post("/api/v1/conversations", json={})
    dated = await client.post("/api/v1/conversations", json={"as_of": "2029-01-01"})
    bare = await client.post("/api/v1/conversations")
    assert (opened.status_code, opened.json()["as_of"]) == (201, "2026-11-20")
    assert dated.json()["as_of"] == "2029-01-01"
    assert bare.status_code == 201
    assert len({r.json()["id"] for r in (opened, dated, bare)}) == 3


async def test_a_message_gets_a_reply_with_the_ids_of_conversation_and_message(talk: Talk) -> None:
    reply = (await talk.say("我们能申请什么")).json()
    assert reply["conversation_id"] == talk.id
    citation = reply["citations"][0]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"] == QUOTE
    kept = (await talk.read()).json()["messages"]
    assert [m["role"] for m in kept] == ["user", "assistant"]
    assert kept[1]["message_id"] == reply["message_id"]
    assert kept[1]["reply"] == reply


async def test_the_profile_is_that_of_the_last_reply(talk: Talk) -> None:
    assert (await talk.read()).json()["profile"] == {}
    await talk.say("你好")
    await talk.say(choices=["nanjing"])
    seen = (await talk.read()).json()
    assert seen["profile"]["city"] == {"value": "nanjing", "label": "nanjing", "source": "chosen"}
    assert seen["messages"][2]["text"] == "南京"
    assert seen["messages"][2]["choices"] == ["nanjing"]


async def test_the_same_delivery_gets_the_same_bytes_and_changes_nothing(talk: Talk, assistant: FakeAssistant) -> None:
    first = await talk.say("你好", client_message_id="m1")
    again = await talk.say("你好", client_message_id="m1")
    assert again.content == first.content
    assert assistant.heard == ["你好"]
    assert len((await talk.read()).json()["messages"]) == 2


async def test_the_same_delivery_id_with_other_words_is_a_conflict(talk: Talk) -> None:
    await talk.say("你好", client_message_id="m1")
    other_words = await talk.say("再见", client_message_id="m1")
    other_choices = await talk.say("你好", choices=["nanjing"], client_message_id="m1")
    assert [other_words.status_code, other_choices.status_code] == [409, 409]
    assert other_words.headers["content-type"] == PROBLEM


async def test_a_delivery_repeated_while_it_is_being_answered_is_answered_once(
    talk: Talk, assistant: FakeAssistant
) -> None:
    sent = [asyncio.create_task(talk.say("慢", client_message_id="m1")) for _ in range(5)]
    await asyncio.sleep(0.1)
    assistant.gate.set()
    bodies = {(await task).content for task in sent}
    assert len(bodies) == 1
    assert assistant.heard == ["慢"]


async def test_messages_sent_at_once_are_all_kept_and_answered_in_order(talk: Talk, assistant: FakeAssistant) -> None:
    assistant.gate.set()
    sent = [asyncio.create_task(talk.say(f"慢{i}")) for i in range(8)]
    replies = [(await task).json() for task in sent]
    kept = (await talk.read()).json()["messages"]
    questions = [m["text"] for m in kept[0::2]]
    assert sorted(questions) == [f"慢{i}" for i in range(8)]
    assert assistant.heard == questions
    for place, (question, answer) in enumerate(zip(questions, kept[1::2], strict=True)):
        assert answer["text"].startswith(f"第{place + 1}次回答“{question}”")
    assert {r["message_id"] for r in replies} == {m["message_id"] for m in kept[1::2]}


async def test_an_option_that_was_not_offered_is_named_and_leaves_no_trace(talk: Talk) -> None:
    await talk.say("你好")
    refused = await talk.say(choices=["tokyo"], client_message_id="m2")
    assert refused.status_code == 422
    assert refused.json()["type"] == "urn:huiqi:problem:unknown-option"
    assert "tokyo" in refused.json()["errors"][0]["detail"]
    assert len((await talk.read()).json()["messages"]) == 2
    assert (await talk.say(choices=["nanjing"], client_message_id="m2")).status_code == 200


async def test_an_unexpected_error_is_a_problem_without_its_words_and_the_message_stays(
    talk: Talk, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    failed = await talk.say(SECRET, client_message_id="m1")
    assert (failed.status_code, failed.headers["content-type"]) == (500, PROBLEM)
    assert "Traceback" not in failed.text and "13800138000" not in failed.text
    assert [m["text"] for m in (await talk.read()).json()["messages"]] == [SECRET]
    assert (await talk.say("你好")).status_code == 200
    assistant.broken = False
    mended = await talk.say(SECRET, client_message_id="m1")
    assert mended.status_code == 200
    kept = (await talk.read()).json()["messages"]
    assert [m["role"] for m in kept] == ["user", "assistant", "user", "assistant"]
    assert kept[1]["reply"] == mended.json()


@pytest.mark.parametrize("token", ["", "wrong", "é"])
async def test_no_token_but_its_own_opens_a_conversation(client: httpx.AsyncClient, talk: Talk, token: str) -> None:
    other = await start_talk(client)
    for address in (talk.address, "/api/v1/conversations/unknown"):
        for headers in (
            httpx.Headers(),
            httpx.Headers({"Authorization": f"Bearer {token}"}, encoding="utf-8"),
            other.headers,
        ):
            answers = [
                await client.get(address, headers=headers),
                await client.delete(address, headers=headers),
                await client.post(f"{address}/messages", json={"text": "你好"}, headers=headers),
            ]
            assert {a.status_code for a in answers} == {401}
            assert {a.headers["www-authenticate"] for a in answers} == {"Bearer"}
            assert len({a.content for a in answers}) == 1
    assert (await talk.read()).status_code == 200


async def test_an_erased_conversation_is_gone(talk: Talk) -> None:
    await talk.say("你好")
    gone = await talk.erase()
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await talk.read()).status_code == 401
    assert (await talk.say("还在吗")).status_code == 401


async def test_events_are_the_text_in_pieces_and_then_the_reply(talk: Talk) -> None:
    headers = {**talk.headers, "Accept": "text/event-stream"}
    body = {"text": "你好", "client_message_id": "m1"}
    answer = await talk.client.post(f"{talk.address}/messages", json=body, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = _events(answer.text)
    assert [name for name, _ in events] == ["delta", "delta", "reply"]
    reply = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "delta") == reply["text"]
    assert (await talk.say("你好", client_message_id="m1")).json() == reply


@pytest.mark.parametrize("heard", ["0", "5", "9999", "nonsense", "-3", ""])
async def test_who_lost_the_line_gets_the_rest(talk: Talk, heard: str) -> None:
    body = {"text": "你好", "client_message_id": "m1"}
    whole = (await talk.say(**body)).json()["text"]
    headers = {**talk.headers, "Accept": "text/event-stream", "Last-Event-ID": heard}
    answer = await talk.client.post(f"{talk.address}/messages", json=body, headers=headers)
    rest = "".join(data["text"] for name, data in _events(answer.text) if name == "delta")
    assert rest == whole[int(heard) if heard.isdecimal() else 0 :]
    ids = [int(line.removeprefix("id: ")) for line in answer.text.split("\n") if line.startswith("id: ")]
    assert ids == sorted(ids) and (not ids or ids[-1] == len(whole))


async def test_a_slow_answer_keeps_the_stream_open(
    talk: Talk, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "PING_SECONDS", 0.02)
    asyncio.get_running_loop().call_later(1.0, assistant.gate.set)
    headers = {**talk.headers, "Accept": "text/event-stream"}
    answer = await talk.client.post(f"{talk.address}/messages", json={"text": "慢"}, headers=headers)
    assert answer.text.count(": ping") >= 3
    assert _events(answer.text)[-1][0] == "reply"


@pytest.mark.parametrize(("body", "code"), [({"text": SECRET}, "internal"), ({"choices": ["x"]}, "unknown-option")])
async def test_a_stream_that_cannot_be_answered_ends_in_one_error(
    talk: Talk, body: dict[str, object], code: str
) -> None:
    headers = {**talk.headers, "Accept": "text/event-stream"}
    answer = await talk.client.post(f"{talk.address}/messages", json=body, headers=headers)
    events = _events(answer.text)
    assert [name for name, _ in events] == ["error"]
    assert events[0][1]["code"] == code
    assert "13800138000" not in answer.text


async def test_who_leaves_before_the_answer_finds_it_later(talk: Talk, assistant: FakeAssistant) -> None:
    waiting = asyncio.create_task(talk.say("慢", client_message_id="m1"))
    await asyncio.sleep(0.1)
    waiting.cancel()
    assistant.gate.set()
    found = await talk.say("慢", client_message_id="m1")
    assert found.status_code == 200
    assert assistant.heard == ["慢"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "a\x00b", "\u202e反过来", "👨‍👩‍👧‍👦" * 100, "é" * 2000, "\x1b[31m红", "第一行\r\n第二行"],
)
async def test_any_text_up_to_the_limit_is_answered(talk: Talk, text: str) -> None:
    assert (await talk.say(text)).status_code == 200
    kept = (await talk.read()).json()["messages"][0]["text"]
    assert not any(c in kept for c in "\x00\x1b\u202e\r")


async def test_half_a_character_is_answered_and_kept_readable(talk: Talk) -> None:
    raw = b'{"text": "\\ud800\\u60a8\\u597d", "client_message_id": "\\udfff"}'
    headers = {**talk.headers, "Content-Type": "application/json"}
    answers = [await talk.client.post(f"{talk.address}/messages", content=raw, headers=headers) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert (await talk.read()).json()["messages"][0]["text"] == "�您好"


async def test_a_text_that_is_too_long_is_told_in_one_clear_sentence(talk: Talk) -> None:
    refused = await talk.say("长" * 2001)
    assert refused.status_code == 422
    assert refused.json()["detail"] == "text：最多 2000 字，这里有 2001 字，请缩短或分几次发"
    assert refused.json()["errors"][0]["name"] == "text"
    assert (await talk.say("长" * 2000)).status_code == 200


async def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_how_large(talk: Talk) -> None:
    large = json.dumps({"text": "a" * 70_000}).encode()

    async def in_chunks() -> AsyncIterator[bytes]:
        for i in range(0, len(large), 1000):
            yield large[i : i + 1000]

    headers = {**talk.headers, "Content-Type": "application/json"}
    for content in (large, in_chunks()):
        refused = await talk.client.post(f"{talk.address}/messages", content=content, headers=headers)
        assert (refused.status_code, refused.headers["content-type"]) == (413, PROBLEM)


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b'{"text": "x"}', "text/plain", 415),
        (b"text=x", "application/x-www-form-urlencoded", 415),
        (b'{"text": "x"}', "", 415),
        (b'{"text": ', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 50_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"", "application/json", 422),
        (b'{"text": 1}', "application/json", 422),
        (b'{"text": "x", "colour": 1}', "application/json", 422),
        (b'{"text": "x", "\\ud800": 1}', "application/json", 422),
        (b'{"choices": "nanjing"}', "application/json", 422),
        (b'{"text": "x", "client_message_id": ""}', "application/json", 422),
        (b'{"text": "x"}', "application/json; charset=utf-8", 200),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_a_body_that_is_none_is_told_what_is_wrong(
    talk: Talk, content: bytes, media_type: str, status: int
) -> None:
    headers = {**talk.headers, **({"Content-Type": media_type} if media_type else {})}
    answer = await talk.client.post(f"{talk.address}/messages", content=content, headers=headers)
    assert answer.status_code == status
    if status != 200:
        problem = answer.json()
        assert answer.headers["content-type"] == PROBLEM
        assert problem["status"] == status
        assert set(problem) == {"type", "title", "status", "detail", "errors"}


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "tomorrow", "20261120", 0, "2026-11-20T00:00:00"])
async def test_a_day_that_is_none_is_named(client: httpx.AsyncClient, day: object) -> None:
    for address in ("conversations", "screenings"):
        refused = await client.post(f"/api/v1/{address}", json={"as_of": day})
        assert refused.status_code == 422
        assert "as_of" in {error["name"] for error in refused.json()["errors"]}
    assert (await client.get("/api/v1/documents", params={"as_of": str(day)})).status_code == 422


async def test_addresses_and_methods_that_do_not_exist_are_problems(client: httpx.AsyncClient) -> None:
    nowhere = await client.get("/api/v1/nowhere")
    document = await client.get("/api/v1/documents/%2e%2e%2fetc")
    method = await client.put("/api/v1/documents", json={})
    assert [r.status_code for r in (nowhere, document, method)] == [404, 404, 405]
    assert {r.headers["content-type"] for r in (nowhere, document, method)} == {PROBLEM}
    assert "GET" in method.headers["allow"]


async def test_people_who_took_a_wrong_turn_get_a_page(client: httpx.AsyncClient) -> None:
    page = await client.get("/nowhere", headers={"Accept": "text/html"})
    call = await client.get("/api/v1/nowhere", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (call.status_code, call.headers["content-type"]) == (404, PROBLEM)


async def test_pages_answer_what_looks_before_it_fetches(client: httpx.AsyncClient) -> None:
    """Link previews and uptime checks send HEAD."""
    for path in ("/", "/favicon.ico", "/documents/nanjing-measures"):
        seen, fetched = await client.head(path), await client.get(path)
        assert (seen.status_code, seen.headers["content-type"]) == (200, fetched.headers["content-type"])


async def test_too_many_messages_are_told_when_to_come_back(settings: Settings, assistant: FakeAssistant) -> None:
    slow = settings.model_copy(update={"rate_per_conversation": 2, "rate_per_address": 3})
    office = Office(slow, build=lambda: assistant, clock=lambda: NOW)
    await office.open()
    transport = httpx.ASGITransport(create_app(slow, office))
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        talk = await start_talk(client)
        by_conversation = [(await talk.say("x")).status_code for _ in range(3)]
        by_address = await talk.say("x")
    await office.close()
    assert by_conversation == [200, 200, 429]
    assert by_address.status_code == 429
    assert 1 <= int(by_address.headers["retry-after"]) <= 60


async def test_every_route_has_safe_headers(client: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/api/v1/documents", "/nowhere"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "cache-control" in headers
    assert (await client.get("/api/v1/documents")).headers["cache-control"] == "no-store"


async def test_whatever_cannot_be_served_now_says_when_to_ask_again(
    client: httpx.AsyncClient, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object, **__: object) -> None:
        raise StoreUnavailable("locked")

    monkeypatch.setattr(Database, "prove_writable", locked)
    monkeypatch.setattr(Conversations, "create", locked)
    monkeypatch.setattr(Conversations, "accept", locked)
    turned_away = [
        await client.get("/readyz"),
        await client.post("/api/v1/conversations", json={}),
        await talk.say("你好"),
    ]
    assert [(r.status_code, r.headers.get("Retry-After")) for r in turned_away] == [(503, "5")] * 3


async def test_health_readiness_and_metrics(client: httpx.AsyncClient, talk: Talk) -> None:
    await talk.say("你好")
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).json() == {"status": "ready", "problems": []}
    metrics = (await client.get("/metrics")).text
    assert 'huiqi_answers_total{outcome="answered"} 1' in metrics
    assert 'huiqi_mail_waiting{queue="inbox"} 0' in metrics
    assert 'route="/api/v1/conversations/{conversation_id}/messages",status="200"} 1' in metrics
    assert talk.id not in metrics


async def test_the_day_turns_at_midnight_in_shanghai() -> None:
    assert today(lambda: NOW.replace(hour=15, minute=59)) == date(2026, 11, 20)
    assert today(lambda: NOW.replace(hour=16, minute=0)) == date(2026, 11, 21)


def _events(stream: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in stream.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found
