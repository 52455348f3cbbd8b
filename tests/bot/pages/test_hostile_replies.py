"""Markup in any field of a reply or a document is words: nothing runs, nothing is fetched from elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, expect

from .hostile import PAYLOAD
from .visits import ask, open_menu, settle, sheet

INERT = """() => [...document.querySelectorAll("*")].filter(one =>
    ["IMG", "IFRAME", "OBJECT", "EMBED", "BASE", "STYLE"].includes(one.tagName)
    || (one.tagName === "SCRIPT" && !new URL(one.src).pathname.startsWith("/static/"))
    || [...one.attributes].some(({ name, value }) =>
        name.startsWith("on") || (name === "href" && !/^[/#]/.test(value))))
    .map(one => one.outerHTML)"""


@pytest.fixture
def watched(phone: Page, address: str) -> Iterator[Page]:
    """A phone that notes every dialog and every request to another place."""
    happened: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        happened.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note(request: Request) -> None:
        if not request.url.startswith(address):
            happened.append(request.url)

    def read(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            happened.append(message.text)

    phone.on("dialog", dismiss)
    phone.on("request", note)
    phone.on("console", read)
    yield phone
    assert happened == []


def test_no_field_of_a_reply_can_do_anything(watched: Page) -> None:
    watched.goto("/")
    ask(watched, "payload")
    expect(watched.locator(".card")).to_have_count(1)
    watched.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    expect(watched.locator(".reasons")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(watched.locator(".theirs:not(#greeting) strong").first).to_contain_text("<script>alert(2)</script>")
    assert watched.evaluate(INERT) == []
    watched.locator(".bubble .mark").nth(1).click()
    expect(sheet(watched)).to_contain_text("暂时取不到整条原文")
    href = sheet(watched).locator("a").get_attribute("href")
    assert href is not None and href.startswith("/documents/..%2F..%2F")
    assert watched.evaluate(INERT) == []
    watched.keyboard.press("Escape")
    watched.locator(".fact").first.click()
    expect(sheet(watched)).to_contain_text(PAYLOAD)
    assert watched.evaluate(INERT) == []
    sheet(watched).get_by_role("button", name="更正", exact=True).click()
    settle(watched)
    watched.reload()
    expect(watched.locator(".card")).to_have_count(1)
    assert watched.evaluate(INERT) == []


def test_a_quote_after_characters_that_count_double_is_marked_exactly(watched: Page) -> None:
    watched.goto("/")
    ask(watched, "payload")
    watched.locator(".bubble .mark").first.click()
    expect(sheet(watched).locator("[role=status]")).to_have_text("")
    expect(sheet(watched).locator("mark")).to_have_text("引用的话</mark>")
    expect(sheet(watched).locator(".words")).to_contain_text("标题</b>。𠮷引用的话</mark><img")
    sheet(watched).get_by_role("link", name="打开原文").click()
    expect(watched.locator("mark")).to_have_text(["引用的话</mark>"])
    assert watched.evaluate(INERT) == []


def test_what_a_person_types_is_shown_as_typed(watched: Page) -> None:
    watched.goto("/")
    ask(watched, PAYLOAD)
    expect(watched.locator(".mine .bubble")).to_have_text(PAYLOAD)
    watched.reload()
    expect(watched.locator(".mine .bubble")).to_have_text(PAYLOAD)
    open_menu(watched, "关于")
    expect(sheet(watched).locator("a.row").nth(3)).to_contain_text("<script>alert(2)</script>")
    assert watched.evaluate(INERT) == []


def test_a_hostile_document_is_read_in_peace(watched: Page) -> None:
    watched.goto("/documents/hostile?mark=0-60#1")
    expect(watched.locator("article")).to_contain_text("<svg onload=alert(3)>")
    assert watched.evaluate(INERT) == []
