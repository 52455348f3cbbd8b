"""Turns that ask what the documents say: a support, a fact, until when something holds."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY, Finding
from chains.finding.entries import Entry
from chains.finding.matching import is_mere_title
from chains.finding.meant import Subject
from chains.finding.naming import without_help
from chains.finding.rounds import names_place
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.question_words import facet_words
from chains.prompting import read_data, texts, wording
from chains.steps import left_unsaid
from chains.steps.talk import suggestions
from chains.telling import answer, targets, verdicts
from chains.telling.figures_claimed import claim_lines
from chains.telling.offices import responsible_quote
from chains.telling.premise import premise_lines
from chains.telling.question_word import first_line_of_fact, first_lines
from chains.telling.validity import (
    draft_notices,
    lifecycle_lines,
    notice_lines,
    notice_topics,
    repealed_lines,
    tells_term,
    together,
    validity_lines,
)
from chains.telling.words import Words
from chains.telling.yes_or_no import is_said_unwritten
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.figures import read_figures
from knowledge.regions import city_name, served_cities

_MAX_SUPPORTS = 6
_MAX_CITIES = 2
_FEW = 3
_A_WORD = 2
_BEGINS = re.compile(r"(?:施行|实施|生效|执行|发布|公布|出台|正式)")
_FINAL = re.compile(r"正式(?:的|稿|版|文件|发布|出|公布|印发)|定稿")
_AIM = "目标"
# 四级是谁来评、什么标准: how an aim is known to be reached.
_JUDGED = re.compile(
    r"谁(?:来|给|去)?(?:评|定|认定|判|考核|验)|(?:什么|啥|哪[个种])(?:样的)?标准|(?:怎么|咋|如何)(?:评|认定|考核|定级|判)"
)
# What a text makes a duty.
_MUST = re.compile(r"必须|应当|强制|严禁|不得")
# What is asked where it is said that a figure, or what it covers, is left open.
_HOW_MUCH = frozenset({"amount", "rate", "scope"})
# What is asked of whoever pays, and not of who is paid.
_OF_THE_OFFICE = frozenset({"department", "phone", "address", "validity"})
# 现在还给吗, 有没有新的: what holds instead of an expired document is asked for.
_ASKS_WHERE_NOW = _OF_THE_OFFICE | {"deadline", "procedure"}
_NOW = re.compile(r"新|现在|目前|今年|明年|以后|还能|还有|还给|到期|过期")
# 就告诉我多少: what is asked, and nothing besides.
_THAT_ALONE = re.compile(r"(?:就|只|光|直接|[仅单])(?:要|想)?(?:告诉|说|讲|回答|知道|问)")


def tell(context: Context) -> Draft | None:
    """Answers from the supports and facts found; a pending question is put again afterwards."""
    entries = context.subject.entries
    if not entries:
        return None
    several_cities = len({e.city for e in entries}) > 1
    of_each = context.subject.is_follow_up and bool(context.subject.asked)  # 小巨人各几家？投入各百分之几？
    of_any_city = several_cities and not (context.heard.cities or of_each)
    if of_any_city:
        # What is in force comes first; for the rest, the city is asked.
        entries = tuple(sorted(entries, key=lambda e: not _is_in_force(context, e)))[:_MAX_CITIES]
    context = leading_on(context, entries)
    heard, words = context.heard, context.words
    documents = [context.library.documents[e.document_id] for e in entries]
    lines: list[str] = []
    supports = [e.support for e in entries if e.support is not None]
    # 认定现在按哪个令来: what holds from outside the text is told again where it is asked for.
    asks_what_holds = bool(set(heard.facets) & {"validity", "conditions"})
    topics = notice_topics(s for s in supports if asks_what_holds or s.id not in context.before.focus)
    if "validity" in heard.facets and not supports:
        lines += repealed_lines(words, entries[0], heard.text, asked_on=context.subject.is_follow_up)
        for document in dict.fromkeys(d.id for d in documents):
            lines += validity_lines(words, context.library.documents[document])
    elif several_cities and not of_any_city:
        lines += [*together(words, documents), *draft_notices(words, documents)]
    elif not of_any_city:
        lines += lifecycle_lines(words, documents, topics=topics)
    findings = context.findings_of(entries)
    first = first_lines(words, findings, heard.text)
    if not first and entries[0].support is None:
        first = first_line_of_fact(words, entries[0], heard.text)
    before, after = (first, []) if first else premise_lines(words, findings, heard.text)
    before = before or claim_lines(entries, heard.text, context.finder)
    thing = left_unsaid.thing_not_mentioned(context, entries)
    unmentioned = _unmentioned(context, entries) or ([wording("silent.nearest", word=thing)] if thing else [])
    if not (before or unmentioned):
        unmentioned = left_unsaid.unanswered(context, entries)
    if unmentioned or is_said_unwritten(before):
        context = replace(context, heard=replace(heard, facets=()))
    lines += before or unmentioned or left_unsaid.left_out(context, findings)
    only_aims = not supports and all(_AIM in entry.title for entry in entries)
    no_award = answer.no_award_lines(supports, heard.text) if not unmentioned and (only_aims or supports) else []
    lines += no_award
    if only_aims and pattern("compulsory").search(heard.text) and not any(_MUST.search(e.quote) for e in entries):
        lines.append(wording("target.not_compulsory"))
    lines += targets.year_lines(words, entries, heard.text)
    unsaid = texts("support")["open_points"].split("{")[0]
    is_told = any(line.startswith(unsaid.rstrip("：")) for line in before)
    told: set[str] = set()
    listed = _once_each(context, entries) if heard.facets == ("department",) else entries
    listed = _without_refused(context, listed)
    if "validity" in heard.facets and not supports:
        listed = tuple(e for e in listed if not tells_term(context.library.documents[e.document_id], e))
    refused, alike = verdicts.refused_alike(words, () if several_cities or heard.facets else findings)
    for entry in (e for e in listed[:_MAX_SUPPORTS] if e.key not in alike):
        if several_cities:
            lines.append(f"**{city_name(entry.city)}**")
        if of_any_city:
            held = context.library.documents[entry.document_id]
            lines += lifecycle_lines(words, [held], topics=topics)
        of_it = _lines_of(
            context, words, entry, tells_silence=entry.city not in told, is_told=is_told or bool(first or no_award)
        )
        lines += [line for line in of_it if not (is_told and line.startswith(unsaid))]
        told.add(entry.city)
    lines += [*refused, *(answer.given_besides(words, findings) if no_award else ())]
    lines += left_unsaid.silent_besides(context, entries)
    besides = left_unsaid.asked_of_besides(context, entries)
    for city, same in ((city, same) for city, same in besides if same is not None):
        lines += [f"**{city_name(city)}**", *lifecycle_lines(words, [context.library.documents[same.document_id]])]
        lines += _lines_of(context, words, same, tells_silence=False, is_told=False)
    asks_of_itself = heard.speaks_of_self or "can_get" in heard.intents or "conditions" in heard.facets
    asks_of_itself = asks_of_itself or pattern("of_an_aim").search(heard.text) is not None
    if asks_of_itself and any(e.support is None and _AIM in e.title for e in entries):
        lines.append(wording("target.not_judged" if _JUDGED.search(heard.text) else "target.no_condition"))
    lines += after
    if not supports and _BEGINS.search(heard.text) and set(heard.facets) & {"validity", "deadline"}:
        for document in dict.fromkeys(d.id for d in documents):
            lines += notice_lines(words, context.library.documents[document])
    drafts = [d for d in documents if d.lifecycle(words.as_of) is Lifecycle.DRAFT]
    if drafts and _FINAL.search(heard.text):
        lines.append(wording("lifecycle.not_held", city=city_name(drafts[0].city)))
    named = heard.cities or context.subject.is_follow_up or context.conversation.profile[CITY] is not None
    if not named and not several_cities and _is_in_force(context, entries[0]):
        lines.append(wording("silent.of_one_city", city=city_name(entries[0].city)))
    lines += _of_another_city(context, entries)
    settled = _settled(context)
    for finding in settled:
        lines += verdicts.verdict_lines(words, finding, brief=True)
    expired = {f.document.city for f in findings if f.lifecycle in {Lifecycle.EXPIRED, Lifecycle.REPEALED}}
    told_before = {f.document.city for f in findings if f.document.id in words.warned}
    if not (set(heard.facets) & _ASKS_WHERE_NOW or _NOW.search(heard.text)):
        expired -= told_before
    names = "市、".join(city_name(city) for city in sorted(expired))
    lines += [wording("lifecycle.ask", city=names)] if expired else []
    conversation = context.conversation.with_focus((e.key for e in entries), dict.fromkeys(e.city for e in entries))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(dict.fromkeys(lines)),
        findings=(*findings, *settled),
        question=context.standing,
        suggestions=_offers(context, entries),
    )


def _of_another_city(context: Context, entries: Sequence[Entry]) -> list[str]:
    """That what another city than the firm's gives is for firms of that city: 那在南京要不要论文, of a firm of 淮安."""
    conversation, cities = context.conversation, {entry.city for entry in entries}
    own = str(conversation.profile[CITY] or "")
    if own not in served_cities() or conversation.city_is_only_asked_about or len(cities) != 1 or own in cities:
        return []
    if not any(entry.support for entry in entries):
        return []
    return [wording("silent.of_other_city", city=city_name(cities.pop()), own=city_name(own))]


def told_before(context: Context, subject: Subject) -> Subject:
    """没有出口影响大吗, 4320对不对: what was told, where a message names nothing and asks a question word of that."""
    talked = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    elsewhere = set(context.heard.cities) - {entry.city for entry in talked}
    if subject.entries or elsewhere or context.answered or not all(entry.support for entry in talked):
        return subject
    if not first_lines(context.words, context.findings_of(tuple(talked)), context.heard.text):
        return subject
    cities = tuple(dict.fromkeys(entry.city for entry in talked))
    return Subject(tuple(talked), cities=cities, is_follow_up=True)


def _without_refused(context: Context, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """要自己花钱还是政府出, after several of which some were refused: those that are open, and no refusal once more."""
    asks_on = context.subject.is_follow_up and {e.key for e in entries} == set(context.before.focus)
    if not asks_on or context.heard.facts or context.heard.cities or "can_get" in context.heard.intents:
        return tuple(entries)
    if "conditions" in context.heard.facets or context.subject.trace or read_figures(context.heard.text):
        return tuple(entries)  # 一共四百万对吧: of all of them
    left = (e for e in entries if e.support is None or not verdicts.is_ruled_out(context.assess(e.support)))
    return tuple(left) or tuple(entries)


def _once_each(context: Context, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries without those that only name the same departments: 融资由哪些部门负责. Supports are told each.

    What is called by its name comes first: 一户一档，责任单位有税务局吗.
    """
    called = context.finder.named(context.heard.text)
    entries = sorted(entries, key=lambda e: e.key not in called)
    named: dict[str, Entry] = {}
    for entry in entries:
        document = context.library.documents[entry.document_id]
        words = responsible_quote(document, entry.provision) or entry.quote
        of_a_support = entry.support is not None and entries[0].support is not None
        named.setdefault(entry.key if of_a_support and named else f"{document.id} {words}", entry)
    return tuple(named.values())


# 行业标准呢, 那本科生呢, 那个中试平台呢: a thing that what was told is asked of.
_ASKED_OF = re.compile(
    r"^(?:[那这](?:一?[个项条种])?)?么?(?:我们|咱们?)?(?:[\u4e00-\u9fff]{2,10}的|的)?(?P<thing>[\u4e00-\u9fff]{2,8}?)"
    r"(?:[呢嘞呐]|[也能可]?以?算(?:不算|吗|么|吧))[?？]?$"
)
_AROUND_A_THING = re.compile(
    r"^(?:挂|办|做|搞|进|拿|招|请|引进?|再|个(?!人))+(?=.{2})|(?:[那这]?一?[档级类种头块]|(?<=[\u4e00-\u9fff]{2})(?:类型?|种类|类)的?|方面|的话|(?:毕业)?[上的]|(?<=[\u4e00-\u9fff]{2})(?:那个|的)?库里?)$"
)
_NO_THING = re.compile(
    r"^(?:\d+[个名位家]|[一两二三四五六七八九十]+[个名位家]|然后|后来|结果|现在|当时|今年|明年|去年|其[他余]|别的|具体|[这那]|[我你他]们|咱|怎么|什么|时间|钱)"
)


def _unmentioned(context: Context, entries: Sequence[Entry]) -> list[str]:
    """That what was told is silent on the thing that it is asked of."""
    heard = context.heard
    match = _ASKED_OF.match(re.split(r"(?<=[呢嘞呐])[，？?\s]", heard.text)[0])  # 那职称呢 外国人能不能评
    goes_on = entries[0].key in context.before.focus and not heard.cities and heard.facets == context.before.facets
    if match is None or not goes_on or heard.as_of is not None:
        return []
    thing = _AROUND_A_THING.sub("", match["thing"])
    own = "".join(part for e in entries for part in (e.title, e.quote, *(e.support.aliases if e.support else ())))
    asks = len(facet_words().sub("", thing)) < _A_WORD
    own += "".join({context.library.documents[e.document_id].text for e in entries})
    if asks or is_mere_title(thing) or _NO_THING.match(thing) or names_place(thing):
        return []
    senses: dict[str, list[str]] = read_data("lexicon")["narrowing"]
    missing: list[str] = []
    for part in re.split(r"[和跟与、]", thing):
        names = next((names for names in senses.values() if part in names), [part])
        names = [*names, without_help(part)]  # 国家标准奖励呢
        missing += [] if any(_bare(name) in _bare(plain(own)) for name in names if name) else [part]
    return [wording("silent.word", word="”“".join(missing))] if missing else []


def _bare(words: str) -> str:
    return re.sub(r"[\"“”「」的]|企业|那个", "", words)


def _settled(context: Context) -> tuple[Finding, ...]:
    """The verdicts that were wanted before, where this interruption told the last that was missing for them."""
    conversation = context.conversation
    under_way = context.before.pending is not None and not context.before.offered and conversation.goal
    tells = conversation.facts != context.before.facts
    if not under_way or not tells or conversation.broad or context.standing is not None:
        return ()
    asked = {entry.key for entry in context.subject.supports}
    here = [f for f in context.in_play(conversation) if f.document.city == conversation.profile["city"]]
    return tuple(f for f in here if f.support.id not in asked)[:_FEW]


def leading_on(context: Context, entries: tuple[Entry, ...]) -> Context:
    """What a support is leads on to whether one can have it, unless something else is under way."""
    city = context.conversation.profile["city"]
    goal = [e.key for e in context.subject.supports]
    is_free = context.before.offered or (context.before.pending is None and not context.conversation.broad)
    own = city is None or all(e.city == city for e in entries)
    if not is_free or not own or not 0 < len(goal) <= _MAX_SUPPORTS or entries[0].support is None:
        return context
    if set(goal) <= set(context.conversation.goal):
        return context  # 气价降多少, after several things were asked for: they are still wanted
    conversation = context.conversation.with_goal(goal).model_copy(update={"offered": True})
    return replace(context, conversation=conversation)


def _is_in_force(context: Context, entry: Entry) -> bool:
    document = context.library.documents[entry.document_id]
    return document.lifecycle(context.words.as_of) is Lifecycle.IN_FORCE


def _lines_of(context: Context, words: Words, entry: Entry, *, tells_silence: bool, is_told: bool) -> list[str]:
    """What is told of an entry; `is_told` where it was already said to leave unsaid what is asked."""
    text = context.subject.parts.get(entry.key, context.heard.text)
    facets = context.subject.asked.get(entry.key, context.heard.facets)
    facets = tuple(f for f in facets if f not in _HOW_MUCH) if is_told else facets
    if entry.support is None:
        return answer.fact_lines(words, entry, facets, text, tells_silence=tells_silence)
    finding = context.assess(entry.support)
    asks_of_it = not facets or bool(set(facets) - _OF_THE_OFFICE)
    told = verdicts.refused_or_to_come(words, finding) if asks_of_it and verdicts.is_ruled_out(finding) else []
    lines = answer.information_lines(words, finding, facets, text, refused=bool(told))
    # What was asked for was told a moment ago.
    again = context.before.focus == (entry.key,) and (told or facets) and not set(facets) & {"conditions", "what"}
    alone = _THAT_ALONE.search(text) is not None and bool(facets)
    beside = [texts("support")[key].split("{")[0] for key in ("conditions", *(("open_points",) if alone else ()))]
    if (again or alone) and len(lines) > 1:
        lines = [lines[0], *(line for line in lines[1:] if not line.startswith(tuple(beside)))]
    return [*told, *lines]


def _offers(context: Context, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    if entries[0].support is None:
        return suggestions("broad")
    asked = set(context.heard.facets)
    names = ["can_we"]
    names += [name for name in ("department", "amount") if name not in asked]
    return suggestions(*names[:3])
