"""How many questions in words that the corpus does not use are answered from the right provision.

`wordings.jsonl` holds a question a line, with the row that it was written to; none of them is a known question. With
`--half-known` one half is indexed like those, and the other half asked: what more known questions would gain.
"""

import argparse
import asyncio
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from chains.assistant import Assistant
from chains.bootstrap import CORPUS, build_assistant
from chains.finding.entries import Entry
from chains.prompting import wording
from evals.cases import DEFAULT_DAY
from knowledge.regions import city_name

ASKED = Path(__file__).parent / "wordings.jsonl"
Row = Mapping[str, str]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench wordings", description=__doc__)
    parser.add_argument("--half-known", action="store_true")
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, metavar="DATE")
    given = parser.parse_args(argv)
    rows = [json.loads(line) for line in ASKED.read_text(encoding="utf-8").splitlines()]
    table = Table(title=f"{len(rows)} 个语料里没有的说法，带上城市名来问", title_justify="left")
    for heading in ("", "答对条款", "（最接近）", "别的条款", "（最接近）", "没有引用"):
        table.add_column(heading, justify="left" if not heading else "right")
    assistant = build_assistant()
    if given.half_known:
        table.add_row("另一半不收录", *_told(assistant, rows[1::2], given.as_of))
        with tempfile.TemporaryDirectory() as folder:
            corpus = _with_known(Path(folder) / "corpus", rows[::2])
            table.add_row("另一半也收录", *_told(build_assistant(corpus=corpus), rows[1::2], given.as_of))
    else:
        table.add_row("现在", *_told(assistant, rows, given.as_of))
    Console(highlight=False).print(table)
    return 0


def _told(assistant: Assistant, rows: Sequence[Row], as_of: date) -> list[str]:
    counted = asyncio.run(_ask(assistant, rows, as_of))
    right, wrong = counted["right"] + counted["right as nearest"], counted["wrong"] + counted["wrong as nearest"]
    share = f"{right}/{len(rows)} {right / len(rows):.1%}"
    return [share, str(counted["right as nearest"]), str(wrong), str(counted["wrong as nearest"]), str(counted["none"])]


async def _ask(assistant: Assistant, rows: Iterable[Row], as_of: date) -> Counter[str]:
    counted = Counter[str]()
    for row in rows:
        entry = _entry(assistant, row)
        city = city_name(entry.city)
        question = row["question"] if city in row["question"] else city + row["question"]
        reply = (await assistant.answer(assistant.begin(as_of), question)).reply
        cited = {(c.document_id, c.provision) for c in reply.citations}
        kind = "none" if not cited else "right" if (entry.document_id, entry.provision) in cited else "wrong"
        is_nearest = wording("silent.near", city=city) in reply.text
        counted[f"{kind} as nearest" if is_nearest else kind] += 1
    return counted


def _entry(assistant: Assistant, row: Row) -> Entry:
    """The entry that a question was written to; StopIteration names none: the line is stale."""
    if "support" in row:
        return assistant.finder.by_key[row["support"]]
    wanted = (row["document"], row["topic"], row["quote"])
    return next(e for e in assistant.finder.entries if (e.document_id, e.title, e.quote) == wanted)


def _with_known(corpus: Path, rows: Iterable[Row]) -> Path:
    """A copy of the corpus in which some questions are known questions as well."""
    shutil.copytree(CORPUS, corpus)
    added: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        added.setdefault((row["document"], row.get("support") or row["topic"] + row["quote"]), []).append(
            row["question"]
        )
    for file in corpus.glob("*/questions.yaml"):
        known = yaml.safe_load(file.read_text(encoding="utf-8"))
        for one in known:
            key = (file.parent.name, one.get("support") or one["topic"] + one["quote"])
            one["questions"] += added.get(key, [])
        file.write_text(yaml.safe_dump(known, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return corpus
