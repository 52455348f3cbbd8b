"""A restart in good order costs nobody more than a moment: nothing is lost or said twice, no error is shown."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot import serving
from bot.office import Office
from tests.bot.fakes import NOW, BareSettings, FakeAssistant, Talk, start_talk
from tests.bot.nursery import STOPS_WITHIN_S
from tests.bot.restarts import Restarts

RESTARTS = int(os.environ.get("HUIQI_DRILL_RESTARTS", "3"))


async def test_restarts_under_load_lose_nothing_and_show_no_error(tmp_path: Path) -> None:
    count = await Restarts(tmp_path, seed=20261120).run(RESTARTS)
    assert count.complaints == []
    assert count.restarts == RESTARTS
    assert count.web_turns > 0 and count.chat_turns > 0
    assert count.statuses[200] > count.web_turns, "some things were said again"
    assert count.slowest_stop < STOPS_WITHIN_S


@asynccontextmanager
async def served(folder: Path, assistant: FakeAssistant) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole service; it is told to stop by a signal, and that is waited for."""
    office = Office(BareSettings(HUIQI_DATA_DIR=folder), build=lambda: assistant, clock=lambda: NOW)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        running = asyncio.create_task(serving.serve_office(office, listening, lambda _: None))
        async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
            while (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.01)
            yield client
            await running


async def test_who_waits_when_patience_ends_is_asked_to_come_again_and_is_answered_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "PATIENCE_SECONDS", 1)
    slow = FakeAssistant()
    async with served(tmp_path, slow) as client:
        talk = await start_talk(client)
        waiting = asyncio.create_task(talk.say("慢慢想", client_message_id="1"))
        while not slow.heard:
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        turned_away = await waiting
    assert turned_away.status_code == 503 and turned_away.headers["Retry-After"]
    quick = FakeAssistant()
    quick.gate.set()
    async with served(tmp_path, quick) as client:
        again = Talk(client, talk.id, talk.headers["Authorization"].removeprefix("Bearer "))
        answer = await again.say("慢慢想", client_message_id="1")
        assert answer.json()["text"].startswith("第1次回答“慢慢想”")
        assert len((await again.read()).json()["messages"]) == 2
        os.kill(os.getpid(), signal.SIGTERM)
