"""Whose first a first is: of which title, or of something else that happened (首次罚款)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from chains.language.clauses import Clause, fact_patterns, pattern
from chains.language.places import find_places
from chains.language.whereabouts import GOT_THERE
from chains.language.yes_no import Told, read_yes_no
from knowledge.profile import NONE, Fact, Source

_OF_A_HOLDER = re.compile(
    r"小巨人|冠军|省专|专精特新|创新型|资质|称号|牌|评|认定|获|入选|公示|名单|平台|奖|补|[能可]以?[拿领]|(?:下来|[拿得]到?)的$"
)
_A_MEASURE = re.compile(
    r"(?:员工|营收|年?收入|产值|销售额?)*\d+(?:\.\d+)?[多来几]?(?:[个号名]?(?:人|员工)|[百千万亿]+元?)?"
)
_NO_EVENT = 3
_SITED = re.compile(r"(?:注册|工厂|厂子?|厂房|公司|总部|企业|我们)(?:地|都|就|是|放|设)*在|(?:搬|迁)到")
# 小巨人的钱去年拿过了; 小巨人是2022年评的: what was had for a title, and since when another is held.
_GOT_IT = re.compile(
    r"^(?!.*(?:贷|高企|高新|融资))(?:.*(?:钱|奖励?|奖金|万元?)[^，。；没不]{0,4}(?:拿|领|到手|给)(?:过|了|到)|.*(?<![没不])(?<!没有)(?:领|拿)过[^，。；没不]{0,8}(?:钱|奖)|已领)"
)
_RECOGNISED_IN = re.compile(
    r"(?:20\d\d年|[去前大今]+年|[两三四五几]年前|早就?)[^，。；没不]{0,4}(?:评|拿|认定|获|有|入选)"
)
# 今年刚评上, 26年评上的.
_YEARS_AGO = ("今年", "去年", "前年")
_IN_A_YEAR = re.compile(
    r"(?:(?P<ago>[今去前]年)|(?<!\d)(?:20)?(?P<year>[12]\d)年)(?:[上下]半年|[年初底]+|\d+月份?|我们?|公司|就|已经?|才|刚刚?|新|也|是|首次|第一次|头一[次回])*"
    r"(?:获评|评[上到]|评(?=的|了|为)|认定(?=的|了|为|上|$)|拿[到下](?!.{0,3}[钱奖])|入选|批下来)(?!审)"
)
# 首次评的，今年; 拿到是去年3月: the year after what was done.
_DONE_IN = re.compile(
    r"(?:获评|评(?:[上到下]来?|的)|认定的?|拿[到下]的?|首次|第一次|头一[次回]|入选|批(?:下来)?的)[^，。；]{0,3}[，\s]?(?:就|也|都|是|在|时间)*"
    r"(?:(?P<ago>[今去前]年)|(?<!\d)(?:20)?(?P<year>[12]\d)年)"
    r"(?:的?\d+月份?|[上下]半年|[年初底]+|[春夏秋冬]天?|的事|刚刚?|才|的|了|呢|啊|吧|呀|哦|嘛)*(?=$|[，。；！\s])"
)
_NOT_SO = re.compile(r"(?:小巨人|单项冠军|冠军)(?:就|可)?不是(?:的|了|啊|哦)?$")
_PIECES = re.compile(r"[+()（）]|(?<=[的了次])(?=小巨人|单项冠军)")
_SHORT_TITLES = {"little_giant": re.compile(r"巨人"), "champion": re.compile(r"冠军|单冠")}

# 第一次是说第一次被查: a first of something else.
_WHICH_FIRST = re.compile(
    r"(?:首次|第一次|头一[次回])(?:我)?(?:是说|说的是|指的?是|是指|的意思是)(?!.{0,3}(?:评|认定|获))"
)
# 今年复核又过了: a title that is held on.
_REVIEW = re.compile(
    r"(?<!不是)(?<!没)(?<!没有)(?<!等)(?:复[核审]|续评|换证)(?!(?:还|也|都)?(?:没|未|不通|不过)|[^，。；]{0,3}(?:是什么|啥|吗|怎么))"
)
# 迁过来以后才评上的: a title got since the move.
MOVES = re.compile(r"搬(?!运)|迁(?!就)|(?:挪|平移)(?:到|去|过|往)")
_SINCE_THE_MOVE = re.compile(r"(?:搬|迁|挪)[^，。；]{0,8}(?:之后|以后|后)[^，。；]{0,8}(?:评|认定|获|拿)")
# 从无锡搬来的，小巨人是在那边评的.
_ELSEWHERE = re.compile(r"那边|那里|那儿|那头|外地|外省|外市|别处|(?:别的|其他)(?:城?市|地方)|老家|原来(?:那边)?")


def is_got_elsewhere(text: str, city: str | None, titles: object, *, moves: bool) -> bool:
    """Whether a title that is held was got in another place than the firm is in, or would be, by a message.

    `city` is the name of that place, `moves` whether the firm has come to it, or is supposed to come, from another.
    What was got elsewhere is not known to be new here: no document says so.
    """
    if not titles or NONE in set(titles if isinstance(titles, tuple) else ()) or _SINCE_THE_MOVE.search(text):
        return False
    got = (place.city.name for place, _, end in find_places(text) if GOT_THERE.match(text[end:]))
    there = MOVES.search(text) is not None and any(GOT_THERE.match(text[m.end() :]) for m in _ELSEWHERE.finditer(text))
    return moves or there or any(name != city for name in got)


def is_of_an_event(clauses: Sequence[Clause], at: int) -> bool:
    """Whether a bare first is of something that happened: of the nearest clause beside it that tells more."""
    for clause in (*reversed(clauses[:at]), *clauses[at + 1 :]):
        if _OF_A_HOLDER.search(clause.text):
            return False
        if _SITED.search(clause.text) and any(find_places(clause.text)):
            continue  # 首次的，工厂在淮安啊
        said = clause.text
        for words in (*(place.name for place, _, _ in find_places(said)), *_names(said)):
            said = said.replace(words, "")
        if len(_A_MEASURE.sub("", said)) > _NO_EVENT:
            return True
    return False


def first_of_some(clauses: Iterable[Clause]) -> Fact | None:
    """小巨人是首次的，单项冠军不是首次: the titles that are new, where others are said not to be."""
    said: dict[str, Fact] = {}
    told: set[str] = set()
    named: list[str] = []
    for clause in (piece for c in clauses if not c.asks for piece in _PIECES.split(c.text) if piece):
        named = [title for title, words in _SHORT_TITLES.items() if words.search(clause)] or named
        first = read_yes_no("first_recognition", [Told(clause)])
        if first is None and ((got := _GOT_IT.search(clause)) or (said and (got := _NOT_SO.search(clause)))):
            first = Fact("no", Source.STATED, got.group())
        if first:
            said |= dict.fromkeys(named, first)
        elif _RECOGNISED_IN.search(clause):
            told |= set(named)
    new = [title for title, first in said.items() if first.value == "yes"]
    old = [title for title, first in said.items() if first.value == "no"]
    others = (told | set(old)) - set(new)
    if new and others:
        return replace(said[new[0]], of=tuple(new), not_of=tuple(old))
    return replace(said[old[0]], of=tuple(old)) if old and not new else None


def recognised_in(text: str, today: date) -> int | None:
    """今年刚评上的, 26年评上的呢: the year in which a title is said to be got; None where none is told."""
    told = _IN_A_YEAR.search(text) or _DONE_IN.search(text)
    if told is None:
        return None
    if told["year"]:
        return int(told["year"]) % 100 + 2000
    return today.year - _YEARS_AGO.index(told["ago"])


def tells_of_review(words: str) -> bool:
    """后来2026年复核过了: whether some words tell of a review of the title, and neither deny it nor wait for it."""
    return _REVIEW.search(words) is not None and not pattern("other_titles").search(words)


def tells_which_first(text: str) -> bool:
    """第一次是说第一次被查，不是第一次评: that the first that was told of is none of a title's."""
    return _WHICH_FIRST.search(text) is not None


def is_first_and_reviewed(clauses: Iterable[Clause]) -> bool:
    """是第一次评的，后来2026年复核过了: whether a title is said to be got for the first time, and reviewed since."""
    clauses = [clause for clause in clauses if not clause.asks]
    apart = first_of_some(clauses)
    if apart is not None and apart.value == "yes":
        return False  # 单项冠军是复核的，小巨人第一次
    told = [clause.text for clause in clauses]
    left = [Told(words) for words in told if not tells_of_review(words)]
    first = read_yes_no("first_recognition", left, answers=True) if len(left) < len(told) else None
    return first is not None and first.value == "yes"


def _names(text: str) -> Iterator[str]:
    """The words of a text that say what a firm is."""
    yield from (m.group() for regex in fact_patterns() for m in regex.finditer(text))
