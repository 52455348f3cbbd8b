"""The path of one turn, in order: hear, remember, find the subject, decide, ask, answer, verify."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from chains import comparison, dialogue, information, notice, overview, provisions, talk
from chains.answer import Words
from chains.at_large import asks_for_everything, names_support
from chains.citation import Citations, keep_used
from chains.clauses import asks_on, asks_us
from chains.conversation import Conversation
from chains.eligibility import CITY, assess, assess_all
from chains.interview import read_choices
from chains.normalise import plain
from chains.notice import Known
from chains.reply import Citation, FindingView, Question, Reply
from chains.retrieval import Finder, content, core
from chains.subject import find_subject
from chains.turn import Context, Draft, Outcome
from chains.understanding import Understanding, inferred_place, subject_words, understand
from chains.verification import verify
from chains.views import FoundEntry, cite_findings, view_findings, view_match, view_profile
from knowledge.document import Lifecycle
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact, Source

# What a message may be, in the order in which it is tried: the first step that has something to say answers.
_BEFORE_SEARCH: tuple[Callable[[Context], Draft | None], ...] = (
    talk.keep_quiet,
    talk.refuse_hostile,
    talk.make_talk,
    dialogue.move,
    dialogue.tell_contradiction,
    overview.more,
    provisions.quote,
)
_AFTER_SEARCH: tuple[Callable[[Context], Draft | None], ...] = (
    talk.name_known_cities,
    talk.decline_outside,
    dialogue.suppose,
    comparison.compare,
    dialogue.prove,
    dialogue.measure_gap,
    information.tell_validity,
)

# 示范工厂呢: what was asked before is asked of something else.
_ASKS_THE_SAME = re.compile(r"^.{1,12}[呢嘞][?？]?$")
_A_THING = 3
_FEW = 3
_MOST_AGAIN = 3


class UnknownOption(ValueError):
    """A choice that the question asked last does not offer."""

    def __init__(self, given: Sequence[str], offered: Sequence[str]) -> None:
        super().__init__(f"unknown option {', '.join(given)}; the question offers {', '.join(offered) or 'none'}")
        self.given = tuple(given)
        self.offered = tuple(offered)


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply and the conversation after it; `trace` is what staff see beside the answer (JSON-ready)."""

    conversation: Conversation
    reply: Reply
    trace: dict[str, object]


class Assistant:
    """Answers turns over one library. It holds no conversation: state goes in and comes out."""

    def __init__(self, library: Library, finder: Finder) -> None:
        self.library = library
        self._finder = finder

    def begin(self, as_of: date) -> Conversation:
        return Conversation(as_of=as_of)

    def screen(self, profile: EnterpriseProfile, as_of: date) -> tuple[FindingView, ...]:
        """The rules alone: every support of the city, best first."""
        words = self._words(as_of, profile)
        return view_findings(words, overview.ranked(assess_all(self.library, profile, as_of)), {})

    def explain(
        self, profile: EnterpriseProfile, as_of: date, support_id: str | None = None
    ) -> tuple[tuple[FindingView, ...], tuple[Citation, ...]]:
        """The rules with the words that every condition rests on: of one support, or of all of the city, best first."""
        words = self._words(as_of, profile)
        if support_id is None:
            findings = overview.ranked(assess_all(self.library, profile, as_of))
        else:
            support = self.library.supports[support_id]
            findings = (assess(support, self.library.document(support_id), profile, as_of),)
        return cite_findings(words, findings), tuple(words.citations)

    async def find(
        self, question: str, as_of: date, cities: Sequence[str] = (), most: int = 8
    ) -> tuple[FoundEntry, ...]:
        """The supports and facts that some words lead to, best first, each with its quote. Nothing is decided."""

        def search() -> tuple[FoundEntry, ...]:
            matches = self._finder.search(plain(question), cities, most)
            return tuple(view_match(match, self.library, as_of) for match in matches)

        return await asyncio.to_thread(search) if self._finder.blocks else search()

    def known(self, profile: EnterpriseProfile, as_of: date) -> Known:
        """What an enterprise is told now, to be compared later."""
        return notice.known(self.library, profile, as_of)

    def tell_changes(self, before: Known, profile: EnterpriseProfile, as_of: date) -> Reply | None:
        """What has changed since an enterprise was told last; None if nothing has."""
        changed = notice.changes(before, self.library, as_of)
        if not changed:
            return None
        words = self._words(as_of, profile)
        lines, findings = notice.lines_of(changed, words)
        citations = list(words.citations)
        checked = verify("\n".join(lines), citations, self.library, "")
        text, kept, renumbered = keep_used(checked.text, citations)
        return Reply(
            text=text,
            citations=kept,
            findings=view_findings(words, findings, renumbered),
            profile=view_profile(profile),
            suggestions=talk.suggestions("broad", "unsubscribe"),
            outcome="notice",
            as_of=as_of.isoformat(),
        )

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = ()) -> Turn:
        """One turn. Raises UnknownOption for a choice that the pending question does not offer."""
        started = perf_counter()
        chosen, declined = _read(conversation.pending, choices)
        # An offer is answered by a statement: 那镇江有没有 asks on.
        passed_over = bool(choices) or (conversation.offered and asks_on(text))
        heard = understand(text, None if passed_over else conversation.pending, conversation.profile[CITY])
        if not heard.facets and _ASKS_THE_SAME.search(heard.text):
            heard = replace(heard, facets=conversation.facets)
        learnt = _learn(conversation, heard, chosen, declined)
        as_of = heard.as_of or conversation.as_of
        words = replace(self._words(as_of, learnt.profile), warned=frozenset(conversation.warned))
        context = Context(self.library, self._finder, conversation, learnt, heard, words)
        if conversation.again >= _MOST_AGAIN and not context.answered:
            # Nobody is asked the same for ever: what they pass over is left open.
            left_open = context.conversation.with_facts({}, conversation.pending_slots)
            context = replace(context, conversation=left_open)
        if self._finder.blocks:
            context, draft = await asyncio.to_thread(self._compose, context)
        else:
            context, draft = self._compose(context)
        return self._finish(context, draft, text, perf_counter() - started)

    def _compose(self, context: Context) -> tuple[Context, Draft]:
        for step in _BEFORE_SEARCH:
            if draft := step(context):
                return context, draft
        context = context.with_subject(find_subject(context.heard, context.conversation, self._finder))
        for step in _AFTER_SEARCH:
            if draft := step(context):
                return context, draft
        return context, self._decide(context)

    def _decide(self, context: Context) -> Draft:
        """A verdict, an overview, an answer from the text, or that there is none."""
        heard, subject = context.heard, context.subject
        noted = dialogue.noted_lines(context)
        if draft := dialogue.miss(context):
            return draft
        answers_only = context.answered and not asks_us(heard.text)
        if draft := self._unknown_thing(context):
            return draft
        if answers_only or (not _looks_up(context) and not names_support(context)):
            return _go_on(context, noted)
        if asks_for_everything(context):
            return dialogue.proceed(_with_goal(context, (), broad=True), noted)
        if subject.supports and dialogue.wants_verdict(context):
            city = context.conversation.profile[CITY]
            wanted = [e.key for e in subject.supports if city in (None, e.city)]
            abroad = dialogue.refuse_abroad(context)
            if not wanted and abroad:
                return abroad
            draft = dialogue.proceed(_with_goal(context, wanted), noted)
            return _joined(draft, abroad) if abroad else draft
        if draft := information.tell(context):
            return draft
        if context.answered or (heard.facts and not heard.asks):
            return _go_on(context, noted)
        return talk.say_not_found(context)

    def _unknown_thing(self, context: Context) -> Draft | None:
        """南京厂房租金减免: a thing named with a city and nothing said of oneself, which no entry is about."""
        heard, before = context.heard, context.before
        if before.pending or before.goal or before.broad or context.subject.entries or heard.speaks_of_self:
            return None
        if heard.asks or not heard.cities or set(heard.facts) - {CITY, "district"}:
            return None
        return talk.say_not_found(context) if len(core(heard.text)) >= _A_THING else None

    def _finish(self, context: Context, draft: Draft, said: str, seconds: float) -> Turn:
        citations = list(context.words.citations)
        own_words = f"{said}\n{context.heard.text}\n" + "\n".join(f.words for f in draft.conversation.facts.values())
        checked = verify("\n".join(draft.lines), citations, self.library, own_words)
        text, kept, renumbered = keep_used(checked.text, citations)
        question = draft.question
        reply = Reply(
            text=text,
            citations=kept,
            findings=view_findings(context.words, draft.findings, renumbered),
            question=question,
            profile=view_profile(draft.conversation.profile),
            abstained=draft.abstained,
            suggestions=draft.suggestions,
            outcome=draft.outcome.value,
            as_of=context.words.as_of.isoformat(),
        )
        after = draft.conversation.with_question(question)
        warned = {c.document_id for c in kept if c.lifecycle != Lifecycle.IN_FORCE.value}
        missed = after.missed if draft.outcome is Outcome.UNCLEAR else 0
        after = after.model_copy(update={"turns": after.turns + 1, "missed": missed, "facets": context.heard.facets})
        if after.reference == context.before.reference:
            after = after.model_copy(update={"reference": ()})
        after = after.model_copy(update={"warned": tuple(dict.fromkeys((*after.warned, *sorted(warned))))})
        return Turn(after, reply, _trace(context, draft, checked.dropped, seconds))

    def _words(self, as_of: date, profile: EnterpriseProfile) -> Words:
        return Words(self.library, as_of, profile, Citations(as_of))


def _joined(draft: Draft, other: Draft) -> Draft:
    """One answer of two: the enterprise's own city first."""
    return replace(draft, lines=(*draft.lines, *other.lines), findings=(*draft.findings, *other.findings))


def _read(pending: Question | None, choices: Sequence[str]) -> tuple[dict[str, Fact], tuple[str, ...]]:
    if not choices:
        return {}, ()
    offered = [o.id for o in pending.options] if pending else []
    unknown = [c for c in choices if c not in offered]
    if pending is None or unknown:
        raise UnknownOption(unknown or choices, offered)
    if not pending.multiple and len(set(choices)) > 1:
        raise UnknownOption(choices, offered)
    facts, declined = read_choices(pending, choices)
    return dict(facts), declined


def _learn(
    conversation: Conversation, heard: Understanding, chosen: dict[str, Fact], declined: Sequence[str]
) -> Conversation:
    facts = {**heard.facts, **chosen}
    presumed = inferred_place(heard)
    city = conversation.facts.get(CITY)
    is_loose = city is None or (city.source is Source.INFERRED and "district" not in conversation.facts)
    if CITY not in facts and presumed and (is_loose or city is None or city.value == presumed[CITY].value):
        for slot, fact in presumed.items():
            known = conversation.facts.get(slot)
            if slot not in facts and (known is None or known.source is Source.INFERRED):
                facts[slot] = fact
    moved = CITY in facts and conversation.profile[CITY] not in (None, facts[CITY].value)
    if moved and "district" not in facts:
        conversation = conversation.without_facts("district")
    return conversation.with_facts(facts, (*declined, *heard.reading.declined))


def _with_goal(context: Context, supports: Sequence[str], *, broad: bool = False) -> Context:
    return replace(context, conversation=context.conversation.with_goal(supports, broad=broad))


def _looks_up(context: Context) -> bool:
    """Whether a message asks something, if only by naming it, or just states facts and answers."""
    heard = context.heard
    if heard.asks or not heard.facts:
        return True
    if heard.reading.is_correction:
        return False
    if not context.subject.entries:
        return False
    told = heard.text
    for fact in heard.facts.values():
        told = told.replace(fact.words, " ") if fact.words else told
    rest = content(subject_words(told)).replace(" ", "")
    return len(rest) >= 2 and context.subject.is_clear


def _go_on(context: Context, noted: Sequence[str]) -> Draft:
    """A message that only states facts: the interview goes on, or an overview begins."""
    conversation = context.conversation
    if not conversation.goal and not conversation.broad:
        # What was just asked about in general is now asked for oneself; otherwise everything is.
        told = [key for key in context.before.focus if key in context.library.supports]
        context = _with_goal(context, told) if 0 < len(told) <= _FEW else _with_goal(context, (), broad=True)
    return dialogue.proceed(context, noted)


def _trace(context: Context, draft: Draft, dropped: Sequence[tuple[str, str]], seconds: float) -> dict[str, object]:
    heard = context.heard
    return {
        "heard": heard.text,
        "facts": {slot: {"value": fact.value, "words": fact.words} for slot, fact in heard.facts.items()},
        "intents": sorted(heard.intents),
        "facets": list(heard.facets),
        "subject": [e.key for e in context.subject.entries],
        "candidates": [list(t) for t in context.subject.trace],
        "missing_in": context.subject.missing_in,
        "outcome": draft.outcome.value,
        "dropped": [list(d) for d in dropped],
        "library": context.library.version,
        "seconds": round(seconds, 4),
    }
