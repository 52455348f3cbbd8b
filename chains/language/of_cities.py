"""Which city a message asks of, and which it only tells of beside: 镇江市区都有三十万，盐城这边奖几个钱."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.language.clauses import asks_us, fact_patterns, pattern
from chains.language.places import find_places
from knowledge.figures import Figure, read_figures
from knowledge.regions import OTHER, City

# 镇江写的是50万，盐城给多少; 盐城有没有，南京不是在发吗: what another city's document says, beside the question.
_OTHER_SITE = re.compile(r"[子分]公司|办事处|基地|[工分]厂|个厂|一[家个]厂|[也还]有一[家个](?:$|[，。；\s])")
_OF_A_DOCUMENT = re.compile(
    rf"^(?!.*(?:{_OTHER_SITE.pattern})).*(?:写|规定|[给补奖发]|有|[说提讲][了的到]|[才就只都](?:是|要)?\d)"
)
_SAYS_OF_IT = re.compile(r"不(?:看|用|要|罚|收)|可以|想[搞要]|目标|\d")
# 同行在镇江拿了30万.
_SOMEBODY_GOT = re.compile(
    r"(?:同行|隔壁|人家|别家|朋友|同学|亲戚)[^，。；]{1,10}"
    r"(?:拿|领|得|发|给)[了到过]*(?:[\d一二两三四五六七八九十百]+万|钱|奖|补)"
)
# 客户在南京, 从南京搬来: a place where something is or comes from, and whose document is not meant.
_IN_A_PLACE = re.compile(r"(?:在|从|由|搬|迁|往|[来去]到?|客户|老板|股东|总部)(?:是|都|也|还|到)*$")
_PIECES = re.compile(
    r"(?<=[，。；！？?])|(?<=[^\s，。；！？?])(?=\s+\S)|(?<=[吧嘛])(?=那)|(?<=[^\s，。；！？?])(?=(?:我们|咱们?|俺们?)(?:这|那|本地|当地))"
)
_RHETORICAL = re.compile(r"不(?:是|就)[^，。；？?]{1,10}[吗嘛么]")
# 是吧, 对不对: what is told is put to be confirmed.
_TAG = re.compile(r"(?:(?:这?个?(?:是|对|没错|有|晓得|知道))?(?:吧|嘛)|是不是|对不对|是吗|对吗)[，。；！？?\s]*$")
_GOES_ON_TO = re.compile(r"^\s*那|[的呢嘞嘛][，。；！？?\s]*$")
_COMPARES = re.compile(r"相比|比(?![例重如])|差(?!不多)|更|一样|不同|区别|哪[个家边里]|谁")
_OF_US = re.compile(r"我(?!听|记得|晓得|知道)")
# 人家, 听说: who says or has what is told.
_WHO_SAYS = re.compile(r"^\s*(?:那|人家|听[^，。；\s]{0,4}[说讲]|据说|好像|都说|[网群][上里]说)+")
_AND = frozenset("、和跟与及")
_IN_THE_NEXT = re.compile(r"(?<=[、和跟与及])在")
_AN_AWARD, _IS_SAID = "奖励", re.compile(r"[奖补费贷券]|资助|基金|额度")
_OF_A_FIGURE, _COUNTED = re.compile(r"[才就只都]?(?:是|要)?$"), frozenset("家个件名项户位")


@dataclass(frozen=True, slots=True)
class Apart:
    """A message in what `asks` of one city, and what is only `told` of others; `whole` has the thing of both."""

    asks: str
    told: tuple[str, ...] = ()
    whole: str = ""

    @property
    def tells_of_an_award(self) -> bool:
        """Whether a title or a sum is what is told of."""
        return any(_says_what_it_is(piece) or _sums(piece) for piece in self.told)


def apart(text: str) -> Apart:
    """What a message says of other cities' documents, apart from what it asks of one; as it is where it compares."""
    pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
    told: list[int] = []
    for i, piece in enumerate(pieces):
        goes_on = bool(told) and told[-1] == i - 1 and not _says_what_it_is(piece)
        if _only_tells(piece) and (_cities([piece]) or goes_on):
            told.append(i)
    left = [piece for i, piece in enumerate(pieces) if i not in told]
    rest, elsewhere, asked = "".join(left), _cities([pieces[i] for i in told]), _cities(left)
    if not asked or not elsewhere or asked & elsewhere or _COMPARES.search(rest):
        return Apart(text)
    put = any(_TAG.search(pieces[i]) for i in told)
    if put and not any(_asks(piece) or _GOES_ON_TO.search(piece) for piece in left):
        return Apart(text)
    whole = "".join(_matter(piece) if i in told else piece for i, piece in enumerate(pieces))
    return Apart(rest.strip("，。； "), tuple(pieces[i].strip() for i in told), whole.strip("，。； "))


def in_a_row(text: str) -> str:
    """在南京和镇江, of 在南京和在镇江: several cities are named in a row, and the firm is in none of them."""
    for place, start, _ in reversed([*find_places(text)] if not pattern("self").search(text) else []):
        if place.district is None and _IN_THE_NEXT.match(text, start - 1):
            text = text[: start - 1] + text[start:]
    return text


def is_put(told: str) -> bool:
    """Whether what is told of another city is put to be confirmed: 南京小巨人给一百万是吧."""
    return _TAG.search(told) is not None or pattern("hearsay").search(told) is not None


def as_told(told: str) -> str:
    """What is told of another city, without who says so."""
    return _WHO_SAYS.sub("", told).strip("，。；！？? ")


def as_question(text: str) -> str:
    """镇江上市想搞几家, of who says how many without asking: 镇江上市想搞十五家; as it is where it asks."""
    if asks_us(text) or pattern("self").search(text) or not _cities([text]):
        return text
    for figure in reversed([f for f in read_figures(text) if f.unit in _COUNTED and f.value > 1]):
        text = f"{text[: figure.start]}几{figure.unit}{text[figure.end :]}"
    return text


def unheld(text: str) -> tuple[str, ...]:
    """The cities without a document here that a text asks of, and is not told to have the firm in."""
    found: dict[str, None] = {}
    for piece in _PIECES.split(text):
        places = [*find_places(piece)]
        bare = re.sub("|".join(re.escape(place.name) for place, _, _ in places) or "$", "", piece)
        if (_asks(piece) or not bare.strip("、和跟与及，。的呢 ")) and not pattern("self").search(piece):
            alone = all(place.city.slot == OTHER for place, _, _ in places)
            joined = {end for _, _, end in places} if not alone else set()
            for place, start, end in places:
                in_a_row = piece[end : end + 1] in _AND or (piece[start - 1 : start] in _AND and start - 1 in joined)
                if place.city.slot == OTHER and (alone or in_a_row) and not _IN_A_PLACE.search(piece[:start]):
                    found[place.city.name] = None
    return tuple(found)


def _only_tells(piece: str) -> bool:
    if _asks(piece) or any(regex.search(piece) for regex in (_OF_US, pattern("self"), pattern("hypothesis"))):
        return False
    if _OF_A_DOCUMENT.search(piece):
        return True
    says = _SAYS_OF_IT.search(piece) or any(f.kind == "money" or f.unit in _COUNTED for f in read_figures(piece))
    if _SOMEBODY_GOT.search(piece):
        return True
    is_there = any(_IN_A_PLACE.search(piece[:start]) for _, start, _ in find_places(piece))
    return bool(says) and not is_there and not _OTHER_SITE.search(piece)


def _asks(piece: str) -> bool:
    """Whether a piece asks; 南京不是在发吗 and 给一百万是吧 tell."""
    told = _RHETORICAL.search(piece) or (_TAG.search(piece) and not pattern("question").search(_TAG.sub("", piece)))
    return pattern("question").search(piece) is not None and not told


def _cities(pieces: Sequence[str]) -> set[City]:
    return {place.city for piece in pieces for place, _, _ in find_places(piece)}


def _sums(piece: str) -> list[Figure]:
    return [figure for figure in read_figures(piece) if figure.kind == "money"]


def _says_what_it_is(piece: str) -> bool:
    return any(regex.search(piece) for regex in fact_patterns())


def _matter(piece: str) -> str:
    """What is told of, without the place and without what is said of it: 小巨人给 of 南京小巨人给一百万是吧."""
    for place, _, _ in reversed([*find_places(piece)]):
        piece = re.sub(f"{place.name}(?:市区|那边|这边)?", "", piece)
    end = piece[-1] if piece[-1] in "，。；！？?" else "，"
    piece = _WHO_SAYS.sub("", _TAG.sub("", piece).rstrip("，。；！？? "))
    for figure in reversed([f for f in read_figures(piece) if f.kind in {"money", "rate"} or f.unit in _COUNTED]):
        of_what = _AN_AWARD if figure.kind == "money" and not _IS_SAID.search(piece) else ""
        piece = f"{_OF_A_FIGURE.sub('', piece[: figure.start])}{of_what}{piece[figure.end :]}"
    return f"{piece}{end}" if piece.strip() else ""
