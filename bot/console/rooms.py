"""All rooms of the console, in the order of its navigation."""

from functools import partial
from typing import Final

from fastapi import APIRouter

from bot.console.arrivals import arrivals_room
from bot.console.citing import citing_room
from bot.console.console import Console
from bot.console.exporting import exporting_room
from bot.console.handovers import handovers_room
from bot.console.home import home_room
from bot.console.how import how_room
from bot.console.journal import exported_audit, journal_room
from bot.console.listing import exported_items, listing_room
from bot.console.own_password import password_room
from bot.console.proposing import proposing_room
from bot.console.revealing import revealing_room
from bot.console.reviewing import reviewing_room
from bot.console.signing import signing_room
from bot.console.table import table_room
from bot.console.upkeep import upkeep_room
from bot.console.versions import versions_room
from bot.office import Office
from bot.store.exports import What

ROOMS: Final = (
    signing_room,
    password_room,
    home_room,
    how_room,
    reviewing_room,
    listing_room,
    partial(exporting_room, sources={What.ITEMS: exported_items, What.AUDIT: exported_audit}),
    proposing_room,
    revealing_room,
    citing_room,
    handovers_room,
    table_room,
    upkeep_room,
    versions_room,
    arrivals_room,
    journal_room,
)


def console_router(office: Office) -> APIRouter:
    return open_console(office).router


def open_console(office: Office) -> Console:
    console = Console(office)
    for furnish in ROOMS:
        furnish(console)
    console.close()
    return console
