"""Tables to take away: what people wrote is a formula nowhere, and comes back as it was."""

import csv
import io
import json

import pytest

from bot.console.sheets import csv_head, csv_line, json_line

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "　=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "|calc",
]


def read_back(line: str) -> list[str]:
    [cells] = csv.reader(io.StringIO(line, newline=""))
    return cells


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_words(formula: str) -> None:
    [cell] = read_back(csv_line([formula]))
    assert cell == f"'{formula}"


@pytest.mark.parametrize("words", ["南京", "小巨人，奖励100万元", '说"行"', "两\n行", "", "3/8", "a=b", "1-2"])
def test_other_words_come_back_as_they_were(words: str) -> None:
    assert read_back(csv_line([words, 1])) == [words, "1"]


def test_quotes_cannot_break_out_of_their_cell() -> None:
    assert read_back(csv_line(['","=1+1', "b"])) == ['","=1+1', "b"]


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert csv_line([-5, 2.5, None, True]) == '"-5","2.5","","True"\r\n'


def test_a_file_says_that_it_is_utf_8() -> None:
    assert csv_head(["城市"]).encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("words", ["两\n行", "a\u2028b", "a\u2029b", "a\x85b", "\r", "=1"])
def test_one_record_is_one_line(words: str) -> None:
    line = json_line({"text": words})
    assert len(line.splitlines()) == 1 and json.loads(line) == {"text": words}
