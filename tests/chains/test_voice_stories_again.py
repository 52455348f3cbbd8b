"""Voice messages that tell a story: who is spoken of clause by clause, and where the story comes back to the firm."""

import pytest

from chains.language.understanding import understand
from tests.chains.visitor import Visitor, profile, statuses


def told(text: str) -> dict[str, object]:
    return {slot: fact.value for slot, fact in understand(text).facts.items()}


# Persons and firms that are not the speaker's.


@pytest.mark.parametrize(
    "story",
    [
        "我们栖霞做环保的，我表姐夫在苏州开厂他是小巨人，我们只有省专，奖励能拿吗",
        "栖霞搞环保的，省专，我连襟在镇江句容拿地讲有指标倾斜，我们轮不轮得上",
        "我们栖霞的省专，合作的建材公司是小巨人，有什么奖励能拿",
        "我们栖霞的省专，小巨人是我们集团兄弟公司在苏州的那家，有什么奖励能拿",
        "我们栖霞的省专，供货给一家大厂，大厂那是单项冠军，有什么奖励能拿",
        "无锡一个同行说他们自己评职称，我们栖霞的省专，能不能也自己评",
        "业务员跟我讲小巨人有一百万，我们栖霞的，只有省专，那一百万跟我们有关系不",
        "我们栖霞的省专，我丈母娘村里出了个小巨人，有什么奖励能拿",
        "我们栖霞的省专，手下经手过的客户小巨人也有单项冠军也有，有什么奖励能拿",
    ],
)
def test_what_a_relative_a_partner_or_a_sister_firm_holds_is_not_noted(story: str) -> None:
    assert told(story) == {"city": "nanjing", "district": "栖霞区", "tiers": ("provincial",)}


def test_another_firm_of_ones_own_boss_gives_no_title() -> None:
    story = "省专是我们老板另外一家公司的，我们这家在洪泽，什么称号都没，广交会能去不"
    assert told(story) == {"city": "huaian", "district": "洪泽区", "tiers": ("none",)}


def test_what_a_neighbour_does_abroad_is_no_trade_of_ones_own() -> None:
    assert "foreign_trade" not in told("洪泽的，省专，出口是我表弟贸易公司那边做，我们够不够条件")


def test_who_asks_for_his_father_is_not_judged_by_his_own_employer() -> None:
    story = "我替我爸问的，他在淮安开厂做纺机的，我自己在南京上班我们单位是小巨人，质押融资能办吗"
    assert told(story) == {"city": "huaian"}


def test_a_general_contractor_that_owes_money_tells_no_ownership() -> None:
    assert told("总包是大国企，欠我们工程款三百万，我们是南京做幕墙的，这个欠款有没有地方管") == {"city": "nanjing"}


# Coming back.


@pytest.mark.parametrize(
    "story",
    [
        "我前公司在合肥是小巨人，现在这家在南京六合，省专，有什么奖励能拿",
        "之前杭州那个公司是小巨人，去年注销了，现在在六合重新开的，省专，有什么奖励能拿",
        "母公司在上海天天跑海关，我们这个子公司是六合的独立法人，省专，有什么奖励能拿",
        "我们六合的厂，我叔传给我的，省专，有什么奖励能拿",
        "我们六合的，老厂在仪征，省专，有什么奖励能拿",
        "总部在武汉，六合这边我们是独立的厂，省专，有什么奖励能拿",
        "原单位是小巨人，我出来单干了，六合的小厂，省专，有什么奖励能拿",
    ],
)
def test_the_firm_of_now_is_the_one_noted(story: str) -> None:
    assert told(story) == {"city": "nanjing", "district": "六合区", "tiers": ("provincial",)}


def test_a_question_at_the_end_of_a_story_is_of_the_firm_that_tells_it() -> None:
    story = "我们是南京做幕墙的，省专，亲戚在法院也没法子，老合伙人前年撤了股，算力券能领吗"
    assert not understand(story).reading.of_another


@pytest.mark.parametrize(
    "story",
    ["姐妹帮看 南京 国家小巨人 今年头一回评上 都能薅到啥", "朋友介绍来的，南京国家小巨人，今年头一回评上，有啥奖"],
)
def test_who_is_greeted_or_sent_one_is_no_other_firm(story: str) -> None:
    assert told(story) == {"city": "nanjing", "tiers": ("little_giant",), "first_recognition": "yes"}


# Titles wanted, missed and heard of.


@pytest.mark.parametrize(
    "words", ["小巨人连报两年没中", "小巨人打算明年弄", "小巨人等满了年头再去报", "听讲小巨人有组织参展"]
)
def test_a_title_that_was_missed_planned_or_heard_of_is_not_held(words: str) -> None:
    assert told(f"我们南京的，省专，{words}")["tiers"] == ("provincial",)


def test_who_is_on_the_list_holds_the_title() -> None:
    assert told("镇江的，省专名单里有我们，白名单能进去不")["tiers"] == ("provincial",)


# An answer with a question of its own.


@pytest.mark.parametrize(
    ("asked", "answer", "support", "status"),
    [
        (
            "我们江北新区的，货发德国，AEO能不能支持",
            "省级专精特新，去年拿的，小巨人没评上，要海关来查账吗",
            "nanjing-aeo",
            "eligible",
        ),
        (
            "我们江宁的制造厂，46个人，营业额两千八百万，政府采购价格扣除能享受吗",
            "省级专精特新有的，前年评的，标书里要写上不",
            "nanjing-procurement-discount",
            "eligible",
        ),
    ],
)
def test_an_answer_that_asks_on_still_has_the_verdict(
    visitor: Visitor, asked: str, answer: str, support: str, status: str
) -> None:
    visitor.say(asked)
    assert statuses(visitor.say(answer))[support] == status


def test_what_is_not_sure_of_one_title_leaves_the_one_that_is_held(visitor: Visitor) -> None:
    reply = visitor.says("灌云的，职称评定绿色通道能走不", "我们厂是省级专精特新，小巨人还没影子，什么时候报名")
    assert profile(reply)["tiers"] == ("provincial",)
