"""One search of the entries: which matches answer what is asked, best first, and whether they are enough."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chains.finding.asked import own_words
from chains.finding.entries import Entry
from chains.finding.naming import content, core, core_words, names_nothing
from chains.finding.retrieval import Finder, Match
from chains.language.clauses import fact_patterns, pattern, value_patterns, wishes
from chains.language.question_words import broad_words, kind_of_help, named_things, subject_words
from knowledge.figures import Figure, read_figures
from knowledge.support import Kind, Support

# How much of a question's telling terms an entry must contain to be taken for its answer; less is enough for one that
# stands far above all others, or that scores high.
ENOUGH = 0.34
_ENOUGH_ALONE = 0.3
_FAR_ABOVE = 2.0
_PLATFORM = "service_platform"
# A question in other words than the document's shares few terms with it, but then many of the entry's known questions:
# measured on the suites, right entries score above this and foreign questions below.
ENOUGH_SCORE, _LEAST, _TOGETHER = 60.0, 0.14, 1.5
# The same where less than half of the subject stands there: of the suites' questions in between, none was answered.
_TOGETHER_BUT_LITTLE = 1.6
_ANSWERS = 0.6
# An entry that holds the whole subject of a question is meant before one that matches its other words a little better.
WHOLE, _MOST_OF_IT, _ABOUT_AS_WELL, _AS_NEAR = 0.95, 0.5, 0.8, 0.9
A_NAME, A_WORD = 3, 2
RESPONSIBLE = "责任单位"
HELPLESS = re.compile(r"补贴|补助|奖励|奖金|资金|政策|支持|扶持|优惠|资助|[补奖]")
# 有没有会展补贴: help of a kind that is named; 特别, 额外 name none.
_HELP_OF_A_KIND = re.compile(r"有没?有?(?:什么|啥)?[^，。；\s]{2,8}(?:补贴|补助|奖励|奖金|资助|资金|减免|贴息)")
_OF_ANY_KIND = re.compile(
    r"特别|额外|专门|直接|单独|现金|现钱|专项|相关|有关|其[他它]|别的|新|地方|财政|政府|一次性|[的我你这那]"
)
_WHICH = re.compile(r"哪[几些两三四五六七八九十]+[个条项类家样]?|点名|名单|叫(?:什么|啥)名|提到?了?(?:什么|啥)")
# 在哪几条产业链上: of which kind the things are that are to be named.
_WHICH_OF_A_KIND = re.compile(r"哪(?:[些几]|[两三四五六七八九十])+[个条项类家样种大]*(?P<kind>[\u4e00-\u9fff]{2,4})")
# 户均几件: the measure that a number is asked in.
_IN_A_MEASURE = re.compile(r"(?:几|多少)(?P<measure>[件名张倍亩])")
_MEASURES = frozenset("件个家条项")
_OF_EACH = re.compile(r"[各每][^，。；]{0,4}(?:多少|几)|分别")
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
# 要先进哪个库: the thing of which it is asked which one.
_WHICH_THING = re.compile(
    r"(?:哪一?[个种]|什么|啥)(?!企业|公司|单位|部门|条件|人|厂|奖|补|钱|事|用|好处|支持|政策|优惠|扶持|帮助|资助|待遇|照顾|办法|要求)(?P<thing>[\u4e00-\u9fff]{1,3})[呢啊]?(?=$|[，。？?\s])"
)
# 小巨人数字化要几级: a level that a thing is to reach, none of a title, nor of those who govern (市级财政).
WHICH_LEVEL = re.compile(
    r"(?:是不是|会不会)?(?:更|还)?[高低](?:一?[些点级])?[吗么呢]?(?=[，,\s])"
    r"|(?:要|得|该|又|须)?(?:达到|达|评到|做到|到|是)?(?:第?几|多少|哪一?)(?:个?等)?[级档](?![别头以])(?:水平|才|呢|吗)?"
    r"|[一二三四五]级(?:够不够|行不行|够吗|行吗|可以吗)"
)
SAYS_LEVEL = re.compile(r"[一二三四五六\d]级(?!市|县|财政|网点)")
# 人事经理算吗, 收2%算不算违规: whether something counts, of what was told.
WHETHER_COUNTS = re.compile(r"算(?:不算|[^，。；]{0,4}[吗么])[^，。；]{0,4}[?？]?$")
_WITH_AWARDS, _SEVERAL = frozenset({"champion", "little_giant"}), 2
_MONEY = re.compile(r"[奖补]|资助|\d\s*[万亿]?元")
_AIM = re.compile(r"目标|指标")
_A_YEAR = re.compile(r"到?(?:20)?\d\d年[底末]?")
# 要有多少小巨人, 小巨人要达到几家: a title is counted, nothing of it.
_TITLES = r"(?:国家级?|省级?|制造业)*(?:的)?(?:小巨人|单项冠军|省专|专精特新(?:中小)?|创新型(?:中小)?|创小)(?:企业)?"
_COUNTED_TITLE = re.compile(
    rf"(?:多少|几)(?:[家个户]|来家)?(?P<after>{_TITLES})(?:出?来|企业|吗|呢|啊|的?目标)*(?:$|[，。；？?\s])"
    rf"|(?P<before>{_TITLES})(?:的|库|总共?|现在|目前|到?20?\d\d年底?)*(?:(?:要|得|想|争取|预计|计划|打算|目标|搞|弄|培育|达到|有|是|数量)+(?:多少|几)[家个户]?|(?:一共)?(?:多少|几)(?:[家个户]|来家))(?:出?来|了|吗|呢|啊)*(?:$|[，。；？?\s])"
    rf"|(?P<of>{_TITLES})的?(?:目标)?(?:家?数[目量字]?|个数|名额)[呢吗啊]?(?:$|[，。；？?\s])"
)
# 写没写到2028年要培育, 计划新增: what is said beside a title that is counted.
_SHALL_BE = re.compile(r"(?:写|讲|提|说)没(?:写|讲|提|说)到?|培育|新增|发展|创成|争创")
# 省专直接奖30万, 单项冠军能拿300万: the award for a title, whatever sum it is said to be.
_TITLES_AWARD = re.compile(
    r"(?P<title>小巨人|单项冠军|省专)(?:企业)?(?:的|都|也|就|一次性|直接|首次|首评|评上|能|可以|给|拿|领|发|补)*(?:奖|(?=\d+万))"
)
_OF_THE_PROVINCE, _A_SUM = re.compile(r"省级?专精特新|省专"), re.compile(r"\d\s*[千百万亿]")
_KIND_OF = {"rate": {"rate"}, "count": {"number"}, "amount": {"money", "rate"}}


@dataclass(frozen=True, slots=True)
class Search:
    """One message's search: what is asked, and how its matches are judged."""

    finder: Finder
    text: str
    facets: tuple[str, ...]
    titles: frozenset[str]

    def matches(self, cities: Iterable[str] = ()) -> tuple[Match, ...]:
        """Matches best first; those for another title than the one named stand back, those that answer come first."""
        found = [m for m in self._found(cities) if not self.is_for_another_title(m.entry)]
        found = self._given_to_what_is_named(found)
        found = self._of_the_title_counted(self._that_hold_what_is_counted(found))
        if "department" not in self.facets and found and found[0].entry.quote.startswith(RESPONSIBLE):
            # 三个城市的职称政策: a support that holds as much of the question comes before who is responsible for it.
            subject = core(self.text)
            least = self.finder.own_coverage(subject, found[0].entry.key)
            held = (m for m in found if m.entry.support and self.finder.own_coverage(subject, m.entry.key) >= least > 0)
            if first := next(held, None):
                found.remove(first)
                found.insert(0, first)
        called = next((m for m in found if m.named and m.score >= _AS_NEAR * found[0].score), None)
        if called is not None and not found[0].named and found[0].core_coverage < _MOST_OF_IT:
            # 外贸公司能搞AEO不: what is called by its name before what other words of the question stand in.
            found.remove(called)
            found.insert(0, called)
        if not found or not is_enough(found, in_city=bool(cities)):
            others = self.finder.search(self.text, cities, official=False)
            found = list(others) if others and is_enough(others) else found
        if not found:
            return ()
        best = found[0]
        # 融资这一块是哪些单位在管: of two that are as near, the one that holds more of the subject.
        near = max((m for m in found if m.score >= _AS_NEAR * best.score), key=lambda m: m.core_coverage)
        if best.core_coverage < ENOUGH <= best.coverage and near.core_coverage >= 2 * best.core_coverage:
            found.remove(near)
            found.insert(0, near)
            best = near
        if best.core_coverage < _MOST_OF_IT:
            # 上市要几家: what holds the whole subject comes before what only counts something.
            whole = [m for m in found if m.core_coverage >= WHOLE and m.score >= _ABOUT_AS_WELL * best.score]
            whole.sort(key=lambda m: not self.answers(m.entry))
            if whole:
                found.remove(whole[0])
                found.insert(0, whole[0])
                best = found[0]
        if meant := self._that_is_asked(found) or self._that_says_all(found):
            best = replace(meant, named=meant.named or self._lists_the_kind(meant.entry, A_NAME))
            found = [best, *(m for m in found if m.entry != best.entry)]
        thing = _WHICH_THING.search(self.text)
        if thing and best.entry.support and thing["thing"] not in best.entry.title:
            # 想评绿色工厂，要先进哪个库: what is called so.
            near_it = (m for m in found if m.entry.support and m.score >= _ABOUT_AS_WELL * best.score)
            if so := next((m for m in near_it if thing["thing"] in m.entry.title), None):
                found.remove(so)
                found.insert(0, so)
                best = so
        if WHICH_LEVEL.search(self.text) and not SAYS_LEVEL.search(best.entry.quote):
            # 小巨人数字化要几级: what says a level of that.
            levels = [m for m in found if SAYS_LEVEL.search(m.entry.quote) and m.score >= _ANSWERS * best.score]
            found = levels or found
            best = found[0]
        if self.asks_for_award and not is_award(best.entry) and not _MONEY.search(best.entry.quote):
            # 淮安小巨人奖多少: how many firms there are, or shall try to be one, is no award.
            awards = [m for m in found if is_award(m.entry) and m.coverage >= best.coverage]
            if awards:
                found.remove(awards[0])
                found.insert(0, awards[0])
                best = found[0]
        # What it takes is told of a support alone.
        of_support = best.entry.support is not None and "conditions" in self.facets
        if not (self.answers(best.entry) or of_support or self.names_what_is_asked(best.entry)):
            close = [m for m in found if m.score >= _ANSWERS * best.score and m.coverage >= 0.8 * best.coverage]
            better = [m for m in close if self.answers(m.entry) and m.entry.support is None]
            if better:
                found.remove(better[0])
                found.insert(0, better[0])
        return tuple(found)

    def _that_is_asked(self, found: Sequence[Match]) -> Match | None:
        """技术攻关缺钱，国开行的产品叫什么: what the one clause that asks is about, where the best is of the others."""
        clauses = [clause for clause in _BETWEEN_CLAUSES.split(self.text) if core(clause)]
        asking = [clause for clause in clauses if pattern("question").search(clause)]
        words, best = own_words(asking[0], ()) if len(asking) == 1 else "", found[0]
        if len(clauses) > 1 and len(asking) == 1 and len(words) < A_WORD:
            # 他老想着上市，市里扶不扶一把: what is wished for right before.
            wish = clauses[clauses.index(asking[0]) - 1]
            words = own_words(wish, ()) if wishes(wish) and wish != clauses[-1] else ""
        elif len(words) < A_NAME:
            words = ""
        if len(clauses) < _SEVERAL or not words or WHETHER_COUNTS.search(asking[0]):
            return None  # 法人不懂技术，董事长能算进去吗: what may count is not what is asked about
        least = max(ENOUGH, 2 * self.finder.coverage(words, best.entry.key))
        near = (m for m in found[1:] if m.score >= _ABOUT_AS_WELL * best.score)
        held = ((m, self.finder.coverage(words, m.entry.key)) for m in near)
        return next((replace(m, coverage=max(m.coverage, own)) for m, own in held if own >= least), None)

    def _that_says_all(self, found: Sequence[Match]) -> Match | None:
        """What tells all that is asked where the best tells a part of it: the names, the measure, each of several."""
        best = found[0]
        near = [m for m in found[1:] if m.score >= _ABOUT_AS_WELL * best.score]
        if _WHICH.search(self.text) and "department" not in self.facets and not self._lists_the_kind(best.entry):
            close = (m for m in found[1:] if m.score >= _ANSWERS * best.score)
            least = A_NAME if _is_a_list(best.entry) else A_WORD
            if of_the_kind := next((m for m in close if self._lists_the_kind(m.entry, least)), None):
                return of_the_kind
        if _WHICH.search(self.text) and not _is_a_list(best.entry):
            # 点名了哪三条: who asks for names is told the list, not how many there are.
            listed = next((m for m in near if _is_a_list(m.entry)), None)
            if listed is not None and best.entry.support is listed.entry.support:
                return listed
        measure = _IN_A_MEASURE.search(self.text)
        if measure and not _is_measured(best.entry, measure["measure"]):
            # 户均几件: what says so many of that measure.
            measured = (m for m in near if m.coverage >= best.coverage)
            return next((m for m in measured if _is_measured(m.entry, measure["measure"])), None)
        counted = _counted(self.text) if not pattern("self").search(self.text) else set()
        if counted and not {unit for _, unit in counted} & {unit for _, unit in _counted(best.entry.quote)}:
            # 200个市级研发机构说的是哪类企业: what says that count.
            close = (m for m in found[1:] if m.score >= _ANSWERS * best.score)
            if saying := next((m for m in close if counted <= _counted(m.entry.quote)), None):
                return saying
        if best.entry.support is None and _OF_EACH.search(self.text) and not _names_a_title(self.text):
            # 四档各要多少家: all of them, and not one.
            return next((m for m in near if m.entry.support is None and best.entry.quote in m.entry.quote), None)
        return None

    def names_what_is_asked(self, entry: Entry) -> bool:
        """Whether names are asked for, and an entry lists some."""
        return "department" not in self.facets and _WHICH.search(self.text) is not None and _is_a_list(entry)

    def _lists_the_kind(self, entry: Entry, least: int = A_WORD) -> bool:
        """在哪几条产业链上: whether an entry lists things of the kind whose names are asked for, by so long a word."""
        asked = _WHICH_OF_A_KIND.search(self.text)
        lengths = range(len(asked["kind"]), least - 1, -1) if asked else ()
        kinds = [kind for n in lengths if asked and not names_nothing(kind := asked["kind"][:n])]
        return _is_a_list(entry) and any(
            re.search(rf"、[^，。；]*{re.escape(kind)}(?=[，。；、）”]|等|$)", entry.quote) for kind in kinds
        )

    def _found(self, cities: Iterable[str]) -> tuple[Match, ...]:
        """What the words find; 专利有奖励吗 what 专利 finds, where the 奖励 alone led to something else."""
        found = self.finder.search(self.text, cities)
        award = _TITLES_AWARD.search(self.text) if len(self.titles) < _SEVERAL else None
        if award and found and not found[0].named and not self._is_for_other_titles(found[0].entry):
            called = self.finder.search(f"{award['title']}奖励", cities)
            return called if called and called[0].named and is_award(called[0].entry) else found
        rest = HELPLESS.sub(" ", self.text)
        if self.asks_for_award or not found or found[0].named or found[0].core_coverage >= ENOUGH or self.titles:
            return found
        apart = self.finder.search(rest, cities)
        if apart and apart[0].core_coverage >= WHOLE:
            return apart
        named = [clause for clause in _BETWEEN_CLAUSES.split(rest) if len(core(clause)) >= A_WORD]
        wished = self.finder.search(core_words(named[0]), cities) if len(named) == 1 and wishes(named[0]) else ()
        if not wished or wished[0].core_coverage < WHOLE:
            return found
        # 我们想上市 镇江有啥帮忙的: what is wished for, where the words around it led elsewhere; of all that there is
        # (有什么政策) only help with it, or nothing
        is_help = wished[0].entry.support is not None or not broad_words().search(self.text)
        return wished if is_help else ()

    def _given_to_what_is_named(self, found: list[Match]) -> list[Match]:
        """省专没有直接的奖金吗: without what is given to other titles, where some of it is given to the one named."""
        if self.titles or not _OF_THE_PROVINCE.search(self.text) or _A_SUM.search(self.text):
            return found
        given = [m for m in found if m.entry.support and is_award(m.entry)]
        own = {m.entry for m in given if m.entry.support and "provincial" in titles_of(m.entry.support)}
        others = {m.entry for m in given if m.entry not in own and _is_for_a_title(m.entry)}
        return [m for m in found if m.entry not in others] if own and "平台" not in self.text else found

    def _is_for_other_titles(self, entry: Entry) -> bool:
        """Whether an entry is the award for 小巨人 or 单项冠军, and neither is named: 省专给100万是真的吗."""
        if self.titles or entry.support is None or not is_award(entry):
            return False
        return bool(titles_of(entry.support) & _WITH_AWARDS)

    def _that_hold_what_is_counted(self, found: Sequence[Match]) -> list[Match]:
        """Of a target asked for by what it counts (目标要多少家上市), the matches that hold that; all if none does."""
        counted = core(_AIM.sub(" ", self.text)) if "count" in self.facets and _AIM.search(self.text) else ""
        if len(counted) < A_WORD:
            return list(found)
        return [m for m in found if self.finder.coverage(counted, m.entry.key) >= _LEAST] or list(found)

    def _of_the_title_counted(self, found: Sequence[Match]) -> list[Match]:
        """要有多少小巨人, 想弄出几家单项冠军: how many there shall be of a title comes first."""
        measures = self.titles_counted
        told = {m.entry.key for m in found if measures & self.finder.counts(m.entry.key)}
        named = [replace(m, named=True) for m in found if m.entry.key in told]
        return [*named, *(m for m in found if m.entry.key not in told)]

    @property
    def titles_counted(self) -> set[str]:
        """The titles of which a message asks how many there shall be, where it names nothing else."""
        counted = _COUNTED_TITLE.search(self.text)
        rest = _AIM.sub(" ", _A_YEAR.sub(" ", _COUNTED_TITLE.sub(" ", self.text)))
        words = (
            counted["before"] or counted["after"] or counted["of"]
            if counted and names_nothing(_SHALL_BE.sub(" ", rest))
            else ""
        )
        return {value for value, regex in value_patterns()["tiers"] if words and regex.search(words)}

    def is_for_another_title(self, entry: Entry) -> bool:
        """Whether an entry is the award for 小巨人 or 单项冠军, and the message names the other alone."""
        if len(self.titles) != 1 or entry.support is None:
            return False
        wanted = titles_of(entry.support)
        if is_award(entry) and _PLATFORM in {c.slot for c in entry.support.when}:
            return "平台" not in self.text  # 小巨人还有100万吗: a platform is given as much
        exclusive = wanted & _WITH_AWARDS
        return bool(exclusive) and exclusive == wanted and not self.titles & wanted

    @property
    def asks_for_award(self) -> bool:
        return pattern("title_award").search(self.text) is not None

    def is_of_another_kind(self, entry: Entry) -> bool:
        """Whether help of a kind is asked for (有没有会展补贴) that an entry is not about."""
        kind = content(subject_words(kind_of_help(self.text))).replace(" ", "")
        named = len(kind) >= A_WORD and not _OF_ANY_KIND.search(kind) and not is_mere_title(kind)
        if not named or not _HELP_OF_A_KIND.search(self.text) or not named_things(kind):
            return False
        return self.finder.coverage(kind, entry.key) < ENOUGH

    @property
    def wants_figure(self) -> bool:
        return any(facet in _KIND_OF for facet in self.facets)

    def answers(self, entry: Entry) -> bool:
        """Whether an entry's words hold a figure of the kind that is asked for, if one is."""
        if not self.wants_figure:
            return True
        kinds = set().union(*(_KIND_OF.get(f, set()) for f in self.facets))
        if entry.support is None and "amount" in self.facets:
            kinds.add("number")
        return any(f.kind in kinds for f in read_figures(entry.quote) if not _is_year(f))


def titles_of(support: Support) -> set[str]:
    """The titles that a support asks for, any of which will do."""
    return {t for c in support.when for t in c.includes_any}


def _is_for_a_title(entry: Entry) -> bool:
    """Whether an award is for a title or a recognition, and not for a deed."""
    return entry.support is not None and any(c.slot in {"tiers", _PLATFORM} for c in entry.support.when)


def is_award(entry: Entry) -> bool:
    return entry.support is not None and entry.support.kind is Kind.AWARD


def _is_a_list(entry: Entry) -> bool:
    return entry.quote.count("、") > 1


def _is_measured(entry: Entry, measure: str) -> bool:
    return re.search(rf"[一二三四五六七八九十\d]\s*(?:多|余)?{measure}", entry.quote) is not None


def _counted(text: str) -> set[tuple[float, str]]:
    """The counts of things that a text states, each with its measure: 200个, 5件."""
    return {(float(f.value), f.unit) for f in read_figures(text) if f.unit in _MEASURES and f.value > 1}


def _names_a_title(text: str) -> bool:
    return any(regex.search(text) for _, regex in value_patterns()["tiers"])


def _is_year(figure: Figure) -> bool:
    return figure.unit in {"年", ""} and 1900 <= figure.value <= 2100


# 中型企业行不行, 要是明年算中型了呢, 2025年呢: what is asked of a kind of enterprise, or of another year.
_ABOUT_A_KIND = re.compile(
    r"^(?:省|国家|市)级|20\d{2}年?的?|算|行不?行|可不?可以|能不能|能吗|可以吗|要是|如果|假如|万一|刚刚?|拿到?了?|再?[上高下低]一?[档级]|一?档|[那这]一?[档级类种头块]|评[上的]|获评|首次|今年|明年|后年|以后|将来|变|成|了|(?<!人)才(?:行|能|有)?"
)


def is_mere_title(words: str) -> bool:
    """省专呢, 国企能用吗: a kind of enterprise, not a subject."""
    for regex in fact_patterns():
        words = regex.sub("", words)
    return len(_ABOUT_A_KIND.sub("", words)) < 2


def is_enough(matches: Sequence[Match], *, in_city: bool = False) -> bool:
    """Whether the best match holds enough of what was asked, or stands far above all of other provisions.

    Where the city is known, the question is about its document more likely than not: less will do.
    """
    best = matches[0]
    if not best.named and not best.core_coverage:
        return False
    together = _TOGETHER if best.core_coverage >= _MOST_OF_IT else _TOGETHER_BUT_LITTLE
    if in_city and best.coverage >= _LEAST and best.score / ENOUGH_SCORE + best.coverage / ENOUGH >= together:
        return True
    if in_city and best.core_coverage >= WHOLE and best.coverage >= _LEAST:
        return True
    if best.coverage >= ENOUGH or best.named:
        return True
    if best.score >= ENOUGH_SCORE and best.coverage >= _LEAST:
        return True
    others = [m for m in matches if m.entry.provision != best.entry.provision]
    return best.coverage >= _ENOUGH_ALONE and bool(others) and best.score >= _FAR_ABOVE * others[0].score
