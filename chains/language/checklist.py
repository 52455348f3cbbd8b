"""What a message says to a list of things that may apply: 前两个, 就贷款, 除了进出口都没有, 小厂哪有这些."""

import itertools
import re
from collections.abc import Mapping

from chains.language.answering import DENIES, is_unsure
from chains.language.clauses import asks_on, asks_us, instructs, pattern
from chains.language.normalise import plain
from chains.language.options import numbered
from chains.language.yes_no import Told, names_another_thing, read_yes_no, topics
from chains.reply import Question
from knowledge.profile import Fact, Source, slots

_REST = r"(?:其他|其它|其余|别的|剩下)(?:的|几个|几项)?(?:都|也|全)?"
REST_NO = re.compile(
    _REST + r"(?:一样|一个|啥|什么|统统|一概|一律)?(?:都|也|全)?"
    r"(?:没有?|不(?!清楚|知道|晓得|确定|好[说讲]|一定|太|急|说|问|提|谈|管|用)|无|否)"
)
# 别的我要问问同事, 剩下的以后再说: the rest is left open.
_REST_OPEN = re.compile(_REST + r"[^，。；]{0,6}(?:问|查|核实|确认|再说|再看|等|回头|晚点|以后)")
# 就有出口这一项: nothing else applies; 只有出口没有进口 says so of one thing alone.
_ONLY = re.compile(
    r"^(?:我们|咱们?|公司)?(?:就|只|仅)(?:有|是)(?!这些$)[^没不无]*$"
    r"|^(?:我们|咱们?|公司)?(?:就|只|仅)[^没不无，。；吗呢]{2,8}(?:这|那)一?[样个项条块](?:有|沾边?|符合|对得上)?$"
)
# 你说的这些我们都没弄过，就贷款有: all but what is named.
_NONE_OF_THEM = re.compile(
    r"(?:这些|上面|以上|列的)(?:东西|事)?(?:我们?|公司)?(?:[都全也])(?:没|不)(?!清楚|知道|晓得|确定|懂)"
)
# 小厂哪有这些, 听都没听说过: nothing of what is listed applies.
HAS_NONE = re.compile(
    r"(?:哪|上哪)(?:里|儿|能|会|来|去)*有?(?:得?[上起到])?(?:过)?(?:这些|这种|这么多|那些)(?:东西|玩意儿?|名堂)?[啊呀哦呢的]*$"
    r"|(?:听都|听也|压根|根本|从来)?没(?:有)?(?:听说|听|见|搞|弄|碰|沾)过?(?:这些|这种|那些)(?:东西|玩意儿?|名堂)?[啊呀哦的]*$"
    r"|^(?:这些|这种|那些)?(?:听都|听也|见都|碰都)没(?:听说?|见|碰)过[啊呀哦的]*$"
    r"|(?:这些|这种|那些)?(?:跟|和|与)(?:我们?|咱们?)(?:都|全|统统)?(?:不|没)(?:沾边?|搭[边界嘎]?|相?干|有?关系?)[啊呀哦的]*$"
    r"|^(?:这些|上面)?(?:我们)?一?[个样]都?(?:没|不)(?:占|沾|有|搭|够)[上边得]?[啊呀哦的]*$"
)
# 除了进出口都没有, 除了第一个其他都不沾: all but what is named.
_NONE_BUT = re.compile(
    r"除了?(?:有|是|做)?(?P<this>[^，。；]{1,12}?)(?:以外|之外|外)?[，,\s]*(?:我们)?(?:其他|其它|其余|别的|剩下)?(?:的|几个|几项)?(?:我们)?(?:都|也|全|就)(?:没|不|无)"
)
_AND = re.compile(r"和|跟|还有|以及|加上|、")
# 就贷款, 好像有一个吧 那个算力的: what is named of a list, with nothing told of it.
_BARE_ITEM = re.compile(
    r"^(?:我们|公司|应该|可能|好像|大概|也|还|有|是|做|一[个项样]|吧|那[个种]?|这个?|的|嗯+|哦|呃|啊|就|只|[，,\s])*(?P<item>[\u4e00-\u9fffa-z]{2,6}?)"
    r"(?:(?:方面|业务|那[一]?[个项条块]|这[一]?[个项条块]|需求)?(?:我们)?(?:有|是|做|算|沾)?)(?:的|吧|啊|了|点|一点|一些)*$"
)
_WANTS = re.compile(r"^(?:除了)?(?:我们?|公司)?(?:就|只|也|还)*(?:要|需要?|想|有|用|买|租|做)(?![没不])")
_REST_SAID = re.compile(_REST + r"[^，。]*$")
_ALL_BUT = re.compile(r"除了?[^，。]{1,12}(?:都|全)(?:有|是|符合)")
ALL_NO = re.compile(
    r"^(?:我们?)?(?:这些|以上|上面|这几[样个项条])?(?:我们?)?(?:全?都|统统|一个|一样|哪个|什么|啥)?(?:都|也)?(?:没有?|不是|不|无|否)(?:沾边?|搭边|搞|弄|碰|占)?(?:过|的|了|啊|呢|呀)?[。!！]?$"
)
# 哪一年评的记不得了: of when a title was got.
_OF_A_RECOGNITION = re.compile(r"(?:哪|几)一?[年月].{0,3}(?:评|认定|拿|获)|(?:评|认定|拿|获).{0,4}(?:哪|几)一?[年月]")
_ALL_YES = re.compile(
    r"^(?:这些|以上|上面)?(?:全部?|都|全都)(?:都)?(?:有|是|符合|满足)(?:过|的|了|啊|呀|呢|哦|嘛|吧)*(?=$|[，。；,\s！!])"
)


def answer_checklist(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    offered = [o.id for o in pending.options if o.id in slots()]
    if but := _NONE_BUT.search(text):
        these = [name for name in offered if name in topics() and topics()[name].search(but["this"])]
        for name in these or [i for i in numbered(but["this"], pending) if i in offered]:
            facts[name] = Fact("yes", Source.STATED, text[:60])
    for name in numbered(_REST_SAID.sub("", text), pending):
        if name in offered:
            facts[name] = Fact("yes", Source.STATED, text[:60])
    labels = {o.id: plain(o.label) for o in pending.options}
    clauses = [c for c in re.split(r"[，。；、！\s]+", text) if c and not instructs(c)]
    items = [item for clause in clauses for item in _AND.split(clause)]
    if all(any(_is_item(item, name) for name in offered if name in topics()) for item in items):
        clauses = items  # 贷款和算力
    # 人才、贷款、参展三样都有啥: things are named to be asked about, and none is ticked.
    asked_about = clauses != [] and asks_on(clauses[-1])
    if not asks_us(text):
        for name, clause in itertools.product(offered, clauses):
            topic = topics().get(name)
            if name in facts or topic is None or not topic.search(clause):
                continue
            # 备案做好了，智算服务: a bare item is named beside another that is told.
            if not asked_about and facts.keys() & set(offered) and clause in labels[name]:
                facts[name] = Fact("yes", Source.STATED, clause)
            elif said := read_yes_no(name, [Told(clause)], answers=True):
                facts[name] = said
            elif (
                _ONLY.search(clause)
                or (_is_item(clause, name) and not asked_about)
                or (_WANTS.match(clause) and not DENIES.search(clause) and not names_another_thing(clause, name))
            ):
                facts[name] = Fact("yes", Source.STATED, clause)  # 要算力，其他都没有
    rest = [name for name in offered if name not in facts]
    if but and len(rest) < len(offered):
        facts.update({name: Fact("no", Source.STATED, text[:60]) for name in rest})
        return ()
    ticked = sum(facts[name].value == "yes" for name in offered if name in facts)
    unsure = is_unsure(text) and not _OF_A_RECOGNITION.search(text)
    named = re.search(_REST, text)
    if _REST_OPEN.search(text) or (unsure and (named or len(rest) == len(offered))):
        return tuple(rest)
    if _ALL_BUT.search(text) or _ALL_YES.match(text):
        excepted = {name for name in offered if name in facts} if _ALL_BUT.search(text) else set()
        for name in (*rest, *excepted):
            facts[name] = Fact("no" if name in excepted else "yes", Source.STATED, text[:60])
    elif (
        pattern("nothing_else").search(text)
        or ALL_NO.match(text)
        or HAS_NONE.search(text)
        or REST_NO.match(text)
        or (REST_NO.search(text) and len(rest) < len(offered))  # 有一个，其余没有 does not say which
        or ((_ONLY.search(text) or _NONE_OF_THEM.search(text)) and len(rest) < len(offered))
        or (pattern("no").search(text) and len(text) <= 6 and not facts)
    ):
        for name in rest:
            facts[name] = Fact("no", Source.STATED, text[:60])
    elif (
        ticked > 1  # 海关备过案的 alone is a fact, and no list
        and not (asks_us(text) or unsure or pattern("leaves_open").search(text))
        and all(_is_told(clause, facts) or _says_nothing(clause) for clause in clauses)
    ):
        # Who lists in words several things that apply, and says nothing else, has ticked those and no others.
        for name in rest:
            facts[name] = Fact("no", Source.INFERRED, text[:60])
    return ()


def _is_item(clause: str, slot: str) -> bool:
    """就贷款, 那个算力的: whether a clause is the name of what is listed, and next to nothing besides."""
    item = _BARE_ITEM.match(clause)
    if item is None or DENIES.search(clause):
        return False
    topic = topics()[slot].search(item["item"])
    return topic is not None and len(item["item"]) - len(topic.group()) <= 1


def _is_told(clause: str, facts: Mapping[str, Fact]) -> bool:
    """Whether a clause holds the words of a fact, or says more of one that is so: 有出口，主要发东南亚."""
    if any(fact.words in clause or clause in fact.words for fact in facts.values()):
        return True
    return any(fact.value == "yes" and read_yes_no(slot, [Told(clause)]) for slot, fact in facts.items())


def _says_nothing(words: str) -> bool:
    return not pattern("of_any_answer").sub(" ", words).strip()
