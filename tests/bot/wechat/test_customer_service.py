"""微信客服: who comes is welcomed, what may not be sent is not, people take over and hand back."""

import pytest

from bot.channels.platform import NotPermitted, SendFailed, Standing, TooFast, Unreachable
from bot.channels.wechat.customer_service import CustomerService
from bot.channels.wechat.wecom import WeCom
from bot.messages import Kind, Sheet
from tests.bot.wechat.conftest import House
from tests.bot.wechat.fake_wechat import KF, START, Clock, FakePlatform

pytestmark = pytest.mark.asyncio

LI = f"k:{KF}:wm-li"


async def one_parcel(service: CustomerService, text: str = "好") -> dict[str, object]:
    [parcel] = service.render(Sheet(text=text), LI)
    return dict(parcel)


# --- welcome, quota, what goes wrong


async def enter(wecom: WeCom, platform: FakePlatform, clock: Clock, **more: str) -> None:
    event = {"event_type": "enter_session", "open_kfid": KF, "external_userid": "wm-li", **more}
    if code := more.get("welcome_code"):
        platform.people["wm-li"].codes[code] = clock().replace(second=clock().second + 20)
    platform.put(KF, "", origin=4, msgtype="event", event=event)
    await wecom.service.hear_of_news(KF, platform.announce())
    await wecom.service.fetch(KF)


async def test_who_comes_for_the_first_time_is_welcomed_before_they_write(
    wecom: WeCom, platform: FakePlatform, house: House, clock: Clock
) -> None:
    await enter(wecom, platform, clock, welcome_code="CODE1", scene_param="nanjing")
    [delivery] = await house.inbox()
    assert (delivery.kind, delivery.text, delivery.address) == (Kind.JOINED, "nanjing", LI)
    await wecom.service.send(await one_parcel(wecom.service, "您好"))
    assert platform.shown("wm-li") == ["您好"]
    with pytest.raises(NotPermitted):
        await wecom.service.send(await one_parcel(wecom.service, "第二句"))


async def test_a_welcome_that_comes_too_late_waits_for_the_person(
    wecom: WeCom, platform: FakePlatform, house: House, clock: Clock
) -> None:
    await enter(wecom, platform, clock, welcome_code="CODE1")
    clock.go_on(seconds=21)
    with pytest.raises(NotPermitted):
        await wecom.service.send(await one_parcel(wecom.service))
    assert platform.paths()[-1] == "kf/send_msg"


async def test_who_comes_back_is_not_welcomed_again(
    wecom: WeCom, platform: FakePlatform, house: House, clock: Clock
) -> None:
    await enter(wecom, platform, clock)
    assert await house.inbox() == []


async def test_after_five_messages_or_two_days_nothing_more_may_be_sent(
    wecom: WeCom, platform: FakePlatform, clock: Clock
) -> None:
    platform.hear("wm-li")
    for sent in range(5):
        assert wecom.service.may_send(Standing(START, sent), clock())
        await wecom.service.send(await one_parcel(wecom.service))
    assert not wecom.service.may_send(Standing(START, 5), clock())
    with pytest.raises(NotPermitted, match="95001"):
        await wecom.service.send(await one_parcel(wecom.service))
    clock.go_on(hours=48)
    assert not wecom.service.may_send(Standing(START, 0), clock())
    with pytest.raises(NotPermitted, match="95002"):
        await wecom.service.send(await one_parcel(wecom.service))


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [(95001, NotPermitted), (95018, NotPermitted), (40096, Unreachable), (45009, TooFast), (-1, SendFailed)],
)
async def test_what_goes_wrong_is_told_as_what_it_means(
    wecom: WeCom, platform: FakePlatform, fault: int, meaning: type[Exception]
) -> None:
    platform.hear("wm-li")
    platform.faults = [fault]
    with pytest.raises(meaning):
        await wecom.service.send(await one_parcel(wecom.service))
    await wecom.service.send(await one_parcel(wecom.service))


# --- people


async def fetched(wecom: WeCom, platform: FakePlatform, house: House) -> list[str]:
    await wecom.service.hear_of_news(KF, platform.announce())
    await wecom.service.fetch(KF)
    return [delivery.text for delivery in await house.inbox()]


async def test_handed_over_somebody_gets_one_more_message_and_then_belongs_to_the_staff(
    wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.hear("wm-li")
    assert await wecom.service.hand_over(LI)
    assert await wecom.service.hand_over(LI), "asked again after a crash, it is the same"
    assert platform.people["wm-li"].state == 2
    await wecom.service.send(await one_parcel(wecom.service, "已转人工"))
    assert platform.shown("wm-li") == ["已转人工"]
    with pytest.raises(NotPermitted):
        await wecom.service.send(await one_parcel(wecom.service))
    platform.customer_writes("wm-li", content="给人工的话")
    platform.customer_writes("wm-wang", content="另一个人的话")
    assert await fetched(wecom, platform, house) == ["另一个人的话"]


async def test_staff_who_step_in_and_out_by_themselves_are_noticed(
    wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    def change(kind: int, state: int) -> None:
        event = {"event_type": "session_status_change", "external_userid": "wm-li", "change_type": kind}
        platform.put(KF, "", origin=4, msgtype="event", event=event)
        platform.people["wm-li"].state = state

    platform.customer_writes("wm-li", content="给机器的话")
    change(1, 3)
    platform.customer_writes("wm-li", content="给人工的话")
    assert await fetched(wecom, platform, house) == ["给机器的话"]
    change(3, 4)
    platform.customer_writes("wm-li", content="又给机器的话")
    assert await fetched(wecom, platform, house) == ["又给机器的话"]


async def test_staff_who_left_without_a_word_are_noticed(wecom: WeCom, platform: FakePlatform, house: House) -> None:
    platform.hear("wm-li")
    await wecom.service.hand_over(LI)
    platform.people["wm-li"].state = 4
    platform.customer_writes("wm-li", content="还有人吗")
    assert await fetched(wecom, platform, house) == ["还有人吗"]


async def test_who_cannot_be_handed_over_is_not(wecom: WeCom, platform: FakePlatform) -> None:
    platform.people["wm-li"].state = 4
    assert not await wecom.service.hand_over(LI)
    platform.people["wm-li"].state = 0
    platform.faults = ["cut", "cut"]
    assert not await wecom.service.hand_over(LI)


async def test_staff_found_out_by_a_refused_message_are_remembered(
    wecom: WeCom, platform: FakePlatform, house: House
) -> None:
    platform.hear("wm-li")
    platform.people["wm-li"].state = 3
    with pytest.raises(NotPermitted):
        await wecom.service.send(await one_parcel(wecom.service))
    platform.customer_writes("wm-li", content="给人工的话")
    assert await fetched(wecom, platform, house) == []
