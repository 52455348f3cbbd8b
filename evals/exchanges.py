"""What is marked: the last reply of a case, with the conversation before it as the person saw it."""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from evals.cases import Split
from evals.results import CaseResult, TurnRecord

_KINDS = ("questions", "dialogues")


@dataclass(frozen=True, slots=True)
class Exchange:
    case: str
    group: str
    split: Split
    turn: int
    said: str
    reply: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.reply.encode()).hexdigest()[:12]


def exchanges(results: Iterable[CaseResult]) -> list[Exchange]:
    """Of every question and dialogue that was answered to its end, by id."""
    return sorted((found for result in results for found in _exchange(result)), key=lambda e: e.case)


def drawn(found: Iterable[Exchange], count: int, seed: int) -> list[Exchange]:
    """`count` of them, from all groups alike; the same seed draws the same."""
    groups: dict[str, list[Exchange]] = {}
    for exchange in found:
        groups.setdefault(exchange.group, []).append(exchange)
    chance = random.Random(seed)
    members = list(groups.values())
    chance.shuffle(members)
    for group in members:
        chance.shuffle(group)
    return [exchange for of_each in zip_longest(*members) for exchange in of_each if exchange is not None][:count]


def _exchange(result: CaseResult) -> Iterator[Exchange]:
    if result.kind not in _KINDS or result.error or not result.turns:
        return
    *before, last = result.turns
    if reply := _text(last).strip():
        yield Exchange(
            case=result.id,
            group=f"{result.kind}/{result.group}",
            split=result.split,
            turn=len(before),
            said="\n".join(_lines(before, last)),
            reply=reply,
        )


def _lines(before: Sequence[TurnRecord], last: TurnRecord) -> Iterator[str]:
    labels: dict[str, str] = {}
    for turn in (*before, last):
        tapped = "、".join(labels.get(choice, choice) for choice in turn.choices)
        yield "企业：" + turn.said + (f"〔{tapped}〕" if tapped else "")
        if turn is not last:
            yield f"助手：{_text(turn)}"
        question = (turn.reply or {}).get("question") or {}
        labels = {option["id"]: option["label"] for option in question.get("options", ())}


def _text(turn: TurnRecord) -> str:
    return str((turn.reply or {}).get("text", ""))
