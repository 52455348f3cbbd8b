"""Text at the border: mended when it comes in, cut into sentences when it goes out. No word is changed."""

import re

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+(?:(?:\[\d{1,3}\])+\n*)?|[^。！？；\n]+")


def mend(text: str) -> str:
    """The text with unpaired surrogates replaced, which no encoding can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def readable(text: str) -> str:
    """The text as people see it: without control and invisible characters; line breaks stay."""
    whole = mend(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in whole if c in "\n\t" or c.isprintable() or (c.isspace() and c > "\x85"))


def sentences(text: str) -> list[str]:
    """The text in pieces of about a sentence; joined they are the text again."""
    return _SENTENCE.findall(text)
