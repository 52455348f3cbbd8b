"""What changed for an enterprise since it was told last: by other rules, other texts, or a day that has passed.

Only what rules, texts and days change is told. What was asked and answered meanwhile changes nothing here: both sides
are judged by the profile that was known when the enterprise was told last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from chains.eligibility import CITY, Finding, Status, assess, assess_all
from chains.prompting import texts, wording
from chains.telling.validity import lifecycle_lines
from chains.telling.verdicts import verdict_lines
from chains.telling.words import Words
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact

MOST_TOLD = 6


class Verdict(BaseModel):
    """What was told of one support."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    document: str
    status: Status
    otherwise: Status
    benefit: str


class Known(BaseModel):
    """What an enterprise was told: by which corpus, of which profile, and the verdicts by support."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    facts: Mapping[str, Fact]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different now: findings that are new or have another verdict or content, and titles that are gone."""

    findings: tuple[Finding, ...]
    before: Mapping[str, Verdict]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.findings or self.gone)


def known(library: Library, profile: EnterpriseProfile, as_of: date) -> Known:
    """What an enterprise is told of its own city now; nothing while the city is unknown."""
    findings = _of_own_city(library, profile, as_of)
    return Known(
        version=library.version,
        facts=dict(profile.facts),
        verdicts={
            f.support.id: Verdict(
                title=f.support.title,
                document=f.document.id,
                status=f.status,
                otherwise=f.otherwise,
                benefit=f.support.benefit.text,
            )
            for f in findings
        },
    )


def changes(before: Known, library: Library, as_of: date) -> Changes:
    """What differs from what was told, for the profile of that time."""
    profile = EnterpriseProfile(before.facts)
    now = _of_own_city(library, profile, as_of)
    different = tuple(f for f in now if _differs(f, before.verdicts.get(f.support.id)))
    present = {f.support.id for f in now}
    gone = tuple(v.title for key, v in before.verdicts.items() if key not in present)
    return Changes(different, before.verdicts, gone)


def lines_of(changed: Changes, words: Words) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The words for what changed, by document, and the findings for the profile as it is known now."""
    lines = [wording("notice.head")]
    findings: list[Finding] = []
    by_document = sorted(changed.findings, key=lambda f: f.document.id)
    for _, group in groupby(by_document, key=lambda f: f.document.id):
        of_document = list(group)
        findings += _of_document(of_document, changed, words, lines)
    lines += [wording("notice.gone", title=title) for title in changed.gone[:MOST_TOLD]]
    rest = len(changed.findings) + len(changed.gone) - MOST_TOLD
    if rest > 0:
        lines.append(wording("notice.more"))
    lines.append(wording("notice.end"))
    return tuple(lines), tuple(findings)


def _of_document(group: list[Finding], changed: Changes, words: Words, lines: list[str]) -> list[Finding]:
    document = group[0].document
    lines += lifecycle_lines(words, [document])
    out = [f for f in group if f.status is Status.NOT_IN_FORCE and _was_in_force(changed.before.get(f.support.id))]
    if out:
        lines.append(wording("notice.out_of_force", document=document.record.short_title, count=str(len(out))))
    now = []
    for finding in group:
        current = assess(finding.support, finding.document, words.profile, words.as_of)
        now.append(current)
        if finding in out or len(now) > MOST_TOLD:
            continue
        was = changed.before.get(finding.support.id)
        if was is None:
            lines.append(wording("notice.added", title=finding.support.title))
        elif was.status is finding.status and was.otherwise is finding.otherwise:
            lines.append(wording("notice.reworded", title=finding.support.title))
        else:
            before = texts("status")[was.status.value]
            lines.append(wording("notice.changed", title=finding.support.title, before=before))
        lines += verdict_lines(words, current, brief=True)
    return now


def _of_own_city(library: Library, profile: EnterpriseProfile, as_of: date) -> tuple[Finding, ...]:
    city = profile[CITY]
    return tuple(f for f in assess_all(library, profile, as_of) if city is not None and f.document.city == city)


def _differs(finding: Finding, told: Verdict | None) -> bool:
    now = (finding.status, finding.otherwise, finding.support.benefit.text)
    if told is None:
        return finding.otherwise is not Status.INELIGIBLE
    return now != (told.status, told.otherwise, told.benefit)


def _was_in_force(told: Verdict | None) -> bool:
    return told is not None and told.status is not Status.NOT_IN_FORCE
