"""What a run found, as it is kept in its folder and read again for a comparison."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.measures import Measure
from evals.results import CaseResult
from evals.runner import RESULTS, read_results

REPORT = "report.json"


class Report(BaseModel):
    """`baselines` holds, by name, what simple methods got on the same cases; `breaches` what the gates refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suite: str
    client: str
    started: str
    seed: int
    problems: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    baselines: Mapping[str, tuple[Measure, ...]] = {}


def keep(report: Report, folder: Path) -> None:
    (folder / REPORT).write_text(report.model_dump_json(indent=2), encoding="utf-8")


def read_run(folder: Path) -> tuple[Report, list[CaseResult]]:
    """Raises FileNotFoundError if the folder holds no finished run."""
    report = Report.model_validate_json((folder / REPORT).read_text(encoding="utf-8"))
    return report, list(read_results(folder / RESULTS))


def last_run_before(folder: Path, suite: str) -> Path | None:
    """The latest other finished run of the same suite beside this one."""
    finished = [f.parent for f in folder.parent.glob(f"*/{REPORT}") if f.parent != folder]
    same = [f for f in finished if f.name.rpartition("-")[0].rpartition("-")[0] == suite]
    return max(same, key=lambda f: (f / REPORT).stat().st_mtime, default=None)


def shown_value(measure: Measure) -> str:
    """`86.4 % (19/22)`, `0.33`, `2`."""
    if measure.hits is not None:
        return f"{measure.value * 100:.1f} %（{measure.hits}/{measure.n}）"
    return f"{measure.value:.3g}" if measure.low is not None else f"{measure.value:g}"


def shown_interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return ""
    if measure.hits is not None:
        return f"{measure.low * 100:.1f}–{measure.high * 100:.1f} %"
    return f"{measure.low:.3g}–{measure.high:.3g}"


def failures(results: Sequence[CaseResult]) -> list[CaseResult]:
    """Failed cases, those with a false eligible first, then errors."""
    failed = [r for r in results if (r.checks or r.error) and not r.passed]
    return sorted(failed, key=lambda r: (not any(v.false_eligible for v in r.verdicts), not r.error))
