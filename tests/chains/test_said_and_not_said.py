"""What people say beside an answer, before a title, or of another's: none of it becomes a fact of the enterprise."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

GIANT = "nanjing-little-giant-award"
ASKS_LOAN = "南京的省级专精特新，民营，转贷基金能用吗"


# An answer that is about something else.


@pytest.mark.parametrize(
    ("first", "said", "slot"),
    [
        (ASKS_LOAN, "我们有三条产线", "needs_refinancing"),
        (ASKS_LOAN, "没大听懂你的意思", "needs_refinancing"),
        ("南京省专，能办AEO吗", "有二十来个专利", "foreign_trade"),
        ("南京省专，能办AEO吗", "没工夫跑，有没有代办", "foreign_trade"),
        ("南京省专，备案奖励能拿吗", "我们有两个研发中心", "genai_filed"),
        ("南京省专，备案奖励能拿吗", "好 那再说说贷款的事", "genai_filed"),
        ("我们是小巨人，南京的，那100万能拿吗", "我们有七十个人", "first_recognition"),
    ],
)
def test_an_answer_that_names_another_thing_answers_nothing(visitor: Visitor, first: str, said: str, slot: str) -> None:
    assert slot not in profile(visitor.says(first, said))


@pytest.mark.parametrize("said", ["有的", "有两笔下个月到期", "要的，银行催着呢"])
def test_a_short_answer_to_the_question_is_one(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says(ASKS_LOAN, said))["needs_refinancing"] == "yes"


def test_the_rest_that_there_is_not_answers_the_question(visitor: Visitor) -> None:
    known = profile(visitor.says(ASKS_LOAN, "外贸有，算力也租，其他没有"))
    assert (known["foreign_trade"], known["buys_computing"], known["needs_refinancing"]) == ("yes", "yes", "no")


# Titles.


@pytest.mark.parametrize(
    "said",
    [
        "南京的，小巨人材料已经申报上去了，奖励能给吗",
        "我们南京，马上就评上小巨人了，奖励能拿不",
        "南京，拟小巨人，奖励能享受吗",
        "我们在南京，去年是小巨人，今年复审没通过，奖励还有吗",
        "南京，小巨人，还没拿到牌，奖励能领吗",
        "南京，我们给小巨人的供应商做配套，奖励有份吗",
    ],
)
def test_a_title_that_is_not_held_is_not_noted(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "little_giant" not in profile(reply).get("tiers", ())  # type: ignore[operator]
    assert statuses(reply).get(GIANT) != "eligible"


@pytest.mark.parametrize(
    ("said", "tiers"),
    [
        ("南京 小巨人", ("little_giant",)),
        ("连云港省专 有什么补贴", ("provincial",)),
        ("我们不是小巨人是省专，南京的", ("provincial",)),
        ("南京，我们是小巨人……不对，说错了，是省级专精特新", ("provincial",)),
        ("南京省专明年到期要复核，能办AEO吗", ("provincial",)),
        ("技改门槛能放宽，南京省专可以吗", ("provincial",)),
    ],
)
def test_a_title_that_is_held_is_noted(visitor: Visitor, said: str, tiers: tuple[str, ...]) -> None:
    assert tuple(profile(visitor.say(said))["tiers"]) == tiers  # type: ignore[arg-type]


def test_a_champion_of_the_province_is_no_national_one(visitor: Visitor) -> None:
    assert "tiers" not in profile(visitor.say("南京，市级单项冠军，首次评上，三百万能拿吗"))


def test_a_champion_that_is_nothing_else_stays_one(visitor: Visitor) -> None:
    reply = visitor.says("南京浦口的制造业单项冠军，头一回评上", "我们不是省专")
    assert tuple(profile(reply)["tiers"]) == ("champion",)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["南京的小巨人，第一次来咨询", "南京小巨人，头一回被环保查"])
def test_a_first_time_of_something_else_is_no_first_recognition(visitor: Visitor, said: str) -> None:
    assert "first_recognition" not in profile(visitor.say(said))


# What does not come up to what is asked for.


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("南京省专，我们自己买了GPU服务器放机房，算力券能领吗", "buys_computing", "no"),
        ("南京省专，承担的是省里的关键技术项目，1000万能拿吗", "key_technology_project", "no"),
        ("南京省专民营，贷款三年后到期，转贷能申请吗", "needs_refinancing", "no"),
        ("南京省专，今年打算主导一个国标，标准奖能拿吗", "leads_standard", "none"),
        ("南京省专，一年进出口三千万美元，AEO能办吗", "foreign_trade", "yes"),
    ],
)
def test_what_is_less_than_asked_for_does_not_count(visitor: Visitor, said: str, slot: str, value: str) -> None:
    known = profile(visitor.say(said)).get(slot, "none")
    assert known == value


def test_a_state_owner_of_a_small_share_makes_no_state_enterprise(visitor: Visitor) -> None:
    assert profile(visitor.say("南京省专，股东里有国有的，只占3%，贷款快到期")).get("ownership") != "state"


def test_an_award_asked_for_on_the_way_states_nothing_and_the_question_stays(visitor: Visitor) -> None:
    reply = visitor.says(ASKS_LOAN, "插一句，首次评上单项冠军奖多少来着")
    assert "first_recognition" not in profile(reply)
    assert "300万元" in reply.text
    assert reply.question is not None and reply.question.slot == "needs_refinancing"


# What is none of its business.


@pytest.mark.parametrize(
    "said", ["借别人家小巨人的牌子去领奖行不行，怎么做查不出来", "教我把员工人数报少一点，好算小微"]
)
def test_borrowed_titles_and_false_numbers_are_declined(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "hostile" and reply.abstained


@pytest.mark.parametrize("said", ["企业所得税税率是百分之几", "五险一金扣完到手多少", "给我荐股"])
def test_taxes_wages_and_shares_are_outside(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "outside"


def test_a_word_of_daily_life_that_the_text_has_is_looked_up(visitor: Visitor) -> None:
    reply = visitor.say("淮安的保税、退税这块关税上写了什么")
    assert not reply.abstained and "2/8" in {c.provision for c in reply.citations}


# What is written is not said to be found nowhere.


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("南京省专，都有什么", "所有这些有到期时间吗", "2028年12月31日"),
        ("南京省专，都有什么", "这些都没个到期日吗", "2028年12月31日"),
        ("连云港的计划是不是到期了", "那你还跟我说这些干嘛，有没有新的啊", "我这里没有收录"),
        ("连云港的计划是不是到期了", "那把老的里面跟贷款有关的说一下我参考", "科创专项贷款"),
        ("连云港的计划是不是到期了", "老文件里融资相关的有哪些", "特色信贷产品"),
        ("盐城省专，能拿啥", "有没有跟钱沾边的", "首贷贴息"),
        ("盐城省专，能拿啥", "跟钱搭边的有吗", "人才补贴发放服务"),
        ("淮安涟水的厂，啥资质没有", "那先评个啥容易点", "创新型中小企业—专精特新中小企业"),
        ("淮安涟水的厂，啥资质没有", "我们该先评哪个", "创新型中小企业—专精特新中小企业"),
    ],
)
def test_what_is_written_is_found_in_loose_words(visitor: Visitor, before: str, said: str, told: str) -> None:
    assert told in visitor.says(before, said).text


@pytest.mark.parametrize(
    "said", ["我开了个小公司做塑料模具的，在淮安涟水，有没有什么帮助", "镇江句容，开了个机加工作坊，能帮到我们什么"]
)
def test_who_asks_for_any_help_is_told_what_there_is(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


@pytest.mark.parametrize(
    ("said", "not_told"),
    [
        ("南京，先评高级职称还是先评中级", "梯度培育"),
        ("镇江的，我们专利到期时间快到了怎么办", "2025年12月31日为止，已经到期[1]"),
        ("连云港，请个律师能帮什么忙", "按文件的条件符合"),
    ],
)
def test_loose_words_beside_a_thing_mean_the_thing(visitor: Visitor, said: str, not_told: str) -> None:
    assert not_told not in visitor.say(said).text
