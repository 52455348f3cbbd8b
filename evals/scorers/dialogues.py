"""Judges a dialogue: what was understood, what was asked in vain or twice, and the verdicts at its end."""

from dataclasses import dataclass, field

from evals.cases import DialogueCase
from evals.clients import Client, Said, Talk
from evals.contract import Catalogue, Finding, Question, Reply
from evals.enterprise import CHECKLIST, NONE, UNKNOWN, Enterprise, Value
from evals.results import Judgement
from evals.scorers.faithfulness import judge_reply
from evals.scorers.verdicts import ABSENT, score_verdicts

_MOST_TURNS = 25
_LADDER = ("innovative", "provincial", "little_giant")


@dataclass(slots=True)
class _Course:
    """What has happened so far."""

    talk: Talk
    words: list[str] = field(default_factory=list)
    seen: dict[str, Finding] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    repeats: list[str] = field(default_factory=list)
    wasted: list[str] = field(default_factory=list)


async def judge_dialogue(case: DialogueCase, client: Client, catalogue: Catalogue, judgement: Judgement) -> None:
    course = _Course(await client.begin(case.as_of))
    enterprise = Enterprise(case)

    async def say(text: str, choices: tuple[str, ...] = ()) -> Said:
        said = await course.talk.say(text, choices)
        judgement.heard(text, choices, said)
        course.words.append(text)
        judge_reply(judgement, said.reply, catalogue, case.as_of, course.words)
        course.seen.update({finding.support_id: finding for finding in said.reply.findings})
        return said

    for text in case.opening:
        said = await say(text)
    _score_extraction(judgement, case, said.reply)

    waiting = sorted(case.script, key=lambda one: one.after_question)
    while len(judgement.turns) < _MOST_TURNS:
        question = said.reply.question
        asked = len(course.answered) + (question is not None)
        if waiting and (question is None or waiting[0].after_question <= asked):
            said = await say(waiting.pop(0).say)
            continue
        if question is None:
            break
        if not await _could_matter(question, said.reply, case, client):
            course.wasted.append(question.slot)
        slots = _slots_of(question)
        course.repeats += sorted(slots & course.settled)
        course.settled |= slots
        course.answered.append(question.slot)
        answer = enterprise.answer(question)
        said = await say(answer.text, answer.choices)

    await _score_verdicts(judgement, case, course, said.reply, client)
    _score_questions(judgement, case, course, ended=said.reply.question is None)


def _score_extraction(judgement: Judgement, case: DialogueCase, reply: Reply) -> None:
    read = {slot: entry.value for slot, entry in reply.profile.items()}
    misread = []
    for slot in case.stated:
        right = slot in read and _same(slot, read[slot], case.facts[slot])
        judgement.tally("extraction_recall", int(right), 1)
        judgement.tally(f"extraction_recall/{slot}", int(right), 1)
        if not right:
            misread.append(f"{slot}：读作 {_shown(read.get(slot, '（无）'))}，应为 {_shown(case.facts[slot])}")
    for slot, value in read.items():
        fact = case.facts.get(slot, UNKNOWN)
        if slot not in case.facts:
            continue
        right = _same(slot, value, fact)
        judgement.tally("extraction_precision", int(right), 1)
        judgement.tally(f"extraction_precision/{slot}", int(right), 1)
        if not right and slot not in case.stated:
            misread.append(f"{slot}：没有说过，却读作 {_shown(value)}")
    judgement.check("stated", not misread, "；".join(misread))


def _same(slot: str, read: Value, fact: Value) -> bool:
    if slot == "district":
        return str(read) in str(fact) or str(fact) in str(read)
    if slot == "tiers":
        return _rungs(read) == _rungs(fact)
    return read == fact


def _rungs(value: Value) -> tuple[int, bool]:
    """The highest rung of the ladder, and whether the title of champion is held."""
    held = value if isinstance(value, tuple) else (value,)
    return max((_LADDER.index(t) for t in held if t in _LADDER), default=-1), "champion" in held


def _shown(value: Value) -> str:
    return "、".join(value) if isinstance(value, tuple) else value


async def _could_matter(question: Question, reply: Reply, case: DialogueCase, client: Client) -> bool:
    """Whether a verdict in play still hangs on what is asked."""
    asked = _slots_of(question)
    if "city" in asked:
        return "city" not in reply.profile
    findings = await client.screen(reply.profile_values(), case.as_of)
    in_play = {*case.goal, *(finding.support_id for finding in reply.findings)}
    return any(asked & finding.undecided_slots for finding in findings if case.broad or finding.support_id in in_play)


async def _score_verdicts(
    judgement: Judgement, case: DialogueCase, course: _Course, last: Reply, client: Client
) -> None:
    final: dict[str, Finding] = {support: course.seen[support] for support in case.goal if support in course.seen}
    not_shown = [s for s in case.goal if s not in final and ABSENT not in case.gold[s].status]
    if not_shown:
        screened = await client.screen(last.profile_values(), case.as_of)
        final.update({f.support_id: f for f in screened if f.support_id in not_shown})
    judgement.check("shown", not not_shown, f"没有给出判定：{'、'.join(not_shown)}" if not_shown else "")
    score_verdicts(judgement, {support: case.gold[support] for support in case.goal}, final)


def _score_questions(judgement: Judgement, case: DialogueCase, course: _Course, *, ended: bool) -> None:
    asked = course.answered
    repeats = course.repeats
    judgement.values |= {
        "questions": len(asked),
        "floor": case.floor,
        "questions_over_floor": max(len(asked) - case.floor, 0),
        "repeats": len(repeats),
        "wasted": len(course.wasted),
    }
    judgement.check("ends", ended, "" if ended else f"{_MOST_TURNS} 轮后仍在提问")
    judgement.check(
        "max_questions",
        len(asked) <= case.max_questions,
        f"问了 {len(asked)} 次（{'、'.join(dict.fromkeys(asked))}），最多 {case.max_questions} 次" if asked else "",
    )
    judgement.check("repeats", not repeats, f"重复提问：{'、'.join(dict.fromkeys(repeats))}" if repeats else "")
    judgement.check("wasted", not course.wasted, f"问了也无关判定：{'、'.join(course.wasted)}" if course.wasted else "")


def _slots_of(question: Question) -> set[str]:
    if question.slot != CHECKLIST:
        return {question.slot}
    return {option.id for option in question.options} - {NONE, UNKNOWN}
