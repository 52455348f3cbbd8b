"""Time as the policies count it: days in Asia/Shanghai. Clocks are passed in, never read in the middle."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def today(clock: Clock) -> date:
    """The day it is in Asia/Shanghai, whatever the machine's own time zone."""
    return clock().astimezone(SHANGHAI).date()
