"""The stretch of days that figures are asked for: it lives in an address, and days are those of Asia/Shanghai."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from bot.clock import SHANGHAI

CHOICES = (1, 7, 30, 90)
USUAL = 7
LONGEST = 366
_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` to `until`, both included; `days` where so many up to today were asked for.

    `channel` and `city` narrow it to any of theirs, where there are some.
    """

    since: date
    until: date
    days: int | None = None
    channel: tuple[str, ...] = ()
    city: tuple[str, ...] = ()

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]], today: date) -> Self:
        """The period of a query string. What is no day of our time, or no number, is passed over."""
        given: dict[str, list[str]] = {}
        for name, value in pairs:
            if value := value.strip()[:40]:
                given.setdefault(name, []).append(value)
        where = tuple(given.get("channel", ())), tuple(given.get("city", ()))
        since, until = (_day(next(iter(given.get(name, ())), "")) for name in ("since", "until"))
        if since or until:
            first, last = sorted((since or until or today, until or today))
            last = min(last, today)
            return cls(max(min(first, last), last - timedelta(days=LONGEST - 1)), last, None, *where)
        asked = next(iter(given.get("days", ())), "")
        days = min(int(asked), LONGEST) if asked.isascii() and asked.isdigit() and int(asked) else USUAL
        return cls(today - timedelta(days=days - 1), today, days, *where)

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.since, time.min, SHANGHAI)

    @property
    def end(self) -> datetime:
        """The moment after the last one."""
        return datetime.combine(self.until + timedelta(days=1), time.min, SHANGHAI)

    @property
    def each_day(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    @property
    def where(self) -> list[tuple[str, str]]:
        """What narrows it, as pairs of a query string."""
        return [("channel", value) for value in self.channel] + [("city", value) for value in self.city]

    @property
    def address(self) -> str:
        """The query string that reads as this period."""
        when = [("days", str(self.days))] if self.days else [("since", str(self.since)), ("until", str(self.until))]
        return urlencode(when + self.where)

    def items(self, *more: tuple[str, str]) -> str:
        """The query string of the list of review that finds the items of this period; what `more` names is not narrowed
        otherwise."""
        named = {name for name, _ in more}
        where = [pair for pair in self.where if pair[0] not in named]
        return urlencode([*more, *where, ("since", str(self.since)), ("until", str(self.until))])


def _day(given: str) -> date | None:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return None
    return day if day >= _FIRST else None
