"""Turns about titles themselves: how one comes to hold them, and those for which the documents give nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.clauses import pattern
from chains.eligibility import CITY
from chains.followup import titles_named
from chains.normalise import plain
from chains.prompting import wording
from chains.retrieval import Entry, core, without_help
from chains.talk import say_unsaid, suggestions
from chains.turn import Context, Draft, Outcome
from chains.understanding import subject_words
from chains.validity import lifecycle_lines
from chains.words import tight
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_A_WORD, _BRIEF = 2, 14
# The topic of notices on who holds a title.
_TITLES = "tiers"
_HELP = re.compile(r"奖|补[贴助]|钱|\d\s*万|资助|扶持|优惠")
_OF_THE_TITLE = re.compile(r"评|认定|申报|复核|有效|到期")
_GOES_BY = re.compile(r"《[^》]*培育管理[^》]*》")
_RECOGNISES = re.compile(r"(?:公告|认定|争创)(?:一批|国家级)[^。；]*")
# 营收要多少, 研发比例呢, 到期要复核吗: asked on of how a title is recognised.
_ASKS_ON = re.compile(r"营收|收入|研发|专利|人数|员工|成立|年限|比例|占比|得分|打分|评分|复核|复评|到期|有效|证书|公示")
_TITLE = (
    r"(?:国家级?|省级?|制造业)?的?[\"“]?(?:专精特新[\"”]?)?[\"“]?"
    r"(?:小巨人|单项冠军|省专|国家级|省级|创新型|(?<=专精特新)|(?<=专精特新[\"”]))[\"”]?的?(?:中小)?(?:企业)?"
)
# 什么是小巨人, 专精特新是啥意思; 小巨人比省专高吗; 市级专精特新算不算.
_WHAT_IS = re.compile(
    rf"(?:什么|啥)(?:才?是|叫做?)(?P<after>{_TITLE})[呢啊呀]?[?？]?$"
    rf"|(?P<before>{_TITLE})(?:到底|究竟)?(?:(?:是|指)(?:的是|个)?(?:什么|啥)(?:意思|东西|概念|级别)?|(?:什么|啥)意思)[呢啊呀]?[?？]?$"
)
_WHICH_IS_HIGHER = re.compile(
    rf"{_TITLE}(?:和|跟|与|比|、){_TITLE}(?:之间)?(?:有|是|的)?(?:什么|啥|哪个|哪一?个|谁|更|级别|等级|还){{0,3}}(?P<asked>高|区别|不同|不一样|关系)"
)
_OF_ORDER, _WITH_AWARDS = frozenset({"高", "关系"}), re.compile(r"小巨人|单项冠军")
_OF_THE_CITY = re.compile(
    r"(?P<title>[市区县](?:里|级)的?(?:评的?)?专精特新(?:中小)?(?:企业)?)(?:也|的)?(?:算不算|算(?:数|在内)?[吗么不]|行不行|行[吗么不]|可以[吗么不])"
)
# 高企算不算专精特新: another title is not one of these.
_COUNTS_AS = re.compile(
    r"(?:算(?:不算|是|得上|作)?|能不能算|等于|就?是不是)(?:就)?是?专精特新(?:企业)?(?:[吗么呢了啊]|的?[?？]|$)"
)
_LADDER, _DIRECTIONS = re.compile(r"—.*梯度培育体系"), re.compile(r"专业化、精细化")
_OF_RECOGNITION = frozenset({"conditions", "materials", "procedure", "deadline", "phone", "address", "duration"})


def tell_recognition(context: Context) -> Draft | None:
    """小巨人申报条件, 省专怎么评上, 省专有效期几年: the documents do not say, and what they point to where they do."""
    heard, before = context.heard, context.before
    title = _title_asked(context)
    if not title or heard.has_orders:
        return None
    cities = _cities(context)
    lines = [wording("recognition.silent", where=_where(cities), title=title)]
    if title != before.recognition or heard.cities:
        lines += [*_pointers(context, cities, title), *_rules_since(context, cities)]
    lines.append(wording("silent.contact"))
    return Draft(
        Outcome.SILENT,
        context.conversation.model_copy(update={"recognition": title}),
        tuple(lines),
        question=context.standing if before.pending and not before.offered else None,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def tell_titles(context: Context) -> Draft | None:
    """什么是专精特新, 小巨人比省专高吗, 市级的算不算: no document defines a title; what two say of their order is."""
    heard = context.heard
    what, higher, of_city = (regex.search(heard.text) for regex in (_WHAT_IS, _WHICH_IS_HIGHER, _OF_THE_CITY))
    if higher and higher["asked"] not in _OF_ORDER and _WITH_AWARDS.search(heard.text):
        higher = None  # 小巨人跟省专有啥区别: what they are given is told apart
    other = pattern("other_titles").search(heard.text)
    if other and _COUNTS_AS.search(heard.text):
        head = wording("recognition.not_one", where=_where(_cities(context)), title=other.group())
        ladder = [e for e in context.finder.entries if e.support is None and _LADDER.search(e.quote)]
        return say_unsaid(context, head, *_told(context, ladder), wording("silent.contact"))
    if not (what or higher or of_city) or _HELP.search(heard.text) or pattern("self").search(heard.text):
        return None
    if of_city and (lines := _lesser(context, of_city["title"])):
        return _tell(context, lines)
    cities = _cities(context)
    facts = [e for e in context.finder.entries if e.support is None]
    here = [e for e in facts if not cities or e.city in cities]
    found = [e for e in here if _LADDER.search(e.quote)] or [e for e in facts if _LADDER.search(e.quote)]
    if higher:
        return _tell(context, _told(context, found))
    if of_city:
        head = wording("recognition.no_such", where=_where(cities), title=of_city["title"])
    else:
        title = ((what and (what["after"] or what["before"])) or "").lstrip("的")
        head = wording("recognition.undefined", where=_where(cities), title=title)
        found += [e for e in here if title.startswith("专精特新") and _DIRECTIONS.search(e.quote)][:1]
    return say_unsaid(context, head, *_told(context, found), wording("silent.contact"))


def _tell(context: Context, lines: Sequence[str]) -> Draft:
    return Draft(
        Outcome.INFORMATION,
        context.conversation,
        tuple(lines),
        question=context.standing,
        suggestions=suggestions("broad"),
    )


def _lesser(context: Context, title: str) -> list[str]:
    """市级的算吗, of what was talked of: the title that it asks for."""
    talked = context.finder.by_key.get(next(iter(context.before.focus), ""))
    if talked is None or talked.support is None:
        return []
    finding = context.assess(talked.support)
    wanted = [c for c in talked.support.when if c.includes_any]
    return [
        wording("premise.lesser", said=title, condition=c.text, mark=context.words.condition_mark(finding, c))
        for c in wanted[:1]
    ]


def _cities(context: Context) -> tuple[str, ...]:
    own = str(context.conversation.profile[CITY] or "")
    return context.heard.cities or ((own,) if own in served_cities() else ())


def _where(cities: Sequence[str]) -> str:
    return "、".join(city_name(city) for city in cities) or wording("recognition.every")


def _title_asked(context: Context) -> str:
    """The title whose recognition a message asks about, or that was asked about before and is asked on; or nothing."""
    heard, before = context.heard, context.before
    if _HELP.search(heard.text):
        return ""
    match = pattern("recognition").search(heard.text)
    named = (titles_named(match.group()) if match else ()) or titles_named(heard.text)
    if match:
        talked = context.finder.by_key.get(next(iter(before.focus), ""))
        of_award = talked is not None and any(name in plain(talked.title) for name in named)
        if of_award and not _OF_THE_TITLE.search(heard.text):
            return ""  # 小巨人要什么条件, asked of the award that was told
        return named[0] if len(named) == 1 else wording("recognition.any")
    if not before.recognition or len(heard.text) > _BRIEF or heard.cities or named:
        return ""
    of_it = set(heard.facets) & _OF_RECOGNITION and not core(heard.text)
    return before.recognition if of_it or _ASKS_ON.search(heard.text) else ""


def _pointers(context: Context, cities: Sequence[str], title: str) -> list[str]:
    """The rules that documents go by when titles are recognised, and what one city does for a title."""
    found: list[Entry] = []
    for city in cities or served_cities():
        here = [e for e in context.finder.entries if e.city == city]
        found += [e for e in here if e.support is None and _GOES_BY.search(e.quote)][:1]
        found += [e for e in here if cities and e.support is not None and _does(e, title)][:1]
    return _told(context, found)


def _told(context: Context, entries: Iterable[Entry]) -> list[str]:
    """What entries say, each with its city, and that their documents are not in force."""
    found = list({(entry.city, entry.quote): entry for entry in entries}.values())
    documents = [context.library.documents[e.document_id] for e in found]
    words = replace(context.words, warned=frozenset(context.library.documents), asks_whether=False)
    lines = lifecycle_lines(words, documents)
    for entry in found:
        document = context.library.documents[entry.document_id]
        mark = context.words.citations.cite(document, entry.provision, entry.quote)
        quote = tight(entry.quote)
        lines.append(wording("recognition.points_to", city=city_name(entry.city), quote=quote, mark=mark))
    return lines


def _rules_since(context: Context, cities: Sequence[str]) -> list[str]:
    """By which rules titles are recognised, where that is known from outside the documents."""
    held = (d for city in cities or served_cities() for d in context.library.documents.values() if d.city == city)
    known = [n.text for d in held for n in d.record.notices if _TITLES in n.topics and n.date <= context.words.as_of]
    return [wording("lifecycle.notice", text=text) for text in known[:1]]


def _does(entry: Entry, title: str) -> bool:
    """每年公告一批创新型中小企业: whether a support of titles names one of them."""
    match = _RECOGNISES.search(plain(entry.quote))
    return match is not None and title in match.group()


def tell_nothing_given(context: Context) -> Draft | None:
    """高新技术企业奖励多少, 瞪羚企业有补贴吗: what the documents do not give to a title that is none of theirs."""
    heard = context.heard
    match = pattern("other_titles").search(heard.text)
    if match is None or not _HELP.search(heard.text) or set(heard.facts) - {CITY, "district"}:
        return None
    rest = without_help(core(subject_words(heard.text.replace(match.group(), " "))))
    if len(rest) >= _A_WORD or context.finder.named(heard.text, heard.cities):
        return None
    cities = _cities(context)
    if any(_gives_to(e, match.group()) for e in context.finder.entries if not cities or e.city in cities):
        return None
    lines = (wording("recognition.nothing", where=_where(cities), title=match.group()), wording("silent.contact"))
    return say_unsaid(context, *lines)


def _gives_to(entry: Entry, title: str) -> bool:
    return entry.support is not None and entry.support.kind in {Kind.AWARD, Kind.FUNDING} and title in entry.quote
