"""A profile from outside is read strictly: a bad slot or value is named, unknown is no value, none goes alone."""

import pytest

from knowledge.profile import MAX_TEXT, Fact, InvalidProfile, SlotKind, Source, read_profile, read_value, slots

YES_NO = [slot.slot for slot in slots().values() if slot.kind is SlotKind.YES_NO]
CONTRACT = {
    "city": ("nanjing", "yancheng", "huaian", "lianyungang", "zhenjiang", "other"),
    "tiers": ("innovative", "provincial", "little_giant", "champion"),
    "ownership": ("private", "state", "foreign", "other"),
    "size": ("micro", "small", "medium", "large"),
    "leads_standard": ("international", "national", "none"),
}


@pytest.mark.parametrize("slot", CONTRACT)
def test_a_slot_has_the_values_of_the_contract(slot: str) -> None:
    assert slots()[slot].values == CONTRACT[slot]


def test_the_yes_no_slots_are_those_of_the_contract() -> None:
    assert set(YES_NO) >= {
        *("first_recognition", "buys_computing", "genai_filed", "needs_refinancing", "foreign_trade"),
        *("key_technology_project", "pilot_platform", "service_platform", "first_set_product"),
    }


@pytest.mark.parametrize(
    ("slot", "given", "value"),
    [
        ("city", "nanjing", "nanjing"),
        ("district", " 江北新区 ", "江北新区"),
        ("tiers", ["little_giant", "innovative"], ("innovative", "little_giant")),
        ("tiers", "provincial", ("provincial",)),
        ("tiers", ["champion", "champion"], ("champion",)),
        ("tiers", ["none"], ("none",)),
        ("tiers", ("provincial",), ("provincial",)),
        ("leads_standard", "none", "none"),
        ("foreign_trade", "no", "no"),
    ],
)
def test_a_value_is_read(slot: str, given: object, value: object) -> None:
    assert read_value(slot, given) == value


@pytest.mark.parametrize("slot", slots())
@pytest.mark.parametrize("given", ["unknown", None, ["unknown"]])
def test_unknown_is_no_value_for_any_slot(slot: str, given: object) -> None:
    assert read_value(slot, given) is None


def test_an_empty_list_of_titles_is_not_known() -> None:
    assert read_value("tiers", []) is None


@pytest.mark.parametrize(
    ("slot", "given", "told"),
    [
        ("city", "suzhou", "no value 'suzhou'"),
        ("city", "Nanjing", "no value 'Nanjing'"),
        ("city", "", "no value ''"),
        ("city", ["nanjing"], "takes a string, not list"),
        ("tiers", ["province"], "no value 'province'"),
        ("tiers", ["none", "champion"], "cannot be none and champion"),
        ("tiers", ["provincial", "unknown"], "no value 'unknown'"),
        ("tiers", [1], "takes a list of strings"),
        ("tiers", {"provincial": True}, "takes a list of strings"),
        ("ownership", "民营", "no value '民营'"),
        ("size", "none", "no value 'none'"),
        ("foreign_trade", True, "takes a string, not bool"),
        ("foreign_trade", "是", "no value '是'"),
        ("foreign_trade", "maybe", "no value 'maybe'"),
        ("leads_standard", "group", "no value 'group'"),
        ("district", "", "1 to 60 characters"),
        ("district", "   ", "1 to 60 characters"),
        ("district", "区" * (MAX_TEXT + 1), "1 to 60 characters"),
        ("district", "江北\n新区", "without line breaks"),
        ("district", "<b>江北</b>", "angle brackets"),
        ("district", "江北\x00", "without line breaks"),
        ("district", 5, "takes a string, not int"),
    ],
)
def test_a_bad_value_is_named_with_its_slot(slot: str, given: object, told: str) -> None:
    with pytest.raises(InvalidProfile, match=slot) as refusal:
        read_value(slot, given)
    assert refusal.value.slot == slot
    assert told in str(refusal.value)


def test_an_unknown_slot_is_named_with_those_that_exist() -> None:
    with pytest.raises(InvalidProfile, match="unknown slot 'revenue'; slots are city, district") as refusal:
        read_profile({"city": "nanjing", "revenue": 3})
    assert refusal.value.slot == "revenue"


@pytest.mark.parametrize("name", YES_NO)
def test_a_yes_no_slot_takes_yes_and_no(name: str) -> None:
    assert [read_value(name, v) for v in ("yes", "no")] == ["yes", "no"]


def test_a_profile_leaves_out_what_is_not_known() -> None:
    profile = read_profile({"city": "nanjing", "tiers": ["unknown"], "size": "unknown", "ownership": None})
    assert dict(profile.facts) == {"city": Fact("nanjing", Source.STATED)}
    assert profile["size"] is None


def test_a_profile_remembers_how_its_facts_came_to_be_known() -> None:
    assert read_profile({"city": "nanjing"}, Source.CHOSEN).facts["city"].source is Source.CHOSEN


def test_learning_and_forgetting_leave_the_first_profile_as_it_was() -> None:
    first = read_profile({"city": "nanjing"})
    grown = first.with_facts({"size": Fact("small")})
    assert (grown["size"], first["size"]) == ("small", None)
    assert (grown.without("city")["city"], grown["city"]) == (None, "nanjing")
