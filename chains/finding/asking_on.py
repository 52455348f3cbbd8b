"""Questions that ask on of what was told, known by their words: each reading answers, or leaves it to the next."""

import re
from dataclasses import replace

from chains.finding.alone import by_itself, stands_alone
from chains.finding.called import BESIDES, MOST, besides_it, called_by, called_so, others_called, thing_asked_of_it
from chains.finding.entries import Entry
from chains.finding.followup import asks_for_oneself, follow_up, titles_named
from chains.finding.matching import A_NAME, A_WORD, Search, is_award, is_mere_title, titles_of
from chains.finding.meant import Subject
from chains.finding.naming import core, longest_run, names_nothing, without_help
from chains.finding.told import (
    BRIEF,
    FEW,
    aimed_at,
    asks_whether_still,
    names_no_part,
    of_its_grade,
    of_that_sum,
    of_the_list,
    only_states,
    that_turns_on,
)
from chains.finding.turn import HOW_EXACTLY, Turn, told_before
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.question_words import subject_words
from chains.language.understanding import besides_what_is_not_asked
from knowledge.regions import served_cities

# 那京口区里给不给; what a text leaves to districts.
_A_DISTRICT_GIVES = re.compile(
    r"[区县](?:里|上|级|那边|这边)?(?:自己|另外|单独|本级)?(?:给不给|有没有|发不发|[给有发补奖])[^，。；]{0,4}[吗么呢不没给]?[?？]?$"
)
_LEFT_TO_DISTRICTS = re.compile(r"(?:各地|各县|各区|各园区|有条件的区|市、县)[^。；]{0,24}[奖补]")
_FIRMS = re.compile(r"[家户]|目标|数量")
# 镇江小巨人有什么: whatever there is for a title.
_HAS_WHAT = re.compile(
    r"好处(?:也|都)(?:没有?|有)[吗么]?[?？]?$|(?:有|给|能[拿领享]受?)(?:些|点)?(?:什么|啥|哪些)(?:政策|支持|好处|待遇|奖励|补贴)?[呢啊呀]?[?？]?$"
)
# 小巨人呢，也是这个数吗: a title that the same is asked of.
_SAME_OF_A_TITLE = re.compile(
    r"^那?(?P<title>[^，。；\s]{2,6}?)(?:的|那[头边档])?呢[，,\s].*(?:也是?|同样|[这那]个|一样|哪一?[级个档种年]|多少|几|什么|啥|[吗么]|谁)"
)
# 这个行动叫什么名字来着: a thing that stands in what was told.
_THIS = re.compile(r"(?:^|[，。；！\s])那?(?:[这那](?:一?[个项种款]|一?块)|这)(?P<thing>[\u4e00-\u9fff]{2})")
# 真的吗？你确定？是必须，还是只是鼓励: what was told is doubted, whatever words of any talk follow.
_DOUBTS_FIRST = re.compile(r"^(?:真的假?的?|你?确定|不会吧|没搞错吧|没弄错吧)[吗么呢吧啊]*[？?，。！\s]+(?=.)")
# 文件里列的是哪几种费, 哪几家银行: of which kind of a thing.
_WHICH_OF = re.compile(r"(?:哪[几些]|什么|啥)(?:[种样类项个家])?的?(?P<thing>[\u4e00-\u9fff]{1,4}?)[呢啊呀]?[?？]?$")
# 上面那笔钱归哪几家管: the money that was told of.
_THAT_MONEY = re.compile(
    r"(?:上面|前面|刚才|刚刚)(?:说|讲|提)?(?:到)?的?(?:那|这)?(?:一?[笔个项些份])?(?:钱|奖励?|奖金|补贴|补助|奖补|资金)"
)
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
    r"(?:认不认|不认)(?:这个|这条|账|了|\d)|还认不认|"
    r"^(?:那|这个?|是|要|也|还|都)*(?:(?:收|要|花)(?:不[收要花])?(?:费|钱)|免费)的?[吗么不吧]?[?？]?$"
    r"|^(?:那|我们?|咱们?|要)*(?:怎么|如何|咋)(?:样|才)?能?(?:进|加入|参加|列入)(?:得?[去来])?(?:这个)?(?:名单|清单|库|目录|里面?)?[呢啊]?[?？]?$"
    r"|^(?:那|我们?|咱们?|公司|也)*(?:能不能|可不可以|能|可以)(?:参加|加入|进去?)[吗不么]?[?？]?$"
    r"|^(?:那|一般|具体|到底|主要|都|会|是)*(?:用|通过|靠|有|拿|以)(?:哪些|什么|啥)(?:办法|方式|手段|法子|形式)(?:来|去)*(?:支持|扶持|帮扶?|照顾|给|补|奖|发)(?:我们?|咱们?|企业)*[呢的啊]?[?？]?$"
)
# 这个人管些什么, 他们能帮上啥, 对方是央企也行吗: who or what was told of, and not the one spoken to.
OF_SOMEBODY = re.compile(
    r"^(?!.*[你您]).{0,6}?(?:[这那](?:个|位|名|些)?人(?!才|员|工)|[这那]位|对方(?!银行)|(?:他|她|(?<!其)它)(?:们|自己|本人)?(?!人|的))"
)
# 责任单位里有没有税务局: who is responsible for what was told.
_OF_ITS_OFFICES = re.compile(r"^(?:那|这个?|它的?)*(?:责任|牵头|负责|主管)的?(?:单位|部门)(?=[里中有是包都呢吗?？])")
# 出口品牌认定那个说下: bids to tell of what is named.
_BIDS_TELL = re.compile(r"(?:说|讲|介绍|解释|展开)(?:一?下|一?[说讲]|几句|清楚)|[说讲](?:说|讲)|呢[?？]?$")
# 评上以后一年拿多少补贴: what comes of it once one has what was told.
ONCE_THERE = re.compile(
    r"^(?:那么?|要是|如果|等)*(?:我们?)?(?:[评选办弄搞申]上|列[上入]|认定|入选|获评|[评办弄搞申][成好]|(?:批|评|办)(?:下来|完|过)|通过)(?:了|以后|之?后|的话|呢)+"
)
_BY_TIME = re.compile(r"[一每]个?[年月]|[拿领]|到手")
# 没有奖励？真的吗: what was told not to be there is doubted.
_DOUBTED = re.compile(
    r"(?=.*(?:没|真|确定|不给))(?:那|就|怎么会|怎么|是不是|不是|是|真的?|假的?|你|没有?|不给|奖励?|补贴|奖金|钱|一?[分点]|[都也吗么啊呀的了呢吧，,。？?\s]|确定|文件|里|政策)+"
)
_OF_EACH = re.compile(
    r"(?:[这那]?[两二三俩仨](?:边|个|样|项|份|笔|头)?(?:奖励?|钱)?|它们|这些)?(?:分别|各(?:自|是|能|给|有|奖|拿)?)|[合加]起来(?:一共|总共)?"
)
# 全市一共要上几家, 最后要建多少个: how many there are to be.
_HOW_MANY = re.compile(r"(?:多少|几)来?[家个户名人]")
_OF_ALL = re.compile(r"全[市部]?|最后|到?(?:20)?\d\d年?[底末]?|到$|^[到要]")
# 是一年的数还是三年合起来的数, 这个数是全市的吗: the figure that was told.
_THE_NUMBER = re.compile(r"(?:[的个这那总]|^)(?:数字?|数目|指标)(?=还是|[是算包指对]|[吗呢啊？?，。]|$)")
_COUNT = ("count",)
# 谁做担保: who does a part of what was told.
_WHO_DOES = re.compile(
    r"(?:那|又|再|还|都)*(?:由|归|该)?谁(?:来|去|给)?(?:做|出|当|担|审|批|签|写)[^，。；]{0,4}[呢啊呀?？]?$"
)
_CLAUSES, _BOTH = re.compile(r"[，。；、？?！\s]+"), 2
_AIM = "目标"


def of_ones_own_sum(turn: Turn) -> Subject | None:
    """我们准备投300万: a sum of one's own, and nothing else, is of what was told."""
    left = core(pattern("intention").sub(" ", turn.text))
    only = turn.refers and turn.text != turn.whole and turn.stays and len(left) < A_NAME
    return told_before(turn.focus) if only else None


def of_a_sum_told(turn: Turn) -> Subject | None:
    """100万那个: that of what was told which gives the sum."""
    if not (turn.focus and turn.stays):
        return None
    told = of_that_sum(turn.search, turn.focus, turn.conversation)
    return told_before(told) if told else None


def of_a_grade_told(turn: Turn) -> Subject | None:
    """硕士的是几百: a grade of what was told."""
    told = of_its_grade(turn.text, turn.focus) if turn.refers and turn.stays else ()
    return told_before(told) if told else None


def of_a_list_told(turn: Turn) -> Subject | None:
    """Of the many things told, those that are asked for by what they have in common."""
    if not (len(turn.focus) > FEW and turn.asks and turn.stays):
        return None
    listed = of_the_list(turn.heard, turn.focus, turn.finder)
    if listed is None:
        return None
    return Subject(listed, cities=tuple(dict.fromkeys(e.city for e in turn.focus)), is_follow_up=bool(listed))


def of_all_awards_told(turn: Turn) -> Subject | None:
    """钱具体多少呢, after several awards."""
    is_sum = turn.search.facets == ("amount",) and turn.stays and names_no_part(turn.text)
    awards = FEW < len(turn.focus) <= MOST and all(e.support for e in turn.focus)
    return told_before(turn.focus) if is_sum and awards and not turn.heard.facts else None


def of_each_award_told(turn: Turn) -> Subject | None:
    """两边分别能奖多少, 合起来一共多少, after all that a firm of two titles can have: the awards."""
    each = _OF_EACH.search(turn.text) if "amount" in turn.search.facets and turn.stays else None
    names = len(core(_OF_EACH.sub(" ", turn.text))) >= A_WORD
    awards = tuple(e for e in turn.focus if is_award(e)) if each and not names else ()
    return told_before(awards) if len(awards) >= _BOTH else None


def of_others_so_called(turn: Turn) -> Subject | None:
    """还有别的贷款吗: others that are called as what was told is."""
    others = others_called(turn.text, turn.focus, turn.finder) if turn.refers and not turn.moved else ()
    return Subject(others, cities=(others[0].city,), is_follow_up=True) if others else None


def of_this_thing(turn: Turn) -> Subject | None:
    """这个行动叫什么名字来着: what was told that has the thing."""
    this = _THIS.search(turn.text) if turn.refers and not turn.moved else None
    these = tuple(e for e in turn.focus if this["thing"] in plain(e.title + e.quote)) if this else ()
    return told_before(these) if these else None


def of_what_is_asked_of_anything(turn: Turn) -> Subject | None:
    """为什么不行, 收费吗, 怎么进名单, 责任单位里有没有税务局."""
    asks_on = (_WHY_NOT, _OF_ANYTHING) if turn.heard.cities else (_WHY_NOT, _OF_ANYTHING, _OF_ITS_OFFICES)
    return told_before(turn.focus) if turn.refers and any(r.search(turn.text) for r in asks_on) else None


def of_what_is_pointed_at(turn: Turn) -> Subject | None:
    """真的吗？你确定, 上面那笔钱谁管, 列的是哪几种费, 靠什么试点, 做得好他有啥好处: words that name no other thing."""
    if not turn.refers or turn.calls or turn.heard.reading.told_of_another:
        return None
    if any(regex.search(turn.text) for regex in (_DOUBTS_FIRST, _THAT_MONEY)):
        return told_before(turn.focus)
    unsure = turn.asks and not stands_alone(turn.alone)
    if unsure and OF_SOMEBODY.match(turn.text) and not turn.heard.speaks_of_self:
        return told_before(turn.focus)
    brief = unsure and len(turn.text) <= BRIEF
    which = _WHICH_OF.search(turn.text) if brief else None
    holding = tuple(e for e in turn.focus if which["thing"] in plain(e.title + e.quote)) if which else ()
    holding = holding or (thing_asked_of_it(turn.text, turn.focus, turn.finder) if brief else ())
    return told_before(holding) if holding else None


def of_what_is_meant_still(turn: Turn) -> Subject | None:
    """不是公积金，就问你那文件提没提: what was told, where all that is named is what is not asked for."""
    rest = besides_what_is_not_asked(turn.text)
    still = turn.refers and not turn.calls and rest != turn.text and names_no_part(rest)
    return told_before(turn.focus) if still else None


def of_what_comes_of_it(turn: Turn) -> Subject | None:
    """评上以后一年拿多少补贴, after C类人才: of that, where nothing else is named that one could be."""
    once = ONCE_THERE.match(turn.text) if turn.refers and turn.stays and not titles_named(turn.text) else None
    names = len(without_help(core(without_that(turn.text)))) >= A_WORD
    of_it = once is not None and bool(turn.search.facets) and not names
    return told_before(turn.focus) if of_it else None


def without_that(text: str) -> str:
    """多少补贴, of 评上以后一年拿多少补贴: what is asked, without that one has what was told."""
    once = ONCE_THERE.match(text)
    return _BY_TIME.sub("", text[once.end() :]) if once else text


def of_its_reason_or_cost(turn: Turn) -> Subject | None:
    """凭啥这么分, 要自己掏钱吗: short, and calling nothing by its name."""
    brief = turn.refers and not turn.calls and len(turn.text) <= BRIEF
    asks = brief and any(pattern(name).search(turn.text) for name in ("why_so", "asks_costs"))
    return told_before(turn.focus) if asks else None


def of_leaving_it(turn: Turn) -> Subject | None:
    """不办行不行？会不会被罚: of what was told, though penalties stand elsewhere."""
    asks = turn.refers and not turn.moved and not turn.calls and pattern("must_it_be").search(turn.text)
    return told_before(turn.focus) if asks else None


def of_an_aim_told(turn: Turn) -> Subject | None:
    """到哪年呢, 能完成吗, after targets."""
    if turn.refers and not turn.moved and (aimed := aimed_at(turn.text, turn.focus, turn.finder)):
        return told_before(aimed)
    aims = tuple(e for e in turn.focus if e.support is None and _AIM in e.title)
    brief = turn.refers and bool(aims) and not turn.calls and len(turn.text) <= BRIEF
    return told_before(aims) if brief and pattern("of_an_aim").search(turn.text) else None


def of_how_many(turn: Turn) -> Subject | None:
    """全市要上几家, after what there is for it: how many there are to be of the matter, where nothing told says so."""
    names = len(without_help(_OF_ALL.sub("", turn.named))) >= A_WORD
    asks = turn.refers and turn.stays and _HOW_MANY.search(turn.text) and not names
    count = Search(turn.finder, "", _COUNT, frozenset())
    if not asks or any(count.answers(entry) for entry in turn.focus):
        return None
    matters = {matter for e in turn.focus if e.support for matter in e.support.matters}
    here = (e for e in turn.finder.entries if e.document_id == turn.focus[0].document_id and e.support is None)
    counted = [e for e in here if count.answers(e)]
    aims = [e for e in counted if any(matter in plain(e.title) for matter in matters)]
    # 一年要多少家, after what is given to whoever grows to that size: what its provision counts of a word of its title
    aims = aims or [e for e in counted if any(_is_beside(e, told) for told in turn.focus)]
    return told_before(sorted(aims, key=lambda e: len(e.quote))[:1]) if aims else None


def _is_beside(entry: Entry, told: Entry) -> bool:
    """Whether an entry stands in the provision of what was told, and its title has a word of that of the other."""
    shared = longest_run(plain(entry.title), plain(told.title))
    return entry.provision == told.provision and len(shared) >= A_WORD and not names_nothing(shared)


def of_a_number_told(turn: Turn) -> Subject | None:
    """是一年的数还是三年合起来的数, after a support and how many there are to be: of the figure."""
    if not (turn.refers and turn.stays and turn.asks and _THE_NUMBER.search(turn.text)):
        return None
    count = Search(turn.finder, "", _COUNT, frozenset())
    told = tuple(e for e in turn.focus if count.answers(e))
    return told_before(told) if 0 < len(told) < len(turn.focus) else None


def of_a_condition(turn: Turn) -> Subject | None:
    """要出口吗, 必须首次吗; 要不要抵押物，谁做担保."""
    clauses = [c for c in _CLAUSES.split(turn.text) if c]
    needed = [c for c in clauses if WHETHER_NEEDED.search(c)]
    left = [c for c in clauses if c not in needed and not _WHO_DOES.match(c)]
    asks = turn.refers and turn.stays and not turn.names_award and needed and not left
    return told_before(turn.focus) if asks else None


def of_what_is_besides(turn: Turn) -> Subject | None:
    """除了这个还有什么."""
    asks = turn.refers and turn.stays and BESIDES.search(turn.text)
    more = besides_it(turn.text, turn.focus, turn.finder) if asks else ()
    return told_before(more) if more else None


def of_another_day(turn: Turn) -> Subject | None:
    """到2026年1月呢: what was told, as of another day."""
    dated = turn.refers and turn.heard.as_of is not None and turn.stays
    if not dated or stands_alone(by_itself(turn.search, turn.heard, turn.conversation)):
        return None
    return told_before(turn.focus)


def of_what_is_missing_here(turn: Turn) -> Subject | None:
    """一分都没有吗, after what a city has not and another has: the city that it was asked of."""
    is_bare = len(turn.named) < A_WORD or _DOUBTED.fullmatch(turn.text) is not None
    here = _where_it_is_missing(turn) if turn.refers and is_bare else ""
    return Subject(missing_in=here, elsewhere=turn.focus[0], cities=(here,), is_follow_up=True) if here else None


def missing_where_asked(turn: Turn, found: Subject) -> Subject:
    """那文件里到底写没写给多少, after what a city has not: what another has is no answer for the city asked of."""
    here = _where_it_is_missing(turn) if found.is_follow_up and found.entries == turn.focus else ""
    return Subject(missing_in=here, elsewhere=turn.focus[0], cities=(here,), is_follow_up=True) if here else found


def _where_it_is_missing(turn: Turn) -> str:
    """The city that was asked of a thing which only another has, while a message names no city; empty for any other."""
    if turn.conversation.focus or not turn.focus or not turn.stays:
        return ""
    here = str(turn.conversation.profile["city"] or "") or next(iter(turn.conversation.focus_cities), "")
    return here if here in served_cities() and here not in {entry.city for entry in turn.focus} else ""


def of_no_sum(turn: Turn) -> Subject | None:
    """就是说一分钱没有呗, 合着没有补贴是吧: of what was told."""
    rest = pattern("no_sum_said").sub(" ", turn.text)
    put = turn.refers and not turn.moved and rest != turn.text and len(core(rest)) < A_WORD
    return told_before(turn.focus) if put else None


def of_what_a_district_gives(turn: Turn) -> Subject | None:
    """那京口区里给不给, after something else: the award told before that the text leaves to districts."""
    asks = turn.refers and not turn.moved and len(turn.named) < A_WORD and _A_DISTRICT_GIVES.search(turn.text)
    if not asks or any(_LEFT_TO_DISTRICTS.search(entry.quote) for entry in turn.focus):
        return None
    told = (turn.finder.by_key[key] for key in reversed(turn.conversation.trail) if key in turn.finder.by_key)
    left = [e for e in told if e.city == turn.focus[0].city and e.support and _LEFT_TO_DISTRICTS.search(e.quote)]
    return told_before(left[:1]) if left else None


def of_what_a_title_is_given(turn: Turn) -> Subject | None:
    """省级专精特新具体能奖几万, after what is given to firms: that, where nothing but its title is named."""
    if not turn.refers or turn.moved or not turn.names_award:
        return None
    titles = {tier for tier, regex in value_patterns()["tiers"] if regex.search(turn.text)}
    rest = turn.text
    for _, regex in value_patterns()["tiers"]:
        rest = regex.sub(" ", rest)
    if not titles or len(core(subject_words(HOW_EXACTLY.sub(" ", rest)))) >= A_WORD:
        return None
    given = tuple(e for e in turn.focus if e.support and is_award(e) and titles & titles_of(e.support))
    return told_before(given) if given else None


def of_a_title_itself(turn: Turn) -> Subject | None:
    """小巨人目标多少家, 镇江小巨人有什么, after a support: of the title, and not of what was told before."""
    if not turn.refers or not titles_named(turn.text):
        return None
    of_firms = _FIRMS.search(turn.text) is not None and bool(turn.search.titles_counted)
    if of_firms and not turn.finder.counts(turn.focus[0].key):
        found = by_itself(turn.search, turn.heard, turn.conversation)
        return found if found.entries else None
    at_large = "broad" in turn.heard.intents or _HAS_WHAT.search(turn.text) is not None
    return by_itself(turn.search, turn.heard, turn.conversation) if at_large and turn.moved else None


def of_the_same(turn: Turn) -> Subject | None:
    """那镇江呢, 小巨人呢: what names nothing else, or no more than a title."""
    bare = turn.refers and not turn.names_award and (len(turn.named) < A_WORD or is_mere_title(turn.named))
    return turn.same() if bare else None


def of_the_same_for_a_title(turn: Turn) -> Subject | None:
    """小巨人呢，也是这个数吗."""
    of_title = _SAME_OF_A_TITLE.search(turn.text) if turn.refers and not turn.names_award else None
    if of_title is None or not is_mere_title(of_title["title"]):
        return None
    asked = replace(turn.search, text=of_title["title"])
    return follow_up(asked, turn.heard, turn.focus, of_title["title"], by_name=True)


def of_what_it_turns_on(turn: Turn) -> Subject | None:
    """Of what was told, that which turns on what the message says of the firm."""
    asks = turn.focus and turn.asks and turn.stays
    turning = that_turns_on(turn.heard, turn.focus, turn.conversation, turn.finder) if asks else ()
    return told_before(turning) if turning else None


def of_oneself(turn: Turn) -> Subject | None:
    """Facts alone are of what was told; so is whether it is for a firm like one's own."""
    if not turn.refers or turn.names_award or _calls_another(turn):
        return None
    known, here = turn.finder.by_key, turn.focus[0].city
    if any(known[key] not in turn.focus and known[key].city == here for key in turn.finder.named(turn.text)):
        return None  # 我们才是创新型，人才项目能算进去吗: another is called by its name
    still = asks_whether_still(turn.heard) and set(turn.search.facets) <= {"validity"}
    told = {entry.key for entry in turn.focus}
    names = set(turn.finder.named(turn.text, [entry.city for entry in turn.focus])) - told
    states = not turn.search.facets and only_states(turn.heard) and not (names and _BIDS_TELL.search(turn.text))
    if not turn.moved and (still or states):
        return told_before(turn.focus)
    if asks_for_oneself(turn.heard, turn.focus[0], turn.finder):
        itself = replace(turn.search, text=turn.focus[0].title)
        return follow_up(itself, turn.heard, turn.focus, "", by_name=True)
    return None


def _calls_another(turn: Turn) -> bool:
    """出口品牌认定那个说下, after a warehouse abroad: whether another support of the city is called by its name."""
    told = {entry.key for entry in turn.focus}
    named = (turn.finder.by_key[key] for key in turn.finder.named(turn.text) if key not in told)
    here = [entry for entry in named if entry.city == turn.focus[0].city]
    return any(len(turn.finder.name_at(turn.text, entry.key)) > A_NAME for entry in here)


def of_each_named(turn: Turn) -> Subject | None:
    """人才补贴不是钱吗，首贷贴息不是钱吗, after both: each of several told that a clause of its own names."""
    if len(turn.focus) < _BOTH or turn.moved:
        return None
    clauses = [clause for clause in _CLAUSES.split(turn.text) if len(core(clause)) >= A_WORD]
    named = [called_by(clause, turn.focus) for clause in clauses if not clause.startswith("不是")]
    told = tuple(dict.fromkeys(entry for entry in named if entry is not None))
    return told_before(told) if len(told) >= _BOTH and len(told) == len(clauses) else None


def of_what_is_so_called(turn: Turn) -> Subject | None:
    """设备担是啥, of the five loans told: that which is called so."""
    called = called_so(turn.named, turn.focus) if turn.stays else ()
    return told_before(called) if called else None
