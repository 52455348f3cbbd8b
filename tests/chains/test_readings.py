"""How the documents are read where they leave room, one reading after the other."""

from datetime import date
from typing import Any

import pytest

from chains.eligibility import Finding, Status, assess, assess_all
from knowledge.document import Lifecycle
from knowledge.figures import read_figures
from knowledge.library import Library
from knowledge.profile import SlotKind, read_profile, slots
from knowledge.regions import served_cities

TODAY = date(2026, 11, 20)
WHEN_PLANS_HELD = date(2025, 12, 31)
JINGKOU_GIANT = {"city": "zhenjiang", "district": "京口", "tiers": ["little_giant"], "first_recognition": "yes"}
NANJING_PROVINCIAL: dict[str, Any] = {
    "city": "nanjing",
    "tiers": ["provincial"],
    "ownership": "private",
    "size": "small",
}


@pytest.fixture(scope="module")
def rules(library: Library) -> "Rules":
    return Rules(library)


class Rules:
    """The rules table, asked by id and facts."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def assess(self, support: str, as_of: date = TODAY, /, **facts: Any) -> Finding:
        return assess(self.library.supports[support], self.library.document(support), read_profile(facts), as_of)

    def status(self, support: str, as_of: date = TODAY, /, **facts: Any) -> str:
        return self.assess(support, as_of, **facts).status.value

    def otherwise(self, support: str, /, **facts: Any) -> str:
        return self.assess(support, **facts).otherwise.value

    def states(self, support: str, /, **facts: Any) -> dict[str, str]:
        return {r.slot or "open": r.state.value for r in self.assess(support, **facts).reasons}


# 1. Conditions combine with AND; one unmet condition decides, whatever else is unknown.


def test_one_unmet_condition_makes_ineligible_whatever_else_is_unknown(rules: Rules) -> None:
    assert rules.status("nanjing-refinancing-fund", ownership="state") == "ineligible"
    assert rules.status("nanjing-refinancing-fund", city="nanjing", ownership="state") == "ineligible"


def test_a_missing_fact_is_undetermined_and_named(rules: Rules) -> None:
    finding = rules.assess("nanjing-refinancing-fund", city="nanjing", tiers=["provincial"], ownership="private")
    assert (finding.status, finding.unknown_slots) == (Status.UNDETERMINED, ("needs_refinancing",))


def test_all_conditions_met_is_eligible(rules: Rules) -> None:
    assert rules.status("nanjing-refinancing-fund", **NANJING_PROVINCIAL, needs_refinancing="yes") == "eligible"


# 2. A draft, an ended period or a repeal comes first.


@pytest.mark.parametrize(
    ("support", "facts", "lifecycle"),
    [
        ("yancheng-aeo", {"city": "yancheng", "tiers": ["provincial"], "foreign_trade": "yes"}, Lifecycle.DRAFT),
        ("huaian-guarantee-fee", {"city": "huaian", "tiers": ["provincial"]}, Lifecycle.EXPIRED),
        ("zhenjiang-little-giant-award", JINGKOU_GIANT, Lifecycle.EXPIRED),
    ],
)  # fmt: skip
def test_what_is_not_in_force_says_what_would_hold(
    support: str, facts: dict[str, Any], lifecycle: Lifecycle, rules: Rules
) -> None:
    finding = rules.assess(support, **facts)
    assert (finding.status, finding.otherwise, finding.lifecycle) == (Status.NOT_IN_FORCE, Status.ELIGIBLE, lifecycle)


def test_an_unmet_condition_does_not_hide_that_a_draft_is_a_draft(rules: Rules) -> None:
    finding = rules.assess("yancheng-aeo", city="yancheng", tiers=["none"])
    assert (finding.status, finding.otherwise) == (Status.NOT_IN_FORCE, Status.INELIGIBLE)


# 3. Last days count.


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2028, 12, 31), "eligible"), (date(2029, 1, 1), "not_in_force"), (date(2028, 2, 29), "eligible")],
)
def test_nanjing_holds_through_its_last_day(day: date, status: str, rules: Rules) -> None:
    assert rules.status("nanjing-financing-whitelist", day, city="nanjing", tiers=["provincial"]) == status


@pytest.mark.parametrize(
    ("support", "city"), [("huaian-guarantee-fee", "huaian"), ("zhenjiang-financing-whitelist", "zhenjiang")]
)
def test_the_plans_hold_through_the_last_day_of_2025(support: str, city: str, rules: Rules) -> None:
    facts = {"city": city, "tiers": ["provincial"]}
    assert rules.status(support, date(2025, 12, 31), **facts) == "eligible"
    assert rules.status(support, date(2026, 1, 1), **facts) == "not_in_force"


# 4. The city decides which supports are due.


def test_while_the_city_is_unknown_nothing_is_eligible_or_conditional(library: Library) -> None:
    everything = {s.slot: "yes" for s in slots().values() if s.kind is SlotKind.YES_NO}
    profile = read_profile(
        {**everything, "tiers": ["little_giant", "champion"], "ownership": "private", "size": "micro"}
    )
    found = assess_all(library, profile, WHEN_PLANS_HELD)
    assert {f.otherwise for f in found} <= {Status.UNDETERMINED, Status.INELIGIBLE}
    assert len(found) == len(library.supports)


@pytest.mark.parametrize("city", served_cities())
def test_a_city_has_its_own_supports_alone(city: str, library: Library) -> None:
    found = assess_all(library, read_profile({"city": city}), TODAY)
    assert {f.document.city for f in found} == {city}
    assert len(found) == sum(library.document(s).city == city for s in library.supports)


def test_another_city_has_no_support_unless_it_is_asked_for_by_name(library: Library) -> None:
    profile = read_profile({"city": "other", "tiers": ["provincial"]})
    assert assess_all(library, profile, TODAY) == ()
    named = assess_all(library, profile, TODAY, ["nanjing-financing-whitelist"])
    assert [(f.support.id, f.status) for f in named] == [("nanjing-financing-whitelist", Status.INELIGIBLE)]


# 5. Titles are a ladder; a champion alone is not on it.

LADDER = [
    (["none"], "ineligible"),
    (["innovative"], "ineligible"),
    (["provincial"], "eligible"),
    (["little_giant"], "eligible"),
    (["innovative", "provincial"], "eligible"),
    (["champion"], "ineligible"),
    (["champion", "innovative"], "ineligible"),
    (["champion", "provincial"], "eligible"),
]


@pytest.mark.parametrize(("tiers", "status"), LADDER)
def test_a_provincial_title_and_those_above_it_count(tiers: list[str], status: str, rules: Rules) -> None:
    assert rules.status("nanjing-financing-whitelist", city="nanjing", tiers=tiers) == status


def test_a_provincial_title_is_no_little_giant(rules: Rules) -> None:
    facts = {"city": "nanjing", "first_recognition": "yes"}
    assert rules.status("nanjing-little-giant-award", tiers=["provincial"], **facts) == "ineligible"
    assert rules.status("nanjing-little-giant-award", tiers=["little_giant"], **facts) == "eligible"
    assert rules.status("nanjing-champion-award", tiers=["little_giant"], **facts) == "ineligible"


# 6. A condition can lie in the nature of the support.


@pytest.mark.parametrize(
    ("support", "slot"),
    [
        ("nanjing-aeo", "foreign_trade"),
        ("nanjing-refinancing-fund", "needs_refinancing"),
        ("nanjing-computing-voucher", "buys_computing"),
    ],
)
def test_who_has_no_use_for_a_support_is_ineligible(support: str, slot: str, rules: Rules) -> None:
    assert rules.status(support, **NANJING_PROVINCIAL, **{slot: "yes"}) == "eligible"
    assert rules.status(support, **NANJING_PROVINCIAL, **{slot: "no"}) == "ineligible"
    assert rules.status(support, **NANJING_PROVINCIAL) == "undetermined"


# 7. The refinancing fund is for private enterprises.


@pytest.mark.parametrize("ownership", ["state", "foreign", "other"])
def test_only_private_enterprises_may_use_the_refinancing_fund(ownership: str, rules: Rules) -> None:
    facts = {**NANJING_PROVINCIAL, "ownership": ownership, "needs_refinancing": "yes"}
    assert rules.status("nanjing-refinancing-fund", **facts) == "ineligible"


# 8. First recognition needs the title and the first time; a service platform needs neither.


@pytest.mark.parametrize(
    ("support", "tier"), [("nanjing-champion-award", "champion"), ("nanjing-little-giant-award", "little_giant")]
)
def test_an_award_for_first_recognition_needs_title_and_first_time(support: str, tier: str, rules: Rules) -> None:
    assert rules.status(support, city="nanjing", tiers=[tier], first_recognition="yes") == "eligible"
    assert rules.status(support, city="nanjing", tiers=[tier], first_recognition="no") == "ineligible"
    assert rules.status(support, city="nanjing", tiers=[tier]) == "undetermined"
    assert rules.status(support, city="nanjing", first_recognition="yes") == "undetermined"


@pytest.mark.parametrize("tiers", [["none"], ["innovative"], ["unknown"]])
def test_a_service_platform_needs_no_title_and_no_word_of_the_first_time(tiers: list[str], rules: Rules) -> None:
    assert (
        rules.status("nanjing-service-platform-award", city="nanjing", tiers=tiers, service_platform="yes")
        == "eligible"
    )
    assert rules.status("nanjing-service-platform-award", city="nanjing", service_platform="no") == "ineligible"


# 9. Zhenjiang's awards are for the urban area.


@pytest.mark.parametrize("support", ["zhenjiang-champion-award", "zhenjiang-little-giant-award"])
@pytest.mark.parametrize(
    ("district", "status"),
    [(d, "eligible") for d in ("京口", "润州区", "丹徒", "镇江经开区", "高新区", "市区")]
    + [(d, "ineligible") for d in ("丹阳", "扬中市", "句容")]
    + [("某某园", "undetermined"), ("unknown", "undetermined")],
)
def test_county_level_cities_are_not_the_urban_area(support: str, district: str, status: str, rules: Rules) -> None:
    tier = "champion" if "champion" in support else "little_giant"
    facts = {"city": "zhenjiang", "district": district, "tiers": [tier], "first_recognition": "yes"}
    assert rules.otherwise(support, **facts) == status
    assert rules.status(support, WHEN_PLANS_HELD, **facts) == status


# 10. Standards: international and national, leading and taking part.


@pytest.mark.parametrize(
    ("standard", "status"), [("international", "eligible"), ("national", "eligible"), ("none", "ineligible")]
)
def test_international_and_national_standards_count(standard: str, status: str, rules: Rules) -> None:
    assert rules.status("nanjing-standards-award", **NANJING_PROVINCIAL, leads_standard=standard) == status


# 11. The procurement deduction is for micro and small enterprises; that the buyer may grant it is an open point.


@pytest.mark.parametrize(
    ("size", "status"),
    [("micro", "eligible"), ("small", "eligible"), ("medium", "ineligible"), ("large", "ineligible")],
)
def test_the_procurement_deduction_is_for_micro_and_small_enterprises(size: str, status: str, rules: Rules) -> None:
    assert rules.status("nanjing-procurement-discount", city="nanjing", tiers=["provincial"], size=size) == status


def test_that_the_buyer_may_grant_it_is_an_open_point_and_no_condition(rules: Rules) -> None:
    support = rules.library.supports["nanjing-procurement-discount"]
    assert not [c for c in support.when if c.open]
    assert any("采购人" in point for point in support.open_points)


# 12. What the text leaves to the authority is conditional.


@pytest.mark.parametrize(
    ("support", "facts"),
    [
        ("nanjing-title-self-review", NANJING_PROVINCIAL),
        ("nanjing-technical-upgrade", {"city": "nanjing", "tiers": ["little_giant"]}),
        ("huaian-title-green-channel", {"city": "huaian", "tiers": ["provincial"]}),
        ("lianyungang-title-green-channel", {"city": "lianyungang", "tiers": ["provincial"]}),
    ],
)
def test_what_the_authority_decides_is_conditional(support: str, facts: dict[str, Any], rules: Rules) -> None:
    assert rules.otherwise(support, **facts) == "conditional"
    assert rules.otherwise(support, city=facts["city"], tiers=["none"]) == "ineligible"
    assert "open" in rules.states(support, **facts).values()


# 13. and 14. What hangs on the title alone.


@pytest.mark.parametrize(
    ("support", "city", "tiers"),
    [
        ("nanjing-financing-whitelist", "nanjing", ["provincial"]),
        ("nanjing-apec-card", "nanjing", ["provincial"]),
        ("huaian-guarantee-fee", "huaian", ["provincial"]),
        ("nanjing-talent-class-c", "nanjing", ["little_giant"]),
        ("nanjing-talent-class-c", "nanjing", ["champion"]),
        ("nanjing-graduate-rent", "nanjing", ["little_giant"]),
        ("nanjing-graduate-rent", "nanjing", ["champion"]),
    ],
)
def test_some_supports_hang_on_the_title_alone(support: str, city: str, tiers: list[str], rules: Rules) -> None:
    assert rules.otherwise(support, city=city, tiers=tiers) == "eligible"
    assert rules.otherwise(support, city=city, tiers=["innovative"]) == "ineligible"


@pytest.mark.parametrize("support", ["nanjing-talent-class-c", "nanjing-graduate-rent"])
def test_a_provincial_title_is_not_enough_for_talent_and_rent(support: str, rules: Rules) -> None:
    assert rules.status(support, city="nanjing", tiers=["provincial"]) == "ineligible"


@pytest.mark.parametrize("support", ["nanjing-talent-class-c", "nanjing-graduate-rent"])
def test_whom_a_support_for_people_reaches_is_an_open_point(support: str, rules: Rules) -> None:
    assert rules.library.supports[support].open_points


# 15. Caps, fixed sums, and a quota that is no grant.


@pytest.mark.parametrize(
    ("support", "amount", "is_cap"),
    [
        ("nanjing-key-technology", 10_000_000, True),
        ("nanjing-pilot-platform", 2_000_000, True),
        ("nanjing-standards-award", 500_000, True),
        ("nanjing-champion-award", 3_000_000, False),
        ("nanjing-little-giant-award", 1_000_000, False),
        ("nanjing-service-platform-award", 1_000_000, False),
        ("nanjing-genai-filing-award", 200_000, False),
        ("zhenjiang-champion-award", 500_000, False),
        ("zhenjiang-little-giant-award", 300_000, False),
    ],
)
def test_a_sum_is_a_cap_or_fixed(support: str, amount: int, is_cap: bool, rules: Rules) -> None:
    benefit = rules.library.supports[support].benefit
    assert (benefit.amount_cny, benefit.is_cap) == (amount, is_cap)


def test_the_refinancing_quota_is_yearly_and_leaves_open_what_it_covers(rules: Rules) -> None:
    support = rules.library.supports["nanjing-refinancing-fund"]
    assert (support.benefit.amount_cny, support.benefit.period) == (60_000_000, "year")
    assert any("每家" in p or "一家" in p or "合计" in p for p in support.open_points), support.open_points
    assert any("零成本" in p for p in support.open_points)


# 16. The computing voucher has no amount; nothing has a deadline.


def test_the_computing_voucher_has_no_sum(rules: Rules) -> None:
    support = rules.library.supports["nanjing-computing-voucher"]
    assert support.benefit.amount_cny is None
    assert read_figures(support.benefit.text) == ()
    assert any("额" in p for p in support.open_points)


# 17. A target of a plan is never a condition.


def test_no_condition_holds_a_target(library: Library) -> None:
    figures = [
        (support.id, condition.quote)
        for support in library.supports.values()
        for condition in support.when
        if not condition.open and read_figures(condition.text)
    ]
    assert figures == []
