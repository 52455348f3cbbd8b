"""Turns that lead to a verdict: what was noted, the verdicts wanted, and the next question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains import answer, overview, verdicts
from chains.clauses import asks_us, pattern, wishes
from chains.conversation import Conversation
from chains.eligibility import CITY, Finding, State, Status
from chains.interview import question_about
from chains.left_unsaid import unanswered
from chains.normalise import plain
from chains.noted import labels, noted_lines
from chains.open_points import asked_points, open_points, post_is_named
from chains.pending import falls_short
from chains.premise import asks_once_more, denied_lines, is_for_another_offence, premise_lines
from chains.prompting import fact_label, texts, wording
from chains.question_word import first_lines
from chains.reply import Question
from chains.retrieval import Finder
from chains.talk import say_unsaid, suggestions
from chains.turn import Context, Draft, Outcome
from chains.understanding import asks_who, facets_of
from chains.validity import lifecycle_lines, notice_topics
from chains.words import tight
from knowledge.document import Lifecycle
from knowledge.library import Library
from knowledge.profile import Source
from knowledge.regions import OTHER, city_name, city_of, served_cities
from knowledge.support import Kind

_MAX_VERDICTS = 6
_FEW = 3
_ADDS_UP = re.compile(
    r"叠|兼得|重复|双份|二选一|择一|(?:一起|同时|一并)[^，。；]{0,2}(?:拿|领|享受|发|给|报|申)|补个?差"
)
_FIRST = "first_recognition"
# What the line that answers the question word is about, if these are asked.
_SAID_FIRST = frozenset({"amount", "scope", "count", "stacking"})
_HOW_MUCH = frozenset({"amount", "scope"})
# 我们人事经理算吗: of a thing, not of the firm.
_A_THING_COUNTS = re.compile(
    r"我们?的?(?![这那]|单位|公司|企业|厂|[^算]*的算)[\u4e00-\u9fff]{2,8}算(?:不算|吗|么)[?？]?$"
)
_NEXT_FIRM = re.compile(
    r"^(?:那|再|先|接着)?(?:[说讲看]一?下?)?[^，。；\s]{0,4}(?:[那下换另]|另外|第[二三四五])一?家的?(?:呢|吧)?[?？]?$"
)
_WHEN = re.compile(
    r"^(?:是|我们)*(?:20\d{2}年?|去年|前年|大前年)(?:\d{1,2}月(?:份)?|年?[初底]|上半年|下半年)?(?:才|就|已经?)?(?:被)?"
    r"(?:评|认定|获评|拿|评定|批)(?:上|到|下来)?(?:的|了|的了)?[。！!]?$"
)
_OF_A_GROUP = re.compile(r"(?:分|子|母|总)公司|分支机构|集团公司")
_MAY_IT = re.compile(r"能|可以|可否|算|享受|申[报请]|行不行|要不要|单独|一起|共用|沿用")


def tell_contradiction(context: Context) -> Draft | None:
    """Two things said at once that cannot both be: said back, not guessed."""
    if not context.heard.reading.contradictions:
        return None
    lines = tuple(
        wording("interview.contradiction", first=first, second=second)
        for _, first, second in context.heard.reading.contradictions
    )
    conversation = context.conversation
    return Draft(Outcome.CONTRADICTION, conversation, lines, question=context.standing)


def take_one_at_a_time(context: Context) -> Draft | None:
    """Several firms told of at once: none is taken for another. 盐城那家呢 begins with the next."""
    if context.before.several and not context.before.facts and _NEXT_FIRM.match(context.heard.text):
        return proceed(context, noted_lines(context))
    if not context.heard.reading.several:
        return None
    fresh = context.before.restarted().with_goal((), broad=True)
    fresh = fresh.model_copy(update={"several": True, "warned": context.before.warned})
    return Draft(Outcome.INTERVIEW, fresh, (wording("interview.one_at_a_time"),), question=question_about(CITY))


def ask_doubt(context: Context, draft: Draft) -> Draft:
    """A fact that words may mean but do not carry, or that goes against what is known: asked, not taken."""
    at_stake = {reason.slot for finding in draft.findings for reason in finding.reasons}
    at_stake |= set(context.before.pending_slots)
    doubts = [(slot, fact) for slot, fact in context.heard.reading.doubts.items() if slot in at_stake]
    if not doubts:
        return draft
    slot, fact = doubts[0]
    line = wording("interview.doubt", words=fact.words, label=fact_label(slot, replace(fact, words="")))
    return replace(draft, lines=(*draft.lines, line), question=question_about(slot))


def tell_no_group(context: Context) -> Draft | None:
    """分公司能不能申请, 能用母公司的称号吗: that no document of the city says how firms of a group count."""
    heard, city = context.heard, context.conversation.profile[CITY]
    words = tuple(dict.fromkeys(_OF_A_GROUP.findall(heard.text)))
    asks = heard.asks and _MAY_IT.search(heard.text) and not {"broad"} & heard.intents
    if not words or not asks or context.answered or heard.has_orders or city == OTHER:
        return None
    if heard.foreign_places or heard.reading.several or context.finder.named(heard.text):
        return None
    documents = [d for d in context.library.documents.values() if city in (None, d.city)]
    if any(word in document.text for document in documents for word in words):
        return None
    place = city_name(str(city)) if city else "、".join(c.name for c in served_cities().values())
    line = wording("silent.group", city=place, words="、".join(words))
    here = [e.key for e in context.subject.supports if e.city == city]
    if here and "tiers" in heard.facts and wants_verdict(context):
        # 母公司是小巨人，我们这家子公司啥称号没有，房补能算我们头上吗: what is asked is judged for the firm that asks.
        within = context.conversation.with_goal(here)
        return proceed(replace(context, conversation=within), (*noted_lines(context), line))
    return say_unsaid(context, *noted_lines(context), line)


def move(context: Context) -> Draft | None:
    """跳过 and 上一步 during the interview."""
    heard, conversation = context.heard, context.conversation
    pending = context.before.pending
    if "skip" in heard.intents and pending is not None:
        skipped = conversation.with_facts({}, context.before.pending_slots)
        return proceed(replace(context, conversation=skipped), [wording("interview.skip")])
    if "back" in heard.intents:
        known = {*conversation.facts, *conversation.declined}
        previous = next((slots for slots in reversed(conversation.asked) if known.intersection(slots)), None)
        if previous is None:
            return Draft(Outcome.TALK, conversation, (wording("interview.nothing_back"),), question=context.standing)
        again = conversation.undone(previous)
        return proceed(replace(context, conversation=again), [wording("interview.back")])
    return None


def miss(context: Context) -> Draft | None:
    """An answer to the pending question that was not understood: asked once more, then left open."""
    pending = context.before.pending
    heard = context.heard
    if _tells_when(context):
        line = wording("interview.when_not_whether")
        return Draft(Outcome.UNCLEAR, context.conversation, (line,), question=question_about(_FIRST))
    trade_told = context.conversation.industry != context.before.industry
    if pending is not None and trade_told and not (heard.asks or heard.facts):
        return proceed(context)  # 做医药中间体的: what the firm does, told in place of an answer
    # Who only says something of the enterprise asks for nothing that it resembles: 我们给老外供货.
    tells = not (heard.asks or heard.intents or wishes(heard.text))
    meant = (context.subject.is_clear and not heard.speaks_of_self) or context.subject.is_follow_up
    names = meant if tells else context.subject.entries
    asks = asks_us(heard.text) or "broad" in heard.intents
    asks = asks or (
        bool(heard.cities) and any(asks_us(part) for part in heard.text.split())
    )  # 那镇江呢 我们在那有个分厂
    short = falls_short(heard.text, pending.slot) if pending and not (asks or heard.asks) else None
    asks = asks or bool(not short and (heard.facets or names))
    if pending is None or context.before.offered or context.answered or asks or heard.facts:
        return None
    # 新的啥时候出: a question is no answer, and is not taken for 不清楚 either.
    is_left = context.before.missed and not heard.asks
    if is_left or set(context.before.pending_slots) <= set(context.conversation.declined):
        left = context.conversation.with_facts({}, context.before.pending_slots).model_copy(update={"missed": 0})
        return proceed(replace(context, conversation=left), [wording("interview.declined")])
    again = context.conversation.model_copy(update={"missed": context.conversation.missed + 1})
    text = wording(f"interview.{short or 'unclear'}", **({} if short else {"example": wording("interview.example")}))
    return Draft(Outcome.UNCLEAR, again, (text,), question=pending)


def _tells_when(context: Context) -> bool:
    """2022年评的, where it is asked whether a title was recognised for the first time."""
    asked = _FIRST in context.before.pending_slots and not context.before.offered
    return asked and not context.answered and _WHEN.match(context.heard.text) is not None


def proceed(context: Context, noted: Sequence[str] = ()) -> Draft:
    """The verdicts wanted as they stand now, and the next question."""
    conversation = context.conversation
    if conversation.broad:
        return overview.overview(context, noted)
    wanted = conversation
    context = replace(context, conversation=_in_own_city(conversation, context.library, context.finder))
    conversation = context.conversation
    if not conversation.goal and wanted.city_is_only_asked_about:
        return ask_city(replace(context, conversation=wanted), noted)
    if not conversation.goal:
        # The wish is kept: another city may be named yet.
        conversation = wanted
        city = str(conversation.profile[CITY] or "")
        elsewhere = tuple(context.assess(context.library.supports[s]) for s in conversation.wish)
        told = [wording("silent.topic", city=city_name(city))] if city != OTHER else []
        told += (
            [wording("broad.other_city", city=city_of(labels({CITY: conversation.facts[CITY]})))]
            if city == OTHER
            else []
        )
        for finding in elsewhere[:_MAX_VERDICTS]:
            told += verdicts.verdict_lines(context.words, finding, brief=True)
        return Draft(
            Outcome.SILENT,
            conversation,
            (*noted, *told),
            elsewhere,
            abstained=not elsewhere,
            suggestions=suggestions("broad"),
        )
    findings = context.in_play(conversation)
    question = context.question_for(conversation)
    lines = [*noted]
    if conversation.profile[CITY] is None:
        missing = context.subject.missing_in
        lines += [wording("silent.topic", city=city_name(missing))] if missing else []
        lines += (
            first_lines(context.words, findings, context.heard.text)
            or premise_lines(context.words, findings, context.heard.text)[0]
            or denied_lines([context.finder.by_key[f.support.id] for f in findings], context.heard.text, context.finder)
        )
        lines += _by_city(context, findings)
        return _verdict(context, conversation, lines, findings, question)
    supports = [f.support for f in findings]
    topics = notice_topics(s for s in supports if s.id not in context.before.focus)
    lines = [*lifecycle_lines(context.words, [f.document for f in findings], topics=topics), *lines]
    first = first_lines(context.words, findings, context.heard.text)
    before, after = (first, []) if first else premise_lines(context.words, findings, context.heard.text)
    entries = [context.finder.by_key[f.support.id] for f in findings]
    lines += before or denied_lines(entries, context.heard.text, context.finder)
    if not before and not context.answered:
        lines += unanswered(context, entries)
    if _ADDS_UP.search(context.heard.text) and sum(f.support.kind is Kind.AWARD for f in findings) > 1:
        lines.append(wording("verdict.stacking", mark=context.words.benefit_mark(findings[0])))
    if conversation.moved and any(r.slot == _FIRST and r.state is State.UNKNOWN for f in findings for r in f.reasons):
        lines.append(wording("what_if.first_elsewhere"))
    settled = question is None
    answers_only = context.answered and not context.heard.asks
    refused, alike = verdicts.refused_alike(context.words, () if context.heard.facets else findings[:_MAX_VERDICTS])
    for finding in (f for f in findings[:_MAX_VERDICTS] if f.support.id not in alike):
        if is_for_another_offence(finding.support, context.heard.text):
            continue  # what is said first rules it out
        again = answers_only and finding.support.id in context.before.focus
        asks = context.heard.asks and finding.otherwise is not Status.INELIGIBLE
        asks = asks and not post_is_named(finding.support, context.heard.text)
        asked = asked_points(finding.support, context.heard.without_facts) if asks else []
        mark = context.words.benefit_mark(finding)
        lines += [wording("support.open_points", points="、".join(asked), mark=mark)] if asked else []
        told = verdicts.verdict_lines(context.words, finding, brief=not settled or len(findings) > 1, again=again)
        unsaid = set(context.heard.facets) & (answer.SILENT_ALWAYS - {"stacking"})
        asks_what_is_unsaid = finding is findings[0] and unsaid
        alone = len(findings) == 1 or (settled and finding.support.id not in conversation.beside)
        if alone or asks_what_is_unsaid:
            silence = (
                None
                if asked
                else _unsaid_of(context, finding, _SAID_FIRST if first or finding is not findings[0] else frozenset())
            )
            lines += [silence] if silence else []
            told += _asked_of(context, finding, [*lines, *told])
        elif "department" in context.heard.facets:
            told.append(answer.departments_line(context.words, finding))
        lines += told
    lines += [*refused, *after]
    return _verdict(context, conversation, lines, findings, question)


def ask_city(context: Context, noted: Sequence[str]) -> Draft:
    """那镇江有没有: the city of a question is not the enterprise's; that it has none is said, and one's own asked."""
    city = str(context.conversation.profile[CITY])
    subject = replace(context.subject, missing_in=None if city == OTHER else city)
    conversation = context.conversation.without_facts(CITY)
    return proceed(replace(context, conversation=conversation, subject=subject), noted)


def _asked_of(context: Context, finding: Finding, said: Sequence[str]) -> list[str]:
    """What the message asks beyond the verdict `said`: who is responsible, an amount that is not in the text."""
    if context.answered and not asks_us(context.heard.text):
        return []
    unsaid = texts("support")["open_points"].split("{")[0]
    points = "、".join(open_points(finding.support, context.heard.text)[:_FEW])
    if "conditions" in context.heard.facets and points and not any(line.startswith(unsaid) for line in said):
        said = (*said, wording("support.open_points", points=points, mark=context.words.benefit_mark(finding)))
        return [said[-1], *_asked_of(context, finding, said)]
    facets = _besides_conditions(context)
    if not facets:
        return []
    if "amount" in facets and finding.otherwise is Status.INELIGIBLE:
        mark, benefit = context.words.benefit_mark(finding), tight(finding.support.benefit.text)
        return [wording("support.benefit", title=finding.support.title, benefit=benefit, mark=mark)]
    lines = answer.information_lines(context.words, finding, facets, context.heard.text)
    kept = ("责任单位", *(() if any(line.startswith(unsaid) for line in said) else (unsaid,)))
    return [line for line in lines if line.startswith(kept) and line not in said]


def _unsaid_of(context: Context, finding: Finding, said: frozenset[str]) -> str | None:
    """What the message asks and the document leaves unsaid, but for facets that are `said`: told before the verdict."""
    asking = [c for c in re.split(r"[，。；！\s]+|(?<=[？?])", context.heard.text) if pattern("question").search(c)]
    besides = any("duration" in facets_of(clause) for clause in asking)  # 省专 二十亩 要多久
    is_answer = context.answered and not (asks_us(context.heard.text) or besides)
    if is_answer or (context.before.pending and not (context.heard.asks or besides)):
        return None
    if finding.otherwise is Status.INELIGIBLE:
        said |= _HOW_MUCH
    facets = [facet for facet in _besides_conditions(context) if facet not in said | _only_told(context.heard.text)]
    return answer.unsaid_line(context.words, finding, facets, context.heard.text)


def _only_told(text: str) -> frozenset[str]:
    """What sounds like a question of a support in clauses that ask nothing: 材料递上去了，现在能领吗."""
    clauses = [clause for clause in re.split(r"[，。；！\s]+|(?<=[？?])", text) if clause]
    asking = [clause for clause in clauses if pattern("question").search(clause)]
    if not asking:
        return frozenset()
    return frozenset(facets_of(text)) - {facet for clause in asking for facet in facets_of(clause)}


def _besides_conditions(context: Context) -> list[str]:
    return [facet for facet in context.heard.facets if facet not in {"conditions", "what"}]


def _verdict(
    context: Context,
    conversation: Conversation,
    lines: Sequence[str],
    findings: Sequence[Finding],
    question: Question | None,
) -> Draft:
    focused = conversation.with_focus(
        [f.support.id for f in findings], dict.fromkeys(f.document.city for f in findings)
    )
    focused = focused.model_copy(update={"offered": False})
    if question is None:
        refused = all(f.otherwise is Status.INELIGIBLE for f in findings)
        offers = suggestions("gap" if refused else "department", "proof", "broad")
    else:
        offers = ()
    outcome = Outcome.VERDICT if question is None else Outcome.INTERVIEW
    return Draft(outcome, focused, tuple(dict.fromkeys(lines)), tuple(findings), question, offers)


def refuse_abroad(context: Context) -> Draft | None:
    """Supports of another city, asked for by name: they are for that city's enterprises."""
    city = context.conversation.profile[CITY]
    abroad = tuple(e for e in context.subject.supports if e.city != city)
    if city is None or not abroad or not wants_verdict(context):
        return None
    findings = context.findings_of(abroad)
    lines = [*lifecycle_lines(context.words, [f.document for f in findings])]
    for finding in findings[:_MAX_VERDICTS]:
        lines += verdicts.verdict_lines(context.words, finding, brief=True)
    conversation = context.conversation.with_focus([e.key for e in abroad], dict.fromkeys(e.city for e in abroad))
    question = context.standing
    return Draft(Outcome.VERDICT, conversation, tuple(lines), findings, question, suggestions("broad"))


def _by_city(context: Context, findings: Sequence[Finding]) -> list[str]:
    """While the city is unknown: what each city has, in a line, what is in force first."""
    told = sorted(findings[:_MAX_VERDICTS], key=lambda f: f.lifecycle is not Lifecycle.IN_FORCE)
    lines = lifecycle_lines(context.words, [f.document for f in told]) if context.heard.cities else []
    for finding in told:
        lines += () if context.heard.cities else lifecycle_lines(context.words, [finding.document])
        mark = context.words.benefit_mark(finding)
        benefit = tight(finding.support.benefit.text)
        title = f"{city_name(finding.document.city)} · {finding.support.title}"
        lines.append(wording("support.benefit", title=title, benefit=benefit, mark=mark))
        asks_whom = "department" in context.heard.facets
        lines += [answer.departments_line(context.words, finding)] if asks_whom else []
        unmet = [r for r in finding.reasons if r.state is State.UNMET]
        if unmet:
            lines.append(wording("verdict.not_yours", because=verdicts.refusal_reason(context.words, finding)))
    return lines


def _in_own_city(conversation: Conversation, library: Library, finder: Finder) -> Conversation:
    """The goal in the enterprise's own city: what was asked for in general is looked up there."""
    city = conversation.profile[CITY]
    if city is None or not conversation.goal:
        return conversation
    here = [s for s in conversation.wish if library.document(s).city == city]
    if here:
        return conversation.model_copy(update={"goal": tuple(here)})
    found: list[str] = []
    for support in (library.supports[s] for s in conversation.wish):
        # Two cities may print other titles for what people call by one name (AEO).
        if same := finder.named(plain("，".join((support.title, *support.aliases))), (str(city),)):
            found.append(same[0])
            continue
        for match in finder.search(support.title, (str(city),), 3):
            if match.entry.support is not None and match.coverage >= 0.6:
                found.append(match.entry.key)
                break
    return conversation.model_copy(update={"goal": tuple(dict.fromkeys(found))})


def wants_verdict(context: Context) -> bool:
    """Whether a question about a support is about this enterprise, not about the text alone."""
    heard = context.heard
    about_self = heard.speaks_of_self or any(
        fact.source is Source.STATED and slot not in {CITY, "district"} for slot, fact in heard.facts.items()
    )
    if _A_THING_COUNTS.search(heard.text) or pattern("a_person").search(heard.text):
        return False
    if heard.facets[:1] == ("department",) and not heard.cities and context.conversation.profile[CITY] is None:
        return False  # 算力券归哪个局管，我打几个电话都说不是自己
    of_any = asks_who(heard.text) or any(
        e.support and asks_once_more(e.support, heard.text) for e in context.subject.supports
    )
    if of_any and not about_self:
        return False  # 培育库什么企业能进, 复评通过的还能拿吗
    if context.before.broad and wishes(heard.text) and not heard.facets:
        return True  # 研发总监想认定个人才, after all that there is: that is wanted now
    if "can_get" in heard.intents:
        return about_self or not set(heard.facets) - {"conditions"}
    # 隔壁是小巨人，我厂就在丹徒，核实一下: what comes last is of one's own.
    last = [part for part in re.split(r"[，。；！？?]", heard.text) if part.strip()][-1:]
    return about_self and not heard.reading.of_another and not any(pattern("others").search(part) for part in last)
