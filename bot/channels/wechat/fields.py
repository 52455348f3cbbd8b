"""What the messages of WeChat and WeCom have in common: who, when, which. Their kinds are the channels' own."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channels.wechat.envelope import malformed

_LONGEST_SENDER = 128
_SECONDS = re.compile(r"[0-9]{1,10}")
_NUMBER = re.compile(r"[0-9]{1,20}")


def read_sender(fields: Mapping[str, str]) -> tuple[str, int, str]:
    """Who sent a message, when (in seconds), and its type. Raises Refused."""
    sender, created, kind = fields.get("FromUserName", ""), fields.get("CreateTime", ""), fields.get("MsgType", "")
    if not sender or len(sender) > _LONGEST_SENDER or not _SECONDS.fullmatch(created) or not kind:
        raise malformed("not a message")
    return sender, int(created), kind.lower()


def read_number(fields: Mapping[str, str]) -> int:
    """The platform's number of a message. Raises Refused."""
    number = fields.get("MsgId", "")
    if not _NUMBER.fullmatch(number):
        raise malformed("a message without a number")
    return int(number)


def place_of(created: int, number: int) -> str:
    """Sorts by second, and within it by number."""
    return f"{created:012d}.{number:020d}"


def moment(created: int) -> datetime:
    return datetime.fromtimestamp(created, UTC)


def event_id(sender: str, created: int, event: str, key: str) -> str:
    """Events have no number: the platform says to know them by sender and time."""
    return ":".join(("e", sender, str(created), event, *([key] if key else [])))
