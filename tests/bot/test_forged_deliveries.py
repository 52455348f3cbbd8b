"""The whole application before forged deliveries: where they say that they come from changes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.store.tables import contacts, inbox
from tests.bot.alike import CHAT, OnWeChat, OnWeCom
from tests.bot.fakes import FakeAssistant, start_talk
from tests.bot.rows import rows_of
from tests.bot.telegram.updates import message_update
from tests.bot.town import WEBHOOK_SECRET, Town, town
from tests.bot.wechat.phones import Attempt

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Networks of Telegram and WeChat, and this machine: what a proxy would write for a genuine delivery.
CLAIMS = [
    {},
    {"X-Forwarded-For": "149.154.167.220"},
    {"X-Forwarded-For": "101.226.103.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "api.weixin.qq.com"},
    {"X-Real-IP": "127.0.0.1", "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Port": "443"},
    {"Forwarded": "for=127.0.0.1;proto=https", "X-Client-IP": "127.0.0.1"},
]
UPDATE = {"update_id": 9, **message_update(CHAT, 9, text="伪造")}


@pytest_asyncio.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path, FakeAssistant(), HUIQI_RATE_PER_ADDRESS=3) as place:
        yield place


async def post(place: Town, path: str, attempt: Attempt, headers: dict[str, str]) -> httpx.Response:
    return await place.client.post(httpx.URL(path, params=attempt.query), content=attempt.body, headers=headers)


@pytest.mark.parametrize("claim", CLAIMS)
async def test_a_forged_delivery_is_turned_away_wherever_it_says_it_comes_from(
    claim: dict[str, str], place: Town
) -> None:
    account, member = OnWeChat(place).phone, OnWeCom(place).phone
    genuine = account.attempt(account.message(MsgType="text", Content="伪造", MsgId="1"))
    sealed = member.attempt(member.message(MsgType="text", Content="伪造", MsgId="2"))
    wrong = {"signature": "0" * 40, "msg_signature": "0" * 40}
    answers = [
        await place.client.post("/telegram/webhook", json=UPDATE, headers=claim),
        await place.client.post("/telegram/webhook", json=UPDATE, headers={**claim, SECRET_HEADER: ""}),
        await place.client.post(
            "/telegram/webhook", json=UPDATE, headers={**claim, SECRET_HEADER: WEBHOOK_SECRET[:-1]}
        ),
        await post(place, "/wechat/callback", Attempt(genuine.query | wrong, genuine.body), claim),
        await post(place, "/wechat/callback", Attempt({}, genuine.body), claim),
        await post(place, "/wecom/callback", Attempt(sealed.query | wrong, sealed.body), claim),
        await post(place, "/wecom/callback", Attempt(genuine.query, genuine.body), claim),
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 403, 403, 403, 403]
    assert not any("伪造" in answer.text or "Traceback" in answer.text for answer in answers)
    place.clock.go_on(seconds=301)
    assert (await post(place, "/wechat/callback", genuine, claim)).status_code == 403, "too old"
    assert await rows_of(place.office, inbox) == [] and await rows_of(place.office, contacts) == []


async def test_a_genuine_delivery_is_taken_wherever_it_says_it_comes_from(place: Town) -> None:
    for number, claim in enumerate(CLAIMS, start=1):
        update = {**UPDATE, "update_id": number, "message": {**UPDATE["message"], "message_id": number}}
        headers = {**claim, SECRET_HEADER: WEBHOOK_SECRET}
        assert (await place.client.post("/telegram/webhook", json=update, headers=headers)).status_code == 200
    await place.settle()
    assert len(await rows_of(place.office, inbox)) == len(CLAIMS)


async def test_nobody_gets_more_by_saying_that_they_are_many(place: Town) -> None:
    talk = await start_talk(place.client)
    statuses = []
    for number in range(6):
        talk.headers["X-Forwarded-For"] = f"10.0.0.{number}"
        statuses.append((await talk.say(f"第{number}句")).status_code)
    assert statuses[:3] == [200] * 3 and set(statuses[3:]) == {429}
