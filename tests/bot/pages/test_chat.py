"""The chat page on a small phone: asking, tapping, correcting, coming back, leaving."""

import pytest
from playwright.sync_api import Page, expect

from .office import FakeOffice
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
