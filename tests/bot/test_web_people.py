"""Staff, other channels, opinions and erasure, as a client of the web meets them."""

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.channels.web import create_app
from bot.helpdesk import Helpdesk
from bot.hours import read_hours
from bot.notices import AUTHOR
from bot.office import Office
from bot.settings import Settings
from bot.store.people import CODE_MINUTES, Contact
from chains.assistant import Turn
from chains.conversation import Conversation
from chains.reply import Reply
from chains.turn import Outcome
from tests.bot.fakes import NOW, FakeAssistant, Talk, start_talk

pytestmark = pytest.mark.asyncio

PROBLEM = "application/problem+json"
CANARY = "金丝雀企业13800138000"


class StaffedAssistant(FakeAssistant):
    """Hands over (转人工), keeps quiet until it is wanted back (让助手继续), and subscribes (提醒)."""

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        match text:
            case "转人工":
                outcome, with_staff = Outcome.HANDED_OVER, True
            case "让助手继续":
                outcome, with_staff = Outcome.HANDED_BACK, False
            case "提醒":
                outcome, with_staff = Outcome.SUBSCRIBED, False
            case _ if conversation.with_staff:
                outcome, with_staff = Outcome.WITH_STAFF, True
            case _:
                return await super().answer(conversation, text, choices, **more)
        turn = await super().answer(conversation, text, choices, **more)
        reply = turn.reply.model_copy(update={"outcome": outcome, "citations": (), "findings": ()})
        return Turn(turn.conversation.model_copy(update={"with_staff": with_staff}), reply, turn.trace)


@pytest.fixture
def assistant() -> FakeAssistant:
    return StaffedAssistant()


@pytest.fixture
def desk(office: Office) -> Helpdesk:
    return Helpdesk(office.reception, office.people, office.clock)


async def joined(office: Office, talk: Talk, channel: str = "telegram", address: str = "42") -> Contact:
    """Somebody on a platform who holds the conversation."""
    contact = await office.people.meet(channel, address, NOW)
    await office.people.attach(contact.id, talk.id)
    return contact


async def link(talk: Talk, method: str) -> httpx.Response:
    return await talk.client.request(method, f"{talk.address}/links", headers=talk.headers)


async def rate(talk: Talk, message_id: str, **body: object) -> httpx.Response:
    return await talk.client.post(f"{talk.address}/messages/{message_id}/feedback", json=body, headers=talk.headers)


def rows(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(settings.data_dir / "huiqi.db") as connection:
        return connection.execute(query).fetchall()


# --- staff and reminders


async def test_who_wrote_a_message_stands_beside_it(talk: Talk, desk: Helpdesk, office: Office) -> None:
    await talk.say("转人工")
    (waiting,) = await desk.waiting()
    await desk.answer(waiting.ticket.id, "您好，材料收到了", "王工")
    await office.reception.say(talk.id, Reply(text="您要的提醒"), AUTHOR)
    kept = (await talk.read()).json()["messages"]
    assert [(m["role"], m["author"]) for m in kept] == [
        ("user", None),
        ("assistant", None),
        ("assistant", "王工"),
        ("assistant", "notice"),
    ]
    assert kept[2]["text"] == "**工作人员**：您好，材料收到了"


@pytest.mark.parametrize(("hours", "told"), [("1-5 9:00-11:30", True), ("1-5 9:00-12:30", False), ("", False)])
async def test_who_is_handed_over_while_nobody_is_there_hears_when_somebody_will_be(
    hours: str, told: bool, settings: Settings, assistant: FakeAssistant
) -> None:
    """It is Friday noon."""
    with_hours = settings.model_copy(update={"service_hours": read_hours(hours)})
    office = Office(with_hours, build=lambda: assistant, clock=lambda: NOW)
    await office.open()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(with_hours, office)), base_url="http://huiqi.test"
    ) as client:
        talk = await start_talk(client)
        reply = (await talk.say("转人工")).json()
        again = (await talk.say("在吗")).json()
    await office.close()
    assert ("工作人员周一至周五 9:00—11:30在，最早11月23日（周一）9:00开始看" in reply["text"]) is told
    assert "不是服务时间" not in again["text"]


async def test_a_conversation_says_whether_staff_serve_it(talk: Talk, desk: Helpdesk) -> None:
    seen = [(await talk.read()).json()["with_staff"]]
    for words in ("转人工", "还在吗"):
        await talk.say(words)
        seen.append((await talk.read()).json()["with_staff"])
    (waiting,) = await desk.waiting()
    await desk.close(waiting.ticket.id, "王工")
    seen.append((await talk.read()).json()["with_staff"])
    assert seen == [False, True, True, False]


async def test_what_staff_say_does_not_empty_the_profile(talk: Talk, desk: Helpdesk) -> None:
    await talk.say("你好")
    await talk.say(choices=["nanjing"])
    await talk.say("转人工")
    (waiting,) = await desk.waiting()
    await desk.answer(waiting.ticket.id, "您好", "王工")
    assert (await talk.read()).json()["profile"]["city"]["value"] == "nanjing"


async def test_a_message_is_known_again_by_the_id_that_its_sender_gave_it(talk: Talk) -> None:
    await talk.say("你好", client_message_id="m1")
    await talk.say("还有吗")
    kept = (await talk.read()).json()["messages"]
    assert [m["client_message_id"] for m in kept] == ["m1", None, None, None]


async def test_a_conversation_in_which_nothing_happened_is_not_sent_again(talk: Talk, desk: Helpdesk) -> None:
    await talk.say("转人工")
    first = await talk.read()
    headers = {**talk.headers, "If-None-Match": first.headers["etag"]}
    same = await talk.client.get(talk.address, headers=headers)
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    (waiting,) = await desk.waiting()
    await desk.answer(waiting.ticket.id, "您好", "王工")
    news = await talk.client.get(talk.address, headers=headers)
    assert (news.status_code, len(news.json()["messages"])) == (200, 3)
    assert news.headers["etag"] != first.headers["etag"]
    assert (await talk.client.get(talk.address, headers={"If-None-Match": first.headers["etag"]})).status_code == 401


# --- other channels


async def test_a_code_opens_the_conversation_to_one_more_channel_for_minutes(talk: Talk, office: Office) -> None:
    issued = await link(talk, "POST")
    assert issued.status_code == 201
    code, expires_at = issued.json()["code"], issued.json()["expires_at"]
    end = NOW + timedelta(minutes=CODE_MINUTES)
    assert expires_at == end.isoformat().replace("+00:00", "Z")
    assert await office.people.look_up_code(code, end - timedelta(seconds=1)) == talk.id
    assert await office.people.look_up_code(code, end) is None


async def test_another_code_makes_the_one_before_void(talk: Talk, office: Office) -> None:
    first, second = [(await link(talk, "POST")).json()["code"] for _ in range(2)]
    assert await office.people.look_up_code(first, NOW) is None
    assert await office.people.look_up_code(second, NOW) == talk.id


async def test_the_channels_that_hold_a_conversation_are_listed(talk: Talk, office: Office) -> None:
    assert (await link(talk, "GET")).json() == []
    await joined(office, talk)
    await joined(office, await start_talk(talk.client), "wechat", "o1")
    since = NOW.isoformat().replace("+00:00", "Z")
    assert (await link(talk, "GET")).json() == [{"channel": "telegram", "since": since}]


async def test_everybody_else_lets_go_of_a_conversation_and_is_told(
    talk: Talk, office: Office, settings: Settings
) -> None:
    code = (await link(talk, "POST")).json()["code"]
    await joined(office, talk)
    await joined(office, talk, "wechat", "o1")
    other = await start_talk(talk.client)
    await joined(office, other, "telegram", "43")
    gone = await link(talk, "DELETE")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await link(talk, "GET")).json() == []
    assert len((await link(other, "GET")).json()) == 1
    assert await office.people.look_up_code(code, NOW) is None
    told = rows(settings, "SELECT channel, address, json_extract(body, '$.text') FROM outbox ORDER BY id")
    words = "这里已经和原来的企业资料断开，接着说话就是新的开始。"
    assert told == [("telegram", "42", words), ("wechat", "o1", words)]
    assert (await talk.read()).status_code == 200
    assert (await link(talk, "DELETE")).status_code == 204


async def test_who_cannot_be_reached_lets_go_without_being_told(talk: Talk, settings: Settings, office: Office) -> None:
    await joined(office, talk)
    with sqlite3.connect(settings.data_dir / "huiqi.db") as connection:
        connection.execute("UPDATE contacts SET unreachable_at = created_at")
    await link(talk, "DELETE")
    assert (await link(talk, "GET")).json() == []
    assert rows(settings, "SELECT * FROM outbox") == []


# --- opinions


async def test_an_opinion_is_kept_and_said_again_it_replaces_the_first(talk: Talk, settings: Settings) -> None:
    answer = (await talk.say("你好")).json()["message_id"]
    kept = []
    for body in ({"helpful": False}, {"helpful": False, "reason": "amount"}, {"helpful": True, "reason": "amount"}):
        rated = await rate(talk, answer, **body)
        assert (rated.status_code, rated.content) == (204, b"")
        kept += rows(settings, "SELECT message_id, helpful, reason FROM feedback")
    assert kept == [(answer, 0, None), (answer, 0, "amount"), (answer, 1, None)]


async def test_only_an_answer_of_this_conversation_takes_an_opinion(talk: Talk, settings: Settings) -> None:
    own = (await talk.say("你好")).json()["message_id"]
    question = (await talk.read()).json()["messages"][0]["message_id"]
    other = (await (await start_talk(talk.client)).say("你好")).json()["message_id"]
    for message_id in (question, other, own[:8], "unknown", "%00"):
        refused = await rate(talk, message_id, helpful=True)
        assert (refused.status_code, refused.headers["content-type"]) == (404, PROBLEM)
    assert rows(settings, "SELECT * FROM feedback") == []


@pytest.mark.parametrize(
    "body", [{}, {"helpful": None}, {"helpful": False, "reason": "colour"}, {"helpful": True, "x": 1}]
)
async def test_an_opinion_that_is_none_is_refused(talk: Talk, body: dict[str, object]) -> None:
    answer = (await talk.say("你好")).json()["message_id"]
    refused = await rate(talk, answer, **body)
    assert (refused.status_code, refused.headers["content-type"]) == (422, PROBLEM)


# --- who may, and how often


async def test_links_and_opinions_need_the_token_of_the_conversation(talk: Talk) -> None:
    answer = (await talk.say("你好")).json()["message_id"]
    stranger = await start_talk(talk.client)
    stranger.address = talk.address
    refused = [await link(stranger, method) for method in ("POST", "GET", "DELETE")]
    refused.append(await rate(stranger, answer, helpful=True))
    assert {r.status_code for r in refused} == {401}
    assert {r.headers["www-authenticate"] for r in refused} == {"Bearer"}


async def test_links_and_opinions_count_like_messages(settings: Settings, assistant: FakeAssistant) -> None:
    slow = settings.model_copy(update={"rate_per_conversation": 4})
    office = Office(slow, build=lambda: assistant, clock=lambda: NOW)
    await office.open()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(slow, office)), base_url="http://huiqi.test"
    ) as client:
        talk = await start_talk(client)
        answer = (await talk.say("你好")).json()["message_id"]
        passed = [
            (await rate(talk, answer, helpful=True)).status_code,
            (await link(talk, "POST")).status_code,
            (await link(talk, "GET")).status_code,
        ]
        refused = [await rate(talk, answer, helpful=True)] + [await link(talk, m) for m in ("POST", "GET", "DELETE")]
    await office.close()
    assert passed == [204, 201, 200]
    assert {r.status_code for r in refused} == {429}
    assert all(1 <= int(r.headers["retry-after"]) <= 60 for r in refused)


# --- erasure


async def test_an_erased_conversation_leaves_nothing_behind(
    talk: Talk, office: Office, desk: Helpdesk, settings: Settings
) -> None:
    """Messages, the ticket, links, the subscription, opinions, what waits to be sent: the words are in no file."""
    answer = (await talk.say(CANARY)).json()["message_id"]
    await talk.say("提醒")
    await talk.say("转人工")
    await joined(office, talk, "telegram", "42")
    (waiting,) = await desk.waiting()
    await desk.answer(waiting.ticket.id, CANARY, "王工")
    await rate(talk, answer, helpful=False, reason="other")
    await link(talk, "POST")
    holding = ("conversations", "messages", "tickets", "subscriptions", "link_codes", "feedback", "outbox")
    assert all(rows(settings, f"SELECT * FROM {table}") for table in holding)
    assert (await talk.erase()).status_code == 204
    assert {table: rows(settings, f"SELECT * FROM {table}") for table in holding} == {t: [] for t in holding}
    assert rows(settings, "SELECT * FROM contacts") == []
    assert rows(settings, "SELECT who, action, reason FROM audit")[-1] == ("@person", "erased", "web")
    for file in settings.data_dir.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file.name
            assert talk.id.encode() not in file.read_bytes(), file.name
