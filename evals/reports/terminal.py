"""A run on the terminal: the measures, the confusion of verdicts, what failed; or one case with everything."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from evals.marks import Side
from evals.measures import KEY_MEASURES, Measure, confusion
from evals.reports.marks import HEADS, TITLE, notes, rows
from evals.reports.report import Report, failures, shown_interval, shown_value
from evals.results import CaseResult

_SHOWN_FAILURES = 40
_IN_THE_PAGE_ALONE = (
    "extraction_recall/",
    "extraction_precision/",
    "pass/attacks/",
    "pass/profiles/",
)


def print_report(console: Console, report: Report, results: Sequence[CaseResult]) -> None:
    console.print(_measures(report))
    if len(report.suites) > 1:
        console.print(_by_suite(report))
    for name, rankings in report.retrieval.items():
        console.print(_retrieval(name, rankings))
    print_marks(console, report.marks)
    if any(not v.right for r in results for v in r.verdicts):
        console.print(_confusion(results))
    _print_failures(console, results)
    not_covered = Counter(r.not_covered for r in results if r.not_covered)
    for reason, count in not_covered.items():
        console.print(f"[dim]未覆盖 {count} 例：{escape(reason)}[/dim]")
    for problem in report.problems:
        console.print(f"[yellow]用例有误[/yellow] {escape(problem)}")
    for breach in report.breaches:
        console.print(f"[bold red]未达门槛[/bold red] {escape(breach)}")


def print_marks(console: Console, sides: Sequence[Side]) -> None:
    if not sides:
        return
    table = Table(*HEADS, title=TITLE, title_justify="left")
    for cells in rows(sides):
        table.add_row(*map(escape, cells))
    console.print(table)
    for note in notes(sides):
        console.print(note, markup=False)


def print_case(console: Console, result: CaseResult) -> None:
    """Everything about one case."""
    mark = "[green]通过[/green]" if result.passed else "[bold red]未通过[/bold red]"
    console.rule(f"{escape(result.id)}  {result.kind} / {escape(result.group)}  {mark}")
    for number, turn in enumerate(result.turns, start=1):
        said = turn.said or "（点选）"
        tapped = f"  〔{'、'.join(turn.choices)}〕" if turn.choices else ""
        console.print(f"\n[bold]{number} 企业：[/bold]{escape(said + tapped)}  [dim]{turn.seconds * 1000:.0f} ms[/dim]")
        if turn.reply is not None:
            console.print(Panel(escape(str(turn.reply.get("text", ""))), title="回复"))
            rest = {key: value for key, value in turn.reply.items() if key != "text" and value not in ([], {}, None)}
            console.print_json(json.dumps(rest, ensure_ascii=False))
        if turn.trace:
            console.print("[dim]过程[/dim]")
            console.print_json(json.dumps(turn.trace, ensure_ascii=False, default=str))
    for check in result.checks:
        mark = "[green]✓[/green]" if check.passed else "[bold red]✗[/bold red]"
        console.print(f"{mark} {check.name} {escape(check.detail)}")
    for verdict in result.verdicts:
        colour = "red" if verdict.false_eligible else "green" if verdict.right else "yellow"
        console.print(f"  [{colour}]{verdict.support}[/{colour}]：应为 {verdict.gold}，判为 {verdict.got}")
    if result.values:
        console.print("  ".join(f"{name}={value:g}" for name, value in result.values.items()))
    if result.not_covered:
        console.print(f"[dim]{escape(result.not_covered)}[/dim]")
    if result.error:
        console.print(f"[bold red]{escape(result.error)}[/bold red]")


def _measures(report: Report) -> Table:
    table = Table(title=f"题集 {report.title} · {report.client} · {report.started}", title_justify="left")
    table.add_column("指标", no_wrap=True)
    table.add_column("值", justify="right")
    table.add_column("95 % 区间", justify="right")
    baselines = {name: {m.name: m for m in measures} for name, measures in report.baselines.items()}
    for name in baselines:
        table.add_column(name, justify="right")
    for measure in report.measures:
        if measure.name.startswith(_IN_THE_PAGE_ALONE):
            continue
        others = [_other(of_baseline.get(measure.name)) for of_baseline in baselines.values()]
        bad = measure.name in ("false_eligible", "errors") and measure.value > 0
        style = "bold red" if bad else ""
        table.add_row(escape(measure.label), shown_value(measure), shown_interval(measure), *others, style=style)
    return table


def _by_suite(report: Report) -> Table:
    table = Table(title="各题集", title_justify="left")
    table.add_column("指标", no_wrap=True)
    for name in report.suites:
        table.add_column(name, justify="right")
    by_suite = [{m.name: m for m in measures} for measures in report.suites.values()]
    for measure in report.measures:
        if measure.name in KEY_MEASURES:
            table.add_row(escape(measure.label), *(_other(of_suite.get(measure.name)) for of_suite in by_suite))
    return table


def _retrieval(name: str, rankings: Mapping[str, Sequence[Measure]]) -> Table:
    table = Table(title=f"检索：{name}", title_justify="left")
    table.add_column("方法", no_wrap=True)
    for label in dict.fromkeys(m.label for measures in rankings.values() for m in measures):
        table.add_column(label, justify="right")
    for retriever, measures in rankings.items():
        table.add_row(escape(retriever), *(f"{m.value:.3f}" for m in measures))
    return table


def _other(measure: Measure | None) -> str:
    return shown_value(measure) if measure else "—"


def _confusion(results: Sequence[CaseResult]) -> Table:
    table = Table(title="判错的判定（应为 → 判为）", title_justify="left")
    table.add_column("应为")
    table.add_column("判为")
    table.add_column("次数", justify="right")
    right = sum(v.right for r in results for v in r.verdicts)
    wrong = {(v.gold, v.got) for r in results for v in r.verdicts if not v.right}
    for pair, count in confusion(results).most_common():
        if pair in wrong:
            table.add_row(pair[0], pair[1], str(count))
    table.caption = f"判对 {right} 个"
    return table


def _print_failures(console: Console, results: Sequence[CaseResult]) -> None:
    failed = failures(results)
    for result in failed[:_SHOWN_FAILURES]:
        lines = [f"{check.name}：{check.detail}" for check in result.failures]
        if result.error:
            lines.append(result.error.strip().splitlines()[-1])
        console.print(f"[red]✗ {escape(result.id)}[/red] [dim]{result.kind}/{escape(result.group)}[/dim]")
        for line in lines[:6]:
            console.print(f"    {escape(line)}")
    if len(failed) > _SHOWN_FAILURES:
        console.print(f"… 另有 {len(failed) - _SHOWN_FAILURES} 例未通过，见报告。")
