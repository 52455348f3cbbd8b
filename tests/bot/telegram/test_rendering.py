"""Sheets as calls of the Bot API: every part is whole HTML, every button fits, the same sheet gives the same calls."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.pieces import units_of
from bot.channels.telegram.rendering import html_parts, plainer, render
from bot.messages import Action, Button, Sheet
from chains.reply import Option, Question
from tests.bot.fakes import CITY, NEEDS, citation
from tests.bot.telegram.checks import read_html

CHAT = "4242"
ID = "0123456789abcdef"


def sheet(text: str = "答", **more: Any) -> Sheet:
    return Sheet(text=text, message_id=ID, **more)


def _with(label: str) -> Question:
    return NEEDS.model_copy(update={"options": (*NEEDS.options, Option(id="unknown", label=label))})


def rows(call: Any) -> list[list[str]]:
    return [[key["text"] for key in row] for row in call["reply_markup"]["inline_keyboard"]]


def data(call: Any) -> list[str]:
    return [key["callback_data"] for row in call["reply_markup"]["inline_keyboard"] for key in row]


def only(calls: Any) -> Any:
    [call] = calls
    return call


def test_light_markdown_becomes_html_and_everything_else_is_escaped() -> None:
    [call] = render(sheet("# 结论\n- **可以申请** <融资> & 白名单[1]\n2**3 和 <b>"), CHAT)
    assert call["text"] == "<b>结论</b>\n• <b>可以申请</b> &lt;融资&gt; &amp; 白名单[1]\n2**3 和 &lt;b&gt;"
    assert call["parse_mode"] == "HTML"
    assert call["link_preview_options"] == {"is_disabled": True}
    assert call["chat_id"] == CHAT


def test_a_sheet_gives_the_same_calls_always_and_they_are_json() -> None:
    full = sheet(
        "**答**。" * 2000, question=NEEDS, ticked=("genai_filed",), citations=(citation(),), takes_feedback=True
    )
    assert json.dumps(render(full, CHAT)) == json.dumps(render(full, CHAT))


def test_the_question_stands_below_the_text_unless_it_is_said_there() -> None:
    assert only(render(sheet("记下了。", question=CITY), CHAT))["text"] == "记下了。\n\n您在哪个市？"
    assert only(render(sheet("您在哪个市？各市不同。", question=CITY), CHAT))["text"] == "您在哪个市？各市不同。"


def test_the_way_back_and_the_request_for_an_opinion_share_the_last_row() -> None:
    call = only(render(sheet(question=CITY, citations=(citation(),), takes_feedback=True), CHAT))
    assert rows(call) == [["南京", "盐城"], ["依据 1"], ["上一题", "👍", "👎"]]


def test_a_question_with_one_answer_has_its_options_side_by_side() -> None:
    call = only(render(sheet(question=CITY), CHAT))
    assert rows(call) == [["南京", "盐城"], ["上一题"]]
    assert data(call) == ["o:01234567:nanjing", "o:01234567:yancheng", "y:01234567:back"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["南京", "盐城", "淮安", "镇江"], [3, 1]),
        (["制造业单项冠军", "民营"], [1, 1]),
        (["有，需要办", "没有"], [2]),
        (["是，在买或打算买智算服务的企业", "不买"], [1, 1]),
    ],
)
def test_as_many_options_to_a_row_as_a_phone_holds(labels: list[str], expected: list[int]) -> None:
    options = tuple(Option(id=str(i), label=label) for i, label in enumerate(labels))
    call = only(render(sheet(question=Question(slot="s", text="哪个？", options=options, multiple=False)), CHAT))
    assert [len(row) for row in rows(call)] == [*expected, 1]


def test_a_checklist_has_a_box_to_each_line_and_a_row_to_finish() -> None:
    call = only(render(sheet(question=NEEDS, ticked=("genai_filed",)), CHAT))
    assert rows(call) == [["☐ 有进出口"], ["☑ 完成了大模型备案"], ["☐ 都没有"], ["选好了 ✓"], ["上一题"]]
    assert [len(row) for row in rows(only(render(sheet(question=_with("不清楚")), CHAT)))] == [1, 1, 2, 1, 1]
    assert data(call)[1:4] == ["t:01234567:genai_filed", "t:01234567:none", "s:01234567:"]


def test_citations_stand_in_even_rows_of_five_at_most_and_are_eight_at_most() -> None:
    marks = tuple(citation().model_copy(update={"marker": n}) for n in range(1, 12))
    call = only(render(sheet(citations=marks), CHAT))
    assert rows(call) == [[f"依据 {n}" for n in range(1, 5)], [f"依据 {n}" for n in range(5, 9)]]
    assert [len(row) for row in rows(only(render(sheet(citations=marks[:6]), CHAT)))] == [3, 3]
    assert [len(row) for row in rows(only(render(sheet(citations=marks[:5]), CHAT)))] == [5]
    assert data(call)[-1] == "c:01234567:8"


def test_suggestions_are_buttons_only_where_nothing_is_asked() -> None:
    call = only(render(sheet(suggestions=("小巨人奖多少钱", "怎么办")), CHAT))
    assert rows(call) == [["小巨人奖多少钱"], ["怎么办"]]
    assert data(call) == ["y:01234567:0", "y:01234567:1"]
    assert "小巨人奖多少钱" not in str(render(sheet(question=CITY, suggestions=("小巨人奖多少钱",)), CHAT))


def test_other_buttons_and_the_request_for_an_opinion_come_last() -> None:
    buttons = (
        Button(action=Action.CONFIRM, value="delete", label="删除"),
        Button(action=Action.DISMISS, value="", label="算了"),
    )
    call = only(render(sheet(buttons=buttons, takes_feedback=True), CHAT))
    assert rows(call) == [["删除", "算了"], ["👍", "👎"]]
    assert data(call) == ["k:01234567:delete", "x:01234567:", "g:01234567:", "b:01234567:"]


def test_a_button_that_would_not_fit_is_left_out_and_no_row_is_empty() -> None:
    question = Question(slot="s", text="？", options=(Option(id="市" * 30, label="很长"),), multiple=True)
    assert rows(only(render(sheet(question=question), CHAT))) == [["选好了 ✓"], ["上一题"]]


def test_a_sheet_without_buttons_has_no_keyboard() -> None:
    assert "reply_markup" not in only(render(sheet(), CHAT))


def test_a_tap_alone_is_answered_by_a_hint() -> None:
    call = only(render(Sheet(text="**至少**选一项", receipt="77"), CHAT))
    assert call == {"method": "answerCallbackQuery", "callback_query_id": "77", "text": "至少选一项"}
    assert "text" not in only(render(Sheet(text="", receipt="77"), CHAT))
    assert len(only(render(Sheet(text="长。" * 300, receipt="77"), CHAT))["text"]) <= 200


def test_a_tap_is_answered_first_and_its_message_changed_then() -> None:
    answered, changed = render(sheet("", question=NEEDS, replaces="9", receipt="77"), CHAT)
    assert answered == {"method": "answerCallbackQuery", "callback_query_id": "77"}
    assert changed["method"] == "editMessageReplyMarkup"
    assert (changed["chat_id"], changed["message_id"]) == (CHAT, 9)
    assert rows(changed)[0] == ["☐ 有进出口"]


def test_a_message_loses_its_buttons_where_there_are_none_to_show() -> None:
    assert only(render(Sheet(text="", replaces="9"), CHAT))["reply_markup"] == {"inline_keyboard": []}


def test_a_text_that_replaces_another_goes_into_its_place_and_only_what_is_too_long_behind_it() -> None:
    calls = render(sheet("新。" * 3000, replaces="9", takes_feedback=True), CHAT)
    assert [call["method"] for call in calls] == ["editMessageText", "sendMessage"]
    assert "reply_markup" not in calls[0]
    assert rows(calls[1]) == [["👍", "👎"]]


def test_a_tap_that_brings_an_answer_is_answered_silently_before_it() -> None:
    calls = render(sheet("原文", receipt="77"), CHAT)
    assert [call["method"] for call in calls] == ["answerCallbackQuery", "sendMessage"]


def test_what_cannot_be_changed_in_place_is_not_asked_for() -> None:
    assert render(Sheet(text="", replaces="not a number"), CHAT) == []
    assert only(render(Sheet(text="新", replaces="not a number"), CHAT))["method"] == "sendMessage"


def test_buttons_alone_have_something_to_stand_under() -> None:
    assert only(render(sheet("", suggestions=("怎么办",)), CHAT))["text"] == "请选择："
    assert render(sheet(" \n "), CHAT) == []


def test_the_plainer_call_says_the_same_without_markup() -> None:
    [call] = render(sheet("**可以** <申请> &amp; [1]", takes_feedback=True), CHAT)
    plain = plainer(call)
    assert plain is not None
    assert plain["text"] == "可以 <申请> &amp; [1]"
    assert "parse_mode" not in plain
    assert plain["reply_markup"] == call["reply_markup"]
    assert plainer(plain) is None
    assert plainer({"method": "answerCallbackQuery", "callback_query_id": "1"}) is None


_BITS = st.sampled_from(
    ["**", "**可以申请**", "<b>", "&amp;", "&", "<", ">", "# 标题", "- ", "\n", "\n\n", "奖励100万元[12]。", "😀",
     "甲" * 500, "\ud83d", "\x00", "[", "]", "1", "。"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_BITS, max_size=60).map("".join))
def test_every_part_of_any_text_is_taken_by_telegram(text: str) -> None:
    for part in html_parts(text):
        seen, _ = read_html(part)
        assert seen.strip()
        assert units_of(seen) <= 4096
        json.dumps(part, ensure_ascii=False).encode()


@settings(max_examples=60, deadline=None)
@given(st.lists(_BITS.filter(lambda bit: "\n" not in bit), max_size=60).map("".join))
def test_the_parts_together_say_the_whole_text_in_the_same_bold(text: str) -> None:
    parts = html_parts(text)
    whole = "".join(read_html(part)[0] for part in parts)
    assert re.sub(r"\s|•|\*|#|-", "", whole) == re.sub(
        r"\s|•|\*|#|-", "", text.replace("\x00", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def test_an_answer_stays_in_its_topic_and_its_first_part_points_to_the_question() -> None:
    first, second = render(sheet(text="好。" * 3000, quote="3"), "-1001/9")
    assert {call["chat_id"] for call in (first, second)} == {"-1001"}
    assert {call["message_thread_id"] for call in (first, second)} == {9}
    assert first["reply_parameters"] == {"message_id": 3, "allow_sending_without_reply": True}
    assert "reply_parameters" not in second
    [edit] = render(sheet(replaces="7"), "-1001/9")
    assert edit["chat_id"] == "-1001" and "message_thread_id" not in edit
