"""What people do on a platform beside talking: choose, tick, look up, give an opinion, ask for a human."""

from collections.abc import Awaitable
from datetime import timedelta

import pytest

from bot.helpdesk import Helpdesk, NoSuchTicket, TakenByAnother
from bot.messages import Action, Kind, Sheet
from bot.office import Office
from bot.store.tables import contacts, conversations, feedback
from tests.bot.fake_platform import Phone, settled
from tests.bot.rows import rows_of

pytestmark = pytest.mark.asyncio


async def conversation_of(office: Office, phone: Phone) -> str:
    contact = await office.people.contact(phone.platform.name, phone.address)
    assert contact is not None and contact.conversation_id is not None
    return contact.conversation_id


async def test_the_first_answer_says_once_what_becomes_of_ones_data(phone: Phone) -> None:
    first = await phone.say("我们能申请什么")
    second = await phone.say("南京")
    assert 0 < first.text.index("删除我的资料") < first.text.index("在哪个市")
    assert "删除我的资料" not in second.text


@pytest.mark.parametrize("words", ["/start", "开始", "/help"])
async def test_who_begins_with_a_command_is_told_once_too(words: str, phone: Phone) -> None:
    texts = [(await phone.say(said)).text for said in (words, words, "我们在南京")]
    assert [text.count("身份证号") for text in texts] == [1, 0, 0]


async def test_who_was_erased_is_told_again_by_the_first_answer_that_stays(phone: Phone, office: Office) -> None:
    first = await phone.say("我们能申请什么")
    await phone.say("删除我的资料")
    await phone.say("确认删除")
    [hint] = await phone.tap(Action.CHOOSE, "nanjing", about=first.message_id[:8])
    assert hint.receipt and len(await rows_of(office, contacts)) == 1
    texts = [(await phone.say(said)).text for said in ("我们在南京", "省级专精特新")]
    assert [text.count("身份证号") for text in texts] == [1, 0]


async def test_who_comes_back_is_greeted_when_they_say_so(phone: Phone, office: Office) -> None:
    await phone.say("/start")
    await phone.sheets_for("", kind=Kind.LEFT)
    assert await phone.sheets_for("", kind=Kind.RETURNED) == []
    [row] = await rows_of(office, contacts)
    assert row.unreachable_at is None
    assert "惠企" in (await phone.say("/start")).text


async def test_who_joins_is_greeted(phone: Phone) -> None:
    greeted = await phone.say("", kind=Kind.JOINED)
    assert "惠企" in greeted.text and greeted.text.count("删除我的资料") == 1
    again = await phone.say("我们在南京")
    assert "身份证" not in again.text


@pytest.mark.parametrize("words", ["1", "１", "一", "第一个", "南京", "选1", "我选第一个。"])
async def test_an_option_is_chosen_in_many_ways(words: str, phone: Phone) -> None:
    await phone.say("我们能申请什么")
    reply = await phone.say(words)
    assert reply.text.startswith("记下了：南京")


async def test_a_checklist_is_answered_by_numbers(phone: Phone, office: Office) -> None:
    asked = await phone.say("我们在南京，省级专精特新，民营，能申请什么")
    assert asked.question is not None and asked.question.multiple
    slots = [option.id for option in asked.question.options if option.id not in ("none", "unknown")]
    await phone.say("选2和3")
    profile = await office.reception.profile(await conversation_of(office, phone))
    assert profile is not None
    assert {slot for slot in slots if profile[slot] == "yes"} == set(slots[1:3])


async def test_ticks_toggle_in_place_and_are_sent_together(phone: Phone) -> None:
    asked = await phone.say("我们在南京，省级专精特新，民营，能申请什么")
    assert asked.question is not None
    first, second = asked.question.options[0].id, asked.question.options[1].id
    [ticked] = await phone.tap(Action.TICK, first)
    assert (ticked.ticked, ticked.text, ticked.replaces) == ((first,), "", "77")
    [ticked] = await phone.tap(Action.TICK, second)
    [ticked] = await phone.tap(Action.TICK, first)
    assert ticked.ticked == (second,)
    [ticked] = await phone.tap(Action.TICK, "none")
    assert ticked.ticked == ("none",)
    [ticked] = await phone.tap(Action.TICK, second)
    receipt, answer = await phone.tap(Action.SUBMIT)
    assert receipt.receipt and answer.text.startswith("记下了")


async def test_nothing_ticked_is_told_by_a_hint(phone: Phone) -> None:
    await phone.say("我们在南京，省级专精特新，民营，能申请什么")
    [hint] = await phone.tap(Action.SUBMIT)
    assert hint.receipt and "还没有勾" in hint.text


async def test_a_button_of_an_old_question_changes_nothing(phone: Phone) -> None:
    asked = await phone.say("我们能申请什么")
    await phone.tap(Action.CHOOSE, "nanjing")
    [hint] = await phone.tap(Action.CHOOSE, "yancheng", about=asked.message_id[:8])
    assert "已经过去" in hint.text
    assert "南京" in (await phone.say("我的资料")).text


async def test_going_back_is_only_for_the_question_shown_last(phone: Phone) -> None:
    first = await phone.say("我们能申请什么")
    await phone.tap(Action.CHOOSE, "nanjing")
    [hint] = await phone.tap(Action.SAY, "back", about=first.message_id[:8])
    assert hint.receipt and "已经过去" in hint.text
    assert "南京" in (await phone.say("我的资料")).text
    _, again = await phone.tap(Action.SAY, "back")
    assert again.question == first.question


async def test_a_checklist_that_is_gone_back_to_is_blank_and_stands_there_again(phone: Phone) -> None:
    asked = await phone.say("我们在南京，省级专精特新，民营，能申请什么")
    assert asked.question is not None
    await phone.tap(Action.TICK, asked.question.options[1].id)
    await phone.tap(Action.SUBMIT)
    _, again = await phone.tap(Action.SAY, "back")
    assert (again.question, again.ticked) == (asked.question, ())
    [hint] = await phone.tap(Action.SUBMIT)
    assert "还没有勾" in hint.text


async def test_a_citation_opens_with_the_quote_in_bold(phone: Phone) -> None:
    answer = await phone.say("南京算力券多少钱")
    _, tapped = await phone.tap(Action.CITE, "1")
    typed = await phone.say("依据1")
    assert tapped.text == typed.text
    quote = answer.citations[0].quote
    assert f"**{quote}**" in tapped.text and "（现行）" in tapped.text
    assert "没有依据 [9]" in (await phone.say("依据9")).text


async def test_a_suggestion_can_be_tapped(phone: Phone) -> None:
    answer = await phone.say("南京算力券找谁办")
    _, followed = await phone.tap(Action.SAY, "0")
    assert answer.suggestions and followed.message_id != answer.message_id
    [hint] = await phone.tap(Action.SAY, "99")
    assert "已经过去" in hint.text


async def test_an_opinion_and_its_reason_are_kept(office: Office, phone: Phone) -> None:
    answer = await phone.say("南京算力券多少钱")
    await phone.tap(Action.HELPFUL)
    [row] = await rows_of(office, feedback)
    assert (row.message_id, row.helpful, row.reason) == (answer.message_id, True, None)
    _, why = await phone.tap(Action.UNHELPFUL)
    await phone.sheets_for("", kind=Kind.TAP, tap={"action": "r", "about": answer.message_id[:8], "value": "amount"})
    [row] = await rows_of(office, feedback)
    assert (row.helpful, row.reason, why.buttons[0].action) == (False, "amount", Action.REASON)


@pytest.mark.parametrize(
    ("words", "helpful"), [("👍👍", True), ("👍🏽 👍🏽", True), ("🙏", True), ("👎", False), ("👎👎👎", False)]
)
async def test_thumbs_that_are_typed_are_an_opinion(words: str, helpful: bool, office: Office, phone: Phone) -> None:
    answer = await phone.say("南京算力券多少钱")
    told = await phone.say(words)
    [row] = await rows_of(office, feedback)
    assert (row.message_id, row.helpful) == (answer.message_id, helpful)
    assert told.text.startswith("谢谢") if helpful else told.buttons[0].action is Action.REASON


async def test_thumbs_before_any_answer_are_thanked_for(phone: Phone) -> None:
    assert (await phone.say("👍")).text.startswith("谢谢")


@pytest.mark.parametrize("words", ["1", "1 3 5", "选1", "第二个"])
async def test_numbers_with_nothing_to_choose_are_told_so(words: str, phone: Phone) -> None:
    assert "没有要选的题" in (await phone.say(words)).text


async def test_numbers_and_thumbs_are_for_staff_while_they_serve(phone: Phone, helpdesk: Helpdesk) -> None:
    await phone.say("转人工")
    for words in ("3", "👍"):
        assert await phone.sheets_for(words) == []
        [waiting] = await helpdesk.waiting()
        assert waiting.last_words == words


async def test_where_several_people_talk_an_answer_points_to_its_question(phone: Phone) -> None:
    assert (await phone.say("南京算力券多少钱", quote="3")).quote == "3"
    assert (await phone.say("南京算力券多少钱")).quote == ""


async def test_an_edited_message_gets_a_new_answer(phone: Phone) -> None:
    await phone.say("南京算力券多少钱")
    edited = await phone.say("南京的转贷基金额度多少", kind=Kind.EDITED)
    assert edited.text.startswith("按您改过的说法重新回答") and "6000" in edited.text


async def test_what_an_edit_leaves_out_is_no_longer_known_and_that_is_said(phone: Phone) -> None:
    await phone.say("我们在南京，省级专精特新，国企", number=50)
    await phone.say("完成了大模型备案")
    edited = await phone.say("我们在南京，省级专精特新", kind=Kind.EDITED, number=51, corrects="m50")
    assert "不再记：国有" in edited.text and "南京" not in edited.text.split("不再记")[1].split("\n")[0]
    told = (await phone.say("我的资料")).text
    assert "国有" not in told and all(word in told for word in ("南京", "省级专精特新", "大模型备案"))


async def test_an_edit_takes_back_what_the_edit_before_it_told(phone: Phone) -> None:
    await phone.say("我们在南京", number=50)
    await phone.say("我们在南京，国企", kind=Kind.EDITED, number=51, corrects="m50")
    edited = await phone.say("我们在南京，省级专精特新", kind=Kind.EDITED, number=52, corrects="m50")
    assert "不再记：国有" in edited.text


async def test_what_was_said_elsewhere_too_is_kept(phone: Phone) -> None:
    await phone.say("我们在南京，国企", number=50)
    await phone.say("我们是国企，能申请什么")
    edited = await phone.say("我们在南京", kind=Kind.EDITED, number=52, corrects="m50")
    assert "不再记" not in edited.text
    assert "国有" in (await phone.say("我的资料")).text


async def test_a_message_that_comes_after_its_edit_is_not_heard(phone: Phone) -> None:
    await phone.say("我们在盐城", kind=Kind.EDITED, number=51, corrects="m50")
    assert await phone.sheets_for("我们在南京", number=50) == []
    told = (await phone.say("我的资料")).text
    assert "盐城" in told and "南京" not in told


async def test_the_words_beside_a_picture_are_answered_and_the_picture_is_said_not_to_be_seen(phone: Phone) -> None:
    answer = await phone.say("南京算力券找谁办", kind=Kind.PICTURE)
    assert answer.text.startswith("图片和文件我看不了") and "市工信局" in answer.text


async def test_a_picture_a_place_or_a_voice_gets_a_sensible_sentence(phone: Phone) -> None:
    kinds = (Kind.PICTURE, Kind.FILE, Kind.LOCATION, Kind.VOICE, Kind.FORWARDED, Kind.OTHER)
    assert len({(await phone.say("", kind=kind)).text for kind in kinds}) == len(kinds)


async def test_what_is_forwarded_is_no_fact_of_ones_own(phone: Phone) -> None:
    await phone.say("我们在南京，是国家级小巨人", kind=Kind.FORWARDED)
    assert "还没有记下" in (await phone.say("我的资料")).text


async def test_a_text_that_is_too_long_is_told_so(phone: Phone) -> None:
    assert "太长" in (await phone.say("长" * 2001)).text


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/help", "直接说话"),
        ("/sources", "征求意见稿"),
        ("/start", "惠企"),
        ("/profile", "还没有记下"),
        ("帮助", "依据1"),
        ("/help 怎么用", "直接说话"),
        ("/HELP\n怎么用", "直接说话"),
        ("/sources 全部", "征求意见稿"),
        ("/start campaign_2026", "您好，我是惠企"),
        ("/start abcdef", "您好，我是惠企"),
        ("/profile 看看", "还没有记下"),
        ("/restart now", "重新开始"),
        ("/delete all", "确认删除吗"),
        ("/link 我的微信", "绑定码"),
        ("/stop", "没有这个命令"),
        ("/foo bar", "/human 转人工"),
        ("/cite 1", "没有这个命令"),
    ],
)
async def test_commands_are_obeyed(command: str, words: str, phone: Phone) -> None:
    assert words in (await phone.say(command)).text


async def test_what_only_begins_with_a_slash_is_no_command(phone: Phone) -> None:
    assert "没有这个命令" not in (await phone.say("/南京 算力券多少钱")).text


async def test_a_conversation_on_a_platform_is_held_as_of_today(office: Office, phone: Phone) -> None:
    await phone.say("我们在南京")
    id = await conversation_of(office, phone)
    found = await rows_of(office, conversations)
    yesterday = found[0].as_of - timedelta(days=40)
    async with office.database.write() as connection:
        await connection.execute(conversations.update().values(as_of=yesterday))
    await phone.say("算力券多少钱")
    answer = (await office.reception.messages(id))[-1]
    assert f'"as_of":"{found[0].as_of.isoformat()}"' in (answer.reply or "")


# --- a person


async def test_what_stands_behind_the_command_is_there_for_staff_to_read(phone: Phone, helpdesk: Helpdesk) -> None:
    [handed] = await phone.sheets_for("/human 我要找人 问材料")
    assert "已转给工作人员" in handed.text and phone.platform.handed_over == ["ann"]
    [waiting] = await helpdesk.waiting()
    assert waiting.last_words == "我要找人 问材料"


async def test_staff_answer_on_the_same_channel_and_give_it_back(phone: Phone, helpdesk: Helpdesk) -> None:
    await phone.say("我们在南京，省级专精特新，民营")
    handed = await phone.say("转人工")
    assert "已转给工作人员" in handed.text and phone.platform.handed_over == ["ann"]
    assert await phone.sheets_for("材料交了三周没回音") == []
    [waiting] = await helpdesk.waiting()
    assert waiting.last_words == "材料交了三周没回音" and "南京" in waiting.facts
    told = await _told(phone, helpdesk.answer(waiting.ticket.id, "请打市工信局的电话", "小李"))
    assert "工作人员" in told.text and "请打市工信局的电话" in told.text
    assert "接着为您解答" in (await _told(phone, helpdesk.close(waiting.ticket.id, "小李"))).text
    assert "算力券" in (await phone.say("算力券多少钱")).text
    with pytest.raises(NoSuchTicket):
        await helpdesk.answer(waiting.ticket.id, "还在吗", "小李")


async def test_two_of_staff_do_not_serve_one_person(phone: Phone, helpdesk: Helpdesk) -> None:
    await phone.say("转人工")
    [waiting] = await helpdesk.waiting()
    await helpdesk.take(waiting.ticket.id, "小李")
    with pytest.raises(TakenByAnother, match="小李"):
        await helpdesk.answer(waiting.ticket.id, "您好", "小王")


async def test_the_person_can_call_the_assistant_back(phone: Phone, helpdesk: Helpdesk) -> None:
    await phone.say("转人工")
    assert "接着为您解答" in (await phone.say("让助手继续")).text
    assert await helpdesk.waiting() == []


async def test_where_the_platform_has_staff_of_its_own_they_serve_and_we_come_back_after_them(
    phone: Phone, helpdesk: Helpdesk
) -> None:
    phone.platform.has_staff = True
    await phone.say("我们在南京，省级专精特新")
    told = await phone.say("转人工")
    assert "他们结束以后" in told.text and "让助手继续" not in told.text and not told.suggestions
    [waiting] = await helpdesk.waiting()
    assert waiting.ticket.taken_by == "@telegram"
    done, answer = await phone.sheets_for("算力券找谁办")
    assert "接着为您解答" in done.text and "市工信局" in answer.text
    assert await helpdesk.waiting() == []


async def _told(phone: Phone, doing: Awaitable[None]) -> Sheet:
    await doing
    await settled(phone.platform)
    return phone.shown[-1]
