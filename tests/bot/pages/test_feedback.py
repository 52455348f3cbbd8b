"""The thumbs under an answer."""

from playwright.sync_api import Page, expect

from .office import FakeOffice
from .visits import ask

VOUCHER = "算力券一张多少钱"
REASONS = ["金额或日期不对", "判定不对", "没听懂我的话", "没找到要的", "其他"]


def kept(office: FakeOffice, phone: Page, number: int) -> list[tuple[bool, str | None]]:
    """The first opinions, waited for; all are of the answer."""
    for _ in range(100):
        if len(office.feedback) >= number:
            break
        phone.wait_for_timeout(20)
    (held,) = office.conversations.values()
    assert {message_id for message_id, *_ in office.feedback} == {held["messages"][1]["message_id"]}
    return [(helpful, reason) for _, helpful, reason in office.feedback]


def test_only_answers_with_sources_ask_whether_they_helped(phone: Page) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    expect(phone.locator(".feedback")).to_have_count(0)
    ask(phone, VOUCHER)
    expect(phone.locator(".feedback")).to_have_count(1)


def test_a_thumb_up_is_thanked_for(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, VOUCHER)
    up = phone.get_by_role("button", name="有帮助")
    up.click()
    expect(phone.locator(".feedback [role=status]")).to_have_text("谢谢，记下了。")
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_role("button", name="其他", exact=True)).to_be_hidden()
    assert kept(office, phone, 1) == [(True, None)]


def test_a_thumb_down_asks_what_was_wrong(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, VOUCHER)
    phone.get_by_role("button", name="没帮上").click()
    expect(phone.locator(".feedback [role=status]")).to_have_text("抱歉没帮上。是哪里不对？")
    reasons = phone.locator(".feedback .chip")
    expect(reasons).to_have_text(REASONS)
    reasons.first.click()
    expect(phone.locator(".feedback [role=status]")).to_have_text("谢谢，记下了。")
    expect(reasons.first).to_be_hidden()
    assert kept(office, phone, 2) == [(False, None), (False, "amount")]
    phone.get_by_role("button", name="有帮助").click()
    assert kept(office, phone, 3)[-1] == (True, None)


def test_an_opinion_that_was_not_kept_says_so_and_can_be_given_again(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, VOUCHER)
    office.feedback_fails = True
    phone.get_by_role("button", name="有帮助").click()
    expect(phone.locator(".feedback [role=status]")).to_have_text("没有记上，请再点一次。")
    expect(phone.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "false")
    office.feedback_fails = False
    phone.get_by_role("button", name="有帮助").click()
    expect(phone.locator(".feedback [role=status]")).to_have_text("谢谢，记下了。")
    assert kept(office, phone, 1) == [(True, None)]


def test_an_answer_can_be_judged_after_a_reload(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, VOUCHER)
    phone.reload()
    phone.get_by_role("button", name="有帮助").click()
    assert kept(office, phone, 1) == [(True, None)]
