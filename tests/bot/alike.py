"""One conversation, and the people who hold it: the manager of an enterprise on each channel."""

import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import httpx

from bot.office import Office
from bot.store.tables import inbox
from chains.reply import Reply
from tests.bot.fakes import Talk, start_talk
from tests.bot.rows import rows_of
from tests.bot.telegram.fake_api import Shown as Posted
from tests.bot.town import Town
from tests.bot.wechat.fake_wechat import (
    KF,
    Shown,
)
from tests.bot.wechat.phones import WeChatPhone, WeComPhone

CHAT = 77
CUSTOMER = "wm-wang"


@dataclass(frozen=True, slots=True)
class Step:
    """What the manager does next: say, pick, tick, cite, send or call the assistant back; `words` say what."""

    does: str
    words: str = ""
    labels: tuple[str, ...] = ()


CONVERSATION = (
    Step("say", "你好"),
    Step("say", "我们能申请什么"),
    Step("pick", "南京"),
    Step("say", "省级专精特新，民营，快点我还要开会"),
    Step("tick", labels=("有贷款快到期，需要周转", "购买或打算购买智算服务（算力）")),
    Step("say", "算力券多少钱"),
    Step("cite", "1"),
    Step("say", "更正：我们是国企"),
    Step("say", "那镇江呢"),
    Step("say", "转人工"),
    Step("back", "让助手继续"),
    Step("say", "我的资料"),
    Step("send", "voice"),
    Step("send", "image"),
    Step("say", "还有别的吗"),
)


class Person(Protocol):
    """The manager on one channel. `seen` is what stands on the screen, from the top."""

    name: str
    seen: list["Bubble"]

    async def do(self, step: Step) -> None:
        """Do a step; what comes of it may take until the town has settled."""
        ...

    def look(self) -> None:
        """Read what has come since."""
        ...

    async def conversation_id(self) -> str: ...


@dataclass(slots=True)
class Bubble:
    """One message on a screen. With `mine` it is the manager's; `posted` and `shown` as the platform has it."""

    text: str
    mine: bool = False
    posted: Posted | None = None
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of an enterprise, however it is shown."""

    outcome: str
    findings: tuple[tuple[str, str], ...]
    profile: tuple[tuple[str, object], ...]
    asked: str

    @classmethod
    def of(cls, reply: Reply) -> "Told":
        findings = tuple((finding.support_id, finding.status) for finding in reply.findings)
        profile = tuple(sorted((slot, entry.value) for slot, entry in reply.profile.items()))
        return cls(reply.outcome, findings, profile, reply.question.slot if reply.question else "")


async def told_in(office: Office, conversation_id: str) -> list[Told]:
    """Every stored answer of a conversation, from the first."""
    replies = [json.loads(m.reply) for m in await office.reception.messages(conversation_id) if m.reply]
    known = [{name: value for name, value in r.items() if name in Reply.model_fields} for r in replies]
    return [Told.of(Reply.model_validate(fields)) for fields in known]


async def hold(
    town: Town, people: Sequence[Person], steps: Sequence[Step] = CONVERSATION
) -> list[dict[str, list[Told]]]:
    """Hold the conversation on all channels, step by step: what each step was told on each."""
    told: list[dict[str, list[Told]]] = []
    before = dict.fromkeys((person.name for person in people), 0)
    for step in steps:
        await asyncio.gather(*(person.do(step) for person in people))
        await town.settle()
        told.append({})
        for person in people:
            person.look()
            now = await told_in(town.office, await person.conversation_id())
            told[-1][person.name] = now[before[person.name] :]
            before[person.name] = len(now)
    return told


# --- the manager, on each channel


class OnTheWeb:
    """Over the JSON API, as the page does it: options go as choices, clauses are looked up by themselves."""

    name = "web"

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.seen: list[Bubble] = []
        self._client = client
        self._talk: Talk | None = None
        self._reply = Reply(text="")

    async def do(self, step: Step) -> None:
        match step.does:
            case "say" | "back":
                await self._send(step.words)
            case "pick":
                await self._send(choices=self._options(step.words))
            case "tick":
                await self._send(choices=self._options(*step.labels))
            case "cite":
                [cited] = [c for c in self._reply.citations if str(c.marker) == step.words]
                found = await self._client.get(f"/api/v1/documents/{cited.document_id}")
                assert cited.quote in found.json()["text"]

    def look(self) -> None:
        return None

    async def conversation_id(self) -> str:
        assert self._talk is not None
        return self._talk.id

    def _options(self, *labels: str) -> list[str]:
        assert self._reply.question is not None
        ids = {option.label: option.id for option in self._reply.question.options}
        return [ids[label] for label in labels]

    async def _send(self, text: str = "", **more: object) -> None:
        if self._talk is None:
            self._talk = await start_talk(self._client)
        answer = await self._talk.say(text, **more)
        assert answer.status_code == 200, answer.text
        fields = answer.json()
        self._reply = Reply.model_validate({k: v for k, v in fields.items() if k in Reply.model_fields})
        self.seen += [Bubble(text or "、".join(map(str, more.values())), mine=True), Bubble(self._reply.text)]


class OnAPlatform:
    """What is the same on every messaging platform."""

    name = ""
    address = ""

    def __init__(self, town: Town) -> None:
        self.seen: list[Bubble] = []
        self.town = town

    async def conversation_id(self) -> str:
        contact = await self.town.office.people.contact(self.name, self.address)
        assert contact is not None and contact.conversation_id is not None
        return contact.conversation_id

    def says(self, words: str) -> None:
        self.seen.append(Bubble(words, mine=True))


class OnTelegram(OnAPlatform):
    """Buttons are tapped where there are any."""

    name = "telegram"
    address = str(CHAT)

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._read = 0

    async def do(self, step: Step) -> None:
        api = self.town.api
        match step.does:
            case "say":
                self.says(step.words)
                api.push_text(CHAT, step.words)
            case "pick" | "back":
                api.tap(CHAT, step.words)
            case "tick":
                for label in step.labels:
                    api.tap(CHAT, f"☐ {label}")
                api.tap(CHAT, "选好了 ✓")
            case "cite":
                api.tap(CHAT, f"依据 {step.words}")
            case "send" if step.words == "voice":
                self.says("（语音 0:04）")
                api.push_message(CHAT, voice={"file_id": "v", "file_unique_id": "v", "duration": 4})
            case "send":
                self.says("（图片）")
                size = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
                api.push_message(CHAT, photo=[size])

    def look(self) -> None:
        chat = self.town.api.chat(CHAT)
        self.seen += [Bubble(posted.text, posted=posted) for posted in chat[self._read :]]
        self._read = len(chat)


class OnWeChat(OnAPlatform):
    """The official account in its secure mode: numbers are written, answers come as the response."""

    name = "wechat"
    address = "oLi-1"

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.phone = WeChatPhone(town.client, town.clock, self.address, platform=town.wechat)
        self._numbers: dict[str, str] = {}
        self._read = 0

    async def do(self, step: Step) -> None:
        match step.does:
            case "say" | "back":
                await self._say(step.words)
            case "pick":
                await self._say(number_of(self.seen, step.words))
            case "tick":
                await self._say(" ".join(number_of(self.seen, label) for label in step.labels))
            case "cite":
                await self._say(f"依据{step.words}")
            case "send":
                self.says("（语音）" if step.words == "voice" else "（图片）")
                self._saw(await self.phone.send(MsgType=step.words, MediaId="m", MsgId=str(random.getrandbits(48))))

    def look(self) -> None:
        shown = self.town.wechat.people[self.address].shown
        self.seen += [Bubble(one.text, shown=one) for one in shown[self._read :]]
        self._read = len(shown)

    async def _say(self, words: str) -> None:
        self.says(words)
        self._saw(await self.phone.say(words))

    def _saw(self, text: str) -> None:
        if text:
            self.seen.append(Bubble(text, shown=Shown(text)))


class OnWeCom(OnAPlatform):
    """An application of the enterprise: words and numbers in, texts out."""

    name = "wecom"
    address = "u:zhangsan"

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.phone = WeComPhone(town.client, town.clock)
        self._read = 0

    async def do(self, step: Step) -> None:
        match step.does:
            case "say" | "back":
                await self._say(step.words)
            case "pick":
                await self._say(f"第{number_of(self.seen, step.words)}个")
            case "tick":
                await self._say("选" + "和".join(number_of(self.seen, label) for label in step.labels))
            case "cite":
                await self._say(f"依据{step.words}")
            case "send":
                self.says("（语音）" if step.words == "voice" else "（图片）")
                await self.phone.send(MsgType=step.words, MediaId="m", MsgId=str(random.getrandbits(48)))

    def look(self) -> None:
        shown = self.town.wechat.people["zhangsan"].shown
        self.seen += [Bubble(one.text, shown=one) for one in shown[self._read :]]
        self._read = len(shown)

    async def _say(self, words: str) -> None:
        self.says(words)
        assert (await self.phone.say(words)).status_code == 200


class OnCustomerService(OnAPlatform):
    """微信客服: menus are tapped; staff who were called serve in WeCom and end the session there."""

    name = "wecom_service"
    address = f"k:{KF}:{CUSTOMER}"

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.phone = WeComPhone(town.client, town.clock)
        self._read = 0

    async def do(self, step: Step) -> None:
        match step.does:
            case "say":
                await self._write(step.words, content=step.words)
            case "back":  # that is the staff's to do, who end the session
                event = {"event_type": "session_status_change", "external_userid": CUSTOMER, "change_type": 3}
                self.town.wechat.put(KF, "", origin=4, msgtype="event", event=event)
                self.town.wechat.people[CUSTOMER].state = 4
                await self.phone.bring_news(self.town.wechat.announce())
            case "pick":
                id, content = self._row(step.words)
                await self._write(content, content=content, menu_id=id)
            case "tick":
                words = ",".join(number_of(self.seen, label) for label in step.labels)
                await self._write(words, content=words)
            case "cite":
                await self._write(f"依据{step.words}", content=f"依据{step.words}")
            case "send":
                await self._write("（语音）" if step.words == "voice" else "（图片）", step.words, media_id="m")

    def look(self) -> None:
        shown = self.town.wechat.people[CUSTOMER].shown
        self.seen += [Bubble(one.text, shown=one) for one in shown[self._read :]]
        self._read = len(shown)

    def _row(self, label: str) -> tuple[str, str]:
        menu = next(bubble.shown.menu for bubble in reversed(self.seen) if bubble.shown and bubble.shown.menu)
        return next((id, content) for id, content in menu if content.endswith(label))

    async def _write(self, words: str, msgtype: str = "text", **content: str) -> None:
        self.says(words)
        before = await self._heard()
        self.town.wechat.customer_writes(CUSTOMER, msgtype, **content)
        assert (await self.phone.bring_news(self.town.wechat.announce())).status_code == 200
        async with asyncio.timeout(60):
            while await self._heard() == before:
                await asyncio.sleep(0.02)

    async def _heard(self) -> int:
        return sum(row.channel == self.name for row in await rows_of(self.town.office, inbox))


def number_of(seen: Sequence[Bubble], label: str) -> str:
    """The number that stands before a label in what was shown last."""
    for bubble in reversed(seen):
        for line in [] if bubble.mine else lines_of(bubble):
            number, _, rest = line.partition(" ")
            if number.isdecimal() and rest == label:
                return number
    raise AssertionError(f"{label!r} was not offered: {[b.text for b in seen[-3:]]}")


def lines_of(bubble: Bubble) -> list[str]:
    """Every line that is shown, those of a menu as well."""
    shown = bubble.shown
    rows = [content for _, content in shown.menu] if shown else []
    return [*bubble.text.split("\n"), *rows, *(shown.tail.split("\n") if shown and shown.tail else [])]
