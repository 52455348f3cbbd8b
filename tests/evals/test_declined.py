"""A stranger's messages that no document answers are mostly declined, and those that one answers are not."""

import pytest
import yaml

from chains.prompting import every_text, read_data
from evals.benchmarks.declined import WORDS, main


def test_nothing_that_is_tested_was_learnt_from() -> None:
    learnt = {
        text for name in ("outside", "inside", "unheld", "misuse", "remarks") for text in every_text(read_data(name))
    }
    tested = list(every_text(yaml.safe_load(WORDS.read_text(encoding="utf-8"))))
    assert len(tested) > 750
    assert not learnt & set(tested)


def test_most_are_declined_and_nearly_all_others_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--each", "4"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if "%" in line]
    declined, answered = (float(word.rstrip("%")) for row in rows for word in row.split() if word.endswith("%"))
    assert declined >= 70
    assert answered >= 95
