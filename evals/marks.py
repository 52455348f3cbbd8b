"""Marks for helpfulness and plain language, by people and by models: kept beside a run, and how far they agree."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.exchanges import Exchange, exchanges
from evals.intervals import bootstrap, mean
from evals.measures import Measure, mean_measures, share
from evals.results import CaseResult, read_lines

MARKS = "marks.jsonl"
ANSWERS = "answers.jsonl"
MODEL = "model:"
PEOPLE = "people"
Quality = Literal["helpful", "plain"]
QUALITIES: tuple[Quality, ...] = ("helpful", "plain")
_Pairs = Sequence[tuple[int, int]]
Score = Annotated[int, Field(strict=True, ge=1, le=5)]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mark(_Kept):
    """What one person, or one model (`model:<name>`), thinks of the reply with this hash."""

    case: str
    turn: int
    hash: str
    by: str
    helpful: Score
    plain: Score
    why: str = ""

    @property
    def is_by_model(self) -> bool:
        return self.by.startswith(MODEL)


class Answer(_Kept):
    """What one answer of a model cost, whether or not marks could be read from it; None is what was not told."""

    case: str
    by: str
    readable: bool
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None


class Agreement(_Kept):
    """How two sides agree in one quality; kappa, weighted by the squared distance, is None where it is not defined."""

    quality: Quality
    pairs: int
    exact: Measure | None = None
    within_one: Measure | None = None
    kappa: Measure | None = None


class Usage(_Kept):
    """All answers of a model; tokens are those of the `told` answers, the cost is that of the `priced` ones."""

    answers: int
    unreadable: int
    told: int
    tokens_in: int
    tokens_out: int
    priced: int
    cost: float


class Side(_Kept):
    """The marks of all people (`people`) or of one model; people agree among themselves, a model with people."""

    by: str
    markers: int
    means: tuple[Measure, ...]
    agreement: tuple[Agreement, ...]
    usage: Usage | None = None


def read_marks(folder: Path, found: Iterable[Exchange]) -> list[Mark]:
    """The last mark that each gave to each reply, of replies that still read as they did when they were marked."""
    hashes = {exchange.case: exchange.hash for exchange in found}
    standing = (mark for mark in read_lines(folder / MARKS, Mark) if hashes.get(mark.case) == mark.hash)
    return list({(mark.case, mark.by): mark for mark in standing}.values())


def sides_of_run(folder: Path, results: Iterable[CaseResult], seed: int) -> tuple[Side, ...]:
    """What has been marked in a run's folder, summed up."""
    return summarise(read_marks(folder, exchanges(results)), list(read_lines(folder / ANSWERS, Answer)), seed)


def summarise(marks: Sequence[Mark], answers: Sequence[Answer], seed: int) -> tuple[Side, ...]:
    """People first, if any marked, then every model that was asked."""
    people = _by_case(mark for mark in marks if not mark.is_by_model)
    sides = []
    if people:
        among = [list(combinations(sorted(of_case, key=lambda m: m.by), 2)) for of_case in people.values()]
        names = {mark.by for of_case in people.values() for mark in of_case}
        sides.append(Side(by=PEOPLE, markers=len(names), means=_means(people, seed), agreement=_agreement(among, seed)))
    for by in dict.fromkeys([*(m.by for m in marks if m.is_by_model), *(a.by for a in answers)]):
        of_model = _by_case(mark for mark in marks if mark.by == by)
        beside = [[(mark, person) for person in people.get(case, ())] for case, (mark,) in of_model.items()]
        sides.append(
            Side(
                by=by,
                markers=1,
                means=_means(of_model, seed),
                agreement=_agreement(beside, seed),
                usage=_usage([answer for answer in answers if answer.by == by]),
            )
        )
    return tuple(sides)


def weighted_kappa(pairs: _Pairs) -> float | None:
    """Cohen's kappa with quadratic weights: 1 is agreement, 0 what chance would give.

    Not defined for fewer than two pairs, nor if all marks of one side are the same.
    """
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if len(pairs) < 2 or len(ours) == 1 or len(theirs) == 1:
        return None
    apart = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    by_chance = sum((a - b) ** 2 * ours[a] * theirs[b] for a in ours for b in theirs) / len(pairs) ** 2
    return 1 - apart / by_chance


def _by_case(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.case, []).append(mark)
    return found


def _means(by_case: Mapping[str, Sequence[Mark]], seed: int) -> tuple[Measure, ...]:
    """Over replies: several marks of one reply count as their mean."""
    rows: list[dict[str, float]] = [
        {q: mean([getattr(m, q) for m in of_case]) for q in QUALITIES} for of_case in by_case.values()
    ]
    return mean_measures(rows, seed)


def _agreement(by_reply: Iterable[Sequence[tuple[Mark, Mark]]], seed: int) -> tuple[Agreement, ...]:
    paired = [of_reply for of_reply in by_reply if of_reply]
    return tuple(
        _agreement_in(q, [[(getattr(a, q), getattr(b, q)) for a, b in of_reply] for of_reply in paired], seed)
        for q in QUALITIES
    )


def _agreement_in(quality: Quality, by_reply: Sequence[_Pairs], seed: int) -> Agreement:
    pairs = _joined(by_reply)
    if not pairs:
        return Agreement(quality=quality, pairs=0)
    return Agreement(
        quality=quality,
        pairs=len(pairs),
        exact=share("exact", [a == b for a, b in pairs]),
        within_one=share("within_one", [abs(a - b) <= 1 for a, b in pairs]),
        kappa=_kappa(by_reply, seed),
    )


def _kappa(by_reply: Sequence[_Pairs], seed: int) -> Measure | None:
    """For the interval replies are drawn anew, not pairs, since those of one reply hang together.

    A draw for which kappa is not defined counts as chance.
    """
    pairs = _joined(by_reply)
    value = weighted_kappa(pairs)
    if value is None:
        return None
    replies = range(len(by_reply))
    interval = bootstrap(replies, lambda drawn: weighted_kappa(_joined(by_reply[i] for i in drawn)) or 0.0, seed)
    return Measure(name="kappa", value=value, n=len(pairs), low=interval.low, high=interval.high)


def _joined(by_reply: Iterable[_Pairs]) -> _Pairs:
    return list(chain.from_iterable(by_reply))


def _usage(answers: Sequence[Answer]) -> Usage:
    told = [(a.tokens_in, a.tokens_out) for a in answers if a.tokens_in is not None and a.tokens_out is not None]
    costs = [answer.cost for answer in answers if answer.cost is not None]
    return Usage(
        answers=len(answers),
        unreadable=sum(not answer.readable for answer in answers),
        told=len(told),
        tokens_in=sum(tokens for tokens, _ in told),
        tokens_out=sum(tokens for _, tokens in told),
        priced=len(costs),
        cost=sum(costs),
    )
