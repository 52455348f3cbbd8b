"""What the OpenAPI document says is what the application does, also for input that nobody foresaw."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr
from schemathesis import Case, GenerationMode

from bot.channels.web import create_app
from bot.office import Office
from tests.bot.fakes import NOW, BareSettings, FakeAssistant
from tests.bot.served import served

EXAMPLES = 25
KEY = "a-key-of-many-characters"


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("office")
    unlimited = BareSettings(
        HUIQI_DATA_DIR=folder, HUIQI_RATE_PER_ADDRESS=0, HUIQI_RATE_PER_CONVERSATION=0, HUIQI_API_KEYS=SecretStr(KEY)
    )
    with served(Office(unlimited, build=FakeAssistant, clock=lambda: NOW)) as address:
        yield address


def _calls() -> Iterator[Any]:
    """Every call with input that fits and, where anything in it can be wrong, with input that does not."""
    described = create_app(BareSettings()).openapi()
    for found in schemathesis.openapi.from_dict(described).get_all_operations():
        call: Any = found.ok()  # type: ignore[union-attr]
        yield pytest.param(call, GenerationMode.POSITIVE, id=f"{call.label} right")
        if call.body or call.query:
            yield pytest.param(call, GenerationMode.NEGATIVE, id=f"{call.label} wrong")


@pytest.mark.parametrize(("call", "mode"), list(_calls()))
def test_every_call_is_as_described(call: Any, mode: GenerationMode, base_url: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(call.as_strategy(generation_mode=mode))
    def holds(case: Case[Any]) -> None:
        headers = {"Authorization": f"Bearer {KEY}"} if call.path.startswith("/v1/") else {}
        if "conversation_id" in call.path:
            opened = httpx.post(f"{base_url}/api/v1/conversations").json()
            case.path_parameters["conversation_id"] = opened["id"]
            headers = {"Authorization": f"Bearer {opened['token']}"}
        if "message_id" in call.path:
            messages = f"{base_url}/api/v1/conversations/{opened['id']}/messages"
            answer = httpx.post(messages, json={"text": "你好"}, headers=headers).json()
            case.path_parameters["message_id"] = answer["message_id"]
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            case.body.pop("choices", None)  # which options there are, only the question asked last can tell
            history = case.body.get("messages")
            if isinstance(history, list):  # that the last one has to be the user's, no schema can tell either
                history.append({"role": "user", "content": "你好"})
                case.body["model"] = "huiqi"
        case.call_and_validate(base_url, headers=headers)

    holds()


def test_every_error_that_the_contract_names_is_described(base_url: str) -> None:
    paths = httpx.get(f"{base_url}/openapi.json").json()["paths"]
    message = paths["/api/v1/conversations/{conversation_id}/messages"]["post"]["responses"]
    assert set(message) == {"200", "400", "401", "409", "413", "415", "422", "429", "500", "503"}
    for status, response in message.items():
        expected = {"application/json", "text/event-stream"} if status == "200" else {"application/problem+json"}
        assert set(response["content"]) == expected


def test_the_length_of_a_text_is_described(base_url: str) -> None:
    schemas = httpx.get(f"{base_url}/openapi.json").json()["components"]["schemas"]
    assert schemas["NewMessage"]["properties"]["text"]["maxLength"] == 2000
    assert "Problem" in schemas
