"""Judges verdicts: the statuses of supports against their gold, with a false eligible kept apart as the worst fault."""

from collections.abc import Mapping

from evals.cases import ProfileCase, VerdictGold
from evals.clients import Client
from evals.contract import Catalogue, Finding
from evals.results import Judgement, Verdict

_PROMISE = {"eligible": 2, "conditional": 1}
ABSENT = "absent"
UNKNOWN = "unknown"


async def judge_profile(case: ProfileCase, client: Client, _: Catalogue, judgement: Judgement) -> None:
    profile = {slot: list(v) if isinstance(v, tuple) else v for slot, v in case.profile.items()}
    findings = {finding.support_id: finding for finding in await client.screen(profile, case.as_of)}
    score_verdicts(judgement, case.gold, findings)
    city = case.profile.get("city")
    if city and city != UNKNOWN:
        foreign = sorted(support for support in findings if not support.startswith(f"{city}-"))
        judgement.check("foreign_city", not foreign, f"列出了别的市的事项：{'、'.join(foreign)}" if foreign else "")


def score_verdicts(judgement: Judgement, gold: Mapping[str, VerdictGold], findings: Mapping[str, Finding]) -> None:
    for support, wanted in gold.items():
        verdict = _verdict(support, wanted, findings.get(support))
        judgement.verdicts.append(verdict)
        judgement.tally("verdicts", int(verdict.right), 1)
        judgement.check(
            "verdict", verdict.right, "" if verdict.right else f"{support}：判为 {verdict.got}，应为 {verdict.gold}"
        )
    bad = [verdict.support for verdict in judgement.verdicts if verdict.false_eligible]
    judgement.check("false_eligible", not bad, f"误判可申请：{'、'.join(bad)}" if bad else "")


def _verdict(support: str, gold: VerdictGold, finding: Finding | None) -> Verdict:
    shown_gold = "|".join(gold.status) + (f"({'|'.join(gold.otherwise)})" if gold.otherwise else "")
    if finding is None:
        right = ABSENT in gold.status
        return Verdict(support=support, gold=shown_gold, got=ABSENT, right=right, false_eligible=False)
    right = finding.status in gold.status
    false_eligible = _promises_too_much(finding.status, gold.status)
    got: str = finding.status
    if finding.status == "not_in_force":
        got = f"{finding.status}({finding.otherwise})"
        if right and gold.otherwise:
            right = finding.otherwise in gold.otherwise
            false_eligible = _promises_too_much(finding.otherwise, gold.otherwise)
    return Verdict(support=support, gold=shown_gold, got=got, right=right, false_eligible=false_eligible)


def _promises_too_much(got: str | None, gold: tuple[str, ...]) -> bool:
    return _PROMISE.get(got or "", 0) > max((_PROMISE.get(one, 0) for one in gold), default=0)
