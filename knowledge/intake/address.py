"""Fetches a document from a host on the list: looked up once, connected to where it was checked, each redirect anew."""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from knowledge.intake.limits import LIMITS, Refusal, Refused

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_SECONDS = 30.0
_CHUNK = 64 * 1024
_MOVED = {301, 302, 303, 307, 308}
_HOST = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_EMBEDDING = tuple(ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))

Resolve = Callable[[str], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came: its last address, a name that tells its kind, its bytes."""

    address: str
    name: str
    data: bytes


def resolve(host: str) -> list[str]:
    """Every address that a name has now."""
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})


def connect(address: str, port: int, timeout: float) -> socket.socket:
    return socket.create_connection((address, port), timeout)


def is_allowed(host: str, allowed: Sequence[str]) -> bool:
    """Whether a host is on the list; an entry that begins with a dot stands for all hosts below it."""
    return any(host == entry or (entry.startswith(".") and host.endswith(entry)) for entry in allowed)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet, and holds none of another net."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and (found.ipv4_mapped or any(found in net for net in _EMBEDDING)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def fetch(
    address: str,
    allowed: Sequence[str],
    *,
    resolve: Resolve = resolve,
    connect: Connect = connect,
    most_bytes: int = LIMITS.most_bytes,
    seconds: float = _SECONDS,
) -> Fetched:
    """The document at an address. Raises Refused before anything is connected to that may not be."""
    until = time.monotonic() + seconds
    for _ in range(_MOST_REDIRECTS + 1):
        target = _target(address, allowed)
        pinned = _pin(target.host, resolve)
        answer = _ask(target, pinned, connect, until, most_bytes)
        if isinstance(answer, Fetched):
            return answer
        address = _moved_to(address, answer)
    raise Refused(Refusal.TOO_MANY_REDIRECTS, f"{_MOST_REDIRECTS}")


def _moved_to(address: str, answer: str) -> str:
    try:
        return urljoin(address, answer)
    except ValueError:
        raise Refused(Refusal.BAD_ADDRESS, answer[:80]) from None


@dataclass(frozen=True, slots=True)
class _Target:
    address: str
    scheme: str
    host: str
    path: str


def _target(address: str, allowed: Sequence[str]) -> _Target:
    """An address taken apart: http or https, a name on the list, its usual port, nothing else before it."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Refused(Refusal.BAD_ADDRESS, address[:80]) from None
    if parts.scheme not in _PORTS or not host or any(ord(c) <= 32 or ord(c) > 126 or c == "\\" for c in address):
        raise Refused(Refusal.BAD_ADDRESS, address[:80])
    if "@" in parts.netloc or port not in (None, _PORTS[parts.scheme]):
        raise Refused(Refusal.BAD_ADDRESS, address[:80])
    # A name ends in letters: 127.1, 2130706433 and 0x7f000001 are none.
    if not _HOST.fullmatch(host) or not is_allowed(host, allowed):
        raise Refused(Refusal.HOST_NOT_ALLOWED, host[:80])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(address, parts.scheme, host, path)


def _pin(host: str, resolve: Resolve) -> str:
    """The one address that is connected to. A name with any address that is not public is refused."""
    try:
        found = list(resolve(host))
    except OSError as error:
        raise Refused(Refusal.NOT_FETCHED, f"{host}: {error.strerror or error}"[:80]) from None
    if not found or not all(is_public(address) for address in found):
        raise Refused(Refusal.PRIVATE_ADDRESS, host)
    return found[0]


def _ask(target: _Target, pinned: str, connect: Connect, until: float, most_bytes: int) -> Fetched | str:
    """The document, or the address to which it has moved."""
    opened: socket.socket | None = None

    def hang_up() -> None:
        with suppress(OSError):
            if opened is not None:
                opened.shutdown(socket.SHUT_RDWR)

    # A time-out of a socket begins anew with each byte; who sends one a second would be listened to for ever.
    alarm = threading.Timer(_left(until), hang_up)
    alarm.start()
    try:
        opened = connect(pinned, _PORTS[target.scheme], _left(until))
        if target.scheme == "https":
            context = ssl.create_default_context()
            opened = context.wrap_socket(opened, server_hostname=target.host, do_handshake_on_connect=False)
            opened.do_handshake()
        connection = http.client.HTTPConnection(target.host)
        connection.sock = opened
        headers = {"User-Agent": "huiqi-ingest", "Accept": ", ".join(_ENDINGS), "Accept-Encoding": "identity"}
        connection.request("GET", target.path, headers=headers)
        opened.settimeout(_left(until))
        with closing(connection.getresponse()) as response:
            return _take(target, response, opened, until, most_bytes)
    except (OSError, http.client.HTTPException):
        why = Refusal.TOO_SLOW if time.monotonic() >= until else Refusal.NOT_FETCHED
        raise Refused(why, target.host) from None
    finally:
        alarm.cancel()
        if opened is not None:
            opened.close()


def _take(
    target: _Target, response: http.client.HTTPResponse, opened: socket.socket, until: float, most_bytes: int
) -> Fetched | str:
    if response.status in _MOVED:
        return response.getheader("Location") or ""
    if response.status != 200 or response.getheader("Content-Encoding", "identity") != "identity":
        raise Refused(Refusal.NOT_FETCHED, f"{target.host}: HTTP {response.status}")
    data = _body(response, opened, until, most_bytes)
    return Fetched(target.address, _name(target, response.getheader("Content-Type") or ""), data)


def _body(response: http.client.HTTPResponse, opened: socket.socket, until: float, most_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        opened.settimeout(_left(until))
        piece = response.read1(_CHUNK)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > most_bytes:
            raise Refused(Refusal.TOO_LARGE, f"> {most_bytes}")
        pieces.append(piece)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Refused(Refusal.TOO_SLOW)
    return left


def _name(target: _Target, media: str) -> str:
    """The last part of the path, with the ending that the kind of answer has."""
    name = PurePosixPath(target.path.partition("?")[0]).name or target.host
    ending = _ENDINGS.get(media.partition(";")[0].strip().lower())
    return name if ending is None else f"{PurePosixPath(name).stem}{ending}"
