"""What is meant by words at the desk: heard with whatever stands around them, and nothing else taken for it."""

import pytest

from bot.desk.words import button_meant, code_in, command_in, is_one_of, opinion_in
from bot.messages import Action, Button


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/help", ("help", True)),
        ("/HELP 怎么用", ("help", True)),
        ("“帮助”。", ("help", False)),
        ("帮助 怎么用", (None, False)),
        ("/nothing", (None, True)),
        ("/南京", (None, False)),
    ],
)
def test_a_command_is_a_word_of_its_own_unless_a_slash_begins_it(text: str, meant: tuple[str | None, bool]) -> None:
    assert command_in(text) == meant


def test_a_yes_is_no_no() -> None:
    assert is_one_of("agree", "确认！") and not is_one_of("decline", "确认！")


@pytest.mark.parametrize(("text", "code"), [("绑定 ABCDE2", ("abcde2", True)), ("ａｂｃｄｅ２", ("abcde2", False))])
def test_a_code_is_found_with_its_word_and_without(text: str, code: tuple[str, bool]) -> None:
    assert code_in(text) == code
    assert code_in(f"我们要{text}吗") is None


def test_a_button_is_meant_by_its_number_or_its_label() -> None:
    buttons = [Button(action=Action.CONFIRM, value="x", label=label) for label in ("确认删除", "OK")]
    assert [button_meant(buttons, text) for text in ("1", "２", "ok。")] == [buttons[0], buttons[1], buttons[1]]
    assert [button_meant(buttons, text) for text in ("0", "3", "删除")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "opinion"), [("👍🏽 👍", Action.HELPFUL), ("👎👎", Action.UNHELPFUL), ("👍👎", None), ("👍 南京", None)]
)
def test_thumbs_are_an_opinion_where_they_agree_and_nothing_stands_beside(text: str, opinion: Action | None) -> None:
    assert opinion_in(text) is opinion
