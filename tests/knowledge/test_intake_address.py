"""A document at an address: from hosts on the list, on the open internet, looked up once, every redirect anew."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from knowledge.intake.address import Fetched, fetch, is_public
from knowledge.intake.limits import Refusal, Refused

PUBLIC = "93.184.216.34"
HOST = "www.yunxi.gov.cn"
ALLOWED = (HOST, ".jiangsu.gov.cn")
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>policy</p>"


class FakeNet:
    """A net with one web server, on the loopback; it stands where `PUBLIC` would be. Names are looked up in `names`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.names: dict[str, list[list[str]]] = {}
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.asked: list[bytes] = []

    def resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self._port), timeout)

    def fetch(self, address: str, **limits: float) -> Fetched:
        return fetch(address, ALLOWED, resolve=self.resolve, connect=self.connect, **limits)  # type: ignore[arg-type]


@contextmanager
def serving(*answers: bytes, drip: float = 0, tls: ssl.SSLContext | None = None) -> Iterator[FakeNet]:
    """A server that gives one answer a connection; with `drip`, a byte at a time; with `tls`, over TLS."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        net = FakeNet(server.getsockname()[1])

        def serve() -> None:
            for answer in answers:
                try:
                    connection, _ = server.accept()
                    if tls is not None:
                        connection = tls.wrap_socket(connection, server_side=True)
                except ssl.SSLError:
                    continue
                except OSError:
                    return
                with connection:
                    net.asked.append(connection.recv(4096))
                    try:
                        for start in range(0, len(answer), 1 if drip else len(answer)):
                            connection.sendall(answer[start : start + (1 if drip else len(answer))])
                            time.sleep(drip)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield net
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def moved(address: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n".encode()


def test_a_page_of_a_host_on_the_list_is_fetched_from_the_address_that_was_looked_up() -> None:
    with serving(PAGE) as net:
        fetched = net.fetch(f"http://{HOST}/art/2026/1.shtml?id=1")
    assert fetched == Fetched(f"http://{HOST}/art/2026/1.shtml?id=1", "1.html", b"<p>policy</p>")
    assert (net.looked_up, net.connected) == ([HOST], [(PUBLIC, 80)])
    assert b"GET /art/2026/1.shtml?id=1 " in net.asked[0]
    assert f"Host: {HOST}".encode() in net.asked[0]


def test_a_host_below_one_on_the_list_is_allowed() -> None:
    with serving(PAGE) as net:
        assert net.fetch("http://gxt.jiangsu.gov.cn/").data == b"<p>policy</p>"


def test_a_redirect_to_a_host_on_the_list_is_followed() -> None:
    with serving(moved("/b.pdf"), PAGE.replace(b"text/html; charset=utf-8", b"application/pdf")) as net:
        assert net.fetch(f"http://{HOST}/a").name == "b.pdf"


NEVER = [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://017700000001/", "http://127.1/", "http://0/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[fe80::1%25eth0]/",
    "file:///etc/passwd", "gopher://www.yunxi.gov.cn/", "ftp://www.yunxi.gov.cn/", "dict://www.yunxi.gov.cn:11211/",
    "data:text/html,x", "javascript:alert(1)", "http:///etc", "//www.yunxi.gov.cn/", "",
    f"http://{HOST}@127.0.0.1/", f"http://user:word@{HOST}/", f"http://{HOST}:22/", f"https://{HOST}:80/",
    f"http://{HOST}.evil.example/", f"http://evil.example/{HOST}", f"http://evil.example#{HOST}", f"http://evil{HOST}/",
    f"http://{HOST}\\@evil.example/", f"http://{HOST}\r\nX-Injected: 1/", f"http://{HOST}/\x00", f"http://{HOST}:99999/",
    "http://jiangsu.gov.cn.evil.example/", "http://evil-jiangsu.gov.cn/", "http://www。yunxi。gov。cn/", "http://[::1",
]  # fmt: skip


@pytest.mark.parametrize("address", NEVER)
def test_nothing_else_is_connected_to(address: str) -> None:
    with serving() as net:
        with pytest.raises(Refused) as refusal:
            net.fetch(address)
        assert refusal.value.why in {Refusal.BAD_ADDRESS, Refusal.HOST_NOT_ALLOWED}
        assert (net.looked_up, net.connected) == ([], [])


@pytest.mark.parametrize(
    "address",
    [
        address
        for address in NEVER
        if address.isprintable() and address.isascii() and ":" in address and ":///e" not in address
    ],
)
def test_no_redirect_leads_there(address: str) -> None:
    with serving(moved(address)) as net:
        with pytest.raises(Refused):
            net.fetch(f"http://{HOST}/a", seconds=3)
        assert net.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.8"], ["192.168.1.1"], ["172.16.0.1"], ["169.254.169.254"], ["100.64.0.1"], ["0.0.0.0"],
     ["::1"], ["fe80::1%eth0"], ["fd00::1"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["2002:7f00:1::"], ["224.0.0.1"],
     ["255.255.255.255"], [PUBLIC, "127.0.0.1"], [], ["no address"]],
)  # fmt: skip
def test_a_name_that_leads_into_another_net_is_not_connected_to(addresses: list[str]) -> None:
    with serving() as net:
        net.names[HOST] = [addresses]
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/")
        assert refusal.value.why is Refusal.PRIVATE_ADDRESS
        assert net.connected == []


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked() -> None:
    with serving(PAGE) as net:
        net.names[HOST] = [[PUBLIC], ["127.0.0.1"]]
        net.fetch(f"http://{HOST}/")
        assert (net.looked_up, net.connected) == ([HOST], [(PUBLIC, 80)])


def test_a_name_that_changes_its_address_between_redirects_is_refused() -> None:
    with serving(moved("/b")) as net:
        net.names[HOST] = [[PUBLIC], ["127.0.0.1"]]
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/a")
        assert refusal.value.why is Refusal.PRIVATE_ADDRESS
        assert len(net.connected) == 1


def test_redirects_come_to_an_end() -> None:
    with serving(*[moved("/again")] * 6) as net:
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/a")
        assert refusal.value.why is Refusal.TOO_MANY_REDIRECTS


def test_what_is_too_large_is_not_read_to_its_end() -> None:
    with serving(PAGE + b"x" * 3_000_000) as net:
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/", most_bytes=1_000_000)
        assert refusal.value.why is Refusal.TOO_LARGE


@pytest.mark.parametrize("answer", [PAGE, b"HTTP/1.1 200 OK\r\n" + b"X-Pad: 1\r\n" * 50], ids=["body", "headers"])
def test_who_sends_a_byte_at_a_time_is_not_listened_to_for_ever(answer: bytes) -> None:
    with serving(answer, drip=0.05) as net:
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/", seconds=0.5)
        assert refusal.value.why is Refusal.TOO_SLOW


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 404 Not Found\r\n\r\n", b"nonsense", b"", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nx"],
    ids=["404", "nonsense", "nothing", "packed"],
)
def test_an_answer_that_is_no_document_is_refused(answer: bytes) -> None:
    with serving(answer or b"\r\n") as net:
        with pytest.raises(Refused) as refusal:
            net.fetch(f"http://{HOST}/")
        assert refusal.value.why is Refusal.NOT_FETCHED


def test_without_a_list_nothing_is_fetched() -> None:
    with pytest.raises(Refused) as refusal:
        fetch(f"http://{HOST}/", ())
    assert refusal.value.why is Refusal.HOST_NOT_ALLOWED


def test_only_addresses_of_the_open_internet_are_public() -> None:
    assert [is_public(a) for a in (PUBLIC, "2606:4700::1111", "127.0.0.1", "::ffff:8.8.8.8", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


# --- over TLS


class Authority:
    """A certificate authority of its own in a folder, which a test may trust."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of a test")])
        self.file = folder / "authority.pem"
        certificate = self._signed(self._name, self._key, "", is_authority=True)
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, host: str, *, days: int = 1) -> ssl.SSLContext:
        """What a server of a name shows; one with negative `days` has expired."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._signed(subject, key, host, days=days)
        file = self._folder / "server.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        host: str,
        *,
        days: int = 1,
        is_authority: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        issuer = self._key.public_key()
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=10))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if host:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256())


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that is trusted, and nobody else is."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return authority


def test_a_page_is_fetched_over_https_from_a_server_that_proves_its_name(authority: Authority) -> None:
    with serving(PAGE, tls=authority.server(HOST)) as net:
        fetched = net.fetch(f"https://{HOST}/art/1.shtml")
    assert fetched == Fetched(f"https://{HOST}/art/1.shtml", "1.html", b"<p>policy</p>")
    assert net.connected == [(PUBLIC, 443)]
    assert b"GET /art/1.shtml " in net.asked[0]


@pytest.mark.parametrize("fault", ["another name", "expired", "an authority that nobody trusts", "no TLS at all"])
def test_a_server_that_does_not_prove_its_name_is_told_nothing(
    fault: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls: ssl.SSLContext | None = authority.server("www.evil.example" if fault == "another name" else HOST)
    if fault == "expired":
        tls = authority.server(HOST, days=-1)
    elif fault == "an authority that nobody trusts":
        (tmp_path / "other").mkdir()
        tls = Authority(tmp_path / "other").server(HOST)
    elif fault == "no TLS at all":
        tls = None
    with serving(PAGE, tls=tls) as net, pytest.raises(Refused) as refusal:
        net.fetch(f"https://{HOST}/art/1.shtml", seconds=5)
    assert refusal.value.why is Refusal.NOT_FETCHED
    assert not any(b"GET" in asked for asked in net.asked)


@pytest.mark.parametrize(
    "address",
    ["https://www.evil.example/a", f"https://{HOST}.evil.example/", "https://127.0.0.1/", f"https://{HOST}:8443/"],
)
def test_no_redirect_over_https_leads_off_the_list(address: str, authority: Authority) -> None:
    with serving(moved(address), tls=authority.server(HOST)) as net, pytest.raises(Refused) as refusal:
        net.fetch(f"https://{HOST}/a", seconds=5)
    assert refusal.value.why in {Refusal.BAD_ADDRESS, Refusal.HOST_NOT_ALLOWED}
    assert net.connected == [(PUBLIC, 443)]


def test_a_redirect_over_https_is_followed_on_the_list_and_the_new_name_is_proved_as_well(
    authority: Authority,
) -> None:
    with serving(moved("/b"), PAGE, tls=authority.server(HOST)) as net:
        assert net.fetch(f"https://{HOST}/a").data == b"<p>policy</p>"
    with serving(moved("https://gxt.jiangsu.gov.cn/"), PAGE, tls=authority.server(HOST)) as net, pytest.raises(Refused):
        net.fetch(f"https://{HOST}/a", seconds=5)
    assert len(net.asked) == 1
