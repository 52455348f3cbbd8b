"""What is said outright: that nothing can be had now, that no figure tells what came of an aim, what gives money."""

import pytest

from tests.chains.visitor import Visitor, profile


@pytest.mark.parametrize(
    "said",
    [
        ("连云港赣榆 省专 职称绿色通道还能办不", "那就是啥都没有咯"),
        ("我问现在我们连云港的企业是不是什么都拿不到",),
        ("盐城的文件现在是不是一项都用不了",),
    ],
)
def test_of_a_document_that_does_not_hold_nothing_can_be_had_now(visitor: Visitor, said: tuple[str, ...]) -> None:
    reply = visitor.says(*said)
    assert reply.text.startswith("对，")
    assert "现在一项都不能照它申请" in reply.text
    assert reply.citations


def test_of_a_document_in_force_it_is_denied_and_told_what_there_is(visitor: Visitor) -> None:
    reply = visitor.say("南京省专 那是不是啥都没有")
    assert reply.text.startswith("不是。南京的文件还在执行")
    assert reply.outcome == "overview"


def test_what_suited_then_is_not_said_to_suit_now(visitor: Visitor) -> None:
    assert "当时的条件对得上" in visitor.says("淮安涟水 省级专精特新", "都到期了你还说符合").text


def test_whether_one_can_still_apply_by_an_expired_plan_is_another_question(visitor: Visitor) -> None:
    reply = visitor.say("镇江的计划到期没有啊 我们还能照着它申报吗")
    assert "当时的条件对得上" not in reply.text


@pytest.mark.parametrize("asked", ["26家完成了没", "现在有几家了", "达标没有"])
def test_what_came_of_an_aim_is_said_not_to_be_known(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("淮安小巨人目标多少家", asked)
    assert reply.abstained
    assert "26家" in reply.text
    assert "我这里也没有数据" in reply.text


@pytest.mark.parametrize("asked", ["淮安省级专精特新要做到多少家", "连云港的数字化研发设计工具普及率要达到多少"])
def test_what_is_to_come_of_an_aim_is_told(visitor: Visitor, asked: str) -> None:
    assert not visitor.say(asked).abstained


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


@pytest.mark.parametrize("asked", ["听说淮安的计划延长到2027年了", "南京的若干措施取消了是不是真的"])
def test_a_rumour_of_a_document_is_held_against_its_term(visitor: Visitor, asked: str) -> None:
    assert "12月31日" in visitor.say(asked).text


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


def test_what_another_city_writes_of_the_same_is_not_denied(visitor: Visitor) -> None:
    reply = visitor.says("南京要推动多少家数字化改造", "盐城呢")
    assert "1500家" in reply.text
    assert not reply.abstained


def test_after_a_change_it_is_told_what_is_left(visitor: Visitor) -> None:
    visitor.says("南京 小巨人 民营 首次", "有贷款要续 能用转贷基金不", "哦不对 我们是国有控股的")
    assert visitor.say("那是不是全没了").text.startswith("不是。")


def test_what_one_can_do_now_is_told_by_the_state_of_the_document(visitor: Visitor) -> None:
    reply = visitor.says("淮安 小巨人", "那你说我今年能干点啥")
    assert "现在一项都不能照它申请" in reply.text


def test_when_the_final_text_comes_is_told_of_the_draft(visitor: Visitor) -> None:
    reply = visitor.says("盐城 小巨人 有补贴吗", "正式的什么时候出")
    assert "正式文件已于2025年10月31日发布" in reply.text
    assert "首贷贴息" not in reply.text


@pytest.mark.parametrize("asked", ["有啥给我们的", "能不能有点什么"])
def test_whatever_there_is_is_listed(visitor: Visitor, asked: str) -> None:
    assert visitor.says("淮安 创新型 做食品", asked).outcome == "overview"


def test_what_a_title_would_bring_is_supposed(visitor: Visitor) -> None:
    reply = visitor.says("连云港 没有称号", "那评个创新型有啥用")
    assert reply.outcome == "what_if"
    assert profile(reply)["tiers"] == ("none",)


def test_a_dispute_of_what_is_written_moves_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("淮安跟连云港的职称绿色通道有啥不一样", "不对吧 淮安明明是中级")
    assert "改好了" not in reply.text
    assert reply.profile["city"].source == "inferred"  # it is only asked of


def test_whether_a_person_may_is_no_verdict_on_the_firm(visitor: Visitor) -> None:
    reply = visitor.says("南京硕士租房补贴960 本科多少", "那单项冠军企业里的老员工能领不")
    assert "可以申请" not in reply.text
    assert "文件没有写" in reply.text


def test_where_staff_are_insured_is_not_where_the_firm_is(visitor: Visitor) -> None:
    assert profile(visitor.says("南京硕士租房补贴多少", "公司交社保在上海的呢"))["city"] == "nanjing"


def test_what_is_named_there_is_set_beside_what_was_told_here(visitor: Visitor) -> None:
    text = visitor.says("南京的融资白名单是啥", "那跟镇江的白名单一样吗").text
    assert "· **南京**" in text
    assert "· **镇江**：实施“金链行动”" in text


def test_a_green_channel_refused_is_not_the_card(visitor: Visitor) -> None:
    reply = visitor.says("APEC卡 南京能办不", "没评上专精特新就完全不能办apec了吗")
    assert "不等于不能办" in reply.text


def test_the_same_of_the_other_city_is_weighed(visitor: Visitor) -> None:
    text = visitor.says("南京AEO谁管", "那盐城的AEO呢", "跟南京的比哪个给力").text
    assert "没有金额可比" in text
    assert "转贷基金" not in text


@pytest.mark.parametrize(
    "rumour", ["抖音上说评上省专能免三年税", "小红书上有人讲小巨人免税", "朋友圈都在传单项冠军奖一千万"]
)
def test_what_is_read_somewhere_is_no_fact_of_the_firm(visitor: Visitor, rumour: str) -> None:
    reply = visitor.says("淮安 创新型", rumour)
    assert profile(reply)["tiers"] == ("innovative",)
    assert "记下了" not in reply.text
    assert "改好了" not in reply.text


@pytest.mark.parametrize("again", ["我开头说了是省专呀", "我不是说了我是省专吗", "前面讲过了 我们是省专"])
def test_who_tells_a_thing_again_hears_that_it_was_noted(visitor: Visitor, again: str) -> None:
    reply = visitor.says("南京浦口 民营 省专", again)
    assert "您说过：省级专精特新" in reply.text
    assert reply.citations == ()


def test_one_site_more_moves_no_firm(visitor: Visitor) -> None:
    reply = visitor.says("丹阳的 小巨人 今年刚下来 奖金多少呀", "我们京口还有个总部 用总部去申请呢")
    assert profile(reply)["district"] == "丹阳市"
    assert "您符合：企业在镇江市区" not in reply.text


def test_a_filing_of_another_kind_is_heard_where_it_tells_of_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("南京 做大模型的 备案下来了 省专 是不是有20万", "五月备案下来的 是算法备案 有区别吗")
    assert profile(reply)["genai_filed"] == "no"
    assert "现在不符合" in reply.text


def test_the_other_of_two_firms_is_the_one_that_was_told_of(visitor: Visitor) -> None:
    visitor.says("我手上两家 一家南京浦口省专 一家淮安清江浦小巨人 哪家能拿的多", "先说南京那家 民营的 有出口")
    facts = profile(visitor.say("换一家 淮安那个 国企"))
    assert facts["city"] == "huaian"
    assert facts["tiers"] == ("little_giant",)
    assert facts["ownership"] == "state"


@pytest.mark.parametrize(
    ("told", "first"), [("连云港 创新型 有啥能领的", "问连云港市工信局"), ("淮安 小巨人 有啥", "问淮安市工信局")]
)
def test_what_comes_first_of_a_plan_that_is_over_is_to_ask(visitor: Visitor, told: str, first: str) -> None:
    reply = visitor.says(told, "我现在最该办哪个")
    assert f"**第一步**：{first}" in reply.text
    assert "先看这一个" not in reply.text


def test_a_comparison_is_of_what_the_message_names(visitor: Visitor) -> None:
    text = visitor.says("数字化改造 哪个市推的多", "五个市里谁的发明专利要求最高").text
    assert "发明专利" in text
    assert "数字化改造" not in text


def test_a_number_that_another_city_writes_is_set_beside(visitor: Visitor) -> None:
    text = visitor.says("南京跟盐城哪个对AEO支持力度大", "那数字化改造呢 哪个市推的多").text
    assert "1500家" in text
    assert "只有南京写了数" not in text


def test_what_came_of_a_number_is_not_known(visitor: Visitor) -> None:
    text = visitor.say("淮安那个26家完成了没").text
    assert "小巨人企业26家" in text
    assert "没有数据" in text


def test_whether_it_is_paid_afterwards_is_not_written(visitor: Visitor) -> None:
    text = visitor.say("淮安过期了 但我23年评的小巨人 当时没领 现在能补不").text
    assert "到期以后还兑不兑付，文件没有写" in text
    assert "记下了：淮安 · 国家级小巨人" in text


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


def test_another_firm_elsewhere_is_told_what_its_city_has(visitor: Visitor) -> None:
    text = visitor.says("连云港 省专 职称绿色通道还能办不", "我老婆的公司在南京 创新型的 也做食品").text
    assert "这是连云港市的政策" not in text
    assert "“百场万企”" in text


def test_a_city_named_by_a_slip_is_not_the_firms(visitor: Visitor) -> None:
    reply = visitor.say("公司在苏州，上午跟你说淮安是我记混了。省级专精特新，做出口的，AEO能办吗")
    assert profile(reply)["city"] == "other"


def test_what_was_told_wrongly_before_is_put_right(visitor: Visitor) -> None:
    reply = visitor.says("盐城 省专 国企", "前面说国企不准，去年改制了，现在是民营")
    assert reply.outcome != "contradiction"
    assert profile(reply)["ownership"] == "private"


def test_who_puts_the_city_right_hears_it_of_that_city(visitor: Visitor) -> None:
    reply = visitor.says(
        "镇江单项冠军首次认定奖多少", "昨天问的那个，地方报错了抱歉，公司注册在南京雨花台，再讲一遍是多少"
    )
    assert "300万元" in reply.text
    assert "50万元" not in reply.text


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


@pytest.mark.parametrize(
    ("asked", "told"),
    [("盐城这份是不是已经开始照着执行啦", "征求意见稿"), ("淮安那三年计划能不能当现行政策写进汇报", "已经到期")],
)
def test_whether_a_text_is_in_force_is_heard_in_other_words(visitor: Visitor, asked: str, told: str) -> None:
    assert told in visitor.say(asked).text


@pytest.mark.parametrize("asked", ["三十万有我们的吧", "那30万有我们份吗"])
def test_whether_a_sum_is_ones_own_answers_no_question(visitor: Visitor, asked: str) -> None:
    visitor.say("句容的 小巨人 今年第一次")
    before = set(visitor.conversation.facts)
    visitor.say(asked)
    assert set(visitor.conversation.facts) == before


def test_the_greatest_for_a_title_is_of_its_awards(visitor: Visitor) -> None:
    text = visitor.says("南京建邺 省专", "那哪个市给省专最多").text
    assert "省级专精特新奖励" in text
    assert "APEC" not in text


def test_that_nothing_can_be_had_is_heard_in_dialect(visitor: Visitor) -> None:
    assert "一项都不能照它申请" in visitor.says("盐城射阳的 做渔网 啥也没评过", "那是不是一点都没得搞").text
