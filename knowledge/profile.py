"""What is known of an enterprise: slots and their values. What is not in a profile is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

UNKNOWN = "unknown"
NONE = "none"
MAX_TEXT = 60

Value = str | tuple[str, ...]


class SlotKind(StrEnum):
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"
    TEXT = "text"


class Slot(BaseModel):
    """A fact that rules may ask for, and the values that it can have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slot: str
    kind: SlotKind
    values: tuple[str, ...] = ()


class Source(StrEnum):
    """How a fact came to be known."""

    STATED = "stated"
    CHOSEN = "chosen"
    INFERRED = "inferred"


class InvalidProfile(ValueError):
    """A profile names an unknown slot or gives a value that the slot does not have."""

    def __init__(self, slot: str, message: str) -> None:
        super().__init__(message)
        self.slot = slot


@cache
def slots() -> Mapping[str, Slot]:
    """All slots by name, in the order in which `slots.yaml` lists them."""
    rows = yaml.safe_load((Path(__file__).parent / "slots.yaml").read_text(encoding="utf-8"))
    found: dict[str, Slot] = {}
    for row in rows:
        slot = Slot.model_validate(row)
        if slot.kind is SlotKind.YES_NO:
            slot = slot.model_copy(update={"values": ("yes", "no")})
        found[slot.slot] = slot
    return found


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, how it came to be known, the enterprise's own words that say it, and the titles `of` which it is said.

    No titles stand for whichever is held. Of the titles `not_of` the contrary of a yes or no is said.
    """

    value: Value
    source: Source = Source.STATED
    words: str = ""
    of: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnterpriseProfile:
    """Facts by slot. A slot that is missing is not known; `tiers` holds `("none",)` for no title.

    `lacks` are the titles that are said not to be held, while those that are held are not known.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()

    def __getitem__(self, slot: str) -> Value | None:
        fact = self.facts.get(slot)
        return fact.value if fact else None

    def with_facts(self, facts: Mapping[str, Fact]) -> "EnterpriseProfile":
        return replace(self, facts={**self.facts, **facts})

    def without(self, *names: str) -> "EnterpriseProfile":
        return replace(self, facts={k: v for k, v in self.facts.items() if k not in names})


def read_value(name: str, given: object) -> Value | None:
    """A slot's value from outside input; None for unknown. Raises InvalidProfile, naming the slot."""
    slot = slots().get(name)
    if slot is None:
        raise InvalidProfile(name, f"unknown slot {name!r}; slots are {', '.join(slots())}")
    if given is None or given == UNKNOWN or given == [UNKNOWN]:
        return None
    if slot.kind is SlotKind.SEVERAL:
        return _read_several(slot, given)
    if not isinstance(given, str):
        raise InvalidProfile(name, f"{name} takes a string, not {type(given).__name__}")
    if slot.kind is SlotKind.TEXT:
        text = given.strip()
        if not text or len(text) > MAX_TEXT or any(ord(c) < 32 or c in "<>" for c in text):
            raise InvalidProfile(name, f"{name} takes 1 to {MAX_TEXT} characters without line breaks or angle brackets")
        return text
    if given not in slot.values:
        allowed = ", ".join((*slot.values, UNKNOWN))
        raise InvalidProfile(name, f"{name} has no value {given!r}; it takes {allowed}")
    return given


def _read_several(slot: Slot, given: object) -> Value | None:
    name = slot.slot
    items = [given] if isinstance(given, str) else given
    if not isinstance(items, list | tuple) or not all(isinstance(i, str) for i in items):
        raise InvalidProfile(name, f"{name} takes a list of strings")
    if not items:
        return None
    for item in items:
        if item not in (*slot.values, NONE):
            allowed = ", ".join((*slot.values, NONE, UNKNOWN))
            raise InvalidProfile(name, f"{name} has no value {item!r}; it takes {allowed}")
    if NONE in items and len(set(items)) > 1:
        raise InvalidProfile(name, f"{name} cannot be none and {', '.join(i for i in items if i != NONE)} at once")
    return tuple(v for v in (*slot.values, NONE) if v in items)


def read_profile(given: Mapping[str, object], source: Source = Source.STATED) -> EnterpriseProfile:
    """A profile from outside input. Raises InvalidProfile, naming the slot."""
    facts: dict[str, Fact] = {}
    for name, raw in given.items():
        value = read_value(name, raw)
        if value is not None:
            facts[name] = Fact(value, source)
    return EnterpriseProfile(facts)
