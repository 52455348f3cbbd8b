"""The chat page while staff serve the conversation, and when a reminder has come: nothing missing, nothing twice."""

import pytest
from playwright.sync_api import Page, expect

from chains.reply import Citation, Reply

from .office import FakeOffice, Fault
from .visits import answers, ask, ask_broadly, said, say, settle

HELLO = "您好，**材料**收到了，请等两天。"
REMINDER = "您要的提醒：收录的政策有变化，影响到您。"


def see(phone: Page, visible: bool) -> None:
    """The person looks away from the page, or back at it."""
    phone.evaluate(
        """visible => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => !visible });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        visible,
    )


def hand_over(phone: Page) -> None:
    """The clock of the page stands still from here on, but for what a test moves it."""
    phone.clock.install()
    phone.goto("/")
    ask(phone, "转人工")
    expect(phone.locator("#served")).to_have_text("工作人员会在这里回复您，不用守着。")


def looked(office: FakeOffice, phone: Page, times: int) -> None:
    """Waits until the page has asked that often, and has read what it was told."""
    for _ in range(3_000):
        if len(office.looks) >= times and not office.looking:
            break
        phone.wait_for_timeout(20)
    phone.wait_for_timeout(200)
    assert len(office.looks) == times


def test_before_staff_serve_nothing_is_asked_and_nothing_is_said_of_them(phone: Page, office: FakeOffice) -> None:
    phone.clock.install()
    phone.goto("/")
    ask(phone, "算力券一张多少钱")
    phone.clock.run_for(60_000)
    looked(office, phone, 0)
    expect(phone.locator("#served")).to_be_hidden()


def test_what_staff_write_appears_within_seconds_under_their_name(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "转人工")
    office.say_as_staff(HELLO)
    message = phone.locator(".message.staff")
    expect(message.locator(".who")).to_contain_text("工作人员")
    expect(message.locator(".bubble")).to_have_text("您好，材料收到了，请等两天。")
    expect(message.locator(".bubble strong")).to_have_text("材料")
    expect(message.locator(".feedback")).to_have_count(0)
    expect(phone.locator("#served")).to_be_visible()


def test_the_page_asks_every_five_seconds_and_more_rarely_after_minutes(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    for times in (1, 2):
        phone.clock.run_for(5_000)
        looked(office, phone, times)
    phone.clock.fast_forward(200_000)
    looked(office, phone, 3)
    phone.clock.run_for(14_000)
    looked(office, phone, 3)
    phone.clock.run_for(1_500)
    looked(office, phone, 4)
    assert set(office.looks[1:]) == {304}
    office.say_as_staff(HELLO)
    phone.clock.run_for(15_000)
    looked(office, phone, 5)
    phone.clock.run_for(5_000)
    looked(office, phone, 6)


def test_a_page_that_is_not_seen_does_not_ask_and_asks_at_once_when_it_is_seen(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    see(phone, False)
    office.say_as_staff(HELLO)
    phone.clock.run_for(60_000)
    looked(office, phone, 0)
    see(phone, True)
    expect(phone.locator(".message.staff")).to_have_count(1)
    looked(office, phone, 1)


def test_the_page_never_asks_twice_at_once(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.history_seconds = 0.5
    phone.clock.run_for(5_000)
    for _ in range(4):
        see(phone, False)
        see(phone, True)
    phone.clock.run_for(30_000)
    phone.wait_for_timeout(1200)
    assert office.most_looking == 1
    assert office.looks


def test_a_server_that_cannot_be_reached_is_asked_again(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.history_fails = True
    phone.clock.run_for(5_000)
    looked(office, phone, 1)
    office.history_fails = False
    office.say_as_staff(HELLO)
    phone.clock.run_for(5_000)
    expect(phone.locator(".message.staff")).to_have_count(1)


@pytest.mark.parametrize("way", ["the person", "staff"])
def test_who_gives_the_conversation_back_ends_the_waiting(phone: Page, office: FakeOffice, way: str) -> None:
    hand_over(phone)
    if way == "staff":
        office.give_back()
        phone.clock.run_for(5_000)
        expect(phone.locator(".unasked .bubble")).to_have_text("工作人员已处理完，我接着为您解答。还有问题直接说。")
        expect(phone.locator(".staff")).to_have_count(0)
    else:
        phone.get_by_role("button", name="让助手继续").click()
        settle(phone)
    expect(phone.locator("#served")).to_be_hidden()
    expect(phone.get_by_role("button", name="让助手继续")).to_have_count(0)
    times = len(office.looks)
    phone.clock.run_for(120_000)
    looked(office, phone, times)
    phone.reload()
    settle(phone)
    expect(phone.locator("#served")).to_be_hidden()
    expect(phone.get_by_role("button", name="让助手继续")).to_have_count(0)


def test_all_stands_in_the_order_of_the_server_also_after_a_reload(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.say_as_staff("第一句")
    phone.clock.run_for(5_000)
    expect(phone.locator(".staff")).to_have_count(1)
    ask(phone, "收到")
    office.say_as_staff("第二句")
    office.say_as_staff("第三句")
    phone.clock.run_for(5_000)
    expect(phone.locator(".staff")).to_have_count(3)
    here = answers(phone)
    assert [text for text in here if text.startswith("第")] == ["第一句", "第二句", "第三句"]
    assert here.index("第一句") + 1 == here.index("已记下，工作人员会看到。想让我接着答，就说“让助手继续”。")
    phone.reload()
    expect(phone.locator(".staff")).to_have_count(3)
    assert answers(phone) == here and said(phone) == ["转人工", "收到"]
    expect(phone.locator("#served")).to_be_visible()
    office.say_as_staff("第四句")
    phone.clock.run_for(5_000)
    expect(phone.locator(".staff")).to_have_count(4)
    assert answers(phone) == [*here, "第四句"]


def test_words_on_their_way_while_news_come_are_neither_lost_nor_doubled(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.faults.append(Fault(seconds=1.5))
    say(phone, "还在吗")
    office.say_as_staff("在的")
    phone.clock.run_for(5_000)
    expect(phone.locator(".staff")).to_have_count(1)
    settle(phone)
    phone.clock.run_for(5_000)
    phone.wait_for_timeout(200)
    assert said(phone) == ["转人工", "还在吗"]
    assert sum("工作人员会看到" in text for text in answers(phone)) == 1
    assert [text for text in answers(phone) if text == "在的"] == ["在的"]


def test_a_history_from_before_the_last_answer_changes_nothing(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.history_seconds = 0.8
    phone.clock.run_for(5_000)
    phone.get_by_role("button", name="让助手继续").click()
    settle(phone)
    phone.wait_for_timeout(1200)
    expect(phone.locator("#served")).to_be_hidden()
    assert said(phone) == ["转人工", "让助手继续"]


def test_words_said_while_the_past_is_still_on_its_way_stand_after_it(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "今天天气怎么样")
    office.history_seconds = 1.0
    phone.reload()
    ask(phone, "算力券一张多少钱")
    expect(phone.locator(".mine")).to_have_count(2)
    phone.wait_for_timeout(300)
    assert said(phone) == ["今天天气怎么样", "算力券一张多少钱"]
    assert len(answers(phone)) == 2 and "文件没有写面额" in answers(phone)[1]


def test_staff_who_ended_while_the_page_slept_are_noticed_with_the_next_answer(phone: Page, office: FakeOffice) -> None:
    hand_over(phone)
    office.give_back()
    ask(phone, "算力券一张多少钱")
    expect(phone.locator("#served")).to_be_hidden()
    here = answers(phone)
    assert here[1].startswith("工作人员已处理完") and "文件没有写面额" in here[2]


def test_a_reminder_is_there_when_the_page_is_opened_or_seen_again(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    whitelist = office.conversations[next(iter(office.conversations))]["messages"][-1]["reply"]["citations"][0]
    reminder = Reply(text=f"{REMINDER}\n新收录：融资白名单[1]", citations=(Citation(**whitelist),), outcome="notice")
    see(phone, False)
    office.say(reminder, "notice")
    phone.wait_for_timeout(200)
    expect(phone.locator(".reminder")).to_have_count(0)
    see(phone, True)
    message = phone.locator(".message.reminder")
    expect(message.locator(".who")).to_contain_text("政策提醒")
    expect(message).to_contain_text(REMINDER)
    expect(message.locator(".bubble .mark")).to_have_count(1)
    expect(message.locator(".feedback")).to_have_count(0)
    expect(phone.locator("#served")).to_be_hidden()
    expect(phone.locator(".question")).to_have_count(1)  # what was asked can still be answered
    see(phone, False)
    see(phone, True)
    phone.wait_for_timeout(300)
    expect(message).to_have_count(1)
    phone.reload()
    expect(message).to_have_count(1)
    expect(phone.locator(".question")).to_have_count(1)
    expect(phone.locator(".fact")).to_have_count(4)


def test_what_came_below_the_edge_is_pointed_to_and_does_not_move_what_is_read(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask_broadly(phone)
    ask(phone, "转人工")
    phone.locator("#log").evaluate("log => log.scrollTo({ top: 0 })")
    office.say_as_staff(HELLO)
    see(phone, True)
    newer = phone.get_by_role("button", name="新消息")
    expect(newer).to_be_visible()
    assert phone.locator("#log").evaluate("log => log.scrollTop") == 0
    newer.click()
    expect(phone.locator(".staff")).to_be_in_viewport()


def test_a_conversation_erased_elsewhere_is_noticed_when_the_page_is_seen_again(
    phone: Page, office: FakeOffice
) -> None:
    hand_over(phone)
    office.conversations.clear()
    see(phone, True)
    expect(phone.locator(".notice")).to_contain_text("这段对话已经不在了")
    expect(phone.locator("#served")).to_be_hidden()
    looked(office, phone, 1)
    phone.clock.run_for(60_000)
    looked(office, phone, 1)


def test_markup_of_staff_is_words(phone: Page, office: FakeOffice) -> None:
    phone.goto("/")
    ask(phone, "转人工")
    office.say_as_staff("<img src=x onerror=alert(1)> [1]")
    see(phone, True)
    expect(phone.locator(".staff .bubble")).to_have_text("<img src=x onerror=alert(1)> [1]")
    expect(phone.locator("img")).to_have_count(0)
