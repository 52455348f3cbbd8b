"""For those who watch over the service: is it alive, is it ready, what has it done."""

from fastapi import APIRouter, Response

from bot.http.problems import Kind, documented
from bot.http.shapes import Health, Readiness
from bot.metrics import MEDIA_TYPE
from bot.office import Office


def health_router(office: Office) -> APIRouter:
    router = APIRouter()

    @router.get("/healthz", responses=documented())
    async def healthz() -> Health:
        return Health()

    @router.get("/readyz", responses={**documented(), 503: {"model": Readiness, "description": "还不能受理"}})
    async def readyz(response: Response) -> Readiness:
        """Ready and degraded are 200, starting and unavailable 503."""
        status, problems = await office.check_health()
        readiness = Readiness.model_validate({"status": status, "problems": problems})
        if readiness.status in ("starting", "unavailable"):
            response.status_code = Kind.UNAVAILABLE.status
        return readiness

    @router.get(
        "/metrics",
        response_class=Response,
        responses={**documented(), 200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    )
    async def metric_text() -> Response:
        return Response(office.metrics.text(await office.waiting()), media_type=MEDIA_TYPE)

    return router
