"""A log says what happened and never what a person wrote."""

import json
import logging
import sys
from collections.abc import Iterator

import httpx
import pytest

from bot.logs import JsonLine
from tests.bot.fakes import SECRET, Talk


class Lines(logging.Handler):
    """Collects what the log file would hold."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLine())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    handler = Lines()
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield handler.lines
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.asyncio
async def test_neither_words_nor_tokens_nor_numbers_get_into_the_log(talk: Talk, lines: list[str]) -> None:
    await talk.say("我是金丝雀公司，电话13800138000")
    await talk.say(SECRET)
    await talk.client.get("/api/v1/documents/13800138000")
    whole = "\n".join(lines)
    assert "answer failed" in whole and "RuntimeError" in whole
    token = talk.headers["Authorization"].removeprefix("Bearer ")
    for secret in ("金丝雀", "13800138000", SECRET, token):
        assert secret not in whole
        assert json.dumps(secret)[1:-1] not in whole


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/a%0d%0a%7b%22level%22", "/%1b%5b31m", "/%E2%80%AE", "/" + "a" * 5000])
async def test_whatever_is_asked_for_is_one_line_of_plain_json(
    client: httpx.AsyncClient, lines: list[str], path: str
) -> None:
    await client.get(path)
    [line] = [line for line in lines if '"huiqi.access"' in line]
    assert line.isascii() and line.isprintable()
    event = json.loads(line)
    assert (event["method"], event["status"]) == ("GET", 404)
    assert len(line) < 1000


def test_an_error_is_told_by_where_it_came_from() -> None:
    try:
        raise ValueError("13800138000")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", 40, "f", 1, "failed", (), sys.exc_info())
    event = json.loads(JsonLine().format(record))
    assert event["raised"].startswith("ValueError < bot/test_logs.py:")
    assert "13800138000" not in json.dumps(event)
