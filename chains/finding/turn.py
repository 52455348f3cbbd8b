"""A question with what was talked of before it, prepared once for every way of reading it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from chains.conversation import Conversation
from chains.finding.alone import by_itself
from chains.finding.entries import Entry
from chains.finding.followup import follow_up
from chains.finding.matching import A_WORD, Search
from chains.finding.meant import Subject
from chains.finding.naming import core, without_help
from chains.finding.retrieval import Finder
from chains.finding.told import FEW, asks_for_its_sum, in_what_was_told, names_no_part
from chains.language.clauses import pattern
from chains.language.places import find_places
from chains.language.understanding import Understanding

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
_OF_A_COUNT = re.compile(r"争[取创]?|定的?|目标|数目|数量|封顶|上限|顶格|最[高多]")
# 补铁 打错 补贴: said of what was typed.
_SLIPPED = re.compile(r"(?:不好意思|抱歉)?[打写输]错[了字]*")
_OF_A_DISTRICT = re.compile(r"自己|另外|单独|本级|本地|当地|那边|市?[内外]|[市郊]区|乡镇|一样")
# 具体给多少钱, 一般多久: how exactly it is asked for.
HOW_EXACTLY = re.compile(
    r"^那?换一?[个家座](?:城?市|地方)?(?=[，,\s])"
    r"|(?:是不是|会不会)?(?:还要?|更)(?:[高低]|多一?[点些]|少一?[点些])(?:一?[点些])?|(?:[要到是])?(?:什么|啥|哪一?[个]?|几)(?:级别|[级档])的?"
    r"|[按照依]+(?:他们|它们?|人家|你们|[这那]边|当地|[这那]份|[这那]个)?的?(?:文件|政策|规定|计划)(?:里|上)?(?:[写说讲]的?)?"
    r"|^(?:哦|啊|不好意思)*[搞弄说记]错了[，,\s]*|在?这(?:个)?(?:上头|上面|方面|事[儿上]|一?块)(?:上|的?事)?(?=怎么|是|有|咋|如何)"
    r"|具体|大概|大致|一般(?!纳税)|总共|一共|到底|究竟|叫(?:什么|啥)名[字称]?"
)
# 文件里一张到底写的多少: one of what was talked of.
_EACH_ONE = re.compile(r"(?:^里)?[一每](?:张|家|项|次|笔|份|个|平方米?|平米?|间|套|台|吨|度|柜|箱)(?!性|台|座|房)")
_IN_CHARGE = re.compile(r"(?<![监主保])管(?![理控网委])")
_WHEN = re.compile(r"(?:每|一|今|明|去|后)年|分别|同期")


@dataclass(frozen=True)
class Turn:
    """A question and what was told before it.

    ``whole`` is what was typed, ``search.text`` the same without sums of the firm's own; ``focus`` what was told
    last; ``named`` what the message names of its own, without the words that ask of anything; ``words`` its text
    without figures that are only said of what was told.
    """

    heard: Understanding
    whole: str
    conversation: Conversation
    finder: Finder
    search: Search
    focus: tuple[Entry, ...]
    words: str
    named: str

    @classmethod
    def prepared(
        cls,
        heard: Understanding,
        whole: str,
        conversation: Conversation,
        search: Search,
        focus: Sequence[Entry],
    ) -> Self:
        """A question whose subject is not settled by its own words."""
        words = _SAID_FIGURE.sub(" ", _WHICH_LEVEL.sub(" ", _SUM.sub(" ", _SLIPPED.sub(" ", heard.text))))
        named = _IN_CHARGE.sub("", without_help(_WHEN.sub("", _EACH_ONE.sub("", core(HOW_EXACTLY.sub(" ", words))))))
        for district in [heard.text[start:end] for place, start, end in find_places(heard.text) if place.district]:
            # 扬中呢, 京口区自己给不给, 市外的呢 灌南: of what was talked of
            named = _OF_A_DISTRICT.sub("", named.replace(district, ""))
        turn = cls(heard, whole, conversation, search.finder, search, tuple(focus), words, named)
        if turn.moved and len(named) < A_WORD and not conversation.broad:
            turn = replace(turn, focus=turn.focus[:FEW])  # 那连云港呢, after four loans
        # 镇江目标几家, after 绿色工厂 of another city: what is counted was named before.
        if turn.focus and search.facets and (turn.moved or turn.tells_a_count):
            turn = replace(turn, named=_OF_A_COUNT.sub("", named))
        return replace(turn, named="") if turn.guesses else turn

    @property
    def text(self) -> str:
        """What was typed, without sums of the firm's own."""
        return self.heard.text

    @cached_property
    def refers(self) -> bool:
        """Whether so few things were told that a message can ask on of them."""
        return 0 < len(self.focus) <= FEW

    @cached_property
    def moved(self) -> bool:
        """Whether the message names another city than that of what was told."""
        return bool(self.heard.cities) and not {e.city for e in self.focus} & set(self.heard.cities)

    @cached_property
    def stays(self) -> bool:
        """Whether the message names no city."""
        return not self.heard.cities

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question, or names what it wants to know."""
        return self.heard.asks or bool(self.search.facets)

    @cached_property
    def tells_a_count(self) -> bool:
        """Whether what was told first counts something."""
        return Search(self.finder, "", ("count",), frozenset()).answers(self.focus[0])

    @cached_property
    def guesses(self) -> bool:
        """那先评哪个, 新的办法有没有: whether its words name no part of anything, so that what they find is a guess."""
        of_it = self.refers and self.asks and "broad" not in self.heard.intents
        if not of_it or "validity" in self.search.facets or len(self.named) < A_WORD:
            return False
        return any(map(names_no_part, (self.text, without_help(self.text), self.words)))

    @cached_property
    def calls(self) -> bool:
        """Whether it names a city, or a thing by its name."""
        return bool(self.heard.cities or self.finder.named(self.text))

    @cached_property
    def names_award(self) -> bool:
        """Whether it asks for the award of a title."""
        return pattern("title_award").search(self.text) is not None or asks_for_its_sum(self.search, self.focus)

    @cached_property
    def by_name(self) -> bool:
        """Whether what was told was asked for by its name; so was what another city has and this one has not."""
        return self.conversation.by_name or not self.conversation.focus

    @cached_property
    def alone(self) -> Subject:
        """What the message finds by itself, for the title that the firm holds where it names none."""
        held = frozenset(self.conversation.profile["tiers"] or ()) & {"little_giant", "champion"}
        # 那100万还给不给, of a 小巨人
        return by_itself(replace(self.search, titles=self.search.titles or held), self.heard, self.conversation)

    @cached_property
    def of_that(self) -> bool:
        """Whether it can be of what was told, in its city and for its title."""
        return self.refers and not self.moved and not self.search.is_for_another_title(self.focus[0])

    @cached_property
    def told(self) -> tuple[Entry, ...]:
        """Of what was told, that which its words stand in."""
        return in_what_was_told(self.text, self.named, self.alone, self.focus, self.finder) if self.of_that else ()

    def same(self) -> Subject:
        """The same that was told, asked of a city, a title or a heading that the message names."""
        titles = self.conversation.titles
        return follow_up(self.search, self.heard, self.focus, self.named, by_name=self.by_name, titles=titles)


def told_before(told: Sequence[Entry]) -> Subject:
    """Entries that were told before, as the subject of a question that asks on of them."""
    return Subject(tuple(told), cities=tuple(dict.fromkeys(e.city for e in told)), is_follow_up=True)
