"""Whether what no document answers is declined, and what one answers in everyday words is not.

Single messages of `declined.yaml`, by a stranger who had read the documents and not the assistant. A quarter of those
that no document answers use the documents' own words. Nothing is learnt from them.
"""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from evals.cases import DEFAULT_DAY

WORDS = Path(__file__).parent / "declined.yaml"
_LABELS = {"outside": "该谢绝、谢绝了", "inside": "该回答、回答了"}
_DECLINES = "outside"
_MOST_SHOWN = 12


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench declined", description=__doc__)
    parser.add_argument("--each", type=int, default=None, metavar="N", help="at most so many messages of each topic")
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, metavar="DATE")
    given = parser.parse_args(argv)
    words: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    assistant = build_assistant()
    table = Table(title="生人写的单句", title_justify="left")
    for heading in ("", "对的", "错的（前几句）"):
        table.add_column(heading)
    for kind, label in _LABELS.items():
        put = [message for messages in words[kind].values() for message in messages[: given.each]]
        lost = asyncio.run(lost_of(assistant, put, given.as_of, declines=kind == _DECLINES))
        met = len(put) - len(lost)
        table.add_row(label, f"{met}/{len(put)} {met / max(len(put), 1):.1%}", "\n".join(lost[:_MOST_SHOWN]))
    Console(highlight=False).print(table)
    return 0


async def lost_of(assistant: Assistant, messages: Sequence[str], as_of: date, *, declines: bool) -> list[str]:
    """The messages that are not declined, or answered, as they should be; each begins a conversation."""
    lost = []
    for message in messages:
        turn = await assistant.answer(assistant.begin(as_of), message)
        if turn.reply.abstained is not declines:
            lost.append(message)
    return lost
