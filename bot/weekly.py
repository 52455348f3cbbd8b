"""A week of the audit log in short: who looked at what and why, what was taken out, what was erased, who was let in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import SHANGHAI
from bot.store.audit import Action, Entry, Filter, Journal, Verified

DAYS = 7
# What is told, in order; each has its words in `prompts/console.yaml`.
PARTS: Mapping[str, frozenset[Action]] = {
    "reveals": frozenset({Action.REVEALED}),
    "exports": frozenset(
        {Action.EXPORTED, Action.EXPORT_ASKED, Action.EXPORT_APPROVED, Action.EXPORT_DECLINED, Action.DRAFT_FETCHED}
    ),
    "erasures": frozenset({Action.ERASED, Action.EXPIRED, Action.PRUNED}),
    "failures": frozenset({Action.LOGIN_FAILED}),
    "accounts": frozenset(
        {
            Action.ACCOUNT_ADDED,
            Action.ACCOUNT_ROLE,
            Action.ACCOUNT_DISABLED,
            Action.ACCOUNT_ENABLED,
            Action.PASSWORD,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one kind, by person and then by time, and how many each person has."""

    entries: tuple[Entry, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(entry.who for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of Asia/Shanghai, the last one included; `verified` is the whole log as it was found the last time."""

    first: date
    last: date
    parts: Mapping[str, Part]
    verified: Verified


async def sum_up(journal: Journal, last: date, verified: Verified) -> Week:
    """The week that ends with a day."""
    first = last - timedelta(days=DAYS - 1)
    told = tuple(action.value for actions in PARTS.values() for action in actions)
    wanted = Filter(actions=told, since=_midnight(first), before=_midnight(last + timedelta(days=1)))
    entries = [entry async for entry in journal.all(wanted)]
    parts = {
        name: Part(tuple(sorted((e for e in entries if e.action in actions), key=lambda e: (e.who, e.sequence))))
        for name, actions in PARTS.items()
    }
    return Week(first, last, parts, verified)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
