"""What is only put to be confirmed or decided (没写学历要求是吧, 够不够格, 给句准话): yes, no, or left open."""

import re
from collections.abc import Sequence

from chains.eligibility import Finding, State, state_given
from chains.finding.naming import core
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.understanding import facets_of
from chains.prompting import texts, wording
from chains.telling.words import Words, pairs
from knowledge.document import Document
from knowledge.figures import read_figures
from knowledge.profile import NONE
from knowledge.support import Strength

_A_WORD, _A_PHRASE, _FEW, _A_TITLE = 2, 10, 2, 4
# What a text asks of firms: 应当, 不得.
_ASKED_OF_ALL = re.compile(r"应当|必须|不得|(?<![一定条])须(?=[在于按经])|严格")
_PUT = r"(?:的)?(?:是吧|对吧|吧|呗|是不是|对不对|是吗|对吗|啊)"
# 文件里头没写学历要求是吧, 年限没有规定对吧: what is said not to be written.
_SAID_UNWRITTEN = re.compile(
    rf"(?:没(?:有)?|未)(?:直接|具体|明确|专门|单独)?(?:写|规定|提|限|要求)(?:明|清楚?)?(?:过|到|有|死)?(?P<after>[^，。；？?]{{2,12}}?){_PUT}+[?？]?$"
    rf"|(?:^|[，。；\s])(?P<before>[^，。；\s]{{2,12}}?)(?:也|都|就)?(?:没(?:有)?|未)(?:直接|具体|明确|专门|单独)?(?:写|规定|提|限|要求){_PUT}+[?？]?$"
)
_AROUND = re.compile(
    r"^(?:那么?|这个?|所以|也?就是说?|意思是|合着|等于|文件|政策|原文|计划|措施|里[头面边]?|上面?|对|关于|有关|什么|啥|的)+|的$"
)
_OF_MONEY = frozenset({"amount", "rate", "count", "duration"})
# 创新型够不够格, 没评过也能享受吗: whether a title is enough, or none is needed.
_ENOUGH = re.compile(
    r"够不够格?|够(?:格|资格|条件)?还是不够|够格|有(?:没有)?资格|合不合格|(?:也|还|都)?(?:能|可以)(?:[^，。；能]{0,10})[吗么不]|能不能|可不可以|行不行|行吗|还算不算|算不算"
)
_OF_IT = re.compile(r"(?:中小)?(?:企业)?的?(?:够不够格|够格|够不够资格|有没有资格|有资格|够还是不够)")
# 到底能不能免，给句准话; 他们说了算吗: that it is certain is asked for.
_FOR_CERTAIN = re.compile(
    r"准话|说了算|(?:到底|究竟|直说|必须|是不是一定|一定|肯定)[^，。；]{0,6}(?:能不能|能|可以|要|得|免|罚|给|行)|(?:必须|一定|肯定)[^，。；]{0,8}[吗么吧]"
)
# 用专利行不行, 产品也算吗: a thing that may be named in what is told.
_THING = re.compile(
    r"(?:用|拿|凭|靠)(?P<thing>[\u4e00-\u9fff]{2,6}?)(?:来?(?:抵押|质押|担保|贷款?)?)?(?:行不行|行[吗么不]|可以[吗么不]|能不能|成不成|能[^，。；]{0,3}[吗么不]|也行[吗么吧])"
    r"|(?:^|[，。；？?\s])那?(?P<counted>[\u4e00-\u9fff]{2,6}?)(?:也|都)?算(?:不算|吗|么|吧|进去吗|在内吗)"
)
_NAMES = re.compile(r"[“\"](?P<quoted>[^”\"]{2,10})[”\"]|[（(](?P<within>[\u4e00-\u9fff]{2,6})[）)]")
# What people call a thing that documents name otherwise, by the words that stand for it in names of products.
_SAME_FIELD = (frozenset({"专利", "知识产权", "商标"}), frozenset({"应收账款", "货款", "账款"}))


def said_unwritten(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """文件里头没写学历要求是吧: that it is so, where the provision has no word of it."""
    match = _SAID_UNWRITTEN.search(text)
    thing = _AROUND.sub("", (match["after"] or match["before"])) if match else ""
    finding = findings[0]
    if not _A_WORD <= len(thing) <= _A_PHRASE or re.search(r"[哪谁我你]|什么|啥|怎", thing):
        return None
    stated = {figure.kind for figure in read_figures(finding.support.benefit.quote)}
    if set(facets_of(thing)) & _OF_MONEY or re.search(r"[钱元万]|金额|数", thing):
        named = any(tier != NONE and regex.search(thing) for tier, regex in value_patterns()["tiers"])
        known = read_figures(finding.document.text) if named else read_figures(finding.support.benefit.quote)
        if stated & {"money", "rate"}:
            return wording("yes_or_no.written")
        if any(figure.kind == "money" for figure in known):
            return None
    else:
        own = pairs(core(thing)) or pairs(thing)
        provision = plain(finding.document.words(finding.support.provision))
        if not own or own & pairs(provision):
            return None
    return wording("yes_or_no.unwritten", thing=thing, mark=words.benefit_mark(finding))


def no_sum(words: Words, document: Document, path: str, quote: str, text: str) -> str | None:
    """就是说一分钱没有呗, of what names no sum: that none is written."""
    if not pattern("no_sum_said").search(text) or any(figure.kind == "money" for figure in read_figures(quote)):
        return None
    mark = words.citations.cite(document, path, quote)
    return wording("yes_or_no.unwritten", thing=texts("facets")["amount"], mark=mark)


def no_sum_in_it(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """The same of the first of some supports."""
    support = findings[0].support
    return no_sum(words, findings[0].document, support.provision, support.benefit.quote, text)


def must_be(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """不办行不行，会不会被罚: that the text asks nobody to, and says nothing of who leaves it be."""
    if not pattern("must_it_be").search(text) or any(_ASKED_OF_ALL.search(f.support.benefit.quote) for f in findings):
        return None
    if len(findings) > _FEW:
        return None
    marks = "".join(dict.fromkeys(words.benefit_mark(finding) for finding in findings))
    return wording("yes_or_no.need_not", mark=marks)


def is_said_unwritten(lines: Sequence[str]) -> bool:
    """Whether lines confirm that what was said not to be written is not."""
    return bool(lines) and lines[0].startswith(texts("yes_or_no")["unwritten"].split("{")[0])


def is_enough(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """没评过专精特新，也能享受吗; 创新型够格还是不够格: where no title is asked for, that the text names none."""
    named = [tier for tier, regex in value_patterns()["tiers"] if regex.search(text)]
    if not named or not _ENOUGH.search(text) or len(findings) > _FEW:
        return None
    wanted = [(f, c) for f in findings for c in f.support.when if c.includes_any]
    if not wanted:
        marks = "".join(dict.fromkeys(words.benefit_mark(finding) for finding in findings))
        is_open = any(c.open for f in findings for c in f.support.when)
        return wording("yes_or_no.no_title_open" if is_open else "yes_or_no.no_title", mark=marks)
    finding, condition = wanted[0]
    asked = [t for t, regex in value_patterns()["tiers"] for m in regex.finditer(text) if _OF_IT.match(text[m.end() :])]
    if len(wanted) > 1 or len(findings) > 1 or words.profile["tiers"] or len(asked) != 1:
        return None  # the verdict says so
    enough = state_given(condition, tuple(asked)) is State.MET
    key = "yes_or_no.enough" if enough else "yes_or_no.not_enough"
    return wording(key, condition=condition.text, mark=words.condition_mark(finding, condition))


def may_be(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """到底能不能免，给句准话: that the text only says 可以, and who is in charge decides."""
    finding = findings[0]
    if finding.support.strength is not Strength.MAY or not _FOR_CERTAIN.search(text):
        return None
    return wording("yes_or_no.may", mark=words.benefit_mark(finding))


def is_named_in_it(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """用专利行不行, of “知识产权贷”; 产品也算吗, of 单项冠军企业（产品）: the name in the text that holds the thing."""
    match = _THING.search(text)
    if match is None:
        return None
    thing = match["thing"] or match["counted"]
    like = next((field for field in _SAME_FIELD if thing in field), frozenset({thing}))
    for finding in findings[:_FEW]:
        names = (m["quoted"] or m["within"] for m in _NAMES.finditer(finding.support.benefit.quote))
        for name in names:
            if any(word in plain(name) for word in like):
                key = "yes_or_no.named" if match["thing"] else "question_word.listed"
                return wording(key, word=name, mark=words.benefit_mark(finding))
    return None
