"""What a word of a document means, in its own words or not at all; and what a thing is good for."""

import re
from collections.abc import Sequence

from chains.eligibility import Finding
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.prompting import wording
from chains.telling.words import Words
from knowledge.support import Support

# 首次是啥意思: what a word of the document means.
_MEANS = re.compile(
    r"(?:什么叫|啥叫|怎么理解|咋理解)(?:做)?[“\"]?(?P<asked>[\u4e00-\u9fff]{2,8})"
    r"|[“\"]?(?P<term>[\u4e00-\u9fff]{2,10}?)[”\"]?(?:[那这]一?[个条项])?\s?(?:到底|究竟|具体)?(?:[是指]|是指)?(?:个)?"
    r"(?:(?:什么|啥)(?:意思|含义|概念)|(?P<how>(?:咋|怎么)个?回事))"
    r"|(?P<letters>[a-z]{2,6})[”\"]?(?:[那这]个|这东西)?(?:到底|究竟)?又?[是指](?:的是|个)?(?:什么|啥)"
    r"|(?:什么|啥)(?:才?是|叫)[“\"]?(?P<called>[a-z]{2,6})"
    r"|(?:^|[，。；\s])(?:那|这个?)?[“\"]?(?P<thing>[\u4e00-\u9fff]{2,10}?)[”\"]?(?:到底|究竟)?(?:又)?(?:是(?:个)(?:什么|啥)(?:东西|玩意儿?|名堂|鬼)?)(?=$|[，。；\s?？呢呀啊])"
    r"|(?:^|[，。；\s])(?:这|那|我们)?(?:也|还|都)?(?:算不算|算是?(?![力法账了下不]))(?P<counted>[\u4e00-\u9fff]{2,4}?)(?:[吗么吧嘛?？]|(?<=算不算..)$)"
)
# 没有钱那它有啥用, 图个啥: what comes of a thing is asked.
_USE = re.compile(
    r"(?:有|顶|管|起|派)(?:个|点)?(?:什么|啥|多大|毛)(?:用|作用|用处|好处|意义|意思(?!是))|(?:用处|好处|作用|意义)(?:在|是|有)(?:哪|什么|啥)|(?:图|图个|为)(?:什么|啥|的啥)(?=$|[，。；？?呢啊呀])|(?:能|会|可以)?(?:给|带来|有)(?:我们?|企业)?(?:什么|啥)好处"
)
_A_GIFT = re.compile(r"[奖补]|资助|贴息|资金|基金|券|元|优惠|减免|免税|免费")
_A_WORD, _FEW = 2, 3
# 上浮至2400元; 全额还是多加的.
_COMES_TO = re.compile(r"(?:上浮|提高|增加|上调|涨|提升)[至到]")
_ADDED_OR_ALL = re.compile(
    r"(?:全额|总额|一共|总共|全部|拢共|到手)[^，。；]{0,6}还是|还是[^，。；]{0,8}(?:全额|总额|一共|总共|全部)|(?:多|另外?|额外|再|又)[加给发补](?:的|了)?[吗么吧?？]|还是[^，。；]{0,6}(?:多|另|额外|再)[加给发补]"
)


def meaning(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """首次是啥意思: that the document uses the word and does not explain it."""
    match = _MEANS.search(text)
    if match and (letters := match["letters"] or match["called"]):
        return _stands_for(words, findings, letters)
    said = (match["asked"] or match["term"] or match["thing"] or match["counted"]) if match else ""
    key = "question_word.undefined" if match and match["counted"] else "question_word.unexplained"
    how = match is not None and match["how"] is not None
    as_term = match is not None and match["term"] is not None and not how
    for finding in findings[:_FEW]:
        support = finding.support
        names = {plain(name) for name in (support.title, *support.aliases)}
        for condition in (None, *support.when):
            quote = plain(condition.quote if condition else support.benefit.quote)
            # 小巨人100万那个首次: the longest end of what is said that stands there.
            said = said.removesuffix("的")
            term = next((said[i:] for i in range(len(said) - 1) if said[i:] in quote), "")
            term = "" if match and match["thing"] and len(term) < len(said) - 1 else term  # 无感供地是个啥
            is_open = any(term in plain(point) for point in support.open_points)
            if (
                len(term) < _A_WORD
                or (term in names and not (as_term or _is_only_named(quote, term)))
                or (
                    how and term == plain(support.title) and not _of_elsewhere(quote, term)
                )  # 算力券是怎么回事: what it is for is told
                or is_open
                or _explains(quote if match and match["counted"] else plain(finding.document.text), term)
            ):
                continue
            if any(regex.fullmatch(term) for _, regex in value_patterns()["tiers"]) or pattern("other_titles").search(
                term
            ):
                continue
            return wording(key, word=term, mark=words.condition_mark(finding, condition))
    return None


def _stands_for(words: Words, findings: Sequence[Finding], letters: str) -> str | None:
    """AEO是啥: what a document puts the letters beside (“经认证的经营者”(AEO)), and that it explains no more."""
    for finding in findings[:_FEW]:
        support, mark = finding.support, words.benefit_mark(finding)
        quote = plain(support.benefit.quote)
        named = rf"(?P<name>[\u4e00-\u9fff、]{{3,}})[”\"]?[（(]{letters}[）)]"
        beside = next((m for text in (plain(support.title), quote) if (m := re.search(named, text))), None)
        if beside:
            return wording("question_word.stands_for", word=letters.upper(), name=beside["name"], mark=mark)
        if letters in quote:
            return wording("question_word.unexplained", word=letters.upper(), mark=mark)
    return None


def use(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """没有钱那它有啥用, of what gives no money: that nothing is written of what comes of it but what it says."""
    if not _USE.search(text) or len(findings) > _FEW or any(gives(finding.support) for finding in findings):
        return None
    marks = "".join(dict.fromkeys(words.benefit_mark(finding) for finding in findings))
    return wording("question_word.no_use", mark=marks)


def _is_only_named(quote: str, term: str) -> bool:
    """Whether a text prints a term as the name of something that exists elsewhere: 用好"设备担", 汇总征税等."""
    return re.search(rf"[“\"]{re.escape(term)}[”\"]", quote) is not None


def _of_elsewhere(quote: str, term: str) -> bool:
    """Whether a text only sends to something of that name: 用好国家和省级“首贷贴息”、“设备担”."""
    return re.search(rf"用好[^，。；]*[“\"]{re.escape(term)}", quote) is not None


def _explains(text: str, term: str) -> bool:
    """Whether a text says what a word of it means: 主导制定(第一起草人), X是指."""
    return f"{term}是指" in text or re.search(rf"{re.escape(term)}[^，。；]{{0,4}}[（(]", text) is not None


def gives(support: Support) -> bool:
    """Whether a support is money or its like, or speaks of any."""
    return support.benefit.amount_cny is not None or _A_GIFT.search(support.benefit.quote) is not None


def comes_to(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """那2400是全额还是多加的, of 上浮至2400元/月: that it is what it comes to, and not what is added."""
    reached = _COMES_TO.search(findings[0].support.benefit.quote)
    if reached is None or not _ADDED_OR_ALL.search(text):
        return None
    return wording("question_word.comes_to", word=reached.group(), mark=words.benefit_mark(findings[0]))
