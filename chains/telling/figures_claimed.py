"""Whether figures that a question wants confirmed are the document's."""

import re
from collections.abc import Sequence
from decimal import Decimal

from chains.finding.entries import Entry
from chains.finding.naming import core
from chains.finding.retrieval import Finder
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.sums_said import is_own, is_put
from chains.prompting import wording
from chains.telling.open_points import asked_points
from chains.telling.words import pairs
from knowledge.figures import Figure, chinese_number, read_figures
from knowledge.support import Kind, Support

_CAP = re.compile(r"最[高多大]|封顶|上限|不超过|以内|顶格")
# 凭什么不是这个数: who was told otherwise wants it confirmed.
_OBJECTS = re.compile(r"(?:凭|为)(?:什么|啥)(?:说)?不(?:是|对)|怎么(?:就)?(?:会)?不(?:是|对)|哪(?:里|儿)不对|明明")
# 对吧, 是真的吗, 听说: what is said is to be confirmed.
CONFIRMS = re.compile(
    rf"{_OBJECTS.pattern}|吧[?？]?(?=$|[，。；\s])|[对是]吗|对不对|是不是|没错|真的|^[^，。；]{{2,12}}\d[?？]$|听[^，。；]{{0,4}}说|据说|说是|记得|印象[里中]|以为|没[记弄搞听看]错"
)
_RECALLED = re.compile(r"我们?(?=记得|听[^，。；]{0,4}说|印象|以为|(?:就)?是?按(?:照)?(?:你|您|文件))")
# 每年都给, 复核也给: more than the figure is to be confirmed.
_MORE_THAN_IT = re.compile(r"每(?!个?月)|年年|都|也(?!就是)|一年|不管|随便|只要|直接|复核|再")
_EACH_YEAR = re.compile(r"每年|年年|一年[一1]次")
# 一年2400; 2400元/月.
_PERIOD_SAID = re.compile(r"[一每](?P<period>[年月天])[^，。；\d]{0,3}$")
_PER = re.compile(r"元?\s*(?:/|[是按]?[一每]|是?按)\s*(?P<period>[年月天])")
# 小巨人是不是100万
_IS_IT = re.compile(r"(?:是不是|对不对)(?:给|奖|补|有|真的?)*$")
_PERIODS, _WHETHER_PUT = frozenset({"month", "year"}), re.compile(r"[吗么吧嘛?？]")
# 两千万是不是不用付一分钱: what is asked of paying for what is lent claims no sum.
_OF_PAYING = re.compile(r"^[^，。；]{0,10}(?:[付花掏交出](?:一[分毛]|钱|费|多少|利)|利息|手续费|(?<!零)成本|费用|收费)")
_SHARE_SAID = re.compile(r"[一二三四五六七八九]成|一半|百分之")
_TEN_THOUSAND = 10_000
_COUNTS_AS = re.compile(r"(?:^|[，。；\s的])(?P<thing>[\u4e00-\u9fff]{3,10}?)(?:也|能|可以|是不是)?(?:算|列为|属于)")
_WHETHER = re.compile(r"^(?!.*[几哪])(?:.*(?:[吗么吧]|算不算)|.*不[?？]?$)")
_LISTED_AS = re.compile(r"列为|认定为|视为|视同")
# 五个名额, 限三名: counts in words.
_A_COUNT = re.compile(r"(?<![第十百一二三四五六七八九])([一两二三四五六七八九十]{1,3})个?(?=[名家张人位])")
_COUNTED = frozenset({"家", "个", "名", "人", "位", "户", "张", "项"})
# 所以就是20万没错吧: words that only lead on.
_SUMMING_UP = re.compile(r"所以|那么?|也就是说?|就是说?|合着|意思是|其实|反正|总之|应该")
_WITH_AWARDS = frozenset({"champion", "little_giant"})
_LEAST_BARE, _YEARS = 100, (1900, 2100)
_NEAR, _BRIEF, _LABEL = 8, 3, 6
_ALL_OF_IT = 0.75


def claim_lines(entries: Sequence[Entry], text: str, finder: Finder) -> list[str]:
    """Whether figures that a question wants confirmed are the document's: 担保费率降到0.5%了吧, 硕士补2400对吗.

    It is said that they are only where the rest of the question stands in the document as well.
    """
    if not entries or pattern("self").search(_RECALLED.sub("", text)):
        return []
    entry = _claimed_of(entries, text)
    if entry is None:
        return []
    support, quote = entry.support, plain(entry.quote)
    is_open = support is not None and bool(asked_points(support, text))
    counts = None if is_open else _COUNTS_AS.search(text)
    if counts and _WHETHER.search(text) and _LISTED_AS.search(quote.partition(counts["thing"])[2]):
        return [wording("premise.right")]
    put_so = any(is_put(f, text) or _PER.match(text[f.end :]) for f in read_figures(text))
    if not CONFIRMS.search(text) and not (put_so and _WHETHER_PUT.search(text)):
        return []
    if _EACH_YEAR.search(text) and "一次性" in quote:
        return [wording("premise.once")]
    stated = _figures(quote)
    if support is not None and support.benefit.amount_cny is not None:
        sum_of_it = Figure(Decimal(support.benefit.amount_cny), "money", "", 0, 0)
        stated = [*(f for f in stated if f.kind != "money"), sum_of_it]
    if support is not None and support.benefit.is_cap and (line := _cap_line(support, text)):
        return [line]
    lends = support is not None and support.kind is Kind.FINANCE
    claims = [f for f in _figures(text) if not (is_own(f, text) or (lends and _OF_PAYING.match(text[f.end :])))]
    said = [(claim, _meant(claim, stated, quote, text)) for claim in claims]
    checked = [(claim, meant) for claim, meant in said if meant]
    if not checked:
        return []
    if any(claim.value not in {f.value for f in meant} for claim, meant in checked):
        sums = [f.value for f in stated if f.kind == "money"]
        of_all = len(sums) > 1 and [claim.value for claim, _ in checked] == [sum(sums)]
        return [wording("premise.sum" if of_all else "premise.wrong")]
    if any(_of_another_period(text, claim, quote, f) for claim, meant in checked for f in meant):
        period = support.benefit.period if support is not None else None
        return [wording(f"premise.not_per_{period}" if period in _PERIODS else "premise.wrong")]
    put = all(
        CONFIRMS.search(text[claim.end : claim.end + _NEAR]) or _IS_IT.search(text[: claim.start])
        for claim, _ in checked
    )
    plainly = len(checked) == len(read_figures(text)) or len(checked) == len(said) == 1
    clauses = [clause for clause in re.split(r"[，。；？]", text) if len(clause) > _BRIEF]
    if len(clauses) > 1 and len(checked) == 1 and _MORE_THAN_IT.search(text) is None:
        # 小巨人是100万对吧，跟单项冠军能一起拿吗: the claim by itself, where all that follows asks something else
        at = next((i for i, clause in enumerate(clauses) if checked[0][0].words in clause), 0)
        others = clauses[:at] + clauses[at + 1 :]
        if all(pattern("question").search(clause) and not read_figures(clause) for clause in others):
            text, clauses = clauses[at], clauses[at : at + 1]
    if not put or not plainly or len(clauses) > 1 or any(len(meant) > 1 for _, meant in checked):
        return []
    if _MORE_THAN_IT.search(text) or is_open:
        return []
    rest = text
    for claim, _ in said:
        rest = rest.replace(claim.words, " ")
    rest = re.sub(r"\W", "", core(_SUMMING_UP.sub(" ", CONFIRMS.sub(" ", rest))))
    if support is not None and support.benefit.is_cap:
        if not rest and not _CAP.search(text):
            return []  # 200万对吧, of at most that much
        rest = _CAP.sub("", rest)  # 那最多200万封顶是吧
    return [wording("premise.right")] if not rest or finder.own_coverage(rest, entry.key) >= _ALL_OF_IT else []


def _claimed_of(entries: Sequence[Entry], text: str) -> Entry | None:
    """小巨人是100万对吧，跟单项冠军…: of several entries that of the title right before the sum; else the first.

    None where that title has an award of its own, and only another was found.
    """
    sums = [figure for figure in read_figures(text) if figure.kind == "money"]
    before = text[: sums[0].start] if len(sums) == 1 else ""
    named = [(m.end(), t) for t, regex in value_patterns()["tiers"] for m in regex.finditer(before)]
    title = max(named, default=(0, ""))[1]
    asking = (e for e in entries if e.support and any(c.includes_any == (title,) for c in e.support.when))
    own = {t for e in entries if e.support for c in e.support.when for t in c.includes_any}
    of_another = title in _WITH_AWARDS and len(own) == 1 and bool(own & _WITH_AWARDS) and title not in own
    return next(asking, None if of_another else entries[0])


def _cap_line(support: Support, text: str) -> str | None:
    """按30%算，封顶200对吧, of at most 200万: that the limit is right, where other figures stand beside it."""
    figures = [f for f in read_figures(text) if f.kind in {"money", "rate", "number"}]
    limits = [f for f in figures if re.search(rf"(?:{_CAP.pattern})[^，。；\d]{{0,4}}$", text[: f.start])]
    limits = limits or [f for f in figures if re.match(rf"\s*(?:{_CAP.pattern})", text[f.end :])]
    sums = {f.value * (1 if f.kind == "money" else _TEN_THOUSAND) for f in limits if f.kind != "rate"}
    if sums != {Decimal(support.benefit.amount_cny or 0)}:
        return None
    quoted = {(f.kind, f.value) for f in read_figures(support.benefit.quote)}
    beside = [f for f in figures if f not in limits and not is_own(f, text) and (f.kind, f.value) not in quoted]
    is_bare = any(f.kind == "number" for f in limits)
    return (
        wording("premise.cap_alone")
        if beside or _SHARE_SAID.search(text)
        else wording("premise.right")
        if is_bare
        else None
    )


def denied_lines(entries: Sequence[Entry], text: str, finder: Finder) -> list[str]:
    """The same before a verdict, which says by itself what is so; not to who was told otherwise before."""
    lines = claim_lines(entries, text, finder)
    return lines if _OBJECTS.search(text) else [line for line in lines if line != wording("premise.right")]


def _of_another_period(text: str, claim: Figure, quote: str, stated: Figure) -> bool:
    """一年2400吧, of 2400元/月: whether a sum is said to be for another period than the document says."""
    said = _PERIOD_SAID.search(text[max(0, claim.start - _LABEL) : claim.start]) or _PER.match(text[claim.end :])
    per = _PER.match(quote[stated.end :])
    return said is not None and per is not None and said["period"] != per["period"]


def _figures(text: str) -> list[Figure]:
    """Figures but those of days and years, small counts in words among them: 限三名."""
    found = [f for f in read_figures(text) if f.kind != "date" and f.unit not in {"年", "号", "月", "日", "条"}]
    for match in _A_COUNT.finditer(text):
        value = chinese_number(match.group(1))
        if value is not None and not any(f.start <= match.start() < f.end for f in found):
            found.append(Figure(value, "number", match.group(1), match.start(), match.end(), text[match.end()]))
    return found


def _meant(claim: Figure, stated: Sequence[Figure], quote: str, text: str) -> list[Figure]:
    """The figures of a quote that a claim can speak of: of its kind, and after the words that it stands with."""
    bare = claim.kind == "number" and not claim.unit
    if bare and (claim.value < _LEAST_BARE or _YEARS[0] <= claim.value <= _YEARS[1]):
        return []
    alike = [f for f in stated if bare or (f.kind == claim.kind and _counts_alike(f, claim))]
    alike = [f for f in alike if f.unit == claim.unit] or alike
    labels = [pairs(quote[max(0, f.start - _LABEL) : f.start]) & pairs(text) for f in alike]
    apart = [label.difference(*(o for o in labels if o is not label)) for label in labels]
    named = [f for f, label in zip(alike, apart, strict=True) if label]
    return named if len(named) == 1 else alike


def _counts_alike(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or one.kind != "number" or {one.unit, other.unit} <= _COUNTED
