"""Turns that ask what to do: the one thing that comes first, of what was told last. It promises nothing.

What is for the person to weigh (搬不搬, 哪家划算) is left to them, beside what the documents write of each.
"""

import re

from chains.eligibility import CITY, Finding, State, Status
from chains.language.clauses import pattern
from chains.prompting import wording
from chains.steps.retelling import retold
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.offices import responsible_quote
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.regions import city_name

_FEW, _TWO = 3, 2
# 三家里哪家最划算, 给我排一下
_WHICH_FIRM = re.compile(r"(?:哪一?家|谁)[^，。；]{0,6}(?:划算|合算|值|好|多|强|高|先)|排(?:一?[下排]|个)")
_WHICH_OF_ALL = re.compile(r"哪一?[个项样条]|哪些")
_OUT_OF_FORCE = {Lifecycle.EXPIRED: "expired", Lifecycle.REPEALED: "expired", Lifecycle.DRAFT: "draft"}


def advise(context: Context) -> Draft | None:
    """我们现在最该干啥, 第一步找谁, after a support or two: ask the office, find out a fact, or leave it be."""
    heard, before = context.heard, context.before
    if context.answered or heard.facts or heard.has_orders or heard.cities:
        return None
    if not pattern("asks_advice").search(heard.text) or pattern("way_out").fullmatch(heard.text):
        return None
    supports = [context.library.supports[key] for key in before.focus if key in context.library.supports]
    named = context.finder.named(heard.text)
    if not 0 < len(supports) <= _FEW or any(key not in before.focus for key in named):
        return None
    if len(supports) == 1 and len(before.listed) > _FEW and _WHICH_OF_ALL.search(heard.text):
        return None  # 现在最该先办哪个, after one thing of a list: of the list
    findings = tuple(context.assess(support) for support in supports)
    # What may still be had comes before what is refused.
    first = min(findings, key=lambda f: f.otherwise is Status.INELIGIBLE)
    lines = [*_step(context, first)]
    if first.document.lifecycle(context.words.as_of) not in _OUT_OF_FORCE:
        lines = [*lifecycle_lines(context.words, [first.document]), *lines]
    return Draft(
        Outcome.INFORMATION,
        context.conversation.with_focus(before.focus, before.focus_cities),
        tuple(dict.fromkeys(lines)),
        findings=findings,
        question=context.standing,
        suggestions=suggestions("department", "gap", "broad"),
    )


def tell_what_to_ask(context: Context) -> Draft | None:
    """那我打工信局问啥 帮我列两句: questions for the office, out of what the texts leave open."""
    heard, before = context.heard, context.before
    if context.answered or heard.facts or heard.has_orders or not pattern("asks_what_to_ask").search(heard.text):
        return None
    supports = [context.library.supports[key] for key in before.focus[:_TWO] if key in context.library.supports]
    findings = tuple(context.assess(support) for support in supports)
    cities = (*heard.cities, *before.focus_cities, str(context.conversation.profile[CITY] or ""))
    own = [d for d in context.library.documents.values() if d.city == cities[0] and d.record.official]
    documents = list({f.document.id: f.document for f in findings}.values()) or own
    lines = [wording("advice.to_ask")]
    for document in documents:
        if state := _OUT_OF_FORCE.get(document.lifecycle(context.words.as_of)):
            lines.append(wording(f"advice.to_ask_{state}", document=document.record.short_title))
    for finding in findings:
        if points := "、".join(finding.support.open_points[:_FEW]):
            mark, title = context.words.benefit_mark(finding), finding.support.title
            lines.append(wording("advice.to_ask_support", title=title, mark=mark, points=points))
    if len(lines) == 1 and not findings:
        return None
    lines.append(wording("advice.to_ask_papers"))
    kept = context.conversation.with_focus(before.focus, before.focus_cities)
    offers = suggestions("department", "broad")
    return Draft(Outcome.INFORMATION, kept, tuple(lines), findings, context.standing, offers)


def leave_to_them(context: Context) -> Draft | None:
    """从淮安迁到南京划算不, 搬不搬, 三家里哪家最划算: what was told of each; else the cities are kept in mind."""
    heard, before = context.heard, context.before
    if context.answered or heard.has_orders or heard.foreign_places or context.finder.named(heard.text):
        return None
    of_firms = bool(before.common) and not heard.facts and _WHICH_FIRM.search(heard.text) is not None
    if not (of_firms or "advice" in heard.intents or pattern("asks_to_decide").search(heard.text)):
        return None
    talked = [context.finder.by_key[key] for key in (before.common if of_firms else before.trail)]
    cities = tuple(dict.fromkeys(entry.city for entry in talked))
    if len(heard.cities) < _TWO and len(cities) >= _TWO:
        return retold(context, talked, wording("talk.advice_each"))
    named = heard.cities if len(heard.cities) >= _TWO else before.focus_cities
    if len(named) < _TWO:
        return None
    one, other = (city_name(city) for city in named[:_TWO])
    kept = context.conversation.with_focus((), named[:_TWO])
    line = wording("talk.advice_between", one=one, other=other)
    return Draft(Outcome.TALK, kept, (line,), question=context.standing, suggestions=suggestions("broad"))


def ask_the_office(finding: Finding) -> str | None:
    """The first thing to do where a document is not in force: to ask for what holds now."""
    document, state = finding.document, _OUT_OF_FORCE.get(finding.lifecycle)
    if state is None:
        return None
    return wording(f"advice.{state}", city=city_name(document.city), document=document.record.short_title)


def _step(context: Context, finding: Finding) -> list[str]:
    """The first thing to do for a support, and what it rests on."""
    words, document = context.words, finding.document
    city = city_name(document.city)
    mark, title = words.benefit_mark(finding), finding.support.title
    told = wording("support.benefit", title=title, benefit=tight(finding.support.benefit.text), mark=mark)
    if line := ask_the_office(finding):
        return [line, told]
    if finding.otherwise is Status.INELIGIBLE:
        return [wording("advice.not_this"), *verdicts.refusal(words, finding), wording("advice.others")]
    unknown = [r for r in finding.reasons if r.state is State.UNKNOWN]
    if unknown:
        parts = [verdicts.condition_text(finding, r) + words.condition_mark(finding, r.condition) for r in unknown]
        return [wording("advice.unknown", conditions="；".join(parts)), told]
    quote = responsible_quote(document, finding.support.provision)
    if quote is None:
        return [wording("advice.ask", city=city), told]
    named = words.citations.cite(document, finding.support.provision, quote)
    names = "、".join(finding.support.departments)
    return [wording("advice.apply", departments=names, mark=named), told]
