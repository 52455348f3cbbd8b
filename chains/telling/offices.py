"""Which offices a document makes responsible, and whether one that a message names is among them."""

import re
from collections.abc import Iterable

from chains.language.normalise import plain
from chains.language.places import find_places
from chains.prompting import read_data, wording
from chains.telling.words import Words, tight
from knowledge.document import Document
from knowledge.regions import served_cities

_RESPONSIBLE = re.compile(r"[（(〔](责任单位[：:][^（(〔）)〕]*(?:[（(][^）)]*[）)][^（(〔）)〕]*)*)[）)〕]")
# 是自然资源局管吧, 去公安局吗: an office that no document names.
_OTHER_OFFICE = re.compile(
    r"(?:[找问归去由属是到]|直接|还是|^)(?P<office>(?![^，。；]{0,3}[哪什啥几多个这那])[\u4e00-\u9fff]{2,4}(?<![布格结当全大邮])局(?![面限部势])|法院|组织部)"
)
# 税务局管吧, 找税务局: what makes an office the one that is asked of.
_AS_ONE_TO_ASK = (
    r"(?:[找问归去由属是到]|直接|还是|[，。；\s]|^)(?:市|县|区)?{name}"
    r"|{name}(?:那边|那里)?(?:[、和跟与]?[\u4e00-\u9fff]{{2,4}}[局委])?(?:都|也)?(?:[在是管审批]|负责|牵头|还是|[对行]?[吧吗]|$)"
)
_WHETHER = re.compile(
    r"哪[个项条样](?=归|是|由|该|属|要|[\u4e00-\u9fff]{0,4}[局委]管)|([管归])不\1|[吗么吧嘛?？]|行不行|(?:对|是)不(?:对|是)|[找问归去][^，。；]{2,8}还是[找问归去]?|要不要"
)
_ASKS_WHICH = re.compile(
    r"(?:哪|什么|啥|几)(?:[个些家一]+)?(?:部门|单位|[局委]|科室?|窗口|机构)|[找问去归]谁|谁[管来负]"
)
_IN_CHARGE = re.compile(r"[管归找问去审批]|负责|牵头|对口|责任|联系")
# 连云港工信局是吧, 供电公司那边就行对吧: an office that is put to be confirmed.
_PUT_SO = re.compile(
    r"(?:局|委|公司|海关)(?:那边|那里)?(?:就)?(?:行|可以|对)?(?:[是对]吧|对不对|是不是|[对是]吗|吧)[?？]?$"
)
_IS_IT = re.compile(r"(?:[是对]吧|对不对|是不是|[对是]吗)[?？]?$")
# 找市里还是找区里: which level it is for.
_WHICH_LEVEL = re.compile(
    r"(?:市里|市级|市一级|市局|市工信局?|市上)[^，。；]{0,6}(?:还是|或者?)[^，。；]{0,4}(?:区|县)(?:里|级|一级|局|上|工信)"
    r"|(?:区|县)(?:里|级|一级|局|上|工信)[^，。；]{0,6}(?:还是|或者?)[^，。；]{0,4}(?:市里|市级|市一级|市局|市工信局?|市上)"
)
_CALLS = re.compile(r"[打拨]|电话")
_BETWEEN_CLAUSES = re.compile(r"[，。；\s]+|(?<=[？?])")
_LEAST, _TWO, _OF_FIRMS = 3, 2, "工信局"


def responsible_quote(document: Document, path: str) -> str | None:
    """The words of a provision that name who is responsible."""
    match = _RESPONSIBLE.search(document.words(path))
    return match.group(1) if match else None


def office_line(words: Words, document: Document, path: str, text: str, *, asked: tuple[str, ...] = ()) -> str | None:
    """国资委管不管, 问税务局行吧: whether the offices named are among those responsible; None where none is asked."""
    asked = asked or offices_asked(words, text)
    if not asked:
        return None
    quote = responsible_quote(document, path)
    names = "、".join(asked)
    if quote is None:
        return wording("offices.unwritten", names=names)
    mark = words.citations.cite(document, path, quote)
    held = [name for name in asked if name in plain(quote)]
    if len(asked) >= _TWO and len(held) == len(asked):
        return wording("offices.all_of_them", names=names, mark=mark)
    if held:
        others = [name for name in asked if name not in held]
        key = "offices.among_put" if _IS_IT.search(text) else "offices.among"
        line = wording(key, names="、".join(held), mark=mark)
        return f"{line}{wording('offices.not_these', names='、'.join(others), mark=mark)}" if others else line
    listed = tight(quote).removeprefix("责任单位").lstrip("：:")
    return wording("offices.not_among", names=names, listed=listed, mark=mark)


def first_to_ask(words: Words, document: Document, path: str, matter: str) -> str:
    """Of several responsible offices the one that a matter is of, else the one for firms; empty where they are few."""
    quote = responsible_quote(document, path)
    names = [n for n in re.split(r"[、，：:]", tight(quote or "")) if n and "责任单位" not in n]
    if quote is None or len(names) < _TWO or "牵头" in quote:
        return ""
    mark = words.citations.cite(document, path, quote)
    own = {name for name, said in read_data("lexicon")["offices"].items() if re.search(said, matter)}
    found = [n for n in names if any(n.endswith(name) for name in own)]
    if len(found) == 1:
        told = wording("offices.own", name=found[0], mark=mark)
    else:
        told = wording("offices.first", name=next((n for n in names if n.endswith(_OF_FIRMS)), names[0]), mark=mark)
    return f"{told}{wording('offices.no_phone')}" if _CALLS.search(matter) else told


def of_a_district(words: Words, document: Document, path: str, text: str) -> str | None:
    """那我们找灌云哪个局: that the document names no office of the district asked of."""
    quote = responsible_quote(document, path)
    district = next((text[a:b] for place, a, b in find_places(text) if place.district), "")
    if quote is None or not district or not _ASKS_WHICH.search(text):
        return None
    return wording("offices.of_a_district", place=district, mark=words.citations.cite(document, path, quote))


def of_which_level(words: Words, document: Document, path: str, text: str) -> str | None:
    """领钱找市里还是找区里: that the offices named are the city's, and that none is said to come first."""
    quote = responsible_quote(document, path)
    if quote is None or not _WHICH_LEVEL.search(text):
        return None
    return wording("offices.of_the_city", mark=words.citations.cite(document, path, quote))


def offices_asked(words: Words, text: str) -> tuple[str, ...]:
    """The offices that a message asks of, whether they are the ones to go to."""
    found: dict[str, None] = {}
    for clause in _BETWEEN_CLAUSES.split(text):
        if not (_WHETHER.search(clause) and (_IN_CHARGE.search(clause) or _PUT_SO.search(clause))):
            continue
        known = [name for name in _known(words) if re.search(_AS_ONE_TO_ASK.format(name=re.escape(name)), clause)]
        for name in (n for n in known if not any(n != other and n in other for other in known)):
            found[name] = None
            clause = clause.replace(name, " ")
        for match in _OTHER_OFFICE.finditer(clause):
            found[match["office"] or match.group()] = None
    return tuple(sorted(found, key=text.find))


def _known(words: Words) -> Iterable[str]:
    """The offices of all documents, as people call them: 工信局 of 市工信局, 国资委 of 市政府国资委."""
    names = {plain(name) for s in words.library.supports.values() for name in s.departments}
    cities = "|".join(plain(city.name) for city in served_cities().values())
    short = {re.sub(rf"^(?:(?:市|县|区)(?:政府|委(?=..))?|{cities})", "", name) for name in names}
    ends = {name[-_TWO:] for name in names if name.endswith("海关")}
    return sorted({name for name in short | names if len(name) >= _LEAST} | ends, key=len)
