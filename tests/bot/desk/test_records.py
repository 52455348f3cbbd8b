"""What is kept of a person: shared between channels after a yes, erased after two."""

import asyncio
import re

import pytest

from bot.messages import Action
from bot.office import Office
from bot.store.tables import (
    audit,
    contacts,
    conversations,
    feedback,
    inbox,
    link_codes,
    messages,
    outbox,
    subscriptions,
    tickets,
)
from tests.bot.fake_platform import Phone, platform_of
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio
CANARY = "金丝雀企业"


# --- one enterprise, several channels


async def code_from(phone: Phone) -> str:
    text = (await phone.say("绑定")).text
    return text.split("**")[1]


async def test_another_channel_joins_after_a_yes_and_shares_the_profile(phone: Phone, other: Phone) -> None:
    await phone.say("我们在南京，省级专精特新，民营")
    asked = await other.say(f"绑定 {(await code_from(phone)).lower()}")
    assert "南京" in asked.text and [b.action for b in asked.buttons] == [Action.CONFIRM, Action.DISMISS]
    assert "绑定好了" in (await other.say("1")).text
    assert "微信公众号" in phone.shown[-1].text
    assert "省级专精特新" in (await other.say("我的资料")).text
    await other.say("更正：我们在镇江")
    assert "镇江" in (await phone.say("我的资料")).text


async def test_what_was_held_before_a_link_is_erased_with_a_receipt(phone: Phone, other: Phone, office: Office) -> None:
    await phone.say("我们在南京")
    await other.say("我们在盐城")
    await other.say(f"绑定 {await code_from(phone)}")
    assert await rows_of(office, audit) == []
    await other.say("确认")
    [row] = await rows_of(office, audit)
    assert (row.who, row.action, row.reason) == ("@person", "erased", other.platform.name)
    assert row.object.startswith("erasure:")
    assert len(await rows_of(office, conversations)) == 1


async def test_a_code_is_for_once(phone: Phone, other: Phone, office: Office) -> None:
    await phone.say("我们在南京")
    code = await code_from(phone)
    await other.say(f"绑定 {code}")
    await other.say("确认")
    third = Phone(platform_of(office, "wecom"), "eve")
    assert "不对或已经过期" in (await third.say(f"绑定 {code}")).text
    assert await rows_of(office, link_codes) == []


async def test_codes_are_not_guessed(other: Phone) -> None:
    answers = [(await other.say(f"绑定 ABCDE{n}")).text for n in range(2, 9)]
    assert "一小时后" in answers[-1]
    assert all("不对或已经过期" in answer for answer in answers[:5])


@pytest.mark.parametrize("before", ["", "/start ", "/link "])
async def test_a_code_may_come_by_itself_or_with_a_command(before: str, phone: Phone, other: Phone) -> None:
    await phone.say("我们在南京")
    asked = await other.say(before + await code_from(phone))
    assert "确认绑定吗" in asked.text
    assert "绑定好了" in (await other.say("1")).text


async def test_words_that_look_like_a_code_are_heard_as_words(other: Phone) -> None:
    texts = [(await other.say(words)).text for words in ["shebei"] * 7]
    assert not any("绑定" in text for text in texts)


async def test_codes_are_not_guessed_without_their_word_either(phone: Phone, other: Phone) -> None:
    await phone.say("我们在南京")
    for number in range(2, 7):
        await other.say(f"ABCDE{number}")
    assert "绑定" not in (await other.say(await code_from(phone))).text


async def test_a_link_is_cut_from_either_side(phone: Phone, other: Phone, office: Office) -> None:
    await phone.say("我们在南京")
    for cutting, kept in ((other, phone), (phone, phone)):
        await other.say(f"绑定 {await code_from(phone)}")
        await other.say("确认")
        assert "断开" in (await cutting.say("解除绑定")).text
        assert "南京" in (await kept.say("我的资料")).text
        assert "还没有记下" in (await other.say("我的资料")).text


async def test_who_declines_stays_where_they_were(phone: Phone, other: Phone) -> None:
    await phone.say("我们在南京")
    await other.say("我们在盐城")
    await other.say(f"绑定 {await code_from(phone)}")
    assert "没有绑定" in (await other.say("不绑定")).text
    assert "盐城" in (await other.say("我的资料")).text


# --- erasure


async def test_erasing_is_asked_twice_and_leaves_nothing(office: Office, phone: Phone, other: Phone) -> None:
    await phone.say(f"我们是{CANARY}，在南京，省级专精特新")
    await phone.say("有新政策提醒我")
    await phone.say("转人工")
    await other.say(f"绑定 {await code_from(phone)}")
    await other.say("确认")
    asked = await other.say("删除我的资料")
    assert "其他渠道也一并删除" in asked.text
    assert "什么都没有删" in (await other.say("不删")).text
    await other.say("删除我的资料")
    receipt = re.search(r"已经全部删除（回执 ([0-9A-F]{8})）", (await other.say("确认删除")).text)
    assert receipt is not None
    [entry] = await rows_of(office, audit)
    assert (entry.who, entry.action, entry.object) == ("@person", "erased", f"erasure:{receipt[1]}")
    for table in (conversations, messages, tickets, subscriptions, link_codes, feedback, outbox):
        assert await rows_of(office, table) == [], table.name
    assert all(not row.payload and not row.address for row in await rows_of(office, inbox) if row.channel == "wechat")
    assert await rows_of(office, contacts) == []
    folder = office.settings.data_dir
    async with asyncio.timeout(60):  # the traces are wiped right after the answer has been kept
        while any(CANARY.encode() in file.read_bytes() for file in folder.glob("huiqi.db*")):
            await asyncio.sleep(0.02)


async def test_a_yes_to_nothing_erases_nothing(office: Office, phone: Phone) -> None:
    await phone.say("我们在南京")
    [hint] = await phone.tap(Action.CONFIRM, "erase")
    assert "已经过去" in hint.text
    assert len(await rows_of(office, conversations)) == 1
