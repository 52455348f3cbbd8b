"""Another city's policies, asked of or doubted at large: whose firms they are for, and what would fit."""

import re
from dataclasses import replace

from chains.finding.naming import core
from chains.language.clauses import pattern
from chains.language.understanding import subject_words
from chains.language.whereabouts import find_places, served
from chains.prompting import wording
from chains.steps import overview
from chains.steps.compared import titles_in
from chains.steps.dialogue import proceed
from chains.steps.noted import noted_lines
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact, Source
from knowledge.regions import city_name, served_cities

_CITY = "city"
# 淮安的企业能不能申请南京的补贴, 在镇江的厂可以用盐城的吗: whose firms are asked of.
_ITS_FIRMS = re.compile(r"^市?(?:这边|那边|本地|当地)?的?(?:企业|公司|厂子?|单位|人)")
_THE_SAME_OF = re.compile(r"那?[\u4e00-\u9fff]{2,4}呢(?=[，,\s])")
# What is asked at large: of a policy, and of nothing that it gives.
_AT_LARGE = re.compile(
    r"政策|文件|措施|补贴|补助|奖励|钱|好处|支持|待遇|外地|外市|别的市|其他市|外面|异地|本地|当地|企业|公司|厂"
)


def tell_whose_firms(context: Context) -> Draft | None:
    """南京的跟我有啥关系, 淮安的厂能用南京的政策吗: the policies of a city are for the firms of that city alone."""
    asked = _another_and_own(context)
    if asked is None:
        return None
    other, own = asked
    heard, conversation, told = context.heard, context.conversation, context.before.facts.get(_CITY)
    if own not in served_cities():
        line = wording("broad.only_for_its_own", city=city_name(other))
        if _asks_of_strangers(context):
            return Draft(Outcome.OTHER_CITY, context.before, (line,), abstained=True, suggestions=suggestions("broad"))
        unknown = conversation.without_facts(_CITY).with_goal((), broad=True)
        return proceed(replace(context, conversation=unknown), (line,))
    line = wording("broad.not_for_own", city=city_name(other), own=city_name(own))
    if told is not None and _CITY not in heard.facts:
        conversation = conversation.with_facts({_CITY: told})
    if all(context.library.document(support).city != own for support in conversation.goal):
        conversation = conversation.with_goal((), broad=conversation.broad)
    conversation = conversation.with_focus((), (own,))
    lines = (*noted_lines(context), line) if _CITY in heard.facts else (line,)
    question = context.question_for(conversation)
    offers = suggestions("broad")
    return Draft(Outcome.OTHER_CITY, conversation, lines, question=question, abstained=True, suggestions=offers)


def _another_and_own(context: Context) -> tuple[str, str] | None:
    """The city whose policies are asked of or doubted, and the city they are asked for; that is "" if it is unknown."""
    heard, text = context.heard, context.heard.text
    told = context.before.facts.get(_CITY)
    city = heard.facts.get(_CITY) or told
    own = str(city.value) if city is not None else ""
    named = served(place for place, _, _ in find_places(text))
    whose = served(place for place, _, end in find_places(text) if _ITS_FIRMS.match(text[end:]))
    own = whose[0] if whose and len(named) > 1 else own
    others = [name for name in named if name != own]
    if _names_a_thing(context):
        return None
    if _asks_of_strangers(context):
        return (named[0], own if own != named[0] else "") if len(named) == 1 else None
    moves = _CITY in heard.facts and context.before.profile[_CITY] not in (None, heard.facts[_CITY].value)
    if pattern("no_concern").search(text) and not moves:
        if len(named) == 1 and not others and told is not None and told.source is Source.INFERRED:
            return named[0], ""  # 南京跟我们没关系, of the city that was only asked about
        return (others[0], own) if len(others) == 1 else None
    if context.subject.is_follow_up and context.subject.supports and _THE_SAME_OF.match(text):
        return None  # 淮安呢，够条件的人能直接报啥, after the same of one's own city
    asks = "can_get" in heard.intents and not (heard.facts.keys() - {_CITY, "district"})
    return (others[0], own) if asks and own and len(others) == 1 else None


def _asks_of_strangers(context: Context) -> bool:
    """外地企业能申请南京的吗."""
    heard = context.heard
    tells = bool(heard.facts.keys() - {_CITY, "district"})
    return "can_get" in heard.intents and not tells and pattern("outsiders").search(heard.text) is not None


def tell_what_is_elsewhere(context: Context) -> Draft | None:
    """那镇江呢, after everything of one's own city: what of another would fit, and that it is for its firms alone."""
    heard, before = context.heard, context.before
    own = context.conversation.profile["city"]
    told_here = "city" in heard.facts
    others = [city for city in heard.cities if not (told_here and city == own)]
    at_large = before.broad or "broad" in heard.intents
    if not at_large or len(others) != 1 or others[0] == own or own is None:
        return None
    tells = set(heard.facts) - {"city"} and not told_here  # 我们盐城的，省专，南京有什么 tells of the firm that asks
    if tells or core(subject_words(heard.text)) or ("amount" in heard.facets and titles_in(heard.text)):
        return None
    told_last = before.focus == before.in_order and set(before.focus) <= set(before.listed)
    if context.finder.named(heard.text) or not ("broad" in heard.intents or told_last):
        return None  # 南京的呢, after 职称: asks on of that
    city = others[0]
    there = context.conversation.without_facts("district")
    there = there if before.broad else there.with_goal((), broad=True)
    there = there.with_facts({"city": Fact(city, Source.INFERRED, city_name(city))}).model_copy(update={"listed": ()})
    words = replace(context.words, profile=there.profile)
    own_name = verdicts.own_fact(context.words, "city") or city_name(str(own))
    noted = noted_lines(context) if told_here else ()
    head = wording("broad.elsewhere", city=city_name(city), own=own_name)
    draft = overview.overview(
        replace(context, conversation=there, words=words, before=there), (*noted, head), supposed=True
    )
    told = draft.conversation.listed
    focused = context.conversation.with_focus(draft.conversation.focus, (city,))
    focused = focused.model_copy(update={"listed": (*focused.listed, *told)})
    of_own = {wording("broad.open"), wording("broad.more")}
    lines = tuple(line for line in draft.lines if line not in of_own)
    offers = suggestions("broad")
    return replace(draft, conversation=focused, lines=lines, findings=(), question=context.standing, suggestions=offers)


def _names_a_thing(context: Context) -> bool:
    """Whether a message names what a document gives, beside its cities: 南京的算力券."""
    rest = _AT_LARGE.sub(" ", pattern("no_concern").sub(" ", context.heard.text))
    return bool(context.finder.named(context.heard.text)) or bool(core(subject_words(rest)))
