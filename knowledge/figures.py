"""Figures in Chinese text: amounts, rates, counts, dates. Reads them into values that can be compared."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGIT = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "两": 2, "俩": 2}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
)
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_CN = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_MONEY = "元|块|圆"
_COUNTED = "家|个|项|件|名|人(?!民币)|位|条|次|级|年|月|日|天|倍|亩|度|类|批|所|岁|小时|周|届|户|期|台|套|字|款|号"
_NUMBER = re.compile(
    rf"(?<![几数])(?P<num>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CN}]+(?:点[{_CN}]+)?)\s*"
    rf"(?P<scale>(?:(?:[百千十]|个)?(?:[万萬][亿億]|[万萬亿億])|千(?![\u4e00-\u9fff])|[千百十](?=元|{_COUNTED})"
    rf"|[kKwW](?![A-Za-z]))?)\s*(?P<unit>%|％|‰|个?百分点|个点|{_MONEY}|{_COUNTED})?"
)
_PERCENT_CN = re.compile(rf"([百千])分之([{_CN}]+(?:点[{_CN}]+)?|\d+(?:\.\d+)?)")
# 50多万, 三四十万: about so much, no figure that could be compared; 千万别忘: no sum.
_NO_SUM = re.compile(
    rf"(?<![{_CN}\d])千万(?=别|不|要|记|注意|小心)|[\d{_CN}]+\s*[多余几来]\s*[万萬亿億]元?|[一二三四五六七八九]{{2}}[十百千]?[万萬亿億]元?"
)
_ONES = "一二三四五六七八九十"
_DATE_CN = re.compile(rf"([〇零一二三四五六七八九]{{4}})年([{_ONES}]{{1,2}})月([{_ONES}]{{1,3}})[日号]")
_DATE = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; `kind` is money (yuan), rate, date (yyyymmdd) or number."""

    value: Decimal
    kind: str
    words: str
    start: int
    end: int
    unit: str = ""


def chinese_number(text: str) -> Decimal | None:
    """二百五十 → 250; 三点五 → 3.5; 二〇二五 → 2025. None if it is no number."""
    if "点" in text:
        whole, _, part = text.partition("点")
        left = chinese_number(whole) if whole else Decimal(0)
        if left is None or not part or any(c not in _DIGIT for c in part):
            return None
        return left + Decimal("0." + "".join(str(_DIGIT[c]) for c in part))
    if not text or any(c not in _DIGIT and c not in _UNIT for c in text):
        return None
    if all(c in _DIGIT for c in text):
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    total, digit = 0, 0
    last_unit = 1
    for c in text:
        if c in _UNIT:
            total += (digit or (1 if total == 0 or c in "十拾" else 0)) * _UNIT[c]
            digit, last_unit = 0, _UNIT[c]
        else:
            digit = _DIGIT[c]
    if digit and last_unit > 10 and text[-2] in _UNIT:
        return Decimal(total + digit * last_unit // 10)
    return Decimal(total + digit)


_OF_FIRMS = frozenset("家个户名件")


def how_many_firms(text: str) -> frozenset[tuple[Decimal, str]]:
    """每年推动1500家企业: the numbers of firms or the like that a text tells, each with what it counts in."""
    return frozenset((f.value, f.unit) for f in read_figures(text) if f.kind == "number" and f.unit in _OF_FIRMS)


@lru_cache(maxsize=4096)
def read_figures(text: str) -> tuple[Figure, ...]:
    """All figures of a text in order; Chinese numerals count only with a unit or a scale."""
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    if len(plain) != len(text):
        plain = text
    found: list[Figure] = []
    taken = [False] * len(plain)

    def take(start: int, end: int, value: Decimal, kind: str, unit: str = "") -> None:
        if not any(taken[start:end]):
            found.append(Figure(value, kind, text[start:end], start, end, unit))
            taken[start:end] = [True] * (end - start)

    for m in _NO_SUM.finditer(plain):
        taken[m.start() : m.end()] = [True] * (m.end() - m.start())
    for m in (*_DATE.finditer(plain), *_DATE_CN.finditer(plain)):
        year, month, day = (int(_read_number(g) or 0) for g in m.groups())
        if 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            take(m.start(), m.end(), Decimal(year * 10_000 + month * 100 + day), "date")
    for m in _PERCENT_CN.finditer(plain):
        value = _read_number(m.group(2))
        if value is not None:
            take(m.start(), m.end(), value / (1 if m.group(1) == "百" else 10), "rate", "%")
    for m in _NUMBER.finditer(plain):
        figure = _read_match(m)
        if figure is not None:
            take(m.start(), m.end(), *figure)
    return tuple(_joined(sorted(found, key=lambda f: f.start), text))


def _joined(figures: list[Figure], text: str) -> Iterator[Figure]:
    """一亿五千万, 三万五千, 三万五 are one sum each."""
    last: Figure | None = None
    for figure in figures:
        scale = _SCALE.get(last.words[-1], 0) if last is not None and last.kind == "money" else 0
        goes_on = figure.kind == "money" and figure.value < scale
        if last is not None and goes_on and text[last.end : figure.start] in {"", "零"}:
            words = text[last.start : figure.end]
            last = Figure(last.value + figure.value, "money", words, last.start, figure.end, figure.unit)
            continue
        if last is not None:
            yield _with_tail(last, text)
        last = figure
    if last is not None:
        yield _with_tail(last, text)


def _with_tail(figure: Figure, text: str) -> Figure:
    """三万五 is 35,000: a bare digit after a scale counts tenths of it."""
    scale = _SCALE.get(figure.words[-1], 0)
    tail = re.match(rf"([一二三四五六七八九])(?![{_CN}]|{_COUNTED}|{_MONEY})", text[figure.end :]) if scale else None
    if tail is None or figure.words[0].isdigit():
        return figure
    end = figure.end + 1
    return Figure(
        figure.value + _DIGIT[tail.group(1)] * scale // 10, "money", text[figure.start : end], figure.start, end
    )


def _read_match(m: re.Match[str]) -> tuple[Decimal, str, str] | None:
    digits, scale, unit = m.group("num"), m.group("scale") or "", m.group("unit") or ""
    chinese = not digits[0].isdigit()
    value = _read_number(digits)
    if value is None:
        return None
    for c in scale.removeprefix("个"):
        value *= _SCALE.get(c) or _UNIT.get(c) or (1000 if c in "kK" else 10_000)
    if chinese and not scale and unit not in {"元", "块", "%", "％", "个百分点", "百分点"}:
        # 一次, 三年, 两个: words of everyday language unless written as digits.
        if unit in {
            "",
            "次",
            "个",
            "级",
            "类",
            "名",
            "项",
            "家",
            "位",
            "件",
            "年",
            "条",
            "人",
            "批",
            "所",
            "号",
            "期",
            "款",
            "台",
            "套",
            "日",
            "月",
            "度",
            "天",
            "届",
            "户",
            "字",
            "倍",
            "周",
            "岁",
            "亩",
            "小时",
        } and (not unit or len(digits) == 1):
            return None
        return value, "number", unit
    if unit in {"元", "块", "圆"}:
        return value, "money", "元"
    if unit == "‰":
        return value / 10, "rate", "%"
    if unit in {"%", "％", "个点"} or unit.endswith("百分点"):
        return value, "rate", "%"
    if scale and not unit:
        return value, "money", ""
    return value, "number", unit


def _read_number(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    return chinese_number(text)


def amounts(text: str) -> frozenset[int]:
    """All sums of money in a text, in yuan."""
    return frozenset(int(f.value) for f in read_figures(text) if f.kind == "money" and f.value == f.value.to_integral())


def figure_values(text: str) -> set[tuple[str, Decimal]]:
    """The figures of a text as pairs of kind and value; a date also gives its year."""
    found = {(f.kind, f.value) for f in read_figures(text)}
    for kind, value in tuple(found):
        if kind == "date":
            found.add(("number", value // 10_000))
    return found
