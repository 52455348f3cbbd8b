"""What was accepted is answered exactly once, whatever comes between."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest

from bot.messages import IncomingMessage
from bot.office import Office
from bot.reception import AnswerFailed, NotAdmitted, NotOffered
from bot.settings import Settings
from bot.store.database import open_database
from tests.bot.fakes import NOW, FakeAssistant

pytestmark = pytest.mark.asyncio


async def open_office(settings: Settings, assistant: FakeAssistant) -> Office:
    office = Office(settings, build=lambda: assistant, clock=lambda: NOW)
    await office.open()
    return office


async def test_a_message_that_was_accepted_before_a_crash_is_answered_at_the_next_start(
    settings: Settings, office: Office
) -> None:
    opened = await office.reception.open("web")
    await office.reception.accept(IncomingMessage(opened.id, "还在吗", delivery_id="m1"))
    later = FakeAssistant()
    restarted = await open_office(settings, later)
    await _until(lambda: later.heard == ["还在吗"])
    again = await restarted.reception.receive(IncomingMessage(opened.id, "还在吗", delivery_id="m1"))
    assert "还在吗" in again.reply.text
    assert later.heard == ["还在吗"]
    assert len(await restarted.reception.messages(opened.id)) == 2
    await restarted.close()


async def test_what_is_left_over_is_answered_before_what_is_new(office: Office, assistant: FakeAssistant) -> None:
    opened = await office.reception.open("web")
    await office.reception.accept(IncomingMessage(opened.id, "一"))
    await office.reception.receive(IncomingMessage(opened.id, "二"))
    assert assistant.heard == ["一", "二"]


async def test_two_processes_give_one_answer(settings: Settings, office: Office, assistant: FakeAssistant) -> None:
    other_assistant = FakeAssistant()
    other = await open_office(settings, other_assistant)
    opened = await office.reception.open("web")
    message = IncomingMessage(opened.id, "慢", delivery_id="m1")
    sent = [asyncio.create_task(reception.receive(message)) for reception in (office.reception, other.reception)]
    await _until(lambda: assistant.heard == other_assistant.heard == ["慢"])
    assistant.gate.set()
    other_assistant.gate.set()
    bodies = {(await task).body for task in sent}
    assert len(bodies) == 1
    assert len(await office.reception.messages(opened.id)) == 2
    await other.close()


async def test_a_failure_of_one_message_is_told_to_its_sender_alone(office: Office, assistant: FakeAssistant) -> None:
    opened = await office.reception.open("web")
    receive = office.reception.receive
    sent = [
        asyncio.create_task(receive(IncomingMessage(opened.id, "慢", delivery_id="m1"))),
        asyncio.create_task(receive(IncomingMessage(opened.id, "出错", delivery_id="m2"))),
        asyncio.create_task(receive(IncomingMessage(opened.id, "", ("tokyo",), delivery_id="m3"))),
        asyncio.create_task(receive(IncomingMessage(opened.id, "好", delivery_id="m4"))),
    ]
    await _until(lambda: assistant.heard == ["慢"])
    await asyncio.sleep(0.1)
    assistant.gate.set()
    outcomes = await asyncio.gather(*sent, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "OutgoingMessage",
        AnswerFailed.__name__,
        NotOffered.__name__,
        "OutgoingMessage",
    ]


async def test_erasing_while_an_answer_is_being_made_leaves_nothing(office: Office, assistant: FakeAssistant) -> None:
    opened = await office.reception.open("web")
    sent = asyncio.create_task(office.reception.receive(IncomingMessage(opened.id, "慢")))
    await _until(lambda: assistant.heard == ["慢"])
    erased = await office.reception.erase(opened.id)
    assert erased is not None and erased.messages == 1
    assistant.gate.set()
    with pytest.raises(LookupError):
        await sent
    assert await office.reception.messages(opened.id) == []
    with pytest.raises(NotAdmitted):
        await office.reception.admit(opened.id, opened.token)


async def test_a_state_of_another_version_is_begun_anew(office: Office, settings: Settings) -> None:
    opened = await office.reception.open("web")
    database = await open_database(settings.database_url)
    async with database.write() as connection:
        await connection.exec_driver_sql("UPDATE conversations SET state = '{\"old\": 1}'")
    await database.close()
    answered = await office.reception.receive(IncomingMessage(opened.id, "你好"))
    assert answered.reply.text.startswith("第1次回答")


async def test_closing_lets_an_answer_be_finished(settings: Settings, assistant: FakeAssistant) -> None:
    office = await open_office(settings, assistant)
    opened = await office.reception.open("web")
    sent = asyncio.create_task(office.reception.receive(IncomingMessage(opened.id, "慢")))
    await _until(lambda: assistant.heard == ["慢"])
    closing = asyncio.create_task(office.close())
    await asyncio.sleep(0.05)
    assert not closing.done()
    assistant.gate.set()
    await closing
    assert "慢" in (await sent).reply.text


CHILD = """
    import asyncio, sys
    from pathlib import Path
    from bot.messages import IncomingMessage
    from bot.office import Office
    from tests.bot.fakes import BareSettings, FakeAssistant

    async def main():
        settings = BareSettings(HUIQI_DATA_DIR=Path(sys.argv[1]))
        office = Office(settings, build=FakeAssistant)
        await office.open()
        opened = await office.reception.open("web")
        print(opened.id, opened.token, flush=True)
        for i in range(10_000):
            message = IncomingMessage(opened.id, f"第{i}条", delivery_id=str(i))
            question = await office.reception.accept(message)
            print("accepted", i, flush=True)
            answered = await office.reception.answer(question)
            print("answered", answered.message_id, flush=True)

    asyncio.run(main())
"""


@pytest.mark.parametrize("lines", [1, 2, 9, 30])
async def test_a_process_that_is_killed_loses_nothing_it_had_accepted(
    settings: Settings, assistant: FakeAssistant, lines: int
) -> None:
    arguments = [sys.executable, "-c", textwrap.dedent(CHILD), str(settings.data_dir)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment)
    assert child.stdout is not None
    conversation_id, token = child.stdout.readline().split()
    told = [child.stdout.readline().split() for _ in range(lines)]
    child.send_signal(signal.SIGKILL)
    told += [line.split() for line in child.stdout.read().splitlines()]
    child.stdout.close()
    child.wait()
    accepted = [number for what, number in told if what == "accepted"]
    answered = [id for what, id in told if what == "answered"]

    office = await open_office(settings, assistant)
    await office.assistant()
    await office.reception.admit(conversation_id, token)
    last = accepted[-1]
    await office.reception.receive(IncomingMessage(conversation_id, f"第{last}条", delivery_id=last))
    kept = await office.reception.messages(conversation_id)
    await office.close()
    assert [m.text for m in kept[0::2]][: len(accepted)] == [f"第{i}条" for i in accepted]
    assert [m.role for m in kept] == ["user", "assistant"] * (len(kept) // 2)
    assert [m.id for m in kept[1::2]][: len(answered)] == answered


async def _until(holds: Callable[[], bool], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.01)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about in time")


async def test_a_question_sent_again_while_its_first_try_ends_is_answered(
    office: Office, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, may_end = office.reception._conversations, asyncio.Event()
    next_question = kept.next_question

    async def ends_late(conversation_id: str) -> object:
        found = await next_question(conversation_id)
        if found is None and not may_end.is_set():
            await may_end.wait()
        return found

    monkeypatch.setattr(kept, "next_question", ends_late)
    conversation = (await office.reception.open("web")).id
    with pytest.raises(AnswerFailed):
        await office.reception.receive(IncomingMessage(conversation, "出错了"))
    [question] = await office.reception.messages(conversation)
    assistant.broken = False
    again = asyncio.create_task(office.reception.answer(question))
    await _until(lambda: question.id in office.reception._promises)
    may_end.set()
    assert "出错了" in (await again).reply.text
