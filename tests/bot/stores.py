"""Databases for tests: brought up to date once, copied for each. Bringing one up takes longer than most tests do."""

import asyncio
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from bot.store.database import open_database

NAME = "huiqi.db"


def with_store(folder: Path) -> Path:
    """A folder, made if need be, with an empty database of this version in it where none was."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / NAME
    if not file.exists():
        shutil.copy(_empty(), file)
    return folder


def sqlite_url(folder: Path) -> str:
    """Where the database of such a folder is opened."""
    return f"sqlite+aiosqlite:///{(with_store(folder) / NAME).as_posix()}"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Goes with the process."""
    return tempfile.TemporaryDirectory(prefix="huiqi-store-")


@cache
def _empty() -> Path:
    """Made in a thread, because the caller may have a loop running."""
    file = Path(_folder().name) / NAME

    async def make() -> None:
        await (await open_database(f"sqlite+aiosqlite:///{file.as_posix()}")).close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, make()).result()
    return file
