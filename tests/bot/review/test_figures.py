"""What is counted is what is there: the figures of a period beside a plain recount of a seeded store."""

import asyncio
import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select

from bot.clock import SHANGHAI
from bot.review.figures import handovers, judged, thumbs
from bot.review.items import Item, item_of
from bot.review.periods import LONGEST, Period
from bot.review.tallies import bound, quantile, volumes
from bot.review.verdicts import Judgement, Reason, Verdict
from bot.store import database as store
from bot.store.database import open_database
from bot.store.ledger import Caps, StoredLedger, spending
from bot.store.people import open_ticket
from bot.store.tables import review_items
from chains.reply import ProfileEntry
from knowledge.profile import Source
from tests.bot.review.conftest import Desk, on_both_databases

DAY = date(2026, 11, 20)
OUTCOMES = ("verdict", "information", "silent", "hostile", "handed_over")
PERIODS = (
    Period(DAY, DAY + timedelta(days=9)),
    Period(DAY + timedelta(days=2), DAY + timedelta(days=4)),
    Period(DAY, DAY + timedelta(days=9), channel=("wechat", "telegram")),
    Period(DAY, DAY + timedelta(days=9), city=("nanjing",)),
    Period(DAY, DAY + timedelta(days=9), channel=("web",), city=("yancheng",)),
)


async def seed(desk: Desk, turns: int = 60) -> None:
    """Ten days of everything that can happen to an answer, in any order."""
    draw = random.Random(11)
    answered: list[tuple[str, str]] = []
    for number in range(turns):
        desk.wait(draw.randint(100, 300))
        conversation = await desk.open(draw.choice(("web", "wechat", "telegram")))
        if draw.random() < 0.1:
            await desk.fail(f"出错{number}")
        for _ in range(draw.randint(1, 3)):
            outcome, city = draw.choice(OUTCOMES), draw.choice(("nanjing", "yancheng", ""))
            known = {"city": ProfileEntry(value=city, label=city, source=Source.STATED)} if city else {}
            steps = {"understand": draw.random() / 50, "compose": draw.expovariate(1)}
            trace = {"steps": steps, "seconds": sum(steps.values())}
            abstained = outcome in ("silent", "hostile")
            answer = await desk.ask(
                f"问{number}", conversation, outcome=outcome, abstained=abstained, profile=known, trace=trace
            )
            answered.append((conversation, answer.message_id))
        if draw.random() < 0.5:
            rated = draw.choice(answered)[1]
            await desk.people.rate(rated, draw.random() < 0.5, draw.choice((None, "amount")), desk.now)
        if draw.random() < 0.5 and (item := await desk.queue.take("甲", desk.now)):
            verdict = draw.choice(list(Verdict))
            reasons = () if verdict is Verdict.RIGHT else (draw.choice(list(Reason)),)
            for reviewer in ("甲", "乙")[: 1 + (draw.random() < 0.5)]:
                await desk.queue.judge(item.id, reviewer, Judgement(verdict=verdict, reasons=reasons), desk.now)
        if draw.random() < 0.1:
            await desk.queue.undo("甲", desk.now)
        if draw.random() < 0.05:
            gone = draw.choice(answered)[0]
            await desk.reception.erase(gone)
            answered = [one for one in answered if one[0] != gone]


async def items_of(desk: Desk, period: Period) -> list[Item]:
    async with desk.database.read() as connection:
        items = [item_of(row) for row in await connection.execute(select(review_items))]
    return [
        item
        for item in items
        if period.since <= item.at.astimezone(SHANGHAI).date() <= period.until
        and (not period.channel or item.channel in period.channel)
        and (not period.city or item.city in period.city)
    ]


def recounted(items: Sequence[Item]) -> Counter[str]:
    found: Counter[str] = Counter()
    for item in items:
        found["turns"] += 1
        found["talks"] += item.begins
        found[f"outcome:{item.outcome}"] += 1
        found[f"verdict:{item.verdict}"] += item.verdict is not None
        for one in item.flags:
            found[f"flag:{one.flag}"] += 1
    return +found


@on_both_databases
async def test_the_counts_of_a_period_are_those_of_its_items(desk: Desk) -> None:
    await seed(desk)
    for period in PERIODS:
        items, volume = await items_of(desk, period), await volumes(desk.database, period)
        assert len(items) > 3
        counts = Counter({name: n for name, n in volume.counts.items() if not name.startswith("step:")})
        assert +counts == recounted(items)
        assert +volume.channels == Counter(item.channel for item in items)
        assert +volume.cities == Counter(item.city for item in items)
        days = Counter(item.at.astimezone(SHANGHAI).date() for item in items)
        assert {day: counts["turns"] for day, counts in volume.days.items() if counts["turns"]} == days


@on_both_databases
async def test_half_of_the_answers_took_no_longer_than_the_median_says(desk: Desk) -> None:
    await seed(desk, 30)
    items = [item for item in await items_of(desk, PERIODS[0]) if item.answer_id]
    times = (await volumes(desk.database, PERIODS[0])).times()
    assert set(times) == {"understand", "compose", "whole"}
    for step in ("understand", "compose"):
        plain = sorted(item.steps[step] for item in items)
        for share in (0.5, 0.95):
            assert quantile(times[step], share) == bound(plain[math.ceil(share * len(plain)) - 1])
    assert times["whole"].total() == len(items)


def test_bounds_keep_the_order_of_times_and_are_never_below_them_nor_far_above() -> None:
    bounds = [bound(milliseconds) for milliseconds in range(30_000)]
    assert bounds == sorted(bounds)
    assert all(n <= bound <= max(n * 1.34, n) for n, bound in enumerate(bounds))
    assert [bound(n) for n in (0, 9, 11, 100, 101, 999, 1300)] == [0, 9, 12, 100, 120, 1000, 1600]
    assert quantile(Counter(), 0.5) is None


@on_both_databases
async def test_reasons_and_agreement_are_those_of_the_judgements_that_hold(desk: Desk) -> None:
    item = await desk.flagged("问一")
    other = await desk.flagged("问二")
    wrong = Judgement(verdict=Verdict.WRONG, reasons=(Reason.AMOUNT, Reason.TONE))
    right = Judgement(verdict=Verdict.RIGHT)
    await desk.queue.judge(item.id, "甲", right, desk.now)
    desk.wait(1)
    await desk.queue.judge(item.id, "甲", wrong, desk.now)
    await desk.queue.judge(other.id, "甲", wrong, desk.now)
    await desk.queue.undo("甲", desk.now)
    await desk.queue.judge(other.id, "甲", right, desk.now)
    await desk.queue.judge(other.id, "乙", right, desk.now)
    found = await judged(desk.database, Period(DAY, DAY))
    assert found.reasons == {("amount", "wrong"): 1, ("tone", "wrong"): 1}
    assert (found.doubles, found.agreed) == (1, 1)
    assert (await volumes(desk.database, Period(DAY, DAY))).counts["verdict:right"] == 1
    assert (await judged(desk.database, Period(DAY, DAY, channel=("wechat",)))).reasons == {}
    tomorrow = Period(DAY + timedelta(days=1), DAY + timedelta(days=1))
    assert (await judged(desk.database, tomorrow)).doubles == 0


@on_both_databases
async def test_opinions_count_on_the_day_and_in_the_channel_of_the_answer(desk: Desk) -> None:
    web, wechat = await desk.ask("问一"), await desk.ask("问二", channel="wechat")
    desk.wait(24 * 60)
    await desk.people.rate(web.message_id, True, None, desk.now)
    await desk.people.rate(wechat.message_id, True, None, desk.now)
    await desk.people.rate(wechat.message_id, False, "amount", desk.now)
    everybody = await thumbs(desk.database, Period(DAY, DAY))
    assert (everybody.up, everybody.down, everybody.reasons) == (1, 1, {"amount": 1})
    narrowed = await thumbs(desk.database, Period(DAY, DAY, channel=("wechat",)))
    assert (narrowed.up, narrowed.down) == (0, 1)
    assert (await thumbs(desk.database, Period(DAY + timedelta(days=1), DAY + timedelta(days=1)))).up == 0


@on_both_databases
async def test_waits_for_staff_are_told_of_those_who_were_served_who_left_and_who_still_wait(desk: Desk) -> None:
    async def nothing(_: Any) -> None:
        pass

    begun = desk.now
    for channel, minutes in (("web", 5), ("web", 20), ("wechat", 60), ("web", 0)):
        conversation = await desk.open(channel)
        async with desk.database.write() as connection:
            await open_ticket(connection, conversation, begun)
        ticket = (await desk.people.open_tickets())[-1]
        if minutes:
            await desk.people.take(ticket.id, "甲", begun + timedelta(minutes=minutes), nothing)
    now = begun + timedelta(hours=2)
    found = await handovers(desk.database, Period(DAY, DAY), now)
    assert (found.opened, found.taken, found.left, found.waiting) == (4, 3, 0, 1)
    assert (found.middle, found.most) == (timedelta(minutes=20), timedelta(minutes=60))
    assert found.longest == timedelta(hours=2)
    narrowed = await handovers(desk.database, Period(DAY, DAY, channel=("wechat",)), now)
    assert (narrowed.opened, narrowed.waiting, narrowed.longest) == (1, 0, None)


@on_both_databases
async def test_what_waits_for_review_is_told_by_flag_with_the_oldest(desk: Desk) -> None:
    assert (await desk.queue.backlog()).count == 0
    first = await desk.flagged("问一")
    desk.wait(30)
    second = await desk.flagged("我要投诉")
    desk.wait(30)
    third = await desk.flagged("我要投诉你们", outcome="hostile", abstained=True)
    backlog = await desk.queue.backlog()
    assert (backlog.count, backlog.since) == (3, first.at)
    counts = {flag.value: waiting.count for flag, waiting in backlog.flags.items()}
    assert counts == {"abstained": 2, "complaint": 2, "hostile": 1}
    assert [waiting.since for waiting in backlog.flags.values()] == [first.at, second.at, third.at]
    await desk.queue.judge(first.id, "甲", Judgement(verdict=Verdict.RIGHT), desk.now)
    assert (await desk.queue.backlog()).count == 2


@on_both_databases
async def test_spending_is_told_by_day(desk: Desk) -> None:
    ledger = StoredLedger(desk.database, Caps(price_in=1, price_out=4), desk.clock)
    for tokens in (100, 200):
        entry = await ledger.reserve("某人", 5000)
        assert entry is not None
        await ledger.settle(entry, tokens, 50)
    desk.wait(24 * 60)
    await ledger.reserve("某人", 1000)
    first, second = await spending(desk.database, DAY, DAY + timedelta(days=1))
    assert (first.day, first.calls, first.tokens) == (DAY, 2, 400)
    assert first.yuan == pytest.approx(0.0007)
    assert (second.calls, second.tokens) == (1, 1000)
    assert await spending(desk.database, DAY - timedelta(days=9), DAY - timedelta(days=1)) == []


@on_both_databases
async def test_a_store_from_before_is_counted_once_when_two_open_it(desk: Desk) -> None:
    await seed(desk, 30)
    expected = await volumes(desk.database, PERIODS[0])
    url = desk.database._engine.url.render_as_string(hide_password=False)
    async with desk.database.write() as connection:
        await connection.run_sync(_go_back)
    both = await asyncio.gather(open_database(url), open_database(url))
    found = await volumes(both[0], PERIODS[0])
    async with both[1].read() as connection:
        kinds = (await connection.execute(select(review_items.c.kinds, review_items.c.flags))).all()
    for database in both:
        await database.close()
    assert +found.counts == +expected.counts
    assert kinds and all(one.kinds.split() == sorted({flag for flag, _ in json.loads(one.flags)}) for one in kinds)


def _go_back(connection: Connection) -> None:
    """Take away what the migrations since have brought."""
    for statement in (
        "DROP TABLE tallies",
        "DROP INDEX ix_review_items_waiting",
        "DROP INDEX ix_reviews_at",
        "DROP INDEX ix_tickets_opened_at",
        "ALTER TABLE review_items DROP COLUMN steps",
        "ALTER TABLE review_items DROP COLUMN begins",
        "ALTER TABLE review_items DROP COLUMN kinds",
        *(["DROP FUNCTION audit_begins_later CASCADE"] if connection.dialect.name == "postgresql" else []),
        "DROP TABLE audit_start",
        "DROP TABLE exports",
        "DROP INDEX ix_model_calls_person",
        "DROP INDEX ix_conversations_updated_at",
        "DROP INDEX ix_review_items_held",
        "CREATE INDEX ix_review_items_leased_by ON review_items (leased_by)",
    ):
        connection.exec_driver_sql(statement)
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.stamp(config, "0006")


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ({}, DAY - timedelta(days=6), DAY),
        ({"days": "1"}, DAY, DAY),
        ({"days": "30"}, DAY - timedelta(days=29), DAY),
        ({"days": "0"}, DAY - timedelta(days=6), DAY),
        ({"days": "-5"}, DAY - timedelta(days=6), DAY),
        ({"days": "9" * 30}, DAY - timedelta(days=LONGEST - 1), DAY),
        ({"days": "七"}, DAY - timedelta(days=6), DAY),
        ({"since": "2026-11-01", "until": "2026-11-03"}, date(2026, 11, 1), date(2026, 11, 3)),
        ({"since": "2026-11-03", "until": "2026-11-01"}, date(2026, 11, 1), date(2026, 11, 3)),
        ({"since": "2026-11-01"}, date(2026, 11, 1), DAY),
        ({"until": "2026-11-03"}, date(2026, 11, 3), date(2026, 11, 3)),
        ({"since": "2027-03-01", "until": "2027-04-01"}, DAY, DAY),
        (
            {"since": "2001-01-01", "until": "2026-11-03"},
            date(2026, 11, 3) - timedelta(days=LONGEST - 1),
            date(2026, 11, 3),
        ),
        ({"since": "0001-01-01", "until": "1999-12-31"}, DAY - timedelta(days=6), DAY),
        ({"since": "0001-01-01", "until": "9999-12-31"}, DAY, DAY),
        ({"since": "<script>", "until": "2026-13-40"}, DAY - timedelta(days=6), DAY),
    ],
)
def test_a_period_is_read_from_its_address_whatever_stands_there(
    query: dict[str, str], since: date, until: date
) -> None:
    period = Period.read(query.items(), DAY)
    assert (period.since, period.until) == (since, until)
    assert period.begin.date() == since and period.end > period.begin


def test_the_address_of_a_period_reads_as_the_same_period() -> None:
    for period in (*PERIODS, Period.read([("days", "30"), ("channel", "web"), ("city", "nanjing")], DAY)):
        assert Period.read(parse_qsl(period.address), DAY + timedelta(days=9 if period.days is None else 0)) == period


async def test_an_answer_that_came_at_the_second_try_is_counted_once_where_it_came(desk: Desk) -> None:
    conversation = await desk.fail("出错一次")
    desk.wait(24 * 60)
    desk.assistant.broken = False
    [question] = await desk.reception.messages(conversation)
    await desk.reception.answer(question)
    both = await volumes(desk.database, Period(DAY, DAY + timedelta(days=1)))
    assert both.counts["turns"] == both.counts["talks"] == 1 and both.counts["outcome:failed"] == 0
    assert both.days[DAY + timedelta(days=1)]["turns"] == 1
