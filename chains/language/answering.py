"""Whether a message answers the yes/no question asked last, or has content of its own, or ends the talk."""

import re
from collections.abc import Mapping
from functools import cache

from chains.language.clauses import asks_us, pattern, value_patterns
from chains.language.yes_no import ARE_RECOGNISED, WHETHER_IT_COUNTS, asked_in, lesser, polarity, topics
from chains.prompting import read_data

# 是, 没有, 好: words that answer whatever is asked, and what may follow 是 besides.
_ANSWERS_ANYTHING = re.compile(
    r"^(?:哦|噢|啊|嗯+|呃|那|好像|应该|我们?|咱们?|我司|公司|企业|厂里?|自己|确实|其实|也|都|还|又|就|目前|现在|暂时)*"
    r"(?P<word>不是|是|没有?|不(?!少|多)|无|否|对|嗯+|有|要|会|在|好|行|可以|ok)(?P<rest>.*)$"
)
_PARTICLES = re.compile(r"^(?:[的了啊呀哦噢哈嘛滴哎诶啦喽]|不?是|对|没?有|嗯)*$")
_DOES = re.compile(
    r"^(?:有|在|要|没|不|做|搞|参与|承担|完成|买|租|用|需|办(?!法)|弄|出|建|备|评|打算|准备|考虑|存在|属于?|算)"
)
_ASSENT, _OF_A_TITLE = frozenset({"好", "行", "可以", "ok"}), re.compile(r"评(?!审)|获评")
_IS_NEW = re.compile(r"新|刚|首|第一|头一")
# 大概吧, 应该是, 不算: how sure one is, and nothing else.
_HEDGES = re.compile(
    r"可能|好像|大概|也许|应该|似乎|估计|算|就|只|才|那|这|嘞|唉|点点|老早|很早|确实|哪个都?行?|随便|无所谓|都行|[,，。.！!~、\s]"
)
_A_LETTER = 1
# 好，谢谢; 没了，就这些: what goes with leave taken answers nothing.
_LEAVE = re.compile(
    r"(?:谢谢?|多谢|感谢|辛苦|麻烦)(?:你|您|了|啦|哈)*|再见|拜拜?|(?:先|就|那就?)?(?:这样|这些|到这)(?:吧|了|啦|哈)*"
    r"|(?:我?(?:知道|明白|了解|懂|清楚)|没(?:什么|啥)?(?:事|问题))(?:了|啦)*|[回晚下][头次点](?:再)?[说聊来问看]"
)
_MERE = re.compile(r"(?:好|行|可以|ok|嗯+|对|是|哦|噢|没有?[了啦])(?:的|了|啦|吧|呀|嘞|没了|好|对|是)*")
# 不对 我们在丹阳: what is put right is what was told before, and no question is answered.
_PUTS_RIGHT = re.compile(
    r"^(?:(?:哦|噢|啊|呃|额|哎呀?|不好意思|抱歉|对不起|我|刚才)[，,\s]*)*(?:不对|[说打写讲填弄搞记]错|口误|更正|纠正)了?[，,。:：\s]*"
)
# 是我瞎说的, 随口讲的，不作数; 你别瞎说 is said of us.
_RETRACTS = re.compile(
    r"^(?!.*(?:你们?|您|别|不要|机器人?|客服|政府)[^，。；]{0,4}(?:瞎|乱|胡))"
    r"(?=.*(?:刚[才刚]?|前面|之前|上面|我|那[个条句])).*(?:(?:瞎|乱|胡)(?:说|讲|编|猜|填|写|扯)|随(?:口|便)(?:说|讲|编|填|写|一?说)的|(?:我|是)(?:猜|编|蒙|估)的|开个?玩笑|闹着玩的|(?<!说话)(?<!算)不(?:作|算)数|当我没[说讲])"
)

# 我们还没评上, 我们不是小巨人: that what is talked of is not held.
_NOT_YET = re.compile(
    r"^(?:不是?[，,\s]+)?(?:我们?|咱们?|公司)?(?:都|也|现在|目前)*(?:还|压根|根本)?没(?:有)?(?:评上|拿到|批下来|认定|获评)(?!过|的(?:企业|公司|单位|厂|人))(?![^，。；！!\s]*(?:省|小巨人|冠军|创新型))"
    r"|^(?:我们?|咱们?|公司)?(?:都|也|现在|目前)*(?:还|压根|根本|并|又)?不是(?:国家级?|省级)?的?(?:专精特新|小巨人|单项冠军|省专)(?![^，。；]*(?:能|可以|行|吗|[?？]))"
)
# 我刚说了都没有。我就想知道先评啥: that nothing is held, however much is said after it.
_NONE_AT_ALL = re.compile(
    r"^(?:我?(?:刚才?|前面|早就?|都)?(?:说|讲)(?:过|了)+)?(?:我们?|咱们?|公司)?(?:都|全|[啥也]|什么)+(?:还)?没(?:有|评|拿|得)(?:过|上|到)?[的了呢啊呀]?(?=$|[，。；！!\s])"
)
# 有啥帮衬的没: the last word asks.
_ASKS_AFTER = re.compile(r"有(?:啥|什么|哪些|点)[^，。；\s]{1,8}没有?[呢啊]?[?？]?$")
# 你要是不知道就说不知道: of us, and not of the firm; 真不知道怎么划的: wonders aloud.
_OF_US = re.compile(r"[你您][^，。；我]{0,6}(?:不知道|不清楚|不晓得|不懂|搞不清)[^，。；]{0,8}")
_WONDERS = re.compile(r"(?:不知道|不清楚|不晓得|搞不清|弄不清|说不清|不懂)[^，。；？?]*|忘了[^，。；？?\s]*")
DENIES = re.compile(r"没|不|无|未|非")


def is_unsure(text: str) -> bool:
    """Whether a message says that one does not know: 租房那个忘了，硕士几百来着 asks instead."""
    text = _OF_US.sub(" ", text)
    return pattern("unsure").search(text) is not None and not (asks_us(text) and asks_us(_WONDERS.sub(" ", text)))


def is_mere_answer(text: str) -> bool:
    """有的, 嗯 对的, 就一点, 老早评的, 私的: whether a message has next to no word but such as answer a question."""
    left = pattern("of_any_answer").sub("", _HEDGES.sub("", text))
    return len(left) <= _A_LETTER and not pattern("question").search(text)


def takes_leave(text: str) -> bool:
    """好，谢谢; 没了没了，拜拜: whether a message ends the talk, and has no more of an answer than a bare word."""
    parts = [part for part in re.split(r"[，。；！!~\s]+", text) if part]
    left = [part for part in parts if not _LEAVE.fullmatch(part)]
    return len(left) < len(parts) and all(_MERE.fullmatch(part) for part in left)


def begins_with_answer(text: str) -> bool:
    """没有，谢谢; 没有，我们没承担: whether the first clause of a message is a bare yes or no."""
    first = next((part for part in re.split(r"[\W_]+", text) if part), "")
    bare = _ANSWERS_ANYTHING.match(first)
    return bare is not None and _PARTICLES.match(bare["rest"]) is not None


def is_answer(words: str, slot: str) -> bool:
    """Whether a clause answers the question of a slot: by its own words, or a bare yes or no with nothing of its own.

    有的, 没做过, 有两个 do; 是2024年评的, 不急, 没时间, 好 do not.
    """
    topic, asked = topics().get(slot), asked_in(slot)
    if WHETHER_IT_COUNTS.search(words) or _ASKS_AFTER.search(words):
        return False
    if topic is not None and topic.search(words):
        return True
    wanted = _wanted().get(slot)
    if (wanted and wanted.search(words)) or any(r.search(words) for _, r in value_patterns().get(slot, ())):
        return True
    if (slot in ARE_RECOGNISED and _IS_NEW.search(words)) or lesser(slot, words):
        return True  # 都是自己立项, asked of a task of the state
    if _OF_A_TITLE.search(words) and slot not in ARE_RECOGNISED:
        return False
    bare = _ANSWERS_ANYTHING.match(words)
    left = pattern("of_any_answer").sub(" ", words).split()
    if any(word[i : i + 2] in asked for word in left for i in range(len(word) - 1)) or bare is None:
        return True
    word, rest = bare["word"], bare["rest"]
    if _PARTICLES.match(rest) or rest == "的事":
        return word not in _ASSENT and (word, rest) != ("对", "了")
    if polarity(words, answers=True) is not None:
        return True
    if word in {"是", "不是", "不", "对", *_ASSENT} and not (_DOES.match(rest) or rest[0] in asked):
        return False
    return all(word in asked for word in left)


@cache
def _wanted() -> Mapping[str, re.Pattern[str]]:
    return {slot: re.compile(match) for slot, match in read_data("lexicon")["wanted"].items()}


def puts_right(text: str) -> bool:
    """Whether a message begins with taking back what was told before: 不对 注册过."""
    return _PUTS_RIGHT.match(text) is not None


def retracts(text: str) -> bool:
    """刚才那个是我瞎说的, 当我没说: whether a message says that what was told before was not meant."""
    return _RETRACTS.search(text) is not None


def names_a_fact(text: str) -> bool:
    """我没说我是国企, 谁说要买算力: whether some words name anything that can be noted."""
    named = (regex for rows in value_patterns().values() for _, regex in rows)
    return any(regex.search(text) for regex in (*named, *topics().values()))


def without_taking_back(text: str) -> str:
    """A message without 不对, 说错了 at its beginning."""
    return _PUTS_RIGHT.sub("", text)


def holds_none(text: str) -> bool:
    """都没有，民营的，三十个人: whether an answer begins by saying that nothing at all is held."""
    return _NONE_AT_ALL.match(text) is not None


def is_not_yet(text: str) -> bool:
    """我们还没评上: the titles talked of are not held."""
    return _NOT_YET.match(text) is not None
