"""Turns that explain verdicts: why they are so, clause by clause, and what is missing for others."""

from chains import answer, overview
from chains.eligibility import Finding, State
from chains.prompting import wording
from chains.talk import suggestions
from chains.turn import Context, Draft, Outcome


def prove(context: Context) -> Draft | None:
    """说明依据: each condition of the verdicts talked about last, the enterprise's fact, and the clause."""
    if "proof" not in context.heard.intents or (context.subject.supports and not context.subject.is_follow_up):
        return None
    findings = _talked_about(context)
    conversation = context.conversation
    if not findings:
        quoted = [context.finder.by_key[k] for k in conversation.focus if k in context.finder.by_key]
        lines = []
        for entry in quoted[:3]:
            document = context.library.documents[entry.document_id]
            mark = context.words.citations.cite(document, entry.provision, entry.quote)
            lines.append(wording("proof.quote", quote=answer.tight(entry.quote), mark=mark))
        lines = lines or [wording("proof.none")]
        return Draft(Outcome.PROOF, conversation, tuple(lines), question=context.standing)
    lines = [*answer.lifecycle_lines(context.words, [f.document for f in findings])]
    for finding in findings[:3]:
        lines += answer.proof_lines(context.words, finding)
    return Draft(
        Outcome.PROOF, conversation, tuple(lines), findings=findings[:3], question=context.standing,
        suggestions=suggestions("gap", "broad"),
    )  # fmt: skip


def measure_gap(context: Context) -> Draft | None:
    """What is missing for a support; for everything, the near misses: those that a single fact stands against."""
    if "gap" not in context.heard.intents:
        return None
    conversation = context.conversation
    if context.subject.supports:
        findings = context.findings_of(context.subject.supports)
    elif conversation.broad:
        near = [f for f in context.in_play(conversation) if _distance(f) == 1]
        findings = overview.ranked(near)[:5]
    else:
        findings = _talked_about(context)
    if not findings:
        return Draft(Outcome.GAP, conversation, (wording("gap.no_subject"),), question=context.standing)
    lines = [*answer.lifecycle_lines(context.words, [f.document for f in findings])]
    lines += answer.gap_lines(context.words, findings)
    focused = conversation.with_focus([f.support.id for f in findings], {f.document.city for f in findings})
    return Draft(
        Outcome.GAP, focused, tuple(lines), findings=findings, question=context.standing,
        suggestions=suggestions("proof", "broad"),
    )  # fmt: skip


def _distance(finding: Finding) -> int:
    return sum(r.state is State.UNMET for r in finding.reasons)


def _talked_about(context: Context) -> tuple[Finding, ...]:
    conversation = context.conversation
    keys = [k for k in conversation.focus if k in context.library.supports] or list(conversation.goal)
    return tuple(context.assess(context.library.supports[k]) for k in keys)
