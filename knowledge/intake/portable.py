"""The text of a PDF, and whether it holds text that is drawn but not seen."""

import logging
from io import BytesIO
from typing import Any

from knowledge.intake.limits import Limits, Refusal, Refused
from knowledge.intake.reading import Extract, Hidden

_SHOWING = {b"Tj", b"TJ", b"'", b'"'}
_GREY, _RGB, _CMYK = (b"g",), (b"rg",), (b"k",)
_NEVER_DRAWN = 3
_TINY_POINTS = 4.0


def read_pdf(data: bytes, limits: Limits) -> Extract:
    """Text page by page. Raises Refused."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise Refused(Refusal.ENCRYPTED)
        count = len(reader.pages)
        if count > limits.most_pages:
            raise Refused(Refusal.TOO_MANY_PAGES, f"{count}")
        hidden = [Hidden("attached", name) for name in _attached(reader)]
        texts: list[str] = []
        unpacked = 0
        for number, page in enumerate(reader.pages, start=1):
            contents = page.get_contents()
            unpacked += len(contents.get_data()) if contents is not None else 0
            # Short pages are packed well without being bombs.
            if unpacked > limits.ratio * max(len(data), 64 * 1024):
                raise Refused(Refusal.BOMB, f"1:{limits.ratio}")
            ink = _Ink()
            texts.append(page.extract_text(visitor_operand_before=ink.see, visitor_text=ink.read))
            hidden += [Hidden("invisible", f"p. {number}: {words}") for words in ink.unseen()]
            hidden += [Hidden("comment", f"p. {number}: {words}") for words in _notes(page)]
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, Refused):
            raise
        why = Refusal.BOMB if "limit" in type(error).__name__.lower() else Refusal.BROKEN
        raise Refused(why, f"{type(error).__name__}: {error}"[:80]) from None
    return Extract("\n".join(texts), tuple(hidden))


class _Ink:
    """Follows what is drawn with which colour and size, as the operators of a page come."""

    def __init__(self) -> None:
        self._white = False
        self._never = False
        self._marked: list[str] = []
        self._is_marking = False

    def see(self, operator: bytes, operands: Any, *_: Any) -> None:
        if operator in _GREY:
            self._white = float(operands[0]) >= 0.98
        elif operator in _RGB:
            self._white = all(float(part) >= 0.98 for part in operands[:3])
        elif operator in _CMYK:
            self._white = all(float(part) <= 0.02 for part in operands[:4])
        elif operator == b"Tr":
            self._never = int(operands[0]) == _NEVER_DRAWN
        elif operator in _SHOWING:
            self._is_marking = self._white or self._never

    def read(self, text: str, current: Any, matrix: Any, _: Any, size: Any) -> None:
        scale = max(abs(float(matrix[0])), abs(float(matrix[3])), 0.01) * max(abs(float(current[3])), 0.01)
        tiny = 0 < abs(float(size or 0)) * scale < _TINY_POINTS
        if text.strip() and (self._is_marking or tiny):
            self._marked.append(text.strip())

    def unseen(self) -> list[str]:
        return [" ".join(self._marked)] if self._marked else []


def _attached(reader: Any) -> list[str]:
    found = sorted(str(name) for name in reader.attachments)
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    if "/OpenAction" in root or "/AA" in root or (names is not None and "/JavaScript" in names.get_object()):
        found.append("JavaScript / OpenAction")
    return found


def _notes(page: Any) -> list[str]:
    notes: list[str] = []
    for reference in page.get("/Annots") or ():
        words = reference.get_object().get("/Contents")
        if isinstance(words, str) and words.strip():
            notes.append(words.strip())
    return notes
