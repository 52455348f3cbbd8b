"""The simulated enterprise answers from its facts; vain and repeated questions are counted."""

from datetime import date
from typing import Any

from evals.cases import DialogueCase
from evals.contract import Question
from evals.enterprise import Enterprise
from evals.results import CaseResult
from evals.runner import judge
from tests.evals.fakes import FakeClient, finding, profile, question, reply

FACTS = {"city": "nanjing", "tiers": ["provincial"], "genai_filed": "yes", "foreign_trade": "no"}
UNDECIDED = finding("town-award", "undetermined", hangs_on=["tiers", "genai_filed"])
DONE = reply("可以。", findings=[finding("town-award", "eligible")], profile=profile(city="nanjing"))
ASK_TIERS = reply("？", question=question("tiers", "provincial", "none", "unknown"), profile=profile(city="nanjing"))


def case(**changes: Any) -> DialogueCase:
    made = {
        "id": "d",
        "as_of": date(2026, 11, 20),
        "opening": ["我们能申请吗"],
        "facts": FACTS,
        "goal": ["town-award"],
        "gold": {"town-award": {"status": ["eligible"]}},
        "floor": 1,
        "max_questions": 2,
    }
    return DialogueCase.model_validate(made | changes)


async def judged(client: FakeClient, **changes: Any) -> CaseResult:
    return await judge(case(**changes), "suite", client, await client.catalogue())


def failed(result: CaseResult) -> set[str]:
    return {check.name for check in result.failures}


def answer_to(slot: str, *options: str, multiple: bool = False, **changes: Any) -> tuple[str, tuple[str, ...]]:
    said = Enterprise(case(**changes)).answer(Question.model_validate(question(slot, *options, multiple=multiple)))
    return said.text, said.choices


def test_it_taps_what_its_fact_sheet_says() -> None:
    assert answer_to("tiers", "innovative", "provincial", multiple=True) == ("", ("provincial",))


def test_it_does_not_know_what_the_sheet_does_not_say() -> None:
    assert answer_to("size", "small", "unknown") == ("", ("unknown",))
    assert answer_to("size", "small") == ("不清楚", ())


def test_it_speaks_where_no_option_fits() -> None:
    assert answer_to("city", "yancheng", "other") == ("南京的", ())


def test_it_may_answer_by_number_or_in_its_own_words() -> None:
    assert answer_to("tiers", "innovative", "provincial", mode="numbers") == ("2", ())
    assert answer_to("tiers", "innovative", "provincial", mode="free") == ("省级专精特新", ())
    assert answer_to("tiers", "provincial", phrases={"tiers": "省专"}) == ("省专", ())


def test_it_ticks_a_checklist() -> None:
    both = ("genai_filed", "foreign_trade")
    assert answer_to("checklist", *both, "none", "unknown", multiple=True) == ("", ("genai_filed",))
    assert answer_to("checklist", *both, "pilot_platform", multiple=True) == ("", ("genai_filed", "unknown"))
    assert answer_to("checklist", "foreign_trade", multiple=True) == ("", ("none",))
    assert answer_to("checklist", "pilot_platform", multiple=True) == ("", ("unknown",))


async def test_a_dialogue_that_asks_what_matters_passes() -> None:
    client = FakeClient([ASK_TIERS, DONE], findings=[UNDECIDED])
    result = await judged(client, stated=["city"])
    assert result.passed, result.failures
    assert result.values["questions"] == 1
    assert client.heard[1] == ("", ("provincial",))


async def test_a_question_that_changes_nothing_is_wasted() -> None:
    ask = reply("？", question=question("size", "small"), profile=profile(city="nanjing"))
    result = await judged(FakeClient([ask, DONE], findings=[UNDECIDED]))
    assert failed(result) == {"wasted"}


async def test_a_question_asked_twice_is_a_repeat_even_inside_a_checklist() -> None:
    ask = reply(
        "？", question=question("checklist", "tiers", "genai_filed", multiple=True), profile=profile(city="nanjing")
    )
    result = await judged(FakeClient([ASK_TIERS, ask, DONE], findings=[UNDECIDED]))
    assert failed(result) == {"repeats"}


async def test_an_interruption_comes_instead_of_the_answer_and_the_question_counts_once() -> None:
    client = FakeClient([ASK_TIERS, ASK_TIERS, DONE], findings=[UNDECIDED])
    result = await judged(client, script=[{"after_question": 1, "say": "额度多少"}])
    assert result.passed, result.failures
    assert [text for text, _ in client.heard] == ["我们能申请吗", "额度多少", ""]
    assert result.values["questions"] == 1


async def test_an_interruption_left_over_is_said_at_the_end() -> None:
    client = FakeClient([DONE, DONE])
    await judged(client, script=[{"after_question": 3, "say": "镇江呢"}])
    assert [text for text, _ in client.heard] == ["我们能申请吗", "镇江呢"]


async def test_a_goal_never_shown_is_screened_and_named() -> None:
    client = FakeClient([reply("好的。")], findings=[finding("town-award", "eligible")])
    result = await judged(client)
    assert failed(result) == {"shown"}
    assert result.verdicts[0].right


async def test_a_fact_misread_from_the_opening_is_named() -> None:
    wrong = DONE | {"profile": profile(city="zhenjiang")}
    assert failed(await judged(FakeClient([wrong]), stated=["city"])) == {"stated"}


async def test_a_title_read_with_those_below_it_is_read_right() -> None:
    read = DONE | {"profile": profile(tiers=["innovative", "provincial"])}
    assert (await judged(FakeClient([read]), stated=["tiers"])).passed


async def test_an_interview_without_end_is_stopped() -> None:
    result = await judged(FakeClient([ASK_TIERS] * 30, findings=[UNDECIDED]))
    assert {"ends", "repeats", "max_questions"} <= failed(result)
