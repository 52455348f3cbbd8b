"""In how many of some texts each term stands: what the naive Bayes of this room count in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from knowledge.tokenizer import terms

_UNSEEN = 0.5
# So many texts say beforehand that a term is as frequent in one set as in both together: a word that stands once in the
# larger set is not therefore foreign to the smaller.
_BEFOREHAND = 300.0


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many of some texts each term stands."""

    texts: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], split: Callable[[str], Iterable[str]] = terms) -> "Counted":
        number, counts = 0, Counter[str]()
        for text in texts:
            number += 1
            counts.update(set(split(text)))
        return cls(number, counts)

    @classmethod
    def together(cls, counted: Iterable["Counted"]) -> "Counted":
        """The texts of several sets as one."""
        number, counts = 0, Counter[str]()
        for each in counted:
            number += each.texts
            counts.update(each.counts)
        return cls(number, counts)

    def chance(self, term: str) -> float:
        return (self.counts.get(term, 0) + _UNSEEN) / (self.texts + 2 * _UNSEEN)

    def expected(self, term: str, of_all: "Counted") -> float:
        """The same where what is seen in all texts is expected of these, until they show otherwise."""
        beforehand = _BEFOREHAND * of_all.counts[term] / of_all.texts
        return (self.counts.get(term, 0) + beforehand) / (self.texts + _BEFOREHAND)


def features(text: str) -> list[str]:
    """The terms of a text, and how it begins and ends."""
    words = "".join(c for c in text if c.isalnum())
    return [*terms(text), f"^{words[:1]}", f"^{words[:2]}", f"{words[-1:]}$", f"{words[-2:]}$"]
