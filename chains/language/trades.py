"""Which industries of the official standard of sizes a firm may be of, by what it says that it does.

The words of an activity decide before those of what is made or traded: who sells devices makes none. Where several
fit, all are told: a size is known only where they agree in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from chains.prompting import read_data

_GOODS, _INDUSTRY, _SEVERAL = "goods", "工业", "、"
_PHRASE = re.compile(r"[，,。；;！!？?、\s]+|[和与及兼跟]|加(?!工|油|盟|热|固|密|速)|[也还又](?=主?[做搞卖营])")
# 给汽车厂写软件, 卖给超市: whom the firm works for.
_FOR_OTHERS = re.compile(
    r"(?:给|为|替|帮|向|面向|服务)[^，。；、\s]{1,10}?(?=的?(?:做|写|开发|研发|设计|送|运|供货|配送|配套|搞|干|管|修|维修|提供|代工|加工|批发|生产|服务))"
    r"|(?:卖|供应?|供货|发|销|送|出口|配套)(?:给|到|往)[^，。；、\s]*"
)
# 工信局管: an office is no trade.
_OFFICE = re.compile(
    r"(?:市|县|区)?[一-鿿]{2,3}局(?:(?:也|都|来|在)*管|(?=$|[，。；、\s归负的在让叫说里和跟与]))|工商联|工信(?:部门|口)"
)
# 买软件, 想换设备, 客户是酒店: what a firm has, wants or deals with is not its trade.
_NOT_ITS_TRADE = re.compile(
    r"(?:买|采购|购置|租(?!赁)|换|上了|装了|使用|用[的了上着]|缺|(?<!主)(?<!只)要|需要|想(?!问|了解|咨询|知)|申请|请(?!问)|客户|同行|隔壁|上游|下游|供应商|欠|推荐|推广)"
    r"[^，。；、\s]{0,6}$|首(?:台(?:套|\(套\))?|批次|版次)(?:重大)?$|(?:不(?!锈钢|干胶)|没有?|非(?!金属|标))[^，。；、\s]{0,3}$"
)
_SAYS_TRADE = re.compile(
    r"(?:做|搞|干|是|开|从事|主营|经营|写|造|研发|开发|设计|承接|承包|专[门业做注]|[我咱俺]们?|我[司厂]|公司|企业|单位|属于?|行业)[^，。；、\s]{0,10}$"
)
_OF_A_FIRM = re.compile(r"[^，。；、\s]{0,4}?(?:公司|企业|行业|厂|店|商|户|部|的(?:$|[小中大公企民省专国]))")
_BARE, _ENDS = 4, 2
# 运输化工品, 维修设备: an activity that is done to goods.
_DONE_TO_GOODS = re.compile(r"运输|配送|搬运|维修|修理|租赁|出租|代理")
# 自己生产自己卖: a maker who sells is a maker.
_SELLS = re.compile(r"卖|销售|出售")
_ITS_OWN_SALE, _MAKES = re.compile(r"(?:自己)?(?:卖|销售|出售)(?:一体)?[的等]?"), re.compile(r"生产|制造|加工|厂")
_DEALS = frozenset({"批发业", "零售业"})


@cache
def _trades() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(row["match"]) for name, row in read_data("lexicon")["trades"].items()}


def industries_of(words: str, known: str = "", *, corrects: bool = False) -> str:
    """The industries that some words name, parted by 、, with those `known` unless these are corrected; empty for none.

    What a firm makes says nothing new where its industry is known.
    """
    makes = _MAKES.search(words) is not None
    words = _OFFICE.sub("", words)
    phrases = (p for p in _PHRASE.split(_FOR_OTHERS.sub("", words)) if not (makes and _ITS_OWN_SALE.fullmatch(p)))
    named = [_named_in(phrase) for phrase in phrases]
    acts = set().union(*named) - {_GOODS}
    if not acts & _DEALS and (corrects or not known) and any(_GOODS in names for names in named):
        acts.add(_INDUSTRY)
    if known and not corrects:
        acts |= {*known.split(_SEVERAL)}
    return _SEVERAL.join(name for name in _trades() if name in acts)


def _named_in(phrase: str) -> set[str]:
    """The industries that a phrase names: those of its last word, as in 仓储货架 and 工业软件, or of whoever deals."""
    found = [*_longest(_spans(phrase))]
    goods = {place for start, end, names in found if _GOODS in names for place in (start, end)}
    # 产品销售全国 tells no trade; 卖阀门的, 销售公司 do.
    found = [
        (start, end, names)
        for start, end, names in found
        if not _SELLS.fullmatch(phrase[start:end]) or {start, end} & goods or _OF_A_FIRM.match(phrase[end:])
    ]
    if not found:
        return set()
    named: set[str] = set()
    for start, end, names in found:
        if names & _DEALS:
            beside = [n - {_GOODS} for s, e, n in found if e == start or s == end or _INDUSTRY in n]
            made = any(e <= start and _INDUSTRY in n for _, e, n in found)
            named |= set().union(*beside) | (set() if made and _SELLS.fullmatch(phrase[start:end]) else names)
    start, _, names = found[-1]
    done = [n for s, e, n in found if e <= start and _DONE_TO_GOODS.fullmatch(phrase[s:e])]
    return named or (set(names).union(*done) if _GOODS in names else set(names))


def _spans(phrase: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The words of a phrase that tell the firm's trade: from, to, and the industries that each names."""
    spans: dict[tuple[int, int], set[str]] = {}
    for name, regex in _trades().items():
        for match in regex.finditer(phrase):
            spans.setdefault(match.span(), set()).add(name)
    for (start, end), names in spans.items():
        before, after = phrase[:start], phrase[end:]
        says = _SAYS_TRADE.search(before) or _OF_A_FIRM.match(after) or names & {_INDUSTRY, *_DEALS}
        is_bare = len(before) <= _BARE and len(after) <= _ENDS
        if (says or is_bare) and not _NOT_ITS_TRADE.search(before):
            yield start, end, frozenset(names)


def _longest(
    spans: Iterable[tuple[int, int, frozenset[str]]],
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Spans in order without those that a longer one holds: 店 of 火锅店."""
    kept = [*spans]
    for start, end, names in sorted(kept):
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in kept):
            yield start, end, names
