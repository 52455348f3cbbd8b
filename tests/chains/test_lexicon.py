"""Wording is data and is tested like code: each entry hears its example, each slot can be asked, each text filled."""

import ast
import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import bot
import chains
from chains.assistant import Assistant
from chains.language.normalise import normalise
from chains.language.understanding import understand
from chains.prompting import MissingWording, fact_label, read_data, slot_wordings, texts, wording
from knowledge.profile import NONE, Fact, Slot, SlotKind, slots
from tests.chains.visitor import TODAY

LEXICON: dict[str, Any] = read_data("lexicon")
GROUPS = ("intents", "facets", "outside", "hostile")
FACTS = [
    pytest.param(slot, value, row, id=f"{slot} {value}: {row['say']}")
    for slot, values in LEXICON["facts"].items()
    for value, rows in values.items()
    for row in rows
]
ENTRIES = [
    pytest.param(group, name, row, id=f"{group} {name}: {row['say']}")
    for group in GROUPS
    for name, row in LEXICON[group].items()
]
SPELLINGS = [(str(v), str(word)) for word, variants in LEXICON["spellings"].items() for v in variants]
CHOICES = [slot for slot in slots().values() if slot.kind is not SlotKind.TEXT]


def answers(slot: Slot) -> tuple[str, ...]:
    return (*slot.values, NONE) if slot.kind is SlotKind.SEVERAL else slot.values


@pytest.mark.parametrize(("slot", "value", "row"), FACTS)
def test_a_fact_is_heard_in_its_example(slot: str, value: str, row: dict[str, str]) -> None:
    heard = understand(row["say"]).facts[slot].value
    assert value in (heard if isinstance(heard, tuple) else (heard,))


@pytest.mark.parametrize(("group", "name", "row"), ENTRIES)
def test_an_intent_is_heard_in_its_example(group: str, name: str, row: dict[str, str]) -> None:
    heard = understand(row["say"])
    found = {"intents": heard.intents, "facets": heard.facets, "outside": {heard.outside}, "hostile": {heard.hostile}}
    assert name in found[group]


@pytest.mark.parametrize(("slot", "value", "row"), FACTS)
def test_an_entry_for_a_fact_says_what_it_matches(slot: str, value: str, row: dict[str, str]) -> None:
    assert re.search(row["match"], normalise(row["say"]))
    assert value in answers(slots()[slot])


def test_every_yes_no_slot_can_be_heard_and_denied() -> None:
    yes_no = [s.slot for s in slots().values() if s.kind is SlotKind.YES_NO]
    assert [s for s in yes_no if "yes" not in LEXICON["facts"].get(s, {})] == []
    assert [s for s in yes_no if s not in LEXICON["cores"] and "no" not in LEXICON["facts"][s]] == []


def test_every_value_of_a_choice_can_be_heard() -> None:
    wanted = {(s.slot, v) for s in CHOICES if s.kind is not SlotKind.YES_NO and s.slot != "city" for v in answers(s)}
    heard = {(slot, value) for slot, values in LEXICON["facts"].items() for value in values}
    assert wanted - heard == set()


@pytest.mark.parametrize("row", LEXICON["in_other_words"], ids=lambda row: row["say"])
def test_what_managers_call_otherwise_leads_to_the_support(row: dict[str, str], assistant: Assistant) -> None:
    assert re.search(row["said"], row["say"])
    turn = asyncio.run(assistant.answer(assistant.begin(TODAY), row["say"]))
    assert row["finds"] in {finding.support_id for finding in turn.reply.findings}


@pytest.mark.parametrize(("variant", "word"), SPELLINGS)
def test_a_misspelling_is_put_right(variant: str, word: str) -> None:
    assert normalise(f"请问 {variant} 怎么办") == f"请问 {word} 怎么办"


@pytest.mark.parametrize("word", [*LEXICON["spellings"], *map(str, LEXICON["sounds"])])
def test_a_right_word_stays_as_it_is(word: str) -> None:
    assert normalise(f"我们的{word}") == f"我们的{word}"


@pytest.mark.parametrize(
    "text", ["钻井平台", "政府采购", "小聚一下", "申报材料已备齐", "城市更新", "正江路", "nj", "专利转化", "转岗培训"]
)
def test_a_word_that_only_resembles_another_is_left_alone(text: str) -> None:
    expected = {"nj": "南京"}
    assert normalise(text) == expected.get(text, text)


@pytest.mark.parametrize("slot", CHOICES, ids=lambda s: s.slot)
def test_a_slot_can_be_asked_offered_and_told(slot: Slot) -> None:
    words = slot_wordings()[slot.slot]
    assert re.search("[？。]", words.ask)
    assert tuple(words.options) == answers(slot)
    assert tuple(words.facts) == answers(slot)
    assert len(set(words.options.values())) == len(words.options)


@pytest.mark.parametrize("slot", CHOICES, ids=lambda s: s.slot)
def test_usual_shares_are_given_for_every_answer_and_sum_to_one(slot: Slot) -> None:
    usual = slot_wordings()[slot.slot].usual
    assert len(usual) == len(answers(slot))
    assert sum(usual) == pytest.approx(1)


@pytest.mark.parametrize("slot", [s for s in CHOICES if s.kind is SlotKind.YES_NO], ids=lambda s: s.slot)
def test_a_yes_no_slot_has_a_line_for_the_checklist(slot: Slot) -> None:
    assert slot_wordings()[slot.slot].tick


def test_no_wording_is_for_a_slot_that_does_not_exist() -> None:
    assert set(slot_wordings()) == {*slots(), "checklist"}


def test_buttons_are_short_enough_for_a_phone() -> None:
    long = [label for words in slot_wordings().values() for label in words.options.values() if len(label) > 14]
    assert long == []


@pytest.mark.parametrize(
    ("slot", "value", "label"),
    [
        ("city", "nanjing", "南京"),
        ("district", "江北新区", "江北新区"),
        ("tiers", ("provincial", "champion"), "省级专精特新、制造业单项冠军"),
        ("tiers", ("none",), "没有专精特新资质"),
        ("foreign_trade", "no", "没有进出口业务"),
    ],
)
def test_a_fact_is_told_in_plain_words(slot: str, value: str | tuple[str, ...], label: str) -> None:
    assert fact_label(slot, Fact(value)) == label


def test_a_city_that_is_not_served_is_told_in_the_enterprise_s_words() -> None:
    assert fact_label("city", Fact("other", words="苏州")) == "苏州"


# --- every call of wording(…) in the code, read from its syntax tree


def speakers() -> Iterator[tuple[Path, ast.AST]]:
    """Every piece of code that may say something."""
    folders = (Path(chains.__file__).parent, Path(bot.__file__).parent)
    for file in sorted(file for folder in folders for file in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file, node


def calls(function: str) -> Iterator[tuple[str, ast.Call]]:
    for file, node in speakers():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function and node.args:
            yield f"{file.name}:{node.lineno}", node


def keys() -> set[str]:
    """All keys of replies.yaml, `a.b` for a nested one."""
    return {f"{group}.{name}" for group, node in read_data("replies").items() for name in node}


def keys_meant(argument: ast.expr) -> set[str] | None:
    """The keys that an argument can name; None where it is a variable."""
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    if isinstance(argument, ast.IfExp):
        both = [keys_meant(argument.body), keys_meant(argument.orelse)]
        return {key for found in both if found for key in found}
    if isinstance(argument, ast.JoinedStr):
        parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in argument.values]
        return {key for key in keys() if re.fullmatch("".join(parts), key)}
    return None


def placeholders(key: str) -> set[str]:
    group, name = key.split(".")
    return {field for _, field, _, _ in Formatter().parse(read_data("replies")[group][name]) if field}


@pytest.mark.parametrize("function", ["wording", "texts"])
def test_every_text_that_the_code_asks_for_exists(function: str) -> None:
    known = keys() if function == "wording" else set(read_data("replies"))
    asked = {(place, key) for place, call in calls(function) for key in keys_meant(call.args[0]) or set()}
    assert asked
    assert [(place, key) for place, key in sorted(asked) if key not in known] == []


def test_every_placeholder_is_given_a_value() -> None:
    unfilled = [
        (place, key, sorted(placeholders(key) - given))
        for place, call in calls("wording")
        for given in [{k.arg for k in call.keywords if k.arg}]
        for key in keys_meant(call.args[0]) or set()
        if isinstance(call.args[0], ast.Constant) and key in keys() and not placeholders(key) <= given
    ]
    assert unfilled == []


@pytest.mark.parametrize("key", sorted(keys()))
def test_every_text_can_be_filled(key: str) -> None:
    filled = wording(key, **{name: "甲" for name in placeholders(key)})
    assert filled
    assert not re.search(r"[{}]", filled)


@pytest.mark.parametrize("key", sorted(k for k in keys() if placeholders(k)))
def test_a_missing_value_is_an_error(key: str) -> None:
    with pytest.raises(MissingWording, match=next(iter(sorted(placeholders(key))))):
        wording(key)


@pytest.mark.parametrize("key", ["nothing", "nothing.there", "support", "support.benefit.more", ""])
def test_a_text_that_does_not_exist_is_an_error(key: str) -> None:
    with pytest.raises(MissingWording):
        wording(key)


def test_no_text_is_written_that_nothing_says() -> None:
    constants = {str(node.value) for _, node in speakers() if isinstance(node, ast.Constant)}
    named = {key for _, call in calls("wording") for key in keys_meant(call.args[0]) or set()}
    groups = {key for _, call in calls("texts") for key in keys_meant(call.args[0]) or set()}
    groups |= {"status_then"}  # told through a variable
    unsaid = {k for k in keys() - named - constants if k.split(".")[0] not in groups}
    assert unsaid == set()


def test_nothing_is_said_that_sounds_like_a_machine() -> None:
    told = "\n".join(text for group in read_data("replies").values() for text in group.values())
    assert not re.search(r"作为(?:一个)?AI|尊敬的用户|很抱歉地|亲[，,]", told)


def test_the_names_of_all_statuses_and_facets_are_told() -> None:
    assert set(texts("status")) == {"eligible", "conditional", "undetermined", "ineligible", "not_in_force"}
    assert set(texts("facets")) <= set(LEXICON["facets"])


@pytest.mark.parametrize("row", LEXICON["left_out"].values(), ids=lambda row: row["say"])
def test_what_a_text_may_leave_out_is_heard_in_its_example(row: dict[str, str]) -> None:
    assert re.search(row["said"], normalise(row["say"]))
