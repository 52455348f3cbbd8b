"""Who may call beside people: with a key, or, where none is set, from this machine; never a page of another site."""

import pytest
from pydantic import SecretStr
from starlette.requests import HTTPConnection

from bot.http.keys import Keys
from bot.http.problems import Kind, Refusal
from tests.bot.fakes import BareSettings

ONE, OTHER = "first-key-0123456789", "other-key-0123456789"


def call(came_from: str = "127.0.0.1", host: str = "127.0.0.1:8000", **headers: str) -> HTTPConnection:
    named = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    return HTTPConnection({"type": "http", "headers": raw, "client": (came_from, 5000)})


def refusal(keys: Keys, connection: HTTPConnection) -> Kind:
    with pytest.raises(Refusal) as refused:
        keys.caller(connection)
    return refused.value.kind


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1"])
def test_without_keys_programs_on_this_machine_are_served(host: str) -> None:
    for came_from in ("127.0.0.1", "::1"):
        assert Keys(BareSettings()).caller(call(came_from, host)) == "localhost"


@pytest.mark.parametrize(
    "connection",
    [
        call("192.168.1.7"),
        call("10.0.0.1", "localhost"),
        call(host="evil.example"),
        call(host="127.0.0.1.evil.example"),
        call(host=""),
        call(host="[::1"),
        call(x_forwarded_for="127.0.0.1"),
        call(forwarded="for=127.0.0.1"),
        call(authorization=f"Bearer {ONE}", came_from="192.168.1.7"),
    ],
    ids=["lan", "lan by our name", "rebound", "like ours", "none", "broken", "proxy", "forwarded", "any key"],
)
def test_without_keys_nobody_else_is(connection: HTTPConnection) -> None:
    assert refusal(Keys(BareSettings()), connection) is Kind.NO_KEY


def test_with_keys_each_of_them_opens_from_everywhere_and_is_a_caller_of_its_own() -> None:
    keys = Keys(BareSettings(HUIQI_API_KEYS=SecretStr(f" {ONE}, {OTHER},")))
    callers = {keys.caller(call("8.8.8.8", "huiqi.example", authorization=f"bearer {key}")) for key in (ONE, OTHER)}
    assert len(callers) == 2
    assert not any(key in caller for key in (ONE, OTHER) for caller in callers)


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Basic {ONE}", ONE, f"Bearer {ONE}x", "Bearer 钥匙"])
def test_with_keys_nothing_else_opens_not_even_from_here(given: str) -> None:
    keys = Keys(BareSettings(HUIQI_API_KEYS=SecretStr(ONE)))
    connection = call(authorization=given.encode().decode("latin-1"))
    assert refusal(keys, connection) is Kind.NO_KEY


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example", "http://["])
def test_a_page_of_another_site_is_refused_with_a_key_and_without(origin: str) -> None:
    assert refusal(Keys(BareSettings()), call(origin=origin)) is Kind.FORBIDDEN
    keyed = call(origin=origin, authorization=f"Bearer {ONE}")
    assert refusal(Keys(BareSettings(HUIQI_API_KEYS=SecretStr(ONE))), keyed) is Kind.FORBIDDEN


def test_our_own_pages_and_those_of_this_machine_may_call() -> None:
    keys = Keys(BareSettings(HUIQI_API_KEYS=SecretStr(ONE), HUIQI_PUBLIC_URL="https://huiqi.example/"))
    for origin in ("https://huiqi.example", "http://localhost:6274"):
        assert keys.caller(call(origin=origin, authorization=f"Bearer {ONE}"))
