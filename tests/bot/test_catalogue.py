"""Documents, the rules table and the rules alone, over HTTP."""

import httpx
import pytest

from tests.bot.fakes import TEXT

pytestmark = pytest.mark.asyncio


async def test_documents_are_listed_and_read_as_of_a_day(client: httpx.AsyncClient) -> None:
    [listed] = (await client.get("/api/v1/documents")).json()
    assert listed["lifecycle"] == "in_force"
    assert (listed["effective_from"], listed["effective_to"]) == (None, "2028-12-31")
    assert listed["notices"] == [
        {"text": "国家认定办法已更新。", "source": "example.gov.cn/1.html", "date": "2026-04-01"}
    ]
    [later] = (await client.get("/api/v1/documents", params={"as_of": "2029-01-01"})).json()
    assert later["lifecycle"] == "expired"
    whole = (await client.get("/api/v1/documents/nanjing-measures")).json()
    pieces = [whole["text"][p["start"] : p["end"]] for p in whole["provisions"]]
    assert "".join(pieces) == whole["text"] == TEXT


async def test_the_rules_table_is_shown_with_its_quotes(client: httpx.AsyncClient) -> None:
    [support] = (await client.get("/api/v1/supports")).json()
    assert support["support_id"] == "nanjing-little-giant-award"
    tier, judged = support["conditions"]
    assert (tier["slot"], tier["test"], tier["open"]) == ("tiers", {"includes_any": ["little_giant"]}, False)
    assert (judged["slot"], judged["test"], judged["open"]) == (None, None, True)
    assert support["benefit"]["amount_cny"] == 1_000_000


async def test_a_screening_is_the_rules_alone(client: httpx.AsyncClient) -> None:
    profile = {"tiers": ["little_giant"], "ownership": "unknown", "city": None}
    screened = (await client.post("/api/v1/screenings", json={"profile": profile})).json()
    assert screened["as_of"] == "2026-11-20"
    assert screened["findings"][0]["status"] == "eligible"


@pytest.mark.parametrize(
    ("profile", "name"),
    [({"colour": "red"}, "profile.colour"), ({"city": "tokyo"}, "profile.city"), ({"tiers": "x"}, "profile.tiers")],
)
async def test_a_slot_that_is_wrong_in_a_screening_is_named(
    client: httpx.AsyncClient, profile: dict[str, object], name: str
) -> None:
    refused = await client.post("/api/v1/screenings", json={"profile": profile})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["name"] == name
