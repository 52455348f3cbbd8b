"""A run as Markdown, for a merge request or a mail."""

from collections.abc import Sequence

from evals.reports.report import Report, failures, shown_interval, shown_value
from evals.results import CaseResult


def markdown(report: Report, results: Sequence[CaseResult]) -> str:
    names = list(report.baselines)
    lines = [f"# 评测报告：{report.suite}", "", f"{report.client} · {report.started} · 种子 {report.seed}", ""]
    lines += _row("指标", "值", "95 % 区间", *(f"对照：{name}" for name in names))
    lines += _row("---", *["---:"] * (2 + len(names)))
    for measure in report.measures:
        others = [
            next((shown_value(m) for m in report.baselines[name] if m.name == measure.name), "—") for name in names
        ]
        lines += _row(measure.label, shown_value(measure), shown_interval(measure), *others)
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


def _row(*cells: str) -> list[str]:
    return ["| " + " | ".join(_escape(cell).replace("|", "\\|") for cell in cells) + " |"]


def _escape(text: str) -> str:
    return text.replace("\n", " ").replace("<", "&lt;")
