"""Figures in Chinese text: amounts, rates, counts and dates, in digits or in words, made comparable.

The judge reads figures by itself: were it to borrow the product's reader, a figure that reader misses would never be
missed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import prod

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_DIGIT |= {"两": 2}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_WORD = "[" + "".join(_DIGIT) + "十拾百佰千仟万亿" + "]"
_LEAD = "[" + "".join(_DIGIT) + "十拾]"

_MONEY = "元|块钱|块|人民币"
_TIME = "个月|年|周|天|日|小时|分钟|岁"
_STRICT = "级|家|件|户|人|名|位|次|倍|张|所|座|辆|台|平方米|亩|公里|字|页|款"
_LOOSE = "个|项|条|类|种|份|处|点|市|步"
_LOOSE_UNITS = frozenset(_LOOSE.split("|"))
_UNIT = f"(?P<unit>{_MONEY}|{_TIME}|{_STRICT}|{_LOOSE})"

_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})[日号]?")
_MONTH = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月|(?<!\d)((?:19|20)\d{2})[-./](0[1-9]|1[0-2])(?![\d-])")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-—–~～至到]+\s*((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_ONLY_MONTH = re.compile(r"(?<![\d个])(\d{1,2})月")
_PERCENT = re.compile(
    rf"百分之(?P<a>\d+(?:\.\d+)?|{_WORD}+)|(?P<b>\d+(?:\.\d+)?|{_LEAD}{_WORD}*)(?:%|个?百分点|个点)"
    rf"|(?P<c>\d+|[一二两三四五六七八九])成(?!本|立|功|为|果|员|长|熟|交)"
)
_ORDINAL = re.compile(rf"第\(?(?P<n>\d+|{_WORD}+)\)?(?:条|款|项|章|节|点)")
_NUMBER = re.compile(rf"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<times>[wW](?![A-Za-z])|[十百千万亿]*)余?多?{_UNIT}?")
_WORDS = re.compile(rf"(?P<n>{_LEAD}{_WORD}*)余?多?(?:{_UNIT}|(?<=[万亿]))|(?P<round>[百千][万亿]+)(?={_MONEY})")
_YEAR_IN_WORDS = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_DAY_IN_WORDS = re.compile(r"(?<![个每第])[一二三四五六七八九十]{1,3}(?=月|日)")

_LAYOUT = re.compile(
    r"\[\d{1,3}\]|^\s*(?:[-*•]\s*)?\d{1,2}[.、)](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)", re.M
)
_CIRCLED = re.compile("[①-⑳]")
_GAP = re.compile(r"(?<=[\d%])[ \t]+(?=[^\x00-\x7f%])|(?<=[^\x00-\x7f])[ \t]+(?=[\d])|(?<=\d)[ \t]+(?=%)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORKED_OUT = re.compile(
    r"(?P<terms>[0-9]+元(?:×[0-9]+(?:个月)?)*(?:\+[0-9]+元(?:×[0-9]+(?:个月)?)*)*)=(?P<total>[0-9]+)元"
)
_A_COUNT = re.compile(rf"[0-9]+|{_WORD}+")


class Kind(StrEnum):
    DATE = "date"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    MONEY = "money"
    TIME = "time"
    COUNT = "count"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by kind and value; a date by its year, month and day (0 where not given). `shown` is as printed."""

    kind: Kind
    value: Decimal
    day: tuple[int, int, int] = (0, 0, 0)
    shown: str = ""
    counter: str = ""


@lru_cache(maxsize=8192)
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of the text; numbering of lists, citation marks, and idioms with 一 are none."""
    left = _prepared(text)
    found: list[Figure] = []
    for pattern, fields in (
        (_YEARS, None),
        (_ISO, (1, 2, 3)),
        (_DAY, (1, 2, 3)),
        (_COMPACT, (1, 2, 3)),
        (_MONTH, (1, 2, 0)),
        (_YEAR, (1, 0, 0)),
        (_MONTH_DAY, (0, 1, 2)),
        (_ONLY_MONTH, (0, 1, 0)),
    ):
        for match in pattern.finditer(left):
            given = [int(g) for g in match.groups() if g]
            if fields is None:
                found += [_date((year, 0, 0), match.group()) for year in given]
            else:
                year, month, day = (given[f - 1] if f else 0 for f in fields)
                found.append(_date((year, month, day), match.group()))
        left = _without(pattern, left)
    found += _percentages(left)
    left = _without(_PERCENT, left)
    found += _ordinals(left)
    left = _without(_ORDINAL, left)
    found += _numbers(left)
    found += _words(_without(_NUMBER, left))
    return tuple(found)


def unsupported(text: str, grounds: Iterable[str], counts: Iterable[int] = (), said: Iterable[str] = ()) -> list[str]:
    """Figures of `text`, as printed, that stand in none of the grounds and are no allowed count.

    A sum that is worked out in the text stands where its sums stand in the grounds, its factors are numbers that were
    `said`, or the twelve months of a year, and it comes to what is printed.
    """
    grounds, said = tuple(grounds), tuple(said)
    pool = [figure for ground in grounds for figure in figures(ground)]
    quoted = [figure for ground in grounds if ground not in said for figure in figures(ground)]
    allowed = {Decimal(n) for n in counts}
    missing = []
    for figure in figures(_without_worked_out(text, quoted, said)):
        if figure.counter in _LOOSE_UNITS and figure.value in allowed:
            continue
        if not any(_supports(known, figure) for known in pool):
            missing.append(figure.shown)
    return missing


def _without_worked_out(text: str, pool: Iterable[Figure], said: Iterable[str]) -> str:
    """The text without each sum that is worked out in it (960元×2+2400元×1=4320元) and whose parts are known."""
    known = {figure.value for figure in pool if figure.kind is Kind.MONEY}
    told = {_value(number) for words in said for number in _A_COUNT.findall(_prepared(words))}
    left = text
    for match in _WORKED_OUT.finditer(text):
        terms = [term.split("×") for term in match["terms"].split("+")]
        sums = [Decimal(term[0].removesuffix("元")) for term in terms]
        factors = [factor for term in terms for factor in term[1:]]
        is_known = all(amount in known for amount in sums)
        is_told = all(factor == "12个月" or (factor.isdigit() and Decimal(factor) in told) for factor in factors)
        total = sum(
            amount * prod(Decimal(factor.removesuffix("个月")) for factor in term[1:])
            for amount, term in zip(sums, terms, strict=True)
        )
        if is_known and is_told and total == Decimal(match["total"]):
            left = left.replace(match.group(), " ")
    return left


def _prepared(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(" ", text.replace("**", "")))
    plain = _THOUSANDS.sub("", _LAYOUT.sub(" ", plain))
    plain = _GAP.sub("", plain)
    plain = _YEAR_IN_WORDS.sub(lambda m: "".join(str(_DIGIT[c]) for c in m.group()), plain)
    return _DAY_IN_WORDS.sub(lambda m: str(_value(m.group())), plain)


def _date(day: tuple[int, int, int], shown: str) -> Figure:
    return Figure(Kind.DATE, Decimal(0), day, shown)


def _without(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: "\x00" * len(m.group()), text)


def _percentages(text: str) -> Iterator[Figure]:
    for match in _PERCENT.finditer(text):
        tenths = match["c"]
        value = _value(tenths) * 10 if tenths else _value(match["a"] or match["b"])
        yield Figure(Kind.PERCENT, value, shown=match.group())


def _ordinals(text: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(text):
        value = _value(match["n"])
        if value >= 10 or match["n"].isascii():
            yield Figure(Kind.ORDINAL, value, shown=match.group())


def _numbers(text: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        value = Decimal(match["n"])
        for word in match["times"]:
            value *= _SMALL.get(word) or _LARGE.get(word, _LARGE["万"])
        yield Figure(_kind(match["unit"]), value.normalize(), shown=match.group(), counter=match["unit"] or "")


def _words(text: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(text):
        unit = match["unit"] or ("元" if match["round"] else None)
        value = _value(match["n"] or match["round"])
        idiom = value < 2 or (unit == "次" and text[match.end() : match.end() + 1] == "性")
        loose = value < 10 and (unit in _LOOSE_UNITS or text[max(match.start() - 1, 0)] == "第")
        if _kind(unit) is not Kind.MONEY and (idiom or loose):
            continue
        yield Figure(_kind(unit), value, shown=match.group(), counter=unit or "")


def _kind(unit: str | None) -> Kind:
    if not unit:
        return Kind.BARE
    if unit in _MONEY.split("|"):
        return Kind.MONEY
    return Kind.TIME if unit in _TIME.split("|") else Kind.COUNT


def _supports(known: Figure, figure: Figure) -> bool:
    if figure.kind is Kind.DATE:
        if known.kind is Kind.BARE:
            return figure.day == (int(known.value), 0, 0)
        return known.kind is Kind.DATE and all(
            asked in (0, given) for asked, given in zip(figure.day, known.day, strict=True)
        )
    if known.kind is Kind.DATE:
        return figure.kind is Kind.BARE and figure.value == known.day[0]
    if known.value != figure.value:
        return False
    if figure.kind is Kind.PERCENT or known.kind is Kind.PERCENT:
        return known.kind is figure.kind
    if figure.kind is Kind.ORDINAL:
        return True
    return known.kind is figure.kind or Kind.BARE in (known.kind, figure.kind) or known.kind is Kind.ORDINAL


def _value(words: str) -> Decimal:
    """The number that digits or Chinese numerals say: 三十万, 贰仟万, 一千二百."""
    if words[0].isascii():
        return Decimal(words).normalize()
    total = section = digit = 0
    for char in words:
        if char in _DIGIT:
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[char]
            section = digit = 0
    return Decimal(total + section + digit).normalize()
