"""How sure who speaks is of a title: 好像是省专, 应该是小巨人吧, 哪一级记不得了."""

import re

from chains.clauses import pattern

# 大概是专精特新吧, 好像评了个省专: a title of which who speaks is not sure.
_HEDGED = re.compile(
    r"(?:听说|据说|大概|可能|好像|也许|或许|似乎|估计|说不定|印象[中里]|貌似|没准|依稀|恍惚)(?:我们?|公司|就|也|都|只|是|算|有|属于|拿|评|[了上过到])*个?(?:国家级?|省级?)?的?$"
)
_HEDGED_AFTER = re.compile(
    r"^(?:企业)?的?吧?(?:大概|可能|好像|也许|估计)(?:是|吧|有)?$|^(?:企业)?的?吧?[^，。；]{0,2}(?:没准|说不定)$"
)
_SHOULD_BE = re.compile(r"应该(?:是|算|有)[^，。；]{0,4}$")
_FOR_SURE = re.compile(r"(?:应该|肯定|绝对|保证)?(?:没错|错不了|不会错|没问题)|肯定是|我?确定")
# 哪一级记不得了, 省级还是国家级搞不清
_OF_THE_LEVEL = re.compile(
    r"(?:哪|什么|啥|几)一?个?(?:级|档|层)|级别|[省市]级?[^，。；]{0,2}还是[^，。；]{0,2}[国省]|国家?级?[^，。；]{0,2}还是[^，。；]{0,2}[省市]"
)


def is_hedged(before: str, after: str) -> bool:
    """Whether a title is told by who is not sure of it, by what stands before and after it in its clause."""
    should = _SHOULD_BE.search(before) is not None and after.endswith("吧")
    return _HEDGED.search(before) is not None or _HEDGED_AFTER.match(after) is not None or should


def is_sure(text: str) -> bool:
    """好像是省专吧，应该没错: whether a message says in the end that it is so."""
    return _FOR_SURE.search(text) is not None


def is_of_unknown_level(clause: str) -> bool:
    """Whether a clause says that the level of a title is not known."""
    return _OF_THE_LEVEL.search(clause) is not None and pattern("unsure").search(clause) is not None
