"""Turns that ask what a word of the assistant itself means: 原则上可以是啥意思, 还差信息是说不行吗."""

import re
from collections.abc import Sequence
from functools import cache

from chains.eligibility import Finding, Status
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.prompting import texts, wording
from chains.steps.talk import suggestions
from chains.telling import answer, verdicts
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome

_FEW, _BRIEF, _STATUSES = 2, 16, ("status", "status_then")
_SAID_TO_ONE = re.compile(r"[你您][说讲写]|那句|这句|[上前]面|刚才|刚刚|[说讲写]的|那个?词|[“\"]")


def explain(context: Context) -> Draft | None:
    """原则上可以到底是能还是不能: what the word says, and how what was told last stands by it."""
    heard, before = context.heard, context.before
    if context.answered or heard.has_orders or context.finder.named(heard.text):
        return None
    word = _word_asked(heard.text)
    supports = [context.library.supports[key] for key in before.focus[:_FEW] if key in context.library.supports]
    if not word or any(word in plain(s.benefit.quote) for s in supports):
        return None  # a word of the document is asked
    findings = tuple(context.assess(support) for support in supports)
    lines = [wording("own_words.said", word=word, means=texts("words_used")[word])]
    for finding in findings if _is_of_a_verdict(word) else ():
        lines += _where_it_stands(context, finding)
    documents = [finding.document for finding in findings]
    return Draft(
        Outcome.INFORMATION,
        context.conversation,
        tuple(dict.fromkeys((*lifecycle_lines(context.words, documents), *lines))),
        findings=findings,
        question=context.standing,
        suggestions=suggestions(*(("department", "gap") if findings else ("broad", "examples"))),
    )


def _word_asked(text: str) -> str:
    """The word of ours whose meaning is asked, in its clause or as what was said: 你说要主管部门认定，是说不行吗."""
    asks = pattern("asks_of_a_word")
    whole = _SAID_TO_ONE.search(text) or len(text) <= _BRIEF
    clauses = [text] if asks.search(text) and whole else re.split(r"[，。；！\s]+", text)
    found = (_own().search(clause) for clause in clauses if asks.search(clause))
    return next((match.group() for match in found if match), "")


def _where_it_stands(context: Context, finding: Finding) -> Sequence[str]:
    """What is left open of a support, or missing, or against it; nothing where all holds."""
    if finding.otherwise is Status.INELIGIBLE:
        return verdicts.refusal(context.words, finding)
    left = [reason.condition for reason in finding.reasons if reason.condition is not None and reason.condition.open]
    lines = [*answer.open_lines(context.words, finding, left), *verdicts.missing_lines(context.words, finding)]
    return [wording("own_words.of", title=finding.support.title), *lines] if lines else []


def _is_of_a_verdict(word: str) -> bool:
    is_called = any(word in line for group in _STATUSES for line in texts(group).values())
    return is_called or any(line.strip("*").startswith(word) for line in texts("verdict").values())


@cache
def _own() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, texts("words_used")), key=len, reverse=True)))
