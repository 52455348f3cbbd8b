"""One conversation on every channel: the same verdicts, each message answered once, nothing that a platform refuses."""

import asyncio
import io
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from bot.channels.telegram.platform import Telegram
from bot.channels.platform import Pace
from tests.bot.alike import *
from bot.store.tables import outbox, inbox
from tests.bot.rows import rows_of

@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Telegram, "pace", Pace(per_second=1000, between=0))


async def test_try(tmp_path, real_assistant):
    async with town(tmp_path, real_assistant) as t:
        people = [OnTheWeb(t), OnTelegram(t), OnWeChat(t), OnWeCom(t), OnCustomerService(t)]
        told = await hold(t, people)
        for step, d in zip(CONVERSATION, told):
            print("##", step.seen)
            for n, l in d.items(): print("  ", n, [(x.outcome, len(x.findings), len(x.profile), x.asked) for x in l])
        for p in people:
            print("==========", p.name)
            for b in p.seen: print(">>" if b.mine else "  ", b.text, "|", b.posted.keyboard if b.posted else "", b.shown.menu if b.shown else "", b.shown.tail if b.shown else "")
        for r in await rows_of(t.office, outbox):
            print(r.channel, r.state, r.parts, r.attempts, r.error, r.passive)
