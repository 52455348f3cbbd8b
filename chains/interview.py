"""Which fact to ask next: the one expected to settle most of what is still open. Never one that settles nothing."""

from collections.abc import Collection, Iterable, Mapping

from chains.eligibility import CITY, Finding, State, Status, state_given
from chains.prompting import CHECKLIST, slot_wordings, unknown_option
from chains.reply import Option, Question
from knowledge.profile import NONE, Fact, Slot, SlotKind, Source, Value, slots
from knowledge.regions import cities
from knowledge.support import Condition, Strength, Support


def next_question(findings: Iterable[Finding], declined: Collection[str] = ()) -> Question | None:
    """The question to ask about these findings; None once nothing asked could change a verdict.

    `declined` are the slots that the enterprise does not know: they are not asked again.
    """
    in_play = [f for f in findings if f.otherwise is Status.UNDETERMINED]
    gains = _gains(in_play, declined)
    if not gains:
        return None
    if CITY in gains:
        return _ask(CITY, in_play)
    ticks = [slot for slot in gains if slots()[slot].kind is SlotKind.YES_NO]
    singles = {slot: gain for slot, gain in gains.items() if slot not in ticks}
    best = max(singles, key=singles.__getitem__, default=None)
    together = sum(gains[slot] for slot in ticks)
    if best is not None and (len(ticks) == 0 or singles[best] >= together):
        return _ask(best, in_play)
    if len(ticks) == 1:
        return _ask(ticks[0], in_play)
    return _checklist(sorted(ticks, key=lambda slot: -gains[slot]))


def question_about(slot: str) -> Question:
    """The question of one slot, whatever it may settle."""
    return _ask(slot, ())


def _gains(findings: Iterable[Finding], declined: Collection[str]) -> Mapping[str, float]:
    """By slot, how many facts an answer is expected to make unnecessary or known, weighted by what is at stake."""
    gains: dict[str, float] = {}
    for finding in findings:
        unknown = finding.unknown_slots
        stake = weight(finding.support)
        for reason in finding.reasons:
            slot = reason.slot
            if reason.state is not State.UNKNOWN or slot is None or slot in declined:
                continue
            fails = 0.5 if reason.condition is None else _chance_to_fail(reason.condition, slots()[slot])
            if fails is not None:
                gains[slot] = gains.get(slot, 0.0) + stake * (fails * len(unknown) + (1 - fails))
    return gains


def weight(support: Support) -> float:
    """What is at stake: money before rights, rights before encouragement."""
    worth = {Strength.GRANTS: 2.0, Strength.MAY: 1.5, Strength.ENCOURAGES: 1.0}[support.strength]
    return worth + (1.5 if support.benefit.amount_cny else 0.0) + (0.5 if support.headline else 0.0)


def _chance_to_fail(condition: Condition, slot: Slot) -> float | None:
    """How likely an answer is to rule the support out; None where no answer could tell."""
    if slot.kind is SlotKind.TEXT:
        return 0.4 if condition.within else None
    usual = slot_wordings()[slot.slot].usual
    values = _answers(slot)
    return sum(
        share for value, share in zip(values, usual, strict=True) if state_given(condition, value) is State.UNMET
    )


def _answers(slot: Slot) -> tuple[Value, ...]:
    if slot.kind is SlotKind.SEVERAL:
        return tuple((value,) for value in (*slot.values, NONE))
    return slot.values


def _ask(slot: str, findings: Iterable[Finding]) -> Question:
    words = slot_wordings()[slot]
    if slots()[slot].kind is SlotKind.TEXT:
        options = {name: label for f in findings for name, label in _places(f, slot)}
    else:
        options = dict(words.options)
    pairs = [*options.items()]
    if slot != CITY:
        pairs.append(unknown_option())
    return Question(
        slot=slot,
        text=words.ask,
        options=tuple(Option(id=i, label=label) for i, label in pairs),
        multiple=slots()[slot].kind is SlotKind.SEVERAL,
    )


def _places(finding: Finding, slot: str) -> Iterable[tuple[str, str]]:
    """The places that matter to a condition: the urban area as one, each county-level city by name."""
    for reason in finding.reasons:
        condition = reason.condition
        if condition is None or condition.slot != slot or not condition.within:
            continue
        for city in cities():
            if city.urban == condition.within:
                yield "市区", f"市区（{'、'.join(city.urban_parts)}）"
                yield from ((name, name) for name in city.others)


def _checklist(names: Iterable[str]) -> Question:
    words = slot_wordings()
    options = [Option(id=name, label=words[name].tick or words[name].name) for name in names]
    options += [Option(id=i, label=label) for i, label in words[CHECKLIST].options.items()]
    return Question(slot=CHECKLIST, text=words[CHECKLIST].ask, options=tuple(options), multiple=True)


def read_choices(question: Question, choices: Collection[str]) -> tuple[Mapping[str, Fact], tuple[str, ...]]:
    """What tapped options say: facts by slot, and the slots that the enterprise does not know."""
    unknown, _ = unknown_option()
    if question.slot == CHECKLIST:
        offered = [o.id for o in question.options if o.id not in {NONE, unknown}]
        ticked = [name for name in offered if name in choices]
        facts = {name: Fact("yes", Source.CHOSEN) for name in ticked}
        rest = [name for name in offered if name not in ticked]
        if unknown in choices:
            return facts, tuple(rest)
        return facts | {name: Fact("no", Source.CHOSEN) for name in rest}, ()
    if unknown in choices:
        return {}, (question.slot,)
    if question.multiple:
        order = [o.id for o in question.options]
        chosen = tuple(sorted(set(choices), key=order.index))
        chosen = tuple(c for c in chosen if c != NONE) or (NONE,)
        return {question.slot: Fact(chosen, Source.CHOSEN)}, ()
    return {question.slot: Fact(next(iter(choices)), Source.CHOSEN)}, ()
