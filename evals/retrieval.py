"""How well the provision of an answer is found: our search beside plain BM25, on the suites' questions and at scale."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from chains.finding.retrieval import Finder
from chains.language.understanding import understand
from evals.bm25 import DEPTH, dictionary_words, plain_bm25
from evals.cases import Case, Place, QuestionCase
from evals.measures import Measure, mean_measures
from evals.ranking import score_ranking
from knowledge.index import KeywordIndex
from knowledge.library import Library

Rank = Callable[[str], list[Place]]
Rankings = Mapping[str, tuple[Measure, ...]]
"""Measures by the name of the retriever."""


def rank_provisions(cases: Iterable[Case], library: Library, seed: int) -> Rankings:
    """Questions of one turn whose gold names provisions, put to every retriever over all documents."""
    asked = [(c.turns[0], frozenset(c.expect.provisions)) for c in cases if isinstance(c, QuestionCase) and _ranks(c)]
    if not asked:
        return {}
    retrievers = {
        "惠企": _ours(library),
        "同样的索引，不加已知问法": _without_questions(library),
        "BM25（词典分词）": _plain(library, dictionary_words),
        "BM25（按空白分词）": _plain(library, str.split),
    }
    return {
        name: mean_measures([score_ranking(rank(question), relevant) for question, relevant in asked], seed)
        for name, rank in retrievers.items()
    }


def rank_statutes(folder: Path, seed: int) -> Rankings:
    """Lay questions about statutes (STARD). Raises FileNotFoundError, naming what the folder lacks."""
    from evals.benchmarks import retrieval as stard

    texts, questions = stard.load(folder / "queries_dev.json", [folder / "corpus.jsonl.gz"])
    retrievers = {
        "惠企": stard.ours,
        "BM25（词典分词）": stard.words_of_a_dictionary,
        "BM25（按空白分词）": stard.white_space,
    }
    found = {}
    for name, build in retrievers.items():
        search = build(texts)
        found[name] = mean_measures([score_ranking(search(q.text), q.relevant) for q in questions], seed)
    return found


def _ranks(case: QuestionCase) -> bool:
    named = case.expect.provisions
    return len(case.turns) == 1 and bool(named) and all(provision != "*" for _, provision in named)


def _ours(library: Library) -> Rank:
    finder = Finder(library)

    def rank(question: str) -> list[Place]:
        heard = understand(question)
        matches = finder.search(heard.text, heard.cities, DEPTH)
        return list(dict.fromkeys((match.entry.document_id, match.entry.provision) for match in matches))

    return rank


def _passages(library: Library) -> Iterator[tuple[Place, str]]:
    for document in library.documents.values():
        for path, provision in document.provisions.items():
            text = document.text[provision.start : provision.end]
            yield (document.id, path), f"{document.record.title}\n{provision.heading}\n{text}"


def _without_questions(library: Library) -> Rank:
    places, texts = zip(*_passages(library), strict=True)
    index = KeywordIndex.build(texts)
    return lambda question: [places[hit.position] for hit in index.search(question, DEPTH)]


def _plain(library: Library, split: Callable[[str], list[str]]) -> Rank:
    places, texts = zip(*_passages(library), strict=True)
    search = plain_bm25(texts, split)
    return lambda question: [places[position] for position in search(question)]
