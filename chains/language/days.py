"""Which day a question asks of: 按2025年5月1日算, 去年10月的时候, 明年还能不能. The day of what a firm did is none."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from chains.language.clauses import city_names
from knowledge.figures import chinese_number

# What stands in a message for the day that it asks of, so that its other words are heard and searched alone.
THEN = "那时"

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_MIDDLE = (6, 30)
_DAYS = {"前天": -2, "昨天": -1, "明天": 1, "后天": 2, "上周": -7, "下周": 7}
_MONTHS = {"上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_DAY = re.compile(
    rf"(?:(?<!\d)(?P<year>20\d{{2}}|2\d(?=年))\s*[年\-./]|(?P<relative>{'|'.join(_YEARS)})的?)"
    rf"(?:\s*(?P<month>{_N})\s*(?:月份?|[\-./])(?:\s*(?P<day>{_N})\s*[日号]?|(?P<edge>[初底末]))?"
    r"|(?P<part>元旦|年?[初底末]|这个?(?P<same>时候)|今天|春[天节]|夏天|秋天|冬天|[上下]半年))?"
    rf"|(?P<near>{'|'.join((*_DAYS, *_MONTHS))})"
)
# 如果2029年, 现在都2027年了: what comes before such a day.
_SUPPOSED = re.compile(r"(?:今天|现在|当时|假如|如果|要是|若|拖到|等到?|截至|截止到?|过了)[^，。；\d]{0,6}$")
_LED_BY = re.compile(r"(?:拖到|等到|截至|截止到?|按照?|以|照|到|在|过了)$")
# 的时候, 那天, 为准: what makes a day the one that is asked of, wherever it stands.
_OF_THAT_DAY = (
    r"(?:(?:的|那个?)?时候?(?!间)|那一?[天会年]儿?|当[天日时年]|以后|之后|了(?=[，那还]))?"
    r"\s*(?:为准|来?[看算](?!力|作|上)|来说|的话)?"
)
_ASKED = (
    r"(?:再|还|就|都|也|了|是不是|是否)*(?:再|还|(?<!可)能|不能|可以|可不可以|可否|行不|不行|没用|不算|作废|有效|管用|算数|作数|在用"
    r"|生效|在?执行|(?:过期|到期|失效|废止)了?(?=[吗么？?]|没有?(?:$|[，？?]))|申请|申报|照|有没有"
    r"|(?:没有?了|结束了?|停了|完了)(?=$|[是吧吗么？?，。])|(?<=还)[给有](?=$|[吗么不？?]))"
)
_CERTAIN = re.compile(r"不行|没用|不能|不算|作废|申请|申报|没有?了|结束|停了|完了|[给有]$")
_AFTER = re.compile(rf"(?P<then>{_OF_THAT_DAY})(?:(?P<about>[^，。；？?\s\d]{{0,10}}?)(?P<asks>{_ASKED}))?")
_THEREAFTER, _PAST_IT = re.compile(r"(?:之后|以后|过后)"), re.compile(r"过了$|过完$")
_ENDS = re.compile(r"(?:的话)?[呢嘞呐][?？。]?$")
# 2029年评上呢: what is only recognised on a day to come asks of it.
_ENDS_LATER = re.compile(
    r"(?:才|再|能|会)*(?:首?评得?上|获评|拿得?到|认定)了?(?:的话)?"
    r"(?:呢|嘞|呐|还有[吗么没]|[，,\s]*(?:那|还)?(?:赶得[上及]|来得及|算数|有用|能用)[吗么不没])[?？。]?$"
)
# 去年评上的, 2023年印发的: the day of an act, none that is asked of; and what is only meant to be done on it.
_ACT = re.compile(
    r"评|获|认定|成立|注册|[迁搬]|收购|发布|公布|出台|印发|[发出]的|备案|改制|立项|通过|参与|承担"
    r"|[拿买租签做办投建招](?:过|了|的|到[的了])|打算|准备|[想要](?!求)|贷款|营收|到期(?![吗没么不])"
)
# 2027年评上小巨人还能拿吗: what is only recognised then is asked of as it will be then.
_RECOGNISED_THEN = re.compile(r"评上|获评|认定")
_OF_NOW = re.compile(r"(?:现在|目前|今天|眼下|如今|这会儿)[^，。；]{0,8}(?:[能还行]|可以|有效)")


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The day that a message asks of, in its own `words`, and the message with `THEN` in their place.

    `certain` where it is put as a supposition, or something is applied for on it, or no longer holds; `bare` where the
    message ends with it.
    """

    date: date
    words: str
    text: str
    certain: bool
    bare: bool


def read_day(text: str, today: date | None) -> AskedDay | None:
    """The first day in a normalised message that it asks of; 去年 and 明天 are counted from `today`, if it is known."""
    for match in _DAY.finditer(text):
        if day := _date_of(match, today):
            day = _day_after(match, day) if _is_after(text, match) else day
            is_past = today is not None and day <= today
            if asked := _asked(text, match, day, is_past=is_past):
                return asked
    return None


def _asked(text: str, match: re.Match[str], day: date, *, is_past: bool) -> AskedDay | None:
    """The day of a match, if its place in the message says that it is asked of."""
    after = _AFTER.match(text, match.end())
    assert after is not None  # it may match nothing
    then, end = after["then"], after.end("then")
    before = _SUPPOSED.search(text, 0, match.start())
    supposed = before is not None and (match["year"] is not None or not is_past)
    opens = match.start() == 0 and match["month"] is not None and text.startswith("，", end)
    later = _ENDS_LATER.match(text, end) is not None and not is_past
    bare = later or _ENDS.match(text, end) is not None
    about = after["about"] if after["asks"] else None
    asks = about is not None and (not about or not is_past or re.match(city_names(), about) is not None)
    if not (supposed or opens or bare or then or asks):
        return None
    beside = about if about is not None and not is_past else _clause(text[end:].lstrip("，"))
    of_act = _ACT.search(beside) is not None
    then_held = asks and not is_past and match["year"] is not None and _RECOGNISED_THEN.search(about or "")
    others = text[: before.start() if before else match.start()] + text[end:]
    if _OF_NOW.search(others) or (of_act and not supposed and not later and not then_held and (is_past or not then)):
        return None
    led = _LED_BY.search(text, 0, match.start()) if then or supposed else None
    start = led.start() if led else match.start()
    words = match.group().strip().removesuffix("的") + ("之后" if _is_after(text, match) else "")
    rest = f"{text[:start]}{THEN}{text[end:]}"
    certain = supposed or (asks and _CERTAIN.search(after["asks"]) is not None)
    return AskedDay(day, words, rest, certain, bare)


def _is_after(text: str, match: re.Match[str]) -> bool:
    """过了2028年, 2028年12月以后: whether what comes after a year or a month is asked of."""
    return _THEREAFTER.match(text, match.end()) is not None or _PAST_IT.search(text, 0, match.start()) is not None


def _day_after(match: re.Match[str], day: date) -> date:
    """The first day after the year or the month of a match, or its end; a day that is named stands for itself."""
    if f"{match['edge'] or ''}{match['part'] or ''}".endswith(("底", "末")):
        return day + timedelta(1)
    if match["near"] or match["day"] or match["edge"] or match["part"]:
        return day
    if match["month"] is None:
        return date(day.year + 1, 1, 1)
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _clause(text: str) -> str:
    return re.split(r"[，。；！？?\s]", text, maxsplit=1)[0]


def _date_of(match: re.Match[str], today: date | None) -> date | None:
    """The day of a date; of a month its first, of a year one in its middle. None where there is no such day."""
    if near := match["near"]:
        if today is None or near in _DAYS:
            return today + timedelta(_DAYS[near]) if today else None
        months = today.year * 12 + today.month - 1 + _MONTHS[near]
        return date(months // 12, months % 12 + 1, 1)
    relative, part, edge = match["relative"], match["part"] or "", match["edge"]
    if relative and today is None:
        return None
    year = today.year + _YEARS[relative] if relative and today else int(match["year"]) % 100 + 2000
    if relative == "今年" and not (match["month"] or part):
        return None
    month, day = _number(match["month"]), _number(match["day"])
    try:
        if today and (match["same"] or part == "今天"):
            return date(year, today.month, min(today.day, monthrange(year, today.month)[1]))
        if part == "元旦" or part.endswith("初"):
            return date(year, 1, 1)
        if part.endswith(("底", "末")):
            return date(year, 12, 31)
        if month is None:
            return date(year, *_MIDDLE)
        if edge in {"底", "末"}:
            return date(year, month, monthrange(year, month)[1])
        return date(year, month, day or 1)
    except ValueError:
        return None


def _number(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdecimal() else int(chinese_number(words) or 0)
