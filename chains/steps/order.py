"""In which order supports are told, and how many at once."""

import re
from collections.abc import Iterable, Sequence

from chains.eligibility import Finding, State, Status
from chains.finding.matching import titles_of
from chains.finding.naming import core, names_nothing
from chains.interview import weight
from knowledge.figures import read_figures
from knowledge.profile import NONE, EnterpriseProfile, SlotKind, slots
from knowledge.support import Brings, Kind, Support

STATUSES = (Status.ELIGIBLE, Status.CONDITIONAL, Status.UNDETERMINED, Status.INELIGIBLE)
_SAID = frozenset({"money", "rate"})
_WITHOUT_APPLYING = frozenset({Kind.TAX, Kind.SERVICE, Kind.RELIEF})
_BRINGS = (Brings.MONEY, Brings.HELP, Brings.CONDUCT)
_NO_MONEY, _A_WORD = 2, 2
# 列三个最实用的, 说几条: how many are wished for; 整理一份清单: as many as a page of a list holds.
_SO_MANY = re.compile(
    r"(?:列|挑|选|说|讲|给|推荐|介绍|报|拣|找|来)(?:出|一?下|我们?|个)*(?:最[^，。；]{1,4}的)?(?P<many>[一两二三四五六七八九十]|[1-9])(?:个|项|条|样|种)"
)
_MANY = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_A_LIST = re.compile(
    r"清单|大全|汇总|盘点|梳理|(?:列|整理?|拉|做|出)(?:一?[份个张])?(?:表|单子)|全部|所有|一[条项个]一?[条项个]"
)


# 最实用的, 给我们讲讲: what names nothing beside such a wish.
_OF_A_WISH = re.compile(
    r"(?:最|比较|更|相对)?(?:有用|实用|管用|实在|重要|要紧|关键|主要|值得|适合|合适|容易|靠谱|值钱?|划算|合算|好办?)(?:我们?|咱们?|公司|企业|[去办弄申请的])*|好吧|行吧|那就|我们?|就行|就好|讲讲|说说|听听|看看|可以"
)


def wishes_so_many(text: str) -> bool:
    """Whether a message wishes to be told so many of all that there is, and names nothing besides."""
    rest = _OF_A_WISH.sub(" ", _SO_MANY.sub(" ", text))
    return rest != text and _SO_MANY.search(text) is not None and names_nothing(rest) and len(core(rest)) < _A_WORD


def how_many_wished(text: str, page: int) -> int:
    """How many supports a message wishes to be told at once; a `page` where it does not say."""
    if match := _SO_MANY.search(text):
        return _MANY.get(match["many"]) or int(match["many"])
    return 2 * page if _A_LIST.search(text) else page


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Certain before conditional, a sum before other money, that before other help; last how offices mean to act."""

    def place(finding: Finding) -> tuple[int, int, float, bool, int]:
        support = finding.support
        happens = support.kind in _WITHOUT_APPLYING
        sum_ = support.benefit.amount_cny or 0
        return STATUSES.index(finding.otherwise), _worth(support), -weight(support), happens, -sum_

    return tuple(sorted(findings, key=place))


def best_first(findings: Sequence[Finding], profile: EnterpriseProfile) -> list[Finding]:
    """Ranked findings as they fit on a page: what the firm does, what is for its very title, money.

    What the authority has yet to confirm stands among them, a district's award before a service; last how offices act.
    """
    held = {title for title in profile["tiers"] or () if title != NONE}

    def place(finding: Finding) -> tuple[bool, bool, bool, int]:
        support = finding.support
        met = {r.slot for r in finding.reasons if r.slot and r.state is State.MET}
        does = any(slots()[slot].kind is SlotKind.YES_NO for slot in met)
        conduct = support.brings is Brings.CONDUCT
        return conduct, not does, titles_of(support).isdisjoint(held), min(_worth(support), _NO_MONEY)

    return sorted(findings, key=place)


def _worth(support: Support) -> int:
    """Its place among what is told: a sum that is written, other money, other help, how offices mean to act."""
    return 0 if names_sum(support) else 1 + _BRINGS.index(support.brings)


def names_sum(support: Support) -> bool:
    """Whether a sum of money or a rate is written of what is given."""
    benefit = support.benefit
    return benefit.amount_cny is not None or any(f.kind in _SAID for f in read_figures(benefit.text))
