"""How long each step of a turn took, for staff."""

from time import perf_counter


class Watch:
    """Laps in seconds, by the name of the step that ends."""

    def __init__(self) -> None:
        self._begun = self._last = perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name] = round(now - self._last, 4)
        self._last = now

    @property
    def seconds(self) -> float:
        return round(self._last - self._begun, 4)
