"""What staff see beside an answer: what was understood, found, dropped and asked of a model, and how long it took."""

from collections.abc import Sequence
from time import perf_counter

from chains.model.allowance import Allowance
from chains.model.spoken import Spoken
from chains.reply import Citation
from chains.turn import Context, Draft


class Watch:
    """Laps in seconds, by the name of the step that ends."""

    def __init__(self) -> None:
        self._begun = self._last = perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = perf_counter()
        self.laps[name] = round(now - self._last, 4)
        self._last = now

    @property
    def seconds(self) -> float:
        return round(self._last - self._begun, 4)


def trace_of(
    context: Context,
    draft: Draft,
    spoken: Spoken,
    allowance: Allowance,
    watch: Watch,
    cited: Sequence[Citation],
) -> dict[str, object]:
    heard = context.heard
    used = {(c.document_id, c.provision) for c in cited}
    entries = [(context.finder.by_key[key], score) for key, score, *_ in context.subject.trace]
    return {
        "heard": heard.text,
        "facts": {slot: {"value": fact.value, "words": fact.words} for slot, fact in heard.facts.items()},
        "guessed": sorted(heard.reading.guessed),
        "intents": sorted(heard.intents),
        "facets": list(heard.facets),
        "subject": [e.key for e in context.subject.entries],
        "passages": [
            {"key": e.key, "title": e.title, "score": score, "used": (e.document_id, e.provision) in used}
            for e, score in entries
        ],
        "missing_in": context.subject.missing_in,
        "outcome": draft.outcome.value,
        "dropped": [list(d) for d in spoken.dropped],
        "disagreements": spoken.disagreements,
        "model": allowance.trace,
        "library": context.library.version,
        "steps": watch.laps,
        "seconds": watch.seconds,
    }
