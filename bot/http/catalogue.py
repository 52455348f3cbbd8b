"""What Huiqi knows, for reading: documents, the rules table, and the rules alone on a given profile."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from bot.clock import today
from bot.http.doors import json_only
from bot.http.problems import Kind, Offender, Refusal, documented
from bot.http.shapes import (
    Day,
    DocumentView,
    NewScreening,
    Screening,
    SupportView,
    WholeDocument,
    document_view,
    support_view,
    whole_document,
)
from bot.office import Office
from knowledge.profile import InvalidProfile, read_profile

AsOf = Annotated[Day | None, Query()]


def catalogue_router(office: Office) -> APIRouter:
    """Everything that can be asked without a conversation."""
    router = APIRouter(prefix="/api/v1")

    @router.get("/documents", responses=documented(Kind.INVALID))
    async def documents(as_of: AsOf = None) -> list[DocumentView]:
        library = (await office.assistant()).library
        on = as_of or today(office.clock)
        return [document_view(document, on) for document in library.documents.values()]

    @router.get("/documents/{document_id}", responses=documented(Kind.INVALID, Kind.NOT_FOUND))
    async def document(document_id: str, as_of: AsOf = None) -> WholeDocument:
        found = (await office.assistant()).library.documents.get(document_id)
        if found is None:
            raise Refusal(Kind.NOT_FOUND, f"没有这份文件：{document_id[:80]}")
        return whole_document(found, as_of or today(office.clock))

    @router.get("/supports", responses=documented())
    async def supports() -> list[SupportView]:
        library = (await office.assistant()).library
        return [support_view(support, library.document(support.id)) for support in library.supports.values()]

    @router.post(
        "/screenings",
        responses=documented(Kind.INVALID, Kind.MEDIA_TYPE),
        dependencies=[Depends(json_only)],
    )
    async def screen(asked: NewScreening) -> Screening:
        on = asked.as_of or today(office.clock)
        try:
            profile = read_profile(asked.profile)
        except InvalidProfile as error:
            offender = Offender(name=f"profile.{error.slot}", detail=str(error))
            raise Refusal(Kind.INVALID, str(error), [offender]) from None
        return Screening(as_of=on, findings=(await office.assistant()).screen(profile, on))

    return router
