"""What a message is about if nothing was said before it but the city."""

from chains.conversation import Conversation
from chains.finding.entries import Entry
from chains.finding.followup import OF_ITS_OWN
from chains.finding.matching import A_WORD, Search
from chains.finding.meant import Subject, anywhere, in_cities
from chains.finding.naming import core, names_nothing
from chains.finding.retrieval import Finder
from chains.finding.told import FEW
from chains.language.clauses import value_patterns
from chains.language.of_cities import as_told
from chains.language.places import find_places, served
from chains.language.question_words import facets_of, without_trade
from chains.language.understanding import Understanding
from knowledge.figures import read_figures

_TITLE_WORDS = {"little_giant": "小巨人", "champion": "单项冠军"}


def by_itself(search: Search, heard: Understanding, conversation: Conversation) -> Subject:
    """What a message is about if nothing was said before but the city."""
    # 那之后还有没有: what is asked on of nothing told names no thing to look for.
    asks_on = bool(conversation.focus) or (bool(facets_of(search.text)) and bool(conversation.profile["city"]))
    in_a_city = bool(heard.cities) and (heard.asks or bool(search.facets) or len(core(search.text)) >= A_WORD)
    if (
        not asks_on
        and not in_a_city
        and names_nothing(without_trade(search.text))
        and not search.finder.named(search.text)
    ):
        return Subject()
    if heard.cities:
        return in_cities(search, heard.cities)
    own_city = conversation.profile["city"]
    if own_city:
        return in_cities(search, (str(own_city),))
    if conversation.focus_cities:
        found = in_cities(search, conversation.focus_cities[:1])
        if found.entries or not anywhere(search).is_clear:
            return found
    return anywhere(search)


def what_is_told(told: str, finder: Finder) -> Entry | None:
    """What another city's document has of what somebody says of it: 南京小巨人给一百万是吧."""
    said, cities = as_told(told), served(place for place, _, _ in find_places(told))
    search = Search(finder, said, facets_of(said), award_titles(said))
    found = in_cities(search, cities).entries if len(cities) == 1 else ()
    near = search.matches(cities)[:FEW] if found else ()
    claimed = {figure.value for figure in read_figures(said)}
    holding = (m.entry for m in near if claimed and claimed <= {f.value for f in read_figures(m.entry.quote)})
    return next(holding, next(iter(found), None))


def stands_alone(subject: Subject) -> bool:
    """Whether a message names its subject itself, so that nothing before it is needed."""
    return bool(subject.entries) and subject.share >= OF_ITS_OWN


def award_titles(text: str) -> frozenset[str]:
    """Of the two titles with awards of their own, those that a text names."""
    named = {title for title, regex in value_patterns()["tiers"] if regex.search(text)}
    return frozenset(t for t in ("little_giant", "champion") if t in named or _TITLE_WORDS[t] in text)
