"""A document and a reply that carry markup in every field that holds text."""

from datetime import date

from chains.reply import BenefitView, Citation, FindingView, Option, ProfileEntry, Question, Reason, Reply
from knowledge.document import Document, DocumentRecord, Notice, Provision
from knowledge.profile import Source

PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "[点我](javascript:alert(5)) ![](https://outside.invalid/p.png)",
    "{{7*7}}${alert(6)}",
)
PAYLOAD = " ".join(PAYLOADS)

QUOTE = "引用的话</mark>"

HOSTILE = DocumentRecord(
    id="hostile",
    title=PAYLOAD,
    short_title=PAYLOAD,
    jurisdiction="nanjing",
    issuer=PAYLOAD,
    number=PAYLOAD,
    notices=(Notice(text=PAYLOAD, source=PAYLOAD, date=date(2026, 11, 20)),),
)


def hostile_document() -> Document:
    """A text with markup in it, and with a character that JavaScript counts as two before the quoted words."""
    label, heading = "（一）", '<b onclick="alert(8)">标题</b>'
    opening, clause = f"𠮷{PAYLOAD}\n", f"{label}{heading}。𠮷{QUOTE}{PAYLOAD}"
    provisions = (
        Provision("0", "", "", 0, len(opening)),
        Provision("1", label, heading, len(opening), len(opening + clause)),
    )
    return Document(HOSTILE, opening + clause, {p.path: p for p in provisions})


def hostile_reply() -> Reply:
    start = hostile_document().text.index(QUOTE)
    citation = Citation(
        marker=1,
        document_id=HOSTILE.id,
        document_title=PAYLOAD,
        provision="1",
        label=PAYLOAD,
        heading=PAYLOAD,
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        lifecycle=PAYLOAD,
    )
    elsewhere = citation.model_copy(
        update={
            "marker": 2,
            "document_id": f"../../{PAYLOAD}",
            "provision": f"javascript:{PAYLOAD}",
            "quote": PAYLOAD,
        }
    )
    finding = FindingView(
        support_id=PAYLOAD,
        title=PAYLOAD,
        document_id=f"javascript:{PAYLOAD}",
        provision=PAYLOAD,
        kind=PAYLOAD,
        strength=PAYLOAD,
        status="not_in_force",
        otherwise="eligible",
        lifecycle=PAYLOAD,
        benefit=BenefitView(text=PAYLOAD, amount_cny=1, is_cap=True, period="once"),
        reasons=(Reason(condition=PAYLOAD, state="open", slot=PAYLOAD, fact=PAYLOAD),),
        open_points=(PAYLOAD,),
        departments=(PAYLOAD,),
    )
    return Reply(
        text=f"{PAYLOAD} **{PAYLOAD}** [1][2]\n- {PAYLOAD}\n\n| {PAYLOAD} | b |\n|---|---|\n| {PAYLOAD} | b |",
        citations=(citation, elsewhere),
        findings=(finding,),
        question=Question(
            slot=PAYLOAD,
            text=PAYLOAD + "？",
            options=(Option(id=PAYLOAD, label=PAYLOAD), Option(id="none", label=PAYLOAD)),
            multiple=True,
        ),
        profile={
            "__proto__": ProfileEntry(value="x", label=PAYLOAD, source=Source.STATED),
            "constructor": ProfileEntry(value="x", label=PAYLOAD, source=Source.STATED),
            PAYLOAD: ProfileEntry(value=PAYLOAD, label=PAYLOAD, source=Source.STATED),
        },
        suggestions=(PAYLOAD,),
        outcome=PAYLOAD,
        as_of=PAYLOAD,
    )
