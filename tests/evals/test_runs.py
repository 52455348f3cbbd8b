"""A run keeps its results, can be resumed and compared, and its reports carry hostile text harmlessly."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evals.__main__ import main
from evals.cases import Suite, load_suite, load_suites
from evals.compare import changes
from evals.measures import measure
from evals.reports.junit import junit_xml
from evals.reports.markdown import markdown
from evals.reports.page import page
from evals.reports.report import Report, keep, last_run_before, read_run, sealed
from evals.results import CaseResult, Check, TurnRecord, Verdict
from evals.run import BAD_CASES, UNREACHABLE
from evals.runner import RESULTS, run_suite
from tests.evals.fakes import FakeClient, reply
from tests.evals.test_cases import GOOD, write

HOSTILE = "<script>alert(1)</script>]]>\x00"


def suite_of(folder: Path, *names: str) -> Suite:
    folder.mkdir()
    return load_suite(write(folder, *(GOOD | {"id": name, "expect": {}} for name in names)))


async def run(suite: Suite, client: FakeClient, folder: Path) -> list[CaseResult]:
    return await run_suite(
        suite, client, await client.catalogue(), folder, concurrency=2, seed=1, done=lambda result: None
    )


def failed(name: str = "a", **parts: Any) -> CaseResult:
    checks = (Check(name="must", passed=False, detail=HOSTILE),)
    turns = (TurnRecord(said=HOSTILE, reply=reply(HOSTILE), seconds=0.1, trace={"heard": HOSTILE}),)
    return CaseResult(id=name, suite="s", kind="questions", group="g", checks=checks, turns=turns, **parts)


def report(*results: CaseResult) -> Report:
    return Report(
        client="fake",
        started="2026-11-20",
        seed=1,
        problems=(HOSTILE,),
        measures=tuple(measure(results, seed=1)),
        suites={"s": tuple(measure(results, seed=1))},
    )


async def test_results_come_in_the_order_of_the_suite(tmp_path: Path) -> None:
    suite = suite_of(tmp_path / "s", "a", "b", "c")
    results = await run(suite, FakeClient([reply("好。")] * 3), tmp_path / "run")
    assert [r.id for r in results] == ["a", "b", "c"]


async def test_a_resumed_run_asks_only_what_is_missing(tmp_path: Path) -> None:
    suite, folder = suite_of(tmp_path / "s", "a", "b", "c"), tmp_path / "run"
    await run(suite, FakeClient([reply("好。")] * 3), folder)
    lines = (folder / RESULTS).read_text(encoding="utf-8").splitlines()
    (folder / RESULTS).write_text(lines[0] + "\n" + lines[1][:40] + "\n", encoding="utf-8")
    client = FakeClient([reply("好。")] * 2)
    results = await run(suite, client, folder)
    assert len(client.heard) == 2
    assert [r.id for r in results] == ["a", "b", "c"]


def test_the_page_stands_alone_and_escapes_everything() -> None:
    html = page(report(failed()), [failed()], before=None, passages={})
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "default-src 'none'" in html
    assert "http://" not in html and "https://" not in html


def test_the_other_reports_carry_hostile_text_too() -> None:
    root = ElementTree.fromstring(junit_xml(report(failed()), [failed(), failed("b", error="Boom: " + HOSTILE)]))
    [suite] = root
    assert (suite.get("failures"), suite.get("errors")) == ("1", "1")
    assert "<script" not in markdown(report(failed()), [failed()])


def test_changed_verdicts_come_first_and_broken_cases_are_named() -> None:
    def with_verdict(got: str, passed: bool) -> CaseResult:
        verdict = Verdict(support="town-award", gold="ineligible", got=got, right=passed, false_eligible=not passed)
        checks = (Check(name="verdict", passed=passed),)
        return CaseResult(id="a", suite="s", kind="profiles", group="g", checks=checks, verdicts=(verdict,))

    found = changes([with_verdict("ineligible", True)], [with_verdict("eligible", False)])
    assert found.verdicts == ("a town-award：ineligible → eligible（错，应为 ineligible）",)
    assert found.broken[0].startswith("a：")
    assert changes([with_verdict("eligible", False)], [with_verdict("ineligible", True)]).mended == ("a",)


def test_the_page_tells_what_changed_since_the_last_run_of_the_suite(tmp_path: Path) -> None:
    before, other, now = (tmp_path / name for name in ("20261119-080000", "20261120-070000", "20261120-080000"))
    this = report(failed())
    keep(this, now)
    keep(this.model_copy(update={"started": "2026-11-19", "suites": {"another": ()}}), other)
    keep(this.model_copy(update={"started": "2026-11-18"}), before)
    (before / RESULTS).write_text(failed().model_dump_json() + "\n", encoding="utf-8")
    assert last_run_before(now, this) == before
    assert read_run(before)[1] == [failed()]
    mended = CaseResult(id="a", suite="s", kind="questions", group="g", checks=(Check(name="must", passed=True),))
    assert "修好了（1）" in page(report(mended), [mended], before, {})


def test_the_test_half_is_told_by_its_results_alone() -> None:
    [kept, shut] = sealed([failed("a"), failed("b", split="test", error="Boom: secret", note="secret")])
    assert kept == failed("a")
    assert ([check.name for check in shut.failures], shut.turns, shut.note) == (["must"], (), "")
    assert "secret" not in shut.model_dump_json() and HOSTILE not in shut.model_dump_json()
    html = page(report(kept, shut), [kept, shut], before=None, passages={})
    assert html.count('"sealed": true') == 1


def test_a_server_that_is_not_there_is_said_with_an_exit_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--suite", "sample", "--base-url", "http://127.0.0.1:9"]) == UNREACHABLE
    assert "http://127.0.0.1:9" in capsys.readouterr().out


def test_gates_hold_for_whole_suites(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--gate", "--only", "a"])
    assert "--gate" in capsys.readouterr().err


def test_a_case_of_the_test_half_is_not_shown_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    [suite] = load_suites(["own"])
    kept = next(case for case in suite.cases if case.split == "test")
    assert main(["show", kept.id]) == BAD_CASES
    assert "--unseal" in capsys.readouterr().out
