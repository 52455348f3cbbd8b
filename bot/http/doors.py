"""What a request must bring: JSON where there is a body, the token of its conversation, and not too many at once."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.http.limits import Limiter
from bot.http.problems import Kind, Refusal
from bot.office import Office
from bot.store.conversations import StoredConversation

_bearer = HTTPBearer(auto_error=False, description="The token that opening the conversation returned.")

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def json_only(request: Request) -> None:
    """A body is JSON and says so; no body at all is left to the route."""
    headers = request.headers
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (has_body or media_type) and media_type != "application/json":
        raise Refusal(Kind.MEDIA_TYPE, "请求体须为 JSON，并注明 Content-Type: application/json")


class Doors:
    """Who may come in, and how often."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._by_address = Limiter(office.settings.rate_per_address)
        self._by_conversation = Limiter(office.settings.rate_per_conversation)

    async def admit(self, conversation_id: str, credentials: Credentials) -> StoredConversation:
        """The conversation that the token opens; the same refusal for a wrong token and for no such conversation."""
        return await self._office.reception.admit(conversation_id, credentials.credentials if credentials else "")

    def pass_address(self, request: Request) -> None:
        """Counts one message or opening for the address that it comes from."""
        address = request.client.host if request.client else ""
        _let_pass(self._by_address, f"{request.method} {request.scope['route'].path} {address}")

    def pass_conversation(self, conversation_id: str) -> None:
        _let_pass(self._by_conversation, conversation_id)


def _let_pass(limiter: Limiter, key: str) -> None:
    seconds = limiter.wait_for(key)
    if seconds:
        raise Refusal(Kind.TOO_MANY, f"发得太快了，请 {seconds} 秒后再试", headers={"Retry-After": str(seconds)})
