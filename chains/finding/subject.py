"""What a message is about: which supports or facts, of which city; or that the corpus does not hold it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.finding.alone import award_titles, by_itself, stands_alone, what_is_told
from chains.finding.asked import (
    beside_what_it_is,
    but_what_is_denied,
    denied_words,
    matter_told,
    own_words,
    put_right,
    without_references,
)
from chains.finding.asking_on import ONCE_THERE, without_that
from chains.finding.back import turned_to
from chains.finding.called import ITS_SUBJECT
from chains.finding.entries import Entry
from chains.finding.followup import FITS, award_to_come, follow_up, in_its_row, titles_named, with_each_city
from chains.finding.lookup import look_up
from chains.finding.matching import A_NAME, A_WORD, ENOUGH, ENOUGH_SCORE, RESPONSIBLE, Search, is_mere_title
from chains.finding.meant import Subject
from chains.finding.naming import core, core_words, in_their_words, names_nothing, without_help
from chains.finding.others import others_than_told
from chains.finding.parts import parts_of_one, what_asks, wishes_of
from chains.finding.pieces import (
    with_all_counted,
    with_awards_held,
    with_awards_named,
    with_each_piece,
    with_what_is_beside,
)
from chains.finding.retrieval import Finder
from chains.finding.rounds import how_many, last_told
from chains.finding.several import find_several
from chains.finding.told import is_often_left_out, that_fits
from chains.language.answering import begins_with_answer
from chains.language.clauses import asks_us, pattern, value_patterns
from chains.language.clauses import wishes as wants
from chains.language.normalise import plain
from chains.language.places import find_places, without_cities
from chains.language.question_words import broad_words, facets_of, named_things, subject_words
from chains.language.understanding import Understanding
from knowledge.regions import city_name

_MOST, _OPENS = 6, 12
_SEVERAL, _OF_IT, _AS_NEAR = 2, 0.2, 0.8
# How high what is told beside the firm must score with an entry, and how high where much of it stands there.
_TOLD_SCORE, _TOLD_PARTLY, _MUCH = 45.0, 40.0, 0.35
# 单项冠军各多少, 研发投入各要百分之几: of each of the cities that were told of.
_OF_EACH = re.compile(r"各(?:自|地|市)?(?:都|是|有|要|给|奖|定|能|拿)*(?:多少|几|百分之|什么|啥|哪)")
# 那这两样淮安是多少, without the city.
_THOSE = re.compile(
    r"(?:那|换成|要是|在)*[这那]?(?:[两三四]|俩|仨)[样个项条]?(?:数|指标|要求|目标)?(?:的话)?(?:分别|各|都|又)*(?:是|要|有|定)?(?:多少|几|什么|啥|怎么写的?|咋写的?)?[呢啊呀]?[?？]?"
)
_MARKS = re.compile(r"[（()）“”\s]")
# 博士呢, 专利代理费呢.
_A_PART, _SUFFIX = re.compile(r"那?(?P<part>[\u4e00-\u9fff]{2,6})[呢嘞][?？]?"), 3
# 文件里这是干啥用的.
_THIS_IS = re.compile(
    r"(?:^|[，。；\s里中上])[这那](?:个|东西|玩意儿?)?(?:到底|究竟|具体)?(?:是|算|指)?(?:干(?:什么|啥|嘛)|做(?:什么|啥)|什么|啥|怎么回事)"
)
_A_COUNT, _HELP = re.compile(r"^[一两二三四五六七八九十几每单\d]"), r"补贴|补助|奖|资助|减免|贴息"
_THAT_KIND = re.compile(
    r"(?:我|们|就|是|说的?|问的?|指的?)*[\u4e00-\u9fff]{1,6}的(?:[那这](?:一?[种类]|样)|一类)的?[呢啊吧]?[?？。]?"
)
_UNSAID = frozenset(
    {"deadline", "procedure", "materials", "refund", "payout", "recipient", "taxed", "rate", "fee", "amount"}
)


def find_subject(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """Search in the light of what was talked about before; the city filters after the search, never before."""
    found = _of_each_told_elsewhere(heard, conversation, finder) or _of_each_city_told(heard, conversation, finder)
    found = found or _found(heard, conversation, finder)
    known = None if conversation.focus else known_in_its_words(conversation, heard, finder)
    if known is None or known in found.entries:
        return found
    return Subject((known,), cities=(known.city,), trace=((known.key, ENOUGH_SCORE, 1.0),))


def _of_each_city_told(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """单项冠军各多少, after what two cities have: what is found for each of them; None unless every one has it."""
    if heard.cities or len(conversation.focus_cities) < _SEVERAL or not _OF_EACH.search(heard.text):
        return None
    found: list[Subject] = []
    for city in conversation.focus_cities:
        told = tuple(k for k in conversation.focus if k in finder.by_key and finder.by_key[k].city == city)
        asked = replace(
            heard, cities=(city,), text=_OF_EACH.sub(lambda said: said.group().lstrip("各自地市"), heard.text)
        )
        found.append(_found(asked, conversation.with_focus(told, (city,)), finder))
    if not all(one.entries for one in found):
        return None
    entries = tuple(dict.fromkeys(entry for one in found for entry in one.entries))
    asked_of = {key: facets for one in found for key, facets in one.asked.items()}
    trace = tuple(row for one in found for row in one.trace)
    return Subject(entries, cities=conversation.focus_cities, is_follow_up=True, asked=asked_of, trace=trace)


def _of_each_told_elsewhere(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """那这两样淮安是多少, after two figures told in turn: each of them in the city that is named."""
    many = how_many(heard.text)
    if len(heard.cities) != 1 or many < _SEVERAL or not _THOSE.fullmatch(without_cities(heard.text, heard.cities)):
        return None
    told = last_told(conversation, finder, many)
    if len(told) != many:
        return None
    asked = replace(heard, text=f"那{city_name(heard.cities[0])}呢")
    each = [_found(asked, conversation.with_focus((entry.key,), (entry.city,)), finder) for entry in told]
    entries = tuple(dict.fromkeys(entry for one in each for entry in one.entries))
    return Subject(entries, cities=heard.cities, is_follow_up=True) if entries else None


def _found(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    if of_kind := _of_that_kind(heard, conversation, finder):
        return of_kind
    told = [finder.by_key[key] for key in conversation.focus[:_MOST] if key in finder.by_key]
    if meant := put_right(heard):
        if not heard.cities and (row := in_its_row(meant.text, told, finder)):
            return Subject(row, cities=(row[0].city,), is_follow_up=True)  # 不是这个意思，我说的是省专库里的企业
        found = by_itself(Search(finder, meant.text, meant.facets, award_titles(meant.text)), meant, conversation)
        denied = denied_words(heard)
        entries = tuple(e for e in found.entries if not denied or denied not in plain(e.title))
        if entries:
            return replace(found, entries=entries)
    if heard.corrects and (instead := _named_instead(heard, conversation, finder)):
        return instead
    if same := _same_as_told(heard, finder):
        return same
    if others := others_than_told(heard, conversation, finder):
        return others
    if two := _one_within_another(heard, conversation, finder):
        return two
    row = in_its_row(heard.text, told, finder) or that_fits(heard.text, told, finder)
    if row and not heard.cities:
        return Subject(row, cities=(row[0].city,), is_follow_up=True)
    if award := award_to_come(heard) or _once_recognised(heard, conversation):
        heard = award
    if turned := _turned_to(heard, conversation, finder):
        return turned
    heard = without_references(_beside_its_answer(heard, conversation))
    # 没有，我们没承担: what answers the question asked puts nothing aside.
    answers = begins_with_answer(heard.text) and not heard.facts.keys().isdisjoint(conversation.pending_slots)
    told = [] if answers else told
    rest = but_what_is_denied(heard, plain("，".join(part for e in told for part in (e.title, e.quote, *e.questions))))
    apart = Subject()
    if rest is not heard:  # what was told is put aside
        apart = _find_asked(rest, conversation.model_copy(update={"focus": (), "wish": ()}), finder)
        heard = rest
    found = apart if apart.entries else _find_asked(heard, conversation, finder)
    if found.is_follow_up and _asks_for_other_help(heard, found, finder):
        found = _find_asked(heard, conversation.model_copy(update={"focus": (), "wish": ()}), finder)
    found = _not_of_a_mere_district(
        _beside_what_was_told(found, heard, conversation, finder), heard, conversation, finder
    )
    found = with_each_piece(found, heard, finder)
    found = with_awards_named(with_awards_held(found, heard, finder), heard, finder)
    found = with_what_is_beside(with_all_counted(found, heard, finder), heard, finder)
    return found if found.is_follow_up else with_each_city(found, heard, finder)


def _of_that_kind(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """说的是去美国的那种, after fairs abroad: a kind of what was told, where no document has its words."""
    told = tuple(finder.by_key[key] for key in conversation.focus[:_MOST] if key in finder.by_key)
    if not told or heard.cities or not _THAT_KIND.fullmatch(heard.text) or finder.named(heard.text):
        return None
    search = Search(finder, heard.text, heard.facets, award_titles(heard.text))
    found = by_itself(search, heard, conversation).entries
    names = found and finder.own_coverage(core(heard.text), found[0].key) >= _OF_IT
    return None if names else Subject(told, cities=(told[0].city,), is_follow_up=True)


def _once_recognised(heard: Understanding, conversation: Conversation) -> Understanding | None:
    """评上以后拿多少奖励, after how one comes to hold a title: the award for that title."""
    once = ONCE_THERE.match(heard.text) if conversation.recognition and "amount" in heard.facets else None
    if once is None or conversation.focus or titles_named(heard.text):
        return None
    return replace(heard, text=f"{conversation.recognition}{heard.text[once.end() :]}")


def _beside_what_was_told(found: Subject, heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """干得好有啥好处, after a deputy from a university: of what holds as much, what stands in the provision told of."""
    told = [finder.by_key[key] for key in conversation.focus if key in finder.by_key]
    places = {(entry.document_id, entry.provision) for entry in told}
    if found.is_follow_up or not (told and found.trace and found.supports) or heard.cities:
        return found
    rows = [(finder.by_key[key], score, share) for key, score, share in found.trace]
    best, most, held = rows[0]
    if best != found.entries[0] or (best.document_id, best.provision) in places:
        return found
    if name := finder.name_at(heard.text, best.key):  # 参与过首台套研发，管用吗, after titles
        here = [e for e in finder.entries if e.support and (e.document_id, e.provision) in places]
        beside = tuple(e for e in here if name in _MARKS.sub("", plain(e.title)))[:1]
    else:
        near = (e for e, score, share in rows[1:] if e.support and share >= held and score >= _AS_NEAR * most)
        beside = tuple(e for e in near if (e.document_id, e.provision) in places)[:1]
    return replace(found, entries=beside) if beside else found


def _not_of_a_mere_district(
    found: Subject, heard: Understanding, conversation: Conversation, finder: Finder
) -> Subject:
    """东台有补助吗: a district that stands only among those responsible is where one is, not what is asked about."""
    responsible = bool(found.entries) and all(RESPONSIBLE in entry.quote[:_OPENS] for entry in found.entries)
    districts = [heard.text[a:b] for place, a, b in find_places(heard.text) if place.district]
    if not responsible or not districts or "department" in heard.facets:
        return found
    text = heard.text
    for district in districts:
        text = text.replace(district, "")
    return _find_asked(replace(heard, text=text), conversation, finder)


def _named_instead(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """我说的是看病 医疗那块, after 子女上学: what is named, whatever was told; None where nothing is."""
    if len(re.sub(r"\W|钱", "", without_help(core(subject_words(heard.text))))) < A_WORD:
        return None
    if is_often_left_out(heard.text):
        return None  # 户口的事你没回
    found = by_itself(Search(finder, heard.text, heard.facets, award_titles(heard.text)), heard, conversation)
    if "department" not in heard.facets:
        found = replace(found, entries=tuple(e for e in found.entries if not e.quote.startswith(RESPONSIBLE)))
    fits = found.share >= FITS
    return found if found.entries and fits else None


def _turned_to(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """再问个，想跟国企接上头做项目: what another matter finds by itself, whatever was told; None where nothing."""
    turned = turned_to(heard) if conversation.focus else None
    if turned is None:
        return None
    rest, surely = turned
    found = _found(rest, conversation.model_copy(update={"focus": (), "wish": ()}), finder)
    return found if found.entries and (surely or stands_alone(found)) else None


def _same_as_told(heard: Understanding, finder: Finder) -> Subject | None:
    """南京大模型备案有二十万，那我们连云港的呢: the same of the city that is asked of, as 那连云港呢 asks on."""
    like = what_is_told(heard.told_of_others[-1], finder) if heard.asks_the_same else None
    if like is None:
        return None
    search = Search(finder, heard.text, heard.facets, award_titles(heard.text))
    return follow_up(search, replace(heard, told_of_others=()), (like,), "", by_name=True)


def _one_within_another(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """贷款快到期的那个 也是白名单里的, after that: both, where each is a support of its own."""
    found: list[Entry] = []
    for part in parts_of_one(heard):
        words = in_their_words(part.text)
        one = by_itself(Search(finder, words, (), frozenset()), replace(part, text=words), conversation)
        found += [e for e in one.supports[:1] if one.share >= FITS]
    cities = {entry.city for entry in found}
    told = not set(conversation.focus).isdisjoint(entry.key for entry in found)
    if len(set(found)) != _SEVERAL or len(cities) > 1 or not told:
        return None
    return Subject(tuple(found), cities=tuple(cities), is_follow_up=True)


def _asks_for_other_help(heard: Understanding, found: Subject, finder: Finder) -> bool:
    """食堂补贴多少, after something else: whether help is asked for with a thing of which what was told has no word."""
    named = without_help(core_words(subject_words(without_that(heard.text)))).split()
    if heard.cities or len(named) != 1 or len(named[0]) < A_WORD or in_their_words(heard.text) != heard.text:
        return False
    if pattern("no_sum_said").search(heard.text):
        return False  # 合着没有补贴是吧
    if len(own_words(heard.text, ())) < A_WORD:
        return False  # 具体能奖几万
    thing = named[0]
    with_help = re.search(rf"{re.escape(thing)}[^，。；\s]{{0,4}}(?:{_HELP})", heard.text)
    if not with_help or is_mere_title(thing) or _A_COUNT.match(thing):
        return False
    return bool(found.entries) and all(finder.coverage(thing, entry.key) < _OF_IT for entry in found.entries)


def known_in_its_words(conversation: Conversation, heard: Understanding, finder: Finder) -> Entry | None:
    """The entry of the city named, or of one's own, that is known to be asked for in the very words of a message."""
    city = heard.cities[0] if heard.cities else str(conversation.profile["city"] or "")
    waits = conversation.pending is not None and not conversation.offered
    return None if waits or len(heard.cities) > 1 else finder.asked_so(heard.text, city)


def _beside_its_answer(heard: Understanding, conversation: Conversation) -> Understanding:
    """省级专精特新有的，标书里要写上不, asked of the titles: the title is the answer, and not what is asked about."""
    titles = heard.facts.get("tiers")
    if conversation.pending is None or conversation.pending.slot != "tiers" or titles is None or not conversation.goal:
        return heard
    clauses = [clause for clause in re.split(r"[，。；\s]", heard.text) if clause]
    beside = [clause for clause in clauses if not any(regex.search(clause) for _, regex in value_patterns()["tiers"])]
    if not any(asks_us(clause) for clause in beside):
        return heard
    return replace(heard, text="，".join(beside))


def _find_asked(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    if several := find_several(heard, conversation, finder):
        return several
    for part in what_asks(heard):
        if finder.named(heard.text) and not finder.named(part.text) and not pattern("question").search(part.text):
            continue  # 算力券听说一张五十万，你先当成真的: what is named is meant
        if part.text != heard.text and _THIS_IS.search(part.text):
            continue  # 税务说要建一户一档，文件里这是干啥用的: of what the rest names
        if len(core(subject_words(part.text))) >= A_NAME and not names_nothing(without_help(subject_words(part.text))):
            alone = look_up(part, conversation, finder)
            rest = heard.text.replace(part.text, " ")
            asks_on = alone.is_follow_up and names_nothing(replace(heard, text=rest).without_facts)
            if alone.entries and (asks_on or alone.share >= ENOUGH):
                return alone
    if beside := beside_what_it_is(heard):
        asked = look_up(beside, conversation, finder)
        held = finder.own_coverage(core(beside.text), asked.entries[0].key) if asked.entries else 0.0
        asks_on = asked.is_follow_up and bool(conversation.focus)
        if asked.entries and (asks_on or stands_alone(asked) or held >= ITS_SUBJECT):
            return asked
    whole = look_up(heard, conversation, finder)
    return whole if whole.entries else _wished(heard, conversation, finder) or whole


def told_beside(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """我们是淮安的厂，天天来人查，吃不消: what a message is about beside what the firm is, if that finds enough."""
    told = matter_told(heard)
    found = look_up(told, conversation, finder) if told else Subject()
    if told is None or not found.entries or not found.trace:
        return None
    _, score, share = found.trace[0]
    enough = score >= _TOLD_SCORE or (score >= _TOLD_PARTLY and share >= _MUCH)
    return replace(found, words=told.text) if enough else None


def answers_in_kind(subject: Subject, facets: Sequence[str], finder: Finder) -> bool:
    """Whether what was found holds a figure of the kind that was asked before, or is that of before."""
    search = Search(finder, "", tuple(facets), frozenset())
    return not subject.entries or subject.is_follow_up or search.answers(subject.entries[0])


def names_a_part(subject: Subject, text: str, facets: Sequence[str], told: Sequence[str]) -> bool:
    """博士呢, after 怎么申请: a word that stands in what was told, asked of what the document leaves unsaid."""
    part = _A_PART.fullmatch(text)
    if part is None or not set(facets) <= _UNSAID:
        return False
    first = next((entry for entry in subject.entries if entry.key in told), None)
    return first is not None and part["part"][-_SUFFIX:] in plain(first.quote)


def _wished(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject | None:
    """What the wishes of a message are about that tells much besides; None if none of them finds anything."""
    wishes = [wish for wish in wishes_of(heard) if not names_nothing(wish.text) and not _is_at_large(wish)]
    if not set(heard.facts) - {"city", "district"} and not any(wants(wish.text) for wish in wishes):
        return None
    if not set(heard.facts) - {"city", "district"}:
        wishes = [wish for wish in wishes if wants(wish.text)]  # 准备搞条中试线，政府给不给钱: money alone is no thing
    found = [(wish, look_up(wish, conversation, finder)) for wish in wishes if wish.text != heard.text]
    found = [(wish, one) for wish, one in found if one.entries and one.share >= FITS]
    if not set(heard.facts) - {"city", "district"}:
        found = [(wish, one) for wish, one in found if one.entries[0].support]
    entries = dict.fromkeys(one.entries[0] if len(found) > 1 else entry for _, one in found for entry in one.entries)
    if not entries:
        return None
    cities = dict.fromkeys(city for _, one in found for city in one.cities)
    asked = {one.entries[0].key: facets_of(wish.text) for wish, one in found} if len(found) > 1 else {}
    words = "，".join(wish.text for wish, _ in found)
    trace = tuple(one.trace[0] for _, one in found)
    return Subject(tuple(entries)[:_MOST], cities=tuple(cities), words=words, trace=trace, asked=asked)


def _is_at_large(wish: Understanding) -> bool:
    """单子全是国外的，有没有关照: a wish for whatever there is, beside what states a fact."""
    return bool(broad_words().search(wish.text)) and not named_things(wish.without_facts)
