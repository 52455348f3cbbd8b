"""The HTTP client speaks the contract, waits when asked to, and reads a bare minimum of a reply."""

import json
from collections.abc import Callable
from datetime import date

import httpx
import pytest

from evals.clients import HttpClient, Refused
from tests.evals.fakes import TEXT, reply

AS_OF = date(2026, 11, 20)


class FakeService:
    """Answers as the contract says; `busy` times it asks to be left alone first."""

    def __init__(self, busy: int = 0, status: int = 200) -> None:
        self.busy = busy
        self.status = status
        self.requests: list[tuple[str, str, object, str | None]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        self.requests.append((request.method, request.url.path, body, request.headers.get("Authorization")))
        if self.busy:
            self.busy -= 1
            return httpx.Response(429, headers={"Retry-After": "0"})
        answers: dict[str, Callable[[], object]] = {
            "/api/v1/conversations": lambda: {"id": "c1", "token": "t1"},
            "/api/v1/conversations/c1/messages": lambda: (
                reply("您好。") | {"conversation_id": "c1", "message_id": "m1", "new_field": 1}
            ),
            "/api/v1/screenings": lambda: {"findings": []},
            "/api/v1/supports": lambda: [{"support_id": "town-award", "document_id": "town-plan"}],
            "/api/v1/documents": lambda: [
                {
                    "id": "town-plan",
                    "title": "计划",
                    "jurisdiction": "nanjing",
                    "lifecycle": "expired",
                    "effective_to": "2025-12-31",
                }
            ],
            "/api/v1/documents/town-plan": lambda: {
                "text": TEXT,
                "provisions": [{"provision": "1", "label": "（一）", "heading": "奖励", "start": 0, "end": 9}],
            },
        }
        return httpx.Response(self.status, json=answers[request.url.path]())


def client(service: FakeService) -> HttpClient:
    return HttpClient("http://huiqi.test", httpx.MockTransport(service))


async def test_a_message_carries_the_token_a_fresh_id_and_the_choices() -> None:
    service = FakeService()
    talk = await client(service).begin(AS_OF)
    said = await talk.say("", ["nanjing"])
    await talk.say("再问一句")
    assert said.reply.text == "您好。"
    assert service.requests[0][2] == {"as_of": "2026-11-20"}
    (_, _, first, authorization), (_, _, second, _) = service.requests[1:]
    assert authorization == "Bearer t1"
    assert isinstance(first, dict) and isinstance(second, dict)
    assert first["choices"] == ["nanjing"] and "choices" not in second
    assert first["client_message_id"] != second["client_message_id"]


async def test_too_many_calls_are_waited_out() -> None:
    service = FakeService(busy=2)
    assert await client(service).screen({"city": "nanjing"}, AS_OF) == ()
    assert len(service.requests) == 3


async def test_an_error_status_is_a_refusal_with_its_number() -> None:
    with pytest.raises(Refused, match="503"):
        await client(FakeService(status=503)).begin(AS_OF)


async def test_the_catalogue_is_what_the_service_publishes() -> None:
    catalogue = await client(FakeService()).catalogue()
    document = catalogue.documents["town-plan"]
    assert catalogue.supports == {"town-award": "town-plan"}
    assert document.provisions == {"1": (0, 9)}
    assert document.lifecycle_on(date(2025, 12, 31)) == "in_force"
    assert document.lifecycle_on(date(2026, 1, 1)) == "expired"
    assert "2025-12-31" in document.published
