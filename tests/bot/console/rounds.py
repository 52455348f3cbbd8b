"""A hundred conversations, ten of them with a planted defect, judged by keyboard alone in a real browser.

    python -m tests.bot.console.rounds FOLDER

It is no test: it writes pictures and a table, how long an answer took and which defects were found. The one who judges
is a script that sees what stands on the page and nothing else: figures of the answer that no marked quote holds, a
document that is not in force and is not called so, a condition that is not met below an answer that says yes, a quote
that is not where it should be, an answer that failed.
"""

import argparse
import asyncio
import re
import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, sync_playwright

from bot.channels.web import create_app
from bot.console.passwords import hash_password
from bot.messages import IncomingMessage
from bot.office import Office
from bot.reception import AnswerFailed
from bot.store.staff import Role, StaffAccounts
from chains.assistant import Assistant, Turn
from chains.bootstrap import build_assistant
from chains.conversation import Conversation
from chains.reply import Reply
from tests.bot.fakes import BareSettings
from tests.bot.stores import with_store

PASSWORD = "一二三四五六七八九十"
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
QUESTIONS = (
    "南京小巨人首评奖多少钱",
    "南京专精特新能领算力券吗",
    "南京的单项冠军奖励是多少",
    "我们是南京的省级专精特新，民营，能用转贷基金吗",
    "南京大模型备案奖励多少",
    "镇江小巨人奖多少钱",
    "镇江单项冠军奖励多少",
    "盐城的AEO有什么支持",
    "淮安担保费率是多少",
    "连云港职称绿色通道",
    "南京承担国家关键核心技术攻关最高多少",
    "南京中试平台补助封顶多少",
    "南京参与制定国际标准有奖励吗",
    "南京APEC商务旅行卡怎么办",
    "南京中小企业公共服务平台奖励",
    "南京融资白名单",
    "创新型中小企业能领南京的算力券吗，我们在建邺",
    "南京小巨人的C类人才",
    "南京高校毕业生租房",
    "南京政府采购价格扣除比例",
)


def _figure(old: str, new: str) -> Callable[[Reply], Reply]:
    return lambda reply: reply.model_copy(update={"text": reply.text.replace(old, new)})


def _wrong_figure(reply: Reply) -> Reply:
    """Every sum ten times as large."""
    return reply.model_copy(update={"text": re.sub(r"(\d+)( ?万)", r"\g<1>0\2", reply.text)})


def _silent_about_time(reply: Reply) -> Reply:
    """Without the line that says that the document is not in force."""
    lines = [line for line in reply.text.splitlines() if not re.search(r"先说清楚|到期|征求意见", line)]
    return reply.model_copy(update={"text": "\n".join(lines)})


def _wrong_quote(reply: Reply) -> Reply:
    """The first quote is moved, so that it stands elsewhere."""
    first, *rest = reply.citations
    moved = first.model_copy(update={"start": first.start + 7, "end": first.end + 7})
    return reply.model_copy(update={"citations": (moved, *rest)})


def _wrong_verdict(reply: Reply) -> Reply:
    return reply.model_copy(update={"text": "**可以申请**：" + reply.text.replace("不符合", "符合")})


DEFECTS: dict[int, Callable[[Reply], Reply] | None] = {
    3: _wrong_figure,
    14: _wrong_figure,
    20: _wrong_figure,
    25: _silent_about_time,
    46: _silent_about_time,
    33: _wrong_quote,
    51: _wrong_quote,
    56: _wrong_verdict,
    76: _wrong_verdict,
    88: None,  # fails
}


class Spoiler(Assistant):
    """An assistant that says what it is made to say when its number comes."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant.library, assistant.finder)
        self.number = 0

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        turn = await super().answer(conversation, text, choices, **more)
        if self.number not in DEFECTS:
            return turn
        spoil = DEFECTS[self.number]
        if spoil is None:
            raise RuntimeError("planted")
        return replace(turn, reply=spoil(turn.reply))


async def seed(office: Office, spoiler: Spoiler, count: int) -> None:
    accounts = StaffAccounts(office.database)
    for name, role in (("小王", Role.REVIEWER), ("小李", Role.EDITOR)):
        await accounts.add(name, role, hash_password(PASSWORD), by="@rounds", at=office.clock())
    for number in range(count):
        opened = await office.reception.open(("web", "wechat", "telegram")[number % 3])
        spoiler.number = number
        try:
            await office.reception.receive(IncomingMessage(opened.id, QUESTIONS[number % len(QUESTIONS)]))
        except AnswerFailed:
            assert DEFECTS[number] is None


FIGURE = re.compile(r"\d+(?:\.\d+)?(?= ?(?:万|亿|%|元))")


def look(page: Page) -> tuple[str, str]:
    """What somebody who looks closely sees: the key of the verdict, and that of the reason."""
    if page.locator(".evidence .problem").count():
        return "3", "o"
    answer = page.locator(".talk article.current.said-us .bubble").inner_text()
    if page.locator(".cite .notice").count():
        return "3", "f"
    quotes = " ".join(page.locator(".cite mark").all_inner_texts())
    asked = page.locator(".talk article.current.said-user").inner_text()
    if any(figure not in quotes + asked for figure in FIGURE.findall(answer)):
        return "3", "a"
    lapsed = page.locator(".life.expired, .life.draft").count()
    if lapsed and not re.search(r"到期|征求意见|不是正式", answer):
        return "4", "s"
    states = page.locator(".evidence .status").all_inner_texts()
    if "可以申请" in answer and states and "可以申请" not in states:
        return "3", "d"
    return "1", ""


def judge(page: Page, pictures: Path) -> list[tuple[int, float, str]]:
    """Every item that waits, by keys alone: its number, the seconds it took the page, the verdict."""
    done: list[tuple[int, float, str]] = []
    page.keyboard.press("n")
    page.wait_for_url("**/console/items/*")
    while True:
        page.wait_for_load_state()
        if not page.locator("#item").count():
            page.screenshot(path=pictures / "end.png")
            return done
        number = int(page.locator("#item").get_attribute("data-id") or 0)
        verdict, reason = look(page)
        if len(done) in (0, 3) or (verdict != "1" and len(done) < 40):
            page.screenshot(path=pictures / f"item-{number}.png")
        begun = time.perf_counter()
        page.keyboard.press(verdict)
        if verdict != "1":
            page.keyboard.press(reason)
            page.keyboard.press("9")
            if not list(pictures.glob("why-*")):
                page.keyboard.press("e")
                page.keyboard.press("End")
                page.keyboard.type("（已更正）")
                page.screenshot(path=pictures / f"why-{number}.png")
                page.keyboard.press("Escape")
            page.keyboard.press("Enter")
        page.wait_for_url(lambda url, number=number: not url.endswith(f"/{number}"))  # type: ignore[misc]
        page.wait_for_load_state()
        done.append((number, time.perf_counter() - begun, verdict))


def sign_in(page: Page, name: str) -> None:
    page.goto("/console/login?next=/console/review")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.wait_for_load_state()


def run(folder: Path, count: int, look_around: Callable[[Page, Path], None] | None = None) -> None:
    spoiler = Spoiler(build_assistant())
    settings = BareSettings(
        HUIQI_DATA_DIR=with_store(folder / "var"),
        HUIQI_REVIEW_SAMPLED=1,
        HUIQI_REVIEW_DOUBLED=0,
        HUIQI_HOST="127.0.0.1",
    )
    office = Office(settings, build=lambda: spoiler)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(settings, office), log_level="error"))

    async def serve() -> None:
        await office.open()
        await office.assistant()
        await seed(office, spoiler, count)
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the office could not be opened"
        time.sleep(0.05)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        page = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
        sign_in(page, "小王")
        if look_around:
            look_around(page, folder)
            sign_in(page, "小王") if "login" in page.url else page.goto("/console/review")
        done = judge(page, folder)
        browser.close()
    server.should_exit = True
    thread.join(timeout=10)
    report(done, count)


def report(done: Sequence[tuple[int, float, str]], count: int) -> None:
    seconds = sorted(took for _, took, _ in done)
    found = {number - 1 for number, _, verdict in done if verdict != "1"}
    planted = {number for number in DEFECTS if number < count}
    print(f"judged {len(done)} of {count} answers by keyboard")
    print(
        f"from key to next answer: median {statistics.median(seconds):.2f} s, 95th percentile "
        f"{seconds[int(len(seconds) * 0.95)]:.2f} s, longest {seconds[-1]:.2f} s"
    )
    print(
        f"planted defects found: {len(found & planted)} of {len(planted)}; missed {sorted(planted - found)}; "
        f"others marked {sorted(found - planted)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    run(given.folder, given.count)


if __name__ == "__main__":
    main()
