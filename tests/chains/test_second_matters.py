"""A second matter in the same talk, two sites, two cities, and what is put for a yes or no."""

import pytest

from tests.chains.visitor import Visitor, profile


@pytest.mark.parametrize("asked", ["那职称跟淮安比哪边松", "职称呢 跟淮安比哪个松"])
def test_what_a_comparison_names_goes_before_what_was_told(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京有没有融资绿色通道", asked)
    assert "**都写到了**“职称”：南京、淮安" in reply.text
    assert "白名单" not in reply.text


def test_a_city_that_has_nothing_of_a_thing_is_said_to_have_no_document_in_force(visitor: Visitor) -> None:
    assert "淮安（已到期）的文件里没有这一项" in visitor.say("对比一下南京和淮安小巨人的政策").text


@pytest.mark.parametrize("said", ["我们想上市 镇江有啥帮忙的", "我们想上市，镇江能帮什么"])
def test_what_is_wished_for_is_looked_for_and_not_the_words_around_it(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "上市数量力争突破15家" in reply.text
    assert "目录" not in reply.text


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("镇江 人才、贷款、参展三样都有啥", {"人才计划", "白名单", "博览会"}),
        ("人才、参展镇江都有啥", {"人才计划", "博览会"}),
    ],
)
def test_each_thing_of_a_list_is_told_of(visitor: Visitor, said: str, named: set[str]) -> None:
    text = visitor.say(said).text
    assert all(word in text for word in named)


@pytest.mark.parametrize(
    ("said", "ticked"),
    [
        ("人才、贷款、参展三样都有啥", set()),
        ("人才 贷款 有哪些", set()),
        ("贷款和出口怎么补", set()),
        ("贷款、算力", {"needs_refinancing", "buys_computing"}),
        ("就贷款", {"needs_refinancing"}),
    ],
)
def test_things_that_are_asked_about_are_not_ticked_in_a_list(visitor: Visitor, said: str, ticked: set[str]) -> None:
    offered = visitor.say("南京浦口的省专 民营 有什么能申请的").question
    assert offered is not None
    assert {"needs_refinancing", "buys_computing"} <= {option.id for option in offered.options}
    told = profile(visitor.say(said))
    assert {
        slot for slot in ("needs_refinancing", "buys_computing", "foreign_trade") if told.get(slot) == "yes"
    } == ticked


def test_two_sites_in_two_cities_tell_no_seat(visitor: Visitor) -> None:
    reply = visitor.say("我们南京和淮安都有厂")
    assert profile(reply) == {}
    assert "公司注册在哪个市" in reply.text
    assert reply.question is not None
    assert "只有南京写了数" in visitor.say("想对比一下两边小巨人的政策").text


def test_where_one_of_two_sites_is_registered_tells_the_seat(visitor: Visitor) -> None:
    assert profile(visitor.say("我们在南京和淮安都有厂，注册在南京")) == {"city": "nanjing"}


def test_a_parent_company_does_not_move_the_firm(visitor: Visitor) -> None:
    reply = visitor.says("我们在镇江扬中，小巨人，不是首次", "我们总公司在镇江新区，用总公司名义行不行")
    assert profile(reply)["district"] == "扬中市"
    assert "没有写总公司怎么算" in reply.text


def test_the_firm_of_ones_parents_is_the_one_that_is_asked_for(visitor: Visitor) -> None:
    visitor.says("我爸的厂在淮安做PCB的 有什么政策", "他有省级专精特新的，去年评上的")
    reply = visitor.say("淮安啊 刚说了 我爸那个厂能拿什么")
    assert profile(reply) == {"city": "huaian", "tiers": ("provincial",)}
    assert "按文件的条件符合" in reply.text


def test_the_firm_of_ones_parents_beside_ones_own_is_another(visitor: Visitor) -> None:
    reply = visitor.says("我们南京省专", "我爸的厂在淮安 也是省专 担保费率多少")
    assert profile(reply)["city"] == "nanjing"
    assert "不会记成您的" in reply.text


@pytest.mark.parametrize(
    "said", [("小巨人是100万对吧，跟单项冠军能一起拿吗",), ("南京单项冠军奖多少", "小巨人是不是100万")]
)
def test_a_sum_is_checked_against_the_title_that_it_stands_with(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert reply.text.startswith("是的，文件写的是")


def test_the_sum_of_the_other_title_is_denied(visitor: Visitor) -> None:
    assert visitor.say("南京小巨人300万对吧").text.startswith("不是这个数")


def test_a_title_is_not_said_to_be_needed_for_all_there_is(visitor: Visitor) -> None:
    text = visitor.says("我们南京省专", "是不是一定要先评小巨人才有大奖励").text
    assert text.startswith("不一定，各项的条件不一样")


def test_who_draws_the_conclusion_that_no_figure_is_written_is_told_so(visitor: Visitor) -> None:
    text = visitor.says("盐城 我们省专能拿多少补贴", "意思是文件里没写具体数字？").text
    assert "对，文件没有写具体数字" in text


def test_whether_a_number_is_for_each_year_is_not_written(visitor: Visitor) -> None:
    text = visitor.says("南京小巨人", "C类人才三个名额是每年三个吗").text
    assert text.startswith("是不是每年都这样，文件没有写")
    assert visitor.say("南京备案奖励二十万是每年给吗").text.startswith("不是，文件写的是一次性")


def test_an_answer_before_a_question_is_noted_and_the_question_answered(visitor: Visitor) -> None:
    reply = visitor.says("南京建邺 做AI的 省专 算力券能用不", "要买的，一张券抵多少")
    assert profile(reply)["buys_computing"] == "yes"
    assert "文件没有写" in reply.text
    assert "可以申请" in reply.text


def test_a_size_asked_for_is_told_once_the_headcount_is(visitor: Visitor) -> None:
    reply = visitor.says("南京 做机加工的 去年营收两千三百万 算什么规模", "42个人")
    assert "小型企业" in reply.text
    assert profile(reply) == {"city": "nanjing", "size": "small"}


@pytest.mark.parametrize("asked", ["国企不能享受哪几项", "国企是不是有些不能享受，哪些不能"])
def test_what_ones_ownership_rules_out_is_listed_alone(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("南京国企 省专", asked)
    assert [f.support_id for f in reply.findings] == ["nanjing-refinancing-fund"]
    assert reply.findings[0].status == "ineligible"


def test_the_provinces_help_is_not_told_by_the_citys(visitor: Visitor) -> None:
    text = visitor.says("南京小巨人招的博士", "那省里有没有别的租房补贴").text
    assert "省里的文件没有收录" in text


def test_which_comes_first_is_asked_of_the_list_after_one_thing_of_it(visitor: Visitor) -> None:
    reply = visitor.says("南京江宁 省专 有出口", "APEC卡咋办", "好的，那我们现在最该先办哪个")
    assert [f.support_id for f in reply.findings] == ["nanjing-aeo"]


def test_while_the_city_is_unknown_what_is_left_open_is_said(visitor: Visitor) -> None:
    assert "文件没有写：哪些银行的贷款可用" in visitor.say("转贷基金只认哪几家银行的贷款？我们是在农商行贷的").text


def test_whether_a_draft_can_be_relied_on_is_told(visitor: Visitor) -> None:
    assert "不是正式文件" in visitor.say("盐城那份若干措施，能当正式文件写到我们申报书里当依据吗").text


def test_how_many_are_to_come_of_what_is_given_is_told_from_beside_it(visitor: Visitor) -> None:
    assert "300家以上" in visitor.says("小进规 镇江给奖补不", "一年要多少家").text


def test_help_to_meet_large_firms_is_found_in_everyday_words(visitor: Visitor) -> None:
    assert "百场万企" in visitor.says("盐城支持企业出去参展吗？", "跟本地大企业牵线的活动有哪些？").text


@pytest.mark.parametrize(
    "talk",
    [
        ("淮安给专精特新企业配多少服务专员？", "晚上想吃龙虾，你推荐一家店"),
        ("南京算力券归谁管", "那现在一张显卡啥行情"),
        ("连云港支持去海外建仓不", "那发一个柜到哈萨克斯坦走铁路得多少钱"),
        ("孩子要上初中了，镇江哪所学校好点",),
        ("用友跟金蝶哪个更适合我们小厂",),
        ("高新技术企业证书今年底到期，重新认定要几个知识产权才够分",),
    ],
)
def test_what_no_document_is_about_is_declined_amid_a_talk(visitor: Visitor, talk: tuple[str, ...]) -> None:
    reply = visitor.says(*talk)
    assert reply.abstained
    assert not reply.findings


def test_each_city_is_told_one_measure_where_one_is_asked_for(visitor: Visitor) -> None:
    reply = visitor.say("一家企业平均几件发明专利，淮安跟镇江各定的多少？")
    assert {c.provision for c in reply.citations} == {"1/3/2", "3/2/8"}


def test_which_loan_is_meant_is_asked_of_one(visitor: Visitor) -> None:
    reply = visitor.say("搞技术攻关缺长期资金，连云港提到国开行的哪种贷款可以用？")
    assert [f.support_id for f in reply.findings] == ["lianyungang-innovation-special-loan"]


def test_what_the_firm_is_beside_a_comparison_is_not_compared(visitor: Visitor) -> None:
    reply = visitor.say("连云港省专，和南京比职称哪个好")
    assert {c.document_id for c in reply.citations} == {"lianyungang-plan-2023-2025", "nanjing-measures"}
    assert "现在不符合" not in reply.text and "目标" not in reply.text


def test_a_sum_of_a_title_that_was_not_found_is_not_denied_by_anothers(visitor: Visitor) -> None:
    talk = ("评上单项冠军给300万 是不是真的", "我们在南京的", "小巨人是100万对吧，跟单项冠军能一起拿吗")
    assert "不是这个数" not in visitor.says(*talk).text
