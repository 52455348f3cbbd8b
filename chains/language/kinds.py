"""What a message says an enterprise is: its owner, its size, its standards; not those of whom it deals with."""

import re
from collections.abc import Iterable

from chains.language.clauses import Clause, is_negated, pattern, value_patterns
from chains.language.yes_no import intends
from knowledge.profile import NONE, Fact, Source, slots

# 国资基金占8%: a share that decides nothing.
_SHARE = re.compile(r"^[^，。；\d]{0,6}?(?:占|持)[股比]?[^\d，。；]{0,3}(\d{1,3})\s*(?:%|个点)")
_TAKES_A_SHARE = re.compile(r"^[^，。；]{0,6}(?:参股|入股|占小头)")
# 国资去年退出了
_IS_GONE = re.compile(r"^[^，。；我]{0,6}(?:退出|退股|退掉|退了|撤资|撤股|撤了|撤出|转让了|卖掉|清退)")
_HALF = 50
# 一半国资一半私人: nobody holds more.
_IN_HALVES = re.compile(r"一半[^，。；]*一半|各(?:占)?(?:一半|50|五成)|对半|半[公国私民].{0,2}半[公国私民]")
_OF_A_FIRM = ("ownership", "size")
# 有个国际标准明年可能拉我们进去
_MAYBE = re.compile(r"(?:明年|后年|将来|可能|也许)[^，。；]{0,4}(?:拉|带|让|请|喊|一起|参)")
_IS_NOW = re.compile(r"(?:现在|目前|眼下|如今|已经|改)(?:就|就是|都)?[是成为]")
# 算小企业不, 是不是民营: what is asked of the firm, and not told.
_ASKED_TO_BE = re.compile(r"(?:算不算|是不是|是否|[算是]|属于)(?:一?[家个]|我们)?$")
_WHETHER_NOT = re.compile(r"^(?:企业|公司|的)?了?[不吗么没][?？]?$")
_WHETHER = re.compile(rf"^(?:企业|公司|的)?[呢啊呀]?$|{_WHETHER_NOT.pattern}")
# 小微企业: where it matters, the two are alike.
SMALL_OR_MICRO = frozenset({"small", "micro"})
_VERB = 2  # 想主导: what is intended is told by the verb as well
# 国企欠我们的, 被央企拖着: who owes the firm its money.
_OWES = re.compile(
    r"^(?:企业|公司|单位|客户|甲方|的)?[^，。；我]{0,6}(?:拖?欠|压着?|赖着?|拖[着了]|不[付给结退还]|[扣卡][着了住下]|拿(?:走|着)了?(?=我|咱)|把[我咱]|[拖扣压卡差坑骗催逼]了?(?=我|咱))(?!银行|税|债)"
)
# 小企业就没人管: a sigh over all that are such.
_A_SIGH = re.compile(
    r"^(?:企业|公司|老板)?(?:就|都|也|根本|压根|岂不|难道|真的?|永远|总)*(?:是)?(?:没人|没有?(?:人|份|戏|希望|活路)|没得|不(?:管|给|配)(?!我)|(?:什么|啥)[都也]?(?:没|不|捞)|活该|吃[亏肉]|喝|难[啊做死]|才(?:有|能|行|配|拿)|(?:是不是|不是)(?:就|都)?(?:没|不))"
)
_OURS = re.compile(r"(?:我们?|咱们?|俺们?|我司|属于|[是算])(?:一家|家|个)?$")
# 大单都是央企的
_THEIR_ORDERS = re.compile(
    r"(?:欠|拖|赖|压)(?:了|着)?[^，。；]{0,6}的(?:那一?[家个]|客户|单位|公司|企业|甲方)?(?:都|就|也|才)*是(?:一?[些家个])?$|(?:(?:单子?|订单|货款?|业务|项目|甲方)(?:都|全|也|主要|大多|基本)*|客户(?:都|全|也|主要|大多|基本)+)是(?:一?[些家个])?$"
)
# 给国企供货, 想进央企供应链, 和国有银行有贷款: the other side of what the firm does, or means to do.
_OPPOSITE = re.compile(
    r"(?:[给向替帮找催追卖供投买租从]|(?<![请想])问(?!一?下|问)|进(?!出?口)|(?<![制改变成作认定视归质])为|(?<![营有资企外私型])[和跟与]"
    r"|(?:想|打算|准备)(?!问|了解|知|咨询|打听)[^，。；的是]{1,3})(?:一?[些家个]|几家|[市区省]里的|[本当]地的)?[^，。；是的到成为划定算]{0,4}$"
    r"|(?:在|有没有)(?:一?[家个些])?$"
)
_A_KIND = re.compile(r"民营|民企|私企|私营|国|央企|市属|省属|外资|外企|外商|.资|[大中小微]型|小企业|微企")
# 国有银行, 国企出的题, 国企园区: something that is called so, and is not the firm.
_OF_SOMETHING = re.compile(
    r"^(?:控股|大型|商业|大|股份制)?(?:银行|大行|担保|保险|基金|园区|医院)"
    r"|^(?:企业|公司)?的?(?:客户|供[应货]|采购|订单|单子|出[的题]|发榜|开放|那边|上班|工作(?!室)|干[过了]|任职)"
    r"|^(?:企业|公司)?的?(?:招[标投采]|投标|中标|标段|项目|工程|合同|招商)"
    r"|^(?:企业|公司)?的[^，。；是]{0,4}(?:题|需求|项目|场景|活|业务|生意|合同|大单|标|厂房)"
    r"|^(?:企业|单位)?(?:退休|退下来|下岗|离职|辞职|跳槽|出来(?!的?(?:公司|厂)))|^(?:企业)?(?:出身|转制|改制|改过来|的?(?:财务|会计|老总|出纳|领导|朋友))"
)


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
        either = _is_either(clause.text, slot) or (slot == "ownership" and _IN_HALVES.search(clause.text))
        if pattern("unsure").search(clause.text) or (slot in _OF_A_FIRM and either):
            continue
        spans: list[tuple[int, str, str]] = []
        for value, regex in value_patterns()[slot]:
            spans += [
                (m.start(), value, m.group(0))
                for m in regex.finditer(clause.text)
                if value == NONE or not (is_negated(clause.text, m.start()) or _is_minor(clause.text[m.end() :], then))
                if value == NONE or not intends(clause.text[: m.start() + _VERB])
                if value == NONE or slot in _OF_A_FIRM or not _MAYBE.search(clause.text[m.start() :])
                if not (slot in _OF_A_FIRM and (_is_of_another(clause.text, m) or _is_whether(clause, m)))
            ]
        heard += [(value, words) for _, value, words in sorted(spans)]
    if not heard:
        return
    now = {value for value, words in heard if any(words in c.text and _IS_NOW.search(c.text) for c in told)}
    if len(now) == 1 and not correction:
        heard = [(value, words) for value, words in heard if value in now]  # 前年是小型的，今年已经是中型了
    exact = [(value, words) for value, words in heard if slot == "size" and "小微" not in words]
    if exact and all(value in SMALL_OR_MICRO for value, _ in exact):
        heard = exact  # 小微，算微型吧: which of the two it is
    values = list(dict.fromkeys(value for value, _ in heard))
    if slot == "leads_standard" and len(values) > 1:
        values = [v for v in slots()[slot].values if v in values]
        facts[slot] = Fact(values[0], Source.STATED, next(w for v, w in heard if v == values[0]))
        return
    if len(values) > 1 and not correction:
        contradictions.append((slot, heard[0][1], heard[-1][1]))
        return
    facts[slot] = Fact(heard[-1][0], Source.STATED, heard[-1][1])


def is_small_or_micro(size: Fact) -> bool:
    """我们小微企业: whether a size was told without saying which of the two."""
    return "小微" in size.words and size.value in SMALL_OR_MICRO


def _is_of_another(clause: str, named: re.Match[str]) -> bool:
    """南京的 国企欠我们的, 想给国企供货, 国有银行的贷款: what is named is another than the firm that speaks."""
    before, after = clause[: named.start()], clause[named.end() :]
    if _THEIR_ORDERS.search(before):
        return True
    if _A_SIGH.match(after) and not pattern("self").search(before):
        return True
    if _OURS.search(before):
        return False
    dealt_with = _OPPOSITE.search(before) is not None and not after.startswith("控股")
    is_another = dealt_with or _OF_SOMETHING.match(after) is not None
    return (is_another and _A_KIND.match(named.group()) is not None) or _OWES.match(after) is not None


def _is_whether(clause: Clause, named: re.Match[str]) -> bool:
    """那我们500人呢，算小企业不: whether what a clause names is what it asks."""
    before, after = clause.text[: named.start()], clause.text[named.end() :]
    asks = (clause.asks and not clause.supposed) or _WHETHER_NOT.match(after) is not None
    return asks and _ASKED_TO_BE.search(before) is not None and _WHETHER.match(after) is not None


def _is_either(clause: str, slot: str) -> bool:
    """算小型还是中型 asks which of two."""
    before, _, after = clause.partition("还是")
    named = [{v for v, regex in value_patterns()[slot] if regex.search(half)} for half in (before, after)]
    return bool(named[0] and named[1] and named[0] != named[1])


def _is_minor(after: str, then: str) -> bool:
    """股东是国有的，只占5%: whether the share, told at once or in the next clause, decides nothing."""
    share = _SHARE.match(after) or (_SHARE.match(then) if len(after) <= _VERB else None)
    if _TAKES_A_SHARE.match(after) or _IS_GONE.match(after):
        return True
    return share is not None and int(share.group(1)) < _HALF
