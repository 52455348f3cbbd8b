"""What a message asks or tells of a firm that is not the speaker's, after what was told of it before. None is noted."""

import re
from collections.abc import Mapping
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.language.understanding import Understanding
from knowledge.profile import Fact

_PLACE = frozenset({CITY, "district"})
# 她那边, 他们能拿吗, 那家呢: of the firm that was told of before.
_THEIRS = re.compile(
    r"^(?:那|那么|但是?|不过|哦|嗯)?(?:[他她]们?|人家|对方|那一?家)(?:那边|那家|家|公司|厂|的|那)?(?=[^，。；]{2})"
)
HE_MOVES = re.compile(r"(?:[他她]们?|人家|对方|那一?家)[^，。；我咱]{0,8}(?:搬|迁|挪)")
# 我另一个朋友, 还有个同学: somebody who was not told of before.
_ANOTHER_AGAIN = re.compile(r"(?:另外?|还有|再|别的?)(?:一?[个家位]|有)")


def is_of_another(heard: Understanding) -> bool:
    """老王是小巨人，也备案了: whether a message tells of another's firm alone."""
    return bool(heard.reading.told_of_another) and not heard.speaks_of_self


def with_the_firm_of_another(conversation: Conversation, heard: Understanding) -> Understanding:
    """她那边担保费率多少, after 我老婆的公司在淮安: what is asked is asked of that firm."""
    if _goes_on_about_another(conversation, heard):
        reading = replace(heard.reading, told_of_another=heard.facts, facts={}, others=True, only_others=True)
        heard = replace(heard, reading=reading)  # 首次评的, after what another's firm still has to show
    told, reading = _of_the_same_firm(conversation.another, heard), heard.reading
    if reading.of_another:
        of_both = CITY in told and (CITY in heard.facts or not heard.cities) and not heard.foreign_places
        return _asked_of(told, heard, (str(told[CITY].value),) if of_both else heard.cities)
    if reading.told_of_another:
        heard = replace(heard, reading=replace(reading, told_of_another=told))
    if conversation.others and reading.supposed and (reading.only_others or HE_MOVES.search(heard.text)):
        theirs = {**conversation.another, **told, **reading.supposed}  # 要是他把厂迁到润州
        return _asked_of(theirs, heard, heard.cities)
    refers = reading.others or _THEIRS.match(heard.text)
    if not conversation.others or heard.speaks_of_self or heard.facts or not refers:
        return heard
    if not (heard.asks or heard.intents or heard.facets) or heard.foreign_places:
        return heard
    return _asked_of(told, heard, heard.cities or ((str(told[CITY].value),) if CITY in told else ()))


def _asked_of(theirs: Mapping[str, Fact], heard: Understanding, cities: tuple[str, ...]) -> Understanding:
    """A message that asks of another's firm, with all that is known of that."""
    reading = replace(heard.reading, of_another=theirs, told_of_another=theirs, supposed={})
    return replace(heard, reading=reading, cities=cities)


def _goes_on_about_another(conversation: Conversation, heard: Understanding) -> bool:
    """Whether a message only tells, and of nobody, right after another's firm was judged."""
    tells = bool(heard.facts) and not heard.asks and not heard.reading.is_correction and not heard.speaks_of_self
    return conversation.of_another and tells and heard.facts.keys().isdisjoint(conversation.pending_slots)


def _of_the_same_firm(before: Mapping[str, Fact], heard: Understanding) -> Mapping[str, Fact]:
    """那玄武那家是省专, after 民企也有一家，在玄武: all that is known of that firm, unless it is another again."""
    told = heard.reading.told_of_another
    is_elsewhere = any(slot in before and before[slot].value != told[slot].value for slot in _PLACE & told.keys())
    is_elsewhere = is_elsewhere and not heard.reading.supposed  # 她要是在南京
    return told if is_elsewhere or (told and _ANOTHER_AGAIN.search(heard.text)) else {**before, **told}
