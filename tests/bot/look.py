"""What people see of one conversation on Telegram and on WeChat, as pictures the width of a telephone.

Run by hand: `python -m tests.bot.look FOLDER`. The conversation is the one that the tests hold.
"""

import argparse
import asyncio
import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from chains.bootstrap import build_assistant
from tests.bot.alike import Bubble, OnCustomerService, OnTelegram, OnWeChat, OnWeCom, Person, hold
from tests.bot.town import town
from tests.conftest import ARGUMENTS, CHROMIUM

WIDTH, HEIGHT = 390, 1500

_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 390px; padding: 8px; font: 16px/1.4 "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
.telegram { background: #c8d7b4 } .wechat { background: #ededed }
.row { display: flex; margin: 6px 0 } .mine { justify-content: flex-end }
.bubble { padding: 7px 10px; border-radius: 12px; background: #fff; white-space: pre-wrap; overflow-wrap: anywhere }
.telegram .bubble { max-width: 330px } .telegram .mine .bubble { background: #e2ffc7 }
.wechat .bubble { max-width: 270px; border-radius: 4px } .wechat .mine .bubble { background: #95ec69 }
.keys { width: 330px; margin-top: 4px } .keys div { display: flex; gap: 4px; margin-bottom: 4px }
.keys span { flex: 1 1 0; min-width: 0; padding: 7px 4px; border-radius: 8px; background: #7d9b6a; color: #fff;
  font-size: 14px; text-align: center; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.bubble a { color: #576b95; display: block }
"""


def page_of(bubbles: list[Bubble], look: str) -> str:
    rows = "".join(_row(bubble) for bubble in bubbles)
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><body class={look}>{rows}"


def _row(bubble: Bubble) -> str:
    text, keys = escape(bubble.text), ""
    if bubble.posted:
        text = _bold(bubble.text, bubble.posted.bold)
        rows = ("".join(f"<span>{escape(label)}</span>" for label, _ in row) for row in bubble.posted.keyboard)
        keys = "".join(f"<div>{row}</div>" for row in rows)
    if bubble.shown:
        text += "".join(f"<a>{escape(content)}</a>" for _, content in bubble.shown.menu) + escape(bubble.shown.tail)
    mine = " mine" if bubble.mine else ""
    under = f"<div class=keys>{keys}</div>" if keys else ""
    return f'<div class="row{mine}"><div><div class=bubble>{text}</div>{under}</div></div>'


def _bold(text: str, runs: tuple[str, ...]) -> str:
    shown, done = "", 0
    for run in runs:
        start = text.index(run, done)
        shown += f"{escape(text[done:start])}<b>{escape(run)}</b>"
        done = start + len(run)
    return shown + escape(text[done:])


async def talks() -> dict[str, list[Bubble]]:
    """The conversation on each of these channels, as it stands on the screen."""
    assistant = build_assistant()
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder), assistant) as place:
            people: list[Person] = [OnTelegram(place), OnWeChat(place), OnWeCom(place), OnCustomerService(place)]
            await hold(place, people)
            return {person.name: person.seen for person in people}


def draw(seen: dict[str, list[Bubble]], folder: Path) -> list[Path]:
    """One picture after the other of each conversation, a few screens in each."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, bubbles in seen.items():
            page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.set_content(page_of(bubbles, "telegram" if name == "telegram" else "wechat"))
            length = int(page.evaluate("document.documentElement.scrollHeight"))
            for number, top in enumerate(range(0, length, HEIGHT), start=1):
                path = folder / f"{name}-{number}.png"
                clip = {"x": 0, "y": top, "width": WIDTH, "height": min(HEIGHT, length - top)}
                page.screenshot(path=path, clip=clip, full_page=True)  # type: ignore[arg-type]
                drawn.append(path)
            page.close()
        chromium.close()
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for path in draw(asyncio.run(talks()), folder):
        print(path)


if __name__ == "__main__":
    main()
