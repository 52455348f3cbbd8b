"""How soon a platform's delivery is acknowledged under load, beside a route that does nothing, in one run."""

import argparse
import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, ExitStack

import aiohttp
from aiohttp import web
from rich.console import Console

from evals.benchmarks.server import server_at
from evals.cases import SUITES, QuestionCase, load_suite
from evals.intervals import percentile

GOAL_P99_MS = 100.0
_SECRET = "a-secret-of-the-benchmark"
_BOT = {"id": 1, "is_bot": True, "first_name": "惠企", "username": "huiqi_bot"}
_PER_CHAT = 5
_WARM_UP_S = 60.0


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if the goal is missed or a delivery was not acknowledged."""
    parser = argparse.ArgumentParser(prog="python -m evals bench delivery", description=__doc__)
    parser.add_argument("--rate", type=float, default=200, help="每秒多少条（默认 200）")
    parser.add_argument("--seconds", type=float, default=15, help="送多少秒（默认 15）")
    given = parser.parse_args(argv)
    return asyncio.run(_run(given.rate, given.seconds, Console(highlight=False)))


async def _run(rate: float, seconds: float, console: Console) -> int:
    platform = _Platform()
    async with platform as platform_url:
        settings = {
            "TELEGRAM_BOT_TOKEN": "1:benchmark",
            "TELEGRAM_API_URL": platform_url,
            "TELEGRAM_WEBHOOK_SECRET": _SECRET,
        }
        async with AsyncExitStack() as running:
            # Started and stopped beside the platform: what is sent to it meanwhile must be taken.
            starting = ExitStack()
            running.push_async_callback(asyncio.to_thread, starting.close)
            server = await asyncio.to_thread(starting.enter_context, server_at(more=settings))
            connector = aiohttp.TCPConnector(limit=0)
            async with aiohttp.ClientSession(server.base_url, connector=connector) as session:
                await asyncio.wait_for(platform.was_told.wait(), _WARM_UP_S)
                idle = await _at_rate(rate, min(seconds, 5.0), lambda n: _timed(session.get("/healthz")))
                questions = [c.turns[-1] for c in load_suite(SUITES / "sample").cases if isinstance(c, QuestionCase)]
                headers = {"X-Telegram-Bot-Api-Secret-Token": _SECRET}

                def deliver(number: int) -> Awaitable[tuple[float, int]]:
                    update = _update(number, questions[number % len(questions)])
                    return _timed(session.post("/telegram/webhook", json=update, headers=headers))

                took = await _at_rate(rate, seconds, deliver)
                answered = platform.answers
    refused = sum(1 for _, status in took if status != 200)
    p50, p99 = (percentile([s for s, _ in took], share) * 1000 for share in (0.5, 0.99))
    base50, base99 = (percentile([s for s, _ in idle], share) * 1000 for share in (0.5, 0.99))
    console.print(f"确认一条消息（每秒 {rate:g} 条，共 {len(took)} 条）：p50 {p50:.1f} ms，p99 {p99:.1f} ms", end="")
    console.print(f"（目标 ≤ {GOAL_P99_MS:g}）；未确认 {refused} 条")
    console.print(f"对照，什么也不做的 /healthz：p50 {base50:.1f} ms，p99 {base99:.1f} ms")
    console.print(f"其间同时答完 {answered} 条")
    console.print(f"[dim]{os.cpu_count()} 核，机器负载（1 分钟）：{os.getloadavg()[0]:.1f}[/dim]")
    return int(p99 > GOAL_P99_MS or refused > 0)


async def _at_rate(
    rate: float, seconds: float, call: Callable[[int], Awaitable[tuple[float, int]]]
) -> list[tuple[float, int]]:
    """Calls at a steady rate, whether or not the ones before have been answered, as a platform makes them."""
    begun = time.perf_counter()
    calls = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
        calls.append(asyncio.ensure_future(call(number)))
    return list(await asyncio.gather(*calls))


async def _timed(request: "aiohttp.client._RequestContextManager") -> tuple[float, int]:
    begun = time.perf_counter()
    async with request as response:
        await response.read()
        return time.perf_counter() - begun, response.status


def _update(number: int, text: str) -> dict[str, object]:
    chat = 1000 + number // _PER_CHAT
    person = {"id": chat, "is_bot": False, "first_name": "客户"}
    message = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}}
    return {"update_id": number + 1, "message": {**message, "from": person, "text": text}}


class _Platform:
    """A Bot API that takes everything; `was_told` once the service has loaded all that it needs for it."""

    def __init__(self) -> None:
        self.answers = 0
        self.was_told = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None)

    async def _take(self, request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2].lower()
        if method == "sendmessage":
            self.answers += 1
            sent = {"message_id": random.randrange(10**9), "date": 0, "chat": {"id": 1, "type": "private"}}
            return web.json_response({"ok": True, "result": sent})
        if method == "setmycommands":
            self.was_told.set()
        return web.json_response({"ok": True, "result": _BOT if method == "getme" else True})

    async def __aenter__(self) -> str:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
