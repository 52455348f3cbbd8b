"""What a message says an enterprise is: its owner, its size, its standards; not those of whom it deals with."""

import re
from collections.abc import Iterable
from decimal import Decimal

from chains.clauses import Clause, is_negated, pattern, value_patterns
from chains.yes_no import intends
from knowledge.figures import chinese_number, read_figures
from knowledge.profile import NONE, Fact, Source, slots
from knowledge.size import Measures, classify, industries

# 两个人, 七个人: too few for figures.
_A_FEW = re.compile(
    r"(?<![第一二三四五六七八九十百千万\d])([一两二三四五六七八九十百千]{1,6})(?:来|多)?[个号名口位]?"
    r"(?:人(?!民|均|次|才|工)|员工|职工|徒弟|小工|工人|师傅|伙计|帮手)|(两口子|夫妻[俩档]?)"
)
_PERSONS = re.compile(r"[多来几]?(?:[个号名位]\s*)?(?:人(?!民|均|次|才)|员工|职工)")
# 国资基金占8%: a share that decides nothing.
_SHARE = re.compile(r"^[^，。；\d]{0,6}?(?:占|持)[股比]?[^\d，。；]{0,3}(\d{1,3})\s*(?:%|个点)")
_TAKES_A_SHARE = re.compile(r"^[^，。；]{0,6}(?:参股|入股|占小头)")
_HALF = 50
_OF_A_FIRM = ("ownership", "size")
_VERB = 2  # 想主导: what is intended is told by the verb as well
# 国企欠我们的, 被央企拖着: who owes the firm its money.
_OWES = re.compile(
    r"^(?:企业|公司|单位|客户|甲方|的)?[^，。；我]{0,4}(?:拖?欠|压着?|赖着?|拖着|不[付给结])(?!银行|税|债)"
)
_OURS = re.compile(r"(?:我们?|咱们?|俺们?|我司|属于|[是算])(?:一家|家|个)?$")
# 给国企供货, 想进央企供应链, 和国有银行有贷款: the other side of what the firm does, or means to do.
_OPPOSITE = re.compile(
    r"(?:[给向替帮找催追卖供投买租]|(?<![请想])问(?!一?下|问)|进(?!出?口)|(?<![制改变成作认定视归质])为|(?<![营有资企外私型])[和跟与]"
    r"|(?:想|打算|准备)(?!问|了解|知|咨询|打听)[^，。；的是]{1,3})(?:一?[些家个]|几家|[市区省]里的|[本当]地的)?[^，。；是的到成为划定算]{0,4}$"
    r"|在(?:一?[家个])?$"
)
_A_KIND = re.compile(r"民营|民企|私企|私营|国|央企|市属|省属|外资|外企|外商|.资|[大中小微]型|小企业|微企")
# 国有银行, 国企出的题, 国企园区: something that is called so, and is not the firm.
_OF_SOMETHING = re.compile(
    r"^(?:控股|大型|商业|大|股份制)?(?:银行|大行|担保|保险|基金|园区|医院)"
    r"|^(?:企业|公司)?的?(?:客户|供[应货]|采购|订单|单子|出[的题]|发榜|开放|那边|上班|工作(?!室)|干[过了]|任职)"
    r"|^(?:企业|公司)?的[^，。；是]{0,4}(?:题|需求|项目|场景|活|业务|生意|合同|大单|标|厂房)"
)
# 一年三千万: a sum of a year, without another word for it.
_OF_A_YEAR = re.compile(r"(?:一年|全年|每年)(?:能|有|做|大概|大约|差不多|也就)*$")
_OF_TURNOVER = re.compile(r"营收|营业|收入|销售|产值|流水|年入|营业额|做了|卖了?")


def read_choice(
    slot: str,
    clauses: Iterable[Clause],
    facts: dict[str, Fact],
    contradictions: list[tuple[str, str, str]],
    correction: bool,
) -> None:
    """Adds what clauses say of a slot of several values to `facts`; what cannot be both, to `contradictions`."""
    heard: list[tuple[str, str]] = []
    told = list(clauses)
    for place, clause in enumerate(told, start=1):
        then = told[place].text if place < len(told) else ""
        if pattern("unsure").search(clause.text) or (slot in _OF_A_FIRM and _is_either(clause.text, slot)):
            continue
        spans: list[tuple[int, str, str]] = []
        for value, regex in value_patterns()[slot]:
            spans += [
                (m.start(), value, m.group(0))
                for m in regex.finditer(clause.text)
                if value == NONE or not (is_negated(clause.text, m.start()) or _is_minor(clause.text[m.end() :], then))
                if value == NONE or not intends(clause.text[: m.start() + _VERB])
                if not (slot in _OF_A_FIRM and _is_of_another(clause.text, m))
            ]
        heard += [(value, words) for _, value, words in sorted(spans)]
    if not heard:
        return
    values = list(dict.fromkeys(value for value, _ in heard))
    if slot == "leads_standard" and len(values) > 1:
        values = [v for v in slots()[slot].values if v in values]
        facts[slot] = Fact(values[0], Source.STATED, next(w for v, w in heard if v == values[0]))
        return
    if len(values) > 1 and not correction:
        contradictions.append((slot, heard[0][1], heard[-1][1]))
        return
    facts[slot] = Fact(heard[-1][0], Source.STATED, heard[-1][1])


def _is_of_another(clause: str, named: re.Match[str]) -> bool:
    """南京的 国企欠我们的, 想给国企供货, 国有银行的贷款: what is named is another than the firm that speaks."""
    before, after = clause[: named.start()], clause[named.end() :]
    if _OURS.search(before):
        return False
    dealt_with = _OPPOSITE.search(before) is not None and not after.startswith("控股")
    is_another = dealt_with or _OF_SOMETHING.match(after) is not None
    return (is_another and _A_KIND.match(named.group()) is not None) or _OWES.match(after) is not None


def _is_either(clause: str, slot: str) -> bool:
    """算小型还是中型 asks which of two."""
    before, _, after = clause.partition("还是")
    named = [{v for v, regex in value_patterns()[slot] if regex.search(half)} for half in (before, after)]
    return bool(named[0] and named[1] and named[0] != named[1])


def _is_minor(after: str, then: str) -> bool:
    """股东是国有的，只占5%: whether the share, told at once or in the next clause, decides nothing."""
    share = _SHARE.match(after) or (_SHARE.match(then) if len(after) <= _VERB else None)
    if _TAKES_A_SHARE.match(after):
        return True
    return share is not None and int(share.group(1)) < _HALF


def industry_of(words: str) -> str:
    """The industry of the official standard that some words name first in its order; empty for none."""
    return next((row["industry"] for row in industries() if any(word in words for word in row["words"])), "")


def infer_size(words: str, industry: str, *, asked: bool) -> Fact | None:
    """Headcount and turnover, with the industry, by the official standard; `asked` where the size was asked for."""
    few = [2 if couple else int(chinese_number(number) or 0) for number, couple in _A_FEW.findall(words)]
    staff = Decimal(sum(few)) if few else None
    turnover = None
    for figure in read_figures(words):
        before, after = words[max(0, figure.start - 8) : figure.start], words[figure.end : figure.end + 5]
        persons = figure.unit == "人" or _PERSONS.match(after) is not None
        if figure.kind == "number" and persons and not re.search(r"限|奖|补|前", before[-2:]):
            staff = figure.value
        elif figure.kind == "money" and (
            asked
            or _OF_TURNOVER.search(before)
            or (_OF_A_YEAR.search(before) and not re.match(r"元?[奖补贷的]", after))
        ):
            turnover = figure.value / Decimal(10_000)
    if not industry or (staff is None and turnover is None):
        return None
    size = classify(industry, Measures(staff, turnover))
    return Fact(size, Source.INFERRED, words[:60]) if size is not None else None
