"""Questions are put again with words around them by lot, the same for the same lot, and nearly all keep their answer."""

import random

import pytest
import yaml

from evals.benchmarks.frames import WORDS, framings, main

QUESTION = "我们公司的小巨人奖励怎么申请？"


def put(seed: int) -> list[str]:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return [framed(QUESTION) for framed in framings(words, random.Random(seed)).values()]


def test_the_same_lot_puts_a_question_in_the_same_words() -> None:
    before, after, reworded = put(3)
    assert [before, after, reworded] == put(3) != put(4)
    assert before.endswith(QUESTION) and after.startswith(QUESTION[:-1]) and reworded not in (QUESTION, "")


def test_nearly_all_are_answered_alike(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "40", "--suite", "sample", "--suite", "fresh"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if "/40" in line]
    kept = [int(line.split("/40")[0].split()[-1]) for line in rows]
    assert len(kept) == 3 and min(kept) >= 36
