"""Turns that ask what to do: the one thing that comes first, of what was told last. It promises nothing."""

from chains.eligibility import Finding, State, Status
from chains.language.clauses import pattern
from chains.prompting import wording
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.offices import responsible_quote
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.regions import city_name

_FEW = 3
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


def _step(context: Context, finding: Finding) -> list[str]:
    """The first thing to do for a support, and what it rests on."""
    words, document = context.words, finding.document
    city = city_name(document.city)
    mark, title = words.benefit_mark(finding), finding.support.title
    told = wording("support.benefit", title=title, benefit=tight(finding.support.benefit.text), mark=mark)
    if state := _OUT_OF_FORCE.get(finding.lifecycle):
        return [wording(f"advice.{state}", city=city, document=document.record.short_title), told]
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
