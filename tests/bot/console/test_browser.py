"""The console in a browser on an office PC: markup stays words, keys keep out of the way, nothing written is lost."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect

from tests.bot.pages.hostile import PAYLOAD, PAYLOADS

from .building import NAME, PASSWORD, Building, building

TICKET = "/console/handovers/1"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Building]:
    with building(tmp_path_factory.mktemp("console")) as house:
        yield house


@pytest.fixture
def desk(browser: Browser, house: Building) -> Iterator[BrowserContext]:
    """A browser in which an admin is signed in. Dialogs, errors and requests to elsewhere fail the test."""
    context = browser.new_context(
        base_url=house.address, viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": house.cookie, "value": house.token, "url": house.address}])
    trapped: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        trapped.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def hear(message: ConsoleMessage) -> None:
        if "Policy" in message.text:
            trapped.append(message.text)

    def see(request: Request) -> None:
        if not request.url.startswith(house.address):
            trapped.append(request.url)

    def watch(page: Page) -> None:
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: trapped.append(f"error {error}"))
        page.on("console", hear)
        page.on("request", see)

    context.on("page", watch)
    yield context
    context.close()
    assert trapped == []


@pytest.fixture
def page(desk: BrowserContext) -> Page:
    return desk.new_page()


def sign_in(page: Page) -> None:
    page.get_by_label("名字").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_markup_is_words_on_every_page(page: Page) -> None:
    for address in (
        "",
        "/handovers",
        "/handovers/2",
        "/handovers/3",
        "/exports",
        "/audit",
        "/audit/week",
        "/no-such-page",
    ):
        page.goto(f"/console{address}")
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("main img, main script, main svg, main iframe").count() == 0, address
        assert page.locator("[onerror], [onload], [style]").count() == 0, address
        assert "alert(1)" in page.content() or address in ("", "/no-such-page"), address


def test_markup_in_an_address_is_words(desk: BrowserContext, page: Page) -> None:
    for payload in PAYLOADS:
        page.goto(f"/console/audit?since={quote(payload)}")
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("main img, main svg").count() == 0
    desk.clear_cookies()
    for payload in PAYLOADS:
        page.goto(f"/console/login?next={quote(payload)}")
        assert page.locator("[name=next]").input_value() == "/console"
        assert page.locator("main img, main svg").count() == 0
    page.get_by_label("名字").fill(PAYLOAD)
    page.get_by_label("密码").fill(PAYLOAD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    assert page.locator("main img, main svg").count() == 0


def test_markup_in_a_document_is_words_and_is_put_into_an_answer_as_such(page: Page) -> None:
    page.goto("/console/handovers/3")
    page.get_by_label("找原文").fill("引用的话")
    page.get_by_label("找原文").press("Enter")
    item = page.locator("#passages li", has_text="onerror").first
    expect(item).to_contain_text("<img src=x onerror=alert(1)>")
    item.get_by_role("button", name="引用").click()
    assert "<script>alert(2)</script>" in page.get_by_label("答复的话").input_value()
    page.evaluate("localStorage.clear()")


def test_markup_that_staff_write_and_reveal_is_words(page: Page) -> None:
    page.goto("/console/handovers/2")
    page.get_by_label("答复的话").fill(PAYLOAD)
    page.get_by_role("button", name="发给用户").click()
    expect(page.locator(".said")).to_have_text("已发到用户所在的渠道")
    expect(page.locator(".talk li.staff").last).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img, main svg").count() == 0
    page.goto(TICKET)
    page.get_by_text("有打码内容").first.click()
    page.get_by_label("理由").first.fill(f"核对电话 {PAYLOAD}")
    page.get_by_role("button", name="查看", exact=True).first.click()
    expect(page.locator("blockquote")).to_contain_text("13800138000")
    page.goto("/console/audit?action=revealed")
    expect(page.locator("tbody")).to_contain_text("<img src=x onerror=alert(1)>")


def test_keys_do_what_the_overlay_says(page: Page) -> None:
    page.goto("/console/handovers")
    page.keyboard.press("o")
    expect(page.locator("h1")).to_have_text("转人工单 1")
    page.keyboard.press("?")
    overlay = page.get_by_role("dialog")
    expect(overlay).to_contain_text("回到列表")
    page.keyboard.press("u")  # what lies under the overlay stays as it is
    expect(overlay).to_be_visible()
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("找原文")).to_be_focused()
    page.keyboard.type("u?e")
    expect(page.get_by_label("找原文")).to_have_value("u?e")
    page.locator("h1").click()
    page.keyboard.press("Control+u")
    page.keyboard.press("u")
    expect(page.locator("h1")).to_contain_text("2 人" if page.locator("tbody tr").count() == 2 else "3 人")


def test_no_key_fires_while_an_input_method_composes(page: Page) -> None:
    page.goto(TICKET)
    for how in ({"key": "u", "isComposing": True}, {"key": "u", "keyCode": 229}, {"key": "Process", "keyCode": 229}):
        page.evaluate("how => document.body.dispatchEvent(new KeyboardEvent('keydown', {...how, bubbles: true}))", how)
    page.wait_for_timeout(150)
    expect(page.locator("h1")).to_have_text("转人工单 1")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'u', bubbles: true}))")
    expect(page.locator("h1")).to_contain_text("转人工 ")


def test_composing_chinese_in_a_field_ends_in_words(desk: BrowserContext, page: Page) -> None:
    page.goto(TICKET)
    page.keyboard.press("e")
    wire = desk.new_cdp_session(page)
    wire.send("Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5})
    wire.send("Input.insertText", {"text": "你好"})
    expect(page.get_by_label("答复的话")).to_have_value("你好")
    page.reload()
    expect(page.get_by_label("答复的话")).to_have_value("你好")
    page.get_by_role("button", name="不要了").click()
    expect(page.get_by_label("答复的话")).to_have_value("")
    page.reload()
    expect(page.locator(".draft-note")).to_have_count(0)


def test_what_was_written_outlives_an_expired_session(desk: BrowserContext, page: Page) -> None:
    page.goto(TICKET)
    page.get_by_label("答复的话").fill("写了很久的答复")
    desk.clear_cookies()
    page.get_by_role("button", name="发给用户").click()
    expect(page.locator("h1")).to_have_text("惠企工作台")
    sign_in(page)
    expect(page.locator("h1")).to_have_text("转人工单 1")
    expect(page.get_by_label("答复的话")).to_have_value("写了很久的答复")
    page.get_by_role("button", name="发给用户").click()
    expect(page.locator(".said")).to_be_visible()
    expect(page.locator(".talk li").last).to_contain_text("写了很久的答复")
    expect(page.get_by_label("答复的话")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


def test_signing_out_takes_the_drafts_along(desk: BrowserContext, page: Page) -> None:
    desk.clear_cookies()
    page.goto(TICKET)
    sign_in(page)
    page.get_by_label("答复的话").fill("不想留在这台电脑上的话")
    assert "不想留在" in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("h1")).to_have_text("惠企工作台")
    assert "不想留在" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_page_fits_the_screen_of_an_office_pc(page: Page) -> None:
    for address in ("/console", "/console/how?days=90", "/console/handovers", TICKET, "/console/audit"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_page_is_light(page: Page) -> None:
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(TICKET)
    page.wait_for_load_state("networkidle")
    assert sum(sizes) < 100_000 and len(sizes) < 12
