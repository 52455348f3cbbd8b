"""Hide personal data in what leaves the conversation: logs, exports, lists. Look-alikes stay readable.

Identity numbers, credit codes and bank cards are known by their check digits, telephone numbers by their prefix;
full-width digits, spaces and dashes inside a number make no difference.
"""

import re
from collections.abc import Iterator

_GAP = r"[\s\-－—–·.]{0,2}"
_DIGIT = r"[0-9０-９]"
_ALNUM = r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]"
_NUMBER = re.compile(rf"(?<!{_ALNUM}){_ALNUM}(?:{_GAP}{_ALNUM}){{10,22}}(?!{_ALNUM})")
_LANDLINE = re.compile(rf"(?<!{_DIGIT})[0０]{_DIGIT}{{2,3}}[\s\-－—–]{{1,2}}{_DIGIT}{{7,8}}(?!{_DIGIT})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}[@＠][A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63}){1,4}")
_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9]\d{9})")
_IDENTITY = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TO_ASCII = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord(wide) + i: ord(narrow) + i for wide, narrow in (("Ａ", "A"), ("ａ", "a")) for i in range(26)
}


# Names of people, where a word beside them says so; the commonest surnames, and those of two characters.
_SURNAME = (
    "(?:欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁"
    "潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])"
)
_PERSON = re.compile(
    r"(?P<before>(?:我叫|我是|名叫|姓名|联系人|法定代表人|法人代表|法人|负责人|经办人|老板)(?:是|叫|为)?[:： ]?)"
    rf"(?P<name>{_SURNAME}[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
    rf"|(?P<called>{_SURNAME}[\u4e00-\u9fff]{{0,2}}?)(?=先生|女士|总(?![额量计共数部体])|经理|老师|主任|会计|师傅|工程师)"
)


def mask_people(text: str) -> str:
    """The text with names of people hidden, where a title or a word before them tells that they are names."""

    def hidden(found: re.Match[str]) -> str:
        return f"{found['before']}某某" if found["name"] else "某"

    return _PERSON.sub(hidden, text)


def mask(text: str) -> str:
    """The text with every piece of personal data hidden; a little is left to tell one from another."""
    for start, end in sorted(_finds(text), reverse=True):
        text = text[:start] + _stars(text[start:end]) + text[end:]
    return text


def _stars(secret: str) -> str:
    if "@" in secret or "＠" in secret:
        return secret[:1] + "***@***"
    return secret[:3] + "*" * max(len(secret) - 5, 4) + secret[-2:]


def _finds(text: str) -> Iterator[tuple[int, int]]:
    taken = 0
    spans = [m.span() for m in _EMAIL.finditer(text)] + [m.span() for m in _LANDLINE.finditer(text)]
    for match in _NUMBER.finditer(text):
        spans.extend(_personal_parts(match.group(), match.start()))
    for start, end in sorted(spans):
        if start >= taken:
            yield start, end
            taken = end


def _personal_parts(run: str, offset: int) -> Iterator[tuple[int, int]]:
    """Personal numbers within a run of letters and digits, as offsets in the whole text."""
    places = [i for i, c in enumerate(run) if re.fullmatch(_ALNUM, c)]
    plain = "".join(run[i] for i in places).translate(_TO_ASCII).upper()
    if _is_personal(plain):
        yield offset, offset + len(run)
        return
    # Numbers side by side (a phone after a card) are told apart where the writer left a gap.
    begins = [0] + [i for i in range(1, len(places)) if places[i] > places[i - 1] + 1]
    ends = [*begins[1:], len(places)]
    done = 0
    for i, begin in enumerate(begins):
        if begin < done:
            continue
        for end in reversed(ends[i:]):
            if _is_personal(plain[begin:end]):
                yield offset + places[begin], offset + places[end - 1] + 1
                done = end
                break


def _is_personal(plain: str) -> bool:
    return bool(_MOBILE.fullmatch(plain)) or _is_identity(plain) or _is_credit_code(plain) or _is_bank_card(plain)


def _is_identity(plain: str) -> bool:
    """GB 11643: the last character is a check digit modulo 11."""
    if not _IDENTITY.fullmatch(plain):
        return False
    total = sum(int(c) * (1 << (17 - i)) for i, c in enumerate(plain[:17]))
    return "10X98765432"[total % 11] == plain[17]


def _is_credit_code(plain: str) -> bool:
    """GB 32100: the last character is a check digit modulo 31."""
    if not _CREDIT_CODE.fullmatch(plain):
        return False
    total = sum(_CREDIT_DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(plain[:17]))
    return _CREDIT_DIGITS[-total % 31] == plain[17]


def _is_bank_card(plain: str) -> bool:
    """The Luhn check over 13 to 19 digits; a number of one repeated digit is none."""
    if not plain.isdigit() or not 13 <= len(plain) <= 19 or len(set(plain)) < 2:
        return False
    digits = [int(c) for c in reversed(plain)]
    doubled = [d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)]
    return sum(doubled) % 10 == 0
