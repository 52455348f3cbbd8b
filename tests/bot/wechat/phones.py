"""Telephones that write to us as WeChat and WeCom deliver it.

They sign, encrypt and decrypt with wechatpy, so that nothing of ours checks itself.
"""

import asyncio
import hashlib
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

import httpx
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]
from wechatpy.work.crypto import WeChatCrypto as WeComCrypto  # type: ignore[import-untyped]

from tests.bot.wechat.fake_wechat import (
    ACCOUNT,
    AES_KEY,
    AGENT_ID,
    APP_ID,
    APP_TOKEN,
    CORP_ID,
    CORP_TOKEN,
    KF,
    MOST_BYTES,
    TROUBLE,
    FakePlatform,
)

_numbers = itertools.count(time.time_ns())


@dataclass(frozen=True)
class Attempt:
    """One delivery as it goes over the wire."""

    query: dict[str, str]
    body: bytes


def xml_of(**fields: str | int) -> str:
    """XML as the platforms write it."""
    rows = (
        f"<{k}>{v}</{k}>" if isinstance(v, int) else f"<{k}><![CDATA[{v.replace(']]>', ']]]]><![CDATA[>')}]]></{k}>"
        for k, v in fields.items()
    )
    return f"<xml>{''.join(rows)}</xml>"


def fields_of(xml: str | bytes) -> dict[str, str]:
    return {element.tag: element.text or "" for element in ElementTree.fromstring(xml)}


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


class WeChatPhone:
    """Somebody who follows the official account. `mode` is plain, compatible or secure.

    Deliveries are tried three times, `patience` seconds apart, as WeChat does it with five.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        clock: Callable[[], datetime],
        openid: str = "oLi-1",
        *,
        mode: str = "secure",
        patience: float = 5.0,
        tries: int = 3,
        platform: FakePlatform | None = None,
    ) -> None:
        self.client = client
        self.openid = openid
        self.seen: list[str] = []
        self.statuses: list[int] = []
        self._clock = clock
        self._mode = mode
        self._patience = patience
        self._tries = tries
        self._platform = platform
        self._crypto = WeChatCrypto(APP_TOKEN, AES_KEY, APP_ID)

    async def say(self, text: str, **more: str) -> str:
        """Write something: what is shown at once, if anything."""
        return await self.send(MsgType="text", Content=text, MsgId=_number(), **more)

    async def tap(self, menu_id: str, content: str) -> str:
        return await self.say(content, bizmsgmenuid=menu_id)

    async def do(self, event: str, key: str = "") -> str:
        return await self.send(MsgType="event", Event=event, EventKey=key)

    async def send(self, **fields: str | int) -> str:
        return await self.deliver(self.message(**fields))

    def message(self, **fields: str | int) -> str:
        if self._platform is not None:
            self._platform.hear(self.openid)
        at = int(self._clock().timestamp())
        head: dict[str, str | int] = {"ToUserName": ACCOUNT, "FromUserName": self.openid, "CreateTime": at}
        return xml_of(**head | fields)

    def attempt(self, xml: str) -> Attempt:
        """Signed anew, as each try of the platform is."""
        at, nonce = str(int(self._clock().timestamp())), _number()
        query = {"signature": sign(APP_TOKEN, at, nonce), "timestamp": at, "nonce": nonce, "openid": self.openid}
        if self._mode == "plain":
            return Attempt(query, xml.encode())
        sealed = fields_of(self._crypto.encrypt_message(xml, nonce, at))
        query |= {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}
        envelope = f"<ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><Encrypt><![CDATA[{sealed['Encrypt']}]]></Encrypt>"
        inside = xml.removeprefix("<xml>").removesuffix("</xml>") if self._mode == "compatible" else ""
        return Attempt(query, f"<xml>{envelope}{inside}</xml>".encode())

    async def deliver(self, xml: str) -> str:
        """What the person is shown at once, and whether the platform had to try again."""
        for _ in range(self._tries):
            response = await self.post(self.attempt(xml))
            if response is not None and response.status_code == 200:
                text = self.read(response.content)
                if text:
                    self.seen.append(text)
                return text
        self.seen.append(TROUBLE)
        return TROUBLE

    async def post(self, attempt: Attempt) -> httpx.Response | None:
        """One try; None if nothing came in time."""
        url = httpx.URL("/wechat/callback", params=attempt.query)
        try:
            call = self.client.post(url, content=attempt.body, headers={"Content-Type": "text/xml"})
            response = await asyncio.wait_for(call, self._patience)
        except (TimeoutError, httpx.TransportError):
            return None
        self.statuses.append(response.status_code)
        return response

    def read(self, body: bytes) -> str:
        """The text in a passive answer; nothing for an acknowledgement."""
        if body in (b"", b"success"):
            return ""
        fields = fields_of(body)
        if self._mode != "plain":
            at, nonce, signature = fields["TimeStamp"], fields["Nonce"], fields["MsgSignature"]
            fields = fields_of(self._crypto.decrypt_message({"Encrypt": fields["Encrypt"]}, signature, at, nonce))
        assert fields["ToUserName"] == self.openid and fields["FromUserName"] == ACCOUNT
        assert len(fields["Content"].encode()) <= MOST_BYTES
        return fields["Content"]


class WeComPhone:
    """WeCom's side of the callback: a member of the enterprise, and the news of the customer service."""

    def __init__(self, client: httpx.AsyncClient, clock: Callable[[], datetime], userid: str = "zhangsan") -> None:
        self.client = client
        self.userid = userid
        self.seconds: list[float] = []
        self._clock = clock
        self._crypto = WeComCrypto(CORP_TOKEN, AES_KEY, CORP_ID)

    async def say(self, text: str) -> httpx.Response:
        return await self.send(MsgType="text", Content=text, MsgId=_number())

    async def do(self, event: str, key: str = "") -> httpx.Response:
        return await self.send(MsgType="event", Event=event, EventKey=key)

    async def send(self, **fields: str | int) -> httpx.Response:
        return await self.post(self.attempt(self.message(**fields)))

    def message(self, **fields: str | int) -> str:
        at = int(self._clock().timestamp())
        head: dict[str, str | int] = {"ToUserName": CORP_ID, "FromUserName": self.userid, "CreateTime": at}
        head["AgentID"] = AGENT_ID
        return xml_of(**head | fields)

    async def bring_news(self, token: str, account: str = KF) -> httpx.Response:
        """That the customer service has something; it names nobody."""
        at = int(self._clock().timestamp())
        head = {"ToUserName": CORP_ID, "MsgType": "event", "Event": "kf_msg_or_event"}
        return await self.post(self.attempt(xml_of(CreateTime=at, Token=token, OpenKfId=account, **head)))

    def attempt(self, xml: str) -> Attempt:
        at, nonce = str(int(self._clock().timestamp())), _number()
        sealed = fields_of(self._crypto.encrypt_message(xml, nonce, at))
        query = {"msg_signature": sealed["MsgSignature"], "timestamp": at, "nonce": nonce}
        return Attempt(query, xml_of(ToUserName=CORP_ID, Encrypt=sealed["Encrypt"], AgentID=AGENT_ID).encode())

    async def post(self, attempt: Attempt) -> httpx.Response:
        begun = asyncio.get_running_loop().time()
        url = httpx.URL("/wecom/callback", params=attempt.query)
        response = await self.client.post(url, content=attempt.body, headers={"Content-Type": "text/xml"})
        self.seconds.append(asyncio.get_running_loop().time() - begun)
        return response


def _number() -> str:
    """Of a message: later ones are greater."""
    return str(next(_numbers))
