"""Talks that ask on are composed by lot, the same for the same lot; nearly all are answered of what was told."""

import pytest
import yaml

from chains.assistant import Assistant
from chains.prompting import read_data
from evals.benchmarks.asked_on import WORDS, compose, main


def test_the_same_lot_composes_the_same_talks(real_assistant: Assistant) -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    talks = compose(real_assistant, words["elsewhere"], 20, 5)
    assert (
        talks
        == compose(real_assistant, words["elsewhere"], 20, 5)
        != compose(real_assistant, words["elsewhere"], 20, 6)
    )
    assert all("{" not in talk.second and talk.second not in words["elsewhere"][talk.matter] for talk in talks)


def test_nothing_that_is_tested_was_learnt_from() -> None:
    learnt = {saying for row in read_data("asked_on").values() for saying in row["says"]}
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    tested = [saying for kind in words.values() for sayings in kind.values() for saying in sayings]
    assert sum(saying in learnt for saying in tested) < len(tested) / 20


def test_nearly_all_are_answered_of_what_was_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "40"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if "%" in line]
    shares = [float(word.rstrip("%")) for row in rows for word in row.split() if word.endswith("%")]
    assert len(shares) == 2 and shares[0] >= 85 and shares[1] >= 70
