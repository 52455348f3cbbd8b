"""Opens the database, brings its tables up to date, and lends connections. SQLite or PostgreSQL by URL."""

import asyncio
import math
import shutil
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

HEAD = "0008"
WAIT_SECONDS = 5.0  # for a database that somebody else writes to, the place in line included
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_MERGE = text("INSERT INTO review_words (review_words, rank) VALUES ('merge', -500)")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('migration', 0))")
_CHECKPOINT_TRIES = 20
_LEAST_FREE_BYTES = 256 * 1024
_THREADS = 4  # one that writes, and some that read


T = TypeVar("T")

# What has to happen in the same transaction as something else.
Consequence = Callable[[AsyncConnection], Awaitable[None]]


class UnusableDatabase(RuntimeError):
    """The database cannot be opened; the message is one line and says what to do."""


class StoreUnavailable(RuntimeError):
    """The database cannot be read or written just now: locked, full, or out of reach."""


class Database:
    """Connections to one database: many readers; on SQLite one writer at a time, in the order in which they came."""

    def __init__(self, engine: AsyncEngine, file: Path | None = None) -> None:
        self._engine = engine
        self._file = file
        self._steps = _Steps(file) if file is not None else None
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._writing = _Line()
        self._held: set[str] = set()
        self._locks: AsyncConnection | None = None
        self._locking = asyncio.Lock()

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve from the same database at the same time."""
        return not self._is_sqlite

    @property
    def is_crowded(self) -> bool:
        """Whether somebody waits to write while somebody else does."""
        return self._writing.is_crowded

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[bool]:
        """Be the only one with a name, over all processes; False if somebody else is. A dead process holds nothing."""
        if name in self._held:
            yield False
            return
        self._held.add(name)
        try:
            got = not self.is_shared or await self._lock("pg_try_advisory_lock", name)
            try:
                yield got
            finally:
                if got and self.is_shared:
                    with suppress(StoreUnavailable):  # with its connection a lock is gone as well
                        await self._lock("pg_advisory_unlock", name)
        finally:
            self._held.discard(name)

    async def _lock(self, function: str, name: str) -> bool:
        """Take or give back an advisory lock on the one connection that holds all locks of this process."""
        with _told_as_unavailable():
            async with self._locking:
                if self._locks is None or self._locks.closed or self._locks.invalidated:
                    self._locks = await self._engine.connect()
                    await self._locks.execution_options(isolation_level="AUTOCOMMIT")
                query = text(f"SELECT {function}(hashtextextended(:name, 0))")
                try:
                    return bool((await self._locks.execute(query, {"name": name})).scalar())
                except DBAPIError:
                    lost, self._locks = self._locks, None
                    await lost.invalidate()
                    raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        with _told_as_unavailable():
            async with self._engine.connect() as connection:
                yield await connection.execution_options(begin="BEGIN")

    @asynccontextmanager
    async def write(self, *, urgent: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the end; IntegrityError is the caller's to understand.

        An `urgent` one goes before all that wait: somebody holds the line until it is done.
        """
        turn = self._writing.turn(urgent) if self._is_sqlite else nullcontext(WAIT_SECONDS)
        with _told_as_unavailable():
            async with turn as left, self._engine.execution_options(left=left).begin() as connection:
                yield connection

    async def write_at_once(self, work: Callable[[Connection], T], *, urgent: bool = False) -> T:
        """A transaction of statements alone, given as one function.

        On SQLite a thread carries it out in one go. Statement by statement, each would be handed to a thread and back
        several times, and each time wait until everything else that is ready has had its turn.
        """
        if self._steps is None:
            async with self.write(urgent=urgent) as connection:
                return await connection.run_sync(work)
        with _told_as_unavailable():
            async with self._writing.turn(urgent) as left:
                return await self._steps.carry_out(work, "BEGIN IMMEDIATE", left)

    async def read_at_once(self, work: Callable[[Connection], T]) -> T:
        """The same for what is only read."""
        if self._steps is None:
            async with self.read() as connection:
                return await connection.run_sync(work)
        with _told_as_unavailable():
            return await self._steps.carry_out(work, "BEGIN", WAIT_SECONDS)

    async def prove_writable(self) -> None:
        """Write nothing of value. Raises StoreUnavailable where a full disk or a lock would make any write do so."""
        if self._file is not None and shutil.disk_usage(self._file.parent).free < _LEAST_FREE_BYTES:
            raise StoreUnavailable("the disk is full")
        async with self.write() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))

    async def wipe_traces(self) -> None:
        """Make erased rows unreadable in the index of words and in the journal: both are folded in, nothing is left."""
        if not self._is_sqlite:
            return
        await self._fold_index()
        for _ in range(_CHECKPOINT_TRIES):
            async with self._writing.turn(), self._engine.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                busy = (await (await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")).fetchone())[0]
            if not busy:
                return
            await asyncio.sleep(0.1)
        raise StoreUnavailable("the journal is in use and could not be cut")

    async def _fold_index(self) -> None:
        """A little at a time: until it is merged, what was deleted from the index stands there beside its deletion."""
        changes = text("SELECT total_changes()")
        while True:
            async with self.write() as connection:
                before = (await connection.execute(changes)).scalar_one()
                await connection.execute(_MERGE)
                if (await connection.execute(changes)).scalar_one() - before < 2:
                    return

    async def close(self) -> None:
        if self._locks is not None:
            await self._locks.close()
        if self._steps is not None:
            self._steps.close()
        await self._engine.dispose()


class _Steps:
    """Whole transactions on an SQLite file, each in one step of a thread."""

    def __init__(self, file: Path) -> None:
        self._engine = create_engine(URL.create("sqlite", database=str(file)))
        _set_up(self._engine)
        self._threads = ThreadPoolExecutor(_THREADS, "huiqi-store")

    async def carry_out(self, work: Callable[[Connection], T], begin: str, left: float) -> T:
        try:
            step = asyncio.get_running_loop().run_in_executor(self._threads, self._carry_out, work, begin, left)
        except RuntimeError as error:
            raise StoreUnavailable("the database is closed") from error
        try:
            return await asyncio.shield(step)
        except asyncio.CancelledError:
            await asyncio.wait((step,))  # it goes on all the same: nobody may write before it has ended
            raise

    def _carry_out(self, work: Callable[[Connection], T], begin: str, left: float) -> T:
        with self._engine.execution_options(begin=begin, left=left).begin() as connection:
            return work(connection)

    def close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()


class _Line:
    """Writers one after another, in the order in which they came; of two, one is urgent if any is.

    The others are never held up for good: after an urgent one comes a patient one.
    """

    def __init__(self) -> None:
        self._is_busy = False
        self._was_urgent = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._patient: deque[asyncio.Future[None]] = deque()

    @property
    def is_crowded(self) -> bool:
        return bool(self._urgent or self._patient)

    @asynccontextmanager
    async def turn(self, urgent: bool = False) -> AsyncIterator[float]:
        """How many seconds of `WAIT_SECONDS` are left when it is our turn. Raises StoreUnavailable if none are."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + WAIT_SECONDS
        if self._is_busy:
            called = loop.create_future()
            (self._urgent if urgent else self._patient).append(called)
            try:
                async with asyncio.timeout_at(deadline):
                    await called
            except (asyncio.CancelledError, TimeoutError) as error:
                if called.done() and not called.cancelled():
                    self._call_next()  # it was our turn already: somebody else's now
                if isinstance(error, TimeoutError):
                    raise StoreUnavailable("too many wait to write") from None
                raise
        self._is_busy = True
        try:
            yield deadline - loop.time()
        finally:
            self._call_next()

    def _call_next(self) -> None:
        lines = (self._patient, self._urgent) if self._was_urgent else (self._urgent, self._patient)
        for line in lines:
            while line:
                called = line.popleft()
                if not called.done():
                    self._was_urgent = line is self._urgent
                    called.set_result(None)
                    return
        self._is_busy = False


class _told_as_unavailable:
    """Tells driver errors as StoreUnavailable; a broken uniqueness stays what it is."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError | PoolTimeout) and not isinstance(error, IntegrityError):
            raise StoreUnavailable(str(getattr(error, "orig", error))) from error


async def open_database(url: str) -> Database:
    """The database at a URL, checked and migrated. Raises UnusableDatabase."""
    address = make_url(url)
    shown = address.render_as_string(hide_password=True)
    file = Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None
    if file is not None:
        await _check_file(file)
    try:
        engine = create_async_engine(address, pool_pre_ping=file is None, pool_timeout=WAIT_SECONDS)
    except ModuleNotFoundError as error:
        raise UnusableDatabase(f"数据库 {shown} 需要另装驱动：pip install {error.name}") from None
    if file is not None:
        _set_up(engine.sync_engine)
    try:
        await _bring_up_to_date(engine)
    except (DBAPIError, OSError) as error:
        await engine.dispose()
        raise UnusableDatabase(f"数据库 {shown} 打不开：{getattr(error, 'orig', error)}") from None
    except UnusableDatabase:
        await engine.dispose()
        raise
    return Database(engine, file)


async def _check_file(file: Path) -> None:
    """Refuse a damaged file before anything is written to it."""
    if not file.exists():
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise UnusableDatabase(f"数据目录 {file.parent} 不能创建：{error.strerror}") from None
        return
    complaint = await asyncio.to_thread(_find_damage, file)
    if complaint:
        raise UnusableDatabase(
            f"数据库 {file} 已损坏（{complaint}）。用备份覆盖它；没有备份就移走它重新开始：mv {file} {file}.damaged"
        )


def _find_damage(file: Path) -> str:
    try:
        connection = sqlite3.connect(file, timeout=WAIT_SECONDS)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return ""  # locked or not permitted: opening it says so in its own words
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found).splitlines()[-1]


def _set_up(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, see _begin
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    patience = _milliseconds(options.get("left", WAIT_SECONDS))
    if connection.info.get("patience") != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
        connection.info["patience"] = patience
    connection.exec_driver_sql(options.get("begin", "BEGIN IMMEDIATE"))


def _milliseconds(left: float) -> int:
    """How long SQLite waits for a lock where so many seconds are left: less than that, by half seconds.

    So it is the same for all who had to wait a little for their turn, and is not set anew for each.
    """
    return max(0, math.ceil(left * 2) - 1) * 500


async def _bring_up_to_date(engine: AsyncEngine) -> None:
    if await _version(engine) == HEAD:
        return
    async with engine.begin() as connection:
        if engine.dialect.name != "sqlite":  # which lets in one writer at a time by itself
            await connection.execute(_ALONE)
        await connection.run_sync(_migrate)


async def _version(engine: AsyncEngine) -> str | None:
    try:
        async with engine.connect() as connection:
            return (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    except (OperationalError, ProgrammingError) as error:
        if "alembic_version" in str(error.orig):  # no such table: a new database
            return None
        raise


def _migrate(connection: Connection) -> None:
    """From whatever version it is by now: another process may have been here first."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    version = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise UnusableDatabase(f"数据库的版本 {version} 比程序新，请用建它的那个版本，或先升级程序")
    command.upgrade(config, "head")
