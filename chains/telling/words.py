"""What every line of an answer needs, and how a document's words and days are written in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chains.citation import Citations
from chains.eligibility import Finding
from chains.prompting import wording
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile
from knowledge.support import Condition, Strength, Support

# How much of a condition a sentence has to hold to say it.
_SAID = 0.5


@dataclass(frozen=True, slots=True)
class Words:
    """What every line needs: the library, the day, the enterprise, and the citations collected so far.

    `day` are the person's words for `as_of` where another day than that of the question is asked of; `asks_whether`
    where it is asked whether, or why not, something can be had; `asked` is the question; `counted` how many graduates
    of which grade are told; `recognised` the year in which the title was got.
    """

    library: Library
    as_of: date
    profile: EnterpriseProfile
    citations: Citations
    warned: frozenset[str] = frozenset()
    day: str = ""
    asks_whether: bool = False
    asked: str = ""
    counted: Mapping[str, int] = field(default_factory=dict)
    recognised: int | None = None

    def condition_number(self, finding: Finding, condition: Condition | None) -> int | None:
        """The number of a condition's quote (of the main quote for None) if the reply cites it."""
        path, quote = self._place(finding, condition)
        return self.citations.number(finding.document, path, quote)

    def _place(self, finding: Finding, condition: Condition | None) -> tuple[str, str]:
        """Where a condition's words stand; where the main quote holds them, it serves for them."""
        path, quote = finding.support.provision, finding.support.benefit.quote
        if condition is None or (condition.provision in (None, path) and condition.quote in quote):
            return path, quote
        return condition.provision or path, condition.quote

    def benefit_mark(self, finding: Finding) -> str:
        return self.condition_mark(finding, None)

    def condition_mark(self, finding: Finding, condition: Condition | None) -> str:
        return self.citations.cite(finding.document, *self._place(finding, condition))


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def tight(text: str) -> str:
    """Without the blanks that printing puts between figures and Chinese."""
    text = re.sub(r"(?<=[\u4e00-\u9fff“”（）《》、，。])\s+(?=[\w“”（）])|(?<=[\w%])\s+(?=[\u4e00-\u9fff])", "", text)
    return text.strip()


def with_limits(support: Support) -> str:
    """What is promised, with what the same sentence asks for and the short form leaves out: 初次, 轻微, 按期整改."""
    text = tight(support.benefit.text)
    said = pairs(text)
    of_it = [c for c in support.when if c.open and c.quote in support.benefit.quote]
    limits = [tight(c.quote).rstrip("的") for c in of_it if support.strength is not Strength.ENCOURAGES]
    limits = [limit for limit in limits if len(pairs(limit) & said) < _SAID * len(pairs(limit))]
    return wording("support.limited", benefit=text, limits="；".join(limits)) if limits else text


def pairs(words: str) -> set[str]:
    """Each two characters that stand side by side."""
    return {words[i : i + 2] for i in range(len(words) - 1)}
