"""An office with staff in it: one of each role, and a clock that can be moved on."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from bot.channels.web import create_app
from bot.console.cookies import Cookies
from bot.console.gate import csrf_of
from bot.console.passwords import hash_password
from bot.office import Office
from bot.settings import Settings
from bot.store.staff import Role, StaffAccounts
from tests.bot.fakes import NOW, FakeAssistant

HOST = "127.0.0.1"
PASSWORD = "一二三四五六七八九十"
HTML = {"accept": "text/html"}


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Worker:
    """A member of staff at a browser."""

    def __init__(self, client: httpx.AsyncClient, token: str = "") -> None:
        self.client = client
        self.csrf = csrf_of(token)

    async def get(self, path: str, **more: object) -> httpx.Response:
        return await self.client.get(path, headers=HTML, **more)  # type: ignore[arg-type]

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(path, data={"csrf": self.csrf, **fields}, headers=HTML)


class Staff:
    """Seats the staff of an office."""

    def __init__(self, office: Office, password_hash: str) -> None:
        self.office = office
        self.accounts = StaffAccounts(office.database)
        self._application = create_app(office.settings, office)
        self._password_hash = password_hash
        self._clients: list[httpx.AsyncClient] = []

    async def hire(self, name: str, role: Role) -> None:
        await self.accounts.add(name, role, self._password_hash, by="@test", at=self.office.clock())

    async def seat(self, name: str) -> Worker:
        """Somebody who has just signed in."""
        account = await self.accounts.find(name)
        assert account is not None
        tokens = await self.accounts.begin(account, "", "", self.office.clock())
        assert tokens is not None
        worker = Worker(self.stranger().client, tokens[0])
        worker.client.cookies.set(Cookies("", HOST).session, tokens[0])
        return worker

    def stranger(self) -> Worker:
        transport = httpx.ASGITransport(self._application)
        client = httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}")
        self._clients.append(client)
        return Worker(client)

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest_asyncio.fixture
async def office(settings: Settings, clock: MovableClock) -> AsyncIterator[Office]:
    office = Office(settings, build=FakeAssistant, clock=clock)
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest_asyncio.fixture
async def staff(office: Office, password_hash: str) -> AsyncIterator[Staff]:
    """Four people, each called by their role."""
    staff = Staff(office, password_hash)
    for role in Role:
        await staff.hire(role.value, role)
    yield staff
    await staff.close()
