"""Another city's policies, asked of or doubted at large: whose firms they are for, and what would fit."""

import re
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.naming import core
from chains.language.clauses import pattern
from chains.language.places import find_places, served, without_cities
from chains.language.question_words import subject_words
from chains.prompting import wording
from chains.steps import overview
from chains.steps.compared import titles_in
from chains.steps.dialogue import proceed
from chains.steps.noted import noted_lines
from chains.steps.talk import say_unsaid, suggestions
from chains.telling import verdicts
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact, Source
from knowledge.regions import Place, city_name, places, served_cities
from knowledge.support import Kind

# 淮安的企业能不能申请南京的补贴, 在镇江的厂可以用盐城的吗: whose firms are asked of.
_ITS_FIRMS = re.compile(r"^市?(?:这边|那边|本地|当地)?的?(?:企业|公司|厂子?|单位|人)")
# 能用南京的政策吗, and not 南京的我们能用不 of what was told.
_A_POLICY = re.compile(r"政策|文件|措施|补贴|外地|外市")
# What is asked at large: of a policy, and of nothing that it gives.
_AT_LARGE = re.compile(
    r"政策|文件|措施|补贴|补助|奖励|钱|好处|支持|待遇|外地|外市|别的市|其他市|外面|异地|本地|当地|企业|公司|厂"
)
# 那丹阳自己有没有, 句容本地给不给: and what the documents of some cities write of districts.
_ITSELF = re.compile(
    r"^(?:那边|这边|那里)?(?:有没有)?(?:(?:它|他们)?(?:自己|本地|当地|本身|单独)(?:还|也|又|另外)*(?:的|有没有|有(?:没|吗|政策|补|奖|钱|办法|文件)|[给发出奖补](?:不|吗|没|钱)|会不会)|另外(?:还|也)?(?:有|给|发|奖)(?!.*(?:公司|厂|企业)))"
)
_OF_DISTRICTS, _EACH_PLACE = "区级", re.compile(r"各地|各区|各县")


def tell_whose_firms(context: Context) -> Draft | None:
    """南京的跟我有啥关系, 淮安的厂能用南京的政策吗: the policies of a city are for the firms of that city alone."""
    asked = _another_and_own(context)
    if asked is None:
        return None
    other, own = asked
    heard, conversation, told = context.heard, context.conversation, context.before.facts.get(CITY)
    if own not in served_cities():
        line = wording("broad.only_for_its_own", city=city_name(other))
        if _asks_of_strangers(context):
            return Draft(Outcome.OTHER_CITY, context.before, (line,), abstained=True, suggestions=suggestions("broad"))
        unknown = conversation.without_facts(CITY).with_goal((), broad=True)
        return proceed(replace(context, conversation=unknown), (line,))
    line = wording("broad.not_for_own", city=city_name(other), own=city_name(own))
    if told is not None and CITY not in heard.facts:
        conversation = conversation.with_facts({CITY: told})
    if all(context.library.document(support).city != own for support in conversation.goal):
        conversation = conversation.with_goal((), broad=conversation.broad)
    conversation = conversation.with_focus((), (own,))
    lines = (*noted_lines(context), line) if CITY in heard.facts else (line,)
    question = context.question_for(conversation)
    offers = suggestions("broad")
    return Draft(Outcome.OTHER_CITY, conversation, lines, question=question, abstained=True, suggestions=offers)


def _another_and_own(context: Context) -> tuple[str, str] | None:
    """The city whose policies are asked of or doubted, and the city they are asked for; that is "" if it is unknown."""
    heard, text = context.heard, context.heard.text
    told = context.before.facts.get(CITY)
    city = heard.facts.get(CITY) or told
    own = str(city.value) if city is not None else ""
    named = served(place for place, _, _ in find_places(text))
    whose = served(place for place, _, end in find_places(text) if _ITS_FIRMS.match(text[end:]))
    own = whose[0] if whose and len(named) > 1 else own
    others = [name for name in named if name != own]
    if _names_a_thing(context):
        return None
    if _asks_of_strangers(context):
        return (named[0], own if own != named[0] else "") if len(named) == 1 else None
    moves = CITY in heard.facts and context.before.profile[CITY] not in (None, heard.facts[CITY].value)
    if pattern("no_concern").search(text) and not moves:
        if len(named) == 1 and not others and told is not None and told.source is Source.INFERRED:
            return named[0], ""  # 南京跟我们没关系, of the city that was only asked about
        return (others[0], own) if len(others) == 1 else None
    if context.subject.is_follow_up and context.subject.supports and not _A_POLICY.search(text):
        return None  # 淮安呢，够条件的人能直接报啥, 南京的我们能用不, of what was told
    asks = "can_get" in heard.intents and not (heard.facts.keys() - {CITY, "district"})
    is_own = CITY in heard.facts or bool(whose) or not context.before.city_is_only_asked_about
    return (others[0], own) if asks and own and is_own and len(others) == 1 else None


def _asks_of_strangers(context: Context) -> bool:
    """外地企业能申请南京的吗."""
    heard = context.heard
    tells = bool(heard.facts.keys() - {CITY, "district"})
    return "can_get" in heard.intents and not tells and pattern("outsiders").search(heard.text) is not None


def tell_what_is_elsewhere(context: Context) -> Draft | None:
    """那镇江呢, after everything of one's own city: what of another would fit, and that it is for its firms alone."""
    heard, before = context.heard, context.before
    own = context.conversation.profile["city"]
    told_here = "city" in heard.facts
    others = [city for city in heard.cities if not (told_here and city == own)]
    nothing = pattern("whether_nothing").search(without_cities(heard.text, heard.cities)) is not None
    asks_all = "broad" in heard.intents or nothing
    if not (before.broad or asks_all) or len(others) != 1 or others[0] == own or own is None:
        return None
    tells = set(heard.facts) - {"city"} and not told_here  # 我们盐城的，省专，南京有什么 tells of the firm that asks
    names_more = core(subject_words(heard.text)) and not nothing
    if tells or names_more or ("amount" in heard.facets and titles_in(heard.text)):
        return None
    told_last = before.focus == before.in_order and set(before.focus) <= set(before.listed)
    if context.finder.named(heard.text) or not (asks_all or told_last):
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


# 江北给20万, 江宁区给省专发30万: right behind the district that is said to give it.
_TWO, _KIND_OF_PLACE = 2, re.compile(r"(?:新区|开发区|区|县|市)$")
_GIVES_A_SUM = re.compile(
    r"(?:区|县|市|新区|政府|那边|那里|自己|[也还都就会])*(?:给|发|奖|补)(?:省专|省级|专精特新|小巨人|企业|每家|一家|我们|的|了|发|奖励?|补贴?)*(?:最高|到)?[\d一二三四五六七八九十百]+[多几]?(?:万|元|块)"
)


def name_known_level(context: Context) -> Draft | None:
    """有没有省里的政策, 那丹阳自己有没有: only cities' documents are held here."""
    heard = context.heard
    if (named := pattern("other_offices").search(heard.text)) and not heard.cities:
        return say_unsaid(
            context, wording("broad.other_level", level=named["level"] or named["meant"] or named["gives"])
        )
    if place := _asked_for_itself(context):
        city = city_name(str(context.conversation.profile[CITY] or heard.cities[0]))
        return say_unsaid(context.without_asked_district(), wording("broad.district_itself", city=city, place=place))
    if told := _sum_of_a_district(context):
        return told
    asked = pattern("other_levels").search(heard.text)
    if asked is None or heard.cities or heard.facts or context.finder.named(heard.text):
        return None
    return say_unsaid(context, wording("broad.other_level", level=asked["level"]))


def _sum_of_a_district(context: Context) -> Draft | None:
    """网上说江北给20万: a sum that a district is said to give is in no document held here; what its city writes."""
    heard = context.heard
    here = [
        place for place, _, end in find_places(heard.text) if place.district and _GIVES_A_SUM.match(heard.text[end:])
    ]
    here = here or _called_short(context)
    city = here[0].city.slot if here else ""
    if len(here) != 1 or city not in served_cities() or context.finder.named(heard.text):
        return None
    lines = [wording("broad.district_itself", city=city_name(city), place=here[0].district or here[0].name)]
    supports = (s for s in context.library.supports.values() if _OF_DISTRICTS in s.title)
    written = [s for s in supports if context.library.document(s.id).city == city and s.kind is Kind.AWARD]
    for finding in map(context.assess, written):
        title, benefit = finding.support.title, tight(finding.support.benefit.text)
        lines.append(wording("support.benefit", title=title, benefit=benefit, mark=context.words.benefit_mark(finding)))
    told = [slot for slot in heard.facts if slot not in context.before.facts]
    known = context.conversation.without_facts(*told)  # of whom it is said, and not of the firm
    talked = known.with_focus((s.id for s in written), (city,)) if written else known
    return say_unsaid(replace(context, conversation=talked).without_asked_district(), *lines)


def _called_short(context: Context) -> list[Place]:
    """网上说江北给20万, in a talk of 南京: its district that is called without 新区 or 区."""
    text, own = context.heard.text, str(context.conversation.profile[CITY] or "")
    cities = (own,) if own in served_cities() else context.before.focus_cities
    here = [p for p in places() if p.city.slot in cities and p.district and p.city.name not in p.district]
    called = [(place, _KIND_OF_PLACE.sub("", place.district or "")) for place in here]
    named = {
        place.district: place for place, short in called
        if len(short) >= _TWO and short != place.district and _GIVES_A_SUM.match(text.partition(short)[2])
    }  # fmt: skip
    return list(named.values())


def _asked_for_itself(context: Context) -> str:
    """那丹阳自己有没有: the district whose own policies are asked for, where the city's document writes of none."""
    heard = context.heard
    talked = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    if any(_EACH_PLACE.search(entry.quote) for entry in talked):
        return ""  # 鼓励和支持各地给予奖补 is of the district too
    documents = {s.id for s in context.library.supports.values() if _OF_DISTRICTS in s.title}
    named = [(place, end) for place, _, end in find_places(heard.text) if place.district]
    own = [place for place, end in named if _ITSELF.match(heard.text[end:])]
    held = {context.library.document(key).city for key in documents}
    return (own[-1].district or "") if own and own[-1].city.slot in served_cities().keys() - held else ""
