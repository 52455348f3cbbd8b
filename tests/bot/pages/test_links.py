"""The sheet that leads to other channels."""

from playwright.sync_api import Page, expect

from .office import FakeOffice
from .visits import ask, open_menu, sheet

ITEM = "在微信或 Telegram 上接着聊"


def talk_and_open(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    open_menu(phone, ITEM)


def links_of(office: FakeOffice) -> list[str]:
    (held,) = office.conversations.values()
    found: list[str] = held["links"]
    return found


def test_without_a_conversation_there_is_nothing_to_go_on_with(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    open_menu(phone, ITEM)
    expect(sheet(phone)).to_contain_text("这里还没有开始聊")
    assert office.conversations == {} and office.codes == []


def test_the_code_stands_in_large_letters_with_what_to_do_and_how_long_it_holds(phone: Page) -> None:
    talk_and_open(phone)
    code = sheet(phone).locator(".code")
    expect(code).to_have_text("K7M4PX")
    assert code.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 30
    expect(sheet(phone)).to_contain_text("发“绑定 K7M4PX”")
    expect(sheet(phone)).to_contain_text("10 分钟内有效，只能用一次，请不要给别人。")
    expect(sheet(phone)).to_contain_text("还没有接上别的渠道。")
    expect(sheet(phone).get_by_role("button", name="断开其他渠道")).to_be_hidden()


def test_what_to_send_is_copied_by_a_tap(phone: Page) -> None:
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    talk_and_open(phone)
    sheet(phone).get_by_role("button", name="复制这句话").click()
    expect(sheet(phone).get_by_role("button", name="已复制")).to_be_visible()
    assert phone.evaluate("() => navigator.clipboard.readText()") == "绑定 K7M4PX"


def test_a_browser_without_a_clipboard_copies_in_its_own_way(phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', { get: () => undefined })")
    talk_and_open(phone)
    sheet(phone).get_by_role("button", name="复制这句话").click()
    expect(sheet(phone).get_by_role("button", name="已复制")).to_be_visible()
    assert phone.evaluate("() => getSelection().toString()") == "绑定 K7M4PX"


def test_the_minutes_are_counted_down_and_a_code_that_is_over_is_replaced(phone: Page, office: FakeOffice) -> None:
    phone.clock.install()
    talk_and_open(phone)
    expect(sheet(phone)).to_contain_text("10 分钟内有效")
    phone.clock.run_for(60_000)
    expect(sheet(phone)).to_contain_text("9 分钟内有效")
    phone.clock.run_for(9 * 60_000)
    expect(sheet(phone)).to_contain_text("这个绑定码已经过期。")
    expect(sheet(phone)).not_to_contain_text("K7M4PX")
    sheet(phone).get_by_role("button", name="换一个").click()
    expect(sheet(phone).locator(".code")).to_have_text("K7M4PY")


def test_a_code_that_cannot_be_had_can_be_asked_for_again(phone: Page, office: FakeOffice) -> None:
    office.links_fail = True
    talk_and_open(phone)
    expect(sheet(phone)).to_contain_text("暂时取不到绑定码。")
    office.links_fail = False
    sheet(phone).get_by_role("button", name="再试一次").click()
    expect(sheet(phone).locator(".code")).to_have_text("K7M4PX")


def test_a_channel_that_was_linked_meanwhile_is_there_when_the_page_is_seen_again(
    phone: Page, office: FakeOffice
) -> None:
    talk_and_open(phone)
    expect(sheet(phone)).to_contain_text("还没有接上别的渠道。")
    links_of(office).extend(["wechat", "telegram", "wechat"])
    phone.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(sheet(phone).locator(".linked li")).to_have_text(["微信公众号", "Telegram"])
    expect(sheet(phone).get_by_role("button", name="断开其他渠道")).to_be_visible()


def test_other_channels_are_parted_from_after_a_question(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    links_of(office).append("telegram")
    open_menu(phone, ITEM)
    sheet(phone).get_by_role("button", name="断开其他渠道").click()
    assert links_of(office) == ["telegram"]
    office.links_fail = True
    sheet(phone).get_by_role("button", name="断开", exact=True).click()
    expect(sheet(phone)).to_contain_text("没有断开。请稍后再试")
    office.links_fail = False
    sheet(phone).get_by_role("button", name="断开", exact=True).click()
    expect(phone.locator("#log .notice")).to_have_text("其他渠道已经断开。")
    assert links_of(office) == []


def test_everything_on_the_sheet_can_be_reached_with_a_thumb(phone: Page, office: FakeOffice) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    links_of(office).append("telegram")
    open_menu(phone, ITEM)
    expect(sheet(phone).get_by_role("button", name="断开其他渠道")).to_be_visible()
    sizes = (
        sheet(phone)
        .locator("button")
        .evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
        )
    )
    assert min(sizes) >= 44
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 320
