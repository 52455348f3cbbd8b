"""Things named in a row and then denied or taken up again altogether: 报关、出口，这些我们统统没做过."""

import re

_NAME = r"(?:我们?(?:没有?)?)?[^，。；！？?\s、没不无]{2,14}"
_ROW_DENIED = re.compile(
    rf"(?P<row>{_NAME}(?:[、，,\s]+(?:还有|和|跟)?{_NAME})+)[，,、\s]+(?:这|那)(?:些|几[样个项种条])(?:东西|称号|资质|牌子|业务|名头)?"
    r"(?:我们?|咱们?|公司|厂里?|自己)*(?:统统|通通|通统|完全|一[样个项]|全部?|都|也|压根|从来|根本|一概|一直)*(?:没(?:有)?(?=[，。；！？?\s]|$)|(?:没(?:有)?|不)(?:有|做|搞|评|办|碰|拿|弄|是|沾|占)(?:过|上|到|边)*)"
)
_BETWEEN = re.compile(r"[、，,\s]+(?:还有|和|跟)?")
# 小巨人前年被摘过牌，今年重新报又评回来了.
_LOST_AND_REGAINED = re.compile(
    r"(?:[去前今]年|20\d\d年|后来|中间)?(?:也|还|曾经?)?[被给]?(?:摘过?了?牌|取消过?(?:资格|称号)?|掉过?(?:了|出去)?|撤销?过?)(?:了|过)?[，,\s]*"
    r"(?P<again>[^，。；！？?没不]{0,8}(?:重新|再|又)[^，。；！？?没不]{0,6}(?:评|拿|要|报)(?:了)?(?:上|回)(?:来)?(?:了)?)"
)


def as_denied(text: str) -> str:
    """出口、海关备案，这些统统没做过: 没有出口，没有海关备案; any other message as it is."""
    return _ROW_DENIED.sub(lambda m: "，".join(f"没有{name}" for name in _BETWEEN.split(m["row"]) if name), text)


def as_regained(text: str) -> str:
    """小巨人被摘过牌，今年又评回来了: 小巨人今年又评回来了, since what was lost and got again is held."""
    return _LOST_AND_REGAINED.sub(lambda m: m["again"], text)
