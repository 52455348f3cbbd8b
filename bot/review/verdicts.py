"""What a person can think of an answer, who has to look next, and how far people agree. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    HARMFUL = "harmful"


class Reason(StrEnum):
    AMOUNT = "amount"
    PERIOD = "period"
    WHOM = "whom"
    UNSUPPORTED = "unsupported"
    EXCEPTION = "exception"
    NOT_FOUND = "not_found"
    TONE = "tone"
    SCOPE = "scope"
    OTHER = "other"


class Stage(StrEnum):
    """Who has to look at an item: nobody, a first, a second or a third person; or it is done."""

    NONE = "none"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    DONE = "done"


class Judgement(BaseModel):
    """What a reviewer gives to be kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    severity: int | None = Field(default=None, ge=1, le=3)
    comment: str = Field(default="", max_length=4000)
    corrected: str = Field(default="", max_length=20_000)
    seconds: int | None = Field(default=None, ge=0)


@dataclass(frozen=True, slots=True)
class Review:
    """A judgement that was kept and stands: it was not taken back, and its reviewer gave no later one."""

    id: int
    reviewer: str
    at: datetime
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item is, and the verdict that holds once it is done."""

    stage: Stage
    verdict: Verdict | None = None


def standing_of(wanted: bool, doubled: bool, reviews: Sequence[Review]) -> Standing:
    """Where an item is after its reviews. `wanted`: it was to be looked at; `doubled`: by two people."""
    verdicts = [review.judgement.verdict for review in reviews]
    if not verdicts:
        return Standing(Stage.FIRST if wanted else Stage.NONE)
    if len(verdicts) == 1:
        return Standing(Stage.SECOND) if doubled else Standing(Stage.DONE, verdicts[0])
    verdict, votes = Counter(verdicts).most_common(1)[0]
    if votes > 1:
        return Standing(Stage.DONE, verdict)
    return Standing(Stage.THIRD) if len(verdicts) == 2 else Standing(Stage.DONE, verdicts[2])


def kappa(pairs: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    """Cohen's κ of first and second verdicts: 1 is full agreement, 0 that of chance. None where it is not defined."""
    count = len(pairs)
    firsts, seconds = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(firsts[v] * seconds[v] for v in Verdict) / count**2 if count else 1.0
    if by_chance >= 1:
        return None
    return (sum(a == b for a, b in pairs) / count - by_chance) / (1 - by_chance)
