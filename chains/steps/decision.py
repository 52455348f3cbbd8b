"""What a message is answered with once its subject is known: a verdict, an overview, the text, or that it is silent."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.matching import Search, is_award, titles_of
from chains.finding.meant import Subject, in_cities
from chains.finding.naming import content, core, names_nothing, without_help
from chains.finding.rounds import names_place
from chains.finding.subject import told_beside
from chains.language.clauses import asks_us, pattern, wishes
from chains.prompting import texts, wording
from chains.steps import declining, dialogue, information, left_unsaid, steering, sums, topics, unwritten
from chains.steps.asking import asks_besides, asks_something, tells_only
from chains.steps.at_large import OF_THE_FIRM, asks_for_everything, names_support, thing_asked_of
from chains.steps.compared import titles_in
from chains.steps.noted import not_noted, noted_already, noted_lines, only_puts_right
from chains.steps.other_firm import list_for_a_title
from chains.steps.stated import awards_for
from chains.steps.wished import all_there_is
from chains.turn import Context, Draft
from knowledge.profile import NONE, Source, slots
from knowledge.regions import city_name, served_cities
from knowledge.support import Support

# How much of the words of a fact a support holds that they name: measured, 0.28 and more.
_NAMED = 0.25
_FEW = 6
# How much of a thing that is named an entry's own text must hold to be about it.
_HOLDS = 0.6
# What holds so much less of a question than the best of what was found is told beside it.
_FAR_LESS = 0.7
# 小巨人奖、备案奖、算力券一起问下: more than one thing is asked for.
_LISTS = re.compile(
    r"、|一[起块并]|分别|以及|(?<=[，。；\s])还有(?!没|戏|希望|机会|可能)|另外|顺便|[这那两三四几]个?[两三四几]?[样项条个种](?=我们?|都|能|可|哪|$)"
)
# 总部在上海，南京有子公司: where a firm has its seats.
_SITES = re.compile(r"总部|[子分]公司")
_A_THING = 3
# What a firm has been granted, and asks of when it tells it alone.
_GRANTED = frozenset({"service_platform", "genai_filed", "key_technology_project", "pilot_platform"})
# 我们不是龙头, 不是什么链主企业: what the firm is not.
_IS_NOT_SUCH = re.compile(
    r"(?<![问说要讲]的)(?:不是|算不上|不算)(?:什么|啥|一家|个)?(?P<such>[\u4e00-\u9fff]{2,4}?)(?:企业|公司)?(?=[啊呀的]?(?:$|[，。；\s]))"
)
_AIM, _FIRST, _WHOLE = "目标", "first_recognition", 0.9
_A_LEVEL = re.compile(r"[几哪]一?个?[级档层]|(?:什么|啥|哪些)(?:样的)?要求")


def decide(context: Context) -> Draft:
    """A verdict, an overview, an answer from the text, or that there is none."""
    heard = context.heard
    noted = noted_lines(context)
    own_city = context.conversation.profile[CITY]
    if not_ours := _not_such(context):
        context, lines = not_ours
        noted = [*noted, *lines]
        if not (context.conversation.goal or context.subject.entries):
            return dialogue.proceed(_with_goal(context, (), broad=True), noted)
    gone = own_city is None and context.before.profile[CITY] and not context.before.city_is_only_asked_about
    if gone and not heard.asks:
        return dialogue.proceed(context, (*noted, wording("interview.city_gone")))
    if context.taken_back and (not heard.asks or only_puts_right(heard.text)):
        return _go_on(context, noted)
    of_firm = noted if set(heard.facts) - {CITY} else ()
    if sums.asks_for_money(context):
        return sums.list_awards(context, of_firm) or dialogue.proceed(_with_money_wished(context), noted)
    if context.before.for_money and not heard.asks and heard.facts.keys() & {CITY, "tiers"}:
        within = _with_money_wished(context)  # 就说南京的, after 到底有没有真金白银
        if own_city is not None and (draft := sums.list_awards(within, noted, wanted=True)):
            return draft
    if draft := sums.tell_no_sum(context, of_firm):
        return draft
    if draft := not_noted(context) or noted_already(context) or steering.miss(context):
        return draft
    placed = bool(context.subject.entries) and names_place(heard.text)  # 第二项能干嘛 专精特新的
    answers_only = context.answered and not (placed or asks_besides(context))
    if draft := _unknown_thing(context):
        return draft
    looks_up = placed or asks_something(context) or names_support(context)
    if not answers_only and (matter := _of_a_matter(context, looks_up=looks_up)):
        context, looks_up = context.with_subject(matter), True
    if answers_only or not looks_up:
        return _go_on(context, noted)
    subject, talked = context.subject, set(context.before.focus) - set(context.before.listed)
    if talked and subject.is_follow_up and subject.elsewhere and heard.cities == (subject.missing_in,):
        return _not_found(context, of_firm)  # 那我们这边呢, after what other cities have
    if draft := sums.list_awards(context, of_firm):
        return draft
    on_topic = [s.id for s in topics.of_topic(context) if context.library.document(s.id).city == own_city]
    if on_topic:
        meant = [entry.key for entry in context.subject.supports if entry.key in on_topic]
        return dialogue.proceed(_with_goal(context, tuple(dict.fromkeys((*meant, *on_topic)))), noted)
    if asks_for_everything(context):
        if listed := list_for_a_title(context, noted):
            return listed
        if (named := _of_the_thing_named(context)) is None:
            return all_there_is(context, noted)
        context = context.with_subject(named)
    if draft := _of_an_aim(context) or _verdict(context, noted):
        return draft
    if draft := information.tell(context):
        return replace(draft, lines=(*noted, *draft.lines)) if _changes_what_is_known(context) else draft
    if context.before.broad and names_nothing(heard.text) and dialogue.wants_verdict(context):
        return dialogue.proceed(context, noted)  # 现在能申请吗, after all that there is
    if tells_only(context):
        return _go_on(context, noted)
    return _not_found(context, noted if set(heard.facts) - {CITY, "district"} else ())


def _with_money_wished(context: Context) -> Context:
    """What gives money is wished for, of whichever city is told next."""
    wished = _with_goal(context, (), broad=True)
    return replace(wished, conversation=wished.conversation.model_copy(update={"for_money": True}))


def _not_such(context: Context) -> tuple[Context, list[str]] | None:
    """我们不是龙头, after what is for such firms by its name: it is put aside, with everything else left as it was."""
    denied = _IS_NOT_SUCH.search(context.heard.text)
    found = [entry.support for entry in context.subject.entries if entry.support is not None]
    wanted = [*(context.library.supports[key] for key in context.conversation.goal), *found]
    aside = [
        s
        for s in dict.fromkeys(wanted)
        if denied and s.title.startswith(denied["such"]) and any(c.open for c in s.when)
    ]
    if not aside:
        return None
    gone = {s.id for s in aside}
    lines = [
        wording("verdict.not_such", title=s.title, such=denied["such"], mark=context.words.benefit_mark(f))
        for s in aside
        for f in (context.assess(s),)
        if denied
    ]
    kept = {name: tuple(k for k in getattr(context.conversation, name) if k not in gone) for name in ("goal", "wish")}
    kept |= {"focus": tuple(k for k in context.conversation.focus if k not in gone)}
    left = replace(context.subject, entries=tuple(e for e in context.subject.entries if e.key not in gone))
    conversation = context.conversation.model_copy(update=kept)
    return replace(context.with_subject(left), conversation=conversation), lines


def _of_an_aim(context: Context) -> Draft | None:
    """What a city aims at, where that is asked about and not what one can get."""
    aims = tuple(e for e in context.subject.entries if e.support is None and _AIM in e.title)
    if not aims or "can_get" in context.heard.intents:
        return None
    if not pattern("of_an_aim").search(context.heard.text) and not _asks_of_a_level(context, aims[0]):
        return None
    return information.tell(replace(context, subject=replace(context.subject, entries=aims))) or _not_found(context)


def _asks_of_a_level(context: Context, aim: Entry) -> bool:
    """盐城的小巨人，数字化要到几级: whether it asks of a level to be reached, which holds the whole question."""
    best, share = context.subject.entries[0], context.subject.share
    return best == aim and share >= _WHOLE and _A_LEVEL.search(context.heard.text) is not None


def _verdict(context: Context, noted: Sequence[str]) -> Draft | None:
    """Whether the firm can have what it asks for: first of its own city, then that another city's is not for it."""
    heard, supports, own_city = context.heard, context.subject.supports, context.conversation.profile[CITY]
    if not supports or not dialogue.wants_verdict(context):
        return None
    if not any(e.city == own_city for e in supports) and context.conversation.city_is_only_asked_about:
        return dialogue.ask_city(_with_goal(context, [e.key for e in supports]), noted)
    wanted = [e.key for e in supports if own_city in (None, e.city)]
    turning = _turn_on_what_is_told(context)
    if turning and names_nothing(without_help(heard.without_facts)) and not context.finder.named(heard.without_facts):
        wanted = turning  # 备案刚过，听说有奖励: no other award
    wanted += [] if asks_us(heard.text) else [key for key in turning if key not in wanted]
    wanted += [key for key in _of_the_title_now(context) if key not in wanted]
    if (own := _of_the_title_told(context)) and not _names_the_sum_of(context, wanted):
        wanted = list(dict.fromkeys((*own, *wanted)))
    abroad = dialogue.refuse_abroad(context)
    if not wanted and abroad:
        return abroad
    within = _with_goal(context, wanted)
    apart = within.conversation.model_copy(update={"beside": tuple(_told_beside(context, wanted))})
    draft = dialogue.proceed(replace(within, conversation=apart), noted)
    draft = replace(draft, lines=(*draft.lines, *left_unsaid.silent_besides(context, supports)))
    return _joined(draft, abroad) if abroad else draft


def _changes_what_is_known(context: Context) -> bool:
    """Whether a message states something else than was known before: that is said back, whatever it asks."""
    before = context.before.facts
    return any(
        slot in before and fact.source is Source.STATED and before[slot].value != fact.value
        for slot, fact in context.heard.facts.items()
    )


def _not_found(context: Context, noted: Sequence[str] = ()) -> Draft:
    return unwritten.tell_nearest(context, noted) or declining.say_not_found(context, noted)


def _unknown_thing(context: Context) -> Draft | None:
    """南京厂房租金减免: a thing named with a city and nothing said of oneself, which no entry is about."""
    heard, before = context.heard, context.before
    if heard.reading.is_correction or (CITY in heard.facts and _SITES.search(heard.text)):
        return None  # 刚才说错了，是镇江市区的; 南京有子公司，子公司是省专
    if before.pending or before.goal or before.broad or context.subject.entries or heard.speaks_of_self:
        return None
    if heard.asks or "broad" in heard.intents or not heard.cities or set(heard.facts) - {CITY, "district"}:
        return None  # 盐城，做阀门的，要补贴
    names = len(core(heard.text)) >= _A_THING or context.finder.named(heard.text)  # 镇江转贷
    return _not_found(context) if names else None


def _told_beside(context: Context, wanted: Sequence[str]) -> list[str]:
    """What is told with what was asked for, and was not asked for itself: nothing is asked for its sake.

    冠军的300万我能拿吗，我们是小巨人: the award of the title that is held; and what holds far less of the question.
    """
    if _LISTS.search(context.heard.text):
        return []
    scores: dict[str, float] = {}
    for key, score, _ in context.subject.trace:
        scores[key] = max(score, scores.get(key, 0.0))
    best = max((scores.get(key, 0.0) for key in wanted), default=0.0)
    named = set(context.finder.named(context.heard.text))
    beside = [key for key in wanted if key in scores and scores[key] < _FAR_LESS * best and key not in named]
    asking = [part for part in re.split(r"[，。；！？?]", context.heard.text) if pattern("question").search(part)]
    held = set(context.conversation.profile["tiers"] or ())
    named_titles = set(titles_in(context.heard.text))
    titles = set(titles_in("，".join(asking))) or named_titles - held or named_titles
    awards = {key: titles_of(context.library.supports[key]) for key in wanted if is_award(context.finder.by_key[key])}
    if any(of & titles for of in awards.values()):
        beside += [key for key, of in awards.items() if not of & titles and key not in (*named, *beside)]
    return beside


def _joined(draft: Draft, other: Draft) -> Draft:
    """One answer of two: the enterprise's own city first."""
    return replace(draft, lines=(*draft.lines, *other.lines), findings=(*draft.findings, *other.findings))


def _with_goal(context: Context, supports: Sequence[str], *, broad: bool = False) -> Context:
    return replace(context, conversation=context.conversation.with_goal(supports, broad=broad))


def _of_a_matter(context: Context, *, looks_up: bool) -> Subject | None:
    """我们是淮安的厂，天天来人查，吃不消: who tells a matter beside his firm is told of that, not of all."""
    before = context.before
    if before.focus or before.goal or before.broad or before.pending:
        return None
    if looks_up and not asks_for_everything(context):
        return None
    told = told_beside(context.heard, context.conversation, context.finder)
    # Who asks for all there is and tells what he has or has not wants all of it, where he neither wishes nor complains.
    wants = told is not None and (wishes(told.words) or pattern("trouble").search(told.words) is not None)
    return told if wants or not looks_up else None


def _of_the_thing_named(context: Context) -> Subject | None:
    """小巨人，丹阳，上市有没有支持: what the city's document has of the thing that help is asked for."""
    thing, city = thing_asked_of(context.heard.text), context.conversation.profile[CITY]
    if not thing or city not in served_cities():
        return None
    found = in_cities(Search(context.finder, thing, (), frozenset()), (str(city),))
    holds = bool(found.entries) and context.finder.own_coverage(thing, found.entries[0].key) >= _HOLDS
    return found if holds else None


def _for_what_was_granted(context: Context) -> list[str]:
    """今年刚评上国家公共服务示范平台，在南京; 做大模型的，南京，刚过备案: what there is for that, told alone."""
    facts = context.conversation.facts
    told = set(facts) - {CITY, "district", "first_recognition"}
    if CITY not in facts or len(told) != 1 or not told <= _GRANTED or any(facts[slot].value != "yes" for slot in told):
        return []
    here = (s for s in context.library.supports.values() if any(c.slot in told for c in s.when))
    return [s.id for s in here if context.library.document(s.id).city == facts[CITY].value]


def _go_on(context: Context, noted: Sequence[str]) -> Draft:
    """A message that only states facts: the interview goes on, or an overview begins."""
    conversation = context.conversation
    # 打错字了，不是复核, after one thing that was asked; after all there is, that is told anew.
    of_one = conversation.broad and len(context.before.focus) == 1
    put_right = of_one and context.heard.reading.is_correction and _changes_what_is_known(context)
    if (conversation.goal or put_right) and (told := _that_it_bears_on(context)):
        return dialogue.proceed(_with_goal(context, told), noted)
    if own := _of_the_title_told(context):
        return dialogue.proceed(_with_goal(context, (*own, *context.before.focus)), noted)
    if not conversation.goal and not conversation.broad and (awards := _first_awards(context)):
        return dialogue.proceed(_with_goal(context, awards), noted)
    if not conversation.goal and not conversation.broad:
        # What was just asked about in general is now asked for oneself; otherwise everything is.
        told = _for_what_was_granted(context) or [
            key for key in context.before.focus if key in context.library.supports
        ]
        if not 0 < len(told) <= _FEW:
            return list_for_a_title(context, noted) or all_there_is(context, noted)
        context = _with_goal(context, told)
    elif draft := _all_but_the_award(context, noted):
        return draft
    elif not conversation.broad and (more := _turn_on_what_is_told(context)):
        wanted = {"goal": (*conversation.goal, *more), "wish": (*conversation.wish, *more)}
        wanted = {name: tuple(dict.fromkeys(keys)) for name, keys in wanted.items()}
        context = replace(context, conversation=conversation.model_copy(update=wanted))
    return dialogue.proceed(context, noted)


def _that_it_bears_on(context: Context) -> list[str]:
    """我们有进口, right after AEO: what was told last and turns on what is stated, where nothing wanted before does.

    不是复核，是头一回, after 有300万吗: of all that there is, what was asked last and turns on what is put right.
    """
    slots = context.heard.facts.keys() - {CITY, "district"}
    supports = context.library.supports

    def turning(keys: Sequence[str]) -> list[str]:
        return [k for k in keys if k in supports and slots & {c.slot for c in supports[k].when if c.slot}]

    return turning(context.before.focus[:_FEW]) if not turning(context.conversation.goal) else []


def _of_the_title_now(context: Context) -> list[str]:
    """说岔了，我们是省专，那还有奖没: what is given for the title that is put in place of the one noted."""
    held, city = context.heard.facts.get("tiers"), context.conversation.profile[CITY]
    asks = pattern("asks_for_award").search(context.heard.text) is not None
    noted = context.before.facts.get("tiers")
    if held is None or noted is None or noted.value == held.value or not (asks and _changes_what_is_known(context)):
        return []  # 公司在淮安，专精特新，引进人才给哪些补贴, after another city: of no award for the title
    return [s.id for tier in held.value for s in awards_for(context.library, str(city), tier)]


def _of_the_title_told(context: Context) -> list[str]:
    """我们是小巨人，首次, after the award for a champion: the award for the title that is told instead."""
    told, city, talked = context.heard.facts.get("tiers"), context.conversation.profile[CITY], context.before.focus
    if told is None or city not in served_cities() or not 0 < len(talked) <= _FEW:
        return []

    def awards(titles: Iterable[str]) -> list[str]:
        return [s.id for title in titles for s in awards_for(context.library, str(city), title)]

    own, of_any = awards(told.value), awards(slots()["tiers"].values)
    return own if set(talked) <= set(of_any) - set(own) else []


def _names_the_sum_of(context: Context, keys: Sequence[str]) -> bool:
    """那300万能拿吗, of the award that gives so much."""
    sums_ = (context.library.supports[key].benefit.amount_cny for key in keys)
    return any(sum_ and f"{sum_ // 10_000}万" in context.heard.text for sum_ in sums_)


def _first_awards(context: Context) -> list[str]:
    """小巨人首次评上, of no city yet: what is given for that title for the first time, in each city."""
    held = context.heard.facts.get("tiers")
    if held is None or context.heard.facts.keys() != {"tiers", _FIRST} or context.conversation.profile[CITY]:
        return []
    awards = [s for city in served_cities() for tier in held.value for s in awards_for(context.library, city, tier)]
    return [s.id for s in awards if _is_given_once(s)]


def _is_given_once(support: Support) -> bool:
    return any(condition.slot == _FIRST for condition in support.when)


def _all_but_the_award(context: Context, noted: Sequence[str]) -> Draft | None:
    """小巨人首次评上, and then 盐城: that this city gives nothing for the title, and all that it has."""
    conversation, city = context.conversation, context.conversation.profile[CITY]
    wish = [context.library.supports[key] for key in conversation.wish]
    titles = [t for t in conversation.profile["tiers"] or () if t != NONE]
    here = any(context.library.document(s.id).city == city for s in wish)
    here = here or any(_is_given_once(s) for t in titles for s in awards_for(context.library, str(city), t))
    once = bool(wish) and all(_is_given_once(s) for s in wish) and _FIRST in conversation.facts
    if here or not once or not titles or city not in served_cities() or CITY not in context.heard.facts:
        return None
    names = "、".join(texts("tiers")[t] for t in titles)
    line = wording("silent.award", city=city_name(str(city)), title=names)
    draft = dialogue.proceed(_with_goal(context, (), broad=True), (*noted, line))
    # The wish is kept, and nothing is asked for the rest: another city may be named yet.
    kept = {"goal": conversation.goal, "wish": conversation.wish, "broad": False, "listed": ()}
    lines = tuple(line for line in draft.lines if line != wording("broad.open"))
    return replace(draft, conversation=draft.conversation.model_copy(update=kept), lines=lines, question=None)


def _turn_on_what_is_told(context: Context) -> list[str]:
    """算力我们每年都采购，AEO在弄了: the one support of the city that turns on a fact whose words name it.

    That a firm trades abroad is told by the way: it wants nothing.
    """
    facts, city = context.heard.facts, context.conversation.profile[CITY]
    told = facts.keys() - {CITY, "district", "foreign_trade", _FIRST, *OF_THE_FIRM} - set(context.before.pending_slots)
    here = [s for s in context.library.supports.values() if context.library.document(s.id).city == city]
    found: list[str] = []
    for slot in facts:
        turning = [s.id for s in here if any(c.slot == slot for c in s.when)]
        so = slot in told and facts[slot].value not in ("no", NONE) and len(turning) == 1
        if so and context.finder.coverage(content(facts[slot].words), turning[0]) >= _NAMED:
            found += turning
    return found
