"""A scripted service with a catalogue of one small document, and runs that are finished already."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evals.clients import Said
from evals.contract import Catalogue, DocumentView, Finding, Reply
from evals.reports.report import PASSAGES, Report, keep
from evals.results import CaseResult, Check, TurnRecord, add_line
from evals.runner import RESULTS

TEXT = (
    "（一）奖励。对首次认定的小巨人企业给予30万元奖励。"
    "（二）算力。发放算力券支持专精特新中小企业购买智算服务。有效期至2025年12月31日。"
)
FIRST = (0, TEXT.index("（二）"))
SECOND = (TEXT.index("（二）"), len(TEXT))


def citation(quote: str, provision: str = "1", marker: int = 1, **changes: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    made = {
        "marker": marker,
        "document_id": "town-plan",
        "document_title": "镇上的计划",
        "provision": provision,
        "label": "",
        "heading": "",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "lifecycle": "expired",
    }
    return made | changes


def finding(support: str, status: str, *, otherwise: str | None = None, hangs_on: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "support_id": support,
        "title": support,
        "document_id": "town-plan",
        "provision": "1",
        "status": status,
        "otherwise": otherwise,
        "benefit": {"text": "", "amount_cny": None, "is_cap": False, "period": None},
        "reasons": [{"condition": slot, "state": "unknown", "slot": slot, "marker": None} for slot in hangs_on],
        "open_points": [],
        "departments": [],
        "markers": [],
    }


def question(slot: str, *options: str, multiple: bool = False) -> dict[str, Any]:
    offered = [{"id": option, "label": option} for option in options]
    return {"slot": slot, "text": f"{slot}？", "options": offered, "multiple": multiple}


def reply(text: str, **parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "citations": [],
        "findings": [],
        "question": None,
        "profile": {},
        "abstained": False,
        "suggestions": [],
    }
    return empty | {"text": text} | parts


def profile(**values: Any) -> dict[str, Any]:
    return {slot: {"value": value, "label": "", "source": "stated"} for slot, value in values.items()}


def town() -> Catalogue:
    """One document of two provisions, and two supports."""
    document = DocumentView(
        id="town-plan",
        title="镇上的计划",
        city="镇上",
        lifecycle="",
        effective_to=date(2025, 12, 31),
        published="镇上的计划\n镇发〔2023〕7号\n2025-12-31",
        text=TEXT,
        provisions={"1": FIRST, "2": SECOND},
    )
    return Catalogue({document.id: document}, {"town-award": document.id, "town-voucher": document.id})


class FakeTalk:
    def __init__(self, client: "FakeClient") -> None:
        self._client = client

    async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
        self._client.heard.append((text, tuple(choices)))
        if self._client.crash:
            raise self._client.crash
        raw = self._client.replies.pop(0)
        return Said(Reply.model_validate(raw), 0.01, raw, {"step": "fake"})


class FakeClient:
    """Says its replies one after the other; screens every profile the same way."""

    name = "fake"

    def __init__(
        self,
        replies: Iterable[Mapping[str, Any]] = (),
        findings: Iterable[Mapping[str, Any]] = (),
        crash: Exception | None = None,
    ) -> None:
        self.replies = [dict(one) for one in replies]
        self.findings = list(findings)
        self.crash = crash
        self.heard: list[tuple[str, tuple[str, ...]]] = []
        self.screened: list[Mapping[str, object]] = []

    async def catalogue(self) -> Catalogue:
        return town()

    async def begin(self, as_of: date) -> FakeTalk:
        return FakeTalk(self)

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        self.screened.append(profile)
        return tuple(Finding.model_validate(row) for row in self.findings)

    async def close(self) -> None:
        return None


def spoken(name: str, *said_and_replied: tuple[str, str], **parts: Any) -> CaseResult:
    """A question that was put and answered in these words."""
    turns = tuple(TurnRecord(said=said, reply=reply(text)) for said, text in said_and_replied)
    checks = (Check(name="must", passed=True),)
    return CaseResult(
        **{"id": name, "suite": "s", "kind": "questions", "group": "g", "checks": checks, "turns": turns} | parts
    )


def finished_run(folder: Path, *results: CaseResult) -> Path:
    keep(Report(client="fake", started="2026-11-20 08:00:00", seed=1, suites={"s": ()}), folder)
    (folder / PASSAGES).write_text("{}", encoding="utf-8")
    for result in results:
        add_line(folder / RESULTS, result)
    return folder
