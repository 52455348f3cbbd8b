"""Updates as deliveries: who speaks, what they sent, and whether it is for us."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.reading import Me, NotAnUpdate, load_json, needs_name, read_update
from bot.messages import Action, Delivery, Kind, Tap
from tests.bot.fakes import NOW
from tests.bot.telegram.updates import edit_update, membership_update, message_update, tap_update

ME = Me(123456, "huiqi_bot")
GROUP = -1001
FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 1, "height": 1}


def read(update: dict[str, Any], me: Me = ME) -> Delivery | None:
    return read_update(Update.model_validate({"update_id": 7, **update}), me, NOW)


def said(text: str, chat: int = 5, **more: Any) -> Delivery | None:
    return read(message_update(chat, 3, text=text, **more))


def entity(kind: str, text: str, words: str, **more: Any) -> dict[str, Any]:
    """An entity over words in a text, counted in UTF-16 as Telegram does."""
    before = text[: text.index(words)]
    return {
        "type": kind,
        "offset": len(before.encode("utf-16-le")) // 2,
        "length": len(words.encode("utf-16-le")) // 2,
        **more,
    }


def bot_message(number: int = 123456) -> dict[str, Any]:
    message: dict[str, Any] = message_update(GROUP, 2, text="答")["message"]
    return message | {"from": {"id": number, "is_bot": True, "first_name": "惠企"}}


def test_words_are_a_delivery() -> None:
    assert said("小巨人奖多少钱") == Delivery(
        channel="telegram",
        delivery_id="7",
        identity="m:5:3",
        address="5",
        place="00000000000000000007",
        sent_at=datetime.fromtimestamp(1_795_147_200, UTC),
        kind=Kind.TEXT,
        text="小巨人奖多少钱",
    )


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"voice": {**FILE, "duration": 3}}, Kind.VOICE, ""),
        ({"audio": {**FILE, "duration": 3}}, Kind.VOICE, ""),
        ({"video_note": {**FILE, "duration": 3, "length": 9}}, Kind.VOICE, ""),
        ({"photo": [SIZED], "caption": "这是证书"}, Kind.PICTURE, "这是证书"),
        ({"video": {**SIZED, "duration": 3}}, Kind.PICTURE, ""),
        ({"animation": {**SIZED, "duration": 3}, "document": FILE}, Kind.PICTURE, ""),
        (
            {"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}},
            Kind.PICTURE,
            "",
        ),
        ({"document": FILE, "caption": "营业执照"}, Kind.FILE, "营业执照"),
        ({"location": {"latitude": 32.0, "longitude": 118.8}}, Kind.LOCATION, ""),
        (
            {
                "location": {"latitude": 32.0, "longitude": 118.8},
                "venue": {"location": {"latitude": 32.0, "longitude": 118.8}, "title": "市民中心", "address": "南京"},
            },
            Kind.LOCATION,
            "",
        ),
        ({"contact": {"phone_number": "1", "first_name": "王"}}, Kind.OTHER, ""),
        ({"dice": {"emoji": "🎲", "value": 1}}, Kind.OTHER, ""),
        ({"something_new": {}}, Kind.OTHER, ""),
    ],
)
def test_what_is_no_text_is_told_apart(content: dict[str, Any], kind: Kind, text: str) -> None:
    delivery = read(message_update(5, 3, **content))
    assert delivery is not None
    assert (delivery.kind, delivery.text) == (kind, text)


def test_pictures_sent_as_one_are_one() -> None:
    first = read(message_update(5, 3, photo=[SIZED], media_group_id="g"))
    second = read(message_update(5, 4, photo=[SIZED], media_group_id="g"))
    captioned = read(message_update(5, 5, photo=[SIZED], media_group_id="g", caption="证书"))
    assert first is not None and second is not None and captioned is not None
    assert first.identity == second.identity != captioned.identity


def test_an_edit_is_a_message_of_its_own() -> None:
    delivery = read(edit_update(5, 3, 1_795_147_260, text="改成国企"))
    assert delivery is not None
    assert (delivery.kind, delivery.identity, delivery.text) == (Kind.EDITED, "e:5:3:1795147260", "改成国企")
    original = said("国企")
    assert original is not None and delivery.corrects == original.identity
    assert delivery.sent_at == datetime.fromtimestamp(1_795_147_260, UTC)


def test_a_place_that_moves_is_not_heard_again_and_again() -> None:
    assert read(edit_update(5, 3, 1_795_147_260, location={"latitude": 32.0, "longitude": 118.8})) is None


def test_what_was_forwarded_is_known_as_such() -> None:
    origin = {"type": "hidden_user", "date": 1_795_147_200, "sender_user_name": "李"}
    delivery = said("听说奖1000万", forward_origin=origin)
    assert delivery is not None and delivery.kind is Kind.FORWARDED
    picture = read(message_update(5, 3, photo=[SIZED], forward_origin=origin))
    assert picture is not None and picture.kind is Kind.PICTURE


@pytest.mark.parametrize("text", ["/start", "/start from-web", "/help"])
def test_a_command_stays_text(text: str) -> None:
    delivery = said(text, entities=[entity("bot_command", text, text.split(" ")[0])])
    assert delivery is not None
    assert (delivery.kind, delivery.text) == (Kind.TEXT, text)


def test_a_tap_names_what_it_was_about_where_it_stood_and_what_wants_an_answer() -> None:
    delivery = read(tap_update(5, 9, "o:01234567:nanjing:1", "77"))
    assert delivery is not None
    assert (delivery.kind, delivery.identity, delivery.sent_at) == (Kind.TAP, "q:77", NOW)
    assert delivery.tap == Tap(action=Action.CHOOSE, about="01234567", value="nanjing:1", shown="9", receipt="77")


@pytest.mark.parametrize(
    "data", ["", "o", "o:01234567", "z:01234567:1", "O:01234567:1", "o:012345678:1", "o:../../x:1", "oo:1:1", "::",
             "o:1:\n", "k:１２:x", "删除"],
)  # fmt: skip
def test_data_that_no_button_of_ours_sends_can_do_nothing(data: str) -> None:
    delivery = read(tap_update(5, 9, data, "77"))
    assert delivery is not None and delivery.kind is Kind.OTHER
    assert delivery.tap == Tap(action=Action.DISMISS, shown="9", receipt="77")


def test_a_tap_under_a_message_that_is_too_old_to_be_seen_is_still_a_tap() -> None:
    update = tap_update(5, 9, "g:01234567:")
    update["callback_query"]["message"] = {"chat": {"id": 5, "type": "private"}, "message_id": 9, "date": 0}
    delivery = read(update)
    assert delivery is not None and delivery.tap is not None and delivery.tap.shown == "9"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("member", "kicked", Kind.LEFT), ("member", "left", Kind.LEFT), ("kicked", "member", Kind.JOINED),
     ("left", "member", Kind.JOINED)],
)  # fmt: skip
def test_coming_and_going_is_told(before: str, after: str, kind: Kind) -> None:
    delivery = read(membership_update(GROUP, before, after))
    assert delivery is not None and delivery.kind is kind


def test_who_takes_a_block_back_is_back_and_says_start_by_themselves() -> None:
    delivery = read(membership_update(5, "kicked", "member"))
    assert delivery is not None and delivery.kind is Kind.RETURNED


def test_a_new_rank_is_neither_coming_nor_going() -> None:
    assert read(membership_update(GROUP, "member", "member")) is None


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": message_update(5, 3, text="公告")["message"]},
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
                  "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
                  "allows_revoting": False, "members_only": False}},
        {},
        message_update(5, 3, new_chat_title="新名字"),
        message_update(5, 3, pinned_message={"chat": {"id": 5, "type": "private"}, "message_id": 1, "date": 0}),
    ],
)  # fmt: skip
def test_what_nobody_says_to_us_is_nothing(update: dict[str, Any]) -> None:
    assert read(update) is None


def test_other_bots_are_not_heard() -> None:
    update = message_update(5, 3, text="hello")
    update["message"]["from"]["is_bot"] = True
    assert read(update) is None


# --- groups


def test_in_a_group_what_is_not_addressed_to_us_is_not_heard() -> None:
    assert said("大家中午吃什么", GROUP) is None
    assert said("@huiqi_bot 没有实体就不是提到", GROUP) is None
    text = "@other_bot 小巨人奖多少钱"
    assert said(text, GROUP, entities=[entity("mention", text, "@other_bot")]) is None
    assert said("/weather", GROUP, entities=[entity("bot_command", "/weather", "/weather")]) is None
    assert said("先 /help", GROUP, entities=[entity("bot_command", "先 /help", "/help")]) is None
    assert said("对", GROUP, reply_to_message=message_update(GROUP, 2, text="?")["message"]) is None
    assert said("对", GROUP, reply_to_message=bot_message(999)) is None


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        ("@huiqi_bot 小巨人奖多少钱", "@huiqi_bot", "小巨人奖多少钱"),
        ("😀𠮷 请 @Huiqi_Bot 说说", "@Huiqi_Bot", "😀𠮷 请 说说"),
        ("小巨人奖多少钱 @huiqi_bot", "@huiqi_bot", "小巨人奖多少钱"),
    ],
)
def test_a_mention_is_heard_without_the_name(text: str, words: str, rest: str) -> None:
    delivery = said(text, GROUP, entities=[entity("mention", text, words)])
    assert delivery is not None
    assert (delivery.text, delivery.address) == (rest, str(GROUP))


def test_a_command_with_our_name_is_heard_and_one_with_another_is_not() -> None:
    delivery = said("/help@huiqi_bot", GROUP, entities=[entity("bot_command", "/help@huiqi_bot", "/help@huiqi_bot")])
    assert delivery is not None and delivery.text == "/help"
    other = "/help@other_bot"
    entities = [entity("bot_command", other, other)]
    assert said(other, GROUP, entities=entities, reply_to_message=bot_message()) is None


def test_a_command_of_our_menu_needs_no_name() -> None:
    delivery = said("/help 怎么用", GROUP, entities=[entity("bot_command", "/help 怎么用", "/help")])
    assert delivery is not None and delivery.text == "/help 怎么用"


def test_a_topic_is_a_place_of_its_own_and_a_group_wants_to_see_what_is_answered() -> None:
    asked = message_update(GROUP, 3, text="就是南京", reply_to_message=bot_message())
    asked["message"] |= {"is_topic_message": True, "message_thread_id": 9}
    delivery = read(asked)
    assert delivery is not None and (delivery.address, delivery.quote) == (f"{GROUP}/9", "3")
    update = tap_update(GROUP, 9, "o:01234567:nanjing", "77")
    update["callback_query"]["message"] |= {"is_topic_message": True, "message_thread_id": 9}
    tapped = read(update)
    assert tapped is not None and (tapped.address, tapped.quote) == (f"{GROUP}/9", "")
    alone = said("就是南京")
    assert alone is not None and (alone.address, alone.quote) == ("5", "")


def test_a_reply_to_us_is_heard_with_a_command_or_without() -> None:
    for text in ("就是南京", "/help"):
        delivery = said(text, GROUP, reply_to_message=bot_message())
        assert delivery is not None and delivery.text == text


def test_a_name_in_a_caption_counts_and_a_link_to_us_as_well() -> None:
    caption = "@huiqi_bot 看看"
    picture = message_update(
        GROUP, 3, photo=[SIZED], caption=caption, caption_entities=[entity("mention", caption, "@huiqi_bot")]
    )
    delivery = read(picture)
    assert delivery is not None and (delivery.kind, delivery.text) == (Kind.PICTURE, "看看")
    me = {"id": 123456, "is_bot": True, "first_name": "惠企"}
    delivery = said("惠企 在吗", GROUP, entities=[entity("text_mention", "惠企 在吗", "惠企", user=me)])
    assert delivery is not None and delivery.text == "在吗"


def test_our_name_is_only_needed_in_groups() -> None:
    nameless = Me(123456)
    in_group = Update.model_validate({"update_id": 7, **message_update(GROUP, 3, text="@huiqi_bot")})
    in_private = Update.model_validate({"update_id": 7, **message_update(5, 3, text="您好")})
    assert needs_name(in_group, nameless) and not needs_name(in_private, nameless)
    assert not needs_name(in_group, ME)


# --- strange things

_NAMING = st.sampled_from(["mention", "bot_command"])


def test_unpaired_surrogates_are_mended_on_the_way_in() -> None:
    raw = load_json(r'{"update_id": 7, "message": {"text": "a\ud83dz", "list": ["\udc00"]}}')
    assert raw["message"] == {"text": "a�z", "list": ["�"]}


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "nope", b"\xff\xfe", "1" * 5000], ids=["", "{", "[[[", "nope", "bytes", "111"]
)
def test_what_is_no_json_is_told_as_such(text: str | bytes) -> None:
    with pytest.raises(NotAnUpdate):
        load_json(text)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=60),
    st.lists(
        st.tuples(st.sampled_from(["mention", "bot_command"]), st.integers(-3, 90), st.integers(-3, 90)), max_size=4
    ),
)
def test_no_text_and_no_entities_make_it_stumble(text: str, entities: list[tuple[str, int, int]]) -> None:
    message = message_update(
        GROUP, 3, text="x", entities=[{"type": kind, "offset": o, "length": n} for kind, o, n in entities]
    )
    update = Update.model_validate({"update_id": 7, **message})
    assert update.message is not None
    update = update.model_copy(update={"message": update.message.model_copy(update={"text": text})})
    delivery = read_update(update, ME, NOW)
    if delivery is not None:
        delivery.model_dump_json()


@given(st.text(st.characters(exclude_categories=()), max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_data_of_a_button_makes_it_stumble(data: str) -> None:
    update = Update.model_validate({"update_id": 7, **tap_update(5, 9, "x")})
    assert update.callback_query is not None
    query = update.callback_query.model_copy(update={"data": data})
    delivery = read_update(update.model_copy(update={"callback_query": query}), ME, NOW)
    assert delivery is not None
    delivery.model_dump_json()
