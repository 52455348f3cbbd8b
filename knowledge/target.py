"""What a document aims at: one measure, its figure, and by when. Told, never a condition."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.figures import Figure, read_figures


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Until(_Row):
    """A year, and the words of a provision that say so."""

    year: int
    provision: str
    quote: str


class Target(_Row):
    """One figure that a document aims at.

    `measure` has the same name in every document that aims at the same thing; `basis` are words of the provision that
    tell what is counted, where another document counts something else. `figure` picks one of several in the quote.
    `by` is the year until which, None where the text gives none; `per: year` is a figure of each year.
    """

    measure: str
    provision: str
    quote: str
    figure: str | None = None
    basis: str | None = None
    by: Until | None = None
    per: Literal["year"] | None = None

    @property
    def value(self) -> Figure | None:
        """The figure, None where the quote holds none or several and no word picks one."""
        found = [f for f in read_figures(self.quote) if f.kind in {"number", "rate"}]
        if self.figure is not None:
            found = [f for f in found if f.words == self.figure]
        return found[0] if len(found) == 1 else None
