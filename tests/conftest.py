"""What all tests share: the corpus as shipped, loaded once."""

from pathlib import Path

import pytest

from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from knowledge.library import Library, load_library

CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(CORPUS)


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return build_assistant()
