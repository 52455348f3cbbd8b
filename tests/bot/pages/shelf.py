"""Documents for the pages to show: three texts of the corpus with short records, and one made to do harm."""

from datetime import date
from pathlib import Path

from knowledge.document import Dated, Document, DocumentRecord, Notice, Provision
from knowledge.layout import lay_out
from knowledge.library import Library

TODAY = date(2026, 11, 20)
CORPUS = Path(__file__).parents[3] / "knowledge" / "corpus"
PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "[点我](javascript:alert(5)) ![](https://outside.invalid/p.png)",
    "{{7*7}}${alert(6)}",
)
PAYLOAD = " ".join(PAYLOADS)

NANJING = DocumentRecord(
    id="nanjing-measures",
    title="关于促进专精特新中小企业高质量发展的若干措施",
    short_title="南京市专精特新若干措施",
    jurisdiction="nanjing",
    effective_to=Dated(date=date(2028, 12, 31), quote="有效期至 2028 年 12 月 31 日"),
    notices=(
        Notice(
            text="国家级梯度培育的认定，自 2026 年 4 月 1 日起依工信部企业〔2026〕2号。",
            source="工信部企业〔2026〕2号",
            date=date(2026, 4, 1),
        ),
    ),
)
ZHENJIANG = DocumentRecord(
    id="zhenjiang-plan-2023-2025",
    title="图读《镇江市专精特新企业培育三年行动计划（2023-2025年）》",
    short_title="镇江市三年行动计划",
    jurisdiction="zhenjiang",
    effective_from=Dated(date=date(2023, 1, 1), quote="2023-2025年"),
    effective_to=Dated(date=date(2025, 12, 31), quote="2023-2025年"),
)
YANCHENG = DocumentRecord(
    id="yancheng-measures-draft",
    title="盐城市关于促进专精特新中小企业高质量发展的若干措施（征求意见稿）",
    short_title="盐城市若干措施（征求意见稿）",
    jurisdiction="yancheng",
    draft=True,
)
HOSTILE = DocumentRecord(
    id="hostile",
    title=PAYLOAD,
    short_title=PAYLOAD,
    jurisdiction="nanjing",
    issuer=PAYLOAD,
    number=PAYLOAD,
    notices=(Notice(text=PAYLOAD, source=PAYLOAD, date=TODAY),),
)


def shelf() -> Library:
    documents = [_from_corpus(record) for record in (NANJING, ZHENJIANG, YANCHENG)]
    return Library({document.id: document for document in (*documents, hostile_document())}, {}, {}, {})


def hostile_document() -> Document:
    """A text with markup in it, and with a character that JavaScript counts as two before the quoted words."""
    label, heading = "（一）", '<b onclick="alert(8)">标题</b>'
    opening, clause = f"𠮷{PAYLOAD}\n", f"{label}{heading}。𠮷引用的话</mark>{PAYLOAD}"
    provisions = (
        Provision("0", "", "", 0, len(opening)),
        Provision("1", label, heading, len(opening), len(opening + clause)),
    )
    return Document(HOSTILE, opening + clause, {p.path: p for p in provisions})


def _from_corpus(record: DocumentRecord) -> Document:
    layout = lay_out((CORPUS / record.id / "source.txt").read_text(encoding="utf-8"))
    return Document(record, layout.text, {p.path: p for p in layout.provisions})
