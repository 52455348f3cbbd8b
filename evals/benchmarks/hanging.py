"""A model that never answers, or begins late, asked a hundred times at once through a running server.

Everybody has to see something within seconds and the whole answer within the budget, and nothing may be left over.
"""

import argparse
import asyncio
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from evals.benchmarks.server import server_at
from evals.intervals import percentile
from evals.model_answers import honest
from evals.model_server import FakeModelServer, Scripted

GOAL_SEEN_S, GOAL_ANSWERED_S = 3.0, 25.0
# One that is put into words, and one that the rules do not understand: the model would write, and would hear.
_ASKED = ("南京小巨人奖多少钱，什么时候截止", "我们的货柜每个月都发往汉堡")
_NEVER, _LATE = 3600.0, 15.0
_SETTLED_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds until something was to be seen, and until the answer was whole; `is_whole` whether it came."""

    seen: float
    answered: float
    is_whole: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if somebody saw nothing in time, got no answer in time, or a connection was left open."""
    parser = argparse.ArgumentParser(prog="python -m evals bench hanging", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="每种模型同时问多少次（默认 100）")
    given = parser.parse_args(argv)
    return asyncio.run(_run(given.times, Console(highlight=False)))


async def _run(times: int, console: Console) -> int:
    table = Table("模型", "次", "没答全", "看到 p99", "最慢 s", "答完 p99", "最慢 s", "余下连接")
    good = True
    for name, late in (("不作声", _NEVER), ("很晚才开口", _LATE)):
        waited, left = await _ask(times, late)
        lost = sum(not one.is_whole for one in waited)
        seen, answered = [one.seen for one in waited], [one.answered for one in waited]
        figures = (percentile(seen, 0.99), max(seen), percentile(answered, 0.99), max(answered))
        table.add_row(name, str(len(waited)), str(lost), *(f"{figure:.1f}" for figure in figures), str(left))
        good = good and not lost and left <= 0 and figures[1] <= GOAL_SEEN_S and figures[2] <= GOAL_ANSWERED_S
    console.print(table)
    return 0 if good else 1


async def _ask(times: int, late: float) -> tuple[list[Waited], int]:
    """What everybody waited for, and how many more connections the server holds afterwards than before."""

    def answer(request: dict[str, object]) -> Scripted:
        said = honest(request)
        return Scripted(said.content, headers={"Connection": "close"}, delay=late, pace=0.2)

    with FakeModelServer(answer=answer) as fake:
        more = {"OPENAI_BASE_URL": fake.base_url, "OPENAI_MODEL": "hanging", "OPENAI_API_KEY": "none"}
        with server_at(more={**more, "NO_PROXY": "127.0.0.1"}) as server:
            assert server.pid is not None
            before = _sockets(server.pid)
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
            async with httpx.AsyncClient(
                base_url=server.base_url, timeout=60, limits=limits, trust_env=False
            ) as client:
                talks = [(await client.post("/api/v1/conversations", json={})).json() for _ in range(times)]
                asked = (_one(client, talk, _ASKED[n % len(_ASKED)]) for n, talk in enumerate(talks))
                waited = await asyncio.gather(*asked)
            until = time.monotonic() + _SETTLED_WITHIN_S
            while (left := _sockets(server.pid) - before) > 0 and time.monotonic() < until:
                await asyncio.sleep(0.2)
            return waited, left


async def _one(client: httpx.AsyncClient, talk: dict[str, str], text: str) -> Waited:
    begun, seen, is_whole = time.perf_counter(), None, False
    headers = {"Authorization": f"Bearer {talk['token']}", "Accept": "text/event-stream"}
    async with client.stream(
        "POST", f"/api/v1/conversations/{talk['id']}/messages", json={"text": text}, headers=headers
    ) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("event:"):
                seen = seen or time.perf_counter()
                is_whole = is_whole or line.endswith("reply")
    ended = time.perf_counter()
    return Waited((seen or ended) - begun, ended - begun, is_whole)


def _sockets(pid: int) -> int:
    """The sockets that a process holds open (Linux)."""
    found = 0
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found += stat.S_ISSOCK(os.stat(descriptor).st_mode)
        except OSError:  # closed meanwhile
            continue
    return found
