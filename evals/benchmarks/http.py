"""Whole turns over HTTP without a model, on the loopback: how long, how many, how much memory, how soon ready."""

import argparse
import asyncio
import os
import time
from collections.abc import Sequence

from rich.console import Console

from evals.benchmarks.server import resident_mb, server_at
from evals.cases import DEFAULT_DAY, SUITES, QuestionCase, load_suite
from evals.clients import HttpClient
from evals.intervals import percentile

GOAL_TURN_MS = 50.0
GOAL_READY_S = 3.0


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals bench http", description=__doc__)
    parser.add_argument("--base-url", help="正在运行的服务；不填则自己启动一个，只听回环地址")
    parser.add_argument("--turns", type=int, default=300, help="测多少轮（默认 300）")
    parser.add_argument("--clients", type=int, default=8, help="吞吐测试的并发数（默认 8）")
    given = parser.parse_args(argv)
    console = Console(highlight=False)
    questions = [case.turns[-1] for case in load_suite(SUITES / "sample").cases if isinstance(case, QuestionCase)]
    with server_at(given.base_url) as server:
        alone, crowd, seconds = asyncio.run(_measured(server.base_url, questions, given.turns, given.clients))
        memory = resident_mb(server.pid) if server.pid else None
    p50, p95 = (percentile(alone, share) * 1000 for share in (0.5, 0.95))
    console.print(f"一轮（逐个）：p50 {p50:.1f} ms，p95 {p95:.1f} ms（目标 < {GOAL_TURN_MS:g}）")
    console.print(
        f"{given.clients} 路并发：{len(crowd) / seconds:.0f} 轮/秒，p50 {percentile(crowd, 0.5) * 1000:.1f} ms，"
        f"p95 {percentile(crowd, 0.95) * 1000:.1f} ms，{os.cpu_count()} 核"
    )
    if memory is not None:
        console.print(f"服务进程常驻内存：{memory:.0f} MB")
    console.print(f"[dim]机器负载（1 分钟）：{os.getloadavg()[0]:.1f}[/dim]")
    ready = server.ready_seconds
    if ready is not None:
        console.print(f"冷启动到 /readyz：{ready:.2f} 秒（目标 < {GOAL_READY_S:g}）")
    return int(p95 >= GOAL_TURN_MS or (ready is not None and ready >= GOAL_READY_S))


async def _measured(
    base_url: str, questions: list[str], turns: int, clients: int
) -> tuple[list[float], list[float], float]:
    """Seconds of each turn alone, of each turn in the crowd, and the length of the crowd's run."""
    client = HttpClient(base_url)
    share = max(turns // clients, 1)
    try:
        await _talk(client, questions, len(questions))
        alone = await _talk(client, questions, turns)
        started = time.perf_counter()
        crowd = await asyncio.gather(*(_talk(client, questions[n:] + questions[:n], share) for n in range(clients)))
        seconds = time.perf_counter() - started
    finally:
        await client.close()
    return alone, [second for one in crowd for second in one], seconds


async def _talk(client: HttpClient, questions: Sequence[str], turns: int) -> list[float]:
    """Two turns to a conversation, as people have them; only the turns are timed."""
    times = []
    talk = await client.begin(DEFAULT_DAY)
    for number in range(turns):
        if number % 2 == 0:
            talk = await client.begin(DEFAULT_DAY)
        times.append((await talk.say(questions[number % len(questions)])).seconds)
    return times
