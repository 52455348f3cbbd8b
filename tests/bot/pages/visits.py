"""What a person does on the chat page, in the words of the tests."""

import re

from playwright.sync_api import Locator, Page, expect


def say(phone: Page, words: str) -> None:
    phone.fill("#words", words)
    phone.click("#send")


def settle(phone: Page) -> None:
    """Waits until everything said has been answered or given up."""
    expect(phone.locator(".draft")).to_have_count(0)
    expect(phone.locator(".status").filter(has_not=phone.locator("button"))).to_have_count(0)


def ask(phone: Page, words: str) -> None:
    say(phone, words)
    settle(phone)


def ask_broadly(phone: Page) -> None:
    """As far as the cards and the checklist."""
    ask(phone, "我们能申请什么？")
    phone.click(".offers .chip:text-is('南京')")
    settle(phone)
    expect(phone.locator(".group")).to_have_count(4)


def said(phone: Page) -> list[str]:
    return phone.locator(".mine .bubble").all_inner_texts()


def answers(phone: Page) -> list[str]:
    """The texts of the assistant after its greeting, without the list of sources."""
    bubbles = phone.locator(".theirs:not(#greeting) > .bubble").all_inner_texts()
    return [re.sub(r"\n+依据 \d+ 条$", "", text) for text in bubbles]


def sheet(phone: Page) -> Locator:
    return phone.locator("dialog.sheet[open]")


def open_menu(phone: Page, item: str) -> None:
    phone.click("#menu")
    sheet(phone).locator(".row", has_text=item).click()
