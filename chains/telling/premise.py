"""What a question takes for granted: what the document says of it, and what it does not say."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from chains.eligibility import Finding, State, Status, state_given
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.question_words import facets_of
from chains.language.sums_said import is_own, is_put, is_spent
from chains.language.yes_no import all_lesser, topics
from chains.prompting import read_data, texts, wording
from chains.telling.open_points import either_of
from chains.telling.words import Words, tight
from knowledge.figures import amounts, read_figures
from knowledge.profile import NONE
from knowledge.support import Condition, Support

_CLAIMS = re.compile(r"[奖补给助励贴领拿券借]|(?<![批研开])发|额度|最高|提高|涨到|上限|不是|应该是|说是")
_AT_LEAST = re.compile(r"最低|至少|起码|起步|保底|不低于|固定")
_EACH_OF_SEVERAL = re.compile(r"(?:[每一两二三四五六七八九几]|\d+)[个项次件份](?P<thing>[\u4e00-\u9fff]{2})")
# 能报一半吗, 补几成: a share of what is spent; 我们一家能用吗: whether what is stated is for each.
_A_SHARE = re.compile(r"(?:[报补给贴抵销免]|承担)[^，。；]{0,4}(?:一半|[一二三四五六七八九几]成|[\d几多]+%|百分之)")
_OF_ONE_FIRM = re.compile(r"(?:一|单|每)家(?!企业?都)(?!都)[^，。；几]{0,10}(?:吗|么|不|[?？])?$")
_WHETHER_IT_IS = re.compile(r"算不算|是不是|算[^，。；几多]{1,6}吗")
_IS_A_SUM = re.compile(r"金额|额度|面额|资助比例")
_ASKS_WHETHER = re.compile(r"^(?!.*(?:怎么|如何|多少|什么|啥)).*(?:[吗么吧不没]|不[^，。；]|算)[^，。；]{0,4}$")
# 要专精特新吗, 必须首次才行吗, 前提是首次对吗: whether something is a condition.
_WHETHER_NEEDED = re.compile(
    r"(?:要不要|需不需要|必须|一定|非得|需要|前提(?:条件)?(?:就)?[是要得]|(?<!只)[要得](?!是没|是不)|先(?:要|得)?(?:去)?(?:评|拿|成为|当))(?:要|得)?(?:是|有|上|到)?(?P<thing>[^，。；？?要\s]{2,8}?)(?:以上)?(?:的|企业)*"
    r"(?:才[行能可有][^，。；？?]{0,3})?[是对]?(?:[吗么吧不][?？]?|[?？])?$"
)
# 一定要先评小巨人才有大奖励吗: what is to be had is not named.
_AT_LARGE = re.compile(r"才(?:能|可以|会)?(?:有|拿|领|享受|给)到?[^，。；]{0,3}(?:奖|钱|补[贴助]|支持|好处|优惠|政策)")
_ASKS_NEEDED = re.compile(r"要不要|需不需要|是不是|[吗么吧不?？]$")
_A_PAPER = re.compile(r"证书|证明|材料|原件|文件|牌")
_ONLY = re.compile(r"才(?:能|可以|行|有|算|给)|(?:只|仅|光|单)(?:给|限|有|能|面向|针对|支持)")
_A_FIRST_OFFENCE, _DOUBTFUL = "初次违法", "doubtful"
_FIRST, _OF_A_FIRM = "first_recognition", {"tiers", "ownership", "size"}
# 复评通过的还能拿吗, 能拿两次吗: what is given for the first time is asked for once more.
_ONCE_MORE = re.compile(
    r"(?:再|第[二三]次|又)(?:评|获评|认定|拿到?)(?:上|到|下来)*[^，。；]{0,4}(?:给|拿|领|有|奖)|第[二三]年[^，。；]{0,4}(?:还|再)(?:给|拿|领|有|奖)|复[核评审][^，。；]{0,10}(?:能|可以|再|也|还|有没有)|再[拿领给发][^，。；到]{0,3}[次趟回份笔吗么]"
    r"|[拿领给发](?:到)?(?:[两二几]|第[二三四])[次回]|(?:每年|年年)都?(?:能|可以)?(?:再)?[拿领给发]|连(?:续|着)?[给拿发领][^，。；\d]{0,2}[两二三四五几\d]年|每年\d+(?:\.\d+)?[千百]*万"
)
# 是对所有企业吗, 普通公司也给吗: whether there is no condition.
_FOR_ALL = re.compile(r"(?:所有|全部|任何|随便哪[个家]|每[一]?家|一般|普通)的?(?:中?小)?(?:企业|公司|单位|厂)")
_BRIEF_COUNT = 12


def premise_lines(words: Words, findings: Sequence[Finding], text: str) -> tuple[list[str], list[str]]:
    """Where a sum that the person heard of is not the document's: what to say before the answer, and after it.

    The person's figure itself is not repeated. Another support of the city that does give that sum is named.
    """
    lines = [*_lesser_lines(words, findings, text), *_other_title_lines(words, findings, text)]
    lines = lines or _needed_lines(words, findings, text)
    lines += _against_lines(words, findings, text)
    restricted = any(c.slot in _OF_A_FIRM for f in findings[:1] for c in f.support.when)
    if restricted and _FOR_ALL.search(text) and _ASKS_WHETHER.search(text):
        lines.append(wording("premise.not_all"))
    figures = [f for f in read_figures(text) if f.kind == "money"]
    spent = [f for f in figures if is_spent(f, text)]
    lines += _unsaid_lines(words, findings, text, spends=_asks_of_a_share(text, spends=bool(spent)))
    if by := _point_by_item(findings, text):
        return [*lines, wording("premise.unstated", what=by)], []
    told = [f for f in figures if not is_own(f, text)]
    claimed = {int(f.value) for f in told if _CLAIMS.search(text[: f.start][-14:]) or is_put(f, text)}
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
    key = "premise.needed_here" if _AT_LARGE.search(text) else "premise.needed"
    return [wording(key, title=finding.support.title, condition=condition.text, mark=mark)]


# 我问的是100万那个 不是区里的: what was not meant; 是算法备案: the noun alone is said back.
_NOT_MEANT, _IS_ONE = re.compile(r"(?:又|可|并)?不(?:是|要)[^，。；？?\s]{1,8}"), re.compile(r"^(?:只?是|只有|才)")


def _lesser_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """参与行业标准有没有: that what is named is of a lower level than the condition asks for, where that is open."""
    lines: list[str] = []
    text = _NOT_MEANT.sub(" ", text) if pattern("says_what_is_meant").search(text) else text
    for finding in findings:
        for reason in finding.reasons:
            named = (_IS_ONE.sub("", words) for words in all_lesser(reason.slot or "", text))
            condition, said = reason.condition, "”“".join(named)
            if condition is not None and said and reason.state in {State.UNKNOWN, State.MET}:
                mark = words.condition_mark(finding, condition)
                lines.append(wording("premise.lesser", said=said, condition=condition.text, mark=mark))
    return lines


def asks_once_more(support: Support, text: str) -> bool:
    """Whether what is given for the first time alone is asked for once more."""
    return _ONCE_MORE.search(text) is not None and any(c.slot == _FIRST for c in support.when)


def contrary_to(finding: Finding, text: str) -> tuple[Condition, str] | None:
    """第二次违规呢, 我们排放不少: the condition that a text tells the contrary of, and how that is told.

    None where what is known rules the support out anyway. Of 有一条处罚记录 it is doubtful, as no text says, whether a
    firm still fulfils 信用风险低.
    """
    if finding.otherwise is Status.INELIGIBLE:
        return None
    for condition in finding.support.when:
        for held, told, key in _contraries():
            if re.search(held, plain(condition.text)) and told.search(text):
                return condition, key
    return None


@cache
def _contraries() -> Sequence[tuple[str, re.Pattern[str], str]]:
    def told_as(row: dict[str, str]) -> str:
        return "first_only" if row["to"] == _A_FIRST_OFFENCE else _DOUBTFUL if _DOUBTFUL in row else "contrary"

    return [(row["to"], re.compile(row["said"]), told_as(row)) for row in read_data("lexicon")["contrary"]]


def _against_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """复评通过的还能拿吗, 我们排放不少: what is told against a condition that is not known to be unmet."""
    for finding in findings:
        if against := contrary_to(finding, text):
            condition, key = against
            mark = words.condition_mark(finding, condition)
            return [wording(f"premise.{key}", title=finding.support.title, condition=condition.text, mark=mark)]
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
