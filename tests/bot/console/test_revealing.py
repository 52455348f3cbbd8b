"""What is hidden is shown to those who may and say why, and that is remembered."""

from bot.store.tables import audit
from tests.bot.fakes import start_talk
from tests.bot.rows import rows_of

from .conftest import Staff

PHONE = "13800138000"


async def message_id(staff: Staff) -> str:
    talk = await start_talk(staff.stranger().client)
    await talk.say(f"回电{PHONE}")
    return str((await talk.read()).json()["messages"][0]["message_id"])


async def test_a_reviewer_who_says_why_reads_it_and_that_is_remembered(staff: Staff) -> None:
    written = await message_id(staff)
    reviewer = await staff.seat("reviewer")
    shown = await reviewer.post(f"/console/messages/{written}/reveal", reason=f"回拨核对 {PHONE}", back="/console")
    assert shown.status_code == 200 and f"回电{PHONE}" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    row = (await rows_of(staff.office, audit))[-1]
    assert (row.who, row.action, row.object) == ("reviewer", "revealed", f"message:{written}")
    assert row.reason == "回拨核对 138******00"


async def test_nothing_is_shown_without_a_reason(staff: Staff) -> None:
    written = await message_id(staff)
    reviewer = await staff.seat("reviewer")
    before = await rows_of(staff.office, audit)
    for reason in ("", "   ", "看看"):
        refused = await reviewer.post(f"/console/messages/{written}/reveal", reason=reason)
        assert refused.status_code == 422 and PHONE not in refused.text
    assert await rows_of(staff.office, audit) == before


async def test_a_viewer_does_not_get_to_see_it(staff: Staff) -> None:
    written = await message_id(staff)
    refused = await (await staff.seat("viewer")).post(f"/console/messages/{written}/reveal", reason="想看一看")
    assert refused.status_code == 403 and PHONE not in refused.text


async def test_a_message_that_is_not_there_is_missing(staff: Staff) -> None:
    missing = await (await staff.seat("admin")).post("/console/messages/nothing/reveal", reason="想看一看")
    assert missing.status_code == 404


async def test_the_way_back_leads_nowhere_else(staff: Staff) -> None:
    written = await message_id(staff)
    reviewer = await staff.seat("reviewer")
    for back in ("https://evil.example", "javascript:alert(1)", "//evil.example"):
        shown = await reviewer.post(f"/console/messages/{written}/reveal", reason="核对电话", back=back)
        assert "evil.example" not in shown.text and "javascript:" not in shown.text
