"""Hashes of what is to be known again and not to be read."""

import hashlib


def hash_of(*parts: str) -> str:
    """SHA-256 of some texts in their order, as 64 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
