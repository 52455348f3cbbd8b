"""What the chat page shows on a small phone: verdicts, quotes, documents; legible, reachable and light."""

import re

import pytest
from playwright.sync_api import Page, expect

from .shelf import NANJING
from .visits import ask, ask_broadly, sheet


def test_verdicts_are_grouped_by_status_and_counted(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    groups = [text.replace("\n", " ") for text in phone.locator(".group > summary").all_inner_texts()]
    assert groups == ["可以申请 2 项", "原则上可以，要主管部门认定 1 项", "还差信息 2 项", "不符合 8 项"]
    assert phone.locator(".group").evaluate_all("all => all.map(one => one.open)") == [True, True, False, False]
    expect(phone.locator(".group.ineligible .card").first).to_be_hidden()
    expect(phone.locator("#log")).to_contain_text("截至 2026-11-20，供参考，以主管部门认定为准")


def test_a_long_group_shows_five_and_the_rest_on_request(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    group = phone.locator(".group.ineligible")
    group.locator("> summary").click()
    expect(group.locator(".card")).to_have_count(5)
    group.get_by_role("button", name="再看 3 项").click()
    expect(group.locator(".card")).to_have_count(8)
    expect(group.locator(".card").nth(5).locator("summary")).to_be_focused()


def test_an_opened_card_tells_benefit_conditions_gaps_and_departments(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.locator(".group.undetermined > summary").click()
    card = phone.locator(".card", has_text="民营企业转贷基金")
    expect(card.locator("summary")).to_contain_text("最高 6000 万元/年")
    card.locator("summary").click()
    reasons = [re.sub(r"\s+", " ", text) for text in card.locator(".reasons li").all_inner_texts()]
    assert reasons == [
        "符合 是专精特新中小企业（省级及以上）（已知：省级专精特新）",
        "符合 是民营企业（已知：民营）",
        "还不知道 有贷款快到期要周转",
    ]
    expect(card).to_contain_text("文件没写明")
    expect(card).to_contain_text("申报时间、申报材料、办理流程")
    expect(card).to_contain_text("市工信局、市财政局")
    expect(card.locator(".row")).to_contain_text("（六）加大融资支持力度")


def test_what_only_the_authority_decides_and_what_is_unmet_are_told_in_words(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.locator(".card", has_text="职称自主评审").locator("summary").click()
    expect(phone.locator(".reasons .open")).to_contain_text("由主管部门认定")
    phone.locator(".group.ineligible > summary").click()
    phone.locator(".group.ineligible .card summary").first.click()
    expect(phone.locator(".reasons .unmet")).to_contain_text("不符合")


def test_what_has_expired_says_what_would_hold_otherwise(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "镇江小巨人奖多少钱")
    card = phone.locator(".card")
    card.locator("summary").click()
    expect(card).to_contain_text("现在不能申请。如果还在执行，按您的情况是：还差信息")
    phone.locator(".bubble .mark").click()
    expect(sheet(phone)).to_contain_text("执行期已过，现在不能照此申请")


def test_a_mark_opens_the_quote_in_its_provision_and_leads_to_the_document(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.locator(".bubble .mark").nth(2).click()
    quote = "支持具备条件的专精特新中小企业试点开展中级以上职称自主评审"
    expect(sheet(phone).get_by_role("heading")).to_have_text(NANJING.title)
    expect(sheet(phone).locator(".place")).to_have_text("现行有效（十二）推进职称自主评定")
    expect(sheet(phone).locator(".words")).to_contain_text(f"推进职称自主评定。{quote}。在企业员工职称评定中")
    expect(sheet(phone).locator("mark")).to_have_text(quote)
    sheet(phone).get_by_role("link", name="打开原文").click()
    phone.wait_for_url(re.compile(r"/documents/nanjing-measures\?mark=\d+-\d+#5/12$"))
    expect(phone.locator("mark")).to_have_text([quote])
    expect(phone.locator("mark")).to_be_in_viewport()
    expect(phone.locator("section:target")).to_have_attribute("id", "5/12")


def test_the_contracts_address_leads_to_its_provision(phone: Page) -> None:
    phone.goto("/documents/nanjing-measures#2/6")
    expect(phone.locator("section:target h3")).to_have_text("（六）加大融资支持力度。")
    expect(phone.locator("section:target h3")).to_be_in_viewport()


def test_a_document_is_fetched_once_for_all_its_quotes(phone: Page) -> None:
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url) if "/api/v1/documents/" in request.url else None)
    phone.goto("/")
    ask_broadly(phone)
    for number in (0, 1, 2):
        phone.locator(".bubble .mark").nth(number).click()
        expect(sheet(phone).locator("[role=status]")).to_have_text("")
        phone.keyboard.press("Escape")
        expect(phone.locator("dialog")).to_be_hidden()
    assert len(fetched) == 1


def test_a_quote_is_shown_even_when_its_document_cannot_be_fetched(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.route("**/api/v1/documents/**", lambda route: route.abort())
    phone.locator(".bubble .mark").first.click()
    expect(sheet(phone)).to_contain_text("暂时取不到整条原文")
    expect(sheet(phone).locator("mark")).to_contain_text("融资白名单")


def test_light_markdown_is_laid_out(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "列个表格")
    expect(phone.locator(".bubble th")).to_have_text(["项目", "奖励"])
    expect(phone.locator(".bubble td strong")).to_have_text("小巨人")
    expect(phone.locator(".bubble ol li")).to_have_text(["第一步", "第二步"])


def test_a_question_below_the_edge_is_pointed_to(phone: Page) -> None:
    phone.emulate_media(reduced_motion="no-preference")
    phone.goto("/")
    ask_broadly(phone)
    expect(phone.locator(".question")).not_to_be_in_viewport()
    phone.get_by_role("button", name="还要问您一句").click()
    expect(phone.locator(".question legend")).to_be_in_viewport()
    expect(phone.locator("#newer")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360])
def test_everything_can_be_reached_with_a_thumb(phone: Page, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 640})
    phone.goto("/")
    ask_broadly(phone)
    phone.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    small = """all => all.filter(one => one.getClientRects().length)
        .map(one => [one.innerText, one.getBoundingClientRect()])
        .filter(([, { width, height }]) => height < 44 || width < 44)
        .map(([text, { width, height }]) => `${text} ${width}x${height}`)"""
    targets = "button:not(.mark), a, summary, .tick, textarea"
    assert phone.locator(targets).evaluate_all(small) == []
    phone.click("#menu")
    assert sheet(phone).locator(targets).evaluate_all(small) == []
    widths = "() => [document.documentElement, document.getElementById('log')].map(one => one.scrollWidth)"
    assert max(phone.evaluate(widths)) <= width


def test_a_screen_reader_hears_who_speaks_and_finds_every_control_named(phone: Page) -> None:
    phone.goto("/")
    ask_broadly(phone)
    assert phone.locator("html").get_attribute("lang") == "zh-CN"
    expect(phone.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(phone.locator(".theirs .unseen").first).to_have_text("惠企：")
    expect(phone.locator(".mine .unseen").first).to_have_text("我：")
    expect(phone.get_by_role("textbox", name="想问的话")).to_be_visible()
    for name in ("菜单", "发送"):
        expect(phone.get_by_role("button", name=name)).to_be_visible()
    expect(phone.get_by_role("group", name="再勾一下就能定下其余几项")).to_be_attached()
    expect(phone.get_by_role("button", name=re.compile("^依据 1：关于促进"))).to_be_attached()


def test_the_visit_weighs_less_than_100_kb(phone: Page) -> None:
    sizes: dict[str, int] = {}
    phone.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    phone.goto("/", wait_until="networkidle")
    assert len(sizes) > 10
    assert sum(sizes.values()) < 100_000
