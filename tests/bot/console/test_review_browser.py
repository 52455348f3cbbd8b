"""Judging by keyboard in a browser: one key, none while an input method composes, markup stays words."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .building import Building, building


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Building]:
    with building(tmp_path_factory.mktemp("review")) as house:
        yield house


@pytest.fixture
def page(browser: Browser, house: Building) -> Iterator[Page]:
    """A page of an admin who is signed in. Dialogs and errors fail the test."""
    context = browser.new_context(
        base_url=house.address, viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": house.cookie, "value": house.token, "url": house.address}])
    page = context.new_page()
    trapped: list[str] = []
    page.on("dialog", lambda dialog: trapped.append(dialog.message))
    page.on("pageerror", lambda error: trapped.append(str(error)))
    yield page
    context.close()
    assert trapped == []


def test_one_key_says_right_and_another_takes_it_back(page: Page) -> None:
    page.goto("/console/items/1")
    page.keyboard.press("1")
    expect(page.locator(".said")).to_contain_text("已记下：对")
    page.keyboard.press("u")
    expect(page.locator(".said")).to_contain_text("已撤销")


def without_scripts(page: Page, path: str) -> list[Route]:
    """Open a page whose scripts are still on their way: continue what is given back, and they come."""
    late: list[Route] = []
    page.route(re.compile(r"/console\.js"), lambda route: late.append(route), times=1)
    page.goto(path, wait_until="commit")
    return late


def test_a_key_pressed_before_the_scripts_are_there_is_not_lost(page: Page) -> None:
    late = without_scripts(page, "/console/items/1")
    page.locator("#item").wait_for()
    page.keyboard.press("1")
    expect(page).to_have_url(re.compile("/items/1$"))
    late[0].continue_()
    expect(page.locator(".said")).to_contain_text("已记下：对")
    page.keyboard.press("u")
    expect(page.locator(".said")).to_contain_text("已撤销")


def test_nor_is_it_lost_where_a_button_has_the_focus(page: Page) -> None:
    page.goto("/console/items/1")
    page.keyboard.press("1")
    expect(page.locator(".said")).to_contain_text("已记下：对")
    late = without_scripts(page, "/console/review")
    expect(page.get_by_role("button", name="取下一条")).to_be_focused()
    page.keyboard.press("u")
    late[0].continue_()
    expect(page.locator(".said")).to_contain_text("已撤销")


def test_a_wrong_answer_takes_its_reasons_by_key_and_shows_the_difference(page: Page) -> None:
    page.goto("/console/items/2")
    expect(page.locator("#why")).to_be_hidden()
    for key in ("3", "a", "9", "e", "End"):
        page.keyboard.press(key)
    page.keyboard.type("，1 2 3 都是字")
    expect(page.locator("#changed ins")).to_have_text("，1 2 3 都是字")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("已记下：错")
    review = page.locator(".review")
    expect(review).to_contain_text("（重）")
    expect(review).to_contain_text("金额")
    expect(review.locator("ins")).to_have_text("，1 2 3 都是字")


def test_no_key_does_anything_while_an_input_method_composes(page: Page) -> None:
    page.goto("/console/items/1")
    for event in ("{key: '1', isComposing: true, bubbles: true}", "{key: 'Process', keyCode: 229, bubbles: true}"):
        page.evaluate(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {event}))")
    page.keyboard.press("Control+1")
    page.keyboard.press("3")
    expect(page.locator("#why")).to_be_visible()
    assert page.locator(".said").count() == 0


def test_what_was_written_is_still_there_after_coming_back(page: Page) -> None:
    page.goto("/console/items/3")
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("要再查一下")
    page.goto("/console/items")
    page.goto("/console/items/3")
    expect(page.locator("input[name=comment]")).to_have_value("要再查一下")
    page.evaluate("localStorage.clear()")


def test_markup_in_words_answers_and_documents_is_words(page: Page) -> None:
    page.goto("/console/items")
    numbers = [int(text) for text in page.locator("a.row").all_inner_texts()]
    for address in ("/items", *(f"/items/{number}" for number in numbers[:6]), f"/items/{numbers[0]}/propose"):
        page.goto(f"/console{address}")
        expect(page.locator("h1").first).to_be_attached()
        assert page.locator("main img, main script, main svg, main iframe").count() == 0, address
        assert page.locator("[onerror], [onload], [style]").count() == 0, address


def test_the_list_is_walked_by_keys_and_its_place_is_kept(page: Page) -> None:
    page.goto("/console/items?channel=web")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#ticked")).to_have_text("勾选的 1 条")
    page.keyboard.press("k")
    page.locator("a.row:focus").press("Enter")
    expect(page.locator("#item")).to_be_visible()
    page.keyboard.press("l")
    expect(page).to_have_url(re.compile(r"/console/items\?channel=web$"))
