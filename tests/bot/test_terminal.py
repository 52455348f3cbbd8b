"""A conversation at the terminal, as a person has it."""

import asyncio
import io
from collections.abc import Callable, Iterator

import pytest
from rich.console import Console

from bot.channels.terminal import Terminal
from bot.office import Office
from bot.rendering import cells_of
from bot.settings import Settings
from tests.bot.fakes import NOW, FakeAssistant

CTRL_C = "^C"


def typed(*lines: str) -> Callable[[], str]:
    """A person who types these lines and then closes the window."""
    waiting = iter(lines)

    def read_line() -> str:
        for line in waiting:
            if line == CTRL_C:
                raise KeyboardInterrupt
            return line
        raise EOFError

    return read_line


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def office(settings: Settings, assistant: FakeAssistant, runner: asyncio.Runner) -> Iterator[Office]:
    office = Office(settings, build=lambda: assistant, clock=lambda: NOW)
    runner.run(office.open())
    yield office
    runner.run(office.close())


@pytest.fixture
def talk(office: Office, runner: asyncio.Runner) -> Callable[..., str]:
    def talk(*lines: str, **console: object) -> str:
        shown = io.StringIO()
        Terminal(office, Console(file=shown, highlight=False, **console), typed(*lines)).run(runner)  # type: ignore[arg-type]
        return shown.getvalue()

    return talk


def test_options_are_numbered_and_chosen_by_number(talk: Callable[..., str], assistant: FakeAssistant) -> None:
    shown = talk("你好", "1", "1,2")
    assert "   1 南京" in shown and "   2 盐城" in shown
    assert "可多选" in shown
    assert assistant.heard == ["你好", "nanjing", "foreign_trade,genai_filed"]


def test_free_words_are_always_taken(talk: Callable[..., str], assistant: FakeAssistant) -> None:
    talk("你好", "南京吧", "有100万进出口")
    assert assistant.heard == ["你好", "南京吧", "有100万进出口"]


def test_a_clause_is_shown_with_the_quote_marked(talk: Callable[..., str]) -> None:
    shown = talk("你好", "引用 1", "[1]", "引用 9", force_terminal=True, color_system="standard", width=60)
    assert shown.count("\x1b[7m首次获评的小巨人企业奖励100万元") == 2
    assert "没有依据 [9]" in shown


def test_findings_are_counted_and_told_in_full_on_demand(talk: Callable[..., str]) -> None:
    shown = talk("你好", "1", "/判定")
    assert "（还差几个情况才能确定 1；/判定 看明细）" in shown
    assert "可以申请（1）" in shown
    assert "符合：是小巨人企业" in shown and "找谁办：市工信局" in shown


def test_commands_work_in_both_alphabets(talk: Callable[..., str]) -> None:
    assert talk("/帮助") == talk("/help")
    assert "还没有记下任何情况" in talk("/资料")
    assert "记下了：nanjing" in talk("你好", "1", "/profile")
    assert "没有这个命令" in talk("/nope")
    assert "第1次" in talk("你好", "/重来", "再来").split("重新开始")[1]


def test_leaving_ends_it(talk: Callable[..., str], assistant: FakeAssistant) -> None:
    assert talk("/退出", "你好").endswith("再见。\n")
    assert assistant.heard == []


def test_erasing_leaves_nothing(talk: Callable[..., str], office: Office, runner: asyncio.Runner) -> None:
    shown = talk("你好", "/删除", "/资料")
    assert "已删除" in shown and "还没有记下任何情况" in shown
    assert runner.run(office.reception._conversations.all()) == []


def test_ctrl_c_is_survived_once_and_leaves_the_second_time(talk: Callable[..., str], assistant: FakeAssistant) -> None:
    talk(CTRL_C, "你好", CTRL_C, "还在", CTRL_C, CTRL_C, "太晚了")
    assert assistant.heard == ["你好", "还在"]


def test_a_failure_is_told_and_the_talk_goes_on(talk: Callable[..., str]) -> None:
    shown = talk("出错", "你好")
    assert "没能答上来" in shown and "第1次回答“你好”" in shown
    assert "Traceback" not in shown


def test_nothing_runs_over_the_edge_of_a_narrow_window(talk: Callable[..., str]) -> None:
    shown = talk("你好" * 60, "1", "引用 1", "/判定", "/帮助", force_terminal=True, color_system=None, width=60)
    assert max(sum(map(cells_of, line.split("\r")[-1])) for line in shown.splitlines()) <= 60


def test_what_a_person_wrote_cannot_steer_the_terminal(talk: Callable[..., str]) -> None:
    assert "\x1b[31m" not in talk("\x1b[31m红[bold]字[/bold]\x1b]0;x\x07")


def test_without_a_terminal_lines_are_whole_and_plain(talk: Callable[..., str]) -> None:
    shown = talk("你好" * 60)
    assert "你好" * 60 in shown
    assert "\x1b" not in shown
