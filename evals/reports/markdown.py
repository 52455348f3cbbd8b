"""A run as Markdown, for a merge request or a mail."""

from collections.abc import Mapping, Sequence

from evals.measures import KEY_MEASURES, Measure, confusion
from evals.reports.marks import HEADS, TITLE, notes, rows
from evals.reports.report import Report, failures, shown_interval, shown_value
from evals.results import CaseResult


def markdown(report: Report, results: Sequence[CaseResult]) -> str:
    names = list(report.baselines)
    lines = [f"# 评测报告：{report.title}", "", f"{report.client} · {report.started} · 种子 {report.seed}", ""]
    lines += _row("指标", "值", "95 % 区间", *(f"对照：{name}" for name in names))
    lines += _row("---", *["---:"] * (2 + len(names)))
    for measure in report.measures:
        others = [
            next((shown_value(m) for m in report.baselines[name] if m.name == measure.name), "—") for name in names
        ]
        lines += _row(measure.label, shown_value(measure), shown_interval(measure), *others)
    lines += _by_suite(report)
    for name, rankings in report.retrieval.items():
        lines += _retrieval(name, rankings)
    lines += _marks(report)
    lines += _confusion(results)
    for title, items in (("未达门槛", report.breaches), ("用例有误", report.problems)):
        if items:
            lines += ["", f"## {title}", "", *(f"- {_escape(item)}" for item in items)]
    failed = failures(results)
    lines += ["", f"## 未通过（{len(failed)}）", ""]
    for result in failed:
        lines.append(f"- **{_escape(result.id)}**（{result.kind} / {_escape(result.group)}）")
        lines += [f"  - {check.name}：{_escape(check.detail)}" for check in result.failures]
        if result.error:
            lines.append(f"  - 出错：{_escape(result.error.strip().splitlines()[-1])}")
    return "\n".join(lines) + "\n"


def _by_suite(report: Report) -> list[str]:
    if len(report.suites) < 2:
        return []
    lines = ["", "## 各题集", "", *_row("指标", *report.suites), *_row("---", *["---:"] * len(report.suites))]
    by_suite = [{m.name: m for m in measures} for measures in report.suites.values()]
    for measure in report.measures:
        if measure.name in KEY_MEASURES:
            found = [of_suite.get(measure.name) for of_suite in by_suite]
            lines += _row(measure.label, *(shown_value(m) if m else "—" for m in found))
    return lines


def _retrieval(name: str, rankings: Mapping[str, Sequence[Measure]]) -> list[str]:
    labels = list(dict.fromkeys(m.label for measures in rankings.values() for m in measures))
    lines = ["", f"## 检索：{name}", "", *_row("方法", *labels), *_row("---", *["---:"] * len(labels))]
    for retriever, measures in rankings.items():
        lines += _row(retriever, *(f"{m.value:.3f}（{shown_interval(m)}）" for m in measures))
    return lines


def _marks(report: Report) -> list[str]:
    if not report.marks:
        return []
    lines = ["", f"## {TITLE}", "", *_row(*HEADS), *_row(*["---"] * len(HEADS))]
    for cells in rows(report.marks):
        lines += _row(*cells)
    return [*lines, "", *(f"- {_escape(note)}" for note in notes(report.marks))]


def _confusion(results: Sequence[CaseResult]) -> list[str]:
    counts = confusion(results)
    if not counts:
        return []
    golds, gots = (sorted({pair[side] for pair in counts}) for side in (0, 1))
    lines = ["", "## 判定：应为（行）→ 判为（列）", "", *_row("", *gots), *_row("---", *["---:"] * len(gots))]
    for gold in golds:
        lines += _row(gold, *(str(counts[gold, got] or "") for got in gots))
    return lines


def _row(*cells: str) -> list[str]:
    return ["| " + " | ".join(_escape(cell).replace("|", "\\|") for cell in cells) + " |"]


def _escape(text: str) -> str:
    return text.replace("\n", " ").replace("<", "&lt;")
