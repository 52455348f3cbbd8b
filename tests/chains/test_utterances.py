"""What managers say of their firm, in their words: each message states its facts, and none besides.

`utterances.jsonl` was written by people who had not seen the lexicon: `facts` have to be heard ("unknown" where the
person cannot say), `may` be heard as well, nothing else. `missed` names what is still beyond us.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chains.assistant import Assistant
from chains.interview import question_about
from chains.language.pinyin import PinyinReader
from chains.language.understanding import inferred_place, understand

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def reader(real_assistant: Assistant) -> PinyinReader:
    return real_assistant.pinyin


def _plain(slot: str, value: object) -> object:
    if slot == "tiers" and not isinstance(value, str):
        return frozenset(value)  # type: ignore[call-overload]
    return value.rstrip("区县市") if slot == "district" and isinstance(value, str) else value


def heard(row: dict[str, Any], reader: PinyinReader) -> dict[str, object]:
    question = question_about(row["pending"]) if row["pending"] else None
    message = understand(reader.write_out(row["text"], answers=question is not None), question)
    found: dict[str, object] = {slot: fact.value for slot, fact in message.facts.items()}
    found |= dict.fromkeys(message.reading.declined, "unknown")
    return {slot: fact.value for slot, fact in inferred_place(message).items()} | found


def faults(row: dict[str, Any], found: dict[str, object]) -> Iterator[str]:
    for slot, value in row["facts"].items():
        if _plain(slot, found.get(slot, "")) != _plain(slot, value):
            yield f"{slot}: {value} was said, {found.get(slot)} heard"
    for slot, value in found.items():
        may = row.get("may", {}).get(slot, ())
        allowed = value in may or (isinstance(value, tuple) and set(value) <= set(may))
        if slot not in row["facts"] and value != "unknown" and not allowed:
            yield f"{slot}: nothing was said, {value} heard"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=f"{row['pending'] or 'first'}: {row['text']}",
            marks=[pytest.mark.xfail(strict=True, reason=row["missed"])] if row.get("missed") else [],
        )
        for row in ROWS
    ],
)
def test_a_message_of_a_manager_states_these_facts(row: dict[str, Any], reader: PinyinReader) -> None:
    assert list(faults(row, heard(row, reader))) == []
