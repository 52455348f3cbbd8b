"""Who works in the console: accounts, who is signed in, which browsers are known. No password is kept."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.digest import hash_of
from bot.store.audit import Action, record
from bot.store.database import Database
from bot.store.tables import staff, staff_devices, staff_sessions
from bot.store.tries import forget_tries

DEVICE_DAYS = 180
_NAME = re.compile(r"[^\W_][\w.\- ]{0,38}[\w.]|[^\W_]")
_TOUCH_SECONDS = 60


class Role(StrEnum):
    """What a member of staff may do: each role also what those before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)


class InvalidAccount(RuntimeError):
    """An account that cannot be, or is not there; the message is one line and says the way out."""


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff."""

    id: int
    name: str
    role: Role
    password_hash: str
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in; `id` is the hash of the token in their cookie."""

    id: str
    account: Account


class StaffAccounts:
    """Accounts and sessions of one database. Every method is one transaction; `by` is who does it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- accounts

    async def add(self, name: str, role: Role, password_hash: str, *, by: str, at: datetime) -> None:
        """Raises InvalidAccount."""
        values = {"name": valid_name(name), "role": role.value, "password_hash": password_hash, "created_at": at}
        try:
            async with self._database.write() as connection:
                await connection.execute(insert(staff).values(values))
                await record(connection, by, Action.ACCOUNT_ADDED, f"staff:{values['name']}", role.value, at=at)
        except IntegrityError:
            raise InvalidAccount(f"已有人叫 {values['name']}；换一个名字，或用 huiqi staff password 改密码") from None

    async def all(self) -> list[Account]:
        async with self._database.read() as connection:
            rows = (await connection.execute(select(staff).order_by(staff.c.id))).all()
        return [_account(row._mapping) for row in rows]

    async def find(self, name: str) -> Account | None:
        """The account of a name, however it was typed; a disabled one too."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(staff).where(staff.c.name == plain_name(name)))).first()
        return _account(row._mapping) if row else None

    async def change_role(self, name: str, role: Role, *, by: str, at: datetime) -> None:
        """Whoever is signed in with the account has to sign in again. Raises InvalidAccount, as do those below."""
        await self._change(name, {"role": role.value}, Action.ACCOUNT_ROLE, role.value, by, at)

    async def change_password(self, name: str, password_hash: str, *, by: str, at: datetime) -> None:
        """The known browsers are forgotten too, and failures to log in with the old one no longer count."""
        await self._change(name, {"password_hash": password_hash}, Action.PASSWORD, "", by, at)

    async def disable(self, name: str, *, by: str, at: datetime) -> None:
        await self._change(name, {"disabled_at": at}, Action.ACCOUNT_DISABLED, "", by, at)

    async def enable(self, name: str, *, by: str, at: datetime) -> None:
        await self._change(name, {"disabled_at": None}, Action.ACCOUNT_ENABLED, "", by, at)

    async def _change(
        self, name: str, values: dict[str, object], action: Action, reason: str, by: str, at: datetime
    ) -> None:
        async with self._database.write() as connection:
            mine = staff.c.name == plain_name(name)
            row = (await connection.execute(select(staff).where(mine).with_for_update())).first()
            if row is None:
                raise InvalidAccount(f"没有叫 {name} 的人；huiqi staff list 列出全部")
            await connection.execute(update(staff).where(mine).values(values))
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == row.id))
            if action is Action.PASSWORD:
                await connection.execute(delete(staff_devices).where(staff_devices.c.staff_id == row.id))
                await forget_tries(connection, f"account:{row.name}")
            await record(connection, by, action, f"staff:{row.name}", reason, at=at)

    # --- sessions

    async def begin(self, account: Account, old_token: str, device: str, at: datetime) -> tuple[str, str] | None:
        """A new session in place of an old one: the tokens of session and browser. None if the account has changed."""
        token, device_token = secrets.token_urlsafe(32), device or secrets.token_urlsafe(32)
        async with self._database.write() as connection:
            row = (await connection.execute(select(staff).where(staff.c.id == account.id).with_for_update())).first()
            if row is None or _account(row._mapping) != account:
                return None
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == hash_of(old_token)))
            session = {"token_hash": hash_of(token), "staff_id": account.id, "began_at": at, "seen_at": at}
            await connection.execute(insert(staff_sessions).values(session))
            await _know_device(connection, account.id, device_token, at)
            await record(connection, account.name, Action.LOGIN, f"staff:{account.name}", at=at)
        return token, device_token

    async def session(
        self, token: str, idle: timedelta, at_most: timedelta, at: datetime, *, wakes: bool
    ) -> Session | None:
        """Who is signed in with a token; None if nobody, or no longer. `wakes` puts the idle time-out off."""
        if not token:
            return None
        query = (
            select(staff, staff_sessions.c.began_at, staff_sessions.c.seen_at)
            .join(staff_sessions, staff_sessions.c.staff_id == staff.c.id)
            .where(staff_sessions.c.token_hash == hash_of(token))
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        if row.disabled_at is not None or at >= row.seen_at + idle or at >= row.began_at + at_most:
            return None
        if wakes and at >= row.seen_at + timedelta(seconds=_TOUCH_SECONDS):
            async with self._database.write() as connection:
                mine = staff_sessions.c.token_hash == hash_of(token)
                await connection.execute(update(staff_sessions).where(mine).values(seen_at=at))
        account = {name: row._mapping[name] for name in Account.__slots__}
        return Session(hash_of(token), _account(account))

    async def end(self, session: Session, at: datetime) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == session.id))
            await record(connection, session.account.name, Action.LOGOUT, f"staff:{session.account.name}", at=at)

    async def forget_old(self, idle: timedelta, at: datetime) -> None:
        """Drop sessions and browsers that are good for nothing any more."""
        async with self._database.write() as connection:
            await connection.execute(delete(staff_sessions).where(staff_sessions.c.seen_at <= at - idle))
            old = at - timedelta(days=DEVICE_DAYS)
            await connection.execute(delete(staff_devices).where(staff_devices.c.seen_at <= old))

    async def knows_device(self, account_id: int, device: str, at: datetime) -> bool:
        """Whether this member of staff has signed in with this browser lately."""
        query = select(staff_devices.c.token_hash).where(
            staff_devices.c.token_hash == hash_of(device),
            staff_devices.c.staff_id == account_id,
            staff_devices.c.seen_at > at - timedelta(days=DEVICE_DAYS),
        )
        async with self._database.read() as connection:
            return (await connection.execute(query)).first() is not None


def plain_name(name: str) -> str:
    """A name as it is kept, whatever input method wrote it."""
    return unicodedata.normalize("NFKC", name).strip()


def valid_name(name: str) -> str:
    """Raises InvalidAccount."""
    plain = plain_name(name)
    if not _NAME.fullmatch(plain):
        raise InvalidAccount("名字要 1 到 40 个字：汉字、字母、数字，中间可以有空格、点、横线")
    return plain


async def _know_device(connection: AsyncConnection, account_id: int, device: str, at: datetime) -> None:
    """A browser belongs to whoever signed in with it last."""
    await connection.execute(delete(staff_devices).where(staff_devices.c.token_hash == hash_of(device)))
    values = {"token_hash": hash_of(device), "staff_id": account_id, "seen_at": at}
    await connection.execute(insert(staff_devices).values(values))


def _account(values: object) -> Account:
    fields = dict(values)  # type: ignore[call-overload]
    return Account(**fields | {"role": Role(fields["role"])})
