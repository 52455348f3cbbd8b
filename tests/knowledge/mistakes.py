"""A small sound corpus, and what can be wrong in it, one row per mistake."""

# ruff: noqa: E501

from dataclasses import dataclass

TOWN = "yunxi-measures"

SOURCE = """\
云溪市支持中小企业发展若干措施

为支持中小企业发展，制定如下措施。

一、支持创新

（一）支持数字化。对专精特新中小企业数字化改造给予最高50万元资助，资助比例不超过20%。（责任单位：市工信局、市财政局）

（二）支持人才。鼓励企业引进人才，对小微企业给予每人每月1000元补贴。（责任单位：市人社局）

本措施自2026年1月1日起施行，有效期至2028年12月31日。
"""
RECORD = """\
id: yunxi-measures
title: 云溪市支持中小企业发展若干措施
short_title: 云溪市若干措施
jurisdiction: nanjing
effective_from: {date: 2026-01-01, quote: 自2026年1月1日起施行}
effective_to: {date: 2028-12-31, quote: 有效期至2028年12月31日}
facts_only: ["0", "1", end]
"""
SUPPORTS = """\
- id: yunxi-digital
  title: 数字化改造资助
  provision: 1/1
  kind: funding
  strength: grants
  when:
    - {slot: tiers, includes_any: [provincial], text: 是专精特新中小企业, quote: 专精特新中小企业}
  benefit:
    text: 最高50万元资助，不超过20%
    amount_cny: 500000
    is_cap: true
    period: once
    quote: 给予最高50万元资助，资助比例不超过20%
  departments: [市工信局, 市财政局]
- id: yunxi-talent
  title: 人才补贴
  provision: 1/2
  kind: talent
  strength: grants
  when:
    - {slot: size, in: [micro, small], text: 是小微企业, quote: 小微企业}
    - {slot: first_recognition, is: "yes", text: 首次, quote: 引进人才}
    - {open: true, text: 属于人才, quote: 人才}
  benefit: {text: 每月1000元, amount_cny: 1000, period: month, quote: 每人每月1000元补贴}
"""
QUESTIONS = """\
- support: yunxi-digital
  questions: [数字化改造补多少, 云溪数字化]
- support: yunxi-talent
  questions: [人才补贴怎么领]
- provision: end
  topic: 有效期
  quote: 有效期至2028年12月31日
  questions: [什么时候到期]
"""
FILES = {"source.txt": SOURCE, "document.yaml": RECORD, "supports.yaml": SUPPORTS, "questions.yaml": QUESTIONS}


@dataclass(frozen=True)
class Mistake:
    """What is written (`new`) for what (`old`) in which file, the `place` to be named, and what is `told` of it."""

    name: str
    file: str
    old: str
    new: str
    place: str
    told: str


MISTAKES: tuple[Mistake, ...] = (
    Mistake("a bracket that never closes", "supports.yaml", "[micro, small]", "[micro, small", "supports.yaml:21: yunxi-measures", "expected ',' or ']'"),
    Mistake("a tab for a blank", "supports.yaml", "  title: 人才补贴", "\ttitle: 人才补贴", "supports.yaml:16: yunxi-measures", "found"),
    Mistake("a key without a colon", "document.yaml", "jurisdiction: nanjing", "jurisdiction nanjing", "document.yaml:5: yunxi-measures", "could not find expected ':'"),
    Mistake("a quotation mark that never closes", "questions.yaml", "topic: 有效期", 'topic: "有效期', "questions.yaml:9: yunxi-measures", "unexpected end of stream"),
    Mistake("a key twice", "supports.yaml", "  title: 人才补贴\n", "  title: 人才补贴\n  title: 别的\n", "supports.yaml:17: yunxi-measures", "title"),
    Mistake("an unknown key of a support", "supports.yaml", "  title: 人才补贴", "  titel: 人才补贴", "supports.yaml:16: yunxi-talent", "titel"),
    Mistake("an unknown key of a condition", "supports.yaml", "{slot: size, in:", "{slot: size, among:", "supports.yaml:20: yunxi-talent", "among"),
    Mistake("an unknown key of a document", "document.yaml", "jurisdiction:", "city:", "document.yaml:1: yunxi-measures", "city"),
    Mistake("an unknown key of a question", "questions.yaml", "topic:", "subject:", "questions.yaml:6: row without support or topic", "subject"),
    Mistake("an unknown slot", "supports.yaml", "slot: tiers", "slot: titles", "supports.yaml:6: yunxi-digital", "unknown slot 'titles'"),
    Mistake("a value that the slot does not have", "supports.yaml", "[provincial]", "[province]", "supports.yaml:6: yunxi-digital", "no value 'province'"),
    Mistake("a size that does not exist", "supports.yaml", "[micro, small]", "[micro, tiny]", "supports.yaml:20: yunxi-talent", "no value 'tiny'"),
    Mistake("a bare yes", "supports.yaml", 'is: "yes"', "is: yes", "supports.yaml:20: yunxi-talent", "valid string"),
    Mistake("a bare no", "supports.yaml", 'is: "yes"', "is: no", "supports.yaml:20: yunxi-talent", "valid string"),
    Mistake("two tests in one condition", "supports.yaml", 'is: "yes"', 'is: "yes", in: ["no"]', "supports.yaml:20: yunxi-talent", "exactly one of"),
    Mistake("a condition without a test", "supports.yaml", ' is: "yes",', "", "supports.yaml:20: yunxi-talent", "exactly one of"),
    Mistake("an open condition with a slot", "supports.yaml", "{open: true,", "{open: true, slot: size,", "supports.yaml:20: yunxi-talent", "an open condition has no slot"),
    Mistake("includes_any on one choice", "supports.yaml", "slot: size, in:", "slot: size, includes_any:", "supports.yaml:20: yunxi-talent", "includes_any goes with slots of several"),
    Mistake("in on several values", "supports.yaml", "slot: tiers, includes_any:", "slot: tiers, in:", "supports.yaml:6: yunxi-digital", "includes_any goes with slots of several"),
    Mistake("within on what is no place", "supports.yaml", "slot: size, in: [micro, small]", "slot: size, within: 南京市区", "supports.yaml:20: yunxi-talent", "within goes with places"),
    Mistake("a region that is none", "supports.yaml", "slot: size, in: [micro, small]", "slot: district, within: 云溪市区", "supports.yaml:20: yunxi-talent", "云溪市区"),
    Mistake("a quote that is not in the document", "supports.yaml", "quote: 每人每月1000元补贴", "quote: 每人每月补贴1000元", "supports.yaml:24: yunxi-talent", "quote not in provision 1/2"),
    Mistake("a quote with one other character", "supports.yaml", "quote: 小微企业", "quote: 小徽企业", "supports.yaml:20: yunxi-talent", "quote not in provision 1/2"),
    Mistake("a quote of another provision", "supports.yaml", "quote: 小微企业", "quote: 数字化改造", "supports.yaml:20: yunxi-talent", "it stands in 1/1"),
    Mistake("a condition quoted from a provision that does not exist", "supports.yaml", "quote: 小微企业", 'quote: 小微企业, provision: "7/1"', "supports.yaml:20: yunxi-talent", "no provision 7/1"),
    Mistake("ten times the amount", "supports.yaml", "amount_cny: 500000", "amount_cny: 5000000", "supports.yaml:8: yunxi-digital", "amount_cny 5000000 does not stand in its quote"),
    Mistake("万 read as 亿", "supports.yaml", "amount_cny: 500000", "amount_cny: 5000000000", "supports.yaml:8: yunxi-digital", "amount_cny 5000000000"),
    Mistake("an amount in 万元 for yuan", "supports.yaml", "amount_cny: 500000", "amount_cny: 50", "supports.yaml:8: yunxi-digital", "amount_cny 50 "),
    Mistake("an amount that is no number", "supports.yaml", "amount_cny: 500000", "amount_cny: 50万", "supports.yaml:8: yunxi-digital", "valid integer"),
    Mistake("a figure in the benefit that the quote does not have", "supports.yaml", "text: 最高50万元资助，不超过20%", "text: 最高50万元资助，不超过30%", "supports.yaml:8: yunxi-digital", "“30%” does not stand in the quote"),
    Mistake("a benefit's amount that the quote does not have", "supports.yaml", "text: 每月1000元", "text: 每月2000元", "supports.yaml:24: yunxi-talent", "does not stand in the quote"),
    Mistake("a period that does not exist", "supports.yaml", "period: month", "period: week", "supports.yaml:24: yunxi-talent", "'once', 'month' or 'year'"),
    Mistake("a kind that does not exist", "supports.yaml", "kind: talent", "kind: people", "supports.yaml:18: yunxi-talent", "kind"),
    Mistake("a strength that does not exist", "supports.yaml", "kind: talent\n  strength: grants", "kind: talent\n  strength: must", "supports.yaml:19: yunxi-talent", "strength"),
    Mistake("a department that the provision does not name", "supports.yaml", "[市工信局, 市财政局]", "[市工信局, 市商务局]", "supports.yaml:14: yunxi-digital", "市商务局 is not named in provision 1/1"),
    Mistake("an id twice", "supports.yaml", "id: yunxi-talent", "id: yunxi-digital", "supports.yaml:15: yunxi-digital", "already used"),
    Mistake("an id in capitals", "supports.yaml", "id: yunxi-talent", "id: Yunxi_Talent", "supports.yaml:15: Yunxi_Talent", "match pattern"),
    Mistake("a row without an id", "supports.yaml", "- id: yunxi-talent\n  title:", "- title:", "supports.yaml:15: row without id", "id: Field required"),
    Mistake("a row without a benefit", "supports.yaml", "  benefit: {text: 每月1000元, amount_cny: 1000, period: month, quote: 每人每月1000元补贴}\n", "", "supports.yaml:15: yunxi-talent", "benefit: Field required"),
    Mistake("a row that is a word", "supports.yaml", "- id: yunxi-digital", "- 支持\n- id: yunxi-digital", "supports.yaml:1: yunxi-measures", "a row is a mapping"),
    Mistake("a provision that does not exist", "supports.yaml", "provision: 1/2", "provision: 2/1", "supports.yaml:17: yunxi-talent", "no provision 2/1"),
    Mistake("a provision overlooked", "document.yaml", 'facts_only: ["0", "1", end]', 'facts_only: ["0", "1"]', "supports.yaml:1: end", "neither a support nor a mark"),
    Mistake("a mark for a provision that does not exist", "document.yaml", '"1", end]', '"1", "9", end]', "document.yaml:1: facts_only", "no provision 9"),
    Mistake("a folder named otherwise", "document.yaml", "id: yunxi-measures", "id: yunxi-plan", "document.yaml:1: yunxi-plan", "the folder is named yunxi-measures"),
    Mistake("a date whose quote is not there", "document.yaml", "有效期至2028年12月31日", "有效期至2029年12月31日", "document.yaml:1: effective_to", "quote not in the document"),
    Mistake("a date other than its quote", "document.yaml", "date: 2028-12-31", "date: 2029-12-31", "document.yaml:1: effective_to", "2029-12-31"),
    Mistake("a date that does not exist", "document.yaml", "date: 2028-12-31", "date: 2028-02-30", "document.yaml:1: yunxi-measures", "day is out of range"),
    Mistake("a jurisdiction that is no city", "document.yaml", "jurisdiction: nanjing", "jurisdiction: yunxi", "document.yaml:1: jurisdiction", "yunxi"),
    Mistake("a support that no authority promises", "document.yaml", "jurisdiction: nanjing", "jurisdiction: nanjing\nofficial: false", "supports.yaml:1: yunxi-digital", "not official"),
    Mistake("a date that ends before it begins", "document.yaml", "{date: 2026-01-01, quote: 自2026年1月1日起施行}", "{date: 2030-01-01, quote: 2028年12月31日}", "document.yaml:1: effective_from", "2030"),
    Mistake("questions for a support that does not exist", "questions.yaml", "support: yunxi-talent", "support: yunxi-people", "questions.yaml:3: yunxi-people", "no such support"),
    Mistake("an empty list of questions", "questions.yaml", "[人才补贴怎么领]", "[]", "questions.yaml:4: yunxi-talent", "at least 1 item"),
    Mistake("a fact whose quote is not there", "questions.yaml", "quote: 有效期至2028", "quote: 有效期至2029", "questions.yaml:7: 有效期", "quote not in provision end"),
    Mistake("a fact quoted from another provision", "questions.yaml", "quote: 有效期至2028年12月31日", "quote: 制定如下措施", "questions.yaml:7: 有效期", "it stands in 0"),
    Mistake("a fact without a topic", "questions.yaml", "  topic: 有效期\n", "", "questions.yaml:5: row without support or topic", "a provision with a topic and a quote"),
    Mistake("an entry for a support and a fact", "questions.yaml", "- support: yunxi-talent", "- support: yunxi-talent\n  topic: 人才", "questions.yaml:3: yunxi-talent", "a support or a fact, not both"),
    Mistake("a text whose numbers stand twice", "source.txt", "（二）支持人才。", "（一）支持人才。", "source.txt:1: yunxi-measures", "numbered twice: 1/1"),
)  # fmt: skip
