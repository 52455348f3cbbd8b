"""A question is judged by what was cited and said; each fault has its own name."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evals.cases import QuestionCase
from evals.results import CaseResult
from evals.runner import judge
from tests.evals.fakes import FakeClient, citation, finding, reply

WARNING = "这份计划已经到期。"
QUOTE = "对首次认定的小巨人企业给予30万元奖励。"


async def judged(said: dict[str, Any], turns: tuple[str, ...] = ("奖多少",), **expect: Any) -> CaseResult:
    gold = {"provisions": [["town-plan", "1"]], "must": [["30万", "三十万"]], "abstain": False} | expect
    case = QuestionCase.model_validate(
        {"id": "q", "group": "g", "as_of": date(2026, 11, 20), "turns": turns, "expect": gold}
    )
    client = FakeClient([reply("好的。")] * (len(turns) - 1) + [said])
    return await judge(case, "suite", client, await client.catalogue())


def failed(result: CaseResult) -> set[str]:
    return {check.name for check in result.failures}


GOOD = reply(WARNING + "奖励30万元[1]。", citations=[citation(QUOTE)])


async def test_a_right_answer_passes() -> None:
    assert (await judged(GOOD, not_in_force=True)).passed


@pytest.mark.parametrize(
    ("said", "expect", "fault"),
    [
        (reply(WARNING + "三十万元，您说的30万。"), {}, "provisions"),
        (
            reply("30万元[1][2]", citations=[citation(QUOTE), citation("（二）算力。", "2", 2)]),
            {},
            "other_provisions",
        ),
        (reply("有奖励[1]。", citations=[citation("（一）奖励。")]), {}, "must"),
        (GOOD, {"must_not": ["到期"]}, "must_not"),
        (reply("30万元[1]。", citations=[citation(QUOTE)], abstained=True), {}, "abstain"),
        (GOOD, {"abstain": True}, "abstain"),
        (
            reply("奖励30万元[1]。今年。另外。已经到期。", citations=[citation(QUOTE)]),
            {"not_in_force": True},
            "not_in_force",
        ),
        (GOOD, {"not_in_force": False}, "not_in_force"),
        (reply("30万元[1]，共40万元。", citations=[citation(QUOTE)]), {}, "figures"),
        (reply("30万元[1][2]。", citations=[citation(QUOTE)]), {}, "markers"),
        (reply("30万元。", citations=[citation(QUOTE)]), {}, "markers"),
        (reply("30万元[1]。", citations=[citation(QUOTE, start=3)]), {}, "quotes"),
        (reply("30万元[1]。", citations=[citation(QUOTE, "2")]), {"provisions": [["town-plan", "2"]]}, "quotes"),
        (reply("30万元[1]。", citations=[citation(QUOTE, lifecycle="in_force")]), {}, "lifecycle"),
    ],
)
async def test_each_fault_is_found(said: dict[str, Any], expect: dict[str, Any], fault: str) -> None:
    assert fault in failed(await judged(said, **expect))


async def test_what_is_allowed_beside_the_gold_is_no_fault() -> None:
    said = reply("30万元[1]，算力券[2]。", citations=[citation(QUOTE), citation("发放算力券", "2", 2)])
    assert (await judged(said, also_ok=[["town-plan", "2"]])).passed
    assert (await judged(said, provisions=[["town-plan", "*"]])).passed


async def test_a_must_may_be_met_by_a_quote_and_a_pattern_by_the_text() -> None:
    assert (await judged(reply("见原文[1]。", citations=[citation(QUOTE)]))).passed
    assert (await judged(GOOD, must=[["re:奖励[0-9]+万元"]])).passed
    assert failed(await judged(GOOD, must=[["re:无奖励"]])) == {"must"}


async def test_a_figure_inside_a_longer_one_is_no_hit() -> None:
    assert failed(await judged(GOOD, must=[["0万"]])) == {"must"}


async def test_a_forbidden_word_is_excused_beside_the_word_that_explains_it() -> None:
    expect: dict[str, Any] = {"must_not": ["30万"], "must_not_unless": ["镇上"]}
    beside = reply("镇上是30万元[1]。", citations=[citation(QUOTE)])
    apart = reply("镇上有。这里30万元[1]。", citations=[citation(QUOTE)])
    assert (await judged(beside, **expect)).passed
    assert failed(await judged(apart, **expect)) == {"must_not"}


async def test_the_users_own_figures_may_be_repeated() -> None:
    said = reply("不是50万元，是30万元[1]。", citations=[citation(QUOTE)])
    assert (await judged(said, turns=("听说奖50万", "是吗"))).passed
    assert failed(await judged(said)) == {"figures"}


async def test_how_many_findings_a_reply_has_may_be_said() -> None:
    said = reply(
        "共 2 项，30万元[1]。",
        citations=[citation(QUOTE)],
        findings=[finding("a", "eligible"), finding("b", "eligible")],
    )
    assert (await judged(said)).passed


async def test_a_reply_that_drops_a_field_is_an_error_of_the_case() -> None:
    broken = {key: value for key, value in GOOD.items() if key != "abstained"}
    result = await judged(broken)
    assert not result.passed
    assert "abstained" in result.error


async def of_two_towns(text: str) -> CaseResult:
    """An answer about the town that cites a neighbour's 50万元 beside the town's own 30万元."""
    catalogue = await FakeClient().catalogue()
    neighbour = replace(
        catalogue.documents["town-plan"], id="next-plan", city="邻镇", text="奖励50万元。", published=""
    )
    neighbour = replace(neighbour, provisions={"1": (0, len(neighbour.text))})
    both = replace(catalogue, documents={**catalogue.documents, "next-plan": neighbour})
    other = {**citation(QUOTE), "marker": 2, "document_id": "next-plan", "quote": "奖励50万元。", "start": 0, "end": 7}
    case = QuestionCase.model_validate(
        {
            "id": "q",
            "group": "g",
            "as_of": date(2026, 11, 20),
            "turns": ["奖多少"],
            "expect": {"provisions": [["town-plan", "1"]]},
        }
    )
    return await judge(case, "s", FakeClient([reply(text, citations=[citation(QUOTE), other])]), both)


@pytest.mark.parametrize("text", ["奖励50万元[2]，30万元[1]。", "邻镇不同。\n奖励50万元[2]，30万元[1]。"])
async def test_a_figure_of_another_city_is_a_fault_of_its_own(text: str) -> None:
    result = await of_two_towns(text)
    assert "wrong_city" in failed(result)
    assert result.values["wrong_city_figures"] == 1


@pytest.mark.parametrize("text", ["奖励30万元[1]，邻镇是50万元[2]。", "奖励30万元[1]。\n邻镇：\n- 50万元[2]"])
async def test_another_city_may_be_named_with_its_figure(text: str) -> None:
    assert "wrong_city" not in failed(await of_two_towns(text))
