"""What a model does in a turn: it hears once more what was not understood, and puts what was decided in its words."""

from chains.citation import Renumbering
from chains.language.understanding import Understanding
from chains.model.allowance import Allowance
from chains.model.claims import Evidence
from chains.model.hearing import Ears, Hearing, leaves_unexplained
from chains.model.listener import Listener
from chains.model.masking import mask, mask_people
from chains.model.spoken import Spoken
from chains.model.writing import Writer
from chains.prompting import fact_label, texts
from chains.turn import Context, Draft, Outcome

_WRITTEN = frozenset({Outcome.INFORMATION, Outcome.VERDICT, Outcome.INTERVIEW, Outcome.WHAT_IF, Outcome.GAP})
_NOT_UNDERSTOOD = frozenset({Outcome.UNCLEAR, Outcome.SILENT})
_FEW = 3


class Aide:
    """A model beside the rules. They decide; where it fails, what they say stands."""

    def __init__(self, writer: Writer, ears: Ears | None) -> None:
        """Without `ears` the model is not told what people say: neither to hear it nor to answer it."""
        self._writer = writer
        self._ears = ears

    def hears(self, heard: Understanding, draft: Draft) -> bool:
        """Whether the model is to hear a message once more."""
        return self._ears is not None and (draft.outcome in _NOT_UNDERSTOOD or leaves_unexplained(heard))

    async def hear(
        self, heard: Understanding, context: Context, allowance: Allowance, listener: Listener
    ) -> Hearing | None:
        """What the message says beyond what was understood; None if nothing, or the model fails."""
        assert self._ears is not None, "ask `hears` first"
        hearing = self._ears.hear(heard, context.before, _topics(context), allowance)
        return await listener.unless_gone(hearing)

    def writes(self, draft: Draft, spoken: Spoken) -> bool:
        """Whether the model is to put an answer in its words."""
        return draft.outcome in _WRITTEN and spoken.is_prose

    async def write(
        self, context: Context, draft: Draft, spoken: Spoken, allowance: Allowance, listener: Listener
    ) -> None:
        """Puts what follows the first cited line into a model's words. That line comes at once, in the rules' words."""
        numbers = Renumbering(context.words.citations)
        lead, points = spoken.lead, spoken.points
        listener.tell(numbers.of("\n".join(lead)))
        profile = "\n".join(fact_label(slot, fact) for slot, fact in draft.conversation.facts.items())
        evidence = Evidence({c.marker: c for c in context.words.citations}, (*lead, *points), draft.findings, profile)
        asked = mask_people(mask(context.heard.text)) if self._ears else _facets_told(context.heard)

        def tell(line: str) -> None:
            listener.tell("\n" + numbers.of(line))

        writing = self._writer.write(asked, lead, points, evidence, allowance, tell)
        written = await listener.unless_gone(writing)
        spoken.lines = [*lead, *(written.lines if written else points)]
        spoken.dropped += written.dropped if written else []
        spoken.disagreements += written.disagreements if written else []


def _topics(context: Context) -> tuple[str, ...]:
    """The titles of what was talked about before."""
    keys = context.before.focus or context.before.goal
    return tuple(context.finder.by_key[k].title for k in keys[:_FEW] if k in context.finder.by_key)


def _facets_told(heard: Understanding) -> str:
    """What is asked in words of our own, where the person's own must not leave the house."""
    names = texts("facets")
    return "、".join(names[f] for f in heard.facets if f in names)
