"""Does a sentence that a model wrote say only what its citations say? One fault is enough; no wording is known here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chains.citation import MARK, markers
from chains.eligibility import Finding, Status
from chains.language.places import find_places
from chains.prompting import read_data
from chains.reply import Citation
from knowledge.figures import Figure, read_figures

_LEAST_COVERED = 0.5  # of a sentence's pairs of characters
_CLOSER_BY = 0.25  # another quote that holds so much more of a sentence is the one it speaks of
_LIKE, _LESS_LIKE = 0.6, 0.1
_A_QUOTE = 8  # characters that a person would call quoted

_ADDRESS = re.compile(r"https?:|www\.|[\w.]+@[\w.]+|\.(?:com|cn|gov)\b|(?<!\d)1[3-9]\d{9}(?!\d)|0\d{2,3}[- ]?\d{7,8}")
_MODEL_TALK = re.compile(
    r"作为(?:一[个名])?(?:ai|人工智能|语言模型|助手)|语言模型|系统提示|提示词|prompt|</?\w+>", re.I
)
_PROMISE = re.compile(r"一定|肯定|必然|必定|绝对|保证|包(?:过|拿|您|你)|稳(?:拿|过|妥)|放心|没问题|百分之?百|承诺")
_POSITIVE = re.compile(
    r"(?:可以?|能够?|有资格)(?:直接)?(?:申请|申报|享受|领取?|拿到?|获得|得到)|符合|满足|够条件|有资格|达标"
)
_NEGATIVE = re.compile(
    r"(?:不|未|没有?|无法|尚不|还不)(?:能|可以?)?(?:直接)?(?:符合|满足|申请|申报|享受|领取?|拿到?|获得|达标)|没资格|不够条件|不行"
)
_REQUIRED = re.compile(r"(?:要|须|需要?|应当?|要求|必须|前提是|条件是|只要|如果|若|是否|能否|可否)[^，。；]{0,12}$")
_TO_PERSON = re.compile(r"您|你们?|贵(?:公司|司|企业)|咱")
_VALID_NOW = re.compile(
    r"(?<![不未])(?:现行|(?:仍|还|目前|现在|正)(?:然|在)?(?:有效|执行|可以?申[请报领]|能申[请报领]|可享受)|有效期内|仍可|还能)"
)
_ENDED = re.compile(
    r"(?:文件|政策|措施|计划|办法|通知|规定)[^，。；]{0,8}(?:过期|到期|失效|废止|届满|停止)|已经?(?:过期|失效|废止)|征求意见稿"
)
_SILENCE = re.compile(r"(?:没有?|未)(?:写|提|说|明确|规定|列|载明|涉及|给出|具体)")
_WRITTEN = re.compile(r"(?:文件|原文|稿子|里面?)[^，。；]{0,3}(?:写|说|规定|列)[了明清出着]")
_NEGATOR = re.compile(r"不是|并非|不用|不必|不需要?|无需|无须|不得|不再|不予|不能|没有|不|未|无|免|非")
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{1,10}?(?:局|委员会|发改委|厅|中心|办公室|协会|银行|公司(?=负责|办理)|海关|法院|集团)"
)
_BETWEEN_NAMES = re.compile(r"[、，。：；\s是由和及与向（）]+")
_BEFORE_NAME = re.compile(r"在|由|问|找|向|是|和|与|及|或者?|归|到")
_QUOTED = re.compile(r"[“\"]([^”\"]{2,60})[”\"]|《([^》]{2,60})》")
_REFERENCE = re.compile(
    r"第[一二三四五六七八九十百\d]+(?:条|款|项|章|部分)(?:之[一二三四五六七八九十\d]+)?|（[一二三四五六七八九十]+）"
)
_CJK = re.compile(r"[\u4e00-\u9fffa-z0-9]+", re.I)
# Words that make more of a thing than it is: a duty of what may be, all of some, a share of a sum.
_STRONGER = re.compile(
    r"必须(?!满足)|应当|应该|务必|一律|所有|全部|任何|各类|凡是?|统统|一般都?|都(?=[能给有奖补可]|放宽|享受)|只要|只有|仅限?|只[限给能]"
    r"|每[\u4e00-\u9fff]|已经?(?!在)|[一二三四五六七八九十两\d]成半?(?![立本果员分功为长交效就品])|[一二三四五六七八九十两\d]+倍|一半|半数"
    r"|[二三四五六七八九十两]+(?:年|家|次|名|人|批)"
)
_KIND = re.compile(r"(?:中小微|小微|中小|小型微利|小型|微型|中型|大型|民营|国有|私营|外资|合资|规上|上市)企业")
_POINTS = re.compile(r"个?(?:百分)?点$")

# What is said about a figure, before it or after it: two sentences that differ in one of these say different things.
_BEFORE = {
    "cap": re.compile(r"最高|不超过|不高于|上限|封顶|不多于|至多|最多|(?<!不)低于|(?<!不)小于|不大于|以内"),
    "floor": re.compile(r"不低于|不少于|不小于|至少|(?<!不)超过|(?<!不)高于|(?<!不)大于|(?<!不)多于|突破|最低|起码"),
    "about": re.compile(r"约|大概|将近|接近|近"),
    "each": re.compile(r"每|年度|按月|按年|逐年|年均|[一全]年"),
    "sum": re.compile(r"累计|总额|合计|一共|总共|共计"),
}
_AFTER = {
    "cap": re.compile(r"^(?:元|人民币)?(?:以内|以下|封顶|为限|为上限|的?上限)"),
    "floor": re.compile(r"^(?:元|人民币)?(?:以上|起|打底)"),
    "about": re.compile(r"^(?:元|人民币)?(?:左右|上下|多|余)"),
    "each": re.compile(r"^(?:元)?(?:每年|每月|一年|一个月|/年|/月|/人|每人|每家)"),
}
_REACH = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sentences of one answer are held against.

    `points` are the lines made from data, each with its marks: nothing beyond them may be claimed. `profile` are the
    enterprise's facts in plain words and the person's own words: names in them may be said again.
    """

    citations: Mapping[int, Citation]
    points: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    profile: str = ""

    def around(self, marks: Iterable[int]) -> str:
        """The quotes of some marks, what the data say with them, and where they stand."""
        wanted = set(marks)
        cited = [self.citations[n] for n in wanted]
        named = [f"{c.document_title} {c.label} {c.heading} {c.quote}" for c in cited]
        return "\n".join([*named, *(p for p in self.points if wanted & set(markers(p)))])


def fault_of(sentence: str, evidence: Evidence) -> str | None:
    """Why a sentence may not be shown, in one word for the trace; None for one that may."""
    marks = markers(sentence)
    if any(n not in evidence.citations for n in marks):
        return "unknown_citation"
    if not marks:
        return "no_citation"
    plain = _squeezed(MARK.sub("", sentence))
    quotes = _squeezed("\n".join(evidence.citations[n].quote for n in dict.fromkeys(marks)))
    data = _squeezed("\n".join(p for p in evidence.points if set(marks) & set(markers(p))))
    around = _squeezed(evidence.around(marks))
    rest = _without_quotes(plain, quotes, around)
    is_silent = _SILENCE.search(plain) is not None
    if _ADDRESS.search(plain):
        return "address"
    if _MODEL_TALK.search(plain):
        return "model_talk"
    if not is_silent and (fault := _narrowing_fault(plain, quotes if read_figures(plain) else f"{quotes}\n{data}")):
        return fault
    if not _CJK.search(rest):
        return None  # nothing but quotes
    told = "\n".join(line for line in around.split("\n") if is_silent or not _SILENCE.search(line))
    return (
        _promise_fault(rest, around)
        or _figure_fault(plain, quotes, data, is_quote=not _CJK.search(_without_quotes(plain, quotes, "")))
        or _name_fault(rest, around, evidence)
        or _verdict_fault(rest, around, evidence)
        or (_verdict_fault(plain, around, evidence) if _TO_PERSON.search(plain) else None)
        or _lifecycle_fault(rest, around, marks, evidence)
        or _negation_fault(plain, quotes, data)
        or _strength_fault(plain, f"{quotes}\n{data}")
        or _word_fault(plain, told + _squeezed(evidence.profile))
        or _support_fault(plain, around, marks, evidence)
    )


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, without marks, blanks, punctuation and words that tell nothing."""
    plain = _empty_words().sub(" ", MARK.sub(" ", _squeezed(text)).lower())
    return frozenset(run[i : i + 2] for run in _CJK.findall(plain) for i in range(len(run) - 1))


def covered(text: str, by: str) -> float:
    """The share of a text's pairs that stand in another; 1 where there are none."""
    own = pairs(text)
    return len(own & pairs(by)) / len(own) if own else 1.0


@cache
def _empty_words() -> re.Pattern[str]:
    return re.compile(read_data("lexicon")["telling_nothing"])


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\u3000*]+", "", text)


def _without_quotes(plain: str, quotes: str, around: str) -> str:
    """A sentence without what it takes over word for word: long stretches of its quotes, and what it puts in “ ”."""
    left, at = "", 0
    while at < len(plain):
        length = _A_QUOTE
        while at + length <= len(plain) and plain[at : at + length] in quotes:
            length += 1
        if length > _A_QUOTE:
            left, at = left + " ", at + length - 1
        else:
            left, at = left + plain[at], at + 1
    return _QUOTED.sub(lambda m: " " if (m.group(1) or m.group(2)) in around else m.group(), left)


def _promise_fault(rest: str, around: str) -> str | None:
    return "promise" if any(m.group() not in around for m in _PROMISE.finditer(rest)) else None


def _figure_fault(plain: str, quotes: str, data: str, *, is_quote: bool) -> str | None:
    """A figure has to stand in the quotes and in the data, and with what is said about it there."""
    quoted, told = _by_value(quotes), _by_value(data)
    for figure, said in _qualified(plain):
        key = (_kind(figure), figure.value)
        if key not in quoted and not (figure.kind == "date" and key in told):
            return f"unsupported_number {figure.words}"
        if not is_quote and key not in told:
            return f"another_number {figure.words}"
        if said not in (*quoted.get(key, ()), *told.get(key, ())):
            return f"changed_number {figure.words}"
    return None


def _by_value(text: str) -> Mapping[tuple[str, Decimal], list[frozenset[str]]]:
    found: dict[tuple[str, Decimal], list[frozenset[str]]] = {}
    for figure, said in _qualified(MARK.sub("", text)):
        found.setdefault((_kind(figure), figure.value), []).append(said)
    return found


def _kind(figure: Figure) -> str:
    """20 points more are not 20 %."""
    return "points" if _POINTS.search(figure.words) else figure.kind


def _qualified(text: str) -> Iterator[tuple[Figure, frozenset[str]]]:
    """The figures of a text, each with the kinds of things that are said about it."""
    last = 0
    for figure in read_figures(text):
        before = re.split(r"[，。；：\n]", text[max(last, figure.start - _REACH) : figure.start])[-1]
        after = text[figure.end : figure.end + 6]
        said = {kind for kind, regex in _BEFORE.items() if regex.search(before)}
        said |= {kind for kind, regex in _AFTER.items() if regex.search(after)}
        yield figure, frozenset(said)
        last = figure.end


def _name_fault(rest: str, around: str, evidence: Evidence) -> str | None:
    known = around + _squeezed(evidence.profile)
    offices = {name for name in _BETWEEN_NAMES.split(around) if _NAMED.fullmatch(name)}
    for match in _NAMED.finditer(rest):
        name = _BEFORE_NAME.split(match.group())[-1]
        if name not in around and not any(name.endswith(office) for office in offices):
            return f"unsupported_name {match.group()}"
    for match in _QUOTED.finditer(rest):
        quoted = match.group(1) or match.group(2)
        if quoted not in known:
            return f"misquoted {quoted}"
    for match in _REFERENCE.finditer(rest):
        if match.group() not in around:
            return f"unknown_citation {match.group()}"
    for place, _, _ in find_places(rest):
        if place.name not in known and place.name.removesuffix("市") not in known:
            return f"unsupported_name {place.name}"
    for word in read_data("lexicon")["telling_words"]:
        if word in rest and word not in known:
            return f"unsupported_name {word}"
    return None


def _verdict_fault(rest: str, around: str, evidence: Evidence) -> str | None:
    """A verdict is the rules' to say, and they have said it: a sentence that gives one is not shown."""
    statuses = {f.status for f in evidence.findings}
    for regex, agreeing in (
        (_NEGATIVE, {Status.INELIGIBLE, Status.NOT_IN_FORCE}),
        (_POSITIVE, {Status.ELIGIBLE, Status.CONDITIONAL}),
    ):
        for match in regex.finditer(rest):
            before = re.split(r"[，。；]", rest[: match.start()])[-1]
            if _REQUIRED.search(before) or _SILENCE.search(rest[: match.start()]):
                continue
            if not _TO_PERSON.search(rest) and not statuses and match.group() in around:
                continue
            return "verdict" if statuses and statuses <= agreeing else "against_rules"
    return None


def _lifecycle_fault(rest: str, around: str, marks: Iterable[int], evidence: Evidence) -> str | None:
    states = {evidence.citations[n].lifecycle for n in marks}
    valid, ended = _VALID_NOW.search(rest), _ENDED.search(rest)
    if states - {"in_force"} and valid and valid.group() not in around:
        return "lifecycle"
    if "in_force" in states and ended and ended.group() not in around:
        return "lifecycle"
    return None


def _negation_fault(plain: str, quotes: str, data: str) -> str | None:
    if silence := _SILENCE.search(plain):
        silent = [p for p in data.split("\n") if _SILENCE.search(p)]
        if not any(covered(plain[silence.end() :], p) >= _LEAST_COVERED for p in silent):
            return "false_silence"
    elif written := _WRITTEN.search(plain):
        claimed = plain[written.end() :]
        if any(covered(claimed, p) > covered(claimed, quotes) for p in data.split("\n") if _SILENCE.search(p)):
            return "false_silence"
    known = f"{quotes}\n{data}"
    denied, denied_there = set(_negated(plain)), set(_negated(known))
    for word in denied - denied_there:
        if word in known:
            return f"negation {word}"
    for word in denied_there - denied:
        if word in plain and not _stands_plain(word, known):
            return f"negation {word}"
    return None


def _negated(text: str) -> list[str]:
    """The two characters after each negation; what is not written, and 有没有, deny nothing."""
    found = []
    for match in _NEGATOR.finditer(text):
        if _SILENCE.match(text, match.start()) or text[match.start() - 1 : match.start()] == match.group()[-1]:
            continue
        word = text[match.end() : match.end() + 2]
        if len(word) == 2 and all("\u4e00" <= c <= "\u9fff" for c in word):
            found.append(word)
    return found


def _stands_plain(word: str, text: str) -> bool:
    """Whether a word stands somewhere in a text without a negation before it."""
    return any(not _NEGATOR.search(text[max(0, m.start() - 2) : m.start()]) for m in re.finditer(re.escape(word), text))


def _strength_fault(plain: str, around: str) -> str | None:
    """A duty, a whole, a share or a kind of enterprise has to stand in the data as it is said."""
    for match in (*_STRONGER.finditer(plain), *_KIND.finditer(plain)):
        word = match.group()
        if word not in around and not (word == "已经" and "已" in around):
            return f"stronger {word}"
    return None


def _narrowing_fault(plain: str, known: str) -> str | None:
    """What narrows something down wherever it is known, and is lost although the thing itself is spoken of."""
    for word, ways in _narrowing().items():
        after = {known[m.end() : m.end() + n] for m in re.finditer(word, known) for n in (2, 4)}
        always = {head for head in after if len(head) > 1 and not re.search(f"(?<!{word}){re.escape(head)}", known)}
        if any(head in plain for head in always) and not any(way in plain for way in ways):
            return f"wider {word}"
    return None


def _word_fault(plain: str, told: str) -> str | None:
    """A word that neither stands in the data nor is one of those in which a sentence may differ from them."""
    known = [False] * len(plain)
    for regex in (_ways_of_saying(), _QUOTED):
        for match in regex.finditer(plain):
            known[match.start() : match.end()] = [True] * len(match.group())
    for figure in read_figures(plain):
        known[figure.start : figure.end] = [True] * (figure.end - figure.start)
    for i in range(len(plain) - 1):
        if plain[i : i + 2] in told:
            known[i] = known[i + 1] = True
    strange = "".join(c if not is_known and _CJK.match(c) else " " for c, is_known in zip(plain, known, strict=True))
    return f"unsupported_word {strange.split()[0]}" if strange.split() else None


@cache
def _ways_of_saying() -> re.Pattern[str]:
    return re.compile(re.sub(r"\s", "", read_data("lexicon")["ways_of_saying"]).replace("||", "|"))


def _narrowing() -> Mapping[str, Sequence[str]]:
    narrowing: Mapping[str, Sequence[str]] = read_data("lexicon")["narrowing"]
    return narrowing


def _support_fault(plain: str, around: str, marks: Iterable[int], evidence: Evidence) -> str | None:
    known = around + _squeezed(evidence.profile)
    if max(covered(plain, known), covered(_ways_of_saying().sub(" ", plain), known)) < _LEAST_COVERED:
        return "unsupported"
    own, wanted = covered(plain, around), set(marks)
    others = [n for n in evidence.citations if n not in wanted]
    if any(covered(plain, _squeezed(evidence.around([n]))) > own + _CLOSER_BY for n in others):
        return "unsupported_by_its_citation"
    # Two clauses may say nearly the same of different things: a sentence cites what the point that it takes up cites.
    parts = [part for point in evidence.points for part in re.split(r"(?<=\])；", _squeezed(point)) if markers(part)]
    best = max((_likeness(plain, part) for part in parts), default=0.0)
    cited = max((_likeness(plain, part) for part in parts if wanted & set(markers(part))), default=0.0)
    return "unsupported_by_its_citation" if best >= _LIKE and cited < best - _LESS_LIKE else None


def _likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    first, second = pairs(one), pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0
