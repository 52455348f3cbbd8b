"""What the post office asks of a messaging platform, and the ways in which a send can end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.routing import Route

from bot.messages import Sheet

# The one status of failure that leaves open whether a call arrived: somebody on the way gave up waiting for its answer.
GATEWAY_TIMEOUT = 504

# One call to a platform, ready to be made: its method and parameters as JSON.
Parcel = Mapping[str, object]


class SendFailed(Exception):
    """A parcel was not sent, for a reason that may pass; it is tried again."""


class SendUnknown(Exception):
    """Nobody knows whether a parcel arrived: the answer to the call was lost. It is sent again, and marked."""


@dataclass(slots=True)
class TooFast(Exception):
    """The platform asks for patience. `seconds` until it takes more, from this address or (`everyone`) from all."""

    seconds: float
    everyone: bool = False


class Unreachable(Exception):
    """The person has blocked the account, left, or is out of the platform's time window for good."""


class Unacceptable(Exception):
    """The platform does not take this parcel as it is; a plainer one may do."""


@dataclass(slots=True)
class NotPermitted(Exception):
    """The account may not write to this person now: the sheet is kept until they write again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform takes messages: per second in all, seconds between two to one address."""

    per_second: float
    between: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands with a person: when they last wrote, and how many sends were made since."""

    heard_at: datetime
    sent_since: int


class Platform(Protocol):
    """A messaging platform. It translates; it decides nothing and keeps nothing of conversations."""

    name: str
    pace: Pace

    @property
    def passive_seconds(self) -> float:
        """How long an answer may still be given as the response to the delivery itself; 0 where that cannot be."""
        ...

    def render(self, sheet: Sheet, address: str) -> Sequence[Parcel]:
        """The same parcels for the same sheet, always: a send that was cut short goes on where it stopped."""
        ...

    def plainer(self, parcel: Parcel) -> Parcel | None:
        """The parcel without what the platform might not have understood; None if it is plain already."""
        ...

    def unfinished(self, parcel: Parcel) -> Parcel:
        """The parcel, saying how to come by what follows it: no more may be sent before the person writes again."""
        ...

    def may_send(self, standing: Standing, now: datetime) -> bool:
        """Whether the platform's own rules let the account write now."""
        ...

    async def send(self, parcel: Parcel) -> str:
        """Make the call: the platform's id of what was sent, if it gives one. Raises the exceptions above."""
        ...

    async def show_progress(self, address: str, so_far: str) -> None:
        """Say that an answer is being made, and what there is of it, where the platform has a way to; never raises."""
        ...

    async def hand_over(self, address: str) -> bool:
        """Tell the platform that people serve this person now, where it wants to know: whether it took it."""
        ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    def routes(self) -> Sequence[Route]:
        """Where the platform delivers, if it calls us. Plain routes: what the API's bring along is not needed there."""
        ...

    async def run(self) -> None:
        """Fetch deliveries for as long as the service runs, where we call the platform; return where it calls us."""
        ...
