"""Turns that name a place whose documents are not held, or that is not where the enterprise is."""

import re
from collections.abc import Iterator
from dataclasses import replace

from chains.language.clauses import pattern
from chains.language.firsts import MOVES
from chains.language.places import find_places
from chains.prompting import fact_label, wording
from chains.steps.talk import say, say_unsaid, suggestions
from chains.turn import Context, Draft, Outcome
from knowledge.regions import OTHER, city_name, city_of, served_cities

_FEW = 3
# 常州不行的话南京行吗: whether another city will do, and nothing else.
_WILL_DO = re.compile(
    r"(?:行不行|行|可以|能行|(?:能|可以)(?:不能)?(?:用|享受|申请|申报|报|拿)[^，。；]{2,4}的(?:政策|补贴)?)[吗么嘛不]?[?？]?$"
)
# 客户都在苏州，有影响吗: whether it bears on anything.
_BEARS = re.compile(
    r"[，。；？?\s]*(?:这|那|对|跟|和|与|我们?|你们|文件|政策|申请|申报|个|些|也|都|有|没|没有|不|会|能|要|打|什么|啥)*"
    r"(?:影响|关系|要紧|碍事|妨碍|算数|作数|算)(?:[吗么吧呢啊不没？?]|申请|申报|什么|这个|这些)*"
)
# 在镇江有个厂, of a firm of another city.
_A_BRANCH = re.compile(r"[子分]公司|分厂|一?[个家间](?:[新老小]?厂子?|厂房|工厂)")
# 还算数不, 那边认不认: whether a title got elsewhere counts.
_STILL_HELD = re.compile(
    r"(?:还|也)?(?:算数|作数|有效|管用|承认|认)(?:不|吗|么|没)|认不认|算不算数|带(?:得)?过[来去]|能不能带"
)


def name_known_cities(context: Context) -> Draft | None:
    """A place whose documents are not held here."""
    heard, conversation = context.heard, context.conversation
    own = conversation.facts.get("city")
    told = heard.facts.get("city")
    supposed = heard.reading.supposed.get("city")
    if supposed is not None and supposed.value != OTHER:
        return None  # 我们扬州的，假如搬到南京
    moves = MOVES.search(heard.text) is not None or conversation.moved
    if moves and not (heard.cities or context.finder.named(heard.text)) and _STILL_HELD.search(heard.text):
        return say_unsaid(context, wording("what_if.title_elsewhere"))  # 搬过去之后苏州评的省专还算数不
    of_a_move = (MOVES.search(heard.text) and context.before.focus) or conversation.moved
    if of_a_move and pattern("asks_of_a_first").search(heard.text):
        return say_unsaid(context, wording("what_if.first_elsewhere"))  # 苏州评的，搬过来还算首次吗, after an award
    seat = heard.foreign_places[-1].city.name if heard.foreign_places else None
    if told is not None and told.value == OTHER:
        seat = city_of(fact_label("city", told))
    elif seat is None and own is not None and own.value == OTHER:
        seat = city_of(fact_label("city", own))
    of_a_site = own is not None and not (heard.asks or heard.facts) and _A_BRANCH.search(heard.text) is not None
    tells = of_a_site or (told is not None and told.value == OTHER)
    will = _WILL_DO.search(heard.text) is not None
    if seat and (tells or will) and heard.cities and not _asks_of_a_support(context):
        # 我们在昆山，能不能报南京的: neither city's document is for this enterprise.
        names = "、".join(city_name(city) for city in heard.cities)
        own_city = seat
        text = wording("broad.not_for_others", city=names, own=own_city)
        return Draft(Outcome.OTHER_CITY, conversation, (text,), abstained=True, suggestions=suggestions("examples"))
    talked = () if conversation.broad else tuple(dict.fromkeys(_cities_of_supports(context)))
    asks = heard.asks or "can_get" in heard.intents
    if seat and told is not None and talked and asks and not (heard.cities or context.finder.named(heard.text)):
        # 我们是合肥的公司能参加吗, after what another city has
        text = wording("broad.not_for_others", city="、".join(city_name(city) for city in talked), own=seat)
        return Draft(Outcome.OTHER_CITY, conversation, (text,), abstained=True, suggestions=suggestions("examples"))
    if heard.foreign_places and not heard.cities:
        city = heard.foreign_places[-1].city.name
    elif own is not None and own.value == OTHER and not heard.cities and not context.before.focus:
        city = city_of(fact_label("city", own))
    else:
        return None
    text = wording("broad.other_city", city=city)
    wished = context.finder.named(heard.text)[:_FEW]
    # The wish is kept: the city may have been a slip.
    calm = (conversation.with_goal(wished) if wished else conversation).model_copy(update={"pending": None})
    return Draft(Outcome.OTHER_CITY, calm, (text,), abstained=True, suggestions=suggestions("examples"))


def name_own_city(context: Context) -> Draft | None:
    """客户都在苏州, told of a firm whose city is known: that it is taken to be where it was."""
    heard, city = context.heard, context.before.profile["city"]
    told = [part for part in re.split(r"[，。；？?]", heard.text) if any(find_places(part))]
    rest = heard.text.replace(told[0], "") if told else heard.text
    tells = not (heard.asks or heard.intents) or _BEARS.fullmatch(rest)
    of_ours = pattern("own_other").search(heard.text) or (heard.speaks_of_self and _A_BRANCH.search(heard.text))
    if of_ours and heard.reading.told_of_another and not heard.facts and tells:
        line = wording("interview.other_firm")  # 我们另外还有个公司，是小巨人
        return replace(say(context, Outcome.TALK, line, offers=("broad",)), question=context.standing)
    if city not in served_cities() or not heard.reading.beside or heard.facts or heard.cities or not tells:
        return None
    if heard.foreign_places or heard.reading.supposed or heard.reading.of_another:
        return None
    line = wording("broad.as_before", city=city_name(str(city)))
    return replace(say(context, Outcome.TALK, line, offers=("broad",)), question=context.standing)


def _cities_of_supports(context: Context) -> Iterator[str]:
    """The cities whose supports were talked of last."""
    for key in context.before.focus:
        if key in context.library.supports:
            yield context.library.document(key).city


def _asks_of_a_support(context: Context) -> bool:
    """Whether a support is named, or was talked of and is asked on."""
    subject = context.subject
    return bool(context.finder.named(context.heard.text)) or (subject.is_follow_up and bool(subject.supports))
