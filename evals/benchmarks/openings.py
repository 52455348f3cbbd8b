"""How ordinary first messages are met, composed of places, trades, sizes and wishes by lot (`openings.yaml`).

Who wishes for whatever there is has to be told all there is, whatever the firm makes; who wishes for a thing has to be
told something of it, or that nothing is found of it, and not only all there is.
"""

import argparse
import asyncio
import random
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from chains.assistant import Assistant, Turn
from chains.bootstrap import build_assistant
from evals.cases import DEFAULT_DAY

WORDS = Path(__file__).parent / "openings.yaml"
# How the replies begin that say of a wish what comes near it, or that nothing does.
_SAID_OF_THE_WISH = "”，我在"
_MOST_SHOWN = 10


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench openings", description=__doc__)
    parser.add_argument("--count", type=int, default=600, metavar="N", help="messages of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, metavar="DATE")
    given = parser.parse_args(argv)
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    assistant = build_assistant()
    table = Table(title=f"每类 {given.count} 句开场白", title_justify="left")
    for heading in ("", "接住了", "没有接住的（前几句）"):
        table.add_column(heading)
    for kind, label in (("at_large", "问能拿什么"), ("named", "想办一件事")):
        messages = compose(words, kind, given.count, given.seed)
        lost = asyncio.run(lost_of(assistant, messages, kind, given.as_of))
        met = len(messages) - len(lost)
        table.add_row(label, f"{met}/{len(messages)} {met / len(messages):.1%}", "\n".join(lost[:_MOST_SHOWN]))
    Console(highlight=False).print(table)
    return 0


def compose(words: dict[str, Any], kind: str, count: int, seed: int) -> list[str]:
    """So many first messages of a kind, the same for the same seed; every firm in its turn."""
    lots, firms, wishes = random.Random(seed), [*chain(*words["firms"])], [*chain(*words[kind])]
    messages = []
    for i in range(count):
        beside, form = lots.choice(words["besides"]), lots.choice(words["forms"])
        beside = beside if not beside or "{firm} {beside}" in form else f"，{beside}"
        place, wish = lots.choice(words["places"]), lots.choice(wishes)
        messages.append(form.format(place=place, firm=firms[i % len(firms)], beside=beside, wish=wish))
    return messages


async def lost_of(assistant: Assistant, messages: Sequence[str], kind: str, as_of: date) -> list[str]:
    """The messages of a kind that are not met."""
    turns = [(message, await assistant.answer(assistant.begin(as_of), message)) for message in messages]
    return [message for message, turn in turns if not (_told_all(turn) if kind == "at_large" else _told_of_it(turn))]


def _told_all(turn: Turn) -> bool:
    return turn.conversation.broad and len(turn.reply.findings) > 1


def _told_of_it(turn: Turn) -> bool:
    return not turn.conversation.broad or _SAID_OF_THE_WISH in turn.reply.text
