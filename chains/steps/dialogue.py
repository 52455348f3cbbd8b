"""Turns that lead to a verdict: what was noted, the verdicts wanted, and the next question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY, Finding, State, Status
from chains.finding.naming import content, in_their_words
from chains.finding.retrieval import Finder
from chains.language.clauses import asks_us, pattern, wishes
from chains.language.normalise import plain
from chains.language.question_words import asks_who, facets_of
from chains.language.understanding import Understanding
from chains.prompting import texts, wording
from chains.reply import Question
from chains.steps import overview
from chains.steps.left_unsaid import left_out, unanswered
from chains.steps.noted import labels
from chains.steps.talk import suggestions
from chains.telling import answer, verdicts
from chains.telling.figures_claimed import denied_lines
from chains.telling.open_points import asked_points, asks_for_the_firm, asks_of_a_case, open_points, post_is_named
from chains.telling.premise import asks_once_more, contrary_to, premise_lines
from chains.telling.question_word import first_lines
from chains.telling.validity import lifecycle_lines, notice_topics
from chains.telling.words import pairs, tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.library import Library
from knowledge.profile import Source
from knowledge.regions import OTHER, city_name, city_of
from knowledge.support import Kind

_MAX_VERDICTS, _SEVERAL = 6, 2
# 南京是不是给300: a sum that is asked of.
_SUM = re.compile(r"(?:给|奖|补|发|资助)[^，。；]{0,4}\d+|\d+\s*万")
_FEW_CITIES = 2
_FEW, _A_THIRD = 3, 1 / 3
_ADDS_UP = re.compile(
    r"叠|兼得|重复|[双两]份|二选一|择一|(?:一起|同时|一并)[^，。；]{0,2}(?:拿|领|享受|发|给|报|申)|补个?差"
)
_FIRST = "first_recognition"
# What the line that answers the question word is about, if these are asked.
_SAID_FIRST = frozenset({"amount", "scope", "count", "stacking"})
_HOW_MUCH = frozenset({"amount", "scope"})
# Of what no verdict tells anything.
_NO_VERDICT = frozenset({"refund", "fee"})
# 我们人事经理算吗: of a thing, not of the firm.
_A_THING_COUNTS = re.compile(
    r"我们?的?(?![这那]|单位|公司|企业|厂|[^算]*的算)[\u4e00-\u9fff]{2,8}算(?:不算|吗|么)[?？]?$"
)


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
        told += _only_elsewhere(context, elsewhere[:_MAX_VERDICTS])
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
    denied = before or denied_lines(entries, context.heard.text, context.finder)
    lines += denied
    is_open = before or any(asked_points(s, context.heard.without_facts) for s in supports)
    no_award = [] if is_open else answer.no_award_lines(supports, context.heard.text)
    lines += no_award
    asks_on = not (denied or no_award) and (context.heard.asks or not context.answered)
    left = (unanswered(context, entries) or left_out(context, findings)) if asks_on else []
    lines += left
    if _ADDS_UP.search(context.heard.text) and sum(f.support.kind is Kind.AWARD for f in findings) > 1:
        lines.append(wording("verdict.stacking", mark=context.words.benefit_mark(findings[0])))
    if any(r.slot == _FIRST and r.state is State.UNKNOWN for f in findings for r in f.reasons):
        lines += [wording("what_if.first_elsewhere")] if conversation.moved else []
        lines += [wording("verdict.first_reviewed")] if conversation.reviewed and not conversation.moved else []
    asks_of_first = question is not None and question.slot == _FIRST
    if asks_of_first and all(verdicts.is_after_the_term(context.words, finding) for finding in findings):
        question = None  # whether it is the first time changes nothing of what came after the term
    no_sum = any(texts("facets")["amount"] in line for line in before)  # 文件没有写金额 is said once
    settled, answered_first = question is None, bool(first or no_award or no_sum)
    of_a_case = not before and _asks_of_a_case(context)
    if of_a_case and not no_award and not any(asked_points(s, context.heard.without_facts) for s in supports):
        left_open = unanswered(context, entries)
        left_open = left_open or ([] if _stands_there(context.heard, findings[0]) else [wording("silent.asked_this")])
        lines += [line for line in left_open if line not in lines]
    answers_only = context.answered and not context.heard.asks
    named = context.finder.named(context.heard.text)
    refused, alike = verdicts.refused_alike(context.words, () if context.heard.facets else findings[:_MAX_VERDICTS])
    for finding in (f for f in findings[:_MAX_VERDICTS] if f.support.id not in alike):
        if contrary_to(finding, context.heard.text):
            continue  # what is said first rules it out
        again = answers_only and finding.support.id in context.before.focus
        asks = context.heard.asks and finding.otherwise is not Status.INELIGIBLE
        asks = asks and not post_is_named(finding.support, context.heard.text)
        asked = asked_points(finding.support, _asking_words(context.heard)) if asks else []
        mark = context.words.benefit_mark(finding)
        lines += [wording("support.open_points", points="、".join(asked), mark=mark)] if asked else []
        brief = not settled or len(findings) > 1
        told = verdicts.verdict_lines(context.words, finding, brief=brief, again=again, leaves_open=bool(left or asked))
        holds = finding.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}
        if holds and (of_a_case or _asks_what_no_verdict_tells(context, finding, asked)):
            # 工程类项目呢: the firm may have it, and whether the case does is not written: no verdict is given.
            told = _what_it_says(context, finding)
        unsaid = set(context.heard.facets) & (answer.SILENT_ALWAYS - {"stacking"})
        asks_what_is_unsaid = finding is findings[0] and unsaid
        alone = len(findings) == 1 or (settled and finding.support.id not in conversation.beside)
        if alone or asks_what_is_unsaid:
            silence = (
                None
                if asked
                else _unsaid_of(
                    context, finding, _SAID_FIRST if answered_first or finding is not findings[0] else frozenset()
                )
            )
            lines += [silence] if silence else []
            told += _asked_of(context, finding, [*lines, *told])
        else:
            if "amount" in context.heard.facets and finding.support.id in named:
                told += filter(None, [_unsaid_of(context, finding, frozenset())])  # 备案给多少？算力券写没写面值
            if "department" in context.heard.facets:
                told.append(answer.departments_line(context.words, finding))
        lines += told
    lines += [*refused, *after, *(answer.given_besides(context.words, findings) if no_award else ())]
    return _verdict(context, conversation, lines, findings, question)


def _asks_of_a_case(context: Context) -> bool:
    """去年入职的算不算: whether nothing is told that a verdict turns on, and it is asked if a case counts."""
    return context.heard.asks and not context.heard.facts and asks_of_a_case(context.heard.text)


def _stands_there(heard: Understanding, finding: Finding) -> bool:
    """技术员可以直接报高级职称吗: whether much of what is asked is written; or the firm itself is ruled out."""
    if finding.otherwise is Status.INELIGIBLE:
        return True
    asked = pairs(content(in_their_words(heard.without_facts)).replace(" ", ""))
    return len(asked & pairs(plain(finding.support.benefit.quote))) >= _A_THIRD * len(asked)


def _asks_what_no_verdict_tells(context: Context, finding: Finding, asked: Sequence[str]) -> bool:
    """罚款能退回来不, 工资谁发: whether only what the document leaves unsaid is asked, and not if one may have it."""
    heard, facets = context.heard, set(context.heard.facets)
    if not facets or facets - _NO_VERDICT or asks_for_the_firm(heard.text) or not (heard.asks or asks_us(heard.text)):
        return False
    return bool(asked) or answer.unsaid_line(context.words, finding, heard.facets, heard.text) is not None


def _what_it_says(context: Context, finding: Finding) -> list[str]:
    """What a support gives, and whom to ask of a case that it does not write of."""
    support, mark = finding.support, context.words.benefit_mark(finding)
    benefit = wording("support.benefit", title=support.title, benefit=tight(support.benefit.text), mark=mark)
    return [benefit, answer.ask_departments(context.words, finding)]


def _asking_words(heard: Understanding) -> str:
    """What a message says besides its facts; 是去年评的，还能领不, where what is asked turns on how they are put."""
    return heard.text if pattern("of_a_year").search(heard.text) else heard.without_facts


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
        return [wording("support.benefit_refused", benefit=benefit, mark=mark)]
    lines = answer.information_lines(context.words, finding, facets, context.heard.text)
    offices = tuple(texts("support")[key].split("{")[0] for key in ("practised_by", "ask_departments"))
    beside = (("责任单位", offices), (unsaid, (unsaid,)))
    kept = tuple(start for start, told in beside if not any(line.startswith(told) for line in said))
    return [line for line in lines if line.startswith(kept) and line not in said]


def _unsaid_of(context: Context, finding: Finding, said: frozenset[str]) -> str | None:
    """What the message asks and the document leaves unsaid, but for facets that are `said`: told before the verdict."""
    asking = [c for c in re.split(r"[，。；！\s]+|(?<=[？?])", context.heard.text) if pattern("question").search(c)]
    never_told = answer.SILENT_ALWAYS | {"duration"}  # 省专 二十亩 要多久; 我们是小巨人，罚款能退回来不
    besides = any(never_told & set(facets_of(clause)) for clause in asking)
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
    here = context.subject.missing_in == city and len(context.heard.cities) > 1  # 我们盐城的给不给，淮安呢
    lines = [wording("silent.topic", city=city_name(str(city)))] if here else []
    if "amount" in context.heard.facets or _SUM.search(context.heard.text):
        lines = [*_by_city(context, findings), *lines]  # 那南京小巨人给多少, 南京是不是给300, asked from another city
    else:
        told = (verdicts.verdict_lines(context.words, finding, brief=True) for finding in findings[:_MAX_VERDICTS])
        first = lifecycle_lines(context.words, [f.document for f in findings])
        lines = [*first, *lines, *(line for each in told for line in each)]
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
        elif context.heard.asks and len(told) <= _FEW_CITIES:
            lines += _left_open(context, finding)
    return lines


def _left_open(context: Context, finding: Finding) -> list[str]:
    """转贷基金只认哪几家银行: that the document leaves unsaid what is asked, and what it leaves open besides."""
    heard, words = context.heard, context.words
    if unsaid := answer.left_unsaid(words, finding, heard.facets, heard.text):
        return unsaid
    points = "、".join(open_points(finding.support, heard.text)[:_FEW])
    mark = words.benefit_mark(finding)
    return [wording("support.open_points", points=points, mark=mark)] if points else []


def _only_elsewhere(context: Context, findings: Sequence[Finding]) -> list[str]:
    """我在南京, after what other cities have: several in one line, one with why it is refused."""
    if len(findings) < _SEVERAL:
        return [line for f in findings for line in verdicts.verdict_lines(context.words, f, brief=True)]
    names = "、".join(dict.fromkeys(city_name(f.document.city) for f in findings))
    titles = "、".join(
        f"{f.support.title}（{city_name(f.document.city)}）{context.words.benefit_mark(f)}" for f in findings
    )
    return [wording("silent.only_elsewhere", names=names, titles=titles)]


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
    others = any(pattern(name).search(heard.text) for name in ("a_person", "of_an_institution"))
    if _A_THING_COUNTS.search(heard.text) or others:
        return False
    if heard.facets[:1] == ("department",) and not heard.cities and context.conversation.profile[CITY] is None:
        return False  # 算力券归哪个局管，我打几个电话都说不是自己
    told = context.subject.is_follow_up and context.conversation.facts == context.before.facts
    if told and heard.facets == ("department",) and "can_get" not in heard.intents:
        return False  # 那负责的是哪一家，我直接去, after the verdict
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
