"""Whether what people ask on of a support just told, without naming it, is answered of that support.

A support is asked for by its title or a lay name, then something is asked on in words of `asked_on.yaml`, written
without sight of the assistant: of the same support, or of another city. Right is a reply that cites the support's own
provision and no other (for another city: provisions of supports there that share a matter with it, or none where there
are none), names an office where one is asked for, and takes nothing for others' business or for unclear.
"""

import argparse
import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from chains.reply import Reply
from evals.cases import DEFAULT_DAY
from knowledge.regions import city_name, served_cities
from knowledge.support import Support

WORDS = Path(__file__).parent / "asked_on.yaml"
_LABELS = {"asked_on": "接着问", "elsewhere": "换个城市问"}
_OF_OFFICES = {"department", "lead"}
# What is asked of the document itself need cite nothing of the support; a gap where nothing is missing has no clause.
_OF_THE_DOCUMENT = {"until", "source"}
_LOST = {"outside", "unclear", "hostile"}
_WHOLE = {"0", "end"}
_MOST_SHOWN = 12

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put: a support in a first message, and what is asked on in a second."""

    support: Support
    first: str
    matter: str
    city: str
    second: str


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench asked_on", description=__doc__)
    parser.add_argument("--count", type=int, default=400, metavar="N", help="talks of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--as-of", type=date.fromisoformat, default=DEFAULT_DAY, metavar="DATE")
    given = parser.parse_args(argv)
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    assistant = build_assistant()
    table = Table(title=f"每种 {given.count} 段对话", title_justify="left")
    for heading in ("", "答对了", "没答对的（前几段）"):
        table.add_column(heading)
    for kind, label in _LABELS.items():
        put = compose(assistant, words[kind], given.count, given.seed)
        lost, asked = asyncio.run(lost_of(assistant, put, given.as_of))
        met = asked - len(lost)
        shown = "\n".join(f"{talk.first} / {talk.second}" for talk in lost[:_MOST_SHOWN])
        table.add_row(label, f"{met}/{asked} {met / max(asked, 1):.1%}", shown)
    Console(highlight=False).print(table)
    return 0


def compose(assistant: Assistant, words: Mapping[str, Sequence[str]], count: int, seed: int) -> list[Asked]:
    """So many talks, the same for the same seed."""
    lots, library = random.Random(seed), assistant.library
    supports = list(library.supports.values())
    talks = []
    for _ in range(count):
        support, matter = lots.choice(supports), lots.choice(list(words))
        own = library.document(support.id).city
        city = lots.choice([name for name in served_cities() if name != own])
        said = lots.choice(words[matter])
        first = f"{city_name(own)}的{lots.choice([support.title, *support.aliases])}"
        there = "{city}" in said
        talks.append(Asked(support, first, matter, city if there else own, said.replace("{city}", city_name(city))))
    return talks


async def lost_of(assistant: Assistant, talks: Sequence[Asked], as_of: date) -> tuple[list[Asked], int]:
    """The talks whose second message is not answered, and of how many: those whose first one told of the support."""
    lost, asked = [], 0
    for talk in talks:
        first = await assistant.answer(assistant.begin(as_of), talk.first)
        own = (assistant.library.document(talk.support.id).id, talk.support.provision)
        if _places(first.reply) != {own}:
            continue
        asked += 1
        second = await assistant.answer(first.conversation, talk.second)
        lost += [] if _is_answered(assistant, talk, own, second.reply) else [talk]
    return lost, asked


def _is_answered(assistant: Assistant, talk: Asked, own: Place, reply: Reply) -> bool:
    cited = _places(reply)
    if reply.outcome in _LOST:
        return False
    if assistant.library.documents[own[0]].city != talk.city:
        there = {place for place in cited if assistant.library.documents[place[0]].city == talk.city}
        like = _like(assistant, talk)
        return there <= like and bool(there or not like or talk.matter in _OF_THE_DOCUMENT)
    told = reply.text + "".join(citation.quote for citation in reply.citations)
    offices = talk.support.departments if talk.matter in _OF_OFFICES else ()
    held = own in cited or talk.matter in _OF_THE_DOCUMENT or reply.outcome == "gap"
    return cited <= {own} and held and (not offices or any(office in told for office in offices))


def _like(assistant: Assistant, talk: Asked) -> set[Place]:
    """Where another city has something that shares a matter with a support."""
    library = assistant.library
    found = (
        (library.document(support.id), support)
        for support in library.supports.values()
        if set(support.matters) & set(talk.support.matters)
    )
    return {(document.id, support.provision) for document, support in found if document.city == talk.city}


def _places(reply: Reply) -> set[Place]:
    """The provisions that a reply cites, what is of the document as a whole left aside."""
    return {(c.document_id, c.provision) for c in reply.citations if c.provision not in _WHOLE}
