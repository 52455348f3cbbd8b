"""The application of WeCom: always encrypted, acknowledged at once, answered by messages of its own."""

import pytest
from wechatpy.work.crypto import WeChatCrypto as WeComCrypto  # type: ignore[import-untyped]

from bot.channels.platform import SendFailed, SendUnknown, TooFast, Unacceptable, Unreachable
from bot.channels.wechat.wecom import WeCom
from bot.messages import Kind, Sheet
from tests.bot.fakes import CITY
from tests.bot.wechat.conftest import House
from tests.bot.wechat.fake_wechat import AES_KEY, CORP_ID, CORP_TOKEN, START, FakePlatform
from tests.bot.wechat.phones import WeComPhone, fields_of

pytestmark = pytest.mark.asyncio


async def test_the_address_is_verified_with_the_decrypted_echo(member: WeComPhone) -> None:
    at = str(int(START.timestamp()))
    sealed = fields_of(WeComCrypto(CORP_TOKEN, AES_KEY, CORP_ID).encrypt_message("3471288461632", "n", at))
    query = {"msg_signature": sealed["MsgSignature"], "timestamp": at, "nonce": "n", "echostr": sealed["Encrypt"]}
    response = await member.client.get("/wecom/callback", params=query)
    assert (response.status_code, response.text) == (200, "3471288461632")
    assert response.elapsed.total_seconds() < 1


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"MsgType": "text", "Content": "我们能申请什么"}, Kind.TEXT, "我们能申请什么"),
        ({"MsgType": "voice", "MediaId": "m"}, Kind.VOICE, ""),
        ({"MsgType": "image", "MediaId": "m"}, Kind.PICTURE, ""),
        ({"MsgType": "video", "MediaId": "m"}, Kind.PICTURE, ""),
        ({"MsgType": "link", "Title": "公告"}, Kind.FILE, "公告"),
        ({"MsgType": "location", "Label": "南京市江北新区"}, Kind.LOCATION, "南京市江北新区"),
        ({"MsgType": "something new"}, Kind.OTHER, ""),
    ],
)
async def test_messages_are_kept_and_acknowledged_with_nothing(
    member: WeComPhone, house: House, fields: dict[str, str], kind: Kind, text: str
) -> None:
    response = await member.send(MsgId="123456", **fields)
    assert (response.status_code, response.content) == (200, b"")
    [delivery] = await house.inbox()
    assert (delivery.kind, delivery.text, delivery.address) == (kind, text, "u:zhangsan")
    assert delivery.delivery_id == delivery.identity == "m:123456"


@pytest.mark.parametrize(
    ("event", "key", "kind", "text"),
    [
        ("enter_agent", "", Kind.JOINED, ""),
        ("subscribe", "", Kind.JOINED, ""),
        ("unsubscribe", "", Kind.LEFT, ""),
        ("click", "我们能申请什么", Kind.TEXT, "我们能申请什么"),
    ],
)
async def test_events_are_delivered_as_what_they_mean(
    member: WeComPhone, house: House, event: str, key: str, kind: Kind, text: str
) -> None:
    await member.do(event, key)
    [delivery] = await house.inbox()
    assert (delivery.kind, delivery.text) == (kind, text)


async def test_events_that_say_nothing_are_acknowledged_and_forgotten(member: WeComPhone, house: House) -> None:
    for event in ("view", "LOCATION", "change_contact", "template_card_event"):
        assert (await member.do(event)).status_code == 200
    assert await house.inbox() == []


async def test_the_same_message_tried_again_is_one_delivery(member: WeComPhone, house: House) -> None:
    message = member.message(MsgType="text", Content="你好", MsgId="7")
    first = member.attempt(message)
    for attempt in (first, first, member.attempt(message)):
        assert (await member.post(attempt)).status_code == 200
    assert len(await house.inbox()) == 1


async def test_a_long_answer_is_sent_in_parts_so_that_nothing_is_cut_silently(
    wecom: WeCom, platform: FakePlatform
) -> None:
    lines = [f"第 {number} 项：给予一次性奖励 {number} 万元[{number % 9 + 1}]。" for number in range(150)]
    for parcel in wecom.render(Sheet(text="\n".join(lines)), "u:zhangsan"):
        assert await wecom.send(parcel)
    shown = platform.people["zhangsan"].shown
    assert len(shown) > 2 and not any(message.was_cut for message in shown)
    assert "\n".join(message.text for message in shown) == "\n".join(lines)


async def test_the_platform_that_pretends_does_cut_silently(wecom: WeCom, platform: FakePlatform) -> None:
    await wecom.send({"to": "u:zhangsan", "type": "text", "text": "长" * 700})
    [message] = platform.people["zhangsan"].shown
    assert message.was_cut and message.text == "长" * 682


async def test_options_are_numbers(wecom: WeCom, platform: FakePlatform) -> None:
    [parcel] = wecom.render(Sheet(text="好的。", message_id="0123456789", question=CITY), "u:zhangsan")
    assert "menu" not in parcel and wecom.plainer(parcel) is None
    await wecom.send(parcel)
    assert platform.shown("zhangsan") == ["好的。\n\n您在哪个市？\n1 南京\n2 盐城\n回复数字或直接说"]


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (81013, Unreachable),
        (60111, Unreachable),
        (45009, TooFast),
        (45033, TooFast),
        (44004, Unacceptable),
        (48002, SendFailed),
        (-1, SendFailed),
        ("cut", SendUnknown),
        ("done, then cut", SendUnknown),
    ],
)
async def test_what_goes_wrong_is_told_as_what_it_means(
    wecom: WeCom, platform: FakePlatform, fault: int | str, meaning: type[Exception]
) -> None:
    [parcel] = wecom.render(Sheet(text="好"), "u:zhangsan")
    platform.faults = [fault]
    with pytest.raises(meaning):
        await wecom.send(parcel)
    await wecom.send(parcel)


async def test_who_has_left_the_enterprise_cannot_be_reached(wecom: WeCom) -> None:
    [parcel] = wecom.render(Sheet(text="好"), "u:wangwu")
    with pytest.raises(Unreachable):
        await wecom.send(parcel)
