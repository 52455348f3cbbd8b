"""The level of a standard that an answer tells of: international, national, or none of these."""

import re

from chains.language.answering import DENIES
from chains.language.clauses import pattern
from chains.language.yes_no import intends, names_another_thing, polarity, topics
from knowledge.profile import NONE

_STANDARDS = (
    ("international", re.compile(r"国际|iso(?!\s*\d)|iec")),
    ("national", re.compile(r"国家|国标|gb")),
    ("lesser", re.compile(r"团标|团体|行标|行业|地标|地方|企标|企业标准")),
)
# 照国标生产: who follows a standard has not made it.
_FOLLOWS = re.compile(r"(?:照|按|依|执行|采用|符合|达到)[^，。；]{0,3}(?:国标|国家标准|国际标准|标准)")
# 只是参编不是主编: a part is enough.
_NO_LEAD = re.compile(r"(?<=[\u4e00-\u9fff])[，,]?(?:不是|没有?)(?:主编|主导|牵头|第一)(?:单位|起草(?:单位|人)?)?的?")
# 旁听国际标准会议: who hears of a standard has not made it either.
_ATTENDS = re.compile(r"会议|旁听|培训|宣贯|论坛")
# 参编单位里的一家: a part in what was named before.
TAKES_PART = re.compile(r"参编|起草(?:单位|人)|参与(?:单位|起草|制定)|牵头(?:单位|起草|制定)")
_OF_STANDARDS = re.compile(r"标|参|起草|主导|牵头|编|制|biao|iso|iec|gb|canyu")
OF_A_STANDARD = re.compile(r"标|iso|iec|gb")


def level_of_standard(text: str) -> str | None:
    """The highest level of standard that an answer holds: 国标，我们是参与单位; NONE for 团标 alone or 没参与."""
    held: set[str] = set()
    denied = is_left = False
    here: set[str] = set()
    for clause in re.split(r"[，。；！\s]+", _NO_LEAD.sub("", text)):
        of_another = names_another_thing(clause, "leads_standard") and not _OF_STANDARDS.search(clause)
        of_another = of_another or (
            not OF_A_STANDARD.search(clause) and any(t.search(clause) for t in topics().values())
        )
        is_left = of_another or (is_left and not _OF_STANDARDS.search(clause))
        if is_left or _ATTENDS.search(clause):
            continue  # 模型备案没有，在用别人的: what follows upon another thing is about that
        named = {level for level, regex in _STANDARDS if regex.search(clause)}
        here = named or here
        said = polarity(clause, answers=True)
        no = said == "no" or (
            said is None and (DENIES.search(clause) is not None or _FOLLOWS.search(clause) is not None)
        )
        if no or intends(clause) or pattern("others").search(clause):
            held -= here
            denied = True
        else:
            held |= named or (here if TAKES_PART.search(clause) else set())
    for level in ("international", "national"):
        if level in held:
            return level
    return NONE if denied or held else None
