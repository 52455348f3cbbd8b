"""What a question takes for granted and the document does not say: other sums, lower levels, shares left open."""

import re
from collections.abc import Iterable, Sequence

from chains.eligibility import Finding, State
from chains.prompting import wording
from chains.words import Words, tight
from chains.yes_no import lesser
from knowledge.figures import amounts, read_figures

_CLAIMS = re.compile(r"[奖补给助励贴领拿券]|(?<![批研开])发|额度|最高|提高|涨到|上限|不是|应该是|说是")
# 投了100万, 营收1亿: what the enterprise spends or earns, no sum that is claimed of a document.
_SPENT = re.compile(r"(?:投[资入]?|花|买|支出|费用)[^，。；\d给补奖]{0,4}$")
_EARNED = re.compile(r"(?:营收|收入|销售额?|营业额|产值)[^，。；\d给补奖]{0,4}$")


def premise_lines(words: Words, findings: Sequence[Finding], text: str) -> tuple[list[str], list[str]]:
    """Where a sum that the person heard of is not the document's: what to say before the answer, and after it.

    The person's figure itself is not repeated. Another support of the city that does give that sum is named.
    """
    lines = _lesser_lines(words, findings, text)
    figures = [f for f in read_figures(text) if f.kind == "money"]
    spent = [f for f in figures if _SPENT.search(text[: f.start])]
    lines += _unsaid_lines(words, findings, text, spends=bool(spent))
    told = [f for f in figures if f not in spent and not _EARNED.search(text[: f.start])]
    claimed = {int(f.value) for f in told if _CLAIMS.search(text[: f.start][-14:])}
    if not claimed or not findings:
        return lines, []
    stated = {amount for f in findings for amount in amounts(f.support.benefit.quote)}
    wrong = claimed - stated
    if not wrong:
        return lines, []
    after: list[str] = []
    city = findings[0].document.city
    for support in words.library.supports.values():
        document = words.library.document(support.id)
        if document.city == city and support.benefit.amount_cny in wrong:
            mark = words.citations.cite(document, support.provision, support.benefit.quote)
            benefit = tight(support.benefit.text)
            after.append(wording("premise.perhaps", title=support.title, benefit=benefit, mark=mark))
    return [*lines, wording("premise.wrong")], after[:1]


def _lesser_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """参与行业标准有没有: that what is named is of a lower level than the condition asks for, where that is open."""
    lines: list[str] = []
    for finding in findings:
        for reason in finding.reasons:
            condition, said = reason.condition, lesser(reason.slot or "", text)
            if condition is not None and said is not None and reason.state is State.UNKNOWN:
                mark = words.condition_mark(finding, condition)
                lines.append(wording("premise.lesser", said=said, condition=condition.text, mark=mark))
    return lines


def _unsaid_lines(words: Words, findings: Iterable[Finding], text: str, *, spends: bool) -> list[str]:
    """What is asked and left open: 投了100万能给多少 the share of what is spent, 每家6000万还是总共 which of both."""
    either = {text[m.end() - 2 : m.end()] for m in re.finditer(r"[\u4e00-\u9fff]{2}(?=[^，。；？?]*还是)", text)}
    for finding in findings:
        points = finding.support.open_points
        unsaid = [p for p in points if (spends and "比例" in p) or ("还是" in p and any(word in p for word in either))]
        if unsaid:
            return [wording("support.open_points", points="、".join(unsaid), mark=words.benefit_mark(finding))]
    return []
