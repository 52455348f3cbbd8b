"""The page of a run in a real browser: a case opens, and its quote is marked where it stands."""

from pathlib import Path

from playwright.sync_api import Browser

from evals.reports.page import page
from evals.reports.report import keep_passages, read_passages
from evals.results import TurnRecord
from tests.evals.fakes import citation, reply, town
from tests.evals.test_runs import failed, report


def test_the_page_opens_a_case_with_its_quote_marked_in_the_provision(tmp_path: Path, browser: Browser) -> None:
    keep_passages(town(), tmp_path)
    quote = "给予30万元奖励"
    turn = TurnRecord(said="奖多少", reply=reply("30万元[1]", citations=[citation(quote)]), seconds=0.1)
    case = failed("a").model_copy(update={"turns": (turn,)})
    file = tmp_path / "report.html"
    file.write_text(page(report(case), [case], None, read_passages(tmp_path)), encoding="utf-8")
    tab = browser.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(file.as_uri())
    tab.click("details.case > summary")
    tab.click("details.case details > summary")
    assert tab.inner_text("details.case mark") == quote
    assert tab.inner_text("details.case .provision").startswith("（一）奖励。对首次认定")
    tab.fill("#word", "nobody")
    assert (tab.inner_text("#shown"), errors) == ("0", [])
    tab.close()
