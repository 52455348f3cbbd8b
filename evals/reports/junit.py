"""A run as JUnit XML, for build servers."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as tree

from evals.reports.report import Report
from evals.results import CaseResult

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def junit_xml(report: Report, results: Sequence[CaseResult]) -> str:
    root = tree.Element("testsuites", name="evals")
    for name in report.suites:
        _add_suite(root, name, [result for result in results if result.suite == name])
    tree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tree.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: tree.Element, name: str, results: Sequence[CaseResult]) -> None:
    suite = tree.SubElement(
        root,
        "testsuite",
        name=f"evals.{name}",
        tests=str(len(results)),
        failures=str(sum(bool(r.failures) and not r.error for r in results)),
        errors=str(sum(bool(r.error) for r in results)),
        skipped=str(sum(not r.checks and not r.error for r in results)),
    )
    for result in results:
        seconds = sum(turn.seconds for turn in result.turns)
        case = tree.SubElement(
            suite, "testcase", classname=f"{result.kind}.{result.group}", name=result.id, time=f"{seconds:.3f}"
        )
        if result.error:
            _add(case, "error", result.error.strip().splitlines()[-1], result.error)
        elif result.failures:
            lines = [f"{check.name}: {check.detail}" for check in result.failures]
            _add(case, "failure", lines[0], "\n".join(lines))
        elif not result.checks:
            _add(case, "skipped", result.not_covered, "")


def _add(case: tree.Element, tag: str, message: str, text: str) -> None:
    tree.SubElement(case, tag, message=_NOT_XML.sub("", message)).text = _NOT_XML.sub("", text)
