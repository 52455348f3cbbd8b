"""A process that is killed again and again loses nothing that it accepted and answers nothing twice."""

import asyncio
import os
from pathlib import Path

from tests.bot.drill import Drill

KILLS = int(os.environ.get("HUIQI_DRILL_KILLS", "100"))
AT_ONCE = 2


async def test_nothing_that_was_accepted_is_lost_or_answered_twice(tmp_path: Path) -> None:
    drills = [Drill(tmp_path / str(number), seed=20261120 + number) for number in range(AT_ONCE)]
    counts = await asyncio.gather(*(drill.run(KILLS // AT_ONCE) for drill in drills))
    for count in counts:
        assert count.complaints == []
        assert (count.kills, count.stops > 0) == (KILLS // AT_ONCE, True)
        assert count.answered == count.messages > KILLS // AT_ONCE // 2
        assert count.deliveries > count.messages
