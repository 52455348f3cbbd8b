"""What a question takes for granted: what the document says of it, and what it does not say."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from chains.clauses import pattern, value_patterns
from chains.eligibility import Finding, State, state_given
from chains.naming import core
from chains.normalise import plain
from chains.open_points import asked_points, either_of
from chains.prompting import texts, wording
from chains.retrieval import Entry, Finder
from chains.understanding import facets_of
from chains.words import Words, pairs, tight
from chains.yes_no import all_lesser, topics
from knowledge.figures import Figure, amounts, chinese_number, read_figures
from knowledge.profile import NONE
from knowledge.support import Condition, Kind, Support

_CLAIMS = re.compile(r"[奖补给助励贴领拿券借]|(?<![批研开])发|额度|最高|提高|涨到|上限|不是|应该是|说是")
# 投了100万, 营收1亿: what the enterprise spends or earns, no sum that is claimed of a document.
_SPENT = re.compile(r"(?:投[资入]?|花|买|支出|(?<!免)费用?(?!率))[^，。；\d给补奖]{0,4}$")
_CAP = re.compile(r"最[高多大]|封顶|上限|不超过|以内|顶格")
_SPENDS = re.compile(r"(?:投[资入]?|花)[了出进去掉]*$")
_EARNED = re.compile(r"(?:营收|收入|销售额?|营业额|产值)[^，。；\d给补奖]{0,4}$")
# 要借3000万, 还差200万: what the enterprise wants or has, no sum that is claimed either.
_WANTED = re.compile(
    r"(?:(?:要|想|打算|准备|需要?|得)(?:再)?(?:借|贷|转|周转|用|融)|缺|(?<!相)差|(?:账上|手上|手里)[有是]|注册资[本金])[^，。；\d给补奖]{0,4}$"
)
# 对吧, 是真的吗, 听说: what is said is to be confirmed.
# 凭什么不是这个数: who was told otherwise wants it confirmed.
_OBJECTS = re.compile(r"(?:凭|为)(?:什么|啥)(?:说)?不(?:是|对)|怎么(?:就)?(?:会)?不(?:是|对)|哪(?:里|儿)不对|明明")
CONFIRMS = re.compile(
    rf"{_OBJECTS.pattern}|吧[?？]?(?=$|[，。；\s])|[对是]吗|对不对|是不是|没错|真的|^[^，。；]{{2,12}}\d[?？]$|听[^，。；]{{0,4}}说|据说|说是|记得|印象[里中]|以为|没[记弄搞听看]错"
)
_RECALLED = re.compile(r"我们?(?=记得|听[^，。；]{0,4}说|印象|以为|(?:就)?是?按(?:照)?(?:你|您|文件))")
_IS_PUT = re.compile(r"(?:元|块)?(?:的)?(?:(?:对|是|没错|是真的)?[吧吗]|[?？]$)")
# 每年都给, 复核也给: more than the figure is to be confirmed.
_MORE_THAN_IT = re.compile(r"每(?!个?月)|年年|都|也|一年|不管|随便|只要|直接|复核|再")
_EACH_YEAR = re.compile(r"每年|年年|一年[一1]次")
# 一年2400; 2400元/月.
_PERIOD_SAID = re.compile(r"[一每](?P<period>[年月天])[^，。；\d]{0,3}$")
_PER = re.compile(r"元?\s*(?:/|[是按]?[一每]|是?按)\s*(?P<period>[年月天])")
_PERIODS, _WHETHER_PUT = frozenset({"month", "year"}), re.compile(r"[吗么吧嘛?？]")
# 两千万是不是不用付一分钱: what is asked of paying for what is lent claims no sum.
_OF_PAYING = re.compile(r"^[^，。；]{0,10}(?:[付花掏交出](?:一[分毛]|钱|费|多少|利)|利息|手续费|(?<!零)成本|费用|收费)")
_SHARE_SAID = re.compile(r"[一二三四五六七八九]成|一半|百分之")
_TEN_THOUSAND = 10_000
_COUNTS_AS = re.compile(r"(?:^|[，。；\s的])(?P<thing>[\u4e00-\u9fff]{3,10}?)(?:也|能|可以|是不是)?(?:算|列为|属于)")
_WHETHER = re.compile(r"^(?!.*[几哪])(?:.*(?:[吗么吧]|算不算)|.*不[?？]?$)")
_LISTED_AS = re.compile(r"列为|认定为|视为|视同")
_AT_LEAST = re.compile(r"最低|至少|起码|起步|保底|不低于|固定")
_EACH_OF_SEVERAL = re.compile(r"(?:[每一两二三四五六七八九几]|\d+)[个项次件份](?P<thing>[\u4e00-\u9fff]{2})")
# 能报一半吗, 补几成: a share of what is spent; 我们一家能用吗: whether what is stated is for each.
_A_SHARE = re.compile(r"(?:[报补给贴抵销免]|承担)[^，。；]{0,4}(?:一半|[一二三四五六七八九几]成|[\d几多]+%|百分之)")
_OF_ONE_FIRM = re.compile(r"(?:一|单|每)家(?!企业?都)(?!都)[^，。；几]{0,6}(?:吗|么|不|[?？])?$")
_WHETHER_IT_IS = re.compile(r"算不算|是不是|算[^，。；几多]{1,6}吗")
_IS_A_SUM = re.compile(r"金额|额度|面额|资助比例")
_ASKS_WHETHER = re.compile(r"^(?!.*(?:怎么|如何|多少|什么|啥)).*(?:[吗么吧不没]|不[^，。；]|算)[^，。；]{0,4}$")
# 要专精特新吗, 必须首次才行吗: whether something is a condition.
_WHETHER_NEEDED = re.compile(
    r"(?:要不要|需不需要|必须|一定|非得|需要|(?<!只)[要得](?!是没|是不)|先(?:要|得)?(?:去)?(?:评|拿|成为|当))(?:要|得)?(?:是|有|上|到)?(?P<thing>[^，。；？?要\s]{2,8}?)(?:以上)?(?:的|企业)*"
    r"(?:才[行能可有][^，。；？?]{0,3})?[是对]?(?:[吗么吧不][?？]?|[?？])?$"
)
_ASKS_NEEDED = re.compile(r"要不要|需不需要|[吗么吧不?？]$")
_A_PAPER = re.compile(r"证书|证明|材料|原件|文件|牌")
_ONLY = re.compile(r"才(?:能|可以|行|有|算|给)|(?:只|仅|光|单)(?:给|限|有|能|面向|针对|支持)")
# 五个名额, 限三名: counts in words.
_A_COUNT = re.compile(r"(?<![第十百一二三四五六七八九])([一两二三四五六七八九十]{1,3})个?(?=[名家张人位])")
_FIRST, _OF_A_FIRM = "first_recognition", {"tiers", "ownership", "size"}
_COUNTED = frozenset({"家", "个", "名", "人", "位", "户", "张", "项"})
# 复评通过的还能拿吗, 能拿两次吗: what is given for the first time is asked for once more.
_ONCE_MORE = re.compile(
    r"(?:再|第[二三]次|又)(?:评|获评|认定|拿到?)(?:上|到|下来)*[^，。；]{0,4}(?:给|拿|领|有|奖)|第[二三]年[^，。；]{0,4}(?:还|再)(?:给|拿|领|有|奖)|复[核评审][^，。；]{0,10}(?:能|可以|再|也|还|有没有)|再[拿领给发][^，。；到]{0,3}[次趟回份笔吗么]"
    r"|[拿领给发](?:到)?(?:[两二几]|第[二三四])[次回]|(?:每年|年年)都?(?:能|可以)?(?:再)?[拿领给发]"
)
# 第二次违规呢, 又被罚了: an offence that is not the first.
_OFFENDS_AGAIN = re.compile(
    r"(?:第[二三四][次回]|再次|又(?:一?次)?|多次|屡次|不是(?:第一次|首次|初次|头一?[次回]))(?:了|又|再|被|还)*(?:违|犯|查出|罚|处罚|出事)|(?:违[规法]|犯错?|被罚|处罚)[^，。；]{0,3}(?:第[二三四][次回]|[两二三]次|不是(?:第一次|首次|初次|头一?[次回]))"
)
# 是对所有企业吗, 普通公司也给吗: whether there is no condition.
_FOR_ALL = re.compile(r"(?:所有|全部|任何|随便哪[个家]|每[一]?家|一般|普通)的?(?:中?小)?(?:企业|公司|单位|厂)")
_BRIEF_COUNT = 12
_LEAST_BARE, _YEARS = 100, (1900, 2100)
_NEAR, _BRIEF, _LABEL = 8, 3, 6
_ALL_OF_IT = 0.75


def premise_lines(words: Words, findings: Sequence[Finding], text: str) -> tuple[list[str], list[str]]:
    """Where a sum that the person heard of is not the document's: what to say before the answer, and after it.

    The person's figure itself is not repeated. Another support of the city that does give that sum is named.
    """
    lines = [*_lesser_lines(words, findings, text), *_other_title_lines(words, findings, text)]
    lines = lines or _needed_lines(words, findings, text)
    lines += _first_only_lines(words, findings, text)
    restricted = any(c.slot in _OF_A_FIRM for f in findings[:1] for c in f.support.when)
    if restricted and _FOR_ALL.search(text) and _ASKS_WHETHER.search(text):
        lines.append(wording("premise.not_all"))
    figures = [f for f in read_figures(text) if f.kind == "money"]
    spent = [f for f in figures if _SPENT.search(text[: f.start])]
    lines += _unsaid_lines(words, findings, text, spends=_asks_of_a_share(text, spends=bool(spent)))
    if by := _point_by_item(findings, text):
        return [*lines, wording("premise.unstated", what=by)], []
    told = [f for f in figures if not is_own(f, text)]
    claimed = {int(f.value) for f in told if _CLAIMS.search(text[: f.start][-14:]) or _IS_PUT.match(text[f.end :])}
    if not claimed or not findings:
        return lines, []
    stated = {amount for f in findings for amount in amounts(f.support.benefit.quote)}
    wrong = claimed - stated
    if not wrong:
        capped = _AT_LEAST.search(text) and any(f.support.benefit.is_cap for f in findings)
        return [*lines, wording("premise.not_least")] if capped else lines, []
    if wrong == {sum(f.support.benefit.amount_cny or 0 for f in findings)} and len(findings) > 1:
        mark = words.benefit_mark(findings[0])
        stacking = [] if "stacking" in facets_of(text) else [wording("verdict.stacking", mark=mark)]
        return [*lines, wording("premise.sum"), *stacking], []
    if not stated:
        what = next(
            (p for f in findings for p in f.support.open_points if _IS_A_SUM.search(p)), texts("facets")["amount"]
        )
        return [*lines, wording("premise.unstated", what=what)], []
    after: list[str] = []
    city = findings[0].document.city
    for support in words.library.supports.values():
        document = words.library.document(support.id)
        if document.city == city and support.benefit.amount_cny in wrong:
            mark = words.citations.cite(document, support.provision, support.benefit.quote)
            benefit = tight(support.benefit.text)
            after.append(wording("premise.perhaps", title=support.title, benefit=benefit, mark=mark))
    return [*lines, wording("premise.wrong")], after[:1]


def is_own(figure: Figure, text: str) -> bool:
    """Whether a sum is what the enterprise spends, earns, wants or has, and is not claimed of the document."""
    return any(regex.search(text[: figure.start]) for regex in (_SPENT, _EARNED, _WANTED))


def without_own_sums(text: str) -> str:
    """A text without the sums that the enterprise spends, earns, wants or has: they say nothing of what is meant."""
    for figure in reversed([f for f in read_figures(text) if f.kind == "money" and is_own(f, text)]):
        text = f"{_SPENDS.sub('', text[: figure.start])} {text[figure.end :]}"
    return text


def _asks_of_a_share(text: str, *, spends: bool) -> bool:
    """投了100万能给多少, 能报一半吗; 投2000万算不算重大 asks whether something counts, and not how much is given."""
    return _A_SHARE.search(text) is not None or (spends and _WHETHER_IT_IS.search(text) is None)


def _point_by_item(findings: Iterable[Finding], text: str) -> str | None:
    """两个标准能拿100万吗, 每个标准50万是吗: the open point that it is whether each of several counts."""
    several = _EACH_OF_SEVERAL.search(text)
    if several is None:
        return None
    said = [f for f in read_figures(text) if f.start >= several.end() and not is_own(f, text)]
    is_each, of_money = several[0][0] == "每", "amount" in facets_of(text) or bool(said)
    if not (is_each or of_money or len(text) <= _BRIEF_COUNT):
        return None
    here = [f.support for f in findings]
    of_them = [s for s in here if several["thing"] in plain("，".join((s.title, *s.aliases)))]
    open_point = next((point for support in of_them for point in support.open_points if "按项" in point), None)
    # 备案两个模型给多少: no sum is multiplied, where the document gives it once.
    counted = of_money and several[0][0] not in "每几一" and any(s.benefit.amount_cny for s in of_them)
    return open_point or (wording("premise.by_item") if counted else None)


def _needed_lines(words: Words, findings: Sequence[Finding], text: str) -> list[str]:
    """要专精特新吗, 必须首次吗: that it is a condition of what was asked about, what it is, or that it is none."""
    match = _WHETHER_NEEDED.search(text) if _ASKS_NEEDED.search(text) else None
    if match is None or not findings or _A_PAPER.search(match["thing"]):
        return []
    thing = match["thing"]
    patterns = [(slot, regex) for slot, rows in value_patterns().items() for _, regex in rows]
    meant = [(slot, regex) for slot, regex in (*patterns, *topics().items()) if regex.search(thing)]
    slots_meant = {slot for slot, _ in meant} | ({"tiers"} if "专精特新" in thing else set())
    if not slots_meant:
        return []
    finding = findings[0]
    own = [c for c in finding.support.when if c.slot in slots_meant]
    asked = own or [c for c in finding.support.when if any(regex.search(plain(c.text)) for _, regex in meant)]
    if not asked:
        return [wording("premise.not_needed")]
    condition, mark = asked[0], words.condition_mark(finding, asked[0])
    named = {tier for tier, regex in value_patterns()["tiers"] if tier != NONE and regex.search(thing)}
    if condition.includes_any and named and named != {condition.includes_any[0]} and thing != "专精特新":
        others = all(state_given(condition, (tier,)) is State.UNMET for tier in named)
        key = "premise.lesser" if others else "premise.not_only"
        return [wording(key, said=thing, condition=condition.text, mark=mark)]
    return [wording("premise.needed", condition=condition.text, mark=mark)]


def _lesser_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """参与行业标准有没有: that what is named is of a lower level than the condition asks for, where that is open."""
    lines: list[str] = []
    for finding in findings:
        for reason in finding.reasons:
            condition, said = reason.condition, "”“".join(all_lesser(reason.slot or "", text))
            if condition is not None and said and reason.state in {State.UNKNOWN, State.MET}:
                mark = words.condition_mark(finding, condition)
                lines.append(wording("premise.lesser", said=said, condition=condition.text, mark=mark))
    return lines


def asks_once_more(support: Support, text: str) -> bool:
    """Whether what is given for the first time alone is asked for once more."""
    return _ONCE_MORE.search(text) is not None and any(c.slot == _FIRST for c in support.when)


def is_for_another_offence(support: Support, text: str) -> Condition | None:
    """第二次违规呢: the condition that the first offence alone fulfils, where a text tells of another."""
    if not _OFFENDS_AGAIN.search(text):
        return None
    return next((c for c in support.when if c.open and "初次违法" in plain(c.text)), None)


def _first_only_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """复评通过的还能拿吗: that only the first time counts, where it is not known to be against the enterprise."""
    for finding in findings:
        if offence := is_for_another_offence(finding.support, text):
            mark = words.condition_mark(finding, offence)
            return [wording("premise.first_only", condition=offence.text, mark=mark)]
        if asks_once_more(finding.support, text):
            first = next(r for r in finding.reasons if r.slot == _FIRST and r.condition is not None)
            mark = words.condition_mark(finding, first.condition)
            said = first.condition.text if first.condition else ""
            told = first.state is State.UNMET
            return [] if told else [wording("premise.first_only", condition=said, mark=mark)]
    return []


def _unsaid_lines(words: Words, findings: Iterable[Finding], text: str, *, spends: bool) -> list[str]:
    """What is asked and left open: 投了100万能给多少 the share of what is spent, 每家6000万还是总共 which of both."""
    for finding in findings:
        points = [p for p in finding.support.open_points if spends and "比例" in p]
        points += [p for p in finding.support.open_points if "每家" in p and _OF_ONE_FIRM.search(text)]
        unsaid = list(dict.fromkeys((*points, *either_of(finding.support, text))))
        if unsaid:
            return [wording("support.open_points", points="、".join(unsaid), mark=words.benefit_mark(finding))]
    return []


def _other_title_lines(words: Words, findings: Sequence[Finding], text: str) -> list[str]:
    """省专直接给100万是真的吗, 小巨人才行吗: that the title named is not the one that is asked for."""
    found = [(t, m.group()) for t, regex in value_patterns()["tiers"] if t != NONE and (m := regex.search(text))]
    named = {tier for tier, said in found if tier != "provincial" or "省" in said}
    asked = [(f, c) for f in findings for c in f.support.when if c.includes_any]
    other = pattern("other_titles").search(text)
    if other and asked and _ASKS_WHETHER.search(text) and not found and not words.profile["tiers"]:
        mark = words.condition_mark(*asked[0])
        return [wording("premise.lesser", said=other.group(), condition=asked[0][1].text, mark=mark)]
    if len(named) != 1 or not asked or not _ASKS_WHETHER.search(text):
        return []
    tier = next(iter(named))
    finding, condition = asked[0]
    if tier in (words.profile["tiers"] or ()) or _has_its_own(words, finding, tier):
        return []
    said, mark = texts("tiers")[tier], words.condition_mark(finding, condition)
    if all(state_given(c, (tier,)) is State.UNMET for _, c in asked):
        return [wording("premise.lesser", said=said, condition=condition.text, mark=mark)]
    if len(asked) == 1 and _ONLY.search(text) and tier not in condition.includes_any:
        return [wording("premise.not_only", said=found[0][1], condition=condition.text, mark=mark)]
    return []


def _has_its_own(words: Words, finding: Finding, tier: str) -> bool:
    """Whether the provision gives a sum to that title as well: of 小巨人也拿了 the other award is meant."""
    near = (s for s in words.library.supports.values() if s.provision == finding.support.provision)
    here = (s for s in near if words.library.document(s.id) is finding.document and s.benefit.amount_cny is not None)
    return any(c.includes_any == (tier,) for s in here for c in s.when)


def claim_lines(entries: Sequence[Entry], text: str, finder: Finder) -> list[str]:
    """Whether figures that a question wants confirmed are the document's: 担保费率降到0.5%了吧, 硕士补2400对吗.

    It is said that they are only where the rest of the question stands in the document as well.
    """
    if not entries or pattern("self").search(_RECALLED.sub("", text)):
        return []
    entry, support, quote = entries[0], entries[0].support, plain(entries[0].quote)
    is_open = support is not None and bool(asked_points(support, text))
    counts = None if is_open else _COUNTS_AS.search(text)
    if counts and _WHETHER.search(text) and _LISTED_AS.search(quote.partition(counts["thing"])[2]):
        return [wording("premise.right")]
    put_so = any(_IS_PUT.match(text[f.end :]) or _PER.match(text[f.end :]) for f in read_figures(text))
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
    put = all(CONFIRMS.search(text[claim.end : claim.end + _NEAR]) for claim, _ in checked)
    plainly = len(checked) == len(read_figures(text)) or len(checked) == len(said) == 1
    clauses = [clause for clause in re.split(r"[，。；？]", text) if len(clause) > _BRIEF]
    if not put or not plainly or len(clauses) > 1 or any(len(meant) > 1 for _, meant in checked):
        return []
    if _MORE_THAN_IT.search(text) or is_open:
        return []
    rest = text
    for claim, _ in said:
        rest = rest.replace(claim.words, " ")
    rest = core(CONFIRMS.sub(" ", rest))
    if support is not None and support.benefit.is_cap:
        if not rest and not _CAP.search(text):
            return []  # 200万对吧, of at most that much
        rest = re.sub(r"\W", "", _CAP.sub("", rest))  # 那最多200万封顶是吧
    return [wording("premise.right")] if not rest or finder.own_coverage(rest, entry.key) >= _ALL_OF_IT else []


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
