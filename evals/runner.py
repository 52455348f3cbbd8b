"""Runs the cases of a suite against a client, a few at a time, keeping each result as soon as it is there."""

import asyncio
import random
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from evals.cases import AttackCase, Case, DialogueCase, ProfileCase, QuestionCase, Suite, group_of, kind_of
from evals.clients import Client, Refused
from evals.contract import Catalogue
from evals.results import CaseResult, Judgement, add_line, read_lines
from evals.scorers.attacks import judge_attack
from evals.scorers.dialogues import judge_dialogue
from evals.scorers.questions import judge_question
from evals.scorers.verdicts import judge_profile

RESULTS = "results.jsonl"


async def judge(case: Case, suite: str, client: Client, catalogue: Catalogue) -> CaseResult:
    """Whatever the assistant does, a result: what breaks the contract or crashes is the case's error."""
    judgement = Judgement()
    error = ""
    try:
        match case:
            case QuestionCase():
                await judge_question(case, client, catalogue, judgement)
            case ProfileCase():
                await judge_profile(case, client, catalogue, judgement)
            case DialogueCase():
                await judge_dialogue(case, client, catalogue, judgement)
            case AttackCase():
                await judge_attack(case, client, catalogue, judgement)
    except Refused as refusal:
        error = f"服务拒绝：{refusal}"
    except ValidationError as broken:
        error = f"回复不合约定：{broken}"
    except Exception:
        error = traceback.format_exc(limit=-4)
    return CaseResult(
        id=case.id,
        suite=suite,
        kind=kind_of(case),
        group=group_of(case),
        split=case.split,
        note=case.note,
        not_covered=judgement.not_covered,
        error=error,
        checks=tuple(judgement.checks),
        tallies=judgement.tallies,
        values=judgement.values,
        verdicts=tuple(judgement.verdicts),
        turns=tuple(judgement.turns),
    )


async def run_suite(
    suite: Suite,
    client: Client,
    catalogue: Catalogue,
    folder: Path,
    *,
    concurrency: int,
    seed: int,
    done: Callable[[CaseResult], None],
) -> list[CaseResult]:
    """Results in the order of the suite. What the folder already has of it is kept and not run again."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / RESULTS
    kept = {result.id: result for result in read_results(file) if result.suite == suite.name}
    results = {case.id: kept[case.id] for case in suite.cases if case.id in kept}
    for result in results.values():
        done(result)
    left = [case for case in suite.cases if case.id not in kept]
    random.Random(seed).shuffle(left)
    places = asyncio.Semaphore(concurrency)

    async def one(case: Case) -> None:
        async with places:
            result = await judge(case, suite.name, client, catalogue)
        add_line(file, result)
        results[case.id] = result
        done(result)

    async with asyncio.TaskGroup() as tasks:
        for case in left:
            tasks.create_task(one(case))
    return [results[case.id] for case in suite.cases]


def read_results(file: Path) -> Iterator[CaseResult]:
    """Every whole line; what a kill cut short is run again."""
    return read_lines(file, CaseResult)
