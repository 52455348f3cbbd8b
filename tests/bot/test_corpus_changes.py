"""A corpus that changes under a running office: taken up when it is right, refused by name when it is not."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.office import Office, corpus_folder
from bot.settings import Settings

DOCUMENT = "zhenjiang-plan-2023-2025"


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    shipped = corpus_folder(Settings()) / DOCUMENT
    shutil.copytree(shipped, tmp_path / "corpus" / DOCUMENT)
    monkeypatch.setenv("HUIQI_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("HUIQI_DATA_DIR", str(tmp_path / "data"))
    opened = Office(Settings())
    opened.corpus_seconds = 0.05
    await opened.open()
    await opened.assistant()
    await asyncio.sleep(0.2)
    yield opened
    await opened.close()


async def until(office: Office, status: str) -> tuple[str, ...]:
    for _ in range(200):
        found, problems = await office.check_health()
        if found == status:
            return problems
        await asyncio.sleep(0.05)
    raise AssertionError(f"the office did not become {status}")


async def test_a_mistake_is_named_while_the_last_good_corpus_serves(office: Office, tmp_path: Path) -> None:
    supports = tmp_path / "corpus" / DOCUMENT / "supports.yaml"
    good = supports.read_text(encoding="utf-8")
    version = office.library().version
    supports.write_text(good.replace("amount_cny: 300000", "amount_cny: 3000000"), encoding="utf-8")
    problems = await until(office, "degraded")
    assert "zhenjiang-little-giant-award" in problems[0]
    assert "supports.yaml:" in problems[0]
    assert office.library().version == version
    supports.write_text(good, encoding="utf-8")
    assert await until(office, "ready") == ()


async def test_a_new_word_is_taken_up_without_a_restart(office: Office, tmp_path: Path) -> None:
    record = tmp_path / "corpus" / DOCUMENT / "document.yaml"
    version = office.library().version
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("short_title: ", "short_title: 新"), encoding="utf-8")
    for _ in range(200):
        if office.library().version != version:
            break
        await asyncio.sleep(0.05)
    assert office.library().version != version
