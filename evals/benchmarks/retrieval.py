"""Compare our keyword index with the usual retrievers on lay questions about Chinese statutes (STARD), in one run."""

import argparse
import gzip
import json
import multiprocessing
import re
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from evals.bm25 import DEPTH, Search, dictionary_words, plain_bm25
from evals.ranking import score_ranking

_STARD = Path(__file__).parents[3] / "shared" / "benchmarks" / "stard"


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    relevant: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of the table: quality over all questions, building, peak memory including the texts, time of a query."""

    recall_1: float
    recall_10: float
    recall_50: float
    ndcg_10: float
    mrr: float
    build_s: float
    peak_mb: float
    p50_ms: float
    p95_ms: float


_HEADINGS = ("R@1", "R@10", "R@50", "nDCG@10", "MRR", "build s", "peak MB", "p50 ms", "p95 ms")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals bench retrieval", description=__doc__)
    parser.add_argument("--stard", type=Path, default=_STARD, metavar="DIR", help="folder with the benchmark's files")
    parser.add_argument(
        "--extra", action="store_true", help="add the local regulations, for growth to 137,000 articles"
    )
    parser.add_argument("--all", action="store_true", help="also the slow one: chromadb with latent semantic analysis")
    options = parser.parse_args(argv)

    paths = [options.stard / name for name in ("queries_dev.json", "corpus.jsonl.gz")]
    if options.extra:
        paths.append(options.stard / "extra_local.jsonl.gz")
    if missing := [str(path) for path in paths if not path.is_file()]:
        print(f"Not found: {', '.join(missing)}", file=sys.stderr)
        print("Name the folder that holds these files: --stard DIR", file=sys.stderr)
        return 2

    chosen = [name for name in RETRIEVERS if options.all or name not in SLOW]
    print("| retriever | " + " | ".join(_HEADINGS) + " |")
    print("|---" * (len(_HEADINGS) + 1) + "|")
    for name in chosen:
        if lacking := [module for module in NEEDS.get(name, ()) if not find_spec(module)]:
            print(f"| {name} | not installed: {', '.join(lacking)} |" + " |" * (len(_HEADINGS) - 1), flush=True)
        else:
            print(f"| {name} | " + " | ".join(map(_cell, astuple(_alone(name, paths)))) + " |", flush=True)
    return 0


def _cell(figure: float) -> str:
    return f"{figure:.3f}" if figure < 1 else f"{figure:.1f}" if figure < 10 else f"{figure:.0f}"


def _alone(name: str, paths: Sequence[Path]) -> Figures:
    """Measure in a process of its own, so that the peak of memory is the retriever's and not its forerunner's."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(measure, name, paths).result()


def measure(name: str, paths: Sequence[Path]) -> Figures:
    """Build one retriever, ask it everything; `paths` are the questions, then the files of articles."""
    texts, questions = load(paths[0], paths[1:])
    started = time.perf_counter()
    search = RETRIEVERS[name](texts)
    build_s = time.perf_counter() - started
    search(questions[0].text)  # whatever is fetched once is not a query's time

    durations, found = [], []
    for question in questions:
        started = time.perf_counter()
        found.append(search(question.text))
        durations.append((time.perf_counter() - started) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    percentiles = statistics.quantiles(durations, n=20)
    return Figures(*quality(questions, found), build_s, peak, percentiles[9], percentiles[18])


def load(queries: Path, corpora: Sequence[Path]) -> tuple[list[str], list[Question]]:
    texts: list[str] = []
    positions: dict[str, int] = {}
    for corpus in corpora:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                positions[article["id"]] = len(texts)
                texts.append(f"{article['name']}\n{article['content']}")
    rows = json.loads(queries.read_text(encoding="utf-8"))
    return texts, [Question(row["query"], frozenset(positions[id] for id in row["rel"])) for row in rows]


def quality(questions: Sequence[Question], found: Sequence[Sequence[int]]) -> tuple[float, float, float, float, float]:
    """Means over the questions: recall at 1, 10 and 50, nDCG at 10, and the reciprocal rank of the first right one."""
    rows = [score_ranking(f, q.relevant, (1, 10, DEPTH)).values() for q, f in zip(questions, found, strict=True)]
    recall_1, recall_10, recall_50, ndcg_10, mrr = (statistics.fmean(column) for column in zip(*rows, strict=True))
    return recall_1, recall_10, recall_50, ndcg_10, mrr


def ours(texts: Sequence[str]) -> Search:
    from knowledge.index import KeywordIndex

    index = KeywordIndex.build(texts)
    return lambda question: [entry.position for entry in index.search(question, DEPTH)]


def white_space(texts: Sequence[str]) -> Search:
    return plain_bm25(texts, str.split)


def words_of_a_dictionary(texts: Sequence[str]) -> Search:
    return plain_bm25(texts, dictionary_words)


def bm25s_words(texts: Sequence[str]) -> Search:
    index = import_module("bm25s").BM25()
    index.index([dictionary_words(text) for text in texts], show_progress=False)

    def search(question: str) -> list[int]:
        found, _ = index.retrieve([dictionary_words(question)], k=DEPTH, show_progress=False)
        return [int(position) for position in found[0]]

    return search


def tantivy_characters(texts: Sequence[str]) -> Search:
    from knowledge.tokenizer import terms

    tantivy = import_module("tantivy")
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="whitespace")
    schema.add_unsigned_field("position", stored=True)
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for position, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=" ".join(terms(text)), position=position))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[int]:
        query = index.parse_query(" ".join(f'"{term}"' for term in dict.fromkeys(terms(question))), ["text"])
        return [searcher.doc(address)["position"][0] for _, address in searcher.search(query, DEPTH).hits]

    return search


def sqlite_trigrams(texts: Sequence[str]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table article using fts5(text, tokenize='trigram', content='')")
    database.executemany("insert into article(rowid, text) values (?, ?)", enumerate(texts))
    database.commit()

    def search(question: str) -> list[int]:
        runs = re.findall(r"\w+", question)
        trigrams = dict.fromkeys(run[start : start + 3] for run in runs for start in range(len(run) - 2))
        if not trigrams:
            return []
        match = " OR ".join(f'"{trigram}"' for trigram in trigrams)
        rows = database.execute("select rowid from article where text match ? order by rank limit ?", (match, DEPTH))
        return [int(row[0]) for row in rows]

    return search


def chroma_lsa(texts: Sequence[str]) -> Search:
    """What an embedding computed without a model gives: 256 dimensions of a truncated singular value decomposition."""
    import chromadb
    from chromadb.config import Settings

    from knowledge.tokenizer import terms

    weights = import_module("sklearn.feature_extraction.text").TfidfVectorizer(
        analyzer=terms, min_df=2, sublinear_tf=True
    )
    svd = import_module("sklearn.decomposition").TruncatedSVD(256, random_state=0)
    pipeline = import_module("sklearn.pipeline").make_pipeline(
        weights, svd, import_module("sklearn.preprocessing").Normalizer()
    )
    vectors = pipeline.fit_transform(texts)
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    collection = client.create_collection("articles", embedding_function=None, configuration={"hnsw": {"space": "ip"}})
    numbered = enumerate(vectors)
    while batch := list(islice(numbered, 5000)):
        collection.add(ids=[str(number) for number, _ in batch], embeddings=[vector for _, vector in batch])

    def search(question: str) -> list[int]:
        found = collection.query(query_embeddings=pipeline.transform([question]), n_results=DEPTH, include=[])
        return [int(id) for id in found["ids"][0]]

    return search


RETRIEVERS: Mapping[str, Callable[[Sequence[str]], Search]] = {
    "ours: characters and pairs, NumPy postings": ours,
    "BM25 split at white space (LangChain's default)": white_space,
    "BM25 over dictionary words": words_of_a_dictionary,
    "bm25s over dictionary words": bm25s_words,
    "tantivy over our terms": tantivy_characters,
    "SQLite FTS5 trigrams": sqlite_trigrams,
    "chromadb + LSA 256": chroma_lsa,
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    "bm25s over dictionary words": ("bm25s",),
    "tantivy over our terms": ("tantivy",),
    "chromadb + LSA 256": ("sklearn",),
}
SLOW = frozenset({"chromadb + LSA 256"})

if __name__ == "__main__":
    sys.exit(main())
