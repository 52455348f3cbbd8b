"""Pages as parcels and back: text that stands for itself, and a menu where the platform may show one instead."""

from collections.abc import Mapping
from typing import Any, cast

from bot.channels.platform import Parcel
from bot.channels.wechat.layout import Entry, Page, say


def parcel_of(page: Page, address: str) -> Parcel:
    parcel: dict[str, object] = {"to": address, "type": "text", "text": page.text}
    if page.menu:
        menu = [{"id": entry.id, "content": entry.content} for entry in page.menu]
        parcel |= {"menu": menu, "head": page.head, "tail": page.tail}
    return parcel


def address_of(parcel: Parcel) -> str:
    return str(parcel["to"])


def page_of(parcel: Parcel) -> Page:
    """The page that a parcel was made of."""
    rows = cast(list[Mapping[str, Any]], parcel.get("menu", []))
    menu = tuple(Entry(str(row["id"]), str(row["content"])) for row in rows)
    return Page(str(parcel["text"]), str(parcel.get("head", "")), menu, str(parcel.get("tail", "")))


def saying_more(parcel: Parcel) -> Parcel:
    """The text with the word for what follows it; a menu stands only below the last."""
    return parcel_of(Page(f"{page_of(parcel).text}\n\n{say('more')}"), address_of(parcel))


def without_menu(parcel: Parcel) -> Parcel | None:
    """The text alone; None where there was nothing else."""
    return parcel_of(Page(page_of(parcel).text), address_of(parcel)) if parcel.get("menu") else None
