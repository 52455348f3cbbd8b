"""How a verdict is told: conditions beside the enterprise's own facts, what is missing, the proof and the way there."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from chains.eligibility import CITY, Finding, Reason, State, Status
from chains.language.clauses import pattern
from chains.language.firsts import recognised_in
from chains.language.question_words import facets_of
from chains.prompting import fact_label, lacks_label, texts, wording
from chains.telling import answer
from chains.telling.open_points import open_points
from chains.telling.words import Words, day, tight
from knowledge.document import Lifecycle
from knowledge.profile import NONE, EnterpriseProfile
from knowledge.regions import city_name
from knowledge.support import Condition, Strength

_FIRST = "first_recognition"
# 没评上就完全不能办APEC了吗: of the thing, where a support is only the quick way to it.
_A_CHANNEL = "绿色通道"
_CANNOT_AT_ALL = re.compile(
    r"(?:完全|就|彻底|根本|压根|是不是)+(?:不能|不可以|没法|没办法)[^，。；]{0,4}(?:办|申|评|贷|走)|办不了"
)
_NOT_YET = frozenset({State.UNMET, State.UNKNOWN})


def verdict_lines(
    words: Words, finding: Finding, *, brief: bool = False, again: bool = False, leaves_open: bool = False
) -> list[str]:
    """The verdict on one support: the status, what it gives, why, and what is missing or open.

    `again` where the support was just talked of: while its verdict is open, what it gives is not told once more.
    `leaves_open` where it was said that the text does not write of what is asked: no more than it writes is promised.
    """
    status = finding.otherwise
    title, benefit = finding.support.title, f"{tight(finding.support.benefit.text)}"
    if status is Status.INELIGIBLE:
        lines = refusal(words, finding)
    else:
        mark = words.benefit_mark(finding)
        if again and status is Status.UNDETERMINED:
            lines = [wording("verdict.still_open", title=title)]
        elif finding.status is Status.NOT_IN_FORCE:
            lines = [wording("support.benefit", title=title, benefit=benefit, mark=mark)]
        else:
            key = "practice" if _is_practice(finding) else status.value
            key = "as_written" if leaves_open and key == Status.ELIGIBLE.value else key
            lines = [wording(f"verdict.{key}", title=title, benefit=benefit, mark=mark)]
        lines += _because(words, finding)
    late = status is not Status.INELIGIBLE and is_after_the_term(words, finding)
    if finding.status is Status.NOT_IN_FORCE and not late:
        name = "lifecycle.once_final" if finding.lifecycle is Lifecycle.DRAFT else "lifecycle.otherwise"
        if_so = texts("status_if_practice" if _is_practice(finding) else "status_if")
        lines.append(wording(name, status=if_so[status.value]))
        lines += [] if status is Status.INELIGIBLE else _run_by(finding)
    if status is not Status.INELIGIBLE and (line := of_its_year(words, finding)):
        lines = [*(said for said in lines if not (late and said in missing_lines(words, finding))), line]
    return lines if brief or status not in {Status.ELIGIBLE, Status.CONDITIONAL} else [*lines, *_how(words, finding)]


def is_for_anyone(finding: Finding, profile: EnterpriseProfile) -> bool:
    """Whether nothing told of a firm without a title speaks for a finding: what names no firm promises it nothing."""
    untitled = set(profile["tiers"] or ()) <= {NONE}
    met = any(r.state is State.MET and r.condition is not None for r in finding.reasons)
    return untitled and not met


def is_after_the_term(words: Words, finding: Finding) -> bool:
    """今年刚评上, of a plan that ended before: whether what is given for a first recognition is not for its year."""
    end, year = _end_of_a_first(finding), recognised_in(words.asked, words.as_of) or words.recognised
    return end is not None and year is not None and year > end.year


_YEARS = "年度"


def of_its_year(words: Words, finding: Finding) -> str | None:
    """What the year means in which a title was got: after the term of a plan that is over, within it, or left open."""
    end, start = _end_of_a_first(finding), finding.document.record.effective_from
    year = recognised_in(words.asked, words.as_of) or words.recognised
    city = city_name(finding.document.city)
    if year is None:
        return None
    before = start is not None and year < start.date.year
    # Where the text does not say from when it holds, the year it is now is within it.
    long_ago = before or (start is None and year < words.as_of.year)
    if end is None and long_ago and any(_YEARS in point for point in finding.support.open_points):
        return wording("verdict.which_year", year=year, mark=words.benefit_mark(finding))
    if end is None or before:
        return None
    if year > end.year:
        return wording("lifecycle.after_the_term", date=day(end), city=city)
    return wording("lifecycle.within_the_term", city=city)


def _end_of_a_first(finding: Finding) -> date | None:
    """The last day of a plan that is over, of what it gives for a first recognition."""
    end = finding.document.record.effective_to if finding.lifecycle is Lifecycle.EXPIRED else None
    once = any(condition.slot == _FIRST for condition in finding.support.when)
    return end.date if end is not None and once else None


def _how(words: Words, finding: Finding) -> list[str]:
    """How binding the words of a support that holds are, what they leave unsaid, and where to turn."""
    support, in_force = finding.support, finding.status is not Status.NOT_IN_FORCE
    if support.applied_for and not in_force:
        return []
    lines = [] if support.applied_for else [wording("support.practice")]
    if in_force and support.strength is Strength.MAY:
        lines.append(wording("support.may"))
    elif support.applied_for and support.strength is Strength.ENCOURAGES:
        lines.append(wording("support.encourages"))
    if in_force and (points := open_points(support, words.asked)):
        lines.append(wording("support.open_points", points="、".join(points[:4]), mark=words.benefit_mark(finding)))
    if "department" in facets_of(words.asked):
        return [*lines, answer.whom_to_ask(words, finding, words.asked)]
    key = "support.ask_departments" if support.applied_for else "support.practised_by"
    return [*lines, answer.departments_line(words, finding, key)]


def _is_practice(finding: Finding) -> bool:
    """Whether what authorities do of themselves holds: it is nothing that anybody applies for."""
    return finding.otherwise is Status.ELIGIBLE and not finding.support.applied_for


def _called(finding: Finding) -> str:
    return texts("status_practice" if _is_practice(finding) else "status")[finding.otherwise.value]


def _because(words: Words, finding: Finding) -> list[str]:
    lines: list[str] = []
    met = [r for r in finding.reasons if r.state is State.MET and r.condition is not None]
    if met:
        parts = [f"{r.condition.text}{words.condition_mark(finding, r.condition)}" for r in met if r.condition]
        lines.append(wording("verdict.met", conditions="；".join(parts)))
    left = [r.condition for r in finding.reasons if r.state is State.OPEN and r.condition is not None]
    lines += answer.open_lines(words, finding, left)
    return [*lines, *missing_lines(words, finding)]


def status_name(finding: Finding, *, supposed: bool = False) -> str:
    """How a verdict is called: of a document that is not in force, or of what is `supposed`, what would hold."""
    then = texts("status_then") if supposed or finding.status is Status.NOT_IN_FORCE else {}
    return then.get(finding.otherwise.value, _called(finding))


def missing_lines(words: Words, finding: Finding) -> list[str]:
    """The conditions of which it is not known whether they are met, in a line; none where all are known."""
    unknown = [r for r in finding.reasons if r.state is State.UNKNOWN]
    parts = [condition_text(finding, r) + words.condition_mark(finding, r.condition) for r in unknown]
    return [wording("verdict.missing", conditions="；".join(parts))] if parts else []


def condition_text(finding: Finding, reason: Reason) -> str:
    if reason.condition is not None:
        return reason.condition.text
    return f"企业在{city_name(finding.document.city)}"


def own_fact(words: Words, slot: str | None) -> str | None:
    """The enterprise's fact of a slot, as it would say it."""
    fact = words.profile.facts.get(slot or "")
    if fact is None and slot == "tiers" and words.profile.lacks:
        return lacks_label(words.profile.lacks)
    return fact_label(slot or "", fact) if fact else None


def is_ruled_out(finding: Finding) -> bool:
    """Whether what is known of the enterprise, besides its city, is against a support of its city."""
    unmet = [r for r in finding.reasons if r.state is State.UNMET]
    return bool(unmet) and all(r.condition is not None for r in unmet)


def refusal(words: Words, finding: Finding) -> list[str]:
    """The first unmet condition, and the way there."""
    title = finding.support.title
    unmet = next(r for r in finding.reasons if r.state is State.UNMET)
    key = "verdict.ineligible"
    own = own_fact(words, unmet.slot) or ""
    if unmet.condition is None:
        mark = words.benefit_mark(finding)
        because = wording("verdict.unmet_city", city=city_name(finding.document.city), mark=mark, own=own)
        return [wording(key, title=title, because=because + "。")]
    mark = words.condition_mark(finding, unmet.condition)
    because = wording("verdict.unmet", condition=unmet.condition.text, mark=mark, fact=own)
    lines = [wording(key, title=title, because=because + "。")]
    if unmet.condition.includes_any:
        lines.append(_way_to_a_title(words, finding, unmet.condition))
    elif pattern("under_way").search(words.asked) and unmet.condition.is_ == "yes":
        lines.append(wording("verdict.way_done", condition=unmet.condition.text.removeprefix("已")))
    if _A_CHANNEL in title and _CANNOT_AT_ALL.search(words.asked):
        lines.append(wording("verdict.only_channel", channel=_A_CHANNEL))
    return [*lines, *_run_by(finding)]


def _run_by(finding: Finding) -> list[str]:
    """申请AEO: that those decide who run what the text only supports firms in."""
    return [wording("verdict.run_by", by=finding.support.run_by)] if finding.support.run_by else []


def refused_or_to_come(words: Words, finding: Finding) -> list[str]:
    """Why a support is refused; 那评了之后呢，能到百分之几: what a title that is to come will bring instead."""
    lines = refusal(words, finding)
    unmet = [r.condition for r in finding.reasons if r.state is State.UNMET]
    of_titles_alone = all(c is not None and c.includes_any for c in unmet)
    if of_titles_alone and pattern("as_if_held").search(words.asked):
        return lines[1:2] or lines
    return [lines[0], *_run_by(finding)]


def _way_to_a_title(words: Words, finding: Finding, condition: Condition) -> str:
    """What a title would bring: its condition, and what is left to meet; of a text that is not in force, no promise."""
    wanted = "或".join(texts("tiers")[t] for t in condition.includes_any)
    if finding.status is Status.NOT_IN_FORCE:
        name = "draft" if finding.lifecycle is Lifecycle.DRAFT else "then"
        return wording(f"verdict.way_tier_{name}", tier=wanted)
    left = [r for r in finding.reasons if r.condition not in (None, condition) and r.state in _NOT_YET]
    criteria = [r.condition.text for r in finding.reasons if r.state is State.OPEN and r.condition]
    if not left and criteria:
        return wording("verdict.way_tier_open", tier=wanted, criteria="、".join(criteria))
    if not left:
        return wording("verdict.way_tier", tier=wanted)
    parts = [f"{r.condition.text}{words.condition_mark(finding, r.condition)}" for r in left if r.condition]
    return wording("verdict.way_tier_partly", tier=wanted, conditions="；".join(parts))


def refused_alike(words: Words, findings: Iterable[Finding]) -> tuple[list[str], frozenset[str]]:
    """Several supports that one condition is against: the condition once, what each gives in a line; and their ids."""
    lines: list[str] = []
    groups = [group for group in _by_what_is_against(findings) if len(group) > 1]
    for group in groups:
        lines += _against_all(words, "verdict.ineligible_all", group)
        for finding in group:
            benefit, mark = tight(finding.support.benefit.text), words.benefit_mark(finding)
            lines.append(wording("broad.line", title=finding.support.title, benefit=benefit, mark=mark))
    return lines, frozenset(f.support.id for group in groups for f in group)


def refusals(words: Words, findings: Iterable[Finding]) -> list[str]:
    """Why some supports are refused, those together by their names that one condition is against."""
    lines: list[str] = []
    for group in _by_what_is_against(findings):
        several = len(group) > 1
        lines += _against_all(words, "verdict.ineligible_names", group) if several else refusal(words, group[0])
    return lines


def _by_what_is_against(findings: Iterable[Finding]) -> list[list[Finding]]:
    alike: dict[str, list[Finding]] = {}
    for finding in filter(is_ruled_out, findings):
        alike.setdefault(_first_unmet(finding).text, []).append(finding)
    return list(alike.values())


def _against_all(words: Words, key: str, group: Sequence[Finding]) -> list[str]:
    """The condition that is against several supports, and the way there."""
    unmet = _first_unmet(group[0])
    marks = "".join(dict.fromkeys(words.condition_mark(f, _first_unmet(f)) for f in group))
    fact = own_fact(words, unmet.slot) or ""
    titles = {} if key == "verdict.ineligible_all" else {"titles": "、".join(f.support.title for f in group)}
    # Of several, the one of which most is left to meet says what a title brings.
    least = max(group, key=lambda f: sum(r.state in _NOT_YET for r in f.reasons))
    head = wording(key, condition=unmet.text, mark=marks, fact=fact, **titles)
    if unmet.includes_any and sum(r.state in _NOT_YET for r in least.reasons) > 1 and _in_force(least):
        wanted = "或".join(texts("tiers")[t] for t in unmet.includes_any)
        return [head, wording("verdict.way_tier_each", tier=wanted)]
    return [head, *refusal(words, group[0])[1:]]


def _in_force(finding: Finding) -> bool:
    return finding.status is not Status.NOT_IN_FORCE


def _first_unmet(finding: Finding) -> Condition:
    return next(r.condition for r in finding.reasons if r.state is State.UNMET and r.condition is not None)


def refusal_reason(words: Words, finding: Finding) -> str:
    unmet = next(r for r in finding.reasons if r.state is State.UNMET)
    mark = words.condition_mark(finding, unmet.condition)
    own = own_fact(words, unmet.slot) or ""
    return wording("verdict.unmet_short", condition=condition_text(finding, unmet), mark=mark, fact=own)


def proof_lines(words: Words, finding: Finding) -> list[str]:
    """Each condition with the enterprise's fact and the clause."""
    lines = [wording("proof.head", title=finding.support.title, status=status_name(finding))]
    for reason in finding.reasons:
        if reason.slot == CITY and reason.condition is None:
            mark = ""
        else:
            mark = words.condition_mark(finding, reason.condition)
        own = own_fact(words, reason.slot) or ""
        lines.append(
            wording(f"proof.{reason.state.value}", condition=condition_text(finding, reason), mark=mark, fact=own)
            if reason.state in {State.MET, State.UNMET}
            else wording(f"proof.{reason.state.value}", condition=condition_text(finding, reason), mark=mark)
        )
    quote = finding.support.benefit.quote
    lines.append(wording("proof.quote", quote=tight(quote), mark=words.benefit_mark(finding)))
    return lines


def gap_lines(words: Words, findings: Iterable[Finding]) -> list[str]:
    """What is missing for each support: the conditions not met, or, where none is, the facts not known."""
    lines: list[str] = []
    for finding in findings:
        missing = {State.UNMET} if finding.otherwise is Status.INELIGIBLE else {State.UNKNOWN}
        for reason in finding.reasons:
            if reason.state not in missing:
                continue
            mark = words.condition_mark(finding, reason.condition)
            name = condition_text(finding, reason)
            if reason.state is State.UNMET:
                own = own_fact(words, reason.slot) or ""
                lines.append(wording("gap.unmet", title=finding.support.title, condition=name, mark=mark, fact=own))
            else:
                lines.append(wording("gap.unknown", title=finding.support.title, condition=name, mark=mark))
    return [wording("gap.head"), *lines] if lines else [wording("gap.none")]
