"""First messages that are composed by lot are the same for the same lot, and nearly all of them are met."""

import asyncio
from datetime import date

import pytest
import yaml

from chains.assistant import Assistant
from evals.benchmarks.openings import WORDS, compose, lost_of, main

MESSAGES = 60


def test_the_same_lot_gives_the_same_messages_and_every_firm_its_turn() -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    firms = [firm for row in words["firms"] for firm in row]
    messages = compose(words, "named", len(firms), seed=3)
    assert messages == compose(words, "named", len(firms), seed=3) != compose(words, "named", len(firms), seed=4)
    assert all(firm in message for firm, message in zip(firms, messages, strict=True))


def test_nearly_all_are_met(assistant: Assistant) -> None:
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for kind in ("at_large", "named"):
        messages = compose(words, kind, MESSAGES, seed=2)
        lost = asyncio.run(lost_of(assistant, messages, kind, date(2026, 11, 20)))
        assert len(lost) <= MESSAGES // 10, lost


def test_the_benchmark_tells_how_many_and_which_were_lost(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "12"]) == 0
    assert "/12" in capsys.readouterr().out
