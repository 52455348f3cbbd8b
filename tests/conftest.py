"""What all tests share: the corpus as shipped, loaded once, and a browser."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from chains.assistant import Assistant
from chains.bootstrap import build_assistant
from knowledge.library import Library, load_library

# A browser that looks for nothing outside of the machine.
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=30_000)  # milliseconds; many share the machine, and none waits longer than it must
CORPUS = Path(__file__).parent.parent / "knowledge" / "corpus"


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(CORPUS)


@pytest.fixture(scope="session")
def real_assistant() -> Assistant:
    """One for all tests; what it holds is there to stay, and not gone through again to find what is no longer used."""
    built = build_assistant()
    built.finder.learn()  # as a service does at its start
    gc.collect()
    gc.freeze()
    return built


@pytest.fixture(scope="session")
def assistant(real_assistant: Assistant) -> Assistant:
    return real_assistant


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "NOT TESTED: the pages were not tried in a browser, because chromium is not installed"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
