"""What a message means of what was told before: by a figure, a choice, a place in a list, or nothing of its own."""

import re
from collections.abc import Sequence

from chains.conversation import Conversation
from chains.finding.called import ITS_SUBJECT, OF_ANY_HELP, ONLY_NAMED, is_called
from chains.finding.entries import Entry
from chains.finding.followup import (
    IN_ITS_TEXT,
    OF_ITS_OWN,
    titles_named,
)
from chains.finding.matching import (
    A_NAME,
    A_WORD,
    ENOUGH,
    ENOUGH_SCORE,
    RESPONSIBLE,
    WHOLE,
    Search,
    is_mere_title,
    titles_of,
)
from chains.finding.meant import Subject
from chains.finding.naming import (
    content,
    core,
    in_their_words,
    names_nothing,
    naming_words,
    said_otherwise,
    without_help,
)
from chains.finding.retrieval import Finder
from chains.language.clauses import fact_patterns, pattern
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import subject_words
from chains.language.understanding import Understanding
from chains.prompting import read_data
from knowledge.figures import read_figures
from knowledge.support import Kind

OF_EVERY_FIRM = {"city", "district", "tiers", "ownership", "size", "first_recognition"}
FEW = 3
MORE = 0.1
BRIEF, TOUCHES = 16, 0.15
OF_ITS_TEXT, OF_ITS_WORD, _IN_PART = 0.3, 0.4, 0.25
# What a question must score with an entry beside what was told, and how much of it that must hold, to be about that.
_NEAR, _TOUCHED = 28.0, 0.25
# 展位费是否补贴, 费用由谁承担: what is open of a thing.
_OF_A_POINT = re.compile(r"是否|有没有|有无|能不能|由谁|怎么|如何|多少|几|在哪|和|、|（|的(?!士)")
# What a question scores with an entry that is known to be asked in much the same words.
_SURELY, _NOT_MOST_OF_IT = 100.0, 0.6
# 我们买了20万的算力: what was spent is no sum that was printed.
_SPENT = re.compile(r"[投花买租贷借欠]了?(?:大概|差不多|近)?\d+(?:\.\d+)?[千百万亿]*元?")
# 所以就是每年100万、连给三年，对吧: words that only put it to be confirmed.
_PUT = re.compile(
    r"^(?:那么?|所以|也?就是说?|就是|合着|意思是|[，,\s])+|[，,\s]*(?:对吧|是吧|对不对|是不是|没错吧|对吗|是吗|吧)[?？]?$"
)
_A_SUM = re.compile(r"\d\s*[千百万亿]*元")
# 300万那个呢, 我看表里100万的那个: a sum that was printed means what printed it; 投了300万那个项目 is one's own.
_THAT_SUM = re.compile(
    r"(?<![投花买贷借欠了\d.])(?P<sum>\d+(?:\.\d+)?(?:[千百万亿]+元?|元|%))的?[那这]一?[个项条笔块]"
    r"|(?:^|[，。；\s])那一?[个项条笔块](?P<said>(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3})(?:[千百万亿]+元?|元|%))(?!以|[到至多])"
)
# 里面哪个适合我们: a choice of what was told.
_WHICH_FITS = re.compile(
    r"(?P<of_these>(?:里面|里头|其中|当中|[这那][几些里][个项种]?)*)(?:哪一?[个项种条款样]|哪些)(?:最|更|比较|是|对)*(?:适合|合适|对口|适用|能用|用得[上着])(?:我们?|咱们?)?"
)
# 那库里一共要放多少: how many firms a pool shall hold.
_POOL = re.compile(
    r"^(?:那么?)?(?:入|培育|苗子|名单)?库(?:里面?|内|中)?的?"
    r"(?:一共|总共|要|打算|计划|得|能|想|放|进|装|收|培育|是|有)*(?:多少|几)[家个户]?[呢啊吗]?[?？]?$"
)
_AN_AIM, _REALLY, _DEPTH = re.compile(r"目标|指标"), re.compile(r"^(?:真正?|实际|具体)"), 12


def asks_for_its_sum(search: Search, focus: Sequence[Entry]) -> bool:
    """那镇江对首次评上的小巨人给多少, after a voucher: a title's award, though no word says award."""
    held = focus[0].support if focus else None
    of_another = held is not None and held.kind is not Kind.AWARD
    return of_another and bool(search.titles) and set(search.facets) == {"amount"}


def only_responsible(search: Search, named: str, alone: Subject, focus: Sequence[Entry]) -> bool:
    """领钱找市里还是找区里, after an award: whether what is found only tells who is responsible for something else."""
    best = alone.entries[0] if alone.entries else None
    tells_who = best is not None and (best.quote.startswith(RESPONSIBLE) or search.facets == ("department",))
    if best is None or best.support is not None or not tells_who:
        return False
    if any((best.document_id, best.provision) == (e.document_id, e.provision) for e in focus):
        return False
    about = plain(best.title + search.finder.heading(best)).replace(RESPONSIBLE, "")
    return not any(named[i : i + A_WORD] in about for i in range(len(named) - 1))


def that_fits(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """里面哪个适合我，我们有专利, after several loans: those of what was told that hold what is said of the firm."""
    match = _WHICH_FITS.search(text)
    named = core(subject_words(_WHICH_FITS.sub(" ", text))) if match else ""
    if match is None or (len(named) < A_WORD and not match["of_these"]):
        return ()
    if len(named) < A_WORD:
        return tuple(focus)  # 里面哪个适合我们
    topics = [list(names) for names in read_data("lexicon")["topics"]]
    names = next((names for names in topics if any(name in named for name in names)), [named])
    called = tuple(entry for entry in focus if any(is_called(entry, name) for name in names))
    held = tuple(e for e in focus if max(finder.own_coverage(name, e.key) for name in names) >= IN_ITS_TEXT)
    fitting = called or held
    return fitting if len(fitting) < len(focus) else ()


def left_open_in(text: str, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """能便宜吗 地价, 展位费就是要自己掏了: what was told and leaves open something of the very thing that is named."""
    points = {e: [_OF_A_POINT.split(plain(point))[0] for point in e.support.open_points] for e in focus if e.support}
    return tuple(
        e
        for e, own in points.items()
        if any(
            len(thing) >= A_WORD
            and thing in text
            and thing not in OF_ANY_HELP
            and thing not in plain(e.title + e.quote)
            for thing in own
        )
    )


def counted_instead(text: str, named: str, first: Entry, finder: Finder) -> tuple[Entry, ...]:
    """进培育库的呢, after 小进规 of a year: how many the same document wants of what is named."""
    count = Search(finder, "", ("count",), frozenset())
    if first.support is not None or not count.answers(first):
        return ()
    if _POOL.search(text):  # 那库里一共要放多少, after how many of a title
        pools = (e for e in finder.entries if e.document_id == first.document_id and "pool" in finder.counts(e.key))
        return tuple(e for e in pools if e != first)[:1]
    if not ONLY_NAMED.search(text):
        return ()
    same = (e for e in finder.entries if e.document_id == first.document_id and e.support is None)
    best = max((e for e in same if count.answers(e)), key=lambda e: finder.own_coverage(named, e.key))
    return (best,) if best != first and finder.own_coverage(named, best.key) >= OF_ITS_WORD else ()


def aimed_at(text: str, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """真上市的目标呢, after a reserve of firms: what the same document aims at of the thing that is named."""
    named = _REALLY.sub("", core(_AN_AIM.sub(" ", text)))
    if len(named) < A_WORD or not _AN_AIM.search(text) or is_mere_title(named):
        return ()
    near = (m.entry for m in finder.search(f"{named}目标", (focus[0].city,), _DEPTH) if finder.counts(m.entry.key))
    return tuple(e for e in near if finder.own_coverage(named, e.key) >= IN_ITS_TEXT)[:1]


def in_what_was_told(
    text: str, named: str, alone: Subject, focus: Sequence[Entry], finder: Finder
) -> tuple[Entry, ...]:
    """小巨人培育库的呢, 4%是对谁的: what was told and holds what a message names, no less than what it finds itself."""
    if repeated := _of_its_figure(text, focus):
        return repeated
    best = max(focus, key=lambda e: finder.own_coverage(named, e.key))
    own = finder.own_coverage(named, best.key)
    enough = own >= IN_ITS_TEXT
    return (best,) if enough and not (alone.entries and finder.own_coverage(named, alone.entries[0].key) > own) else ()


def names_no_part(text: str) -> bool:
    """Whether a message names nothing, not even by a part of a word (环评, 看病), nor a title."""
    if in_their_words(text) != text or titles_named(text):
        return False
    return names_nothing(text) and (len(re.sub(r"\W", "", core(text))) < A_WORD or not naming_words(text))


def _of_its_figure(text: str, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """100万什么时候拿: what was told and says the figure that a short message says, the first of them."""
    # 区里说是给20万 names somebody else who gives.
    is_of_it = len(_PUT.sub("", text)) <= BRIEF and in_their_words(text) == text
    said = _figures(_SPENT.sub(" ", text)) if is_of_it else set()
    giving = [entry for entry in focus if said & _figures(_given(entry))]
    return tuple(giving or (entry for entry in focus if said & _figures(plain(entry.quote))))[:1]


def of_its_grade(text: str, focus: Sequence[Entry]) -> tuple[Entry, ...]:
    """那要是招个博士呢, after what is paid for masters and doctors: the first of what was told that pays for them.

    What is said for it is no other thing where its word stands among the figures of what was told.
    """
    said = said_otherwise(text)
    rest = text
    for words in said:
        rest = rest.replace(words, " ")
    if not said or not names_no_part(rest):
        return ()
    pairs = {words[i : i + A_WORD] for words in said for i in range(len(words) - 1)}
    paid = ((entry, plain(entry.quote)) for entry in focus if entry.support is not None)
    return tuple(e for e, quote in paid if _A_SUM.search(quote) and any(pair in quote for pair in pairs))[:1]


def _given(entry: Entry) -> str:
    """What an entry gives: of a sentence that names two sums, a support's own."""
    return plain(entry.support.benefit.text if entry.support else entry.quote)


def _figures(words: str) -> set[tuple[object, str]]:
    """The figures of some words that have a unit, each with it."""
    read = ((f.value, "money" if f.kind == "money" else f.unit) for f in read_figures(words))
    return {(value, unit) for value, unit in read if unit}


def of_the_list(heard: Understanding, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...] | None:
    """What of a long list a message means that names nothing of its own (能借多少), none if all of it (能申请吗).

    None where it may mean something else: it is looked up.
    """
    if repeated := _of_its_figure(heard.text, focus):
        return repeated
    if heard.facts or not names_no_part(heard.text) or finder.named(heard.text):
        return None
    words = content(heard.text)
    held = sorted(((finder.coverage(words, entry.key), -i) for i, entry in enumerate(focus)), reverse=True)
    if core(heard.text) and held[0][0] >= max(TOUCHES, 2 * held[1][0]):
        return (focus[-held[0][1]],)
    if len(core(heard.text)) == 1 and held[0][0] >= TOUCHES:
        # 怎么借: a word of one character stands by chance in many; the first of the list is meant.
        return (next(entry for entry in focus if finder.coverage(words, entry.key) >= TOUCHES),)
    return () if heard.intents & {"can_get", "gap"} and set(heard.facets) <= {"validity"} else None


def of_that_sum(search: Search, focus: Sequence[Entry], conversation: Conversation) -> tuple[Entry, ...]:
    """300万那个: what gives that sum, of what was told last, else before, else in the same city; no more than told.

    Of several that give it, those whose title a message names. What is called by its name is not meant by a sum.
    """
    match, finder = _THAT_SUM.search(search.text), search.finder
    if match is None or finder.named(search.text):
        return ()
    trail = [finder.by_key[key] for key in conversation.trail if key in finder.by_key]
    for told in (focus, trail, [e for e in finder.entries if e.city == focus[0].city and e.support]):
        giving = [e for e in told if _figures(match["sum"] or match["said"]) & _figures(_given(e))]
        of_title = [e for e in giving if e.support and search.titles & titles_of(e.support)]
        if giving:
            return tuple(of_title or giving)[:FEW]
    return tuple(focus) if len(focus) <= FEW else ()


def that_turns_on(
    heard: Understanding, focus: Sequence[Entry], conversation: Conversation, finder: Finder
) -> tuple[Entry, ...]:
    """租了5万的gpu能退多少, after a voucher and then an award: what was told before and turns on what is stated."""
    slots = heard.facts.keys() - OF_EVERY_FIRM
    trail = [finder.by_key[key] for key in conversation.trail if key in finder.by_key]
    turning = [e for e in trail if e.support and e.city == focus[0].city and slots & {c.slot for c in e.support.when}]
    return () if finder.named(heard.text) or any(e in focus for e in turning) else tuple(turning)[-FEW:]


def nearest_told(text: str, alone: Subject, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """一个博士能给多少, after what there is for 人才: the one of a list that holds about as much as what is found."""
    words = content(text)
    best = max(focus, key=lambda e: finder.coverage(words, e.key))
    held = finder.coverage(words, best.key)
    return (best,) if held > 0 and held + MORE >= finder.coverage(words, alone.entries[0].key) else ()


def names_another(named: str, alone: Subject, focus: Sequence[Entry], finder: Finder) -> bool:
    """人才的事哪个部门管, after loans: what a message names stands in the text of what it finds, and in none told."""
    elsewhere = all(finder.own_coverage(named, entry.key) < TOUCHES for entry in focus)
    about = len(named) >= A_WORD and finder.own_coverage(named, alone.entries[0].key) >= ITS_SUBJECT
    return about and elsewhere and alone.share >= ENOUGH


def stands_beside(text: str, alone: Subject, focus: Sequence[Entry], finder: Finder) -> bool:
    """厂房没证呢, after 上市: what a message finds is a support of the same provision that holds far more of it."""
    best = alone.entries[0] if alone.entries else None
    if best is None or best.support is None or best in focus:
        return False
    words = content(text)
    here, told = finder.coverage(words, best.key), max(finder.coverage(words, entry.key) for entry in focus)
    beside = any((best.document_id, best.provision) == (e.document_id, e.provision) for e in focus)
    return beside and here >= max(_IN_PART, 2 * told)


def names_nothing_new(heard: Understanding, named: str, alone: Subject, first: Entry, finder: Finder) -> bool:
    """费用谁出, 分期发还是一次发: a short message whose words what it finds by itself does not hold in its own text."""
    if "broad" in heard.intents or len(heard.text) > BRIEF or len(heard.cities) > 1 or not alone.entries:
        return False
    if in_their_words(heard.text) != heard.text:
        return False  # 大厂欠钱不给, after its supply chain: a thing that the documents have another word for
    found = alone.entries[0]
    _, score, share = alone.trace[0] if alone.trace else ("", 0.0, 0.0)
    if score >= _SURELY and share >= max(OF_ITS_OWN, 2 * finder.coverage(content(heard.text), first.key)):
        return False  # 消防头一回查出毛病，罚吗, after an adviser: known to be asked of another thing
    if score >= ENOUGH_SCORE and share >= WHOLE and finder.coverage(content(heard.text), first.key) <= _NOT_MOST_OF_IT:
        return False  # 有没有人一对一带我们, after a self-test: all of it is asked of another thing
    unnamed = A_WORD <= len(named) <= A_NAME and found != first and named not in plain(found.title)
    if unnamed and finder.coverage(named, first.key) >= finder.coverage(named, found.key):
        return True  # 能快点不, of what is quick as well
    own = finder.own_coverage(named, found.key)
    # 要不要开发票: 开发 of another entry is a part of another word.
    if len(named) == A_NAME and own < OF_ITS_WORD:
        return True
    return own < OF_ITS_TEXT and own <= finder.own_coverage(named, first.key) + MORE


# 这样还可以吗, 那还有没有: whether it holds for a firm as it has just been told.
_STILL_SO = re.compile(
    r"(?:那么?|这样|那样|这种|这)*(?:的话)?(?:我们?|咱们?|公司|企业)?(?:(?<=[这那]样)|(?<=这种)|(?:是不是)?(?:还|也|照样|就)+)(?:都|就)?"
    r"(?:能不能|可不可以|有没有|行不行|可以|能够?|行|有|给|算|够格?)?(?:申请|享受|用|拿|领|报|办|够)?(?:得?[到上了])?(?:份|资格|戏|钱|奖励?|补贴)?(?:没有?|不|么)?"
)
_CLAUSES = re.compile(r"[，。；！？?\s]+")


def only_states(heard: Understanding) -> bool:
    """谁说没资质了，我们是省级的; 还在申报小巨人，没批下来: what the firm is or is about to be, and no other matter."""
    states = bool(heard.facts) or (heard.speaks_of_self and bool(titles_named(heard.text)))
    text = heard.text
    if "broad" in heard.intents or in_their_words(text) != text or without_help(text) != text:
        return False  # 区里会不会再给一点，我们在江宁; 今年申报小巨人，批下来奖不奖钱
    return states and (names_nothing(subject_words(heard.without_facts)) or asks_whether_still(heard))


def asks_whether_still(heard: Understanding) -> bool:
    """省级还没批下来，只是创新型，这样还可以吗: what the firm is, and whether what was talked of holds for it then."""
    *told, asked = [part for part in _CLAUSES.split(heard.text.rstrip("?？!！。吗呢 ")) if part] or [""]
    told = [pattern("correction").sub(" ", part) for part in told]
    words = fact_patterns()
    of_the_firm = (
        any(r.search(p) for r in words) or any(find_places(p)) or pattern("under_way").search(p) or names_nothing(p)
        for p in told
    )
    return bool(heard.facts) and bool(told) and _STILL_SO.fullmatch(asked) is not None and all(of_the_firm)


def is_held_elsewhere(text: str, focus: Sequence[Entry], finder: Finder) -> bool:
    """担保费多少, after loans of a city without: a support of other cities is named, and nothing told is called so."""
    called = [finder.by_key[key] for key in finder.named(text)]
    if not called or any(entry.city == focus[0].city for entry in called):
        return False
    name = max((finder.name_at(text, entry.key) for entry in called), key=len)
    told = plain("".join(entry.title + entry.quote for entry in focus))
    return name not in told and finder.stands_in(name, focus[0].city) < 1 and not is_mere_title(name)


def holds_less(alone: Subject, held: float) -> bool:
    """先垫钱还是买时直接抵, of a voucher: whether what is found holds little of a question, and no more than that."""
    return bool(alone.entries and alone.trace) and alone.share < min(ENOUGH, held)


def beside_what_was_told(alone: Subject, focus: Sequence[Entry], finder: Finder) -> tuple[Entry, ...]:
    """可厂房一直没证，这个帮不帮着理: what comes nearest, though not near enough by itself, in what was talked of."""
    if alone.entries or not alone.trace or alone.share < _TOUCHED:
        return ()
    near = finder.by_key[alone.trace[0][0]]
    same = (near.document_id, near.provision) == (focus[0].document_id, focus[0].provision)
    return (near,) if same and alone.trace[0][1] >= _NEAR else ()


def is_often_left_out(text: str) -> bool:
    """户口呢, 年龄有要求吗: whether only that is named which documents are commonly asked for and do not write of."""
    rest = text
    for row in read_data("lexicon")["left_out"].values():
        rest = re.sub(row["said"], " ", rest)
    return rest != text and len(core(without_help(rest))) < A_WORD
