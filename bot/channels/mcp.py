"""Tools for other programs' models (MCP): what the corpus says, what the rules decide. They change and keep nothing."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Annotated, Any, cast

from mcp.server import MCPServer
from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError

from bot.clock import Clock, today
from bot.http.problems import sentence_of
from bot.http.shapes import (
    CitedScreening,
    Day,
    DocumentList,
    Explained,
    FoundPassage,
    Passages,
    ProfileInput,
    ReadDocument,
    ReadProvision,
    Text,
    document_view,
    whole_document,
)
from chains.assistant import Assistant
from chains.model.listener import Listener
from chains.prompting import read_data
from chains.reply import Reply
from knowledge.document import Document
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, InvalidProfile, read_profile

_MOST_PASSAGES = 20
_READS_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


class _Server(MCPServer[object]):
    """Says in both languages what is wrong with arguments."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[object, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if not isinstance(cause, ValidationError):
                raise
            raise ToolError(_wrong("arguments", details="; ".join(map(_told, cause.errors())))) from cause


def build_server(assistant: Callable[[], Awaitable[Assistant]], clock: Clock) -> MCPServer[object]:
    """The tools over an assistant; where they are offered is not known here."""
    told = read_data("tools")
    about: dict[str, str] = told["arguments"]
    server = _Server("huiqi", title=told["title"], instructions=told["instructions"], log_level="WARNING")

    AsOf = Annotated[Day | None, Field(description=about["as_of"])]
    DocumentId = Annotated[Text, Field(description=about["document_id"])]
    Profile = Annotated[ProfileInput, Field(description=about["profile"])]

    async def library() -> Library:
        return (await assistant()).library

    def on(as_of: date | None) -> date:
        return as_of or today(clock)

    async def search_corpus(
        query: Annotated[Text, Field(min_length=1, description=about["query"])],
        cities: Annotated[tuple[Text, ...], Field(max_length=20, description=about["cities"])] = (),
        limit: Annotated[int, Field(ge=1, le=_MOST_PASSAGES, description=about["limit"])] = 8,
        as_of: AsOf = None,
    ) -> Passages:
        known = sorted({document.city for document in (await library()).documents.values()})
        if strange := [city for city in cities if city not in known]:
            raise ToolError(_wrong("city", given=_short(strange[0]), known=", ".join(known)))
        found = await (await assistant()).find(query, on(as_of), cities, limit)
        passages = tuple(
            FoundPassage(title=f.title, support_id=f.support_id, coverage=f.coverage, citation=f.citation)
            for f in found
        )
        return Passages(as_of=on(as_of), passages=passages)

    async def list_documents(as_of: AsOf = None) -> DocumentList:
        documents = (await library()).documents.values()
        return DocumentList(as_of=on(as_of), documents=tuple(document_view(d, on(as_of)) for d in documents))

    async def read_document(document_id: DocumentId, as_of: AsOf = None) -> ReadDocument:
        document = _document(await library(), document_id)
        return ReadDocument(as_of=on(as_of), document=whole_document(document, on(as_of)))

    async def read_provision(
        document_id: DocumentId,
        provision: Annotated[Text, Field(description=about["provision"])],
        as_of: AsOf = None,
    ) -> ReadProvision:
        document = _document(await library(), document_id)
        found = document.provisions.get(provision)
        if found is None:
            known = ", ".join(document.provisions)
            raise ToolError(_wrong("provision", document=document.id, given=_short(provision), known=known))
        return ReadProvision(
            as_of=on(as_of),
            document_id=document.id,
            document_title=document.record.title,
            lifecycle=document.lifecycle(on(as_of)),
            provision=found.path,
            label=found.label,
            heading=found.heading,
            text=document.words(found.path),
            start=found.start,
            end=found.end,
        )

    async def screen_profile(profile: Profile, as_of: AsOf = None) -> CitedScreening:
        findings, citations = (await assistant()).explain(_profile(profile), on(as_of))
        return CitedScreening(as_of=on(as_of), findings=findings, citations=citations)

    async def explain_verdict(
        support_id: Annotated[Text, Field(description=about["support_id"])], profile: Profile, as_of: AsOf = None
    ) -> Explained:
        if support_id not in (await library()).supports:
            raise ToolError(_wrong("support", given=_short(support_id)))
        [finding], citations = (await assistant()).explain(_profile(profile), on(as_of), support_id)
        return Explained(as_of=on(as_of), finding=finding, citations=citations)

    async def ask(
        question: Annotated[Text, Field(min_length=1, description=about["question"])], as_of: AsOf = None
    ) -> Reply:
        helper = await assistant()
        return (await helper.answer(helper.begin(on(as_of)), question, listener=_nobody())).reply

    tools = (search_corpus, list_documents, read_document, read_provision, screen_profile, explain_verdict, ask)
    for tool in tools:
        server.add_tool(tool, description=told[tool.__name__], annotations=_READS_ONLY)
    return server


def _told(error: Mapping[str, Any]) -> str:
    name = ".".join(map(str, error["loc"]))
    english = "" if error["type"] == "value_error" else f" ({error['msg']})"
    return f"{name}: {sentence_of(error)}{english}"


def _nobody() -> Listener:
    """Who asks has a model of their own: none of ours is asked, so that everybody gets what the rules say."""
    listener = Listener()
    listener.gone.set()
    return listener


def _document(library: Library, document_id: str) -> Document:
    found = library.documents.get(document_id)
    if found is None:
        raise ToolError(_wrong("document", given=_short(document_id), known=", ".join(library.documents)))
    return found


def _profile(given: dict[str, Any]) -> EnterpriseProfile:
    try:
        return read_profile(given)
    except InvalidProfile as error:
        raise ToolError(_wrong("profile", details=str(error))) from None


def _wrong(what: str, **values: str) -> str:
    return cast(str, read_data("tools")["errors"][what]).format(**values)


def _short(given: str) -> str:
    return given[:80]
