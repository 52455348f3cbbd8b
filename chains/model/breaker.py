"""A circuit breaker: nobody is kept waiting for what is known to be down. It knows no model."""

from collections import deque
from collections.abc import Callable
from time import monotonic

_FAILURES = 5
_WITHIN_S = 30.0
_PROBE_S = 15.0
_LONGEST_HOLD_S = 300.0


class Breaker:
    """Opens after `_FAILURES` failures within `_WITHIN_S` seconds; then lets one probe through each `_PROBE_S`."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=_FAILURES)
        self._open_since: float | None = None
        self._probed = 0.0
        self._held_until = 0.0

    @property
    def is_open(self) -> bool:
        return self._open_since is not None or self._clock() < self._held_until

    def lets_through(self) -> bool:
        """Whether a call may be made now; while open, a yes is the probe."""
        now = self._clock()
        if now < self._held_until:
            return False
        if self._open_since is None:
            return True
        if now - self._probed < _PROBE_S:
            return False
        self._probed = now
        return True

    def hold(self, seconds: float) -> None:
        """Nothing is asked for so long, since the server said so."""
        self._held_until = max(self._held_until, self._clock() + min(seconds, _LONGEST_HOLD_S))

    def succeeded(self) -> None:
        self._failures.clear()
        self._open_since = None

    def failed(self) -> None:
        now = self._clock()
        self._failures.append(now)
        full = len(self._failures) == _FAILURES
        if self._open_since is None and full and now - self._failures[0] <= _WITHIN_S:
            self._open_since = self._probed = now
