"""Findings and facts in the shape that clients read. Decides nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from chains.citation import Citations
from chains.eligibility import CITY, Finding, Reason, Status
from chains.finding.retrieval import Match
from chains.prompting import fact_label
from chains.reply import BenefitView, Citation, FindingView, ProfileEntry
from chains.reply import Reason as ReasonView
from chains.telling.verdicts import condition_text, own_fact
from chains.telling.words import Words, tight
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile


@dataclass(frozen=True, slots=True)
class MarkerView:
    """How the citations' numbers changed when those not used were dropped."""

    renumbered: Mapping[int, int]

    def of(self, number: int | None) -> int | None:
        return self.renumbered.get(number) if number is not None else None


def view_finding(words: Words, finding: Finding, marks: MarkerView) -> FindingView:
    support, benefit = finding.support, finding.support.benefit
    reasons = tuple(_view_reason(words, finding, r, marks) for r in finding.reasons)
    main = marks.of(words.condition_number(finding, None))
    used = [m for m in (main, *(r.marker for r in reasons)) if m is not None]
    return FindingView(
        support_id=support.id,
        title=support.title,
        document_id=finding.document.id,
        provision=support.provision,
        kind=support.kind.value,
        strength=support.strength.value,
        status=finding.status.value,
        otherwise=_otherwise(finding),
        lifecycle=finding.lifecycle.value,
        benefit=BenefitView(
            text=tight(benefit.text), amount_cny=benefit.amount_cny, is_cap=benefit.is_cap, period=benefit.period
        ),
        reasons=reasons,
        open_points=support.open_points,
        departments=support.departments,
        markers=tuple(sorted(dict.fromkeys(used))),
    )


def _otherwise(finding: Finding) -> Literal["eligible", "conditional", "ineligible", "undetermined"] | None:
    """What would hold if the document were in force; only for those that are not."""
    if finding.status is not Status.NOT_IN_FORCE:
        return None
    return cast(Literal["eligible", "conditional", "ineligible", "undetermined"], finding.otherwise.value)


def _view_reason(words: Words, finding: Finding, reason: Reason, marks: MarkerView) -> ReasonView:
    condition = reason.condition
    number = words.condition_number(finding, condition) if condition is not None else None
    return ReasonView(
        condition=condition_text(finding, reason),
        state=reason.state.value,
        slot=reason.slot or CITY if condition is None else reason.slot,
        marker=marks.of(number),
        fact=own_fact(words, reason.slot),
    )


def view_findings(words: Words, findings: Iterable[Finding], renumbered: Mapping[int, int]) -> tuple[FindingView, ...]:
    marks = MarkerView(renumbered)
    return tuple(view_finding(words, finding, marks) for finding in findings)


def cite_findings(words: Words, findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    """The same, with every condition and benefit cited."""
    found = list(findings)
    for finding in found:
        words.benefit_mark(finding)
        for condition in finding.support.when:
            words.condition_mark(finding, condition)
    return view_findings(words, found, {c.marker: c.marker for c in words.citations})


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry with its quote, and the share of what was looked for that it contains (0 to 1)."""

    title: str
    support_id: str | None
    coverage: float
    citation: Citation


def view_match(match: Match, library: Library, as_of: date) -> FoundEntry:
    entry, citations = match.entry, Citations(as_of)
    citations.cite(library.documents[entry.document_id], entry.provision, entry.quote)
    [citation] = citations
    support_id = entry.support.id if entry.support else None
    return FoundEntry(entry.title, support_id, round(match.coverage, 3), citation)


def view_profile(profile: EnterpriseProfile) -> Mapping[str, ProfileEntry]:
    return {
        slot: ProfileEntry(value=fact.value, label=fact_label(slot, fact), source=fact.source)
        for slot, fact in profile.facts.items()
    }
