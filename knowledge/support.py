"""One row of the rules table: a support, what it asks for, what it gives, and the words that say so."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.profile import NONE, SlotKind, slots


class Kind(StrEnum):
    AWARD = "award"
    FUNDING = "funding"
    FINANCE = "finance"
    TAX = "tax"
    PROCUREMENT = "procurement"
    CERTIFICATION = "certification"
    TALENT = "talent"
    SERVICE = "service"
    QUOTA = "quota"
    RELIEF = "relief"
    MARKET = "market"
    INNOVATION = "innovation"


class Strength(StrEnum):
    """What the text commits to: 给予 grants, 可 may, 支持 or 鼓励 encourages."""

    GRANTS = "grants"
    MAY = "may"
    ENCOURAGES = "encourages"


class Brings(StrEnum):
    """What a firm has of it: money given, lent or spared; other help of its own; or only how offices mean to act."""

    MONEY = "money"
    HELP = "help"
    CONDUCT = "conduct"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(_Row):
    """A test of one slot, or words that only the authority can judge (`open`).

    Exactly one of `is`, `in`, `includes_any`, `within` goes with `slot`; `open` stands alone.
    `quote` stands in `provision` (default: the support's own). `text` says the condition in plain words.
    """

    slot: str | None = None
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] = Field(default=(), alias="in")
    includes_any: tuple[str, ...] = ()
    within: str | None = None
    open: bool = False
    text: str
    quote: str
    provision: str | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = [bool(self.is_), bool(self.in_), bool(self.includes_any), bool(self.within)]
        if self.open:
            if self.slot or any(tests):
                raise ValueError("an open condition has no slot and no test")
            return self
        if self.slot is None or sum(tests) != 1:
            raise ValueError("a condition needs a slot and exactly one of is, in, includes_any, within")
        slot = slots().get(self.slot)
        if slot is None:
            raise ValueError(f"unknown slot {self.slot!r}; slots are {', '.join(slots())}")
        wanted = [v for v in (self.is_, *self.in_, *self.includes_any) if v]
        for value in wanted:
            if slot.kind is not SlotKind.TEXT and value not in (*slot.values, NONE):
                raise ValueError(f"slot {self.slot} has no value {value!r}; it takes {', '.join(slot.values)}")
        if bool(self.includes_any) != (slot.kind is SlotKind.SEVERAL):
            raise ValueError(f"includes_any goes with slots of several values; {self.slot} is {slot.kind.value}")
        if bool(self.within) != (slot.kind is SlotKind.TEXT):
            raise ValueError(f"within goes with places; {self.slot} is {slot.kind.value}")
        return self


class Benefit(_Row):
    """What is given; `amount_cny` in yuan, None where the text names no sum of money."""

    text: str
    amount_cny: int | None = None
    is_cap: bool = False
    period: Literal["once", "month", "year"] | None = None
    quote: str


class Support(_Row):
    """A support that an enterprise could apply for or enjoy, under one provision of one document.

    `applied_for` is false where the text says what authorities do of themselves (规范检查, 清理拖欠).
    `run_by` are those who decide on what the text only supports firms in applying for (海关, of AEO).
    `matters` are what it is about, in the words that the tables of all documents use for it: the more two supports
    share, the more one city's is what the other has of the same.
    """

    id: str = Field(pattern=r"^[a-z]+(-[a-z0-9]+)+$")
    title: str
    aliases: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    provision: str
    kind: Kind
    strength: Strength
    brings: Brings = Brings.HELP
    applied_for: bool = True
    when: tuple[Condition, ...] = ()
    benefit: Benefit
    open_points: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    run_by: str = ""
    headline: bool = False


class KnownQuestions(_Row):
    """Questions in managers' words that a support, or a fact in a provision, answers."""

    support: str | None = None
    provision: str | None = None
    topic: str | None = None
    quote: str | None = None
    questions: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _support_or_fact(self) -> Self:
        fact = (self.provision, self.topic, self.quote)
        if self.support is None and not all(fact):
            raise ValueError("an entry names a support, or a provision with a topic and a quote")
        if self.support is not None and any(fact):
            raise ValueError("an entry names a support or a fact, not both")
        return self
