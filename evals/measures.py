"""Measures of a run, each with a 95 % interval: what the reports print and the gates hold."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from evals.intervals import bootstrap, mean, percentile, wilson
from evals.results import CaseResult

LABELS: Mapping[str, str] = {
    "pass": "通过率",
    "verdicts": "判定正确率",
    "false_eligible": "误判可申请（个）",
    "errors": "出错的用例（个）",
    "citation_precision": "引用准确率",
    "citation_recall": "引用召回率",
    "quote_fidelity": "引文逐字一致率",
    "markers_resolved": "引用编号可解析率",
    "facts": "事实命中率",
    "replies_without_unsupported_figures": "无“无出处数字”的回复占比",
    "unsupported_figures": "无出处的数字（每例平均）",
    "replies_without_wrong_city_figures": "无“张冠李戴数字”的回复占比",
    "wrong_city_figures": "别的市的数字（每例平均）",
    "abstention_precision": "拒答准确率",
    "abstention_recall": "拒答召回率",
    "abstention_f1": "拒答 F1",
    "lifecycle_warnings": "失效提示率",
    "extraction_precision": "事实抽取准确率",
    "extraction_recall": "事实抽取召回率",
    "questions": "提问次数（每例平均）",
    "floor": "最少所需提问（每例平均）",
    "questions_over_floor": "多问的次数（每例平均）",
    "questions_per_floor": "提问次数 ÷ 最少所需",
    "repeats": "重复提问（每例平均）",
    "wasted": "无用提问（每例平均）",
    "latency_p50": "延迟 p50（秒）",
    "latency_p95": "延迟 p95（秒）",
    "recall@1": "检索 R@1",
    "recall@5": "检索 R@5",
    "recall@10": "检索 R@10",
    "ndcg@10": "检索 nDCG@10",
    "mrr": "检索 MRR",
    "helpful": "有用（1–5）",
    "plain": "好懂（1–5）",
}


# What is looked at first, suite by suite.
KEY_MEASURES = (
    "pass/questions",
    "pass/profiles",
    "pass/dialogues",
    "pass/attacks",
    "verdicts",
    "false_eligible",
    "errors",
    "citation_precision",
    "citation_recall",
    "quote_fidelity",
    "facts",
    "unsupported_figures",
    "wrong_city_figures",
    "abstention_f1",
    "lifecycle_warnings",
    "extraction_precision",
    "extraction_recall",
    "questions_per_floor",
    "repeats",
    "wasted",
    "latency_p95",
)


class Measure(BaseModel):
    """A share (`hits` of `n`), a mean, a ratio or a percentile over `n` values, or a plain count among `n`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    hits: int | None = None

    @property
    def label(self) -> str:
        name, _, rest = self.name.partition("/")
        return LABELS.get(name, name) + (f" · {rest}" if rest else "")


def measure(results: Sequence[CaseResult], seed: int) -> list[Measure]:
    """All measures of judged cases; a case that was not covered counts nowhere."""
    judged = [r for r in results if r.checks or r.error]
    if not judged:
        return []
    found = [share("pass", [r.passed for r in judged])]
    found += _pass_rates(judged)
    found += [_count("errors", [r for r in judged if r.error], judged)]
    verdicts = [v for r in judged for v in r.verdicts]
    found.append(_count("false_eligible", [v for v in verdicts if v.false_eligible], verdicts))
    found += _tallies(judged)
    found += _abstention_f1(judged, seed)
    found += _means(judged, seed)
    found += _latencies(judged, seed)
    return found


def mean_measures(rows: Sequence[Mapping[str, float]], seed: int) -> tuple[Measure, ...]:
    """The mean of each figure that the rows have, with its interval."""
    names = dict.fromkeys(name for row in rows for name in row)
    by_name = {name: [row[name] for row in rows if name in row] for name in names}
    return tuple(_mean(name, values, seed) for name, values in by_name.items())


def confusion(results: Iterable[CaseResult]) -> Counter[tuple[str, str]]:
    """How often each status was got for each gold; a gold of several statuses is `a|b`."""
    return Counter((v.gold, v.got) for r in results for v in r.verdicts)


def _pass_rates(judged: Sequence[CaseResult]) -> list[Measure]:
    found = []
    for kind in dict.fromkeys(r.kind for r in judged):
        of_kind = [r for r in judged if r.kind == kind]
        found.append(share(f"pass/{kind}", [r.passed for r in of_kind]))
        groups = dict.fromkeys(r.group for r in of_kind)
        if len(groups) > 1:
            found += [share(f"pass/{kind}/{g}", [r.passed for r in of_kind if r.group == g]) for g in groups]
    return found


def share(name: str, outcomes: Sequence[bool]) -> Measure:
    return _ratio(name, sum(outcomes), len(outcomes))


def _ratio(name: str, hits: int, total: int) -> Measure:
    interval = wilson(hits, total)
    return Measure(name=name, value=hits / total, n=total, low=interval.low, high=interval.high, hits=hits)


def _count(name: str, found: Sequence[object], of: Sequence[object]) -> Measure:
    """A count, and how many more there may be among as many again: none seen does not mean that there are none."""
    interval = wilson(len(found), len(of))
    return Measure(name=name, value=len(found), n=len(of), low=interval.low * len(of), high=interval.high * len(of))


def _tallies(judged: Sequence[CaseResult]) -> list[Measure]:
    sums: dict[str, tuple[int, int]] = {}
    for result in judged:
        for name, (hits, total) in result.tallies.items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + hits, before[1] + total)
    return [_ratio(name, hits, total) for name, (hits, total) in sorted(sums.items())]


def _means(judged: Sequence[CaseResult], seed: int) -> list[Measure]:
    found = []
    for name in dict.fromkeys(name for r in judged for name in r.values):
        found.append(_mean(name, [r.values[name] for r in judged if name in r.values], seed))
    asked = [(r.values["questions"], r.values["floor"]) for r in judged if "floor" in r.values]
    if sum(floor for _, floor in asked):
        found.append(_with_interval("questions_per_floor", _ratio_of_sums, asked, seed))
    return found


def _mean(name: str, values: Sequence[float], seed: int) -> Measure:
    return _with_interval(name, mean, values, seed)


def _ratio_of_sums(pairs: npt.ArrayLike) -> float:
    over, under = np.sum(pairs, axis=0)
    return float(over / under) if under else 0.0


def _abstention_f1(judged: Sequence[CaseResult], seed: int) -> list[Measure]:
    """Right abstentions, twice, over those made and those that were due."""
    pairs = []
    for result in judged:
        right, made = result.tallies.get("abstention_precision", (0, 0))
        _, due = result.tallies.get("abstention_recall", (0, 0))
        if made or due:
            pairs.append((2 * right, made + due))
    return [_with_interval("abstention_f1", _ratio_of_sums, pairs, seed)] if pairs else []


def _latencies(judged: Sequence[CaseResult], seed: int) -> list[Measure]:
    seconds = [turn.seconds for r in judged for turn in r.turns if turn.reply is not None]
    if not seconds:
        return []
    found = []
    for name, share in (("latency_p50", 0.5), ("latency_p95", 0.95)):
        found.append(_with_interval(name, partial(percentile, share=share), seconds, seed))
    return found


def _with_interval(
    name: str,
    statistic: Callable[[npt.ArrayLike], float],
    values: Sequence[float] | Sequence[tuple[float, float]],
    seed: int,
) -> Measure:
    rows = np.asarray(values)
    interval = bootstrap(rows, statistic, seed)
    return Measure(name=name, value=statistic(rows), n=len(rows), low=interval.low, high=interval.high)
