"""What is asked on of what was talked about: 那镇江呢, 这个找谁, 那不就等于白送."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.finding.elsewhere import of_the_same_matter
from chains.finding.entries import Entry
from chains.finding.matching import A_WORD, Search, is_award, titles_of
from chains.finding.meant import Subject, trace_of, with_neighbours
from chains.finding.naming import content, core, names_nothing, without_help
from chains.finding.retrieval import Finder
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.question_words import subject_words
from chains.language.understanding import Understanding
from knowledge.figures import read_figures
from knowledge.support import Kind

OF_ITS_OWN = 0.5
_OF_A_FIGURE = frozenset({"count", "amount", "rate"})
FITS = 0.3
IN_ITS_TEXT = 0.75
_MOST, _DEPTH = 4, 30
# What another city has instead: measured, analogues lie above both, other supports below.
_LIKE, _LIKE_TITLE = 0.25, 0.3
# What headings say of any subject; and how much of the rest a city's provision must hold to be about the same:
# measured, analogues hold 0.7 and more, others half and less.
OF_ANY_HEADING = re.compile(
    r"支持|加大|强化|实施|加强|推动|推进|工程|力度|企业|行动|服务|加快|加速|提升|优化|开展|完善|专精特新|助力|建设|发展|做好|专项|需求|积极|培育|鼓励|引导|扶持"
)
_LIKE_HEADING = 0.6
# What things of any subject are called: 职称评价绿色通道 has more in common with 职称评审 than with another 绿色通道.
_OF_ANY_SUBJECT = re.compile(r"“?绿色通道”?$")
# “花果山英才”: what one city calls its own.
_ITS_OWN_NAME = re.compile(r"“[^”]+”(?=计划|行动)")
# 那不就等于白送: what was told is said back in other words, to be confirmed.
_SAID_BACK = re.compile(
    r"^(?:哦|噢|嗯|[，,\s])*[那这](?:不?就|岂不|也)?(?:是说|等于|相当于|意思|是不是说|叫)|是不是(?:就|也)|^(?:必须|一定要?|非得|只能|只要|都要|也得)|^照?这么说|意思就?是"
)
# 我理解得对不, 对伐, 是这个意思吧: that it is put to be confirmed, however long it is.
_IS_PUT = re.compile(
    r"(?:(?:我|这[样么]?)(?:的?理解|说|想|讲)(?:得|的)?)?(?:对不对|对[不伐吧吗么啵]|是[吧吗]|是不是|没错吧|是这个?意思[吧吗]?|可以这么说[吧吗]?)[?？]?$"
)
_OPENS_SO = re.compile(
    r"^(?:[哦噢嗯行好]|[，,\s])*(?:[那这]么?(?:[我你]们?)?(?:不?就|也)?(?:是说?|等于|相当于|意思)?|所以|照?这么说|也?就是说?)(?:就?是)?"
)
_LONGEST_ECHO, _LONGEST_PUT = 24, 40
# 合着都要省专是吧, 所以只有民营的能用: what was told is summed up, to be confirmed.
_SUMS_UP = re.compile(
    r"^(?:哦|噢|那|[，,\s])*(?:合着|敢情|感情|[搞闹弄]了?半天|说来说去|说到底|说白了|总之|反正|所以|意思是|也就是说?|就是说)"
    r"(?=[^，。；]*(?:都|只|非|必须|得|不行|不能|不给|没|才|一样))[^，。；\s]{2,}?(?:吧|吗|呗|[啊呀咯喽嘛]|是不是|对不对|才[行能有给算][^，。；\s]{0,3}|[?？])$"
)
# 电呢, after gas: the few things that one character names.
_ONE_CHARACTER = re.compile(r"^那?([水电气热地])(?:的|价|费)?呢[?？]?$")
# 小巨人才行吗: whether what was told is for that title.
_WHETHER = re.compile(r"才(?:行|能|可以|有)|行不行|[可能]以?[吗么不]|行[吗么不]")
_OF_ONESELF = re.compile(r"自己|本身|不是|只是|就是|仅是")
# 我们只是高新企业 也给吗: whether it is given to such a firm as well.
_GIVEN_TOO = re.compile(
    r"(?:也|还|都)(?:给不给|会给|能给|给|发|算|行|成)(?:我们)?[吗么不没]?[?？]?$|(?:还|那|也)?(?:算不算|够不够格?|够格[吗么不])[?？]?$"
)
_AWARD = re.compile(r"[奖补]")
_ASKS_AWARD = re.compile(
    r"奖不奖钱?|给不给(?:奖励?|钱)|有没有(?:奖[励金]?|钱[拿领]?)|有(?:奖[励金]?|钱[拿领]?)[吗没不么]"
    r"|奖[励金]?(?:给|有)?(?:多少|几万|几个)钱?|[给发](?:奖励?|钱)[吗么没不]|[给拿领发](?:得?到)?(?:多少|几万)(?:奖?[钱金])?"
)
_TO_COME = re.compile(
    r"要是|如果|假如|申报|准备|打算|争取|(?:[想冲报]|去[评申弄拿])(?=.?(?:小巨人|单项冠军|省)|[上个])|[明后]年|在[评报冲申]"
)
# 正冲小巨人，要是批了: a title that is not there yet.
_ON_THE_WAY = re.compile(
    r"(?:正|在|想|要|刚|去|冲刺?|报|申报|申请|评)+(?=个?(?:小巨人|单项冠军|省))|(?:批|评|下|拿|办)(?:下来|上|到|成)?了"
)
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
# The titles that entries are named after, and how people call them.
_KINDS = (
    ("小巨人", re.compile(r"小巨人|国家级的")),
    ("单项冠军", re.compile(r"单项冠军")),
    ("省级专精特新", re.compile(r"省级(?:专精特新)?|省专|省里的")),
    ("创新型", re.compile(r"创新型|创小")),
)
# 小巨人培育库的那一档呢, 创新型那批一年几个: nothing but a title, and what its firms are put together in.
_ROW = re.compile(r"库|[那这最]?[高低顶底]?[那这一]?(?:档|批|头|类)")
_AROUND_A_ROW = re.compile(
    r"培育|国家级?|企业|换成|[一每今明]年|新[添增]|要|是|(?:占|达|到)(?:到)?|[几多](?:个?(?:百分)?点|[个家项少])*|百分之几|[个家的呢吗里面那这最高低]|[，。？?\s]"
)


def says_back(text: str) -> bool:
    """Whether a short message says in other words what was told, to have it confirmed."""
    return bool(said_back(text))


def said_back(text: str) -> str:
    """What a message says was told, without the words that put it: 每家必须设一个, of 那就是每家必须设一个 对伐."""
    put = _IS_PUT.search(text)
    if len(text) > (_LONGEST_PUT if put else _LONGEST_ECHO):
        return ""
    said = text[: put.start()] if put else text
    opens = _OPENS_SO.match(said)
    if _SAID_BACK.search(text) or sums_up(text) or (put and opens):
        return said[opens.end() if opens else 0 :].strip("，。；！？?、 ")
    return ""


def sums_up(text: str) -> bool:
    """Whether a message sums up what was told: 合着都要省专以上是吧."""
    return len(text) <= _LONGEST_ECHO and _SUMS_UP.search(text) is not None


def asks_for_oneself(heard: Understanding, first: Entry, finder: Finder) -> bool:
    """我们是省级专精特新，做出口，能拿吗: what the enterprise is and whether it can; no other subject is named."""
    wanted = "can_get" in heard.intents or _GIVEN_TOO.search(heard.text) is not None
    if not wanted or not heard.facts:
        return False
    left = _GIVEN_TOO.sub(" ", pattern("other_titles").sub(" ", heard.text))
    for fact in heard.facts.values():
        left = left.replace(fact.words, " ") if fact.words else left
    left = subject_words(_OF_ONESELF.sub(" ", left))
    named = core(left).replace(" ", "")
    return len(named) < A_WORD or names_nothing(left) or finder.coverage(named, first.key) >= OF_ITS_OWN


def _of_like_heading(finder: Finder, like: Entry, city: str, named: str) -> tuple[Entry, ...]:
    """The supports of the provision of a city whose heading is about the same as that of an entry; none if none is.

    Words that a message names besides (那镇江在人才上呢) have to stand in that heading.
    """
    about = plain(OF_ANY_HEADING.sub("", finder.heading(like)))
    best = next(iter(finder.search(about, (city,), 1)), None) if len(about) >= A_WORD else None
    if best is None or best.coverage < _LIKE_HEADING or (named and named[:A_WORD] not in finder.heading(best.entry)):
        return ()
    near = finder.search(f"{like.title} {about}", (city,), _DEPTH)
    return tuple(m.entry for m in near if m.entry.support and m.entry.provision == best.entry.provision)[:_MOST]


def titles_named(text: str) -> tuple[str, ...]:
    """The titles that a message names, as entries are called after them."""
    return tuple(name for name, regex in _KINDS if regex.search(text))


def in_its_row(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """小巨人培育库的那一档呢, after figures for several: what was told, or else stands beside it, of that title."""
    wanted = [regex for _, regex in _KINDS if regex.search(text)]
    if len(wanted) != 1 or not _ROW.search(text) or _AROUND_A_ROW.sub("", _ROW.sub("", wanted[0].sub("", text))):
        return ()
    places = {(e.document_id, e.provision) for e in focus if read_figures(e.quote)}
    told = [e for e in focus if read_figures(e.quote) and wanted[0].search(plain(e.quote))]
    beside = (e for e in finder.entries if (e.document_id, e.provision) in places and read_figures(e.quote))
    others = sorted((e for e in beside if wanted[0].search(plain(e.quote))), key=lambda e: len(e.quote))
    return tuple(told or others)[:1]


def award_to_come(heard: Understanding) -> Understanding | None:
    """今年申报小巨人，批下来奖不奖钱; 要是评上省级了呢，淮安奖多少: the award for the title that is yet to be had."""
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(heard.text) if clause]
    asking = [clause for clause in clauses if _ASKS_AWARD.search(clause)]
    told = [clause for clause in clauses if clause not in asking and _TO_COME.search(clause)]
    titles = titles_named("，".join(told))
    if len(asking) != 1 or len(titles) != 1 or titles_named(asking[0]) or not names_nothing(without_help(asking[0])):
        return None
    if not names_nothing(subject_words(_ON_THE_WAY.sub(" ", "，".join(told)))):
        return None  # 头回评上国家级的公共服务平台，奖几多钱
    asked = _ASKS_AWARD.search(asking[0])
    return replace(heard, text=f"{titles[0]}{asked.group() if asked else ''}") if titles else None


def follow_up(
    search: Search,
    heard: Understanding,
    focus: Sequence[Entry],
    named: str,
    *,
    by_name: bool,
    titles: Sequence[str] = (),
) -> Subject:
    """那镇江呢, 这个找谁, 省专呢: the same subject, perhaps in another city or for another kind of enterprise.

    What was asked for `by_name` has no analogue but of its name; `titles` are those that were asked about.
    """
    if len(heard.cities) > 1 and {e.city for e in focus} != set(heard.cities):
        of_each = [
            follow_up(search, replace(heard, cities=(city,)), focus, named, by_name=by_name, titles=titles)
            for city in heard.cities
        ]
        return _together(of_each, focus[0], search.finder)  # 连云港和镇江各多少
    cities = heard.cities or tuple(dict.fromkeys(e.city for e in focus))
    moved = not all(e.city in cities for e in focus) or len(cities) != len({e.city for e in focus})
    first = focus[0]
    if not moved and (other := _for_title(search, first)):
        return Subject((other,), cities=cities, is_follow_up=True)  # 单项冠军呢, after the award for 小巨人
    if not moved and not named and (awards := _awards_beside(search.finder, heard.text, first)):
        return Subject(awards, cities=cities, is_follow_up=True)  # 奖励多少, after how many firms there are to be
    if not moved and not named and Search(search.finder, "", heard.facets, search.titles).answers(first):
        return Subject(tuple(focus), cities=cities, is_follow_up=True)
    told_here = tuple(e for e in focus if e.city in heard.cities)
    if not named and len(heard.cities) == 1 and len({e.city for e in focus}) > 1 and told_here:
        return Subject(told_here, cities=cities, is_follow_up=True)  # 南京, after what several cities have
    asked_of = [regex for _, regex in _KINDS if regex.search(heard.text)]
    of_another = bool(asked_of) and not any(regex.search(plain(first.title + first.quote)) for regex in asked_of)
    if not moved and named and not of_another and search.finder.own_coverage(named, first.key) >= IN_ITS_TEXT:
        return Subject(tuple(focus), cities=cities, is_follow_up=True)  # 省专培育库的呢: it stands in what was told
    if not moved and (one := _ONE_CHARACTER.match(heard.text)) and (other := _beside(search.finder, one[1], first)):
        return Subject((other,), cities=cities, is_follow_up=True)
    if not moved and not _WHETHER.search(heard.text) and (other := _of_title(search, heard.text, first)):
        return Subject((other,), cities=cities, is_follow_up=True)
    if not moved and (aim := _of_title_counted(search.finder, heard.text, first)):
        return Subject((aim,), cities=cities, is_follow_up=True)
    title = _retitled(first.title, heard.text)
    if not moved and len(named) < A_WORD and title == first.title:
        return Subject(tuple(focus), cities=cities, is_follow_up=True)  # 贴几个点: whether or not the text says
    about = _OF_ANY_SUBJECT.sub("", first.title) or first.title
    if moved and len(core(plain(_ITS_OWN_NAME.sub("", about)))) >= A_WORD:
        about = _ITS_OWN_NAME.sub("", about)  # 盐城叫啥来着, after 连云港's “花果山英才”计划引才
    title = _OF_ANY_SUBJECT.sub("", title) or title if moved else title
    asked = [name for name in titles if moved and name not in title and not titles_named(heard.text)]
    wider = Search(search.finder, " ".join((title, *asked, heard.text)), heard.facets, search.titles)
    matches = wider.matches(cities)
    of_aims = search.finder.aims_in if _OF_A_FIGURE.intersection(heard.facets) else search.finder.counts
    measures = of_aims(first.key) if moved else frozenset()
    if measures and (aims := _that_count(search.finder, measures, cities)):
        return Subject(aims, cities=cities, is_follow_up=True, trace=trace_of(matches))
    same = of_the_same_matter(first, search, cities) if moved else None
    if same is not None:
        if is_award(first):
            same = tuple(e for e in same if _AWARD.search(plain(e.title + e.quote)))  # 盐城呢, after an award
        if same:
            return Subject(same, cities=cities, is_follow_up=True, trace=trace_of(matches))
        return Subject(missing_in=cities[0], elsewhere=first, cities=cities, is_follow_up=True)
    if moved:
        itself = next((m.score for m in search.finder.search(about, (first.city,)) if m.entry == first), 0.0)
        alike = [m for m in matches if _is_like(search, about, m.entry, first)]
        if about != first.title:  # what is left of it names little, and facts that only mention it
            alike.sort(key=lambda m: m.entry.support is None)
        of_its_own = plain(OF_ANY_HEADING.sub("", first.title))
        if not is_award(first) and search.finder.stands_in(of_its_own, cities[0]) == 0:
            # 盐城也有专员吗: a thing that the document does not mention is not what else it serves firms with.
            alike = [m for m in alike if search.finder.coverage(of_its_own, m.entry.key) >= OF_ITS_OWN]
        if first.support is not None and first.support.kind is Kind.AWARD:
            alike = [m for m in alike if _AWARD.search(plain(m.entry.title + m.entry.quote))]  # 盐城呢, after an award
        matches = tuple(m for m in alike if m.score >= _LIKE * itself)
    if matches:
        return Subject(with_neighbours(wider, matches), cities=cities, is_follow_up=True, trace=trace_of(matches))
    if moved and not by_name and len(cities) == 1 and not is_award(first):
        same = _of_like_heading(search.finder, first, cities[0], named)
        if same:
            return Subject(same, cities=cities, is_follow_up=True)
    if moved and (whole := _told_within(search.finder, first)):
        return follow_up(search, heard, (whole,), named, by_name=by_name, titles=titles)
    if moved:
        return Subject(missing_in=cities[0], elsewhere=first, cities=cities, is_follow_up=True)
    return Subject(tuple(focus), cities=cities, is_follow_up=True)


def with_each_city(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """What is asked of several cities, and found in some of them alone, with what the others have of the same."""
    told = {entry.city for entry in found.entries}
    missing = [city for city in heard.cities if city not in told]
    if not missing or not told & set(heard.cities) or len(found.entries) > _MOST:
        return found
    same = (same_in(city, found.entries[0], heard, finder) for city in missing)
    entries = (*found.entries, *(entry for entry in same if entry is not None))
    return replace(found, entries=entries, cities=tuple(dict.fromkeys(entry.city for entry in entries)))


def same_in(city: str, like: Entry, heard: Understanding, finder: Finder) -> Entry | None:
    """What a city's document has of the same as an entry of another: what states the same aim, or is called so."""
    asked = replace(heard, text="", cities=(city,))
    found = follow_up(Search(finder, "", heard.facets, frozenset()), asked, (like,), "", by_name=True)
    first = next(iter(found.entries), None)
    if first is not None and like.support is not None and is_award(like):
        of_title = first.support is not None and is_award(first) and titles_of(first.support) == titles_of(like.support)
        return first if of_title else None
    if first is None or finder.counts(first.key) & finder.counts(like.key):
        return first
    title = core(plain(like.title))
    alike = (first.support is None) == (like.support is None) and finder.own_coverage(title, first.key) >= OF_ITS_OWN
    return first if alike else None


def _told_within(finder: Finder, first: Entry) -> Entry | None:
    """淮安也有这条吗, after the regulation that 南京 goes by in it: the support whose words hold that of a fact."""
    if first.support is not None:
        return None
    here = (e for e in finder.entries if e.support is not None and e.document_id == first.document_id)
    return next((e for e in here if first.quote in e.quote), None)


def _that_count(finder: Finder, measures: frozenset[str], cities: Sequence[str]) -> tuple[Entry, ...]:
    """What states the same aims in other cities: 连云港呢, after how many patents a firm shall have; the shortest."""
    counting = [e for e in finder.entries if e.city in cities and measures <= finder.counts(e.key)]
    counting.sort(key=lambda e: (cities.index(e.city), len(e.quote)))
    return tuple({e.city: e for e in reversed(counting)}.values())[::-1]


def _together(found: Sequence[Subject], like: Entry, finder: Finder) -> Subject:
    """What each of several cities has of the same: of what is counted, what counts that too; of an award, awards."""
    measures = finder.counts(like.key)
    alike = dict.fromkeys(entry for one in found for entry in one.entries)
    if measures:
        alike = dict.fromkeys(entry for entry in alike if measures & finder.counts(entry.key))
    elif is_award(like):
        alike = dict.fromkeys(entry for entry in alike if is_award(entry))
    cities = tuple(city for one in found for city in one.cities)
    missing = next((city for city in cities if city not in {entry.city for entry in alike}), None)
    trace = tuple(row for one in found for row in one.trace)
    return Subject(tuple(alike), missing, None if alike else like, cities, is_follow_up=True, trace=trace)


def _is_like(search: Search, about: str, entry: Entry, first: Entry) -> bool:
    """Whether an entry has enough of a title; if a support is asked for by its name, a fact has it in its own words."""
    named = entry.support is None and first.key in search.finder.named(search.text)
    held = search.finder.own_coverage if named else search.finder.coverage
    return held(about, entry.key) >= _LIKE_TITLE


def _for_title(search: Search, first: Entry) -> Entry | None:
    """The award of the same provision for the title that is named, where the first is the award for another."""
    if first.support is None or first.support.kind is not Kind.AWARD:
        return None
    if len(search.titles) != 1 or search.titles & titles_of(first.support):
        return None
    same = (e for e in search.finder.entries if (e.document_id, e.provision) == (first.document_id, first.provision))
    awards = (e for e in same if e.support is not None and e.support.kind is Kind.AWARD)
    return next((e for e in awards if e.support and titles_of(e.support) == search.titles), None)


def _beside(finder: Finder, name: str, first: Entry) -> Entry | None:
    """电呢, after gas: the support of the same provision and kind whose title names it, where the first does not."""
    if first.support is None or name in first.title + first.quote:
        return None
    same = (e for e in finder.entries if (e.document_id, e.provision) == (first.document_id, first.provision))
    return next((e for e in same if e.support and e.support.kind is first.support.kind and name in e.title), None)


def _awards_beside(finder: Finder, text: str, first: Entry) -> tuple[Entry, ...]:
    """What the provision of a fact gives, where a message asks for an award."""
    if first.support is not None or _AWARD.search(text) is None or _AWARD.search(first.quote):
        return ()
    same = (e for e in finder.entries if (e.document_id, e.provision) == (first.document_id, first.provision))
    return tuple(e for e in same if e.support is not None and e.support.kind is Kind.AWARD)


def _of_title(search: Search, text: str, first: Entry) -> Entry | None:
    """小巨人那头几家, asked of what a provision gives to others: what the same provision gives to that title."""
    wanted = [regex for _, regex in _KINDS if regex.search(text)]
    held = [regex for _, regex in _KINDS[:3] if regex.search(first.title + first.quote)]
    if len(wanted) != 1 or wanted[0] in held or (held and not _counts_firms(first)):
        return None
    near = search.finder.search(first.title, (first.city,), _DEPTH)
    same = (m.entry for m in near if (m.entry.document_id, m.entry.provision) == (first.document_id, first.provision))
    found = [e for e in same if e != first and wanted[0].search(e.title + e.quote)]
    if held:  # of two titles that are counted, each has a line of its own
        found = [e for e in found if _counts_firms(e) and not any(regex.search(e.title + e.quote) for regex in held)]
    return min(found, key=lambda e: (e.support is None) != (first.support is None), default=None)


def _of_title_counted(finder: Finder, text: str, first: Entry) -> Entry | None:
    """小巨人呢, after how many firms a pool shall hold: how many of that title the same document aims at."""
    wanted = {value for value, regex in value_patterns()["tiers"] if regex.search(text)}
    if first.support is not None or titles_named(first.title + first.quote) or len(wanted) != 1:
        return None  # 创新型的呢 每年多少, after another title
    if not finder.counts(first.key) or not _counts_firms(first):
        return None
    counting = (e for e in finder.entries if e.document_id == first.document_id and wanted <= finder.counts(e.key))
    return None if wanted <= finder.counts(first.key) else min(counting, key=lambda e: len(e.quote), default=None)


def _counts_firms(entry: Entry) -> bool:
    return any(figure.unit == "家" for figure in read_figures(entry.quote))


def _retitled(title: str, text: str) -> str:
    """小巨人数量目标, asked on with 省级的呢: 省级专精特新数量目标."""
    wanted = [name for name, regex in _KINDS if regex.search(text)]
    held = [m for _, regex in _KINDS if (m := regex.search(title))]
    return title.replace(held[0].group(), wanted[0]) if len(wanted) == 1 and len(held) == 1 else title


def continuation(search: Search, heard: Understanding, focus: Sequence[Entry]) -> Subject | None:
    """A message in vague words that fits what was talked about before, if it does."""
    first = focus[0]
    if (
        not heard.facets
        and "can_get" not in heard.intents
        and search.finder.coverage(content(heard.text), first.key) < FITS
    ):
        return None
    cities = heard.cities or (first.city,)
    wider = Search(search.finder, f"{first.title} {heard.text}", heard.facets, search.titles)
    matches = wider.matches(cities)
    if not matches:
        return None
    places = {(e.document_id, e.provision) for e in focus}
    if (matches[0].entry.document_id, matches[0].entry.provision) not in places:
        return None
    return Subject((matches[0].entry,), cities=tuple(cities), is_follow_up=True, trace=trace_of(matches))
