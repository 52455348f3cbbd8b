"""Updates as Telegram writes them."""

from collections.abc import Mapping
from typing import Any

BOT_ID, USERNAME = 123456, "huiqi_bot"


def message_update(chat: int, message_id: int, *, date: int = 1_795_147_200, **fields: Any) -> dict[str, Any]:
    """A message of a person; in a group, of somebody in it."""
    return {"message": {"message_id": message_id, "date": date, "chat": chat_of(chat), "from": _person(chat), **fields}}


def edit_update(chat: int, message_id: int, edit_date: int, **fields: Any) -> dict[str, Any]:
    return {"edited_message": message_update(chat, message_id, edit_date=edit_date, **fields)["message"]}


def tap_update(chat: int, message_id: int, data: str, query: str = "77") -> dict[str, Any]:
    message = {"message_id": message_id, "date": 1_795_147_200, "chat": chat_of(chat), "text": "…"}
    return {
        "callback_query": {
            "id": query,
            "from": _person(chat),
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
    }


def membership_update(chat: int, before: str, after: str) -> dict[str, Any]:
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "惠企", "username": USERNAME}
    return {
        "my_chat_member": {
            "chat": chat_of(chat),
            "from": _person(chat),
            "date": 1_795_147_200,
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        }
    }


def _member(bot: Mapping[str, Any], status: str) -> dict[str, Any]:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def chat_of(chat: int) -> dict[str, Any]:
    if chat < 0:
        return {"id": chat, "type": "supergroup", "title": "申报群"}
    return {"id": chat, "type": "private", "first_name": "王"}


def _person(chat: int) -> dict[str, Any]:
    return {"id": abs(chat), "is_bot": False, "first_name": "王"}
