"""Questions are put again with words around them by lot, the same for the same lot; nearly all keep their answer."""

import random

import pytest
import yaml

from evals.benchmarks.frames import WORDS, framings, main

QUESTION = "南京的小巨人奖励怎么申请？"
OTHERS = ("镇江发算力券吗", "南京算力券找谁", "南京AEO有支持吗")


def put(seed: int, *turns: str) -> dict[str, tuple[str, ...]]:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {kind: framed(turns) for kind, framed in framings(words, OTHERS, random.Random(seed)).items()}


def test_the_same_lot_puts_a_question_in_the_same_words() -> None:
    found = put(3, QUESTION)
    assert found == put(3, QUESTION) != put(4, QUESTION)
    assert found["before"][0].endswith(QUESTION) and found["after"][0].startswith(QUESTION[:-1])
    assert found["reworded"][0] not in (QUESTION, "")
    assert found["amid"][0] in OTHERS and found["amid"][1:] == found["told"][1:] == (QUESTION,)
    assert found["cityless"][1] in OTHERS[1:] and found["cityless"][2] == "小巨人奖励怎么申请？"


def test_what_stands_in_a_talk_or_names_no_city_is_put_after_nothing_else() -> None:
    for turns in (("你好", QUESTION), ("小巨人奖励怎么申请？",), ("我们南京的能拿吗",)):
        found = put(3, *turns)
        assert found["amid"] == found["told"] == found["cityless"] == turns


def test_nearly_all_are_answered_alike(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "40", "--suite", "sample", "--suite", "fresh"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if "/40" in line]
    kept = [int(line.split("/40")[0].split()[-1]) for line in rows]
    assert len(kept) == 6 and min(kept) >= 36
