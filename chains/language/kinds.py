"""What a message says an enterprise is: its owner, its size, its standards; not those of whom it deals with."""

import re
from collections.abc import Iterable
from decimal import Decimal

from chains.language.clauses import Clause, is_negated, pattern, value_patterns
from chains.language.yes_no import intends
from knowledge.figures import chinese_number, read_figures
from knowledge.profile import NONE, Fact, Source, slots
from knowledge.size import Measures, classify

# 两个人, 七个人: too few for figures; 都是我一个人填的 says who did a thing.
_A_FEW = re.compile(
    r"(?<![第一二三四五六七八九十百千万\d])(?<![转问找招来走]了)([一两二三四五六七八九十百千]{1,6})(?:来|多)?[个号名口位]?"
    r"(?:人(?!民|均|次|才|工|[\u4e00-\u9fff]{1,3}的(?=$|[，。；\s]))|员工|职工|徒弟|小工|工人|师傅|伙计|帮手)|(两口子|夫妻[俩档]?)"
)
# 几十号人, 两三千万: between the least and the most that it may be.
_BETWEEN = re.compile(
    r"(?:几(?P<some>[十百千])|(?<![\d一二两三四五六七八九十百千])(?P<least>[一两二三四五六七八])(?P<most>[二三四五六七八九])(?P<of>[十百千]?))"
    r"(?=[万亿个号名口位人员职块元])"
)
_PLACE = {"": 1, "十": 10, "百": 100, "千": 1000}
_STAFF_BEFORE = re.compile(r"(?:工人|员工|职工|人员|人手|人数)(?:有|是|大概|大约|约|共|总共|也就|就)*$")
# 去年收了六百万欠款
_NO_TURNOVER = re.compile(r"元?的?(?:欠|货款|尾款|定金|订金|贷|补贴|补助|奖|投资|融资|押金|罚)")
# 工人三百八: how many work there, without a word for them after it.
_STAFF_FIRST = re.compile(
    r"(?:工人|员工|职工|人手)(?:有|是|大概|大约|约|共|总共|也就|就|才|不到)*(?P<many>[一二两三四五六七八九十百千]{2,6})(?=$|[，。；\s]|[多来]|左右|上下|出头)"
)
_PERSONS = re.compile(r"[多来几]?(?:[个号名位]\s*)?(?:人(?!民|均|次|才)|员工|职工)")
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
# 一年三千万: a sum of a year, without another word for it.
_OF_A_YEAR = re.compile(r"(?:一年|全年|每年|去年|上一?年)(?:能|有|做|大概|大约|差不多|也就)*$")
# 不到三百人, 5000万出头, 一百来号人: a figure that is said about.
_LESS_BEFORE = re.compile(r"(?:不到|不足|没到|没满|未满|不满|将近|接近|近|少于|小于|低于|快到?)$")
_LESS_AFTER = re.compile(r"[个号名位]?(?:人|员工)?(?:不到|以下|以内|不足)")
_MORE_BEFORE = re.compile(r"(?:超过?|过|多于|高于|大于|不止)$")
_MANY_AFTER = re.compile(r"[个号名位]?[多几余]")
_MORE_AFTER = re.compile(r"[个号名位]?(?:人|员工|元)?(?:出头|以上|多)")
_ROUGHLY_BEFORE = re.compile(r"(?:大概|大约|约|差不多|估计|上下)(?:是|有|在)?$")
_ROUGHLY_AFTER = re.compile(r"来|[个号名位]?(?:人|员工|元)?(?:左右|上下|的样子)")
_NOT_NOW = re.compile(r"以前|原来|原先|之前|过去|曾经|高峰")
# 一千多万, 三个多亿, 两百来万
_ROUGH_SUM = re.compile(
    r"(?:(?P<digits>\d+(?:\.\d+)?)|(?P<words>[一二两三四五六七八九十百千]+))(?P<about>个?[多来几余])(?P<scale>百万|千万|万|亿)"
)
_IN_TEN_THOUSANDS = {"万": 1, "百万": 100, "千万": 1000, "亿": 10_000}
_TURNOVER_AFTER = re.compile(r"[多来]?元?(?:左右|上下)?的?(?:营收|营业|收入|销售|产值|流水)")
_OTHER_SUM = re.compile(r"[投贷借奖补欠花买给][^，。；\d]{0,4}$")
_OF_TURNOVER = re.compile(
    r"营收|营业|收入|销售|产值|流水|年入|营业额|做了|卖了?|进账|(?:[去前今上]年|全年|一年)(?:才|就|也就|大概|总共|一共)?收了?"
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


def infer_size(words: str, industry: str, *, asked: bool) -> Fact | None:
    """Headcount and turnover, with the industry, by the official standard; `asked` where the size was asked for.

    Where several industries (parted by 、) or several figures (不到三百人) are possible, the size in which all agree.
    """
    sizes = {size for bound in (_at_least, _at_most) for size in _sizes(_BETWEEN.sub(bound, words), industry, asked)}
    if asked and sizes == {"micro", "small"}:
        sizes = {"small"}  # where it matters, small and micro are alike
    size = sizes.pop() if len(sizes) == 1 else None
    return Fact(size, Source.INFERRED, words[:60]) if size is not None else None


def _at_least(between: re.Match[str]) -> str:
    if between["some"]:
        return str(2 * _PLACE[between["some"]])
    return str(int(chinese_number(between["least"]) or 0) * _PLACE[between["of"]])


def _at_most(between: re.Match[str]) -> str:
    if between["some"]:
        return str(10 * _PLACE[between["some"]] - 1)
    return str((int(chinese_number(between["most"]) or 0) + 1) * _PLACE[between["of"]] - 1)


def _sizes(words: str, industry: str, asked: bool) -> set[str | None]:
    """The sizes of all industries and figures that are possible; none where neither is told."""
    few = [*_A_FEW.finditer(words)]
    counts = [Decimal(2) if m[2] else chinese_number(m[1]) or Decimal(0) for m in few]
    heads: list[tuple[Decimal, ...]] = [(sum(counts, Decimal(0)),)] if len(few) > 1 or (few and few[0][2]) else []
    heads += [_about(counts[0], words[: few[0].start()], words[few[0].end(1) :])] if few and not heads else []
    turnover: tuple[Decimal, ...] | None = None
    for figure in read_figures(words):
        before, after = words[max(0, figure.start - 8) : figure.start], words[figure.end : figure.end + 5]
        before = before if before.rstrip() != before else re.split(r"[，。；\s]", before)[-1]  # 营收3000万 研发150万
        clause = re.split(r"[，。；\s]", words[: figure.start])[-1]
        if intends(clause) or _NOT_NOW.search(clause):
            continue
        persons = figure.unit == "人" or _PERSONS.match(after) is not None
        persons = persons or (figure.unit in {"号", "个", "名"} and _STAFF_BEFORE.search(before) is not None)
        if figure.kind == "number" and persons and not re.search(r"限|奖|补|前", before[-2:]):
            heads.append(_about(figure.value, before, after))
        elif figure.kind == "money" and _NO_TURNOVER.match(after):
            continue
        elif figure.kind == "money" and (
            (asked and not _OTHER_SUM.search(before))
            or _OF_TURNOVER.search(before)
            or _TURNOVER_AFTER.match(after)
            or (_OF_A_YEAR.search(before) and not re.match(r"元?[奖补贷的]", after))
        ):
            turnover = _about(figure.value / Decimal(10_000), before, after)
    for rough in _ROUGH_SUM.finditer(words):
        before, after = words[: rough.start()], words[rough.end() :]
        number = Decimal(rough["digits"]) if rough["digits"] else chinese_number(rough["words"])
        if number and (
            (asked and not _OTHER_SUM.search(before))
            or _OF_TURNOVER.search(before[-8:])
            or _OF_A_YEAR.search(before)
            or _TURNOVER_AFTER.match(after)
        ):
            low, high = _about(number, "", rough["about"])
            turnover = low * _IN_TEN_THOUSANDS[rough["scale"]], high * _IN_TEN_THOUSANDS[rough["scale"]]
    heads += [
        _about(number, words[: m.start()], words[m.end() :])
        for m in _STAFF_FIRST.finditer(words)
        if (number := chinese_number(m["many"]))
        and not _NOT_NOW.search(re.split(r"[，。；\s]", words[: m.start()])[-1])
    ]
    staff = max(heads, default=None)  # 310人，其中研发80人: the whole, not a part of it
    if not industry or (staff is None and turnover is None):
        return set()
    measured = [Measures(s, t) for s in staff or (None,) for t in turnover or (None,)]
    return {classify(name, measures) for name in industry.split("、") for measures in measured}


def _about(value: Decimal, before: str, after: str) -> tuple[Decimal, ...]:
    """The least and the most that a figure may stand for: 不到三百人, 5000万左右; itself where it is said as it is."""
    if _LESS_BEFORE.search(before) or _LESS_AFTER.match(after):
        return value * Decimal("0.8"), value * Decimal("0.999")
    if _MANY_AFTER.match(after):  # 一百多 is less than two hundred, 一千二百多 than one thousand and three hundred
        digits = str(int(value))
        return value, value + Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) - Decimal("0.1")
    if _MORE_BEFORE.search(before) or _MORE_AFTER.match(after):
        return value, value * Decimal("1.1")
    if _ROUGHLY_BEFORE.search(before) or _ROUGHLY_AFTER.match(after):
        return value * Decimal("0.9"), value * Decimal("1.1")
    return (value,)
