"""A console on the loopback with people waiting in it, some of them with markup in every word they say."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from sqlalchemy import update

from bot.channels.web import create_app
from bot.console.cookies import Cookies
from bot.console.passwords import hash_password
from bot.messages import IncomingMessage
from bot.office import Office
from bot.store.audit import Action, Journal
from bot.store.exports import Exports, Wanted, What
from bot.store.people import open_ticket
from bot.store.staff import Role, StaffAccounts
from bot.store.tables import audit_end, conversations
from chains.conversation import Conversation
from knowledge.profile import Fact, Source
from tests.bot.fakes import BareSettings, FakeAssistant, small_library
from tests.bot.pages.hostile import HOSTILE, PAYLOAD, PAYLOADS, hostile_document
from tests.bot.stores import with_store

PASSWORD = "一二三四五六七八九十"
NAME = "王工"


class HostileAssistant(FakeAssistant):
    """One of its documents carries markup in every field."""

    def __init__(self) -> None:
        super().__init__()
        library = small_library()
        self.library = replace(
            library,
            documents={**library.documents, HOSTILE.id: hostile_document()},
            questions={**library.questions, HOSTILE.id: ()},
        )


@dataclass(frozen=True, slots=True)
class Building:
    """Where it stands, and the cookie of an admin who is signed in."""

    address: str
    cookie: str
    token: str


@contextmanager
def building(folder: Path) -> Iterator[Building]:
    settings = BareSettings(HUIQI_DATA_DIR=with_store(folder / "var"), HUIQI_REVIEW_SAMPLED=0, HUIQI_REVIEW_DOUBLED=0)
    office = Office(settings, build=HostileAssistant)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, office), log_level="error", timeout_graceful_shutdown=1)
    )
    tokens: list[str] = []
    ready = threading.Event()

    async def run() -> None:
        await office.open()
        tokens.append(await _furnish(office))
        ready.set()
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    yield Building(f"http://127.0.0.1:{listener.getsockname()[1]}", Cookies("", "127.0.0.1").session, tokens[0])
    server.should_exit = True
    thread.join(timeout=10)
    listener.close()


async def _furnish(office: Office) -> str:
    """One admin, three people who wait, an audit log with markup in it: the token of the admin."""
    await office.assistant()
    now = office.clock()
    accounts = StaffAccounts(office.database)
    await accounts.add(NAME, Role.ADMIN, hash_password(PASSWORD), by="@test", at=now)
    journal = Journal(office.database, office.clock)
    for payload in PAYLOADS:
        await journal.record(payload[:40], Action.EXPORTED, payload, payload)
    await journal.record(PAYLOADS[0][:40], Action.REVEALED, PAYLOADS[0], PAYLOADS[0])
    for payload in PAYLOADS:
        wanted = Wanted(What.ITEMS, f"words={payload}", payload[:5], 500, 1)
        await Exports(office.database).ask(wanted, payload[:40], payload[:200], now)
    for words in (("南京的小巨人奖励多少，电话13800138000", "还在吗"), PAYLOADS, (PAYLOAD,)):
        opened = await office.reception.open("web")
        for text in words:
            await office.reception.receive(IncomingMessage(opened.id, text))
        async with office.database.write() as connection:
            known = Conversation(as_of=opened.as_of, facts={"district": Fact(PAYLOAD, Source.STATED)})
            if words[0] in PAYLOAD:
                state = update(conversations).where(conversations.c.id == opened.id)
                await connection.execute(state.values(state=known.model_dump_json(), channel=PAYLOADS[0][:20]))
            await open_ticket(connection, opened.id, now)
    account = await accounts.find(NAME)
    assert account is not None
    begun = await accounts.begin(account, "", "", now)
    assert begun is not None
    async with office.database.read() as connection:
        assert (await connection.execute(audit_end.select())).one().sequence > len(PAYLOADS)
    return begun[0]
