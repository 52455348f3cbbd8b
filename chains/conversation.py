"""What the assistant remembers of a conversation between turns; `with_…` returns a copy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, field_validator

from chains.prompting import CHECKLIST
from chains.reply import Question
from knowledge.profile import NONE, UNKNOWN, EnterpriseProfile, Fact, Source

# How many of the entries talked of are kept for 这三个里头哪个最高.
_TRAIL = 6
# What is kept of what was told last, and of an interview.
_OF_THE_TALK = (
    *("focus", "by_name", "titles", "told", "said", "retold", "parts", "reference", "recognition"),
    *("facets", "day", "day_words", "common"),
)
_OF_THE_INTERVIEW = ("goal", "wish", "beside", "broad", "for_money", "listed", "pending", "offered")


class Conversation(BaseModel):
    """State between two turns. It holds typed slots and ids, never free text that could act as a rule.

    `goal` are the supports whose verdict is wanted (`broad`: all of the city; `for_money`: what of it
    gives money), `wish` those that were asked for in
    whichever city, `beside` those of them that are told beside what was asked for, and lead to no question,
    `focus` the entries talked about last, `trail` those of the last few turns,
    `rounds` those of each thing told in the last few turns, the last one last,
    `in_order` those of the last list in the order in which it was told, or in which the message named its things,
    `by_name` whether the focus was asked for by its name, `titles` the titles that the question about it named,
    `replaced` what was known before of slots told anew,
    `told` the slots that the last message told, `said` digests of the lines of the last reply,
    `retold` whether it told nothing that was not told right before it,
    `parts` the parts of a document that were listed last (its id and the path),
    `reference` the numbers of a provision that was asked for before the city was known,
    `recognition` the title of which it was asked last how one comes to hold it,
    `asked` the slots of each question asked so far, the last one last, `facets` what was asked of them,
    `day` another day that the question under way was asked of, in the words `day_words`,
    `kinds` the slots of the kind of firm that the last turn judged (创新型可以吗),
    `supposed` what was supposed of the firm last, its city in it,
    `moved` whether a title that is held may have been got elsewhere, so that it is not known to be new here,
    `reviewed` whether a title was got for the first time and reviewed since, so that no text says if it is new,
    `recognised` the year in which the title was said to be got,
    `another` what was told last of a firm that is not the speaker's, `others` whether any such firm was told of,
    `of_another` whether the last turn judged it,
    `earlier` the facts of the firm that was told of before, where another is told of since,
    `turned` whether this message turned to that of another city, and left the one talked of,
    `warned` the documents that were told not to be in force,
    `listed` the supports of a broad answer that have been told,
    `of_parents` whether the firm is that of the speaker's parents, who has told of none of his own,
    `several` whether several firms were told of at once: each is taken by itself,
    `common` the entries of what was asked for all of them,
    `industry` what the enterprise may do, by the official standard of sizes; a headcount alone tells no size,
    `measures` the headcount and turnover it told, as all that each may be, until both tell its size,
    `lacks` the titles that the enterprise said it does not hold, while those that it holds are not known,
    `counted` how many graduates of which grade were told last,
    `missed` how many answers in a row were not understood, `again` how often the pending question was put again,
    `offered` whether the question asked is only an offer, put
    after something was explained: it may be passed over,
    `with_staff` whether people have been asked to serve the conversation, `left` how many messages were left for them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: date
    facts: Mapping[str, Fact] = {}
    declined: tuple[str, ...] = ()
    pending: Question | None = None
    asked: tuple[tuple[str, ...], ...] = ()
    goal: tuple[str, ...] = ()
    wish: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    broad: bool = False
    for_money: bool = False
    focus: tuple[str, ...] = ()
    focus_cities: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    rounds: tuple[tuple[str, ...], ...] = ()
    in_order: tuple[str, ...] = ()
    by_name: bool = False
    titles: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    replaced: Mapping[str, Fact] = {}
    said: tuple[str, ...] = ()
    retold: bool = False
    parts: tuple[tuple[str, str], ...] = ()
    reference: tuple[int, ...] = ()
    recognition: str = ""
    facets: tuple[str, ...] = ()
    day: date | None = None
    day_words: str = ""
    kinds: tuple[str, ...] = ()
    supposed: Mapping[str, Fact] = {}
    moved: bool = False
    reviewed: bool = False
    recognised: int | None = None
    another: Mapping[str, Fact] = {}
    others: bool = False
    of_another: bool = False
    earlier: Mapping[str, Fact] = {}
    turned: bool = False
    warned: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    of_parents: bool = False
    several: bool = False
    common: tuple[str, ...] = ()
    industry: str = ""
    measures: Mapping[str, tuple[Decimal, ...]] = {}
    lacks: tuple[str, ...] = ()
    counted: Mapping[str, int] = {}
    missed: int = 0
    again: int = 0
    offered: bool = False
    with_staff: bool = False
    left: int = 0
    turns: int = 0

    @field_validator("asked", mode="before")
    @classmethod
    def _each_alone(cls, given: Iterable[str | Iterable[str]]) -> tuple[Iterable[str], ...]:
        """Conversations that were kept before name each slot by itself."""
        return tuple((slots,) if isinstance(slots, str) else slots for slots in given)

    @property
    def pending_slots(self) -> tuple[str, ...]:
        """The slots that the pending question asks."""
        if self.pending is None:
            return ()
        options = [o.id for o in self.pending.options] if self.pending.slot == CHECKLIST else [self.pending.slot]
        return tuple(slot for slot in options if slot not in {NONE, UNKNOWN})

    @property
    def profile(self) -> EnterpriseProfile:
        return EnterpriseProfile(self.facts, self.lacks)

    def with_facts(self, facts: Mapping[str, Fact], declined: Iterable[str] = ()) -> "Conversation":
        """Learns facts; what is learnt is no longer declined."""
        given = tuple(dict.fromkeys((*self.declined, *declined)))
        return self.model_copy(
            update={
                "facts": {**self.facts, **facts},
                "declined": tuple(slot for slot in given if slot not in facts),
            }
        )

    @property
    def city_is_only_asked_about(self) -> bool:
        """Whether the city that is known is only that of a question, and may not be the enterprise's."""
        city = self.facts.get("city")
        return city is not None and city.source is Source.INFERRED and "district" not in self.facts

    def without_facts(self, *slots: str) -> "Conversation":
        return self.model_copy(update={"facts": {k: v for k, v in self.facts.items() if k not in slots}})

    def without_words(self, said: str, but: str) -> "Conversation":
        """Forgets what some normalised words told, where none of the others did."""
        told = ((slot, fact.words) for slot, fact in self.facts.items() if fact.words)
        return self.without_facts(*(slot for slot, words in told if words in said and words not in but))

    def undone(self, slots: Collection[str]) -> "Conversation":
        """Forgets what a question was answered with; a district goes with its city."""
        gone = {*slots, "district"} if "city" in slots else {*slots}
        left = tuple(slot for slot in self.declined if slot not in gone)
        return self.without_facts(*gone).model_copy(update={"declined": left})

    def with_goal(self, supports: Iterable[str], *, broad: bool = False) -> "Conversation":
        wanted = tuple(supports)
        update: dict[str, object] = {"goal": wanted, "wish": wanted, "beside": (), "broad": broad}
        update |= {"for_money": False, "listed": (), "offered": False}
        return self.model_copy(update=update)

    def with_focus(self, keys: Iterable[str], cities: Iterable[str]) -> "Conversation":
        focus = tuple(keys)
        trail = (*(key for key in self.trail if key not in focus), *focus)[-_TRAIL:]
        # 第二个找谁, 第三个呢: one of a list does not end it.
        in_order = self.in_order if set(focus) <= set(self.in_order) else focus
        update = {"focus": focus, "focus_cities": tuple(cities), "trail": trail, "in_order": in_order, "parts": ()}
        return self.model_copy(update=update)

    def with_rounds(self, told: Iterable[str], listed: Sequence[str], *, goes_on: bool) -> "Conversation":
        """Remembers what a turn told: each of the things that its message `listed` by itself, else all of it as one.

        What `goes_on` of something told before is no other thing.
        """
        keys = tuple(told)
        known = {key for one in self.rounds for key in one}
        if not (keys or listed) or (goes_on and not listed and set(keys) <= known):
            return self
        new = tuple((key,) for key in listed if key) or (keys,)
        before = (one for one in self.rounds if one not in new)
        update = {"rounds": (*before, *new)[-_TRAIL:], **({"in_order": tuple(listed)} if listed else {})}
        return self.model_copy(update=update)

    def with_question(self, question: Question | None) -> "Conversation":
        """Remembers what is asked; a question that is put again, with all that it asked, counts as put again."""
        if question is None:
            return self.model_copy(update={"pending": None, "again": 0})
        put = self.model_copy(update={"pending": question})
        same = set(put.pending_slots) == set(self.pending_slots)
        put = put.model_copy(update={"again": self.again + 1 if same else 0})
        earlier = (slots for slots in self.asked if slots != put.pending_slots)
        return put.model_copy(update={"asked": (*earlier, put.pending_slots)})

    def without_talk(self) -> "Conversation":
        """What is known of the firm without what was talked of and wished."""
        nothing = Conversation(as_of=self.as_of)
        gone = (*_OF_THE_TALK, *_OF_THE_INTERVIEW)
        return self.model_copy(update={name: getattr(nothing, name) for name in gone})

    def resuming(self, before: "Conversation") -> "Conversation":
        """The conversation with the interview that was under way before."""
        return self.model_copy(update={name: getattr(before, name) for name in _OF_THE_INTERVIEW})

    def restarted(self) -> "Conversation":
        return Conversation(as_of=self.as_of)
