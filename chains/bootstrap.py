"""Composition root: from plain settings to an Assistant, for `bot` and `evals` alike."""

from dataclasses import dataclass
from pathlib import Path

from chains.assistant import MODEL_SECONDS, Assistant
from chains.llm import LanguageModel
from chains.meaning import MeaningIndex
from chains.retrieval import Finder, entry_texts
from chains.understanding import understand
from knowledge.index import VectorIndex, openai_embeddings
from knowledge.library import load_library

CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"


@dataclass(frozen=True, slots=True)
class Embedding:
    """An OpenAI-compatible embedding model, and where its vectors are kept (a folder, or a Chroma server's URL)."""

    model: str
    api_key: str
    base_url: str
    directory: Path
    chroma_url: str = ""


def build_assistant(
    *,
    corpus: Path = CORPUS,
    embedding: Embedding | None = None,
    model: LanguageModel | None = None,
    model_seconds: float = MODEL_SECONDS,
    sends_words: bool = True,
) -> Assistant:
    """An assistant over a corpus folder. Raises InvalidCorpus, naming every bad file, line and row."""
    understand("你好")  # what is loaded with the first words is loaded now: nobody waits for it
    library = load_library(corpus)
    texts = entry_texts(library)
    vectors = MeaningIndex(lambda: _open(embedding, texts)) if embedding else None
    if model is not None:
        model.load()
    finder = Finder(library, vectors)
    return Assistant(library, finder, model, model_seconds=model_seconds, sends_words=sends_words)


def _open(embedding: Embedding, texts: list[str]) -> VectorIndex:
    model = openai_embeddings(embedding.model, api_key=embedding.api_key, base_url=embedding.base_url)
    return VectorIndex.open(
        texts, model, model=embedding.model, directory=embedding.directory, url=embedding.chroma_url
    )
