"""Whether a sentence says only what its citations say: lies and honest words of many kinds, on real answers."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from chains.aide import Aide
from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from chains.model.allowance import Allowance
from chains.model.claims import Evidence, fault_of
from chains.model.llm import Endpoint, LanguageModel
from chains.model.writing import Writer, Written

_TOLD: Sequence[Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8")
)


class Listening(Writer):
    """Writes nothing and keeps what there was to be written from."""

    def __init__(self) -> None:
        super().__init__(LanguageModel(Endpoint("none")))
        self.evidence: Evidence | None = None

    async def write(
        self,
        question: str,
        said: Sequence[str],
        points: Sequence[str],
        evidence: Evidence,
        allowance: Allowance,
        tell: Callable[[str], None],
    ) -> Written:
        self.evidence = evidence
        return Written(list(points))


built = cache(build_assistant)


@cache
def evidence_of(asked: str) -> Evidence:
    """What the sentences of a real answer are held against."""
    plain, listening = built(), Listening()
    assistant = Assistant(plain.library, plain.finder)
    assistant.aide = Aide(listening, None)
    asyncio.run(assistant.answer(assistant.begin(date(2026, 11, 20)), asked))
    assert listening.evidence is not None, asked
    return listening.evidence


LIES = [
    pytest.param(row["asked"], lie, id=f"{row['asked'][:8]}: {kind}")
    for row in _TOLD
    for kind, lie in row["lies"].items()
]
HONEST = [pytest.param(row["asked"], sentence, id=sentence) for row in _TOLD for sentence in row["honest"]]


@pytest.mark.parametrize(("asked", "lie"), LIES)
def test_a_lie_is_found(asked: str, lie: str) -> None:
    assert fault_of(lie, evidence_of(asked)) is not None


@pytest.mark.parametrize(("asked", "sentence"), HONEST)
def test_honest_words_pass(asked: str, sentence: str) -> None:
    assert fault_of(sentence, evidence_of(asked)) is None


def test_there_are_enough_of_both() -> None:
    assert len(LIES) >= 100
    assert len(HONEST) >= 60
