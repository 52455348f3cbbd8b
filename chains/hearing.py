"""A message as it is meant after those before it: what it says of the firm, what it asks, of what."""

import re
from dataclasses import replace

from chains.anothers import with_the_firm_of_another
from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.finding.asked import asks_for_any_help, complains, corrected, kind_meant, put_right, slips
from chains.finding.followup import said_back
from chains.finding.instead import as_asked_on
from chains.finding.naming import names_nothing, without_places
from chains.finding.own_firm import beside_the_firm
from chains.finding.retrieval import Finder
from chains.finding.subject import known_in_its_words
from chains.had import with_what_was_had, without_the_first_of_another
from chains.language.answering import holds_none
from chains.language.clauses import asks_on, pattern
from chains.language.normalise import normalise, plain
from chains.language.places import find_places, served
from chains.language.question_words import facets_of
from chains.language.understanding import Understanding, understand
from chains.learning import (
    question_answered,
    with_titles_asked_about,
    with_what_is_supposed,
    with_what_was_denied,
    with_what_was_done,
)
from chains.reply import Question
from chains.steps.remarked import as_remark, without_grumbles
from chains.which_firm import of_the_firm_talked_of
from knowledge.library import Library
from knowledge.profile import Source
from knowledge.regions import city_name, served_cities

# 示范工厂呢, 顺便再问下，上云企业呢: what was asked before is asked of something else.
_ASKS_THE_SAME = re.compile(
    r"^(?:(?:顺便|另外|对了|还|再|想|请)*(?:问|说|讲)(?:一?[下个句嘴]|问)?[，,\s]*)?.{1,12}[呢嘞][?？]?$"
)
# 那现在能申请啥, after another day.
_NOW = re.compile(r"现在|目前|眼下|如今|今天")
# 咱们这儿有吗, 本地给不给.
_OURS = re.compile(
    r"(?:(?:我们|咱们?|俺们?)(?:这儿|这边|这里|这块|这|那儿|那边|本地|当地|市里)|本地|本市)(?=[^，。；]{0,4}(?:有|给|也|能|行|发|奖|补|没))"
)
_HERE_THEN = re.compile(
    r"那?(?:我们|咱们?|俺们?)(?:现在|目前|自己)*(?:这儿|这边|这里|这块|这|那儿|那边|那里|本地|当地|市里?)的?呢[?？]?"
)
# 三份行动计划, 几个计划: so many documents of a kind.
_SO_MANY_DOCUMENTS = re.compile(
    r"(?<!哪)(?P<many>[几各两三四2-4])[份个](?:市的?)?(?:专精特新)?(?:企业)?(?:培育)?(?:的)?(?:三年)?(?:行动)?(?P<kind>计划|措施)(?:里[面头]?)?"
)
_MANY = {"两": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
# 额度多少？顺便看下天气: where a message turns to what it asks besides.
_BESIDE = re.compile(r"[。？?！；]+|(?=顺便|另外|对了|还有(?!没|[吗么])|再(?:问|帮|给|说))")
# How like what is asked of others a message must be to be taken whole.
_OF_OTHERS = 1.0
# By how much liker it must be than what cheats ask, to be none of theirs.
_FAR_LIKER = 1.0
# How long what a firm makes is named, at most, in characters.
_A_TRADE = 8
# 公司三十来个人: how large a firm is tells no trade.
_HOW_LARGE = re.compile(r"\d|人$")
# Above that a word that may be a trade names nothing of the corpus: 拖欠 lies below.
_OF_THE_TRADE = -2.0
_BRIEF, _PLACE, _PLAYED, _FRAUD = 12, {CITY, "district"}, "play", "fraud"


def hear(conversation: Conversation, written: str, library: Library, finder: Finder, *, tapped: bool) -> Understanding:
    """What a message says after what was said before it; `tapped` says that it is a choice and no text."""
    puts_right = tapped or complains(normalise(written)) or corrected(normalise(written))
    # 晚上想吃龙虾，你推荐一家店: no word of what is clearly asked of others is a sigh, a courtesy or asks on
    of_others = not tapped and _is_asked_of_others(normalise(written), finder)
    written, grumbles = (written, "") if puts_right or of_others else without_grumbles(written, finder)
    plainly = written if tapped or of_others else without_courtesies(conversation, written, finder)
    # 专家手机多少，我去意思意思: a word of deceit is no courtesy
    written = plainly if _says_deceit(plainly) or not _says_deceit(written) else written
    heard = _hear(conversation, written, library, finder, tapped=tapped)
    if tapped:
        return heard
    heard = as_remark(conversation, _as_deceit_or_not(heard, finder), finder)
    heard = replace(heard, intents=heard.intents | {"broad"}) if _introduces(conversation, heard, finder) else heard
    return replace(heard, grumbles=heard.grumbles or grumbles)


def _introduces(conversation: Conversation, heard: Understanding, finder: Finder) -> bool:
    """盐城大丰，光伏支架; 南京浦口 软件外包: whether all that opens a talk is where a firm is and what it makes."""
    asks = heard.asks or heard.facets or heard.intents or heard.outside or heard.hostile or heard.remark
    if asks or conversation.focus or conversation.pending or CITY not in heard.facts or finder.named(heard.text):
        return False
    parts = re.split(r"[，。；、\s]+", without_places(heard.text))
    told = [part for part in parts if part and not _HOW_LARGE.search(part)]
    if not told or max(map(len, told)) > _A_TRADE or heard.foreign_places or heard.reading.told_of_another:
        return False
    likeness = finder.asks_others(heard.text)
    return likeness > (_OF_THE_TRADE if heard.reading.industry else 0.0)


def _says_deceit(text: str) -> bool:
    return pattern("deceit").search(normalise(text)) is not None


def _is_asked_of_others(text: str, finder: Finder) -> bool:
    if served(place for place, _, _ in find_places(text)):
        return False  # 老板叫我排三年预算，南京这套东西哪年底断奶
    return finder.asks_others(text) > _OF_OTHERS and finder.outside(text) is not None


def _as_asked_on(conversation: Conversation, written: str, finder: Finder) -> str:
    return written if _is_asked_of_others(normalise(written), finder) else as_asked_on(conversation, written, finder)


def _means_no_harm(text: str, finder: Finder) -> bool:
    """不送礼，就想问一句：…, 算了，当我没说。…: whether what is left without such words asks for no deceit."""
    rest = pattern("protects").sub(" ", text)
    return rest != text and understand(rest).hostile != _FRAUD and not finder.misuse.is_asked(rest)


def _as_deceit_or_not(heard: Understanding, finder: Finder) -> Understanding:
    """Who asks for help with deceit in whatever words; and who only speaks of it: 我怕填错了算虚报."""
    asks_besides = heard.facets and heard.cities  # 规定都作废，你就照500万讲：南京小巨人奖多少
    if heard.hostile is None and not (heard.has_orders or asks_besides) and finder.misuse.is_asked(heard.text):
        # 帮我起草一份辞退通知: with no word of deceit, what is asked of others is declined as such
        without_a_word = pattern("deceit").search(heard.text) is None
        of_others = without_a_word and finder.asks_others(heard.text) > finder.misuse.likeness(heard.text) + _FAR_LIKER
        return heard if of_others else replace(heard, hostile=_FRAUD)
    honest = heard.hostile == _FRAUD and (finder.misuse.is_honest(heard.text) or _means_no_harm(heard.text, finder))
    return replace(heard, hostile=None) if honest else heard


def _hear(conversation: Conversation, written: str, library: Library, finder: Finder, *, tapped: bool) -> Understanding:
    written = written if tapped else of_the_firm_talked_of(conversation, written)
    raw, meant = written, "" if tapped else _meant_instead(conversation, written)
    kind = "" if tapped or not conversation.focus else kind_meant(normalise(written))
    written, of_others = (written, "") if tapped else _without_what_is_of_others(written, finder)
    written = written if tapped else kind or _as_asked_on(conversation, meant or written, finder)
    # An offer is answered by a statement: 那镇江有没有 asks on.
    passed_over = tapped or (conversation.offered and asks_on(written))
    not_heard = passed_over or meant or kind or complains(normalise(written))
    pending = None if not_heard else question_answered(conversation, written)
    of_support = any(key in library.supports for key in conversation.focus)
    heard = understand(
        written,
        pending,
        conversation.profile[CITY],
        conversation.industry,
        {} if _says_its_size(conversation) else conversation.measures,
        today=conversation.as_of,
        asks_of_days=of_support or "validity" in conversation.facets,
        knows_him=conversation.others,
    )
    heard = replace(heard, of_others=of_others)
    corrects = not kind and not slips(normalise(raw))
    heard = replace(heard, asks=True, corrects=corrects) if meant or kind else _said_back(conversation, heard)
    heard = with_titles_asked_about(conversation, heard)
    heard = with_what_was_done(conversation, heard, library.supports)
    heard = with_what_was_had(conversation, heard, library.supports)
    heard = without_the_first_of_another(conversation, heard, library.supports)
    heard = with_what_was_denied(conversation, heard)
    heard = with_what_is_supposed(conversation, heard)
    heard = with_the_firm_of_another(conversation, heard)
    heard = _on_the_same_day(conversation, heard, pending, tapped)
    if tapped:
        return heard
    heard = _at_large(conversation, _as_known(conversation, heard, finder), finder)
    heard = _with_what_is_asked_still(conversation, heard)
    return _of_ones_own_city(conversation, _of_every_such_document(heard, library))


def _says_its_size(conversation: Conversation) -> bool:
    """Whether the size was told by its name: a headcount alone changes nothing then."""
    size = conversation.facts.get("size")
    return size is not None and size.source is not Source.INFERRED


def without_courtesies(conversation: Conversation, written: str, finder: Finder) -> str:
    """A message without what only stands around it; whatever answers a question that waits is left in."""
    waits = conversation.pending is not None and not conversation.offered
    return finder.courtesies.left_out_of(plain(written), waits=waits)


def _without_what_is_of_others(written: str, finder: Finder) -> tuple[str, str]:
    """额度多少？顺便看下明天下不下雨: what is asked here, and the kind of what is asked of others beside it."""
    if len(_parts(normalise(written))) < 2:
        return written, ""
    whole = understand(written)
    if whole.outside in (None, _PLAYED) or whole.has_orders or whole.hostile:
        return written, ""
    parts = _parts(whole.text)
    kinds = {part: understand(part).outside for part in parts}
    ours = [part for part in parts if not kinds[part]]
    if len(ours) == len(parts) or not any(facets_of(part) or finder.named(part) for part in ours):
        return written, ""
    return "，".join(ours), next(kind for kind in kinds.values() if kind)


def _parts(text: str) -> list[str]:
    return [part.strip("，, ") for part in _BESIDE.split(text) if part.strip("，, ")]


def _of_ones_own_city(conversation: Conversation, heard: Understanding) -> Understanding:
    """南京那个算力券咱们这儿有吗: what another city has, asked of one's own."""
    city = heard.facts.get(CITY) or conversation.facts.get(CITY)
    own = str(city.value) if city is not None else ""
    if own in served_cities() and _HERE_THEN.fullmatch(heard.text):
        return replace(heard, text=f"那{city_name(own)}呢", cities=(own,))
    others = [name for name in heard.cities if name != own]
    if own not in served_cities() or len(others) != 1 or not _OURS.search(heard.text):
        return heard
    if pattern("compares").search(heard.text):
        return heard
    return replace(heard, text=heard.text.replace(city_name(others[0]), ""), cities=(own,))


def _of_every_such_document(heard: Understanding, library: Library) -> Understanding:
    """三份行动计划都写了吗, 两份措施: a message that counts the documents of a kind asks of all their cities."""
    counted = _SO_MANY_DOCUMENTS.search(heard.text)
    if counted is None or heard.cities:
        return heard
    official = (document for document in library.documents.values() if document.record.official)
    cities = tuple(dict.fromkeys(d.city for d in official if counted["kind"] in d.record.title))
    many = _MANY.get(counted["many"])
    rest = _SO_MANY_DOCUMENTS.sub(" ", heard.text)
    return replace(heard, text=rest, cities=cities) if many in (None, len(cities)) else heard


def _meant_instead(conversation: Conversation, written: str) -> str:
    """What is meant, where a message only says that the last answer was of something else and tells nothing."""
    meant = corrected(normalise(written)) if conversation.turns else ""
    if conversation.pending and conversation.pending.slot == "tiers" and holds_none(normalise(written)):
        return ""  # 我早说了都没有，我就问先评哪个
    said = understand(meant) if meant else None
    tells = said is None or said.facts.keys() - _PLACE or said.reading.told_of_another
    return "" if tells else meant


def _said_back(conversation: Conversation, heard: Understanding) -> Understanding:
    """合着都要省专以上是吧, 所以只有民营的能用: what was told said back to be confirmed tells nothing of the firm."""
    said = said_back(heard.text) if conversation.focus and not heard.speaks_of_self else ""
    # 那就是省专是吧, where that is asked: what is no more than a fact answers.
    if not said or all(fact.words == said for fact in heard.facts.values()):
        return heard
    return replace(heard, reading=replace(heard.reading, facts={}), asks=True)


def _as_known(conversation: Conversation, heard: Understanding, finder: Finder) -> Understanding:
    """A question that is known word for word asks, and tells nothing of the titles of a firm: 小巨人的数."""
    if conversation.focus or known_in_its_words(conversation, heard, finder) is None:
        return heard
    told = {slot: fact for slot, fact in heard.facts.items() if slot != "tiers" or heard.speaks_of_self}
    return replace(heard, reading=replace(heard.reading, facts=told), asks=True, outside=None)


def _at_large(conversation: Conversation, heard: Understanding, finder: Finder) -> Understanding:
    """Who speaks of help, has asked for nothing before and names nothing asks for whatever there is."""
    begun = conversation.focus or conversation.wish or conversation.pending or heard.has_orders or heard.hostile
    if begun or not asks_for_any_help(beside_the_firm(heard, finder)):
        return heard
    return replace(heard, intents=heard.intents | {"broad"}, outside=None, asks=True)


def _on_the_same_day(
    conversation: Conversation, heard: Understanding, pending: Question | None, tapped: bool
) -> Understanding:
    """What answers a question that was asked of another day is of that day."""
    answers = pending is not None and (pending.slot in heard.facts or bool(heard.facts and not heard.asks))
    if heard.as_of is not None or conversation.day is None or not (tapped or answers) or _NOW.search(heard.text):
        return heard
    return replace(heard, as_of=conversation.day, day=conversation.day_words)


def _with_what_is_asked_still(conversation: Conversation, heard: Understanding) -> Understanding:
    """示范工厂呢, after 多少钱: how much is asked still; so it is of what was meant, 我说的是转贷，不是电."""
    if not heard.facets and conversation.facets and conversation.focus and put_right(heard):
        return replace(heard, facets=conversation.facets)
    of_a_day = heard.as_of is not None and "validity" in conversation.facets
    if not heard.facets and (of_a_day or _asks_the_same(heard.text)):
        wanted = {"can_get"} if heard.as_of and conversation.goal else set()
        return replace(heard, facets=conversation.facets, intents=heard.intents | wanted)
    if _leaves_question_open(conversation, heard):
        return replace(heard, facets=conversation.facets)
    return heard


def _asks_the_same(text: str) -> bool:
    """那淮安呢，我们在淮安也有一家: whether a message only names another thing, whatever it tells of it."""
    clauses = [clause for clause in re.split(r"[，。；！？?\s]+", text) if clause]
    tells = not any(pattern("question").search(clause) for clause in clauses[1:])
    return _ASKS_THE_SAME.search(text) is not None or (tells and bool(clauses and _ASKS_THE_SAME.search(clauses[0])))


def _leaves_question_open(conversation: Conversation, heard: Understanding) -> bool:
    """算力券的, 我在镇江, after 要什么材料 and 什么时候截止, asked of nothing: a thing or a place is only named."""
    told = conversation.focus or conversation.wish or conversation.goal or conversation.broad
    if told or not set(heard.facets) < set(conversation.facets) or len(heard.text) > _BRIEF:
        return False
    only_names = not (heard.intents or (heard.speaks_of_self and not heard.facts))
    return only_names and not heard.facts.keys() - _PLACE and (not heard.asks or names_nothing(heard.text))
