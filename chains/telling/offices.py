"""Which offices a document makes responsible, and whether one that a message names is among them."""

import re
from collections.abc import Iterable, Sequence

from chains.language.normalise import plain
from chains.language.whereabouts import find_places
from chains.prompting import wording
from chains.telling.words import Words, tight
from knowledge.document import Document

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
# 哪个牵头, 打给谁合适: which of several to begin with.
_THE_LEAD = re.compile(
    r"(?:哪|谁)[^，。；]{0,6}(?:牵头|为主|主办)|(?:牵头|主办)的?(?:单位|部门)?是?(?:哪|谁)"
    r"|(?:[找问打去]|联系)给?(?:哪一?[个家边]|谁)[^，。；]{0,8}(?:合适|[更最][快好对]|管用|靠谱|先)|先(?:[找问打去]|联系)给?(?:哪|谁)"
    r"|[打拨](?:给?谁|哪一?个)|[给说报指]我?[^，。；]{0,2}一[个家]就|[给说报指]我一[个家](?=$|[，。；吧啊呗])"
)
_USUAL = "市工信局"
_ASKS_WHICH = re.compile(
    r"(?:哪|什么|啥|几)(?:[个些家一]+)?(?:部门|单位|[局委]|科室?|窗口|机构)|[找问去归]谁|谁[管来负]"
)
_IN_CHARGE = re.compile(r"[管归找问去审批]|负责|牵头|对口|责任|联系")
_BETWEEN_CLAUSES = re.compile(r"[，。；\s]+|(?<=[？?])")
_LEAST, _TWO = 3, 2


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
        line = wording("offices.among", names="、".join(held), mark=mark)
        return f"{line}{wording('offices.not_these', names='、'.join(others), mark=mark)}" if others else line
    listed = tight(quote).removeprefix("责任单位").lstrip("：:")
    return wording("offices.not_among", names=names, listed=listed, mark=mark)


def lead_line(words: Words, document: Document, path: str, departments: Sequence[str], text: str) -> str | None:
    """哪个牵头, 打给谁合适, 灌云哪个局: that no one is named to begin with, or none of the district asked of."""
    quote = responsible_quote(document, path)
    if quote is None or not departments:
        return None
    district = next((text[a:b] for place, a, b in find_places(text) if place.district), "")
    if district and _ASKS_WHICH.search(text):
        mark = words.citations.cite(document, path, quote)
        return wording("offices.of_a_district", place=district, mark=mark)
    if len(departments) < _TWO or "牵头" in quote or not _THE_LEAD.search(text):
        return None
    first = _USUAL if _USUAL in departments else departments[0]
    return wording("offices.no_lead", first=first, mark=words.citations.cite(document, path, quote))


def offices_asked(words: Words, text: str) -> tuple[str, ...]:
    """The offices that a message asks of, whether they are the ones to go to."""
    found: dict[str, None] = {}
    for clause in _BETWEEN_CLAUSES.split(text):
        if not (_WHETHER.search(clause) and _IN_CHARGE.search(clause)):
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
    short = {re.sub(r"^(?:市|县|区)(?:政府|委(?=..))?", "", name) for name in names}
    ends = {name[-_TWO:] for name in names if name.endswith("海关")}
    return sorted({name for name in short | names if len(name) >= _LEAST} | ends, key=len)
