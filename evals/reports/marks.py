"""The section on marks, in words that every form of the report shows alike."""

from collections.abc import Sequence

from evals.marks import MODEL, PEOPLE, Agreement, Side, Usage
from evals.measures import LABELS, Measure
from evals.reports.report import shown_interval, shown_value

TITLE = "模型与人工评分"
HEADS = (
    "评分者",
    "项目",
    "评了几条",
    "平均（95 % 区间）",
    "比对",
    "完全一致",
    "相差不超过 1 分",
    "加权 κ（95 % 区间）",
)
_NONE = "—"


def rows(sides: Sequence[Side]) -> list[tuple[str, ...]]:
    """Cells under `HEADS`, two lines for each side."""
    return [
        (_name(side), LABELS[agreement.quality], *_mean(side, agreement.quality), *_agreement(side, agreement))
        for side in sides
        for agreement in side.agreement
    ]


def notes(sides: Sequence[Side]) -> list[str]:
    """What has to be said beside the figures."""
    found = []
    if sides and all(side.by != PEOPLE for side in sides):
        found.append("还没有人工评分，模型评分未经核对。")
    if any(a.pairs and a.kappa is None for side in sides for a in side.agreement):
        found.append("κ 算不出：不足两对，或者有一方的分数全都一样。")
    return found + [f"{_name(side)}：{_spent(side.usage)}" for side in sides if side.usage]


def _name(side: Side) -> str:
    return f"人工（{side.markers} 人）" if side.by == PEOPLE else "模型 " + side.by.removeprefix(MODEL)


def _mean(side: Side, quality: str) -> tuple[str, str]:
    measure = next((m for m in side.means if m.name == quality), None)
    return (str(measure.n), _with_interval(measure)) if measure else ("0", _NONE)


def _agreement(side: Side, agreement: Agreement) -> tuple[str, ...]:
    whom = "人与人" if side.by == PEOPLE else "与人工"
    if agreement.exact is None or agreement.within_one is None:
        return f"{whom} 0 对", _NONE, _NONE, _NONE
    kappa = _with_interval(agreement.kappa) if agreement.kappa else "算不出"
    return f"{whom} {agreement.pairs} 对", shown_value(agreement.exact), shown_value(agreement.within_one), kappa


def _with_interval(measure: Measure) -> str:
    return f"{shown_value(measure)}（{shown_interval(measure)}）"


def _spent(usage: Usage) -> str:
    said = [f"回答 {usage.answers} 次，读不出分数 {usage.unreadable} 次"]
    if usage.told:
        said.append(f"输入 {usage.tokens_in}、输出 {usage.tokens_out} 个 token")
    if untold := usage.answers - usage.told:
        said.append(f"{untold} 次没有告知用量")
    said.append(f"花费 {usage.cost:.4g} 元" if usage.priced else "不计花费")
    if usage.priced and (unpriced := usage.answers - usage.priced):
        said.append(f"{unpriced} 次未计入花费")
    return "；".join(said) + "。"
