"""Takes a document in and tells what was found, what is uncertain and what to do next. Decides nothing itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.clock import Clock, today
from chains.prompting import read_data
from knowledge.intake.limits import LIMITS, Refusal, Refused
from knowledge.regions import city_name, served_cities
from knowledge.written import TODO

if TYPE_CHECKING:
    from knowledge.ingest import Draft


class Intake:
    """Where documents come in: files by their bytes, addresses by the list of hosts."""

    def __init__(self, corpus: Path, hosts: Sequence[str], clock: Clock) -> None:
        self._corpus = corpus
        self._hosts = tuple(hosts)
        self._clock = clock

    def take(self, source: str) -> "Draft":
        """The draft of a file or an address. Raises Refused, or OSError for a file that cannot be read."""
        if "://" in source:
            from knowledge.intake.address import fetch

            fetched = fetch(source, self._hosts)
            return self.take_bytes(fetched.name, fetched.data, fetched.address)
        path = Path(source)
        if path.stat().st_size > LIMITS.most_bytes:
            raise Refused(Refusal.TOO_LARGE, str(path.stat().st_size))
        return self.take_bytes(path.name, path.read_bytes(), path.name)

    def take_bytes(self, name: str, data: bytes, origin: str) -> "Draft":
        from knowledge.ingest import ingest

        taken = [folder.name for folder in self._corpus.iterdir() if folder.is_dir()]
        return ingest(name, data, origin=origin, received=today(self._clock), taken=taken)


def refusal_of(refused: Refused) -> str:
    """Why a document was not taken in, in one line."""
    return str(read_data("intake")["refused"][refused.why.value]).format(detail=refused.detail).strip()


def report(draft: "Draft", folder: str) -> Iterator[str]:
    """What was found, what is uncertain, and what to do next, line by line."""
    told = read_data("intake")
    words = told["report"]
    yield f"{folder}"
    for name, label in told["fields"].items():
        yield f"  {label}：{_field(name, draft.record.get(name), words)}"
    amounts = sum(row.amount is not None for row in draft.rows)
    yield words["rows"].format(provisions=len(draft.provisions), rows=len(draft.rows), amounts=amounts)
    bare = "、".join(f"{p.path} {p.heading}".strip() for p in draft.without_row)
    yield words["without_row"].format(paths=bare) if bare else words["every_row"]
    if draft.flags:
        yield words["flags"].format(count=len(draft.flags))
        for flag in draft.flags:
            yield f"  {told['flags'][flag.kind.value]}：“{flag.words}”"
    else:
        yield words["no_flags"]
    yield words["todos"].format(count=draft.todos)
    yield words["next"].format(folder=folder)


def _field(name: str, value: Any, words: dict[str, str]) -> str:
    if name == "draft":
        return words["yes" if value else "no"]
    if value is None:
        return words["not_found"]
    if isinstance(value, dict):
        day: date = value["date"]
        return f"{day.isoformat()}（{words['found']}：{value['quote']}）"
    if isinstance(value, list):
        return "、".join(value)
    if str(value).startswith(TODO):
        return words["decide"].format(left=str(value).removeprefix(TODO).strip())
    return city_name(value) if name == "jurisdiction" and value in served_cities() else str(value)
