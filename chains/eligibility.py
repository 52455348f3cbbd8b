"""Decide what a profile says about a support on a day. Pure; no model is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.document import Document, Lifecycle
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Value
from knowledge.regions import is_within
from knowledge.support import Condition, Support

CITY = "city"
_TITLES, _SIZE = "tiers", "size"
_SMALL_OR_MEDIUM = {"micro", "small", "medium"}
# The ladder of 专精特新 titles: who holds a title on the left also counts as holding those on its right.
_LADDER = {"little_giant": ("little_giant", "provincial", "innovative"), "provincial": ("provincial", "innovative")}


class State(StrEnum):
    """How a condition stands; `open` means that the text leaves it to the authority."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    OPEN = "open"


class Status(StrEnum):
    ELIGIBLE = "eligible"
    CONDITIONAL = "conditional"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition of a support and its state; `condition` is None for the city that the document is for."""

    condition: Condition | None
    state: State
    slot: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one support; `otherwise` is what would hold if the document were in force."""

    support: Support
    document: Document
    lifecycle: Lifecycle
    status: Status
    otherwise: Status
    reasons: tuple[Reason, ...]

    @property
    def unknown_slots(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.slot for r in self.reasons if r.state is State.UNKNOWN and r.slot))


def assess(support: Support, document: Document, profile: EnterpriseProfile, as_of: date) -> Finding:
    """One support, one profile, one day (Asia/Shanghai)."""
    titles = frozenset(title for c in support.when for title in c.includes_any)
    reasons = (
        Reason(None, _city_state(document, profile), CITY),
        *(Reason(c, _state(c, profile, titles), c.slot) for c in support.when),
    )
    otherwise = _combine(reasons)
    lifecycle = document.lifecycle(as_of)
    status = otherwise if lifecycle is Lifecycle.IN_FORCE else Status.NOT_IN_FORCE
    return Finding(support, document, lifecycle, status, otherwise, reasons)


def assess_all(
    library: Library, profile: EnterpriseProfile, as_of: date, named: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """All supports of the enterprise's city (of every city while it is unknown), and those asked for by name."""
    city = profile[CITY]
    wanted = set(named)
    return tuple(
        assess(support, library.document(support.id), profile, as_of)
        for support in library.supports.values()
        if city is None or support.id in wanted or library.document(support.id).city == city
    )


def _combine(reasons: Iterable[Reason]) -> Status:
    states = {r.state for r in reasons}
    if State.UNMET in states:
        return Status.INELIGIBLE
    if State.UNKNOWN in states:
        return Status.UNDETERMINED
    return Status.CONDITIONAL if State.OPEN in states else Status.ELIGIBLE


def _city_state(document: Document, profile: EnterpriseProfile) -> State:
    city = profile[CITY]
    if city is None:
        return State.UNKNOWN
    return State.MET if city == document.city else State.UNMET


def _state(condition: Condition, profile: EnterpriseProfile, titles: frozenset[str]) -> State:
    if condition.open or condition.slot is None:
        return State.OPEN
    fact = profile.facts.get(condition.slot)
    if fact is not None and fact.of and titles and titles <= set(fact.not_of):
        return state_given(condition, "no" if fact.value == "yes" else "yes")  # 单项冠军是首次，小巨人不是
    if fact is not None and fact.of and titles.isdisjoint(fact.of):
        return State.UNKNOWN  # 小巨人是复核的，单项冠军是首次: what is said of one title says nothing of another
    value = profile[condition.slot]
    if value is None and condition.includes_any and set(condition.includes_any) <= set(profile.lacks):
        return State.UNMET  # 我们不是小巨人, whatever else it holds
    if value is None:
        return State.MET if _follows_from_titles(condition, profile[_TITLES]) else State.UNKNOWN
    return state_given(condition, value)


def _follows_from_titles(condition: Condition, titles: Value | None) -> bool:
    """A title of the ladder is held by small and medium-sized enterprises alone: 专精特新中小企业."""
    held = {rung for title in titles or () for rung in _LADDER.get(title, (title,))}
    return condition.slot == _SIZE and "innovative" in held and set(condition.in_) >= _SMALL_OR_MEDIUM


def state_given(condition: Condition, value: Value) -> State:
    """How a condition stands if its slot has this value."""
    if condition.includes_any:
        held = {rung for title in value for rung in _LADDER.get(title, (title,))}
        return State.MET if held.intersection(condition.includes_any) else State.UNMET
    if condition.within:
        inside = is_within(str(value), condition.within)
        return State.UNKNOWN if inside is None else State.MET if inside else State.UNMET
    return State.MET if value in (condition.in_ or (condition.is_,)) else State.UNMET
