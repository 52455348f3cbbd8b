"""What staff see, as pictures of a 1366 × 768 screen, and what axe finds wrong with it.

Run by hand: `python -m tests.bot.console.look FOLDER [AXE]`, AXE being the file axe.min.js of axe-core.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.conftest import ARGUMENTS, CHROMIUM

from .building import building

PAGES = {
    "login": "/console/login",
    "home": "/console",
    "how": "/console/how",
    "handovers": "/console/handovers",
    "handover": "/console/handovers/1",
    "hostile": "/console/handovers/2",
    "table": "/console/table?lifecycle=in_force&sort=amount",
    "upkeep": "/console/upkeep",
    "versions": "/console/versions",
    "arrivals": "/console/arrivals",
    "audit": "/console/audit",
    "week": "/console/audit/week",
    "exports": "/console/exports",
    "password": "/console/password",
    "missing": "/console/no-such-page",
}


def look(folder: Path, axe: Path | None) -> int:
    """Takes the pictures; the number of violations."""
    violations = 0
    with tempfile.TemporaryDirectory() as place, building(Path(place)) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            base_url=house.address, viewport={"width": 1366, "height": 768}, locale="zh-CN", bypass_csp=True
        )
        page = context.new_page()
        for name, address in PAGES.items():
            page.goto(address)
            page.screenshot(path=folder / f"{name}.png")
            violations += _violations(page, name, axe)
            if name == "login":
                context.add_cookies([{"name": house.cookie, "value": house.token, "url": house.address}])
        browser.close()
    return violations


def _violations(page: Page, name: str, axe: Path | None) -> int:
    if axe is None:
        return 0
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    for violation in found:
        print(f"{name}: {violation['id']}: {[node['html'][:120] for node in violation['nodes']]}")
    return len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("axe", type=Path, nargs="?")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"{look(given.folder, given.axe)} violations")


if __name__ == "__main__":
    main()
