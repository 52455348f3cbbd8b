"""Whose a place is: the enterprise's, a customer's or a warehouse's, another firm's, one to move to, one to compare."""

import pytest

from tests.chains.visitor import Visitor, finding, first, profile, statuses

GIANT, FILING = "nanjing-little-giant-award", "nanjing-genai-filing-award"
ZHENJIANG_GIANT, FEE = "zhenjiang-little-giant-award", "huaian-guarantee-fee"


# Something else of the enterprise.


@pytest.mark.parametrize(
    "said",
    [
        "是合肥的客户",
        "主要客户都在常州",
        "我们在南通也有个仓库",
        "法人是扬州人",
        "产品全部发到广州",
        "模具外包给昆山的厂了",
        "上个月在杭州参加了个展会",
        "买家在武汉和长沙",
    ],
)
def test_where_something_else_is_moves_no_enterprise(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们是南京的省专", said)
    assert profile(reply)["city"] == "nanjing"
    assert "南京" in first(reply.text) and not reply.abstained


def test_whether_a_site_elsewhere_matters_is_answered_with_where_the_enterprise_is(visitor: Visitor) -> None:
    reply = visitor.says("我们是盐城的省专", "在成都有个办事处，有影响吗")
    assert profile(reply)["city"] == "yancheng" and "盐城" in first(reply.text)


def test_what_is_asked_beside_a_place_of_something_else_is_answered(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省专，民营", "客户全在浙江，能拿什么")
    assert reply.outcome == "overview"


def test_taxes_paid_in_part_elsewhere_contradict_nothing(visitor: Visitor) -> None:
    reply = visitor.say("公司在南京但社保在滁州交，是小巨人，能拿什么")
    assert profile(reply) == {"city": "nanjing", "tiers": ("little_giant",)} and reply.outcome == "overview"


def test_who_owes_us_money_is_no_place_of_ours(visitor: Visitor) -> None:
    reply = visitor.says("我们在盐城", "南京国企一直欠着，南京的文件能用上吗")
    assert profile(reply)["city"] == "yancheng"


@pytest.mark.parametrize("said", ["我们现在搬到淮安了", "其实注册地在淮安", "我们是淮安的", "公司整个迁到淮安去了"])
def test_what_is_said_of_the_enterprise_itself_moves_it(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("我们在南京，省专", said))["city"] == "huaian"


def test_a_title_of_the_country_told_with_a_place_is_no_target_looked_up(visitor: Visitor) -> None:
    assert profile(visitor.say("我们在句容，国家小巨人"))["tiers"] == ("little_giant",)


# Another's firm.


def test_what_is_asked_on_of_a_relatives_firm_is_answered_for_its_city(visitor: Visitor) -> None:
    reply = visitor.says("我老婆的公司在淮安，我的在南京，都是省专", "她那边担保费率多少")
    assert FEE in statuses(reply) and profile(reply)["city"] == "nanjing"


def test_a_relatives_firm_is_judged_though_a_question_waits(visitor: Visitor) -> None:
    reply = visitor.says("我们是南京的省专", "我爱人在淮安也开了个厂，能享受什么")
    assert reply.outcome == "what_if" and "淮安" in reply.text


@pytest.mark.parametrize("said", ["老王是小巨人，也备案过了", "我表弟公司是省专，备案也做完了"])
def test_another_firm_told_of_without_a_question_is_judged_by_what_was_talked_of(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京大模型备案给多少", said)
    assert finding(reply, FILING).status == "undetermined"
    assert "它符合" in reply.text and not profile(reply).keys() & {"tiers", "genai_filed"}


def test_a_relatives_title_answers_no_question_that_waits(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖是多少", "我表弟公司也是小巨人")
    assert "tiers" not in profile(reply)


def test_a_friend_in_another_city_does_not_become_one_of_the_city_asked_of(visitor: Visitor) -> None:
    assert "只给南京的企业" in visitor.say("朋友在苏州，小巨人，能拿南京的钱吗").text


@pytest.mark.parametrize(
    "said", ["我两家公司，一家南京一家镇江，都是小巨人", "我们在淮安有一家，镇江也有一家，都是省专"]
)
def test_two_firms_of_ones_own_are_taken_one_by_one(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "一家一家" in reply.text and not profile(reply)


# Within a city's urban area.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("镇江高新区的企业算市区里的吗", "镇江高新区算镇江市区"),
        ("扬中算在市区里头吗", "扬中市不算镇江市区"),
        ("京口工业园的公司算不算市区企业", "京口区算镇江市区"),
        ("镇江市区包括哪些地方", "按行政区划"),
        ("镇江的文件写了市区？丹阳不算市区吗", "丹阳市不算镇江市区"),
    ],
)
def test_whether_a_place_is_in_town_is_answered(visitor: Visitor, said: str, told: str) -> None:
    assert told in visitor.say(said).text


# Cities and harbours by other names.


def test_a_city_named_with_its_province_is_one_place(visitor: Visitor) -> None:
    reply = visitor.say("浙江嘉兴的小巨人给多少，我们在那边有个厂")
    assert reply.outcome == "other_city" and reply.abstained


@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("连云港港口附近做物流的，有政策吗", "lianyungang"),
        ("盐城港那边做船的，能拿啥", "yancheng"),
    ],
)
def test_a_firm_at_a_harbour_is_in_its_city(visitor: Visitor, said: str, city: str) -> None:
    assert profile(visitor.say(said))["city"] == city


# A title got elsewhere, firms of two cities, and a site beside one's own.


@pytest.mark.parametrize(
    "said",
    [
        ("我们在盐城亭湖，小巨人", "那我把公司迁南京，这100万能拿不，还是首次"),
        ("我们从盐城搬到南京了，小巨人是在盐城首次评上的，南京的100万能拿吗",),
        ("我们在淮安，小巨人，首次评上的", "我们搬到南京了，那100万能拿吗"),
        ("我们是淮安的小巨人，首次评上的，要是总部迁到镇江润州，30万能拿吗",),
        ("我们丹阳的小巨人，今年首次认定，要是迁到京口，30万能拿吗",),
        ("要是搬总部过去呢 泰兴的小巨人搬到镇江京口", "京口是市区吧 首次认定的 我说真搬了"),
    ],
)
def test_a_title_got_elsewhere_is_not_known_to_be_new_here(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert "还算不算这里说的“首次”" in reply.text
    assert "可以申请" not in reply.text
    assert "您符合：首次" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        ("我们在南京，小巨人，今年首次评上，100万能拿吗",),
        ("我们前年从常州搬到南京，今年首次评上小巨人，100万能拿吗",),
        ("我们在南京江宁，从玄武搬来的，今年首次评上小巨人，能拿100万吗",),
        ("南京小巨人，首次", "要是搬到镇江京口能拿30万吗", "算了不搬，那100万我们能拿吧"),
    ],
)
def test_a_title_got_here_is_new_as_told(visitor: Visitor, said: tuple[str, ...]) -> None:
    assert statuses(visitor.says(*said))["nanjing-little-giant-award"] == "eligible"


def test_of_firms_in_two_cities_the_one_meant_is_judged(visitor: Visitor) -> None:
    known = profile(visitor.say("南京那边的厂是省专 盐城的是小巨人 先说南京那个"))
    assert (known["city"], known["tiers"]) == ("nanjing", ("provincial",))
    other = profile(visitor.says("重新开始", "我们盐城的子公司是小巨人，我们在淮安是省专，淮安担保费能用吗"))
    assert (other["city"], other["tiers"]) == ("huaian", ("provincial",))


def test_of_a_group_the_firm_in_a_city_with_a_document_is_meant(visitor: Visitor) -> None:
    known = profile(visitor.say("我们集团在上海，是单项冠军，南京这边的子公司是省专，能申请APEC卡吗"))
    assert (known["city"], known["tiers"]) == ("nanjing", ("provincial",))


@pytest.mark.parametrize(
    ("said", "city", "tiers"),
    [
        ("我们原来在苏州，是省专，现在在南京，是小巨人，技改门槛能放宽吗", "nanjing", ("little_giant",)),
        ("老板是上海人，公司是省专，在南京，白名单能进吗", "nanjing", ("provincial",)),
        ("我们淮安的省专，我老婆在南京的公司是小巨人，她那家能用算力券吗", "huaian", ("provincial",)),
    ],
)
def test_what_was_once_or_is_anothers_is_no_second_firm(
    visitor: Visitor, said: str, city: str, tiers: tuple[str, ...]
) -> None:
    known = profile(visitor.say(said))
    assert (known["city"], known["tiers"]) == (city, tiers)


def test_of_firms_in_two_cities_none_is_taken_for_the_other(visitor: Visitor) -> None:
    reply = visitor.say("我们南京的公司是省专，镇江的公司是小巨人，有什么能申请")
    assert "一家一家来" in reply.text
    assert not profile(reply)


def test_a_site_beside_ones_own_is_judged_for_itself(visitor: Visitor) -> None:
    reply = visitor.says("淮安清江浦，环保罚了我们，头一回，能免吗", "镇江也有我们一个厂，那边头一回违规也这样吗")
    assert profile(reply)["city"] == "huaian"
    assert "按您说的那家企业看（镇江" in reply.text
    assert "您的企业在淮安" not in reply.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            ("镇江的，我们刚进规，给奖多少", "丹阳我表弟的厂也是小巨人，他也30万?", "那要是他把厂迁到润州"),
            "国家级小巨人",
        ),
        (("淮安盱眙，想请教授当顾问", "我女婿在盐城也有厂，省专，那边请教授有啥"), "盐城"),
        (("淮安，我们没称号", "我老婆在南京的公司是省专，她那家能用算力券吗"), "省级专精特新、南京"),
    ],
)
def test_anothers_firm_is_judged_with_what_was_told_of_it(visitor: Visitor, said: tuple[str, ...], told: str) -> None:
    reply = visitor.says(*said)
    assert told in reply.text
    assert profile(reply).get("tiers") in (None, ("none",))
    assert "district" not in profile(reply) or profile(reply)["district"] == "盱眙县"


def test_what_is_supposed_of_a_branch_is_not_kept(visitor: Visitor) -> None:
    assert "city" not in profile(visitor.says("泰兴的能用镇江的政策吗", "那如果我在镇江注册个分公司呢"))


# A firm of its own where there is a document, told by who is where there is none.


def test_a_firm_registered_by_itself_is_the_one_meant(visitor: Visitor) -> None:
    reply = visitor.says("我扬州的，你们这有政策吗", "对，镇江另外注册了公司的，丹徒区，独立法人，省专")
    assert profile(reply)["city"] == "zhenjiang" and profile(reply)["district"] == "丹徒区"
    assert "没有扬州的" not in reply.text
    reply = visitor.says("重新开始", "无锡的，盐城那边单独成立了一家企业，创新型，有啥")
    assert profile(reply)["city"] == "yancheng"


@pytest.mark.parametrize(
    "said",
    [
        "我们扬州的公司，在南京有个分公司，能用南京的政策吗",
        "我朋友在南京另外注册了公司，我在苏州，能拿啥",
        "扬州的，想在镇江另外注册一个公司，省专有啥",
    ],
)
def test_a_branch_another_s_firm_or_a_plan_is_none(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said)).get("city") in (None, "other")


@pytest.mark.parametrize(
    "talk",
    [
        ("小巨人在无锡评的，后来搬过来", "搬到南京来的，在栖霞"),
        ("从苏州搬来南京，小巨人是在那边评的",),
        ("我们在外地评上的小巨人，前年迁到南京",),
        ("南京小巨人给多少", "我们是小巨人，在扬州评的，去年迁过来的"),
    ],
)
def test_where_a_title_was_got_is_not_where_the_firm_is(visitor: Visitor, talk: tuple[str, ...]) -> None:
    known = profile(visitor.says(*talk))
    assert (known["city"], known["tiers"]) == ("nanjing", ("little_giant",))
    for asked in ("那不是首次了吧", "到底能不能拿一百万"):
        reply = visitor.say(asked)
        assert "文件没有写" in reply.text and "首次" in reply.text and "可以申请" not in reply.text, asked


@pytest.mark.parametrize("moves", ["那我把公司搬南京去能拿吗", "要是搬到南京还算首次吗"])
def test_who_would_move_is_warned_that_a_first_elsewhere_may_be_none(visitor: Visitor, moves: str) -> None:
    assert "先别当成能拿" in visitor.says("连云港的小巨人", "南京小巨人给多少", moves).text


@pytest.mark.parametrize(
    ("talk", "city"),
    [
        (("扬州的公司，但是在镇江有个分厂", "分厂在镇江注册的，独立法人，是小巨人"), "zhenjiang"),
        (("我公司在苏州，有啥补贴", "算了我们在淮安还有个子公司，是小巨人"), "huaian"),
        (("无锡的公司，省专", "我们在南京也有个全资子公司，小巨人"), "nanjing"),
    ],
)
def test_a_firm_of_its_own_here_is_the_one_meant(visitor: Visitor, talk: tuple[str, ...], city: str) -> None:
    reply = visitor.says(*talk)
    assert profile(reply) == {"city": city, "tiers": ("little_giant",)}


def test_a_subsidiary_that_is_talked_of_is_answered_for(visitor: Visitor) -> None:
    text = visitor.says("我公司在苏州，有啥补贴", "我们在南京还有个子公司，是小巨人", "子公司能拿多少").text
    assert "没有写子公司怎么算" not in text and "100万元" in text


@pytest.mark.parametrize("said", ["我们南京有个子公司", "南京另外注册了一家公司，独立法人"])
def test_what_a_parent_elsewhere_holds_is_not_its_firms_here(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("苏州的，小巨人", said)) == {"city": "nanjing"}


def test_a_plant_here_moves_no_firm_of_another_city(visitor: Visitor) -> None:
    reply = visitor.says("扬州的公司，小巨人", "在镇江有个厂")
    assert profile(reply)["city"] == "other" and "另有公司" in reply.text


def test_a_place_that_is_only_asked_of_moves_nobody(visitor: Visitor) -> None:
    visitor.says("镇江丹阳的厂，小巨人，30万能给我们吗", "那我们搬到市区行不行")
    assert "丹徒区" in visitor.say("搬去丹徒").text
    reply = visitor.say("刚才我问的是丹徒，丹徒区算市区吧")
    assert "丹徒区算镇江市区" in reply.text and profile(reply)["district"] == "丹阳市"


@pytest.mark.parametrize("asked", ["那丹阳自己有没有", "丹阳本地给不给奖励", "丹阳市有没有自己的政策"])
def test_what_a_district_gives_itself_is_not_held_here(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("镇江丹阳的，小巨人，30万能拿吗", asked)
    assert reply.abstained and "丹阳市" in reply.text and "没有收录" in reply.text


def test_what_the_city_writes_of_its_districts_is_told(visitor: Visitor) -> None:
    assert "区级奖励" in visitor.says("南京江宁的省专", "江宁区自己有没有奖励").text


# Another's firm, of which it is talked on.


@pytest.mark.parametrize(
    ("said", "award", "status"),
    [
        (("我闺蜜的厂在南京江宁，小巨人，能拿多少钱", "她是首次评上的"), GIANT, "eligible"),
        (("我们南京的省专", "老婆的公司在南京，小巨人，她能拿啥", "那一百万呢，她首次"), GIANT, "eligible"),
        (("客户那边是单项冠军，他们在南京，奖300万对吧", "他们是第二次评了"), "nanjing-champion-award", "ineligible"),
        (("我们是国企，转贷能用吗", "民企也有一家，在玄武，那家能用吗", "那家是省专"), None, ""),
        (("我朋友公司在南京，小巨人，他那个奖能拿吗", "首次评的"), GIANT, "eligible"),
        (("我妹在淮安是小巨人，她能享受啥", "她要是在南京，首次，有没有一百万"), GIANT, "eligible"),
    ],
)
def test_what_is_told_on_of_another_is_judged_of_him(
    visitor: Visitor, said: tuple[str, ...], award: str | None, status: str
) -> None:
    reply = visitor.says(*said)
    assert "不会记成您的" in reply.text
    assert not profile(reply).keys() & {"first_recognition", "district"}
    if status == "eligible":
        assert "**可以申请**" in reply.text and "100万元" in reply.text
    elif award:
        assert "**现在不符合**" in reply.text


@pytest.mark.parametrize(
    ("said", "tiers"),
    [
        (("我同行在南京拿了三百万", "他是单项冠军，是不是因为这个"), None),
        (("我们南京的省专，客户是小巨人", "他们首次评上的", "我们自己呢"), ("provincial",)),
        (("替客户问，南京的，能拿什么", "他是省专"), ("provincial",)),
        (("我们在南京", "他是谁", "我们是省专"), ("provincial",)),
    ],
)
def test_only_what_is_said_of_ones_own_firm_is_noted(visitor: Visitor, said: tuple[str, ...], tiers: object) -> None:
    assert profile(visitor.says(*said)).get("tiers") == tiers


@pytest.mark.parametrize(
    "said", ["我老婆的公司在南京，她也是小巨人，她能拿啥", "我昆山的朋友在南京有家公司，小巨人，能拿啥"]
)
def test_a_list_for_another_tells_the_award_that_hangs_on_the_first_time_alone(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "首次获评的，给予100万元奖励" in reply.text and "昆山市" not in reply.text and not profile(reply)


def test_talent_for_anothers_firm_is_found_as_for_ones_own(visitor: Visitor) -> None:
    assert "引进科技领军人才" in visitor.say("我妹在淮安是小巨人，她人才方面有啥").text


@pytest.mark.parametrize("said", ["那跟泰州没关系，就说二十万能拿不", "先不管泰州，20万能拿吗"])
def test_a_city_that_is_put_aside_refuses_nothing(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们南京溧水的，省专，完成了大模型备案", said)
    assert finding(reply, FILING).status == "eligible"
