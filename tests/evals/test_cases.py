"""A suite is read line by line; what is wrong with it is named by file and line."""

import json
from pathlib import Path

import pytest

from evals.cases import SUITES, DialogueCase, QuestionCase, load_suite, suite_names, with_sound_gold
from evals.contract import Catalogue

GOOD = {
    "id": "q1",
    "group": "detail",
    "as_of": "2026-11-20",
    "turns": ["奖多少"],
    "expect": {"provisions": [["town-plan", "1"]], "must": [["30万"]]},
}


def write(folder: Path, *lines: object, name: str = "questions.jsonl") -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_malformed_line_is_named_and_the_rest_still_stands(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, GOOD, "{oops", GOOD | {"id": "q2", "turns": []}, GOOD | {"id": "q3"}))
    assert [case.id for case in suite.cases] == ["q1", "q3"]
    assert [problem.split(":")[:2] for problem in suite.problems] == [
        [f"{tmp_path.name}/questions.jsonl", "2"],
        [f"{tmp_path.name}/questions.jsonl", "3"],
    ]


def test_a_second_case_of_the_same_id_is_refused(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, GOOD, GOOD))
    assert len(suite.cases) == 1
    assert suite.problems == (
        f"{tmp_path.name}/questions.jsonl:2: id q1 is taken by {tmp_path.name}/questions.jsonl:1",
    )


def test_a_broken_pattern_is_refused(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, GOOD | {"expect": {"must": [["re:(没有"]]}}))
    assert "not a pattern" in suite.problems[0]


def test_gold_that_does_not_exist_is_named_with_its_line(tmp_path: Path, catalogue: Catalogue) -> None:
    astray = GOOD | {"id": "q2", "expect": {"provisions": [["town-plan", "9/9"]]}}
    nowhere = GOOD | {"id": "q3", "expect": {"provisions": [["moon-plan", "1"]]}}
    suite = with_sound_gold(load_suite(write(tmp_path, GOOD, astray, nowhere)), catalogue)
    assert [case.id for case in suite.cases] == ["q1"]
    assert suite.problems == (
        f"{tmp_path.name}/questions.jsonl:2: q2: town-plan has no provision 9/9",
        f"{tmp_path.name}/questions.jsonl:3: q3: no document moon-plan",
    )


def test_a_support_that_does_not_exist_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    case = {"id": "p1", "as_of": "2026-11-20", "profile": {}, "gold": {"town-moon": {"status": ["absent"]}}}
    suite = with_sound_gold(load_suite(write(tmp_path, case, name="profiles.jsonl")), catalogue)
    assert suite.problems == (f"{tmp_path.name}/profiles.jsonl:1: p1: no support town-moon",)


@pytest.mark.parametrize("name", suite_names())
def test_every_suite_of_the_house_can_be_read(name: str) -> None:
    suite = load_suite(SUITES / name)
    assert suite.problems == ()
    assert suite.cases


def test_the_sample_holds_every_kind() -> None:
    suite = load_suite(SUITES / "sample")
    assert sum(isinstance(case, QuestionCase) for case in suite.cases) == 33
    assert sum(isinstance(case, DialogueCase) for case in suite.cases) == 17


def test_a_suite_may_be_written_in_yaml_and_its_faults_have_lines(tmp_path: Path) -> None:
    lines = [
        "- id: q1",
        "  group: detail",
        "  as_of: 2026-11-20",
        "  turns: [奖多少]",
        "  expect: {provisions: [[town-plan, '1']], must: [[30万]]}",
        "- id: q2",
        "  group: detail",
        "- just words",
    ]
    suite = load_suite(write(tmp_path, "\n".join(lines), name="questions.yaml"))
    assert [case.id for case in suite.cases] == ["q1"]
    places = {problem.split(" ")[0] for problem in suite.problems}
    assert places == {f"{tmp_path.name}/questions.yaml:6:", f"{tmp_path.name}/questions.yaml:8:"}


@pytest.mark.parametrize(
    ("text", "fault"), [("a: [", "not YAML"), ("a: 1", "is a list"), ("- {a: 2026-99-99}", "not YAML")]
)
def test_yaml_that_cannot_be_read_is_named(tmp_path: Path, text: str, fault: str) -> None:
    suite = load_suite(write(tmp_path, text, name="profiles.yaml"))
    assert fault in suite.problems[0]


def test_an_id_of_another_suite_is_taken(tmp_path: Path) -> None:
    suite = load_suite(write(tmp_path, GOOD), {"q1": "sample/questions.jsonl:7"})
    assert suite.problems == (f"{tmp_path.name}/questions.jsonl:1: id q1 is taken by sample/questions.jsonl:7",)
