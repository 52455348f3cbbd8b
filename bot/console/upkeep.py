"""What in the corpus needs a look: what has no row, what runs out in 30, 60, 90 days, notices. Changes nothing."""

from fastapi import Response

from bot.clock import today
from bot.console.console import Console, Seated
from bot.store.staff import Role
from chains.prompting import read_data
from knowledge.regions import city_name
from knowledge.upkeep import HORIZONS, bare_provisions, endings, notices


def upkeep_room(console: Console) -> None:
    @console.get("/upkeep", Role.VIEWER, menu="语料")
    async def upkeep(seat: Seated) -> Response:
        library = console.office.library()
        on = today(console.office.clock)
        return console.page(
            seat,
            "upkeep.html",
            on=on,
            library=library,
            horizons=HORIZONS,
            endings=endings(library, on),
            bare=list(bare_provisions(library)),
            notices=list(notices(library)),
            city_name=city_name,
            corpus=read_data("corpus"),
        )
