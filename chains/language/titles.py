"""Which 专精特新 titles a message says that the enterprise holds, and which it says it does not.

What each clause says of the titles that it names is read in `mentions.py`. Here a message is put together: its
clauses in their order, of the firm that speaks, where what comes later may take back what was said before.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from chains.language.clauses import Clause, city_names, filled, pattern, wishes
from chains.language.mentions import Mention, Says, mentions
from chains.prompting import read_data
from knowledge.profile import NONE, Fact, Source, slots

_PAUSE = "，,；;。 "
_BETWEEN = re.compile(r"[，。；\s]+")
_NOW = re.compile(r"现在|目前|眼下|如今")
# 终于上了, 证书挂在墙上: what is held now, whatever it was before.
_AT_LAST = re.compile(r"终于|(?:证书?|牌子?)[^，。；没不]{0,6}(?:挂|在手|到手|还在|下来)")
# 备案还没批下来: said of another thing than a title.
_ANOTHER_MATTER = re.compile(r"备案|贷款|项目|任务|平台|海关|aeo|标准|国标|专利|首台|攻关|中试|合同|订单")
# 小巨人奖励我们能拿多少 takes for granted that the speaker holds the title; 能不能拿 does not.
_PRESUMES = re.compile(r"(?:我们|咱们?|我司|我公司)[^，。？]{0,8}?(?:能|可以|该)?(?:拿|领|得|给)到?(?:多少|几)")
# 南京省专能报吧, 镇江的小巨人够不够格: who asks whether such a firm of a city may have something is one.
_MAY_IT = re.compile(
    r"[也还]?(?:能不能|可不可以|能|可以)(?!拿多少|领多少)[^，。；多少怎]{0,4}(?:报|领|拿|用|申请|享受|办)(?!到?的)"
    r"|想(?:知道|了解|问问?|打听|咨询|确认|请教)|(?:可以|能|行)[不吗么嘛]?[?？。]?$|(?:够不够(?:格|条件|资格)?|行不行|有没有资格|符不符合)"
)
# 南京小巨人能放宽门槛吗, 连云港的省专走得通吗: the same of anything, where one title is named, by its own name.
_MAY_ANY = re.compile(
    r"[也还]?(?:能不能|可不可以|能|可以)[^，。；什啥怎哪几多]{1,14}[吗么不嘛吧]?[?？]?$"
    r"|[也还]?([用走进拿报领够办享挨沾])[受到]?(?:得[了上着到去通]|不\1)[^，。；什啥怎哪几多]{0,10}[吗么不嘛]?[?？]?$"
)
# 没有专精特新能办吗: not even the title that most supports ask for.
_ANY_TITLE = re.compile(
    r"(?:(?<!有)没有?|不是|没评上?|没拿到?)过?(?:任何)?(?:专精特新|称号|资质|牌子|认定)(?!小巨人|要求)"
)
# 好像是省专吧，应该没错
_FOR_SURE = re.compile(r"(?:应该|肯定|绝对|保证)?(?:没错|错不了|不会错|没问题)|肯定是|我?确定")
# 哪一级记不得了, 省级还是国家级搞不清
_OF_THE_LEVEL = re.compile(
    r"(?:哪|什么|啥|几)一?个?(?:级|档|层)|级别|[省市]级?[^，。；]{0,2}还是[^，。；]{0,2}[国省]|国家?级?[^，。；]{0,2}还是[^，。；]{0,2}[省市]"
)
_STATES = (Says.HELD, Says.BORNE)
# 母公司是小巨人，我们没评过: that nothing is held, beside what another holds.
_NEVER_NAMED = re.compile(
    r"(?:但是?|不过|可是?)?(?:我们?|咱们?|公司|自己)+(?:自己|从来|一直|还|也|都|倒|是)*没有?评[过上][的呢啊]?"
)


@dataclass(frozen=True, slots=True)
class _Later:
    """What a clause without a title says of those named before it; `again` where that counts against a denial."""

    says: Says
    regex: re.Pattern[str]
    again: bool


# 要先评上小巨人对吧: what is put as a condition.
_AS_A_CONDITION = re.compile(
    r"^(?:那|所以|意思是|也就是|合着)*(?:要|得|必须|需要?|非得|前提|是不是|首先).*(?:[对是]吧|[对是]吗|对不对|是不是|[吗么吧?？])$"
)


@dataclass(slots=True)
class _Told:
    """What the clauses read so far say, as value → words: held, named by a question, not held; and what came last.

    `of_others` where the message tells what another holds.
    """

    held: dict[str, str]
    asked: dict[str, str]
    denied: dict[str, str]
    last: dict[str, str]
    of_others: bool


@dataclass(frozen=True, slots=True)
class TitleReading:
    """The titles that the enterprise is said to hold, those it is said not to hold, and whether one is doubted."""

    fact: Fact | None
    denied: frozenset[str]
    is_doubted: bool


def read_titles(
    text: str, clauses: Sequence[Clause], own: Sequence[Clause], of_itself: bool = False, city: str | None = None
) -> TitleReading:
    """The titles stated by the clauses that are the enterprise's `own`; none where nothing is said of them.

    `of_itself` where the message is known to tell of the enterprise; `city` is the name of the one known before.
    """
    theirs = any(m.says in (*_STATES, Says.ANOTHERS) for _, m in _each(c for c in clauses if c.others))
    told = _told(text, own if not of_itself else [c for c in clauses if not c.others], of_itself, theirs)
    of_supports = {value for value, mention in _each(own) if mention.says is Says.NAMED}
    of_others = {value for c in clauses if c.others for value, m in _each([c]) if m.says is Says.DISOWNED}
    unsaid = {v for v, m in _each(c for c in clauses if not c.others) if m.says is Says.UNSAID}
    denied = told.denied.keys() | ((of_others | unsaid) - of_supports)
    denied = denied - told.held.keys() - {NONE}
    is_doubted = any(_is_of_unknown_level(c.text) for c in own) or any(m.says is Says.DOUBTED for _, m in _each(own))
    if any(_is_of_unknown_level(c.text) for c in own):
        return TitleReading(None, frozenset(denied), is_doubted)  # 我们是专精特新，哪一级记不得了
    fact = _fact(told.held, told.denied) if told.held or told.denied else _implied(text, clauses, own, city)
    return TitleReading(fact, frozenset(denied), is_doubted)


def as_a_condition(text: str) -> bool:
    """要先评上小巨人对吧: whether a title is put as what is asked for, and nothing is said of who holds it."""
    return _AS_A_CONDITION.search(text) is not None and any(m.says is Says.NAMED for m in mentions(text))


def suppose_titles(clauses: Iterable[Clause]) -> Fact | None:
    """The titles of a supposition: 如果我们是小巨人; none where all that is recognised is denied: 没有专精特新呢."""
    clauses = tuple(clauses)
    held = {
        value: m.titles[value]
        for value, m in _each(clauses)
        if m.says is not Says.NAMED and (m.says is not Says.LACKED or value == NONE)
    }
    if held:
        return _fact(held, {})
    denied = (_ANY_TITLE.search(clause.text) for clause in clauses)
    return next((Fact((NONE,), Source.STATED, words.group()) for words in denied if words), None)


def are_told_firmly(titles: Fact, own: Sequence[Clause]) -> bool:
    """Whether titles are said to be held, and not only named (小巨人得啥条件, 我说的小巨人是目标)."""
    words = set(titles.words.split("、"))
    told = [m for value, m in _each(c for c in own if not c.asks) if m.titles[value] in words]
    return any(m.says is Says.HELD for m in told)


def of_the_holder(after: str) -> bool:
    """Whether what follows a title leaves it a holder's, rather than naming a support for it (小巨人奖励)."""
    return all(m.says is not Says.NAMED for m in mentions(f"小巨人{after}"))


def _each(clauses: Iterable[Clause]) -> Iterable[tuple[str, Mention]]:
    """Each title that some clauses name, with the mention it stands in."""
    return ((value, mention) for clause in clauses for mention in mentions(clause.text) for value in mention.titles)


def _told(text: str, clauses: Iterable[Clause], of_itself: bool, of_others: bool) -> _Told:
    """What some clauses say of titles, one after another: the later counts, 现在 and corrections begin anew."""
    told = _Told({}, {}, {}, {}, of_others)
    is_sure = _FOR_SURE.search(text) is not None
    begins_anew = False
    for clause in clauses:
        before, _, after = text.partition(clause.text)
        if pattern("unsure").search(clause.text):
            continue
        found = mentions(clause.text, before.rstrip(_PAUSE), after.lstrip(_PAUSE), is_sure=is_sure)
        said_before = _BETWEEN.split(before.rstrip(_PAUSE))[-1]  # 说岔了, which is no clause of the firm
        corrects = any(pattern("correction").search(words) for words in (said_before, clause.text))
        begins_anew = begins_anew or corrects or _NOW.search(clause.text) is not None
        if not found:
            _hear_later(told, clause)
            continue
        told.last = {value: words for mention in found for value, words in mention.titles.items()}
        is_now = _NOW.search(clause.text) or _AT_LAST.search(clause.text)
        speaks = not clause.asks or pattern("self").search(clause.text) or wishes(clause.text)
        for mention in found:
            if mention.says in (Says.LACKED, Says.DISOWNED):
                told.denied |= mention.titles
            elif mention.says in _STATES and speaks:
                if begins_anew:
                    told.held.clear()
                    begins_anew = False
                told.held |= mention.titles
                if is_now and not clause.asks:
                    told.denied = _without(told.denied, mention.titles)  # 去年没评上, and then 证书现在挂在墙上
            elif mention.says in _STATES and (of_itself or (pattern("self").search(text) and _asks_of_holder(mention))):
                told.asked |= mention.titles
    # 我们是省专，小巨人能领吗: what a question names is one's own only where nothing firmer is said.
    told.held = _without(told.held or told.asked, told.denied)
    return told


def _hear_later(told: _Told, clause: Clause) -> None:
    """小巨人，去年被摘牌了: what a clause says of the titles named before it, without naming them."""
    if told.of_others and not told.held and _NEVER_NAMED.fullmatch(clause.text):
        told.denied[NONE] = clause.text
    later = _later(clause.text)
    if later is None or _ANOTHER_MATTER.search(clause.text):
        return
    if later.says is Says.LACKED:
        named = told.held | told.asked
        taken = {value: words for value, words in named.items() if value in told.last or not told.last}
        told.denied |= taken
        told.held, told.asked = _without(told.held, taken), _without(told.asked, taken)
    elif later.again:
        told.held |= {value: words for value, words in told.last.items() if value in told.denied}
        told.denied = _without(told.denied, told.last)


def _implied(text: str, clauses: Sequence[Clause], own: Sequence[Clause], city: str | None) -> Fact | None:
    """The titles of a firm that nothing says outright: 小巨人有多少奖金？我们今年头一回评上的; 南京省专能报吧."""
    if pattern("self").search(text):
        later = (_later(clause.text) for clause in own)
        if any(row is not None and row.says is Says.HELD for row in later) and (named := _named(clauses)):
            return _fact(named, {})
    for clause in own:
        if _PRESUMES.search(clause.text) and (presumed := _named([clause])):
            return Fact(tuple(presumed), Source.INFERRED, "、".join(presumed.values()))
    here = [c for c in clauses if not c.others and not c.supposed]
    alone = len(_named(here)) == 1
    for value, mention in _each(here):
        words = mention.titles[value]
        of_a_city = re.search(rf"{city_names()}[^，。；]{{0,10}}$", mention.before)
        by_its_name = not words.startswith("专精特新")
        may = by_its_name and (_MAY_IT.match(mention.after) or (alone and _MAY_ANY.match(mention.after)))
        if value != NONE and of_a_city and may and not (city is not None and city not in text):
            return Fact((value,), Source.INFERRED, words)
    return None


def _named(clauses: Iterable[Clause]) -> dict[str, str]:
    """The titles that some clauses name, but for those that are said to be another's, or not held."""
    unlike = (Says.LACKED, Says.WANTED, Says.ANOTHERS, Says.DISOWNED, Says.DOUBTED, Says.UNSAID)
    return {v: m.titles[v] for v, m in _each(clauses) if v != NONE and m.says not in unlike}


def _asks_of_holder(mention: Mention) -> bool:
    """创新型中小企业能领算力券吗: whether such a firm may have something, and not 小巨人给多少, 专精特新有没有照顾."""
    by_its_name = not any(words.startswith("专精特新") for words in mention.titles.values())
    may = _MAY_IT.match(mention.after) or _MAY_ANY.match(mention.after)
    return by_its_name and (mention.says is Says.HELD or may is not None)


def _without(titles: dict[str, str], others: Iterable[str]) -> dict[str, str]:
    taken = set(others)
    return {value: words for value, words in titles.items() if value not in taken}


@cache
def _rows() -> Sequence[_Later]:
    rows = read_data("lexicon")["titles_later"]
    return [_Later(Says(r["says"]), re.compile(filled(r["match"])), r.get("again", False)) for r in rows]


def _later(clause: str) -> _Later | None:
    return next((row for row in _rows() if row.regex.search(clause)), None)


def _is_of_unknown_level(clause: str) -> bool:
    """Whether a clause says that the level of a title is not known."""
    return _OF_THE_LEVEL.search(clause) is not None and pattern("unsure").search(clause) is not None


def _fact(held: dict[str, str], denied: dict[str, str]) -> Fact | None:
    if held:
        order = (*slots()["tiers"].values, NONE)
        return Fact(tuple(v for v in order if v in held), Source.STATED, "、".join(held.values()))
    if NONE in denied:
        return Fact((NONE,), Source.STATED, denied[NONE])
    if "provincial" in denied:
        return Fact((NONE,), Source.INFERRED, denied["provincial"])
    return None
