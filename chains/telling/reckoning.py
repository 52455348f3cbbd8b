"""What sums of the text come to for counts that a person tells: worked out openly, so that everybody can check it."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod

from chains.eligibility import CITY, Finding, Status
from chains.language.normalise import plain
from chains.language.sizes import INDUSTRY, lacking
from chains.prompting import texts, wording
from chains.telling.words import Words
from knowledge.figures import chinese_number, read_figures
from knowledge.support import Support

_NUMBER = r"(?P<count>\d{1,3}|[一两二三四五六七八九十]{1,3})"
_GRADE = r"(?P<grade>博士(?!后)|硕士)"
# 两个硕士一个博士, 硕士两名: how many of whom; other grades are not in the text.
_COUNTED = (
    re.compile(rf"{_NUMBER}[个名位](?:\w{{0,2}}?的?)?{_GRADE}"),
    re.compile(rf"{_GRADE}生?{_NUMBER}[个名位](?!月)"),
)
_OTHERS = re.compile(r"本科|专科|大专|中专|学士|高职|博士后")
_EACH = re.compile(r"各|分别")
_RATE = re.compile(r"(?P<grade>[\u4e00-\u9fff]{2})(?:上浮至|提高[至到]|为|至)\s*(?P<sum>\d+)\s*元/月")
_ADDS_UP = re.compile(
    r"[一全]年(?:下来)?[呢吗?？]|一共|总共|合计|拢共|加起来|加在一起|[加算]一[加算下]|[加算]下|算算|算账|多少|几(?:块|元|千|万)|[乘加×*+]\s*[\d一二三四五六七八九十两]"
)
_A_YEAR = re.compile(r"[一1每全]年|年度|[×*xX乘]\s*(?:12|十二)|12个月|十二个月")
_PRODUCT = re.compile(r"\d+(?:\s*[×*xX乘]\s*\d+)+")
_CONFIRMS = re.compile(r"对不对|对[吗么吧]|是不是|是[吗么吧]|没错|[吧吗?？]$|算[错对]")
_CLAIMED = re.compile(r"\d{3,}(?!\d*\s*[年人个名号万亿])")
_MONTHS = 12
# 能不能压到0.5%, 谈到1%以下: whether less than a limit can be had.
_CAN_BE = re.compile(r"能(?!源|耗|效|力)|可以|可不可以|有没有可能|行不行|商量|争取")
_BELOW = re.compile(r"以下|之下|以内|更低|低于|再低|不到")
_A_LIMIT = re.compile(r"上限|最高|不高于|不超过|封顶")


def counted_in(text: str) -> Mapping[str, int]:
    """How many graduates of which grade a message tells of: 两个硕士一个博士."""
    for regex in _COUNTED:
        if found := {m["grade"]: number_in(m["count"]) for m in regex.finditer(text)}:
            return {} if _OTHERS.search(text) else found
    return {}


def rates_of(support: Support) -> Mapping[str, int]:
    """What a support gives for each graduate of a grade, in yuan a month."""
    return {m["grade"]: int(m["sum"]) for m in _RATE.finditer(plain(support.benefit.quote))}


def adds_up(text: str) -> bool:
    """Whether a message wants sums to be added up, or a sum to be confirmed: 帮我加一下, 4320对不对."""
    return _ADDS_UP.search(text) is not None or _claimed(text, {}) is not None


def worked_out(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """两个硕士一个博士一共多少: what it comes to, each part shown, unless it is known that nothing can be had."""
    for finding in findings:
        rates = rates_of(finding.support)
        counts = {grade: count for grade, count in words.counted.items() if grade in rates}
        is_refused = words.profile[CITY] is not None and finding.otherwise is Status.INELIGIBLE
        is_one = sum(counts.values()) == 1 and not _A_YEAR.search(text) and _claimed(text, {}) is None
        if is_one or is_refused or _EACH.search(text) or _OTHERS.search(text):
            continue
        if counts and adds_up(text):
            return _line(words, finding, {rates[grade]: count for grade, count in counts.items()}, text)
    return None


def _line(words: Words, finding: Finding, parts: Mapping[int, int], text: str) -> str:
    monthly = sum(rate * count for rate, count in parts.items())
    claimed = _claimed(text, parts)
    months = _MONTHS if _A_YEAR.search(text) or claimed == monthly * _MONTHS else 1
    times = f"×{_MONTHS}个月" if months > 1 else ""
    total = f"{'+'.join(f'{rate}元×{count}{times}' for rate, count in parts.items())}={monthly * months}元"
    verdict = "open" if claimed is None else "right" if claimed == monthly * months else "wrong"
    key = "year" if months > 1 else "month"
    mark = words.benefit_mark(finding)
    said = wording(f"reckoning.{verdict}")
    return f"{said}{wording(f'reckoning.{key}', sum=total, mark=mark)}"


def _claimed(text: str, parts: Mapping[int, int]) -> int | None:
    """The sum that a message wants confirmed, or works out itself: 4320对不对, 960*2*12."""
    products = [prod(int(n) for n in re.findall(r"\d+", m.group())) for m in _PRODUCT.finditer(text)]
    left = _PRODUCT.sub(" ", text)
    claims = [int(m.group()) for m in _CLAIMED.finditer(left) if int(m.group()) not in parts]
    if claims and _CONFIRMS.search(text):
        return claims[-1]
    return sum(products) if products and not claims else None


def number_in(words: str) -> int:
    """The number that words or digits say (三百, 300); zero where they say none."""
    return int(words) if words.isdigit() else int(chinese_number(words) or 0)


def size_lacks(industry: str, measures: Mapping[str, Sequence[Decimal]]) -> str:
    """五十人，算小微吗: what is still to be told before the size of a firm can be worked out."""
    wanted, names = lacking(industry, measures), texts("size_goes_by")
    told = [*measures, *((INDUSTRY,) if industry else ())]
    if not told or not wanted:
        return wording("talk.size_needs")
    return wording(
        "talk.size_lacks", told="、".join(names[t] for t in told), wanted="和".join(names[w] for w in wanted)
    )


def may_be_lower(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """能不能压到0.5%, 谈到1%以下: that a text which only sets a limit writes of no lower figure."""
    finding = findings[0]
    limit = _A_LIMIT.search(finding.support.benefit.quote)
    said = [f for f in read_figures(text) if f.kind == "rate"]
    stated = [f for f in read_figures(finding.support.benefit.quote) if f.kind == "rate"]
    if limit is None or not said or len(stated) != 1 or not _CAN_BE.search(text):
        return None
    wanted, most = said[-1].value, stated[0].value
    below = wanted < most or (wanted == most and _BELOW.search(text) is not None)
    return wording("question_word.lower", word=limit.group(), mark=words.benefit_mark(finding)) if below else None
