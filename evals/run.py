"""One run from start to reports: load, judge with a progress bar, measure, gate, write."""

import argparse
import asyncio
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.cases import SUITES, Case, Suite, group_of, kind_of, load_suite, with_sound_gold
from evals.clients import open_client
from evals.gates import breaches, load_gates
from evals.measures import measure
from evals.reports.report import Report, keep, last_run_before
from evals.reports.terminal import print_report
from evals.results import CaseResult
from evals.runner import run_suite

RUNS = Path("var") / "evals"
OK, BELOW_GATE, BAD_CASES = 0, 1, 2


def run(given: argparse.Namespace, console: Console) -> int:
    started = datetime.now().astimezone()
    folder: Path = given.resume or given.out or _new_folder(given.suite, started)
    return asyncio.run(_run(given, console, folder, started))


def _chosen_suite(given: argparse.Namespace) -> Suite:
    suite = load_suite(SUITES / given.suite)

    def wanted(case: Case) -> bool:
        return (
            (not given.kind or kind_of(case) in given.kind)
            and (not given.group or group_of(case) in given.group)
            and (not given.only or case.id in given.only)
            and (not given.split or case.split == given.split)
        )

    return suite.only(wanted)


def _new_folder(suite: str, started: datetime) -> Path:
    return RUNS / f"{suite}-{started:%Y%m%d-%H%M%S}"


async def _run(given: argparse.Namespace, console: Console, folder: Path, started: datetime) -> int:
    client = open_client(given.base_url)
    try:
        catalogue = await client.catalogue()
        suite = with_sound_gold(_chosen_suite(given), catalogue)
        with _progress(console) as progress:
            task = progress.add_task(suite.name, total=len(suite.cases), failed=0)
            failed = 0

            def done(result: CaseResult) -> None:
                nonlocal failed
                failed += not result.passed
                progress.update(task, advance=1, failed=failed)

            results = await run_suite(
                suite, client, catalogue, folder, concurrency=given.concurrency, seed=given.seed, done=done
            )
        baselines = {}
        if given.baselines:
            from evals.baselines import measure_baselines

            baselines = await measure_baselines(suite, client, catalogue, given.seed)
    finally:
        await client.close()

    measures = measure(results, given.seed)
    report = Report(
        suite=suite.name,
        client=client.name,
        started=f"{started:%Y-%m-%d %H:%M:%S}",
        seed=given.seed,
        problems=suite.problems,
        breaches=tuple(breaches(load_gates(suite.name), measures, results)) if given.gate else (),
        measures=tuple(measures),
        baselines=baselines,
    )
    _write(report, results, folder)
    print_report(console, report, results)
    console.print(f"报告：{folder}/report.html")
    return _exit_code(report, suite)


def _exit_code(report: Report, suite: Suite) -> int:
    if suite.problems:
        return BAD_CASES
    return BELOW_GATE if report.breaches else OK


def _write(report: Report, results: list[CaseResult], folder: Path) -> None:
    from evals.reports.junit import junit_xml
    from evals.reports.markdown import markdown
    from evals.reports.page import page

    before = last_run_before(folder, report.suite)
    keep(report, folder)
    (folder / "report.md").write_text(markdown(report, results), encoding="utf-8")
    (folder / "junit.xml").write_text(junit_xml(report, results), encoding="utf-8")
    (folder / "report.html").write_text(page(report, results, before), encoding="utf-8")


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("未通过 {task.fields[failed]}"),
        TimeElapsedColumn(),
        console=console,
    )
