"""Whether a question is answered alike whatever people put around it, say for its everyday words, or talked of before.

Questions of the suites that pass as they stand are put again with something before them, after them, or with a stretch
said otherwise (`frames.yaml`, written without sight of the assistant), after another question, after what the firm is,
and after both without the city, by lot; the gold stays the same.
"""

import argparse
import asyncio
import random
import re
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
from knowledge.regions import served_cities

WORDS = Path(__file__).parent / "frames.yaml"
_END = "？?。！!～~ "
_MOST_SHOWN = 8
_LABELS = {
    "before": "前面加话",
    "after": "后面加话",
    "reworded": "换个说法",
    "amid": "先问过别的",
    "told": "先说了企业",
    "cityless": "都说过，不再说城市",
}
_CITIES = "|".join(city.name for city in served_cities().values())
_CITY = re.compile(_CITIES)
_OF_A_CITY = re.compile(rf"^(?:{_CITIES})市?(?:的|这边)?[，,\s]*(?=.{{5}})")
_OF_ONESELF = re.compile("我|咱|俺")


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
    others = [case.turns[0] for _, case in cases if len(case.turns) == 1 and _CITY.search(case.turns[0])]
    for kind, framed in framings(words, others, random.Random(given.seed)).items():
        kept, lost = await _judged(cases, framed, given.count, client, catalogue)
        shown = [" / ".join(case.turns) for case in lost if case.split == "work"]
        asked = kept + len(lost)
        table.add_row(_LABELS[kind], f"{kept}/{asked} {kept / max(asked, 1):.1%}", "\n".join(shown[:_MOST_SHOWN]))
    console.print(table)


async def _judged(
    cases: Sequence[tuple[str, QuestionCase]],
    framed: "Framing",
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
    cases: Sequence[tuple[str, QuestionCase]], framed: "Framing"
) -> Iterator[tuple[str, QuestionCase, QuestionCase]]:
    for suite, case in cases:
        if (put := framed(case.turns)) != case.turns:
            yield suite, case, case.model_copy(update={"turns": put})


Turns = tuple[str, ...]
Framing = Callable[[Turns], Turns]


def framings(words: Mapping[str, Any], others: Sequence[str], lots: random.Random) -> Mapping[str, Framing]:
    """How a question is put otherwise, by kind; turns to which a kind cannot be done stay as they are.

    `others` are questions that may have been put before, each with a city in it.
    """

    def before(turns: Turns) -> Turns:
        return (*turns[:-1], f"{lots.choice(words['before'])}{turns[-1]}")

    def after(turns: Turns) -> Turns:
        return (*turns[:-1], f"{turns[-1].rstrip(_END)}{lots.choice(words['after'])}")

    def reworded(turns: Turns) -> Turns:
        fitting = [row for row in words["reworded"] if row["from"] in turns[-1]]
        row = lots.choice(fitting) if fitting else {"from": "", "to": ""}
        return (*turns[:-1], turns[-1].replace(str(row["from"]), str(row["to"]), 1))

    def amid(turns: Turns) -> Turns:
        return (lots.choice(others), *turns) if _names_its_city(turns) else turns

    def told(turns: Turns) -> Turns:
        return (f"我们是{_city_of(turns)}的企业", *turns) if _names_its_city(turns) else turns

    def cityless(turns: Turns) -> Turns:
        bare = _OF_A_CITY.sub("", turns[-1])
        here = [other for other in others if set(_CITY.findall(other)) == {_city_of(turns)}]
        if not _names_its_city(turns) or bare == turns[-1] or not here:
            return turns
        return (f"我们是{_city_of(turns)}的企业", lots.choice(here), bare)

    kinds = (before, after, reworded, amid, told, cityless)
    return {kind.__name__: kind for kind in kinds}


def _names_its_city(turns: Turns) -> bool:
    """Whether a question stands by itself, names one city and speaks of no firm."""
    return len(turns) == 1 and len(set(_CITY.findall(turns[0]))) == 1 and not _OF_ONESELF.search(turns[0])


def _city_of(turns: Turns) -> str:
    found = _CITY.search(turns[-1])
    return found.group() if found else ""
