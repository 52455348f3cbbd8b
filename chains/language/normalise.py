"""Writes what a person typed in one plain form before it is read: width, script, invisible marks, spelling.

The raw text is kept by whoever stores the message. Linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from chains.language.letters import in_letters
from chains.prompting import read_data

_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}
_REPEATED = re.compile(r"([!！?？。，,~、…])\1+")
_FULL_WIDTH = {",": "，", ";": "；", "?": "？", "!": "！", ":": "："}
_PUNCTUATION = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;?!]")
# After one of these a word begins.
_BEFORE_A_WORD = frozenset("在到去来们是问从于和跟与那就说司厂业家了的想要给有由")
_FIRM_WORDS = frozenset({"股份", "科技", "集团", "实业", "有限", "电子", "机械", "公司"})
# What nearly every text consists of, and what stays as it is.
_PRINTED = re.compile("[\n -~\u4e00-\u9fff、。《》【】“”‘’—]*")
# A message may have 2,000 characters; some of them are written out as many (ligatures).
_LONGEST = 4000
_STRETCH = 512
# A word of so many characters is heard whether or not -n and -ng are told apart: 淮上因才.
_LONG = 4
# Put around a word written out from pinyin: between two of these a blank parts syllables, not sentences.
_PINYIN = "\x00"
_BETWEEN_PINYIN = re.compile("\x00 \x00")
# 有这种办法没得: what dialects say for 没有.
_HAVE_NOT = re.compile(r"(?<=有)没得|没得(?=$|[？?，。])")
# 三个多亿: three hundred million and more.
_COUNTED_SUM = re.compile(r"(?<=[一二两三四五六七八九十\d])个多?(?=亿)")
# 那单冠捏, 奖励咧: what dialects end a question with.
_PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff])[捏咧嘞](?=[?？]?$)")
# 要不要掏钱伐: the same for 吗.
_WHETHER = re.compile(r"(?<=[\u4e00-\u9fff])(?<![对是讨砍步])伐(?=$|[？?，。\s])")
# 我盐城的啊大哥: who is called out to, after what ends a sentence.
_CALLS = re.compile(
    r"(?<=[啊呀呢吧哎哈嘛呐])[，\s]*(?:大哥|老哥|小哥|大姐|小姐姐|老兄|兄弟|哥们儿?|亲|师傅|老师|同志|哥|姐)(?=$|[，。！？?])"
)
# 是免费的吗[捂脸]: what a chat platform writes for a picture; 在[南京] is a word.
_PICTURE = re.compile(r"(?<=[\u4e00-\u9fff？。！~])(?<![在是])\[[\u4e00-\u9fff]{1,4}\]")
# 到底奖多少, 文号是具体多少: what only stresses a question word.
_STRESS = re.compile(
    r"真正的?(?=[\u4e00-\u9fff]{2})|(?:到底|究竟|具体)(?=(?:是|有|要|能|会|给|补|奖|拿)?(?:多少|怎么|什么|啥|哪|几|谁|咋))"
)
# 国家级专精特新“小巨人”: the title in full, which nothing else is called.
_IN_FULL = re.compile(r"国家级?的?专精特新的?[“‘\"']?小巨人[”’\"']?")
# 那冠军呢: the one title that is called so.
_CHAMPION = re.compile(r"(^(?:那么?)?[个家]?)冠军(?!赛)")
# 民企 1 算力券有没有 2 转贷能用多少: where a numbered part begins.
_NUMBER = re.compile(r"(?:(?<=[\s，。；！？?])|^)(?P<number>[1-9])(?:[、.)）]\s*|\s+)(?=[\u4e00-\u9fffa-z])")
_TWO = 2
# 我们在盐城……打错了，是南京: a break, no end.
_DOTS = re.compile(r"\.{2,}")
# 到25年要多少家: the year by its last two figures.
_SHORT_YEAR = re.compile(r"(?<=[到至止在])(?P<year>2[2-9])年(?!前|了|多|以(?!前)|来)")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


@lru_cache(maxsize=2048)
def normalise(text: str) -> str:
    """What a person typed: plain, with common misspellings put right and words taken for what they sound like."""
    pattern, right = _spellings()
    whole = _parted(_DOTS.sub("，", _PICTURE.sub(" ", plain(text)[:_LONGEST]))).strip("， ")
    spelt = in_letters(pattern.sub(lambda m: _written(m.group(0), right[m.group(0)]), whole))
    spelt = _SHORT_YEAR.sub(r"20\g<year>年", spelt)
    spelt = _CHAMPION.sub(r"\1单项冠军", _HAVE_NOT.sub("没有", _COUNTED_SUM.sub("", spelt)))
    spelt = _IN_FULL.sub("小巨人", _STRESS.sub("", _CALLS.sub("", _WHETHER.sub("吗", spelt))))
    return _PARTICLE.sub("呢", _as_heard(_BETWEEN_PINYIN.sub("", spelt).replace(_PINYIN, "")))


def _parted(text: str) -> str:
    """南京省专 1 算力券有没有 2 转贷能用多少: what is numbered is told apart."""
    marks = [*_NUMBER.finditer(text)]
    numbers = [int(mark["number"]) for mark in marks]
    if len(marks) < _TWO or numbers != [*range(1, len(marks) + 1)]:
        return text
    return _NUMBER.sub("，", text)


def _written(variant: str, word: str) -> str:
    return f"{_PINYIN}{word}{_PINYIN}" if variant.isascii() else word


@lru_cache(maxsize=32768)
def plain(text: str) -> str:
    """Half width, simplified, lower case, without invisible or combining marks; Chinese punctuation stays Chinese."""
    text = _simplify(text if _PRINTED.fullmatch(text) else _visible(text)).lower()
    text = _PUNCTUATION.sub(lambda m: _FULL_WIDTH[m.group(0)], text)
    return _REPEATED.sub(r"\1", _SPACES.sub(" ", text)).strip()


def _visible(text: str) -> str:
    """A text in compatible characters, without what is not seen and without marks on others."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n")
    # By the stretch: putting n combining marks in order takes n² steps.
    text = "".join(unicodedata.normalize("NFKC", text[i : i + _STRETCH]) for i in range(0, len(text), _STRETCH))
    kept: list[str] = []
    for char in text:
        category = unicodedata.category(char)
        if char == "\n":
            kept.append("\n")
        elif category in _INVISIBLE:
            kept.append(" " if char in "\t\r\v\f" else "")
        elif category not in {"Mn", "Me"}:
            kept.append(char)
    return "".join(kept)


def _as_heard(text: str) -> str:
    """Words that matter here, where a voice input or a hasty thumb wrote others of the same sound (连云岗)."""
    sounds = [_sound(char) for char in text]
    words = _words_by_sound()
    found: list[str] = []
    at = 0
    while at < len(text):
        near = words.get(_blurred(sounds[at]), ())
        heard = (w for w, syllables in near if _sounds_like(sounds[at : at + len(w)], syllables))
        word = next((w for w in heard if w == text[at : at + len(w)] or _may_be_a_slip(text, at, at + len(w))), None)
        found.append(word or text[at])
        at += len(word) if word else 1
    return "".join(found)


def _may_be_a_slip(text: str, start: int, end: int) -> bool:
    """Whether some characters may be a word misheard: not in 很难经营, 科研成果, 算力全靠自己, 振江股份, 叫振江."""
    if _ordinary().match(text[end - 1 : end + 1]):
        return False
    before = text[max(0, start - 1) : start]
    begins = not ("\u4e00" <= before <= "\u9fff") or before in _BEFORE_A_WORD
    return end - start > 2 or (begins and text[end : end + 2] not in _FIRM_WORDS)


@cache
def _ordinary() -> re.Pattern[str]:
    """Words that the second of two characters often begins, so that the two belong to different words."""
    return re.compile(read_data("lexicon")["ordinary"])


@cache
def _words_by_sound() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Words of the lexicon with their syllables, by the first syllable, -ng as -n, longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word in sorted(map(str, read_data("lexicon")["sounds"]), key=len, reverse=True):
        syllables = tuple(map(_sound, word))
        found.setdefault(_blurred(syllables[0]), []).append((word, syllables))
    return found


def _sounds_like(heard: Sequence[str], syllables: Sequence[str]) -> bool:
    if len(syllables) < _LONG:
        return tuple(heard) == tuple(syllables)
    return [_blurred(sound) for sound in heard] == [_blurred(sound) for sound in syllables]


def _blurred(syllable: str) -> str:
    return syllable[:-1] if syllable.endswith("ng") else syllable


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    from pypinyin import lazy_pinyin

    meant = str(read_data("lexicon")["looks"].get(char, char))
    return str(lazy_pinyin(meant)[0]) if "\u4e00" <= char <= "\u9fff" else char


def _simplify(text: str) -> str:
    if text.isascii():
        return text
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    right: dict[str, str] = {}
    for word, variants in read_data("lexicon")["spellings"].items():
        right |= {str(variant): str(word) for variant in variants}
    parts = [
        rf"(?<![a-z]){re.escape(v)}(?![a-z])" if v.isascii() else re.escape(v)
        for v in sorted(right, key=len, reverse=True)
    ]
    return re.compile("|".join(parts)), right
