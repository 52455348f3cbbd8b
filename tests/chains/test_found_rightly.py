"""What a single question finds: the provision that is meant, all of it, and no neighbour in its place."""

import pytest

from tests.chains.visitor import Visitor, provisions, statuses

NANJING, YANCHENG = "nanjing-measures", "yancheng-measures-draft"
HUAIAN, LIANYUNGANG, ZHENJIANG = (
    "huaian-plan-2023-2025",
    "lianyungang-plan-2023-2025",
    "zhenjiang-plan-2023-2025",
)


# Who tells of a trouble.


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("有个大客户拖着货款不给，我们在连云港", (LIANYUNGANG, "3/4")),
        ("淮安，甲方压着我们两年尾款", (HUAIAN, "3/4")),
        ("南京省专，客户一直不给钱", (NANJING, "5/15")),
        ("银行不肯放款，镇江省专", (ZHENJIANG, "3/4/14")),
        ("贷款办不下来，我们是淮安的省专", (HUAIAN, "2/7")),
        ("机床老化了想换一批，淮安", (HUAIAN, "2/7")),
        ("生产线落后了，连云港", (LIANYUNGANG, "2/6")),
        ("用电紧张，盐城", (YANCHENG, "3/9")),
        ("招工太难了，盐城", (YANCHENG, "2/6")),
        ("应急局要罚我们，头一次，镇江", (ZHENJIANG, "3/6/24")),
    ],
)
def test_a_trouble_is_answered_with_what_there_is_for_it(visitor: Visitor, said: str, place: tuple[str, str]) -> None:
    reply = visitor.say(said)
    assert place in provisions(reply)
    assert reply.outcome != "overview"


@pytest.mark.parametrize("said", ["货卖不出去，镇江", "淮安，对手压价"])
def test_a_trouble_that_nothing_is_written_for_begins_no_overview(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有写" in reply.text
    assert reply.suggestions == ("我们能申请什么",)


@pytest.mark.parametrize(
    "said", ["南京省专，民营，客户都是国企", "我们是连云港的老企业了，创新型", "南京，我们的设备很新"]
)
def test_what_only_tells_of_the_firm_begins_an_overview(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("我们是南京的厂，总工想接个省市一级的科研任务", (NANJING, "1/1")),
        ("连云港 安监又来查 一个月三回 烦死", (LIANYUNGANG, "3/4")),
        ("我们是淮安做配件的公司，天天来人查，吃不消", (HUAIAN, "3/4")),
        ("我要给公司弄个研发中心 南京浦口 建了中试线花了八百万", (NANJING, "1/1")),
        ("盐城的一家机械厂，外国同行说我们侵他专利", (YANCHENG, "2/5")),
        ("镇江的专精特新，安全检查头一次出问题", (ZHENJIANG, "3/6/24")),
        ("连云港的，开食品厂，不良率太高想降一降", (LIANYUNGANG, "2/4")),
        ("我们是淮安的厂，进口机器税太高", (HUAIAN, "2/8")),
        ("我在南京开了家传感器公司，二十来个人，银行贷款下周到期", (NANJING, "2/6")),
        ("盐城做纺织机械的，产品要出口德国，客户要碳的数据", (YANCHENG, "3/9")),
        ("南京的，做注塑，天然气一个月十几万", (NANJING, "5/14")),
    ],
)
def test_what_is_told_beside_the_firm_is_answered_and_not_all_there_is(
    visitor: Visitor, said: str, place: tuple[str, str]
) -> None:
    reply = visitor.say(said)
    assert provisions(reply) <= {place, (place[0], "0"), (place[0], "end")} and place in provisions(reply)
    assert reply.outcome != "overview"


@pytest.mark.parametrize(
    "said",
    [
        "我们是淮安的，做医疗器械，三十来个人",
        "南京江宁的，做机器人，小巨人，产品卖到欧洲",
        "我开注塑厂的，南京溧水，只有个创新型中小企业的牌子，帮我看看能申请点啥",
        "麻烦帮理一理，南京的小巨人，去年首次评上，外资中型企业，眼下能拿什么",
        "盐城东台，做电缆的，民营，给大厂配套，省专",
    ],
)
def test_what_only_tells_what_the_firm_is_and_does_begins_an_overview(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


def test_a_trouble_beside_a_question_at_large_is_what_is_asked(visitor: Visitor) -> None:
    reply = visitor.say("国外同行告我们专利侵权了，连云港能帮上啥")
    assert provisions(reply) == {(LIANYUNGANG, "2/5")}


def test_a_trouble_is_answered_in_the_midst_of_an_overview(visitor: Visitor) -> None:
    reply = visitor.says("连云港的", "大厂欠我们的款子就是不给 政府管不管")
    assert (LIANYUNGANG, "3/4") in provisions(reply)


# Near misses.


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("南京厂房租金有补贴吗", "厂房租金"),
        ("厂房屋顶光伏南京补贴吗", "厂房屋顶光伏"),
        ("碳排放认证南京有补助没有", "碳排放认证"),
        ("镇江有没有租金减免", "租金减免"),
    ],
)
def test_a_thing_that_a_neighbour_resembles_is_said_to_be_unwritten(visitor: Visitor, said: str, thing: str) -> None:
    assert f"没有提到“{thing}”" in visitor.say(said).text


@pytest.mark.parametrize(
    "said",
    ["南京中试补贴有吗", "镇江有没有小进规补贴", "南京头一次评上小巨人有奖励吗", "建工业绿色微电网，南京怎么补贴"],
)
def test_a_thing_that_is_written_is_not_said_to_be_unwritten(visitor: Visitor, said: str) -> None:
    assert "没有提到" not in visitor.say(said).text


def test_the_filing_of_an_algorithm_is_not_that_of_a_model(visitor: Visitor) -> None:
    assert "“算法备案”不算" in visitor.say("南京做了算法备案能拿20万吗").text


# A title's award.


@pytest.mark.parametrize("said", ["南京省专一次性奖励20万有吗", "听说南京省专奖50万", "人家说南京省专直接给30万"])
def test_a_sum_for_a_title_is_held_against_its_own_award(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert [f.support_id for f in reply.findings] == ["nanjing-district-provincial-award"]
    assert "没有写金额" in reply.text


def test_hearsay_of_a_title_s_award_is_put_right(visitor: Visitor) -> None:
    reply = visitor.say("听说镇江单项冠军能拿300万")
    assert set(statuses(reply)) == {"zhenjiang-champion-award"}
    assert reply.text.count("不是这个数") == 1


def test_hearsay_of_an_award_whose_sum_is_unwritten(visitor: Visitor) -> None:
    reply = visitor.say("听说淮安小巨人给30万")
    assert provisions(reply) == {(HUAIAN, "3/2")} and "没有写金额" in reply.text


# The rest of what is meant.


def test_what_tells_a_sentence_to_its_end_is_told_of_each_city(visitor: Visitor) -> None:
    text = visitor.say("绿色工厂这块，盐城和南京分别怎么支持").text
    assert text.count("绿色供应链") == 4


def test_what_is_common_to_two_cities_is_found_in_both(visitor: Visitor) -> None:
    reply = visitor.say("走职称绿色通道的人才，符合条件的在淮安和连云港分别能申报什么")
    assert provisions(reply) == {(HUAIAN, "3/3"), (LIANYUNGANG, "3/3")}
    assert "中级职称" in reply.text and "考核认定职称" in reply.text


@pytest.mark.parametrize("said", ["除了这个还有啥贷", "除了它还有没有别的贷"])
def test_what_else_there_is_leaves_out_what_was_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("盐城的首贷贴息是什么", said)
    assert {"yancheng-equipment-guarantee", "yancheng-special-loan"} & set(statuses(reply))
    assert "yancheng-first-loan-discount" not in statuses(reply)


@pytest.mark.parametrize(
    ("before", "said", "places"),
    [
        ("镇江土地能优先吗", "光是地？用能上有没有别的保障", {(ZHENJIANG, "3/4/17")}),
        ("南京有转贷基金吗", "除了转贷，银行那边没别的了？", {(NANJING, "2/6")}),
        ("连云港的科创专项贷款是什么", "银行还有没有别的信贷产品", {(LIANYUNGANG, "2/7")}),
        ("盐城对申请AEO有帮忙吗", "除了AEO，出去参展有支持吗", {(YANCHENG, "4/11")}),
        ("连云港智改数转能免费诊断吗", "真要动手改，资金上还有其他补助没有", {(LIANYUNGANG, "3/2")}),
        ("镇江带我们去广交会吗", "光有展会啊 别的活动有没有，比如比赛", {(ZHENJIANG, "3/6/23")}),
        ("南京制定国标有奖吗", "知识产权服务没别的了吗，比如专利快速预审", {(NANJING, "1/3")}),
        (
            "镇江小巨人奖多少",
            "除了奖金，土地、贷款、人才能享受哪几样",
            {(ZHENJIANG, "3/4/17"), (ZHENJIANG, "3/4/14"), (ZHENJIANG, "3/4/16")},
        ),
        ("镇江小巨人奖多少", "除了奖励，土地贷款这些有照顾没", {(ZHENJIANG, "3/4/17"), (ZHENJIANG, "3/4/14")}),
    ],
)
def test_what_else_there_is_is_of_the_same_matter(
    visitor: Visitor, before: str, said: str, places: set[tuple[str, str]]
) -> None:
    reply = visitor.says(before, said)
    assert provisions(reply) == places and reply.outcome != "overview"


@pytest.mark.parametrize(
    ("before", "said", "support"),
    [
        ("南京的算力券怎么领", "还有别的要求吗", "nanjing-computing-voucher"),
        ("连云港专利方面能帮我们什么", "除了专利，商标有人管吗", "lianyungang-patent-brand-programmes"),
    ],
)
def test_what_is_asked_of_the_same_is_not_taken_for_something_else(
    visitor: Visitor, before: str, said: str, support: str
) -> None:
    assert support in statuses(visitor.says(before, said))


@pytest.mark.parametrize("said", ["淮安有智改数转的免费诊断吗", "淮安智改数转免费诊断给做吗"])
def test_what_a_thing_is_of_is_no_thing_beside_it(visitor: Visitor, said: str) -> None:
    assert list(statuses(visitor.say(said))) == ["huaian-free-diagnosis"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("大学的成果能否先用起来、以后再结账？南京有没有这种说法", (NANJING, "1/2")),
        ("院所的成果想先用着、等挣到了再付，南京有这种做法吗，归谁管", (NANJING, "1/2")),
        ("南京评职称没有论文行吗？我们工程师搞过首台套", (NANJING, "5/12")),
        ("淮安，缺房产、还在亏，想贷款能拿什么押", (HUAIAN, "2/7")),
        ("我们只参与起草、不牵头，国标，南京的奖励有没有份", (NANJING, "1/3")),
        ("盐城企业牵头行业标准、当第一起草人，文件写的是什么支持", (YANCHENG, "3/7")),
        ("粉尘排得很少，但环保老来查。南京对我们这种有啥照顾", (NANJING, "5/15")),
        ("淮安研发设计里用数字化工具的比例，目标是多少", (HUAIAN, "1/3/3")),
    ],
)
def test_a_clause_that_names_nothing_brings_nothing_along(visitor: Visitor, said: str, place: tuple[str, str]) -> None:
    assert provisions(visitor.say(said)) - {(place[0], "0")} == {place}


@pytest.mark.parametrize(
    ("said", "supports"),
    [
        ("标准奖给多少，政采价格扣除几成，各归谁管，南京", {"nanjing-standards-award", "nanjing-procurement-discount"}),
        ("盐城，想把老厂改成绿色工厂", {"yancheng-green-factory", "yancheng-green-factory-pool"}),
    ],
)
def test_what_is_named_beside_another_is_told_as_well(visitor: Visitor, said: str, supports: set[str]) -> None:
    assert supports <= statuses(visitor.say(said)).keys()


def test_one_award_that_is_asked_for_is_told_alone(visitor: Visitor) -> None:
    reply = visitor.says("我们在江宁，省专，区里给不给奖", "就说区里那个奖")
    assert list(statuses(reply)) == ["nanjing-district-provincial-award"]


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("盐城省专培育库每年要新增几个省级以上研发机构", "小巨人培育库那一档呢", "30个"),
        ("盐城小巨人培育库企业研发占比要多少", "创新型那个库的呢", "4%"),
        ("盐城对创小的数字化改造一年多少家", "最高那档小巨人的呢", "50家"),
        ("淮安的科技副总是什么", "干得漂亮有什么好处", "省级产学研项目"),
        ("南京职称这块讲一讲", "员工参与过首台套研发，评的时候加分吗", "重要参考"),
    ],
)
def test_what_is_asked_on_stays_in_the_provision_that_was_told_of(
    visitor: Visitor, before: str, said: str, told: str
) -> None:
    first = provisions(visitor.say(before))
    reply = visitor.say(said)
    assert told in reply.text
    assert {place for place in provisions(reply) if place[1] != "0"} <= first


def test_two_things_are_asked_of_each_of_the_cities_told_of(visitor: Visitor) -> None:
    text = visitor.says("淮安和连云港的小巨人目标", "小巨人各几家？研发投入各要百分之几？").text
    assert all(figure in text for figure in ("26家", "25家", "4%", "5%"))
    assert "没有写比例" not in text


def test_a_firm_among_the_offices_is_asked_for_and_is_nobodys_firm(visitor: Visitor) -> None:
    reply = visitor.say("南京转贷那条的责任单位里，有一家是企业，是哪家")
    assert "紫金投资" in reply.text and reply.outcome != "overview"


def test_what_another_city_has_not_is_no_fact_that_resembles_its_name(visitor: Visitor) -> None:
    reply = visitor.says("南京的算力券我知道", "连云港发不发算力券")
    assert reply.abstained and "没有写" in reply.text


# By which rules titles are recognised.


@pytest.mark.parametrize(
    "said", ["南京评小巨人现在按哪个文件的规定", "怎么评上小巨人，南京", "小巨人的认定按什么办法，盐城"]
)
def test_the_rules_by_which_titles_are_recognised_are_pointed_to(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "企业〔2026〕2号" in reply.text and reply.abstained


# What only sounds like something else.


def test_a_foreign_certificate_is_no_carbon_footprint(visitor: Visitor) -> None:
    assert provisions(visitor.say("产品想做欧洲的认证，盐城鼓励吗")) == {(YANCHENG, "3/7")}


def test_how_large_a_pool_is_is_no_question_about_shares(visitor: Visitor) -> None:
    assert "200家" in visitor.say("盐城小巨人培育库是个多大的盘子").text


def test_which_school_a_child_goes_to_is_no_policy(visitor: Visitor) -> None:
    assert visitor.say("我儿子在秦淮上小学是哪个学区").outcome == "outside"


def test_english_among_chinese_words_is_heard(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，大模型filing完了", "bonus多少")
    assert "20万元" in reply.text


# The term of a document.


@pytest.mark.parametrize("said", ["南京政策2027年就到期了吧", "南京的措施2027年底作废对不对"])
def test_a_year_that_is_said_to_end_it_is_held_against_the_term(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert provisions(reply) == {(NANJING, "end")} and "2028年12月31日" in reply.text


def test_which_cities_documents_have_expired_is_told_of_all(visitor: Visitor) -> None:
    assert len({place[0] for place in provisions(visitor.say("哪些市的政策过期了"))}) == 5


# What there is besides.


def test_an_award_asked_on_of_a_number_is_that_of_the_same_provision(visitor: Visitor) -> None:
    reply = visitor.says("镇江小进规每年多少家", "奖励多少")
    assert set(statuses(reply)) == {"zhenjiang-scale-up-award"}


def test_what_holds_the_whole_subject_is_not_passed_over_for_another_city(visitor: Visitor) -> None:
    reply = visitor.say("南京有上市奖励吗")
    assert set(statuses(reply)) == {"nanjing-listing-service"} and "没有写奖励" in reply.text


def test_who_asks_what_is_mentioned_is_told_the_list(visitor: Visitor) -> None:
    assert "生物医药" in visitor.say("连云港的重点产业链里提到啥").text


# What asks of one thing in everybody's words, beside words that another part would take for its own.


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("龙头出题我们来解，南京这个活是谁来出题", (NANJING, "4/10")),
        ("新来的博士要租房，南京每月替他出一截房钱，公司得有什么牌子", (NANJING, "5/13")),
        ("镇江的专精特新，销售要比别人涨得快多少", (ZHENJIANG, "2")),
        ("镇江三年内合计打算出多少家国家级小巨人", (ZHENJIANG, "2")),
        ("算力的券南京有几种面值，放多久作废？", (NANJING, "3/8")),
        ("想挤进银行优先的那份名单，南京是自己报名还是人家来挑", (NANJING, "2/6")),
        ("省里评人才，镇江能不能先推我们这样的厂", (ZHENJIANG, "3/4/16")),
    ],
)
def test_one_thing_is_found_and_no_other_is_cited(visitor: Visitor, said: str, place: tuple[str, str]) -> None:
    assert {p for p in provisions(visitor.say(said)) if p[1] != "0"} == {place}


@pytest.mark.parametrize(
    "said", ["算力券归哪个局管，我打了几个电话都说不是自己", "备案那个奖找谁，我们跑了几趟都没问到"]
)
def test_which_office_is_told_before_the_city_is_asked(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "市工信局" in reply.text and "没有写数量" not in reply.text


def test_how_much_is_asked_in_dialect_too(visitor: Visitor) -> None:
    reply = visitor.say("单向冠军 镇江市里头的 给好多来着")
    assert "50万" in reply.text and reply.outcome != "overview"


def test_who_issued_it_is_still_told(visitor: Visitor) -> None:
    assert "连云港市人民政府办公室" in visitor.say("这份文件谁出的，连云港").text


def test_how_long_a_document_holds_is_still_told(visitor: Visitor) -> None:
    assert "2028年12月31日" in visitor.say("南京这份措施什么时候作废？").text
