"""The webhook: what is Telegram's is kept before it is acknowledged; what is not leaves no trace."""

import asyncio
import json
import random
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI

from bot.channels.pages import missing_page
from bot.channels.telegram.platform import Telegram
from bot.http.guard import Guard
from bot.http.problems import tell_problems
from bot.metrics import Metrics
from bot.store.database import Database, StoreUnavailable
from tests.bot.telegram.conftest import Brought, settings_for, telegram_for
from tests.bot.telegram.fake_api import FakeBotApi, server_error
from tests.bot.telegram.updates import message_update, tap_update

pytestmark = pytest.mark.asyncio

SECRET = "s3cret_S3CRET-0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/webhook"


def update(text: str = "小巨人奖多少钱", chat: int = 5, number: int = 7, **more: Any) -> dict[str, Any]:
    return {"update_id": number, **message_update(chat, number, text=text, **more)}


@pytest_asyncio.fixture
async def bot(api: FakeBotApi, database: Database) -> AsyncIterator[Telegram]:
    telegram = telegram_for(settings_for(api.url, TELEGRAM_WEBHOOK_SECRET=SECRET), database)
    yield telegram
    await telegram.close()


@pytest_asyncio.fixture
async def door(bot: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False})
    tell_problems(app, missing_page)
    app.add_middleware(Guard, metrics=Metrics())
    app.router.routes.extend(bot.routes())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://huiqi.test") as client:
        yield client


async def post(door: httpx.AsyncClient, body: object, **headers: str) -> httpx.Response:
    return await door.post(PATH, json=body, headers={HEADER: SECRET, **headers})


async def test_an_update_is_kept_and_acknowledged_with_nothing(door: httpx.AsyncClient, kept: Brought) -> None:
    response = await post(door, update())
    assert (response.status_code, response.content) == (200, b"")
    assert await kept.texts() == ["小巨人奖多少钱"]


async def test_the_same_update_many_times_is_kept_once(door: httpx.AsyncClient, kept: Brought) -> None:
    for _ in range(5):
        assert (await post(door, update())).status_code == 200
    assert (await post(door, {**update(), "update_id": 8})).status_code == 200  # under another number
    assert len(await kept.texts()) == 1


async def test_many_at_once_and_again_are_each_kept_once(door: httpx.AsyncClient, kept: Brought) -> None:
    updates = [update(f"第{n}句", chat=n % 10 + 1, number=n) for n in range(1, 101)] * 5
    random.Random(7).shuffle(updates)
    waiting = iter(updates)

    async def deliver() -> None:
        for one in waiting:
            assert (await post(door, one)).status_code == 200

    await asyncio.gather(*(deliver() for _ in range(8)))
    assert await kept.texts() == [f"第{n}句" for n in range(1, 101)]


async def test_updates_that_are_nothing_to_us_are_acknowledged(door: httpx.AsyncClient, kept: Brought) -> None:
    for other in (
        {"update_id": 1},
        {"update_id": 2, "something_new": {"a": 1}},
        {"update_id": 3, "message": "not understood"},
        {"update_id": 4, "channel_post": message_update(5, 3, text="公告")["message"]},
    ):
        assert (await post(door, other)).status_code == 200
    assert await kept.deliveries() == []


_FORGERIES: list[tuple[str, dict[str, str], bytes, int]] = [
    ("no secret", {}, b"", 401),
    ("empty secret", {HEADER: ""}, b"", 401),
    ("wrong secret", {HEADER: "wrong"}, b"", 401),
    ("the beginning of the secret", {HEADER: SECRET[:-1]}, b"", 401),
    ("more than the secret", {HEADER: SECRET + "x"}, b"", 401),
    ("the secret in other case", {HEADER: SECRET.lower()}, b"", 401),
    ("the secret with a space", {HEADER: f"{SECRET} {SECRET}"}, b"", 401),
    ("a secret that is not ASCII", {HEADER: "é" * len(SECRET)}, b"", 401),
    ("another spelling of the header", {"X-Telegram-Bot-Api-Secret": SECRET}, b"", 401),
    ("underscores in the header", {"X_Telegram_Bot_Api_Secret_Token": SECRET}, b"", 401),
    ("the secret as a bearer", {"Authorization": f"Bearer {SECRET}"}, b"", 401),
    ("an address of Telegram's", {"X-Forwarded-For": "149.154.167.220"}, b"", 401),
    ("an address of Telegram's, otherwise", {"X-Real-IP": "91.108.4.1", "Forwarded": "for=91.108.4.1"}, b"", 401),
    ("not JSON", {HEADER: SECRET}, b"update_id=7", 400),
    ("nothing", {HEADER: SECRET}, b" ", 400),
    ("half of it", {HEADER: SECRET}, b'{"update_id": 7, "message": {', 400),
    ("not an object", {HEADER: SECRET}, b"[7]", 400),
    ("no number", {HEADER: SECRET}, b'{"message": {}}', 400),
    ("a number that is text", {HEADER: SECRET}, b'{"update_id": "7"}', 400),
    ("a number that is true", {HEADER: SECRET}, b'{"update_id": true}', 400),
    ("a number below nothing", {HEADER: SECRET}, b'{"update_id": -7}', 400),
    ("deep nesting", {HEADER: SECRET}, b"[" * 60_000, 400),
    ("not UTF-8", {HEADER: SECRET}, b'{"update_id": 7, "x": "\xff"}', 400),
    ("XML", {HEADER: SECRET, "Content-Type": "text/xml"}, b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc'>]>", 400),
    ("a huge body", {HEADER: SECRET}, b'{"update_id": 7, "x": "' + b"x" * 1_000_000 + b'"}', 413),
    ("a huge body without a secret", {}, b"x" * 1_000_000, 413),
]


@pytest.mark.parametrize(("headers", "body", "status"), [f[1:] for f in _FORGERIES], ids=[f[0] for f in _FORGERIES])
async def test_a_forgery_is_refused_and_nothing_is_stored(
    door: httpx.AsyncClient, kept: Brought, headers: dict[str, str], body: bytes, status: int
) -> None:
    encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    response = await door.post(PATH, content=body or json.dumps(update()).encode(), headers=encoded)
    assert response.status_code == status
    assert await kept.deliveries() == []


async def test_two_secrets_are_none(door: httpx.AsyncClient, kept: Brought) -> None:
    response = await door.post(PATH, json=update(), headers=[(HEADER, SECRET), (HEADER, "wrong")])
    assert response.status_code == 401
    assert await kept.deliveries() == []


async def test_a_large_body_that_does_not_say_so_is_refused(door: httpx.AsyncClient, kept: Brought) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 10_000

    response = await door.post(PATH, content=stream(), headers={HEADER: SECRET})
    assert response.status_code == 413
    assert await kept.deliveries() == []


async def test_only_posts_are_taken(door: httpx.AsyncClient) -> None:
    assert (await door.get(PATH, headers={HEADER: SECRET})).status_code == 405


async def test_an_update_that_could_not_be_kept_is_not_acknowledged(
    door: httpx.AsyncClient, kept: Brought, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, *, urgent: bool = False) -> None:
        raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(database, "write_at_once", full)
        response = await post(door, update())
        assert response.status_code == 503
        assert response.headers["Retry-After"]
    assert await kept.deliveries() == []
    assert (await post(door, update())).status_code == 200
    assert len(await kept.deliveries()) == 1


async def test_strange_characters_are_mended_and_kept(door: httpx.AsyncClient, kept: Brought) -> None:
    body = json.dumps(update("a\ud83db\x00c")).encode()
    response = await door.post(PATH, content=body, headers={HEADER: SECRET})
    assert response.status_code == 200
    assert await kept.texts() == ["a�b\x00c"]


async def test_a_mention_is_understood_even_before_we_know_our_name(
    door: httpx.AsyncClient, kept: Brought, api: FakeBotApi
) -> None:
    mention = update("@huiqi_bot 您好", -1001, entities=[{"type": "mention", "offset": 0, "length": 10}])
    api.next("getMe", server_error(), server_error())
    assert (await post(door, mention)).status_code == 503
    assert (await post(door, update("您好", number=8))).status_code == 200  # to a single person no name is needed
    assert (await post(door, mention)).status_code == 503
    assert (await post(door, mention)).status_code == 200
    assert await kept.texts() == ["您好", "您好"]
    assert len(api.calls("getMe")) == 3


async def test_the_name_is_remembered_from_one_start_to_the_next(
    door: httpx.AsyncClient, kept: Brought, api: FakeBotApi, database: Database
) -> None:
    mention = update("@huiqi_bot 您好", -1001, entities=[{"type": "mention", "offset": 0, "length": 10}])
    assert (await post(door, mention)).status_code == 200
    await api.stop()
    again = telegram_for(settings_for(api.url, TELEGRAM_WEBHOOK_SECRET=SECRET), database)
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False})
    app.router.routes.extend(again.routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://huiqi.test") as client:
        another = mention | {"update_id": 9, "message": mention["message"] | {"message_id": 9}}
        assert (await post(client, another)).status_code == 200
    await again.close()
    assert await kept.texts() == ["您好", "您好"]


async def test_taps_come_the_same_way(door: httpx.AsyncClient, kept: Brought) -> None:
    assert (await post(door, {"update_id": 7, **tap_update(5, 9, "o:01234567:nanjing")})).status_code == 200
    [delivery] = await kept.deliveries()
    assert delivery.tap is not None and delivery.tap.value == "nanjing"


async def test_telegram_itself_brings_what_people_write(api: FakeBotApi, database: Database, kept: Brought) -> None:
    """The whole way over the loopback, with a first try that finds nobody at home."""
    listening = socket.create_server(("127.0.0.1", 0))
    public_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = settings_for(api.url, TELEGRAM_WEBHOOK_SECRET=SECRET, HUIQI_PUBLIC_URL=public_url)
    telegram = telegram_for(settings, database)
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False})
    app.router.routes.extend(telegram.routes())
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    api.push_text(5, "您好")
    await telegram.open()
    await api.until(lambda: bool(api.webhook))
    assert api.unconfirmed
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await api.until(lambda: not api.unconfirmed)
    server.should_exit = True
    await serving
    await telegram.close()
    assert await kept.texts() == ["您好"]


async def test_without_a_secret_there_is_no_door(telegram: Telegram) -> None:
    assert not telegram.routes()
