"""The chat page when the connection, the server or the conversation is lost: nothing typed is, nothing comes twice."""

from playwright.sync_api import Page, expect

from .office import FakeOffice, Fault
from .visits import answers, ask, ask_broadly, said, say, settle

VOUCHER = "算力券一张多少钱"


def answered_once(phone: Page, office: FakeOffice) -> None:
    settle(phone)
    assert said(phone) == [VOUCHER]
    assert len(answers(phone)) == 1 and "文件没有写面额" in answers(phone)[0]
    assert office.accepted == [VOUCHER]
    assert len({message["client_message_id"] for message in office.received}) == 1


def test_a_failing_server_is_asked_again(phone: Page, office: FakeOffice) -> None:
    office.faults.extend([Fault(status=500), Fault(status=502)])
    phone.goto("/")
    say(phone, VOUCHER)
    answered_once(phone, office)
    assert len(office.received) == 3


def test_what_could_not_be_sent_says_so_and_goes_out_by_a_tap(phone: Page, office: FakeOffice) -> None:
    office.faults.extend([Fault(status=500)] * 3)
    phone.goto("/")
    say(phone, VOUCHER)
    retry = phone.get_by_role("button", name="未发送，点此重试")
    expect(retry).to_be_visible()
    expect(phone.locator(".draft")).to_have_count(0)
    retry.click()
    answered_once(phone, office)


def test_an_answer_cut_in_the_middle_is_fetched_whole(phone: Page, office: FakeOffice) -> None:
    office.faults.append(Fault(cut_after=12))
    phone.goto("/")
    say(phone, VOUCHER)
    answered_once(phone, office)
    expect(phone.locator(".bubble .mark")).to_have_count(1)


def test_a_server_without_streaming_is_understood(phone: Page, office: FakeOffice) -> None:
    office.streams = False
    phone.goto("/")
    say(phone, VOUCHER)
    answered_once(phone, office)


def test_too_many_messages_wait_as_long_as_the_server_says(phone: Page, office: FakeOffice) -> None:
    office.faults.append(Fault(status=429, retry_after="2"))
    phone.goto("/")
    say(phone, VOUCHER)
    expect(phone.locator(".status")).to_have_text("这会儿有点忙，2 秒后自动再发")
    assert len(office.received) == 1
    answered_once(phone, office)


def test_a_slow_answer_shows_that_it_is_being_worked_on(phone: Page, office: FakeOffice) -> None:
    office.faults.append(Fault(seconds=3.6))
    phone.goto("/")
    say(phone, VOUCHER)
    expect(phone.locator(".typing .dots")).to_be_visible()
    expect(phone.locator(".typing")).to_contain_text("正在核对政策原文")
    answered_once(phone, office)


def test_what_is_said_offline_goes_out_when_the_connection_is_back(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    phone.context.set_offline(True)
    expect(phone.locator("#offline")).to_be_visible()
    say(phone, VOUCHER)
    expect(phone.get_by_role("button", name="未发送，点此重试")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator("#offline")).to_be_hidden()
    answered_once(phone, office)


def test_what_is_unsent_survives_a_reload(phone: Page, office: FakeOffice) -> None:
    office.faults.extend([Fault(status=500)] * 3)
    phone.goto("/")
    say(phone, VOUCHER)
    expect(phone.get_by_role("button", name="未发送，点此重试")).to_be_visible()
    phone.reload()
    answered_once(phone, office)


def test_an_answer_that_never_arrived_is_there_once_after_a_reload(phone: Page, office: FakeOffice) -> None:
    office.faults.extend([Fault(cut_after=0), Fault(status=500), Fault(status=500)])
    phone.goto("/")
    say(phone, VOUCHER)
    expect(phone.get_by_role("button", name="未发送，点此重试")).to_be_visible()
    phone.reload()
    expect(phone.locator(".bubble .mark")).to_have_count(1)
    answered_once(phone, office)


def test_a_lost_conversation_gives_the_words_back_and_starts_afresh(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    office.conversations.clear()
    say(phone, VOUCHER)
    expect(phone.locator(".notice")).to_contain_text("这段对话已经不在了")
    expect(phone.locator("#words")).to_have_value(VOUCHER)
    phone.get_by_role("button", name="开始新对话").click()
    assert said(phone) == []
    phone.click("#send")
    settle(phone)
    assert said(phone) == [VOUCHER] and len(answers(phone)) == 1
    assert len(office.conversations) == 1


def test_a_conversation_lost_between_visits_is_told_and_nothing_typed_is_lost(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    phone.fill("#words", "没说完的话")
    office.conversations.clear()
    phone.reload()
    expect(phone.locator(".notice")).to_contain_text("这段对话已经不在了")
    expect(phone.locator("#words")).to_have_value("没说完的话")
    phone.click("#send")
    settle(phone)
    assert said(phone) == ["没说完的话"]


def test_a_message_that_the_server_refuses_can_be_changed_and_sent_again(phone: Page, office: FakeOffice) -> None:
    office.faults.append(Fault(status=422))
    phone.goto("/")
    say(phone, VOUCHER)
    phone.get_by_role("button", name="没有发成，改一改再发").click()
    expect(phone.locator("#words")).to_have_value(VOUCHER)
    assert said(phone) == []
    phone.click("#send")
    settle(phone)
    assert office.accepted == [VOUCHER]


def test_a_history_that_cannot_be_fetched_can_be_asked_for_again(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    office.history_fails = True
    phone.reload()
    expect(phone.locator(".notice")).to_contain_text("暂时取不到之前的对话")
    office.history_fails = False
    phone.get_by_role("button", name="再试一次").click()
    expect(phone.locator(".group")).to_have_count(4)
    assert said(phone) == ["我们能申请什么？", "南京"]


def test_a_conversation_erased_in_another_window_is_gone_here_too(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, VOUCHER)
    other = phone.context.new_page()
    other.goto("/")
    expect(other.locator(".bubble .mark")).to_have_count(1)
    other.click("#menu")
    other.locator(".sheet .row", has_text="删除我的数据").click()
    other.get_by_role("button", name="确定删除").click()
    expect(phone.locator("#examples")).to_be_visible()
    assert said(phone) == []
