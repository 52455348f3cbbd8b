"""Turns that steer the interview: a contradiction, one firm at a time, skip and back, what was no answer."""

import re
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.asked import is_not_wanted
from chains.finding.naming import names_nothing
from chains.finding.own_firm import is_no_more_than_an_answer
from chains.interview import question_about
from chains.language.clauses import asks_us, pattern, wishes
from chains.language.places import find_places
from chains.language.shortfall import falls_short
from chains.language.whereabouts import registered_in, side_sites
from chains.prompting import fact_label, wording
from chains.steps.comparison import asks_of_each
from chains.steps.dialogue import proceed, wants_verdict
from chains.steps.noted import noted_lines
from chains.steps.talk import say_unsaid
from chains.telling.reckoning import size_lacks
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.regions import OTHER, city_name, served_cities

_FIRST = "first_recognition"
_NEXT_FIRM = re.compile(
    r"^(?:那|再|先|接着)?(?:[说讲看]一?下?)?[^，。；\s]{0,4}(?:[那下换另]|另外|第[二三四五])一?家的?(?:呢|吧)?[?？]?$"
)
_SUBSIDIARY, _A_TITLE = "子公司", re.compile(r"称号|资质|牌子|名义|[它他]的|共用|沿用|合并|一起")
_OF_A_GROUP = re.compile(r"(?:分|子|母|总)公司|分支机构|集团公司")
# 算哪边的, 按南京还是淮安算, 归哪个市管, 用哪边的政策: for which of two cities a firm counts.
_WHICH_PLACE = r"哪(?!家|些|几|一?[项条种样])(?:一?[边头里儿]|一?个(?:城?市|地方)|市)"
_COUNTS_WHERE = re.compile(
    rf"(?:算|归|属于|认|按|用|看|走|享受)(?:是|在|照)?(?:{_WHICH_PLACE}|哪的|[^，。；\s]{{2,4}}还是[^，。；\s]{{2,5}})"
    rf"|{_WHICH_PLACE}的?(?:政策|文件|补贴|扶持)(?:我们?)?(?:都|才|就)?(?:能|可以|该|管|算)"
)
_SITE = re.compile(
    r"子公司|分公司|分厂|仓库|办事处|分部|门店|经营部|网点|车间|基地|厂房?|[注登][册记]|生产|总部|执照|名字?叫?|税"
)
_WHETHER_THERE_TOO = re.compile(r"有(?:[吗么嘛]|没有)[？?]*$")
_SITE_ALONE = re.compile(
    r"[也还又]*有|一?[个家]|我们?|咱们?|公司|独立|单独|法人|[是在那]|边|能|可以|用|享受|呢|的|政策|文件|补贴|奖励?|[吗么不]"
)
# What a message scores with what is known to be asked in much the same words, and how much of it that holds: of the
# suites' messages that answer or only chat amid an interview none lies above these.
_SURELY, _ITS_WORDS = 80.0, 0.33
_MAY_IT = re.compile(r"影响|能|可以|可否|算|享受|申[报请]|行不行|要不要|单独|一起|共用|沿用")


_WHICH_SIDE = re.compile(r"哪[边个家]|两边")


def tell_contradiction(context: Context) -> Draft | None:
    """Two things said at once that cannot both be: said back, not guessed."""
    compares = len(context.heard.cities) > 1 and pattern("compares").search(context.heard.text) is not None
    compares = compares or (len(context.heard.cities) > 1 and _WHICH_SIDE.search(context.heard.text) is not None)
    if not context.heard.reading.contradictions or asks_of_each(context) or compares:
        return None  # 我们想搬厂，南京和镇江哪个给的多; 在盐城和南京都有厂，哪边政策好
    told = context.heard.reading.contradictions
    lines = tuple(
        wording("interview.two_cities" if slot == CITY else "interview.contradiction", first=first, second=second)
        for slot, first, second in told
    )
    # 我们南京和淮安都有厂: in which of them it is registered is asked at once
    asks_city = context.standing is None and context.conversation.profile[CITY] is None and told[0][0] == CITY
    question = question_about(CITY) if asks_city else context.standing
    talked = context.conversation.with_focus((), context.heard.cities) if asks_city else context.conversation
    return Draft(Outcome.CONTRADICTION, talked, lines, question=question)


def take_one_at_a_time(context: Context) -> Draft | None:
    """Several firms told of at once: none is taken for another. 盐城那家呢 begins with the next."""
    if context.before.several and not context.before.facts and _NEXT_FIRM.match(context.heard.text):
        return proceed(context, noted_lines(context))
    if not context.heard.reading.several:
        return None
    fresh = context.before.restarted().with_goal((), broad=True)
    fresh = fresh.model_copy(update={"several": True, "warned": context.before.warned})
    return Draft(Outcome.INTERVIEW, fresh, (wording("interview.one_at_a_time"),), question=question_about(CITY))


def ask_doubt(context: Context, draft: Draft) -> Draft:
    """A fact that words may mean but do not carry, or that goes against what is known: asked, not taken."""
    at_stake = {reason.slot for finding in draft.findings for reason in finding.reasons}
    at_stake |= set(context.before.pending_slots)
    doubts = [(slot, fact) for slot, fact in context.heard.reading.doubts.items() if slot in at_stake]
    if not doubts:
        return draft
    slot, fact = doubts[0]
    line = wording("interview.doubt", words=fact.words, label=fact_label(slot, replace(fact, words="")))
    return replace(draft, lines=(*draft.lines, line), question=question_about(slot))


def tell_no_seat(context: Context) -> Draft | None:
    """注册在南京，工厂在淮安，算哪边的: by what a firm of two places is looked at, and what of it no document says.

    So it is where nothing is asked of another city but what a mere store or branch there may have of it.
    """
    heard, city = context.heard, context.conversation.profile[CITY]
    registered = registered_in(heard.text)
    tells = registered is not None and _tells_where_registered(context)
    if heard.has_orders or not (tells or _asks_where_it_counts(context) or _asks_for_a_site(context)):
        return None
    sites = [place.slot for place in side_sites(heard.text) if place.slot in served_cities() and place.slot != city]
    if registered is not None and registered.city.slot in served_cities():
        line = wording("silent.seat_registered", city=registered.city.name)
    elif sites:
        line = wording("silent.seat_of_a_branch", city=city_name(sites[-1]))
    elif city in (None, OTHER):
        return None
    else:
        line = wording("silent.seat")
    goal = [key for key in context.conversation.goal if context.library.document(key).city == city]
    if tells and goal:  # 看岔了，公司注册在南京: judged anew
        return proceed(
            replace(context, conversation=context.conversation.with_goal(goal)), (*noted_lines(context), line)
        )
    told = []
    for finding in (context.assess(context.library.supports[key]) for key in ([] if sites else goal)):
        title, benefit = finding.support.title, tight(finding.support.benefit.text)
        told.append(wording("support.benefit", title=title, benefit=benefit, mark=context.words.benefit_mark(finding)))
    within = context.conversation.with_goal(goal) if goal else context.conversation
    return say_unsaid(replace(context, conversation=within), *noted_lines(context), line, *told)


def _tells_where_registered(context: Context) -> bool:
    """分厂是独立的子公司，注册在溧水的: whether a firm of its own is told of, by who spoke of another city before."""
    heard, before = context.heard, context.before.profile[CITY]
    moves = CITY in heard.facts and before not in (None, heard.facts[CITY].value)
    rest = _beside_the_site(heard.text)
    return moves and not heard.facts.keys() - {CITY, "district"} and names_nothing(rest)


def _asks_where_it_counts(context: Context) -> bool:
    """Whether it is asked for which of two cities a firm counts, of which one has a document."""
    heard, city = context.heard, context.conversation.profile[CITY]
    named = {place.city.name for place, _, _ in find_places(heard.text)}
    own = {city_name(str(city))} if city in served_cities() and _SITE.search(heard.text) else set()
    served = any(c.name in named | own for c in served_cities().values())
    return _COUNTS_WHERE.search(heard.text) is not None and len(named | own) > 1 and served


def _asks_for_a_site(context: Context) -> bool:
    """那镇江那边呢，我们在镇江也有个仓库: whether only a site elsewhere is named, of which the documents are asked."""
    text, own = context.heard.text, context.conversation.profile[CITY]
    sites = [place.name for place in side_sites(text) if place.slot in served_cities() and place.slot != own]
    if (
        not sites
        or own not in served_cities()
        or not context.heard.asks
        or context.heard.facts.keys() - {CITY, "district"}
    ):
        return False
    rest = _beside_the_site(text)
    if _WHETHER_THERE_TOO.search(text):
        return False  # 那边也有吗: what that city has is told
    return not context.finder.named(rest) and names_nothing(rest)


def _beside_the_site(text: str) -> str:
    """What a message says besides where its firm or a site of it is."""
    for _, start, end in reversed([*find_places(text)]):
        text = f"{text[:start]} {text[end:]}"
    return _SITE_ALONE.sub(" ", _SITE.sub(" ", text))


def tell_no_group(context: Context) -> Draft | None:
    """分公司能不能申请, 能用母公司的称号吗: that no document of the city says how firms of a group count."""
    heard, city = context.heard, context.conversation.profile[CITY]
    words = tuple(dict.fromkeys(_OF_A_GROUP.findall(heard.text)))
    asking = [part for part in re.split(r"[，。；！？?]", heard.text) if pattern("question").search(part)]
    of_it = bool(asking) and _OF_A_GROUP.search(asking[-1]) is not None and not heard.reading.of_another
    asks = heard.asks and _MAY_IT.search(heard.text) and (of_it or not {"broad"} & heard.intents)
    if not words or not asks or context.answered or heard.has_orders or city == OTHER:
        return None
    if (
        heard.foreign_places
        or heard.reading.several
        or CITY in heard.reading.supposed
        or context.finder.named(heard.text)
    ):
        return None
    documents = [d for d in context.library.documents.values() if city in (None, d.city)]
    if any(word in document.text for document in documents for word in words):
        return None
    is_there = city in served_cities() and set(heard.cities) <= {city}
    if is_there and words == (_SUBSIDIARY,) and not _A_TITLE.search(heard.text):
        line = wording("silent.seat_of_a_branch", city=city_name(str(city)))
        return say_unsaid(context, *noted_lines(context), line)
    place = city_name(str(city)) if city else "、".join(c.name for c in served_cities().values())
    here = [e.key for e in context.subject.supports if e.city == city]
    talked = [key for key in (here or context.before.focus) if key in context.library.supports]
    told = context.findings_of(tuple(context.finder.by_key[key] for key in talked)) if len(talked) == 1 else ()
    mark = "".join(context.words.benefit_mark(finding) for finding in told if finding.document in documents)
    line = wording("silent.group", city=place, words="、".join(words), mark=mark)
    if here and "tiers" in heard.facts and wants_verdict(context):
        # 母公司是小巨人，我们这家子公司啥称号没有，房补能算我们头上吗: what is asked is judged for the firm that asks.
        within = context.conversation.with_goal(here)
        return proceed(replace(context, conversation=within), (*noted_lines(context), line))
    return say_unsaid(context, *noted_lines(context), line)


# 你还要问我什么, 你问啊: who wants to be asked.
_WANTS_TO_BE_ASKED = re.compile(
    r"[你您](?:还|到底|究竟)?(?:要|想|需要|得)?问(?:我们?|咱们?)?(?:些|点)?(?:什么|啥|哪些)|(?:什么|啥|哪些)(?:是)?(?:要|需要)问我们?的?"
    r"|^那?[你您](?:就|再)?(?:接着|继续|直接)?问(?:吧|啊|呗|呀|我吧|嘛)[。!！]*$"
)


def move(context: Context) -> Draft | None:
    """跳过, 上一步 and 你问啊 during the interview."""
    heard, conversation = context.heard, context.conversation
    pending = context.before.pending
    if _WANTS_TO_BE_ASKED.search(heard.text) and not (context.answered or context.finder.named(heard.text)):
        asked = conversation if conversation.goal else conversation.with_goal((), broad=True)
        question = context.question_for(asked) or question_about(CITY)
        none_left = asked.profile[CITY] is not None and context.question_for(asked) is None
        line = wording("interview.nothing_to_ask" if none_left else "interview.asks_on")
        return Draft(Outcome.INTERVIEW, asked, (line,), question=None if none_left else question)
    if "skip" in heard.intents and pending is not None:
        skipped = conversation.with_facts({}, context.before.pending_slots)
        return proceed(replace(context, conversation=skipped), [wording("interview.skip")])
    if "back" in heard.intents:
        known = {*conversation.facts, *conversation.declined}
        previous = next((slots for slots in reversed(conversation.asked) if known.intersection(slots)), None)
        if previous is None:
            return Draft(Outcome.TALK, conversation, (wording("interview.nothing_back"),), question=context.standing)
        again = conversation.undone(previous)
        return proceed(replace(context, conversation=again), [wording("interview.back")])
    return None


_OF_A_TITLE = re.compile(r"小巨人|专精特新|省专|冠军|创新型|称号|资质|牌子|[评复摘]")


def miss(context: Context) -> Draft | None:
    """An answer to the pending question that was not understood: asked once more, then left open."""
    pending = context.before.pending
    heard = context.heard
    trade_told = context.conversation.industry != context.before.industry
    surely = _is_surely_found(context)
    if pending is not None and trade_told and not (heard.asks or heard.facts or surely):
        return proceed(context, noted_lines(context))  # 做医药中间体的: what the firm does, told in place of an answer
    conversation = context.conversation
    measured = conversation.measures != context.before.measures and "size" not in conversation.facts
    surely = surely and "size" not in context.before.pending_slots
    if pending is not None and measured and not (heard.asks or heard.facts or surely):
        line = size_lacks(conversation.industry, conversation.measures)  # 30个人: a headcount alone
        return Draft(Outcome.INTERVIEW, conversation, (line,), question=question_about("size"))
    # Who only says something of the enterprise asks for nothing that it resembles: 我们给老外供货.
    tells = not (heard.asks or heard.intents or wishes(heard.text))
    meant = (context.subject.is_clear and not heard.speaks_of_self) or context.subject.is_follow_up
    meant = meant or any(e.key in context.before.wish for e in context.subject.entries)  # 我是说上市挂牌那些
    if is_no_more_than_an_answer(heard.text, context.finder) and not heard.intents:
        meant = surely = False  # 有的, asked which of several
        tells = True
    names = (meant or surely) if tells else context.subject.entries or context.subject.is_follow_up
    asks = asks_us(heard.text) or "broad" in heard.intents
    asks = asks or (
        bool(heard.cities) and any(asks_us(part) for part in heard.text.split())
    )  # 那镇江呢 我们在那有个分厂
    short = falls_short(heard.text, pending) if pending and not (asks or heard.asks) else None
    if short == "held_no_longer" and names and not _OF_A_TITLE.search(heard.text):
        short = None  # 以前有些产权证没办齐, after what there is for 上市: that of another thing
    asks = asks or bool(not short and (heard.facets or names))
    if pending is None or context.before.offered or context.answered or asks or heard.facts:
        return None
    # 新的啥时候出: a question is no answer, and is not taken for 不清楚 either.
    is_left = context.before.missed and not heard.asks
    if is_left or set(context.before.pending_slots) <= set(context.conversation.declined):
        left = context.conversation.with_facts({}, context.before.pending_slots).model_copy(update={"missed": 0})
        return proceed(replace(context, conversation=left), [wording("interview.declined")])
    again = context.conversation.model_copy(update={"missed": context.conversation.missed + 1})
    text = wording(f"interview.{short or 'unclear'}", **({} if short else {"example": wording("interview.example")}))
    return Draft(Outcome.UNCLEAR, again, (text,), question=pending)


def _is_surely_found(context: Context) -> bool:
    """上礼拜消防查出来点小毛病 头一次 要罚钱啊, amid an interview: what is known to be asked in much the same words."""
    _, score, share = context.subject.trace[0] if context.subject.trace else ("", 0.0, 0.0)
    found = bool(context.subject.entries) and score >= _SURELY and share >= _ITS_WORDS
    return found and not is_not_wanted(context.heard.text)
