"""Turns about titles themselves: how one comes to hold them, and those for which the documents give nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.followup import titles_named
from chains.finding.naming import core, without_help
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.question_words import subject_words
from chains.prompting import wording
from chains.steps.talk import say_unsaid, suggestions
from chains.steps.titles_asked import (
    A_WORD,
    BETWEEN_CLAUSES,
    BOTH,
    HELP,
    OF_THEIR_ORDER,
    TITLE,
    TITLES,
    WAS_GOT,
    asks_of_titles,
    clauses_of,
    title_asked,
)
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_GOES_BY = re.compile(r"《[^》]*培育管理[^》]*》")
_RECOGNISES = re.compile(r"(?:公告|认定|争创)(?:一批|国家级)[^。；]*")
# 什么是小巨人, 专精特新是啥意思; 小巨人比省专高吗; 市级专精特新算不算.
_WHAT_IS = re.compile(
    rf"(?:什么|啥)(?:才?是|叫做?)(?P<after>{TITLE})[呢啊呀]?(?=$|[，。；！？?\s])"
    rf"|(?P<before>{TITLE})[，\s]?(?:到底|究竟|说白了|其实|具体)?(?:[是指]{{1,2}}(?:的是|个)?(?:什么|啥)(?:意思|东西|概念|玩意儿?|荣誉|称号|牌子|来头|头衔|企业)?|(?:什么|啥)意思|咋回事|怎么回事)[呢啊呀]?(?=$|[，。；！？?\s])"
)
_LEVEL = re.compile(r"[几哪]个?(?P<of>[级档层])")
_TOLD_APART = re.compile(r"(?:区|差)别|不同|不一样|差(?:在|多少|距)")
_HOW_FAR = re.compile(r"差(?:在|到|距)")
_WITH_AWARDS = re.compile(r"小巨人|单项冠军")
_OF_THE_CITY = re.compile(
    r"(?P<title>[市区县](?:里|级)的?(?:评的?)?专精特新(?:中小)?(?:企业)?)(?:也|的)?(?:算不算|算(?:数|在内)?[吗么不]|行不行|行[吗么不]|可以[吗么不])"
)
# 高企算不算专精特新: another title is not one of these.
_COUNTS_AS = re.compile(
    r"^(?!市级)[^，。；]{0,8}(?:也|还|都|就)?(?:不算|算不算|算)(?:数|在内|进去)?[吗么嘛呢啊]?(?=$|[，。；！？?\s])|(?:算(?:不算|是|得上|作)?|能不能算|等于|就?是不是)(?:就)?是?专精特新(?:企业)?(?:[吗么呢了啊]|的?[?？]|$)"
)
_LADDER, _DIRECTIONS = re.compile(r"—.*梯度培育体系"), re.compile(r"专业化、精细化")
# 怎么查自己评没评过: where one may see who holds a title.
_LOOKS_UP = re.compile(
    r"(?:怎么|怎样|如何|咋|在?哪(?:里|儿|边|个网站?)?|上哪)(?:才|能|可以|去|里)*(?:查|看(?=.*(?:评没|有没有评|是不是))|查询)[^，。；]{0,8}(?:评|资质|称号|认定|名单|是不是|专精特新|小巨人)"
)
# 高企认定里科技人员占比要多少, 申请科技型中小企业要准备什么: what another title takes, right beside its name.
_TAKES = (
    r"(?:的|企业|评上|里面?|这个|[现今]在|今年|到底|都|一般)*(?:认定|评价|评审|申[报请]|复[审核评]|重新|要求|条件|门槛|标准|材料"
    r"|(?:怎么|如何|咋)(?:才?能|去)?[认评申弄搞办拿当成报]|研发|科技人员|营收|知识产权|专利|占比|有效期|需要?|要(?!不要|是))"
)
_GOES_FOR = r"(?:申[报请]|认定|[评报办弄搞当做冲]|成为?|复[审核])(?:[上为个成一家国家级]|下来)*"
# 高新技术企业证书年底到期，重新认定要几个知识产权; 科技型中小企业入库编号丢了去哪查: of its certificate, or its number.
_ITS_PAPER = (
    r"(?:的|企业)*(?:入库|评价)?(?:登记)?(?:证书?|编号|资格)[^。；？?]{0,16}"
    r"(?:认定|复[审核]|换证|到期|[丢补查]|够分|评分)"
)
_A_SHARE = re.compile(r"研发(?:费用?|投入|支出)?|占比|比[例重]")
_OF_ITS_HOLDERS = re.compile(r"[入进在][^，。；]{0,6}库|贷|人才|职称|税|融资|优先")
# 餐饮行业能不能评, 我们做养殖的，能评不: whether a trade is one that may hold a title.
_OF_A_TRADE = re.compile(r"行业|业[的企业公司也都]*(?:能|可以|行|算|够)|[搞做开干][^，。；]{2,8}的(?=[，\s])")


def tell_recognition(context: Context) -> Draft | None:
    """小巨人申报条件, 省专怎么评上, 省专有效期几年: the documents do not say, and what they point to where they do."""
    heard, before = context.heard, context.before
    if _LOOKS_UP.search(heard.text) and not context.finder.named(heard.text):
        where = _where(_cities(context))
        return say_unsaid(context, wording("recognition.no_register", where=where), wording("silent.contact"))
    cities = _cities(context)
    if (another := _another_asked(context)) and not heard.has_orders:
        return say_unsaid(
            context, wording("recognition.silent", where=_where(cities), title=another), wording("silent.contact")
        )
    if not (title := title_asked(context)) or heard.has_orders:
        return None
    keys = ("silent", "no_trade") if _OF_A_TRADE.search(context.words.asked) else ("silent",)
    lines = [wording(f"recognition.{key}", where=_where(cities), title=title) for key in keys]
    if asks_of_titles(context, OF_THEIR_ORDER):
        lines += _told(context, _ladders(context, cities))  # 能不能跳过省专直接报小巨人
    elif title != before.recognition or heard.cities:
        lines += [*_pointers(context, cities, title), *_rules_since(context, cities)]
    lines.append(wording("silent.contact"))
    return Draft(
        Outcome.SILENT,
        _without_asked_title(context).model_copy(update={"recognition": title}),
        tuple(lines),
        question=context.standing if before.pending and not before.offered else None,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def _another_asked(context: Context) -> str:
    """高企认定里科技人员占比要多少: a title that is none of the documents' own, asked how one comes to it."""
    heard, title = context.heard, pattern("other_titles").pattern
    for clause in clauses_of(heard.text):
        held = re.search(rf"(?P<title>{title}){_TAKES}|{_GOES_FOR}(?P<sought>{title})", clause)
        if held is None or titles_named(clause) or HELP.search(clause) or _OF_ITS_HOLDERS.search(clause):
            continue
        if (pattern("question").search(clause) or heard.facets) and not context.finder.named(
            _A_SHARE.sub(" ", clause), heard.cities
        ):
            return held["title"] or held["sought"]
    of_paper = re.search(rf"(?P<title>{title}){_ITS_PAPER}", heard.text)
    ours = titles_named(heard.text) or HELP.search(heard.text)
    return of_paper["title"] if of_paper and heard.asks and not ours else ""


def tell_titles(context: Context) -> Draft | None:
    """什么是专精特新, 小巨人比省专高吗, 市级的算不算: no document defines a title; what two say of their order is."""
    heard = context.heard
    if not heard.asks and (context.answered or "tiers" in heard.facts):
        return None  # 没有专精特新 什么都没有, asked of the titles
    what, of_city = (regex.search(heard.text) for regex in (_WHAT_IS, _OF_THE_CITY))
    order = asks_of_titles(context, OF_THEIR_ORDER)
    how_far = _HOW_FAR.search(heard.text) is not None and not _cities(context)  # 小巨人和省专到底差在哪
    if order and _TOLD_APART.search(heard.text) and _WITH_AWARDS.search(heard.text) and not how_far:
        order = False  # 小巨人跟省专有啥区别: what they are given is told apart
    talked = None if context.before.broad else context.finder.by_key.get(next(iter(context.before.focus), ""))
    if order and talked and talked.support is not None and len(titles_named(heard.text)) < BOTH:
        order = False  # 要先评上小巨人吗, asked of a support
    of_one = order and len(titles_named(heard.text)) < BOTH  # 省专和单项冠军哪个级别高 is of the titles
    here = (talked, *context.subject.entries)
    if of_one and (level := _LEVEL.search(heard.text)) and any(e and level.group("of") in e.quote for e in here):
        order = False  # 小巨人数字化要到几级: the level that firms of a title are to reach
    other = pattern("other_titles").search(heard.text)
    if other and _COUNTS_AS.search(heard.text):
        if context.conversation.profile[TITLES] and context.finder.named(heard.text):
            return None  # 高企算不算专精特新？我们别的没有，算力券能不能领: the verdict tells both
        head = wording("recognition.not_one", where=_where(_cities(context)), title=other.group())
        return say_unsaid(context, head, *_told(context, _ladders(context, ())), wording("silent.contact"))
    if pattern("self").search(heard.text):
        of_city = None
    if not (what or order or of_city) or HELP.search(heard.text):
        return None
    if of_city and (lines := _lesser(context, of_city["title"])):
        return _tell(context, lines)
    cities = _cities(context)
    found = _ladders(context, cities)
    if order and not what:
        own = [] if not cities or any(entry.city in cities for entry in found) else [_unordered(cities)]
        own += [wording("recognition.apart")] if how_far else []
        return _tell(context, [*own, *_told(context, found)])
    if of_city:
        head = wording("recognition.no_such", where=_where(cities), title=of_city["title"])
    else:
        title = ((what and (what["after"] or what["before"])) or "").lstrip("的")
        head = wording("recognition.undefined", where=_where(cities), title=title)
        facts = (e for e in context.finder.entries if e.support is None and (not cities or e.city in cities))
        found += [e for e in facts if title.startswith("专精特新") and _DIRECTIONS.search(e.quote)][:1]
    context = replace(context, conversation=_without_asked_title(context))
    return say_unsaid(context, head, *_told(context, found), wording("silent.contact"))


def _unordered(cities: Sequence[str]) -> str:
    """那我要先评哪个, of a firm of 南京: that its document has no order of titles, and that others' have one."""
    return wording("recognition.unordered", where=_where(cities))


def _ladders(context: Context, cities: Sequence[str]) -> list[Entry]:
    """What documents say of the order of titles: those of the cities, or of all where these have nothing."""
    every = [e for e in context.finder.entries if e.support is None and _LADDER.search(e.quote)]
    return [e for e in every if e.city in cities] or every


def _without_asked_title(context: Context) -> Conversation:
    """What is known of the enterprise, without a title that was only asked of: 专精特新是啥，我刚接手."""
    told = context.heard.facts.get(TITLES)
    clauses = BETWEEN_CLAUSES.split(context.heard.text)
    asking = [c for c in clauses if not (pattern("self").search(c) or WAS_GOT.search(c))]
    if told is None or not any(told.words and told.words in clause for clause in asking):
        return context.conversation
    held = context.before.facts.get(TITLES)
    return context.conversation.without_facts(TITLES).with_facts({TITLES: held} if held else {})


def _tell(context: Context, lines: Sequence[str]) -> Draft:
    return Draft(
        Outcome.INFORMATION,
        _without_asked_title(context),
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
    known = [n.text for d in held for n in d.record.notices if TITLES in n.topics and n.date <= context.words.as_of]
    return [wording("lifecycle.notice", text=text) for text in known[:1]]


def _does(entry: Entry, title: str) -> bool:
    """每年公告一批创新型中小企业: whether a support of titles names one of them."""
    match = _RECOGNISES.search(plain(entry.quote))
    return match is not None and title in match.group()


def tell_nothing_given(context: Context) -> Draft | None:
    """高新技术企业奖励多少, 瞪羚企业有补贴吗: what the documents do not give to a title that is none of theirs."""
    heard = context.heard
    match = pattern("other_titles").search(heard.text)
    if match is None or not HELP.search(heard.text) or set(heard.facts) - {CITY, "district"}:
        return None
    asking = next(clause for clause in clauses_of(heard.text) if match.group() in clause).replace(match.group(), " ")
    rest = without_help(core(subject_words(re.sub("单独|另外|专门|另给|也给", " ", asking))))
    if len(rest) >= A_WORD or context.finder.named(heard.text, heard.cities):
        return None
    cities = _cities(context)
    if any(_gives_to(e, match.group()) for e in context.finder.entries if not cities or e.city in cities):
        return None
    lines = (wording("recognition.nothing", where=_where(cities), title=match.group()), wording("silent.contact"))
    return say_unsaid(context, *lines)


def _gives_to(entry: Entry, title: str) -> bool:
    return entry.support is not None and entry.support.kind in {Kind.AWARD, Kind.FUNDING} and title in entry.quote
