"""What is asked in plain words is answered outright: what gives money, whether it counts, what is written nowhere."""

import pytest

from tests.chains.visitor import Visitor, profile


def test_money_asked_for_is_told_of_the_city_named_next(visitor: Visitor) -> None:
    reply = visitor.says("看了半天没看懂 到底有没有真金白银", "就说南京的")
    assert "写了金额的奖励和资助" in reply.text


def test_what_the_firm_has_not_is_no_topic(visitor: Visitor) -> None:
    reply = visitor.says("南京省专 江宁 民营 做阀门的", "有没有现钱 我们没搞大模型那些")
    assert "写了金额的奖励和资助" in reply.text
    assert "与龙头企业合作打造行业大模型" not in reply.text


def test_what_is_lacking_for_a_sum_is_told_of_what_gives_it(visitor: Visitor) -> None:
    reply = visitor.say("南京浦口 省专，还差啥才能拿100万")
    assert "小巨人" in reply.text
    assert "转贷" not in reply.text


@pytest.mark.parametrize(
    "asked",
    ["高企研发费用占比要达到多少", "科技型中小企业评价要几个知识产权", "申请高新技术企业要准备什么"],
)
def test_how_one_comes_to_a_title_of_others_is_in_no_document(visitor: Visitor, asked: str) -> None:
    reply = visitor.say(asked)
    assert reply.abstained
    assert "五个市的文件没有写" in reply.text


def test_a_title_of_others_beside_what_is_asked_is_not_asked_of(visitor: Visitor) -> None:
    reply = visitor.say("只有高新技术企业证书，不是专精特新，南京的算力券能申领么")
    assert [finding.support_id for finding in reply.findings] == ["nanjing-computing-voucher"]


def test_a_district_asked_to_give_is_told_as_a_district(visitor: Visitor) -> None:
    reply = visitor.say("省专江宁区发不发钱")
    assert [finding.support_id for finding in reply.findings] == ["nanjing-district-provincial-award"]


def test_a_place_that_two_cities_have_is_asked_once(visitor: Visitor) -> None:
    reply = visitor.say("我是鼓楼的省级专精特新，鼓楼区另外给奖励吗")
    assert reply.text.count("请告诉我是哪个市") == 1


def test_whose_the_firm_is_by_a_share_is_not_written(visitor: Visitor) -> None:
    reply = visitor.says("南京 省专 国企，转贷基金能用吗", "国资只占30% 那还是民营吧")
    assert "国有占多少算国有，文件没有写" in reply.text


def test_numbered_questions_are_each_answered(visitor: Visitor) -> None:
    reply = visitor.say("南京栖霞 省专 民企 1 算力券有没有 2 转贷能用多少 3 职称能自己评吗 4 找谁")
    told = {finding.support_id for finding in reply.findings}
    assert {"nanjing-computing-voucher", "nanjing-refinancing-fund", "nanjing-title-self-review"} <= told


def test_a_firm_of_a_city_without_a_document_is_told_whose_that_of_another_is(visitor: Visitor) -> None:
    reply = visitor.says("南京那个发榜揭榜是什么意思", "我们是合肥的公司能参加吗")
    assert "南京的文件只给南京的企业" in reply.text


def test_whether_a_title_got_elsewhere_counts_is_not_written(visitor: Visitor) -> None:
    visitor.says("我在苏州 有没有专精特新奖励", "我厂子可能搬到南京去")
    reply = visitor.say("搬过去之后苏州评的省专还算数不")
    assert "认不认，文件没有写" in reply.text


def test_a_sum_said_of_a_district_is_not_confirmed_by_another(visitor: Visitor) -> None:
    reply = visitor.says("听说南京单项冠军涨到500万了", "有人讲江宁区给省专30万")
    assert reply.abstained
    assert "江宁区自己有没有另外的政策，我这里没有收录" in reply.text
    assert "tiers" not in profile(reply)


@pytest.mark.parametrize("asked", ["有啥给我们的", "能不能有点什么"])
def test_whatever_there_is_is_listed(visitor: Visitor, asked: str) -> None:
    assert visitor.says("淮安 创新型 做食品", asked).outcome == "overview"


def test_what_a_title_would_bring_is_supposed(visitor: Visitor) -> None:
    reply = visitor.says("连云港 没有称号", "那评个创新型有啥用")
    assert reply.outcome == "what_if"
    assert profile(reply)["tiers"] == ("none",)


def test_whether_a_person_may_is_no_verdict_on_the_firm(visitor: Visitor) -> None:
    reply = visitor.says("南京硕士租房补贴960 本科多少", "那单项冠军企业里的老员工能领不")
    assert "可以申请" not in reply.text
    assert "文件没有写" in reply.text


def test_a_green_channel_refused_is_not_the_card(visitor: Visitor) -> None:
    reply = visitor.says("APEC卡 南京能办不", "没评上专精特新就完全不能办apec了吗")
    assert "不等于不能办" in reply.text


@pytest.mark.parametrize("asked", ["那南京小巨人给多少 我们有个点在南京", "我说的是小巨人 南京是不是给100"])
def test_the_sum_of_another_city_is_said_before_that_it_is_not_ones_own(visitor: Visitor, asked: str) -> None:
    first, second, *_ = visitor.says("镇江润州 小巨人", asked).text.split("\n")
    assert "100万元" in first
    assert "现在不符合" in second
    assert "您的情况：镇江" in second


def test_a_move_into_the_town_is_told_with_what_the_town_is(visitor: Visitor) -> None:
    text = visitor.says("镇江扬中市的 马上评小巨人 有钱拿吗", "那什么时候市区才算 我把注册地改到新区行不行").text
    assert "新区算镇江市区" in text
    assert "评上以后再迁进市区，还算不算，文件没有写" in text


def test_a_branch_in_town_is_not_said_to_count(visitor: Visitor) -> None:
    text = visitor.says("我表弟在扬中 小巨人 他能拿镇江的30万不", "他新区那个厂是分公司 算市区么").text
    assert "分公司、分厂在市区算不算，文件没有写" in text


@pytest.mark.parametrize("asked", ["除了担保还有啥能帮我们省钱的", "除了担保还有啥"])
def test_what_is_left_out_is_not_listed(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("淮安 省专 担保费有优惠吗", asked)
    assert reply.outcome == "overview"
    assert "担保" not in reply.text


def test_a_thing_of_which_nothing_is_written_is_not_another(visitor: Visitor) -> None:
    assert "没有提到“厂房租金”" in visitor.says("南京技改补助给多少", "厂房租金呢").text


def test_what_was_not_meant_is_not_weighed(visitor: Visitor) -> None:
    text = visitor.says("南京江宁 还差啥才能拿100万", "我们现在是省专 去年刚评的", "我问的是100万那个 不是区里的").text
    assert "不算，文件要求" not in text


def test_a_district_by_its_short_name_gives_nothing_that_is_written(visitor: Visitor) -> None:
    text = visitor.says("省专在南京到底有没有钱", "网上说江北给20万").text
    assert "江北新区自己有没有另外的政策" in text
    assert "大模型" not in text


def test_which_level_comes_first_is_not_written(visitor: Visitor) -> None:
    reply = visitor.says("南京 省专奖励给多少", "我该先找区里还是市里")
    assert "先找市里还是先找区里没有写" in reply.text


def test_what_is_written_is_not_called_unwritten(visitor: Visitor) -> None:
    assert "这一点文件没有写" not in visitor.say("淮安专精特新的技术员可以直接报高级职称?").text


@pytest.mark.parametrize("said", ["就这些 你帮我看看", "你帮我看看", "帮我查查吧"])
def test_who_wants_it_looked_over_is_told_what_there_is(visitor: Visitor, said: str) -> None:
    assert visitor.says("南京 省专", said).outcome == "overview"


@pytest.mark.parametrize("said", ["政策都是骗人的", "你们这些政策就是骗人的 跑了三趟什么都没给"])
def test_bitterness_at_policies_is_no_swindle(visitor: Visitor, said: str) -> None:
    text = visitor.says("南京 省专", said).text
    assert "别交钱" not in text


@pytest.mark.parametrize(
    "said",
    [
        "今年把国家小巨人牌子扛回来了，市里头可给个红包啊，南京的",
        "我做咨询的，手上一家客户，南京的，省专，民营。他能报哪些",
    ],
)
def test_a_plain_question_is_not_refused(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome not in {"hostile", "outside"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("南京这份满打满算一共几条啊，领导问我我答不上来", "共 15 条"),
        ("镇江那六个什么行动，名字都念一遍", "要素资源保供专项行动"),
        ("你这里装了哪几个市的政策", "南京、盐城、淮安、连云港、镇江"),
        ("南京转贷背后是哪几家在管", "紫金投资集团"),
    ],
)
def test_what_is_asked_in_plain_words_is_answered(visitor: Visitor, asked: str, told: str) -> None:
    assert told in visitor.say(asked).text


def test_what_a_counter_said_is_not_what_is_asked(visitor: Visitor) -> None:
    text = visitor.say("租房补贴那个事，窗口讲不归他一家管。到底牵扯南京哪几个部门").text
    assert "市人社局" in text
    assert "市房产局" in text
