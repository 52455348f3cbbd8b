"""The fewest questions that could do: knowing every answer, or knowing only how common the answers are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from chains.eligibility import Finding, assess
from chains.interview import next_question, read_choices
from evals.cases import Case, DialogueCase, ProfileCase
from evals.contract import Question
from evals.enterprise import UNKNOWN, Enterprise
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact, SlotKind, Value, slots

_MOST_STATES = 60_000
Facts = Mapping[str, Value]
"""What is true of an enterprise; a slot that is missing is not known even to itself."""


class TooLarge(Exception):
    """The search would take longer than it is worth."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The supports to be settled on a day."""

    library: Library
    supports: tuple[str, ...]
    as_of: date

    def findings(self, profile: EnterpriseProfile) -> list[Finding]:
        return [
            assess(self.library.supports[name], self.library.document(name), profile, self.as_of)
            for name in self.supports
        ]

    def open_slots(self, facts: Facts, asked: frozenset[str]) -> frozenset[str]:
        """What could still change a verdict once the slots in `asked` have been answered."""
        known = EnterpriseProfile({slot: Fact(facts[slot]) for slot in asked if slot in facts})
        return frozenset(slot for f in self.findings(known) for slot in _undecided(f)) - asked


def _undecided(finding: Finding) -> Iterable[str]:
    return finding.unknown_slots if finding.otherwise.value == "undetermined" else ()


def facts_of(cases: Iterable[Case]) -> list[Facts]:
    """Every different enterprise of a suite: what people who ask are like."""
    found: dict[tuple[tuple[str, Value], ...], Facts] = {}
    for case in cases:
        if isinstance(case, ProfileCase | DialogueCase):
            given = case.profile if isinstance(case, ProfileCase) else case.facts
            facts = {slot: value for slot, value in given.items() if value != UNKNOWN}
            found[tuple(sorted(facts.items()))] = facts
    return list(found.values())


def moves(open_slots: Iterable[str]) -> list[frozenset[str]]:
    """What one question can ask: a single slot, or all yes/no facts still open in one tap."""
    still = sorted(open_slots)
    ticks = frozenset(slot for slot in still if slots()[slot].kind is SlotKind.YES_NO)
    return [frozenset({slot}) for slot in still] + ([ticks] if len(ticks) > 1 else [])


def floor(goal: Goal, facts: Facts, stated: Iterable[str] = ()) -> int:
    """The least that one needs who knows what the answers will be."""
    told = frozenset(stated)
    useful = moves(slots())
    ticks = frozenset(slot for slot in slots() if slots()[slot].kind is SlotKind.YES_NO)
    for count in range(len(slots()) + 1):
        for chosen in combinations(useful, count):
            asked = told.union(*chosen)
            if len(asked & ticks) > 0 and sum(move <= ticks for move in chosen) > 1:
                continue
            if not goal.open_slots(facts, asked):
                return count
    raise AssertionError("asking everything settles everything")


def best_policy(goal: Goal, enterprises: Sequence[Facts], stated: Iterable[str] = ()) -> float:
    """The mean number of questions of the best adaptive asker over these enterprises. Raises TooLarge."""
    cost: dict[tuple[frozenset[int], frozenset[str]], int] = {}

    def best(group: frozenset[int], asked: frozenset[str]) -> int:
        """The least sum of questions over a group that has answered alike so far."""
        if (group, asked) in cost:
            return cost[group, asked]
        if len(cost) > _MOST_STATES:
            raise TooLarge
        left = goal.open_slots(enterprises[min(group)], asked)
        if not left:
            cost[group, asked] = 0
            return 0
        sums = []
        for move in moves(left):
            parts: dict[tuple[Value | None, ...], set[int]] = defaultdict(set)
            for index in group:
                parts[tuple(enterprises[index].get(slot) for slot in sorted(move))].add(index)
            sums.append(len(group) + sum(best(frozenset(part), asked | move) for part in parts.values()))
        cost[group, asked] = min(sums)
        return cost[group, asked]

    told = frozenset(stated)
    total, groups = 0, defaultdict(set)
    for index, facts in enumerate(enterprises):
        groups[tuple(facts.get(slot) for slot in sorted(told))].add(index)
    for group in groups.values():
        total += best(frozenset(group), told)
    return total / len(enterprises)


@dataclass(slots=True)
class Interview:
    """The house's own asker, put the same questions to: how many it needs for one enterprise."""

    goal: Goal
    facts: Facts
    stated: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def count(self) -> int:
        enterprise = Enterprise(_as_dialogue(self.facts))
        known = EnterpriseProfile({slot: Fact(self.facts[slot]) for slot in self.stated if slot in self.facts})
        declined: set[str] = set()
        while len(self.asked) < 2 * len(slots()):
            question = next_question(self.goal.findings(known), declined)
            if question is None:
                break
            self.asked.append(question.slot)
            answer = enterprise.answer(Question.model_validate(question.model_dump()))
            if answer.choices:
                facts, unknown = read_choices(question, answer.choices)
                known = known.with_facts(facts)
                declined.update(unknown)
            elif question.slot in self.facts:
                known = known.with_facts({question.slot: Fact(self.facts[question.slot])})
            else:
                declined.add(question.slot)
        return len(self.asked)


def _as_dialogue(facts: Facts) -> DialogueCase:
    return DialogueCase.model_validate(
        {
            "id": "interview",
            "as_of": "2026-11-20",
            "opening": ["…"],
            "facts": facts,
            "goal": ["any"],
            "gold": {"any": {"status": ["absent"]}},
            "floor": 0,
            "max_questions": 0,
        }
    )
