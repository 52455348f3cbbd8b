"""The simple methods are simple: they paste, they ask everything, they match words."""

from datetime import date

from evals.baselines import FormClient, KeywordClient, PassageClient
from evals.cases import QuestionCase
from evals.runner import judge
from knowledge.profile import slots
from tests.evals.fakes import FakeClient, finding

AS_OF = date(2026, 11, 20)


async def test_passages_are_ranked_by_the_words_of_the_question() -> None:
    client = PassageClient(await FakeClient().catalogue(), list)
    said = await (await client.begin(AS_OF)).say("购买智算服务")
    assert said.reply.citations[0].provision == "2"
    assert (await (await client.begin(AS_OF)).say("xyz")).reply.abstained


async def test_pasted_passages_are_judged_like_any_answer() -> None:
    case = QuestionCase.model_validate(
        {
            "id": "q",
            "group": "g",
            "as_of": AS_OF,
            "turns": ["小巨人首次认定奖励多少万元"],
            "expect": {"provisions": [["town-plan", "1"]], "must": [["30万"]], "not_in_force": True},
        }
    )
    catalogue = await FakeClient().catalogue()
    result = await judge(case, "suite", PassageClient(catalogue, list), catalogue)
    assert {check.name for check in result.failures} == {"other_provisions", "not_in_force"}


async def test_a_form_asks_every_slot_and_judges_only_at_the_end() -> None:
    inner = FakeClient(findings=[finding("town-award", "eligible")])
    talk = await FormClient(inner).begin(AS_OF)
    replies = [(await talk.say("", ["unknown"])).reply for _ in range(len(slots()) + 1)]
    assert [r.question.slot for r in replies if r.question] == list(slots())
    assert [r.findings for r in replies[:-1]] == [()] * len(slots())
    assert replies[-1].findings[0].status == "eligible"


async def test_keywords_promise_whatever_mentions_the_word() -> None:
    inner = FakeClient(findings=[finding("town-award", "ineligible"), finding("town-voucher", "undetermined")])
    found = await KeywordClient(inner).screen({"tiers": ["little_giant"]}, AS_OF)
    assert [one.status for one in found] == ["eligible", "eligible"]
    assert {one.status for one in await KeywordClient(inner).screen({"tiers": ["champion"]}, AS_OF)} == {"ineligible"}
