"""How fast the list and the queue of review and the page of figures are over many messages.

The list is measured beside the plain way as well: no index, LIKE.

    python -m tests.bot.review.bench [--messages 1000000] [--database URL] [--keep FOLDER]

It is no test: it seeds a database of its own and prints a table.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Table, insert, text

from bot.channels.web import create_app
from bot.console.cookies import Cookies
from bot.office import Office
from bot.review.index import words_of
from bot.review.items import Item, item_of, labels_of
from bot.review.queue import Queue
from bot.review.search import Filter, Listing
from bot.review.tallies import tally
from bot.store.database import Database, open_database
from bot.store.staff import Role, StaffAccounts
from bot.store.tables import conversations, feedback, messages, model_calls, review_items, reviews, tickets
from tests.bot.fakes import BareSettings

START = datetime(2026, 1, 1, tzinfo=UTC)
CHANNELS = ("web", "web", "web", "wechat", "wechat", "wecom", "telegram")
CITIES = ("nanjing", "nanjing", "nanjing", "yancheng", "huaian", "lianyungang", "zhenjiang", "other", "")
OUTCOMES = ("verdict", "verdict", "interview", "interview", "information", "overview", "silent", "outside", "failed")
STATUSES = ("eligible", "conditional", "ineligible", "undetermined", "not_in_force")
FLAGS = ("lapsed", "abstained", "dropped", "disliked", "complaint", "hostile", "failed", "handed_over", "sampled")
RISKS = (40, 25, 80, 60, 60, 20, 50, 30, 10)
REASONS = ("amount", "period", "whom", "unsupported", "not_found")
STEPS = {"understand": 8, "compose": 25, "hear": 900, "write": 1800, "verify": 3}  # mean milliseconds
_TEXT = """
我们 公司 企业 南京 盐城 淮安 镇江 申请 奖励 补贴 小巨人 专精特新 算力券 转贷基金 职称 评审 贷款 到期
进出口 备案 大模型 研发 技改 单项冠军 多少钱 什么条件 哪个部门 怎么办 可以吗 去年 今年 首次 认定 民营
国企 外资 人才 租房 公寓 采购 扣除 标准 制定 平台 中试 首台套 融资 担保 费率 白名单 商务旅行卡 原则上
主管部门 文件 没有写 时间 材料 流程 市工信局 南京海关 依据 条款 符合 不符合 还差 信息 情况 请问 谢谢
"""
WORDS = _TEXT.split()
BATCH = 5000


def rows(count: int, seed: int = 7) -> Iterator[tuple[dict[str, Any], ...]]:
    """Conversation, question, answer and item of each message; a conversation has four of them."""
    draw = random.Random(seed)
    for number in range(1, count + 1):
        at = START + timedelta(seconds=25 * number)
        talk = f"c{(number - 1) // 4:031d}"
        question, answer = f"q{number:031d}", f"a{number:031d}"
        flagged = draw.random() < 0.2
        chosen = draw.choices(range(len(FLAGS)), k=1 + (draw.random() < 0.2)) if flagged else []
        kinds = sorted({FLAGS[one] for one in chosen})
        steps = {name: int(draw.expovariate(1 / mean)) for name, mean in STEPS.items()}
        reviewed = flagged and draw.random() < 0.5
        asked = "".join(draw.choices(WORDS, k=draw.randint(3, 9)))
        told = "，".join("".join(draw.choices(WORDS, k=5)) for _ in range(draw.randint(4, 12)))
        place = f"nanjing-measures/{draw.randint(1, 5)}/{draw.randint(1, 20)}"
        said = {"conversation_id": talk, "raw": None, "at": at, "trace": None, "author": None}
        said |= {"client_message_id": None, "body_hash": None, "failed_at": None, "reply": None}
        item = {
            "id": number,
            "conversation_id": talk,
            "question_id": question,
            "answer_id": answer,
            "at": at,
            "channel": draw.choice(CHANNELS),
            "city": draw.choice(CITIES),
            "outcome": draw.choice(OUTCOMES),
            "abstained": "abstained" in kinds,
            "milliseconds": sum(steps.values()),
            "steps": json.dumps(steps),
            "begins": number % 4 == 1,
            "corpus": f"corpus{number * 8 // count}",
            "rules": f"rules{number * 5 // count}",
            "prompts": f"prompts{number * 12 // count}",
            "model": "",
            "flags": json.dumps([[one, ""] for one in kinds]),
            "kinds": " ".join(kinds),
            "touched": json.dumps(
                {
                    "supports": [f"support-{draw.randint(1, 120)}" for _ in range(2)],
                    "provisions": [place],
                    "statuses": [draw.choice(STATUSES)],
                    "lifecycles": ["in_force"],
                }
            ),
            "sampled": False,
            "doubled": draw.random() < 0.1,
            "stage": "done" if reviewed else "first" if flagged else "none",
            "place": None if reviewed or not flagged else -sum(RISKS[one] for one in set(chosen)),
            "verdict": draw.choice(("right", "right", "right", "partly", "wrong")) if reviewed else None,
            "leased_by": None,
            "leased_until": None,
        }
        held = {"id": talk, "token_hash": "0" * 64, "channel": item["channel"], "as_of": at.date(), "pinned": False}
        held |= {"state": "{}", "revision": 0, "created_at": at, "updated_at": at}
        turn = (number - 1) % 4 * 2
        yield (
            held,
            said | {"id": question, "sequence": turn, "role": "user", "text": asked},
            said | {"id": answer, "sequence": turn + 1, "role": "assistant", "text": told, "reply": "{}" + " " * 1500},
            item,
        )


async def seed(database: Database, count: int) -> None:
    """In bulk; what is written is what the reception would have written."""
    batch: list[tuple[dict[str, Any], ...]] = []
    for row in rows(count):
        batch.append(row)
        if len(batch) == BATCH:
            await _write(database, batch)
            batch = []
    if batch:
        await _write(database, batch)
    async with database.write() as connection:
        await connection.execute(text("ANALYZE"))


async def _write(database: Database, batch: list[tuple[dict[str, Any], ...]]) -> None:
    async with database.write() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        talks = {held["id"]: held for held, *_ in batch if held["id"].startswith("c")}
        first = batch[0][1]["sequence"] == 0
        new = [held for number, held in enumerate(talks.values()) if number or first]
        await connection.execute(insert(conversations), new)
        await connection.execute(insert(messages), [m for _, question, answer, _ in batch for m in (question, answer)])
        await connection.execute(insert(review_items), [item for *_, item in batch])
        indexed = []
        items = [item_of(_Row(values)) for *_, values in batch]  # type: ignore[arg-type]
        for (_, question, answer, _), item in zip(batch, items, strict=True):
            words = sorted(words_of(question["text"], answer["text"]) | labels_of(item, []))
            indexed.append({"id": item.id, "words": " ".join(words) if is_sqlite else words})
        await tally(connection, [], items)
        for table, rows in _beside(items):
            await connection.execute(insert(table), rows)
        query = (
            "INSERT INTO review_words (rowid, words) VALUES (:id, :words)"
            if is_sqlite
            else "INSERT INTO review_words (item_id, words) VALUES (:id, array_to_tsvector(CAST(:words AS text[])))"
        )
        await connection.execute(text(query), indexed)


def _beside(items: Sequence[Item]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """What hangs on items: reviews, some of them by two people, opinions, tickets, a call of a model for each."""
    draw = random.Random(items[0].id)
    said = {"undoes": None, "severity": None, "comment": "", "corrected": "", "seconds": 20}
    judged = [(item, who) for item in items if item.verdict for who in ("甲", "乙")[: 1 + item.doubled]]
    yield (
        reviews,
        [
            said
            | {"item_id": item.id, "reviewer": who, "at": item.at + timedelta(hours=5), "verdict": item.verdict}
            | {"reasons": json.dumps([] if item.verdict == "right" else [draw.choice(REASONS)])}
            for item, who in judged
        ],
    )
    rated = [item for item in items if draw.random() < 0.05]
    up = {item.id: draw.random() < 0.7 for item in rated}
    yield (
        feedback,
        [{"message_id": item.answer_id, "helpful": up[item.id], "reason": None, "at": item.at} for item in rated],
    )
    asked = [item for item in items if draw.random() < 0.005]
    yield (
        tickets,
        [
            {"conversation_id": item.conversation_id, "opened_at": item.at, "taken_by": "甲", "taken_at": later}
            | {"closed_by": "甲", "closed_at": later}
            for item in asked
            for later in (item.at + timedelta(minutes=draw.expovariate(1 / 10)),)
        ],
    )
    yield (
        model_calls,
        [{"day": i.at.date(), "person": i.conversation_id, "tokens": 1400, "micro_yuan": 2100} for i in items],
    )


class _Row:
    """Looks like a row of the table."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._mapping = values


FILTERS: dict[str, Filter] = {
    "nothing": Filter(),
    "channel": Filter(channel=("wechat",)),
    "city and status": Filter(city=("zhenjiang",), status=("not_in_force",)),
    "a rare support": Filter(support=("support-77",)),
    "a provision": Filter(provision=("nanjing-measures/2/6",)),
    "flag and verdict": Filter(flag=("dropped",), verdict=("wrong",)),
    "failed": Filter(outcome=("failed",)),
    "slower than 3 s": Filter(slow=("3",)),
    "old versions": Filter(corpus=("corpus0",), rules=("rules0",)),
    "a two-character word": Filter(words="海关"),
    "a longer word": Filter(words="转贷基金"),
    "two words": Filter(words="算力券 担保"),
    "a word, a channel, a month": Filter(
        words="单项冠军", channel=("telegram",), since=datetime(2026, 3, 1).date(), until=datetime(2026, 3, 31).date()
    ),
    "everything at once": Filter(
        words="职称", channel=("web", "wecom"), city=("nanjing",), outcome=("verdict",), status=("eligible",)
    ),
    "nothing fits": Filter(words="没有这个词组", channel=("web",)),
    "common and disjoint": Filter(corpus=("corpus0",), prompts=("prompts11",)),
}


async def measure(work: Callable[[], Awaitable[object]], times: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        await work()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]


async def plainly(database: Database, wanted: Filter) -> None:
    """The same list without an index: rows are looked at one after another, words by LIKE."""
    conditions, values = ["1 = 1"], {}
    for name in ("channel", "city", "outcome", "verdict", "corpus", "rules", "prompts"):
        for number, value in enumerate(getattr(wanted, name)[:1]):
            conditions.append(
                f"+i.{name} = :{name}{number}" if not database.is_shared else f"i.{name} = :{name}{number}"
            )
            values[f"{name}{number}"] = value
    for name in ("support", "provision", "status"):
        for value in getattr(wanted, name)[:1]:
            conditions.append(f"i.touched LIKE :{name}")
            values[name] = f'%"{value}"%'
    for name in ("flag",):
        for value in getattr(wanted, name)[:1]:
            conditions.append("i.flags LIKE :flag")
            values[name] = f'%"{value}"%'
    for value in wanted.slow:
        conditions.append(f"i.milliseconds >= {int(value) * 1000}")
    for number, word in enumerate(wanted.words.split()):
        conditions.append(f"(q.text LIKE :word{number} OR a.text LIKE :word{number})")
        values[f"word{number}"] = f"%{word}%"
    query = f"""SELECT i.id, q.text, a.text FROM review_items i JOIN messages q ON q.id = i.question_id
        LEFT JOIN messages a ON a.id = i.answer_id WHERE {" AND ".join(conditions)} ORDER BY i.at DESC LIMIT 50"""
    async with database.read() as connection:
        (await connection.execute(text(query), values)).all()


async def run(url: str, count: int, times: int) -> None:
    database = await open_database(url)
    async with database.read() as connection:
        known = (await connection.execute(text("SELECT count(*) FROM review_items"))).scalar_one()
    if known < count:
        begun = time.perf_counter()
        await seed(database, count)
        print(f"{count} messages seeded in {time.perf_counter() - begun:.0f} s")
    listing, queue = Listing(database), Queue(database)
    print(f"{'list':<28}{'p50 ms':>10}{'p95 ms':>10}{'next page':>11}{'plain ms':>10}")
    for name, wanted in FILTERS.items():
        middle, most = await measure(lambda wanted=wanted: listing.page(wanted), times)  # type: ignore[misc]
        page = await listing.page(wanted)
        deep = "-"
        if page.before is not None:
            _, later = await measure(lambda w=wanted, b=page.before: listing.page(w, b), times)  # type: ignore[misc]
            deep = f"{later:.1f}"
        plain, _ = await measure(lambda wanted=wanted: plainly(database, wanted), 1)  # type: ignore[misc]
        print(f"{name:<28}{middle:>10.1f}{most:>10.1f}{deep:>11}{plain:>10.1f}")
    now = START + timedelta(days=400)
    taken: list[int | None] = []

    async def take() -> None:
        item = await queue.take(f"reviewer{len(taken)}", now)
        taken.append(item.id if item else None)

    middle, most = await measure(take, 200)
    assert None not in taken and len(set(taken)) == len(taken)
    print(f"{'next item (200 reviewers)':<28}{middle:>10.1f}{most:>10.1f}")
    await database.close()
    await look(url, count, times)


SETTLED = 10  # seconds
PERIODS = {
    "how it goes, today": "days=1",
    "how it goes, 30 days": "days=30",
    "30 days, one channel": "days=30&channel=wechat",
    "30 days, one city": "days=30&city=zhenjiang",
    "90 days": "days=90",
    "366 days": "days=366",
}


async def look(url: str, count: int, times: int) -> None:
    """The page of figures, whole, as somebody who is signed in gets it."""
    now = START + timedelta(seconds=25 * count)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(BareSettings(HUIQI_DATA_DIR=Path(folder), DATABASE_URL=url), clock=lambda: now)
        await office.open()
        await office.assistant()
        accounts = StaffAccounts(office.database)
        account = await accounts.find("bench")
        if account is None:
            await accounts.add("bench", Role.VIEWER, "", by="@bench", at=now)
            account = await accounts.find("bench")
        assert account is not None
        begun = await accounts.begin(account, "", "", now)
        assert begun is not None
        transport = httpx.ASGITransport(create_app(office.settings, office))
        cookies = {Cookies("", "127.0.0.1").session: begun[0]}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=cookies) as client:

            async def get(query: str) -> None:
                response = await client.get(f"/console/how?{query}", headers={"accept": "text/html"})
                assert response.status_code == 200, response.text

            await get("days=1")  # loads templates and words
            await asyncio.sleep(SETTLED)  # what was left unanswered is looked for when the office opens
            for name, query in PERIODS.items():
                middle, most = await measure(lambda query=query: get(query), times)  # type: ignore[misc]
                print(f"{name:<28}{middle:>10.1f}{most:>10.1f}")
        await office.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--database", help="an empty database; SQLite in a temporary folder by default")
    parser.add_argument("--keep", type=Path, help="a folder for the SQLite database, to be used again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite+aiosqlite:///{given.keep or folder}/bench.db"
        asyncio.run(run(url, given.messages, given.times))


if __name__ == "__main__":
    main()
