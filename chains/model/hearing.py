"""What a model hears where the rules of language leave words unexplained. Words must carry it, or it is not heard."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel, ConfigDict

from chains.conversation import Conversation
from chains.finding.naming import core
from chains.language.clauses import pattern, split_clauses
from chains.language.normalise import normalise
from chains.language.question_words import subject_words
from chains.language.understanding import Understanding, understand
from chains.model.allowance import Allowance, ModelUnavailable
from chains.model.llm import LanguageModel
from chains.model.masking import mask, mask_people
from chains.prompting import fact_label, fill_messages, read_data, slot_wordings
from knowledge.figures import figure_values
from knowledge.profile import NONE, Fact, InvalidProfile, Source, Value, read_value, slots

_LONGEST_QUOTE, _SHORTEST_QUOTE = 60, 2
_LONGEST_QUESTION = 60
_MOST_FACTS = 8
_UNEXPLAINED = 3  # characters of a clause in which nothing was heard
_PLACES = frozenset({"city", "district"})
_WORDLESS = re.compile(r"[^\u4e00-\u9fffa-z0-9]")


class HeardFact(BaseModel):
    """A fact with the words that state it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    slot: str
    value: str | list[str]
    quote: str


class Heard(BaseModel):
    """What the prompt asks for."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    facts: list[HeardFact] = []
    question: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """An understanding that knows more; `question` is how the message was put, where it was put differently."""

    heard: Understanding
    question: str = ""


class Ears:
    """Asks a model what a message says of the enterprise."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    async def hear(
        self, heard: Understanding, conversation: Conversation, topics: Sequence[str], allowance: Allowance
    ) -> Hearing | None:
        """What a message says beyond what was understood; None if nothing, or the model fails.

        `topics` are the titles of what was talked about.
        """
        prompt = fill_messages(
            "hear",
            slots=_slots_told(),
            known="\n".join([*(fact_label(s, f) for s, f in conversation.facts.items()), *topics]),
            asked=conversation.pending.text if conversation.pending else "",
            message=mask_people(mask(heard.text)),
        )
        try:
            answer = await self._model.extract("hear", prompt, Heard, allowance)
        except ModelUnavailable:
            return None
        better = _with_facts(heard, answer.facts[:_MOST_FACTS], conversation)
        question = _stands_alone(answer.question, heard, conversation, topics)
        if better is heard and not question:
            return None
        if question:
            asked = understand(question, None, conversation.profile["city"])
            better = replace(asked, reading=replace(better.reading, mentioned=asked.reading.mentioned))
        return Hearing(better, question)


def leaves_unexplained(heard: Understanding) -> bool:
    """Whether a clause that speaks of the enterprise has words of which nothing was understood."""
    if heard.has_orders or heard.hostile or heard.outside or heard.intents:
        return False
    told = [fact.words for fact in heard.facts.values() if fact.words]
    places = [place.name for place in heard.reading.mentioned]
    for clause in split_clauses(heard.text, answers=not heard.asks, correction=heard.reading.is_correction):
        if not clause.own or clause.asks or any(words in clause.text for words in (*told, *places)):
            continue
        if pattern("unsure").search(clause.text):
            continue
        if len(_WORDLESS.sub("", subject_words(clause.text))) >= _UNEXPLAINED:
            return True
    return False


def _with_facts(heard: Understanding, found: Sequence[HeardFact], conversation: Conversation) -> Understanding:
    """The facts whose quotes carry them; one that contradicts what is known is to be asked."""
    reading = heard.reading
    facts, guessed, doubts = dict(reading.facts), set[str](), dict[str, Fact]()
    for one in found:
        fact = _fact(one, heard)
        unexplained = _unexplained(fact.words, heard) if fact else ""
        if fact is None or one.slot in guessed or len(unexplained) < _SHORTEST_QUOTE:
            continue
        touches = any(_touches(one.slot, value).search(unexplained) for value in _values(fact.value))
        known = reading.facts.get(one.slot) or conversation.facts.get(one.slot)
        if known is None and touches:
            facts[one.slot] = fact
            guessed.add(one.slot)
        elif known is None or (touches and known.value != fact.value):
            doubts[one.slot] = fact
    if not guessed and not doubts:
        return heard
    better = replace(
        reading,
        facts=facts,
        guessed=frozenset(guessed),
        doubts=doubts,
        declined=tuple(d for d in reading.declined if d not in facts),
    )
    return replace(heard, reading=better)


def _fact(one: HeardFact, heard: Understanding) -> Fact | None:
    """A fact that its quote may state: words of the message, in a clause of one's own, affirmed or denied as it is."""
    quote = normalise(one.quote)
    if not _SHORTEST_QUOTE <= len(quote) <= _LONGEST_QUOTE or quote not in heard.text:
        return None
    value = _value(one.slot, one.value)
    clauses = split_clauses(heard.text, answers=not heard.asks, correction=heard.reading.is_correction)
    near = [c for c in clauses if quote in c.text or c.text in quote]
    if value is None or not near or any(not c.own or c.supposed or c.asks for c in near):
        return None
    if any(pattern(name).search(c.text) for c in near for name in ("unsure", "hearsay", "others")):
        return None
    denies = value in ("no", NONE, (NONE,))
    if denies is not any(pattern("negation").search(c.text) is not None for c in near):
        return None
    return Fact(value, Source.STATED, quote)


def _value(slot: str, given: str | list[str]) -> Value | None:
    """A value of the slot; where an enterprise is, the rules hear."""
    if slot in _PLACES:
        return None
    try:
        return read_value(slot, given)
    except InvalidProfile:
        return None


def _stands_alone(question: str, heard: Understanding, conversation: Conversation, topics: Sequence[str]) -> str:
    """A question put so that it stands alone: empty where it says more than the person did."""
    plain = normalise(question)
    if not plain or len(plain) > _LONGEST_QUESTION or plain == heard.text:
        return ""
    asked = understand(plain)
    if asked.hostile or asked.has_orders or asked.outside or not asked.asks:
        return ""
    if figure_values(plain) - figure_values("\n".join((heard.text, *topics))):
        return ""
    if set(core(plain)) - set("".join((heard.text, *topics))):
        return ""
    if {p.name for p in asked.foreign_places} - {p.name for p in heard.foreign_places}:
        return ""
    near = {*heard.cities, *conversation.focus_cities, conversation.profile["city"]}
    return plain if set(asked.cities) <= near and not set(asked.facts) - {"city", "district"} else ""


def _unexplained(quote: str, heard: Understanding) -> str:
    """The words of a quote of which the rules of language made nothing."""
    for words in (*(f.words for f in heard.facts.values()), *(p.name for p in heard.reading.mentioned)):
        if words:
            quote = quote.replace(words, " ")
    return _WORDLESS.sub("", subject_words(quote)) if quote.strip() else ""


def _values(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


@cache
def _touches(slot: str, value: str) -> re.Pattern[str]:
    by_value = read_data("lexicon")["touches"].get(slot, {})
    return re.compile(by_value.get(value) or by_value.get("any", r"(?!)"))


@cache
def _slots_told() -> str:
    """The slots that a model may fill, with their values in plain words."""
    told = []
    for name in slots():
        if name in _PLACES:
            continue
        words = slot_wordings()[name]
        told.append(f"{name}（{words.name}）：" + "；".join(f"{value} {label}" for value, label in words.facts.items()))
    return "\n".join(told)
