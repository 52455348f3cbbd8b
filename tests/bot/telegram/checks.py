"""What the Bot API checks of a call, and how it complains."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
_MARKUP = re.compile(r"<(?P<close>/?)(?P<name>[a-z-]*)(?P<rest>[^<>]*)>|(?P<stray><)|&(?P<entity>[a-z]+|#\d+);")
_ENTITIES = {"lt", "gt", "amp", "quot"}


class Complaint(Exception):
    """An answer that is not ok."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def checked_text(parameters: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The text as it is seen, and what of it is bold."""
    text = str(parameters.get("text", ""))
    bold: tuple[str, ...] = ()
    if parameters.get("parse_mode") == "HTML":
        text, bold = read_html(text)
    text = text.strip()
    if not text:
        raise Complaint(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Complaint(400, "Bad Request: message is too long")
    return text, bold


def read_html(html: str) -> tuple[str, tuple[str, ...]]:
    """Telegram's HTML as seen, and its bold stretches. Raises Complaint as Telegram would."""
    seen, done = "", 0
    opened: list[tuple[str, int]] = []
    bold = []
    for match in _MARKUP.finditer(html):
        seen += html[done : match.start()]
        done = match.end()
        if match["stray"]:
            raise Complaint(400, "Bad Request: can't parse entities: Unclosed start tag")
        if match["entity"]:
            is_known = match["entity"] in _ENTITIES or match["entity"].startswith("#")
            seen += unescape(match[0]) if is_known else match[0]
        elif match["name"] not in _TAGS:
            raise Complaint(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{match["name"]}"')
        elif not match["close"]:
            opened.append((match["name"], len(seen)))
        elif not opened or opened[-1][0] != match["name"]:
            raise Complaint(400, "Bad Request: can't parse entities: Unexpected end tag")
        else:
            name, start = opened.pop()
            if name in ("b", "strong"):
                bold.append(seen[start:])
    if opened:
        name = opened[-1][0]
        raise Complaint(400, f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag {name}")
    return seen + html[done:], tuple(bold)


def checked_keyboard(parameters: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    keyboard = []
    for row in rows:
        if not row:
            raise Complaint(400, "Bad Request: inline keyboard row is empty")
        if len(row) > 8:
            raise Complaint(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
        for button in row:
            if not button.get("text", "").strip():
                raise Complaint(400, "Bad Request: inline keyboard button text is empty")
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Complaint(400, "Bad Request: BUTTON_DATA_INVALID")
        keyboard.append([(button["text"], button["callback_data"]) for button in row])
    if sum(map(len, keyboard)) > 100:
        raise Complaint(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    return keyboard


def checked_commands(commands: list[Mapping[str, str]]) -> list[Mapping[str, str]]:
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise Complaint(400, "Bad Request: BOT_COMMAND_INVALID")
    return commands
