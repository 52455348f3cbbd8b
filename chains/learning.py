"""What a message adds to what is known of the enterprise, and what of it does not go with what was said before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.anothers import HE_MOVES, is_of_another
from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.interview import question_about
from chains.language.answering import is_not_yet, puts_right, retracts
from chains.language.clauses import pattern
from chains.language.firsts import MOVES, is_got_elsewhere, recognised_in, tells_of_review
from chains.language.kinds import SMALL_OR_MICRO, is_small_or_micro
from chains.language.other_firms import THITHER
from chains.language.understanding import Understanding, inferred_place
from chains.language.yes_no import denies_words, says_done
from chains.reply import Question
from chains.steps.compared import titles_in
from chains.taken_back import PARTS, retracted, without_denied_titles
from chains.telling.reckoning import counted_in
from knowledge.profile import NONE, Fact, SlotKind, Source, slots
from knowledge.regions import OTHER, city_name
from knowledge.support import Support

_TIERS, _DISTRICT, _SIZE = "tiers", "district", "size"
_CHAMPION, _FIRST, _TRADE = "champion", "first_recognition", "foreign_trade"
# 我们今年刚评上的, 两个都有: of the titles that were asked about.
_GOT_IT = re.compile(
    r"^(?:那|嗯|哦)?(?:我们?|咱们?|俺们?|我司|公司|我们?公司)?(?:[那这]?(?P<both>[两二]个|俩)|这个)?(?:(?:全?都|也|就|已经?)*是?)"
    r"(?:(?:20)?\d\d年|20\d\d|[今去前]年|上个?月|上周|刚刚?|才|早就?|[\d一二三四五六七八九十]+月份?|年[初底]|[上下]半年)*(?:才|刚|就|新)*(?:首次|第一次|首度|头一[次回])?"
    r"(?:被)?(?:(?:评|获评|认定|拿|批|入选|评定|晋|上)(?:上|到|下来)?(?:的|了)+|(?:评上|拿到|批下来|入选)|(?(both)(?:有|首次|第一次|头一[次回])|(?!))[的了]?)$"
)
# 省专都能领吗，我们是的.
_WE_ARE = re.compile(
    r"^(?:我们?|咱们?|俺们?|我司|我们公司)(?:公司|厂)?(?:就|也|正好|刚好|恰好|确实)?是(?:的|呀|啊|嘞|滴)?$"
)
_ONLY = re.compile(r"[只就才仅没不未]|(?<!说)是(?!20|[去今前]年|首次|第一|头)|现在|目前|还在")
# 算了，不搬了; 那我们现在呢: what is, instead of what is supposed.
_AS_IT_IS = re.compile(r"不(?:搬|迁|挪)|(?:我们?|公司|企业)?(?:现在|目前|眼下)(?!搬|迁|挪|去)")
_OVER_THERE = re.compile(r"那(?:边|里|儿|头)|过去(?:之后|以后|后)")
# 不对吧，淮安明明是中级: what is disputed is what a document writes.
_DISPUTES = re.compile(r"明明|不是(?:说|写)|(?:文件|计划|措施)[^，。；]{0,4}(?:写|说)的?(?:明明|就)?是")
_THESE_CITIES = re.compile(r"[这那][几些]个?市")
_PLACE = frozenset({CITY, _DISTRICT})
_A_FIRM_OF_ITS_OWN = re.compile(r"公司|企业|厂|法人|注册|登记|执照")  # 淮安还有个子公司, 镇江另外注册了
_OF_A_YEAR = re.compile(r"(?:20\d\d年|前年|[前大]几年)[^，。；]{0,6}(?:第一次|首次|头一[次回])")


def learn(
    conversation: Conversation, heard: Understanding, chosen: Mapping[str, Fact], declined: Sequence[str]
) -> Conversation:
    """The conversation with the facts that a message states, that its taps chose, and what was left open."""
    facts = {**heard.facts, **chosen}
    if CITY in facts and _A_FIRM_OF_ITS_OWN.search(facts[CITY].words) and conversation.profile[CITY] == OTHER:
        conversation = conversation.without_facts(*conversation.facts)  # what its parent elsewhere holds is not its own
    known = conversation.facts
    for slot in heard.reading.loose & facts.keys() & known.keys() - chosen.keys():
        if known[slot].value != facts[slot].value:
            del facts[slot]  # 那我们500人呢，算小企业不: a question changes nothing that was told
    if _SIZE in facts and _SIZE in known and is_small_or_micro(facts[_SIZE]) and known[_SIZE].value in SMALL_OR_MICRO:
        del facts[_SIZE]  # 我们小微企业, of one known to be micro
    if not facts and pattern("only_denies").fullmatch(heard.text):
        conversation = conversation.without_facts(*conversation.told)  # 你记错了, of what was noted just now
    if CITY in facts and _DISPUTES.search(heard.text) and not pattern("self").search(heard.text):
        facts = {slot: fact for slot, fact in facts.items() if slot not in _PLACE}  # 不对吧 淮安明明是中级
    if retracts(heard.text):
        facts = {slot: fact for slot, fact in facts.items() if slot not in known or known[slot].value != fact.value}
    gone = retracted(conversation, facts, heard)
    if pattern("wrongly_noted").search(heard.text):  # 我没说我是省专: what stood there before is so again
        facts = {**{s: conversation.replaced[s] for s in gone if s in conversation.replaced}, **facts}
        if pattern("disowns").search(heard.text):  # 别算我头上，说的是我哥: what was noted is his
            his = {s: conversation.facts[s] for s in gone if s in conversation.facts}
            conversation = conversation.model_copy(update={"another": {**conversation.another, **his}, "others": True})
    conversation = conversation.without_facts(*(slot for slot in gone if slot not in facts))
    conversation = without_denied_titles(conversation, facts, heard)
    known = conversation.facts
    _settle_titles(facts, known, heard)
    _settle_first(facts, known, heard)
    if reviewed := _is_reviewed(conversation, facts, heard):
        facts.pop(_FIRST, None)
        conversation = conversation.without_facts(_FIRST)
    trade, registered = facts.get(_TRADE), known.get(_TRADE)
    if trade and registered and trade.value == "no" and "海关" in registered.words and "海关" not in trade.words:
        del facts[_TRADE]  # 海关备案了, and then 还没出过口: registered is enough
    _presume_place(facts, known, heard)
    if got_elsewhere := _has_moved(conversation, facts, heard):
        facts.pop(_FIRST, None)
        came = CITY in facts and conversation.profile[CITY] not in (None, facts[CITY].value)
        conversation = conversation.without_facts(_FIRST) if came or not conversation.moved else conversation
    if CITY not in facts and CITY in known and city_name(str(known[CITY].value)) in heard.reading.not_in:
        conversation = conversation.without_facts(CITY, _DISTRICT)  # 刚才说错了，我们不是南京的
    if conversation.city_is_only_asked_about and conversation.profile[CITY] == OTHER and _asks_of_all(heard):
        conversation = conversation.without_facts(CITY, _DISTRICT)  # 各市小巨人奖多少, after 安徽的企业能来吗
    asks_first = conversation.pending is not None and conversation.pending.slot == _FIRST
    if asks_first and is_not_yet(heard.text) and _TIERS not in facts:
        conversation = conversation.without_facts(_TIERS, _FIRST)  # 我们还没评上, asked whether it is the first time
    moved = CITY in facts and conversation.profile[CITY] not in (None, facts[CITY].value)
    if moved and _DISTRICT not in facts:
        conversation = conversation.without_facts(_DISTRICT)
    industry = heard.reading.industry or conversation.industry
    size = known.get(_SIZE)
    if conversation.industry not in ("", industry) and size and size.source is Source.INFERRED:
        conversation = conversation.without_facts(_SIZE)  # what was worked out for another trade
    measures = {**conversation.measures, **heard.reading.measures}
    update: dict[str, object] = {
        "industry": industry,
        "measures": measures,
        "turned": False,
        "of_another": False,
        "kinds": (),
        "told": tuple(facts),
    }
    of_itself = not is_of_another(heard) and (bool(facts) or not heard.asks)  # 26年评上的呢 supposes
    year = recognised_in(heard.text, conversation.as_of) if of_itself else None
    year = year or (None if _TIERS in facts else conversation.recognised)
    update |= {"moved": got_elsewhere, "reviewed": reviewed, "recognised": year}
    if _TIERS in facts and CITY not in conversation.supposed:
        update["supposed"] = {}  # a list was told for whoever holds a title; now one is told of the firm
    stood = {slot: known[slot] for slot in facts if slot in known and known[slot].value != facts[slot].value}
    update["replaced"] = {s: f for s, f in {**conversation.replaced, **stood}.items() if s not in gone}
    update["lacks"] = _lacks(conversation, facts, heard)
    if counted := counted_in(heard.text):
        update["counted"] = counted
    if moved and not heard.reading.is_correction and not MOVES.search(heard.text):
        update["earlier"] = known  # 南京另外注册了一家，没资质: the firm that was told of is another
    conversation = conversation.model_copy(update=update)
    return conversation.with_facts(facts, (*declined, *heard.reading.declined))


def _lacks(conversation: Conversation, facts: Mapping[str, Fact], heard: Understanding) -> tuple[str, ...]:
    """我们不是小巨人: the titles said not to be held, as long as it is not known which are."""
    if _TIERS in facts or _TIERS in conversation.facts:
        return ()
    return tuple(dict.fromkeys((*conversation.lacks, *sorted(heard.reading.denied))))


def question_answered(conversation: Conversation, text: str) -> Question | None:
    """The question that a message may answer: the one asked last, or anew that of the one yes or no told last.

    不对 注册过, 说错了，没买: what takes back what was told is no yes or no to what is asked since.
    """
    pending = conversation.pending
    if not puts_right(text):
        return pending
    told = [slot for slot in conversation.told if slots()[slot].kind is SlotKind.YES_NO]
    if len(told) == 1:
        return question_about(told[0])
    asks_yes_no = pending is not None and pending.slot in slots() and slots()[pending.slot].kind is SlotKind.YES_NO
    return None if asks_yes_no else pending


def with_titles_asked_about(conversation: Conversation, heard: Understanding) -> Understanding:
    """The titles that a question named are told by who only says that they are held: 我们今年刚评上的.

    The last question, or one of the same breath: 算力券南京省专都能领吗，我们是的.
    """
    pending, told = conversation.pending, heard.facts
    if _TIERS in (*conversation.facts, *told):
        return heard
    if (said := next(filter(_WE_ARE.match, PARTS.split(heard.text)), None)) and not is_of_another(heard):
        asked = tuple(t for t in slots()[_TIERS].values if t in titles_in(heard.text))
        if len(asked) == 1:
            return replace(
                heard, reading=replace(heard.reading, facts={**told, _TIERS: Fact(asked, Source.STATED, said)})
            )
    if not conversation.titles:
        return heard
    if pending is not None and pending.slot not in {CITY, _TIERS, _FIRST}:
        return heard
    got = next((m for part in re.split(r"[，。；！\s]+", heard.text) if (m := _GOT_IT.match(part))), None)
    named = tuple(dict.fromkeys(t for name in conversation.titles for t in titles_in(name)))
    if got is None or not named or is_of_another(heard) or (len(named) > 1 and not got["both"]):
        return heard
    titles = Fact(tuple(t for t in slots()[_TIERS].values if t in named), Source.STATED, got.group())
    return replace(heard, reading=replace(heard.reading, facts={**told, _TIERS: titles}))


def with_what_was_done(
    conversation: Conversation, heard: Understanding, supports: Mapping[str, Support]
) -> Understanding:
    """What the support talked of asks for is told by who only says that it is done: 跟南大一起建的."""
    talked_of = [supports[key] for key in conversation.focus if key in supports]
    asked = {c.slot for s in talked_of for c in s.when if c.slot and slots()[c.slot].kind is SlotKind.YES_NO}
    slot = asked.pop() if len(asked) == 1 else None
    if slot is None or heard.asks or slot in (*conversation.facts, *heard.facts) or is_of_another(heard):
        return heard
    for part in re.split(r"[，。；！\s]+", heard.text):
        if says_done(part, slot):
            facts = {**heard.facts, slot: Fact("yes", Source.STATED, part)}
            return replace(heard, reading=replace(heard.reading, facts=facts))
    return heard


def with_what_was_denied(conversation: Conversation, heard: Understanding) -> Understanding:
    """What was noted is not so where its own words are denied: 我们不买服务，你记错了."""
    pending = conversation.pending
    answers = pending is not None and pending.slot in heard.facts
    so = [slot for slot, fact in conversation.facts.items() if fact.value == "yes" and slot not in heard.facts]
    so = [slot for slot in so if slots()[slot].kind is SlotKind.YES_NO and slot != _FIRST]
    for part in () if answers else PARTS.split(heard.text):
        denied = [slot for slot in so if denies_words(part, slot)]
        if len(denied) == 1:
            facts = {**heard.facts, denied[0]: Fact("no", Source.STATED, part)}
            return replace(heard, reading=replace(heard.reading, facts=facts))
    return heard


def with_what_is_supposed(conversation: Conversation, heard: Understanding) -> Understanding:
    """就算是省专吧, 迁过去以后呢, after 要是搬到南京: the move holds on where one's own city has no document."""
    held = dict(conversation.supposed)
    if there := _place_meant(conversation, heard):
        where = {CITY: Fact(there, Source.STATED, city_name(there))}
        if CITY in held and held[CITY].value == there and _DISTRICT in held:
            where |= {_DISTRICT: held[_DISTRICT]}
        supposed = {**where, **heard.reading.supposed}
        return replace(heard, reading=replace(heard.reading, supposed=supposed), cities=(there,))
    if CITY not in held or conversation.profile[CITY] != OTHER or heard.foreign_places or _AS_IT_IS.search(heard.text):
        return heard
    if CITY in heard.facts or len(heard.cities) > 1:
        return heard
    if heard.cities and heard.cities[0] != held[CITY].value:  # 那换成镇江呢
        held = {CITY: Fact(heard.cities[0], Source.STATED, city_name(heard.cities[0]))}
    supposed = {**held, **heard.reading.supposed}
    return replace(heard, reading=replace(heard.reading, supposed=supposed), cities=(str(supposed[CITY].value),))


def _asks_of_all(heard: Understanding) -> bool:
    """各市多少, 就比小巨人奖励: whether a message asks of the cities whose documents are held, or compares them."""
    asks = any(pattern(name).search(heard.text) for name in ("every_city", "which_cities", "compares"))
    return (asks or _THESE_CITIES.search(heard.text) is not None) and not heard.foreign_places


def _place_meant(conversation: Conversation, heard: Understanding) -> str | None:
    """总部迁过去, after what another city has: that city, of which it was talked last, or is in the same breath."""
    own, to = str(conversation.profile[CITY] or ""), conversation.supposed.get(CITY)
    asked = [clause for clause in PARTS.split(heard.text) if clause][-1:]
    last = {city for city in heard.cities if city_name(city) in "".join(asked)}
    named = (set(heard.cities) if len(heard.cities) == 1 else last) - {own}
    talked = named or set(conversation.focus_cities) - {own} or ({str(to.value)} if to is not None else set())
    told = bool(own) or not heard.cities
    again = CITY in heard.facts and heard.facts[CITY].value == own  # 我现在在苏州，我说的是假如搬过去
    elsewhere = bool(heard.foreign_places or CITY in heard.facts) and not again
    knows = told and not (elsewhere or CITY in heard.reading.supposed)
    # 在那边首次认定呢, after 打算迁到镇江
    there = to is not None and talked == {str(to.value)} and _OVER_THERE.search(heard.text)
    refers = THITHER.search(heard.text) or there
    return talked.pop() if len(talked) == 1 and knows and refers else None


def _settle_titles(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """A champion stays one where others are denied, and a title of the other kind stands beside what is held."""
    said, before = facts.get(_TIERS), known.get(_TIERS)
    if said is None or before is None:
        return
    if said.value == (NONE,) and said.source is Source.INFERRED and _CHAMPION in before.value:
        del facts[_TIERS]  # 不是小巨人，也不是省专
    elif said.value == (NONE,) and _is_of_others(said, before):
        del facts[_TIERS]  # 省专在报了, of a firm that has said what it holds
    elif set(said.value) < set(before.value) and not heard.reading.is_correction and not _ONLY.search(heard.text):
        del facts[_TIERS]  # 小巨人是去年评的: more is told of one that is held
    elif _comes_on_top(said, before, heard):
        both = {*before.value, *said.value}
        facts[_TIERS] = replace(said, value=tuple(t for t in slots()[_TIERS].values if t in both))


def _is_of_others(said: Fact, before: Fact) -> bool:
    """Whether what is said not to be held are other titles than those told before."""
    named = set(titles_in(said.words))
    return bool(named) and NONE not in before.value and named.isdisjoint(before.value)


def _comes_on_top(said: Fact, before: Fact, heard: Understanding) -> bool:
    """今年单项冠军也下来了: a champion's title stands beside the ladder's, unless one is put in place of the other."""
    titles = (set(said.value), set(before.value))
    beside = {_CHAMPION} in titles and not any(NONE in t for t in titles) and not titles[0] & titles[1]
    return beside and not heard.reading.is_correction and not titles[1] & set(titles_in(heard.text))


def _settle_first(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """Whether a title is new is held for that title; what is held for years is not new because it once was."""
    first, before = facts.get(_FIRST), known.get(_FIRST)
    if first and before and (first.value, before.value) == ("yes", "no") and _OF_A_YEAR.search(heard.text):
        del facts[_FIRST]  # 复核通过了, and then 2021年第一次评的
        return
    contrary = first and before and (first.value, before.value) == ("no", "yes")
    if first and before and contrary and first.of and before.of and set(first.of).isdisjoint(before.of):
        facts[_FIRST] = replace(before, not_of=first.of)  # 小巨人的钱拿过了, after 单项冠军是第一次
        return
    titles = facts.get(_TIERS, known.get(_TIERS))
    if first and titles is not None and len(titles.value) == 1 and set(first.of) >= set(titles.value):
        facts[_FIRST] = replace(first, of=())
    if not (first or before) or titles is None or len(titles.value) < 2:
        return
    if before is not None and not before.of and _TIERS in known:
        before = replace(before, of=tuple(known[_TIERS].value))  # 单项冠军也拿到了: it was said of the title before
    held = frozenset(titles.value)
    earlier = frozenset(before.of if before is not None else ()) & held
    if first is None:
        assert before is not None
        facts[_FIRST] = replace(before, of=_but_all(earlier, titles))
        return
    named = frozenset(titles_in(heard.text)) & held
    said = frozenset(first.of) & held or (named if len(named) == 1 else held - earlier or held)
    if before is not None and before.value == first.value:
        said |= earlier
    facts[_FIRST] = replace(first, of=_but_all(said, titles))


def _is_reviewed(conversation: Conversation, facts: Mapping[str, Fact], heard: Understanding) -> bool:
    """是第一次评的，后来复核过了: a title that was new once and was reviewed since; no text says if it is new."""
    first, before = facts.get(_FIRST), conversation.facts.get(_FIRST)
    if heard.reading.reviewed:
        return True
    since = first is not None and first.value == "no" and tells_of_review(first.words)
    if since and recognised_in(heard.text, conversation.as_of) and pattern("asks_of_a_first").search(heard.text):
        return True  # 我们21年就评上了 去年复核通过 算不算首次: it is asked, and not told
    if before is not None and before.value == "yes" and since:
        return True
    another = _TIERS in facts and facts[_TIERS].value != conversation.profile[_TIERS]
    return conversation.reviewed and not another and (since or first is None or first.value == "yes")


def _has_moved(conversation: Conversation, facts: Mapping[str, Fact], heard: Understanding) -> bool:
    """Whether a title that is held was got before the firm came to where it is: 从盐城搬到南京，小巨人在那边评的."""
    profile = conversation.profile
    if _AS_IT_IS.search(heard.text) and not MOVES.search(_AS_IT_IS.sub("", heard.text)):
        return False
    came = CITY in facts and profile[CITY] not in (None, facts[CITY].value) and MOVES.search(heard.text) is not None
    city = facts[CITY].value if CITY in facts else profile[CITY]
    told = facts[_TIERS].value if _TIERS in facts else ()
    titles = profile[_TIERS] if came else told or profile[_TIERS]
    if is_got_elsewhere(heard.text, city_name(str(city)) if city else None, titles, moves=came):
        return True
    return conversation.moved and not (_TIERS in facts and not MOVES.search(heard.text))


def _but_all(some: frozenset[str], titles: Fact) -> tuple[str, ...]:
    """Some titles in the order held; none where they are all."""
    return tuple(t for t in titles.value if t in some) if some < frozenset(titles.value) else ()


def _presume_place(facts: dict[str, Fact], known: Mapping[str, Fact], heard: Understanding) -> None:
    """The place that a question is about is taken for the enterprise's as long as it has told none."""
    presumed = inferred_place(heard)
    city = known.get(CITY)
    disputed = pattern("wrongly_noted").search(heard.text) is not None  # 我没说过我在盐城
    if CITY in heard.reading.supposed or disputed or is_of_another(heard) or HE_MOVES.search(heard.text):
        return  # 如果我在镇江注册个分公司呢, 我老婆的公司在南京, 他把厂迁到润州呢
    if CITY in known and pattern("compares").search(heard.text):
        return  # 南京小巨人多少钱，我拿来对比一下
    is_loose = city is None or (city.source is Source.INFERRED and _DISTRICT not in known)
    if CITY in facts or not presumed or not (is_loose or city is None or city.value == presumed[CITY].value):
        return
    for slot, fact in presumed.items():
        before = known.get(slot)
        if slot not in facts and (before is None or before.source is Source.INFERRED):
            facts[slot] = fact
