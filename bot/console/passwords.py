"""Passwords: what is kept of them, and whether one is right; that takes as long where there is no account."""

import secrets
import unicodedata
from functools import cache

from pwdlib import PasswordHash

SHORTEST, LONGEST = 10, 200


class WeakPassword(RuntimeError):
    """A password that is too short or too long; the message is one line."""


def hash_password(password: str) -> str:
    """What is kept. Raises WeakPassword."""
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise WeakPassword(f"密码要 {SHORTEST} 到 {LONGEST} 个字符，长就好，不必有特殊符号")
    return _hasher().hash(plain)


def is_right(password: str, password_hash: str | None) -> bool:
    """Whether a password is that of a hash; None (nobody is called so) takes as long and is never right. Slow."""
    nobody = _hash_of_nobody()
    fits = _hasher().verify(_plain(password)[: LONGEST + 1], password_hash or nobody)
    return fits and password_hash is not None


def _plain(password: str) -> str:
    """What an input method writes full-width is the same password."""
    return unicodedata.normalize("NFKC", password)


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(32))
