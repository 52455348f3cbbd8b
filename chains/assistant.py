"""The path of one turn, in order: hear, remember, find the subject, decide, ask, answer, verify."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chains import thread
from chains.aide import Aide
from chains.citation import Citations, keep_used
from chains.conversation import Conversation
from chains.eligibility import assess, assess_all
from chains.finding.own_firm import beside_the_firm
from chains.finding.retrieval import Finder
from chains.finding.subject import answers_in_kind, find_subject, names_a_part
from chains.hearing import hear
from chains.interview import read_choices
from chains.language.homophones import Homophones
from chains.language.normalise import plain
from chains.language.pinyin import PinyinReader, examples
from chains.language.question_words import facets_of
from chains.language.understanding import Understanding, as_ones_own
from chains.learning import learn
from chains.model.allowance import Allowance
from chains.model.hearing import Ears, Hearing
from chains.model.listener import Listener
from chains.model.llm import LanguageModel
from chains.model.spoken import Spoken
from chains.model.writing import Writer
from chains.prompting import read_data, wording
from chains.reply import Citation, FindingView, Question, Reply
from chains.steps import (
    advising,
    by_field,
    comparison,
    confirming,
    contents,
    declining,
    each_city,
    editions,
    explaining,
    in_force,
    information,
    noted,
    notice,
    of_firms,
    of_titles,
    other_places,
    overview,
    picked,
    provisions,
    recognition,
    remarked,
    repeating,
    retelling,
    sifting,
    sizing,
    steering,
    sums,
    sums_put,
    supposing,
    talk,
    topics,
    two_titled,
    unwritten,
    whom_to_ask,
    whose_city,
)
from chains.steps.decision import decide
from chains.steps.notice import Known
from chains.steps.order import ranked
from chains.telling.question_word import asks_whether
from chains.telling.views import FoundEntry, cite_findings, view_findings, view_match, view_profile
from chains.telling.words import Words
from chains.trace import Watch, trace_of
from chains.turn import Context, Draft, Outcome
from chains.verification import verify
from chains.which_firm import for_the_firm_meant
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact
from knowledge.regions import places

# What a message may be, in the order in which it is tried: the first step that has something to say answers.
_BEFORE_SEARCH: tuple[Callable[[Context], Draft | None], ...] = (
    talk.keep_quiet,
    talk.refuse_hostile,
    advising.tell_what_to_ask,
    advising.advise,
    advising.leave_to_them,
    overview.tell_way_out,
    noted.own_up,
    noted.recall,
    declining.decline_surely,
    remarked.reply,
    talk.make_talk,
    steering.move,
    of_firms.tell_common,
    of_firms.tell_each,
    of_firms.go_on_with_one,
    two_titled.tell_two_titled,
    steering.take_one_at_a_time,
    sizing.tell_size,
    explaining.tell_owners,
    steering.tell_contradiction,
    picked.pick,
    explaining.say_again,
    retelling.tell_again,
    retelling.tell_together,
    retelling.tell_in_full,
    explaining.sum_up,
    overview.more,
    overview.anything_else,
    whose_city.tell_what_is_elsewhere,
    provisions.quote,
    steering.tell_no_seat,
    sifting.tell_whether_nothing,
    editions.tell_edition,
    contents.tell_parts,
    contents.tell_imprint,
    sifting.list_of_status,
    sifting.sift_listed,
    sifting.sift_by_title,
    sifting.sift_without_title,
    each_city.tell_two_firms,
    of_titles.tell_of_titles,
    by_field.tell_by_field,
    sifting.tell_total,
    sifting.tell_own_award,
    whom_to_ask.tell_office,
    declining.decline_clearly,
)
_AFTER_SEARCH: tuple[Callable[[Context], Draft | None], ...] = (
    declining.decline_outside,
    whose_city.tell_whose_firms,
    other_places.name_known_cities,
    other_places.name_own_city,
    whose_city.name_known_level,
    declining.tell_no_contact,
    recognition.tell_recognition,
    recognition.tell_titles,
    recognition.tell_nothing_given,
    explaining.tell_region,
    steering.tell_no_group,
    supposing.suppose,
    sums_put.tell_why_more,
    sums_put.tell_sum_put,
    unwritten.tell_unheld,
    confirming.confirm,
    each_city.tell_both,
    sums_put.tell_greatest,
    comparison.compare,
    topics.list_topic,
    sums.list_sums,
    unwritten.tell_no_award,
    unwritten.tell_no_outcome,
    unwritten.tell_no_target,
    explaining.prove,
    explaining.measure_gap,
    in_force.tell_validity,
    each_city.list_cities,
    each_city.tell_each,
)

_NOTHING_FOUND = frozenset({Outcome.UNCLEAR, Outcome.SILENT, Outcome.OUTSIDE})
_LEFT_ALONE = _NOTHING_FOUND | {Outcome.HOSTILE}
# Failures of a model that people are told of; a leak or a long answer is staff's business.
_TOLD = frozenset({
    "unreachable", "server_error", "rate_limited", "timeout", "refused", "circuit_open", "over_cap", "over_budget",
    "empty", "error_model_format",
})  # fmt: skip
MODEL_SECONDS = 20.0
_MOST_AGAIN = 3


class UnknownOption(ValueError):
    """A choice that the question asked last does not offer."""

    def __init__(self, given: Sequence[str], offered: Sequence[str]) -> None:
        super().__init__(f"unknown option {', '.join(given)}; the question offers {', '.join(offered) or 'none'}")
        self.given = tuple(given)
        self.offered = tuple(offered)


@dataclass(frozen=True, slots=True)
class _Said:
    """What came in: a message, and what its taps say."""

    conversation: Conversation
    text: str
    chosen: Mapping[str, Fact]
    declined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply and the conversation after it; `trace` is what staff see beside the answer (JSON-ready)."""

    conversation: Conversation
    reply: Reply
    trace: dict[str, object]


class Assistant:
    """Answers turns over one library. It holds no conversation: state goes in and comes out."""

    def __init__(
        self,
        library: Library,
        finder: Finder,
        model: LanguageModel | None = None,
        *,
        model_seconds: float = MODEL_SECONDS,
        sends_words: bool = True,
    ) -> None:
        """`model_seconds` is what a turn may wait for the model; `sends_words` whether it may see what people say."""
        self.library = library
        self.model = model
        self.finder = finder
        self.pinyin = PinyinReader((*finder.sayings(), *(p.name for p in places()), *examples(read_data("lexicon"))))
        self.homophones = Homophones(finder.names(), (*finder.sayings(), *finder.sayings_of_others()))
        self.aide = Aide(Writer(model), Ears(model) if sends_words else None) if model else None
        self._model_seconds = model_seconds

    def begin(self, as_of: date) -> Conversation:
        return Conversation(as_of=as_of)

    def screen(self, profile: EnterpriseProfile, as_of: date) -> tuple[FindingView, ...]:
        """The rules alone: every support of the city, best first."""
        return view_findings(self._words(as_of, profile), ranked(assess_all(self.library, profile, as_of)), {})

    def explain(
        self, profile: EnterpriseProfile, as_of: date, support_id: str | None = None
    ) -> tuple[tuple[FindingView, ...], tuple[Citation, ...]]:
        """The rules with the words that every condition rests on: of one support, or of all of the city, best first."""
        words = self._words(as_of, profile)
        if support_id is None:
            findings = ranked(assess_all(self.library, profile, as_of))
        else:
            support = self.library.supports[support_id]
            findings = (assess(support, self.library.document(support_id), profile, as_of),)
        return cite_findings(words, findings), tuple(words.citations)

    async def find(
        self, question: str, as_of: date, cities: Sequence[str] = (), most: int = 8
    ) -> tuple[FoundEntry, ...]:
        """The supports and facts that some words lead to, best first, each with its quote. Nothing is decided."""

        def search() -> tuple[FoundEntry, ...]:
            matches = self.finder.search(plain(question), cities, most)
            return tuple(view_match(match, self.library, as_of) for match in matches)

        return await asyncio.to_thread(search) if self.finder.blocks else search()

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

    async def answer(
        self,
        conversation: Conversation,
        text: str,
        choices: Sequence[str] = (),
        *,
        person: str = "",
        listener: Listener | None = None,
    ) -> Turn:
        """One turn. Raises UnknownOption for a choice that the pending question does not offer.

        `person` is whose share of a model's use is drawn on; `listener` hears the text as it is known to be true.
        """
        watch = Watch()
        listener = listener or Listener()
        conversation = for_the_firm_meant(conversation, text)
        chosen, declined = _read(conversation.pending, choices)
        written = self.pinyin.write_out(text, answers=conversation.pending is not None)
        written = self.homophones.put_right(written)
        talked = conversation
        if not choices:
            conversation = thread.begun_anew(conversation, written, self.library, self.finder)
        heard = hear(conversation, written, self.library, self.finder, tapped=bool(choices))
        watch.lap("understand")
        said = _Said(conversation, text, chosen, declined)
        context, draft = await self._think(self._context(said, heard))
        asked = written if choices else thread.asked_plainly(talked, written, self.finder, context, draft)
        if asked != written:
            conversation, said = talked, replace(said, conversation=talked)
            heard = hear(conversation, asked, self.library, self.finder, tapped=False)
            context, draft = await self._think(self._context(said, heard))
        watch.lap("compose")
        allowance = Allowance.of(person, self._model_seconds)
        if self.aide is not None and not choices and self.aide.hears(heard, draft):
            hearing = await self.aide.hear(heard, context, allowance, listener)
            context, draft = await self._listen_again(said, context, draft, hearing)
            watch.lap("hear")
        draft = noted.with_the_firm_turned_to(context, thread.resumed(talked, conversation, draft))
        spoken = self._verified(context, draft, said)
        if self.aide is not None and self.aide.writes(draft, spoken):
            await self.aide.write(context, draft, spoken, allowance, listener)
            watch.lap("write")
        return self._finish(context, draft, spoken, allowance, watch)

    def _context(self, said: "_Said", heard: Understanding) -> Context:
        learnt = learn(said.conversation, heard, said.chosen, said.declined)
        as_of = heard.as_of or said.conversation.as_of
        words = replace(
            self._words(as_of, learnt.profile),
            citations=Citations(said.conversation.as_of),  # what a document is on the day of asking
            day=heard.day,
            asks_whether=asks_whether(heard),
            asked=heard.text,
            warned=frozenset(said.conversation.warned),
            counted=learnt.counted,
            recognised=learnt.recognised,
        )
        context = Context(self.library, self.finder, said.conversation, learnt, heard, words)
        if said.conversation.again >= _MOST_AGAIN and not context.answered:
            # Nobody is asked the same for ever: what they pass over is left open.
            open_slots = said.conversation.pending_slots
            left_open = context.conversation.with_facts({}, open_slots)
            context = replace(context, conversation=left_open, before=context.before.with_facts({}, open_slots))
        return context

    async def _think(self, context: Context) -> tuple[Context, Draft]:
        blocks = self.finder.blocks
        context, draft = await asyncio.to_thread(self._compose, context) if blocks else self._compose(context)
        draft = remarked.regret(context, remarked.admit(context, draft))
        return context, confirming.with_what_others_say(context, draft)

    async def _listen_again(
        self, said: "_Said", context: Context, draft: Draft, hearing: Hearing | None
    ) -> tuple[Context, Draft]:
        """The turn with what a model heard; as it was where that helps nothing."""
        if hearing is None:
            return context, draft
        better, again = await self._think(self._context(said, hearing.heard))
        reading = hearing.heard.reading
        if again.outcome in _LEFT_ALONE and not (reading.guessed or reading.doubts):
            return context, draft
        again = steering.ask_doubt(better, again)
        if hearing.question:
            again = replace(again, lines=(wording("interview.understood_as", question=hearing.question), *again.lines))
        return better, again

    def _verified(self, context: Context, draft: Draft, said: "_Said") -> Spoken:
        """What the rules would say, as far as it can be shown."""
        facts = draft.conversation.facts.values()
        counted = (str(count) for count in draft.conversation.counted.values())
        own_words = "\n".join((said.text, context.heard.text, context.heard.day, *(f.words for f in facts), *counted))
        checked = verify("\n".join(draft.lines), list(context.words.citations), self.library, own_words)
        return Spoken(checked.text.split("\n"), list(checked.dropped), own_words)

    def _compose(self, context: Context) -> tuple[Context, Draft]:
        for step in _BEFORE_SEARCH:
            if draft := step(context):
                return context, draft
        if context.before.pending is None or context.heard.asks:
            context = replace(context, heard=beside_the_firm(context.heard, self.finder))
        subject = find_subject(as_ones_own(context.heard), context.conversation, self.finder)
        subject = information.told_before(context, subject)
        heard = context.heard
        in_kind = answers_in_kind(subject, heard.facets, self.finder)
        part = names_a_part(subject, heard.text, heard.facets, context.before.focus)
        if not facets_of(heard.text) and (part or not in_kind):
            # 子女上学呢, after 多少钱: of a thing of its own that holds no figure, none is asked.
            context = replace(context, heard=replace(context.heard, facets=()))
        context = context.with_subject(subject)
        for step in _AFTER_SEARCH:
            if draft := step(context):
                return context, draft
        draft = decide(context)
        if repeating.tells_nothing_new(context, draft) and (besides := repeating.named_besides(context)):
            context = context.with_subject(besides)
            draft = decide(context)
        if draft.outcome not in _NOTHING_FOUND:
            return context, repeating.without_what_was_told(context, draft)
        if remark := remarked.rather(context):
            return self._compose(replace(context, heard=remark, conversation=context.before))
        return context, declining.decline_after_all(context) or draft

    def _finish(self, context: Context, draft: Draft, spoken: Spoken, allowance: Allowance, watch: Watch) -> Turn:
        citations = list(context.words.citations)
        checked = verify("\n".join(spoken.lines), citations, self.library, spoken.own_words)
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
            notes=(wording("model.unavailable"),) if allowance.error in _TOLD else (),
            outcome=draft.outcome.value,
            as_of=context.words.as_of.isoformat(),
        )
        after = thread.remembered(context, draft, kept)
        watch.lap("verify")
        return Turn(after, reply, trace_of(context, draft, spoken, allowance, watch, kept))

    def _words(self, as_of: date, profile: EnterpriseProfile) -> Words:
        return Words(self.library, as_of, profile, Citations(as_of))


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
