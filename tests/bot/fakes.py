"""A small world to talk to: one document, one support, and an assistant that does as it is told."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import httpx
from pydantic_settings import SettingsConfigDict

from bot.settings import Settings
from chains.assistant import Assistant, Turn, UnknownOption
from chains.conversation import Conversation
from chains.reply import BenefitView, Citation, FindingView, Option, ProfileEntry, Question, Reason, Reply
from knowledge.document import Dated, Document, DocumentRecord, Notice, Provision
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile, Fact, Source
from knowledge.support import Benefit, Condition, Kind, Strength, Support


class BareSettings(Settings):
    """Settings that do not look into a `.env` that happens to lie about."""

    model_config = SettingsConfigDict(env_file=None)


NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TEXT = "一、奖励\n首次获评的小巨人企业奖励100万元，由市工信局办理。\n本措施自印发之日起施行，有效期至2028年12月31日。"
QUOTE = "首次获评的小巨人企业奖励100万元"
SECRET = "出错：我的电话是13800138000"

CITY = Question(
    slot="city",
    text="您在哪个市？",
    options=(Option(id="nanjing", label="南京"), Option(id="yancheng", label="盐城")),
    multiple=False,
)
NEEDS = Question(
    slot="checklist",
    text="有哪些情况？可多选。",
    options=(
        Option(id="foreign_trade", label="有进出口"),
        Option(id="genai_filed", label="完成了大模型备案"),
        Option(id="none", label="都没有"),
    ),
    multiple=True,
)


def small_library() -> Library:
    second = TEXT.index("本措施")
    record = DocumentRecord(
        id="nanjing-measures",
        title="关于促进专精特新中小企业高质量发展的若干措施",
        short_title="南京市若干措施",
        jurisdiction="nanjing",
        effective_to=Dated(date=date(2028, 12, 31), quote="有效期至2028年12月31日"),
        notices=(Notice(text="国家认定办法已更新。", source="example.gov.cn/1.html", date=date(2026, 4, 1)),),
    )
    provisions = {
        "1": Provision("1", "一、", "奖励", 0, second),
        "end": Provision("end", "", "", second, len(TEXT)),
    }
    support = Support(
        id="nanjing-little-giant-award",
        title="小巨人奖励",
        aliases=("小巨人奖金",),
        provision="1",
        kind=Kind.AWARD,
        strength=Strength.GRANTS,
        when=(
            Condition(slot="tiers", includes_any=("little_giant",), text="是小巨人企业", quote="小巨人企业"),
            Condition(open=True, text="由主管部门认定", quote="由市工信局办理"),
        ),
        benefit=Benefit(text="奖励 100 万元", amount_cny=1_000_000, period="once", quote="奖励100万元"),
        open_points=("申报时间",),
        departments=("市工信局",),
        headline=True,
    )
    return Library(
        documents={record.id: Document(record, TEXT, provisions)},
        supports={support.id: support},
        document_of={support.id: record.id},
        questions={record.id: ()},
    )


class FakeAssistant(Assistant):
    """Counts its turns, asks for the city and then for needs, and misbehaves on request (出错, 慢)."""

    def __init__(self) -> None:
        self.library = small_library()
        self.heard: list[str] = []
        self.gate = asyncio.Event()
        self.broken = True

    def begin(self, as_of: date) -> Conversation:
        return Conversation(as_of=as_of)

    async def answer(self, conversation: Conversation, text: str, choices: Sequence[str] = (), **more: Any) -> Turn:
        offered = tuple(option.id for option in conversation.pending.options) if conversation.pending else ()
        strange = [choice for choice in choices if choice not in offered]
        if strange:
            raise UnknownOption(strange, offered)
        self.heard.append(text or ",".join(choices))
        if text.startswith("慢"):
            await self.gate.wait()
        if text.startswith("出错") and self.broken:
            raise RuntimeError(text)
        turns = conversation.turns + 1
        facts = dict(conversation.facts)
        if conversation.pending == CITY and choices:
            facts["city"] = Fact(choices[0], Source.CHOSEN)
        pending = NEEDS if "city" in facts else CITY
        reply = Reply(
            text=f"第{turns}次回答“{text}”。\n**可以申请** 小巨人奖励100万元[1]。",
            citations=(citation(),),
            findings=(finding("eligible" if "city" in facts else "undetermined"),),
            question=pending,
            profile={
                name: ProfileEntry(value=fact.value, label=str(fact.value), source=fact.source)
                for name, fact in facts.items()
            },
            suggestions=("小巨人奖多少钱",),
            as_of=conversation.as_of.isoformat(),
        )
        after = conversation.model_copy(update={"turns": turns, "pending": pending, "facts": facts})
        return Turn(after, reply, {"heard": text})

    def screen(self, profile: EnterpriseProfile, as_of: date) -> tuple[FindingView, ...]:
        return (finding("eligible" if profile["tiers"] == ("little_giant",) else "undetermined"),)


def citation() -> Citation:
    start = TEXT.index(QUOTE)
    return Citation(
        marker=1,
        document_id="nanjing-measures",
        document_title="关于促进专精特新中小企业高质量发展的若干措施",
        provision="1",
        label="一、",
        heading="奖励",
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        lifecycle="in_force",
    )


def finding(status: str) -> FindingView:
    return FindingView.model_validate(
        {
            "support_id": "nanjing-little-giant-award",
            "title": "小巨人奖励",
            "document_id": "nanjing-measures",
            "provision": "1",
            "kind": "award",
            "strength": "grants",
            "status": status,
            "lifecycle": "in_force",
            "benefit": BenefitView(text="奖励 100 万元", amount_cny=1_000_000, is_cap=False, period="once"),
            "reasons": (Reason(condition="是小巨人企业", state="met", slot="tiers", marker=1),),
            "open_points": ("申报时间",),
            "departments": ("市工信局",),
            "markers": (1,),
        }
    )


class Talk:
    """One conversation over HTTP, as a client would hold it."""

    def __init__(self, client: httpx.AsyncClient, id: str, token: str) -> None:
        self.client = client
        self.id = id
        self.address = f"/api/v1/conversations/{id}"
        self.headers = {"Authorization": f"Bearer {token}"}

    async def say(self, text: str = "", **more: object) -> httpx.Response:
        body = {"text": text, **more}
        return await self.client.post(f"{self.address}/messages", json=body, headers=self.headers)

    async def read(self) -> httpx.Response:
        return await self.client.get(self.address, headers=self.headers)

    async def erase(self) -> httpx.Response:
        return await self.client.delete(self.address, headers=self.headers)


async def start_talk(client: httpx.AsyncClient, **body: object) -> Talk:
    opened = (await client.post("/api/v1/conversations", json=body)).json()
    return Talk(client, opened["id"], opened["token"])
