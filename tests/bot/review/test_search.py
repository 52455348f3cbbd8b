"""What a filter finds, and that its address says all of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.review import search
from bot.review.search import Filter
from bot.review.verdicts import Judgement, Verdict
from tests.bot.fakes import citation, finding
from tests.bot.review.conftest import Desk, on_both_databases

pytestmark = on_both_databases


async def test_words_of_two_characters_are_found_in_question_and_answer(desk: Desk) -> None:
    await desk.ask("小微企业能领算力券吗", text="文件没有写面额。")
    await desk.ask("职称怎么评", text="要主管部门认定。")
    assert await desk.found(words="企业") == ["小微企业能领算力券吗"]
    assert await desk.found(words="认定") == ["职称怎么评"]
    assert await desk.found(words="算力券") == ["小微企业能领算力券吗"]
    assert await desk.found(words="券") == ["小微企业能领算力券吗"]
    assert await desk.found(words="面额 企业") == ["小微企业能领算力券吗"]
    assert await desk.found(words="面额 职称") == []


async def test_latin_words_are_found_by_their_beginning_in_any_width_and_case(desk: Desk) -> None:
    await desk.ask("ＡＥＯ认证是什么")
    assert await desk.found(words="aeo") == await desk.found(words="Ae") == ["ＡＥＯ认证是什么"]


async def test_hostile_words_are_looked_for_and_nothing_else(desk: Desk) -> None:
    await desk.ask("a' OR 1=1 --")
    for words in ("' OR '1'='1", '" OR words:*', "NEAR(", "channel:web", "%", "*", "\\", "'':*", "（）"):
        await desk.found(words=words)
    assert await desk.found(words="channel web") == []
    assert len(await desk.found(words="（）")) == 1, "no word is no condition"
    assert await desk.found(channel=("we'b", 'w"eb')) == []


async def test_each_kind_of_filter_narrows_the_list(desk: Desk) -> None:
    trace = {"seconds": 3.4, "model": [{"model": "qwen-max"}]}
    await desk.ask("问一", channel="wechat", trace=trace)
    lapsed = citation().model_copy(update={"lifecycle": "expired", "document_id": "old-plan", "provision": "2/5"})
    await desk.ask("问二", citations=(lapsed,), findings=(), outcome="silent", abstained=True)
    await desk.ask("问三", findings=(finding("ineligible"),))
    item = await desk.last()
    assert await desk.found(channel=("wechat",)) == ["问一"]
    assert await desk.found(model=("qwen-max",)) == await desk.found(slow=("3",)) == ["问一"]
    assert await desk.found(slow=("10",)) == []
    assert await desk.found(outcome=("silent",)) == await desk.found(flag=("abstained",)) == ["问二"]
    assert await desk.found(provision=("old-plan/2/5",)) == await desk.found(document=("old-plan",)) == ["问二"]
    assert await desk.found(lifecycle=("expired",), stage=("first",)) == ["问二"]
    assert await desk.found(status=("ineligible",)) == ["问三"]
    assert await desk.found(support=("nanjing-little-giant-award",)) == ["问三", "问一"]
    assert await desk.found(corpus=(item.corpus,), rules=(item.rules,), prompts=(item.prompts,)) == [
        "问三",
        "问二",
        "问一",
    ]
    assert await desk.found(channel=("wechat", "web"), outcome=("silent", "answered"), words="问二") == ["问二"]


async def test_failed_turns_are_found_with_their_words(desk: Desk) -> None:
    await desk.fail("出错的算力券")
    assert await desk.found(outcome=("failed",), words="算力") == ["出错的算力券"]


async def test_days_are_those_of_shanghai_and_last_days_count(desk: Desk) -> None:
    await desk.ask("二十日中午")  # NOW is 12:00 in Shanghai
    desk.wait(12 * 60)
    await desk.ask("二十一日零点")
    assert await desk.found(until=date(2026, 11, 20)) == ["二十日中午"]
    assert await desk.found(since=date(2026, 11, 21)) == ["二十一日零点"]
    assert await desk.found(since=date(2026, 11, 20), until=date(2026, 11, 21), words="十日") == ["二十日中午"]
    assert await desk.found(since=date(2026, 11, 22)) == []


async def test_what_a_filter_finds_is_counted_with_the_number_of_the_newest(desk: Desk) -> None:
    for said in ("算力券一", "职称", "算力券二"):
        await desk.ask(said)
        desk.wait(24 * 60)
    third = (await desk.last()).id
    assert await desk.listing.count(Filter()) == (3, third)
    assert await desk.listing.count(Filter(words="算力")) == (2, third)
    assert await desk.listing.count(Filter(words="算力", until=date(2026, 11, 21))) == (1, third - 2)
    assert await desk.listing.count(Filter(since=date(2026, 11, 21), until=date(2026, 11, 21))) == (1, third - 1)
    assert await desk.listing.count(Filter(words="没有的")) == (0, 0)


async def test_the_next_page_begins_where_this_one_ended_whatever_has_come_since(desk: Desk) -> None:
    for number in range(5):
        await desk.ask(f"问题{number}")
    for wanted in (Filter(), Filter(words="问题")):
        first = await desk.listing.page(wanted, most=2)
        await desk.ask("问题更新的")
        second = await desk.listing.page(wanted, first.before, most=2)
        texts = [found.question for page in (first, second) for found in page.found]
        assert len(texts) == len(set(texts)) == 4
        assert "问题更新的" not in [found.question for found in second.found]
    last = await desk.listing.page(Filter(words="问题0"), most=2)
    assert last.before is None


async def test_what_is_old_and_rare_is_found_behind_all_that_is_recent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_RECENT", 2)
    for number in range(6):
        await desk.ask(f"{'旧' if number < 3 else '新'}问题{number}")
    assert await desk.found(words="旧问") == ["旧问题2", "旧问题1", "旧问题0"]
    page = await desk.listing.page(Filter(words="问题"), most=4)
    assert [found.question for found in page.found] == ["新问题5", "新问题4", "新问题3", "旧问题2"]
    rest = await desk.listing.page(Filter(words="问题"), page.before, most=4)
    assert [found.question for found in rest.found] == ["旧问题1", "旧问题0"]


async def test_how_many_wait_is_told_by_stage(desk: Desk) -> None:
    desk.draws = [0.0]
    first, _ = await desk.flagged(), await desk.flagged()
    await desk.queue.judge(first.id, "甲", Judgement(verdict=Verdict.RIGHT), desk.now)
    assert await desk.listing.waiting() == {"first": 1, "second": 1}


async def test_filters_are_kept_by_name_and_replaced_by_name(desk: Desk) -> None:
    await desk.listing.save("出错的", Filter(outcome=("failed",)), "甲", desk.now)
    await desk.listing.save("出错的", Filter(flag=("failed",)), "乙", desk.now)
    [saved] = await desk.listing.saved()
    assert (saved.name, saved.address, saved.saved_by) == ("出错的", "flag=failed", "乙")
    await desk.listing.drop("出错的")
    assert await desk.listing.saved() == []


async def test_nothing_of_an_erased_conversation_is_left_in_the_index_or_in_any_file(
    desk: Desk, kind: str, tmp_path: Path
) -> None:
    for number in range(30):
        await desk.ask(f"第{number}个问题")
    item = await desk.flagged("我们公司叫zhnkanarie九零，算力券多少钱")
    assert await desk.found(words="zhnkanarie") != []
    await desk.reception.erase(item.conversation_id)
    assert await desk.found(words="zhnkanarie") == await desk.found(words="九零") == []
    assert len(await desk.found(words="问题")) == 30
    if kind == "sqlite":
        kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"zhnkanarie" not in kept and b"nkanarie" not in kept
