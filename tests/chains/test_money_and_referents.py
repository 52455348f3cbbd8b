"""Money asked for at large, what a message names of its own after another subject, and a move that is supposed on."""

import pytest

from tests.chains.visitor import Visitor, profile

OF_NANJING = "我们在南京，省级专精特新"


def provisions(reply: object) -> set[str]:
    return {citation.provision for citation in reply.citations}  # type: ignore[attr-defined]


# Money, in words that name nothing else.


@pytest.mark.parametrize(
    "said",
    [
        "别的先放着，光要现金的",
        "别扯别的，给钱的是哪几条",
        "到底哪一项最值钱",
        "甭讲服务，说钱吧",
        "压根就没有钱拿？",
    ],
)
def test_money_at_large_is_told_as_far_as_the_enterprise_may_have_it(visitor: Visitor, said: str) -> None:
    reply = visitor.says(OF_NANJING, said)
    assert "最高1000万元" in reply.text and not reply.abstained
    assert "不符合条件、没有列进来的：国家制造业单项冠军企业奖励" in reply.text


def test_the_largest_sum_stands_first_where_it_is_asked_for(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，国家级小巨人", "哪一笔钱最多")
    assert reply.text.index("1000万元") < reply.text.index("2400元")


def test_what_title_brings_money_is_told_to_who_holds_none(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，什么资质都没有", "那拿哪个牌子才有钱")
    assert "300万元" in reply.text and "100万元" in reply.text


def test_no_money_is_no_answer_to_the_question_that_waits(visitor: Visitor) -> None:
    reply = visitor.says("我们在连云港，创新型中小企业", "敢情一分钱都没有")
    assert "没有哪一项奖励、资助或补贴写了金额" in reply.text
    assert "first_set_product" not in profile(reply)


def test_a_business_of_no_known_city_is_asked_for_its_city(visitor: Visitor) -> None:
    reply = visitor.say("卖水果的能领到钱吗")
    assert reply.question is not None and reply.question.slot == "city"


@pytest.mark.parametrize(("then", "told"), [("这个给钱吗", "转贷基金"), ("这笔钱要还吗", "转贷基金")])
def test_money_asked_of_what_was_told_is_of_that(visitor: Visitor, then: str, told: str) -> None:
    reply = visitor.says("南京转贷基金是什么", then)
    assert told in reply.text and "1000万元" not in reply.text


def test_a_thing_that_no_document_has_stays_unfound_beside_money(visitor: Visitor) -> None:
    assert visitor.says("我们在南京", "食堂给不给钱").abstained


def test_a_rise_by_some_points_is_no_money(visitor: Visitor) -> None:
    assert provisions(visitor.say("镇江就差了几分没评上，有人帮忙看看短板不")) == {"3/1/3"}


@pytest.mark.parametrize("said", ["公示完了我再来请教您行吗", "以后有不明白的还能找你吗"])
def test_who_asks_to_come_back_is_welcome(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京算力券怎么领", said)
    assert reply.outcome == "talk" and "当然可以" in reply.text


def test_who_asks_in_dialect_for_the_award_gets_its_verdict(visitor: Visitor) -> None:
    reply = visitor.say("我们刚第一次评上国家级小巨人，有奖金伐 南京建邺")
    assert reply.outcome != "overview" and reply.findings[0].support_id == "nanjing-little-giant-award"


# What a message names of its own.


def test_a_counted_title_is_no_part_of_the_support_told_before(visitor: Visitor) -> None:
    reply = visitor.says("连云港有服务专员吗", "小巨人的目标是多少家")
    assert "25家" in reply.text and provisions(reply) == {"1/3"}


def test_what_there_is_for_a_title_of_another_city_is_told(visitor: Visitor) -> None:
    reply = visitor.says("盐城外国专家工作室怎么建", "镇江小巨人给什么")
    assert "30万元" in reply.text and not reply.abstained


def test_how_much_exactly_is_asked_of_what_was_told(visitor: Visitor) -> None:
    assert provisions(visitor.says("淮安专精特新资金奖补", "大概给多少钱")) >= {"3/2"}


def test_a_title_with_a_question_of_its_own_goes_on_with_what_was_told(visitor: Visitor) -> None:
    reply = visitor.says("镇江小巨人的研发机构要求", "省专的呢 要哪一级")
    assert "市级研发机构全覆盖" in reply.text


def test_what_another_city_calls_its_plan_is_found_without_the_name_of_the_first(visitor: Visitor) -> None:
    assert "黄海明珠" in visitor.says("连云港花果山英才计划", "盐城叫什么名字").text


def test_a_figure_of_another_city_is_not_held_against_the_one_asked(visitor: Visitor) -> None:
    reply = visitor.says("连云港研发投入强度要多少", "别糊弄 淮安才4%，连云港真的是5%？")
    assert "5%" in reply.text and "不是这个数" not in reply.text and not reply.abstained


def test_what_one_may_get_of_what_was_told_is_asked_of_that(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人C类人才能报几个", "报上了每年能拿多少补贴")
    assert provisions(reply) == {"5/13"}


def test_what_a_thing_is_called_is_looked_for_where_it_was_told(visitor: Visitor) -> None:
    reply = visitor.says("南京用地有照顾吗", "用气呢", "刚才说的用地 那个叫什么机制")
    assert "预评审" in reply.text


def test_the_one_before_is_no_step_back_where_it_is_asked_on(visitor: Visitor) -> None:
    reply = visitor.says("盐城小巨人有人才举荐权吗", "外国专家工作室呢", "上一个再讲讲 省专有举荐权吗")
    assert "举荐权" in reply.text and reply.outcome != "talk"


def test_a_district_before_a_count_of_firms_is_a_district(visitor: Visitor) -> None:
    assert profile(visitor.say("我们是六合一个小厂，省专"))["district"] == "六合区"


# A move that is supposed.


def test_a_supposed_move_holds_until_the_person_leaves_it(visitor: Visitor) -> None:
    reply = visitor.says("我们苏州的，省专", "假如把公司迁到南京呢", "那算力券呢")
    assert reply.outcome == "what_if" and "还差一点信息**：算力券" in reply.text
    reply = visitor.say("算了，不搬了，我们现在能拿什么")
    assert reply.outcome == "other_city" and profile(reply)["city"] == "other"


def test_what_is_supposed_adds_up_under_a_supposed_move(visitor: Visitor) -> None:
    reply = visitor.says("我们在无锡", "要是搬到南京呢", "就算是省专吧，私营的", "转贷基金能用吗")
    assert "您符合：是专精特新中小企业（省级及以上）" in reply.text and "tiers" not in profile(reply)


def test_a_supposed_move_may_go_elsewhere(visitor: Visitor) -> None:
    reply = visitor.says("我们常州的，小巨人", "如果迁到南京能拿什么", "那换成镇江呢")
    assert reply.outcome == "what_if" and "假如镇江" in reply.text


@pytest.mark.parametrize("said", ["打个比方，我们是小巨人", "就当我们是小巨人", "权当是小巨人"])
def test_what_is_only_imagined_is_not_noted(visitor: Visitor, said: str) -> None:
    reply = visitor.says(OF_NANJING, said)
    assert reply.outcome == "what_if" and profile(reply)["tiers"] == ("provincial",)


@pytest.mark.parametrize("said", ["我们上个月把公司迁到南京，省专", "刚把厂子搬到南京，省级专精特新"])
def test_a_move_that_was_made_is_no_supposition(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said)) == {"city": "nanjing", "tiers": ("provincial",)}


@pytest.mark.parametrize("said", ["钱打到哪个户头", "这笔款划进哪张卡", "钱转到谁的账上"])
def test_where_the_money_goes_is_asked_of_what_was_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人奖多少", said)
    assert reply.text.startswith("文件写的是给企业") and {f.support_id for f in reply.findings} == {
        "nanjing-little-giant-award"
    }


@pytest.mark.parametrize(
    ("said", "award"),
    [
        ("我们在南京，今年刚评上小巨人，听说有钱拿是多少", "nanjing-little-giant-award"),
        ("我们南京刚评上小巨人，政府给多少", "nanjing-little-giant-award"),
        ("去年评上的单项冠军，南京的，政府有没有表示，给多少", "nanjing-champion-award"),
        ("证书上周刚到手，国家小巨人。公司在南京建邺。一百万能申请吧？", "nanjing-little-giant-award"),
    ],
)
def test_money_for_nothing_that_is_named_is_that_for_the_title_told(visitor: Visitor, said: str, award: str) -> None:
    assert [f.support_id for f in visitor.say(said).findings] == [award]


@pytest.mark.parametrize(
    ("said", "support"),
    [
        ("南京，刚评上小巨人，研究生租房补多少", "nanjing-graduate-rent"),
        ("我们南京的小巨人，政府采购能扣多少", "nanjing-procurement-discount"),
        ("南京小巨人，中试平台，二百万能拿吗", "nanjing-pilot-platform"),
    ],
)
def test_money_for_what_is_named_is_not_that_for_the_title(visitor: Visitor, said: str, support: str) -> None:
    assert [f.support_id for f in visitor.say(said).findings] == [support]


def test_things_told_in_turn_are_added_up_apart(visitor: Visitor) -> None:
    visitor.says("南京雨花台的省专，大模型备案刚过，听说有奖励", "我们还想买算力，有券是吧")
    text = visitor.say("那这两个加起来一共能拿多少").text
    assert "20万元" in text and "算不进去" in text


@pytest.mark.parametrize(
    "said", ["那我要是明年再评上小巨人呢，能拿多少", "要是评上小巨人，奖多少钱", "明年评上小巨人的话会给多少"]
)
def test_what_a_title_to_come_is_worth_is_told(visitor: Visitor, said: str) -> None:
    visitor.say("南京鼓楼区，我们省级专精特新刚批下来，发多少钱")
    assert "100万元" in visitor.say(said).text


def test_what_any_small_firm_has_is_not_gained_by_a_title(visitor: Visitor) -> None:
    visitor.says("南京", "没评过")
    text = visitor.say("那如果我评上创新型中小企业，有啥").text
    assert "拖欠" not in text and "没有新的" in text


# What a title would bring, asked of money: its own award, or that there is none, and no other thing.


@pytest.mark.parametrize(
    ("known", "said", "award"),
    [
        ("南京省专", "我们在申报小巨人，批下来给多少钱", "100万元"),
        ("镇江市区的省专", "明年报小巨人，下来了有奖吗", "30万元"),
        ("镇江的省专，有没有直接给的钱", "要是评上小巨人呢", "30万元"),
        ("南京创新型", "今年在报省专，批下来给钱吗", "区级奖励"),
    ],
)
def test_a_title_to_come_is_judged_as_if_it_were_held(visitor: Visitor, known: str, said: str, award: str) -> None:
    visitor.say(known)
    reply = visitor.say(said)
    assert "假如" in reply.text and award in reply.text
    assert "示范平台" not in reply.text and "智改" not in reply.text


@pytest.mark.parametrize(
    ("talk", "title"),
    [
        (("连云港省专，有没有实打实的钱", "要是评上小巨人呢"), "小巨人"),
        (("盐城省专", "我们正冲小巨人，要是批了，市里奖多少"), "小巨人"),
        (("连云港省专，在申报单项冠军，批下来给奖励吗",), "单项冠军"),
    ],
)
def test_where_a_title_brings_no_award_that_is_told_alone(visitor: Visitor, talk: tuple[str, ...], title: str) -> None:
    reply = visitor.says(*talk)
    assert f"没有写给国家级专精特新“{title}”的奖励" in reply.text or f"没有写给国家制造业{title}的奖励" in reply.text
    assert "智改" not in reply.text and "可以申请" not in reply.text


@pytest.mark.parametrize(
    "talk", [("淮安省专", "我们今年申报小巨人，批下来奖不奖钱"), ("淮安省专，明年评上小巨人，能拿多少奖金",)]
)
def test_what_all_such_firms_are_given_is_told_as_no_award_of_the_title(
    visitor: Visitor, talk: tuple[str, ...]
) -> None:
    reply = visitor.says(*talk)
    assert "没有专门写给国家级专精特新“小巨人”的奖励" in reply.text
    assert "专精特新企业资金奖补" in reply.text and "校企协同" not in reply.text


def test_a_thing_that_is_named_beside_a_title_to_come_is_asked_of_itself(visitor: Visitor) -> None:
    reply = visitor.says("连云港省专", "要是评上小巨人，智改数转能补多少")
    assert "智改数转" in reply.text and "没有写给国家级" not in reply.text


# A title brings its condition, and no more than that.


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("南京省级专精特新，我们省专能不能拿小巨人那一百万", "首次获评"),
        ("南京创新型，算力券能领吗", "购买"),
        ("南京创新型，国家攻关那个一千万能拿吗", "承担国家关键核心技术攻关任务"),
    ],
)
def test_what_is_left_to_meet_beside_a_title_is_told(visitor: Visitor, said: str, left: str) -> None:
    way = next(line for line in visitor.say(said).text.split("\n") if line.startswith("评上"))
    assert "就符合" not in way and left in way


@pytest.mark.parametrize("said", ["盐城创新型，软硬件一体化改造能弄吗", "淮安没资质，想贷款"])
def test_no_title_is_promised_to_bring_what_is_not_in_force(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "评上省级专精特新，才对得上" in text and "就符合这一条" not in text
