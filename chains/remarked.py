"""Turns that answer a remark: a farewell, a sigh at what was told, whether it is certain, who is speaking here."""

from chains import verdicts
from chains.eligibility import Finding, Status
from chains.prompting import wording
from chains.talk import suggestions
from chains.turn import Context, Draft, Outcome
from chains.validity import lifecycle_lines
from chains.words import tight

_FEW = 2
# What is asked or sighed about what was told is answered with it.
_SMALL_TALK = "chat"
_OF_WHAT_WAS_TOLD = {"let_down", "promise"}


def reply(context: Context) -> Draft | None:
    """What is said to a remark; what it seems to tell is not learnt, and the question that stands is left open."""
    remark = context.heard.remark
    if not remark:
        return None
    told = _talked_of(context) if remark in _OF_WHAT_WAS_TOLD else ()
    lines = [*lifecycle_lines(context.words, [finding.document for finding in told])]
    for finding in told:
        lines += _how_it_stands(context, finding)
    lines.append(wording(f"talk.{remark}"))
    if remark == _SMALL_TALK:
        lines.append(wording("outside.can"))
    question = context.question_for(context.before)
    if remark == "bye" and question is not None:
        lines.append(wording("talk.left_open"))
    outcome = Outcome.OUTSIDE if remark == _SMALL_TALK else Outcome.TALK
    return Draft(
        outcome, context.before, tuple(dict.fromkeys(lines)), findings=told, question=question,
        abstained=remark == _SMALL_TALK,
        suggestions=suggestions(*(("gap", "broad") if told else ("broad", "examples"))),
    )  # fmt: skip


def _talked_of(context: Context) -> tuple[Finding, ...]:
    supports = context.library.supports
    talked = [supports[key] for key in context.before.focus if key in supports]
    return tuple(context.assess(support) for support in talked) if len(talked) <= _FEW else ()


def _how_it_stands(context: Context, finding: Finding) -> list[str]:
    """Why it is refused; else what the text gives, and what is not known yet."""
    if finding.otherwise is Status.INELIGIBLE:
        return verdicts.refusal(context.words, finding)
    benefit, mark = tight(finding.support.benefit.text), context.words.benefit_mark(finding)
    told = wording("support.benefit", title=finding.support.title, benefit=benefit, mark=mark)
    return [told, *verdicts.missing_lines(context.words, finding)]
