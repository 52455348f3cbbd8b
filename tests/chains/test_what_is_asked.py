"""What is asked comes first: the award, the yes or no, the open point, the list just told, how a title is come by."""

import pytest

from tests.chains.visitor import Visitor, first, profile, provisions, statuses

GIANT, CHAMPION = "nanjing-little-giant-award", "nanjing-champion-award"


# The award that is asked for.


@pytest.mark.parametrize("said", ["奖金呢", "市里给多少钱", "那市里还给吗"])
def test_the_award_for_the_title_that_is_held_is_meant(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们是南京的小巨人，头一次评上", said)
    assert "100万元" in first(reply.text)
    assert CHAMPION not in statuses(reply)


def test_the_citys_award_is_told_after_the_districts(visitor: Visitor) -> None:
    reply = visitor.says("南京浦口 小巨人 首次评上", "区里给不给奖励", "市里给多少")
    assert "100万元" in first(reply.text)


def test_a_city_without_an_award_for_the_title_says_so(visitor: Visitor) -> None:
    reply = visitor.says("我们是盐城的小巨人", "奖金呢")
    assert reply.abstained
    assert "没有写给国家级专精特新“小巨人”的奖励" in reply.text


def test_the_award_that_was_talked_of_is_asked_on(visitor: Visitor) -> None:
    assert provisions(visitor.says("南京大模型备案有奖励吗", "奖金多少")) == {("nanjing-measures", "3/8")}


def test_sums_that_one_can_have_leave_out_what_is_refused(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，国家级小巨人，民营", "能领的钱都有哪些")
    rows = [line for line in reply.text.split("\n") if line.startswith("·")]
    assert not any("单项冠军企业奖励" in row for row in rows)
    assert any("小巨人”企业奖励" in row for row in rows)
    assert "现在不符合**：国家制造业单项冠军企业奖励" in reply.text


def test_all_sums_of_a_document_are_all_of_them(visitor: Visitor) -> None:
    visitor.say("我们是南京的小巨人")
    assert "单项冠军企业奖励**：首次获评的，给予300万元" in visitor.say("南京写了金额的都列出来").text


# Yes or no.


@pytest.mark.parametrize(
    ("talk", "begins"),
    [
        (["连云港小巨人目标是80家吧"], "不是"),
        (["淮安担保费率降到0.3%了吧"], "不是"),
        (["南京租房补贴", "硕士每月2400对吗"], "不是"),
        (["南京租房补贴，硕士2400对吧"], "不是"),
        (["南京博士租房补贴是一年2400吧"], "不是"),
        (["南京硕士租房补贴960元每年是吗"], "不是"),
        (["南京博士租房补贴是每月2400吧"], "是的"),
        (["C类人才能报五名对吧 南京"], "不是"),
        (["南京中试平台起码给200万吧"], "不是"),
        (["南京大模型备案年年都给20万吧"], "不是"),
        (["听说南京转贷基金能借2个亿"], "不是"),
        (["南京租房补贴", "博士2400没错吧"], "是的"),
        (["淮安服务专员要配100人对吧"], "是的"),
        (["镇江小巨人奖励30万对吗"], "是的"),
        (["南京的 管理团队核心成员算C类人才吗"], "是的"),
    ],
)
def test_a_figure_put_to_be_confirmed_is_answered_with_yes_or_no(
    visitor: Visitor, talk: list[str], begins: str
) -> None:
    assert first(visitor.says(*talk).text).startswith(begins)


@pytest.mark.parametrize(
    "said",
    [
        "南京小巨人复核通过也给100万对吧",
        "淮安计划有效期到2027年对吧，担保费率还能用1%吗",
        "我们是南京小巨人，能拿100万吧",
        "淮安服务专员两家配一个对吧",
    ],
)
def test_no_yes_and_no_no_where_more_is_put_than_the_figure(visitor: Visitor, said: str) -> None:
    assert not first(visitor.say(said).text).startswith(("是的", "不是"))


@pytest.mark.parametrize("said", ["听说算力券一张3万，南京", "南京算力券最高8万对吧"])
def test_where_no_sum_is_written_none_is_put_right(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert first(reply.text).startswith("文件没有写面额")
    assert "不是这个数" not in reply.text


def test_whether_each_of_several_counts_is_left_open(visitor: Visitor) -> None:
    reply = visitor.says("南京国家标准奖多少", "做了三个标准能拿150万吗")
    assert "没有写按项还是按企业算" in reply.text
    assert "不是这个数" not in reply.text


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (["南京标准奖励"], "那团标呢"),
        (["我们是南京省专，参与制定了国家标准，能奖多少"], "团体标准算吗"),
        ([], "单项冠军可以领算力券吗 南京"),
        ([], "南京省专给100万是真的吗"),
        ([], "瞪羚企业能用南京的转贷基金吗"),
    ],
)
def test_what_is_of_another_level_is_said_not_to_count(visitor: Visitor, talk: list[str], said: str) -> None:
    assert "不算，文件要求的是" in visitor.says(*talk, said).text


def test_ones_own_title_is_told_by_the_verdict_alone(visitor: Visitor) -> None:
    reply = visitor.say("我们是南京的创新型中小企业，能领算力券吗")
    assert first(reply.text).startswith("**现在不符合**")


def test_a_title_that_is_not_the_only_one_is_said_to_be_one_of_several(visitor: Visitor) -> None:
    reply = visitor.says("南京中试平台给多少", "小巨人才能拿吗")
    assert first(reply.text).startswith("不只是")
    assert provisions(reply) == {("nanjing-measures", "1/1")}
    assert "tiers" not in profile(reply)


def test_a_repealed_document_asked_on_is_repealed(visitor: Visitor) -> None:
    reply = visitor.says("南京措施到哪天", "2021年那个61号文还管用吗")
    assert first(reply.text).startswith("宁政办发〔2021〕61号已经废止")
    assert "还在执行" not in reply.text


def test_a_former_plan_is_repealed_too(visitor: Visitor) -> None:
    assert "已经废止" in first(visitor.say("南京以前的方案还算数吗").text)
    assert "废止" not in first(visitor.say("南京现在的措施还算数吗").text)


def test_a_person_who_may_have_it_is_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("南京apec卡绿色通道", "员工也能办吗")
    assert first(reply.text) == "文件没有写：持卡人条件[1]"


@pytest.mark.parametrize("said", ["我们财务经理算吗", "法务总监算不算"])
def test_who_is_not_named_is_said_not_to_be(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京技术研发负责人算C类人才吗", said)
    assert first(reply.text).startswith("文件里没有提到")
    assert provisions(reply) == {("nanjing-measures", "5/13")}


# What is left open is said first.


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (["南京小巨人奖励100万", "要不要缴税"], "文件没有写要不要交税"),
        (["镇江小巨人奖励", "钱什么时候打过来"], "文件没有写兑现时间"),
        (["南京租房补贴", "打给员工还是打给公司"], "文件没有写发给企业还是个人"),
        (["南京小巨人奖励", "给公司还是给个人"], "文件写的是给企业"),
        (["南京转贷基金", "零成本啥意思"], "文件没有写：“零成本”包括哪些费用"),
        (["南京租房补贴", "960元是一个月还是一年"], "按月算"),
        (["南京单项冠军奖励", "一次给还是分几年"], "文件没有写是不是一次性给"),
        (["南京大模型备案奖励", "每年给还是就一次"], "文件写的是一次性"),
        (["南京关键核心技术攻关资助", "1000万是固定的还是封顶"], "文件写的是上限"),
        (["南京单项冠军奖励", "最高300万还是就给300万"], "文件写的是定数"),
    ],
)
def test_the_point_that_is_asked_about_comes_first(visitor: Visitor, talk: list[str], says: str) -> None:
    assert first(visitor.says(*talk).text).startswith(says)


@pytest.mark.parametrize("said", ["南京转贷基金是什么", "连云港支持建海外仓吗", "南京数据得地预评审是啥意思"])
def test_a_thing_asked_for_by_its_name_is_told_first(visitor: Visitor, said: str) -> None:
    assert not first(visitor.say(said).text).startswith("文件没有写")


# Whether something is needed, or can be had now.


@pytest.mark.parametrize(
    ("talk", "begins"),
    [
        (["南京算力券怎么领", "要专精特新吗"], "要。文件的条件：是专精特新中小企业"),
        (["南京算力券怎么领", "要首次获评吗"], "文件没有写这个条件"),
        (["南京大模型备案奖励", "20万要省专以上？"], "要。"),
        (["南京大模型备案奖励", "要小巨人吗"], "不只是"),
        (["南京转贷基金", "必须是民营吗"], "要。文件的条件：是民营企业"),
        (["南京单项冠军奖励", "需不需要首次"], "要。文件的条件：首次获评"),
        (["南京单项冠军奖励", "要小巨人吗"], "“小巨人”不算"),
        (["南京算力券", "要出口吗"], "文件没有写这个条件"),
        (["南京给国家中小企业服务平台的奖励要第一次评上才有吗"], "要。文件的条件：首次获评"),
    ],
)
def test_whether_something_is_a_condition_is_answered_first(visitor: Visitor, talk: list[str], begins: str) -> None:
    assert first(visitor.says(*talk).text).startswith(begins)


def test_who_asks_for_papers_is_not_told_of_a_condition(visitor: Visitor) -> None:
    assert "文件的条件" not in visitor.says("南京算力券怎么领", "要不要省专证书").text


@pytest.mark.parametrize("asked", ["现在能申请吗", "为什么不能"])
@pytest.mark.parametrize("firm", ["镇江丹徒，小巨人，第一次", "盐城 省专"])
def test_what_is_not_in_force_cannot_be_had_and_why_comes_first(visitor: Visitor, firm: str, asked: str) -> None:
    reply = visitor.says(firm, asked)
    assert reply.text.startswith("现在不能申请：")
    assert "判定为“可以申请”" not in reply.text


def test_another_question_of_it_repeats_the_notice_in_brief(visitor: Visitor) -> None:
    assert visitor.says("镇江丹徒，小巨人，第一次，30万", "这个找谁").text.startswith("（")


@pytest.mark.parametrize(
    ("talk", "point"),
    [
        (["南京标准奖励", "每个标准50万是吗"], "文件没有写按项还是按企业算"),
        (["南京标准奖励", "有两个标准呢"], "文件没有写按项还是按企业算"),
        (["南京算力券", "500万的算力能报一半吗"], "文件没有写：抵扣或补贴比例"),
        (["南京转贷基金", "我们一家能用吗"], "文件没有写：6000 万元是每家企业的还是合计的"),
    ],
)
def test_the_open_point_that_is_asked_for_comes_first(visitor: Visitor, talk: list[str], point: str) -> None:
    assert first(visitor.says(*talk).text).startswith(point)


def test_what_is_only_told_puts_no_open_point_first(visitor: Visitor) -> None:
    reply = visitor.say("南京浦口，省级专精特新，参与起草了两项国家标准，奖能拿吗")
    assert first(reply.text).startswith("**可以申请**")


def test_that_a_thing_is_unsaid_is_said_once(visitor: Visitor) -> None:
    assert visitor.say("南京的算力券能抵百分之几的费用").text.count("没有写") == 1


def test_words_in_marks_of_their_own_are_put_in_no_second_ones(visitor: Visitor) -> None:
    reply = visitor.say("淮安省专，没有不动产，能拿什么质押贷款")
    assert "“轻资产、未盈利”" in reply.text
    assert "““" not in reply.text


@pytest.mark.parametrize(("asked", "unsaid"), [("门槛降多少", "没有写多少"), ("能给多少钱", "没有写金额")])
def test_what_is_no_money_is_not_called_a_sum(visitor: Visitor, asked: str, unsaid: str) -> None:
    assert unsaid in visitor.says("南京放宽技改补助申请门槛", asked).text


def test_what_is_counted_of_something_else_opens_nothing(visitor: Visitor) -> None:
    assert "按项" not in first(visitor.says("南京标准奖励", "这个归几个部门管").text)


def test_the_size_that_was_worked_out_is_said_when_asked_for(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，软件开发公司，45人，一年收入3000万", "算小型企业吗")
    assert "是**小型企业**" in reply.text


# What no document says, and where one says it.


@pytest.mark.parametrize(
    ("aim", "city"), [("盐城小巨人目标", "那南京呢"), ("镇江上市目标", "南京呢"), ("镇江绿色工厂目标", "淮安有吗")]
)
def test_an_aim_that_another_city_has_not_is_said_to_be_missing(visitor: Visitor, aim: str, city: str) -> None:
    reply = visitor.says(aim, city)
    assert reply.abstained
    assert "目标数" in first(reply.text)
    assert not reply.citations


def test_an_aim_that_another_city_has_is_told(visitor: Visitor) -> None:
    assert "26家" in visitor.says("镇江小巨人目标多少家", "淮安呢").text


def test_which_provision_says_so_is_told_by_its_number(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券", "哪一条写的")
    assert first(reply.text).startswith("写在南京市专精特新若干措施：三、")
    assert "（八）" in first(reply.text)


@pytest.mark.parametrize("said", ["清空吧", "我想退出重来", "要退出重新来"])
def test_who_wants_to_begin_anew_begins_anew(visitor: Visitor, said: str) -> None:
    assert visitor.says("南京省专", said).outcome == "restarted"


@pytest.mark.parametrize("said", ["有几个市可以查", "能查哪些城市", "支持哪几个市的政策"])
def test_the_cities_that_are_held_are_named(visitor: Visitor, said: str) -> None:
    assert "南京、盐城、淮安、连云港、镇江" in visitor.say(said).text


def test_which_cities_have_something_is_no_question_about_the_assistant(visitor: Visitor) -> None:
    assert "aeo" in "".join(statuses(visitor.say("哪些市有AEO")))
