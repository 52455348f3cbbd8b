"""How it goes: what the page tells of a period, that it narrows, and that hostile words stay words."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.console.charts import HEIGHT, WIDTH, columns, round_up
from bot.messages import IncomingMessage
from bot.office import Office
from bot.settings import Settings
from bot.store.people import open_ticket
from chains.assistant import Turn
from tests.bot.fakes import BareSettings
from tests.bot.pages.hostile import PAYLOADS
from tests.bot.stores import with_store

from .conftest import MovableClock, Staff

HERE = "/console/how"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Nothing waits for review by chance."""
    return BareSettings(HUIQI_DATA_DIR=with_store(tmp_path / "var"), HUIQI_REVIEW_SAMPLED=0)


async def ask(office: Office, channel: str, texts: Sequence[str], helpful: bool | None = None) -> str:
    conversation = (await office.reception.open(channel)).id
    for text in texts:
        answer = await office.reception.receive(IncomingMessage(conversation, text))
        if helpful is not None:
            await office.people.rate(answer.message_id, helpful, None if helpful else "amount", office.clock())
    return conversation


def tiles(page: str) -> dict[str, str]:
    """The figures at the top, by their names."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", told).split()) for name, told in found}


async def find_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no answer is found."""
    assistant = await office.assistant()
    usual = assistant.answer

    async def silent(*given: Any, **more: Any) -> Turn:
        turn = await usual(*given, **more)
        return replace(turn, reply=turn.reply.model_copy(update={"abstained": True}))

    monkeypatch.setattr(assistant, "answer", silent)


class Parts(HTMLParser):
    """The elements of a page and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}


async def test_a_store_without_anything_in_it_has_its_page(staff: Staff) -> None:
    for query in ("", "?days=1", "?days=90", "?since=2026-01-01&until=2026-11-20&channel=web&city=nanjing"):
        response = await (await staff.seat("viewer")).get(HERE + query)
        assert response.status_code == 200
        assert tiles(response.text)["提问"] == "0" and tiles(response.text)["没答上来"] == "— 0 次"
        assert "这段时间没有答不上来的" in response.text and "没有调用过模型" in response.text


async def test_figures_are_those_of_the_period_the_channel_and_the_city(
    staff: Staff, office: Office, clock: MovableClock
) -> None:
    await ask(office, "web", ("很久以前",))
    clock.move(days=20)
    conversation = await ask(office, "web", ("问一", "问二"), helpful=True)
    await ask(office, "wechat", ("问三",), helpful=False)
    async with office.database.write() as connection:
        await open_ticket(connection, conversation, clock())
    clock.move(minutes=90)
    viewer = await staff.seat("viewer")
    week = tiles((await viewer.get(HERE)).text)
    assert (week["对话"], week["提问"]) == ("2", "3")
    assert week["觉得有帮助"] == "66.7% 3 人次评价"
    assert week["等人工"] == "1 最久 1 小时 30 分"
    assert week["等复核"] == "1 最久 1 小时 30 分"
    assert tiles((await viewer.get(f"{HERE}?days=30")).text)["提问"] == "4"
    narrowed = await viewer.get(f"{HERE}?days=30&channel=wechat")
    assert tiles(narrowed.text)["提问"] == "1"
    assert '<option value="wechat" selected>' in narrowed.text
    assert 'href="/console/how?days=90&amp;channel=wechat"' in narrowed.text
    in_city = await viewer.get(f"{HERE}?city=nanjing")
    assert tiles(in_city.text)["提问"] == "0"
    assert "对话" not in tiles(in_city.text) and '<th scope="col" class="number">对话</th>' not in in_city.text
    past = await viewer.get(f"{HERE}?since=2026-11-20&until=2026-11-20")
    assert tiles(past.text)["提问"] == "1" and 'value="2026-11-20"' in past.text


async def test_a_count_leads_to_the_conversations_that_it_counts(staff: Staff, office: Office) -> None:
    await ask(office, "web", ("问一",), helpful=False)
    await ask(office, "telegram", ("问二",), helpful=False)
    viewer = await staff.seat("viewer")
    page = (await viewer.get(f"{HERE}?channel=telegram")).text
    [address] = set(re.findall(r'href="(/console/items\?flag=disliked[^"]*since[^"]*)"', page))
    listed = (await viewer.get(address.replace("&amp;", "&"))).text
    assert "问二" in listed and "问一" not in listed


async def test_what_was_not_found_leads_to_questions_like_it(
    staff: Staff, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await find_nothing(office, monkeypatch)
    await ask(office, "web", ("企业食堂有补贴吗", "员工食堂补贴怎么申请", "今天天气怎么样，电话13800138000"))
    viewer = await staff.seat("viewer")
    page = (await viewer.get(HERE)).text
    assert "13800138000" not in page and "138" + "*" * 6 + "00" in page
    links = re.findall(r'<a href="(/console/items\?flag=abstained&amp;words=[^"]+)"[^>]*>(\d+)</a>', page)
    assert [count for _, count in links] == ["2", "1"]
    listed = (await viewer.get(links[0][0].replace("&amp;", "&"))).text
    assert listed.count('class="row"') == 2 and "天气" not in listed


async def test_markup_in_words_channels_and_addresses_is_words(
    staff: Staff, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await find_nothing(office, monkeypatch)
    await ask(office, PAYLOADS[0][:20], PAYLOADS)
    viewer = await staff.seat("viewer")
    for query in ("", "?channel=%3Cscript%3Ealert(1)%3C/script%3E&city=%22%3E%3Cimg%20src=x%3E&days=%3Cb%3E"):
        parts = Parts((await viewer.get(HERE + query)).text)
        assert parts.tags["script"] == 2 and parts.tags["img"] == parts.tags["iframe"] == 0
        assert not {name for name in parts.attributes if name == "style" or name.startswith("on")}


async def test_each_chart_is_named_described_and_told_in_a_table(staff: Staff, office: Office) -> None:
    await ask(office, "web", ("问一",))
    page = (await (await staff.seat("viewer")).get(HERE)).text
    charts = re.findall(r'<svg class="chart.*?</svg>', page, re.DOTALL)
    assert charts
    for chart in charts:
        drawn = ET.fromstring(chart)
        assert drawn.get("role") == "img"
        names = {part.get("id") for part in drawn if part.tag in ("title", "desc") and part.text}
        assert set((drawn.get("aria-labelledby") or "").split()) == names
        assert "<table" in page[page.index(chart) :].split("</section>")[0]
    assert len(re.findall(r'\bid="', page)) == len(set(re.findall(r'\bid="([^"]+)"', page)))


def test_columns_stand_on_one_foot_within_the_chart_in_proportion() -> None:
    chart = columns([(0, 0), (5, 1), (10, 10)])
    nothing, half, whole = chart.columns
    assert nothing.height == 0 and half.height * 2 == pytest.approx(whole.height)
    assert whole.part_height == whole.height
    for column in chart.columns:
        assert 0 <= column.y <= HEIGHT and column.x + column.width <= WIDTH
        assert column.y + column.height == pytest.approx(half.y + half.height)
    assert [value for _, value in chart.lines] == [0, 5, 10]
    assert len(columns([(1, 0)] * 366).marks) <= 9


def test_the_scale_ends_at_a_round_number_that_is_not_below() -> None:
    assert [round_up(n) for n in (0, 1, 3, 7, 11, 59, 61, 3456)] == [2, 2, 4, 10, 20, 60, 100, 4000]
