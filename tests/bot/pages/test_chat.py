"""The chat page on a small phone: asking, tapping, reading, correcting, coming back."""

import re

import pytest
from playwright.sync_api import Page, expect

from .office import FakeOffice
from .shelf import NANJING
from .visits import answers, ask, ask_broadly, open_menu, said, say, settle, sheet


def test_a_first_visit_greets_offers_questions_and_says_what_is_kept(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    greeting = phone.locator("#greeting")
    expect(greeting).to_contain_text("您好，我是惠企")
    expect(greeting.get_by_role("button")).to_have_text(
        ["我们能申请什么？", "南京的算力券怎么领", "小巨人有多少奖励", "贷款快到期了，有转贷支持吗"]
    )
    expect(greeting).to_contain_text("以主管部门认定为准")
    expect(greeting).to_contain_text("同意我们为答复您而保存这段对话")
    assert office.conversations == {}


def test_a_tapped_example_is_asked_and_a_tapped_option_is_its_answer(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="我们能申请什么？").click()
    settle(phone)
    expect(phone.locator("#examples")).to_be_hidden()
    phone.get_by_role("button", name="南京", exact=True).click()
    settle(phone)
    assert said(phone) == ["我们能申请什么？", "南京"]
    assert [(m["text"], m["choices"]) for m in office.received] == [("我们能申请什么？", []), ("", ["nanjing"])]
    expect(phone.locator(".offers .chip", has_text="盐城")).to_have_count(0)


def test_a_question_that_the_text_asks_already_is_not_asked_twice(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "我们能申请什么？")
    assert phone.locator("#log").inner_text().count("先看您在哪个市") == 1


def test_a_checklist_is_answered_in_one_tap(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    confirm = phone.locator(".confirm")
    expect(confirm).to_be_disabled()
    for label in ("有进出口业务", "完成了大模型备案", "其余不清楚"):
        phone.get_by_role("checkbox", name=label).check()
    expect(confirm).to_have_text("确定（已选 3 项）")
    confirm.click()
    settle(phone)
    assert office.received[-1]["choices"] == ["foreign_trade", "genai_filed", "unknown"]
    assert said(phone)[-1] == "有进出口业务、完成了大模型备案、其余不清楚"


def test_none_of_them_excludes_all_others(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    for label in ("有进出口业务", "其余不清楚", "都没有"):
        phone.get_by_role("checkbox", name=label).check()
    assert phone.locator(".tick input:checked").evaluate_all("all => all.map(one => one.value)") == ["none"]
    phone.get_by_role("checkbox", name="有进出口业务").check()
    assert phone.locator(".tick input:checked").evaluate_all("all => all.map(one => one.value)") == ["foreign_trade"]


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


def test_a_sheet_closes_by_escape_by_going_back_and_by_a_tap_beside_it(phone: Page) -> None:
    phone.goto("/")
    phone.click("#menu")
    phone.keyboard.press("Escape")
    expect(phone.locator("dialog")).to_be_hidden()
    expect(phone.locator("#menu")).to_be_focused()
    phone.click("#menu")
    phone.evaluate("() => history.back()")
    expect(phone.locator("dialog")).to_be_hidden()
    phone.click("#menu")
    phone.mouse.click(180, 60)
    expect(phone.locator("dialog")).to_be_hidden()
    assert phone.url.endswith("/")


@pytest.mark.parametrize(
    ("fact", "choice", "words"),
    [
        ("南京", "盐城", "更正：城市是盐城"),
        ("民营", "国有企业", "更正：企业性质是国有企业"),
        ("没有进出口业务", "有进出口业务", "更正：有进出口业务"),
        ("没有进出口业务", "不清楚", "更正：进出口不清楚"),
    ],
)
def test_a_fact_is_corrected_by_tapping_it(phone: Page, office: FakeOffice, fact: str, choice: str, words: str) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.locator(".fact", has_text=fact).click()
    sheet(phone).get_by_role("button", name=choice, exact=True).click()
    settle(phone)
    assert said(phone)[-1] == office.received[-1]["text"] == words


def test_several_titles_are_corrected_together(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    phone.locator(".fact", has_text="省级专精特新").click()
    expect(phone.get_by_label("省级专精特新中小企业")).to_be_checked()
    phone.get_by_label("国家制造业单项冠军").check()
    sheet(phone).locator(".confirm").click()
    settle(phone)
    assert office.received[-1]["text"] == "更正：资质：省级专精特新中小企业、国家制造业单项冠军"


def test_my_profile_lists_what_is_known_and_how(phone: Page) -> None:
    phone.goto("/")
    open_menu(phone, "我的资料")
    expect(sheet(phone)).to_contain_text("还没有记下什么")
    phone.keyboard.press("Escape")
    ask_broadly(phone)
    open_menu(phone, "我的资料")
    rows = [text.replace("\n", " ") for text in sheet(phone).locator(".row").all_inner_texts()]
    assert rows == [
        "南京 城市 · 您选的",
        "省级专精特新 资质 · 您说的",
        "民营 企业性质 · 您说的",
        "没有进出口业务 进出口 · 由您的话推断",
    ]


def test_a_conversation_survives_a_reload(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    before = answers(phone)
    phone.fill("#words", "还没说完的")
    phone.reload()
    expect(phone.locator(".group")).to_have_count(4)
    assert said(phone) == ["我们能申请什么？", "南京"]
    assert answers(phone) == before
    expect(phone.locator(".fact")).to_have_count(4)
    expect(phone.locator("#words")).to_have_value("还没说完的")
    expect(phone.locator("#examples")).to_be_hidden()
    phone.get_by_label("都没有").check()
    phone.locator(".confirm").click()
    settle(phone)
    assert office.received[-1]["choices"] == ["none"]
    assert len(office.conversations) == 1


def test_erasure_asks_first_and_leaves_nothing(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    open_menu(phone, "删除我的数据")
    expect(sheet(phone)).to_contain_text("删除后不能恢复")
    sheet(phone).get_by_role("button", name="取消").click()
    assert len(office.conversations) == 1
    open_menu(phone, "删除我的数据")
    sheet(phone).get_by_role("button", name="确定删除").click()
    expect(phone.locator("#log .notice")).to_have_text("已删除您的对话和资料。")
    assert office.conversations == {}
    assert said(phone) == []
    expect(phone.locator("#examples")).to_be_visible()
    expect(phone.locator("#facts")).to_be_hidden()
    assert '"conversation":null' in phone.evaluate("() => localStorage.getItem('huiqi')")


def test_erasure_that_fails_says_so_and_keeps_the_conversation(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    office.erasure_fails = True
    open_menu(phone, "删除我的数据")
    sheet(phone).get_by_role("button", name="确定删除").click()
    expect(sheet(phone)).to_contain_text("没有删除。请稍后再试")
    assert said(phone) == ["我们能申请什么？", "南京"]
    office.erasure_fails = False
    sheet(phone).get_by_role("button", name="确定删除").click()
    expect(phone.locator("dialog")).to_be_hidden()
    assert office.conversations == {}


def test_a_fresh_start_begins_another_conversation(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "算力券一张多少钱")
    first = set(office.conversations)
    open_menu(phone, "重新开始")
    sheet(phone).get_by_role("button", name="清空并重新开始").click()
    expect(phone.locator("#examples")).to_be_visible()
    ask(phone, "算力券一张多少钱")
    assert len(answers(phone)) == 1
    assert first.isdisjoint(office.conversations)


def test_about_lists_the_documents_and_what_they_are_worth(phone: Page) -> None:
    phone.goto("/")
    open_menu(phone, "关于")
    rows = sheet(phone).locator("a.row")
    expect(rows.first).to_contain_text("现行有效")
    expect(rows.nth(1)).to_contain_text("已到期")
    expect(rows.nth(2)).to_contain_text("征求意见稿")
    rows.nth(1).click()
    phone.wait_for_url("**/documents/zhenjiang-plan-2023-2025")


def test_enter_sends_but_not_while_an_input_method_composes(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    phone.fill("#words", "suan li quan")
    for composing in ("{isComposing: true}", "{keyCode: 229}"):
        phone.evaluate(
            f"""() => document.getElementById("words").dispatchEvent(
                new KeyboardEvent("keydown", {{key: "Enter", bubbles: true, ...{composing}}}))"""
        )
    phone.press("#words", "Shift+Enter")
    phone.wait_for_timeout(100)
    assert office.received == []
    phone.press("#words", "Enter")
    settle(phone)
    assert [message["text"] for message in office.received] == ["suan li quan"]


def test_words_beyond_the_limit_are_kept_but_not_sent(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    phone.fill("#words", "长" * 1799)
    expect(phone.locator("#count")).to_be_hidden()
    phone.fill("#words", "𠮷" * 2000)
    expect(phone.locator("#count")).to_have_text("2000/2000")
    expect(phone.locator("#send")).to_be_enabled()
    phone.fill("#words", "长" * 2012)
    expect(phone.locator("#count")).to_have_text("超出 12 字，请删短一些")
    expect(phone.locator("#send")).to_be_disabled()
    phone.press("#words", "Enter")
    phone.wait_for_timeout(100)
    assert office.received == []
    expect(phone.locator("#words")).to_have_value("长" * 2012)


def test_light_markdown_is_laid_out(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "列个表格")
    expect(phone.locator(".bubble th")).to_have_text(["项目", "奖励"])
    expect(phone.locator(".bubble td strong")).to_have_text("小巨人")
    expect(phone.locator(".bubble ol li")).to_have_text(["第一步", "第二步"])


def test_a_question_below_the_edge_is_pointed_to(phone: Page) -> None:
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
    small = """all => all.filter(one => one.getClientRects().length).map(one => [one.innerText, one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    targets = "button:not(.mark), a, summary, .tick, textarea"
    assert phone.locator(targets).evaluate_all(small) == []
    phone.click("#menu")
    assert sheet(phone).locator(targets).evaluate_all(small) == []
    wide = "() => document.documentElement.scrollWidth > innerWidth || document.getElementById('log').scrollWidth > innerWidth"
    assert phone.evaluate(wide) is False


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


def test_a_tap_on_a_suggestion_says_it(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    phone.get_by_role("button", name="南京有哪些奖励").click()
    settle(phone)
    assert said(phone) == ["今天天气怎么样", "南京有哪些奖励"]


def test_two_messages_in_a_row_are_answered_in_order(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    say(phone, "镇江小巨人奖多少钱")
    say(phone, "算力券一张多少钱")
    settle(phone)
    log = phone.locator("#log").inner_text()
    places = [log.index(words) for words in ("镇江小巨人奖", "先说清楚", "算力券一张", "文件没有写面额")]
    assert places == sorted(places)
    assert office.accepted == ["镇江小巨人奖多少钱", "算力券一张多少钱"]
