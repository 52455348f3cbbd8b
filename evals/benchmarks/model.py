"""What a language model can do to the answers: the same cases without one, with an honest one, with each bad one.

The model is a fake on the loopback that speaks the real protocol; nothing here says how good a real one would be.
"""

import argparse
import asyncio
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from chains.aide import Aide
from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from chains.citation import markers
from chains.model.allowance import Allowance
from chains.model.claims import Evidence, fault_of
from chains.model.hearing import Ears
from chains.model.listener import Listener
from chains.model.llm import Endpoint, LanguageModel
from chains.model.writing import Writer, Written
from evals.cases import SUITES, AttackCase, Case, ProfileCase, load_suite
from evals.clients import InProcessClient
from evals.intervals import percentile
from evals.model_answers import MUTATIONS, honest, honest_sentences, is_writing, lying, mutations, sections
from evals.model_server import FakeModelServer, Scripted
from evals.results import CaseResult, TurnRecord
from evals.runner import judge

GOAL_CAUGHT, GOAL_SWAPPED, GOAL_FALSE_ALARMS, GOAL_OVERHEAD_MS = 0.995, 0.95, 0.01, 100.0
_SEED = 20261120
_FEWEST_LIES = 500
_MARKS = re.compile(r"(?:\[\d{1,2}\])+")

_HEAD = re.compile(r"^\*\*[^*]+\*\*：?")

Answer = Callable[[dict[str, Any]], Scripted]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 1 if a lie was shown, a verdict changed, a turn was not answered, or a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals bench model", description=__doc__)
    parser.add_argument("--suite", default="own", help="用哪个题集（默认 own）")
    parser.add_argument("--cases", type=int, default=150, help="每种模型跑多少个案例（默认 150）")
    given = parser.parse_args(argv)
    logging.getLogger("huiqi").setLevel(logging.CRITICAL)  # failing on purpose is no news
    return asyncio.run(_run(given.suite, given.cases, Console(highlight=False)))


@dataclass(slots=True)
class Spoken:
    """One answer that was put into words: what it was made of."""

    points: tuple[str, ...]
    evidence: Evidence


class _Recorder(Writer):
    """A writer that keeps what it was given."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__(model)
        self.spoken: list[Spoken] = []

    async def write(
        self,
        question: str,
        said: Sequence[str],
        points: Sequence[str],
        evidence: Evidence,
        allowance: Allowance,
        tell: Callable[[str], None],
    ) -> Written:
        self.spoken.append(Spoken(tuple(_HEAD.sub("", line) for line in (*said, *points)), evidence))
        return await super().write(question, said, points, evidence, allowance, tell)


@dataclass(slots=True)
class Ran:
    """How the cases went with one model."""

    name: str
    results: list[CaseResult]
    seconds: list[float] = field(default_factory=list)
    overhead: list[float] = field(default_factory=list)
    written: int = 0
    calls: int = 0
    shown_lies: list[str] = field(default_factory=list)

    @property
    def turns(self) -> int:
        return sum(len(result.turns) for result in self.results)


class _Timed(Assistant):
    """An assistant that notes how soon something was to be seen, and what a turn took beyond the model's own time."""

    def watch(self, ran: Ran, lies: set[str]) -> None:
        self._ran, self._lies = ran, lies

    async def answer(self, *given: Any, **more: Any) -> Any:
        listener, begun = _First(), time.perf_counter()
        turn: Any = await super().answer(*given, **{**more, "listener": listener})
        took = time.perf_counter() - begun
        calls: list[dict[str, Any]] = turn.trace["model"]
        self._ran.seconds.append((listener.first or time.perf_counter()) - begun)
        if calls:
            self._ran.overhead.append(took - sum(call["seconds"] for call in calls))
            self._ran.calls += len(calls)
        self._ran.written += any(call["purpose"] == "write" and not call["error"] for call in calls)
        shown = {_bare(line) for line in turn.reply.text.split("\n")}
        self._ran.shown_lies += sorted(shown & self._lies)
        return turn


class _First(Listener):
    def __init__(self) -> None:
        super().__init__()
        self.first: float | None = None

    def tell(self, text: str) -> None:
        self.first = self.first or time.perf_counter()


def _bare(line: str) -> str:
    return _MARKS.sub("", line).strip(" 。；")


async def _run(suite: str, count: int, console: Console) -> int:
    base = build_assistant()
    cases = [c for c in load_suite(SUITES / suite).cases if not isinstance(c, ProfileCase | AttackCase)]
    chosen = random.Random(_SEED).sample(cases, min(count, len(cases)))
    off = await _with(base, None, "没有模型", chosen)
    recorder = await _recorded(base, chosen)
    runs = [off]
    for name, answer, seconds in _models():
        runs.append(await _with(base, answer, name, chosen if seconds > 5 else chosen[:20], seconds))
    good = _print_runs(console, runs, off)
    return 0 if _print_sentences(console, recorder) and good else 1


def _models() -> list[tuple[str, Answer, float]]:
    """Each way in which a model may answer, and how long a turn waits for it."""
    return [
        ("诚实", honest, 20),
        ("每句都说谎", lying(_SEED), 20),
        ("500", lambda _: Scripted(status=500), 20),
        ("429", lambda _: Scripted(status=429, headers={"Retry-After": "30"}), 20),
        ("401", lambda _: Scripted(status=401), 20),
        ("空答", lambda _: Scripted(""), 20),
        ("不成 JSON", lambda _: Scripted(body="null"), 20),
        ("20 万字", lambda _: Scripted("好" * 200_000), 20),
        ("中途断开", lambda request: _cut(honest(request)), 20),
        ("先想后答", lambda request: _thinking(honest(request)), 20),
        ("背出要求", lambda request: Scripted(str(request["messages"][0]["content"])), 20),
        ("不作声", lambda _: Scripted(delay=5), 0.5),
    ]


def _cut(answer: Scripted) -> Scripted:
    content = answer.content or ""
    return Scripted(content, cut=len(content.encode()) * 2 // 3)


def _thinking(answer: Scripted) -> Scripted:
    return Scripted(f"<think>大概能拿100万元吧。[1]</think>{answer.content}")


async def _recorded(base: Assistant, cases: Sequence[Case]) -> _Recorder:
    with FakeModelServer(answer=honest) as server:
        model = LanguageModel(Endpoint("fake", server.base_url))
        assistant = _Timed(base.library, base.finder, model)
        assistant.watch(Ran("", []), set())
        recorder = _Recorder(model)
        assistant.aide = Aide(recorder, Ears(model))
        await _all(assistant, cases)
        await model.close()
    return recorder


async def _with(base: Assistant, answer: Answer | None, name: str, cases: Sequence[Case], seconds: float = 20) -> Ran:
    lies: set[str] = set()

    def remembered(request: dict[str, Any]) -> Scripted:
        assert answer is not None
        made = answer(request)
        if name == "每句都说谎" and is_writing(request):
            known = {_bare(p) for p in sections(request)["points"].split("\n")}
            lies.update({_bare(line) for line in (made.content or "").removeprefix("【答】").split("\n")} - known)
        return made

    ran = Ran(name, [])
    with FakeModelServer(answer=remembered) as server:
        model = LanguageModel(Endpoint("fake", server.base_url)) if answer else None
        if model:
            model.load()
        assistant = _Timed(base.library, base.finder, model, model_seconds=seconds)
        assistant.watch(ran, lies)
        ran.results = await _all(assistant, cases)
        if model:
            await model.close()
    return ran


async def _all(assistant: Assistant, cases: Sequence[Case]) -> list[CaseResult]:
    client = InProcessClient(assistant)
    catalogue = await client.catalogue()
    return [await judge(case, "", client, catalogue) for case in cases]


def _verdicts(result: CaseResult) -> list[Any]:
    return [[(f["support_id"], f["status"]) for f in _findings(turn)] for turn in result.turns]


def _findings(turn: TurnRecord) -> list[Mapping[str, Any]]:
    return list(turn.reply["findings"]) if turn.reply else []


def _print_runs(console: Console, runs: Sequence[Ran], off: Ran) -> bool:
    table = Table("模型", "轮", "没答", "判定变了", "谎话", "调用", "写成", "首句 p95 ms", "额外 p95 ms", "通过")
    good = True
    told = {result.id: _verdicts(result) for result in off.results}
    for ran in runs:
        errors = sum(bool(result.error) for result in ran.results)
        changed = sum(_verdicts(result) != told[result.id] for result in ran.results)
        overhead = percentile(ran.overhead, 0.95) * 1000 if ran.overhead else 0.0
        passed = sum(result.passed for result in ran.results)
        row = (ran.turns, errors, changed, len(ran.shown_lies), ran.calls, ran.written)
        first = percentile(ran.seconds, 0.95) * 1000
        table.add_row(ran.name, *map(str, row), f"{first:.0f}", f"{overhead:.0f}", f"{passed}/{len(ran.results)}")
        good = good and not errors and not changed and not ran.shown_lies and overhead <= GOAL_OVERHEAD_MS
    console.print(table)
    for ran in runs:
        for lie in ran.shown_lies[:20]:
            console.print(f"  说出口的谎话（{ran.name}）：{lie}", markup=False)
    return good


def _print_sentences(console: Console, recorder: _Recorder) -> bool:
    """How many honest sentences pass, and how many lies made of them are caught, by kind."""
    alarms: list[tuple[str, str]] = []
    told: Counter[str] = Counter()
    missed: dict[str, list[str]] = {kind: [] for kind in (*MUTATIONS, "swapped")}
    honest_count, seen, draw = 0, set[str](), random.Random(_SEED)
    for n, spoken in enumerate(recorder.spoken):
        data = {"points": "\n".join(spoken.points)}
        for sentence in honest_sentences(data):
            if sentence in seen:
                continue
            seen.add(sentence)
            honest_count += 1
            if fault := fault_of(sentence, spoken.evidence):
                alarms.append((sentence, fault))
                continue
            for kind, lie in mutations([sentence], _SEED + n):
                told[kind] += 1
                if fault_of(lie, spoken.evidence) is None:
                    missed[kind].append(lie)
            others = set(spoken.evidence.citations) - set(markers(sentence))
            if others:
                told["swapped"] += 1
                lie = _MARKS.sub(f"[{draw.choice(sorted(others))}]", sentence)
                if fault_of(lie, spoken.evidence) is None:
                    missed["swapped"].append(lie)
    table = Table("改法", "句数", "拦下", "比例")
    for kind, count in told.items():
        caught = count - len(missed[kind])
        table.add_row(kind, str(count), str(caught), f"{caught / count:.1%}")
    console.print(table)
    for kind, lies in missed.items():
        for lie in lies[:6]:
            console.print(f"  漏掉（{kind}）：{lie}", markup=False)
    for sentence, fault in alarms[:15]:
        console.print(f"  误拦（{fault}）：{sentence}", markup=False)
    total = sum(told.values()) - told["swapped"]
    lost = sum(len(lies) for kind, lies in missed.items() if kind != "swapped")
    share = 1 - lost / max(total, 1)
    swapped = 1 - len(missed["swapped"]) / max(told["swapped"], 1)
    false = len(alarms) / max(honest_count, 1)
    console.print(f"改过的句子 {total} 句，拦下 {share:.2%}（目标 ≥ {GOAL_CAUGHT:.1%}）", end="；")
    console.print(f"换了出处的 {told['swapped']} 句，拦下 {swapped:.2%}（目标 ≥ {GOAL_SWAPPED:.0%}）", end="；")
    console.print(f"没改的 {honest_count} 句，误拦 {false:.2%}（目标 ≤ {GOAL_FALSE_ALARMS:.0%}）")
    return total >= _FEWEST_LIES and share >= GOAL_CAUGHT and swapped >= GOAL_SWAPPED and false <= GOAL_FALSE_ALARMS
