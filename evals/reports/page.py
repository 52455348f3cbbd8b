"""A run as one HTML page that stands alone: bars, filters, every case with its trace, changes since the last run."""

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template

from evals.compare import changes
from evals.measures import Measure
from evals.reports.report import Report, read_run, shown_interval, shown_value
from evals.results import CaseResult, TurnRecord

_TEMPLATE = Path(__file__).with_name("page.html")
_BAR = 240


def page(report: Report, results: Sequence[CaseResult], before: Path | None) -> str:
    ordered = sorted(results, key=lambda r: (r.passed, not any(v.false_eligible for v in r.verdicts)))
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(f"评测报告 · {report.suite}"),
        run=escape(f"{report.client} · {report.started} · 种子 {report.seed}"),
        warnings="".join(_warnings(report)),
        measures="".join(_measure_row(measure, report) for measure in report.measures),
        baselines="".join(f"<th>对照：{escape(name)}</th>" for name in report.baselines),
        changes="".join(_changes(report, results, before)),
        groups="".join(f"<option>{escape(group)}</option>" for group in _groups(results)),
        failures="".join(f"<option>{escape(name)}</option>" for name in _failed_checks(results)),
        cases="".join(_case(result) for result in ordered),
        total=len(results),
    )


def _groups(results: Sequence[CaseResult]) -> list[str]:
    return sorted({f"{r.kind}/{r.group}" for r in results})


def _failed_checks(results: Sequence[CaseResult]) -> list[str]:
    return sorted({name for r in results for name in _failed_names(r)})


def _failed_names(result: CaseResult) -> list[str]:
    return [*dict.fromkeys(check.name for check in result.failures), *(["error"] if result.error else [])]


def _warnings(report: Report) -> Iterator[str]:
    for title, items in (("未达门槛", report.breaches), ("用例有误", report.problems)):
        if items:
            yield f'<section class="warn"><h2>{title}</h2>{_list(items)}</section>'


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _measure_row(measure: Measure, report: Report) -> str:
    others = ""
    for of_baseline in report.baselines.values():
        found = next((m for m in of_baseline if m.name == measure.name), None)
        others += f"<td>{escape(shown_value(found)) if found else '—'}</td>"
    return (
        f"<tr><td>{escape(measure.label)}</td><td>{_bar(measure)}</td><td>{escape(shown_value(measure))}</td>"
        f"<td>{escape(shown_interval(measure))}</td>{others}</tr>"
    )


def _bar(measure: Measure) -> str:
    """A share as a bar, its interval as a line upon it."""
    if measure.hits is None or measure.low is None or measure.high is None:
        return ""
    low, high = measure.low * _BAR, measure.high * _BAR
    return (
        f'<svg width="{_BAR}" height="14" role="img" aria-label="{measure.value:.1%}">'
        f'<rect class="rail" width="{_BAR}" height="14"/>'
        f'<rect class="bar" width="{measure.value * _BAR:.1f}" height="14"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="7" y2="7"/></svg>'
    )


def _changes(report: Report, results: Sequence[CaseResult], before: Path | None) -> Iterator[str]:
    if before is None:
        return
    report_before, results_before = read_run(before)
    found = changes(results_before, results, report_before.measures, report.measures)
    yield f"<section><h2>与上一次相比（{escape(report_before.started)}）</h2>"
    for title, lines in (
        ("判定变了", found.verdicts),
        ("新的失败", found.broken),
        ("修好了", found.mended),
        ("指标", found.measures),
    ):
        if lines:
            yield f"<details open><summary>{title}（{len(lines)}）</summary>{_list(lines)}</details>"
    if not (found.verdicts or found.broken or found.mended or found.measures):
        yield "<p>没有变化。</p>"
    yield "</section>"


def _case(result: CaseResult) -> str:
    state = "skip" if not (result.checks or result.error) else "pass" if result.passed else "fail"
    failed = _failed_names(result)
    return (
        f'<details class="case {state}" data-group="{escape(f"{result.kind}/{result.group}")}" '
        f'data-failed="{escape(" ".join(failed))}"><summary><b>{escape(result.id)}</b> '
        f"<small>{escape(result.kind)} / {escape(result.group)}</small> {escape('、'.join(failed))}</summary>"
        + "".join(_inside(result))
        + "</details>"
    )


def _inside(result: CaseResult) -> Iterator[str]:
    if result.note:
        yield f"<p>{escape(result.note)}</p>"
    if result.failures:
        yield _list([f"{check.name}：{check.detail}" for check in result.failures])
    if result.error:
        yield f"<pre>{escape(result.error)}</pre>"
    if result.not_covered:
        yield f"<p>未覆盖：{escape(result.not_covered)}</p>"
    for turn in result.turns:
        yield from _turn(turn)
    wrong = [v for v in result.verdicts if not v.right]
    if wrong:
        rows = "".join(
            f"<tr><td>{escape(v.support)}</td><td>{escape(v.gold)}</td><td>{escape(v.got)}</td></tr>" for v in wrong
        )
        yield f"<table><tr><th>支持事项</th><th>应为</th><th>判为</th></tr>{rows}</table>"
    if result.values:
        yield "<p>" + escape("，".join(f"{name} {value:g}" for name, value in result.values.items())) + "</p>"


def _turn(turn: TurnRecord) -> Iterator[str]:
    tapped = f" 〔{'、'.join(turn.choices)}〕" if turn.choices else ""
    said = escape((turn.said or "（点选）") + tapped)
    yield f'<p class="user">{said} <small>{turn.seconds * 1000:.0f} ms</small></p>'
    if turn.reply is None:
        return
    yield f'<p class="reply">{escape(str(turn.reply.get("text", "")))}</p>'
    yield f"<details><summary>回复全文</summary><pre>{escape(_json(turn.reply))}</pre></details>"
    if turn.trace:
        yield f"<details><summary>过程</summary><pre>{escape(_json(turn.trace))}</pre></details>"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)
