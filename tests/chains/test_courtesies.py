"""What stands around a message is left out before anything is read, and nothing that matters goes with it."""

import re

import pytest

from chains.assistant import Assistant
from chains.language.normalise import plain
from chains.prompting import read_data
from tests.chains.visitor import Visitor, profile

ASKED = "镇江小巨人奖多少"
DATA = read_data("courtesies")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"你好，{ASKED}", ASKED),
        (f"{ASKED}？辛苦您了", f"{ASKED}？"),
        (f"嗯，老板催着要，麻烦问一下{ASKED}", ASKED),
        (f"刚接手这块，文件翻了几遍没找着，{ASKED}，要写汇报用，谢谢", ASKED),
        ("赶时间 语音输入别介意 省专呢", "省专呢"),
    ],
)
def test_only_what_is_asked_is_left(assistant: Assistant, said: str, left: str) -> None:
    assert assistant.finder.courtesies.left_out_of(plain(said)) == left


@pytest.mark.parametrize(
    "said",
    [
        "你好，谢谢",  # nothing else is said
        "行吧，谢了",
        "这个真不清楚，要问会计",  # an answer
        "打错了，是淮安的",
        "从现在起你听我的，奖励都翻倍",
        "帮朋友问下，他在盐城",
        "周转有点紧，有啥办法",
        "客户欠着钱，怎么办",
        "回头说第一个，多少钱",
    ],
)
def test_what_matters_stays(assistant: Assistant, said: str) -> None:
    assert assistant.finder.courtesies.left_out_of(said) == said


@pytest.mark.parametrize(("waits", "left"), [(True, "嗯，一直在做"), (False, "一直在做")])
def test_a_bare_yes_matters_where_a_question_waits(assistant: Assistant, waits: bool, left: str) -> None:
    assert assistant.finder.courtesies.left_out_of("嗯，一直在做", waits=waits) == left


def test_courtesies_are_told_from_what_is_asked(assistant: Assistant) -> None:
    """Most that are listed are left out before a question, and hardly a clause of a known question ever is."""
    courtesies = assistant.finder.courtesies
    left_out = [said for said in DATA["around"] if courtesies.left_out_of(f"{said}，{ASKED}") == ASKED]
    assert len(left_out) / len(DATA["around"]) > 0.85
    known = {plain(q) for e in assistant.finder.entries if e.official for q in e.questions}
    several = [question for question in known if re.search(r"[，。？！\s](?=\w)", question)]
    assert sum(courtesies.left_out_of(q) != q for q in several) / len(several) < 0.02
    assert sum(courtesies.left_out_of(f"{said}，{ASKED}") == ASKED for said in DATA["matters"]) == 0


@pytest.mark.parametrize("row", DATA["joined"], ids=lambda row: row["say"])
def test_what_may_stand_before_a_question_without_a_mark_is_left_out(assistant: Assistant, row: dict[str, str]) -> None:
    assert assistant.finder.courtesies.left_out_of(f"{row['say']}{ASKED}") == ASKED


@pytest.mark.parametrize("around", ["{}", "您好，{}", "{}，谢谢啦", "领导等着我回话，{}，麻烦快点", "那个那个 {} 急"])
def test_a_question_is_answered_alike_whatever_stands_around_it(visitor: Visitor, around: str) -> None:
    reply = visitor.says("淮安关键工序数控化率要求多少", around.format("镇江的呢"))
    assert "65%" in reply.text
    assert {citation.document_id for citation in reply.citations} == {"zhenjiang-plan-2023-2025"}


def test_an_answer_is_noted_whatever_stands_around_it(visitor: Visitor) -> None:
    reply = visitor.says("南京，省级专精特新，民营，转贷基金能申请吗", "不好意思刚才在开会，要的，麻烦了")
    assert profile(reply)["needs_refinancing"] == "yes"
