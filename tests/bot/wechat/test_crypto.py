"""Our signatures and ciphertext are those of the platforms; nothing else is taken for them."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]
from wechatpy.work.crypto import WeChatCrypto as WeComCrypto  # type: ignore[import-untyped]

from bot.channels.wechat.crypto import (
    InvalidCiphertext,
    InvalidSignature,
    MessageCipher,
    check_signature,
    signature_of,
)
from tests.bot.wechat.fake_wechat import AES_KEY, APP_ID, APP_TOKEN, CORP_ID, CORP_TOKEN
from tests.bot.wechat.phones import fields_of

KEY = base64.b64decode(AES_KEY + "=")
ORACLES = [
    pytest.param(WeChatCrypto(APP_TOKEN, AES_KEY, APP_ID), APP_TOKEN, APP_ID, id="an official account"),
    pytest.param(WeComCrypto(CORP_TOKEN, AES_KEY, CORP_ID), CORP_TOKEN, CORP_ID, id="WeCom"),
]
texts = st.text(st.characters(codec="utf-8"), max_size=300)


def sealed(padded: bytes) -> str:
    """Any bytes, encrypted with the key of the account."""
    encryptor = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def packed(content: bytes, receiver: str, length: int | None = None) -> bytes:
    said = len(content) if length is None else length
    return b"r" * 16 + said.to_bytes(4, "big") + content + receiver.encode()


def padded(plain: bytes) -> bytes:
    missing = 32 - len(plain) % 32
    return plain + bytes([missing]) * missing


@pytest.mark.parametrize(("oracle", "token", "receiver"), ORACLES)
@given(text=texts)
def test_what_the_platform_seals_we_open(oracle: WeChatCrypto, token: str, receiver: str, text: str) -> None:
    envelope = fields_of(oracle.encrypt_message(text, "nonce", "1700000000"))
    check_signature(envelope["MsgSignature"], token, "1700000000", "nonce", envelope["Encrypt"])
    assert MessageCipher(AES_KEY, receiver).open(envelope["Encrypt"]) == text


@pytest.mark.parametrize(("oracle", "token", "receiver"), ORACLES)
@given(text=texts)
def test_what_we_seal_the_platform_opens(oracle: WeChatCrypto, token: str, receiver: str, text: str) -> None:
    ciphertext = MessageCipher(AES_KEY, receiver).seal(text)
    signature = signature_of(token, "1700000000", "nonce", ciphertext)
    assert oracle.decrypt_message({"Encrypt": ciphertext}, signature, "1700000000", "nonce") == text


def test_the_signature_of_the_platforms_own_example() -> None:
    assert signature_of("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"


def test_a_text_is_sealed_differently_each_time() -> None:
    cipher = MessageCipher(AES_KEY, APP_ID)
    assert cipher.seal("您好") != cipher.seal("您好")


@pytest.mark.parametrize(
    "given", ["", "0" * 40, "签名", signature_of("other", "1", "n"), signature_of("t", "1", "n")[:-1]]
)
def test_a_signature_that_is_not_ours_is_refused(given: str) -> None:
    with pytest.raises(InvalidSignature):
        check_signature(given, "t", "1", "n")


@pytest.mark.parametrize(
    "ciphertext",
    [
        "",
        "not base64 !",
        "签",
        base64.b64encode(b"short").decode(),
        sealed(packed(b"hi", APP_ID).ljust(64, b"\0")),
        sealed(packed(b"hi", APP_ID).ljust(64, b"\x21")),
        sealed(packed(b"hi", APP_ID).ljust(63, b"\x05") + b"\x06"),
        sealed(padded(packed(b"hi", "wx-of-somebody-else"))),
        sealed(padded(packed(b"hi", ""))),
        sealed(padded(packed(b"hi", APP_ID, length=3))),
        sealed(padded(packed(b"hi", APP_ID, length=2**32 - 1))),
        sealed(padded(packed("您".encode()[:2], APP_ID))),
        sealed(padded(b"r" * 10)),
        sealed(b"\x20" * 32),
    ],
)
def test_ciphertext_that_is_not_whole_or_not_for_us_is_refused_in_one_way(ciphertext: str) -> None:
    with pytest.raises(InvalidCiphertext) as refused:
        MessageCipher(AES_KEY, APP_ID).open(ciphertext)
    assert str(refused.value) == "" and refused.value.__cause__ is None


@given(st.binary(min_size=32, max_size=128).map(lambda noise: noise[: len(noise) // 16 * 16]))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(InvalidCiphertext):
        MessageCipher(AES_KEY, APP_ID).open(base64.b64encode(noise).decode())


def test_a_key_of_another_length_is_no_key() -> None:
    with pytest.raises(ValueError, match="43"):
        MessageCipher("abc", APP_ID)
