"""How many people a firm has and what it turns over in a year, as it is told over several messages, and its size."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

from chains.language.yes_no import intends
from knowledge.figures import chinese_number, read_figures
from knowledge.profile import Fact, Source
from knowledge.size import Measures, classify, measures_of

STAFF, TURNOVER, INDUSTRY = "staff", "turnover", "industry"
_NOTHING: Mapping[str, tuple[Decimal, ...]] = {}
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
    r"(?:工人|员工|职工|人手|人数)(?:有|是|大概|大约|约|共|总共|也就|就|才|不到)*"
    r"(?P<many>[一二两三四五六七八九十百千]{2,6}|\d{1,5})(?=$|[，。；\s]|[多来]|左右|上下|出头)"
)
_PERSONS = re.compile(r"[多来几]?(?:[个号名位]\s*)?(?:人(?!民|均|次|才)|员工|职工)")
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
# 去年招了5个人, 其中研发80人: some of them, and not how many there are.
_SOME_OF_THEM = re.compile(r"(?:招|聘|引进|其中|新[来进]|走|裁|派|培训|出差|缺)[^，。；]{0,6}$")
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


def infer_size(
    words: str, industry: str, known: Mapping[str, Sequence[Decimal]] = _NOTHING, *, asked: bool
) -> Fact | None:
    """Headcount and turnover, with the industry, by the official standard; `asked` where the size was asked for.

    What the words do not tell is as it is `known`. Where several industries (parted by 、) or several figures
    (不到三百人) are possible, the size in which all agree.
    """
    told = {**known, **measured_in(words, asked=asked)}
    if not industry or not told:
        return None
    sizes = {
        classify(name, Measures(staff, turnover))
        for name in industry.split("、")
        for staff, turnover in product(told.get(STAFF, (None,)), told.get(TURNOVER, (None,)))
    }
    if asked and sizes == {"micro", "small"}:
        sizes = {"small"}  # where it matters, small and micro are alike
    size = sizes.pop() if len(sizes) == 1 else None
    return Fact(size, Source.INFERRED, words[:60]) if size is not None else None


def measured_in(words: str, *, asked: bool) -> dict[str, tuple[Decimal, ...]]:
    """The headcount (`staff`) and the yearly turnover in 10,000 yuan that some words tell, as all that each may be."""
    bounds = [_measured(_BETWEEN.sub(bound, words), asked) for bound in (_at_least, _at_most)]
    found = {name: tuple(sorted({v for one in bounds for v in one.get(name, ())})) for name in (STAFF, TURNOVER)}
    return {name: values for name, values in found.items() if values}


def lacking(industry: str, known: Mapping[str, Sequence[Decimal]]) -> tuple[str, ...]:
    """What is to be told before a size can be worked out: the industry, the headcount, the turnover, the assets."""
    if not industry:
        return (INDUSTRY, *(name for name in (STAFF, TURNOVER) if name not in known))
    wanted = dict.fromkeys(name for trade in industry.split("、") for name in measures_of(trade))
    return tuple(name for name in wanted if name not in known)


def _at_least(between: re.Match[str]) -> str:
    if between["some"]:
        return str(2 * _PLACE[between["some"]])
    return str(int(chinese_number(between["least"]) or 0) * _PLACE[between["of"]])


def _at_most(between: re.Match[str]) -> str:
    if between["some"]:
        return str(10 * _PLACE[between["some"]] - 1)
    return str((int(chinese_number(between["most"]) or 0) + 1) * _PLACE[between["of"]] - 1)


def _measured(words: str, asked: bool) -> dict[str, tuple[Decimal, ...]]:
    few = [m for m in _A_FEW.finditer(words) if not _SOME_OF_THEM.search(words[: m.start()])]
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
        persons = persons and not _SOME_OF_THEM.search(before)
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
        if (number := Decimal(m["many"]) if m["many"].isdigit() else chinese_number(m["many"]))
        and not _NOT_NOW.search(re.split(r"[，。；\s]", words[: m.start()])[-1])
    ]
    staff = max(heads, default=())  # 310人，其中研发80人: the whole, not a part of it
    return {STAFF: staff, TURNOVER: turnover or ()}


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
