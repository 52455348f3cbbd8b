"""What the steps of a turn share: what they may look at, and what they mean to say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from chains.conversation import Conversation
from chains.eligibility import Finding, assess, assess_all
from chains.finding.entries import Entry
from chains.finding.meant import Subject
from chains.finding.retrieval import Finder
from chains.interview import next_question
from chains.language.clauses import asks_on
from chains.language.understanding import Understanding
from chains.reply import Question
from chains.telling.words import Words
from knowledge.library import Library
from knowledge.profile import Fact, Source
from knowledge.support import Support

_DISTRICT = "district"
# What is lost with something else: a district with its city, a first with its title.
_GO_ALONG = frozenset({"city", _DISTRICT, "first_recognition"})


class Outcome(StrEnum):
    """How a turn ended. Each has its wording in `prompts/replies.yaml`.

    Whoever keeps the conversation acts on some: a ticket for staff, a subscription, what is held about a person.
    """

    VERDICT = "verdict"
    INTERVIEW = "interview"
    OVERVIEW = "overview"
    INFORMATION = "information"
    WHAT_IF = "what_if"
    PROOF = "proof"
    GAP = "gap"
    SILENT = "silent"
    OTHER_CITY = "other_city"
    CONTRADICTION = "contradiction"
    OUTSIDE = "outside"
    HOSTILE = "hostile"
    TALK = "talk"
    RESTARTED = "restarted"
    PROFILE = "profile"
    ERASURE = "erasure"
    HANDED_OVER = "handed_over"
    WITH_STAFF = "with_staff"
    HANDED_BACK = "handed_back"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a turn means to say, before it is verified; `conversation` is what is remembered after it."""

    outcome: Outcome
    conversation: Conversation
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    question: Question | None = None
    suggestions: tuple[str, ...] = ()
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a step may look at. `conversation` already knows the facts that the message states."""

    library: Library
    finder: Finder
    before: Conversation
    conversation: Conversation
    heard: Understanding
    words: Words
    subject: Subject = field(default_factory=Subject)

    @property
    def answered(self) -> bool:
        """Whether the message answers the question asked last, if only by 不清楚."""
        pending = self.before.pending
        if pending is None or self.passes_over:
            return False
        names = set(self.before.pending_slots)
        known = set(self.conversation.facts) | set(self.conversation.declined)
        was_known = set(self.before.facts) | set(self.before.declined)
        return bool(names & (known - was_known)) or pending.slot in self.heard.facts

    @property
    def taken_back(self) -> Mapping[str, Fact]:
        """What was stated before and is known no longer, though nothing stands in its place."""
        gone = self.before.facts.keys() - self.conversation.facts.keys() - _GO_ALONG
        stated = {slot: self.before.facts[slot] for slot in self.before.facts if slot in gone}
        return {slot: fact for slot, fact in stated.items() if fact.source is Source.STATED}

    @property
    def passes_over(self) -> bool:
        """Whether a message asks on instead of answering what was only offered: 那镇江有没有."""
        pending = self.before.pending
        told = self.heard.facts.get(pending.slot) if pending else None
        answers = told is not None and told.source is Source.STATED
        return self.before.offered and asks_on(self.heard.text) and not answers

    def without_asked_district(self) -> "Context":
        """The context without the district that is only asked of: 丹阳可以吗."""
        before = self.before.facts.get(_DISTRICT)
        kept = self.conversation.without_facts(_DISTRICT).with_facts({_DISTRICT: before} if before else {})
        return replace(self, conversation=kept, words=replace(self.words, profile=kept.profile))

    def with_subject(self, subject: Subject) -> "Context":
        """The subject that was found; what a typed list only passed over is open again where it is asked about."""
        slots = {c.slot for e in subject.supports if e.support for c in e.support.when} if self.heard.asks else set()
        known = {slot: fact for slot, fact in self.conversation.facts.items() if slot in slots}
        passed_over = [slot for slot, fact in known.items() if (fact.source, fact.value) == (Source.INFERRED, "no")]
        conversation = self.conversation.without_facts(*passed_over)
        words = replace(self.words, profile=conversation.profile)
        return replace(self, subject=subject, conversation=conversation, words=words)

    def assess(self, support: Support) -> Finding:
        document = self.library.document(support.id)
        return assess(support, document, self.conversation.profile, self.words.as_of)

    def findings_of(self, entries: tuple[Entry, ...]) -> tuple[Finding, ...]:
        return tuple(self.assess(e.support) for e in entries if e.support is not None)

    def in_play(self, conversation: Conversation) -> tuple[Finding, ...]:
        """The findings whose verdicts are wanted."""
        if conversation.broad:
            return assess_all(self.library, conversation.profile, self.words.as_of)
        city = conversation.profile["city"]
        goal = [self.library.supports[s] for s in conversation.goal if s in self.library.supports]
        here = [s for s in goal if city is None or self.library.document(s.id).city == city]
        return tuple(self.assess(s) for s in here or goal)

    @property
    def standing(self) -> Question | None:
        """The question of the interview under way, after what this message told."""
        return self.question_for(self.conversation)

    def question_for(self, conversation: Conversation) -> Question | None:
        if not conversation.goal and not conversation.broad:
            return None
        if conversation.broad and conversation.profile["city"] == "other":
            return None
        findings = self.in_play(conversation)
        asked_for = [f for f in findings if f.support.id not in conversation.beside]
        return self.question_of(asked_for or findings, conversation)

    def question_of(self, findings: Iterable[Finding], conversation: Conversation) -> Question | None:
        """What settles most of some findings."""
        # Of a title that was got elsewhere, or was reviewed since, nobody can tell whether it is new.
        is_open = conversation.moved or conversation.reviewed
        open_for_good = (*conversation.declined, *(("first_recognition",) if is_open else ()))
        return next_question(findings, open_for_good)
