"""How many questions our interview asks, beside the best that could be done on the enterprises of the suites."""

import argparse
import time
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table

from chains.bootstrap import CORPUS
from evals.cases import DEFAULT_DAY, SUITES, DialogueCase, load_suite, suite_names
from evals.intervals import mean
from evals.optimal import Facts, Goal, Interview, TooLarge, best_policy, facts_of, floor
from knowledge.library import Library, load_library


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench interview", description=__doc__)
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, metavar="DATE")
    given = parser.parse_args(argv)
    console = Console(highlight=False)
    library = load_library(CORPUS)
    cases = [case for name in suite_names() for case in load_suite(SUITES / name).cases]
    enterprises = facts_of(cases)
    console.print(_by_goal(library, enterprises, given.as_of))
    console.print(_by_dialogue(library, [case for case in cases if isinstance(case, DialogueCase)]))
    return 0


def _by_goal(library: Library, enterprises: Sequence[Facts], as_of: date) -> Table:
    table = Table(title=f"从零开始问，{len(enterprises)} 家企业平均", title_justify="left")
    for heading in ("目标", "全知下限", "最优策略", "我们", "我们 ÷ 最优", "秒"):
        table.add_column(heading, justify="left" if heading == "目标" else "right")
    headline = [name for name, support in library.supports.items() if support.headline]
    goals: dict[str, tuple[str, ...]] = {name: (name,) for name in headline}
    for city in dict.fromkeys(document.city for document in library.documents.values()):
        of_city = tuple(name for name in headline if library.document(name).city == city)
        if len(of_city) > 1:
            goals[f"{city} 全部 {len(of_city)} 项"] = of_city
    sums = [0.0, 0.0]
    for title, supports in goals.items():
        started = time.perf_counter()
        goal = Goal(library, supports, as_of)
        least = mean([floor(goal, facts) for facts in enterprises])
        ours = mean([Interview(goal, facts).count() for facts in enterprises])
        try:
            best = best_policy(goal, enterprises)
        except TooLarge:
            best = 0.0
        if best:
            sums = [sums[0] + best, sums[1] + ours]
        shown = [f"{best:.2f}", f"{ours:.2f}", f"{ours / best:.2f}"] if best else ["太大", f"{ours:.2f}", "—"]
        table.add_row(title, f"{least:.2f}", *shown, f"{time.perf_counter() - started:.1f}")
    table.add_section()
    table.add_row("合计", "", f"{sums[0]:.2f}", f"{sums[1]:.2f}", f"{sums[1] / sums[0]:.3f}" if sums[0] else "—", "")
    return table


def _by_dialogue(library: Library, cases: Sequence[DialogueCase]) -> Table:
    table = Table(title="各对话：开口之后还要问几次", title_justify="left")
    for heading in ("对话", "所列下限", "算出的下限", "我们", "问了"):
        table.add_column(heading, justify="right" if heading in ("所列下限", "算出的下限", "我们") else "left")
    for case in cases:
        if not set(case.goal) <= set(library.supports):
            continue
        goal = Goal(library, case.goal, case.as_of)
        facts = {slot: value for slot, value in case.facts.items() if value != "unknown"}
        told = frozenset({*case.stated, *case.derivable})
        interview = Interview(goal, facts, told)
        count, least = interview.count(), floor(goal, facts, told)
        style = "yellow" if least != case.floor else ""
        table.add_row(case.id, str(case.floor), str(least), str(count), "、".join(interview.asked), style=style)
    return table
