"""Who asks for whatever there is, beside what is told of the enterprise; and who names a thing and does not."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses


@pytest.mark.parametrize(
    "said",
    [
        "我们在南京，做半导体封装的，然后省专，就想了解一下有哪些",
        "南京省专，民企，要租算力，都有什么",
        "镇江丹阳的单项冠军，一共有哪些",
        "盐城做风电叶片的，省专，外贸也做，能拿些啥",
        "淮安金湖，不是专精特新，是规上企业，能享受什么",
        "连云港东海，创新型，有什么",
        "省专，在连云港，做医药，全部",
    ],
)
def test_a_clause_that_asks_for_everything_is_answered_with_everything(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


def test_a_trade_told_before_it_is_no_subject(visitor: Visitor) -> None:
    reply = visitor.say("模具厂，我们有多少政策可以享受")
    assert reply.outcome == "interview" and not reply.findings


def test_who_lists_what_the_enterprise_is_and_does_names_no_support(visitor: Visitor) -> None:
    reply = visitor.say("南京，单项冠军，首次，民营，买算力，没备案，中型企业")
    assert reply.outcome == "overview"
    assert "buys_computing" in profile(reply)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("盐城省专，想上市，有什么", "yancheng-listing-pool"),
        ("南京省专，民营，买算力", "nanjing-computing-voucher"),
        ("南京省专，转贷基金，能拿啥", "nanjing-refinancing-fund"),
        ("南京算力券，有什么", "nanjing-computing-voucher"),
    ],
)
def test_a_support_that_is_named_is_told_of(visitor: Visitor, said: str, told: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome != "overview"
    assert told in statuses(reply)


def test_words_for_everything_alone_ask_of_what_was_told(visitor: Visitor) -> None:
    assert visitor.says("南京转贷基金是什么", "有什么").outcome == "information"


@pytest.mark.parametrize("said", ["南京专精特新申报截止日期", "淮安专精特新申报时间"])
def test_what_is_named_for_an_answer_is_asked(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "information" and "没有写申报时间" in reply.text


def test_a_word_of_everyday_is_looked_up_in_the_documents_own(visitor: Visitor) -> None:
    assert {"huaian-talent-housing", "huaian-talent-allowances"} <= set(statuses(visitor.say("淮安安家费")))


@pytest.mark.parametrize("said", ["南京江宁，50人", "我在淮安，部门经理一个", "连云港，成立三年"])
def test_what_is_told_besides_a_city_asks_for_everything(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


def test_a_target_that_a_city_has_not_is_asked_on_of_those_that_have_it(visitor: Visitor) -> None:
    missing = visitor.say("南京目标要多少家上市")
    assert missing.abstained and not missing.findings
    assert "5家左右" in visitor.say("淮安呢").text
    assert "15家" in visitor.say("镇江呢").text


def test_a_target_missing_in_one_city_is_not_forgotten_for_the_next(visitor: Visitor) -> None:
    visitor.say("镇江目标要多少家上市")
    assert visitor.say("南京呢").abstained
    assert "5家左右" in visitor.say("淮安呢").text


def test_cities_are_kept_in_the_order_in_which_they_were_told(visitor: Visitor) -> None:
    reply = visitor.say("投政府采购的标，那个20%价格扣除我们有没有资格")
    told = dict.fromkeys(finding.support_id.split("-")[0] for finding in reply.findings)
    assert len(told) > 1 and visitor.conversation.focus_cities == tuple(told)


@pytest.mark.parametrize(
    ("said", "provision"),
    [
        ("淮安的，打算从上海挖两个博士过来，文件里列了哪些补贴", ("huaian-plan-2023-2025", "3/3")),
        ("我们牵头写了一项国际标准 南京江宁 省级专精特新 有没有奖金领", ("nanjing-measures", "1/3")),
    ],
)
def test_what_a_message_tells_before_it_asks_for_help_is_what_help_is_asked_for(
    visitor: Visitor, said: str, provision: tuple[str, str]
) -> None:
    reply = visitor.say(said)
    assert reply.outcome != "overview"
    assert provision in {(c.document_id, c.provision) for c in reply.citations}


def test_several_that_are_named_are_judged_and_no_others(visitor: Visitor) -> None:
    reply = visitor.say("南京栖霞 省级专精特新 还做出口 算力券 AEO APEC卡 这三样哪几样有份")
    assert set(statuses(reply)) == {"nanjing-computing-voucher", "nanjing-aeo", "nanjing-apec-card"}


def test_a_title_that_is_aimed_at_leaves_the_question_for_everything(visitor: Visitor) -> None:
    assert visitor.say("南京的，打算明年冲小巨人，眼下是省级专精特新，能享受点啥").outcome == "overview"


@pytest.mark.parametrize("said", ["连云港的物流公司，有啥政策", "南京软件企业有哪些支持", "镇江化工企业有啥扶持"])
def test_what_a_firm_does_is_not_what_it_asks_for(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


@pytest.mark.parametrize("said", ["南京首台套企业有什么支持", "南京AI企业有哪些扶持"])
def test_a_kind_of_firm_that_a_support_is_for_is(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "information"


@pytest.mark.parametrize(
    ("said", "provision"),
    [("淮安 引才 补贴", "3/3"), ("镇江 上市 股改 奖励", "3/4/15"), ("南京 博士 房补", "5/13")],
)
def test_a_row_of_words_is_a_question(visitor: Visitor, said: str, provision: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "information" and provision in {c.provision for c in reply.citations}


def test_a_reward_asked_of_what_has_only_a_target_is_said_not_to_be_written(visitor: Visitor) -> None:
    assert "没有写奖励或补贴" in visitor.say("镇江上市有奖励吗").text


def test_help_wished_for_at_large_is_a_wish_for_everything(visitor: Visitor) -> None:
    assert visitor.say("连云港的企业，想要点支持").outcome == "overview"


@pytest.mark.parametrize(
    "said",
    [
        "盐城，做阀门的，要补贴",
        "南京江宁的，做传感器的小厂，想要点支持",
        "连云港的，搞橡胶件的，讨点优惠",
        "淮安涟水做轴承圈的小厂，来点支持",
        "镇江丹阳做眼镜片的 生意都是老外的 国家有啥照顾伐",
        "南京大厂，做法兰的小厂，想弄点政策",
    ],
)
def test_who_says_what_he_is_and_wants_something_wants_whatever_there_is(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("扬中做桥架的 省专 想晓得贷款上有啥照顾", "zhenjiang-financing-whitelist"),
        ("我涟水的 给年轻人发福利 听讲淮安有交通补贴 还有别的补贴不", "huaian-talent-allowances"),
    ],
)
def test_who_names_what_he_wants_is_told_of_that(visitor: Visitor, said: str, told: str) -> None:
    assert told in statuses(visitor.say(said))


@pytest.mark.parametrize(
    "said",
    [
        "wo jia chang zai yancheng, zuo fangzhi, xiang yao dian butie",
        "我们在淮安，做生物药，有什么政策",
        "盐城做水泵的 有啥好事体伐",
        "新注册的公司 南京 啥资质没有 从哪开始弄",
    ],
)
def test_what_the_firm_makes_is_not_what_is_wanted(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("南京省专，上市有什么支持", "nanjing-listing-service"),
        ("盐城绿色工厂，有什么支持", "yancheng-green-factory"),
        ("南京买算力，有什么补贴", "nanjing-computing-voucher"),
        ("我们参与起草了国家标准，南京的，有没有奖励拿", "nanjing-standards-award"),
    ],
)
def test_a_thing_beside_a_wish_is_wanted(visitor: Visitor, said: str, told: str) -> None:
    assert told in statuses(visitor.say(said))


# What is told first of all that there is.


def _told(visitor: Visitor, *said: str) -> list[str]:
    lines = visitor.says(*said).text.split("\n")
    return [line.removeprefix("· ").split("[")[0].split("：")[0] for line in lines if line.startswith("· ")]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("盐城省专能拿啥", "人才补贴发放服务"),
        ("盐城的小巨人，有哪些政策", "高层次人才举荐权"),
        ("淮安省级专精特新，有什么支持", "引进人才薪酬、生活、交通、就业补贴"),
        ("连云港创新型中小企业能申请什么", "人才项目纳入市重点人才计划"),
        ("南京省专，买了算力，还能申请什么", "算力券"),
    ],
)
def test_what_fits_and_what_is_money_comes_first(visitor: Visitor, said: str, first: str) -> None:
    assert _told(visitor, said)[0] == first


@pytest.mark.parametrize(
    ("said", "good_will"),
    [
        ("盐城省专能拿啥", "企业反映问题闭环办理"),
        ("镇江的创新型中小企业有什么好处", "大型仪器设备开放共享"),
        ("淮安创新型企业，能享受哪些", "包容审慎监管"),
        ("南京省级专精特新，能拿什么", "税费服务“一户一档”"),
        ("连云港省专有什么政策", "专精特新项目“正面清单”管理"),
    ],
)
def test_how_offices_mean_to_act_comes_last(visitor: Visitor, said: str, good_will: str) -> None:
    assert good_will not in _told(visitor, said)


def test_a_districts_award_stands_before_services(visitor: Visitor) -> None:
    assert "省级专精特新中小企业区级奖励" in _told(visitor, "南京雨花台，省级专精特新，能申请啥")


@pytest.mark.parametrize(
    ("said", "count"),
    [("给我推荐三个", 3), ("挑两条说说", 2), ("南京省专，列四项给我", 4), ("淮安省专，整理一份清单", 10)],
)
def test_as_many_are_told_as_are_wished(visitor: Visitor, said: str, count: int) -> None:
    assert len(_told(visitor, "南京省专，能申请什么", said)) == count


# A list for whoever holds a title that is named: judged by it, and noted of nobody.


@pytest.mark.parametrize(
    ("said", "of_them"),
    [
        ("老板让我整理一份淮安专精特新企业能享受的政策清单", "政府性融资担保平均费率封顶"),
        ("镇江的专精特新企业都有啥支持", "专精特新企业白名单"),
        ("连云港小巨人一点好处都没有？", "专精特新贷"),
        ("盐城创新型企业什么支持都没有吗", "小快轻准"),
    ],
)
def test_a_list_for_a_title_is_judged_by_it(visitor: Visitor, said: str, of_them: str) -> None:
    reply = visitor.say(said)
    assert "不会记成您的" in reply.text and of_them in reply.text
    assert "tiers" not in reply.profile


def test_the_rest_of_such_a_list_is_of_the_same_title(visitor: Visitor) -> None:
    reply = visitor.says("老板让我整理一份淮安专精特新企业能享受的政策清单", "还有别的吗")
    assert "智改数转免费诊断" in reply.text and "专精特新企业服务专员" in reply.text


def test_a_list_after_the_title_is_told_is_of_the_firm(visitor: Visitor) -> None:
    reply = visitor.says("整理一份淮安专精特新企业能享受的政策清单", "我们是创新型的", "还有别的吗")
    assert "专精特新企业服务专员" not in reply.text and "不会记成您的" not in reply.text


@pytest.mark.parametrize("said", ["淮安有哪些专精特新政策", "南京省专，能拿什么", "没评上专精特新，盐城有什么支持"])
def test_a_document_that_is_named_after_the_title_is_no_firm(visitor: Visitor, said: str) -> None:
    assert "不会记成您的" not in visitor.say(said).text
