"""Which words of a message are meant: without what it only refers to, puts aside, denies or takes back."""

import re
from collections.abc import Mapping, Sequence

from chains.finding.naming import content, core, naming_words, without_help
from chains.finding.parts import A_WORD, BETWEEN_WORDS, VAGUE, WHO_GIVES, names_a_thing, with_only
from chains.language.clauses import pattern, value_patterns, wishes
from chains.language.places import find_places
from chains.language.question_words import broad_words, named_things, subject_words
from chains.language.understanding import Understanding
from chains.prompting import read_data

# 像南京那样的, 先不管算力券: what is only referred to.
_REFERRED_TO = re.compile(
    r"(?:像|跟|和)[^，。；\s]{1,8}?(?:那样|一样|那种|那么)的?|(?:先|就)?(?:(?<!管)不管|不问|别管|不聊|不提|抛开|放一边)[^，。；\s]*"
)
# 你扮演窗口的人，跟我说只要…: a part that is not played, beside what is said.
_A_PART = re.compile(
    r"(?:请|麻烦)?你?(?:现在|来)*(?:扮演|假装是|假扮)[^，。；]{1,14}[，。\s]*(?:(?:跟|对|和)我[说讲]|告诉我)?"
)
_MEANT = re.compile(
    r"(?:问|说|讲)的?是(?P<meant>[^，。；！？?]{1,12}?)[，\s]?(?:而|又|可)?不是[^，。；！？?]{1,12}"
    r"|^(?:我(?:问|说|讲)的)?不是(?P<denied>[^，。；！？?]{2,10})[，\s]?(?:而|我[问说]的)?是(?P<instead>[^，。；！？?]{2,10})[。！!]?$"
)
# 不贷款, 车间算了, 订单班不需要, 地够用了: words that put aside a thing; 这个, 它: all that was told.
_PUTS_ASIDE = re.compile(
    r"(?:不是|不|没有?|别|甭|用不着|犯不着|暂时|先)+(?:是|想|要|用|缺|做|搞|去|需要?|打算|考虑|说|讲|提|问|谈|办|申请?|参与?|有|过|弄)*(?:了|的)?"
    r"|(?:就)?(?:算了|够用?了?|免了|放(?:一放|一边|下)?|用不[着上到])"
)
# 大模型什么的我们不搞, esg不用讲, 先不管海关: what is not wanted, whatever was told.
_NOT_WANTED = re.compile(
    r"(?:不(?:搞|弄|碰|考虑|关心|涉及|感兴趣|想(?:搞|弄|要|问|听|谈)|[要用需](?:了|的)?$|用(?:讲|说|提|谈|管|看|列|问|介绍)|要(?:讲|说|提|谈))|没兴趣|用不[着上到]|别(?:再)?(?:讲|说|提|谈|列|管))(?:了|的|啦|啊)*"
)
_IS_NOT = re.compile(r"(?:都|又|也|可)?不是[^，。；！？\s]{2,8}")
_AND_SUCH = re.compile(r"什么的?(?=我们?|不|都|就|没|用)|之类的?|这些|那些|[这那][边块]|方面|以后|再|就|先|都")
# 不是问部门, 没问多少: what was not asked; and 这个时间啊, 的时间: words around a kind of answer.
_DENIES = re.compile(r"(?:又|可|并)?(?:不是|没有?|不)(?:[问说讲要]|在)?")
_AROUND_A_KIND = re.compile(
    r"^(?:我们?|咱们?|主要|其实|是|在|想|要|就|[问说讲]的?|的|这个?|那个?|它|个|具体|到底|究竟)+"
    r"|(?:啊|呀|吧|呢|嘛|的事情?|这块|方面|[。！!?？~])+$"
)
_OF_US, _REFERS_BACK = re.compile(r"[\W_我咱俺们了的这那块边先]"), re.compile(r"[个它些项]?")
# 除了展会还有什么帮我们找客户的, 其他帮卖货的: others than what was told.
_OTHERS = re.compile(
    r"(?:(?:除|撇|抛)(?:了|开|去|掉)?|(?<![不是])不[算说谈](?=[^，。；\s]{2,6}[，,\s]))(?P<but>[^，。；\s]{1,10}?)(?:以外|之外|外)?"
    r"(?:[，,\s]*(?=还|有没有|有[什啥哪]|别的|其[他它]|都|能)|[，,\s]+(?=[\u4e00-\u9fff]{2,3}市?还有(?:个|什么|啥|哪些|别的))|[，,\s]+(?=[^，。；\s]{2,12}(?:有|给|补|奖|能|支持)[^，。；\s]{0,6}(?:吗|么|没有?|不|呢)[?？]?$))"
    r"|(?:其[他它]|(?<![级类区性差辨识])别的|另外的)(?!没|了|都|也|全|不|暂|就|人|家|公司|企业|厂|城?市|地方|部门|称号|资质|[呢吗么？?]|政策|支持|补贴|项目|好处)的?(?=[^，。；\s]{2,})"
)
# 出口方面还有啥我们能用的: others of a kind than what was told.
_STILL = re.compile(
    r"(?:^|(?<=[，。！？?；\s]))那?(?P<field>[\u4e00-\u9fff]{2,6}?)(?:方面|[这那]一?块)(?:我们|咱们?)?(?:还有|还能|另外有)(?:没有)?(?:用|拿|享受|申请)?(?:些|点)?(?:什么|啥|哪些|别的|其他)"
)
# 我们是南京的厂, 做叶片的, 食品厂: what a firm is, said of itself.
_A_FIRM = re.compile(
    r"(?:^|(?<=[，。；\s]))[^，。；\s]{0,14}?(?:工?厂子?|公司|企业|作坊|合作社|集团|[门商]店|门市部?|单位|做[^，。；\s]{1,8}的|搞[^，。；\s]{1,8}的)的?(?=$|[，。；\s])"
)
_TOO_MUCH = re.compile(r"太[高低慢多少难重长]")
_A_TITLE = re.compile(r"[只就还才]?有?[个块张]?的?(?:牌子?|称号|资质|头衔)")
# 做环保设备, 我们主要生产阀门, 软件开发: what it does.
_ITS_TRADE = re.compile(
    r"(?:我们?|咱们?|公司|本公司|我司|厂里|主要|一直|专[门业])*(?:是|在)?(?:做|搞|干|生产|制造|从事|主营|经营|加工|研发|开发)(?!了|过|完|出)[^，。；\s]{1,10}"
    r"|[^，。；\s]{2,6}(?:开发|制造|加工|生产|行业|贸易|批发|零售|销售)"
)
_OF_THE_FIRM = frozenset({"tiers", "first_recognition", "ownership", "size"})
_A_NAME, _A_BRIEF_CLAUSE = 3, 24
_WHERE_AND_WHAT = {"city", "district", "size", "ownership"}
_HOW = {"procedure", "what"}


def without_references(heard: Understanding) -> Understanding:
    """The message without 像南京那样的, 先不管算力券 and 你扮演窗口的人; 淮安和连云港一样吗 asks of both."""
    ends = {end for _, _, end in find_places(heard.text)}
    rest = _REFERRED_TO.sub(lambda said: said.group() if said.start() in ends else " ", heard.text)
    return with_only(heard, _A_PART.sub(" ", rest))


def matter_told(heard: Understanding) -> Understanding | None:
    """What a message tells or wants besides what the firm is: 我们是南京的厂，天天来人查，吃不消; None where nothing.

    Clauses that ask for all there is are left out: they name no thing.
    """
    facts = {slot: fact.words for slot, fact in heard.facts.items() if fact.words}
    clauses = [clause for clause in BETWEEN_WORDS.split(heard.text) if re.search(r"\w", clause)]
    besides = [clause for clause in clauses if _says_what_it_is(clause, facts)]
    left = [clause for clause in clauses if clause not in besides and not _asks_at_large(clause)]
    if not besides or not any(names_a_thing(without_help(subject_words(clause))) for clause in left):
        return None
    return with_only(heard, "".join(left))


def _asks_at_large(clause: str) -> bool:
    at_large = broad_words().search(clause) is not None
    return at_large or (pattern("question").search(clause) is not None and not named_things(clause))


def _says_what_it_is(clause: str, facts: Mapping[str, str]) -> bool:
    """我们是南京的厂, 做叶片的, 灌云县的食品厂, 省专: whether a clause tells no more than what and where a firm is."""
    if any(pattern(name).search(clause) for name in ("question", "wish")) or wishes(clause) or _TOO_MUCH.search(clause):
        return False
    left = told = clause.strip("，。；！？?、 ")
    if not pattern("trouble").search(told) and (
        _ITS_TRADE.fullmatch(told) or any(words in told for slot, words in facts.items() if slot in _OF_THE_FIRM)
    ):
        return True
    for words in facts.values():
        left = left.replace(words, " ")
    rest = core(without_help(subject_words(_A_TITLE.sub(" ", _A_FIRM.sub(" ", left)))))
    return len(rest) < (A_WORD if left == told else _A_NAME)


def beside_what_it_is(heard: Understanding) -> Understanding | None:
    """What names a thing beside clauses that only state facts: 南京小巨人，标准奖励我们能拿吗."""
    clauses = [clause for clause in BETWEEN_WORDS.split(heard.text) if re.search(r"\w", clause)]
    asking = [clause for clause in clauses if names_a_thing(without_help(subject_words(clause)))]
    besides = [clause for clause in clauses if clause not in asking]
    tells = any(pattern("question").search(c) or len(content(subject_words(c))) >= A_WORD for c in besides)
    if not heard.facts or not asking or not besides or tells:
        return None
    return with_only(heard, "".join(asking))


def put_right(heard: Understanding) -> Understanding | None:
    """我问的是电不是地: what was meant, where a message says so; None where it does not."""
    match = _MEANT.search(heard.text)
    if match is None or (match["instead"] and heard.facts):
        return None  # 不是国企，是民企
    meant, besides = match["meant"] or match["instead"], heard.text[match.end() :].strip("，。；！？?、 ")
    if pattern("question").search(heard.text[match.end() :]) and names_a_thing(besides):
        return with_only(heard, besides)  # 我问的是奖金，不是人才卡。就是说盐城没写小巨人给多少钱对吧
    return with_only(heard, meant)


def of_others(heard: Understanding) -> Understanding | None:
    """除了展会还有什么找客户的: the message without what it leaves out; None where it asks for no others."""
    if still := _STILL.search(heard.text):
        return with_only(heard, still["field"])
    match = _OTHERS.search(heard.text)
    if match and match["but"] and re.search(r"[\u4e00-\u9fff]$", heard.text[: match.start()].rstrip("那")):
        return None  # 政府采购除了价格扣除还有别的帮法没
    return with_only(heard, heard.text[match.end() :]) if match else None


def left_out(text: str) -> str:
    """除了展会还有什么找客户的: what is named to be left out; empty for 这个, and where nothing is named."""
    match = _OTHERS.search(text)
    named = content((match["but"] or "") if match else "")
    return named if len(named) >= A_WORD else ""


def corrected(text: str) -> str:
    """我说的是看病 你咋还是上学: what is meant, where a message says that the answer was of something else."""
    clauses = re.split(r"[，。；！？?\s]+", pattern("calls_out_to").sub(" ", text))
    if _MEANT.search(text) and not pattern("not_that").fullmatch(clauses[0]):
        return ""  # 我问的是电不是地
    left: list[str] = []
    corrects = False
    for clause in clauses:
        if open_still := pattern("not_answered").fullmatch(clause):
            clause, corrects = f"{open_still['thing']}呢", True  # 户口的事你没回
        meant = pattern("says_what_is_meant").match(clause)
        denies = pattern("not_that").fullmatch(clause) is not None
        corrects = corrects or meant is not None or denies
        said = not (denies or pattern("own_slip").fullmatch(clause))
        left += [clause[meant.end() :] if meant else clause] if said else []
    if len(left) > 1:  # 不是人工智能！我说的是车床
        left = [clause for clause in left if not (_IS_NOT.fullmatch(clause) or is_not_wanted(clause))] or left
    return " ".join(clause for clause in left if clause) if corrects else ""


def kind_meant(text: str) -> str:
    """我问的是时间，不是数量: the question that is meant, where a correction names no thing but a kind of answer."""
    match = _MEANT.search(text)
    meant = (match["meant"] or match["instead"]) if match else ""
    clauses = [clause for clause in re.split(r"[，。；！？?\s]+", text) if clause]
    denied = [clause for clause in clauses if (no := _DENIES.match(clause)) and _kind(clause[no.end() :])]
    left = [clause for clause in clauses if clause not in denied]
    if not meant and not denied:
        left = [clause for clause in corrected(text).split() if not _DENIES.match(clause)]
    return _kind(meant) if meant else _kind(left[0]) if len(left) == 1 else ""


def _kind(words: str) -> str:
    """The question that a kind of answer stands for: 时间, 我问的是部门; empty for any other words."""
    said = _AROUND_A_KIND.sub("", words)
    return next(
        (row["means"] for row in read_data("lexicon")["kinds_of_answer"] if re.fullmatch(row["match"], said)), ""
    )


def complains(text: str) -> bool:
    """Whether a clause says that the answer was of something else, and so answers no question: 你搞混了."""
    clauses = re.split(r"[，。；！？?\s]+", text)
    return any(clause[:1] in {"你", "您"} and pattern("not_that").fullmatch(clause) for clause in clauses)


def slips(text: str) -> bool:
    """Whether a clause says that what was asked was a slip of one's own: 忽略上一条，我打错了."""
    clauses = [c for c in re.split(r"[，。；！？?\s]+", text) if c and len(c) <= _A_BRIEF_CLAUSE]
    return any(pattern("own_slip").fullmatch(clause) for clause in clauses)


def denied_words(heard: Understanding) -> str:
    """不是租房补贴，是买房: what is not meant, where a message says so; empty where it does not."""
    match = _MEANT.search(heard.text)
    return core(match["denied"] or "") if match else ""


def but_what_is_denied(heard: Understanding, told: str) -> Understanding:
    """不贷款，我们想上市呢, after a loan: what a message names besides the words that put aside what was `told`."""
    clauses = [clause for clause in BETWEEN_WORDS.split(heard.text) if re.search(r"\w", clause)]
    left = [clause for clause in clauses if not is_not_wanted(clause)]
    of_firm = [fact.words for slot, fact in heard.facts.items() if fact.words and slot in _OF_THE_FIRM]
    # 我们不是专精特新 也给吗: what the firm is not is not put aside.
    while len(left) > 1 and _puts_aside(left[0], told) and not any(words in left[0] for words in of_firm):
        left = left[1:]
    rest = "".join(left)
    if (
        left == clauses
        or not left
        or not (len(core(without_help(rest))) >= A_WORD or len(left[-1].rstrip("呢?？")) == 1)
    ):
        return heard
    return with_only(heard, rest)


def is_not_wanted(clause: str) -> bool:
    """大模型什么的我们不搞, esg不用讲: whether a clause asks nothing and says of a thing that it is not wanted."""
    said = _AND_SUCH.sub("", clause.strip("，。；！？、 "))
    found = _NOT_WANTED.search(said)
    if found is None or pattern("question").search(said):
        return False
    words = re.sub(r"\W", "", pattern("self").sub("", said[: found.start()] + " " + said[found.end() :]))
    return len(words) >= A_WORD and (found.end() == len(said) or found.start() <= _A_NAME)


def _puts_aside(clause: str, told: str) -> bool:
    """Whether a clause says no to a thing that was told, or to all of it (这个用不上), and asks nothing."""
    denied = _PUTS_ASIDE.search(clause)
    if denied is None or pattern("question").search(clause):
        return False
    words = _OF_US.sub("", _PUTS_ASIDE.sub("", clause))
    pairs = {words[i : i + A_WORD] for i in range(len(words) - 1)} or {words}
    return _REFERS_BACK.fullmatch(words) is not None or all(pair in told for pair in pairs)


# 靠什么数据做的: what is asked for is not named; 对这种事 refers to what was.
_ASKED_FOR = re.compile(r"(?:什么|啥|哪些|哪种|哪类)[\u4e00-\u9fff]{2}")
_REFERS = re.compile(r"(?:对|像|管)?[这那](?:种|类|样)的?(?:事情?|情况|问题|好事)?|[一两二三四五几]样(?:东西)?")


def own_words(piece: str, facts: Sequence[str]) -> str:
    """The words of a piece that name a thing, without those that state facts."""
    for words in facts:
        piece = piece.replace(words, " ")
    for _, regex in value_patterns()["first_recognition"]:
        piece = regex.sub(" ", piece)
    named = named_things(WHO_GIVES.sub(" ", _ASKED_FOR.sub(" ", VAGUE.sub(" ", _REFERS.sub(" ", piece)))))
    return without_help(core(" ".join(named)))


def asks_for_any_help(heard: Understanding) -> bool:
    """南京的政策给我看看, 淮安 企业 补贴: who speaks of help and names nothing asks for whatever there is."""
    told = heard.without_facts
    if not (heard.facts.keys() <= _WHERE_AND_WHAT and set(heard.facets) <= _HOW) or heard.foreign_places:
        return False
    if any(regex.search(heard.text) for _, regex in value_patterns()["tiers"]):
        return False
    if not (pattern("getting").search(told) or without_help(told) != told):
        return False
    return not naming_words(without_help(subject_words(told)))
