"""Why an answer deserves a look, and how urgently. Whether it is right is not decided here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from chains.prompting import read_data
from chains.reply import Reply

_SHOWN = 80
_IN_FORCE = "in_force"


class Flag(StrEnum):
    DROPPED = "dropped"
    DISAGREED = "disagreed"
    LAPSED = "lapsed"
    DISLIKED = "disliked"
    COMPLAINT = "complaint"
    HOSTILE = "hostile"
    ABSTAINED = "abstained"
    FAILED = "failed"
    HANDED_OVER = "handed_over"
    SAMPLED = "sampled"


# What a flag weighs in the queue. They add up: an answer with three reasons to look goes before one with two of them.
RISK: Mapping[Flag, int] = {
    Flag.DROPPED: 80,
    Flag.DISAGREED: 80,
    Flag.DISLIKED: 60,
    Flag.COMPLAINT: 60,
    Flag.FAILED: 50,
    Flag.LAPSED: 40,
    Flag.HANDED_OVER: 30,
    Flag.ABSTAINED: 25,
    Flag.HOSTILE: 20,
    Flag.SAMPLED: 10,
}


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag and what raised it, in a few words for staff; they may hold words of the person."""

    flag: Flag
    why: str = ""


def risk_of(raised: Iterable[Raised]) -> int:
    return sum(RISK[flag] for flag in {one.flag for one in raised})


def flags_of(asked: str, reply: Reply, trace: Mapping[str, Any]) -> tuple[Raised, ...]:
    """What an answered message raises by itself, the gravest first."""
    found = [Raised(Flag.DROPPED, _short(line)) for line in _pairs(trace.get("dropped"))]
    found += [Raised(Flag.DISAGREED, _short(str(line))) for line in trace.get("disagreements") or ()]
    if lapsed := _lapsed(reply):
        found.append(Raised(Flag.LAPSED, "、".join(lapsed)))
    if words := _complaint().search(asked):
        found.append(Raised(Flag.COMPLAINT, words[0]))
    for flag, holds in (
        (Flag.HANDED_OVER, reply.outcome == "handed_over"),
        (Flag.ABSTAINED, reply.abstained and reply.outcome != "hostile"),
        (Flag.HOSTILE, reply.outcome == "hostile"),
    ):
        if holds:
            found.append(Raised(flag))
    return tuple(found)


@cache
def _complaint() -> re.Pattern[str]:
    return re.compile(read_data("review")["complaint"])


def _lapsed(reply: Reply) -> Sequence[str]:
    touched = [(c.document_id, c.lifecycle) for c in reply.citations]
    touched += [(f.document_id, f.lifecycle) for f in reply.findings]
    return list(dict.fromkeys(document for document, lifecycle in touched if lifecycle != _IN_FORCE))


def _pairs(dropped: Any) -> Iterable[str]:
    return ["：".join(reversed([str(part) for part in pair])) for pair in dropped or ()]


def _short(given: str) -> str:
    return given if len(given) <= _SHOWN else given[: _SHOWN - 1] + "…"
