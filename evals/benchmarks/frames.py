"""Whether a question is answered alike whatever people put around it, or say for its everyday words (`frames.yaml`).

Questions of the suites that pass as they stand are put again with something before them, after them, or with a stretch
said otherwise, by lot, and judged by the same gold. The words around them were written without sight of the assistant.
"""

import argparse
import asyncio
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from evals.cases import QuestionCase, load_suites, suite_names, with_sound_gold
from evals.clients import Client, open_client
from evals.contract import Catalogue
from evals.runner import judge

WORDS = Path(__file__).parent / "frames.yaml"
_END = "？?。！!～~ "
_MOST_SHOWN = 8
_LABELS = {"before": "前面加话", "after": "后面加话", "reworded": "换个说法"}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench frames", description=__doc__)
    parser.add_argument("--count", type=int, default=600, metavar="N", help="questions of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--suite", action="append", metavar="NAME", help="only questions of this suite; repeatable")
    given = parser.parse_args(argv)
    asyncio.run(_run(given, Console(highlight=False)))
    return 0


async def _run(given: argparse.Namespace, console: Console) -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    client = open_client(None)
    catalogue = await client.catalogue()
    suites = [with_sound_gold(suite, catalogue) for suite in load_suites(given.suite or suite_names())]
    cases = [(suite.name, case) for suite in suites for case in suite.cases if isinstance(case, QuestionCase)]
    random.Random(given.seed).shuffle(cases)
    table = Table(title=f"每种 {given.count} 题，都是原样能答对的", title_justify="left")
    for heading in ("", "照样答对", "答不对的（前几句，封存的不显示）"):
        table.add_column(heading)
    for kind, framed in framings(words, random.Random(given.seed)).items():
        kept, lost = await _judged(cases, framed, given.count, client, catalogue)
        shown = [case.turns[-1] for case in lost if case.split == "work"]
        asked = kept + len(lost)
        table.add_row(_LABELS[kind], f"{kept}/{asked} {kept / max(asked, 1):.1%}", "\n".join(shown[:_MOST_SHOWN]))
    console.print(table)


async def _judged(
    cases: Sequence[tuple[str, QuestionCase]],
    framed: Callable[[str], str],
    count: int,
    client: Client,
    catalogue: Catalogue,
) -> tuple[int, list[QuestionCase]]:
    """How many questions are answered alike, and those that are not, as they were put."""
    kept = 0
    lost: list[QuestionCase] = []
    for suite, case, put in _put_otherwise(cases, framed):
        if kept + len(lost) == count:
            break
        if not (await judge(case, suite, client, catalogue)).passed:
            continue
        if (await judge(put, suite, client, catalogue)).passed:
            kept += 1
        else:
            lost.append(put)
    return kept, lost


def _put_otherwise(
    cases: Sequence[tuple[str, QuestionCase]], framed: Callable[[str], str]
) -> Iterator[tuple[str, QuestionCase, QuestionCase]]:
    for suite, case in cases:
        *before, last = case.turns
        if (put := framed(last)) != last:
            yield suite, case, case.model_copy(update={"turns": (*before, put)})


def framings(words: Mapping[str, Any], lots: random.Random) -> Mapping[str, Callable[[str], str]]:
    """How a question is put otherwise, by kind; a text that has no stretch to be said otherwise stays as it is."""

    def before(text: str) -> str:
        return f"{lots.choice(words['before'])}{text}"

    def after(text: str) -> str:
        return f"{text.rstrip(_END)}{lots.choice(words['after'])}"

    def reworded(text: str) -> str:
        fitting = [row for row in words["reworded"] if row["from"] in text]
        row = lots.choice(fitting) if fitting else {"from": "", "to": ""}
        return text.replace(str(row["from"]), str(row["to"]), 1)

    return {"before": before, "after": after, "reworded": reworded}
