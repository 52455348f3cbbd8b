"""A handful of texts to index, and the places of what was found."""

from collections.abc import Sequence

from knowledge.index import ScoredEntry

POLICIES = (
    "发放算力券，支持企业购买智算服务",
    "对完成大模型备案手续的企业给予 20 万元一次性奖励",
    "支持企业申请成为海关经认证的经营者（AEO）",
    "将核心成员列为 C 类人才",
    "支持企业享受民营企业转贷基金",
)


def positions(entries: Sequence[ScoredEntry]) -> list[int]:
    return [entry.position for entry in entries]
