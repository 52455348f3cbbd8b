"""The tools for models, used by a real MCP client over standard input and output and over HTTP."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import TextContent
from pydantic import SecretStr

from bot.channels.mcp import build_server
from bot.office import Office
from chains.assistant import Assistant
from knowledge.library import Library
from tests.bot.fakes import NOW, BareSettings
from tests.bot.served import served

KEY = "a-key-of-many-characters"
TOOLS = {
    "search_corpus",
    "list_documents",
    "read_document",
    "read_provision",
    "screen_profile",
    "explain_verdict",
    "ask",
}
PROVINCIAL = {"city": "nanjing", "tiers": ["provincial"], "ownership": "state"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTS = {"Accept": "application/json, text/event-stream"}

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def tools(assistant: Assistant) -> AsyncIterator[Client]:
    async def built() -> Assistant:
        return assistant

    async with Client(build_server(built, lambda: NOW)) as client:
        yield client


async def call(client: Client, tool: str, **arguments: object) -> dict[str, Any]:
    told = await client.call_tool(tool, arguments)
    assert not told.is_error, told.content
    [text] = told.content
    assert isinstance(text, TextContent) and json.loads(text.text) == told.structured_content
    return dict(told.structured_content or {})


async def complaint(client: Client, tool: str, **arguments: object) -> str:
    told = await client.call_tool(tool, arguments)
    assert told.is_error
    [text] = told.content
    assert isinstance(text, TextContent)
    return text.text


def assert_verbatim(citations: list[dict[str, Any]], library: Library) -> None:
    assert citations
    for citation in citations:
        document = library.documents[citation["document_id"]]
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]
        assert document.locate(citation["quote"], citation["provision"])
        assert citation["lifecycle"] == document.lifecycle(NOW.date())


async def test_every_tool_says_in_both_languages_what_it_is_for(real_assistant: Assistant) -> None:
    async with tools(real_assistant) as client:
        listed = (await client.list_tools()).tools
    assert {tool.name for tool in listed} == TOOLS
    for tool in listed:
        assert tool.description and any("a" <= c <= "z" for c in tool.description) and "。" in tool.description
        assert tool.output_schema and tool.annotations and tool.annotations.read_only_hint
        assert all("description" in about for about in tool.input_schema["properties"].values())
    screening = next(tool for tool in listed if tool.name == "screen_profile")
    assert "tiers" in json.dumps(screening.input_schema)


async def test_what_is_found_is_verbatim_and_has_its_place(real_assistant: Assistant, library: Library) -> None:
    async with tools(real_assistant) as client:
        found = await call(client, "search_corpus", query="算力券怎么领", cities=["nanjing"], limit=3)
        assert found["as_of"] == "2026-11-20"
        assert found["passages"][0]["support_id"] == "nanjing-computing-voucher"
        assert len(found["passages"]) == 3
        assert_verbatim([passage["citation"] for passage in found["passages"]], library)
        anywhere = await call(client, "search_corpus", query="小巨人奖励", limit=20)
        assert_verbatim([passage["citation"] for passage in anywhere["passages"]], library)


async def test_documents_are_read_whole_and_by_provision_as_of_a_day(
    real_assistant: Assistant, library: Library
) -> None:
    async with tools(real_assistant) as client:
        listed = await call(client, "list_documents", as_of="2029-01-01")
        states = {document["id"]: document["lifecycle"] for document in listed["documents"]}
        assert (listed["as_of"], states["nanjing-measures"]) == ("2029-01-01", "expired")
        read = await call(client, "read_document", document_id="nanjing-measures")
        text = read["document"]["text"]
        assert text == library.documents["nanjing-measures"].text
        provision = await call(client, "read_provision", document_id="nanjing-measures", provision="3/8")
        assert text[provision["start"] : provision["end"]] == provision["text"]
        assert provision["lifecycle"] == "in_force"


async def test_a_screening_is_that_of_the_rules_with_the_words_it_rests_on(
    real_assistant: Assistant, library: Library
) -> None:
    async with tools(real_assistant) as client:
        screened = await call(client, "screen_profile", profile=PROVINCIAL)
        later = await call(client, "screen_profile", profile=PROVINCIAL, as_of="2029-01-01")
    assert_verbatim(screened["citations"], library)
    known = {citation["marker"] for citation in screened["citations"]}
    for finding in screened["findings"]:
        assert finding["markers"] and known.issuperset(finding["markers"])
    assert {finding["status"] for finding in later["findings"]} == {"not_in_force"}


async def test_a_verdict_is_explained_condition_by_condition(real_assistant: Assistant, library: Library) -> None:
    async with tools(real_assistant) as client:
        told = await call(client, "explain_verdict", support_id="nanjing-refinancing-fund", profile=PROVINCIAL)
    finding, quotes = told["finding"], {c["marker"]: c["quote"] for c in told["citations"]}
    assert finding["status"] == "ineligible"
    states = {reason["slot"]: (reason["state"], reason["fact"]) for reason in finding["reasons"]}
    assert states["ownership"][0] == "unmet" and states["ownership"][1]
    assert states["needs_refinancing"][0] == "unknown"
    owner = next(reason for reason in finding["reasons"] if reason["slot"] == "ownership")
    assert "民营企业" in quotes[owner["marker"]]
    assert_verbatim(told["citations"], library)


async def test_one_question_is_answered_with_its_sources_and_without_a_memory(
    real_assistant: Assistant, library: Library
) -> None:
    async with tools(real_assistant) as client:
        told = await call(client, "ask", question="南京算力券多少钱")
        await call(client, "ask", question="我们是镇江的小巨人")
        again = await call(client, "ask", question="南京算力券多少钱")
    assert told == again and told["profile"] == again["profile"]
    assert_verbatim(told["citations"], library)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("read_document", {"document_id": "../../etc/passwd"}, "没有这份文件 (no such document): ../../etc/passwd"),
        ("read_document", {"document_id": "nanjing-measures/..%2f\u0000"}, "没有这份文件"),
        ("read_provision", {"document_id": "nanjing-measures", "provision": "../1"}, "没有这一条 (no such provision)"),
        ("read_provision", {"document_id": "nanjing-measures"}, "provision: 缺少这一项 (Field required)"),
        ("search_corpus", {"query": ""}, "query: 不能为空"),
        ("search_corpus", {"query": "券" * 2001}, "query: 最多 2000 字"),
        ("search_corpus", {"query": "券", "cities": ["suzhou"]}, "没有收录这个市 (no such city): suzhou"),
        ("search_corpus", {"query": "券", "limit": 1000}, "limit: 最大 20"),
        ("search_corpus", {"query": ["券"]}, "query: 应为文字"),
        ("list_documents", {"as_of": "tomorrow"}, "as_of: 应为 YYYY-MM-DD"),
        ("screen_profile", {"profile": {"city": "tokyo"}}, "企业情况不对 (invalid profile): city has no value"),
        ("screen_profile", {"profile": {"colour": "red"}}, "unknown slot"),
        ("screen_profile", {"profile": "nanjing"}, "profile: 应为 JSON 对象"),
        ("explain_verdict", {"support_id": "x", "profile": {}}, "没有这项支持 (no such support): x"),
        ("ask", {"question": "问" * 2001}, "question: 最多 2000 字"),
    ],
)
async def test_wrong_arguments_are_told_in_both_languages(
    real_assistant: Assistant, tool: str, arguments: dict[str, object], said: str
) -> None:
    async with tools(real_assistant) as client:
        assert said in await complaint(client, tool, **arguments)


async def test_the_command_serves_the_tools_over_standard_input_and_output(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bot", "mcp"],
        cwd=Path(__file__).parent.parent.parent,
        env={"HUIQI_DATA_DIR": str(tmp_path)},
    )
    async with Client(stdio_client(command)) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
        found = await call(client, "search_corpus", query="算力券")
    assert found["passages"][0]["support_id"] == "nanjing-computing-voucher"
    assert list(tmp_path.iterdir()) == []


# --- over HTTP


@pytest.fixture(scope="module")
def open_address(real_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(office(tmp_path_factory.mktemp("open"), real_assistant)) as base:
        yield base


@pytest.fixture(scope="module")
def locked_address(real_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(office(tmp_path_factory.mktemp("locked"), real_assistant, SecretStr(KEY))) as base:
        yield base


def office(folder: Path, assistant: Assistant, keys: SecretStr | None = None) -> Office:
    return Office(BareSettings(HUIQI_DATA_DIR=folder, HUIQI_API_KEYS=keys), build=lambda: assistant, clock=lambda: NOW)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_same_tools_are_served_over_http(open_address: str, library: Library, mode: str) -> None:
    async with Client(f"{open_address}/mcp", mode=mode) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
        found, screened = await asyncio.gather(
            call(client, "search_corpus", query="算力券"), call(client, "screen_profile", profile=PROVINCIAL)
        )
    assert_verbatim([passage["citation"] for passage in found["passages"]], library)
    assert screened["findings"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "evil.example"}, 401),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-Forwarded-For": "8.8.8.8"}, 401),
    ],
    ids=["here", "rebound", "other site", "sandboxed", "proxy"],
)
async def test_pages_of_other_sites_do_not_get_at_the_tools(
    open_address: str, headers: dict[str, str], status: int
) -> None:
    async with httpx.AsyncClient(base_url=open_address) as client:
        told = await client.post("/mcp", json=PING, headers=ACCEPTS | headers)
    assert told.status_code == status
    assert told.headers["x-content-type-options"] == "nosniff"


async def test_where_there_are_keys_one_is_needed(locked_address: str) -> None:
    async with httpx.AsyncClient(base_url=locked_address) as client:
        for given in ({}, {"Authorization": "Bearer wrong"}):
            told = await client.post("/mcp", json=PING, headers=ACCEPTS | given)
            assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
        keyed = ACCEPTS | {"Authorization": f"Bearer {KEY}"}
        assert (await client.post("/mcp", json=PING, headers=keyed)).status_code == 200
        elsewhere = keyed | {"Origin": "http://evil.example"}
        assert (await client.post("/mcp", json=PING, headers=elsewhere)).status_code == 403


async def test_no_line_is_held_open_and_no_body_is_boundless(open_address: str) -> None:
    async with httpx.AsyncClient(base_url=open_address) as client:
        assert (await client.get("/mcp", headers=ACCEPTS)).status_code == 405
        assert 'route="/mcp"' in (await client.get("/metrics")).text
        large = PING | {"params": {"_meta": {"x": "a" * 70_000}}}
        assert (await client.post("/mcp", json=large, headers=ACCEPTS)).status_code == 413


@pytest.mark.parametrize("body", ["", "{", "[]", "1", '{"jsonrpc": "2.0"}', "[" * 20_000, '{"method": 1, "id": []}'])
async def test_what_is_no_message_is_a_fault_of_the_caller(open_address: str, body: str) -> None:
    async with httpx.AsyncClient(base_url=open_address) as client:
        headers = ACCEPTS | {"Content-Type": "application/json"}
        assert 400 <= (await client.post("/mcp", content=body, headers=headers)).status_code < 500
