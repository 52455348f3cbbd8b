"""What changed between two runs of a suite: verdicts first, then cases, then measures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from evals.measures import Measure
from evals.reports.report import read_run, shown_value
from evals.results import CaseResult


@dataclass(frozen=True, slots=True)
class Changes:
    """Lines to be read; `verdicts` and `broken` are what to look at first."""

    verdicts: tuple[str, ...]
    broken: tuple[str, ...]
    mended: tuple[str, ...]
    replies: tuple[str, ...]
    measures: tuple[str, ...]


def changes(
    before: Sequence[CaseResult],
    after: Sequence[CaseResult],
    measures_before: Sequence[Measure] = (),
    measures_after: Sequence[Measure] = (),
) -> Changes:
    old = {result.id: result for result in before}
    both = [(old[new.id], new) for new in after if new.id in old]
    return Changes(
        verdicts=tuple(line for was, now in both for line in _verdicts(was, now)),
        broken=tuple(f"{now.id}：{_reasons(now)}" for was, now in both if was.passed and not now.passed),
        mended=tuple(now.id for was, now in both if not was.passed and now.passed),
        replies=tuple(now.id for was, now in both if _texts(was) != _texts(now)),
        measures=tuple(_measures(measures_before, measures_after)),
    )


def print_changes(console: Console, before: Path, after: Path) -> int:
    """Exit code 1 if a verdict changed or a case broke."""
    report_before, results_before = read_run(before)
    report_after, results_after = read_run(after)
    found = changes(results_before, results_after, report_before.measures, report_after.measures)
    for title, lines in (
        ("判定变了", found.verdicts),
        ("新的失败", found.broken),
        ("修好了", found.mended),
        ("回复文字变了", found.replies),
        ("指标", found.measures),
    ):
        if lines:
            console.print(f"[bold]{title}（{len(lines)}）[/bold]")
            for line in lines:
                console.print(f"  {escape(line)}")
    if not any((found.verdicts, found.broken, found.mended, found.replies)):
        console.print("没有变化。")
    return int(bool(found.verdicts or found.broken))


def _verdicts(was: CaseResult, now: CaseResult) -> Iterator[str]:
    got: Mapping[str, str] = {v.support: v.got for v in was.verdicts}
    for verdict in now.verdicts:
        if verdict.support in got and got[verdict.support] != verdict.got:
            mark = "对" if verdict.right else "错"
            yield f"{now.id} {verdict.support}：{got[verdict.support]} → {verdict.got}（{mark}，应为 {verdict.gold}）"


def _reasons(result: CaseResult) -> str:
    if result.error:
        return result.error.strip().splitlines()[-1]
    return "；".join(f"{check.name} {check.detail}".strip() for check in result.failures)


def _texts(result: CaseResult) -> list[str]:
    return [str(turn.reply.get("text")) for turn in result.turns if turn.reply is not None]


def _measures(before: Sequence[Measure], after: Sequence[Measure]) -> Iterator[str]:
    old = {measure.name: measure for measure in before}
    for measure in after:
        was = old.get(measure.name)
        if was is not None and not measure.name.startswith("latency") and was.value != measure.value:
            yield f"{measure.label}：{shown_value(was)} → {shown_value(measure)}"
