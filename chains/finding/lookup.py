"""What one question is about, in the light of what was talked of: its own subject, or that of before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.finding.back import held_beside, returned_to
from chains.finding.entries import Entry
from chains.finding.followup import (
    OF_ITS_OWN,
    asks_for_oneself,
    continuation,
    follow_up,
    says_back,
    titles_named,
)
from chains.finding.matching import A_NAME, A_WORD, ENOUGH_SCORE, Search, is_award, is_mere_title, titles_of
from chains.finding.meant import Subject, anywhere, in_cities
from chains.finding.naming import content, core, names_nothing, without_help
from chains.finding.retrieval import Finder
from chains.finding.rounds import in_place
from chains.finding.told import (
    BESIDES,
    BRIEF,
    FEW,
    MORE,
    MOST,
    MUCH,
    ONLY_NAMED,
    TOUCHES,
    aimed_at,
    asks_for_its_sum,
    beside_what_was_told,
    besides_it,
    called_alike,
    called_instead,
    called_rather,
    called_so,
    counted_instead,
    holds_less,
    in_what_was_told,
    is_held_elsewhere,
    left_open_in,
    names_another,
    names_no_part,
    names_nothing_new,
    nearest_told,
    of_its_grade,
    of_that_sum,
    of_the_list,
    only_responsible,
    only_states,
    others_called,
    stands_beside,
    that_turns_on,
)
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.of_cities import as_question, as_told
from chains.language.sums_said import without_own_sums
from chains.language.understanding import Understanding, facets_of, subject_words, without_trade
from chains.language.whereabouts import find_places, served
from knowledge.figures import read_figures
from knowledge.regions import served_cities

_TITLE_WORDS = {"little_giant": "小巨人", "champion": "单项冠军"}
# 那投300万呢: a sum of one's own names no subject.
_SUM = re.compile(r"^那(?:要是|如果)?(?:我们)?(?:只|才)?(?:投|花|有|买|做)了?\d+(?:\.\d+)?\s*[千百万亿]*元?")
# 统一是0.2%, 应该是50万吧: a figure that is said of what was talked of.
_SAID_FIGURE = re.compile(
    r"(?:统一|一律|都|就|应该|不|说)*是\d+(?:\.\d+)?(?:%|个?点|[千百万亿]+元?|元)(?=[吧吗么对呢？?，。；\s]|$)"
    r"|(?:记得|印象[里中]|听[^，。；]{0,2}说|据说|好像|以为)[^，。；\d]{0,4}\d+(?:\.\d+)?(?:%|个?点|[千百万亿]+元?|元)(?:来着|左右|的?样子)?"
    r"|(?:(?:真的?|确实|当真)就?是|才)\d+(?:\.\d+)?(?:%|个?点|[千百万亿]+元?|元|家|个)?(?=[吧吗么呢？?，。；\s]|$)"
)
# 是省级的还是国家级: of which level a thing is.
_A_LEVEL = "(?:国家|省|市|区|县)级?(?:以上)?的?"
_WHICH_LEVEL = re.compile(rf"[，\s]*(?:算|是)?{_A_LEVEL}还是{_A_LEVEL}")
# 定的目标几家: words that a count is asked with.
_OF_A_COUNT = re.compile(r"定的?|目标|数目|数量|封顶|上限|顶格|最[高多]")
# 那盐城呢，有没有…, 连云港也有类似的制度吧: the same of another city, whatever else it names.
_LIKEWISE = re.compile(r"^那?[^，。；]{2,4}呢[，,。？?]|(?:[也都]有?|有没有|有)(?:类似|同样|一样|这种|这样|差不多)")
# 盐城发不发这种券, 那边给这类补贴吗: another of the kind that was told.
_OF_THAT_KIND = re.compile(r"(?:[这那]种|[这那]类|[这那]样的?|同样的?|同类的?|类似的?)[\u4e00-\u9fff]")
# 补铁 打错 补贴: said of what was typed.
_SLIPPED = re.compile(r"(?:不好意思|抱歉)?[打写输]错[了字]*")
_OF_A_DISTRICT = re.compile(r"自己|另外|单独|本级|本地|当地|那边|市?[内外]|[市郊]区|乡镇|一样")
# 具体给多少钱, 一般多久: how exactly it is asked for.
_HOW_EXACTLY = re.compile(
    r"^那?换一?[个家座](?:城?市|地方)?(?=[，,\s])"
    r"|具体|大概|大致|一般(?!纳税)|总共|一共|到底|究竟|叫(?:什么|啥)名[字称]?"
)
# 上市那个是什么意思: another of those that were named.
_THAT_ONE = re.compile(r"^那?[\u4e00-\u9fff]{2,6}?那一?[个项条块]")
_FIRMS = re.compile(r"[家户]|目标|数量")
_WHAT_IT_IS_CALLED = re.compile(r"叫(?:做|个)?(?:什么|啥)(?P<kind>机制|计划|行动|平台|活动|基金|名单|工程|产品|清单)")
# 镇江小巨人有什么: whatever there is for a title.
_HAS_WHAT = re.compile(
    r"好处(?:也|都)(?:没有?|有)[吗么]?[?？]?$|(?:有|给|能[拿领享]受?)(?:些|点)?(?:什么|啥|哪些)(?:政策|支持|好处|待遇|奖励|补贴)?[呢啊呀]?[?？]?$"
)
# 小巨人呢，也是这个数吗: a title that the same is asked of.
_SAME_OF_A_TITLE = re.compile(
    r"^那?(?P<title>[^，。；\s]{2,6}?)(?:的|那[头边档])?呢[，,\s].*(?:也是?|同样|[这那]个|一样|哪一?[级个档种年]|多少|几|什么|啥|[吗么]|谁)"
)
# 文件里一张到底写的多少: one of what was talked of.
_EACH_ONE = re.compile(r"(?:^里)?[一每](?:张|家|项|次|笔|份|个|平方米?|平米?|间|套|台|吨|度|柜|箱)(?!性|台|座|房)")
# 这个行动叫什么名字来着: a thing that stands in what was told.
_THIS = re.compile(r"(?:^|[，。；！\s])那?(?:[这那](?:一?[个项种款]|一?块)|这)(?P<thing>[\u4e00-\u9fff]{2})")
_WHY_NOT = re.compile(
    r"^那?为(?:什么|啥)(?:[\u4e00-\u9fff]{2,4}?)??(?:就|又|还)?(?:不行|不能|不可以|不给|不符合|不算|可以|行|能)(?:[拿领申报]请?)?[了呢啊呀]*[?？]?$"
)
# 要出口吗, 必须首次吗: whether something is a condition of what was told.
WHETHER_NEEDED = re.compile(
    r"^(?:[那也还都]|这个|合着|敢情|所以|意思是|是不是)*(?:要不要|需不需要|必须|一定要|非得|需要|要)[是有先]?(?!什么|啥|多|几|哪|怎)[^，。；？?\s]{2,6}?[吗么吧?？]+$"
    r"|^(?:[那也还]|这个)*(?:要不要|需不需要)[是有先]?(?!什么|啥|多|几|哪|怎)[^，。；？?\s]{2,6}$"
    r"|^(?:[那也还]|这个|我们?|要|得|需要|到底)*(?:评|拿|升|有|是|够|做)?[上到]?(?:什么|啥|哪[个种一]?)样?的?(?:牌子|资质|称号|[级档]别?次?|头衔|身份)的?(?:企业)?才[^，。；？?]{1,4}[呢啊呀]?[?？]?$"
)
# 收费吗, 怎么进名单, 我们能参加不, 用啥办法帮我们: what is asked of anything, and names nothing else.
_OF_ANYTHING = re.compile(
    r"^(?:那|这个?|是|要|也|还|都)*(?:(?:收|要|花)(?:不[收要花])?(?:费|钱)|免费)的?[吗么不吧]?[?？]?$"
    r"|^(?:那|我们?|咱们?|要)*(?:怎么|如何|咋)(?:样|才)?能?(?:进|加入|参加|列入)(?:得?[去来])?(?:这个)?(?:名单|清单|库|目录|里面?)?[呢啊]?[?？]?$"
    r"|^(?:那|我们?|咱们?|公司|也)*(?:能不能|可不可以|能|可以)(?:参加|加入|进去?)[吗不么]?[?？]?$"
    r"|^(?:那|一般|具体|到底|主要|都|会|是)*(?:用|通过|靠|有|拿|以)(?:哪些|什么|啥)(?:办法|方式|手段|法子|形式)(?:来|去)*(?:支持|扶持|帮扶?|照顾|给|补|奖|发)(?:我们?|咱们?|企业)*[呢的啊]?[?？]?$"
)
# 责任单位里有没有税务局: who is responsible for what was told.
_OF_ITS_OFFICES = re.compile(r"^(?:那|这个?|它的?)*(?:责任|牵头|负责|主管)的?(?:单位|部门)(?=[里中有是包都呢吗?？])")
# 人事经理算吗, 收2%算不算违规: whether something counts, of what was told.
_COUNTS = re.compile(r"算(?:不算|[^，。；]{0,4}[吗么])[^，。；]{0,4}[?？]?$")
# 没有奖励？真的吗: what was told not to be there is doubted.
_DOUBTED = re.compile(
    r"(?=.*(?:没|真|确定|不给))(?:那|就|怎么会|怎么|是不是|不是|是|真的?|假的?|你|没有?|不给|奖励?|补贴|奖金|钱|一?[分点]|[都也吗么啊呀的了呢吧，,。？?\s]|确定|文件|里|政策)+"
)
_AIM = "目标"
_IN_CHARGE = re.compile(r"(?<![监主保])管(?![理控网委])")
_WHEN = re.compile(r"(?:每|一|今|明|去|后)年|分别|同期")


def look_up(heard: Understanding, conversation: Conversation, finder: Finder) -> Subject:
    """What one question is about: what it names by itself, or what was talked of where it asks on of that."""
    if (put := as_question(heard.text)) != heard.text:
        heard = replace(heard, text=put, facets=heard.facets or facets_of(put))
    heard, whole = replace(heard, text=without_own_sums(heard.text)), heard.text
    focus = tuple(finder.by_key[k] for k in conversation.focus or conversation.wish if k in finder.by_key)
    # 南京的政府到底管不管, after what two cities have: what was told of the one that is named.
    focus = tuple(e for e in focus if e.city in heard.cities) or focus
    search = Search(finder, heard.text, heard.facets, award_titles(heard.text))
    placed = in_place(heard.text, conversation, finder)
    if placed is not None and set(heard.cities) <= {entry.city for entry in placed}:  # 最后一个 镇江 names none
        cities = conversation.focus_cities[:1]
        return _of(placed) if placed else Subject(missing_in=next(iter(cities), None), cities=cities)
    if returned := returned_to(heard.text, conversation, finder):
        if not heard.cities or {entry.city for entry in returned} & set(heard.cities):
            return _of(_called_in_it(heard, returned, finder) or held_beside(search, returned) or returned)
        focus = returned
    words = _SAID_FIGURE.sub(" ", _WHICH_LEVEL.sub(" ", _SUM.sub(" ", _SLIPPED.sub(" ", heard.text))))
    named = _IN_CHARGE.sub("", without_help(_WHEN.sub("", _EACH_ONE.sub("", core(_HOW_EXACTLY.sub(" ", words))))))
    for district in [heard.text[start:end] for place, start, end in find_places(heard.text) if place.district]:
        # 扬中呢, 京口区自己给不给, 市外的呢 灌南: of what was talked of
        named = _OF_A_DISTRICT.sub("", named.replace(district, ""))
    # 镇江目标几家, after 绿色工厂 of another city: what is counted was named before.
    moved = bool(heard.cities) and not {e.city for e in focus} & set(heard.cities)
    if moved and len(named) < A_WORD and not conversation.broad:
        focus = focus[:FEW]  # 那连云港呢, after four loans
    if focus and search.facets and (moved or Search(finder, "", ("count",), frozenset()).answers(focus[0])):
        named = _OF_A_COUNT.sub("", named)
    refers = 0 < len(focus) <= FEW
    left = core(pattern("intention").sub(" ", heard.text))
    if refers and heard.text != whole and not heard.cities and len(left) < A_NAME:
        return _of(focus)  # 我们准备投300万: a sum of one's own, and nothing else, is of what was told
    # What another city has of a thing that is missing here was asked for by its name.
    by_name = conversation.by_name or not conversation.focus
    asks = heard.asks or bool(search.facets)
    if focus and not heard.cities and (of_sum := of_that_sum(search, focus, conversation)):
        return _of(of_sum)
    if refers and not heard.cities and (graded := of_its_grade(heard.text, focus)):
        return _of(graded)
    if len(focus) > FEW and asks and not heard.cities and (listed := of_the_list(heard, focus, finder)) is not None:
        return Subject(listed, cities=tuple(dict.fromkeys(e.city for e in focus)), is_follow_up=bool(listed))
    is_sum = search.facets == ("amount",) and not heard.cities and names_no_part(heard.text)
    if FEW < len(focus) <= MOST and is_sum and not heard.facts and all(e.support for e in focus):
        return _of(focus)  # 钱具体多少呢, after several awards
    if refers and not moved and (others := others_called(heard.text, focus, finder)):
        return Subject(others, cities=(others[0].city,), is_follow_up=True)
    this = _THIS.search(heard.text) if refers and not moved else None
    if this and (these := tuple(e for e in focus if this["thing"] in plain(e.title + e.quote))):
        return _of(these)
    asks_on = (_WHY_NOT, _OF_ANYTHING) if heard.cities else (_WHY_NOT, _OF_ANYTHING, _OF_ITS_OFFICES)
    if refers and any(regex.search(heard.text) for regex in asks_on):
        return _of(focus)
    calls = bool(heard.cities or finder.named(heard.text))
    if refers and not calls and len(heard.text) <= BRIEF and pattern("why_so").search(heard.text):
        return _of(focus)
    if refers and not calls and len(heard.text) <= BRIEF and pattern("asks_costs").search(heard.text):
        return _of(focus)
    if refers and not moved and (aimed := aimed_at(heard.text, focus, finder)):
        return _of(aimed)
    aims = tuple(e for e in focus if e.support is None and _AIM in e.title)
    if refers and aims and not calls and len(heard.text) <= BRIEF and pattern("of_an_aim").search(heard.text):
        return _of(aims)
    names_award = pattern("title_award").search(heard.text) is not None or asks_for_its_sum(search, focus)
    if refers and not heard.cities and not names_award and WHETHER_NEEDED.search(heard.text):
        return _of(focus)
    if refers and not heard.cities and BESIDES.search(heard.text) and (more := besides_it(heard.text, focus, finder)):
        return _of(more)
    of_another_day = refers and heard.as_of is not None and not heard.cities
    if of_another_day and not stands_alone(by_itself(search, heard, conversation)):
        return _of(focus)
    of_it = refers and asks and "broad" not in heard.intents and "validity" not in search.facets
    if of_it and len(named) >= A_WORD and any(map(names_no_part, (heard.text, without_help(heard.text), words))):
        named = ""  # 那先评哪个, 新的办法有没有: a guess from such words is none
    is_bare = len(named) < 2 or _DOUBTED.fullmatch(heard.text) is not None
    if refers and is_bare and not heard.cities and (here := _missing_in(conversation, focus)):
        return Subject(missing_in=here, elsewhere=focus[0], cities=(here,), is_follow_up=True)
    if refers and not moved and names_award and (given := _given_to(heard.text, focus)):
        return _of(given)
    if refers and titles_named(heard.text) and (itself := _of_a_title_itself(search, heard, conversation, focus)):
        return itself
    if refers and not names_award and (len(named) < 2 or is_mere_title(named)):
        return follow_up(search, heard, focus, named, by_name=by_name, titles=conversation.titles)
    of_title = _SAME_OF_A_TITLE.search(heard.text)
    if refers and not names_award and of_title and is_mere_title(of_title["title"]):
        asked = replace(search, text=of_title["title"])
        return follow_up(asked, heard, focus, of_title["title"], by_name=True)
    if focus and asks and not heard.cities and (turning := that_turns_on(heard, focus, conversation, finder)):
        return _of(turning)
    if refers and not (names_award or moved or search.facets) and only_states(heard):
        return _of(focus)
    if refers and not names_award and asks_for_oneself(heard, focus[0], finder):
        return follow_up(replace(search, text=focus[0].title), heard, focus, "", by_name=True)
    if not heard.cities and (called := called_so(named, focus)):
        return _of(called)
    of_holder = replace(search, titles=search.titles or _titles_held(conversation))
    alone = by_itself(of_holder, heard, conversation)
    of_a_name = refers and not moved and ONLY_NAMED.search(heard.text) is not None
    if of_a_name and (other := called_instead(named, alone, focus)):
        return replace(alone, entries=other)
    of_that_kind = _OF_THAT_KIND.search(heard.text) is not None
    if refers and moved and len(heard.cities) == 1 and (of_that_kind or _LIKEWISE.search(heard.text)):
        same = follow_up(search, heard, focus, named, by_name=by_name, titles=conversation.titles)
        if same.entries or (of_that_kind and not stands_alone(alone)):
            return same
    of_that = refers and not moved and not search.is_for_another_title(focus[0])
    told = in_what_was_told(heard.text, named, alone, focus, finder) if of_that else ()
    if of_that and not told and only_responsible(search, named, alone, focus):
        return _of(focus)
    if of_that and not told and (beside := called_rather(heard.text, alone, focus)):
        return replace(alone, entries=beside)
    if alone.entries and alone.entries[0].key in finder.named(heard.text) and not told:
        return alone  # 那AEO要啥材料: what is called by its name is not what was talked of before
    if of_that and not stands_alone(alone) and (open_in := left_open_in(heard.text, focus)):
        return _of(open_in)
    if of_that and not told and _is_the_figure_of(search, alone, focus[0]):
        return _of(focus)
    if of_that and (called := called_alike(heard.text, alone, focus, finder)):
        return _of(called)
    # 收费吗，一次多少: what asks for a figure, or names little, asks on.
    names_much = of_that and not told and not search.facets and len(named) >= MUCH
    if names_much and stands_beside(heard.text, alone, focus, finder):
        return alone
    if refers and not moved and not names_award and (told or names_nothing_new(heard, named, alone, focus[0], finder)):
        return _of(told or focus)
    if refers and says_back(heard.text) and not moved and not stands_alone(alone):
        return _of(focus)
    if of_that and not stands_alone(alone) and (instead := counted_instead(heard.text, named, focus[0], finder)):
        return _of(instead)
    if refers and not names_award and not stands_alone(alone):
        own = finder.coverage(content(heard.text), focus[0].key)
        names_more = bool(alone.trace) and alone.trace[0][1] >= ENOUGH_SCORE and alone.share > own + MORE
        # While a question waits, what is near to it interrupts and takes its place only where it says more.
        apart = bool(heard.cities) or conversation.pending is None or _THAT_ONE.search(heard.text) is not None
        if alone.entries and not moved and (names_more or (apart and names_another(named, alone, focus, finder))):
            return alone
        if not (alone.entries or moved) and is_held_elsewhere(heard.text, focus, finder):
            return alone
        again = (
            follow_up(search, heard, focus, named, by_name=by_name, titles=conversation.titles)
            if moved
            else continuation(search, heard, focus)
        )
        if again is not None and again.entries:
            return again
        if not alone.entries and not moved and _asks_on(heard, focus[0], finder):
            return _of(focus)
        if not heard.cities and (beside := beside_what_was_told(alone, focus, finder)):
            return _of(beside)
        of_no_city = not heard.cities and asks and "broad" not in heard.intents
        if of_no_city and (_is_a_guess(named, alone, focus) or holds_less(alone, own)):
            return _of(focus)
    elif len(focus) > FEW and asks and not (heard.cities or conversation.broad) and _is_a_guess(named, alone, focus):
        told = nearest_told(heard.text, alone, focus, finder)
        return _of(told) if told else alone
    return alone


def _given_to(text: str, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """省级专精特新具体能奖几万, after what is given to firms: that, where nothing but its title is named."""
    titles = {tier for tier, regex in value_patterns()["tiers"] if regex.search(text)}
    rest = text
    for _, regex in value_patterns()["tiers"]:
        rest = regex.sub(" ", rest)
    if not titles or len(core(subject_words(_HOW_EXACTLY.sub(" ", rest)))) >= A_WORD:
        return ()
    return tuple(e for e in focus if e.support and is_award(e) and titles & titles_of(e.support))


def _called_in_it(heard: Understanding, told: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """刚刚说的用地，那个叫什么机制来着: what the provision of what was told has that is of the kind asked by name."""
    kind = _WHAT_IT_IS_CALLED.search(heard.text)
    if kind is None or any(kind["kind"] in e.quote for e in told):
        return ()
    places = {(e.document_id, e.provision) for e in told}
    return tuple(e for e in finder.entries if (e.document_id, e.provision) in places and kind["kind"] in e.quote)[:1]


def _of_a_title_itself(
    search: Search, heard: Understanding, conversation: Conversation, focus: Sequence[Entry]
) -> Subject | None:
    """小巨人目标多少家, 镇江小巨人有什么, after a support: of the title, and not of what was told before."""
    of_firms = _FIRMS.search(heard.text) is not None and bool(search.titles_counted)
    if of_firms and not search.finder.counts(focus[0].key):
        found = by_itself(search, heard, conversation)
        return found if found.entries else None
    at_large = "broad" in heard.intents or _HAS_WHAT.search(heard.text) is not None
    elsewhere = bool(heard.cities) and not {e.city for e in focus} & set(heard.cities)
    return by_itself(search, heard, conversation) if at_large and elsewhere else None


def _of(told: Sequence[Entry]) -> Subject:
    """What was told before is meant."""
    return Subject(tuple(told), cities=tuple(dict.fromkeys(e.city for e in told)), is_follow_up=True)


def _missing_in(conversation: Conversation, wished: Sequence[Entry]) -> str | None:
    """一分都没有吗, after what a city has not and another has: the city that it was asked of; None after all else."""
    here = str(conversation.profile["city"] or "") or next(iter(conversation.focus_cities), "")
    apart = here in served_cities() and here not in {entry.city for entry in wished}
    return here if apart and not conversation.focus else None


def _is_a_guess(named: str, alone: Subject, focus: Sequence[Entry]) -> bool:
    """Whether what a message finds, of another provision, holds less than half of it, nor is asked or called so.

    Measured on the suites' talks: after a few things told, such an entry was never what was meant, and they were.
    """
    if not (alone.entries and alone.trace) or stands_alone(alone) or alone.trace[0][1] >= ENOUGH_SCORE:
        return False
    if any((e.document_id, e.provision) == (alone.entries[0].document_id, alone.entries[0].provision) for e in focus):
        return False  # 改完还罚不: the next sentence of what was told
    words = {named[i : i + A_WORD] for i in range(len(named) - 1)}
    told = "".join(plain(e.title + e.quote) for e in focus)
    return not any(word in plain(alone.entries[0].title) and word not in told for word in words)


def _is_the_figure_of(search: Search, alone: Subject, first: Entry) -> bool:
    """几家企业合用一个, after 每两家企业配备1名: of what was told, where what is found holds none."""
    if not (search.wants_figure and alone.entries and alone.trace) or alone.trace[0][1] >= ENOUGH_SCORE:
        return False
    return search.answers(first) and not search.answers(alone.entries[0])


def _asks_on(heard: Understanding, first: Entry, finder: Finder) -> bool:
    """改好了就不罚啦, 我下周就去办行不行: a short message that finds nothing by itself and touches on what was told."""
    return (
        "broad" not in heard.intents
        and len(heard.text) <= BRIEF
        and (finder.coverage(core(heard.text), first.key) >= TOUCHES or _COUNTS.search(heard.text) is not None)
    )


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


def _titles_held(conversation: Conversation) -> frozenset[str]:
    """The title of the firm, where a message names none: 那100万还给不给, of a 小巨人."""
    return frozenset(conversation.profile["tiers"] or ()) & {"little_giant", "champion"}
