"""What stands around a message of WeChat or WeCom: XML, signature, time, encryption. Not what the message says."""

import hashlib
import logging
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.wechat.crypto import InvalidCiphertext, InvalidSignature, MessageCipher, check_signature, signature_of

log = logging.getLogger("huiqi.wechat")

MAX_BODY_BYTES = 64 * 1024
WINDOW = timedelta(seconds=300)
_MOST_REMEMBERED = 50_000

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ECHO = re.compile(r"[!-~]{1,2048}")
_TIMESTAMP = re.compile(r"[0-9]{1,10}")


class Refused(Exception):
    """A callback that is not taken: the status for the outside, and the reason for the log alone."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


def forged(reason: str) -> Refused:
    return Refused(403, reason)


def malformed(reason: str) -> Refused:
    return Refused(400, reason)


def turn_away(error: Refused) -> Response:
    """The response to what was refused: a status, and nothing to learn from."""
    log.warning("callback refused", extra={"event": {"status": error.status, "reason": error.reason}})
    return Response(status_code=error.status)


async def read_body(request: Request) -> bytes:
    """The body, as long as it is not too much. Raises Refused."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY_BYTES:
            raise Refused(413, "too large")
    return bytes(body)


def read_xml(body: bytes | str) -> dict[str, str]:
    """The text of each element right below the root. No DTD, no entities. Raises Refused."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise malformed(f"not XML as it should be: {type(error).__name__}") from None
    fields: dict[str, str] = {}
    for element in root:
        fields.setdefault(element.tag, element.text or "")
    return fields


def write_xml(fields: Mapping[str, str | int]) -> str:
    """Elements below one root; text in CDATA sections that nothing in it can end."""
    return "<xml>" + "".join(f"<{name}>{_content(value)}</{name}>" for name, value in fields.items()) + "</xml>"


def _content(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return "<![CDATA[" + _NOT_XML.sub("", value).replace("]]>", "]]]]><![CDATA[>") + "]]>"


@dataclass(frozen=True, slots=True)
class Letter:
    """A genuine callback: the fields of its message, and whether the answer has to be sealed as well."""

    fields: Mapping[str, str]
    sealed: bool


@dataclass(slots=True)
class Gate:
    """Lets in what a platform has signed, at the time that it says. Where there is a cipher nothing comes in plain.

    What was seen is remembered by this process alone; in the plain mode, whose signature covers no body, that is all
    there is against a repetition with other words.
    """

    token: str
    cipher: MessageCipher | None
    _seen: OrderedDict[tuple[str, str, str], tuple[datetime, bytes]] = field(default_factory=OrderedDict)

    def admit(self, query: Mapping[str, str], body: bytes, now: datetime) -> Letter:
        """The letter in a callback. Raises Refused."""
        if self.cipher is None:
            self._check(query, "signature", body, now)
            return Letter(read_xml(body), sealed=False)
        sealed = read_xml(body).get("Encrypt", "")
        if not sealed:
            raise forged("not encrypted")
        self._check(query, "msg_signature", body, now, sealed)
        return Letter(read_xml(self._open(sealed)), sealed=True)

    def echo_plain(self, query: Mapping[str, str], now: datetime) -> str:
        """What an official account asks to be given back when the address is entered. Raises Refused."""
        echo = query.get("echostr", "")
        self._check(query, "signature", echo.encode(), now)
        return _safe_echo(echo)

    def echo_sealed(self, query: Mapping[str, str], now: datetime) -> str:
        """What WeCom asks to be given back, decrypted. Raises Refused."""
        echo = query.get("echostr", "")
        self._check(query, "msg_signature", echo.encode(), now, echo)
        return _safe_echo(self._open(echo))

    def answer(self, fields: Mapping[str, str | int], letter: Letter, now: datetime) -> str:
        """The answer to a letter as XML, sealed where the letter was."""
        xml = write_xml(fields)
        if not letter.sealed or self.cipher is None:
            return xml
        sealed, at, nonce = self.cipher.seal(xml), int(now.timestamp()), secrets.token_hex(8)
        signature = signature_of(self.token, str(at), nonce, sealed)
        return write_xml({"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": at, "Nonce": nonce})

    def _check(self, query: Mapping[str, str], name: str, body: bytes, now: datetime, *signed: str) -> None:
        signature, timestamp, nonce = query.get(name, ""), query.get("timestamp", ""), query.get("nonce", "")
        try:
            check_signature(signature, self.token, timestamp, nonce, *signed)
        except InvalidSignature:
            raise forged("wrong signature") from None
        if not _TIMESTAMP.fullmatch(timestamp) or abs(now.timestamp() - int(timestamp)) > WINDOW.total_seconds():
            raise forged("outside of the time window")
        self._remember((signature, timestamp, nonce), hashlib.sha256(body).digest(), now)

    def _remember(self, key: tuple[str, str, str], digest: bytes, now: datetime) -> None:
        """The platform may bring the same again, nobody may bring something else under the same signature."""
        while self._seen and (
            len(self._seen) > _MOST_REMEMBERED or next(iter(self._seen.values()))[0] < now - 2 * WINDOW
        ):
            self._seen.popitem(last=False)
        _, known = self._seen.setdefault(key, (now, digest))
        if known != digest:
            raise forged("replayed with another body")

    def _open(self, sealed: str) -> str:
        assert self.cipher is not None
        try:
            return self.cipher.open(sealed)
        except InvalidCiphertext:
            raise forged("wrong ciphertext") from None


def _safe_echo(echo: str) -> str:
    if not _ECHO.fullmatch(echo):
        raise malformed("not an echo string")
    return echo
