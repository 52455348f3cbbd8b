"""Turns that tell again, short, what was told in the last turns: 总结一下, 把这两个数再报一遍, 三样奖金列一下."""

import re
from collections.abc import Sequence

from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.followup import same_in
from chains.finding.naming import names_nothing, naming_words, without_help
from chains.finding.rounds import how_many, last_told
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import facets_of
from chains.prompting import wording
from chains.steps.left_unsaid import awards_of_titles_held
from chains.steps.noted import noted_lines
from chains.steps.stated import awards_for
from chains.steps.talk import suggestions
from chains.telling import answer
from chains.telling.validity import draft_notices, lifecycle_lines, together
from chains.telling.words import tight, with_limits
from chains.turn import Context, Draft, Outcome
from knowledge.document import Document
from knowledge.figures import read_figures
from knowledge.profile import NONE
from knowledge.regions import city_name
from knowledge.support import Kind

_MOST, _A_WORD, _SEVERAL, _FEW = 6, 2, 2, 4
# What may be asked of all that was told while it is told again.
_OF_EACH = frozenset({"amount", "count", "rate", "what", "scope"})
_SUMS = re.compile(r"奖|补[贴助]|资助|[钱款]")
_AT_LARGE = re.compile(r"(?:能|可以|可)够?(?:拿|领|申|享|报|补|办)|符合|政策")
_OF_ALL = re.compile(r"分别|各|[这那几两三四]")
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
_WHETHER = re.compile(r"([报补给奖免退收管够])不\1")
_TOGETHER = re.compile(r"[两俩二三四都各]|一起|一块|一并|同时|这些|它们")
_PLACE = frozenset({"city", "district"})
# 你讲细点, 展开说说, 具体帮些啥: that more is wanted of what was told; and all the words that say no more than that.
_SAYS = "讲|说|介绍|解释|谈|聊|描述"
_EXACTLY = "详细|具体|仔细|详尽|细致|清楚|明白|深入|全面|完整|详情|细化|透|全|细"
_MORE_EXACTLY = re.compile(
    rf"(?:{_SAYS})[^，。；]{{0,4}}(?:{_EXACTLY})|(?:{_EXACTLY})[^，。；]{{0,3}}(?:点|些|一下|{_SAYS})|多(?:{_SAYS})[几一两]?[点些句]|展开|详情|细化"
    r"|具体(?:都|是|能|会|可以)*(?:给|帮|做|有)(?:我们?|企业|点|些|了|扶)*(?:什么|啥|哪[些样])"
)
_IN_FULL = re.compile(
    rf"{_SAYS}|{_EXACTLY}|展开|三言两语|笼统|内容|里[头面]|(?:能不能|可不可以|可否|能|可以|麻烦|请)|(?:给|帮|做|有)(?:我们?|企业|点|些|了|扶)*(?:什么|啥|哪些|哪样)的?忙?"
    r"|(?:什么|啥|哪些|哪样|怎么)个?|[这那它个不太你您我们咱给跟和帮忙替再更多点些一下两几句都是别那呢吗吧呗啊呀啦了嘛嘞得的地会到底]"
)


def tell_again(context: Context) -> Draft | None:
    """What was told last, as many things as the words say, each in a line with its source."""
    heard = context.heard
    if context.answered or heard.has_orders or not asks_again(context):
        return None
    told = _meant(context)
    moved = context.heard.facts.get(CITY)
    if moved is not None and told and all(entry.city != moved.value for entry in told):
        # 地方报错了，公司注册在南京六合，你再讲一遍是多少
        same = same_in(str(moved.value), told[0], context.heard, context.finder)
        return retold(context, (same,), *noted_lines(context)) if same else None
    return retold(context, told) if told else None


def asks_again(context: Context) -> bool:
    """Whether a message only asks to be told once more; a firm that is known has its summary.

    The clause that asks names nothing but what was told; the others only say what for (老板要看), or what is wrong.
    """
    heard, asks = context.heard, pattern("tells_again")
    text = _without_names(context)
    if asks.search(text) is None or set(heard.facets) - _OF_EACH or heard.facts.keys() - _PLACE:
        return False
    before = context.before
    if "broad" in heard.intents or _AT_LARGE.search(text) or pattern("stated_sums").search(text):
        return False  # 总结一下我能拿哪些
    if before.broad and set(before.focus) <= set(before.listed) and not (how_many(text) or _SUMS.search(text)):
        return False  # 都列出来, after the first of all that there is
    if context.conversation.facts.keys() - _PLACE and pattern("asks_summary").fullmatch(text):
        return False
    told = last_told(before, context.finder)
    known = plain("".join(part for entry in told for part in (entry.title, entry.quote)))
    if _WHETHER.search(text):
        return False  # 报不报一句话
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(text) if clause]
    besides = [clause for clause in clauses if pattern("question").search(clause) and not asks.search(clause)]
    if any(facets_of(clause) and not _OF_ALL.search(clause) for clause in besides):
        return False  # 给我一句话，到底给不给钱
    left = [clause for clause in clauses if asks.search(clause) or clause in besides]
    tells = told or (_SUMS.search(text) and _awards_held(context))
    return bool(tells) and all(word in known for clause in left for word in _named(clause))


def _without_names(context: Context) -> str:
    """A message without the names of what was told: 汇总征税 asks for no summary."""
    told = last_told(context.before, context.finder)
    names = {plain(name) for e in told if e.support for name in (e.support.title, *e.support.aliases)}
    text = context.heard.text
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ") if pattern("tells_again").search(name) else text
    return text


def _named(clause: str) -> list[str]:
    """The words of a clause that name a thing, without those that ask to be told again, and places."""
    for place, _, _ in find_places(clause):
        clause = clause.replace(place.name, " ")
    rest = pattern("of_telling_again").sub(" ", pattern("tells_again").sub(" ", clause))
    return [word for word in naming_words(without_help(rest)) if len(word) >= _A_WORD]


def _meant(context: Context) -> tuple[Entry, ...]:
    """The entries that are to be told again: of the cities and the kind that a message names."""
    text, finder, before = context.heard.text, context.finder, context.before
    many = how_many(text)
    if not many and pattern("only_the_last").search(text):
        focus = (finder.by_key[key] for key in before.focus if key in finder.by_key)
        return tuple(focus)[:_MOST]
    told = last_told(before, finder, many)
    told = tuple(e for e in told if not context.heard.cities or e.city in context.heard.cities)
    if not _SUMS.search(text):
        named = [word for clause in _BETWEEN_CLAUSES.split(text) for word in _named(clause)]
        called = tuple(e for e in last_told(before, finder) if any(word in plain(e.title + e.quote) for word in named))
        return (called or told)[-_MOST:]
    giving = tuple(e for e in last_told(before, finder) if _gives(e))[-(many or _MOST) :]
    places = {(e.document_id, e.provision) for e in giving}
    if len(giving) < many:  # 三样奖金, after one of the three of a provision
        beside = tuple(e for e in finder.entries if (e.document_id, e.provision) in places and _gives(e))
        giving = tuple(e for e in beside if e.support and e.support.benefit.amount_cny is not None) or beside
    return giving or tuple(e for e in finder.entries if e.key in _awards_held(context))


def _awards_held(context: Context) -> set[str]:
    """The awards for the titles that the firm holds: 总结一下奖励, after all that there is."""
    profile = context.conversation.profile
    titles = [title for title in profile["tiers"] or () if title != NONE]
    return {s.id for title in titles for s in awards_for(context.library, str(profile["city"] or ""), title)}


def asks_more_exactly(text: str) -> bool:
    return _MORE_EXACTLY.search(text) is not None


def tell_in_full(context: Context) -> Draft | None:
    """你讲细点，帮些啥: what was told last with the whole sentence that it stands in; of a long list each in a line."""
    heard, words = context.heard, context.words
    told = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    if not told or context.before.broad or context.answered or heard.facts or set(heard.facets) - _OF_EACH:
        return None
    named = any(len(word) >= _A_WORD for word in re.split(r"\W+", _IN_FULL.sub(" ", heard.text)))
    if named or not asks_more_exactly(heard.text):
        return None
    if len(told) >= _FEW:
        return retold(context, told[:_MOST])
    documents = [context.library.documents[e.document_id] for e in told]
    lines = lifecycle_lines(words, documents)
    for entry, document in zip(told, documents, strict=True):
        if entry.support is not None:
            lines += answer.information_lines(words, context.assess(entry.support), (), "")
        else:
            lines += answer.fact_lines(words, entry, (), "")
        whole = _sentence(document, entry)
        mark = words.citations.cite(document, entry.provision, whole)
        printed = tight(re.sub(r"\s*\n\s*", "", whole))
        short = entry.support.benefit.text if entry.support else entry.quote
        lines += [wording("fact.in_full", quote=printed, mark=mark)] if tight(short) != printed.rstrip("。") else []
    return Draft(
        Outcome.INFORMATION,
        context.conversation,
        tuple(dict.fromkeys(lines)),
        findings=context.findings_of(tuple(told)),
        question=context.standing,
        suggestions=suggestions("can_we", "department"),
    )


def _sentence(document: Document, entry: Entry) -> str:
    """The whole sentence of a provision that the quote of an entry stands in."""
    provision = document.provisions[entry.provision]
    start, end = document.locate(entry.quote, entry.provision) or (provision.start, provision.start)
    begin = document.text.rfind("。", provision.start, start) + 1 or max(start, provision.start)
    stop = document.text.find("。", end - 1, provision.end)
    return document.text[begin : stop + 1 if stop >= 0 else end].strip()


_TWO_AWARDS = re.compile(r"(?:[两俩2二]个?|都|这些)(?:的)?奖")


def tell_together(context: Context) -> Draft | None:
    """两个都能领吧, 这俩能同时申请吗, of what was told in turn: that the text is silent, and what each gives."""
    heard, text = context.heard, context.heard.text
    names = not names_nothing(pattern("of_telling_again").sub(" ", text)) or heard.cities or heard.facts
    if context.answered or heard.has_orders or "stacking" not in heard.facets or names or not _TOGETHER.search(text):
        return None
    told = last_told(context.before, context.finder, how_many(text) or _SEVERAL)
    awards = [f.support.id for f in awards_of_titles_held(context)]
    if len(awards) >= _SEVERAL and _TWO_AWARDS.search(text):
        told = tuple(context.finder.by_key[key] for key in awards)  # 两个奖能都拿么, of who holds both titles
    supports = tuple(e for e in told if e.support is not None)
    if len(supports) < _SEVERAL or len({e.city for e in told}) > 1:
        return None
    finding = context.assess(supports[0].support) if supports[0].support else None
    mark = context.words.benefit_mark(finding) if finding else ""
    return retold(context, supports[:_MOST], wording("verdict.stacking", mark=mark))


def _gives(entry: Entry) -> bool:
    support = entry.support
    return support is not None and (support.kind is Kind.AWARD or support.benefit.amount_cny is not None)


def retold(context: Context, told: Sequence[Entry], *heads: str) -> Draft:
    """Some entries once more, each in a line, under what has to be known of their documents."""
    words = context.words
    documents = [context.library.documents[e.document_id] for e in told]
    cities = dict.fromkeys(e.city for e in told)
    several = len(cities) > 1
    lines = [*together(words, documents)] if several else lifecycle_lines(words, documents)
    lines += heads
    for entry, document in zip(told, documents, strict=True):
        mark = words.citations.cite(document, entry.provision, entry.quote)
        name = f"{city_name(entry.city)} · {entry.title}" if several else entry.title
        text = with_limits(entry.support) if entry.support else f"“{tight(entry.quote)}”"
        lines.append(wording("compare.row", name=name, text=text, mark=mark))
    lines += draft_notices(words, documents) if several else []
    supports = tuple(e for e in told if e.support is not None)
    return Draft(
        Outcome.INFORMATION,
        context.conversation.with_focus((e.key for e in told), cities),
        tuple(dict.fromkeys(lines)),
        findings=context.findings_of(supports),
        question=context.standing,
        suggestions=suggestions("can_we", "department") if supports else suggestions("broad"),
    )


def to_be_compared(context: Context) -> tuple[Entry, ...]:
    """What was told one after the other, to be compared by words that name none of it; nothing where it was one thing.

    Of one entry that has several figures (博士2400元、硕士960元), that. Who names cities means what was told of them.
    """
    before, many = context.before, how_many(context.heard.text) or _SEVERAL
    told = last_told(before, context.finder, many)
    cities = {entry.city for entry in told}
    if any(len(keys) > _FEW for keys in before.rounds[-many:]) or not set(context.heard.cities) <= cities:
        return ()
    own = told[0].support.benefit.text if told and told[0].support else ""
    if len(told) == 1 and len(read_figures(own)) < _SEVERAL:
        return ()
    return told if len(cities) > 1 or not context.heard.cities else ()
