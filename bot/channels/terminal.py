"""A conversation in the terminal, for people: colours where there are any, numbers to choose by, clauses on demand."""

import asyncio
import re
import sys
from collections.abc import Callable
from datetime import date

from rich.console import Console
from rich.text import Text

from bot.messages import IncomingMessage, OutgoingMessage
from bot.office import Office
from bot.reception import AnswerFailed, NotOffered, Opened
from bot.rendering import (
    LIFECYCLE_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    bold_runs,
    by_status,
    line_breaks,
    read_choice,
    read_citation,
)
from bot.store.database import StoreUnavailable
from bot.text import readable
from chains.reply import Citation, FindingView, Question, Reply
from knowledge.document import Lifecycle
from knowledge.library import Library

_GREETING = "您好，这里是惠企。说说您的企业（哪个市、什么称号、民营还是国企），或者直接问一项政策。/帮助 看用法。"
_HELP = """\
直接说话就行，例如：我们在南京，省级专精特新，能申请什么
1 · 2 3 · 1,3    选第几项（多选题可选几项），也可以直接用话回答
引用 1 或 [1]    看第 1 条依据的原文
/判定            看每一项的判定和理由（/findings）
/资料            看记下了哪些企业情况（/profile）
/重来            开始一个新的对话（/restart）
/删除            彻底删除这个对话和记下的资料（/erase）
/退出            离开（/exit）"""
_COMMANDS = {
    "帮助": "help", "help": "help", "?": "help", "？": "help",
    "资料": "profile", "profile": "profile",
    "判定": "findings", "findings": "findings",
    "重来": "restart", "restart": "restart",
    "删除": "erase", "erase": "erase", "delete": "erase",
    "退出": "exit", "exit": "exit", "quit": "exit", "q": "exit",
}  # fmt: skip
_STATUS_STYLES = {
    "eligible": "bold green",
    "conditional": "bold yellow",
    "undetermined": "bold cyan",
    "ineligible": "bold red",
    "not_in_force": "bold magenta",
}
_MARKER = re.compile(r"\[\d{1,3}\]")

ReadLine = Callable[[], str]


class Terminal:
    """One person at one terminal. `read_line` raises EOFError at the end and KeyboardInterrupt on Ctrl-C."""

    name = "terminal"

    def __init__(self, office: Office, console: Console, read_line: ReadLine, as_of: date | None = None) -> None:
        self._office = office
        self._console = console
        self._read_line = read_line
        self._as_of = as_of
        self._opened: Opened | None = None
        self._reply: Reply | None = None
        self._hinted = False

    def run(self, runner: asyncio.Runner) -> None:
        """Talk until the person leaves. Ctrl-C stops what is going on; twice at the prompt it leaves."""
        self._say(_GREETING)
        interrupted = False
        while True:
            try:
                line = self._read_line()
                interrupted = False
                if line.strip() and not runner.run(self._hear(line)):
                    break
            except EOFError:
                break
            except KeyboardInterrupt:
                if interrupted:
                    break
                interrupted = True
                self._note("\n再按一次 Ctrl-C 离开；接着说话就继续。")
        self._note("再见。")

    async def show(self, message: OutgoingMessage) -> None:
        reply = message.reply
        self._reply = reply
        self._console.print()
        for line in readable(reply.text).split("\n"):
            _write(self._console, _light(line))
        for note in reply.notes:
            self._note(note)
        groups = by_status(reply.findings)
        if groups:
            counts = " · ".join(f"{STATUS_WORDS[status]} {len(group)}" for status, group in groups.items())
            self._note(f"（{counts}；/判定 看明细）")
        if reply.citations and not self._hinted:
            self._note("（输入 引用 1 看原文）")
            self._hinted = True
        if reply.question:
            self._ask(reply.question)
        elif reply.suggestions:
            self._note("还可以问：" + " / ".join(map(readable, reply.suggestions)))
        self._console.print()

    async def _hear(self, line: str) -> bool:
        """One line from the person; False when it says good-bye."""
        marker = read_citation(line)
        if marker is not None:
            await self._cite(marker)
            return True
        if line.strip().startswith("/"):
            return await self._obey(line.strip()[1:].strip())
        choice = read_choice(self._reply.question if self._reply else None, line)
        if choice is not None and choice.complaint:
            self._note(choice.complaint)
            return True
        await self._send("" if choice else line, choice.ids if choice else ())
        return True

    async def _send(self, text: str, choices: tuple[str, ...]) -> None:
        reception = self._office.reception
        try:
            with self._console.status("正在核对…") if self._console.is_terminal else _Quiet():
                if self._opened is None:
                    self._opened = await reception.open(self.name, self._as_of)
                message = await reception.receive(IncomingMessage(self._opened.id, text, choices))
        except NotOffered:
            self._note("没有这个选项，请再选一次")
        except AnswerFailed:
            self._note("这一句没能答上来，话已经记下，请换个说法再试")
        except StoreUnavailable:
            self._note("暂时存不下新的内容（磁盘或数据库不可用），请稍后再试")
        else:
            await self.show(message)

    async def _obey(self, command: str) -> bool:
        match _COMMANDS.get(command.lower()):
            case "help":
                self._say(_HELP)
            case "profile":
                self._show_profile()
            case "findings":
                self._show_findings()
            case "restart":
                self._forget()
                self._say("好，重新开始。")
            case "erase":
                if self._opened is not None:
                    await self._office.reception.erase(self._opened.id)
                self._forget()
                self._say("已删除这个对话和记下的资料。接着说话就是新的对话。")
            case "exit":
                return False
            case _:
                self._note("没有这个命令，/帮助 看有哪些")
        return True

    def _forget(self) -> None:
        self._opened = None
        self._reply = None

    def _ask(self, question: Question) -> None:
        if question.text not in (self._reply.text if self._reply else ""):
            _write(self._console, Text(readable(question.text)))
        for number, option in enumerate(question.options, start=1):
            _write(self._console, Text.assemble((f"  {number:>2} ", "cyan"), readable(option.label)))
        self._note("（可多选，例如 1 3）" if question.multiple else "（输入编号，或直接说）")

    def _show_profile(self) -> None:
        if self._reply is None or not self._reply.profile:
            self._note("还没有记下任何情况")
            return
        labels = [readable(entry.label) for entry in self._reply.profile.values()]
        self._say("记下了：" + " · ".join(labels))

    def _show_findings(self) -> None:
        groups = by_status(self._reply.findings) if self._reply else {}
        if not groups:
            self._note("还没有判定")
        for status, group in groups.items():
            _write(self._console, Text(f"{STATUS_WORDS[status]}（{len(group)}）", _STATUS_STYLES[status]))
            for finding in group:
                _write(self._console, _finding(finding), indent=2)

    async def _cite(self, marker: int) -> None:
        citation = next((c for c in self._reply.citations if c.marker == marker), None) if self._reply else None
        if citation is None:
            self._note(f"上一条回答里没有依据 [{marker}]")
            return
        library = (await self._office.assistant()).library
        place = " ".join(part for part in (citation.label, citation.heading) if part)
        lifecycle = LIFECYCLE_WORDS[Lifecycle(citation.lifecycle)]
        _write(self._console, Text(f"《{citation.document_title}》{place}（{lifecycle}）", "bold"))
        _write(self._console, _provision(citation, library), indent=2)
        self._console.print()

    def _say(self, text: str) -> None:
        _write(self._console, Text(text))

    def _note(self, text: str) -> None:
        _write(self._console, Text(text, "dim"))


class _Quiet:
    """No spinner where nobody watches."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _write(console: Console, text: Text, indent: int = 0) -> None:
    """Lines broken as Chinese is; in one piece where no terminal has a width."""
    for paragraph in text.split("\n", allow_blank=True):
        breaks = line_breaks(paragraph.plain, console.width - indent) if console.is_terminal else []
        for line in paragraph.divide(breaks):
            line.rstrip()
            console.print(Text(" " * indent) + line, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


def _light(line: str) -> Text:
    text = Text()
    for run, bold in bold_runs(line):
        text.append(run, "bold" if bold else "")
    text.highlight_regex(_MARKER, "cyan")
    return text


def _finding(finding: FindingView) -> Text:
    text = Text.assemble((readable(finding.title), "bold"), "：", readable(finding.benefit.text))
    for reason in finding.reasons:
        text.append(f"\n{STATE_WORDS[reason.state]}：{readable(reason.condition)}", "dim")
    if finding.departments:
        text.append("\n找谁办：" + "、".join(map(readable, finding.departments)), "dim")
    return text


def _provision(citation: Citation, library: Library) -> Text:
    """The provision's own words with the quote highlighted; the quote alone if the document is gone."""
    document = library.documents.get(citation.document_id)
    if document is None or citation.provision not in document.provisions:
        return Text(citation.quote, "reverse")
    words = document.words(citation.provision).rstrip()
    first = document.provisions[citation.provision].start
    text = Text(words)
    text.stylize("reverse", citation.start - first, citation.end - first)
    return text


def print_answer(console: Console, reply: Reply) -> None:
    """A reply and what it rests on, without a conversation."""
    for line in readable(reply.text).split("\n"):
        _write(console, _light(line))
    for citation in reply.citations:
        place = " ".join(part for part in (citation.label, citation.heading) if part)
        lifecycle = LIFECYCLE_WORDS[Lifecycle(citation.lifecycle)]
        heading = f"[{citation.marker}]《{citation.document_title}》{place}（{lifecycle}）"
        console.print()
        _write(console, Text(heading, "bold"))
        _write(console, Text(citation.quote), indent=4)


def line_reader(console: Console) -> ReadLine:
    """Lines as a person types them, with editing and history where there is a terminal; nothing is kept on disk."""
    if not (sys.stdin.isatty() and console.is_terminal):
        return _next_line
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession()
    return lambda: session.prompt("您：")


def _next_line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
