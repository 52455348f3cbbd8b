"""Composition root: from plain settings to an Assistant, for `bot` and `evals` alike."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chains.assistant import MODEL_SECONDS, Assistant
from chains.finding.entries import entry_texts
from chains.finding.meaning import MeaningIndex
from chains.finding.retrieval import Finder
from chains.language.understanding import understand
from chains.model.llm import LanguageModel
from knowledge.index import VectorIndex, openai_embeddings
from knowledge.library import Library, load_library

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

_BUILD_SECONDS, _BUILD_RETRIES = 30.0, 5
_QUERY_SECONDS = 1.5

CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"


@dataclass(frozen=True, slots=True)
class Embedding:
    """An OpenAI-compatible embedding model, and where its vectors are kept (a folder, or a Chroma server's URL)."""

    model: str
    api_key: str
    base_url: str
    directory: Path
    chroma_url: str = ""

    @property
    def name(self) -> str:
        """What its vectors are kept under: two servers may call different models the same."""
        return f"{self.base_url} {self.model}"

    @property
    def vectors(self) -> Path:
        """The file of all vectors that were ever paid for."""
        return self.directory / "vectors.db"


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
    vectors = MeaningIndex(lambda: _open(embedding, entry_texts(library))) if embedding else None
    if model is not None:
        model.load()
    finder = Finder(library, vectors)
    return Assistant(library, finder, model, model_seconds=model_seconds, sends_words=sends_words)


def count_vectors(embedding: Embedding, library: Library) -> tuple[int, int]:
    """How many entries of a library have their vectors, and how many there are."""
    from knowledge.vectors import count_kept

    texts = entry_texts(library)
    return count_kept(embedding.vectors, embedding.name, texts), len(texts)


def _open(embedding: Embedding, texts: list[str]) -> VectorIndex:
    from knowledge.vectors import KeptEmbeddings  # with LangChain, where it is needed alone

    def client(seconds: float, retries: int) -> "Embeddings":
        key, url = embedding.api_key, embedding.base_url
        return openai_embeddings(embedding.model, api_key=key, base_url=url, seconds=seconds, retries=retries)

    # Who builds has time and obeys a server that asks for patience; who asks has not, and words serve meanwhile.
    building, asking = client(_BUILD_SECONDS, _BUILD_RETRIES), client(_QUERY_SECONDS, 0)
    kept = KeptEmbeddings(building, asking, model=embedding.name, file=embedding.vectors, query_seconds=_QUERY_SECONDS)
    return VectorIndex.open(texts, kept, model=embedding.name, directory=embedding.directory, url=embedding.chroma_url)
