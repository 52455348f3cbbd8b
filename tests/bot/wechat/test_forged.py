"""Callbacks that no platform has sent: each is turned away, none leaves a trace in the inbox."""

import base64
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import func, select

from bot.channels.wechat.crypto import MessageCipher
from bot.channels.wechat.envelope import MAX_BODY_BYTES
from bot.channels.wechat.official import OfficialAccount
from bot.channels.wechat.wecom import WeCom
from bot.store.tables import inbox
from tests.bot.wechat.conftest import House, served, settings_for
from tests.bot.wechat.fake_wechat import AES_KEY, APP_ID, APP_TOKEN, CORP_ID, CORP_TOKEN, START, FakePlatform
from tests.bot.wechat.phones import Attempt, WeChatPhone, WeComPhone, sign, xml_of
from tests.bot.wechat.test_crypto import packed, padded, sealed

pytestmark = pytest.mark.asyncio

BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
NOW = str(int(START.timestamp()))


@dataclass
class Street:
    """Everything that an attacker may have: the addresses, and one genuine delivery of each platform."""

    client: httpx.AsyncClient
    plain: httpx.AsyncClient
    phone: WeChatPhone
    plain_phone: WeChatPhone
    member: WeComPhone
    genuine: Attempt
    genuine_plain: Attempt
    genuine_wecom: Attempt

    async def post(self, attempt: Attempt, path: str = "/wechat/callback", **headers: str) -> httpx.Response:
        return await self.client.post(httpx.URL(path, params=attempt.query), content=attempt.body, headers=headers)

    async def post_plain(self, attempt: Attempt) -> httpx.Response:
        return await self.plain.post(httpx.URL("/wechat/callback", params=attempt.query), content=attempt.body)

    async def post_wecom(self, attempt: Attempt) -> httpx.Response:
        return await self.post(attempt, "/wecom/callback")


@pytest_asyncio.fixture
async def street(
    house: House, account: OfficialAccount, wecom: WeCom, platform: FakePlatform, tmp_path: Path
) -> AsyncIterator[Street]:
    """The account with a key, the account without one, and WeCom. What the attacker has overheard came in before."""
    account.response_seconds = 0.0
    settings = settings_for(platform.url, tmp_path, aes_key=None)
    open_account = OfficialAccount(settings, house.mailroom, house.notes, house.database, house.clock)
    open_account.response_seconds = 0.0
    async with served(account, wecom) as client, served(open_account) as plain:
        phone = WeChatPhone(client, house.clock)
        plain_phone = WeChatPhone(plain, house.clock, mode="plain")
        member = WeComPhone(client, house.clock)
        genuine = phone.attempt(phone.message(MsgType="text", Content="你好", MsgId="1"))
        genuine_plain = plain_phone.attempt(plain_phone.message(MsgType="text", Content="你好", MsgId="2"))
        genuine_wecom = member.attempt(member.message(MsgType="text", Content="你好", MsgId="3"))
        street = Street(client, plain, phone, plain_phone, member, genuine, genuine_plain, genuine_wecom)
        assert (await street.post(genuine)).status_code == 200
        assert (await street.post_plain(genuine_plain)).status_code == 200
        assert (await street.post_wecom(genuine_wecom)).status_code == 200
        yield street


def text(words: str = "转账", number: str = "666") -> str:
    return xml_of(
        ToUserName="gh", FromUserName="oLi-1", CreateTime=int(NOW), MsgType="text", Content=words, MsgId=number
    )


def signed(token: str, body: str, *, at: str = NOW, nonce: str = "n1", encrypt: str = "") -> Attempt:
    """As somebody would who knows the token: what is wrong then is something else."""
    query = {"timestamp": at, "nonce": nonce, "signature": sign(token, at, nonce)}
    if encrypt:
        query["msg_signature"] = sign(token, at, nonce, encrypt)
    return Attempt(query, body.encode())


def secure(ciphertext: str, token: str = APP_TOKEN, **more: str) -> Attempt:
    return signed(token, xml_of(ToUserName="gh", Encrypt=ciphertext), encrypt=ciphertext, **more)


def changed(attempt: Attempt, **query: str) -> Attempt:
    return replace(attempt, query=attempt.query | query)


def without(attempt: Attempt, name: str) -> Attempt:
    return replace(attempt, query={k: v for k, v in attempt.query.items() if k != name})


def flipped(ciphertext: str) -> str:
    raw = bytearray(base64.b64decode(ciphertext))
    raw[-1] ^= 1
    return base64.b64encode(bytes(raw)).decode()


def old(seconds: int) -> str:
    return str(int((START - timedelta(seconds=seconds)).timestamp()))


def inside(xml: str) -> Attempt:
    """Sealed and signed for the official account as it should be; what is wrong stands inside."""
    return secure(MessageCipher(AES_KEY, APP_ID).seal(xml))


def for_wecom(xml: str, token: str = CORP_TOKEN, **more: str) -> Attempt:
    return secure(MessageCipher(AES_KEY, CORP_ID).seal(xml), token, **more)


GOOD = MessageCipher(AES_KEY, APP_ID).seal(text())

PLAIN = sign(APP_TOKEN, NOW, "n1")
OURSELVES = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}
PLATFORM = {"X-Forwarded-For": "101.226.103.1"}

FORGED: dict[str, tuple[int, Callable[[Street], object]]] = {
    # an account with a key
    "no parameters": (403, lambda s: s.post(Attempt({}, s.genuine.body))),
    "no signature": (403, lambda s: s.post(without(s.genuine, "msg_signature"))),
    "wrong signature": (403, lambda s: s.post(changed(s.genuine, msg_signature="0" * 40))),
    "empty signature": (403, lambda s: s.post(changed(s.genuine, msg_signature=""))),
    "signature with strange letters": (403, lambda s: s.post(changed(s.genuine, msg_signature="签" * 40))),
    "the plain signature in its place": (403, lambda s: s.post(changed(secure(GOOD), msg_signature=PLAIN))),
    "another nonce": (403, lambda s: s.post(changed(s.genuine, nonce="1"))),
    "another time": (403, lambda s: s.post(changed(s.genuine, timestamp=old(1)))),
    "signed with another token": (403, lambda s: s.post(secure(GOOD, token="guess"))),
    "too old": (403, lambda s: s.post(secure(GOOD, at=old(301)))),
    "from the future": (403, lambda s: s.post(secure(GOOD, at=old(-301)))),
    "no number for a time": (403, lambda s: s.post(secure(GOOD, at="now"))),
    "an endless number for a time": (403, lambda s: s.post(secure(GOOD, at="9" * 5000))),
    "replayed with another body": (403, lambda s: s.post(replace(s.genuine, body=s.genuine.body + b" "))),
    "replayed with other words": (403, lambda s: s.post(replace(s.genuine, body=xml_of(Encrypt=GOOD).encode()))),
    "plain though there is a key": (403, lambda s: s.post(signed(APP_TOKEN, text()))),
    "an empty ciphertext": (403, lambda s: s.post(signed(APP_TOKEN, xml_of(Encrypt="") + ""))),
    "another app id inside": (403, lambda s: s.post(secure(MessageCipher(AES_KEY, "wx0").seal(text())))),
    "another key": (403, lambda s: s.post(secure(MessageCipher("a" * 43, APP_ID).seal(text())))),
    "wrong padding": (403, lambda s: s.post(secure(flipped(GOOD)))),
    "padding of nothing": (403, lambda s: s.post(secure(sealed(packed(text().encode(), APP_ID).ljust(512, b"\0"))))),
    "a length beyond the end": (403, lambda s: s.post(secure(sealed(padded(packed(b"<xml/>", APP_ID, 2**31)))))),
    "half a block": (403, lambda s: s.post(secure(base64.b64encode(b"x" * 17).decode()))),
    "no base64": (403, lambda s: s.post(secure("%%%"))),
    "an empty body": (400, lambda s: s.post(signed(APP_TOKEN, ""))),
    "not XML": (400, lambda s: s.post(signed(APP_TOKEN, "MsgType=text"))),
    "JSON": (400, lambda s: s.post(signed(APP_TOKEN, '{"MsgType": "text"}'))),
    "a bomb around": (400, lambda s: s.post(signed(APP_TOKEN, BOMB + "<xml><Encrypt>&c;</Encrypt></xml>"))),
    "a file around": (400, lambda s: s.post(signed(APP_TOKEN, FILE + "<xml><Encrypt>&f;</Encrypt></xml>"))),
    "a file inside": (400, lambda s: s.post(inside(FILE + "<xml><Content>&f;</Content></xml>"))),
    "a DTD inside": (400, lambda s: s.post(inside("<!DOCTYPE xml>" + text()))),
    "not XML inside": (400, lambda s: s.post(inside("hello"))),
    "no sender inside": (400, lambda s: s.post(inside(xml_of(MsgType="text")))),
    "no number inside": (400, lambda s: s.post(inside(text(number="x")))),
    "a megabyte": (413, lambda s: s.post(signed(APP_TOKEN, xml_of(Encrypt="A" * 2**20)))),
    "a little too much": (413, lambda s: s.post(signed(APP_TOKEN, "A" * (MAX_BODY_BYTES + 1)))),
    "as if from the platform": (403, lambda s: s.post(changed(s.genuine, nonce="1"), **PLATFORM)),
    "as if from ourselves": (403, lambda s: s.post(changed(s.genuine, nonce="1"), **OURSELVES)),
    "asking for an echo unsigned": (403, lambda s: s.client.get("/wechat/callback", params={"echostr": "1"})),
    "asking for an echo with a wrong one": (
        403,
        lambda s: s.client.get("/wechat/callback", params=signed("guess", "").query | {"echostr": "1"}),
    ),
    "asking for an old echo": (
        403,
        lambda s: s.client.get("/wechat/callback", params=signed(APP_TOKEN, "", at=old(301)).query | {"echostr": "1"}),
    ),
    "asking for another echo under a known signature": (
        403,
        lambda s: s.plain.get("/wechat/callback", params=s.genuine_plain.query | {"echostr": "<script>"}),
    ),
    "asking for an echo of nothing": (
        400,
        lambda s: s.client.get("/wechat/callback", params=signed(APP_TOKEN, "", nonce="e").query),
    ),
    # an account without one
    "plain without a signature": (403, lambda s: s.post_plain(without(s.genuine_plain, "signature"))),
    "plain with a wrong signature": (403, lambda s: s.post_plain(changed(s.genuine_plain, signature="0" * 40))),
    "plain and old": (403, lambda s: s.post_plain(signed(APP_TOKEN, text(), at=old(301)))),
    "plain, replayed with another body": (403, lambda s: s.post_plain(replace(s.genuine_plain, body=text().encode()))),
    "plain with a file": (400, lambda s: s.post_plain(signed(APP_TOKEN, FILE + "<xml><Content>&f;</Content></xml>"))),
    "sealed where there is no key": (400, lambda s: s.post_plain(secure(GOOD))),
    # WeCom
    "WeCom, no signature": (403, lambda s: s.post_wecom(without(s.genuine_wecom, "msg_signature"))),
    "WeCom, another nonce": (403, lambda s: s.post_wecom(changed(s.genuine_wecom, nonce="1"))),
    "WeCom, old": (403, lambda s: s.post_wecom(for_wecom(text(), at=old(301)))),
    "WeCom, plain": (403, lambda s: s.post_wecom(signed(CORP_TOKEN, text()))),
    "WeCom, meant for the official account": (403, lambda s: s.post_wecom(secure(GOOD, CORP_TOKEN))),
    "WeCom, signed for the official account": (403, lambda s: s.post_wecom(for_wecom(text(), token=APP_TOKEN))),
    "WeCom, news of nothing": (
        400,
        lambda s: s.post_wecom(for_wecom(xml_of(Event="kf_msg_or_event"))),
    ),
    "WeCom, an echo in plain": (
        403,
        lambda s: s.client.get("/wecom/callback", params=signed(CORP_TOKEN, "").query | {"echostr": "1"}),
    ),
    "WeCom, an echo for somebody else": (
        403,
        lambda s: s.client.get("/wecom/callback", params=secure(GOOD, CORP_TOKEN).query | {"echostr": GOOD}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
async def test_what_no_platform_has_sent_is_turned_away_without_a_trace(
    street: Street, house: House, name: str
) -> None:
    status, attack = FORGED[name]
    before = await rows(house)
    response: httpx.Response = await attack(street)  # type: ignore[misc]
    assert (response.status_code, response.content) == (status, b"")
    assert await rows(house) == before == 3


async def rows(house: House) -> int:
    async with house.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(inbox))).scalar() or 0


async def test_there_are_enough_of_them() -> None:
    assert len(FORGED) >= 25
