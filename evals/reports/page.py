"""A run as one HTML page that stands alone: charts, filters, every case with its trace, changes since the last run."""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from evals.compare import changes
from evals.measures import Measure, confusion
from evals.reports.marks import HEADS, TITLE, notes, rows
from evals.reports.report import Passage, Report, read_run, shown_interval, shown_value
from evals.results import CaseResult, TurnRecord

_TEMPLATE = Path(__file__).with_name("page.html")
_BAR, _ROW = 240, 15
# What the chart of us beside the simple methods shows: shares that at least one of them has as well.
_CHART = (
    "pass/questions",
    "citation_precision",
    "citation_recall",
    "facts",
    "abstention_recall",
    "lifecycle_warnings",
    "pass/profiles",
    "verdicts",
    "pass/dialogues",
)


def page(report: Report, results: Sequence[CaseResult], before: Path | None, passages: Mapping[str, Passage]) -> str:
    """`passages` by "document provision": what the quotes of the cases are shown in."""
    ordered = sorted(results, key=lambda r: (r.passed, not any(v.false_eligible for v in r.verdicts)))
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(f"评测报告 · {report.title}"),
        run=escape(f"{report.client} · {report.started} · 种子 {report.seed}"),
        warnings="".join(_warnings(report)),
        chart=_chart(report),
        measures=_measures(report.measures, report.baselines),
        suites="".join(_suite(name, measures) for name, measures in report.suites.items()),
        retrieval="".join(_retrieval(name, rankings) for name, rankings in report.retrieval.items()),
        marks=_marks(report),
        confusion=_confusion(results),
        changes="".join(_changes(report, results, before)),
        names=_options(sorted(report.suites)),
        groups=_options(sorted({f"{r.kind}/{r.group}" for r in results})),
        failures=_options(sorted({name for r in results for name in _failed_names(r)})),
        cases="".join(_row(number, result) for number, result in enumerate(ordered)),
        total=len(results),
        data=_data({"cases": [_case(r) for r in ordered], "passages": _cited(ordered, passages)}),
    )


def _options(names: Sequence[str]) -> str:
    return "".join(f"<option>{escape(name)}</option>" for name in names)


def _failed_names(result: CaseResult) -> list[str]:
    return [*dict.fromkeys(check.name for check in result.failures), *(["error"] if result.error else [])]


def _warnings(report: Report) -> Iterator[str]:
    for title, items in (("未达门槛", report.breaches), ("用例有误", report.problems)):
        if items:
            yield f'<section class="warn"><h2>{title}</h2>{_list(items)}</section>'


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _suite(name: str, measures: Sequence[Measure]) -> str:
    return f"<details><summary>题集 {escape(name)}</summary>{_measures(measures, {})}</details>"


def _measures(measures: Sequence[Measure], baselines: Mapping[str, Sequence[Measure]]) -> str:
    heads = "".join(f"<th>对照：{escape(name)}</th>" for name in baselines)
    rows = "".join(_measure(measure, baselines) for measure in measures)
    return f"<table><tr><th>指标</th><th></th><th>值</th><th>95 % 区间</th>{heads}</tr>{rows}</table>"


def _measure(measure: Measure, baselines: Mapping[str, Sequence[Measure]]) -> str:
    others = ""
    for of_baseline in baselines.values():
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


def _chart(report: Report) -> str:
    """Us and the simple methods on the same cases, a bar each."""
    sources = {"惠企": report.measures, **report.baselines}
    if len(sources) == 1:
        return ""
    parts, y = [], 0
    for name in _CHART:
        found = [(source, next((m for m in measures if m.name == name), None)) for source, measures in sources.items()]
        bars = [(source, m) for source, m in found if m is not None]
        if len(bars) < 2:
            continue
        parts.append(f'<text class="name" x="0" y="{y + 14}">{escape(bars[0][1].label)}</text>')
        y += 20
        for source, measure in bars:
            kind = "bar" if source == "惠企" else "other"
            parts.append(
                f'<rect class="{kind}" x="190" y="{y}" width="{measure.value * 400:.1f}" height="{_ROW - 3}"/>'
                f'<text x="182" y="{y + 10}" text-anchor="end">{escape(source)}</text>'
                f'<text x="{195 + measure.value * 400:.1f}" y="{y + 10}">{measure.value:.1%}</text>'
            )
            y += _ROW
        y += 8
    if not parts:
        return ""
    drawn = "".join(parts)
    return (
        '<section><h2>和简单做法相比</h2><div class="wide">'
        f'<svg class="chart" viewBox="0 0 660 {y}" width="660" height="{y}" role="img" aria-label="与对照方法比较">'
        f"{drawn}</svg></div></section>"
    )


def _retrieval(name: str, rankings: Mapping[str, Sequence[Measure]]) -> str:
    columns = [measure for measures in rankings.values() for measure in measures]
    heads = "".join(f"<th>{escape(label)}</th>" for label in dict.fromkeys(m.label for m in columns))
    rows = ""
    for retriever, measures in rankings.items():
        cells = "".join(f"<td>{m.value:.3f} <small>{escape(shown_interval(m))}</small></td>" for m in measures)
        rows += f"<tr><td>{escape(retriever)}</td>{cells}</tr>"
    asked = columns[0].n if columns else 0
    return f"<h3>检索：{escape(name)}（{asked} 问）</h3><table><tr><th>方法</th>{heads}</tr>{rows}</table>"


def _marks(report: Report) -> str:
    if not report.marks:
        return ""
    heads = "".join(f"<th>{escape(head)}</th>" for head in HEADS)
    lines = ""
    for cells in rows(report.marks):
        lines += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    said = _list(notes(report.marks))
    return f"<section><h2>{TITLE}</h2><table><tr>{heads}</tr>{lines}</table>{said}</section>"


def _confusion(results: Sequence[CaseResult]) -> str:
    counts = confusion(results)
    if not counts:
        return ""
    wrong = {(v.gold, v.got) for r in results for v in r.verdicts if not v.right}
    golds, gots = (sorted({pair[side] for pair in counts}) for side in (0, 1))
    heads = "".join(f"<th>{escape(got)}</th>" for got in gots)
    rows = ""
    for gold in golds:
        cells = "".join(
            f'<td class="{"miss" if (gold, got) in wrong else ""}">{counts[gold, got] or ""}</td>' for got in gots
        )
        rows += f"<tr><th>{escape(gold)}</th>{cells}</tr>"
    return (
        "<details><summary>判定：应为（行）→ 判为（列）</summary>"
        f'<div class="wide"><table class="matrix"><tr><th></th>{heads}</tr>{rows}</table></div></details>'
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


def _state(result: CaseResult) -> str:
    return "skip" if not (result.checks or result.error) else "pass" if result.passed else "fail"


def _row(number: int, result: CaseResult) -> str:
    """The line of a case; what is inside is drawn when it is opened."""
    failed = _failed_names(result)
    return (
        f'<details class="case {_state(result)}" data-n="{number}" data-suite="{escape(result.suite)}" '
        f'data-group="{escape(f"{result.kind}/{result.group}")}" data-failed="{escape(" ".join(failed))}">'
        f"<summary><b>{escape(result.id)}</b> <small>{escape(result.kind)} / {escape(result.group)}</small> "
        f"{escape('、'.join(failed))}</summary></details>"
    )


def _case(result: CaseResult) -> dict[str, Any]:
    return {
        "note": result.note,
        "sealed": result.split == "test" and not result.turns,
        "failures": [f"{check.name}：{check.detail}" for check in result.failures],
        "error": result.error,
        "uncovered": result.not_covered,
        "turns": [_turn(turn) for turn in result.turns],
        "wrong": [[v.support, v.gold, v.got] for v in result.verdicts if not v.right],
        "values": "，".join(f"{name} {value:g}" for name, value in result.values.items()),
    }


def _turn(turn: TurnRecord) -> dict[str, Any]:
    reply = turn.reply or {}
    return {
        "said": turn.said or "（点选）",
        "choices": list(turn.choices),
        "ms": round(turn.seconds * 1000),
        "text": str(reply.get("text", "")),
        "abstained": bool(reply.get("abstained")),
        "question": (reply.get("question") or {}).get("text", ""),
        "citations": [
            {key: c.get(key) for key in ("marker", "document_title", "quote", "start", "end", "lifecycle")}
            | {"place": f"{c.get('document_id')} {c.get('provision')}"}
            for c in reply.get("citations", [])
        ],
        "findings": [_finding(finding) for finding in reply.get("findings", [])],
        "profile": {slot: entry.get("label") or entry.get("value") for slot, entry in reply.get("profile", {}).items()},
        "trace": turn.trace,
    }


def _finding(finding: Mapping[str, Any]) -> list[Any]:
    reasons = [f"{reason['condition']}：{reason['state']}" for reason in finding["reasons"]]
    return [finding["title"], finding["status"], finding["otherwise"], reasons]


def _cited(results: Sequence[CaseResult], passages: Mapping[str, Passage]) -> dict[str, Any]:
    places = {
        f"{c.get('document_id')} {c.get('provision')}"
        for result in results
        for turn in result.turns
        for c in (turn.reply or {}).get("citations", [])
    }
    return {place: passages[place].model_dump() for place in sorted(places) if place in passages}


def _data(value: object) -> str:
    """JSON that no text in it can leave: it stands in a script element."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("<", "\\u003c")
