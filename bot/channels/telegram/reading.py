"""An update as a delivery, or nothing where nobody speaks to us. Nothing is asked of Telegram here."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.channels.telegram.rendering import ABOUT, TOPIC
from bot.channels.telegram.wording import wording
from bot.messages import Action, Delivery, Kind, Tap
from bot.text import mend

if TYPE_CHECKING:
    from aiogram.types import (
        CallbackQuery,
        ChatMemberUpdated,
        InaccessibleMessage,
        Message,
        MessageEntity,
        Update,
    )

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]

_NAME = "telegram"
_DATA = re.compile(rf"([a-z]):([0-9A-Za-z_-]{{0,{ABOUT}}}):(.{{0,64}})")
_KINDS = {
    "text": Kind.TEXT,
    "voice": Kind.VOICE,
    "audio": Kind.VOICE,
    "video_note": Kind.VOICE,
    "photo": Kind.PICTURE,
    "live_photo": Kind.PICTURE,
    "sticker": Kind.PICTURE,
    "video": Kind.PICTURE,
    "animation": Kind.PICTURE,
    "document": Kind.FILE,
    "location": Kind.LOCATION,
    "venue": Kind.LOCATION,
}
# What people send besides; all other contents are notes of Telegram itself (a pinned message, a new title).
_OF_PEOPLE = {
    "chat_shared", "checklist", "contact", "dice", "game", "giveaway", "invoice", "paid_media", "poll",
    "rich_message", "story", "unknown", "user_shared", "users_shared", "web_app_data",
}  # fmt: skip
_WORDS = frozenset({"text", "caption"})
_NEEDED = _WORDS | {"message_id", "date", "edit_date", "chat", "from", "is_topic_message", "message_thread_id"}
_NEEDED_OF_WHOM = ("id", "type", "is_bot", "first_name")
_GONE = {"left", "kicked"}


class NotAnUpdate(ValueError):
    """What came is not what Telegram sends."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it; the name is not known before Telegram was asked."""

    id: int
    username: str | None = None

    def is_named(self, name: str) -> bool:
        return self.username is not None and name.lower() == self.username.lower()


def load_json(text: str | bytes) -> Any:
    """JSON with unpaired surrogates mended, which nothing behind could hold. Raises NotAnUpdate."""
    try:
        return _mended(json.loads(text))
    except (ValueError, RecursionError):
        raise NotAnUpdate("not JSON") from None


def _mended(value: Any) -> Any:
    match value:
        case str():
            return mend(value)
        case list():
            return [_mended(item) for item in value]
        case dict():
            return {mend(key): _mended(item) for key, item in value.items()}
        case _:
            return value


def bare(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What is needed of an update to answer it at all, for one that has more in it than aiogram understands.

    Words that were forwarded are left out: nobody could tell any more that they are somebody else's.
    """
    kept: dict[str, Any] = {"update_id": raw["update_id"]}
    for name in ("message", "edited_message"):
        if isinstance(message := raw.get(name), Mapping):
            dropped = _WORDS if "forward_origin" in message else frozenset()
            kept[name] = {field: message[field] for field in _NEEDED - dropped if field in message}
            for field in ("chat", "from"):
                if isinstance(whose := message.get(field), Mapping):
                    kept[name][field] = {part: whose[part] for part in _NEEDED_OF_WHOM if part in whose}
    return kept


def needs_name(update: "Update", me: Me) -> bool:
    """Whether the bot must know its own name to tell if an update is for it."""
    message = update.message or update.edited_message
    return me.username is None and message is not None and message.chat.type != "private"


def read_update(update: "Update", me: Me, now: datetime) -> Delivery | None:
    """The delivery in an update; None if it is nothing that a person wants of us.

    In a group only what is addressed to the bot counts: a mention, a command of its menu, a reply to one of its
    messages.
    """
    if update.message:
        return _read_message(update.update_id, update.message, me)
    if update.edited_message:
        return _read_edit(update.update_id, update.edited_message, me)
    if update.callback_query:
        return _read_tap(update.update_id, update.callback_query, now)
    if update.my_chat_member:
        return _read_membership(update.update_id, update.my_chat_member)
    return None


def _read_message(update_id: int, message: "Message", me: Me) -> Delivery | None:
    words = _words(message, me)
    kind = _kind(message)
    if words is None or kind is None:
        return None
    if message.forward_origin and words:
        kind = Kind.FORWARDED
    identity = f"m:{message.chat.id}:{message.message_id}"
    if message.media_group_id and not words:  # one of many pictures sent as one
        identity = f"a:{message.chat.id}:{message.media_group_id}"
    read = _delivery(update_id, _address(message), message.date, kind, identity=identity, text=words)
    return read.model_copy(update={"quote": _quote(message)})


def _read_edit(update_id: int, message: "Message", me: Me) -> Delivery | None:
    words = _words(message, me)
    if not words or message.edit_date is None:  # a place that moves, a link that got its preview
        return None
    identity = f"e:{message.chat.id}:{message.message_id}:{message.edit_date}"
    edited_at = datetime.fromtimestamp(message.edit_date, UTC)
    read = _delivery(update_id, _address(message), edited_at, Kind.EDITED, identity=identity, text=words)
    corrects = f"m:{message.chat.id}:{message.message_id}"
    return read.model_copy(update={"corrects": corrects, "quote": _quote(message)})


def _read_tap(update_id: int, query: "CallbackQuery", now: datetime) -> Delivery | None:
    """A tap. With data that no button of ours sends it is a thing we do not know, with something to answer."""
    if query.message is None or query.from_user.is_bot or query.message.chat.type == "channel":
        return None
    read = _DATA.fullmatch(mend(query.data or ""))
    is_ours = read is not None and read[1] in set(Action)
    action, about, value = (Action(read[1]), read[2], read[3]) if read and is_ours else (Action.DISMISS, "", "")
    shown = str(query.message.message_id)
    return _delivery(
        update_id,
        _address(query.message),
        now,
        Kind.TAP if is_ours else Kind.OTHER,
        identity=f"q:{query.id}",
        tap=Tap(action=action, about=about, value=value, shown=shown, receipt=query.id),
    )


def _read_membership(update_id: int, change: "ChatMemberUpdated") -> Delivery | None:
    was_gone, is_gone = change.old_chat_member.status in _GONE, change.new_chat_member.status in _GONE
    if was_gone == is_gone or change.chat.type == "channel":
        return None
    # Who takes a block back says /start with it, and is answered then.
    back = Kind.RETURNED if change.chat.type == "private" else Kind.JOINED
    return _delivery(update_id, str(change.chat.id), change.date, Kind.LEFT if is_gone else back)


def _delivery(
    update_id: int,
    address: str,
    sent_at: datetime,
    kind: Kind,
    *,
    identity: str | None = None,
    text: str = "",
    tap: Tap | None = None,
) -> Delivery:
    return Delivery(
        channel=_NAME,
        delivery_id=str(update_id),
        identity=identity,
        address=address,
        place=f"{update_id:020}",
        sent_at=sent_at,
        kind=kind,
        text=text,
        tap=tap,
    )


def _address(message: "Message | InaccessibleMessage") -> str:
    """The chat, and the topic in it where it has topics: each is a conversation of its own."""
    topic = getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
    return f"{message.chat.id}{TOPIC}{topic}" if topic else str(message.chat.id)


def _quote(message: "Message") -> str:
    return "" if message.chat.type == "private" else str(message.message_id)


def _kind(message: "Message") -> Kind | None:
    if message.venue or message.location:
        return Kind.LOCATION
    content = str(getattr(message.content_type, "value", message.content_type))
    return _KINDS.get(content) or (Kind.OTHER if content in _OF_PEOPLE else None)


def _words(message: "Message", me: Me) -> str | None:
    """What a person says to us, without our own name in it; None if they do not speak to us."""
    person = message.from_user
    if person is None or person.is_bot or message.is_automatic_forward or message.chat.type == "channel":
        return None
    found = _Calls.within(message, me)
    if message.chat.type == "private":
        return found.rest
    replied_to = message.reply_to_message.from_user if message.reply_to_message else None
    is_reply = replied_to is not None and replied_to.id == me.id
    return found.rest if found.for_us or (is_reply and not found.for_another) else None


@dataclass(frozen=True, slots=True)
class _Calls:
    """Whom a text calls by name, and the text without our own."""

    rest: str
    for_us: bool
    for_another: bool

    @staticmethod
    def within(message: "Message", me: Me) -> "_Calls":
        text = message.text or message.caption or ""
        units = text.encode("utf-16-le", "surrogatepass")
        entities = (message.entities if message.text else message.caption_entities) or []
        ours = []
        for_another = is_command = False
        for entity, start, end in _places(entities, len(units)):
            words = units[start:end].decode("utf-16-le", "replace")
            command, _, name = words.partition("@")
            if entity.type == "text_mention":
                if entity.user and entity.user.id == me.id:
                    ours.append((start, end))
            elif name and me.is_named(name):  # a mention, or a command with the name behind it
                ours.append((start + 2 * len(command), end))
            elif name and entity.type == "bot_command":
                for_another = True
            elif entity.type == "bot_command" and start == 0:
                is_command = command[1:].lower() in wording().commands
        rest = mend(_without(units, ours).decode("utf-16-le", "surrogatepass"))
        return _Calls(
            re.sub(r"[^\S\n]{2,}", " ", rest).strip() if ours else rest, bool(ours) or is_command, for_another
        )


def _places(entities: Sequence["MessageEntity"], length: int) -> Iterator[tuple["MessageEntity", int, int]]:
    """The entities that may name somebody, each with its place in bytes."""
    for entity in entities:
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        if entity.type in ("mention", "text_mention", "bot_command") and 0 <= start < end <= length:
            yield entity, start, end


def _without(units: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    kept = b""
    done = 0
    for start, end in sorted(places):
        kept += units[done : max(start, done)]
        done = max(done, end)
    return kept + units[done:]
