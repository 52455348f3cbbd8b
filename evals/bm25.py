"""BM25 in plain Python with its usual constants: what a framework's default does, whatever it splits with."""

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import rjieba

DEPTH = 50
Search = Callable[[str], list[int]]
"""A question to the positions of at most `DEPTH` texts, best first."""


def dictionary_words(text: str) -> list[str]:
    words: list[str] = rjieba.cut(text)
    return words


def plain_bm25(texts: Sequence[str], split: Callable[[str], list[str]]) -> Search:
    counted = [Counter(split(text)) for text in texts]
    mean = statistics.fmean(counts.total() for counts in counted)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for position, counts in enumerate(counted):
        for term, count in counts.items():
            weight = count * 2.5 / (count + 1.5 * (0.25 + 0.75 * counts.total() / mean))
            postings[term].append((position, weight))

    def search(question: str) -> list[int]:
        scores: defaultdict[int, float] = defaultdict(float)
        for term in set(split(question)) & postings.keys():
            having = postings[term]
            idf = math.log1p((len(texts) - len(having) + 0.5) / (len(having) + 0.5))
            for position, weight in having:
                scores[position] += idf * weight
        return sorted(scores, key=lambda position: (-scores[position], position))[:DEPTH]

    return search
