"""One run from start to reports: load, judge with a progress bar, measure, gate, write."""

import argparse
import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.cases import Case, Suite, group_of, kind_of, load_suites, suite_names, with_sound_gold
from evals.clients import Client, Refused, open_client
from evals.contract import Catalogue
from evals.gates import breaches, load_gates
from evals.marks import sides_of_run
from evals.measures import Measure, measure
from evals.reports.report import Report, keep, keep_passages, last_run_before, read_passages, read_run, sealed
from evals.reports.terminal import print_report
from evals.results import CaseResult
from evals.retrieval import Rankings, rank_provisions, rank_statutes
from evals.runner import run_suite

RUNS = Path("var") / "evals"
OK, BELOW_GATE, BAD_CASES, UNREACHABLE = 0, 1, 2, 3


def run(given: argparse.Namespace, console: Console) -> int:
    """The exit code: what could not be asked weighs more than bad cases, and those more than a broken gate."""
    started = datetime.now().astimezone()
    folder: Path = given.resume or given.out or RUNS / f"{started:%Y%m%d-%H%M%S}"
    try:
        return asyncio.run(_run(given, console, folder, started))
    except (httpx.TransportError, Refused) as error:
        console.print(f"[bold red]连不上服务[/bold red] {escape(given.base_url)}：{escape(str(error) or repr(error))}")
        console.print("请确认服务正在运行、地址写对了；不填 --base-url 就在本进程内评测。")
        return UNREACHABLE


def render(given: argparse.Namespace, console: Console) -> int:
    """Writes the reports of a finished run once more, with or without the sealed half."""
    report, results = render_again(given.folder, unseal=given.unseal)
    print_report(console, report, results if given.unseal else sealed(results))
    console.print(f"报告：{given.folder}/report.html")
    return OK


def render_again(folder: Path, *, unseal: bool) -> tuple[Report, list[CaseResult]]:
    """Writes the reports of a finished run with the marks that it has got by now."""
    report, results = read_run(folder)
    report = report.model_copy(update={"marks": sides_of_run(folder, results, report.seed)})
    keep(report, folder)
    write_reports(report, results, folder, unseal=unseal)
    return report, results


def _chosen(given: argparse.Namespace) -> tuple[Suite, ...]:
    def wanted(case: Case) -> bool:
        return (
            (not given.kind or kind_of(case) in given.kind)
            and (not given.group or group_of(case) in given.group)
            and (not given.only or case.id in given.only)
            and (not given.split or case.split == given.split)
        )

    return tuple(suite.only(wanted) for suite in load_suites(given.suite or suite_names()))


async def _run(given: argparse.Namespace, console: Console, folder: Path, started: datetime) -> int:
    client = open_client(given.base_url)
    try:
        catalogue = await client.catalogue()
        suites = [with_sound_gold(suite, catalogue) for suite in _chosen(given)]
        by_suite = await _judge_all(given, console, folder, suites, client, catalogue)
        baselines = {}
        if given.baselines:
            from evals.baselines import measure_baselines

            baselines = await measure_baselines(suites, client, catalogue, given.seed)
    finally:
        await client.close()

    results = [result for suite in suites for result in by_suite[suite.name]]
    measures = {name: tuple(measure(of_suite, given.seed)) for name, of_suite in by_suite.items()}
    report = Report(
        client=client.name,
        started=f"{started:%Y-%m-%d %H:%M:%S}",
        seed=given.seed,
        problems=tuple(problem for suite in suites for problem in suite.problems),
        breaches=tuple(_breaches(measures, by_suite)) if given.gate else (),
        measures=tuple(measure(results, given.seed)),
        suites=measures,
        baselines=baselines,
        retrieval=_retrieval(given, suites),
        marks=sides_of_run(folder, results, given.seed),
    )
    keep(report, folder)
    keep_passages(catalogue, folder)
    write_reports(report, results, folder, unseal=given.unseal)
    print_report(console, report, results if given.unseal else sealed(results))
    console.print(f"报告：{folder}/report.html")
    if report.problems:
        return BAD_CASES
    return BELOW_GATE if report.breaches else OK


async def _judge_all(
    given: argparse.Namespace,
    console: Console,
    folder: Path,
    suites: Sequence[Suite],
    client: Client,
    catalogue: Catalogue,
) -> dict[str, list[CaseResult]]:
    found: dict[str, list[CaseResult]] = {}
    with progress_bar(console, "未通过") as progress:
        for suite in suites:
            task = progress.add_task(suite.name, total=len(suite.cases), failed=0)
            failed = 0

            def done(result: CaseResult) -> None:
                nonlocal failed
                failed += not result.passed
                progress.update(task, advance=1, failed=failed)  # noqa: B023

            found[suite.name] = await run_suite(
                suite, client, catalogue, folder, concurrency=given.concurrency, seed=given.seed, done=done
            )
    return found


def _breaches(measures: Mapping[str, Sequence[Measure]], by_suite: Mapping[str, Sequence[CaseResult]]) -> Iterable[str]:
    for name, results in by_suite.items():
        yield from (f"{name} {breach}" for breach in breaches(load_gates(name), measures[name], results))


def _retrieval(given: argparse.Namespace, suites: Sequence[Suite]) -> dict[str, Rankings]:
    found: dict[str, Rankings] = {}
    if given.baselines:
        from chains.bootstrap import CORPUS
        from knowledge.library import load_library

        cases = [case for suite in suites for case in suite.cases]
        found["题集里的条款"] = rank_provisions(cases, load_library(CORPUS), given.seed)
    if given.stard:
        found["法条（STARD）"] = rank_statutes(given.stard, given.seed)
    return found


def write_reports(report: Report, results: Sequence[CaseResult], folder: Path, *, unseal: bool) -> None:
    from evals.reports.junit import junit_xml
    from evals.reports.markdown import markdown
    from evals.reports.page import page

    shown = list(results) if unseal else sealed(results)
    before = last_run_before(folder, report)
    (folder / "report.md").write_text(markdown(report, shown), encoding="utf-8")
    (folder / "junit.xml").write_text(junit_xml(report, shown), encoding="utf-8")
    (folder / "report.html").write_text(page(report, shown, before, read_passages(folder)), encoding="utf-8")


def progress_bar(console: Console, amiss: str) -> Progress:
    """`amiss` says what the field `failed` of a task counts."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(amiss + " {task.fields[failed]}"),
        TimeElapsedColumn(),
        console=console,
    )
