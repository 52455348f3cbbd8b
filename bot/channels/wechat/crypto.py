"""Signatures and ciphertext as WeChat and WeCom make them. Knows nothing of XML or HTTP."""

import base64
import hashlib
import hmac
import secrets
from binascii import Error as NotBase64

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_RANDOM = 16
_LENGTH = 4


class InvalidSignature(Exception):
    """A signature is not that of our token over these parts."""


class InvalidCiphertext(Exception):
    """What was encrypted is not whole, not made with our key, or meant for somebody else. It does not say which."""


def signature_of(token: str, *parts: str) -> str:
    """The hexadecimal SHA-1 of token and parts, sorted: timestamp and nonce, and the ciphertext where there is one."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def check_signature(given: str, token: str, *parts: str) -> None:
    """Raises InvalidSignature; takes as long for a signature that is nearly right."""
    if not hmac.compare_digest(given.encode(), signature_of(token, *parts).encode()):
        raise InvalidSignature


class MessageCipher:
    """Seals what goes to a platform and opens what comes from it; `receiver` is the app id or the corp id."""

    def __init__(self, encoding_aes_key: str, receiver: str) -> None:
        self._key = base64.b64decode(encoding_aes_key + "=")
        if len(self._key) != _BLOCK:
            raise ValueError("an EncodingAESKey has 43 characters")
        self._receiver = receiver.encode()

    def seal(self, text: str) -> str:
        content = text.encode()
        plain = secrets.token_bytes(_RANDOM) + len(content).to_bytes(_LENGTH, "big") + content + self._receiver
        missing = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> str:
        """Raises InvalidCiphertext."""
        try:
            encrypted = base64.b64decode(sealed, validate=True)
        except (NotBase64, ValueError):
            raise InvalidCiphertext from None
        if not encrypted or len(encrypted) % _RANDOM:
            raise InvalidCiphertext
        decryptor = self._cipher().decryptor()
        content, receiver = _unpack(decryptor.update(encrypted) + decryptor.finalize())
        if not hmac.compare_digest(receiver, self._receiver):
            raise InvalidCiphertext
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise InvalidCiphertext from None

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:_RANDOM]))


def _unpack(padded: bytes) -> tuple[bytes, bytes]:
    """Content and receiver out of random bytes, length, content, receiver, padding."""
    padding = padded[-1]
    if not 1 <= padding <= _BLOCK or padded[-padding:] != bytes([padding]) * padding:
        raise InvalidCiphertext
    plain = padded[:-padding]
    start = _RANDOM + _LENGTH
    end = start + int.from_bytes(plain[_RANDOM:start], "big")
    if len(plain) < start or end > len(plain):
        raise InvalidCiphertext
    return plain[start:end], plain[end:]
