"""The second question: another case after a verdict, another day, another city or aspect of what was talked of."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses

GIANT = "nanjing-little-giant-award"


def provisions(reply: object) -> set[tuple[str, str]]:
    return {(c.document_id.partition("-")[0], c.provision) for c in reply.citations}  # type: ignore[attr-defined]


# Another case after a verdict.


@pytest.mark.parametrize(
    ("told", "asked", "answer", "never"),
    [
        (["南京的租房补贴我们能领吗", "我们是省专"], "小巨人呢", "可以申请", "国家级小巨人"),
        (["南京政府采购的价格扣除我们能享受吗", "省专，中型企业"], "小型的呢", "可以申请", "小型企业"),
        (["我们是南京国企，省专，有贷款要周转，转贷基金能用吗"], "民营的呢", "可以申请", "民营"),
        (["盐城上市培育库我们能进吗", "创新型中小企业"], "那省专呢", "大体符合|原则上可以", "省级专精特新"),
    ],
)
def test_another_case_after_a_refusal_is_judged_and_not_stored(
    visitor: Visitor, told: list[str], asked: str, answer: str, never: str
) -> None:
    before = profile(visitor.says(*told))
    reply = visitor.say(asked)
    assert reply.outcome == "what_if"
    assert any(word in reply.text for word in answer.split("|"))
    assert "现在不符合" not in reply.text
    assert profile(reply) == before and never not in "".join(map(str, before.values()))


@pytest.mark.parametrize(
    ("asked", "inside"),
    [
        ("扬中呢", False),
        ("句容可以吗", False),
        ("丹徒呢", True),
        ("经开区可以吗", True),
        ("那市区的呢", True),
        ("高新区呢", True),
    ],
)
def test_another_district_is_judged_by_where_it_lies(visitor: Visitor, asked: str, inside: bool) -> None:
    reply = visitor.says("我们是镇江润州的小巨人，今年首次评上，有奖吗", asked)
    assert ("现在不符合" in reply.text) is not inside
    assert profile(reply)["district"] == "润州区"


def test_a_district_that_is_only_asked_of_is_never_the_firms_own(visitor: Visitor) -> None:
    visitor.says("镇江的小巨人奖", "丹阳可以吗")
    reply = visitor.say("丹徒呢")
    assert "district" not in profile(reply) and "它符合：企业在镇江市区" in reply.text


def test_a_move_within_the_city_is_judged_as_a_supposition(visitor: Visitor) -> None:
    reply = visitor.says("我们是镇江丹阳的单项冠军，首次，能拿奖吗", "搬到京口可以吗")
    assert "现在不符合" not in reply.text and profile(reply)["district"] == "丹阳市"


@pytest.mark.parametrize("asked", ["创新型可以吗", "创新型的行吗"])
def test_a_kind_below_what_is_asked_for_is_refused_by_name(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京的算力券是什么", asked)
    assert "现在不符合" in reply.text and "tiers" not in profile(reply)


def test_one_kind_after_another_is_judged_each_time(visitor: Visitor) -> None:
    visitor.says("南京的算力券是什么", "创新型可以吗")
    reply = visitor.say("那省专呢")
    assert reply.outcome == "what_if" and "它符合：是专精特新中小企业" in reply.text


@pytest.mark.parametrize("asked", ["以后有了呢", "那将来呢", "要是以后做了呢"])
def test_later_tells_what_stands_against_it_now(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("我们是南京省专，AEO能办吗", "没有进出口", asked)
    assert "如果有进出口业务" in reply.text and profile(reply)["foreign_trade"] == "no"


def test_a_title_to_come_is_weighed_against_what_else_is_unmet(visitor: Visitor) -> None:
    reply = visitor.says("我们在镇江句容，省级专精特新，能拿小巨人奖吗", "以后评上小巨人呢")
    assert "现在不符合" in reply.text and "市区" in reply.text
    assert profile(reply)["tiers"] == ("provincial",)


def test_why_not_asks_for_the_grounds_of_what_was_told(visitor: Visitor) -> None:
    reply = visitor.says("淮安的职称评价绿色通道创新型能用吗", "为什么不行")
    assert provisions(reply) == {("huaian", "3/3")}


@pytest.mark.parametrize("asked", ["单项冠军呢", "省级的目标呢"])
def test_a_kind_asked_of_a_target_is_no_supposition(visitor: Visitor, asked: str) -> None:
    assert visitor.says("镇江小巨人的目标是多少家", asked).outcome == "information"


def test_another_title_asked_after_an_award_is_another_award(visitor: Visitor) -> None:
    visitor.says("镇江单项冠军奖多少", "小巨人呢")
    told = statuses(visitor.say("南京呢"))
    assert GIANT in told and "nanjing-champion-award" not in told


# Another day.


@pytest.mark.parametrize("asked", ["2029年评上呢", "2030年才拿到呢", "2029年1月1日呢"])
def test_what_comes_after_the_end_is_told_to_come_too_late(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京小巨人奖励是多少", asked)
    assert "已经到期，那时不能照此申请" in reply.text


def test_a_day_asked_of_holds_for_the_answers_that_follow(visitor: Visitor) -> None:
    reply = visitor.says("我们2029年才能评上小巨人，到时候还有奖吗", "南京", "是首次")
    assert "已经到期，那时不能照此申请" in reply.text
    assert "2029" not in visitor.say("算力券我们能领吗").text


def test_a_day_asked_in_passing_does_not_hold_for_the_interview(visitor: Visitor) -> None:
    reply = visitor.says("南京的算力券我们能领吗", "2029年还能申请吗", "省专", "要买算力")
    assert "可以申请" in reply.text and "到期" not in reply.text


def test_one_day_after_another_asks_until_when(visitor: Visitor) -> None:
    reply = visitor.says("27年南京这个还有效吗", "29年呢", "明年能申请吗", "去年呢")
    assert "没有写明从哪一天起施行" in reply.text


@pytest.mark.parametrize("between", ["不是吗", "真的吗"])
def test_until_when_is_asked_of_another_citys_document(visitor: Visitor, between: str) -> None:
    reply = visitor.says("南京政策2027年到期吧", between, "那镇江呢")
    assert "2025年12月31日" in reply.text and not reply.abstained


def test_a_support_that_another_city_lacks_is_not_answered_with_its_term(visitor: Visitor) -> None:
    reply = visitor.says("镇江社保能缓缴吗", "现在还行吗", "南京呢")
    assert reply.abstained and "还在执行" not in reply.text


@pytest.mark.parametrize("said", ["哪几个市的文件现在有效", "哪个市的文件最早到期"])
def test_all_documents_are_told_those_in_force_first(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert text.startswith("南京") and all(city in text for city in ("盐城", "淮安", "连云港", "镇江"))


# Another city, and what stays with the first.


def test_what_follows_is_of_the_city_that_was_asked_of(visitor: Visitor) -> None:
    reply = visitor.says("淮安有没有像南京那样的算力券", "那数字化方面有什么")
    assert {city for city, _ in provisions(reply)} == {"huaian"}


def test_what_there_is_instead_is_asked_of_the_same_city(visitor: Visitor) -> None:
    reply = visitor.says("盐城小巨人有奖励吗", "那有什么")
    assert {city for city, _ in provisions(reply)} == {"yancheng"}


def test_a_city_named_on_the_way_keeps_the_subject(visitor: Visitor) -> None:
    visitor.says("AEO是什么", "有什么好处", "怎么申请")
    assert provisions(visitor.say("南京找谁")) == {("nanjing", "4/11")}
    assert provisions(visitor.say("盐城呢")) == {("yancheng", "4/11")}


@pytest.mark.parametrize("said", ["有什么好处", "有补贴吗"])
def test_its_use_asked_after_a_support_is_that_supports(visitor: Visitor, said: str) -> None:
    assert set(statuses(visitor.says("南京那个APEC卡", said))) == {"nanjing-apec-card"}


def test_its_use_asked_of_everything_is_that_of_everything(visitor: Visitor) -> None:
    assert visitor.says("我们在南京，省专", "有什么好处").outcome == "overview"


def test_the_same_of_another_city_and_where_it_stands_is_that_support(visitor: Visitor) -> None:
    reply = visitor.says("镇江的免费诊断要钱吗", "淮安也是吗，写在哪一条")
    assert ("huaian", "2/6") in provisions(reply)


# Another aspect.


@pytest.mark.parametrize(
    ("asked", "provision"), [("电呢", "nanjing-power-trading"), ("地呢", "nanjing-land-without-application")]
)
def test_one_character_names_another_support_of_the_provision(visitor: Visitor, asked: str, provision: str) -> None:
    assert set(statuses(visitor.says("南京用气贵，能降价吗", asked))) == {provision}


@pytest.mark.parametrize("said", ["钱方面呢", "跟钱有关的呢"])
def test_money_in_general_lists_what_gives_money(visitor: Visitor, said: str) -> None:
    reply = visitor.says("淮安人才方面有哪些支持", said)
    assert "资金奖补" in reply.text and "举荐" not in reply.text


def test_a_sum_is_not_asked_on_of_what_has_none(visitor: Visitor) -> None:
    assert "没有写金额" not in visitor.says("租房补贴有吗", "具体多少", "孩子上学呢").text


def test_that_one_is_the_one_that_is_named(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京省专，民营，转贷和融资白名单能办吗", "上市那个是什么意思")
    assert "上市精准服务" in reply.text and "转贷" not in reply.text


def test_a_title_asked_the_same_gets_its_own_line(visitor: Visitor) -> None:
    reply = visitor.says("盐城每年带多少家创新型做小快轻准", "小巨人呢，也是这么多吗，做哪个")
    assert "50家" in reply.text and "1500" not in reply.text


@pytest.mark.parametrize(("said", "word"), [("本科的呢", "本科"), ("大专方面呢", "大专")])
def test_what_is_not_mentioned_is_named_without_its_particles(visitor: Visitor, said: str, word: str) -> None:
    assert f"没有提到“{word}”" in visitor.says("南京租房补贴", said).text


def test_words_of_one_sense_are_mentioned_by_either(visitor: Visitor) -> None:
    assert "没有提到" not in visitor.says("南京小巨人第二次评还有奖吗", "第一次呢").text


# What is heard beside it.


def test_hearsay_to_be_taken_for_true_leaves_what_it_names(visitor: Visitor) -> None:
    visitor.say("听说转贷基金能借一个亿，你就当是真的")
    assert visitor.turn is not None and "nanjing-refinancing-fund" in statuses(visitor.turn.reply)


def test_an_examination_is_none_of_its_business(visitor: Visitor) -> None:
    assert visitor.says("盐城海关帮企业做AEO培育吗", "我儿子想考个事业编，几号报名").outcome == "outside"


@pytest.mark.parametrize(("said", "district"), [("扬中开发区，不在镇江城里", "扬中市"), ("丹徒高新园", "丹徒区")])
def test_a_zone_answers_the_question_of_the_district(visitor: Visitor, said: str, district: str) -> None:
    visitor.say("我们是镇江的单项冠军，第一次认定，能拿50万吧")
    visitor.say("南京的单项冠军奖多少")
    assert profile(visitor.say(said))["district"] == district


def test_young_people_are_the_talent_of_the_documents(visitor: Visitor) -> None:
    reply = visitor.says("淮安引进人才归哪些部门管", "年轻人愿意来我们这有啥补贴，列全")
    assert "huaian-talent-allowances" in statuses(reply)


# What a chance word must not turn the talk to.


def test_whether_one_can_apply_after_everything_asks_of_everything(visitor: Visitor) -> None:
    reply = visitor.says("镇江润州的，小巨人，今年第一次", "能不能申请")
    assert reply.outcome == "overview" and "单项冠军" not in reply.text


def test_how_much_after_everything_is_the_award_for_the_title_held(visitor: Visitor) -> None:
    told = statuses(visitor.says("镇江京口的小巨人，首次认定的", "多少钱"))
    assert set(told) == {"zhenjiang-little-giant-award"}


@pytest.mark.parametrize("asked", ["能借多少", "怎么借", "借多久"])
def test_a_word_of_one_character_means_what_was_listed(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京民企 省专 有笔贷款要周转", asked)
    assert provisions(reply) == {("nanjing", "2/6")}


@pytest.mark.parametrize("asked", ["要开发票吗", "亏损了能领吗", "那先评哪种"])
def test_a_part_of_another_word_leaves_the_support_that_was_talked_of(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京小巨人的奖励", asked)
    assert provisions(reply) <= {("nanjing", "2/5")}


@pytest.mark.parametrize("asked", ["看病呢", "看病嘞"])
def test_a_short_word_that_names_another_support_still_does(visitor: Visitor, asked: str) -> None:
    first = visitor.says("连云港高层次人才的孩子上学有没有帮助")
    assert statuses(visitor.say(asked)) != statuses(first)


def test_what_a_small_firm_makes_names_no_support(visitor: Visitor) -> None:
    reply = visitor.say("我开了一家做弹簧的小厂")
    assert reply.question is not None and reply.question.slot == "city" and not reply.findings


def test_a_figure_means_what_was_told_with_it(visitor: Visitor) -> None:
    told = statuses(visitor.says("南京的小巨人，首评", "那100万怎么申请"))
    assert set(told) == {"nanjing-little-giant-award"}


def test_a_figure_asked_after_another_support_with_it_is_of_that(visitor: Visitor) -> None:
    told = statuses(visitor.says("南京的公共服务示范平台有奖吗", "100万能领吗"))
    assert set(told) == {"nanjing-service-platform-award"}


def test_a_title_that_is_not_held_is_not_supposed(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，中试平台有什么支持", "不是单项冠军也行吗")
    assert reply.outcome != "what_if" and "专精特新中小企业" in reply.text


# Two titles, and two cities.


@pytest.mark.parametrize("city", ["南京", "镇江"])
def test_the_awards_for_two_titles_are_two(visitor: Visitor, city: str) -> None:
    visitor.say("领导问小巨人和单项冠军的奖励")
    told = statuses(visitor.say(city))
    assert {kind.partition("-")[2] for kind in told} == {"champion-award", "little-giant-award"}


def test_what_a_city_has_not_is_not_answered_with_another_citys(visitor: Visitor) -> None:
    visitor.say("盐城的小巨人奖多少")
    for asked in ("一毛钱都没有？", "那谁负责"):
        reply = visitor.say(asked)
        assert reply.abstained and "盐城的文件" in reply.text and not statuses(reply)
    assert GIANT in statuses(visitor.say("和南京比呢"))


def test_a_thing_named_is_missing_in_each_city_that_lacks_it(visitor: Visitor) -> None:
    assert visitor.says("镇江能办APEC卡吗", "盐城呢").abstained
    assert set(statuses(visitor.say("南京呢"))) == {"nanjing-apec-card"}


def test_a_count_is_asked_of_the_same_thing_in_another_city(visitor: Visitor) -> None:
    assert "绿色工厂" in visitor.says("盐城绿色工厂有支持吗", "镇江的目标多少家").text


def test_several_cities_are_told_the_policy_and_not_who_is_in_charge(visitor: Visitor) -> None:
    reply = visitor.say("南京和镇江两个地方的职称政策")
    assert "职称" in reply.text and "责任单位：" not in reply.text


def test_the_subsidiary_here_is_the_firm_where_the_head_office_is_elsewhere(visitor: Visitor) -> None:
    reply = visitor.say("集团总部在杭州，镇江有子公司")
    assert profile(reply)["city"] == "zhenjiang"
    assert visitor.says("我们总部在杭州，镇江是工厂").outcome == "other_city"


@pytest.mark.parametrize("asked", ["盐城有啥好的", "盐城有什么政策"])
def test_everything_of_another_city_is_that_citys(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京省专，转贷基金是什么", asked)
    assert {city for city, _ in provisions(reply)} == {"yancheng"}


def test_its_use_asked_of_a_support_after_everything_is_that_supports(visitor: Visitor) -> None:
    reply = visitor.says("南京鼓楼的省专，海关备过案", "AEO能做吗", "有什么好处")
    assert set(statuses(reply)) == {"nanjing-aeo"}


def test_a_titles_sum_asked_after_something_else_is_its_award(visitor: Visitor) -> None:
    reply = visitor.says("淮安担保费率多少", "那镇江对头一次评上的小巨人给多少")
    assert "30万元" in reply.text and not reply.abstained


def test_an_aim_is_asked_of_another_city_and_no_move_is_supposed(visitor: Visitor) -> None:
    reply = visitor.says("连云港户均专利要几件", "换到淮安呢，发明专利")
    assert ("huaian", "1/3/2") in provisions(reply)
    assert not reply.findings


@pytest.mark.parametrize(
    ("of", "said", "support"),
    [
        ("南京对参与编写标准有奖没有", "我们没牵头，只参编过一份国标，顶多能拿多少", "nanjing-standards-award"),
        ("南京中试平台资助", "我们参与建了中试平台，也就投了两百万，最多能拿多少", "nanjing-pilot-platform"),
    ],
)
def test_how_much_is_asked_on_with_what_it_turns_on(visitor: Visitor, of: str, said: str, support: str) -> None:
    assert set(statuses(visitor.says(of, said))) == {support}


def test_a_thing_that_is_planned_is_asked_about_and_answers_no_question(visitor: Visitor) -> None:
    reply = visitor.says("海州做石膏的，省级专精特新", "想上云 市里有啥帮衬的没")
    assert "上云" in reply.text
    assert "first_set_product" not in profile(reply)


def test_the_same_of_another_city_may_be_asked_of_its_document(visitor: Visitor) -> None:
    reply = visitor.say("南京给办商务旅行卡开绿色通道，我公司在盐城，盐城那份稿子里有没有同样的？")
    assert reply.abstained and "南京的文件里有这一项" in reply.text


def test_what_one_thing_holds_most_of_is_asked_of_that_and_not_of_all(visitor: Visitor) -> None:
    reply = visitor.says("连云港评职称有没有绿色通道", "淮安呢，够条件的人能直接报啥")
    assert ("huaian", "3/3") in provisions(reply)
    assert "huaian-title-green-channel" in statuses(reply)


def test_who_asks_whether_a_title_counts_and_wants_a_thing_is_judged_for_it(visitor: Visitor) -> None:
    reply = visitor.say("高企算不算专精特新？我们南京的，高企有，专精特新还没评上，天天租算力，算力券能不能领")
    assert statuses(reply) == {"nanjing-computing-voucher": "ineligible"}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("淮安请高校教授来厂里当科技副总", "干得出色他有什么好处"),
        ("连云港搞智改数转有钱补吗", "刚才说的那笔补助是哪几家管"),
        ("南京高校的成果可以先用后付钱？", "真的假的？是非得这样，还是只是鼓励"),
    ],
)
def test_words_that_point_at_what_was_told_are_of_that(before: str, said: str, visitor: Visitor) -> None:
    told = {c.provision for c in visitor.say(before).citations}
    again = {c.provision for c in visitor.say(said).citations}
    assert again and again <= told


def test_a_title_to_come_opens_what_was_refused_for_want_of_it(visitor: Visitor) -> None:
    visitor.says("南京玄武的，省级专精特新", "硕士租房补贴能上浮吗")
    assert "租房补贴" in visitor.say("明年评上小巨人呢").text
