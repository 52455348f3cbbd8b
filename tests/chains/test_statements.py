"""What is a statement about one's own firm and what is none; what is denied again; answers in other shapes."""

import pytest

from tests.chains.visitor import Visitor, statuses

GIANT, VOUCHER, LOAN = "nanjing-little-giant-award", "nanjing-computing-voucher", "nanjing-refinancing-fund"


def known(visitor: Visitor) -> dict[str, object]:
    return {slot: fact.value for slot, fact in visitor.conversation.facts.items()}


# What is asked, supposed or only named changes nothing.


@pytest.mark.parametrize(
    "asked",
    [
        "单项冠军得什么条件呀，我们后年想冲一冲",
        "我讲的小巨人是个目标，现在手上没有",
        "刚提的小巨人是真没评上，别记",
        "小巨人一百万，要是以后我们评上了",
    ],
)
def test_a_title_that_is_only_asked_of_or_hoped_for_changes_no_title(visitor: Visitor, asked: str) -> None:
    visitor.says("我们是南京的省级专精特新", asked)
    assert known(visitor)["tiers"] == ("provincial",)


def test_what_a_title_is_tells_of_none(visitor: Visitor) -> None:
    visitor.say("盐城这边，小巨人究竟算个啥，我们头一次听")
    assert "tiers" not in known(visitor)


def test_a_size_that_is_asked_about_is_not_noted(visitor: Visitor) -> None:
    visitor.says("南京省专，做阀门，700人，营收5亿", "那我们400人呢，算小企业不")
    assert known(visitor)["size"] == "medium"


def test_a_site_elsewhere_does_not_move_the_firm(visitor: Visitor) -> None:
    visitor.says("淮安省专", "还有个分厂在南京", "南京有奖是吧，我们在南京有个网点")
    assert known(visitor)["city"] == "huaian"


def test_an_order_what_to_speak_of_tells_nothing_of_the_firm(visitor: Visitor) -> None:
    visitor.says("南京省级专精特新", "先别老讲算力，讲点别的")
    assert "buys_computing" not in known(visitor)


@pytest.mark.parametrize(
    ("told", "tiers"),
    [
        ("南京的，我们大股东是单项冠军，自己只有省级专精特新", ("provincial",)),
        ("外面都说我们是小巨人，哪是啊，南京的创新型中小企业罢了", ("innovative",)),
        ("南京的厂，省专，车间里都喊我小巨人", ("provincial",)),
        ("南京的省专，国家级小巨人是前几年评的，今年没通过复核", ("provincial",)),
        ("前年我们报小巨人没评上，今年终于下来了，小巨人的证书在墙上挂着，南京的", ("little_giant",)),
    ],
)
def test_of_several_titles_the_one_that_is_held_now_counts(visitor: Visitor, told: str, tiers: tuple[str, ...]) -> None:
    visitor.say(told)
    assert known(visitor)["tiers"] == tiers


def test_a_firm_that_moved_is_where_it_is_now(visitor: Visitor) -> None:
    visitor.say("我们公司在无锡起家的，租的厂房，前年整个搬到南京浦口来了，省专")
    assert known(visitor)["city"] == "nanjing"


def test_whose_the_orders_are_tells_of_no_owner(visitor: Visitor) -> None:
    visitor.say("连云港省专，订单都是央企的，回款慢")
    assert "ownership" not in known(visitor)


def test_a_size_of_before_is_no_contradiction(visitor: Visitor) -> None:
    visitor.say("南京省专，前年我们还是小型企业，今年重新划，已经是中型企业了")
    assert known(visitor)["size"] == "medium"


def test_a_standard_of_a_former_employer_is_not_the_firms(visitor: Visitor) -> None:
    visitor.say(
        "我以前在一家研究院上班，那时候我代表单位参加过国家标准的起草，现在自己的公司在南京，省专，标准奖能拿吗"
    )
    assert "leads_standard" not in known(visitor)


def test_a_model_of_somebody_else_is_not_filed_by_the_firm(visitor: Visitor) -> None:
    reply = visitor.say("南京省专，我们接的豆包模型人家备过案的，备案奖励我们有份吗")
    assert statuses(reply).get("nanjing-genai-filing-award") != "eligible"


def test_what_is_said_in_one_breath_is_parted_where_the_speaker_turns(visitor: Visitor) -> None:
    visitor.say("我儿子在上海一家公司上班他们一年光买算力就要两百万我自己是做橡胶件的在南京江宁我们从来没买过算力")
    assert known(visitor)["buys_computing"] == "no"


# What is denied is taken back.


@pytest.mark.parametrize("denial", ["我们还没评上小巨人呢，别弄混", "小巨人不算我们的", "小巨人其实是隔壁厂，不是我们"])
def test_a_title_that_is_denied_goes(visitor: Visitor, denial: str) -> None:
    reply = visitor.says("南京的小巨人，第一次评上，能拿多少", denial)
    assert "tiers" not in known(visitor) and "first_recognition" not in known(visitor)
    assert "不再记：国家级小巨人" in reply.text


def test_one_of_two_titles_that_is_denied_leaves_the_other(visitor: Visitor) -> None:
    visitor.says("南京，小巨人和单项冠军都是我们的", "单项冠军不算我们的，是集团的")
    assert known(visitor)["tiers"] == ("little_giant",)


def test_you_noted_it_wrong_takes_back_what_was_noted_last(visitor: Visitor) -> None:
    visitor.says("南京省专", "我们是国企", "你记错了")
    assert "ownership" not in known(visitor)


def test_a_deed_that_is_denied_in_its_own_words_is_so_no_longer(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，我们租算力，算力券能拿吗", "我们不租服务，你搞错了")
    assert statuses(reply) == {VOUCHER: "ineligible"}


def test_what_was_never_noted_is_said_not_to_be(visitor: Visitor) -> None:
    reply = visitor.says("南京省级专精特新", "别把我们当成单项冠军，没有的")
    assert "没有记" in reply.text and "省级专精特新" in reply.text


# Answers in other shapes.


@pytest.mark.parametrize(
    "answer", ["一笔流贷(财务催着呢)月底到", "银行贷款还有三个礼拜就到日子了", "手头那笔再过半个月就该还了"]
)
def test_a_loan_that_runs_out_soon_is_told_in_many_shapes(visitor: Visitor, answer: str) -> None:
    reply = visitor.says("南京省专，民营，转贷基金能用吗", answer)
    assert statuses(reply) == {LOAN: "eligible"}


def test_the_money_is_all_our_own_says_that_nothing_was_lent(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，民营，转贷基金能用吗", "钱都是自己的，从没贷过")
    assert statuses(reply) == {LOAN: "ineligible"}


@pytest.mark.parametrize(
    "answer", ["要算力，其余都没有", "除了要用算力，别的一样没有", "上面这些我们都没做，就算力有", "就算力这一样沾边"]
)
def test_one_of_a_list_and_nothing_else(visitor: Visitor, answer: str) -> None:
    visitor.says("南京省级专精特新，能拿什么补贴", answer)
    told = known(visitor)
    assert (told["buys_computing"], told["foreign_trade"]) == ("yes", "no")


def test_about_twenty_people_are_small_or_micro(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，政府采购价格扣除", "开模具的，20来个人，一年两千多万")
    assert statuses(reply) == {"nanjing-procurement-discount": "eligible"}


def test_who_grants_a_title_is_no_answer_to_another_question(visitor: Visitor) -> None:
    visitor.says("南京 专精特新，算力券我能领吗", "省里给评的")
    assert "buys_computing" not in known(visitor)
