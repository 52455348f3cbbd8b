"""From the bytes of a document to its visible text, by kind. Runs in the process of `reader`, never in the service."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge.intake.limits import Limits, Refusal, Refused

_ENCODINGS = ("utf-8-sig", "gb18030")
_PAGED = {b"%PDF-": "pdf", b"PK\x03\x04": "docx", b"PK\x05\x06": "docx"}
_NO_TEXT = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8")
_LOCKED = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a reader of the document does not see: why (a kind of flag) and the words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A document's visible text, and what in it is not visible."""

    text: str
    hidden: tuple[Hidden, ...] = ()


def read(ending: str, data: bytes, limits: Limits) -> Extract:
    """The text of a document, whose name ends like this. Raises Refused."""
    if not data:
        raise Refused(Refusal.EMPTY)
    if len(data) > limits.most_bytes:
        raise Refused(Refusal.TOO_LARGE, f"{len(data)}")
    kind = ending.removeprefix(".")
    _check_kind(kind, data)
    extract = _READERS[kind](data, limits)
    if len(extract.text) > limits.most_characters:
        raise Refused(Refusal.TOO_MUCH_TEXT, f"{len(extract.text)}")
    if not extract.text.strip():
        raise Refused(Refusal.NO_TEXT)
    return extract


def _check_kind(kind: str, data: bytes) -> None:
    """The first bytes tell what a file is; its name has to say the same."""
    if data.startswith(_LOCKED):
        raise Refused(Refusal.ENCRYPTED)
    real = next((found for start, found in _PAGED.items() if data.startswith(start)), None)
    if real != (kind if kind in _PAGED.values() else None):
        raise Refused(Refusal.WRONG_KIND, f".{kind}")
    if real is None and (b"\x00" in data or data.startswith(_NO_TEXT)):
        raise Refused(Refusal.WRONG_KIND, f".{kind}")


def _decode(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(Refusal.BROKEN, "UTF-8, GB18030")


def _read_plain(data: bytes, limits: Limits) -> Extract:
    return Extract(_decode(data))


def _read_html(data: bytes, limits: Limits) -> Extract:
    from knowledge.intake.markup import read_html

    declared = re.search(rb"charset\s*=\s*[\"']?\s*(gb2312|gbk|gb18030|utf-?8)", data[:4096], re.IGNORECASE)
    if declared is not None and declared[1].lower().startswith(b"gb"):
        return read_html(data.decode("gb18030", errors="replace"))
    return read_html(_decode(data))


def _read_docx(data: bytes, limits: Limits) -> Extract:
    from knowledge.intake.office import read_docx

    return read_docx(data, limits)


def _read_pdf(data: bytes, limits: Limits) -> Extract:
    from knowledge.intake.portable import read_pdf

    return read_pdf(data, limits)


_READERS: Mapping[str, Callable[[bytes, Limits], Extract]] = {
    "txt": _read_plain,
    "md": _read_plain,
    "html": _read_html,
    "htm": _read_html,
    "docx": _read_docx,
    "pdf": _read_pdf,
}
KINDS = tuple(_READERS)
