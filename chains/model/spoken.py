"""What a turn says, line by line, and what was left out on the way. It writes nothing."""

from dataclasses import dataclass, field

from chains.citation import markers

_FEWEST_POINTS = 2


@dataclass(slots=True)
class Spoken:
    """What is said, line by line; what was dropped on the way and why, and where a model spoke against the rules."""

    lines: list[str]
    dropped: list[tuple[str, str]]
    own_words: str
    disagreements: list[str] = field(default_factory=list)

    @property
    def lead(self) -> list[str]:
        """What comes first, up to the first line with a citation: lifecycle, verdict, benefit."""
        return self.lines[: self._lead]

    @property
    def points(self) -> list[str]:
        """What follows it."""
        return [line for line in self.lines[self._lead :] if line]

    @property
    def is_prose(self) -> bool:
        """Whether there is something to put in other words: not where one bold verdict follows another."""
        return len(self.points) >= _FEWEST_POINTS and not any("**" in point for point in self.points)

    @property
    def _lead(self) -> int:
        return next((i for i, line in enumerate(self.lines, start=1) if markers(line)), len(self.lines))
