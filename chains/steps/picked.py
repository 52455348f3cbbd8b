"""Turns that want a few of all that there is, and no list: 就说最容易的一个, 先办哪个, 挑两个最值的."""

from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY, Finding, Status, assess_all
from chains.language.clauses import pattern
from chains.prompting import wording
from chains.steps import overview
from chains.steps.advising import ask_the_office
from chains.steps.order import best_first, how_many_wished, names_sum, ranked, wishes_so_many
from chains.steps.stated import awards_for
from chains.steps.talk import say, suggestions
from chains.telling import answer, verdicts
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.regions import served_cities

_PAGE, _LIST, _FEW = 5, 3, 3
_OF_ALL = frozenset({"amount", "count", "what"})
_OPEN_TO_IT = frozenset({Status.ELIGIBLE, Status.CONDITIONAL})


def pick(context: Context) -> Draft | None:
    """The best of what was told, or of all that there is for the firm, no more of it than is wished for."""
    heard, city = context.heard, context.conversation.profile[CITY]
    many = heard.picks or _so_many(context)
    if not many or context.answered or heard.has_orders or context.before.profile[CITY] != city:
        return None
    if city not in served_cities():
        return say(context, Outcome.TALK, wording("talk.pick"), offers=("broad", "examples"))
    anew = context.conversation.with_goal((), broad=True).model_copy(update={"listed": ()})
    if many > _FEW:
        before = context.before.model_copy(update={"listed": ()})
        return overview.overview(replace(context, conversation=anew, before=before))
    found = _best(context, str(city), many)
    if not found:
        return overview.overview(replace(context, conversation=anew))
    after = anew.model_copy(update={"listed": tuple(f.support.id for f in found)})
    return Draft(
        Outcome.OVERVIEW,
        after.with_focus((f.support.id for f in found), (str(city),)),
        tuple(_lines(context, found)),
        findings=tuple(found),
        question=context.question_for(after),
        suggestions=suggestions("more", "gap", "proof"),
    )


def _so_many(context: Context) -> int:
    """列三个最实用的: how many are wished for in words that name nothing besides, amid a talk; else none."""
    heard = context.heard
    at_large = not (heard.facts or heard.cities or "gap" in heard.intents)
    if at_large and context.before.broad and pattern("asks_advice").search(heard.text):
        return 1  # 那下一步我该干啥, after a list
    wished = wishes_so_many(heard.without_facts) and set(heard.facets) <= _OF_ALL
    return how_many_wished(heard.text, _PAGE) if wished and context.before.focus else 0


def _best(context: Context, city: str, many: int) -> list[Finding]:
    """The best for the firm of a list that was told a moment ago, or else of all that its city has.

    What is open still is told only where there is too little else.
    """
    profile, supports = context.conversation.profile, context.library.supports
    told = {key for key in context.before.focus if key in supports and context.library.document(key).city == city}
    of_it = len(told) >= _LIST and not (context.before.broad or context.heard.speaks_of_self)  # 我现在最该去办哪个
    every = ranked(assess_all(context.library, profile, context.words.as_of))
    here = [f for f in every if f.document.city == city and not verdicts.is_after_the_term(context.words, f)]
    among = [f for f in here if f.support.id in told] if of_it else here
    sure = best_first([f for f in among if f.otherwise in _OPEN_TO_IT], profile)
    sure = sure or best_first([f for f in here if f.otherwise in _OPEN_TO_IT], profile)
    open_still = [f for f in among if f.otherwise is Status.UNDETERMINED and f not in sure]
    awards = {s.id for t in profile["tiers"] or () for s in awards_for(context.library, city, t) if names_sum(s)}
    own = [f for f in open_still if f.support.id in awards]  # all that is open is whether it was the first time
    return [*own, *sure, *(f for f in open_still if f not in own)][:many]


def _lines(context: Context, shown: Sequence[Finding]) -> list[str]:
    words, profile = context.words, context.conversation.profile
    lines = lifecycle_lines(words, [finding.document for finding in shown])
    if len(shown) > 1:
        return [*lines, wording("broad.few_of_all"), *overview.listed(words, shown)]
    gone = ask_the_office(shown[0])
    lines += [gone, wording("broad.ask_about")] if gone else [wording("broad.first_of_all")]
    for finding in shown:
        anyone = verdicts.is_for_anyone(finding, profile)
        lines += overview.listed(words, [finding]) if anyone else verdicts.verdict_lines(words, finding, brief=True)
        lines += [] if gone else [answer.whom_to_ask(words, finding, context.heard.text)]
    return lines
