"""Composition root: from plain settings to an Assistant, for `bot` and `evals` alike."""

from pathlib import Path

from chains.assistant import Assistant
from chains.retrieval import Finder
from knowledge.library import load_library

CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"


def build_assistant(*, corpus: Path = CORPUS) -> Assistant:
    """An assistant over a corpus folder. Raises InvalidCorpus, naming every bad file, line and row."""
    library = load_library(corpus)
    return Assistant(library, Finder(library))
