"""Somebody who was told something wrong is written to, and it is known whether that has arrived."""

from sqlalchemy import update

from bot.messages import IncomingMessage
from bot.review.amends import Amends, Arrival
from bot.store.outbox import Outbox, Sending
from bot.store.tables import outbox
from tests.bot.review.conftest import Desk


async def amended(desk: Desk, *, on_telegram: bool = True) -> tuple[Amends, int]:
    """An item whose person was written to."""
    conversation = await desk.open("telegram" if on_telegram else "web")
    if on_telegram:
        contact = await desk.people.meet("telegram", "1001", desk.now)
        await desk.people.attach(contact.id, conversation)
    await desk.reception.receive(IncomingMessage(conversation, "小巨人奖多少钱"))
    item, amends = await desk.last(), Amends(desk.database, desk.reception, desk.clock)
    await amends.write(item, "之前说错了，应当是 100 万元", "小王")
    return amends, item.id


async def arrivals(amends: Amends, item_id: int) -> list[Arrival]:
    return [amend.arrival for amend in await amends.all(item_id)]


async def test_it_is_followed_until_the_platform_has_acknowledged_it(desk: Desk) -> None:
    amends, item_id = await amended(desk)
    assert await arrivals(amends, item_id) == [Arrival.ON_ITS_WAY]
    mail = Outbox(desk.database)
    [(sheet_id, _, _)] = await mail.due(["telegram"], desk.now, 9)
    await mail.claim(sheet_id, desk.now)
    await mail.acknowledge(sheet_id, 1, desk.now, last=True)
    assert await arrivals(amends, item_id) == [Arrival.DELIVERED]
    assert await amends.all(undelivered=True) == []
    desk.wait(60 * 24 * 30)
    await mail.forget_old(desk.now)
    assert await arrivals(amends, item_id) == [Arrival.DELIVERED], "it stays known when the mail is forgotten"


async def test_what_cannot_arrive_is_told(desk: Desk) -> None:
    amends, item_id = await amended(desk)
    for state, told in ((Sending.KEPT, Arrival.WHEN_THEY_WRITE), (Sending.UNREACHABLE, Arrival.UNREACHABLE)):
        async with desk.database.write() as connection:
            await connection.execute(update(outbox).values(state=state))
        assert await arrivals(amends, item_id) == [told]


async def test_on_the_web_it_stands_in_the_conversation(desk: Desk) -> None:
    amends, item_id = await amended(desk, on_telegram=False)
    [amend] = await amends.all(item_id)
    assert (amend.arrival, amend.said_by) == (Arrival.WHEN_THEY_LOOK, "小王")
    assert "应当是 100 万元" in amend.text


async def test_it_goes_with_the_conversation(desk: Desk) -> None:
    amends, item_id = await amended(desk)
    item = await desk.queue.item(item_id)
    assert item is not None
    await desk.reception.erase(item.conversation_id)
    assert await amends.all() == []
