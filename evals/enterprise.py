"""A simulated enterprise: answers what it is asked from its fact sheet, by taps, by numbers or in its own words."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.cases import DialogueCase
from evals.contract import Question

UNKNOWN = "unknown"
NONE = "none"
CHECKLIST = "checklist"
Value = str | tuple[str, ...]

_DOES_NOT_KNOW = "不清楚"
_WORDS: Mapping[str, Mapping[str, str]] = {
    "city": {
        "nanjing": "南京的",
        "yancheng": "在盐城",
        "huaian": "我们在淮安",
        "lianyungang": "连云港",
        "zhenjiang": "镇江这边",
        "other": "不在这几个市",
    },
    "tiers": {
        "innovative": "创新型中小企业",
        "provincial": "省级专精特新",
        "little_giant": "国家级小巨人",
        "champion": "制造业单项冠军",
        NONE: "都还没有评上",
    },
    "ownership": {"private": "民营的", "state": "国企", "foreign": "外资企业", "other": "集体所有制"},
    "size": {"micro": "微型企业", "small": "小型的", "medium": "中型企业", "large": "大型企业"},
    "leads_standard": {"international": "参与过国际标准", "national": "参与过国家标准", NONE: "没有参与过标准"},
    "first_recognition": {"yes": "对，是第一次", "no": "不是头一回了"},
    "buys_computing": {"yes": "要买的，智算服务", "no": "不买算力"},
    "genai_filed": {"yes": "大模型备案已经办完了", "no": "没有做过大模型备案"},
    "needs_refinancing": {"yes": "有一笔贷款快到期，要周转", "no": "没有要到期的贷款"},
    "foreign_trade": {"yes": "做进出口的", "no": "没有进出口业务"},
    "key_technology_project": {"yes": "承担了国家关键核心技术攻关任务", "no": "没有承担攻关任务"},
    "pilot_platform": {"yes": "参与建设中试平台", "no": "没有参与中试平台"},
    "service_platform": {"yes": "新评上了国家中小企业公共服务示范平台", "no": "不是公共服务示范平台"},
    "first_set_product": {"yes": "有首台套产品", "no": "没有首台套这类产品"},
}
_NONE_OF_THESE = "这些都没有"
_REST_UNKNOWN = "其余不清楚"
_REST_IS_NOT = "别的没有"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the enterprise says or taps."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Knows its facts and nothing else; a slot that is not among them is not known to it."""

    case: DialogueCase

    def answer(self, question: Question) -> Answer:
        if question.slot == CHECKLIST:
            return self._tick(question)
        value = self.case.facts.get(question.slot, UNKNOWN)
        phrase = self.case.phrases.get(question.slot)
        if phrase:
            return Answer(phrase)
        if self.case.mode == "free":
            return Answer(self._say(question.slot, value))
        wanted = value if isinstance(value, tuple) else (value,)
        offered = [option.id for option in question.options]
        if not set(wanted) <= set(offered) or (len(wanted) > 1 and not question.multiple):
            return Answer(self._say(question.slot, value))
        return self._pick(question, tuple(wanted))

    def _tick(self, question: Question) -> Answer:
        offered = [option.id for option in question.options if option.id not in (NONE, UNKNOWN)]
        values = {slot: self.case.facts.get(slot, UNKNOWN) for slot in offered}
        ticked = tuple(slot for slot, value in values.items() if value not in (UNKNOWN, NONE, "no"))
        unsure = UNKNOWN in values.values()
        if self.case.mode == "free":
            said = [self.case.phrases.get(slot) or self._say(slot, values[slot]) for slot in ticked]
            # One thing said alone leaves the rest open, to a person as to the assistant.
            rest = _REST_UNKNOWN if unsure else _REST_IS_NOT if len(said) == 1 < len(offered) else ""
            return Answer("，".join([*said, rest]).strip("，") or _NONE_OF_THESE)
        return self._pick(question, (*ticked, UNKNOWN) if unsure else ticked or (NONE,))

    def _pick(self, question: Question, ids: tuple[str, ...]) -> Answer:
        if self.case.mode == "choices":
            return Answer("", ids)
        numbers = [str(n) for n, option in enumerate(question.options, start=1) if option.id in ids]
        return Answer("、".join(numbers))

    def _say(self, slot: str, value: Value) -> str:
        if value == UNKNOWN:
            return _DOES_NOT_KNOW
        known = _WORDS.get(slot, {})
        words = value if isinstance(value, tuple) else (value,)
        return "，".join(known.get(word, word) for word in words)
