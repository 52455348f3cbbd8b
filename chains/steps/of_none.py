"""Turns that ask of no support: who wants money in its name, names of firms, taxes of what is given."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.finding.naming import core, names_nothing, without_help
from chains.language.clauses import pattern
from chains.prompting import texts, wording
from chains.steps.talk import say, suggestions
from chains.telling import answer
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.regions import city_name, served_cities

_FEW, _TOUCHES = 3, 0.25
_OF_WHAT_IS_GIVEN = frozenset({"taxed", "audited"})
_GIVEN = re.compile(
    r"补[贴助]|奖[励金补款]|资助|财政|(?:政府|上面|区里|市里)[^，。；]{0,4}[给发拨][^，。；]{0,3}[钱款]|(?:拿|领|发|到手)[^，。；]{0,3}[钱款]"
)


def warn_of_payment(context: Context) -> Draft | None:
    """电视台来拍要收钱，是不是骗子: that it cannot be judged here, what the text says of it, and whom to ask first."""
    heard, subject = context.heard, context.subject
    if not pattern("swindle").search(heard.text) or context.answered or heard.has_orders:
        return None
    focus = () if context.before.broad else context.before.focus[:1]
    talked = [context.finder.by_key[key] for key in focus if key in context.finder.by_key]
    told = talked if subject.is_follow_up or not subject.entries else list(subject.entries[:1])
    rest = without_help(pattern("swindle").sub(" ", heard.text))
    if told == talked and not names_nothing(rest):
        told = [entry for entry in talked if context.finder.coverage(core(rest), entry.key) >= _TOUCHES]
    if not told and not pattern("of_policy").search(heard.text):
        return None
    lines = [wording("swindle.first")]
    findings = context.findings_of(tuple(told))
    for finding in findings:
        mark = context.words.benefit_mark(finding)
        unsaid = answer.unsaid_line(context.words, finding, ("fee",), heard.text)
        lines = [*lifecycle_lines(context.words, [finding.document]), *lines]
        lines.append(unsaid or wording("swindle.text", quote=tight(finding.support.benefit.quote), mark=mark))
        lines.append(answer.departments_line(context.words, finding, "support.ask_departments"))
    lines += [] if findings else [wording("silent.contact")]
    conversation = context.conversation.with_focus([e.key for e in told], dict.fromkeys(e.city for e in told))
    return Draft(
        Outcome.INFORMATION,
        conversation if told else context.conversation,
        tuple(dict.fromkeys(lines)),
        findings=findings,
        question=context.standing,
        suggestions=suggestions("department", "broad"),
    )


# A list that is sent on is what a document may tell of.
_SENT_ON = re.compile(r"(?:推送?|报送|共享|递|对接)[^，。；]{0,6}名单")


def tell_no_names(context: Context) -> Draft | None:
    """客户名单在哪拿, 南京有哪些小巨人企业: the documents name no firms."""
    heard, own = context.heard, context.conversation.profile["city"]
    if context.answered or heard.has_orders or not pattern("wants_names").search(heard.text):
        return None
    if _SENT_ON.search(heard.text):
        return None  # 有给银行推企业名单这种事吗
    cities = heard.cities or ((str(own),) if own in served_cities() else ()) or context.before.focus_cities
    where = "、".join(city_name(city) for city in cities) or wording("recognition.every")
    kept = context.conversation.model_copy(update={"focus_cities": tuple(cities)} if cities else {})
    context = replace(context, conversation=kept)  # 名单在哪拿, asked again, is of the same city
    return _unsaid(context, wording("silent.names", where=where), wording("silent.contact"))


def tell_no_tax(context: Context, facets: Sequence[str]) -> Draft | None:
    """拿到的奖励要不要交税, 补助要审计吗: asked of what is given as such, whatever holds of some support of taxes."""
    asked = [facet for facet in facets if facet in _OF_WHAT_IS_GIVEN]
    talked = 0 < len(context.before.focus) <= _FEW and context.subject.is_follow_up
    gives = _GIVEN.search(context.heard.text) is not None and not context.finder.named(context.heard.text)
    if not asked or not gives or talked or context.answered:
        return None
    what = wording("silent.what", what="、".join(texts("facets")[facet] for facet in asked))
    return _unsaid(context, what, *(wording(f"silent.{facet}") for facet in asked))


def _unsaid(context: Context, *lines: str) -> Draft:
    return say(context, Outcome.SILENT, *lines, abstained=True, offers=("broad",))
