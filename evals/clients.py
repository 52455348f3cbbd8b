"""How the harness talks to the assistant: in process or over HTTP, one contract and one judgement for both."""

import asyncio
import gc
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from evals.contract import Catalogue, DocumentView, Finding, Reply, SentReply
from knowledge.regions import city_name

if TYPE_CHECKING:
    from chains.assistant import Assistant
    from chains.conversation import Conversation

_TRIES_WHEN_BUSY = 8
_TIMEOUT_S = 60.0


class Refused(Exception):
    """The service answered with an error status."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail[:300]}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, the seconds it took, and what staff would see beside it (in process alone)."""

    reply: Reply
    seconds: float
    raw: Mapping[str, Any]
    trace: Mapping[str, Any] | None = None


class Talk(Protocol):
    """One conversation."""

    async def say(self, text: str, choices: Sequence[str] = ()) -> Said: ...


class Client(Protocol):
    """Raises Refused for an error status; pydantic's ValidationError for a reply that breaks the contract."""

    @property
    def name(self) -> str: ...

    async def catalogue(self) -> Catalogue: ...

    async def begin(self, as_of: date) -> Talk: ...

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]: ...

    async def close(self) -> None: ...


class InProcessTalk:
    def __init__(self, assistant: "Assistant", conversation: "Conversation") -> None:
        self._assistant = assistant
        self._conversation = conversation

    async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
        started = time.perf_counter()
        turn = await self._assistant.answer(self._conversation, text, tuple(choices))
        seconds = time.perf_counter() - started
        self._conversation = turn.conversation
        raw = turn.reply.model_dump(mode="json")
        return Said(Reply.model_validate(raw), seconds, raw, turn.trace)


class InProcessClient:
    """The assistant in this process, without a server and without a model."""

    name = "in-process"

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant

    async def catalogue(self) -> Catalogue:
        library = self._assistant.library
        documents = {}
        for document in library.documents.values():
            record = document.record
            lifecycle = "repealed" if record.repealed else "draft" if record.draft else ""
            documents[document.id] = DocumentView(
                id=document.id,
                title=record.title,
                city=city_name(record.jurisdiction),
                lifecycle=lifecycle,
                effective_to=record.effective_to.date if record.effective_to else None,
                published="\n".join(_leaves(record.model_dump(mode="json"))),
                text=document.text,
                provisions={path: (p.start, p.end) for path, p in document.provisions.items()},
            )
        return Catalogue(documents, dict(library.document_of))

    async def begin(self, as_of: date) -> InProcessTalk:
        return InProcessTalk(self._assistant, self._assistant.begin(as_of))

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        from knowledge.profile import read_profile

        views = self._assistant.screen(read_profile(profile), as_of)
        return tuple(Finding.model_validate(view.model_dump(mode="json")) for view in views)

    async def close(self) -> None:
        return None


class HttpTalk:
    def __init__(self, client: "HttpClient", conversation_id: str, token: str) -> None:
        self._client = client
        self._path = f"/api/v1/conversations/{conversation_id}/messages"
        self._headers = {"Authorization": f"Bearer {token}"}

    async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
        body: dict[str, object] = {"text": text, "client_message_id": uuid.uuid4().hex}
        if choices:
            body["choices"] = list(choices)
        started = time.perf_counter()
        raw = await self._client.call("POST", self._path, body, self._headers)
        seconds = time.perf_counter() - started
        return Said(SentReply.model_validate(raw), seconds, raw)


class HttpClient:
    """A running service, spoken to as any outside client would."""

    def __init__(self, base_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.name = base_url
        self._http = httpx.AsyncClient(base_url=base_url, timeout=_TIMEOUT_S, trust_env=False, transport=transport)

    async def call(
        self, method: str, path: str, body: Mapping[str, object] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON of the answer; a 429 is waited out as it asks. Raises Refused."""
        for _ in range(_TRIES_WHEN_BUSY):
            response = await self._http.request(method, path, json=body, headers=headers)
            if response.status_code != 429:
                break
            await asyncio.sleep(float(response.headers.get("Retry-After", "1")))
        if response.status_code >= 400:
            raise Refused(response.status_code, response.text)
        return response.json()

    async def catalogue(self) -> Catalogue:
        documents = {}
        for entry in await self.call("GET", "/api/v1/documents"):
            whole = await self.call("GET", f"/api/v1/documents/{entry['id']}")
            documents[entry["id"]] = DocumentView(
                id=entry["id"],
                title=entry["title"],
                city=city_name(entry["jurisdiction"]),
                lifecycle=entry["lifecycle"],
                effective_to=_day(entry.get("effective_to")),
                published="\n".join(_leaves(entry)),
                text=whole["text"],
                provisions={p["provision"]: (p["start"], p["end"]) for p in whole["provisions"]},
            )
        supports = await self.call("GET", "/api/v1/supports")
        return Catalogue(documents, {row["support_id"]: row["document_id"] for row in supports})

    async def begin(self, as_of: date) -> HttpTalk:
        made = await self.call("POST", "/api/v1/conversations", {"as_of": as_of.isoformat()})
        return HttpTalk(self, made["id"], made["token"])

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        body = {"profile": dict(profile), "as_of": as_of.isoformat()}
        answer = await self.call("POST", "/api/v1/screenings", body)
        return tuple(Finding.model_validate(row) for row in answer["findings"])

    async def close(self) -> None:
        await self._http.aclose()


def open_client(base_url: str | None) -> Client:
    """A client for the service at `base_url`, or for an assistant built in this process."""
    if base_url:
        return HttpClient(base_url)
    from chains.bootstrap import build_assistant

    client = InProcessClient(build_assistant())
    gc.freeze()  # what it holds is there to stay, and need not be gone through for garbage
    return client


def _day(given: object) -> date | None:
    if isinstance(given, Mapping):
        given = given.get("date")
    return date.fromisoformat(given) if isinstance(given, str) else None


def _leaves(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for part in value.values():
                yield from _leaves(part)
        case list() | tuple():
            for part in value:
                yield from _leaves(part)
