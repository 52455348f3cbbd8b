"""An answer that takes longer than WeChat waits: acknowledged in time, given later, never taken for something else."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.layout import say
from bot.channels.wechat.official import OfficialAccount
from chains.assistant import Turn
from chains.conversation import Conversation
from tests.bot.alike import OnWeChat, told_in
from tests.bot.fakes import FakeAssistant
from tests.bot.town import town
from tests.bot.wechat.fake_wechat import TROUBLE

_LOOK = 0.02


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds of WeChat are tenths of ours."""
    for limit in ("response_seconds", "last_response_seconds"):
        monkeypatch.setattr(OfficialAccount, limit, 0.6)
    monkeypatch.setattr("bot.post.dispatch.PASSIVE_GRACE_SECONDS", 0.1)
    monkeypatch.setattr("bot.post.lanes.SETTLE_SECONDS", 0.02)


async def city_of(person: OnWeChat) -> object:
    told = await told_in(person.town.office, await person.conversation_id())
    return dict(told[-1].profile).get("city")


async def test_a_slow_answer_is_acknowledged_in_time_and_comes_by_a_message(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    async with town(tmp_path, assistant) as place:
        person = OnWeChat(place)
        assert await person.phone.say("慢慢来") == ""
        assistant.gate.set()
        await place.settle()
        [shown] = place.wechat.shown(person.address)
        assert "“慢慢来”" in shown and TROUBLE not in person.phone.seen
        assert "第2次回答" in await person.phone.say("1")
        assert await city_of(person) == "nanjing"


async def test_without_the_right_to_write_a_slow_answer_is_kept_for_the_next_message(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    async with town(tmp_path, assistant) as place:
        place.wechat.has_right = False
        person = OnWeChat(place)
        assert "您在哪个市？" in await person.phone.say("你好")
        assert await person.phone.say("慢慢来") == ""  # nobody knows yet that the right is lacking
        assistant.gate.set()
        await place.settle()
        assert "“慢慢来”" in await person.phone.say("1")
        assert await city_of(person) is None, "1 was not an option of the question"
        assert "第3次回答" in await person.phone.say("1")
        assert await city_of(person) == "nanjing"
        assert place.wechat.shown(person.address) == []


class Longwinded(FakeAssistant):
    """Answers 长… in as many lines as are asked for."""

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        turn = await super().answer(conversation, text, choices, **more)
        if not text.startswith("长"):
            return turn
        lines = "\n".join(f"第{number:03d}行：给予一次性奖励。" for number in range(int(text[1:])))
        return replace(turn, reply=turn.reply.model_copy(update={"text": lines}))


async def test_what_goes_beyond_five_messages_is_fetched_by_a_number_and_that_is_said(tmp_path: Path) -> None:
    assistant = Longwinded()
    assistant.gate.set()
    async with town(tmp_path, assistant) as place:
        person = OnWeChat(place)
        seen = [await person.phone.say("长600")]
        await place.settle()
        seen += place.wechat.shown(person.address)
        assert len(seen) == 6
        assert [piece.endswith(say("more")) for piece in seen] == [False] * 5 + [True]
        seen.append(await person.phone.say("1"))
        await place.settle()
        seen += place.wechat.shown(person.address)[5:]
        said = "".join(seen)
        assert [said.count(f"第{number:03d}行") for number in range(600)] == [1] * 600


async def test_without_the_right_to_write_a_long_answer_is_fetched_piece_by_piece(tmp_path: Path) -> None:
    assistant = Longwinded()
    assistant.gate.set()
    async with town(tmp_path, assistant) as place:
        place.wechat.has_right = False
        person = OnWeChat(place)
        pieces = [await person.phone.say("长150")]
        await place.settle()  # here it turns out that the right is lacking
        while "1 南京" not in pieces[-1] and len(pieces) < 9:
            pieces.append(await person.phone.say("1"))
            await place.settle()
        said = "".join(pieces)
        assert [said.count(f"第{number:03d}行") for number in range(150)] == [1] * 150
        assert all(piece.endswith(say("more")) for piece in pieces[1:-1]) and len(pieces) > 2
        assert await city_of(person) is None
        assert "第2次回答" in await person.phone.say("1")
        assert await city_of(person) == "nanjing"


async def test_the_number_that_fetches_a_kept_answer_may_come_before_the_answer_is_made(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    async with town(tmp_path, assistant) as place:
        place.wechat.has_right = False
        person = OnWeChat(place)
        await person.phone.say("你好")
        for once_more in ("慢慢来", "慢一点"):
            assistant.gate.clear()
            told = await person.phone.say(once_more)
            if once_more == "慢慢来":
                assert told == ""
                assistant.gate.set()
                await place.settle()
                assert "“慢慢来”" in await person.phone.say("1")
        assert told == say("checking")
        fetching = asyncio.create_task(person.phone.say("1"))
        await asyncio.sleep(_LOOK)
        assistant.gate.set()
        assert "“慢一点”" in await fetching
        assert await city_of(person) is None
        await place.settle()
        assert place.wechat.shown(person.address) == []
