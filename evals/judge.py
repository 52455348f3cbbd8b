"""A model as judge: asked for marks of the replies of a run, within bounds. It decides nothing and guards no gate."""

import argparse
import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from langchain_core.messages import AIMessage
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from openai import BadRequestError, DefaultAsyncHttpxClient
from pydantic import BaseModel, ConfigDict, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from rich.console import Console

from chains.model.masking import mask
from chains.prompting import fill_prompt
from evals.exchanges import Exchange, drawn, exchanges
from evals.marks import ANSWERS, MARKS, MODEL, Answer, Mark, Score, read_marks
from evals.reports.report import read_run
from evals.reports.terminal import print_marks
from evals.results import add_line
from evals.run import BAD_CASES, OK, UNREACHABLE, progress_bar, render_again

_TIMEOUT_S = 60.0
_MAX_RETRIES = 2
_FAILURES_IN_A_ROW = 5
_LONGEST_WHY = 200
_LONGEST_REASON = 300
_EXPECTED = {
    "openai_model": "没有指定模型：请设置环境变量 OPENAI_MODEL，或者写 --model 名字",
    "openai_base_url": "OPENAI_BASE_URL（或者 --base-url）：应为 http(s)://… 这样的地址",
}


class InvalidSetting(ValueError):
    """A setting is missing or has a value that it cannot have; the message names the variable."""


class JudgeSettings(BaseSettings):
    """Which model is asked, and where. A server that wants no key gets a word that is none."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    openai_model: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    openai_base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")] | None = None
    openai_api_key: SecretStr = SecretStr("no-key")

    @property
    def host(self) -> str:
        return (urlsplit(self.openai_base_url).hostname or "") if self.openai_base_url else "OpenAI"


def read_settings(model: str | None, base_url: str | None) -> JudgeSettings:
    """What the command line says goes before the environment. Raises InvalidSetting."""
    given: dict[str, Any] = {"openai_model": model, "openai_base_url": base_url}
    try:
        return JudgeSettings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise InvalidSetting(_EXPECTED[str(error.errors()[0]["loc"][0])]) from None
    except (UnicodeDecodeError, OSError):
        raise InvalidSetting(".env：读不了，应是 UTF-8 文本") from None


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a million tokens that are read, and of a million that are written."""

    tokens_in: float
    tokens_out: float


class Verdict(BaseModel):
    """What the prompt asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    helpful: Score
    plain: Score
    why: str = ""


def read_verdict(text: str) -> Verdict | None:
    """The marks in a model's answer, whatever stands around them; none if there are none, or two that differ."""
    spoken = text.rpartition("</think>")[2].partition("<think>")[0]
    found = {(verdict.helpful, verdict.plain): verdict for verdict in _verdicts(spoken)}
    return next(iter(found.values())) if len(found) == 1 else None


def _verdicts(text: str) -> Iterator[Verdict]:
    decoder = json.JSONDecoder()
    start = text.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(text, start)
            yield Verdict.model_validate(value)
        except ValidationError:
            pass
        except RecursionError:
            return
        except ValueError:
            end = start + 1
        start = text.find("{", end)


class Judge:
    """One model. A server that refuses to be held to JSON is asked without that."""

    def __init__(self, settings: JudgeSettings, http: DefaultAsyncHttpxClient, timeout_s: float) -> None:
        self._model = ChatOpenAI(
            model=settings.openai_model,
            base_url=settings.openai_base_url,
            api_key=settings.openai_api_key,
            temperature=0,
            timeout=timeout_s,
            max_retries=_MAX_RETRIES,
            use_responses_api=False,
            http_async_client=http,
            http_socket_options=(),
        )
        self._held_to_json = self._model.bind(response_format={"type": "json_object"})
        self._takes_json = True

    async def ask(self, exchange: Exchange) -> AIMessage:
        """The answer about one reply, personal data hidden from it. Raises whatever went wrong."""
        prompt = fill_prompt("judge", conversation=mask(exchange.said), reply=mask(exchange.reply))
        if not self._takes_json:
            return await self._model.ainvoke(prompt)
        try:
            return await self._held_to_json.ainvoke(prompt)
        except BadRequestError:
            answer = await self._model.ainvoke(prompt)
            self._takes_json = False
            return answer


@dataclass(slots=True)
class Judging:
    """How the asking goes: `failed` is without an answer, `reason` why the last of them was."""

    marked: int = 0
    unreadable: int = 0
    failed: int = 0
    failed_in_a_row: int = 0
    stopped: bool = False
    reason: str = ""

    @property
    def without_marks(self) -> int:
        return self.unreadable + self.failed

    def answered(self, readable: bool) -> None:
        self.marked += readable
        self.unreadable += not readable
        self.failed_in_a_row = 0

    def failed_because(self, reason: str) -> None:
        self.failed += 1
        self.failed_in_a_row += 1
        self.reason = reason
        self.stopped = self.stopped or self.failed_in_a_row >= _FAILURES_IN_A_ROW


async def judge_all(
    settings: JudgeSettings,
    left: Sequence[Exchange],
    folder: Path,
    *,
    prices: Prices | None,
    concurrency: int,
    done: Callable[[Judging], None],
    timeout_s: float = _TIMEOUT_S,
) -> Judging:
    """Asks about each, a few at a time, and keeps every answer at once; stops when nothing answers any more."""
    going = Judging()
    by = MODEL + settings.openai_model
    places = asyncio.Semaphore(concurrency)

    async def one(judge: Judge, exchange: Exchange) -> None:
        async with places:
            if going.stopped:
                return
            try:
                message = await judge.ask(exchange)
            except Exception as error:
                going.failed_because(_reason(error, settings))
                done(going)
                return
        verdict = read_verdict(str(message.text))
        add_line(folder / ANSWERS, _answer(exchange, by, message, prices, readable=verdict is not None))
        if verdict is not None:
            add_line(folder / MARKS, _mark(exchange, by, verdict))
        going.answered(readable=verdict is not None)
        done(going)

    with tracing_context(enabled=False):
        async with DefaultAsyncHttpxClient() as http, asyncio.TaskGroup() as tasks:
            judge = Judge(settings, http, timeout_s)
            for exchange in left:
                tasks.create_task(one(judge, exchange))
    return going


def _reason(error: Exception, settings: JudgeSettings) -> str:
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return told.replace(settings.openai_api_key.get_secret_value(), "***")[:_LONGEST_REASON]


def _mark(exchange: Exchange, by: str, verdict: Verdict) -> Mark:
    return Mark(
        case=exchange.case,
        turn=exchange.turn,
        hash=exchange.hash,
        by=by,
        helpful=verdict.helpful,
        plain=verdict.plain,
        why=verdict.why[:_LONGEST_WHY],
    )


def _answer(exchange: Exchange, by: str, message: AIMessage, prices: Prices | None, *, readable: bool) -> Answer:
    """A count of nought is what a client puts for one that the server left out."""
    usage = message.usage_metadata
    tokens_in = usage["input_tokens"] or None if usage else None
    tokens_out = usage["output_tokens"] or None if usage else None
    cost = None
    if prices and tokens_in is not None and tokens_out is not None:
        cost = (tokens_in * prices.tokens_in + tokens_out * prices.tokens_out) / 1_000_000
    return Answer(case=exchange.case, by=by, readable=readable, tokens_in=tokens_in, tokens_out=tokens_out, cost=cost)


def judge_run(given: argparse.Namespace, console: Console) -> int:
    """Asks about the replies of a finished run that the model has not marked yet, and writes the reports anew."""
    try:
        settings = read_settings(given.model, given.base_url)
    except InvalidSetting as error:
        console.print(str(error), markup=False)
        return BAD_CASES
    report, results = read_run(given.folder)
    found = exchanges(results)
    marks = read_marks(given.folder, found)
    if given.only_marked:
        by_people = {mark.case for mark in marks if not mark.is_by_model}
        found = [exchange for exchange in found if exchange.case in by_people]
    chosen = found if given.count is None else drawn(found, given.count, report.seed)
    judged = {mark.case for mark in marks if mark.by == MODEL + settings.openai_model}
    left = [exchange for exchange in chosen if exchange.case not in judged]
    console.print(f"请 {settings.openai_model}（{settings.host}）评 {len(left)} 条回复，", end="", markup=False)
    console.print(f"评过的 {len(chosen) - len(left)} 条不再问。号码和邮箱先打码再发出。")
    prices = None if given.price_in is None else Prices(given.price_in, given.price_out)
    with progress_bar(console, "没有分数") as progress:
        task = progress.add_task("评分", total=len(left), failed=0)

        def done(going: Judging) -> None:
            progress.update(task, advance=1, failed=going.without_marks)

        went = asyncio.run(
            judge_all(settings, left, given.folder, prices=prices, concurrency=given.concurrency, done=done)
        )
    report, _ = render_again(given.folder, unseal=False)
    print_marks(console, report.marks)
    if went.failed:
        console.print(f"{went.failed} 条没有得到回答。最后一次的原因：{went.reason}", markup=False)
    if went.stopped:
        console.print(f"连续 {_FAILURES_IN_A_ROW} 次没有回答，不再问下去。再运行一次会接着评。")
    console.print(f"报告：{given.folder}/report.html", markup=False)
    return UNREACHABLE if went.stopped else OK
