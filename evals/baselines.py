"""Simple methods on the same cases, so that a figure can be read beside what little effort would get."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from evals.bm25 import dictionary_words, plain_bm25
from evals.cases import Case, DialogueCase, ProfileCase, QuestionCase, Suite
from evals.clients import Client, Said
from evals.contract import Catalogue, Citation, DocumentView, Finding, Question, Reply
from evals.measures import Measure, measure
from evals.runner import judge
from knowledge.profile import SlotKind, slots

_TOP = 3
_LEAST_WORDS = 20
_WORDS_OF_VALUE: Mapping[str, str] = {
    "provincial": "专精特新中小企业",
    "little_giant": "小巨人",
    "champion": "单项冠军",
    "buys_computing": "智算",
    "genai_filed": "备案",
    "needs_refinancing": "转贷",
    "foreign_trade": "海关",
    "leads_standard": "标准",
    "key_technology_project": "攻关",
    "pilot_platform": "中试",
    "service_platform": "示范平台",
}


async def measure_baselines(
    suites: Sequence[Suite], client: Client, catalogue: Catalogue, seed: int
) -> dict[str, tuple[Measure, ...]]:
    """Measures over all cases that a method can be put to, by the name of the method."""
    plans: dict[str, tuple[Client, type[Case]]] = {
        "BM25（按空白分词）粘贴": (PassageClient(catalogue, str.split), QuestionCase),
        "BM25（词典分词）粘贴": (PassageClient(catalogue, dictionary_words), QuestionCase),
        "逐项填表": (FormClient(client), DialogueCase),
        "关键词判定": (KeywordClient(client), ProfileCase),
    }
    found = {}
    for name, (simple, kind) in plans.items():
        cases = [(suite.name, case) for suite in suites for case in suite.cases if isinstance(case, kind)]
        results = [await judge(case, suite, simple, catalogue) for suite, case in cases]
        if results:
            found[name] = tuple(measure(results, seed))
    return found


class _Silent:
    """What the simple methods have in common: nothing to close, nothing to publish of their own."""

    name = "baseline"

    def __init__(self, client: Client) -> None:
        self._client = client

    async def catalogue(self) -> Catalogue:
        return await self._client.catalogue()

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        return await self._client.screen(profile, as_of)

    async def close(self) -> None:
        return None


class PassageClient:
    """Pastes the provisions that rank highest by BM25 as the answer. Judges nothing."""

    name = "passages"

    def __init__(self, catalogue: Catalogue, split: Callable[[str], list[str]]) -> None:
        self._catalogue = catalogue
        self._passages = [
            (document, path)
            for document in catalogue.documents.values()
            for path, (start, end) in document.provisions.items()
            if end - start >= _LEAST_WORDS
        ]
        self._search = plain_bm25([_text(document, path) for document, path in self._passages], split)

    async def catalogue(self) -> Catalogue:
        return self._catalogue

    async def begin(self, as_of: date) -> "PassageClient.Talk":
        return PassageClient.Talk(self, as_of)

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        return ()

    async def close(self) -> None:
        return None

    class Talk:
        def __init__(self, client: "PassageClient", as_of: date) -> None:
            self._client = client
            self._as_of = as_of

        async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
            started = time.perf_counter()
            reply = self._client.reply(text, self._as_of)
            return Said(reply, time.perf_counter() - started, reply.model_dump(mode="json"))

    def reply(self, text: str, as_of: date) -> Reply:
        best = [self._passages[position] for position in self._search(text)[:_TOP]]
        citations = tuple(_quote(n, document, path, as_of) for n, (document, path) in enumerate(best, start=1))
        said = "\n".join(f"{citation.quote}[{citation.marker}]" for citation in citations)
        return _reply(said or "没有找到。", citations, abstained=not citations)


def _text(document: DocumentView, path: str) -> str:
    start, end = document.provisions[path]
    return document.text[start:end]


def _quote(marker: int, document: DocumentView, path: str, as_of: date) -> Citation:
    start, end = document.provisions[path]
    return Citation(
        marker=marker,
        document_id=document.id,
        document_title=document.title,
        provision=path,
        label="",
        heading="",
        quote=_text(document, path),
        start=start,
        end=end,
        lifecycle=document.lifecycle_on(as_of),
    )


def _reply(
    text: str,
    citations: tuple[Citation, ...] = (),
    findings: tuple[Finding, ...] = (),
    question: Question | None = None,
    abstained: bool = False,
) -> Reply:
    return Reply(
        text=text,
        citations=citations,
        findings=findings,
        question=question,
        profile={},
        abstained=abstained,
        suggestions=(),
    )


class FormClient(_Silent):
    """Asks for every slot in the order of the list, like a form, and judges at the end by the real rules."""

    name = "form"

    async def begin(self, as_of: date) -> "FormClient.Talk":
        return FormClient.Talk(self, as_of)

    class Talk:
        def __init__(self, client: "FormClient", as_of: date) -> None:
            self._client = client
            self._as_of = as_of
            self._left = list(slots().values())
            self._asked: str | None = None
            self._profile: dict[str, object] = {}

        async def say(self, text: str, choices: Sequence[str] = ()) -> Said:
            started = time.perf_counter()
            if self._asked and choices:
                several = slots()[self._asked].kind is SlotKind.SEVERAL
                self._profile[self._asked] = list(choices) if several else choices[0]
            reply = await self._next()
            return Said(reply, time.perf_counter() - started, reply.model_dump(mode="json"))

        async def _next(self) -> Reply:
            if not self._left:
                return _reply("填完了。", findings=await self._client.screen(self._profile, self._as_of))
            slot = self._left.pop(0)
            self._asked = slot.slot
            options = [{"id": value, "label": value} for value in (*slot.values, "none", "unknown")]
            return _reply(
                "请填写。",
                question=Question.model_validate(
                    {
                        "slot": slot.slot,
                        "text": slot.slot,
                        "options": options,
                        "multiple": slot.kind is SlotKind.SEVERAL,
                    }
                ),
            )


class KeywordClient(_Silent):
    """Calls a support eligible if a word for any of the enterprise's facts stands in its provision."""

    name = "keywords"

    async def begin(self, as_of: date) -> "FormClient.Talk":
        raise NotImplementedError("keywords only screen")

    async def screen(self, profile: Mapping[str, object], as_of: date) -> tuple[Finding, ...]:
        documents = (await self.catalogue()).documents
        words = {_WORDS_OF_VALUE[name] for name in _held(profile) if name in _WORDS_OF_VALUE}
        found = []
        for finding in await self._client.screen(profile, as_of):
            document = documents[finding.document_id]
            start, end = document.provisions[finding.provision]
            hit = any(word in document.text[start:end] for word in words)
            found.append(finding.model_copy(update={"status": "eligible" if hit else "ineligible"}))
        return tuple(found)


def _held(profile: Mapping[str, object]) -> set[str]:
    tiers = profile.get("tiers")
    yes = {slot for slot, value in profile.items() if value == "yes"}
    return yes | (set(tiers) if isinstance(tiers, list | tuple) else set())
