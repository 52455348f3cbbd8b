"""Asks a person for marks at the terminal, one reply at a time. Shows nothing of what others gave."""

import argparse
import unicodedata
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from evals.exchanges import drawn, exchanges
from evals.marks import MARKS, Mark, Quality, read_marks
from evals.reports.report import read_run
from evals.results import add_line
from evals.run import OK

_QUESTIONS: Mapping[Quality, str] = {
    "helpful": "有用（答到点上、能照着做）1–5：",
    "plain": "好懂（不打官腔、手机上读得完）1–5：",
}
_KEYS = "请输入 1 到 5，5 最好；直接回车跳过这一条，q 结束。"


def mark_run(given: argparse.Namespace, console: Console) -> int:
    """Cases of the work split of a finished run, drawn from all groups alike; those already marked are left out."""
    _, results = read_run(given.folder)
    found = exchanges(results)
    done = {mark.case for mark in read_marks(given.folder, found) if mark.by == given.by}
    chosen = drawn((exchange for exchange in found if exchange.split == "work"), given.count, given.seed)
    left = [exchange for exchange in chosen if exchange.case not in done]
    console.print(f"共 {len(chosen)} 条，还有 {len(left)} 条没评。{_KEYS}")
    marked = 0
    for number, exchange in enumerate(left, start=1):
        console.rule(f"{number} / {len(left)}")
        console.print(exchange.said, markup=False)
        console.print(Panel(escape(exchange.reply), title="请评这条回复"))
        try:
            helpful = _score(console, "helpful")
            plain = _score(console, "plain") if helpful else None
        except (EOFError, KeyboardInterrupt):
            break
        if helpful and plain:
            mark = Mark(
                case=exchange.case, turn=exchange.turn, hash=exchange.hash, by=given.by, helpful=helpful, plain=plain
            )
            add_line(given.folder / MARKS, mark)
            marked += 1
    console.print(f"记下了 {marked} 条。看汇总：python -m evals report {given.folder}", markup=False)
    return OK


def _score(console: Console, quality: Quality) -> int | None:
    """None to pass the reply over. Raises EOFError to stop."""
    while True:
        typed = unicodedata.normalize("NFKC", console.input(_QUESTIONS[quality], markup=False)).strip().lower()
        if typed == "q":
            raise EOFError
        if not typed:
            return None
        if typed in ("1", "2", "3", "4", "5"):
            return int(typed)
        console.print(_KEYS)
