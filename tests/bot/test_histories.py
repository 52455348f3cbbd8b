"""A history finds its conversation, and only what is new in it is answered."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.histories import CHANNEL, MOST_REPLAYED, Histories
from bot.messages import OutgoingMessage
from bot.office import Office
from bot.settings import Settings
from bot.store.conversations import Conversations, StoredConversation
from bot.store.notes import Notes
from chains.assistant import Turn
from chains.conversation import Conversation
from chains.reply import Reply
from chains.turn import Outcome
from tests.bot.fakes import NOW, FakeAssistant

pytestmark = pytest.mark.asyncio


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class StaffedAssistant(FakeAssistant):
    """Hands over when asked to, and notes for which turns somebody waits: a model may be asked for those alone."""

    def __init__(self) -> None:
        super().__init__()
        self.attended: list[str] = []

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        if not more["listener"].gone.is_set():
            self.attended.append(text)
        turn = await super().answer(conversation, text, choices, **more)
        if text != "转人工":
            return turn
        reply = turn.reply.model_copy(update={"outcome": Outcome.HANDED_OVER.value})
        return Turn(turn.conversation.model_copy(update={"with_staff": True}), reply, turn.trace)


class Caller:
    """A program that sends its histories, and what it was charged for."""

    def __init__(self, histories: Histories, name: str = "a") -> None:
        self.histories = histories
        self.name = name
        self.replayed: list[int] = []

    async def say(self, *said: str) -> OutgoingMessage:
        accepted = await self.histories.accept(self.name, said, self.replayed.append)
        assert accepted.question is not None, accepted.complaint
        return await self.histories.answer(accepted.question)


@pytest.fixture
def assistant() -> StaffedAssistant:
    return StaffedAssistant()


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest_asyncio.fixture
async def office(settings: Settings, assistant: FakeAssistant, clock: Hands) -> AsyncIterator[Office]:
    office = Office(settings, build=lambda: assistant, clock=clock)
    await office.open()
    await office.assistant()
    yield office
    await office.close()


@pytest_asyncio.fixture
async def histories(office: Office, clock: Hands) -> Histories:
    return Histories(office.reception, Notes(office.database), clock)


@pytest_asyncio.fixture
async def caller(histories: Histories) -> Caller:
    return Caller(histories)


async def stored(office: Office) -> list[StoredConversation]:
    return await Conversations(office.database).all()


async def test_a_history_that_goes_on_is_one_conversation_and_each_message_is_answered_once(
    office: Office, caller: Caller, assistant: FakeAssistant
) -> None:
    first = await caller.say("甲")
    second = await caller.say("甲", "乙")
    third = await caller.say("甲", "乙", "丙")
    assert {first.conversation_id, second.conversation_id, third.conversation_id} == {first.conversation_id}
    assert assistant.heard == ["甲", "乙", "丙"]
    [kept] = await stored(office)
    assert kept.channel == CHANNEL
    assert [m.text for m in await office.reception.messages(kept.id) if m.role == "user"] == ["甲", "乙", "丙"]


async def test_the_same_request_sent_again_gets_the_same_answer(caller: Caller, assistant: FakeAssistant) -> None:
    for said in (("甲",), ("甲", "乙")):
        assert (await caller.say(*said)).body == (await caller.say(*said)).body
    assert assistant.heard == ["甲", "乙"]


async def test_the_same_history_asked_again_later_is_answered_anew(caller: Caller, clock: Hands) -> None:
    before = await caller.say("甲", "乙")
    clock.now += timedelta(minutes=11)
    after = await caller.say("甲", "乙")
    assert after.conversation_id != before.conversation_id
    assert (await caller.say("甲", "乙", "丙")).conversation_id == after.conversation_id


async def test_an_edited_history_starts_a_conversation_of_its_own_and_leaves_the_old_one_as_it_was(
    office: Office, caller: Caller
) -> None:
    old = await caller.say("甲")
    await caller.say("甲", "乙")
    new = await caller.say("甲", "改")
    assert new.conversation_id != old.conversation_id
    said = {
        c.id: [m.text for m in await office.reception.messages(c.id) if m.role == "user"] for c in await stored(office)
    }
    assert said == {old.conversation_id: ["甲", "乙"], new.conversation_id: ["甲", "改"]}


async def test_a_history_nobody_knows_is_gone_through_up_to_a_bound_which_is_charged(caller: Caller) -> None:
    known = await caller.say(*map(str, range(100, 103)))
    assert known.reply.text.startswith("第3次")
    assert caller.replayed == [2]
    await caller.say(*map(str, range(1000, 3000)))
    assert caller.replayed == [2, MOST_REPLAYED]


async def test_no_model_is_asked_for_what_is_gone_through(caller: Caller, assistant: StaffedAssistant) -> None:
    await caller.say("甲", "乙", "丙")
    assert assistant.heard == ["甲", "乙", "丙"]
    assert assistant.attended == ["丙"]


async def test_staff_are_told_of_somebody_who_waits_for_them_in_an_edited_history(
    office: Office, caller: Caller
) -> None:
    await caller.say("转人工")
    await caller.say("转人工", "在吗")
    [asked] = await office.people.open_tickets()
    edited = await caller.say("转人工", "有人吗")
    assert [t.conversation_id for t in await office.people.open_tickets()] == [
        asked.conversation_id,
        edited.conversation_id,
    ]


async def test_callers_never_share_a_conversation(histories: Histories) -> None:
    one = await Caller(histories, "a").say("甲")
    other = await Caller(histories, "b").say("甲")
    assert one.conversation_id != other.conversation_id
    assert (await Caller(histories, "b").say("甲", "乙")).conversation_id == other.conversation_id


async def test_a_number_is_the_option_that_it_stood_before_also_when_gone_through_again(
    office: Office, caller: Caller
) -> None:
    await caller.say("你好")
    live = await caller.say("你好", "1")
    assert live.reply.profile["city"].value == "nanjing"
    anew = await caller.say("您好", "1", "2 3")
    assert anew.reply.profile["city"].value == "nanjing"
    assert [m.text for m in await office.reception.messages(anew.conversation_id)][::2] == [
        "您好",
        "南京",
        "完成了大模型备案、都没有",
    ]


async def test_a_number_that_stands_before_nothing_is_told_and_changes_nothing(caller: Caller) -> None:
    first = await caller.say("你好")
    accepted = await caller.histories.accept("a", ("你好", "9"), caller.replayed.append)
    assert accepted.question is None
    assert accepted.complaint == "没有第 9 项，可选 1 到 2，也可以直接说"
    chosen = await caller.say("你好", "9", "1")
    assert chosen.conversation_id == first.conversation_id
    assert chosen.reply.profile["city"].value == "nanjing"


async def test_what_staff_said_meanwhile_comes_with_the_next_answer_and_once(office: Office, caller: Caller) -> None:
    first = await caller.say("甲")
    await office.reception.say(first.conversation_id, Reply(text="工作人员：好的", outcome="staff"), author="小李")
    second = await caller.histories.accept("a", ("甲", "乙"), caller.replayed.append)
    assert second.question is not None and second.unasked == ("工作人员：好的",)
    await caller.histories.answer(second.question)
    again = await caller.histories.accept("a", ("甲", "乙"), caller.replayed.append)
    third = await caller.histories.accept("a", ("甲", "乙", "丙"), caller.replayed.append)
    assert (again.unasked, third.unasked) == (("工作人员：好的",), ())


async def test_a_conversation_that_was_erased_begins_again(office: Office, caller: Caller) -> None:
    first = await caller.say("甲")
    await office.reception.erase(first.conversation_id)
    assert (await caller.say("甲", "乙")).conversation_id != first.conversation_id


async def test_bookmarks_are_forgotten_in_time(office: Office, caller: Caller, clock: Hands) -> None:
    first = await caller.say("甲")
    clock.now += timedelta(days=31)
    await caller.say("别的")
    assert (await caller.say("甲", "乙")).conversation_id != first.conversation_id
    async with office.database.read() as connection:
        count = (await connection.exec_driver_sql("SELECT count(*) FROM notes")).scalar()
    assert count == 2
