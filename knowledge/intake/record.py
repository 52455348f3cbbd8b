"""Proposes a record from a text: title, issuer, number, dates, city. What the text does not say stays out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from knowledge.figures import read_figures
from knowledge.layout import Layout
from knowledge.regions import City, places, served_cities
from knowledge.written import TODO

_ENDS = "措施|计划|办法|意见|规定|条例|细则|方案|政策|通知|规划|指南|公告|清单"
_TITLE = re.compile(rf"(?:关于)?[^。；：:]{{4,60}}?(?:{_ENDS})(?:[（(《〈][^。]{{1,30}}[）)》〉])?$")
_NUMBER = re.compile(r"(?m)^\s*([\u4e00-\u9fff]{2,12}\s*[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*\d+\s*号)\s*$")
_ISSUER = re.compile(r"(?:人民政府|政府办公[室厅]|办公[室厅]|委员会|[厅局委办]|领导小组|管委会)$")
_FINISHED = re.compile(rf"(?:{_ENDS}|号|文件|办公[室厅])(?:[（(《〈][^。]{{1,30}}[）)》〉])?$|[。：:；》日）)]$")
_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_UNTIL = re.compile(r"(?:有效期|执行期|实施期限?)[^。\n]{0,12}?(?:至|到)\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_FROM = re.compile(r"自\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*起\s*(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:公布|发布|印发|颁布)之日起\s*(?:施行|实施|执行|生效)?")
_YEARS = re.compile(r"[（(]\s*(20\d{2})\s*年?\s*[—\-－–~～至]+\s*(20\d{2})\s*年?\s*[）)]")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}\s?[〔\[（(]\s?\d{4}\s?[〕\]）)]\s?\d{1,5}\s?号")
_DRAFT = re.compile(r"征求意见稿|（草案）|\(草案\)|公开征求意见")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_DASHES = "—－- \t\u3000"
_HEAD, _LONG_TITLE, _LONGEST_LINE = 12, 40, 200


def propose_record(layout: Layout, taken: tuple[str, ...]) -> dict[str, Any]:
    """The values of `document.yaml`, in its order; an id of `taken` is not given again."""
    lines = layout.text.split("\n")
    head = [line[:_LONGEST_LINE] for line in lines[:_HEAD]]
    title = _title(head)
    city = find_city(layout.text, title or "")
    issued = _issued(lines)
    record: dict[str, Any] = {
        "id": _new_id(city, title or "", taken),
        "title": title or f"{TODO} 文件全称",
        "short_title": title or f"{TODO} 文件简称",
        "jurisdiction": city.slot if city else f"{TODO} 适用城市：{'、'.join(served_cities())}",
        "issuer": _issuer(lines),
        "number": _number(head),
        "issued": issued,
        "official": f"{TODO} 是不是政府部门发布的：是写 true，不是写 false",
        "draft": True if _DRAFT.search("\n".join(head)) else None,
        "effective_from": _from(layout.text, issued),
        "effective_to": _until(layout.text, title or "", head),
    }
    if record["effective_to"] is None and not record["draft"]:
        record["effective_to"] = f"{TODO} 有效期到哪一天：文中没有找到；确实没写就删去这一行"
    repeals = _repeals(layout.text)
    if repeals:
        record["repeals"] = repeals
    return {key: value for key, value in record.items() if value is not None}


def find_city(text: str, title: str) -> City | None:
    """The served city that is named most; the title counts for more than the text."""
    counts: dict[str, int] = {}
    for place in places():
        if place.city.slot in served_cities() and not place.is_short and not place.rivals:
            named = text.count(place.name) + 20 * title.count(place.name)
            counts[place.city.slot] = counts.get(place.city.slot, 0) + named
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    if not ranked or not ranked[0][1] or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return served_cities()[ranked[0][0]]


def _title(head: list[str]) -> str | None:
    """The line that names the document; the notice that sends it round names it as well."""
    lines = list(_whole(head))
    for line in lines:
        sent = re.search(rf"印发《?([^《》]{{4,60}}(?:{_ENDS})(?:[（(][^）)]*[）)])?)》?的通知", line)
        if sent is not None:
            return sent[1].strip()
    return next((line for line in lines if _TITLE.fullmatch(line)), None)


def _whole(head: list[str]) -> Iterator[str]:
    """Titles are broken where it looks well: (征求意见稿) and what has no ending yet belong to what is beside."""
    begun = ""
    for raw in head:
        line = _BLANK.sub("", raw.strip(_DASHES))
        goes_on = not (raw.strip()[:1] in _DASHES or _FINISHED.search(begun) or len(begun) > _LONG_TITLE)
        if begun and not goes_on and not re.fullmatch(r"[（(][^）)]{2,20}[）)]", line):
            yield begun
            begun = ""
        begun += line
    if begun:
        yield begun


def _new_id(city: City | None, title: str, taken: tuple[str, ...]) -> str:
    kind = next((name for mark, name in _KINDS.items() if mark in title), "document")
    years = _YEARS.search(title)
    year = f"-{years[1]}-{years[2]}" if years else ""
    base = f"{city.slot if city else 'new'}-{kind}{year}"
    return next(name for name in (base, *(f"{base}-{n}" for n in range(2, 100))) if name not in taken)


_KINDS: Mapping[str, str] = {
    "计划": "plan",
    "措施": "measures",
    "办法": "rules",
    "细则": "rules",
    "方案": "plan",
    "意见": "opinions",
}


def _issuer(lines: list[str]) -> str | None:
    """Who signs, on the line before the date."""
    for before, line in pairwise(lines):
        if _DAY.fullmatch(line.strip()) and _ISSUER.search(before.strip()) and len(before.strip()) <= 30:
            return before.strip()
    return None


def _number(head: list[str]) -> str | None:
    match = _NUMBER.search("\n".join(head))
    return re.sub(r"\s", "", match[1]) if match else None


def _dated(day: date, quote: str) -> dict[str, Any]:
    return {"date": day, "quote": quote}


def _read_day(words: str) -> date | None:
    found = [f for f in read_figures(words) if f.kind == "date"]
    value = int(found[0].value) if found else 0
    try:
        return date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        return None


def _issued(lines: list[str]) -> dict[str, Any] | None:
    for line in lines:
        day = _read_day(line) if _DAY.fullmatch(line.strip()) else None
        if day is not None:
            return _dated(day, line.strip())
    return None


def _from(text: str, issued: dict[str, Any] | None) -> dict[str, Any] | str | None:
    match = _FROM.search(text)
    day = _read_day(match[1]) if match else None
    if match is not None and day is not None:
        return _dated(day, match[0])
    if (since := _FROM_ISSUE.search(text)) is not None:
        return issued or f"{TODO} 哪一天公布：{since[0]}；不知道就删去这一行"
    return issued


def _until(text: str, title: str, head: list[str]) -> dict[str, Any] | None:
    match = _UNTIL.search(text)
    day = _read_day(match[1]) if match else None
    if match is not None and day is not None:
        return _dated(day, match[0])
    for line in (title, *head):
        years = _YEARS.search(line)
        if years is not None and years[0] in text:
            return _dated(date(int(years[2]), 12, 31), years[0])
    return None


def _repeals(text: str) -> list[str]:
    sentences = (sentence for sentence in re.split(r"[。；\n]", text) if "废止" in sentence)
    found = [number for sentence in sentences for number in _DOCUMENT_NUMBER.findall(sentence)]
    return list(dict.fromkeys(re.sub(r"\s", "", number) for number in found))
