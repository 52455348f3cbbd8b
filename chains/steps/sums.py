"""All that one or several cities' documents give: the sums of a topic, and the awards."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY, State, Status
from chains.finding.naming import core, in_their_words, names_nothing, naming_words, without_help
from chains.language.clauses import pattern
from chains.language.places import find_places
from chains.language.question_words import of_any_firm, subject_words, without_trade
from chains.language.trades import industries_of
from chains.prompting import texts, wording
from chains.steps.compared import titles_in
from chains.steps.stated import Group, Item, awards_for, gives_money, is_lent, own_first, sums_of, unstated_of
from chains.steps.sums_told import draft_of, given, rows, sum_lines, without_sums
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.telling.yes_or_no import as_asked
from chains.turn import Context, Draft, Outcome
from knowledge.profile import NONE, Fact, Source
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind, Support

_ELSEWHERE = re.compile(r"(?:别的|其他|其它|另外)的?(?:城市|市|地方)")
_EACH = re.compile(r"各|每一?项|分别|有没有|写了多少|有[^，。；]{0,5}的(?:吗|么|没有?)")
# 能拿的钱有哪些: of all that is stated, what the enterprise may have.
_OF_ONESELF = re.compile(r"[能可]以?(?:够)?(?:拿|领|得|享受|申请)|[拿领]得到|我们")
# What an enterprise is, whatever it does.
_OF_ANY_FIRM = {CITY, "district", "tiers", "ownership", "size"}
_FEW_REFUSED, _FEW_TALKED, _TWO = 2, 3, 2
# 区里给不给钱: of the district, and not of the city.
_OF_A_DISTRICT = re.compile(r"区[里级]")
# 省专江宁区发不发钱, 鼓楼自己另外给奖励吗: right behind the district that is asked to give.
_GIVES_ITSELF = re.compile(
    r"(?:区|政府|[这那]边|自己|[也还会能又再]|到底|另外)*(?P<gives>[发给补奖配贴])(?:不(?P=gives)|多少|什么|啥|点|钱|奖|补|吗|么|没)"
    r"|(?:区|政府|[这那]边|自己|[也还又再]|到底|另外)*有没?有?(?:另外|自己|配套)?的?(?:钱|奖|补)"
)
# 钱方面呢, 哪条跟钱有关: whatever was talked of.
_IN_THAT_FIELD = re.compile(r"方面|[有相]关|边$|挂钩|边的")
# 哪个是给钱的, 只要现金的: of all there is, whatever was talked of.
_OF_ALL = re.compile(
    r"哪(?:些|[几一]?[个样种项笔条])|别的|(?:主要|重点|关键)(?:就)?(?:是|想|要|看|图)|(?:就|只)?(?:想|图)(?:要|个)?(?=钱|现[金钱])|(?:只|光|单|就|仅)(?:要|说|看|想|讲|问|聊|关心|管|挑)|(?:挑|列|拣|找)(?:一?下)?出|(?:给|有)钱的(?!话)|现[金钱]的|(?:什么|啥)[^，。；]{0,2}(?:称号|资质|牌子)"
)
# 最大的一笔是哪个: the largest stands first, whether or not the enterprise can have it at once.
_THE_MOST = re.compile(r"最|更|头一")
# 除了这一百万，还有别的现金没: what was told is not meant.
_BESIDES_IT = re.compile(r"除|别的|其[他它]")
# 哪个称号才有钱: of titles that the enterprise may not hold yet.
_WHICH_TITLE = re.compile(r"(?:哪|什么|啥)[^，。；]{0,3}(?:称号|资质|牌子)(?![^，。；]{0,2}没)")
# 钱几时到账, 要花钱吗, 给谁: what is asked of money that is paid, lent or waited for.
_OF_PAYING = re.compile(
    r"[花交付掏欠借贷赔罚缴退押投扣省收]|还(?!有|能|可|会|是|没|给|写)|用[在于来作]|(?<!拿|领)出钱|谁|时候|何时|几时|多久|多长|多快|[几哪]个?[天年月]|为(?:什么|啥|何)|凭|算(?:是|不)|怎|如何|咋"
)
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
# 甭说服务了, 不是贷款: what is said not to be meant.
_SET_ASIDE = re.compile(
    r"^(?:你|那|就)*(?:别|甭|不要|不用|少|除了?|不是|不算)(?=[^，。；]{2,})(?![^，。；]*(?:吗|呢)$)"
)
_OF_MONEY, _OF_A_SUM = {"amount", "count", "what", "payout"}, {"amount", "count", "rate"}
_A_WORD = 2
# How much of a word an entry's own text must hold for it to name a thing: measured, chatter 0.37, things 0.47 and more.
_HELD = 0.45


def list_sums(context: Context) -> Draft | None:
    """Every sum that the documents state: 真金白银写了数字的都有哪几项; that there is none, where there is none."""
    heard = context.heard
    told = heard.without_facts
    # 列个单子，我贴老板门上: what it is for names nothing.
    clauses = [c for c in _BETWEEN_CLAUSES.split(told) if not pattern("wanted_for").search(c)]
    asked = pattern("stated_sums").sub(" ", " ".join(clauses))
    if not pattern("stated_sums").search(told) or context.answered or heard.has_orders or heard.foreign_places:
        return None
    if not (pattern("at_large").search(heard.text) or _EACH.search(heard.text)):
        return None
    if titles_in(told) or _names_a_thing(context, asked):
        return None
    cities = _cities_meant(context)
    own = context.conversation.profile[CITY]
    holds = context.conversation.profile["tiers"] is not None and not _ELSEWHERE.search(heard.text)
    if cities == (own,) and holds and asks_for_money(context):
        return None  # 哪几样是给现金的: of what the enterprise may have, with and without a sum
    if _ELSEWHERE.search(heard.text) and own:
        cities = tuple(city for city in served_cities() if city != own)
    groups = [sums_of(context, city) for city in cities or served_cities()]
    stated = [group for group in groups if not group.missing]
    if not stated:
        return no_sums(context, groups)
    # 南京小巨人首次，有没有真金白银: of the firm that is told of
    of_oneself = _OF_ONESELF.search(heard.text) is not None or (cities == (own,) and "tiers" in heard.facts)
    refused: list[Item] = []
    if of_oneself:
        refused = [item for group in stated for item in group.items if _is_refused(context, item)]
        stated = [replace(g, items=tuple(i for i in g.items if i not in refused)) for g in stated]
    lines = [line for group in stated for line in sum_lines(context, group, apart=of_oneself)]
    lines += _refused_lines(context, refused)
    missing = [name for group in groups for name in group.missing]
    draft = draft_of(context, stated, [*lines, *without_sums(missing)])
    if cities or own:
        return draft
    return replace(draft, conversation=draft.conversation.model_copy(update={"for_money": True}))  # 就说南京的 follows


def tell_no_sum(context: Context, noted: Sequence[str] = ()) -> Draft | None:
    """盐城小巨人能拿几十万吗: that a city's document states no sum at all, where money is asked for and no support."""
    heard, cities = context.heard, _cities_meant(context)
    clauses = [c for c in _BETWEEN_CLAUSES.split(without_trade(heard.text)) if c]
    meant = [clause for clause in clauses if not _SET_ASIDE.match(clause) and not _NOT_WANTED.search(clause)]
    asking = " ".join(clause for clause in meant if _A_SUM_WANTED.search(clause))
    held = titles_in(heard.text) or tuple(t for t in context.conversation.profile["tiers"] or () if t != NONE)
    if not asking and held and not set(heard.facts) - _OF_ANY_FIRM:
        asking = " ".join(clause for clause in meant if _HELP_WANTED.search(clause))
    of_aims = _finds_aims_alone(context)
    if pattern("hearsay").search(asking) and not of_aims:
        return None  # 听说淮安小巨人给30万
    asks: object = any(pattern(name).search(asking) for name in ("question", "wish")) or "要" in asking
    if of_aims and context.before.wish and set(heard.facets) == {"amount"}:
        asks = asking = " ".join(meant)  # 那淮安呢，我们在那也有一家小巨人, after what another city gives
    if (
        len(cities) != 1
        or not (asking and asks)
        or heard.has_orders
        or heard.foreign_places
        or _OF_PAYING.search(asking)
    ):
        return None
    told = " ".join(clause for clause in meant if not _HEARD_OF.search(clause))
    if context.finder.named(told) or not set(heard.facets) <= _OF_MONEY:
        return None
    if not of_aims and names_more(context, told):
        return None
    # 不是，我问的是有没有钱, after what gives some without saying how much
    insists = (heard.corrects or _INSISTS.search(heard.text) is not None) and all(
        entry.support is not None and gives_money(entry.support) for entry in context.subject.entries
    )
    of_firm = set(heard.facts) - {CITY, "district"} if _of_an_award_told(context) else heard.facts
    if context.subject.is_follow_up and not (of_firm or insists or of_aims) and len(meant) == len(clauses):
        return None  # 给钱吗, of what was talked of; 我在淮安，淮安给多少, after an award
    group = sums_of(context, cities[0])
    if not group.missing:
        return None
    without = [texts("tiers")[t] for t in held if not awards_for(context.library, cities[0], t)]
    award = [wording("silent.award", city=city_name(cities[0]), title="、".join(without))] if without else []
    award = [as_asked(heard.text, line) for line in award]
    draft = no_sums(context, [group], (*noted, *award))
    # 那镇江呢，给多少: the award for that title is still asked for, of another city.
    lacking = [t for t in held if not awards_for(context.library, cities[0], t)]
    elsewhere = [s.id for t in lacking[:1] for city in served_cities() for s in awards_for(context.library, city, t)]
    wish = tuple(elsewhere[:1])
    return replace(draft, conversation=draft.conversation.model_copy(update={"wish": wish})) if wish else draft


def _finds_aims_alone(context: Context) -> bool:
    """研发这块有没有钱: whether what was found are aims and other facts, none of them of money: they give nothing."""
    found = context.subject.entries
    gives = (e.support is not None and (gives_money(e.support) or e.support.kind is Kind.FINANCE) for e in found)
    of_title = titles_in(context.heard.text) and not context.subject.is_follow_up
    if any(gives) or not (of_title or all(e.support is None for e in found)):
        return False  # 有没有不要钱来会诊的; 有没有钱, after what gives none
    return bool(found) and not any(_SUM.search(e.quote) for e in found)


_SUM = re.compile(r"[万亿]元|奖|补[贴助]|资助")


def _of_an_award_told(context: Context) -> bool:
    """Whether one award was asked for before, and what a city has of it is asked on of."""
    told = context.library.supports.get(next(iter(context.before.focus), ""))
    is_award = told is not None and gives_money(told)
    return is_award and bool(context.subject.entries) and not titles_in(context.heard.text)


# 我不要举荐权: what was told is not wanted.
_NOT_WANTED = re.compile(r"不(?:要|想要|稀罕|需要|是问|是要)(?=[^，。；]{2,})(?![^，。；]*[吗呢么]$)")
# 省专，东台有补助吗: of a firm with a title.
_HELP_WANTED = re.compile(r"有(?:没有)?(?:奖金|补助|补贴|奖励|奖补)(?:吗|么|没有?|不|嘛|的)?(?=$|[，。；？?\s])")
_HEARD_OF = re.compile(
    r"(?:听|据|有人|人家)[^，。；]{0,3}[说讲][^，。；]{0,6}[\d一二三四五六七八九几][十百千]?万?"
)  # 听说有一百万
_INSISTS = re.compile(r"我(?:就|只)?(?:是)?问的?(?:就)?(?:是)?(?=[^，。；]{0,4}(?:钱|奖|补))")  # 不是，我问的是有没有钱
# 能拿几十万吗, 到底有没有钱, 给钱不: that money is asked for.
_A_SUM_WANTED = re.compile(
    r"(?:拿|领|给|补|奖|(?<![研批开])发|有)(?:个|到|我们?|企业)*(?:几|多少|\d+)?[十百千\d]*万|(?:有没有|给不给|发不发|有|给|发|拿|领|要|想要)(?:点|些|到|我们?|企业|现)*钱(?!款|包)|现金|真金白银|(?:给|奖)(?:我们?)?(?:多少|几)(?=$|[吗呢啊呀？?，。])|(?:给|奖|补|发)(?:我们?|企业)?(?:多少|几个?)钱(?=$|[吗呢啊呀？?，。])|一分钱|(?:没|有)个(?:准|具体)?数|给个(?:准|具体)?数"
)


def names_more(context: Context, asking: str) -> bool:
    """Whether what asks for money names a thing besides titles, of whichever city: 引个博士给多少钱."""
    if in_their_words(asking) != asking:
        return True  # 年轻人到手还有哪些补贴
    rest = pattern("money").sub(" ", pattern("beside_money").sub(" ", _A_SUM_WANTED.sub(" ", asking)))
    for fact in context.heard.facts.values():
        rest = rest.replace(fact.words, " ") if fact.words else rest
    names = [w for w in naming_words(subject_words(rest)) if len(w) >= _A_WORD and not titles_in(w)]
    found = ((piece, match.entry.key) for piece in names for match in context.finder.search(piece, (), _FEW_TALKED))
    return any(context.finder.own_coverage(piece, key) >= _HELD for piece, key in found)


def list_awards(context: Context, noted: Sequence[str] = (), *, wanted: bool = False) -> Draft | None:
    """What gives money in a city, with a sum or without: 镇江有哪些奖励, 淮安有没有钱拿, 省专能拿多少钱.

    Of the enterprise's own city it is what the enterprise may have; what it may not is named apart. `wanted` where
    money was asked for before, and the city or the title is told now.
    """
    heard = context.heard
    of_money = wanted or asks_for_money(context)
    if (context.answered and not of_money) or heard.has_orders or heard.foreign_places:
        return None
    if not of_money and not _asks_for_awards(context):
        return None
    asked = pattern("awards_at_large").sub(" ", pattern("money_at_large").sub(" ", heard.without_facts))
    cities = _cities_meant(context)
    of_district = _asks_of_a_district(heard.text) and any("区级" in e.title for e in context.subject.supports[:1])
    if not cities or of_district or (_names_a_thing(context, asked) and not of_money):
        return None
    groups: list[Group] = []
    lines = [*noted]
    ruled_out: list[Item] = []
    for city in cities:
        stated = sums_of(context, city)
        of_any = _WHICH_TITLE.search(heard.text) is not None
        refused = [item for item in stated.items if not of_any and _is_refused(context, item)]
        stated = replace(stated, items=tuple(item for item in stated.items if item not in refused))
        unstated = [item for item in unstated_of(context, city) if of_any or not _is_refused(context, item)]
        if _BESIDES_IT.search(heard.text) and len(context.before.focus) <= _FEW_TALKED:
            stated, unstated = (
                _besides(stated, context.before.focus),
                _not_among(unstated, context.before.focus) or unstated,
            )
        groups += [stated, replace(stated, items=tuple(unstated))]
        ruled_out += refused
        if stated.items and _puts_that_none(context, city):
            head, left = _what_is_left(context, stated)
            lines += [head, *rows(left)]
            groups.append(replace(stated, items=left))
            continue
        lines += [as_asked(heard.text, line, gives=True) for line in without_sums(stated.missing)]
        lines += sum_lines(context, stated, apart=not _THE_MOST.search(heard.text))
        lines += [] if _none_for_the_firm(context, cities, groups) else _refused_lines(context, refused)
        lines += given(unstated, told=len(stated.items))
    if _none_for_the_firm(context, cities, groups):
        lines = [*noted, *_that_there_is_none(context, groups, ruled_out), *lines[len(noted) :]]
    if not any(group.items for group in groups):
        documents = [d for d in context.library.documents.values() if d.city in cities]
        lines = [*lifecycle_lines(context.words, documents), *lines]
    draft = draft_of(context, groups, lines)
    stated_anywhere = any(item.value is not None for group in groups for item in group.items)
    told = stated_anywhere or ruled_out or not _is_unsaid(context, [item for group in groups for item in group.items])
    return draft if told else replace(draft, outcome=Outcome.SILENT, abstained=True)


def _asks_of_a_district(text: str) -> bool:
    """Whether it is a district, and not the city, that is asked to give."""
    if _OF_A_DISTRICT.search(text):
        return True
    return any(place.district and _GIVES_ITSELF.match(text, end) for place, _start, end in find_places(text))


def _puts_that_none(context: Context, city: str) -> bool:
    """那就是说我现在什么钱都没有 对吧, of a firm of the city whose titles are known."""
    profile = context.conversation.profile
    known = profile[CITY] == city and profile["tiers"] is not None
    return known and pattern("no_sum_said").search(context.heard.text) is not None


def _what_is_left(context: Context, stated: Group) -> tuple[str, tuple[Item, ...]]:
    """What a firm is known to suit, and else what nothing told of it is against."""
    own, open_ = own_first(context, [item for item in stated.items if not is_lent(item)])
    left = own or open_[:_FEW_TALKED]
    return wording("compare.some_for_you" if own else "compare.none_settled"), tuple(left)


def _besides(group: Group, told: Sequence[str]) -> Group:
    """除了这一百万，还有别的现金没: a group without what was told a moment ago, and that it is so."""
    left = _not_among(group.items, told) or group.items
    what = wording("compare.besides_told", what=group.what) if len(left) < len(group.items) else group.what
    return replace(group, items=tuple(left), what=what)


def _not_among(items: Sequence[Item], told: Sequence[str]) -> list[Item]:
    return [item for item in items if item.entry.key not in told]


def _none_for_the_firm(context: Context, cities: Sequence[str], groups: Sequence[Group]) -> bool:
    """Whether a firm of the one city that is asked of, its titles known, can have nothing that states a sum."""
    profile = context.conversation.profile
    if cities != (profile[CITY],) or profile["tiers"] is None or _WHICH_TITLE.search(context.heard.text):
        return False
    stated_there = bool(sums_of(context, cities[0]).items)
    return stated_there and not any(item.value is not None for group in groups for item in group.items)


def _that_there_is_none(context: Context, groups: Sequence[Group], ruled_out: Sequence[Item]) -> list[str]:
    """没有; the awards that higher titles bring, and the names of what else is refused."""
    profile = context.conversation.profile
    held, city = set(profile["tiers"] or ()), str(profile[CITY])
    key = "compare.no_sum_for_you" if any(group.items for group in groups) else "compare.nothing_for_you"
    titles = "、".join(texts("tiers")[t] for t in profile["tiers"] or () if t != NONE) or wording("compare.no_title")
    higher = [t for t in _WITH_AWARDS if t not in held and "champion" not in held]
    awards = {s.id: s for t in higher for s in awards_for(context.library, city, t) if _only_titles_bar(context, s)}
    lines = [wording(key, titles=titles, city=city_name(city))]
    lines += [wording("compare.once_held")] if awards else []
    for support in awards.values():
        mark, text = context.words.benefit_mark(context.assess(support)), tight(support.benefit.text)
        lines.append(wording("compare.row", name=support.title, text=text, mark=mark))
    return [*lines, *_refused_lines(context, [item for item in ruled_out if item.entry.key not in awards])]


def _only_titles_bar(context: Context, support: Support) -> bool:
    """Whether nothing but its titles stands against a firm: 句容 is not 镇江市区 under any title."""
    reasons = context.assess(support).reasons
    return not any(r.state is State.UNMET and r.slot not in {"tiers", "first_recognition"} for r in reasons)


_WITH_AWARDS = ("provincial", "little_giant", "champion")


def asks_for_money(context: Context) -> bool:
    """哪个最值钱, 只要现金的, 一分钱没有？: money is asked for, in words that name nothing besides.

    Of what was talked of where that is found to be meant, unless it is asked which of all there is.
    """
    heard = context.heard
    answers_only = context.answered and not heard.asks
    if answers_only or heard.has_orders or heard.foreign_places or not set(heard.facets) <= _OF_MONEY:
        return False
    if _is_of_one(context) or _asks_of_a_district(heard.text):
        return False
    words = heard.text if context.answered else heard.without_facts  # 没有。我们有没有钱拿: what answers is no thing
    if context.finder.named(words) and not industries_of(words):
        return False  # 我们搞攻关项目的，有钱吗
    clauses = [c for c in _BETWEEN_CLAUSES.split(of_any_firm(without_trade(words))) if not _SET_ASIDE.match(c)]
    asking = " ".join(clause for clause in clauses if pattern("money").search(clause))
    besides = " ".join(clause for clause in clauses if not pattern("money").search(clause))
    if not asking or _OF_PAYING.search(asking) or context.finder.named(f"{besides} {asking}"):
        return False
    if in_their_words(asking) != asking and context.subject.entries:
        return False  # 年轻人到手还有哪些补贴
    asking, of_all = pattern("money").sub(" ", asking), _OF_ALL.search(f"{besides} {asking}") is not None
    left, told = (subject_words(pattern("beside_money").sub(" ", words)) for words in (asking, besides))
    names = [piece for piece in naming_words(f"{left} {told}" if of_all else told) if len(piece) >= _A_WORD]
    if any(_is_held(context, piece) for piece in names):
        return False
    in_general = context.before.broad or not context.before.focus  # 牵头和参与，拿的钱一样吗, after one of them
    none_said = any(pattern(name).search(heard.text) for name in ("money_at_large", "no_sum_said"))
    at_large = context.before.broad and none_said  # 敢情一分钱都没有, after all there is
    by_itself = bool(heard.cities and titles_in(heard.text))  # 南京省专拿不拿得到现金, whatever was talked of
    asks_on = context.subject.is_follow_up and not (at_large or by_itself)
    return of_all or (not asks_on and names_nothing(left if in_general or by_itself else f"{left} {told}"))


def _is_held(context: Context, word: str) -> bool:
    """Whether documents hold most of a word: 租房 they do, 变成 and 给我看 they do not."""
    near = context.finder.search(word, _cities_meant(context), _FEW_TALKED)
    return any(context.finder.own_coverage(word, match.entry.key) >= _HELD for match in near)


def _names_a_thing(context: Context, asked: str) -> bool:
    """Whether a message that asks for sums or awards names one of them in the words that are left."""
    names = core(without_help(subject_words(pattern("lists_all").sub(" ", asked))))
    return len(names) >= _A_WORD or bool(context.finder.named(context.heard.without_facts))


def _cities_meant(context: Context) -> tuple[str, ...]:
    own, talked = str(context.conversation.profile[CITY] or ""), context.conversation.focus_cities
    both = len(talked) == _TWO and (own in talked or not own)
    if both and not context.heard.cities and len(context.before.focus) > _FEW_TALKED:
        return talked  # 主要想要钱, after what each of two cities gives
    return context.heard.cities or ((own,) if own in served_cities() else ()) or context.conversation.focus_cities[:1]


def asks_the_same(context: Context) -> bool:
    """淮安的呢, after all the money that some city gives: only a city is named."""
    heard, focus = context.heard, context.before.focus
    rest = core(subject_words(heard.text))
    return len(heard.cities) == 1 and not rest and len(focus) > _FEW_TALKED and context.before.facets == ("amount",)


def _asks_for_awards(context: Context) -> bool:
    """Whether a message asks what money a city gives, or which awards it has, and not what one firm can have of all."""
    heard = context.heard
    if asks_the_same(context):
        return True
    if _is_of_one(context):
        return False
    if money := pattern("money_at_large").search(heard.text):
        in_general = context.before.broad or not context.before.focus or bool(heard.cities)
        return in_general or _IN_THAT_FIELD.search(money.group()) is not None
    of_firm = heard.speaks_of_self or heard.facts
    return bool(heard.cities) and not of_firm and pattern("awards_at_large").search(heard.text) is not None


def _is_of_one(context: Context) -> bool:
    """小巨人能拿多少钱, 承担了攻关能拿多少: there is one award that is meant."""
    heard = context.heard
    answers = set(context.before.pending_slots) if context.answered else set()  # 没有。我们有没有真金白银的钱拿
    told = set(heard.facts) - _OF_ANY_FIRM - answers
    return bool({"little_giant", "champion"} & set(titles_in(heard.text)) or told)


def _is_refused(context: Context, item: Item) -> bool:
    """Whether the enterprise cannot have a support of its city: by what it is, or what the message says of it."""
    support, conversation = item.entry.support, context.conversation
    if support is None or conversation.profile[CITY] != item.city:
        return False
    titles = titles_in(context.heard.text)
    # 南京专精特新有什么奖励: in general the word says no level.
    if titles and (titles != ("provincial",) or "省" in context.heard.text):
        conversation = conversation.with_facts({"tiers": Fact(titles, Source.INFERRED)})
    return replace(context, conversation=conversation).assess(support).otherwise is Status.INELIGIBLE


def _refused_lines(context: Context, refused: Sequence[Item]) -> list[str]:
    """What the enterprise cannot have: a few with the reason, more by their names."""
    findings = [context.assess(item.entry.support) for item in refused if item.entry.support is not None]
    if not findings or len(findings) > _FEW_REFUSED or any(f.otherwise is not Status.INELIGIBLE for f in findings):
        return [wording("compare.refused", names="、".join(item.name for item in refused))] if refused else []
    return [line for finding in findings for line in verdicts.verdict_lines(context.words, finding, brief=True)[:1]]


def no_sums(context: Context, groups: Sequence[Group], noted: Sequence[str] = ()) -> Draft:
    """That no sum is stated, and what is given all the same; who asks for that and not how much is answered."""
    missing = [name for group in groups for name in group.missing]
    documents = [d for d in context.library.documents.values() if city_name(d.city) in missing]
    cities = dict.fromkeys(d.city for d in documents)
    items = [item for city in cities for item in unstated_of(context, city)]
    unsaid = _is_unsaid(context, items)
    return Draft(
        Outcome.SILENT if unsaid else Outcome.INFORMATION,
        context.conversation.with_focus((i.entry.key for i in items), cities),
        (*lifecycle_lines(context.words, documents), *noted, *without_sums(missing), *given(items)),
        findings=context.findings_of(tuple(i.entry for i in items)),
        question=context.standing,
        suggestions=suggestions("broad"),
        abstained=unsaid,
    )


def _is_unsaid(context: Context, items: Sequence[Item]) -> bool:
    """Whether what is given without a sum is no answer: to how much, what a title is given, or which awards there are.

    我问的是补钱，不是诊断, after something told, asks for the help itself.
    """
    heard, asks_on = context.heard, bool(context.before.focus)
    return not items or not asks_on or bool(_OF_A_SUM & set(heard.facets)) or bool(titles_in(heard.text))
