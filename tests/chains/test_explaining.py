"""The rules with the words that they rest on, and what is found by words alone."""

import asyncio
from datetime import date

import pytest

from chains.assistant import Assistant
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, read_profile

ON = date(2026, 11, 20)
PROFILES: tuple[dict[str, object], ...] = (
    {},
    {"city": "nanjing", "tiers": ["little_giant"], "ownership": "private", "first_recognition": "yes"},
    {"city": "zhenjiang", "tiers": ["champion"], "district": "丹阳市"},
    {"city": "huaian", "tiers": ["none"]},
)


@pytest.fixture(params=PROFILES, ids=["nothing known", "nanjing", "zhenjiang", "huaian"])
def profile(request: pytest.FixtureRequest) -> EnterpriseProfile:
    return read_profile(request.param)


def test_an_explanation_decides_what_a_screening_decides(assistant: Assistant, profile: EnterpriseProfile) -> None:
    explained, _ = assistant.explain(profile, ON)
    screened = assistant.screen(profile, ON)
    assert [(f.support_id, f.status, f.otherwise) for f in explained] == [
        (f.support_id, f.status, f.otherwise) for f in screened
    ]
    assert [[r.state for r in f.reasons] for f in explained] == [[r.state for r in f.reasons] for f in screened]


def test_every_condition_leads_to_the_words_that_state_it(
    assistant: Assistant, library: Library, profile: EnterpriseProfile
) -> None:
    explained, citations = assistant.explain(profile, ON)
    quotes = {citation.marker: citation for citation in citations}
    for finding in explained:
        support = library.supports[finding.support_id]
        _, *reasons = finding.reasons  # the first is the city, which the whole document is for
        for condition, reason in zip(support.when, reasons, strict=True):
            assert reason.marker is not None
            citation = quotes[reason.marker]
            assert condition.quote in citation.quote
            text = library.documents[citation.document_id].text
            assert text[citation.start : citation.end] == citation.quote


def test_a_support_of_another_city_is_explained_when_it_is_named(assistant: Assistant) -> None:
    [finding], citations = assistant.explain(read_profile({"city": "yancheng"}), ON, "nanjing-aeo")
    assert (finding.support_id, finding.status) == ("nanjing-aeo", "ineligible")
    assert citations


def test_what_is_found_stands_in_the_cities_that_were_asked_for(assistant: Assistant, library: Library) -> None:
    found = asyncio.run(assistant.find("小巨人獎勵", ON, ("zhenjiang",), 5))  # traditional script is read as well
    assert found[0].support_id == "zhenjiang-little-giant-award"
    for entry in found:
        document = library.documents[entry.citation.document_id]
        assert document.city == "zhenjiang" and entry.citation.lifecycle == "expired"
        assert document.text[entry.citation.start : entry.citation.end] == entry.citation.quote
    assert asyncio.run(assistant.find("，。！", ON)) == ()
