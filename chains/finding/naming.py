"""The words by which a message names its subject: what is left of it without places, question words and talk."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

from chains.language.clauses import pattern
from chains.language.question_words import facet_words
from chains.prompting import read_data
from knowledge.regions import places

_A_WORD = 2
# What every support is: without these words, what is left names the thing.
_HELP = re.compile(r"帮扶|照顾|关照|补贴|补助|奖励|奖金|资金|政策|支持|扶持|优惠|资助|补(?![偿办齐充])|奖")
# Light words: they may belong to a subject (国家, 上市), but a question that has no others names none.
_LIGHT_WORDS = re.compile(
    r"[是有在和与都给要会对把被让做弄搞去来个找钱不没该到得也还又想]|(?<!信)用(?![能地工电气水])|(?<!用)能|(?<!人)才|(?<!安)家|(?<!上)市(?!场)|自己|叫|负责|主管|享受|申请|申报|领取|办理|一次(?:性|付清)|分[几期两三]|就(?![业医餐学读诊])|直接(?=说|讲|告诉|回答|答)"
)


@lru_cache(maxsize=1024)
def content(question: str) -> str:
    """What is left of a question without places and the words that every question has."""
    return re.sub(r"\s+", " ", pattern("of_any_question").sub(" ", without_places(question))).strip(" ，。？！；：、?!")


@lru_cache(maxsize=1024)
def core(question: str) -> str:
    """The words that name a subject; empty for a question that only refers to one named before."""
    return core_words(question).replace(" ", "")


@lru_cache(maxsize=1024)
def core_words(question: str) -> str:
    """The same with blanks where other words stood: 研发 占 is no 发占."""
    return _LIGHT_WORDS.sub(" ", content(facet_words().sub(" ", question)))


@lru_cache(maxsize=1024)
def names_nothing(text: str) -> bool:
    """Whether a message has only words that any talk has, and so is about no entry: 太长了说重点, 你帮我看看吧."""
    pieces = naming_words(in_their_words(text))
    return all(len(piece) < _A_WORD for piece in pieces) and len("".join(pieces)) <= _A_WORD


def naming_words(text: str) -> tuple[str, ...]:
    """What is left of a message without the words that any talk has, piece by piece."""
    left = pattern("of_any_talk").sub(" ", core_words(text))
    return tuple(piece for piece in re.split(r"[\W_]+", left) if piece)


def wordings(question: str) -> tuple[str, ...]:
    """A question as it was put, and, where the documents have another word for what it names, in theirs as well."""
    other = in_their_words(question)
    return (question,) if other == question else (question, other)


@lru_cache(maxsize=1024)
def in_their_words(text: str) -> str:
    """A text with the documents' word for what people call otherwise: 登陆资本市场 → 上市."""
    for word, said in _in_other_words():
        text = said.sub(word, text)
    return text


def said_otherwise(text: str) -> list[str]:
    """The words of a text for which the documents have another: 招个博士, of 引进人才."""
    return [match.group() for _, said in _in_other_words() for match in said.finditer(text)]


@cache
def _in_other_words() -> Sequence[tuple[str, re.Pattern[str]]]:
    return [(row["word"], re.compile(row["said"])) for row in read_data("lexicon")["in_other_words"]]


def longest_run(text: str, title: str) -> str:
    """The longest run of characters that a text shares with a title."""
    match = SequenceMatcher(None, text, title, autojunk=False).find_longest_match()
    return text[match.a : match.a + match.size]


def without_help(words: str) -> str:
    """Words without those for help of any kind (补贴, 奖励, 支持)."""
    return _HELP.sub("", words)


def without_places(text: str) -> str:
    return _city_names().sub("", _where_it_is().sub("", text))


@cache
def _where_it_is() -> re.Pattern[str]:
    """Where somebody says to be (公司在南京溧水); a district elsewhere may be what is asked about."""
    districts = "|".join(re.escape(p.name) for p in places() if p.district is not None)
    return re.compile(
        rf"(?<![\u4e00-\u9fff])(?:我们?|公司|企业|人|厂)?在(?:{_city_names().pattern})?(?:{districts})"
        rf"|(?:{districts})(?=[那这](?:边|里|头|儿))"
    )


@cache
def _city_names() -> re.Pattern[str]:
    """Names of cities, longest first."""
    return re.compile("|".join(re.escape(p.name) for p in places() if p.district is None and len(p.name) >= 2))
