"""The official account: what is delivered, and what is answered at once."""

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.channels.wechat.official import RIGHT_NOTE, OfficialAccount
from bot.messages import Action, Delivery, Kind, Sheet, Tap
from bot.post.mailroom import Mailroom
from bot.settings import Settings
from bot.store.inbox import StoredDelivery
from tests.bot.wechat.conftest import House, served, settings_for
from tests.bot.wechat.fake_wechat import APP_TOKEN, START, TROUBLE, Clock, FakePlatform
from tests.bot.wechat.phones import WeChatPhone, sign

pytestmark = pytest.mark.asyncio

ID = "0123456789abcdef"


def echo(delivery: Delivery) -> list[Sheet]:
    return [Sheet(text=f"**听到**：{delivery.text}")]


async def only(house: House) -> Delivery:
    [delivery] = await house.inbox()
    return delivery


async def test_the_address_is_verified_with_the_echo(phone: WeChatPhone) -> None:
    at = str(int(START.timestamp()))
    query = {"signature": sign(APP_TOKEN, at, "n"), "timestamp": at, "nonce": "n", "echostr": "5837397520665436492"}
    response = await phone.client.get("/wechat/callback", params=query)
    assert (response.status_code, response.text) == (200, "5837397520665436492")
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("mode", ["plain", "compatible", "secure"])
async def test_an_answer_in_time_is_the_response_itself(
    mode: str, platform: FakePlatform, house: House, tmp_path: Path
) -> None:
    settings = settings_for(platform.url, tmp_path, **({"aes_key": None} if mode == "plain" else {}))
    account = OfficialAccount(settings, house.mailroom, house.notes, house.database, house.clock)
    async with served(account) as client, house.answering(echo):
        phone = WeChatPhone(client, house.clock, mode=mode)
        assert await phone.say("你好 ]]> <b>&amp;") == "听到：你好 ]]> <b>&amp;"
        assert phone.seen == ["听到：你好 ]]> <b>&amp;"]


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"MsgType": "text", "Content": "我们能申请什么"}, Kind.TEXT, "我们能申请什么"),
        ({"MsgType": "voice", "MediaId": "m", "Recognition": "我们在南京"}, Kind.VOICE, "我们在南京"),
        ({"MsgType": "voice", "MediaId": "m"}, Kind.VOICE, ""),
        ({"MsgType": "image", "PicUrl": "u", "MediaId": "m"}, Kind.PICTURE, ""),
        ({"MsgType": "video", "MediaId": "m"}, Kind.PICTURE, ""),
        ({"MsgType": "shortvideo", "MediaId": "m"}, Kind.PICTURE, ""),
        ({"MsgType": "file", "Title": "公告.pdf"}, Kind.FILE, "公告.pdf"),
        ({"MsgType": "link", "Title": "公告", "Url": "u"}, Kind.FILE, "公告"),
        ({"MsgType": "location", "Location_X": "32.0", "Label": "南京市江北新区"}, Kind.LOCATION, "南京市江北新区"),
        ({"MsgType": "something new"}, Kind.OTHER, ""),
    ],
)
async def test_messages_are_delivered_as_what_they_are(
    phone: WeChatPhone, house: House, account: OfficialAccount, fields: dict[str, str], kind: Kind, text: str
) -> None:
    account.response_seconds = 0.0
    await phone.send(MsgId="1234567890123456", **fields)
    delivery = await only(house)
    assert (delivery.kind, delivery.text, delivery.address) == (kind, text, phone.openid)
    assert delivery.delivery_id == delivery.identity == "m:1234567890123456"
    assert delivery.place == f"{int(START.timestamp()):012d}.00001234567890123456"
    assert delivery.sent_at == START


@pytest.mark.parametrize(
    ("event", "key", "kind", "text"),
    [
        ("subscribe", "", Kind.JOINED, ""),
        ("subscribe", "qrscene_nanjing", Kind.JOINED, "nanjing"),
        ("SCAN", "nanjing", Kind.JOINED, "nanjing"),
        ("unsubscribe", "", Kind.LEFT, ""),
        ("CLICK", "我们能申请什么", Kind.TEXT, "我们能申请什么"),
    ],
)
async def test_events_are_delivered_as_what_they_mean(
    phone: WeChatPhone, house: House, account: OfficialAccount, event: str, key: str, kind: Kind, text: str
) -> None:
    account.response_seconds = 0.0
    await phone.do(event, key)
    delivery = await only(house)
    assert (delivery.kind, delivery.text) == (kind, text)
    assert delivery.delivery_id.startswith(f"e:{phone.openid}:{int(START.timestamp())}:{event.lower()}")


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "scancode_push", "something new"])
async def test_events_that_say_nothing_are_acknowledged_and_forgotten(
    phone: WeChatPhone, house: House, event: str
) -> None:
    assert await phone.do(event, "https://example.org") == ""
    assert phone.statuses == [200] and await house.inbox() == []


async def test_who_leaves_is_not_waited_for(phone: WeChatPhone, house: House, account: OfficialAccount) -> None:
    account.response_seconds = 60.0
    assert await asyncio.wait_for(phone.do("unsubscribe"), 5) == ""
    assert (await only(house)).kind is Kind.LEFT


async def test_a_tap_on_a_menu_comes_back_as_what_it_does(
    phone: WeChatPhone, house: House, account: OfficialAccount
) -> None:
    account.response_seconds = 0.0
    await phone.tap("o:01234567:nanjing", "1 南京")
    await phone.tap("101", "满意")
    tapped, said = await house.inbox()
    assert (tapped.kind, tapped.tap) == (Kind.TAP, Tap(action=Action.CHOOSE, about="01234567", value="nanjing"))
    assert (said.kind, said.tap, said.text) == (Kind.TEXT, None, "满意")


async def test_the_same_message_tried_again_is_one_delivery_and_one_answer(phone: WeChatPhone, house: House) -> None:
    message = phone.message(MsgType="text", Content="你好", MsgId="77")
    first = phone.attempt(message)
    async with house.answering(echo):
        answers = [await phone.post(attempt) for attempt in (first, first, phone.attempt(message))]
    assert [answer and phone.read(answer.content) for answer in answers] == ["听到：你好"] * 3
    assert await house.mailroom.inbox.count_waiting() == 0


async def test_tries_that_overlap_get_the_same_answer_when_it_is_there(
    phone: WeChatPhone, house: House, account: OfficialAccount
) -> None:
    account.response_seconds = 5.0
    message = phone.message(MsgType="text", Content="你好", MsgId="77")
    tries = []
    for _ in range(3):
        tries.append(asyncio.create_task(phone.post(phone.attempt(message))))
        await asyncio.sleep(0.05)
    await house.answer(echo)
    answers = [await attempt for attempt in tries]
    assert [answer and phone.read(answer.content) for answer in answers] == ["听到：你好"] * 3


async def test_a_message_tried_again_hours_later_is_still_the_same(
    phone: WeChatPhone, house: House, account: OfficialAccount, clock: Clock
) -> None:
    message = phone.message(MsgType="text", Content="你好", MsgId="77")
    account.response_seconds = 0.1
    assert await phone.deliver(message) == ""
    await house.answer(lambda _: [])
    clock.go_on(hours=25)
    phone.statuses.clear()
    account.response_seconds = 60.0
    await phone.post(phone.attempt(message))
    assert phone.statuses == [200] and await house.mailroom.inbox.count_waiting() == 0


async def test_while_an_answer_is_slow_the_platform_gets_its_acknowledgement(
    phone: WeChatPhone, house: House, account: OfficialAccount
) -> None:
    account.response_seconds = 0.2
    assert await phone.say("你好") == ""
    assert phone.statuses == [200] and phone.seen == []
    assert await house.mailroom.inbox.count_waiting() == 1


async def test_a_slow_answer_is_waited_for_as_long_as_wechat_waits_only_where_it_cannot_be_sent_later(
    settings: Settings, house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def wait(_: Mailroom, __: StoredDelivery, seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(Mailroom, "wait_for_answer", wait)
    account = OfficialAccount(settings, house.mailroom, house.notes, house.database, clock)
    async with served(account) as client:
        phone = WeChatPhone(client, clock)
        await phone.say("甲")
        await account._fall_mute()
        await phone.say("乙")
        assert account.passive_seconds == waited[-1]
        clock.go_on(hours=25)
        await phone.say("丙")
    assert waited == [1.5, 4.5, 1.5] and waited[0] < 2 < waited[1] < 5


async def test_who_cannot_be_written_to_later_is_told_how_to_ask_again(
    phone: WeChatPhone, house: House, account: OfficialAccount
) -> None:
    account.response_seconds = 0.2
    await house.notes.write(RIGHT_NOTE, "no")
    assert await phone.say("你好") == "正在核对，稍后回复“1”查看结果"


async def test_only_the_first_part_of_a_long_answer_is_the_response(
    phone: WeChatPhone, house: House, account: OfficialAccount
) -> None:
    sheet = Sheet(text="融资支持措施。\n" * 200)
    async with house.answering(lambda _: [sheet]):
        shown = await phone.say("全部")
    parcels = account.render(sheet, phone.openid)
    assert len(parcels) == 3 and shown == parcels[0]["text"]
    [(id, _, _)] = await house.mailroom.outbox.due([account.name], house.clock(), 10)
    stored = await house.mailroom.outbox.claim(id, house.clock())
    assert stored is not None and (stored.parts, stored.passive) == (1, True)


async def test_when_nothing_can_be_kept_the_platform_tries_again(phone: WeChatPhone, house: House) -> None:
    await house.database.close()
    async with house.database.write() as connection:
        await connection.exec_driver_sql("DROP TABLE inbox")
    assert await phone.say("你好") == TROUBLE
    assert phone.statuses == [503, 503, 503]


async def test_the_platform_tries_again_while_we_are_away() -> None:
    def away(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there")

    async with httpx.AsyncClient(transport=httpx.MockTransport(away), base_url="http://huiqi.test") as client:
        phone = WeChatPhone(client, Clock(), patience=0.1)
        assert await phone.say("你好") == TROUBLE
