"""What one turn may spend on models, what each call was, and why there was no answer. It calls nothing."""

from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Protocol

MOST_RETRIES = 2


class ModelUnavailable(RuntimeError):
    """No usable answer of the model; `reason` is one word for the trace. The assistant goes on without it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Ledger(Protocol):
    """Keeps what was spent, and knows the caps."""

    async def reserve(self, person: str, tokens: int) -> int | None:
        """An entry for a call of at most so many tokens; None where a cap would be passed."""

    async def settle(self, entry: int, tokens_in: int, tokens_out: int) -> None:
        """What the call did use."""


@dataclass(slots=True)
class Call:
    """One call, as staff see it: `said` is the data, `size` the characters of the whole prompt.

    `error` is None for a whole answer, `truncated` for one cut off.
    """

    purpose: str
    prompt: str
    version: int
    model: str
    said: str
    size: int
    reply: str = ""
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    attempts: int = 0
    error: str | None = None


@dataclass(slots=True)
class Allowance:
    """What one turn may spend on models, and what it did: seconds by a monotonic clock, retries over all calls.

    `person` is whose caps count. After a failure nothing more is asked in the turn.
    """

    person: str
    until: float
    retries: int = MOST_RETRIES
    calls: list[Call] = field(default_factory=list)

    @classmethod
    def of(cls, person: str, seconds: float) -> "Allowance":
        return cls(person, monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds."""
        return self.until - monotonic()

    @property
    def trace(self) -> list[dict[str, object]]:
        return [asdict(call) for call in self.calls]

    @property
    def error(self) -> str | None:
        """Why the last call gave no whole answer."""
        return self.calls[-1].error if self.calls else None
