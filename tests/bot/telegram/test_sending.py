"""How a send ends, against a server that misbehaves in every way it can."""

import logging
import socket
from collections.abc import Mapping
from typing import Any

import pytest

from bot.channels.platform import Platform, SendFailed, SendUnknown, Standing, TooFast, Unacceptable, Unreachable
from bot.channels.telegram.calls import Calls
from bot.channels.telegram.platform import Telegram
from bot.messages import Sheet
from bot.store.database import Database
from tests.bot.fakes import CITY, NEEDS, NOW
from tests.bot.telegram.conftest import settings_for, telegram_for
from tests.bot.telegram.fake_api import (
    TOKEN,
    FakeBotApi,
    Misfortune,
    bad_request,
    conflict,
    cut,
    forbidden,
    hang,
    server_error,
    too_fast,
)

pytestmark = pytest.mark.asyncio

CHAT = 4242
MESSAGE: Mapping[str, Any] = {"method": "sendMessage", "chat_id": str(CHAT), "text": "答"}
EDIT: Mapping[str, Any] = {"method": "editMessageText", "chat_id": str(CHAT), "message_id": 1, "text": "新"}
ANSWER: Mapping[str, Any] = {"method": "answerCallbackQuery", "callback_query_id": "77"}


async def deliver(telegram: Telegram, sheet: Sheet) -> list[str]:
    return [await telegram.send(parcel) for parcel in telegram.render(sheet, str(CHAT))]


async def test_a_sheet_arrives_as_the_person_is_to_see_it(telegram: Telegram, api: FakeBotApi) -> None:
    [number] = await deliver(telegram, Sheet(text="**可以** <申请>[1]", message_id="0123456789", question=CITY))
    [shown] = api.chat(CHAT)
    assert number == str(shown.message_id)
    assert shown.text == "可以 <申请>[1]\n\n您在哪个市？"
    assert shown.bold == ("可以",)
    assert shown.keyboard[0] == [("南京", "o:01234567:nanjing"), ("盐城", "o:01234567:yancheng")]


async def test_a_tick_changes_the_boxes_where_they_stand(telegram: Telegram, api: FakeBotApi) -> None:
    [number] = await deliver(telegram, Sheet(text="有哪些？", message_id="01234567", question=NEEDS))
    api.tap(CHAT, "☐ 有进出口")
    query = str(api.unconfirmed[-1]["callback_query"]["id"])
    ticked = Sheet(
        text="", message_id="01234567", question=NEEDS, ticked=("foreign_trade",), replaces=number, receipt=query
    )
    assert await deliver(telegram, ticked) == ["", number]
    [shown] = api.chat(CHAT)
    assert shown.labels[0] == "☑ 有进出口"
    assert api.toasts == [(query, "")]
    assert await deliver(telegram, ticked) == ["", ""]  # sent again: both are done already


async def test_a_text_of_many_pages_arrives_whole_and_in_order(telegram: Telegram, api: FakeBotApi) -> None:
    text = "".join(f"第{n}条：奖励{n}万元[1]。" for n in range(1, 900))
    await deliver(telegram, Sheet(text=text, message_id="01234567", takes_feedback=True))
    shown = api.chat(CHAT)
    assert len(shown) > 2
    assert "".join(message.text for message in shown) == text
    assert [bool(message.keyboard) for message in shown] == [False] * (len(shown) - 1) + [True]


@pytest.mark.parametrize(
    ("parcel", "misfortune", "ending"),
    [
        (MESSAGE, bad_request("can't parse entities: unsupported start tag"), Unacceptable),
        (MESSAGE, bad_request("message is too long"), Unacceptable),
        (MESSAGE, bad_request("message to edit not found"), Unacceptable),
        (MESSAGE, bad_request("chat not found"), Unreachable),
        (MESSAGE, bad_request("not enough rights to send text messages to the chat"), Unreachable),
        (MESSAGE, forbidden(), Unreachable),
        (MESSAGE, forbidden("user is deactivated"), Unreachable),
        (MESSAGE, forbidden("bot was kicked from the supergroup chat"), Unreachable),
        (MESSAGE, Misfortune(401, "Unauthorized"), SendFailed),
        (MESSAGE, Misfortune(404, "Not Found"), SendFailed),
        (MESSAGE, Misfortune(413, "Request Entity Too Large"), Unacceptable),
        (MESSAGE, server_error(500), SendFailed),
        (MESSAGE, server_error(502), SendFailed),
        (MESSAGE, Misfortune(502, body="<html>Bad Gateway</html>"), SendFailed),
        (MESSAGE, server_error(504), SendUnknown),
        (MESSAGE, Misfortune(504, body="<html>Gateway Timeout</html>"), SendUnknown),
        (MESSAGE, bad_request(f"/bot{TOKEN}/sendMessage"), Unacceptable),
        (MESSAGE, cut(), SendUnknown),
        (MESSAGE, cut(arrives=False), SendUnknown),
        (EDIT, server_error(), SendFailed),
        (EDIT, cut(arrives=False), SendFailed),
        (EDIT, Misfortune(502, body="<html>Bad Gateway</html>"), SendFailed),
        (EDIT, bad_request("can't parse entities"), Unacceptable),
        (ANSWER, cut(arrives=False), SendFailed),
    ],
)
async def test_every_ending_has_its_name(
    telegram: Telegram,
    api: FakeBotApi,
    parcel: Mapping[str, Any],
    misfortune: Misfortune,
    ending: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.next(str(parcel["method"]), misfortune)
    with caplog.at_level(logging.DEBUG), pytest.raises(ending) as raised:
        await telegram.send(parcel)
    assert TOKEN not in f"{raised.value!r} {raised.value.__context__!r} {raised.value.__cause__!r} {caplog.text}"
    assert api.url not in str(raised.value)


async def test_not_even_a_server_that_sends_us_in_circles_makes_us_tell_the_token(
    telegram: Telegram, api: FakeBotApi
) -> None:
    circle = Misfortune(307, body="", location=f"/bot{TOKEN}/sendMessage")
    api.next("sendMessage", *[circle] * 20)
    with pytest.raises(SendUnknown) as raised:
        await telegram.send(MESSAGE)
    assert "TooManyRedirects" in str(raised.value)
    assert TOKEN not in str(raised.value) and api.url not in str(raised.value)


async def test_patience_is_told_in_seconds(telegram: Telegram, api: FakeBotApi) -> None:
    api.next("sendMessage", too_fast(7), Misfortune(429, "Too Many Requests: retry after"))
    with pytest.raises(TooFast) as raised:
        await telegram.send(MESSAGE)
    assert (raised.value.seconds, raised.value.everyone) == (7, False)
    with pytest.raises(TooFast):
        await telegram.send(MESSAGE)


@pytest.mark.parametrize(
    ("parcel", "words"),
    [
        (EDIT, "message is not modified: specified new message content is the same"),
        (EDIT, "message to edit not found"),
        (ANSWER, "query is too old and response timeout expired or query ID is invalid"),
    ],
)
async def test_what_is_done_already_is_done(
    telegram: Telegram, api: FakeBotApi, parcel: Mapping[str, Any], words: str
) -> None:
    api.next(str(parcel["method"]), bad_request(words))
    assert await telegram.send(parcel) == ""


async def test_a_server_that_is_not_there_has_got_nothing(database: Database) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        telegram = telegram_for(settings_for(f"http://127.0.0.1:{unheard.getsockname()[1]}"), database)
        with pytest.raises(SendFailed) as raised:
            await telegram.send(MESSAGE)
        await telegram.close()
    assert TOKEN not in repr(raised.value)


async def test_an_answer_that_never_comes_leaves_us_in_doubt(api: FakeBotApi) -> None:
    calls = Calls(TOKEN, api.url)
    api.next("sendMessage", hang())
    with pytest.raises(SendUnknown):
        await calls.call("sendMessage", {"chat_id": CHAT, "text": "答"}, seconds=0.2)
    api.next("editMessageText", hang(arrives=False))
    with pytest.raises(SendFailed):
        await calls.call("editMessageText", {"chat_id": CHAT, "message_id": 1, "text": "新"}, seconds=0.2)
    await calls.close()
    assert len(api.chat(CHAT)) == 1


async def test_a_token_that_is_not_taken_is_told_once(
    telegram: Telegram, api: FakeBotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.next("sendMessage", *[Misfortune(401, "Unauthorized")] * 3)
    for _ in range(3):
        with pytest.raises(SendFailed):
            await telegram.send(MESSAGE)
    assert [record.message for record in caplog.records] == ["telegram does not take the token"]


async def test_a_group_that_has_moved_is_followed(telegram: Telegram, api: FakeBotApi) -> None:
    moved = Misfortune(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1001234}
    )
    api.next("sendMessage", moved)
    await telegram.send({"method": "sendMessage", "chat_id": "-77", "text": "答"})
    assert [shown.text for shown in api.chat(-1001234)] == ["答"]


async def test_a_message_that_was_sent_is_sent_even_if_the_answer_is_not_understood(
    telegram: Telegram, api: FakeBotApi
) -> None:
    api.next("sendMessage", Misfortune(200, body='{"ok": true, "result": {"message_id": 31, "new": "shape"}}'))
    assert await telegram.send(MESSAGE) == "31"


async def test_a_parcel_that_is_no_call_is_not_acceptable(telegram: Telegram) -> None:
    for parcel in ({"method": "sendEverything"}, {"method": "sendMessage", "text": 1}):
        with pytest.raises(Unacceptable):
            await telegram.send(parcel)


async def test_a_conflict_is_no_end(telegram: Telegram, api: FakeBotApi) -> None:
    api.next("sendMessage", conflict())
    with pytest.raises(SendFailed):
        await telegram.send(MESSAGE)


async def test_telegram_always_lets_us_write(telegram: Telegram) -> None:
    platform: Platform = telegram
    assert platform.may_send(Standing(NOW, 1000), NOW)
    assert (platform.pace.per_second, platform.pace.between, platform.passive_seconds) == (30, 1, 0)


# --- a sign of life


async def test_a_person_sees_that_we_are_at_it(telegram: Telegram, api: FakeBotApi) -> None:
    await telegram.show_progress(str(CHAT), "")
    assert api.drafts == [(str(CHAT), "正在核对…")]
    assert not api.calls("sendChatAction")
    await telegram.show_progress(str(CHAT), "**可以申请**：<算力券>[1]")
    assert api.drafts[-1] == (str(CHAT), "可以申请：<算力券>")


async def test_in_a_group_and_at_an_old_server_we_are_typing(telegram: Telegram, api: FakeBotApi) -> None:
    await telegram.show_progress("-1001", "")
    assert not api.calls("sendMessageDraft")
    api.next("sendMessageDraft", Misfortune(404, "Not Found: method not found"))
    await telegram.show_progress(str(CHAT), "")
    await telegram.show_progress(str(CHAT), "")
    assert len(api.calls("sendMessageDraft")) == 1
    assert len(api.calls("sendChatAction")) == 3


async def test_without_drafts_an_answer_grows_in_a_message_that_is_taken_back_before_it_comes(
    telegram: Telegram, api: FakeBotApi
) -> None:
    group = "-1001"
    await telegram.show_progress(group, "**可以申请**[1]")
    await telegram.show_progress(group, "**可以申请**[1]\n找市工信局[2]")
    assert [m.text for m in api.chat(group)] == ["可以申请\n找市工信局"]
    await telegram.send({**MESSAGE, "chat_id": group})
    assert [m.text for m in api.chat(group)] == [MESSAGE["text"]]


async def test_what_cannot_be_taken_back_holds_up_nothing(telegram: Telegram, api: FakeBotApi) -> None:
    group = "-1001"
    await telegram.show_progress(group, "可以申请")
    api.next("deleteMessage", Misfortune(400, "Bad Request: message can't be deleted"))
    await telegram.send({**MESSAGE, "chat_id": group})
    assert api.chat(group)[-1].text == MESSAGE["text"]


async def test_a_draft_that_is_refused_once_is_tried_again_the_next_time(telegram: Telegram, api: FakeBotApi) -> None:
    api.next("sendMessageDraft", too_fast(3))
    await telegram.show_progress(str(CHAT), "")
    await telegram.show_progress(str(CHAT), "")
    assert len(api.drafts) == 1


async def test_a_sign_of_life_never_fails(telegram: Telegram, api: FakeBotApi) -> None:
    api.next("sendMessageDraft", cut(arrives=False))
    api.next("sendChatAction", forbidden())
    await telegram.show_progress(str(CHAT), "")
    await api.stop()
    await telegram.show_progress(str(CHAT), "")
