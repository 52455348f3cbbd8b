"""What a run found, as it is kept in its folder and read again for a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from evals.contract import Catalogue
from evals.marks import Side
from evals.measures import Measure
from evals.results import CaseResult
from evals.runner import RESULTS, read_results

REPORT = "report.json"
PASSAGES = "passages.json"


class Report(BaseModel):
    """Measures over all cases and by suite, and beside them what simple methods got on the same cases.

    `breaches` is what the gates refused; `retrieval` holds, by what was searched and by retriever, how well it found;
    `marks` is what people and models think of the replies.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    client: str
    started: str
    seed: int
    problems: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    suites: Mapping[str, tuple[Measure, ...]] = {}
    baselines: Mapping[str, tuple[Measure, ...]] = {}
    retrieval: Mapping[str, Mapping[str, tuple[Measure, ...]]] = {}
    marks: tuple[Side, ...] = ()

    @property
    def title(self) -> str:
        return "、".join(self.suites)


class Passage(BaseModel):
    """The text of a provision, and where in its document it starts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int
    text: str


_PASSAGES = TypeAdapter(dict[str, Passage])


def keep_passages(catalogue: Catalogue, folder: Path) -> None:
    """The provisions as they were published to this run, so that its quotes can be shown in their place later."""
    passages = {
        f"{document.id} {path}": Passage(start=start, text=document.text[start:end])
        for document in catalogue.documents.values()
        for path, (start, end) in document.provisions.items()
    }
    (folder / PASSAGES).write_bytes(_PASSAGES.dump_json(passages))


def read_passages(folder: Path) -> dict[str, Passage]:
    return _PASSAGES.validate_json((folder / PASSAGES).read_bytes())


def keep(report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REPORT).write_text(report.model_dump_json(indent=2), encoding="utf-8")


def read_run(folder: Path) -> tuple[Report, list[CaseResult]]:
    """Raises FileNotFoundError if the folder holds no finished run."""
    report = Report.model_validate_json((folder / REPORT).read_text(encoding="utf-8"))
    return report, list(read_results(folder / RESULTS))


def last_run_before(folder: Path, report: Report) -> Path | None:
    """The run of the same suites beside this one that started last before it; what cannot be read is passed over."""
    found: dict[str, Path] = {}
    for file in folder.parent.glob(f"*/{REPORT}"):
        try:
            other = Report.model_validate_json(file.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if other.started < report.started and set(other.suites) == set(report.suites):
            found[other.started] = file.parent
    return found[max(found)] if found else None


def sealed(results: Iterable[CaseResult]) -> list[CaseResult]:
    """The results with those of the test split reduced to what passed and what did not: nobody works towards them."""
    return [result if result.split == "work" else _sealed(result) for result in results]


def _sealed(result: CaseResult) -> CaseResult:
    checks = tuple(check.model_copy(update={"detail": ""}) for check in result.checks)
    error = "出错（已封存）" if result.error else ""
    return result.model_copy(update={"note": "", "checks": checks, "turns": (), "error": error})


def shown_value(measure: Measure) -> str:
    """`86.4 % (19/22)`, `0.33`, `2`."""
    if measure.hits is not None:
        return f"{measure.value * 100:.1f} %（{measure.hits}/{measure.n}）"
    return f"{measure.value:.3g}" if measure.value % 1 else f"{measure.value:g}"


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
