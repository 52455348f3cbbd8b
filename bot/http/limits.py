"""How many messages a minute: token buckets in memory, one for each conversation and each address."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0
_MOST_BUCKETS = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limiter:
    """Lets `per_minute` through for each key, all of a minute's at once if need be; 0 lets everything through."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._now = now
        self._buckets: dict[str, _Bucket] = {}

    def wait_for(self, key: str) -> int:
        """0 if one more may pass now (it is counted), else the seconds until it may."""
        if self._per_minute == 0:
            return 0
        now = self._now()
        bucket = self._buckets.get(key)
        if bucket is None:
            self._forget_full(now)
            bucket = self._buckets[key] = _Bucket(self._per_minute, now)
        bucket.tokens = self._refilled(bucket, now)
        bucket.at = now
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) * _MINUTE / self._per_minute))
        bucket.tokens -= 1
        return 0

    def _refilled(self, bucket: _Bucket, now: float) -> float:
        return min(self._per_minute, bucket.tokens + (now - bucket.at) * self._per_minute / _MINUTE)

    def _forget_full(self, now: float) -> None:
        """A full bucket is as good as none; dropping them bounds the memory."""
        if len(self._buckets) >= _MOST_BUCKETS:
            self._buckets = {k: b for k, b in self._buckets.items() if self._refilled(b, now) < self._per_minute}
