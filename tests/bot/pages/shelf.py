"""Documents for the pages to show: three texts of the corpus with short records, and one that means harm."""

from datetime import date
from pathlib import Path

from knowledge.document import Dated, Document, DocumentRecord, Notice
from knowledge.layout import lay_out
from knowledge.library import Library

from .hostile import hostile_document

TODAY = date(2026, 11, 20)
CORPUS = Path(__file__).parents[3] / "knowledge" / "corpus"
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


def shelf() -> Library:
    documents = [_from_corpus(record) for record in (NANJING, ZHENJIANG, YANCHENG)]
    return Library({document.id: document for document in (*documents, hostile_document())}, {}, {}, {})


def _from_corpus(record: DocumentRecord) -> Document:
    layout = lay_out((CORPUS / record.id / "source.txt").read_text(encoding="utf-8"))
    return Document(record, layout.text, {p.path: p for p in layout.provisions})
