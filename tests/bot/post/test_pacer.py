"""Messages go no faster than a platform takes them: to all, and to each address."""

from bot.channels.platform import Pace
from bot.post.pacer import Pacer


class Watch:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_all_together_get_so_many_a_second() -> None:
    pacer = Pacer(Pace(per_second=4, between=0), Watch())
    assert [pacer.reserve(address) for address in "abc"] == [0, 0.25, 0.5]


def test_one_address_waits_for_its_own_pace_and_holds_up_nobody() -> None:
    watch = Watch()
    pacer = Pacer(Pace(per_second=1000, between=1), watch)
    watch.seconds += 1
    assert [round(pacer.reserve("ann"), 1) for _ in range(3)] == [0, 1, 2]
    assert pacer.reserve("bob") < 0.1
    watch.seconds += 3
    assert pacer.reserve("ann") == 0


def test_a_pause_is_for_everybody() -> None:
    watch = Watch()
    pacer = Pacer(Pace(per_second=1000, between=0), watch)
    pacer.pause(30)
    watch.seconds += 10
    assert pacer.reserve("ann") == 20
