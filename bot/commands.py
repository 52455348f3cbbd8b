"""What each command does. Each imports what it needs and no more."""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import SHANGHAI, system_clock, today
from bot.settings import InvalidSetting, Settings, read_settings
from knowledge.library import InvalidCorpus

if TYPE_CHECKING:
    from bot.helpdesk import Waiting
    from bot.reception import Reception
    from bot.review.proposals import Proposal
    from bot.store.audit import Verified
    from bot.store.conversations import Conversations, Erased, StoredConversation
    from bot.store.database import Database
    from bot.store.people import People
    from bot.store.retention import Swept
    from chains.assistant import Assistant

_MOST_PROBLEMS = 20


def run(given: argparse.Namespace) -> int:
    """Run the command that was given; its exit code."""
    commands: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
        "serve": serve,
        "chat": chat,
        "ask": ask,
        "check": check,
        "ingest": ingest,
        "diff": diff,
        "export": export,
        "erase": erase,
        "retain": retain,
        "tickets": tickets,
        "notify": notify,
        "mcp": mcp,
        "staff": staff,
        "doctor": doctor,
    }
    try:
        return commands[given.command](read_settings(), given)
    except InvalidSetting as error:
        return _fail(str(error), code=2)
    except InvalidCorpus as error:
        return _fail("语料有问题，不能启动（huiqi check 列出全部）：", *error.problems[:_MOST_PROBLEMS])
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        return _fail(f"HUIQI_DATA_DIR：{error.filename} 不能用（{error.strerror}）")
    except RuntimeError as error:
        if type(error).__module__.partition(".")[0] != "bot":
            raise
        return _fail(str(error))  # our own errors are one clear line


def serve(settings: Settings, _: argparse.Namespace) -> int:
    from bot.address import listen

    with listen(settings) as listening:
        from bot import serving
        from bot.logs import set_up_logging

        set_up_logging(settings.data_dir)
        asyncio.run(serving.serve(settings, listening, lambda line: print(line, "（Ctrl-C 停止）", flush=True)))
    return 0


def chat(settings: Settings, given: argparse.Namespace) -> int:
    from rich.console import Console

    from bot.channels.terminal import Terminal, line_reader
    from bot.logs import set_up_logging
    from bot.office import Office

    set_up_logging(settings.data_dir)
    console = Console(highlight=False)
    with asyncio.Runner() as runner:
        office = Office(settings)
        runner.run(office.open())
        try:
            Terminal(office, console, line_reader(console), given.as_of).run(runner)
        finally:
            runner.run(office.close())
    return 0


def ask(settings: Settings, given: argparse.Namespace) -> int:
    from bot.office import build_assistant

    assistant = build_assistant(settings)
    conversation = assistant.begin(given.as_of or today(system_clock))
    reply = asyncio.run(assistant.answer(conversation, given.question)).reply
    if given.json:
        print(reply.model_dump_json(indent=2))
        return 0
    from rich.console import Console

    from bot.channels.terminal import print_answer

    print_answer(Console(highlight=False), reply)
    return 0


def check(settings: Settings, _: argparse.Namespace) -> int:
    from bot.office import build_assistant

    try:
        library = build_assistant(settings).library
    except InvalidCorpus as error:
        return _fail(*error.problems, f"共 {len(error.problems)} 处问题")
    documents, supports = len(library.documents), len(library.supports)
    questions = sum(len(entries) for entries in library.questions.values())
    print(f"没有问题：{documents} 份文件，{supports} 项支持，{questions} 组问法")
    return 0


def ingest(settings: Settings, given: argparse.Namespace) -> int:
    from bot.intake import Intake, refusal_of, report
    from chains.bootstrap import CORPUS
    from knowledge.intake.limits import Refused

    intake = Intake(settings.corpus or CORPUS, settings.ingest_hosts, system_clock)
    try:
        draft = intake.take(given.source)
        folder = draft.write(given.out)
    except Refused as refused:
        return _fail(refusal_of(refused))
    except FileExistsError as error:
        return _fail(f"{error.filename} 已经在了：改名、删去，或用 --out 写到别处")
    except OSError as error:
        return _fail(f"{error.filename or given.source}：{error.strerror}")
    for line in report(draft, str(folder)):
        print(line)
    return 0


def diff(settings: Settings, given: argparse.Namespace) -> int:
    from bot.differences import read_profiles, tell_difference
    from chains.difference import compare
    from knowledge.library import load_library

    try:
        profiles = read_profiles(given.profiles)
    except (OSError, ValueError) as error:
        return _fail(f"{given.profiles}：{error}")
    difference = compare(load_library(given.old), load_library(given.new), profiles, given.as_of or today(system_clock))
    for line in tell_difference(difference):
        print(line)
    return 0


def export(settings: Settings, given: argparse.Namespace) -> int:
    if given.id == "proposals":
        return _export_proposals(settings, given.folder)
    from chains.model.masking import mask

    async def write() -> int:
        from bot.store.audit import AT_TERMINAL, Action, Journal
        from bot.store.conversations import Conversations

        async with _database(settings) as database:
            kept = Conversations(database)
            chosen = [c for c in await kept.all() if given.id in (None, c.id)]
            if chosen:
                told = f"{len(chosen)} 个对话，{'不打码' if given.unmasked else '打码'}"
                await Journal(database, system_clock).record(AT_TERMINAL, Action.EXPORTED, "conversations", told)
            for conversation in chosen:
                line = json.dumps(await _record(kept, conversation), ensure_ascii=False)
                print(line if given.unmasked else mask(line))
            return len(chosen)

    if asyncio.run(write()) == 0 and given.id is not None:
        return _fail(f"没有对话 {given.id}")
    return 0


def _export_proposals(settings: Settings, folder: Path | None) -> int:
    if folder is None or not folder.is_dir():
        return _fail("要说写到哪里：huiqi export proposals 目录（项目的一份副本，或空目录）", code=2)

    async def read() -> "list[Proposal]":
        from bot.review.proposals import Proposals, State

        async with _database(settings) as database:
            return await Proposals(database).all(State.ACCEPTED)

    from bot.review.writing import write_proposals

    changed, problems = write_proposals(asyncio.run(read()), folder)
    for name in changed:
        print(f"已写入 {name}")
    if not changed and not problems:
        print("没有新确认的提议")
    return _fail(*problems) if problems else 0


async def _record(kept: "Conversations", conversation: "StoredConversation") -> dict[str, object]:
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "as_of": conversation.as_of.isoformat(),
        "created_at": conversation.created_at.isoformat(),
        "messages": [
            {
                "message_id": message.id,
                "role": message.role,
                "author": message.author,
                "text": message.text,
                "at": message.at.isoformat(),
                "reply": json.loads(message.reply) if message.reply else None,
            }
            for message in await kept.messages(conversation.id)
        ],
    }


def erase(settings: Settings, given: argparse.Namespace) -> int:
    async def remove() -> "Erased | None":
        from bot.store.audit import AT_TERMINAL
        from bot.store.conversations import Conversations

        async with _database(settings) as database:
            return await Conversations(database).erase(given.id, AT_TERMINAL, system_clock())

    erased = asyncio.run(remove())
    if erased is None:
        return _fail(f"没有对话 {given.id}")
    print(f"已彻底删除对话 {given.id}：{erased.messages} 条消息和企业资料（回执 {erased.receipt}）")
    return 0


def retain(settings: Settings, _: argparse.Namespace) -> int:
    async def work() -> "tuple[Swept | None, Verified]":
        from bot.nightly import nightly_of

        async with _database(settings) as database:
            nightly = nightly_of(settings, database, system_clock)
            swept = await nightly.once()
            assert nightly.verified is not None
            return swept, nightly.verified

    swept, verified = asyncio.run(work())
    problems: list[str] = []
    if swept is None:
        problems.append("另一个进程正在清理，这次不用做")
    else:
        days = settings.retention_days
        limit = f"超过 {days} 天没人用的" if days else "（HUIQI_RETENTION_DAYS=0，不按天数删）"
        print(f"已删除{limit}对话 {swept.conversations} 个、联系人 {swept.contacts} 个")
        print(f"已删除超过 {settings.audit_days} 天的审计记录 {swept.entries} 条")
    if verified.flaws:
        problems += [*verified.flaws, f"审计记录有 {len(verified.flaws)} 处不对，没有清理它"]
    return _fail(*problems) if problems else 0


def tickets(settings: Settings, given: argparse.Namespace) -> int:
    if given.action != "list" and given.number is None:
        return _fail(f"要说是哪一张：huiqi tickets {given.action} 单号", code=2)
    if given.action == "answer" and not (given.text or "").strip():
        return _fail(f'要写答复的话：huiqi tickets answer {given.number} "……"', code=2)

    async def work() -> list[str]:
        from bot.helpdesk import Helpdesk

        async with _set_up(settings) as (people, reception):
            desk = Helpdesk(reception, people, system_clock)
            match given.action:
                case "list":
                    waiting = await desk.waiting()
                    return [_line(ticket) for ticket in waiting] or ["没有等待处理的转人工单"]
                case "show":
                    ticket, messages = await desk.read(given.number)
                    said = [f"{'用户' if m.role == 'user' else m.author or '惠企'}：{mask(m.text)}" for m in messages]
                    return [_line(ticket), *said]
                case "take":
                    await desk.take(given.number, given.staff)
                    return [f"转人工单 {given.number} 由 {given.staff} 处理"]
                case "answer":
                    await desk.answer(given.number, given.text, given.staff)
                    return [f"已答复转人工单 {given.number}，会发到用户所在的渠道"]
                case _:
                    await desk.close(given.number, given.staff)
                    return [f"转人工单 {given.number} 已交还给助手"]

    from chains.model.masking import mask

    for line in asyncio.run(work()):
        print(line)
    return 0


def _line(waiting: "Waiting") -> str:
    from chains.model.masking import mask
    from chains.prompting import texts

    ticket = waiting.ticket
    since = ticket.opened_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    parts = [
        f"#{ticket.id}",
        f"{since} 起",
        texts("channels").get(waiting.channel, waiting.channel),
        f"{ticket.taken_by} 处理中" if ticket.taken_by else "等待接手",
        " · ".join(waiting.facts) or "情况未知",
        f"最后一句：{mask(waiting.last_words)[:60]}",
    ]
    return "  ".join(parts)


def notify(settings: Settings, given: argparse.Namespace) -> int:
    from bot.notices import notify as tell
    from bot.office import build_assistant

    assistant = build_assistant(settings)

    async def work() -> int:
        async with _set_up(settings) as (people, reception):
            told = await tell(assistant, people, reception, system_clock, only_look=given.dry_run)
            for one in told:
                print(f"{'会告诉' if given.dry_run else '已告诉'} {one.conversation_id}")
                if given.dry_run:
                    print("  " + one.text.replace("\n", "\n  "))
            return len(told)

    count = asyncio.run(work())
    print(f"共 {count} 个对话" if count else "没有谁的判定有变化")
    return 0


def mcp(settings: Settings, _: argparse.Namespace) -> int:
    from bot.channels.mcp import build_server
    from bot.office import build_assistant

    assistant = build_assistant(settings)

    async def built() -> "Assistant":
        return assistant

    asyncio.run(build_server(built, system_clock).run_stdio_async())
    return 0


def staff(settings: Settings, given: argparse.Namespace) -> int:
    from bot.staffing import manage

    lines, is_fine = asyncio.run(manage(settings, given))
    for line in lines:
        print(line, file=sys.stdout if is_fine else sys.stderr)
    return 0 if is_fine else 1


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    from bot.doctor import examine

    findings = asyncio.run(examine(settings))
    for finding in findings:
        print(f"{'✓' if finding.fine else '✗'} {finding.text}")
    return 0 if all(finding.fine for finding in findings) else 1


@asynccontextmanager
async def _set_up(settings: Settings) -> AsyncIterator[tuple["People", "Reception"]]:
    """The people and the reception of the database, beside a service that may be running. Nobody is answered here."""
    from bot.reception import Reception
    from bot.store.conversations import Conversations
    from bot.store.people import People

    async def nobody() -> "Assistant":
        raise RuntimeError("no message is answered from the command line")

    async with _database(settings) as database:
        yield People(database), Reception(Conversations(database), nobody, system_clock, lambda _: None)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator["Database"]:
    from bot.store.database import open_database

    database = await open_database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


def _fail(*lines: str, code: int = 1) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code
