"""A process that is killed again and again loses nothing that it accepted and answers nothing twice."""

import os
from pathlib import Path

from tests.bot.drill import drill

KILLS = int(os.environ.get("HUIQI_DRILL_KILLS", "200"))


def test_nothing_that_was_accepted_is_lost_or_answered_twice(tmp_path: Path) -> None:
    count = drill(tmp_path, KILLS, seed=20261120)
    assert count.complaints == []
    assert (count.kills, count.stops > 0) == (KILLS, True)
    assert count.answered == count.messages > KILLS / 2
    assert count.deliveries > count.messages
