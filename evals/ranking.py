"""How well a ranking finds what is relevant to one question: recall, reciprocal rank, nDCG."""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence

DEPTHS = (1, 5, 10)


def score_ranking(
    found: Sequence[Hashable], relevant: Collection[Hashable], depths: Sequence[int] = DEPTHS
) -> Mapping[str, float]:
    """`recall@k` for each depth, `ndcg@10`, and `mrr`: one over the rank of the first relevant one, 0 for none."""
    ranks = [rank for rank, one in enumerate(found, 1) if one in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(relevant)) + 1))
    gain = sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 10)
    recalls = {f"recall@{depth}": sum(rank <= depth for rank in ranks) / len(relevant) for depth in depths}
    return recalls | {"ndcg@10": gain / ideal, "mrr": 1 / ranks[0] if ranks else 0.0}
